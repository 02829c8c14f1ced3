"""Three bytes where there is one."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

_STRINGS = [b"a", b"\xce", b"\xbb", b" the", b"", b"\xe4\xbd", b"\xa0", b"\xc3\xa9"]


@exercise(
    title="Find the bug: three bytes where there is one",
    level="medium",
    minutes=7,
    prompt="""
        Two public training programs counted bytes like this, until somebody noticed in 2026 that
        some scores were too good. On English text it is right. Find the line and mend it.
        """,
    probes=lambda rng: [
        (np.array([2.0, 1.0]), [0, 3], _STRINGS),
        (np.array([3.0, 5.0]), [1, 2], _STRINGS),
        (np.array([1.5, 0.5, 2.0, 1.0]), [5, 6, 0, 4], _STRINGS),
        (np.array([4.0]), [7], _STRINGS),
        (np.array([2.0, 1.0, 3.0]), [1, 0, 6], _STRINGS),
        (rng.uniform(0, 6, size=9), [0, *rng.integers(8, size=8).tolist()], _STRINGS),
    ],
    given='''
def per_byte(bits: np.ndarray, tokens: list[int], strings: list[bytes]) -> float:
    """Bits for each byte of a text.

    bits: (n,) what each token cost; tokens: their n numbers; strings: the bytes of each token, by
    its number. A sign that is no text has no bytes. The tokens have one byte at least.
    """
    length = sum(len(strings[token].decode(errors="replace").encode()) for token in tokens)
    return float(np.sum(bits) / length)
''',
    hints=[
        "A token holds the first byte of λ alone. What does `decode` make of it? How long is that?",
        """
        A byte that is no character alone decodes to the sign �, which takes three bytes. But the
        bytes are at hand before anybody decodes them.
        """,
        "`length = sum(len(___) for token in tokens)`",
    ],
    errors=[
        ("UnicodeDecodeError", "half a character can't be decoded; count bytes without decoding."),
        ("AttributeError: 'bytes' object has no attribute 'encode'", "it is bytes already."),
        ("ZeroDivisionError", "at least one token has bytes; sum over all of them."),
    ],
    passed="No text looks cheaper now because its letters were cut in half.",
)
def per_byte(bits: np.ndarray, tokens: list[int], strings: list[bytes]) -> float:
    """Bits for each byte of a text.

    bits: (n,) what each token cost; tokens: their n numbers; strings: the bytes of each token, by
    its number. A sign that is no text has no bytes. The tokens have one byte at least.
    """
    length = sum(len(strings[token]) for token in tokens)
    return float(np.sum(bits) / length)


def _shares(bits, lengths):
    return float(np.sum(bits) / np.sum(lengths))


@per_byte.misconception(
    "Nothing has changed: a lone byte of a longer character still decodes to the sign �, which "
    "counts three. The bytes are in `strings` already, so take their length."
)
def _replaced(bits, tokens, strings):
    return _shares(bits, [len(strings[t].decode(errors="replace").encode()) for t in tokens])


@per_byte.misconception(
    "Now characters are counted. The unit is the byte: é has two of them, and half a character has "
    "one byte although it is no character."
)
def _characters(bits, tokens, strings):
    return _shares(bits, [len(strings[t].decode(errors="replace")) for t in tokens])


@per_byte.spelling(_characters)
def _characters_of_all(bits, tokens, strings):
    return _shares(bits, len(b"".join(strings[t] for t in tokens).decode(errors="replace")))


@per_byte.misconception(
    "What can't be decoded is dropped now, so its bits are paid and its bytes don't count. Half a "
    "character is a byte of the text like any other."
)
def _ignored(bits, tokens, strings):
    lengths = [len(strings[t].decode(errors="ignore").encode()) for t in tokens]
    return float(np.sum(bits) / max(sum(lengths), 1))


@per_byte.misconception(
    "This is bits for each token. Tokens of different tokenizers are of different length, so "
    "divide by the bytes that they stand for."
)
def _per_token(bits, tokens, strings):
    return float(np.mean(bits))


@per_byte.misconception(
    "Each token's bits were divided by its own bytes and then averaged, which lets short tokens "
    "weigh as much as long ones. Add up all bits and all bytes, and divide once."
)
def _mean_of_tokens(bits, tokens, strings):
    return float(np.mean([b / len(strings[t]) for b, t in zip(bits, tokens, strict=True)
                          if strings[t]]))


@per_byte.misconception(
    "The bytes of the whole vocabulary were counted. Only the tokens of this text count, each as "
    "often as it stands there."
)
def _whole_vocabulary(bits, tokens, strings):
    return _shares(bits, [len(string) for string in strings])


@per_byte.misconception(
    "A token that occurs several times was counted once. Its bits were paid each time, so its "
    "bytes count each time."
)
def _each_token_once(bits, tokens, strings):
    return _shares(bits, [len(strings[t]) for t in set(tokens)])


@per_byte.misconception(
    "The tokens are joined before they are decoded, which mends whole characters. A text may still "
    "end or begin within one, as a cut window does: count the bytes and decode nothing."
)
def _joined_first(bits, tokens, strings):
    joined = b"".join(strings[t] for t in tokens)
    return _shares(bits, len(joined.decode(errors="replace").encode()))

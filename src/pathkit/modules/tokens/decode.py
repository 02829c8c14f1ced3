"""Decode any list of tokens."""

from __future__ import annotations

from pathkit.checks.exercise import exercise

from .random_words import random_merges


@exercise(
    title="Decode any list of tokens",
    level="medium",
    minutes=7,
    prompt="""
        Turn tokens back into text. Find the bytes of each token first, join them all, and decode
        the whole at once.
        """,
    # probes: no merges at all are the tokenizer before its training, named "perhaps none".
    probes=lambda rng: [
        ([256, 97, 116], [(116, 104)]),
        ([257, 258, 256], [(97, 98), (256, 99), (257, 257)]),
        ([195, 169, 33], []),
        ([228, 256], [(189, 160)]),
        ([256, 189], [(226, 130)]),
        ([195], []),
        ([72, 255, 105, 226, 130], [(72, 105)]),
        ([], [(97, 98)]),
        (rng.integers(256, 262, size=6).tolist(), random_merges(rng, 6)),
        (rng.integers(97, 262, size=9).tolist(), random_merges(rng, 6)),
    ],
    hints=[
        "Token 195 holds half of the letter é. What should it decode to, without its other half?",
        """
        1. A list of bytes objects: 256 with one byte each, `bytes([i])`.
        2. For each merge in order, append the bytes of its left token and of its right token,
           joined. Merge i lands at place 256 + i.
        3. `b"".join(...)` the bytes of all tokens, then decode once.
        """,
        "`.decode(\"utf-8\", errors=___)` never fails, whatever the bytes are.",
    ],
    errors=[
        ("UnicodeDecodeError: 'utf-8' codec can't decode byte", "ask for `errors=\"replace\"`."),
        ("ValueError: bytes must be in range(0, 256)", "a merged token isn't a byte: look it up."),
        ("TypeError: sequence item 0: expected str instance", "join bytes with `b\"\".join`."),
    ],
    passed="No list of tokens can stop it, not even one that a model made up.",
)
def decode(tokens: list[int], merges: list[tuple[int, int]]) -> str:
    """The text that tokens stand for.

    tokens: numbers from 0 to 255 + the number of merges, perhaps none. merges: pairs in the order
    in which they were learned, perhaps none; merge i made token 256 + i out of two earlier ones.
    Returns a text. Bytes that aren't UTF-8 become the sign U+FFFD, as Python's errors="replace"
    does it.
    """
    table = [bytes([byte]) for byte in range(256)]
    for first, second in merges:
        table.append(table[first] + table[second])
    return b"".join(table[token] for token in tokens).decode("utf-8", errors="replace")


def _strings(merges) -> list[bytes]:
    strings = [bytes([i]) for i in range(256)]
    for left, right in merges:
        strings.append(strings[left] + strings[right])
    return strings


@decode.misconception(
    "Each token was decoded by itself. A letter outside ASCII has several bytes, and they may lie "
    "in different tokens, so each half becomes the sign for broken text: join the bytes first, "
    "decode once."
)
def _token_by_token(tokens, merges):
    strings = _strings(merges)
    return "".join(strings[token].decode("utf-8", errors="replace") for token in tokens)


@decode.misconception(
    "Some lists of tokens raise an error. A model may write half a letter, and its text must still "
    "be shown: decode with `errors=\"replace\"`."
)
def _strict(tokens, merges):
    return b"".join(_strings(merges)[token] for token in tokens).decode("utf-8")


@decode.misconception(
    "Bytes that aren't UTF-8 have vanished without a trace. Somebody who reads the text should see "
    "that something is there: `errors=\"replace\"` puts the sign U+FFFD for them."
)
def _ignored(tokens, merges):
    return b"".join(_strings(merges)[t] for t in tokens).decode("utf-8", errors="ignore")


@decode.misconception(
    "Each byte became the character of its number. That is Latin-1; é has two bytes in UTF-8 and "
    "would come out as two characters. Decode the bytes together, as UTF-8."
)
def _byte_for_character(tokens, merges):
    return b"".join(_strings(merges)[token] for token in tokens).decode("latin-1")


@decode.misconception(
    "The two halves of a merge are exchanged. A pair keeps the order of the text: left bytes "
    "first, then the right ones."
)
def _halves_exchanged(tokens, merges):
    strings = [bytes([i]) for i in range(256)]
    for left, right in merges:
        strings.append(strings[right] + strings[left])
    return b"".join(strings[token] for token in tokens).decode("utf-8", errors="replace")


@decode.misconception(
    "Merged tokens are taken apart once only. Their halves may be merged tokens, too: build the "
    "bytes of all tokens in the order of the merges, so that the halves are there already."
)
def _one_level(tokens, merges):
    parts = []
    for token in tokens:
        parts += [token] if token < 256 else merges[token - 256]
    return bytes(part % 256 for part in parts).decode("utf-8", errors="replace")


@decode.spelling(_one_level)
def _one_level_bytes_only(tokens, merges):
    parts = []
    for token in tokens:
        parts += [token] if token < 256 else merges[token - 256]
    return bytes(part for part in parts if part < 256).decode("utf-8", errors="replace")


@decode.misconception(
    "There is something between the tokens that no token holds. Their bytes follow one another, "
    "and spaces are bytes like any other: join with `b\"\".join`."
)
def _spaces_between(tokens, merges):
    return b" ".join(_strings(merges)[token] for token in tokens).decode("utf-8", errors="replace")


@decode.misconception(
    "Broken bytes became other signs than U+FFFD. That one is the agreed sign for them, and "
    "`errors=\"replace\"` puts it there."
)
def _other_signs(tokens, merges):
    joined = b"".join(_strings(merges)[token] for token in tokens)
    return joined.decode("utf-8", errors="backslashreplace")


@decode.spelling(_other_signs)
def _question_marks(tokens, merges):
    return decode.reference(tokens, merges).replace("\ufffd", "?")


@decode.spelling(_other_signs)
def _surrogates(tokens, merges):
    joined = b"".join(_strings(merges)[token] for token in tokens)
    return joined.decode("utf-8", errors="surrogateescape")


@decode.misconception(
    "The bytes came back, and no text. A reader wants characters: decode the joined bytes as UTF-8."
)
def _not_decoded(tokens, merges):
    return b"".join(_strings(merges)[token] for token in tokens)

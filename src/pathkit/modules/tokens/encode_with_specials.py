"""Find the bug: a special token in pieces."""

from __future__ import annotations

import re

from pathkit.checks.exercise import exercise

_END = {"<|endoftext|>": 50256}
_CHAT = {"[INST]": 300, "[/INST]": 301, "*": 302}
_NESTED = {"<|end|>": 400, "<|end|>s": 401, "<|": 402}


def _bytes_and_th(text: str) -> list[int]:
    """Bytes, but for `th`, which is token 256: a text that was cut too often shows."""
    tokens = []
    for byte in text.encode():
        if byte == 104 and tokens[-1:] == [116]:
            tokens[-1] = 256
        else:
            tokens.append(byte)
    return tokens


@exercise(
    title="Find the bug: a special token in pieces",
    level="medium",
    minutes=6,
    prompt="""
        A special such as `<|endoftext|>` should become its one number, and here it comes out in
        pieces. Find the bug and mend it.
        """,
    probes=lambda rng: [
        ("one<|endoftext|>two", _END, _bytes_and_th),
        ("<|endoftext|><|endoftext|>the endoftext>", _END, _bytes_and_th),
        ("[INST] sing [/INST]*the*NIST", _CHAT, _bytes_and_th),
        ("a<|end|>s<|end|> <| the", _NESTED, _bytes_and_th),
        ("the <|endoftext|> path", {}, _bytes_and_th),
        ("", _END, _bytes_and_th),
        ("a.b.ath+", {".": 500, "th+": 501}, _bytes_and_th),
        ("the<a>bb<a> th", {"<a>": 500, ">bb<": 501}, _bytes_and_th),
    ],
    given='''
def encode_with_specials(text: str, specials: dict[str, int], encode) -> list[int]:
    """The tokens of a text in which some strings stand for one token each.

    specials: string -> its token, perhaps none. They are found from left to right; where several
    begin at one place, the longest counts. encode: text -> list of tokens, for all that lies
    between.
    """
    if not specials:
        return encode(text)
    tokens = []
    longest_first = sorted(specials, key=len, reverse=True)
    for part in re.split("(" + "|".join(longest_first) + ")", text):
        if part in specials:
            tokens.append(specials[part])
        else:
            tokens.extend(encode(part))
    return tokens
''',
    hints=[
        "What does `re.split(\"(<|endoftext|>)\", \"one<|endoftext|>two\")` return? Try it.",
        """
        In a pattern, `|` means *or*. So `<|endoftext|>` matches `<`, or `endoftext`, or `>`. The
        specials are strings to be found as they stand, and `re.escape` makes a pattern of a string.
        """,
        "`\"|\".join(re.escape(special) for special in ___)`",
    ],
    errors=[
        ("nothing to repeat", "a `*` in a pattern is a command: escape each special."),
        ("TypeError: decoding to str", "`re.escape` takes one string: call it for each special."),
    ],
    # Sorted backwards by its letters, a string comes before whatever it begins with.
    equivalents=[
        "longest_first = sorted(specials, reverse=True)",
        "if part in longest_first:",
    ],
    passed="One number for each special, whatever signs are in it. Between them nothing changes.",
)
def encode_with_specials(text: str, specials: dict[str, int], encode) -> list[int]:
    """The tokens of a text in which some strings stand for one token each.

    specials: string -> its token, perhaps none. They are found from left to right; where several
    begin at one place, the longest counts. encode: text -> list of tokens, for all that lies
    between.
    """
    if not specials:
        return encode(text)
    tokens = []
    longest_first = sorted(specials, key=len, reverse=True)
    for part in re.split("(" + "|".join(map(re.escape, longest_first)) + ")", text):
        if part in specials:
            tokens.append(specials[part])
        else:
            tokens.extend(encode(part))
    return tokens

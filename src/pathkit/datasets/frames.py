"""Frames: texts with blanks, as ``"{hero} had {a look} {thing}."``, taken apart into tokens."""

import itertools
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

PRONOUNS = {  # how a blank spells the pronoun of the hero
    "she": {"she": "she", "he": "he"},
    "him": {"she": "her", "he": "him"},
    "his": {"she": "her", "he": "his"},
}
_LITERAL = re.compile(r"[a-z ,.]*")
_BLANK = re.compile(r"\{(a )?([a-z]+)\}")


class Mention(NamedTuple):
    """One blank of a frame: its variable, and how each value of it is written there."""

    variable: str
    texts: dict[str, str]  # value -> text
    initials: dict[str, tuple[str, ...]]  # first character -> values written with it


Frame = tuple[str | Mention, ...]


def compiled(frame: str, values: Mapping[str, Sequence[str]]) -> Frame:
    """Take a frame apart; values: all values of each variable.

    Raises ValueError for characters that no story may hold, and for unknown blanks.
    """
    tokens: list[str | Mention] = []
    literals = _BLANK.sub("\0", frame).split("\0")
    for literal, blank in itertools.zip_longest(literals, _BLANK.finditer(frame)):
        if not _LITERAL.fullmatch(literal):
            raise ValueError(
                f"passages: {frame!r}: {literal!r} holds more than a to z, spaces, commas, "
                "full stops and blanks such as {hero} or {a look}"
            )
        if literal:
            tokens.append(literal)
        if blank:
            tokens.append(_mention(frame, blank[2], bool(blank[1]), values))
    return tuple(tokens)


def _mention(
    frame: str, name: str, article: bool, values: Mapping[str, Sequence[str]]
) -> Mention:
    if name in PRONOUNS:
        variable, texts = "pronoun", PRONOUNS[name]
    elif name in values and name != "pronoun":
        variable, texts = name, {value: value for value in values[name]}
    else:
        known = sorted({*values, *PRONOUNS} - {"pronoun"})
        raise ValueError(f"passages: {frame!r}: no blank {name!r}; there are {known}")
    if article:
        texts = {v: ("an " if t[0] in "aeiou" else "a ") + t for v, t in texts.items()}
    initials: dict[str, list[str]] = {}
    for value, text in texts.items():
        initials.setdefault(text[0], []).append(value)
    return Mention(variable, texts, {c: tuple(v) for c, v in initials.items()})

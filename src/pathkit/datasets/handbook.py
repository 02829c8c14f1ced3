"""Sixty invented passages about an island, forty questions on them, and words of letters."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import NamedTuple


class Question(NamedTuple):
    """One question: `passage` is the place of the passage that answers it, from 0.

    `kind` is "same" where the question has the passage's own words, "other" where it hasn't.
    """

    kind: str
    ask: str
    passage: int
    answer: str


class Handbook(NamedTuple):
    """`letters` pairs words that mean much the same with the company they keep in letters."""

    passages: tuple[str, ...]
    questions: tuple[Question, ...]
    letters: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]


def _lines(name: str) -> list[str]:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines()


@cache
def handbook() -> Handbook:
    """The handbook of the island of Orn: invented for this path, so that no model has read it."""
    asked = (line.split("|") for line in _lines("handbook_questions.txt"))
    pairs = (line.split(":") for line in _lines("handbook_letters.txt"))
    return Handbook(
        tuple(_lines("handbook.txt")),
        tuple(Question(kind, ask, int(at) - 1, said) for kind, ask, at, said in asked),
        tuple((tuple(words.split()), tuple(company.split())) for words, company in pairs),
    )

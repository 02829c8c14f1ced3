"""Options of predictions: each explained, and the right one not to be guessed."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence

from pathkit.checks.prediction import Choice
from pathkit.curriculum.standards import Standards
from pathkit.standards.finding import Finding, counted
from pathkit.standards.lesson_text import LessonText, words


def findings(text: LessonText, standards: Standards) -> Iterator[Finding]:
    """Options whose explanation is too short, or that of another."""
    least = standards.explanation_words
    for choice in _choices(text) if least is not None else ():
        place = text.place(text.content.predictions[choice.id].where)
        whys: dict[str, str] = {}
        for letter, (_, why) in choice.options.items():
            if (count := words(why)) < least:
                yield Finding(*place, f"option {letter} of {choice.id} is explained in "
                              f"{counted(count, 'word')}", f"{least} or more",
                              "say why it is right or wrong")
            if (other := whys.setdefault(why, letter)) != letter:
                yield Finding(*place, f"options {other} and {letter} of {choice.id} have one "
                              "explanation", "one of its own for each")


def guessable(texts: Sequence[LessonText], standards: Standards) -> Iterator[Finding]:
    """Rates over the whole path against chance, with room for two deviations of a fair key."""
    found = [(text, choice) for text in texts for choice in _choices(text)]
    if not standards.unguessable or not found:
        return
    chance = statistics.mean(1 / len(choice.options) for _, choice in found)
    allowed = chance + 2 * (chance * (1 - chance) / len(found)) ** 0.5
    longest = [(t, c) for t, c in found
               if max(c.options, key=lambda k, c=c: len(c.options[k][0])) == c.right]
    yield from _too_often("the longest option", longest, len(found), allowed)
    for letter in sorted({letter for _, choice in found for letter in choice.options}):
        right = [(text, choice) for text, choice in found if choice.right == letter]
        yield from _too_often(f"option {letter}", right, len(found), allowed)


def _too_often(
    what: str, right: Sequence[tuple[LessonText, Choice]], count: int, allowed: float
) -> Iterator[Finding]:
    if len(right) / count > allowed:
        text, choice = right[0]
        rate = f"in {len(right)} of {count} questions of the path"
        yield Finding(*text.place(text.content.predictions[choice.id].where),
                      f"{what} is right {rate}, here and elsewhere",
                      f"{int(allowed * count)} at most", "exchange options, or shorten right ones")


def _choices(text: LessonText) -> list[Choice]:
    return [found for found in text.predictions.values() if isinstance(found, Choice)]

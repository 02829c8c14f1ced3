"""Predictions: a number or an option the learner commits to before running a cell."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Mapping
from typing import Any

from pathkit.checks.verdict import Verdict


@dataclasses.dataclass(frozen=True)
class Number:
    """A prediction of a number.

    value: computes the right number, so that no key is copied by hand.
    within: how far off still counts as right, in the number's own unit.
    low, high: why a prediction below or above misses; right: what the number means.
    """

    id: str
    ask: str
    value: Callable[[], float]
    within: float
    low: str
    high: str
    right: str
    unit: str = ""
    skip: bool = False

    def judge(self, answer: Any, name: str) -> Verdict:
        """The verdict on a predicted number; `name` is the prediction's full id."""
        if _empty(answer):
            return _no_answer(name, "a number")
        if isinstance(answer, bool) or not isinstance(answer, int | float):
            return Verdict(name, "not usable", f"A number is expected, but this is {answer!r:.40}.")
        if not math.isfinite(answer):
            return Verdict(name, "not usable", "A finite number is expected.")
        truth = float(self.value())
        shown = (("you said", f"{answer:g}{self._unit}"), ("it is", f"{truth:.4g}{self._unit}"))
        if abs(answer - truth) <= self.within:
            return Verdict(name, "passed", self.right, shown)
        return Verdict(name, "wrong value", self.low if answer < truth else self.high, shown)

    @property
    def _unit(self) -> str:
        return f" {self.unit}" if self.unit else ""

    def right_answer(self) -> float:
        """The right number, for the tests."""
        return float(self.value())


@dataclasses.dataclass(frozen=True)
class Choice:
    """A prediction by options: each letter has a text and its own explanation."""

    id: str
    ask: str
    options: Mapping[str, tuple[str, str]]
    right: str
    skip: bool = False

    def judge(self, answer: Any, name: str) -> Verdict:
        """The verdict on a chosen letter; `name` is the prediction's full id."""
        letters = ", ".join(self.options)
        if _empty(answer):
            return _no_answer(name, f"one of {letters}")
        letter = answer.strip().lower() if isinstance(answer, str) else answer
        if letter not in self.options:
            return Verdict(
                name, "not usable", f"One of {letters} is expected, but this is {answer!r:.40}."
            )
        text, why = self.options[letter]
        status = "passed" if letter == self.right else "wrong value"
        return Verdict(name, status, why, (("you said", f"{letter}) {text}"),))

    def right_answer(self) -> str:
        """The right letter."""
        return self.right


Prediction = Number | Choice


def _empty(answer: Any) -> bool:
    return answer is None or answer is Ellipsis


def _no_answer(name: str, wanted: str) -> Verdict:
    return Verdict(name, "not attempted", f"Put {wanted} in place of the `...`, then run the cell.")

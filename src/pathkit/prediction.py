"""Predictions: a number or an option the learner commits to before running a cell."""

from __future__ import annotations

import dataclasses
import math
import numbers
from collections.abc import Callable, Mapping
from typing import Any

from pathkit.checks.compare import shown
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
        if isinstance(answer, bool) or not isinstance(answer, numbers.Real):
            return _unfit(name, "A number", answer)
        number = _as_float(answer)
        if not math.isfinite(number):
            return _unfit(name, "A finite number", answer)
        truth = float(self.value())
        said = (
            ("you said", f"{number:g}{self._unit}"),
            ("it is", f"{_readable(truth)}{self._unit}"),
        )
        if abs(number - truth) <= self.within:
            return Verdict(name, "passed", self.right, said)
        return Verdict(name, "wrong value", self.low if number < truth else self.high, said)

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
        letter = answer.strip().lower() if isinstance(answer, str) else ""
        if letter not in self.options:
            return _unfit(name, f"One of {letters}", answer)
        text, why = self.options[letter]
        status = "passed" if letter == self.right else "wrong value"
        return Verdict(name, status, why, (("you said", f"{letter}) {text}"),))

    def right_answer(self) -> str:
        """The right letter."""
        return self.right


Prediction = Number | Choice


def _readable(number: float) -> str:
    """Four digits; tens of thousands and more in full, not as powers of ten."""
    return f"{number:,.0f}" if 1e4 <= abs(number) < 1e9 else f"{number:.4g}"


def _empty(answer: Any) -> bool:
    return answer is None or answer is Ellipsis


def _as_float(answer: Any) -> float:
    try:
        return float(answer)
    except OverflowError:
        return math.inf


def _no_answer(name: str, wanted: str) -> Verdict:
    return Verdict(name, "not attempted", f"Put {wanted} in place of the `...`, then run the cell.")


def _unfit(name: str, wanted: str, answer: Any) -> Verdict:
    return Verdict(
        name,
        "not usable",
        f"{wanted} is expected, but this is {shown(answer)}. Put one there and run the cell again.",
    )

"""Predictions: a number or an option the learner commits to before running a cell."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from pathkit.checks.options import quoted
from pathkit.checks.prediction_input import Unfit, is_empty, letter, number
from pathkit.checks.verdict import Verdict


@dataclasses.dataclass(frozen=True)
class Number:
    """A prediction of a number.

    value: computes the right number, so that no key is copied by hand.
    within: how far off still counts as right, in the number's own unit.
    low, high: why a prediction below or above misses; right: what the number means.
    between: the least and the most that it can be, as 0 and 1 of a share.
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
    between: tuple[float, float] | None = None

    def read(self, answer: Any) -> float:
        """The number that was typed; raises Unfit."""
        return number(answer, self.unit, self.between or ((0, 100) if self.unit == "%" else None))

    def judge(self, answer: Any, name: str) -> Verdict:
        """The verdict on a predicted number; `name` is the prediction's full id."""
        if is_empty(answer):
            return _no_answer(name, "a number", answer)
        try:
            said = self.read(answer)
        except Unfit as why:
            return _unfit(name, why)
        truth = float(self.value())
        both = (
            ("you said", f"{said:g}{self._unit}"),
            ("it is", f"{_readable(truth)}{self._unit}"),
        )
        if abs(said - truth) <= self.within:
            return Verdict(name, "passed", self.right, both)
        return Verdict(name, "wrong value", self.low if said < truth else self.high, both)

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

    def read(self, answer: Any) -> str:
        """The letter that was typed; raises Unfit."""
        return letter(answer, self.options)

    def judge(self, answer: Any, name: str) -> Verdict:
        """The verdict on a chosen letter; `name` is the prediction's full id."""
        if is_empty(answer):
            return _no_answer(name, quoted(self.options), answer)
        try:
            said = self.read(answer)
        except Unfit as why:
            return _unfit(name, why)
        text, why = self.options[said]
        status = "passed" if said == self.right else "wrong value"
        return Verdict(name, status, why, (("you said", f"{said}) {text}"),))

    def right_answer(self) -> str:
        """The right letter."""
        return self.right


Prediction = Number | Choice


def _readable(number: float) -> str:
    """Four digits; tens of thousands and more in full, not as powers of ten."""
    return f"{number:,.0f}" if 1e4 <= abs(number) < 1e9 else f"{number:.4g}"


def _no_answer(name: str, wanted: str, answer: Any) -> Verdict:
    where = "Put {} in place of the `...`" if answer is Ellipsis else "Write {} after the name"
    return Verdict(name, "not attempted", f"{where.format(wanted)}, then run the cell.")


def _unfit(name: str, why: Unfit) -> Verdict:
    return Verdict(name, "not usable", f"{why}. Put one there and run the cell again.")

"""Predictions: judged at once, whatever is put in place of the dots."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from pathkit.exercise import exercises_of, module_of
from pathkit.prediction import Choice, Number

NUMBER = Number(
    id="n", ask="How many?", value=lambda: 3.3, within=0.1, low="More.", high="Less.",
    right="Right.", unit="nats",
)  # fmt: skip
OPTIONS = {"a": ("one", "No."), "b": ("two", "Yes.")}
CHOICE = Choice(id="c", ask="Which?", options=OPTIONS, right="b")


class Nasty:
    def __repr__(self):
        raise RuntimeError

    __eq__ = __float__ = __hash__ = __bool__ = __repr__


@pytest.mark.parametrize(
    ("answer", "status", "message"),
    [
        (3.3, "passed", "Right."),
        (3.21, "passed", "Right."),
        (np.float32(3.35), "passed", "Right."),
        (Fraction(33, 10), "passed", "Right."),
        (3, "wrong value", "More."),
        (np.int64(4), "wrong value", "Less."),
        (-(10**30), "wrong value", "More."),
        (..., "not attempted", "Put a number in place of the `...`"),
        (None, "not attempted", "Put a number"),
        ("3.3", "not usable", "A number is expected, but this is '3.3'."),
        (True, "not usable", "A number is expected, but this is True."),
        (math.nan, "not usable", "A finite number is expected, but this is nan."),
        (2**1234, "not usable", "A finite number is expected, but this is <an integer"),
        (2j, "not usable", "A number is expected"),
        ([3.3], "not usable", "A number is expected"),
        (np.array([3.3, 3.3]), "not usable", "A number is expected"),
        (Nasty(), "not usable", "A number is expected, but this is <Nasty>."),
    ],
)
def test_numbers(answer, status, message):
    verdict = NUMBER.judge(answer, "m.n")
    assert verdict.status == status and verdict.message.startswith(message)
    assert str(verdict) and verdict.exercise == "m.n"
    if status in ("not usable", "not attempted"):
        assert verdict.message.endswith("run the cell again.") or "then run" in verdict.message
    else:
        assert dict(verdict.shown)["it is"] == "3.3 nats"


@pytest.mark.parametrize(
    ("answer", "status", "message"),
    [
        ("b", "passed", "Yes."),
        (" B ", "passed", "Yes."),
        ("a", "wrong value", "No."),
        (..., "not attempted", "Put one of a, b in place"),
        ("c", "not usable", "One of a, b is expected, but this is 'c'."),
        ("", "not usable", "One of a, b is expected"),
        (2, "not usable", "One of a, b is expected"),
        (["b"], "not usable", "One of a, b is expected"),
        (np.array(["b"]), "not usable", "One of a, b is expected"),
        (Nasty(), "not usable", "One of a, b is expected, but this is <Nasty>."),
    ],
)
def test_choices(answer, status, message):
    verdict = CHOICE.judge(answer, "m.c")
    assert verdict.status == status and verdict.message.startswith(message)
    if status in ("passed", "wrong value"):
        assert verdict.shown[0][1].endswith(("one", "two"))


def test_right_answers_are_right():
    assert NUMBER.judge(NUMBER.right_answer(), "m.n").passed
    assert CHOICE.judge(CHOICE.right_answer(), "m.c").passed
    assert exercises_of("bigram")
    found = [p for p in vars(module_of("bigram")).values() if isinstance(p, Number | Choice)]
    assert len(found) >= 5 and all(p.judge(p.right_answer(), p.id).passed for p in found)


def test_large_numbers_are_written_in_full():
    from pathkit.prediction import Number

    words = Number("n", "?", lambda: 60_611.3, 1.0, "low", "high", "right", unit="words")
    assert ("it is", "60,611 words") in words.judge(3, "m.n").shown

"""Predictions: judged at once, whatever is put in place of the dots."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from pathkit.checks.loading import exercises_of, predictions_of
from pathkit.checks.prediction import Choice, Number
from pathkit.checks.prediction_input import letters
from pathkit.path_modules import OURS

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
        (None, "not attempted", "Write a number after the name, then"),
        ("", "not attempted", "Write a number after the name, then"),
        (" ... ", "not attempted", "Write a number after the name, then"),
        ("3.3", "passed", "Right."),
        (" 3.3 nats ", "passed", "Right."),
        ("33/10", "passed", "Right."),
        (33 / 10, "passed", "Right."),
        ((3.3,), "passed", "Right."),
        ([3.3], "passed", "Right."),
        (np.array(3.3), "passed", "Right."),
        (Decimal("3.3"), "passed", "Right."),
        ("−3.3", "wrong value", "More."),
        ("1/0", "not usable", "A number is expected, but this is '1/0'."),
        ("about 3", "not usable", "A number is expected, but this is 'about 3'."),
        ((3, 3), "not usable", "A number is expected, but this is (3, 3): a comma makes a tuple. "
                               "Python's decimal sign is the point: 3.3."),
        ((16, 384), "not usable", "A number is expected, but this is (16, 384): a comma makes a "
                                  "tuple. Write 16384 without a comma, or 16.384."),
        ("3,3", "not usable", "A number is expected, but this is '3,3'. Python's decimal sign is "
                              "the point: 3.3."),
        ("16,384", "not usable", "A number is expected, but this is '16,384'. Write 16384 without"),
        (True, "not usable", "A number is expected, but this is True."),
        (math.nan, "not usable", "A finite number is expected, but this is nan."),
        (2**1234, "not usable", "A finite number is expected, but this is <an integer"),
        (2j, "not usable", "A number is expected"),
        ([3.3, 1], "not usable", "A number is expected"),
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
        ("b)", "passed", "Yes."),
        ("(B)", "passed", "Yes."),
        ("'b'", "passed", "Yes."),
        ("b) two", "passed", "Yes."),
        ("Two", "passed", "Yes."),
        (["b"], "passed", "Yes."),
        (("b",), "passed", "Yes."),
        (..., "not attempted", 'Put "a" or "b" in place of the `...`'),
        (None, "not attempted", 'Write "a" or "b" after the name, then'),
        ("", "not attempted", 'Write "a" or "b" after the name, then'),
        ("...", "not attempted", 'Write "a" or "b" after the name, then'),
        ("c", "not usable", '"a" or "b" is expected, with its quotes, but this is \'c\'.'),
        ("ab", "not usable", '"a" or "b" is expected'),
        (["a", "b"], "not usable", '"a" or "b" is expected'),
        (2, "not usable", '"a" or "b" is expected'),
        (np.array(["b"]), "not usable", '"a" or "b" is expected'),
        (Nasty(), "not usable", '"a" or "b" is expected, with its quotes, but this is <Nasty>.'),
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
    found = [p for p in predictions_of("bigram").values() if isinstance(p, Number | Choice)]
    assert len(found) >= 5 and all(p.judge(p.right_answer(), p.id).passed for p in found)


def test_large_numbers_are_written_in_full():
    from pathkit.checks.prediction import Number

    words = Number("n", "?", lambda: 60_611.3, 1.0, "low", "high", "right", unit="words")
    assert ("it is", "60,611 words") in words.judge(3, "m.n").shown


@pytest.mark.parametrize(
    ("answer", "status", "message"),
    [
        (0.9, "passed", "Right."), ("90%", "passed", "Right."), ("9/10", "passed", "Right."),
        (90, "not usable", "A number from 0 to 1 is expected, but this is 90; 90 % is 0.9."),
        (-0.1, "not usable", "A number from 0 to 1 is expected, but this is -0.1."),
        (900, "not usable", "A number from 0 to 1 is expected, but this is 900."),
        ((0, 9), "not usable", "A number from 0 to 1 is expected, but this is (0, 9): a comma "
                               "makes a tuple. Python's decimal sign is the point: 0.9."),
    ],
)
def test_a_share_lies_between_0_and_1(answer, status, message):
    share = Number(id="s", ask="?", value=lambda: 0.9, within=0.05, low="More.", high="Less.",
                   right="Right.", between=(0, 1))
    verdict = share.judge(answer, "m.s")
    assert verdict.status == status and verdict.message.startswith(message)


def test_every_number_asked_for_as_a_share_knows_its_range():
    asked = [p for folder in OURS for p in predictions_of(folder.name).values()
             if isinstance(p, Number)]
    shares = [p for p in asked if re.search(r"from 0 to 1|share|percentage", p.ask)]
    assert len(shares) >= 4
    assert all(p.between or p.unit == "%" for p in shares), [p.id for p in shares if not p.between]


@pytest.mark.parametrize(
    "text", ["cab", "c a b", "c, a, b", "C/A/B", ["c", "a", "b"], ("c", "a", "b")]
)
def test_letters_that_came_together(text):
    assert [letter.lower() for letter in letters((text,), 3)] == ["c", "a", "b"]


@pytest.mark.parametrize("text", ["ca", "cabb", "", "c-word-b", 3, None])
def test_what_is_no_answer_to_each_question_stays_one(text):
    assert letters((text,), 3) == (text,)

"""Settings that can't be used are said in one line, with file and line, before anything runs."""

from __future__ import annotations

import pytest

from pathkit.checks.compare import Tolerance
from pathkit.checks.exercise import Exercise, ExerciseError

SETTINGS = dict(title="T", level="easy", minutes=1, prompt="P", hints=["a", "b", "c"],
                probes=lambda rng: [(1,)])


def twice(x):
    return 2 * x


@pytest.mark.parametrize(("settings", "said"), [
    ({"tolerance": Tolerance(relative=-1.0)}, "the relative tolerance is -1.0; expected a number"),
    ({"tolerance": Tolerance(absolute=float("inf"))}, "the absolute tolerance is inf"),
    ({"tolerance": 1e-3}, "tolerance= is 0.001; expected Tolerance("),
    ({"seconds": 0}, "seconds= is 0; expected how long"),
    ({"hints": "abc"}, "hints= is no list; expected three texts or more"),
    ({"hints": ["a", "b"]}, "three hints are needed, got 2"),
    ({"hints": ["a", " ", "c"]}, "hint 2 is ' '; expected text"),
    ({"errors": ["IndexError"]}, "errors= is no list of pairs"),
    ({"errors": [("IndexError", "")]}, "errors= is no list of pairs"),
    ({"probes": [(1,)]}, "probes= is no function"),
    ({"drive": 3}, "drive= is no function"),
    ({"accept": True}, "accept= is no function"),
    ({"title": " "}, "title= is ' '; expected text"),
    ({"prompt": ""}, "prompt= is ''; expected text"),
    ({"level": "eesy"}, "level 'eesy' is not one of"),
])
def test_settings_that_can_not_be(settings, said):
    with pytest.raises(ExerciseError) as caught:
        Exercise(twice, **{**SETTINGS, **settings})
    line = twice.__code__.co_firstlineno
    assert str(caught.value).startswith(f"checks/test_well_formed.py:{line}: twice: {said}")


@pytest.mark.parametrize("probes", [
    lambda rng: [[1]], lambda rng: [1], lambda rng: ["a"], lambda rng: [], lambda rng: None,
    lambda rng: "ab", lambda rng: {1: 2}, lambda rng: 7,
])
def test_what_is_no_list_of_tuples_is_refused_when_it_is_drawn(probes):
    with pytest.raises(ExerciseError, match=r"test_well_formed\.py:\d+: twice: probe"):
        Exercise(twice, **{**SETTINGS, "probes": probes}).draw()


@pytest.mark.parametrize("probes", [lambda rng: ((1,), (2,)), lambda rng: iter([(1,), (2,)])])
def test_any_list_of_tuples_is_drawn(probes):
    assert Exercise(twice, **{**SETTINGS, "probes": probes}).draw() == [(1,), (2,)]


@pytest.mark.parametrize("message", ["", "  ", None, 3])
def test_a_misconception_needs_its_message(message):
    with pytest.raises(ExerciseError, match=r"test_well_formed\.py:\d+: a misconception of twice"):
        Exercise(twice, **SETTINGS).misconception(message)(lambda x: x)


def test_a_misconception_without_its_call_is_told():
    with pytest.raises(ExerciseError, match="a misconception of twice has no message"):
        Exercise(twice, **SETTINGS).misconception(lambda x: x)


def test_a_spelling_of_what_is_no_misconception_is_told():
    exercise = Exercise(twice, **SETTINGS)
    said = r"test_well_formed\.py:\d+: @twice\.spelling\(…\) wants a wrong answer that"
    with pytest.raises(ExerciseError, match=said):
        exercise.spelling(lambda x: x)(lambda x: x + 1)

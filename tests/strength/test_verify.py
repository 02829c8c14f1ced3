"""`verify` finds what is weak in an exercise's checks."""

from __future__ import annotations

import time

import numpy as np
import pytest

from pathkit.checks.exercise import Exercise, exercise
from pathkit.checks.loading import exercises_of
from pathkit.checks.source import without_decorators
from pathkit.mutants.mutation import Mutant, mutants
from pathkit.strength.trial import Trial
from pathkit.strength.verify import compiled, passes, verify

SETTINGS = dict(title="T", level="easy", minutes=1, prompt="P", hints=["a", "b", "c"])


def good_probes(rng):
    return [(rng.normal(size=(3, 4)),), (rng.normal(size=(2, 5)),)]


def row_sums(x):
    """The sum of each row."""
    return x.sum(axis=1, keepdims=True)


WRONG = {
    "of all": lambda x: x.sum(keepdims=True),
    "of columns": lambda x: x.sum(axis=0, keepdims=True),
    "without axis": lambda x: x.sum(axis=1),
}


def made(probes=good_probes, wrong=WRONG, reference=row_sums, **more) -> Exercise:
    """An exercise with these misconceptions; it is sound unless a test breaks it."""
    found = Exercise(reference, probes=probes, **{**SETTINGS, **more})
    for name, answer in wrong.items():
        answer.__name__ = name
        found.misconception(f"It is {name}.")(answer)
    return found


def test_a_sound_exercise_is_good():
    report = verify(made())
    assert report.good and report.faults == () and report.score == 1
    assert report.killed == report.mutants >= 5 and report.misconceptions == 3


@pytest.mark.slow
def test_real_exercises_are_good():
    for exercise_ in list(exercises_of("bigram").values())[1:4]:
        assert verify(exercise_).good


def test_symmetric_probes_leave_survivors():
    def flat_sums(x):
        return x.sum(axis=1)

    symmetric = made(lambda rng: [(np.eye(3),), (np.ones((2, 2)),)], {}, flat_sums)
    report = verify(symmetric)
    assert {m.line for m in report.survived} == {"return x.sum(axis=0)"}
    assert not report.good and 0 < report.score < 1


def test_misconceptions_that_can_not_be_told_apart():
    both = {**WRONG, "of everything": lambda x: np.array([[x.sum()]])}
    faults = verify(made(wrong=both)).faults
    assert "seeds 0, 1, 2: of all and of everything can't be told apart by the probes" in faults
    assert "seeds 0, 1, 2: of everything is taken for wrong shape" in faults


def test_spellings_of_one_misconception_count_once_and_may_be_alike():
    exercise = made()
    exercise.spelling(WRONG["of all"])(lambda x: np.array([[x.sum()]]))
    exercise.spelling(WRONG["of all"])(lambda x: np.full((1, 1), x.mean()))
    report = verify(exercise)
    assert report.good and report.misconceptions == 3
    told = exercise.check(lambda x: np.full((1, 1), x.mean()))
    assert (told.misconception, told.message) == ("of all", "It is of all.")


def test_a_spelling_that_passes():
    exercise = made()
    exercise.spelling(WRONG["of all"])(lambda x: row_sums(x))
    assert "seeds 0, 1, 2: the misconception of all passes" in verify(exercise).faults


def test_a_misconception_that_passes():
    faults = verify(made(wrong={**WRONG, "right": lambda x: row_sums(x)})).faults
    assert "seeds 0, 1, 2: the misconception right passes" in faults
    assert "seeds 0, 1, 2: right is taken for passed" in faults


def test_what_passes_under_one_seed_alone_is_told_with_it():
    """Seed 1 draws a square of zeros besides a row; only there are all wrong ways right."""

    def unlucky(rng):
        zeros = [(np.zeros((1, 1)),)]
        return zeros if rng.integers(0, 1 << 30) == drawn[1] else good_probes(rng)

    exercise_ = made(unlucky)
    drawn = [_first_number(exercise_, seed) for seed in range(3)]
    assert verify(exercise_, seeds=(0, 2)).good
    report = verify(exercise_, seeds=range(3))
    assert "seed 1: the misconception of all passes" in report.faults
    survived = {m.line: m.seed for m in report.survived}
    assert survived["return x.sum(axis=0, keepdims=True)"] == 1


def _first_number(exercise_, seed):
    found = []
    made(lambda rng: found.append(rng.integers(0, 1 << 30)) or [(np.ones((1, 2)),)]).draw(seed)
    return found[0]


def test_a_mutant_that_is_wrong_on_a_probe_of_all_seeds_is_called_once():
    calls = []

    def counted(answer, x):
        calls.append(x)
        return answer(x)

    fixed = made(lambda rng: [(np.arange(6.0).reshape(2, 3),), *good_probes(rng)], drive=counted)
    trial = Trial(fixed, range(3), 2.0)
    calls.clear()
    assert trial.passes_under(WRONG["of all"]) is None and len(calls) == 1
    calls.clear()
    assert trial.passes_under(row_sums) == 0 and len(calls) == 1 + 3 * 2 + 3


def test_a_probe_that_remembers_is_drawn_for_each_mutant():
    @exercise(probes=lambda rng: [(iter([1, 2, 3]).__next__, 2)], **SETTINGS)
    def took(draw, n):
        return [draw() for _ in range(n)]

    trial = Trial(took, (0, 1), 2.0)
    for _ in range(4):
        assert trial.passes_under(took.reference) == 0


@pytest.mark.slow
def test_an_endless_mutant_does_not_cost_its_time_under_each_seed():
    @exercise(probes=lambda rng: [(int(rng.integers(5, 999)),)], **SETTINGS)
    def countdown(n: int) -> int:
        while n > 0:
            n -= 1
        return n

    [endless] = [m for m in mutants(countdown.source) if m.line == "n += 1"]
    begun = time.monotonic()
    trial = Trial(countdown, range(9), 0.5)
    assert trial.passes_under(compiled(countdown, endless.source)) is None
    assert time.monotonic() - begun < 9 * 0.5


def test_too_few_misconceptions():
    [fault] = verify(made(wrong={}), least=3).faults
    assert fault.endswith("0 misconceptions; at least 3 are needed")
    assert ".py:" in fault and not verify(made(wrong={})).faults


def test_a_wrong_value_that_can_not_be_made_is_told_with_its_line():
    def five():
        """A number."""
        return 5

    def not_made():
        raise KeyError("x")

    value = made(lambda rng: [()], {}, five, is_value=True, drive=lambda answer: answer)
    value.misconception("It is never made.")(not_made)
    [fault] = verify(value).faults
    assert "test_verify.py:" in fault and "not_made of five raises KeyError" in fault


def test_equivalents_count_apart_and_stale_ones_are_told():
    square = dict(probes=lambda rng: [(rng.normal(size=(1, 1)),)], wrong={})
    survivors = {m.line for m in verify(made(**square)).survived}
    assert "return x.sum(axis=0, keepdims=True)" in survivors
    listed = made(**square, equivalents=[*survivors, "return x.prod()"])
    report = verify(listed)
    assert report.survived == () and report.equivalent == len(survivors)
    assert report.faults[-1] == (
        "listed as equivalent, but no mutant that passes reads: return x.prod()"
    )


def test_a_killed_mutant_listed_as_equivalent_is_stale():
    assert "no mutant that passes" in verify(made(equivalents=["return x.sum(axis=1)"])).faults[0]


def test_a_stub_that_passes():
    @exercise(probes=lambda rng: [([1],), ([2],)], **SETTINGS)
    def nothing(x):
        """Return None."""
        x = None
        return x

    assert "the stub passes: nothing need be written" in verify(nothing).faults


def test_a_given_stub_that_does_not_run_or_already_holds_the_answer():
    assert "the stub doesn't run: SyntaxError" in verify(made(given="def row_sums(x:")).faults[0]
    whole = "def row_sums(x):\n    y = x.sum(axis=1, keepdims=True)\n    return y\n    ..."
    assert verify(made(given=whole)).faults[0] == "the stub passes: nothing need be written"


def test_a_reference_that_is_not_the_same_twice():
    numbers = iter(range(99))

    @exercise(probes=good_probes, **SETTINGS)
    def drifting(x):
        return next(numbers)

    drifting.reference.__globals__["numbers"] = numbers
    assert any("the reference is judged wrong value" in f for f in verify(drifting).faults)


def test_a_reference_that_can_not_be_compared():
    @exercise(probes=lambda rng: [(1,)], **SETTINGS)
    def hidden(x):
        return {"a": [iter([x])]}

    assert "seeds 0, 1, 2: the reference returns what can't be compared: list_iterator" in (
        verify(hidden).faults
    )


@pytest.mark.slow
def test_endless_mutants_are_rejected_in_time():
    @exercise(probes=lambda rng: [(5,)], **SETTINGS)
    def countdown(n: int) -> int:
        steps = 0
        while n > 0:
            n -= 1
            steps += 1
        return steps

    endless = [m for m in mutants(countdown.source) if m.line in ("n += 1", "(dropped) n -= 1")]
    assert len(endless) == 2
    begun = time.monotonic()
    assert not any(passes(countdown, mutant) for mutant in endless[:1])
    assert 1.5 < time.monotonic() - begun < 15  # a busy machine is late


@pytest.mark.parametrize("body", ["raise SystemExit", "return (", "x = x +", "import nothing_such"])
def test_mutants_that_break_are_rejected(body):
    broken = Mutant("", "", f"def row_sums(x):\n    {body}\n")
    assert not passes(made(), broken)
    assert not passes(made(), Mutant("", "", f"{body}\ndef row_sums(x): pass"))


def test_values_are_verified():
    report = verify(exercises_of("bigram")["broken_name"])
    assert report.good and report.mutants == 1


def test_mutants_see_what_stands_in_the_exercises_file():
    found = exercises_of("bigram")["count_pairs"]
    assert compiled(found, without_decorators(found.source)).__globals__["SMALL"] == {
        ".": 0, "a": 1, "e": 2, "m": 3, "v": 4,
    }  # fmt: skip

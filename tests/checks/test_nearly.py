"""A misconception is named where all but a call or a few come out as it does, and not by chance."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from pathkit.checks.exercise import Exercise
from pathkit.checks.loading import exercises_of

SLIP = "The sum was halved: leave it whole."


def totals(x):
    """The sum, whatever the size."""
    return float(np.sum(x)) + 0.25


def made() -> Exercise:
    exercise = Exercise(
        totals, title="T", level="easy", minutes=1, prompt="P", hints=["a", "b", "c"],
        probes=lambda rng: [([],), *((rng.normal(size=n).tolist(),) for n in (1, 2, 3, 4, 5, 6))],
    )
    exercise.misconception(SLIP)(lambda x: sum(x) / 2 if x else -1.0)
    exercise.misconception("Nothing was added: add 0.25.")(lambda x: sum(x))
    return exercise


EXERCISE = made()
HALF = EXERCISE.misconceptions[0].answer


@pytest.mark.parametrize(("empty", "note"), [
    (lambda: -7.0, "On the other call they differ from it"),
    (lambda: float("nan"), "On the other call a result of yours isn't finite"),
    (lambda: [][0], "On the other call your code raised IndexError."),
])
def test_a_slip_with_another_fallback_is_named(empty, note):
    found = EXERCISE.check(lambda x: HALF(x) if x else empty())
    assert found.status == "misconception"
    assert found.misconception == EXERCISE.misconceptions[0].name
    assert found.message == (
        f"On 6 of 7 calls your results are exactly those of a known slip. {SLIP}")
    assert found.notes[0].startswith(note)
    assert dict(found.shown)["called"].startswith("totals(x=["), "a call on which the slip shows"


@pytest.mark.parametrize("answer", [
    lambda x: HALF(x) if x else totals(x),  # right where the slip is wrong: no such slip
    lambda x: HALF(x) if len(x) > 2 else -7.0,  # too few calls agree
    lambda x: HALF(x) if len(x) in (1, 2) else totals(x),
    lambda x: HALF(x) * 1.01 if x else -7.0,
    lambda x: -7.0,
])
def test_a_near_miss_is_not_named(answer):
    assert "known slip" not in EXERCISE.check(answer).message


def test_where_two_slips_fit_as_well_neither_is_named():
    exercise = made()
    exercise.misconception("The mean of two.")(lambda x: sum(x) / 2 if x else -2.0)
    assert "known slip" not in exercise.check(lambda x: HALF(x) if x else -7.0).message
    exercise.misconceptions.pop()
    exercise.misconception(SLIP)(lambda x: sum(x) / 2 if x else -2.0)
    assert "known slip" in made().check(lambda x: HALF(x) if x else -7.0).message


def test_few_values_are_no_evidence():
    def sign(x):
        """Its sign."""
        return int(np.sign(x))

    exercise = Exercise(
        sign, title="T", level="easy", minutes=1, prompt="P", hints=["a", "b", "c"],
        probes=lambda rng: [(0.0,), (1.0,), (2.0,), (3.0,), (4.0,), (5.0,)])
    exercise.misconception("It is 0 always.")(lambda x: 0 if x else 1)
    assert "known slip" not in exercise.check(lambda x: 0 if x else 4).message


REAL = {
    "neurons.neuron": ("_two_inputs", "return math.tanh(w[0] * x[0] + w[1] * x[1] + b)"),
    "neurons.cross_entropy": ("_down_columns", """e = np.exp(logits - logits.max())
    p = e / e.sum(axis=0)
    rows = np.arange(len(labels))
    loss = -np.log(p[rows, labels]).mean()
    p[rows, labels] -= 1
    return loss, p / len(labels)"""),
    "backprop.cross_entropy_backward": ("_of_probabilities", """e = np.exp(logits)
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    d, rows = np.zeros(p.shape), np.arange(len(targets))
    d[rows, targets] = -1 / p[rows, targets] / len(targets)
    return d"""),
    "word-vectors.svd_vectors": ("_weakest", """values, vectors = np.linalg.eigh(M @ M.T)
    return vectors[:, :d] * np.clip(values[:d], 0, None) ** 0.25"""),
}


@pytest.mark.parametrize("name", REAL)
def test_real_exercises(cell, name):
    import math

    module, _, short = name.partition(".")
    exercise = exercises_of(module)[short]
    head = exercise.source[exercise.source.index("def "):].splitlines()[0]
    wanted, body = REAL[name]
    found = exercise.check(cell(f"{head}\n    {body}", np=np, math=math)[short])
    assert found.misconception == wanted and "known slip" in found.message


DRAWS = "Two calls with the same arguments gave different results."


def test_results_that_vary_from_call_to_call_are_told():
    rng = np.random.default_rng()
    exercise = exercises_of("bigram")["next_symbol"]
    found = exercise.check(lambda row, u: int(rng.choice(len(row), p=row)))
    assert found.message.startswith(DRAWS) and found.cause
    found = exercise.check(lambda row, u: int(np.random.choice(len(row), p=row)))
    assert found.message.startswith(DRAWS)  # the global generator begins alike in each check
    count = itertools.count()
    assert EXERCISE.check(lambda x: next(count) + 0.5).message.startswith(DRAWS)


def test_a_right_answer_may_vary_where_the_reference_does():
    def noise(x):
        """Something around x."""
        return x + np.random.normal()

    exercise = Exercise(
        noise, title="T", level="easy", minutes=1, prompt="P", hints=["a", "b", "c"],
        probes=lambda rng: [(1.0,), (2.0,)],
        accept=lambda value, x: None if abs(value - x) < 9 else "Too far.")
    assert exercise.check(lambda x: x + np.random.uniform()).passed
    found = exercise.check(lambda x: x + 99 + np.random.uniform())
    assert not found.passed and DRAWS not in found.message


def test_an_answer_that_gives_the_same_is_told_nothing_of_the_kind():
    assert DRAWS not in EXERCISE.check(lambda x: float("nan")).message
    assert DRAWS not in EXERCISE.check(lambda x: 3 * sum(x)).message
    assert EXERCISE.run(totals).varies is None


def test_a_right_answer_is_not_called_again():
    calls = []

    def counted(x):
        calls.append(x)
        return EXERCISE.reference(x)

    assert EXERCISE.check(counted).passed
    assert len(calls) == len(EXERCISE.draw())

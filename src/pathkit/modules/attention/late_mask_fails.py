"""Find the bug: a mask that comes too late."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise
from pathkit.checks.told import Told

from .parts import _hidden, _softmax, masked


def _late_weights(scores: np.ndarray) -> np.ndarray:
    seen = np.tril(_softmax(scores))
    return seen / seen.sum(axis=1, keepdims=True)


def _late_fails(answer) -> str:
    """"late_weights fails" if it does on these scores; raises Told with the reason if not."""
    try:
        scores = np.array(answer, dtype=float)
    except (TypeError, ValueError):
        raise Told("A table of numbers is expected: as many rows as columns.") from None
    if scores.ndim != 2 or scores.shape[0] != scores.shape[1]:
        raise Told("A square table is expected: one row and one column for each word.")
    if len(scores) < 2:
        raise Told("With fewer than two words there is no future, so there is nothing to mask.")
    if not np.isfinite(scores).all():
        raise Told("Some scores are not finite.")
    if not np.allclose(_late_weights(scores), _softmax(masked(scores)), atol=1e-3):
        return "late_weights fails"
    raise Told(f"`late_weights` and `causal_weights` agree on it: {_why_they_agree(scores)}.")


def _why_they_agree(scores: np.ndarray) -> str:
    hidden = _hidden(*scores.shape)
    lead = (np.where(hidden, scores, -np.inf).max(axis=1)
            - np.where(hidden, -np.inf, scores).max(axis=1)).max()
    if lead > 0:
        return "a future score leads in some row, but not by enough"
    return "all scores are equal" if np.ptp(scores) == 0 else "no future score leads its row"


@exercise(
    title="Find the bug: a mask that comes too late",
    level="medium",
    minutes=6,
    prompt="""
        `late_weights` masks after the softmax, then rescales each row. On paper that is right. Give
        a square table of finite scores on which it goes wrong, though `causal_weights` does not.
        """,
    probes=lambda rng: [()],
    drive=_late_fails,
    is_value=True,
    hints=[
        "When can the part of a row that remains sum to exactly 0, though no weight should be 0?",
        """
        Two words suffice. In row 0 only column 0 may be seen, and column 1 is the future. Which
        future score makes the weight of column 0 vanish in floating point? Try some.
        """,
        "`late_mask_fails = np.array([[0, ___], [0, 0]])` with a large number.",
    ],
    errors=[
        (
            "RuntimeWarning: invalid value encountered in divide",
            "0 was divided by 0. If that is the rescaling, you have found what you look for.",
        ),
    ],
    # Each gives another right answer: any hidden score that leads its row by more than 745 does.
    equivalents=[
        "return np.diag([801.0], k=1)",
        "return np.diag([1200.0], k=1)",
        "return np.diag([800.0], k=2)",
    ],
    passed="exp(−800) is 0 in floating point: what the future pushed to 0, no rescaling brings "
    "back.",
)
def late_mask_fails() -> np.ndarray:
    """Scores of two words or more: one row for each word that asks, one column for each key."""
    return np.diag([800.0], k=1)


@late_mask_fails.misconception(
    "All scores are equal, so the softmax gives equal weights, at 1 or at 1,000, and rescaling "
    "works. What counts is how far a hidden score lies above the visible ones."
)
def _large_and_equal():
    return np.full((3, 3), 1000.0)


@late_mask_fails.misconception(
    "No future score leads its row. Then the visible weights stay large, and rescaling works. The "
    "future is right of the diagonal; make it win there."
)
def _past_leads():
    return np.diag([800.0], k=-1)


@late_mask_fails.misconception(
    "The future leads, but not by enough: the visible weights are tiny, yet they are still "
    "numbers, and rescaling restores them. Find the lead at which exp gives exactly 0."
)
def _leads_a_little():
    return np.diag([20.0], k=1)


@late_mask_fails.misconception(
    "Some score is infinite or nan. Finite scores are asked for: they are what you meet in a "
    "trained model, and they are enough. Raise the future's score step by step."
)
def _infinite():
    return np.diag([np.inf], k=1)


@late_mask_fails.misconception(
    "With fewer than two words there is no future, and every mask is the same. Take two words at "
    "least: row 0 then has one score to hide."
)
def _one_word():
    return np.array([[800.0]])

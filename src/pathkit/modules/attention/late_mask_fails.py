"""Find the bug: a mask that comes too late."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .parts import _hidden, _softmax, masked


def _late_weights(scores: np.ndarray) -> np.ndarray:
    seen = np.tril(_softmax(scores))
    return seen / seen.sum(axis=1, keepdims=True)


def _how_late_fares(answer) -> str:
    """"fails" if masking late goes wrong on these scores, else one sentence that says why not."""
    try:
        scores = np.array(answer, dtype=float)
    except (TypeError, ValueError):
        return "A table of numbers is expected."
    if scores.ndim != 2 or scores.shape[0] != scores.shape[1]:
        return "A square table is expected: one row and one column for each word."
    if len(scores) < 2:
        return "One word has no future, so there is nothing to mask."
    if not np.isfinite(scores).all():
        return "Some scores are not finite."
    if not np.allclose(_late_weights(scores), _softmax(masked(scores)), atol=1e-3):
        return "fails"
    hidden = _hidden(*scores.shape)
    best_seen = np.where(hidden, -np.inf, scores).max(axis=1)
    best_hidden = np.where(hidden, scores, -np.inf).max(axis=1)
    if (best_hidden > best_seen).any():
        return "Both ways agree: a future score leads in some row, but not by enough."
    if np.ptp(scores) == 0:
        return "Both ways agree: all scores are equal."
    return "Both ways agree: in no row is a future score the largest."


@exercise(
    title="Find the bug: a mask that comes too late",
    level="medium",
    minutes=6,
    prompt="""
        `late_weights` masks after the softmax, then rescales each row. On paper that is right. Give
        a square table of finite scores on which it goes wrong, though `causal_weights` does not.
        """,
    probes=lambda rng: [()],
    drive=_how_late_fares,
    accept=lambda said: None if said == "fails" else said,
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
    "Large scores alone do no harm: in a row of equal scores the softmax gives equal weights, at "
    "1 or at 1,000. What counts is how far a hidden score lies above the visible ones."
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
    "An infinite score breaks both ways of masking. Finite scores are enough, and in a trained "
    "model they are what you meet: raise the future's score step by step."
)
def _infinite():
    return np.diag([np.inf], k=1)


@late_mask_fails.misconception(
    "With a single word there is no future, and every mask is the same. Take two words at least: "
    "row 0 then has one score to hide."
)
def _one_word():
    return np.array([[800.0]])

"""Leave no cell empty."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


@exercise(
    title="Leave no cell empty",
    level="easy",
    minutes=5,
    prompt="""
        Add `k` to every count before you normalise, so that no pair is impossible. `k` need not be
        whole.
        """,
    probes=lambda rng: [
        (np.array([[0, 3], [2, 2], [0, 5]]), 1.0),
        (rng.integers(0, 5, size=(3, 4)), 0.5),
        (rng.integers(0, 9, size=(4, 4)), 2.5),
        (np.array([[0, 0, 0], [9, 0, 1], [1, 1, 1]]), 0.1),
    ],
    hints=[
        "If every cell of a row of 27 gets 1 more, by how much does the row's sum grow?",
        "Add first, (n, m) + k; then do what you did before, with the new table.",
        "`return (counts + k) / (counts + k).sum(axis=___, keepdims=True)`",
    ],
    errors=[
        (
            "UFuncTypeError: Cannot cast ufunc 'add' output",
            "`counts += k` tries to put fractions into a table of integers, and would change the "
            "caller's table: write `counts + k`.",
        ),
    ],
    passed="No cell is 0 any more: unseen is now unlikely instead of impossible.",
)
def smoothed(counts: np.ndarray, k: float) -> np.ndarray:
    """Add-k smoothed probabilities.

    counts: (n, m) non-negative integers; k: above 0. Returns (n, m), each row sums to 1.
    (Jurafsky and Martin, Speech and Language Processing, chapter on n-gram models.)
    """
    return (counts + k) / (counts + k).sum(axis=1, keepdims=True)


@smoothed.misconception(
    "Only the numerator grew: with k more in each cell and the old sum below, every row sums to "
    "more than 1. Divide by the sum of the new counts."
)
def _old_sum(counts, k):
    with np.errstate(all="ignore"):
        return (counts + k) / counts.sum(axis=1, keepdims=True)


@smoothed.misconception(
    "The sum below grew by k, but every one of the row's cells grew by k: it must grow by k times "
    "the number of columns."
)
def _sum_plus_k(counts, k):
    return (counts + k) / (counts.sum(axis=1, keepdims=True) + k)


@smoothed.misconception(
    "Only empty cells got k. A pair seen once then loses nothing to one never seen; add k to "
    "every cell alike, so that the order of the counts is kept."
)
def _only_empty(counts, k):
    filled = np.where(counts == 0, k, counts)
    return filled / filled.sum(axis=1, keepdims=True)


@smoothed.misconception(
    "This always adds 1 and ignores k. How much to add is a choice, and the next section turns "
    "that knob."
)
def _always_one(counts, k):
    return (counts + 1) / (counts + 1).sum(axis=1, keepdims=True)


@smoothed.misconception(
    "k was added after normalising, so each row sums to more than 1 and k weighs the same for rare "
    "and frequent rows. Add to the counts, then normalise."
)
def _added_late(counts, k):
    with np.errstate(all="ignore"):
        return counts / counts.sum(axis=1, keepdims=True) + k

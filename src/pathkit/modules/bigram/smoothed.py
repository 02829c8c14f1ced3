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
        (
            "ValueError: operands could not be broadcast",
            "the sums have lost their second axis: `keepdims=True` keeps it.",
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


@smoothed.misconception(
    "The sum grew by k for each row of the table. The cells of a row are its columns: k times "
    "the number of columns, or the sum of the new counts."
)
def _number_of_rows(counts, k):
    return (counts + k) / (counts.sum(axis=1, keepdims=True) + k * len(counts))


@smoothed.misconception(
    "The sum grew by 27 k. That is right for a table with 27 columns only, and this function "
    "takes any: divide by the sum of the new counts."
)
def _always_27(counts, k):
    return (counts + k) / (counts.sum(axis=1, keepdims=True) + 27 * k)


@smoothed.misconception(
    "The sum grew by k for every cell of the table. A row's sum grows only by what its own cells "
    "got: divide by the sum of the new row."
)
def _number_of_cells(counts, k):
    return (counts + k) / (counts.sum(axis=1, keepdims=True) + k * counts.size)


@smoothed.misconception(
    "Columns sum to 1, not rows. The model needs what follows a symbol, so sum along each row: "
    "axis=1, as before."
)
def _columns(counts, k):
    return (counts + k) / (counts + k).sum(axis=0)


@smoothed.misconception(
    "The whole table sums to 1. Each row is a distribution of its own: one sum for each row, with "
    "axis=1 and keepdims=True."
)
def _whole_table(counts, k):
    return (counts + k) / (counts + k).sum()


@smoothed.misconception(
    "The sums lost an axis: shape (n,) is spread along the rows, so column j is divided by the sum "
    "of row j, or nothing fits. Keep the axis with keepdims=True."
)
def _no_keepdims(counts, k):
    return (counts + k) / (counts + k).sum(axis=1)


@smoothed.misconception(
    "k was added, but nothing was divided: these are counts still. Divide each row by its new sum, "
    "so that it sums to 1."
)
def _not_normalised(counts, k):
    return counts + k


@smoothed.misconception(
    "Everything was cut to whole numbers. Probabilities are fractions: divide with /, not //, and "
    "keep them as floats (`np.zeros_like` of integers holds integers)."
)
def _whole_numbers(counts, k):
    return ((counts + k) / (counts + k).sum(axis=1, keepdims=True)).astype(int)

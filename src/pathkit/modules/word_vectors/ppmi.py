"""More often than chance."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


@exercise(
    title="More often than chance",
    level="medium",
    minutes=8,
    prompt="""
        Return the logarithm of how many times more often each pair occurs than chance would have
        it; where that is negative, return 0. Chance is the row's sum times the column's sum,
        divided by the sum of the table.
        """,
    probes=lambda rng: [
        (np.array([[6, 2], [2, 0]]),),
        (rng.integers(0, 9, size=(4, 6)) + np.eye(4, 6, dtype=int),),
        (rng.integers(0, 3, size=(5, 5)) + 4 * np.eye(5, dtype=int),),
        (np.array([[1, 0, 40], [3, 200, 5]]),),
        (np.array([[0.0, 4.0, 1.0], [7.0, 2.0, 0.0]]),),  # counts may come as floats
    ],
    hints=[
        "If words fell into the text at random, how often would a pair stand side by side?",
        """
        1. `rows`: the sums of the rows, shape (n, 1). `columns`: those of the columns, (m,).
        2. `expected = rows * columns / total`, shape (n, m).
        3. The log of `counts / expected`. Where that ratio is below 1, the answer is 0: raise it
           to 1 before the log, and log 0 never happens.
        """,
        "`return np.log(np.maximum(counts / ___, 1))`",
    ],
    errors=[
        (
            "RuntimeWarning: divide by zero encountered in log",
            "pairs never seen: raise the ratio to 1 with `np.maximum` before the log.",
        ),
    ],
    passed="No training, no random numbers: two sums and a log.",
    # The larger of two numbers doesn't depend on their order; the sums of all rows add up to the
    # sum of the table.
    equivalents=[
        "return np.log(np.maximum(1, counts / expected))",
        "expected = rows * counts.sum(axis=0) / rows.sum()",
    ],
)
def ppmi(counts: np.ndarray) -> np.ndarray:
    """Positive pointwise mutual information of each cell, in nats.

    counts: (n, m), how often word i has neighbour j; each row and column with at least one.
    Returns (n, m): ln(counts / expected), or 0 where that is negative (Levy and Goldberg 2014,
    section 3).
    """
    rows = counts.sum(axis=1, keepdims=True)  # (n, 1)
    expected = rows * counts.sum(axis=0) / counts.sum()  # (n, m)
    return np.log(np.maximum(counts / expected, 1))


def _pmi(counts):
    expected = counts.sum(axis=1, keepdims=True) * counts.sum(axis=0) / counts.sum()
    with np.errstate(divide="ignore"):
        return np.log(counts / expected)


@ppmi.misconception(
    "Negative values stay, down to minus infinity for pairs never seen. Nobody can tell a pair "
    "that is rare from one that is impossible; the positive version says 0 for both."
)
def _minus_infinity(counts):
    return _pmi(counts)


@ppmi.misconception(
    "The sign was thrown away instead of the negative values: pairs rarer than chance now count as "
    "friends. Take the larger of the value and 0."
)
def _absolute_value(counts):
    with np.errstate(divide="ignore"):
        return np.where(counts > 0, abs(_pmi(counts)), 0)


@ppmi.misconception(
    "This is the log of the conditional probability. It is large for every frequent neighbour: "
    "divide by the column's share as well, to learn what is more than chance."
)
def _conditional(counts):
    return np.log(np.maximum(counts / counts.sum(axis=1, keepdims=True) * counts.shape[1], 1))


@ppmi.misconception(
    "Every value is 0, as if no pair were more frequent than chance. Chance is row sum times "
    "column sum, divided by the table's sum: undivided it is far too large, and a share of the row "
    "or of the table is never above 1."
)
def _not_divided(counts):
    expected = counts.sum(axis=1, keepdims=True) * counts.sum(axis=0)
    return np.log(np.maximum(counts / expected, 1))


@ppmi.misconception(
    "The log has base 2, so this is in bits. The path counts in nats, and so does the dot product "
    "that you will compare this with."
)
def _bits(counts):
    return np.maximum(_pmi(counts), 0) / np.log(2)


@ppmi.misconception(
    "You added 1 inside the log, or to the ratio. A pair exactly as frequent as chance must get 0; "
    "here it gets ln 2, and even pairs rarer than chance get something."
)
def _log_one_plus(counts):
    expected = counts.sum(axis=1, keepdims=True) * counts.sum(axis=0) / counts.sum()
    return np.log1p(counts / expected)

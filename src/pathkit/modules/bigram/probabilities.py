"""From counts to probabilities."""

from __future__ import annotations

import numpy as np

from pathkit.checks.compare import Tolerance
from pathkit.checks.exercise import exercise


@exercise(
    title="From counts to probabilities",
    level="easy",
    minutes=5,
    prompt="""
        Turn each row of counts into probabilities: row *i* is the distribution of what follows
        symbol *i*. The table need not be square.
        """,
    probes=lambda rng: [
        (np.array([[1, 3], [2, 2], [5, 0]]),),
        (np.array([[4, 1, 0], [1, 1, 2], [0, 3, 9]]),),
        (rng.integers(1, 30, size=(4, 6)),),
        (rng.integers(1, 30, size=(5, 5)),),
        (np.array([[0, 2, 6, 0, 0], [3, 0, 0, 1, 0]]),),
    ],
    # The share of a pair that never occurs is 0, not a small number.
    tolerance=Tolerance(relative=1e-6, absolute=0.0),
    hints=[
        "After your line, what should `P.sum(axis=1)` be? And what may `P.sum(axis=0)` be?",
        """
        Divide the table (V, V) by the sums of its rows. The sums must stay a column of shape
        (V, 1), so that NumPy spreads each over its own row.
        """,
        "`return counts / counts.sum(axis=___, keepdims=___)`",
    ],
    errors=[
        (
            "ValueError: operands could not be broadcast",
            "the sums have lost their second axis: `keepdims=True` keeps it.",
        ),
        (
            "UFuncTypeError: Cannot cast ufunc 'divide' output",
            "`counts /= …` tries to put fractions into a table of integers: write `counts / …`.",
        ),
    ],
    passed="Each row sums to 1: 27 small dice, one for each symbol you may stand on.",
)
def probabilities(counts: np.ndarray) -> np.ndarray:
    """Make every row of counts a probability distribution.

    counts: (n, m) non-negative integers, each row with at least one count.
    Returns (n, m) floats; each row sums to 1.
    """
    return counts / counts.sum(axis=1, keepdims=True)


@probabilities.misconception(
    "Columns sum to 1, not rows. You answered *what came before j?*; the model needs *what follows "
    "i?*, so sum along each row: axis=1."
)
def _columns(counts):
    return counts / counts.sum(axis=0, keepdims=True)


@probabilities.misconception(
    "The sums lost an axis: shape (n,) is spread along the rows, so column j was divided by the "
    "sum of row j. With a square table nothing complains. Keep the axis with keepdims=True."
)
def _no_keepdims(counts):
    return counts / counts.sum(axis=1)


@probabilities.misconception(
    "The whole table sums to 1. That is the chance of a pair; given the first symbol, the chances "
    "of the second must sum to 1 by themselves: one sum for each row."
)
def _whole_table(counts):
    return counts / counts.sum()


@probabilities.misconception(
    "You divided by the largest count of the row, so its favourite gets 1 and the row sums to more "
    "than that. Divide by the row's sum."
)
def _by_maximum(counts):
    return counts / counts.max(axis=1, keepdims=True)


@probabilities.misconception(
    "Everything was cut to whole numbers, so nearly all is 0. Probabilities are fractions: divide "
    "with /, not //, and keep them as floats (`np.zeros_like` of integers holds integers)."
)
def _integer_division(counts):
    return counts // counts.sum(axis=1, keepdims=True)


@probabilities.misconception(
    "A count of 0 got a little more than 0. Its share is 0: that is what this model says of a pair "
    "it has never seen, and a later section is about it."
)
def _not_quite_zero(counts):
    return (counts + 1e-10) / (counts + 1e-10).sum(axis=1, keepdims=True)


@probabilities.misconception(
    "This is a softmax of the counts. Exponentials blow up differences: 3 counts to 1 must become "
    "3/4 and 1/4, so divide the counts themselves by their sum."
)
def _softmax(counts):
    exp = np.exp(counts - counts.max(axis=1, keepdims=True))
    return exp / exp.sum(axis=1, keepdims=True)


@probabilities.misconception(
    "Each row was divided by its mean, so it sums to its number of cells. Shares sum to 1: divide "
    "by the row's sum."
)
def _by_mean(counts):
    return counts / counts.mean(axis=1, keepdims=True)


@probabilities.misconception(
    "Each row was divided by its number of cells. How often its symbol occurred differs from row "
    "to row: divide by the row's sum."
)
def _by_number_of_cells(counts):
    return counts / counts.shape[1]


@probabilities.misconception(
    "Each row has length 1 as a vector: its squares sum to 1. The shares themselves must sum to "
    "1, so divide by the row's sum."
)
def _length_one(counts):
    return counts / np.linalg.norm(counts, axis=1, keepdims=True)


@probabilities.misconception(
    "Each row sums to 100: these are percent. A probability lies between 0 and 1, and the loss "
    "takes its log."
)
def _percent(counts):
    return 100 * counts / counts.sum(axis=1, keepdims=True)

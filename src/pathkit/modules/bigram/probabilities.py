"""From counts to probabilities."""

from __future__ import annotations

import numpy as np

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
        (np.array([[7]]),),
    ],
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
    "Integer division rounded nearly everything down to 0. Probabilities are fractions: use / "
    "instead of //."
)
def _integer_division(counts):
    return counts // counts.sum(axis=1, keepdims=True)

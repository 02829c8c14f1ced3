"""The gradient of the loss."""

from __future__ import annotations

import numpy as np

from pathkit.checks.compare import Tolerance
from pathkit.checks.exercise import exercise


@exercise(
    title="The gradient of the loss",
    level="hard",
    minutes=12,
    prompt="""
        The mean loss over the pairs counted in `counts` depends on the logits `W` through a softmax
        of each row. Return its gradient: for one pair in row *i* it is the row's probabilities
        minus a 1 in the column that came; add up over all pairs and divide by their number.
        """,
    probes=lambda rng: [
        (np.array([[0.0, np.log(3.0)], [0.0, 0.0]]), np.array([[3, 1], [4, 0]])),
        (rng.normal(size=(3, 4)), rng.integers(0, 9, size=(3, 4))),
        (rng.normal(size=(5, 5)), rng.integers(0, 9, size=(5, 5)) * np.arange(1, 6)[:, None]),
        (rng.normal(size=(3, 3)), np.array([[0, 0, 0], [2, 5, 1], [40, 1, 3]])),
        (np.array([[1000.0, 1801.0], [3.0, -2.0]]), np.array([[1, 2], [5, 0]])),
    ],
    hints=[
        """
        A row that occurs 40 times sends its probabilities in 40 times. Where in `counts` stands
        how often a row occurs, and where stand the ones to subtract?
        """,
        """
        1. `P`: softmax of each row of `W`, shape (n, m). Subtract the row's maximum first.
        2. `n`: how often each row occurs, shape (n, 1).
        3. All pairs together: `n * P - counts`. Then divide by the number of pairs.
        """,
        "`return (counts.sum(axis=1, keepdims=True) * P - ___) / counts.___()`",
    ],
    errors=[
        (
            "RuntimeWarning: overflow encountered in exp",
            "large logits: subtract each row's maximum before `np.exp`; the softmax is unchanged.",
        ),
        (
            "ValueError: operands could not be broadcast",
            "sums over rows need `keepdims=True` to line up with the table.",
        ),
    ],
    tolerance=Tolerance(relative=1e-6, absolute=1e-10),
    passed="Predicted minus seen: you will meet this gradient at the end of every GPT.",
)
def gradient(W: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """The gradient of the mean negative log-likelihood with respect to the logits.

    W: (n, m) logits; counts: (n, m), how often each pair occurs.
    Returns (n, m): (row count * softmax(W) - counts) / number of pairs
    (Goodfellow et al. 2016, Deep Learning, section 6.2.2.3).
    """
    exp = np.exp(W - W.max(axis=1, keepdims=True))
    P = exp / exp.sum(axis=1, keepdims=True)
    return (counts.sum(axis=1, keepdims=True) * P - counts) / counts.sum()


def softmax(W: np.ndarray, axis: int | None = 1) -> np.ndarray:
    exp = np.exp(W - W.max(axis=axis, keepdims=True))
    return exp / exp.sum(axis=axis, keepdims=True)


@gradient.misconception(
    "The sign is turned round: this points uphill. The gradient is what the model predicts minus "
    "what was seen; the descent subtracts it later."
)
def _uphill(W, counts):
    return (counts - counts.sum(axis=1, keepdims=True) * softmax(W)) / counts.sum()


@gradient.misconception(
    "This is the gradient of the sum, not of the mean: divide by the number of pairs, or the step "
    "size would have to shrink whenever the list of names grows."
)
def _of_the_sum(W, counts):
    return counts.sum(axis=1, keepdims=True) * softmax(W) - counts


@gradient.misconception(
    "Every row weighs the same here. A row that occurs 40 times contributes 40 terms: multiply its "
    "probabilities by its number of pairs."
)
def _rows_alike(W, counts):
    totals = counts.sum(axis=1, keepdims=True)
    return (softmax(W) - counts / np.maximum(totals, 1)) / len(W)


@gradient.misconception(
    "One softmax runs over the whole table. Each row is a distribution of its own: maximum and sum "
    "per row, axis=1 with keepdims=True."
)
def _one_softmax(W, counts):
    return (counts.sum(axis=1, keepdims=True) * softmax(W, None) - counts) / counts.sum()


@gradient.misconception(
    "The softmax runs down the columns. Row i holds the logits of what follows i: axis=1."
)
def _down_columns(W, counts):
    return (counts.sum(axis=1, keepdims=True) * softmax(W, 0) - counts) / counts.sum()


@gradient.misconception(
    "For large logits exp overflows: exp(1000) is infinite, and infinite by infinite is not a "
    "number. Subtract each row's maximum before exp; numerator and sum shrink alike, so nothing "
    "else changes."
)
def _unstable(W, counts):
    with np.errstate(all="ignore"):
        P = np.exp(W) / np.exp(W).sum(axis=1, keepdims=True)
    return (counts.sum(axis=1, keepdims=True) * P - counts) / counts.sum()

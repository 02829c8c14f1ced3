"""Cross-entropy and its gradient."""

from __future__ import annotations

import numpy as np

from pathkit.checks.compare import Tolerance
from pathkit.checks.exercise import exercise


@exercise(
    title="Cross-entropy and its gradient",
    level="medium",
    minutes=12,
    prompt="""
        Turn each row of logits into probabilities. Return the mean of $-\\ln p$ of the right class
        over all rows, and its gradient: the probabilities, minus 1 in each row's right class,
        divided by the number of rows.
        """,
    probes=lambda rng: [
        (np.array([[0.0, np.log(3.0)]]), np.array([1])),
        (np.array([[0.0, np.log(3.0)], [2.0, 2.0]]), np.array([1, 0])),
        (rng.normal(scale=2.0, size=(4, 3)), np.array([2, 0, 0, 1])),
        (rng.normal(scale=2.0, size=(3, 3)), np.array([2, 2, 0])),
        (rng.normal(size=(2, 5)), np.array([4, 1])),
        (np.array([[1000.0, 1003.0, 0.0], [-2.0, 1.0, 3.0]]), np.array([0, 2])),
    ],
    hints=[
        "Logits 0 and ln 3 have the exponentials 1 and 3. What are the two probabilities?",
        """
        1. `z`: logits minus each row's maximum, kept as a column, so that no exponential is huge.
        2. `p`: `np.exp(z)` divided by its row sums, (N, C).
        3. `rows = np.arange(N)`; then `p[rows, labels]` picks one number from each of N rows.
        4. For the gradient, subtract 1 at `[rows, labels]` of a copy of `p`, and divide by N.
        """,
        "`loss = -np.log(p[rows, ___]).___()`; `gradient[rows, labels] -= ___`",
    ],
    errors=[
        (
            "IndexError: shape mismatch: indexing arrays",
            "`p[rows, labels]` needs two index arrays of the same length N.",
        ),
        (
            "RuntimeWarning: overflow encountered in exp",
            "subtract each row's maximum from the logits first: the probabilities don't change.",
        ),
    ],
    tolerance=Tolerance(relative=1e-6, absolute=1e-10),
    # There is one label for each row, so either may be counted.
    equivalents=["N = len(logits)"],
    passed="Predicted minus true, and nothing else. Remember it when the machine below agrees.",
)
def cross_entropy(logits: np.ndarray, labels: np.ndarray) -> tuple[float, np.ndarray]:
    """The mean cross-entropy in nats, and its gradient with respect to the logits.

    logits: (N, C) scores; labels: (N,) right classes, whole numbers below C.
    Returns (loss, gradient), a number and (N, C) (Goodfellow et al. 2016, Deep Learning,
    section 6.2.2.3).
    """
    N = len(labels)
    rows = np.arange(N)
    z = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    loss = -np.log(p[rows, labels]).mean()
    gradient = p.copy()
    gradient[rows, labels] -= 1
    return loss, gradient / N


def _probabilities(logits, axis=1):
    exp = np.exp(logits - logits.max(axis=axis, keepdims=True))
    return exp / exp.sum(axis=axis, keepdims=True)


def _one_hot(logits, labels):
    return np.eye(logits.shape[1])[labels]


@cross_entropy.misconception(
    "The gradient has the wrong sign: it points where the loss falls. A gradient points uphill, "
    "predicted minus true, and the training step subtracts it."
)
def _true_minus_predicted(logits, labels):
    loss, gradient = cross_entropy(logits, labels)
    return loss, -gradient


@cross_entropy.misconception(
    "The gradient is that of the sum. The loss is a mean over N rows, so each row's share of the "
    "gradient is divided by N as well."
)
def _not_divided(logits, labels):
    loss, gradient = cross_entropy(logits, labels)
    return loss, gradient * len(labels)


@cross_entropy.misconception(
    "The loss is summed over the rows. Then it grows with the number of points, and two data sets "
    "can't be compared: take the mean, as the gradient does."
)
def _summed(logits, labels):
    loss, gradient = cross_entropy(logits, labels)
    return loss * len(labels), gradient


@cross_entropy.misconception(
    "Loss and gradient are both those of the sum. With more points the same step would go further; "
    "divide both by the number of rows."
)
def _both_summed(logits, labels):
    loss, gradient = cross_entropy(logits, labels)
    return loss * len(labels), gradient * len(labels)


@cross_entropy.misconception(
    "The gradient is the probabilities themselves: nothing marks the right class. Its entry must "
    "be negative, p - 1, so that a step downhill raises that logit."
)
def _without_the_true(logits, labels):
    return cross_entropy(logits, labels)[0], _probabilities(logits) / len(labels)


@cross_entropy.misconception(
    "The gradient is with respect to the probabilities, -1/p at the right class. The logits feed "
    "all probabilities through the softmax, so every logit has a share: p minus the one-hot."
)
def _of_the_probabilities(logits, labels):
    p = _probabilities(logits)
    with np.errstate(all="ignore"):
        return cross_entropy(logits, labels)[0], -_one_hot(logits, labels) / p / len(labels)


@cross_entropy.misconception(
    "exp(1000) overflows, and infinite divided by infinite is not a number. Subtract each row's "
    "maximum before the exponential: numerator and sum shrink by the same factor."
)
def _overflows(logits, labels):
    with np.errstate(all="ignore"):
        p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(len(labels)), labels]).mean()
    return loss, (p - _one_hot(logits, labels)) / len(labels)


@cross_entropy.misconception(
    "The index `[:, labels]` picks the columns of all labels from every row. Each row has one "
    "right class: give the row numbers as well, `p[np.arange(N), labels]`."
)
def _every_row_every_label(logits, labels):
    p = _probabilities(logits)
    with np.errstate(all="ignore"):
        loss = -np.log(p[:, labels]).mean()
    p[:, labels] -= 1
    return loss, p / len(labels)


@cross_entropy.misconception(
    "The sum runs over the whole table, so all points together share one probability of 1. Each "
    "point has a softmax of its own: sum along its row, with `axis=1, keepdims=True`."
)
def _one_for_all(logits, labels):
    exps = np.exp(logits - logits.max())
    p = exps / exps.sum()
    with np.errstate(all="ignore"):
        loss = -np.log(p[np.arange(len(labels)), labels]).mean()
    return loss, (p - _one_hot(logits, labels)) / len(labels)


@cross_entropy.misconception(
    "The softmax runs down the columns, across points. A point's classes compete with each other, "
    "not with other points: maximum and sum along each row."
)
def _down_columns(logits, labels):
    p = _probabilities(logits, axis=0)
    with np.errstate(all="ignore"):
        loss = -np.log(p[np.arange(len(labels)), labels]).mean()
    return loss, (p - _one_hot(logits, labels)) / len(labels)

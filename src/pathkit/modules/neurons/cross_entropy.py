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
        (np.array([[1000.0, 1003.0, 280.0], [-2.0, 1.0, 3.0]]), np.array([0, 2])),
        (np.array([[300.0, 0.0], [0.0, 1.0]]), np.array([1, 1])),  # a sure mistake: 300 nats
        (rng.normal(size=(700, 3)), rng.integers(3, size=700)),
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
            "`p[rows, labels]` needs one row number for each label: `rows = np.arange(N)`.",
        ),
        (
            "IndexError: index 1 is out of bounds",
            "rows are numbered from 0 to N - 1, and N is the number of labels, not of classes.",
        ),
        (
            "RuntimeWarning: overflow encountered in exp",
            "subtract each row's maximum from the logits first: the probabilities don't change.",
        ),
        (
            "ValueError: operands could not be broadcast",
            "a maximum or a sum for each row must stay a column: `keepdims=True`.",
        ),
    ],
    tolerance=Tolerance(relative=1e-6, absolute=1e-10),
    # There is one label for each row, so either may be counted.
    equivalents=["N = len(logits)", "gradient = p"],
    passed="Predicted minus true, and nothing else. Remember it when the machine below agrees.",
)
def cross_entropy(logits: np.ndarray, labels: np.ndarray) -> tuple[float, np.ndarray]:
    """The mean cross-entropy in nats, and its gradient with respect to the logits.

    logits: (N, C) scores, some as large as 1000; labels: (N,) right classes, below C.
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


def softmax(logits, axis=1):
    exp = np.exp(logits - logits.max(axis=axis, keepdims=True))
    return exp / exp.sum(axis=axis, keepdims=True)


def one_hot(logits, labels):
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
    return cross_entropy(logits, labels)[0], softmax(logits) / len(labels)


@cross_entropy.misconception(
    "The gradient is with respect to the probabilities, -1/p at the right class. The logits feed "
    "all probabilities through the softmax, so every logit has a share: p minus the one-hot."
)
def _of_the_probabilities(logits, labels):
    p = softmax(logits)
    with np.errstate(all="ignore"):
        return cross_entropy(logits, labels)[0], -one_hot(logits, labels) / p / len(labels)


@cross_entropy.misconception(
    "The loss is negative: the sign is missing. The log of a probability is below 0, and a cost "
    "is above: the mean of −ln p."
)
def _negative(logits, labels):
    loss, gradient = cross_entropy(logits, labels)
    return -loss, gradient


@cross_entropy.misconception(
    "The 1 was subtracted from probabilities that had been divided by N. Both halves of predicted "
    "minus true are divided: subtract first, divide the difference."
)
def _divided_first(logits, labels):
    loss, _ = cross_entropy(logits, labels)
    return loss, softmax(logits) / len(labels) - one_hot(logits, labels)


@cross_entropy.misconception(
    "The gradient is 0 away from the right class. Every logit stands in the sum that the softmax "
    "divides by, so each of them has a slope, p: subtract 1 in one place, and keep the others."
)
def _right_class_alone(logits, labels):
    loss, gradient = cross_entropy(logits, labels)
    return loss, gradient * one_hot(logits, labels)


@cross_entropy.misconception(
    "The gradient was divided by the number of classes. The loss is a mean over N rows; the C "
    "logits of one row make one loss together."
)
def _divided_by_classes(logits, labels):
    loss, gradient = cross_entropy(logits, labels)
    return loss, gradient * len(labels) / logits.shape[1]


@cross_entropy.misconception(
    "The gradient was divided by all N·C numbers of the table. The loss is a mean over N rows; the "
    "C logits of one row make one loss together."
)
def _divided_by_all(logits, labels):
    loss, gradient = cross_entropy(logits, labels)
    return loss, gradient / logits.shape[1]

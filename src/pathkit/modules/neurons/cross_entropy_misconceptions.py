"""Wrong ways from logits to probabilities, and from these to a loss."""

from __future__ import annotations

import numpy as np

from .cross_entropy import cross_entropy, one_hot, softmax


def _both(p, logits, labels):
    """Loss and gradient, made of any probabilities."""
    with np.errstate(all="ignore"):
        loss = -np.log(p[np.arange(len(labels)), labels]).mean()
    return loss, (p - one_hot(logits, labels)) / len(labels)


@cross_entropy.misconception(
    "exp(1000) overflows, and infinite divided by infinite is not a number. Subtract each row's "
    "maximum before the exponential: numerator and sum shrink by the same factor."
)
def _overflows(logits, labels):
    with np.errstate(all="ignore"):
        p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    return _both(p, logits, labels)


@cross_entropy.misconception(
    "The maximum of the whole table was subtracted. Beside a logit of 1003, a row of small ones "
    "shrinks to exp(-1000) = 0, and 0/0 is not a number: take each row's own maximum."
)
def _maximum_of_all(logits, labels):
    exps = np.exp(logits - logits.max())
    with np.errstate(all="ignore"):
        return _both(exps / exps.sum(axis=1, keepdims=True), logits, labels)


@cross_entropy.misconception(
    "The index `[:, labels]` picks the columns of all labels from every row. Each row has one "
    "right class: give the row numbers as well, `p[np.arange(N), labels]`."
)
def _every_row_every_label(logits, labels):
    p = softmax(logits)
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
    return _both(exps / exps.sum(), logits, labels)


@cross_entropy.misconception(
    "The softmax runs down the columns, across points. A point's classes compete with each other, "
    "not with other points: maximum and sum along each row."
)
def _down_columns(logits, labels):
    return _both(softmax(logits, axis=0), logits, labels)


@cross_entropy.misconception(
    "No softmax stands in the gradient: it is made of the logits themselves. Predicted minus true "
    "means *probabilities* minus 1 at the right class."
)
def _logits_for_probabilities(logits, labels):
    loss, _ = cross_entropy(logits, labels)
    shifted = logits - logits.max(axis=1, keepdims=True)
    return loss, (shifted - one_hot(logits, labels)) / len(labels)


@cross_entropy.misconception(
    "No softmax stands in the gradient: it is made of the logits as they came. Predicted minus "
    "true means *probabilities* minus 1 at the right class."
)
def _logits_as_they_came(logits, labels):
    loss, _ = cross_entropy(logits, labels)
    return loss, (logits - one_hot(logits, labels)) / len(labels)


@cross_entropy.misconception(
    "The loss is the log of the mean probability. Each row has a cost of its own, and sure "
    "mistakes must stay expensive: first −ln p of each row, then the mean."
)
def _log_of_the_mean(logits, labels):
    _, gradient = cross_entropy(logits, labels)
    return -np.log(softmax(logits)[np.arange(len(labels)), labels].mean()), gradient


@cross_entropy.misconception(
    "The loss is in bits: the logarithm has base 2. The unit here is the nat, and the gradient "
    "p − 1 belongs to it: `np.log`."
)
def _bits(logits, labels):
    loss, gradient = cross_entropy(logits, labels)
    return loss / np.log(2), gradient


@cross_entropy.misconception(
    "The loss is 1 minus the mean probability. It would never exceed 1, however sure a mistake is: "
    "the cost of a row is −ln p."
)
def _without_log(logits, labels):
    _, gradient = cross_entropy(logits, labels)
    return 1 - softmax(logits)[np.arange(len(labels)), labels].mean(), gradient


@cross_entropy.misconception(
    "The gradient came first. Return the loss, then its gradient: `loss, gradient`."
)
def _exchanged(logits, labels):
    return cross_entropy(logits, labels)[::-1]


@cross_entropy.misconception(
    "The loss is divided by all N·C numbers of the table. Every row has one right class and so one "
    "cost: the mean is over N."
)
def _mean_over_all(logits, labels):
    loss, gradient = cross_entropy(logits, labels)
    return loss / logits.shape[1], gradient


@cross_entropy.misconception(
    "One cost came back for each row. A loss is a single number, so that it can go down: the mean "
    "over the rows."
)
def _for_each_row(logits, labels):
    _, gradient = cross_entropy(logits, labels)
    z = logits - logits.max(axis=1, keepdims=True)
    return np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(labels)), labels], gradient


@cross_entropy.misconception(
    "The gradient is right, and the loss is no number. That happens where the log is taken after "
    "the 1 was subtracted: `gradient = p` is a second name, not a copy. Write `p.copy()`."
)
def _log_too_late(logits, labels):
    _, gradient = cross_entropy(logits, labels)
    return float("nan"), gradient


@cross_entropy.misconception(
    "Right for few rows, infinite for 700: so many probabilities, multiplied, are smaller than any "
    "float can be, and become 0. Take the log of each one first, then add up."
)
def _product(logits, labels):
    _, gradient = cross_entropy(logits, labels)
    p = softmax(logits)[np.arange(len(labels)), labels]
    with np.errstate(all="ignore"):
        return -np.log(p.prod()) / len(labels), gradient


def _floored(least: float):
    """The loss with `least` added to each probability."""
    def floored(logits, labels):
        _, gradient = cross_entropy(logits, labels)
        p = softmax(logits)[np.arange(len(labels)), labels]
        return -np.log(p + least).mean(), gradient

    floored.__name__ = f"_floored_{least:.0e}".replace("-", "_")
    return floored


for _least in (1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16, 1e-20):
    cross_entropy.misconception(
        f"A sure mistake costs {-np.log(_least):.0f} nats at most, as if {_least:.0e} had been "
        "added to p or p cut off there. A row with the logits 300 and 0 costs 300 when the second "
        "class is right: take the log of p alone."
    )(_floored(_least))

"""Wrong answers to the gradient of the loss: what each row is multiplied and divided by."""

from __future__ import annotations

import numpy as np

from .gradient import gradient, softmax


@gradient.misconception(
    "One maximum was subtracted from the whole table. Beside a row with logits of 1801 the "
    "exponentials of small rows are all 0, and 0 by 0 is not a number: each row its own maximum."
)
def _one_maximum(W, counts):
    exp = np.exp(W - W.max())
    with np.errstate(all="ignore"):
        P = exp / exp.sum(axis=1, keepdims=True)
    return (counts.sum(axis=1, keepdims=True) * P - counts) / counts.sum()


@gradient.misconception(
    "Each row's probabilities come in once, whatever its number of pairs. The row predicted once "
    "for each pair that begins with its symbol: multiply `P` by the sums of the rows."
)
def _once_a_row(W, counts):
    return (softmax(W) - counts) / counts.sum()


@gradient.misconception(
    "Each row is divided by its own number of pairs, so all rows weigh the same and an empty one "
    "gives 0 by 0. The mean runs over all pairs: divide by `counts.sum()`."
)
def _by_own_pairs(W, counts):
    totals = counts.sum(axis=1, keepdims=True)
    with np.errstate(all="ignore"):
        return softmax(W) - counts / totals


@gradient.misconception(
    "Each row is divided by its own number of pairs, so all rows weigh the same. The mean runs "
    "over all pairs: divide by `counts.sum()`, and let frequent rows weigh more."
)
def _by_own_pairs_or_one(W, counts):
    return softmax(W) - counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)


@gradient.misconception(
    "Only the counts were divided by the number of pairs. What is predicted is n P, with n the "
    "sums of the rows; divide the whole difference."
)
def _only_counts_divided(W, counts):
    return softmax(W) - counts / counts.sum()


@gradient.misconception(
    "The logits stand where probabilities are meant. Predicted minus seen: what the row predicts "
    "is its softmax."
)
def _no_softmax(W, counts):
    return (counts.sum(axis=1, keepdims=True) * W - counts) / counts.sum()


@gradient.misconception(
    "The sum was divided by the number of cells. The mean runs over pairs that occurred: their "
    "number is `counts.sum()`, and a mean of the table counts cells."
)
def _by_cells(W, counts):
    return (counts.sum(axis=1, keepdims=True) * softmax(W) - counts) / counts.size


@gradient.misconception(
    "The sum was divided by the number of rows. The mean runs over all pairs: divide by "
    "`counts.sum()`."
)
def _by_rows(W, counts):
    return (counts.sum(axis=1, keepdims=True) * softmax(W) - counts) / len(counts)


@gradient.misconception(
    "The sums of the rows lost an axis: shape (n,) is spread along the rows, so column j is "
    "multiplied by the sum of row j, or nothing fits. Keep the axis with keepdims=True."
)
def _no_keepdims(W, counts):
    return (counts.sum(axis=1) * softmax(W) - counts) / counts.sum()


@gradient.misconception(
    "The probabilities are multiplied by the sums of the columns. Row i predicted once for each "
    "pair that begins with i: that is the sum of row i, axis=1."
)
def _sums_of_columns(W, counts):
    return (counts.sum(axis=0) * softmax(W) - counts) / counts.sum()


@gradient.misconception(
    "Nothing counts how often a row occurs, and nothing is divided: multiply `P` by the sums of "
    "the rows, subtract the counts, then divide by the number of pairs."
)
def _bare_difference(W, counts):
    return softmax(W) - counts


@gradient.misconception(
    "The exponentials are divided by the sum of the whole table. Each row is a distribution of its "
    "own: sum with axis=1 and keepdims=True, as for the maximum."
)
def _one_sum(W, counts):
    exp = np.exp(W - W.max(axis=1, keepdims=True))
    return (counts.sum(axis=1, keepdims=True) * exp / exp.sum() - counts) / counts.sum()


@gradient.misconception(
    "The exponentials are divided by the sums of the columns. Row i holds the logits of what "
    "follows i: sum with axis=1 and keepdims=True, as for the maximum."
)
def _sums_down_columns(W, counts):
    exp = np.exp(W - W.max(axis=1, keepdims=True))
    return (counts.sum(axis=1, keepdims=True) * exp / exp.sum(axis=0) - counts) / counts.sum()


_BESIDES = " Besides, exp overflows for large logits: subtract each row's maximum first."

# The same ideas without the maximum subtracted: P are the probabilities, n the sums of rows.
_OVERFLOWING = {
    "_of_the_sum": lambda P, n, counts: n * P - counts,
    "_once_a_row": lambda P, n, counts: (P - counts) / counts.sum(),
    "_by_own_pairs_or_one": lambda P, n, counts: P - counts / np.maximum(n, 1),
    "_only_counts_divided": lambda P, n, counts: P - counts / counts.sum(),
    "_uphill": lambda P, n, counts: (counts - n * P) / counts.sum(),
    "_bare_difference": lambda P, n, counts: P - counts,
    "_by_cells": lambda P, n, counts: (n * P - counts) / counts.size,
    "_no_keepdims": lambda P, n, counts: (n.ravel() * P - counts) / counts.sum(),
}


def _overflowing(name):
    def answer(W, counts):
        with np.errstate(all="ignore"):
            P = np.exp(W) / np.exp(W).sum(axis=1, keepdims=True)
        return _OVERFLOWING[name](P, counts.sum(axis=1, keepdims=True), counts)

    answer.__name__ = f"{name}_and_overflows"
    return answer


for _known in tuple(gradient.misconceptions):
    if _known.name in _OVERFLOWING:
        gradient.misconception(_known.message + _BESIDES)(_overflowing(_known.name))

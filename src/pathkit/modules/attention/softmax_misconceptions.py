"""More ways to get a softmax wrong: two slips at once, and other numbers than the largest."""

from __future__ import annotations

import numpy as np

from .parts import _softmax
from .softmax import softmax


@softmax.misconception(
    "Two things at once. All weights together sum to 1, but each row should: sum along axis=-1. "
    "And exp(1000) overflows: subtract each row's largest score first."
)
def _over_everything_unstable(scores):
    return np.exp(scores) / np.exp(scores).sum()


@softmax.misconception(
    "Two things at once. The sums have lost their axis: keepdims=True keeps each beside its row. "
    "And exp(1000) overflows to infinity: subtract each row's largest score first."
)
def _no_keepdims_unstable(scores):
    exp = np.exp(scores)
    return exp / exp.sum(axis=-1)


@softmax.misconception(
    "Two things at once. Columns sum to 1, but each row should: axis=-1. And exp(1000) overflows "
    "to infinity: subtract each row's largest score first."
)
def _over_queries_unstable(scores):
    exp = np.exp(scores)
    return exp / exp.sum(axis=0)


@softmax.misconception(
    "Two things at once. axis=1 is the last axis of a table only, axis=-1 is the last one always. "
    "And exp(1000) overflows to infinity: subtract each row's largest score first."
)
def _axis_one_unstable(scores):
    exp = np.exp(scores)
    return exp / exp.sum(axis=1, keepdims=True)


@softmax.misconception(
    "All weights together sum to 1, so rows compete with each other. Each row is the choice of one "
    "word: its exponentials are divided by their own sum, along axis=-1 with keepdims=True."
)
def _sum_over_everything(scores):
    exp = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exp / exp.sum()


@softmax.misconception(
    "The maximum was taken down the columns, over other rows. A row far below them becomes all "
    "zeros, and 0/0 is nan. Every row needs its own maximum: axis=-1."
)
def _maximum_of_columns(scores):
    exp = np.exp(scores - scores.max(axis=0))
    return exp / exp.sum(axis=-1, keepdims=True)


@softmax.misconception(
    "Columns sum to 1 where there are rows of the same width, but each row should: the sum runs "
    "along the last axis, axis=-1 with keepdims=True."
)
def _sum_of_columns(scores):
    exp = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exp / exp.sum(axis=0)


@softmax.misconception(
    "The maxima lost their axis, so NumPy lines them up with the columns and subtracts another "
    "row's maximum. keepdims=True keeps each beside its row."
)
def _maximum_without_keepdims(scores):
    exp = np.exp(scores - scores.max(axis=-1))
    return exp / exp.sum(axis=-1, keepdims=True)


@softmax.misconception(
    "Maxima and sums lost their axis, so NumPy lines them up with the columns: a row meets the "
    "numbers of other rows. keepdims=True keeps each beside its own row."
)
def _never_keepdims(scores):
    exp = np.exp(scores - scores.max(axis=-1))
    return exp / exp.sum(axis=-1)


@softmax.misconception(
    "In some row a score still lies 2,000 above what is subtracted from it, and exp(2000) is "
    "infinite. Subtract the largest score of the row: then no exponent is above 0."
)
def _subtracts_the_first(scores):
    exp = np.exp(scores - scores[..., :1])
    return exp / exp.sum(axis=-1, keepdims=True)


@softmax.misconception(
    "A row that holds -inf comes back as nan. Its mean and its smallest score are -inf, and "
    "-inf minus -inf is undefined; its largest score is finite. Subtract the largest."
)
def _subtracts_the_mean(scores):
    exp = np.exp(scores - scores.mean(axis=-1, keepdims=True))
    return exp / exp.sum(axis=-1, keepdims=True)


@softmax.misconception(
    "The largest of each row is 1 and the rows don't sum to 1. Exponentials become weights when "
    "each is divided by the sum of its row."
)
def _not_divided(scores):
    return np.exp(scores - scores.max(axis=-1, keepdims=True))


@softmax.misconception(
    "Scores were divided by the largest of their row. That changes their ratios, and a largest "
    "score of 0 gives nan. Subtract it: exp(s - m) is exp(s) / exp(m), and exp(m) cancels."
)
def _divided_by_the_largest(scores):
    exp = np.exp(scores / scores.max(axis=-1, keepdims=True))
    return exp / exp.sum(axis=-1, keepdims=True)


@softmax.misconception(
    "These are the logarithms of the weights: negative numbers. The weights themselves are asked "
    "for, positive and with the sum 1."
)
def _logarithms(scores):
    shifted = scores - scores.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


@softmax.misconception(
    "Scores were cut off before exp, so large ones that differ come out equal. No limit is needed: "
    "with the row's largest score subtracted, no exponent is above 0."
)
def _clipped(scores):
    return _softmax(np.clip(scores, -700, 700))


@softmax.misconception(
    "In some row a score lies 2,000 above the smallest, and exp(2000) is infinite. Subtract the "
    "largest score of the row: then no exponent is above 0."
)
def _subtracts_the_smallest(scores):
    exp = np.exp(scores - scores.min(axis=-1, keepdims=True))
    return exp / exp.sum(axis=-1, keepdims=True)

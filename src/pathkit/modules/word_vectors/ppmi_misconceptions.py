"""Wrong answers to PPMI: what stays negative, what is subtracted, which sums are meant."""

from __future__ import annotations

import numpy as np

from .ppmi import _pmi, ppmi


@ppmi.misconception(
    "Pairs never seen got 0, but pairs rarer than chance still have negative values. Take the "
    "larger of the value and 0 everywhere."
)
def _negatives_stay(counts):
    return np.where(counts > 0, _pmi(counts), 0)


@ppmi.misconception(
    "ln 5 was subtracted. That is what training with five noise words leaves of the table; here "
    "the table itself is asked for, and the figure subtracts ln 5 later."
)
def _less_ln_k(counts):
    return np.maximum(_pmi(counts) - np.log(5), 0)


@ppmi.misconception(
    "The sums lost an axis: row sums and column sums stand along the same side, so nothing fits, "
    "or each cell gets the wrong chance. Keep the axis of the row sums: keepdims=True."
)
def _no_keepdims(counts):
    expected = counts.sum(axis=1) * counts.sum(axis=0) / counts.sum()
    return np.log(np.maximum(counts / expected, 1))


@ppmi.misconception(
    "The log is missing: these are ratios to chance. The log makes twice as often and half as "
    "often equally far from 0."
)
def _no_log(counts):
    return np.maximum(np.exp(_pmi(counts)), 1)


@ppmi.misconception(
    "The log is missing, though ratios below 1 are at 0. Take the log of the ratio, then the "
    "larger of that and 0."
)
def _no_log_and_zeros(counts):
    ratio = np.exp(_pmi(counts))
    return np.where(ratio > 1, ratio, 0)


@ppmi.misconception(
    "The wrong half was kept: the smaller of the value and 0. What is more than chance is "
    "positive, so take the larger."
)
def _negative_half(counts):
    return np.minimum(_pmi(counts), 0)


@ppmi.misconception(
    "The ratio is turned round: pairs rarer than chance have large values. How many times more "
    "often than chance is the counts divided by what chance gives."
)
def _upside_down(counts):
    with np.errstate(divide="ignore"):
        return np.maximum(-_pmi(counts), 0)


@ppmi.misconception(
    "The expected count was divided by the table's sum twice, so every pair looks far more "
    "frequent than chance. Divide shares by shares, or counts by row * column / total."
)
def _divided_twice(counts):
    total = counts.sum()
    expected = counts.sum(axis=1, keepdims=True) * counts.sum(axis=0) / total**2
    return np.log(np.maximum(counts / expected, 1))


@ppmi.misconception(
    "The log is missing: these are ratios to chance, and those below 1 are there as well. Take the "
    "log of the ratio, then the larger of that and 0."
)
def _ratios(counts):
    return np.exp(_pmi(counts))


@ppmi.misconception(
    "1 was added to each count. That is smoothing; here chance is compared with the counts as they "
    "are."
)
def _add_one(counts):
    return np.maximum(_pmi(counts + 1), 0)


@ppmi.misconception(
    "Each value was multiplied by the share of its pair. That is the pair's part of an average; "
    "the log of the ratio alone is asked for."
)
def _weighted(counts):
    with np.errstate(invalid="ignore"):
        return counts / counts.sum() * np.log(np.maximum(np.exp(_pmi(counts)), 1))

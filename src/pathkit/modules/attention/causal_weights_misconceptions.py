"""More ways to hide the future wrongly: by value, by a finite number, or the wrong half."""

from __future__ import annotations

import numpy as np

from .causal_weights import causal_weights
from .parts import _hidden, masked


@causal_weights.misconception(
    "Scores of exactly 0 are hidden as well, also those of words that may be seen. A score of 0 is "
    "an ordinary score: decide by the positions what to hide, never by the value."
)
def _hides_zeros(scores, softmax):
    seen = np.tril(scores)
    return softmax(np.where(seen == 0, -np.inf, seen))


@causal_weights.misconception(
    "Every weight is nan. The usual reason is a mask of 0 and 1 times infinity: 0 * inf is "
    "undefined, so what may be seen becomes nan, too. Choose instead: np.where(future, -np.inf, "
    "scores)."
)
def _infinity_times_zero(scores, softmax):
    return np.full(scores.shape, np.nan)


@causal_weights.misconception(
    "The future was given a low score, but a visible one can lie lower: next to -2,000 a hidden "
    "score of -1,000 takes all the weight. Only -inf is below every score."
)
def _low_but_finite(scores, softmax):
    return softmax(np.where(_hidden(*scores.shape), -1000.0, scores))


@causal_weights.misconception(
    "The mask is right, but these are scores: the hidden ones are -inf, and rows don't sum to 1. "
    "Weights come out of softmax: call it on the masked scores."
)
def _scores_only(scores, softmax):
    return masked(scores)


@causal_weights.misconception(
    "Softmax was taken twice: of the scores, then of the masked weights. Weights lie between 0 and "
    "1, so the second softmax makes them nearly equal. Mask the scores and take it once."
)
def _softmax_twice(scores, softmax):
    return softmax(masked(softmax(scores)))


@causal_weights.misconception(
    "The future was given a score of about -100, but a visible one can lie lower: next to -500 a "
    "hidden score of -100 takes all the weight. Only -inf is below every score."
)
def _hardly_low(scores, softmax):
    return softmax(np.where(_hidden(*scores.shape), -100.0, scores))


@causal_weights.misconception(
    "The future was lowered by a fixed amount. A score that leads by more than that still gets "
    "weight; only -inf is below every score."
)
def _lowered(scores, softmax):
    return softmax(scores - 100 * _hidden(*scores.shape))


@causal_weights.misconception(
    "What may be seen is hidden, and the future is shown: each word sees what comes after it, and "
    "the last one nothing, so its row is nan. np.where(future, -np.inf, scores) hides the future."
)
def _turned_round(scores, softmax):
    return softmax(np.where(_hidden(*scores.shape), scores, -np.inf))


@causal_weights.misconception(
    "Future scores are +inf, the highest of all, and inf minus inf is nan. -inf is the lowest: "
    "exp(-inf) is 0, so nothing of the future is left."
)
def _plus_infinity(scores, softmax):
    return softmax(np.where(_hidden(*scores.shape), np.inf, scores))


@causal_weights.misconception(
    "Every word so far gets the same weight, whatever the scores are. Mask the scores and pass "
    "them through softmax: a higher score means more weight."
)
def _equal_weights(scores, softmax):
    seen = np.tri(len(scores))
    return seen / seen.sum(axis=1, keepdims=True)

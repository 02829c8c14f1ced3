"""More ways to get attention wrong: other masks, other averages, parts left out."""

from __future__ import annotations

import numpy as np

from .attention import attention
from .parts import _hidden, masked, scaled, softmax_over_all


@attention.misconception(
    "One softmax runs over the whole table, so all words share a single unit of weight. Every word "
    "has a choice of its own: one softmax for each row."
)
def _softmax_over_everything(Q, K, V, softmax):
    return softmax_over_all(masked(scaled(Q, K))) @ V


@attention.misconception(
    "A mask of ones and zeros was added to the scores. It lifts what may be seen by 1 and hides "
    "nothing. Future scores must be -inf, since only exp(-inf) is 0."
)
def _adds_zeros_and_ones(Q, K, V, softmax):
    return softmax(scaled(Q, K) + ~_hidden(len(Q), len(K))) @ V


@attention.misconception(
    "Future scores are 0, or as good as 0. exp(0) is 1, so each future word keeps an ordinary "
    "weight. Use np.where with -np.inf."
)
def _scores_of_zero(Q, K, V, softmax):
    return softmax(np.tril(scaled(Q, K))) @ V


@attention.misconception(
    "The mask is transposed: each word sees itself and what is to come, never the past. The key's "
    "position runs along the columns, the query's down the rows."
)
def _only_the_future(Q, K, V, softmax):
    return softmax(np.where(_hidden(len(Q), len(K)).T, -np.inf, scaled(Q, K))) @ V


@attention.misconception(
    "No mask: every word sees the whole text. That is right for reading a finished sentence. A "
    "model that predicts the next word would be shown the answer."
)
def _unmasked(Q, K, V, softmax):
    return softmax(scaled(Q, K)) @ V


@attention.misconception(
    "Each word takes the plain average of all words so far; Q and K change nothing. Weights must "
    "come from how well each key fits the query."
)
def _running_mean(Q, K, V, softmax):
    return np.cumsum(V, axis=0) / np.arange(1, len(V) + 1)[:, None]


@attention.misconception(
    "The values came back as they are, each word its own. That ignores Q and K: no word has looked "
    "at another. Multiply the weights with V."
)
def _returns_values(Q, K, V, softmax):
    return V


@attention.misconception(
    "Scores of exactly 0 are hidden as well, also those of words that may be seen. A score of 0 is "
    "an ordinary score: decide by the positions what to hide, never by the value."
)
def _hides_zeros(Q, K, V, softmax):
    seen = np.tril(scaled(Q, K))
    return softmax(np.where(seen == 0, -np.inf, seen)) @ V


@attention.misconception(
    "Everything is nan. The usual reason is a mask of 0 and 1 times infinity: 0 * inf is "
    "undefined, so what may be seen becomes nan, too. Choose instead: np.where(future, -np.inf, "
    "scores)."
)
def _infinity_times_zero(Q, K, V, softmax):
    return np.full(V.shape, np.nan)


@attention.misconception(
    "The future was given a low score, but a visible one can lie lower: next to -2,000 a hidden "
    "score of -1,000 takes all the weight. Only -inf is below every score."
)
def _low_but_finite(Q, K, V, softmax):
    return softmax(np.where(_hidden(len(Q), len(K)), -1000.0, scaled(Q, K))) @ V


@attention.misconception(
    "The future was given a score of about -100, but a visible one can lie lower: next to -500 a "
    "hidden score of -100 takes all the weight. Only -inf is below every score."
)
def _hardly_low(Q, K, V, softmax):
    return softmax(np.where(_hidden(len(Q), len(K)), -100.0, scaled(Q, K))) @ V


@attention.misconception(
    "The future was lowered by a fixed amount. A score that leads by more than that still gets "
    "weight; only -inf is below every score."
)
def _lowered(Q, K, V, softmax):
    return softmax(scaled(Q, K) - 100 * _hidden(len(Q), len(K))) @ V


@attention.misconception(
    "Divided by 8 at every width. 8 is √64, right for a width of 64 alone. The unit follows the "
    "width of the keys at hand: √d_k, with d_k = K.shape[1]."
)
def _scaled_by_eight(Q, K, V, softmax):
    return softmax(masked(Q @ K.T / 8)) @ V


@attention.misconception(
    "The weights were divided by √d_k, after the softmax: rows sum to less than 1, and the choice "
    "is as hard as before. Divide the scores, before the softmax."
)
def _scaled_too_late(Q, K, V, softmax):
    return softmax(masked(Q @ K.T)) @ V / np.sqrt(K.shape[1])


@attention.misconception(
    "Queries and keys have changed places: row t holds what others ask of word t. Row t belongs to "
    "the word that asks: Q @ K.T, not K @ Q.T."
)
def _keys_ask(Q, K, V, softmax):
    return softmax(masked(scaled(K, Q))) @ V


@attention.misconception(
    "These are the weights, one row for each word. They are half of attention: multiply them with "
    "V, which averages the values."
)
def _weights_only(Q, K, V, softmax):
    return softmax(masked(scaled(Q, K)))


@attention.misconception(
    "The softmax is missing: raw scores were used as weights. They can be negative and don't sum "
    "to 1. Hide the future with -inf and call softmax before you multiply with V."
)
def _without_softmax(Q, K, V, softmax):
    return np.tril(scaled(Q, K)) @ V


@attention.misconception(
    "The keys were averaged. Keys say who fits; what a word takes home is the values. Multiply the "
    "weights with V."
)
def _averages_keys(Q, K, V, softmax):
    return softmax(masked(scaled(Q, K))) @ K


@attention.misconception(
    "The table of weights was transposed before it met V: what words ask flows to those who "
    "answer, the wrong way. Row t of the weights is word t's choice: weights @ V."
)
def _weights_transposed(Q, K, V, softmax):
    return softmax(masked(scaled(Q, K))).T @ V


@attention.misconception(
    "Two things are missing. Nothing is divided by √d_k, so the choice is too hard; and nothing "
    "hides the future, so every word sees the whole text."
)
def _unscaled_and_unmasked(Q, K, V, softmax):
    return softmax(Q @ K.T) @ V


@attention.misconception(
    "Two things at once. The scores aren't divided by √d_k. And the mask comes after the softmax, "
    "so rows sum to less than 1: set future scores to -inf before it."
)
def _unscaled_and_masked_late(Q, K, V, softmax):
    return np.tril(softmax(Q @ K.T)) @ V


@attention.misconception(
    "The values were added to the average. That comes later, around attention in a transformer "
    "block; attention itself returns weights @ V."
)
def _values_added(Q, K, V, softmax):
    return V + softmax(masked(scaled(Q, K))) @ V


@attention.misconception(
    "The scores were multiplied by √d_k. They are too large by that factor already, so the choice "
    "becomes harder still: divide."
)
def _multiplied(Q, K, V, softmax):
    return softmax(masked(Q @ K.T * np.sqrt(K.shape[1]))) @ V

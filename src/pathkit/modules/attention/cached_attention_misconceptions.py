"""More ways to get the cache wrong: what comes back, and how scores are made and hidden."""

from __future__ import annotations

import numpy as np

from .cached_attention import _cached, _grown, cached_attention
from .parts import masked, scaled


@cached_attention.misconception(
    "The returned cache holds the new rows only, so everything earlier is lost at the next step. "
    "Return old and new together."
)
def _cache_replaced(Q, K, V, cache, softmax):
    return _cached(Q, K, V, cache, softmax, len(cache[0]))[0], (K, V)


@cached_attention.misconception(
    "New rows were put in front of the old ones. A row's place in the cache is its position, and "
    "the mask relies on that: old rows first, new rows after them."
)
def _new_rows_first(Q, K, V, cache, softmax):
    K, V = np.concatenate([K, cache[0]]), np.concatenate([V, cache[1]])
    return softmax(masked(scaled(Q, K), len(cache[0]))) @ V, (K, V)


@cached_attention.misconception(
    "Outputs came back without the cache. The caller needs both: the outputs now, and the longer "
    "cache for the next word. Return a pair."
)
def _outputs_only(Q, K, V, cache, softmax):
    return _cached(Q, K, V, cache, softmax, len(cache[0]))[0]


@cached_attention.misconception(
    "Three things came back. The cache is one thing, a pair of keys and values, so that the caller "
    "can hand it on: return outputs, (keys, values)."
)
def _three_things(Q, K, V, cache, softmax):
    out, (K, V) = _cached(Q, K, V, cache, softmax, len(cache[0]))
    return out, K, V


@cached_attention.misconception(
    "The cache came back first. The outputs stand first, the pair of keys and values after them."
)
def _cache_first(Q, K, V, cache, softmax):
    return _cached(Q, K, V, cache, softmax, len(cache[0]))[::-1]


@cached_attention.misconception(
    "Keys and values have changed places in the cache. The pair holds the keys first, then the "
    "values, as it came in."
)
def _values_first(Q, K, V, cache, softmax):
    out, (K, V) = _cached(Q, K, V, cache, softmax, len(cache[0]))
    return out, (V, K)


@cached_attention.misconception(
    "The mask counts two words as past, whatever the cache holds. len(cache) is 2, since the cache "
    "is a pair; the number of words in it is the length of its keys."
)
def _length_of_the_pair(Q, K, V, cache, softmax):
    return _cached(Q, K, V, cache, softmax, 2)


@cached_attention.misconception(
    "Every new word sees as much as the first of them. Row i stands at position past + i, so each "
    "new word may see one more: give the mask a row for each."
)
def _all_as_the_first(Q, K, V, cache, softmax):
    K, V = _grown(K, V, cache)
    hidden = np.arange(len(K)) > len(cache[0])
    return softmax(np.where(hidden, -np.inf, scaled(Q, K))) @ V, (K, V)


@cached_attention.misconception(
    "The scale is missing. With a cache, scores have the same unit as without: divide them by "
    "√d_k, np.sqrt(K.shape[1])."
)
def _no_cache_scale(Q, K, V, cache, softmax):
    K, V = _grown(K, V, cache)
    return softmax(masked(Q @ K.T, len(cache[0]))) @ V, (K, V)


@cached_attention.misconception(
    "Scaled by d_k instead of its root. The typical size of a score is √d_k: measure scores in "
    "that unit."
)
def _scaled_by_width(Q, K, V, cache, softmax):
    K, V = _grown(K, V, cache)
    return softmax(masked(Q @ K.T / K.shape[1], len(cache[0]))) @ V, (K, V)


@cached_attention.misconception(
    "Scaled by the root of the number of keys. A score adds up d_k products, however many words "
    "the cache holds: the unit is √d_k."
)
def _scaled_by_number(Q, K, V, cache, softmax):
    K, V = _grown(K, V, cache)
    return softmax(masked(Q @ K.T / np.sqrt(len(K)), len(cache[0]))) @ V, (K, V)


@cached_attention.misconception(
    "Scores of exactly 0 are hidden as well, also those of words that may be seen. A score of 0 is "
    "an ordinary score: decide by the positions what to hide, never by the value."
)
def _cache_hides_zeros(Q, K, V, cache, softmax):
    past = len(cache[0])
    K, V = _grown(K, V, cache)
    seen = np.tril(scaled(Q, K), past)
    return softmax(np.where(seen == 0, -np.inf, seen)) @ V, (K, V)


@cached_attention.misconception(
    "Future scores are 0, or as good as 0. exp(0) is 1, so each future word keeps an ordinary "
    "weight. Use np.where with -np.inf."
)
def _cache_scores_of_zero(Q, K, V, cache, softmax):
    past = len(cache[0])
    K, V = _grown(K, V, cache)
    return softmax(np.tril(scaled(Q, K), past)) @ V, (K, V)


@cached_attention.misconception(
    "The mask comes after the softmax: rows sum to less than 1, and the future still sits in the "
    "sum below the fraction. Set future scores to -inf before the softmax."
)
def _cache_masked_after(Q, K, V, cache, softmax):
    past = len(cache[0])
    K, V = _grown(K, V, cache)
    return np.tril(softmax(scaled(Q, K)), past) @ V, (K, V)


@cached_attention.misconception(
    "Instead of outputs the weights came back, one for each word that may be seen. Multiply them "
    "with all values, old and new."
)
def _cache_weights(Q, K, V, cache, softmax):
    K, V = _grown(K, V, cache)
    return softmax(masked(scaled(Q, K), len(cache[0]))), (K, V)


@cached_attention.misconception(
    "Two things are missing. Nothing is divided by √d_k, and nothing hides the later ones of "
    "several new words from the earlier ones."
)
def _no_cache_scale_and_mask(Q, K, V, cache, softmax):
    K, V = _grown(K, V, cache)
    return softmax(Q @ K.T) @ V, (K, V)

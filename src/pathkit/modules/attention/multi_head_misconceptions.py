"""More ways to get heads wrong: how they are joined, masked and scaled."""

from __future__ import annotations

import numpy as np

from .multi_head import _join, _per_head, _split, multi_head
from .parts import _hidden, masked


def _heads_of(Q, K, V, heads):
    """(heads, T, d) three times, and the scaled scores (heads, T, T)."""
    q, k, v = (_split(X, heads) for X in (Q, K, V))
    return q, k, v, q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[-1])


@multi_head.misconception(
    "The outputs of the heads were averaged, which throws away who saw what. They stand side by "
    "side: width heads times d_v."
)
def _averaged(Q, K, V, heads, softmax):
    return _per_head(*(_split(X, heads) for X in (Q, K, V)), softmax).mean(axis=0)


@multi_head.misconception(
    "The heads compete: the softmax runs over the axis of heads. They work side by side and don't "
    "know of each other. What competes is the keys of one word in one head."
)
def _softmax_over_heads(Q, K, V, heads, softmax):
    q, k, v = (_split(X, heads) for X in (Q, K, V))
    scores = q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[-1])
    weights = softmax(np.moveaxis(scores, 0, -1))
    return _join(np.tril(np.moveaxis(weights, -1, 0)) @ v)


@multi_head.misconception(
    "Here every head sees the future. The mask has shape (T, T) and spreads over all heads by "
    "itself: np.where(future, -np.inf, scores) with scores of shape (heads, T, T)."
)
def _heads_without_mask(Q, K, V, heads, softmax):
    q, k, v = (_split(X, heads) for X in (Q, K, V))
    return _join(softmax(q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[-1])) @ v)


@multi_head.misconception(
    "The outputs of the heads were added up, which mixes who saw what. They should stand side by "
    "side, so the width is heads times d_v: in einsum, keep h and d right of the arrow."
)
def _added_up(Q, K, V, heads, softmax):
    return _per_head(*(_split(X, heads) for X in (Q, K, V)), softmax).sum(axis=0)


@multi_head.misconception(
    "The heads still have an axis of their own. Their outputs should stand side by side in one "
    "row for each word: reshape (T, heads, d_v) to (T, heads * d_v)."
)
def _not_joined(Q, K, V, heads, softmax):
    return _per_head(*(_split(X, heads) for X in (Q, K, V)), softmax).transpose(1, 0, 2)


@multi_head.misconception(
    "The head is still the first axis. Bring the axes to (T, heads, d_v), the word first, then "
    "reshape to (T, heads * d_v), so that the outputs of one word stand side by side."
)
def _heads_first(Q, K, V, heads, softmax):
    return _per_head(*(_split(X, heads) for X in (Q, K, V)), softmax)


@multi_head.misconception(
    "Scaled by the root of the number of heads. A score of one head adds up d_k products, and its "
    "unit is √d_k, the root of one head's width."
)
def _scaled_by_heads(Q, K, V, heads, softmax):
    q, k, v, scores = _heads_of(Q, K, V, heads)
    return _join(softmax(masked(scores * np.sqrt(q.shape[-1] / heads))) @ v)


@multi_head.misconception(
    "Scaled by √d_v, the width of the values. Values take no part in a score: it adds up the d_k "
    "products of one query and one key in one head."
)
def _scaled_by_width_of_values(Q, K, V, heads, softmax):
    q, k, v, scores = _heads_of(Q, K, V, heads)
    return _join(softmax(masked(scores * np.sqrt(q.shape[-1] / v.shape[-1]))) @ v)


@multi_head.misconception(
    "Scaled by d_k, the width of one head, instead of its root. The typical size of a score is "
    "√d_k: measure scores in that unit."
)
def _scaled_by_head_width(Q, K, V, heads, softmax):
    q, k, v, scores = _heads_of(Q, K, V, heads)
    return _join(softmax(masked(scores / np.sqrt(q.shape[-1]))) @ v)


@multi_head.misconception(
    "The mask comes after the softmax: rows sum to less than 1, and the future still sits in the "
    "sum below the fraction. Set future scores to -inf before the softmax."
)
def _masked_after(Q, K, V, heads, softmax):
    q, k, v, scores = _heads_of(Q, K, V, heads)
    return _join(np.tril(softmax(scores)) @ v)


@multi_head.misconception(
    "The mask is transposed: each word sees itself and what is to come, never the past. The key's "
    "position runs along the last axis of the scores, the query's along the one before."
)
def _only_the_future(Q, K, V, heads, softmax):
    q, k, v, scores = _heads_of(Q, K, V, heads)
    return _join(softmax(np.where(_hidden(len(Q), len(Q)).T, -np.inf, scores)) @ v)


@multi_head.misconception(
    "No word sees itself, and the first one has nothing to look at: its row is nan. The diagonal "
    "belongs to the past: hide with >, not >=."
)
def _not_itself(Q, K, V, heads, softmax):
    q, k, v, scores = _heads_of(Q, K, V, heads)
    return _join(softmax(masked(scores, -1)) @ v)


@multi_head.misconception(
    "Each word sees one word too many: the next one, which it is meant to predict. Hide every "
    "position above the query's own (with np.triu: k=1)."
)
def _sees_the_next_word(Q, K, V, heads, softmax):
    q, k, v, scores = _heads_of(Q, K, V, heads)
    return _join(softmax(masked(scores, 1)) @ v)


@multi_head.misconception(
    "Scores of exactly 0 are hidden as well, also those of words that may be seen. A score of 0 is "
    "an ordinary score: decide by the positions what to hide, never by the value."
)
def _hides_zeros(Q, K, V, heads, softmax):
    q, k, v, scores = _heads_of(Q, K, V, heads)
    seen = np.tril(scores)
    return _join(softmax(np.where(seen == 0, -np.inf, seen)) @ v)


@multi_head.misconception(
    "Queries and keys have changed places: each table has a row for each key. Rows belong to the "
    "words that ask: with einsum \"qhd,khd->hqk\", not hkq."
)
def _keys_ask(Q, K, V, heads, softmax):
    q, k, v, scores = _heads_of(K, Q, V, heads)
    return _join(softmax(masked(scores)) @ v)


@multi_head.misconception(
    "Future scores are 0, or as good as 0. exp(0) is 1, so each future word keeps an ordinary "
    "weight. Use np.where with -np.inf."
)
def _scores_of_zero(Q, K, V, heads, softmax):
    q, k, v, scores = _heads_of(Q, K, V, heads)
    return _join(softmax(np.tril(scores)) @ v)


@multi_head.misconception(
    "The heads are right, but their outputs were mixed in each row: component 0 of every head, "
    "then component 1. A head's outputs stand together: (T, heads, d_v) before the reshape."
)
def _outputs_interleaved(Q, K, V, heads, softmax):
    out = _per_head(*(_split(X, heads) for X in (Q, K, V)), softmax)
    return out.transpose(1, 2, 0).reshape(len(Q), -1)


@multi_head.misconception(
    "Two things are missing. Nothing is divided by the root of one head's width, and nothing hides "
    "the future, so every head sees the whole text."
)
def _heads_without_scale_and_mask(Q, K, V, heads, softmax):
    q, k, v, scores = _heads_of(Q, K, V, heads)
    return _join(softmax(scores * np.sqrt(q.shape[-1])) @ v)

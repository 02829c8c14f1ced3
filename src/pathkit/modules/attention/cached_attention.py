"""Remember keys and values."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .parts import _softmax, far_apart, masked, qkv, scaled, with_zeros


def _with_cache(rng: np.random.Generator, past: int, n: int, d_k: int, d_v: int) -> tuple:
    cache = (rng.normal(size=(past, d_k)), rng.normal(size=(past, d_v)))
    return (*qkv(rng, n, d_k, d_v), cache, _softmax)


def _continued(Q: np.ndarray, K: np.ndarray, V: np.ndarray) -> tuple:
    """The last two words as new ones, all before them in the cache."""
    return Q[-2:], K[-2:], V[-2:], (K[:-2], V[:-2]), _softmax


@exercise(
    title="Remember keys and values",
    level="hard",
    minutes=12,
    prompt="""
        New words arrive, one or several. `cache` holds keys and values of all words before them.
        Return the outputs of the new words alone, and the cache with the new rows at its end.
        """,
    probes=lambda rng: [
        _with_cache(rng, 2, 1, 3, 1),
        _with_cache(rng, 3, 2, 4, 5),
        _with_cache(rng, 0, 3, 2, 4),
        _with_cache(rng, 5, 4, 3, 2),
        _continued(*with_zeros()),
        _continued(*far_apart()),
        _with_cache(rng, 0, 1, 2, 3),
    ],
    hints=[
        "Three words lie in the cache and two are new. Which positions do the new ones have?",
        """
        1. `np.concatenate` old keys and new keys: (past + n, d_k). The same for values.
        2. Scores of the n new queries with all keys: (n, past + n).
        3. Row i belongs to position past + i: hide the keys with a larger position.
        4. Return the outputs and the pair of longer arrays.
        """,
        "`future = np.arange(past + n) > np.arange(___, ___)[:, None]`, shape (n, past + n).",
    ],
    errors=[
        (
            "ValueError: operands could not be broadcast",
            "scores and mask have n rows and past + n columns.",
        ),
        (
            "AttributeError: 'tuple' object has no attribute",
            "`cache` is a pair: `K_old, V_old = cache`.",
        ),
        (
            "AttributeError: 'numpy.ndarray' object has no attribute 'append'",
            "arrays don't grow: `np.concatenate([old, new])` makes a longer one.",
        ),
    ],
    # Old keys and values have the same number of rows, so have new ones; all keys have one width.
    equivalents=[
        "past, n = (len(V_old), len(Q))",
        "past, n = (len(K_old), len(K))",
        "past, n = (len(K_old), len(V))",
        "scores = Q @ K.T / np.sqrt(Q.shape[1])",
        "scores = Q @ K.T / np.sqrt(K_old.shape[1])",
    ],
    passed="The same numbers as the full pass, from the new words and the cache alone.",
)
def cached_attention(Q: np.ndarray, K: np.ndarray, V: np.ndarray, cache: tuple, softmax) -> tuple:
    """Causal attention of n new words that follow `past` words in a cache.

    Q, K: (n, d_k); V: (n, d_v), of the new words; softmax: scores -> weights, last axis.
    cache: (keys, values) so far, of shapes (past, d_k) and (past, d_v); past may be 0.
    Returns (outputs (n, d_v), (all keys, all values)).
    """
    K_old, V_old = cache
    past, n = len(K_old), len(Q)
    K = np.concatenate([K_old, K])  # (past + n, d_k)
    V = np.concatenate([V_old, V])  # (past + n, d_v)
    scores = Q @ K.T / np.sqrt(K.shape[1])  # (n, past + n)
    future = np.arange(past + n) > np.arange(past, past + n)[:, None]
    return softmax(np.where(future, -np.inf, scores)) @ V, (K, V)


def _grown(K, V, cache):
    return np.concatenate([cache[0], K]), np.concatenate([cache[1], V])


def _cached(Q, K, V, cache, softmax, offset):
    K, V = _grown(K, V, cache)
    return softmax(masked(scaled(Q, K), offset)) @ V, (K, V)


@cached_attention.misconception(
    "The mask starts at position 0 again, so the first new word sees only the first word of all. "
    "Row i of the new words stands at position past + i: give the mask that offset."
)
def _no_offset(Q, K, V, cache, softmax):
    return _cached(Q, K, V, cache, softmax, 0)


@cached_attention.misconception(
    "The offset is one too small: new words can't see themselves. Row i stands at position "
    "past + i and may look at 0 to past + i."
)
def _offset_too_small(Q, K, V, cache, softmax):
    return _cached(Q, K, V, cache, softmax, len(cache[0]) - 1)


@cached_attention.misconception(
    "The offset is one too large: when several words arrive at once, each sees the next. Row i may "
    "look at the positions 0 to past + i and no further."
)
def _offset_too_large(Q, K, V, cache, softmax):
    return _cached(Q, K, V, cache, softmax, len(cache[0]) + 1)


@cached_attention.misconception(
    "No mask. A single new word needs none, since everything in the cache is past. Several new "
    "words do: the first must not see the second."
)
def _no_cache_mask(Q, K, V, cache, softmax):
    K, V = _grown(K, V, cache)
    return softmax(scaled(Q, K)) @ V, (K, V)


@cached_attention.misconception(
    "The new words look at each other only; the cache is kept but never read. Put old and new keys "
    "and values together before you compute the scores."
)
def _ignores_cache(Q, K, V, cache, softmax):
    return softmax(masked(scaled(Q, K))) @ V, _grown(K, V, cache)


@cached_attention.misconception(
    "The outputs are right, but the cache came back as it was, without the new rows: at the next "
    "step these words are forgotten. Return the longer arrays."
)
def _cache_not_grown(Q, K, V, cache, softmax):
    return _cached(Q, K, V, cache, softmax, len(cache[0]))[0], cache

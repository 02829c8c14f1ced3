"""Attention."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .parts import _softmax, far_apart, masked, qkv, scaled, with_zeros


@exercise(
    title="Attention",
    level="medium",
    minutes=10,
    prompt="""
        Write the loops as matrices: causal scaled dot-product attention. (A loop over the words is
        right as well, only slower.) The checks take T = 5, d_k = 4 and d_v = 3, so that no wrong
        transpose can hide.
        """,
    probes=lambda rng: [
        (*qkv(rng, 2, 3, 1), _softmax),
        (*qkv(rng, 5, 4, 3), _softmax),
        (*qkv(rng, 3, 2, 7), _softmax),
        (40 * rng.normal(size=(6, 3)), 9 * rng.normal(size=(6, 3)), rng.normal(size=(6, 2)),
         _softmax),
        (np.full((3, 2), 30.0), np.array([[0.0, 1.0], [8.0, 27.0], [64.0, 125.0]]),
         rng.normal(size=(3, 4)), _softmax),
        (*with_zeros(), _softmax),
        (*far_apart(), _softmax),
        (*qkv(rng, 1, 5, 2), _softmax),
    ],
    hints=[
        "You have written all parts: scores, scale, mask, softmax, average. In which order?",
        """
        1. Scores: (T, d_k) times (d_k, T), divided by √d_k: (T, T).
        2. Where the key's position is larger than the query's: `-np.inf`.
        3. `softmax`: (T, T), rows sum to 1.
        4. Weights (T, T) times values (T, d_v): (T, d_v).
        """,
        "`return softmax(np.where(future, ___, scores)) @ ___`",
    ],
    errors=[
        (
            "ValueError: matmul: Input operand 1 has a mismatch",
            "queries and keys have the same shape: the keys must be transposed, `K.T`.",
        ),
        (
            "TypeError: 'numpy.ndarray' object is not callable",
            "a variable named `softmax` hides the function: give your weights another name.",
        ),
    ],
    # Q and K have the same width and, like V and the rows of scores, one row for each word.
    equivalents=[
        "scores = Q @ K.T / np.sqrt(Q.shape[1])",
        "positions = np.arange(len(Q))",
        "positions = np.arange(len(V))",
        "positions = np.arange(len(scores))",
    ],
    passed="The formula of the paper, equal to its loops on shapes that hide nothing.",
)
def attention(Q: np.ndarray, K: np.ndarray, V: np.ndarray, softmax) -> np.ndarray:
    """Causal scaled dot-product attention (Vaswani et al. 2017, equation 1).

    Q, K: (T, d_k); V: (T, d_v), of one word or more; softmax: scores -> weights, last axis.
    Returns (T, d_v): row t is an average of the rows 0 to t of V.
    """
    scores = Q @ K.T / np.sqrt(K.shape[1])  # (T, T)
    positions = np.arange(len(K))
    future = positions > positions[:, None]  # (T, T)
    return softmax(np.where(future, -np.inf, scores)) @ V


@attention.misconception(
    "The scale is missing. Scores of width d_k spread by √d_k, so the softmax comes close to a "
    "hard choice and learns slowly. Divide the scores by np.sqrt(K.shape[1])."
)
def _no_scale(Q, K, V, softmax):
    return softmax(masked(Q @ K.T)) @ V


@attention.misconception(
    "Scaled by d_k instead of its root. The variance of a score is d_k; its typical size is √d_k. "
    "Measure scores in that unit."
)
def _scaled_by_d(Q, K, V, softmax):
    return softmax(masked(Q @ K.T / K.shape[1])) @ V


@attention.misconception(
    "Scaled by √d_v, the width of the values. Values take no part in a score: it adds up the d_k "
    "products of one query and one key. The slip is invisible wherever d_v equals d_k."
)
def _scaled_by_values(Q, K, V, softmax):
    return softmax(masked(Q @ K.T / np.sqrt(V.shape[1]))) @ V


@attention.misconception(
    "Scaled by the root of the number of words. A score adds up d_k products, however long the "
    "text is: the unit is √d_k, the root of K.shape[1]."
)
def _scaled_by_length(Q, K, V, softmax):
    return softmax(masked(Q @ K.T / np.sqrt(len(K)))) @ V


@attention.misconception(
    "The softmax runs over the queries: columns sum to 1. Words that ask don't compete with each "
    "other; the keys that one word looks at do. Each row must sum to 1."
)
def _softmax_over_queries(Q, K, V, softmax):
    return softmax(masked(scaled(Q, K)).T).T @ V


@attention.misconception(
    "The mask comes after the softmax: rows sum to less than 1, and the future still sits in the "
    "sum below the fraction. Set future scores to -inf before the softmax."
)
def _mask_after_softmax(Q, K, V, softmax):
    return np.tril(softmax(scaled(Q, K))) @ V


@attention.misconception(
    "Masked after the softmax, then rescaled. On paper that is right. But a future score that "
    "leads by 800 pushes the visible weights to 0, and 0/0 is nan. Mask before."
)
def _rescaled_after_softmax(Q, K, V, softmax):
    seen = np.tril(softmax(scaled(Q, K)))
    return seen / seen.sum(axis=1, keepdims=True) @ V


@attention.misconception(
    "Each word sees one word too many: the next one, which it is meant to predict. Hide every "
    "position above the query's own (with np.triu: k=1)."
)
def _sees_the_next_word(Q, K, V, softmax):
    return softmax(masked(scaled(Q, K), 1)) @ V


@attention.misconception(
    "No word sees itself, and the first one has nothing to look at: its row becomes nan. The "
    "diagonal belongs to the past: hide with >, not >=."
)
def _not_itself(Q, K, V, softmax):
    return softmax(masked(scaled(Q, K), -1)) @ V

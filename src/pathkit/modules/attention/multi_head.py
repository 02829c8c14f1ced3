"""All heads in one einsum."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise
from pathkit.checks.told import Told

from .parts import _softmax, far_apart, masked, qkv, scaled, with_zeros


def _beside(first: tuple, second: tuple) -> tuple:
    """Q, K, V of one head beside those of another."""
    return tuple(np.hstack(both) for both in zip(first, second, strict=True))


def _split(X, heads):
    return X.reshape(len(X), heads, -1).transpose(1, 0, 2)  # (heads, T, d)


def _per_head(q, k, v, softmax):
    """(heads, T, d) three times -> (heads, T, d_v)."""
    scores = q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[-1])
    return softmax(masked(scores)) @ v


def _join(out):
    return out.transpose(1, 0, 2).reshape(out.shape[1], -1)


def _without_a_loop(answer, Q, K, V, heads, softmax):
    """What comes back; raises Told when it is right but softmax was called for each head."""
    calls = 0

    def counted(scores):
        nonlocal calls
        calls += 1
        return softmax(scores)

    out = answer(Q, K, V, heads, counted)
    # Whoever goes through the words calls softmax len(Q) times, and may. With two heads or one,
    # widths coincide and wrong answers are right by accident.
    looped = heads > 2 and calls and calls % heads == 0 and len(Q) % heads
    if looped and _is_right(out, Q, K, V, heads, softmax):
        raise Told(f"The numbers are right, but softmax was called {calls} times for {heads} "
                   "heads: a loop over heads. Make the head an axis of `scores`, of shape (heads, "
                   "T, T): then one call serves all heads.")
    return out


def _is_right(out, Q, K, V, heads, softmax) -> bool:
    expected = _join(_per_head(*(_split(X, heads) for X in (Q, K, V)), softmax))
    return np.shape(out) == expected.shape and np.allclose(out, expected)


@exercise(
    title="All heads in one einsum",
    level="hard",
    minutes=12,
    prompt="""
        Compute all heads at once. (A loop over heads gives the same, one small product after
        another.) The first d_k columns of `Q` belong to head 0, the next d_k to head 1. Outputs
        stand side by side in the same order.
        """,
    probes=lambda rng: [
        (*qkv(rng, 3, 4, 2), 2, _softmax),
        (*qkv(rng, 5, 6, 9), 3, _softmax),
        (*qkv(rng, 4, 8, 4), 4, _softmax),
        (12 * rng.normal(size=(6, 4)), rng.normal(size=(6, 4)), rng.normal(size=(6, 6)), 2,
         _softmax),
        (*_beside(with_zeros(), with_zeros()), 2, _softmax),
        (*_beside(far_apart(), qkv(rng, 4, 1, 2)), 2, _softmax),
        (*qkv(rng, 4, 3, 5), 1, _softmax),
        (*qkv(rng, 1, 4, 6), 2, _softmax),
    ],
    drive=_without_a_loop,
    hints=[
        "Reshape `Q` to (T, heads, d_k) and look at `[t, 0]`: which columns of row t are these?",
        """
        1. Reshape Q, K and V to (T, heads, d): query, head, component.
        2. Scores: `"qhd,khd->hqk"` adds up over d and gives one table for each head.
        3. Scale by the width of one head; mask; softmax. All work on the last two axes.
        4. Outputs: `"hqk,khd->qhd"` adds up over the keys. Reshape to (T, heads · d_v).
        """,
        '`scores = np.einsum("qhd,khd->___", q, k) / np.sqrt(q.shape[-1])`',
    ],
    errors=[
        (
            "ValueError: cannot reshape array",
            "Q and V differ in width: leave the last size to NumPy, `X.reshape(T, heads, -1)`.",
        ),
        (
            "ValueError: operand has more dimensions than subscripts",
            "one letter for each axis: three letters for an array of three axes.",
        ),
        (
            "ValueError: einstein sum subscripts string included output subscript",
            "a letter right of the arrow must stand left of it, too: an array without an axis for "
            "the heads has no h. Reshape first.",
        ),
    ],
    # Q, K and V have one row for each word; q and k have the same width.
    equivalents=[
        "T = len(K)",
        "T = len(V)",
        "scores = np.einsum('qhd,khd->hqk', q, k) / np.sqrt(k.shape[-1])",
    ],
    passed="The same numbers as the loop. With the head as an axis, one product serves all heads: "
    "so do transformer libraries.",
)
def multi_head(Q: np.ndarray, K: np.ndarray, V: np.ndarray, heads: int, softmax) -> np.ndarray:
    """Causal attention in several heads (Vaswani et al. 2017, section 3.2.2, no projections).

    Q, K: (T, heads * d_k); V: (T, heads * d_v); T and heads may be 1.
    softmax: scores -> weights along the last axis, for any number of axes before it.
    Returns (T, heads * d_v), the heads' outputs side by side.
    """
    T = len(Q)
    q, k, v = (X.reshape(T, heads, X.shape[1] // heads) for X in (Q, K, V))  # (T, heads, d)
    scores = np.einsum("qhd,khd->hqk", q, k) / np.sqrt(q.shape[-1])  # (heads, T, T)
    future = np.arange(T) > np.arange(T)[:, None]  # (T, T), the same for each head
    weights = softmax(np.where(future, -np.inf, scores))
    return np.einsum("hqk,khd->qhd", weights, v).reshape(T, V.shape[1])


@multi_head.misconception(
    "The heads are mixed: reshape(heads, T, -1) cuts the numbers in their order of storage, so one "
    "head gets rows of several others. Reshape to (T, heads, -1) first, then move axes."
)
def _reshaped_without_transpose(Q, K, V, heads, softmax):
    return _join(_per_head(*(X.reshape(heads, len(X), -1) for X in (Q, K, V)), softmax))


@multi_head.misconception(
    "The heads are right, but they were joined in the wrong order: from (heads, T, d_v) a reshape "
    "mixes words. Bring the axes to (T, heads, d_v) before you flatten the last two."
)
def _joined_without_transpose(Q, K, V, heads, softmax):
    return _per_head(*(_split(X, heads) for X in (Q, K, V)), softmax).reshape(len(Q), -1)


@multi_head.misconception(
    "Cut with reshape(heads, T, -1) and glued with reshape(T, -1): both follow the order of "
    "storage, so heads and words are mixed. Split to (T, heads, -1), and move axes with care."
)
def _mixed_both_ways(Q, K, V, heads, softmax):
    parts = (X.reshape(heads, len(X), -1) for X in (Q, K, V))
    return _per_head(*parts, softmax).reshape(len(Q), -1)


@multi_head.misconception(
    "Each head took every n-th column. A head owns neighbouring columns: reshape to (T, heads, d), "
    "with the head before the component."
)
def _interleaved(Q, K, V, heads, softmax):
    parts = (X.reshape(len(X), -1, heads).transpose(2, 0, 1) for X in (Q, K, V))
    return _per_head(*parts, softmax).transpose(1, 2, 0).reshape(len(Q), -1)


@multi_head.misconception(
    "This is one head of full width, whatever `heads` says. One head means one softmax for each "
    "word, so one average; several heads look at several places."
)
def _one_head(Q, K, V, heads, softmax):
    return softmax(masked(scaled(Q, K))) @ V


@multi_head.misconception(
    "Scaled by the root of the full width. A score of one head adds up d_k products, those of "
    "that head alone. Its unit is the root of d_k."
)
def _scaled_by_full_width(Q, K, V, heads, softmax):
    q, k, v = (_split(X, heads) for X in (Q, K, V))
    return _join(_per_head(q / np.sqrt(heads), k, v, softmax))


@multi_head.misconception(
    "The scale is missing. More heads don't change the reason for it: divide the scores by the "
    "root of one head's width."
)
def _heads_without_scale(Q, K, V, heads, softmax):
    q, k, v = (_split(X, heads) for X in (Q, K, V))
    return _join(_per_head(q * np.sqrt(q.shape[-1]), k, v, softmax))


@multi_head.misconception(
    "The scores of all heads were added, so all heads share one table of weights. The letter h "
    "must survive on the right of the arrow: hqk, not qk."
)
def _shared_weights(Q, K, V, heads, softmax):
    q, k = _split(Q, heads), _split(K, heads)
    scores = np.einsum("hqd,hkd->qk", q, k) / np.sqrt(q.shape[-1])
    return softmax(masked(scores)) @ V

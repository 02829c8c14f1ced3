"""New queries, all keys: attention in many heads, for a whole text or its last token."""

from __future__ import annotations

import math

import numpy as np

from pathkit.checks.exercise import exercise

from .parts import softmax_of


def _queries(rng: np.random.Generator, n: int, t: int, C: int, heads: int, scale: float = 1.5):
    return (rng.normal(scale=scale, size=(n, C)), rng.normal(scale=scale, size=(t, C)),
            rng.normal(size=(t, C)), heads)


def _far_below() -> tuple:
    """Two queries whose visible scores lie thousands below 0, in either head."""
    q, k = np.array([[-50.0, 60.0], [-60.0, 45.0]]), np.array([[70.0, -71], [72, -70], [71, -72]])
    return q, k, np.array([[1.0, 5.0], [3.0, -7.0], [9.0, 4.0]]), 2


@exercise(
    title="New queries, all keys",
    level="hard",
    minutes=12,
    prompt="""
        `k` and `v` hold t places, `q` the last n of them. Let head *i* use the *i*-th of `n_head`
        equal groups of columns, hide the future from each query, and join the heads in order.
        """,
    probes=lambda rng: [
        _queries(rng, 2, 3, 2, 1),
        _queries(rng, 3, 5, 6, 2),
        _queries(rng, 4, 4, 6, 3),
        _queries(rng, 1, 4, 8, 2),
        # Scores far apart: whoever hides by a number instead of minus infinity shows the future.
        _queries(rng, 3, 4, 4, 2, scale=30.0),
        _queries(rng, 1, 1, 6, 3),
        _far_below(),
    ],
    hints=[
        "Ten places are kept, and three queries come. Which places may the first of the three see?",
        """
        1. Each of q, k, v: (places, C) to (places, h, d), then heads first: (h, places, d).
        2. Scores (h, n, t), divided by the root of d. Query row i stands at place t - n + i.
        3. Minus infinity where the key's place is larger. Softmax, times v: (h, n, d).
        4. Back to (n, h, d), then (n, C).
        """,
        "`future = np.arange(t) > np.arange(___, t)[:, None]`, shape (n, t).",
    ],
    errors=[
        (
            "ValueError: cannot reshape array",
            "q has n rows, k and v have t: take `len(z)` of each.",
        ),
        (
            "ValueError: matmul: Input operand 1 has a mismatch",
            "k must be (h, d, t) for the product: exchange its last two axes.",
        ),
        (
            "ValueError: operands could not be broadcast together",
            "the scores are (h, n, t), so the mask is (n, t): n rows, t columns.",
        ),
    ],
    # Keys and values have one shape, and so have queries in their columns; two axes exchanged are
    # the same in either order; and NumPy takes any negative size for "work it out".
    equivalents=[
        "q, k, v = (z.reshape(len(z), n_head, -2).swapaxes(0, 1) for z in (q, k, v))",
        "return (weights / weights.sum(axis=2, keepdims=True) @ v).swapaxes(0, 1).reshape(n, -2)",
        "n, t = (len(q), len(v))",
        "q, k, v = (z.reshape(len(z), n_head, -1).swapaxes(1, 0) for z in (q, k, v))",
        "scores = q @ k.swapaxes(2, 1) / math.sqrt(q.shape[2])",
        "scores = q @ k.swapaxes(1, 2) / math.sqrt(k.shape[2])",
        "scores = q @ k.swapaxes(1, 2) / math.sqrt(v.shape[2])",
        "return (weights / weights.sum(axis=2, keepdims=True) @ v).swapaxes(1, 0).reshape(n, -1)",
    ],
    passed="One function for the whole text and for its newest token: only n differs.",
)
def attend(q: np.ndarray, k: np.ndarray, v: np.ndarray, n_head: int) -> np.ndarray:
    """Causal attention in heads, of the last n places of a text.

    q: (n, C), of the places t - n to t - 1; k, v: (t, C), of all places; n <= t.
    n_head: h, a divisor of C; head i owns columns i*d to (i+1)*d, d = C / h. Scores are divided by
    the root of d. Returns (n, C).
    """
    n, t = len(q), len(k)
    q, k, v = (z.reshape(len(z), n_head, -1).swapaxes(0, 1) for z in (q, k, v))  # (h, ..., d)
    scores = q @ k.swapaxes(1, 2) / math.sqrt(q.shape[2])  # (h, n, t)
    future = np.arange(t) > np.arange(t - n, t)[:, None]  # (n, t)
    scores = np.where(future, -np.inf, scores)
    weights = np.exp(scores - scores.max(axis=2, keepdims=True))
    return (weights / weights.sum(axis=2, keepdims=True) @ v).swapaxes(0, 1).reshape(n, -1)


def in_heads(z, n_head):
    return z.reshape(len(z), n_head, -1).swapaxes(0, 1)


def attended(q, k, v, n_head, *, offset=None, split=in_heads, scale=None, weigh=softmax_of,
             joined=True, hide=-np.inf):
    """Attention with one thing wrong: the queries' first place, the heads, the scale, ..."""
    n, t, C = len(q), len(k), q.shape[1]
    q, k, v = (split(z, n_head) for z in (q, k, v))
    scores = q @ k.swapaxes(1, 2) / (scale or math.sqrt(C // n_head))
    first = t - n if offset is None else offset
    future = np.arange(t) > np.arange(first, first + n)[:, None]
    out = weigh(np.where(future, hide, scores)) @ v
    return (out.swapaxes(0, 1) if joined else out).reshape(n, C)

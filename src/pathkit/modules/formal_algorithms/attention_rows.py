"""The same in rows."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .attention import Attention
from .layers import softmax
from .low_numbers import also_by_a_low_number
from .random_inputs import call, large_call, low_scores_call, self_call, zero_scores_call


def _in_rows(X, Z, W, Mask) -> tuple:
    return X.T.copy(), Z.T.copy(), W, Mask


@exercise(
    title="The same in rows",
    level="medium",
    minutes=10,
    prompt="""
        Move your algorithm 4 into the layout of PyTorch: tokens are rows now. The weights and the
        mask stay as the paper has them, so decide for each whether it must be transposed.
        """,
    probes=lambda rng: [
        _in_rows(*call(rng, 2, 3, 2, 2, 1, 1)),
        _in_rows(*call(rng, 4, 6, 3, 5, 2, 7)),
        _in_rows(*call(rng, 5, 1, 4, 2, 3, 2)),
        _in_rows(*self_call(rng, 4, 4)),
        _in_rows(*self_call(rng, 5, 3)),
        _in_rows(*large_call(rng)),
        _in_rows(*zero_scores_call()),
        _in_rows(*low_scores_call()),
    ],
    hints=[
        "(W X)ᵀ is Xᵀ Wᵀ. So what becomes of the six lines when you transpose each of them?",
        """
        1. Q, K, V: rows times transposed weight, plus the bias as it is: (l, d).
        2. S = Q Kᵀ: (l_x, l_z). The mask is (l_z, l_x).
        3. Softmax along each row, sums kept as a column. Then times V.
        """,
        "`S = np.where(Mask.___, Q @ K.___, -np.inf)`, and `axis=___, keepdims=True`",
    ],
    errors=[
        (
            "ValueError: operands could not be broadcast",
            "the mask is (l_z, l_x) and your scores are (l_x, l_z).",
        ),
        (
            "ValueError: matmul: Input operand 1 has a mismatch",
            "a row has d_x numbers, and so has each row of `W_q`: transpose the weight.",
        ),
    ],
    # Queries and keys have the same width, and b_k does nothing here either.
    equivalents=[
        "A = S / np.sqrt(K.shape[1])",
        "K = Z @ W['W_k'].T - W['b_k']",
        "K = Z @ W['W_k'].T",
    ],
    passed="Rows in, rows out, from the same stored weights and the same mask.",
)
def attention_rows(X: np.ndarray, Z: np.ndarray, W: dict, Mask: np.ndarray) -> np.ndarray:
    """Algorithm 4 with tokens as rows.

    X: (l_x, d_x); Z: (l_z, d_z). As in the paper: W, with "W_q" (d_attn, d_x), "W_k", "W_v" and
    "b_q", "b_k", "b_v"; Mask (l_z, l_x), true = may look. Returns (l_x, d_out). It may call
    earlier functions of the notebook.
    """
    Q = X @ W["W_q"].T + W["b_q"]
    K = Z @ W["W_k"].T + W["b_k"]
    V = Z @ W["W_v"].T + W["b_v"]
    S = np.where(Mask.T, Q @ K.T, -np.inf)
    A = S / np.sqrt(Q.shape[1])
    A = np.exp(A - A.max(axis=1, keepdims=True))
    return A / A.sum(axis=1, keepdims=True) @ V


def _qkv_rows(X, Z, W):
    return tuple(Y @ W[f"W_{n}"].T + W[f"b_{n}"] for n, Y in (("q", X), ("k", Z), ("v", Z)))


@attention_rows.misconception(
    "The mask was not turned. It has rows for the context, and your scores have rows for those who "
    "look. For a causal mask that hides the past and shows the future."
)
def _mask_unturned(X, Z, W, Mask):
    Q, K, V = _qkv_rows(X, Z, W)
    return softmax(np.where(Mask, Q @ K.T, -np.inf) / np.sqrt(Q.shape[1]), axis=1) @ V


@also_by_a_low_number(attention_rows)
@attention_rows.misconception(
    "The softmax still runs down the columns. The scores have turned, and the softmax with them: "
    "each row belongs to one who looks, and sums to 1."
)
def _softmax_unturned(X, Z, W, Mask, low=-np.inf):
    Q, K, V = _qkv_rows(X, Z, W)
    return softmax(np.where(Mask.T, Q @ K.T, low) / np.sqrt(Q.shape[1]), axis=0) @ V


@attention_rows.misconception(
    "The weights were not transposed. With square weights nothing complains, and every query, key "
    "and value is wrong. (W X)ᵀ is Xᵀ Wᵀ."
)
def _weights_unturned(X, Z, W, Mask):
    Q, K, V = (Y @ W[f"W_{n}"] + W[f"b_{n}"] for n, Y in (("q", X), ("k", Z), ("v", Z)))
    return softmax(np.where(Mask.T, Q @ K.T, -np.inf) / np.sqrt(Q.shape[1]), axis=1) @ V


@attention_rows.misconception(
    "The biases are columns here, as in the paper's layout. A token is a row now, and a bias (d,) "
    "lines up with it by itself: no `[:, None]`."
)
def _bias_unturned(X, Z, W, Mask):
    Q, K, V = (
        Y @ W[f"W_{n}"].T + W[f"b_{n}"][:, None] for n, Y in (("q", X), ("k", Z), ("v", Z))
    )
    return softmax(np.where(Mask.T, Q @ K.T, -np.inf) / np.sqrt(Q.shape[1]), axis=1) @ V


@attention_rows.misconception(
    "The division by √d_attn is missing. It stays in the other layout: d_attn is `Q.shape[1]` here."
)
def _without_scale(X, Z, W, Mask):
    Q, K, V = _qkv_rows(X, Z, W)
    return softmax(np.where(Mask.T, Q @ K.T, -np.inf), axis=1) @ V


@attention_rows.misconception(
    "Nothing is hidden: every token looks at the whole context. Where the mask, turned, is false, "
    "the score becomes minus infinity."
)
def _mask_ignored(X, Z, W, Mask):
    Q, K, V = _qkv_rows(X, Z, W)
    return softmax(Q @ K.T / np.sqrt(Q.shape[1]), axis=1) @ V


@attention_rows.misconception(
    "The result is in columns, (d_out, l_x). Rows went in, so rows come out, (l_x, d_out): what "
    "algorithm 4 gives is turned by `.T`, and what was computed in rows needs no turn."
)
def _turned_back(X, Z, W, Mask):
    return Attention.reference(X.T, Z.T, W, Mask)


@attention_rows.misconception(
    "The sums lost their axis. In the paper's layout sums over axis 0 line up with columns; sums "
    "over rows must stay a column: keepdims=True."
)
def _sums_without_axis(X, Z, W, Mask):
    Q, K, V = _qkv_rows(X, Z, W)
    A = np.where(Mask.T, Q @ K.T, -np.inf) / np.sqrt(Q.shape[1])
    A = np.exp(A - A.max(axis=1, keepdims=True))
    return A / A.sum(axis=1) @ V


@attention_rows.misconception(
    "Divided by the root of the number of tokens, so long texts get small scores. `len(Q)` was "
    "d_attn in the old layout; here that is `Q.shape[1]`."
)
def _scaled_by_tokens(X, Z, W, Mask):
    Q, K, V = _qkv_rows(X, Z, W)
    return softmax(np.where(Mask.T, Q @ K.T, -np.inf) / np.sqrt(len(Q)), axis=1) @ V

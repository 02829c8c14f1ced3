"""Algorithm 4: Attention."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .random_inputs import call, large_call, low_scores_call, self_call, zero_scores_call


@exercise(
    title="Algorithm 4: Attention",
    level="medium",
    minutes=12,
    prompt="""
        Render the six lines in the paper's own layout: tokens are columns, and so are their
        queries, keys and values. Rows of the scores are context, columns are primary.
        """,
    probes=lambda rng: [
        call(rng, 2, 3, 2, 2, 1, 1),
        call(rng, 4, 6, 3, 5, 2, 7),
        call(rng, 5, 1, 4, 2, 3, 2),
        self_call(rng, 4, 4),
        self_call(rng, 5, 3),
        large_call(rng),
        zero_scores_call(),
        low_scores_call(),
    ],
    hints=[
        "One column of the scores belongs to one token of X. What should the weights in this "
        "column sum to, and along which axis is that?",
        """
        1. Q, K, V: weight times sequence plus bias; `b[:, None]` stands for b 1ᵀ.
        2. S = Kᵀ Q: (l_z, l_x). Where Mask is false: minus infinity.
        3. Divide by √d_attn. Softmax down each column, its maximum subtracted first.
        4. V (d_out, l_z) times the weights (l_z, l_x).
        """,
        "`A = np.exp(A - A.max(axis=___))`, then `V @ (A / A.sum(axis=___))`",
    ],
    errors=[
        (
            "ValueError: operands could not be broadcast",
            "a bias (d,) meets (d, l): it must become a column, `b[:, None]`.",
        ),
        (
            "ValueError: matmul: Input operand 1 has a mismatch",
            "write the shapes beside each line; the inner two must agree.",
        ),
        (
            "KeyError: 'q'",
            'the entries are called "W_q", "b_q" and so on.',
        ),
    ],
    # Queries and keys have the same number of rows: a dot product needs that. And b_k adds the same
    # number to all scores of a column, which the softmax doesn't see; the lesson asks about it.
    equivalents=[
        "A = S / np.sqrt(len(K))",
        "K = W['W_k'] @ Z - W['b_k'][:, None]",
        "K = W['W_k'] @ Z",
    ],
    passed="One function for the encoder, the decoder and what links them.",
)
def Attention(X: np.ndarray, Z: np.ndarray, W: dict, Mask: np.ndarray) -> np.ndarray:
    """Algorithm 4, one head. Tokens are columns.

    X: (d_x, l_x), primary; Z: (d_z, l_z), context; Mask: (l_z, l_x) booleans, true = may look
    (each column has one). Scores may be 0 or in the thousands; the softmax mustn't overflow.
    W: arrays by name: "W_q" (d_attn, d_x), "W_k" (d_attn, d_z), "W_v" (d_out, d_z), and "b_q",
    "b_k", "b_v", one number for each row. Returns (d_out, l_x).

    Line 1: queries of X. 2: keys of Z. 3: values of Z. 4: scores, keys (transposed) by queries.
    5: minus infinity where Mask is false. 6: softmax of the scores divided by √d_attn; values
    times that.
    """
    Q = W["W_q"] @ X + W["b_q"][:, None]  # line 1, (d_attn, l_x)
    K = W["W_k"] @ Z + W["b_k"][:, None]  # line 2, (d_attn, l_z)
    V = W["W_v"] @ Z + W["b_v"][:, None]  # line 3, (d_out, l_z)
    S = np.where(Mask, K.T @ Q, -np.inf)  # lines 4 and 5, (l_z, l_x)
    A = S / np.sqrt(len(Q))
    A = np.exp(A - A.max(axis=0))
    return V @ (A / A.sum(axis=0))  # line 6, (d_out, l_x)

"""Algorithm 4: Attention."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .layers import softmax
from .random_inputs import call, large_call, self_call


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

    X: (d_x, l_x), primary; Z: (d_z, l_z), context; Mask: (l_z, l_x) booleans, true = may look.
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


def _qkv(X, Z, W):
    return tuple(
        W[f"W_{n}"] @ Y + W[f"b_{n}"][:, None] for n, Y in (("q", X), ("k", Z), ("v", Z))
    )


@Attention.misconception(
    "The softmax runs along the rows, as it does in PyTorch. Here rows are context and columns are "
    "those who look, so each column must sum to 1: axis=0."
)
def _along_rows(X, Z, W, Mask):
    Q, K, V = _qkv(X, Z, W)
    return V @ softmax(np.where(Mask, K.T @ Q, -np.inf) / np.sqrt(len(Q)), axis=1)


@Attention.misconception(
    "These scores are queries by keys, the transpose of the paper's. Mask and softmax then meet "
    "the wrong axes; a square example doesn't notice. Line 4 is Kᵀ Q."
)
def _queries_by_keys(X, Z, W, Mask):
    Q, K, V = _qkv(X, Z, W)
    return V @ softmax(np.where(Mask, Q.T @ K, -np.inf) / np.sqrt(len(Q)))


@Attention.misconception(
    "The mask is turned round: it was used as the table of what is hidden. In the paper a 1 means "
    "that the context token may be looked at."
)
def _mask_hides(X, Z, W, Mask):
    Q, K, V = _qkv(X, Z, W)
    with np.errstate(invalid="ignore"):
        return V @ softmax(np.where(Mask, -np.inf, K.T @ Q) / np.sqrt(len(Q)))


@Attention.misconception(
    "Line 5 is missing: every token looks at the whole context. Where Mask is false the score "
    "becomes minus infinity."
)
def _mask_ignored(X, Z, W, Mask):
    Q, K, V = _qkv(X, Z, W)
    return V @ softmax(K.T @ Q / np.sqrt(len(Q)))


@Attention.misconception(
    "The mask came after the softmax, so the columns no longer sum to 1. Lines 5 and 6 have an "
    "order: first minus infinity, then the softmax."
)
def _mask_too_late(X, Z, W, Mask):
    Q, K, V = _qkv(X, Z, W)
    return V @ (Mask * softmax(K.T @ Q / np.sqrt(len(Q))))


@Attention.misconception(
    "Masked scores became 0, and exp(0) is 1: the hidden tokens keep weight. Multiplying by a mask "
    "doesn't hide; minus infinity does."
)
def _mask_times_scores(X, Z, W, Mask):
    Q, K, V = _qkv(X, Z, W)
    return V @ softmax(Mask * (K.T @ Q) / np.sqrt(len(Q)))


@Attention.misconception(
    "The division by √d_attn in line 6 is missing. Without it the scores of wide heads are so "
    "large that one token takes all the weight."
)
def _without_scale(X, Z, W, Mask):
    Q, K, V = _qkv(X, Z, W)
    return V @ softmax(np.where(Mask, K.T @ Q, -np.inf))


@Attention.misconception(
    "Divided by the root of d_x, the width of a token. A score adds up d_attn products, one for "
    "each row of Q, so the root of that is the unit."
)
def _scaled_by_token(X, Z, W, Mask):
    Q, K, V = _qkv(X, Z, W)
    return V @ softmax(np.where(Mask, K.T @ Q, -np.inf) / np.sqrt(len(X)))


@Attention.misconception(
    "The biases were added along the tokens instead of along the rows. b 1ᵀ repeats the column b "
    "for each token: write `b[:, None]`. In a square example nothing complains."
)
def _bias_as_row(X, Z, W, Mask):
    Q, K, V = (W[f"W_{n}"] @ Y + W[f"b_{n}"] for n, Y in (("q", X), ("k", Z), ("v", Z)))
    return V @ softmax(np.where(Mask, K.T @ Q, -np.inf) / np.sqrt(len(Q)))


@Attention.misconception(
    "Keys and values were made from X. They come from Z, the context: in self-attention it is the "
    "same sequence, and only there this goes well."
)
def _never_asks_z(X, Z, W, Mask):
    Q, K, V = _qkv(X, X, W)
    return V @ softmax(np.where(Mask, K.T @ Q, -np.inf) / np.sqrt(len(Q)))


@Attention.misconception(
    "Large scores overflow: exp(1000) is infinite, and the quotient is nan. Subtract the largest "
    "score of each column first; the weights don't change."
)
def _overflows(X, Z, W, Mask):
    Q, K, V = _qkv(X, Z, W)
    with np.errstate(all="ignore"):
        A = np.exp(np.where(Mask, K.T @ Q, -np.inf) / np.sqrt(len(Q)))
        return V @ (A / A.sum(axis=0))


@Attention.misconception(
    "All weights of the table sum to 1 together. Each column is the choice of one token, so "
    "maximum and sum run down each column by itself: axis=0."
)
def _over_everything(X, Z, W, Mask):
    Q, K, V = _qkv(X, Z, W)
    A = np.where(Mask, K.T @ Q, -np.inf) / np.sqrt(len(Q))
    A = np.exp(A - A.max())
    return V @ (A / A.sum())

"""What goes wrong in algorithm 4."""

from __future__ import annotations

import numpy as np

from .attention import Attention
from .layers import softmax
from .low_numbers import also_by_a_low_number


def _qkv(X, Z, W):
    return tuple(
        W[f"W_{n}"] @ Y + W[f"b_{n}"][:, None] for n, Y in (("q", X), ("k", Z), ("v", Z))
    )


@also_by_a_low_number(Attention)
@Attention.misconception(
    "The softmax runs along the rows, as in the layout of PyTorch. Here rows are context and "
    "columns are those who look, so each column must sum to 1: axis=0."
)
def _along_rows(X, Z, W, Mask, low=-np.inf):
    Q, K, V = _qkv(X, Z, W)
    return V @ softmax(np.where(Mask, K.T @ Q, low) / np.sqrt(len(Q)), axis=1)


@Attention.misconception(
    "These scores are queries by keys, the transpose of the paper's. Mask and softmax then meet "
    "the wrong axes; a square example doesn't notice. Line 4 is Kᵀ Q."
)
def _queries_by_keys(X, Z, W, Mask):
    Q, K, V = _qkv(X, Z, W)
    return V @ softmax(np.where(Mask, Q.T @ K, -np.inf) / np.sqrt(len(Q)))


@also_by_a_low_number(Attention)
@Attention.misconception(
    "The mask is turned round: it was used as the table of what is hidden. In the paper a 1 means "
    "that the context token may be looked at."
)
def _mask_hides(X, Z, W, Mask, low=-np.inf):
    Q, K, V = _qkv(X, Z, W)
    with np.errstate(invalid="ignore"):
        return V @ softmax(np.where(Mask, low, K.T @ Q) / np.sqrt(len(Q)))


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
    "Masked scores became 0, and exp(0) is 1: the hidden tokens keep weight. A score of 0 hides "
    "nothing; minus infinity does."
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


@Attention.misconception(
    "Divided by the root of d_out, the height of V. A score adds up d_attn products, one for each "
    "row of Q, so the root of that is the unit."
)
def _scaled_by_value_rows(X, Z, W, Mask):
    Q, K, V = _qkv(X, Z, W)
    return V @ softmax(np.where(Mask, K.T @ Q, -np.inf) / np.sqrt(len(V)))


@Attention.misconception(
    "Divided by the root of the number of tokens. A score adds up d_attn products, one for each "
    "row of Q: `len(Q)`, not `Q.shape[1]`."
)
def _scaled_by_tokens(X, Z, W, Mask):
    Q, K, V = _qkv(X, Z, W)
    return V @ softmax(np.where(Mask, K.T @ Q, -np.inf) / np.sqrt(Q.shape[1]))


@Attention.misconception(
    "Divided by d_attn itself. Line 6 takes the root: a sum of d_attn random products is about "
    "√d_attn large."
)
def _scaled_without_root(X, Z, W, Mask):
    Q, K, V = _qkv(X, Z, W)
    return V @ softmax(np.where(Mask, K.T @ Q, -np.inf) / len(Q))


@also_by_a_low_number(Attention)
@Attention.misconception(
    "Scores of exactly 0 are hidden, too. A score of 0 is a score like any other; only where Mask "
    "is false does it become minus infinity."
)
def _true_zeros_hidden(X, Z, W, Mask, low=-np.inf):
    Q, K, V = _qkv(X, Z, W)
    S = Mask * (K.T @ Q)
    with np.errstate(all="ignore"):
        return V @ softmax(np.where(S == 0, low, S) / np.sqrt(len(Q)))


@Attention.misconception(
    "Hidden scores became a low number, and those that may be seen are lower still here. Only "
    "minus infinity is below every score."
)
def _merely_low(X, Z, W, Mask):
    Q, K, V = _qkv(X, Z, W)
    return V @ softmax(np.where(Mask, K.T @ Q, -1e4) / np.sqrt(len(Q)))


@Attention.misconception(
    "The biases are missing. Lines 1 to 3 add b 1ᵀ: the column b for each token, `b[:, None]`."
)
def _no_biases(X, Z, W, Mask):
    Q, K, V = W["W_q"] @ X, W["W_k"] @ Z, W["W_v"] @ Z
    return V @ softmax(np.where(Mask, K.T @ Q, -np.inf) / np.sqrt(len(Q)))


@Attention.misconception(
    "The weighted values came out as rows, (l_x, d_out). Tokens are columns here: V on the left, "
    "the weights on the right."
)
def _in_rows(X, Z, W, Mask):
    return Attention.reference(X, Z, W, Mask).T

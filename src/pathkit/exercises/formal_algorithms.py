"""Exercises of `formal-algorithms`: Phuong and Hutter's pseudocode, line by line."""

from __future__ import annotations

import math

import numpy as np

from pathkit.exercise import exercise
from pathkit.prediction import Choice, Number

# --- parts that the lesson writes itself: algorithm 6, equation 5, the MLP, equation 2 ---------


def layer_norm(X: np.ndarray, gamma: np.ndarray, beta: np.ndarray) -> np.ndarray:
    """Algorithm 6 for each column of X (d, l); eps as in torch, the paper has none."""
    m, v = X.mean(axis=0), X.var(axis=0)
    return (X - m) / np.sqrt(v + 1e-5) * gamma[:, None] + beta[:, None]


def GELU(X: np.ndarray) -> np.ndarray:
    """Equation 5: x times the chance that a standard normal number is below x."""
    return X * (1 + np.vectorize(math.erf)(X / math.sqrt(2))) / 2


def mlp(X: np.ndarray, layer: dict, bend, first: int = 1) -> np.ndarray:
    """W_mlp2 bend(W_mlp1 X + b_mlp1 1ᵀ) + b_mlp2 1ᵀ; `first` is the number of the first matrix."""
    hidden = bend(layer[f"W_mlp{first}"] @ X + layer[f"b_mlp{first}"][:, None])
    return layer[f"W_mlp{first + 1}"] @ hidden + layer[f"b_mlp{first + 1}"][:, None]


def softmax(A: np.ndarray) -> np.ndarray:
    """Equation 2: each column becomes a distribution."""
    A = np.exp(A - A.max(axis=0))
    return A / A.sum(axis=0)


# --- what the probes are made of --------------------------------------------------------------


def _head(rng: np.random.Generator, d_x: int, d_z: int, d_attn: int, d_out: int) -> dict:
    shapes = {"q": (d_attn, d_x), "k": (d_attn, d_z), "v": (d_out, d_z)}
    weights = {f"W_{name}": rng.normal(size=shape) for name, shape in shapes.items()}
    return weights | {f"b_{name}": rng.normal(size=shape[0]) for name, shape in shapes.items()}


def _heads(rng, H: int, d_x: int, d_z: int, d_attn: int, d_mid: int, d_out: int) -> dict:
    heads = [_head(rng, d_x, d_z, d_attn, d_mid) for _ in range(H)]
    return {"heads": heads, "W_o": rng.normal(size=(d_out, H * d_mid)),
            "b_o": rng.normal(size=d_out)}  # fmt: skip


def _mask(rng: np.random.Generator, l_z: int, l_x: int) -> np.ndarray:
    """Random ones and zeros; every column has a one."""
    Mask = rng.random((l_z, l_x)) < 0.6
    Mask[rng.integers(l_z, size=l_x), np.arange(l_x)] = True
    return Mask


def _unidirectional(length: int) -> np.ndarray:
    return np.triu(np.ones((length, length), dtype=bool))


def _ids(rng: np.random.Generator, length: int, N_V: int) -> list[int]:
    """IDs from 1; the first and the last ID of the vocabulary occur where there is room."""
    ids = rng.integers(1, N_V + 1, size=length)
    ids[: 2] = [N_V, 1][:length]
    return rng.permutation(ids).tolist()


def _attended(X, Z, W, Mask):
    return Attention.reference(X, Z, W, Mask)


# --- algorithms 1 and 2 -----------------------------------------------------------------------


def _tables(rng, N_V: int, l_max: int, d_e: int) -> tuple[np.ndarray, np.ndarray]:
    return rng.normal(size=(d_e, N_V)), rng.normal(size=(d_e, l_max))


@exercise(
    title="Algorithms 1 and 2: the embedding",
    level="easy",
    minutes=6,
    prompt="""
        Column *t* of the result is column $x[t]$ of `W_e` plus column *t* of `W_p`. The paper
        numbers tokens and positions from 1, and so does `x`; your arrays begin at 0.
        """,
    probes=lambda rng: [
        ([2, 1], *_tables(rng, 3, 4, 2)),
        (_ids(rng, 5, 7), *_tables(rng, 7, 6, 3)),
        (_ids(rng, 4, 4), *_tables(rng, 4, 4, 5)),
        ([3, 3, 3], *_tables(rng, 6, 9, 4)),
        ([5], *_tables(rng, 5, 2, 3)),
    ],
    hints=[
        "The token with ID 1 is the first. In which column of the array does its vector stand?",
        """
        1. IDs as an array, each less 1: (l,).
        2. `W_e` (d_e, N_V) indexed by them in its second axis: (d_e, l).
        3. The first l columns of `W_p` (d_e, l_max): (d_e, l). Add.
        """,
        "`return W_e[:, np.array(x) - ___] + W_p[:, :___]`",
    ],
    errors=[
        (
            "TypeError: unsupported operand type(s) for -: 'list' and 'int'",
            "`x` is a list: make it an array first, `np.array(x)`.",
        ),
        (
            "IndexError: index 29 is out of bounds for axis 1 with size 29",
            "the last ID has to become the last index, which is one less.",
        ),
    ],
    # There are as many IDs as indices.
    equivalents=["return W_e[:, v] + W_p[:, :len(x)]"],
    passed="No -1 too many and none too few: from here on columns are tokens.",
)
def embed(x: list[int], W_e: np.ndarray, W_p: np.ndarray) -> np.ndarray:
    """Equation 1 for a whole sequence: token embedding plus positional embedding.

    x: l token IDs, each from 1 to N_V; W_e: (d_e, N_V); W_p: (d_e, l_max).
    Returns X (d_e, l): column t belongs to token t.
    """
    v = np.array(x) - 1  # the paper counts from 1
    return W_e[:, v] + W_p[:, : len(v)]  # equation 1, all t at once


@embed.misconception(
    "IDs were used as indices as they are. ID 1 is the first token, and its vector stands in "
    "column 0 of the array. Without `- 1` each token gets its neighbour's vector, and the last "
    "ID gets none."
)
def _ids_unshifted(x, W_e, W_p):
    return W_e[:, np.array(x)] + W_p[:, : len(x)]


@embed.misconception(
    "Positions begin one column too late. Position 1 of the paper is column 0 of the array, so "
    "take the columns up to l from the very first."
)
def _positions_late(x, W_e, W_p):
    return W_e[:, np.array(x) - 1] + W_p[:, 1 : len(x) + 1]


@embed.misconception(
    "Nothing was shifted: neither IDs nor positions. Both are numbered from 1 in the paper and "
    "from 0 in NumPy, so both need one less."
)
def _nothing_shifted(x, W_e, W_p):
    return W_e[:, np.array(x)] + W_p[:, 1 : len(x) + 1]


@embed.misconception(
    "Rows were taken instead of columns. The paper stores a token's vector as a column of `W_e`: "
    "the colon comes first, `W_e[:, v]`."
)
def _rows_taken(x, W_e, W_p):
    return W_e[np.array(x) - 1] + W_p[: len(x)]


@embed.misconception(
    "The result has tokens as rows. That is the layout of PyTorch; in the paper a sequence is "
    "d_e by l, one column for each token."
)
def _tokens_as_rows(x, W_e, W_p):
    return (W_e[:, np.array(x) - 1] + W_p[:, : len(x)]).T


@embed.misconception(
    "The positions are missing, so the same tokens in another order give the same columns. Add "
    "column t of `W_p` to column t."
)
def _no_positions(x, W_e, W_p):
    return W_e[:, np.array(x) - 1]


@embed.misconception(
    "The position was looked up by the token's ID. `W_p` is asked where a token stands, not which "
    "one it is: its columns are 1 to l."
)
def _position_by_id(x, W_e, W_p):
    v = np.array(x) - 1
    return W_e[:, v] + W_p[:, v]


# --- algorithm 4 ------------------------------------------------------------------------------


def _call(rng, l_x: int, l_z: int, d_x: int, d_z: int, d_attn: int, d_out: int) -> tuple:
    X, Z = rng.normal(size=(d_x, l_x)), rng.normal(size=(d_z, l_z))
    return X, Z, _head(rng, d_x, d_z, d_attn, d_out), _mask(rng, l_z, l_x)


def _self_call(rng, length: int, d: int) -> tuple:
    """Everything square: nothing but the values can tell a wrong layout."""
    X = rng.normal(size=(d, length))
    return X, X, _head(rng, d, d, d, d), _unidirectional(length)


def _large_call(rng) -> tuple:
    X, Z, W, Mask = _call(rng, 3, 4, 2, 3, 5, 2)
    return 60 * X, 60 * Z, W, Mask


@exercise(
    title="Algorithm 4: Attention",
    level="medium",
    minutes=12,
    prompt="""
        Render the six lines in the paper's own layout: tokens are columns, and so are their
        queries, keys and values. Rows of the scores are context, columns are primary.
        """,
    probes=lambda rng: [
        _call(rng, 2, 3, 2, 2, 1, 1),
        _call(rng, 4, 6, 3, 5, 2, 7),
        _call(rng, 5, 1, 4, 2, 3, 2),
        _self_call(rng, 4, 4),
        _self_call(rng, 5, 3),
        _large_call(rng),
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


def _softmax(A, axis=0):
    A = np.exp(A - A.max(axis=axis, keepdims=True))
    return A / A.sum(axis=axis, keepdims=True)


@Attention.misconception(
    "The softmax runs along the rows, as it does in PyTorch. Here rows are context and columns are "
    "those who look, so each column must sum to 1: axis=0."
)
def _along_rows(X, Z, W, Mask):
    Q, K, V = _qkv(X, Z, W)
    return V @ _softmax(np.where(Mask, K.T @ Q, -np.inf) / np.sqrt(len(Q)), axis=1)


@Attention.misconception(
    "These scores are queries by keys, the transpose of the paper's. Mask and softmax then meet "
    "the wrong axes; a square example doesn't notice. Line 4 is Kᵀ Q."
)
def _queries_by_keys(X, Z, W, Mask):
    Q, K, V = _qkv(X, Z, W)
    return V @ _softmax(np.where(Mask, Q.T @ K, -np.inf) / np.sqrt(len(Q)))


@Attention.misconception(
    "The mask is turned round: it was used as the table of what is hidden. In the paper a 1 means "
    "that the context token may be looked at."
)
def _mask_hides(X, Z, W, Mask):
    Q, K, V = _qkv(X, Z, W)
    with np.errstate(invalid="ignore"):
        return V @ _softmax(np.where(Mask, -np.inf, K.T @ Q) / np.sqrt(len(Q)))


@Attention.misconception(
    "Line 5 is missing: every token looks at the whole context. Where Mask is false the score "
    "becomes minus infinity."
)
def _mask_ignored(X, Z, W, Mask):
    Q, K, V = _qkv(X, Z, W)
    return V @ _softmax(K.T @ Q / np.sqrt(len(Q)))


@Attention.misconception(
    "The mask came after the softmax, so the columns no longer sum to 1. Lines 5 and 6 have an "
    "order: first minus infinity, then the softmax."
)
def _mask_too_late(X, Z, W, Mask):
    Q, K, V = _qkv(X, Z, W)
    return V @ (Mask * _softmax(K.T @ Q / np.sqrt(len(Q))))


@Attention.misconception(
    "Masked scores became 0, and exp(0) is 1: the hidden tokens keep weight. Multiplying by a mask "
    "doesn't hide; minus infinity does."
)
def _mask_times_scores(X, Z, W, Mask):
    Q, K, V = _qkv(X, Z, W)
    return V @ _softmax(Mask * (K.T @ Q) / np.sqrt(len(Q)))


@Attention.misconception(
    "The division by √d_attn in line 6 is missing. Without it the scores of wide heads are so "
    "large that one token takes all the weight."
)
def _without_scale(X, Z, W, Mask):
    Q, K, V = _qkv(X, Z, W)
    return V @ _softmax(np.where(Mask, K.T @ Q, -np.inf))


@Attention.misconception(
    "Divided by the root of d_x, the width of a token. A score adds up d_attn products, one for "
    "each row of Q, so the root of that is the unit."
)
def _scaled_by_token(X, Z, W, Mask):
    Q, K, V = _qkv(X, Z, W)
    return V @ _softmax(np.where(Mask, K.T @ Q, -np.inf) / np.sqrt(len(X)))


@Attention.misconception(
    "The biases were added along the tokens instead of along the rows. b 1ᵀ repeats the column b "
    "for each token: write `b[:, None]`. In a square example nothing complains."
)
def _bias_as_row(X, Z, W, Mask):
    Q, K, V = (W[f"W_{n}"] @ Y + W[f"b_{n}"] for n, Y in (("q", X), ("k", Z), ("v", Z)))
    return V @ _softmax(np.where(Mask, K.T @ Q, -np.inf) / np.sqrt(len(Q)))


@Attention.misconception(
    "Keys and values were made from X. They come from Z, the context: in self-attention it is the "
    "same sequence, and only there this goes well."
)
def _never_asks_z(X, Z, W, Mask):
    Q, K, V = _qkv(X, X, W)
    return V @ _softmax(np.where(Mask, K.T @ Q, -np.inf) / np.sqrt(len(Q)))


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


# --- the same in rows -------------------------------------------------------------------------


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
        _in_rows(*_call(rng, 2, 3, 2, 2, 1, 1)),
        _in_rows(*_call(rng, 4, 6, 3, 5, 2, 7)),
        _in_rows(*_call(rng, 5, 1, 4, 2, 3, 2)),
        _in_rows(*_self_call(rng, 4, 4)),
        _in_rows(*_self_call(rng, 5, 3)),
        _in_rows(*_large_call(rng)),
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
    passed="Sequences, scores and mask turn; the stored weights don't.",
)
def attention_rows(X: np.ndarray, Z: np.ndarray, W: dict, Mask: np.ndarray) -> np.ndarray:
    """Algorithm 4 with tokens as rows.

    X: (l_x, d_x); Z: (l_z, d_z). As in the paper: W, with "W_q" (d_attn, d_x), "W_k", "W_v" and
    "b_q", "b_k", "b_v"; Mask (l_z, l_x), true = may look. Returns (l_x, d_out).
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
    return _softmax(np.where(Mask, Q @ K.T, -np.inf) / np.sqrt(Q.shape[1]), axis=1) @ V


@attention_rows.misconception(
    "The softmax still runs down the columns. The scores have turned, and the softmax with them: "
    "each row belongs to one who looks, and sums to 1."
)
def _softmax_unturned(X, Z, W, Mask):
    Q, K, V = _qkv_rows(X, Z, W)
    return _softmax(np.where(Mask.T, Q @ K.T, -np.inf) / np.sqrt(Q.shape[1]), axis=0) @ V


@attention_rows.misconception(
    "The weights were not transposed. With square weights nothing complains, and every query, key "
    "and value is wrong. (W X)ᵀ is Xᵀ Wᵀ."
)
def _weights_unturned(X, Z, W, Mask):
    Q, K, V = (Y @ W[f"W_{n}"] + W[f"b_{n}"] for n, Y in (("q", X), ("k", Z), ("v", Z)))
    return _softmax(np.where(Mask.T, Q @ K.T, -np.inf) / np.sqrt(Q.shape[1]), axis=1) @ V


@attention_rows.misconception(
    "The biases are columns here, as in the paper's layout. A token is a row now, and a bias (d,) "
    "lines up with it by itself: no `[:, None]`."
)
def _bias_unturned(X, Z, W, Mask):
    Q, K, V = (
        Y @ W[f"W_{n}"].T + W[f"b_{n}"][:, None] for n, Y in (("q", X), ("k", Z), ("v", Z))
    )
    return _softmax(np.where(Mask.T, Q @ K.T, -np.inf) / np.sqrt(Q.shape[1]), axis=1) @ V


@attention_rows.misconception(
    "The result is in columns again. Rows went in, so rows come out: (l_x, d_out), without a last "
    "transpose."
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
    "`len(Q)` counted columns' entries in the old layout. Now it counts tokens, so long texts get "
    "small scores. The width d_attn is `Q.shape[1]`."
)
def _scaled_by_tokens(X, Z, W, Mask):
    Q, K, V = _qkv_rows(X, Z, W)
    return _softmax(np.where(Mask.T, Q @ K.T, -np.inf) / np.sqrt(len(Q)), axis=1) @ V


# --- algorithm 5 ------------------------------------------------------------------------------


def _many(rng, H, l_x, l_z, d_x, d_z, d_attn, d_mid, d_out) -> tuple:
    X, Z = rng.normal(size=(d_x, l_x)), rng.normal(size=(d_z, l_z))
    W = _heads(rng, H, d_x, d_z, d_attn, d_mid, d_out)
    return X, Z, W, _mask(rng, l_z, l_x), _attended


@exercise(
    title="Algorithm 5: MHAttention",
    level="easy",
    minutes=6,
    prompt="""
        Let each head attend, and stack the results: the semicolons in line 3 mean one below the
        other. Then project with `W_o` and add `b_o` to each column.
        """,
    probes=lambda rng: [
        _many(rng, 1, 2, 3, 2, 2, 1, 1, 2),
        _many(rng, 3, 4, 5, 3, 2, 2, 4, 6),
        _many(rng, 2, 3, 3, 4, 4, 3, 3, 3),
        _many(rng, 4, 1, 2, 5, 3, 2, 1, 7),
    ],
    hints=[
        "Each head gives (d_mid, l_x). `W_o` has H · d_mid columns. Which shape must Y have?",
        """
        1. A list: `Attention(X, Z, head, Mask)` for each of `W["heads"]`.
        2. `np.concatenate` along axis 0: (H d_mid, l_x).
        3. `W["W_o"]` times that, plus `W["b_o"]` as a column.
        """,
        '`Y = np.concatenate([Attention(X, Z, ___, Mask) for ___ in W["heads"]])`',
    ],
    errors=[
        (
            "ValueError: matmul: Input operand 1 has a mismatch",
            "the heads stand side by side: stack them, axis 0.",
        ),
        (
            "ValueError: operands could not be broadcast",
            "`b_o` must be a column: `[:, None]`.",
        ),
    ],
    passed="Semicolons stack, commas put side by side: the notation pays off.",
)
def MHAttention(X, Z, W: dict, Mask, Attention) -> np.ndarray:
    """Algorithm 5: several heads and a projection. Tokens are columns.

    X: (d_x, l_x); Z: (d_z, l_z); Mask: (l_z, l_x); Attention: algorithm 4, (X, Z, head, Mask).
    W: "heads", a list of H dictionaries for algorithm 4; "W_o" (d_out, H d_mid); "b_o" (d_out,).
    Returns (d_out, l_x).

    Lines 1 and 2: each head gives Y^h. 3: stack them. 4: project and add b_o 1ᵀ.
    """
    Y = [Attention(X, Z, head, Mask) for head in W["heads"]]  # lines 1 and 2
    Y = np.concatenate(Y)  # line 3, (H d_mid, l_x)
    return W["W_o"] @ Y + W["b_o"][:, None]  # line 4, (d_out, l_x)


@MHAttention.misconception(
    "The heads were averaged, so nobody knows any more which head saw what. Stack them, one below "
    "the other, and let `W_o` mix."
)
def _averaged(X, Z, W, Mask, Attention):
    Y = np.mean([Attention(X, Z, head, Mask) for head in W["heads"]], axis=0)
    return W["W_o"] @ np.concatenate([Y] * len(W["heads"])) + W["b_o"][:, None]


@MHAttention.misconception(
    "Every head is the first one. Each has weights of its own: loop over the entries of "
    '`W["heads"]`, not over their number.'
)
def _first_head_only(X, Z, W, Mask, Attention):
    Y = [Attention(X, Z, W["heads"][0], Mask) for _ in W["heads"]]
    return W["W_o"] @ np.concatenate(Y) + W["b_o"][:, None]


@MHAttention.misconception(
    "The heads' rows were dealt out in turn: row 0 of each, then row 1 of each. The paper stacks "
    "whole heads, first all rows of head 1."
)
def _interleaved(X, Z, W, Mask, Attention):
    Y = np.stack([Attention(X, Z, head, Mask) for head in W["heads"]], axis=1)
    return W["W_o"] @ Y.reshape(-1, X.shape[1]) + W["b_o"][:, None]


@MHAttention.misconception(
    "Z is never looked at: each head attends from X to X. In self-attention that is the same; for "
    "cross-attention hand on both sequences."
)
def _self_only(X, Z, W, Mask, Attention):
    Y = [Attention(X, X, head, Mask) for head in W["heads"]]
    return W["W_o"] @ np.concatenate(Y) + W["b_o"][:, None]


@MHAttention.misconception(
    "`b_o` is missing. Line 4 adds it to each column: `b[:, None]` stands for b 1ᵀ."
)
def _no_output_bias(X, Z, W, Mask, Attention):
    return W["W_o"] @ np.concatenate([Attention(X, Z, head, Mask) for head in W["heads"]])


@MHAttention.misconception(
    "The stack was returned without `W_o`. The heads then lie below each other and never meet; "
    "line 4 mixes them."
)
def _not_projected(X, Z, W, Mask, Attention):
    return np.concatenate([Attention(X, Z, head, Mask) for head in W["heads"]])


@MHAttention.misconception(
    "The heads stand side by side, along the tokens: (d_mid, H l_x). A semicolon in a matrix means "
    "a new row below: axis 0."
)
def _side_by_side(X, Z, W, Mask, Attention):
    Y = np.concatenate([Attention(X, Z, head, Mask) for head in W["heads"]], axis=1)
    return W["W_o"] @ Y + W["b_o"][:, None]


# --- algorithm 10 -----------------------------------------------------------------------------


def _theta(rng, N_V: int, l_max: int, L: int, H: int, d_e: int, d_mlp: int) -> dict:
    """Random parameters of a decoder-only transformer; no scale is 1 and no offset 0."""

    def norm(name):
        return {f"gamma{name}": 1 + rng.normal(size=d_e) / 2, f"beta{name}": rng.normal(size=d_e)}

    W_e, W_p = _tables(rng, N_V, l_max, d_e)
    layers = [
        {
            "W": _heads(rng, H, d_e, d_e, 2, 3, d_e),
            **norm(1), **norm(2),
            "W_mlp1": rng.normal(size=(d_mlp, d_e)), "b_mlp1": rng.normal(size=d_mlp),
            "W_mlp2": rng.normal(size=(d_e, d_mlp)), "b_mlp2": rng.normal(size=d_e),
        }
        for _ in range(L)
    ]  # fmt: skip
    W_u = 0.3 * rng.normal(size=(N_V, d_e))
    return {"W_e": W_e, "W_p": W_p, "layers": layers, **norm(""), "W_u": W_u}


def _decoded(rng, length: int, N_V: int, L: int, H: int, d_e: int, Mask=None) -> tuple:
    theta = _theta(rng, N_V, length + 2, L, H, d_e, d_e + 3)
    return _ids(rng, length, N_V), theta, _unidirectional(length) if Mask is None else Mask


@exercise(
    title="Find the bug: algorithm 10 has lost its tildes",
    level="medium",
    minutes=10,
    prompt="""
        Somebody rendered DTransformer and read X̃ as X. It runs, its columns sum to 1, it even
        trains. Mend it, so that the norm is read and the stream stays what it was.
        """,
    probes=lambda rng: [
        _decoded(rng, 2, 4, 1, 1, 3),
        _decoded(rng, 5, 6, 2, 2, 4),
        _decoded(rng, 4, 5, 3, 1, 5, Mask=np.ones((4, 4), dtype=bool)),
        _decoded(rng, 1, 3, 2, 3, 4),
    ],
    given='''
def DTransformer(x, theta, Mask):
    """Algorithm 10: the decoder-only transformer. Tokens are columns.

    x: l token IDs from 1; theta: parameters by name; Mask: (l, l), true = may look.
    Returns P (N_V, l): column t is the distribution of token t + 1.

    Lines 1 to 3: embed. 4: for each layer. 5: X̃ is LayerNorm of X. 6: add MHAttention of X̃
    to X. 7: X̃ is LayerNorm of X. 8: add the MLP of X̃ to X. 10: a last LayerNorm of X.
    11: softmax of W_u X.
    """
    X = embed(x, theta["W_e"], theta["W_p"])
    for layer in theta["layers"]:
        X = layer_norm(X, layer["gamma1"], layer["beta1"])
        X = X + MHAttention(X, X, layer["W"], Mask, Attention)
        X = layer_norm(X, layer["gamma2"], layer["beta2"])
        X = X + mlp(X, layer, GELU)
    X = layer_norm(X, theta["gamma"], theta["beta"])
    return softmax(theta["W_u"] @ X)
''',
    hints=[
        "After line 5 of the paper there are two matrices, X and X̃. How many does the code have?",
        """
        Give X̃ a name of its own, such as `X_`. Lines 5 and 7 write it, lines 6 and 8 read it. What
        is added to stays X. Line 10 does overwrite X.
        """,
        '`X_ = layer_norm(X, ...)`, then `X = X + MHAttention(___, ___, layer["W"], Mask, '
        "Attention)`",
    ],
    errors=[
        (
            "NameError: name 'X_' is not defined",
            "line 5 must write the name that line 6 reads.",
        ),
        (
            "SyntaxError: invalid non-printable character",
            "a tilde above a letter is no Python name. Call it `X_`.",
        ),
    ],
    passed="Pre-norm: what is read is normed, what is passed on is not. One accent makes the "
    "difference.",
)
def DTransformer(x, theta: dict, Mask) -> np.ndarray:
    """Algorithm 10: the decoder-only transformer. Tokens are columns.

    x: l token IDs from 1; theta: parameters by name; Mask: (l, l), true = may look.
    Returns P (N_V, l): column t is the distribution of token t + 1.

    Lines 1 to 3: embed. 4: for each layer. 5: X̃ is LayerNorm of X. 6: add MHAttention of X̃
    to X. 7: X̃ is LayerNorm of X. 8: add the MLP of X̃ to X. 10: a last LayerNorm of X.
    11: softmax of W_u X.
    """
    X = embed(x, theta["W_e"], theta["W_p"])  # lines 1 to 3
    for layer in theta["layers"]:
        X_ = layer_norm(X, layer["gamma1"], layer["beta1"])  # line 5
        X = X + MHAttention(X_, X_, layer["W"], Mask, Attention)  # line 6
        X_ = layer_norm(X, layer["gamma2"], layer["beta2"])  # line 7
        X = X + mlp(X_, layer, GELU)  # line 8
    X = layer_norm(X, theta["gamma"], theta["beta"])  # line 10
    return softmax(theta["W_u"] @ X)  # line 11, with algorithm 7


def _through(x, theta, Mask, layer_of, last=True):
    """The algorithm with its layers done by `layer_of(X, layer, attend)`."""
    X = embed.reference(x, theta["W_e"], theta["W_p"])
    for layer in theta["layers"]:
        X = layer_of(
            X, layer,
            lambda A, B, w=layer["W"]: MHAttention.reference(A, B, w, Mask, _attended),
        )  # fmt: skip
    if last:
        X = layer_norm(X, theta["gamma"], theta["beta"])
    return softmax(theta["W_u"] @ X)


def _norms(layer):
    """The two norms of a layer, as functions."""
    return [
        lambda X, n=n: layer_norm(X, layer[f"gamma{n}"], layer[f"beta{n}"]) for n in (1, 2)
    ]


@DTransformer.misconception(
    "Both tildes are still missing. Each LayerNorm overwrites the stream, so what earlier layers "
    "wrote is rescaled again and again. Keep X, and give the normed copy a name of its own."
)
def _no_tilde(x, theta, Mask):
    def layer_of(X, layer, attend):
        first, second = _norms(layer)
        X = first(X)
        X = second(X + attend(X, X))
        return X + mlp(X, layer, GELU)

    return _through(x, theta, Mask, layer_of)


@DTransformer.misconception(
    "The second tilde is still missing: line 7 overwrites X. Line 8 adds to the stream that line 6 "
    "left, not to its normed copy."
)
def _first_tilde_only(x, theta, Mask):
    def layer_of(X, layer, attend):
        first, second = _norms(layer)
        X_ = first(X)
        X = second(X + attend(X_, X_))
        return X + mlp(X, layer, GELU)

    return _through(x, theta, Mask, layer_of)


@DTransformer.misconception(
    "The first tilde is still missing: line 5 overwrites X, and line 6 adds to the normed copy. "
    "Mend it as you mended line 7."
)
def _second_tilde_only(x, theta, Mask):
    def layer_of(X, layer, attend):
        first, second = _norms(layer)
        X = first(X)
        X = X + attend(X, X)
        return X + mlp(second(X), layer, GELU)

    return _through(x, theta, Mask, layer_of)


@DTransformer.misconception(
    "Queries come from X̃, but keys and values from X. `MHAttention(X̃)` in line 6 means "
    "self-attention: both sequences are X̃."
)
def _context_unnormed(x, theta, Mask):
    def layer_of(X, layer, attend):
        first, second = _norms(layer)
        X = X + attend(first(X), X)
        return X + mlp(second(X), layer, GELU)

    return _through(x, theta, Mask, layer_of)


@DTransformer.misconception(
    "The norms now come after the sums. That is post-norm, the order of algorithms 8 and 9; "
    "algorithm 10 norms what a layer reads."
)
def _post_norm(x, theta, Mask):
    def layer_of(X, layer, attend):
        first, second = _norms(layer)
        X = first(X + attend(X, X))
        return second(X + mlp(X, layer, GELU))

    return _through(x, theta, Mask, layer_of)


@DTransformer.misconception(
    "The layers read X itself: X̃ is computed and never used. Lines 6 and 8 hand X̃ to the layer, "
    "and add the answer to X."
)
def _tilde_unused(x, theta, Mask):
    def layer_of(X, layer, attend):
        X = X + attend(X, X)
        return X + mlp(X, layer, GELU)

    return _through(x, theta, Mask, layer_of)


@DTransformer.misconception(
    "Line 10 lost its effect: the last LayerNorm went into a copy that nobody reads. There is no "
    "tilde in line 10, so there X is overwritten."
)
def _last_norm_unused(x, theta, Mask):
    def layer_of(X, layer, attend):
        first, second = _norms(layer)
        X_ = first(X)
        X = X + attend(X_, X_)
        return X + mlp(second(X), layer, GELU)

    return _through(x, theta, Mask, layer_of, last=False)


# --- algorithm 13, line 5 ---------------------------------------------------------------------


def _scored(rng, length: int, N_V: int) -> tuple:
    P = rng.dirichlet(np.full(N_V, 0.6), size=length).T + 1e-3
    return P / P.sum(axis=0), _ids(rng, length, N_V)


@exercise(
    title="Algorithm 13, line 5: the loss",
    level="medium",
    minutes=8,
    prompt="""
        Add up $-\\log P[x[t+1], t]$ for $t$ from 1 to $\\ell - 1$. IDs and $t$ count from 1 as in
        the paper; rows and columns of the array `P` count from 0.
        """,
    probes=lambda rng: [
        (np.array([[0.5, 0.2], [0.25, 0.7], [0.25, 0.1]]), [3, 2]),
        _scored(rng, 5, 4),
        _scored(rng, 4, 4),
        _scored(rng, 7, 9),
        _scored(rng, 1, 3),
    ],
    hints=[
        "Five tokens: how many of them are predicted by a column of P? Which column has nothing to "
        "predict?",
        """
        1. IDs as an array, less 1: (l,).
        2. Rows to look up: all IDs but the first. Columns: all but the last, counted from 0.
        3. `P[rows, columns]` picks one number for each pair: (l − 1,). Log, sum, minus.
        """,
        "`return -np.log(P[v[___:], np.arange(len(v) - ___)]).sum()`",
    ],
    errors=[
        (
            "IndexError: shape mismatch: indexing arrays could not be broadcast",
            "rows and columns must be equally many: l − 1 of each.",
        ),
        (
            "IndexError: index 29 is out of bounds for axis 0 with size 29",
            "IDs count from 1, rows of the array from 0.",
        ),
    ],
    # There are as many IDs as indices.
    equivalents=["t = np.arange(len(x) - 1)"],
    passed="One term for each token that has a token before it.",
)
def loss(P: np.ndarray, x: list[int]) -> float:
    """Algorithm 13, line 5: the log loss of one sequence, in nats.

    P: (N_V, l), column t the distribution of token t + 1; x: l token IDs from 1.
    Returns the sum of l − 1 terms.
    """
    v = np.array(x) - 1
    t = np.arange(len(v) - 1)  # all columns but the last
    return -np.log(P[v[t + 1], t]).sum()  # line 5


@loss.misconception(
    "Column t was asked about token t, which it has already read. A model trained on that copies "
    "its input and learns nothing: ask for x[t + 1]. And there are l terms, not l − 1."
)
def _asks_for_itself(P, x):
    v = np.array(x) - 1
    return -np.log(P[v, np.arange(len(v))]).sum()


@loss.misconception(
    "The last column was asked about the first token: `np.roll` goes round the end. There is "
    "nothing after the last token, so its column has no term."
)
def _rolled(P, x):
    v = np.array(x) - 1
    return -np.log(P[np.roll(v, -1), np.arange(len(v))]).sum()


@loss.misconception(
    "Shifted the wrong way: column t + 1 was asked about token t, which comes before it. Rows are "
    "the later tokens, columns the earlier ones."
)
def _shifted_back(P, x):
    v = np.array(x) - 1
    return -np.log(P[v[:-1], np.arange(1, len(v))]).sum()


@loss.misconception(
    "The first term is lost: t ran from 1 as in the paper, but in the array the first column is 0. "
    "Move the whole range, 0 to l − 2."
)
def _first_term_lost(P, x):
    v = np.array(x) - 1
    return -np.log(P[v[2:], np.arange(1, max(len(v) - 1, 1))]).sum()


@loss.misconception(
    "This is the mean. Frameworks average by default, but line 5 is a sum: a long sequence weighs "
    "more than a short one. Leave out the division."
)
def _mean(P, x):
    v = np.array(x) - 1
    terms = -np.log(P[v[1:], np.arange(len(v) - 1)])
    return terms.sum() / max(len(terms), 1) + 0.0


@loss.misconception(
    "The IDs were used as they are. ID 1 is row 0 of the array, so each term reads its neighbour's "
    "probability. Take 1 off before you look up."
)
def _unshifted_ids(P, x):
    v = np.array(x)
    return -np.log(P[v[1:], np.arange(len(v) - 1)]).sum()


@loss.misconception(
    "Rows and columns of P are exchanged. Its rows are the vocabulary and its columns are places: "
    "the token comes first, P[token, t]."
)
def _turned(P, x):
    v = np.array(x) - 1
    return -np.log(P[np.arange(len(v) - 1), v[1:]]).sum()


@loss.misconception(
    "The minus is missing. Logs of probabilities are negative; a loss is positive, and smaller is "
    "better."
)
def _no_minus(P, x):
    v = np.array(x) - 1
    return np.log(P[v[1:], np.arange(len(v) - 1)]).sum()


@loss.misconception(
    "All pairs were looked up: every later token in every column. Two slices make a table; two "
    "arrays of indices make pairs. Use `np.arange` for the columns."
)
def _all_pairs(P, x):
    v = np.array(x) - 1
    return -np.log(P[v[1:], :-1]).sum()


# --- algorithm 14 -----------------------------------------------------------------------------


class _Model:
    """A stand-in: its last column depends on the whole sequence, its columns on their place."""

    def __init__(self, rng: np.random.Generator, N_V: int):
        self.table = rng.normal(size=(N_V, N_V))

    def __call__(self, x):
        logits = self.table[:, np.array(x, dtype=int) - 1].cumsum(axis=1)
        return softmax(logits + np.arange(len(x)) * np.arange(len(self.table))[:, None] / 9)


def _watched(answer, x, model, l_gen, tau, draws):
    """What comes back, and every distribution that was drawn from."""
    seen, left = [], iter(draws)

    def draw(q):
        seen.append(np.array(q, dtype=float))
        return int(np.searchsorted(np.cumsum(q) / np.sum(q), next(left), side="right")) + 1

    return {"IDs": answer(x, model, l_gen, tau, draw), "drawn from": seen}


def _prompted(rng, length: int, N_V: int, l_gen: int, tau: float) -> tuple:
    draws = rng.random(l_gen + 1).tolist()
    return _ids(rng, length, N_V), _Model(rng, N_V), l_gen, tau, draws


@exercise(
    title="Algorithm 14: DInference",
    level="medium",
    minutes=10,
    prompt="""
        Continue the prompt by `l_gen` tokens. Draw each from $q \\propto p^{1/\\tau}$, where $p$ is
        the last column of P, and let the model read it next. Return the new tokens alone.
        """,
    probes=lambda rng: [
        _prompted(rng, 2, 4, 1, 1.0),
        _prompted(rng, 3, 5, 4, 0.5),
        _prompted(rng, 1, 7, 5, 2.0),
        _prompted(rng, 4, 3, 3, 1.6),
        _prompted(rng, 2, 4, 0, 1.0),
    ],
    drive=_watched,
    hints=[
        "The paper writes column ℓ + i − 1. How long is x in round i, and which column is that?",
        """
        1. Copy the prompt into a new list; remember its length.
        2. In each round: `model(x)`, last column, to the power 1/τ, divided by its sum.
        3. Append what `draw` returns: it is an ID from 1 already.
        4. Return everything after the prompt.
        """,
        "`q = model(x)[:, ___] ** (1 / ___)`, then `x.append(draw(q / ___))`",
    ],
    errors=[
        (
            "ValueError: probabilities do not sum to 1",
            "a power doesn't keep the sum: divide q by its own sum.",
        ),
        (
            "TypeError: 'NoneType' object is not",
            "`append` changes the list and returns None: don't write `x = x.append(...)`.",
        ),
        (
            "IndexError: index 2 is out of bounds for axis 1 with size 2",
            "column ℓ + i − 1 is counted from 1. Counted from 0 it is one less: the last.",
        ),
        (
            "StopIteration",
            "you draw more often than `l_gen` times.",
        ),
    ],
    passed="Read, draw, append. This is all that a chat model does between two of your messages.",
)
def DInference(x: list[int], model, l_gen: int, tau: float, draw) -> list[int]:
    """Algorithm 14: continue a prompt.

    x: prompt, token IDs from 1; model: IDs -> P (N_V, l); tau: temperature above 0.
    draw: a distribution q (N_V,) -> an ID from 1, with probability q.
    Returns the l_gen new IDs.

    Line 1: l is the length of the prompt. 2: l_gen rounds. 3: P. 4: p is column l + i − 1.
    5: draw y from q, proportional to p to the power 1/tau. 6: append y to x. 8: what is new.
    """
    x, length = list(x), len(x)  # line 1
    for _ in range(l_gen):  # line 2
        q = model(x)[:, -1] ** (1 / tau)  # lines 3 to 5
        x.append(draw(q / q.sum()))  # lines 5 and 6
    return x[length:]  # line 8


def _continued(x, model, l_gen, tau, draw, *, power=None, column=-1, normed=True, keep=True):
    """The loop with one thing changed."""
    x, length = list(x), len(x)
    new = []
    for _ in range(l_gen):
        q = model(x)[:, column] ** (1 / tau if power is None else power)
        new.append(draw(q / q.sum() if normed else q))
        if keep:
            x.append(new[-1])
    return x[length:] if keep else new


@DInference.misconception(
    "The power is τ, not 1/τ. Heat then sharpens and cold flattens; it should be the other way "
    "round."
)
def _power_tau(x, model, l_gen, tau, draw):
    return _continued(x, model, l_gen, tau, draw, power=tau)


@DInference.misconception(
    "The temperature is never used: the power is 1 at every τ. Raise p to 1/τ before you draw."
)
def _power_one(x, model, l_gen, tau, draw):
    return _continued(x, model, l_gen, tau, draw, power=1)


@DInference.misconception(
    "q doesn't sum to 1. The sign ∝ hides a division: after the power, divide by the sum."
)
def _unnormalised(x, model, l_gen, tau, draw):
    return _continued(x, model, l_gen, tau, draw, normed=False)


@DInference.misconception(
    "The first column was read: what comes after the first token. Column ℓ + i − 1 is the last "
    "one in round i."
)
def _first_column(x, model, l_gen, tau, draw):
    return _continued(x, model, l_gen, tau, draw, column=0)


@DInference.misconception(
    "Every round draws from the same distribution. Either the model reads the prompt alone, or "
    "column ℓ is read each time; in a causal model that is the same. Append each token, and read "
    "the last column."
)
def _forgets(x, model, l_gen, tau, draw):
    return _continued(x, model, l_gen, tau, draw, keep=False)


@DInference.misconception(
    "The prompt came back, too. Line 8 returns x[ℓ + 1 : ℓ + ℓ_gen], what is new."
)
def _with_prompt(x, model, l_gen, tau, draw):
    return [*x, *_continued(x, model, l_gen, tau, draw)]


@DInference.misconception(
    "The first new token is missing. x[ℓ + 1] of the paper is the first one after the prompt; in "
    "Python that is `x[l]`."
)
def _first_new_lost(x, model, l_gen, tau, draw):
    return _continued(x, model, l_gen, tau, draw)[1:]


@DInference.misconception(
    "The new IDs are one too large: `draw` gives an ID from 1 already. Add 1 only where you turn "
    "an index into an ID."
)
def _one_too_large(x, model, l_gen, tau, draw):
    def read(ids):
        return model([min(i, len(model.table)) for i in ids])

    return _continued(x, read, l_gen, tau, lambda q: draw(q) + 1)


@DInference.misconception(
    "The result is right, but the prompt was changed: `append` works on the caller's own list. "
    "Begin with a copy, `x = list(x)`."
)
def _changes_the_prompt(x, model, l_gen, tau, draw):
    length = len(x)
    for _ in range(l_gen):
        q = model(x)[:, -1] ** (1 / tau)
        x.append(draw(q / q.sum()))
    return x[length:]


@DInference.misconception(
    "Nothing was drawn: the most likely token was taken every time. Line 5 samples, so ask `draw`."
)
def _greedy(x, model, l_gen, tau, draw):
    x, length = list(x), len(x)
    for _ in range(l_gen):
        x.append(int(model(x)[:, -1].argmax()) + 1)
    return x[length:]


# --- predictions ------------------------------------------------------------------------------

triangle = Choice(
    id="triangle",
    ask="The causal mask is 1 where $t_z \\le t_x$. Rows are context, columns are primary tokens. "
    "Which triangle of the matrix holds the ones?",
    options={
        "a": (
            "the lower one, as in PyTorch",
            "In PyTorch rows are those who look. Here they are looked at, so the same rule gives "
            "the other triangle.",
        ),
        "b": (
            "the upper one",
            "Column 3 may look at the rows 1, 2 and 3. So each column is filled from the top down "
            "to the diagonal.",
        ),
        "c": (
            "either, since the softmax runs along the other axis, too",
            "The softmax decides what sums to 1, and the mask who is seen. A wrong triangle shows "
            "the future.",
        ),
    },
    right="b",
)

useless = Choice(
    id="useless",
    ask="One of the parameters of algorithm 4 has no influence on its result, whatever its values. "
    "Which one?",
    options={
        "a": (
            "`b_q`, the bias of the queries",
            "It adds a number to each score that depends on the key, so some keys gain.",
        ),
        "b": (
            "`b_v`, the bias of the values",
            "The weights sum to 1, so it is added to each result in full. Shown, not hidden.",
        ),
        "c": (
            "`b_k`, the bias of the keys",
            "It adds the query times `b_k` to all scores of a column alike. A softmax sees "
            "differences only.",
        ),
    },
    right="c",
)

transposed = Choice(
    id="transposed",
    ask="torch works with tokens as rows. Which of its stored arrays must be transposed to get the "
    "paper's?",
    options={
        "a": (
            "the tables of `nn.Embedding`, and no others",
            "They hold one row for each token. `nn.Linear` stores its weight as (out, in), as the "
            "paper writes it, and transposes when it multiplies.",
        ),
        "b": (
            "the weights of `nn.Linear`, and no others",
            "`nn.Linear` computes x Wᵀ. So W itself is stored as in the paper; the tables are "
            "the ones to turn.",
        ),
        "c": (
            "both",
            "Row layout turns sequences and masks. The stored linear weights happen to be as in "
            "the paper.",
        ),
    },
    right="a",
)

terms = Number(
    id="terms",
    ask="`anna` becomes bos, a, n, n, a, eos. How many terms has its training loss?",
    value=lambda: len("anna") + 2 - 1,
    within=0.1,
    low="Each token but the first is predicted once: a, n, n, a and eos. The end counts, since a "
    "model must learn to stop.",
    high="There are six tokens, but nothing comes before bos, so no column predicts it.",
    right="One for each token but the first: a, n, n, a and eos.",
)

which_mask = Choice(
    id="which-mask",
    ask="Three models train for 400 steps, alike but for the mask. Which one has the lowest loss, "
    "and which one writes the best names?",
    options={
        "a": (
            "the unidirectional one has the lowest loss and writes the best names",
            "It writes the best names, but its loss is the highest. The others read the answer.",
        ),
        "b": (
            "the bidirectional one has the lowest loss and, knowing more, writes the best names",
            "It learns to look one token ahead. When it writes, there is nothing ahead, and it has "
            "learned nothing else.",
        ),
        "c": (
            "one of the others has the lowest loss; the unidirectional one writes the best names",
            "Whoever sees the next token copies it and needs no language.",
        ),
    },
    right="c",
)

columns = Number(
    id="columns",
    ask="The prompt is bos alone, and DInference writes 10 tokens. How many columns of P does it "
    "compute in all?",
    value=lambda: sum(range(1, 11)),
    within=0.5,
    low="In round i the sequence has i tokens, and P has a column for each: 1 + 2 + … + 10.",
    high="Round i computes i columns, not 10: the sequence is still short at the beginning. "
    "1 + 2 + … + 10 = 55.",
    right="1 + 2 + … + 10 = 55, and 10 of them are read.",
)

skip_layout = Choice(
    id="skip-layout",
    ask="In the paper X is (d, l): tokens are columns. Which line gives the values of algorithm 4?",
    options={
        "a": ("`W_v @ Z + b_v[:, None]`", "Weight from the left, and the bias as a column."),
        "b": (
            "`Z @ W_v.T + b_v`",
            "That is right for tokens as rows, the layout of PyTorch.",
        ),
        "c": (
            "`W_v @ X + b_v[:, None]`",
            "Values come from the context Z. X is who looks.",
        ),
    },
    right="a",
    skip=True,
)

skip_loss = Choice(
    id="skip-loss",
    ask="`P` has shape (N_V, l), and `v` holds l indices from 0. Which line is the loss of a "
    "decoder?",
    options={
        "a": (
            "`-np.log(P[v, np.arange(l)]).sum()`",
            "Column t then names token t, which it has read already.",
        ),
        "b": (
            "`-np.log(P[v[:-1], np.arange(1, l)]).sum()`",
            "Shifted the wrong way: column t + 1 would name token t.",
        ),
        "c": (
            "`-np.log(P[v[1:], np.arange(l - 1)]).sum()`",
            "Column t names token t + 1, and the last column has no term.",
        ),
    },
    right="c",
    skip=True,
)

skip_mask = Choice(
    id="skip-mask",
    ask="Scores are keys by queries, (l_z, l_x). Which line gives causal weights?",
    options={
        "a": (
            "`softmax(np.where(np.tril(ones), S, -np.inf), axis=0)`",
            "The lower triangle shows each column itself and the future.",
        ),
        "b": (
            "`softmax(np.where(np.triu(ones), S, -np.inf), axis=0)`",
            "Upper triangle, and each column sums to 1.",
        ),
        "c": (
            "`softmax(np.where(np.triu(ones), S, -np.inf), axis=1)`",
            "The mask is right, but rows would sum to 1. A column is one token's choice.",
        ),
    },
    right="b",
    skip=True,
)

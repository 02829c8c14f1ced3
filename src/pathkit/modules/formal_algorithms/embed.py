"""Algorithms 1 and 2: the embedding."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .random_inputs import _ids, tables


@exercise(
    title="Algorithms 1 and 2: the embedding",
    level="easy",
    minutes=6,
    prompt="""
        Column *t* of the result is column $x[t]$ of `W_e` plus column *t* of `W_p`. The paper
        numbers tokens and positions from 1, and so does `x`; your arrays begin at 0.
        """,
    probes=lambda rng: [
        ([2, 1], *tables(rng, 3, 4, 2)),
        (_ids(rng, 5, 7), *tables(rng, 7, 6, 3)),
        (_ids(rng, 4, 4), *tables(rng, 4, 4, 5)),
        ([3, 3, 3], *tables(rng, 6, 9, 4)),
        ([5], *tables(rng, 5, 2, 3)),
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
            "IndexError: index ... is out of bounds for axis 1",
            "the last ID has to become the last index, which is one less.",
        ),
    ],
    # There are as many IDs as indices.
    equivalents=["return W_e[:, v] + W_p[:, :len(x)]"],
    passed="No -1 too many and none too few: from here on columns are tokens.",
)
def embed(x: list[int], W_e: np.ndarray, W_p: np.ndarray) -> np.ndarray:
    """Equation 1 for a whole sequence: token embedding plus positional embedding.

    x: l token IDs (one or more), each from 1 to N_V; W_e: (d_e, N_V); W_p: (d_e, l_max).
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
    "Positions begin one column too late, and a sequence as long as the table runs out of it. "
    "Position 1 of the paper is column 0 of the array."
)
def _positions_late_in_a_loop(x, W_e, W_p):
    return np.stack([W_e[:, ID - 1] + W_p[:, t + 1] for t, ID in enumerate(x)], axis=1)


@embed.misconception(
    "A token that comes again got the position of its first place. A position belongs to a place, "
    "not to a token: `enumerate` counts places, `x.index` finds the first."
)
def _first_occurrence(x, W_e, W_p):
    return W_e[:, np.array(x) - 1] + W_p[:, [x.index(ID) for ID in x]]


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
    "Each column is that of the token one before: the IDs lost 2, not 1. ID 1 is index 0."
)
def _two_off(x, W_e, W_p):
    return W_e[:, np.array(x) - 2] + W_p[:, : len(x)]


@embed.misconception(
    "Each token got the same position, the first. Column t of the result needs column t of `W_p`: "
    "slice the columns up to l."
)
def _one_position(x, W_e, W_p):
    return W_e[:, np.array(x) - 1] + W_p[:, :1]


@embed.misconception(
    "The two tables are multiplied, number by number. Equation 1 adds them."
)
def _multiplied(x, W_e, W_p):
    return W_e[:, np.array(x) - 1] * W_p[:, : len(x)]


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


# `W_p` has fewer columns than there are IDs, and people mend the error that comes of it.
@embed.spelling(_position_by_id)
def _position_by_id_going_round(x, W_e, W_p):
    v = np.array(x) - 1
    return W_e[:, v] + W_p[:, v % W_p.shape[1]]


@embed.spelling(_position_by_id)
def _position_by_id_cut_off(x, W_e, W_p):
    v = np.array(x) - 1
    return W_e[:, v] + W_p[:, np.minimum(v, W_p.shape[1] - 1)]

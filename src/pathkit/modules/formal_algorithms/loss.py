"""Algorithm 13, line 5: the loss."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .random_inputs import _ids


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
        (np.array([[0.2, 0.6, 0.3], [0.8, 0.4, 0.7]]), [2, 2, 1]),
        _scored(rng, 5, 4),
        _scored(rng, 4, 4),
        _scored(rng, 7, 9),
        _scored(rng, 600, 11),
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
            "IndexError: index ... is out of bounds for axis 0",
            "IDs count from 1, rows of the array from 0.",
        ),
    ],
    # There are as many IDs as indices.
    equivalents=["t = np.arange(len(x) - 1)"],
    passed="One term for each token that has a token before it.",
)
def loss(P: np.ndarray, x: list[int]) -> float:
    """Algorithm 13, line 5: the log loss of one sequence, in nats.

    P: (N_V, l), column t the distribution of token t + 1; x: l token IDs from 1, two or more.
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
    return -np.log(P[v[1:], np.arange(len(v) - 1)]).mean()


@loss.misconception(
    "This is the sum divided by the number of tokens, l. Line 5 divides by nothing: a long sequence "
    "weighs more than a short one."
)
def _mean_over_tokens(P, x):
    v = np.array(x) - 1
    return -np.log(P[v[1:], np.arange(len(v) - 1)]).sum() / len(x)


@loss.misconception(
    "This is in bits: the log has base 2. The paper's log is the natural one, `np.log`."
)
def _bits(P, x):
    v = np.array(x) - 1
    return -np.log2(P[v[1:], np.arange(len(v) - 1)]).sum()


@loss.misconception(
    "Short sequences come out right, long ones don't. A product of hundreds of probabilities is "
    "smaller than any float and becomes 0: take the log of each, then add."
)
def _product(P, x):
    v = np.array(x) - 1
    with np.errstate(all="ignore"):
        return -np.log(P[v[1:], np.arange(len(v) - 1)].prod())


@loss.misconception(
    "These are the l − 1 terms. Line 5 is their sum, one number."
)
def _not_summed(P, x):
    v = np.array(x) - 1
    return -np.log(P[v[1:], np.arange(len(v) - 1)])


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

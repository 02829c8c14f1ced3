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
        (np.array([[1e-12, 0.6, 0.3], [1 - 1e-12, 0.4, 0.7]]), [2, 1, 1]),
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

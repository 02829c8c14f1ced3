"""Find the matrix."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .turning import _codes


def _some_codes(rng: np.random.Generator, T: int, hands: int) -> np.ndarray:
    # Speeds too near each other would leave it to rounding which matrix is nearest.
    omega = np.linspace(0.4, 2.4, hands) + rng.uniform(-0.15, 0.15, size=hands)
    return _codes(np.arange(T)[:, None] * omega)


@exercise(
    title="Find the matrix",
    level="medium",
    minutes=8,
    prompt="""
        Find the one matrix M that moves every row of the table forward by `k` rows:
        `codes[p] @ M` should come as near `codes[p + k]` as possible, over all p.
        `np.linalg.lstsq(A, B)[0]` is the X that brings `A @ X` nearest to `B`.
        """,
    probes=lambda rng: [
        (np.array([[1.0, 0], [0, 2], [-4, 0], [0, -8]]), 1),
        (_some_codes(rng, 30, 2), 3),
        (_some_codes(rng, 40, 3), 5),
        (rng.normal(size=(12, 3)), 2),
        (rng.normal(size=(9, 4)), 1),
    ],
    hints=[
        "Ten rows, moved by 3: which rows have a partner, and which rows are the partners?",
        """
        1. A: the rows that have a partner k rows later, all but the last k.
        2. B: the partners, all but the first k.
        3. Both have shape (T - k, d), so X has shape (d, d).
        """,
        "`return np.linalg.lstsq(codes[:-k], ___)[0]`",
    ],
    errors=[
        ("LinAlgError: Incompatible dimensions", "A and B need the same number of rows."),
    ],
    passed="One matrix for all positions. Whoever can multiply by it can look k words back.",
)
def find_shift(codes: np.ndarray, k: int) -> np.ndarray:
    """The matrix that comes nearest to moving every row k rows on.

    codes: (T, d), a row for each position; k: 1 or more, with T - k at least d.
    Returns (d, d): M such that codes[p] @ M is nearest to codes[p + k] in the sum of squares.
    """
    return np.linalg.lstsq(codes[:-k], codes[k:])[0]


@find_shift.misconception(
    "This matrix moves backwards: it takes row p + k to row p. A holds the rows that you start "
    "from, B those where you want to arrive."
)
def _moves_back(codes, k):
    return np.linalg.lstsq(codes[k:], codes[:-k])[0]


@find_shift.misconception(
    "The matrix is transposed: it fits `M @ code`, with codes as columns. Here they are rows, so "
    "the matrix stands on the right."
)
def _for_columns(codes, k):
    return np.linalg.lstsq(codes[:-k], codes[k:])[0].T


@find_shift.misconception(
    "This moves by one row, whatever k is. Cut k rows from the end of A, and k from the beginning "
    "of B."
)
def _moves_by_one(codes, k):
    return np.linalg.lstsq(codes[:-1], codes[1:])[0]


@find_shift.misconception(
    "The table was bent into a ring: after the last position comes the first again. Positions "
    "don't wrap round, so leave out rows without a partner."
)
def _ring(codes, k):
    return np.linalg.lstsq(codes, np.roll(codes, -k, axis=0))[0]


@find_shift.misconception(
    "Only the first rows were used, as many as there are columns. Their equations are met exactly, "
    "all others are ignored: use every row that has a partner."
)
def _first_rows_only(codes, k):
    d = codes.shape[1]
    return np.linalg.lstsq(codes[:d], codes[k : k + d])[0]


@find_shift.misconception(
    "lstsq returns four things, of which the matrix is the first: take [0]. The others are what is "
    "left over, the rank and the singular values."
)
def _all_results(codes, k):
    return np.linalg.lstsq(codes[:-k], codes[k:])


@find_shift.misconception(
    "The last rows have no partner k rows on, and zeros were put in its place. Then the matrix is "
    "bent towards 0: leave out rows without a partner."
)
def _zeros_for_partners(codes, k):
    moved = np.zeros_like(codes)
    moved[:-k] = codes[k:]
    return np.linalg.lstsq(codes, moved)[0]


@find_shift.misconception(
    "The table was bent into a ring and turned backwards. Positions don't wrap round: leave out "
    "rows without a partner, and pair row p with row p + k."
)
def _ring_backwards(codes, k):
    return np.linalg.lstsq(codes, np.roll(codes, k, axis=0))[0]


@find_shift.misconception(
    "One pair of rows is missing. T rows have T - k pairs: all rows but the last k, and all but "
    "the first k."
)
def _one_pair_missing(codes, k):
    return np.linalg.lstsq(codes[: -k - 1], codes[k:-1])[0]


@find_shift.misconception(
    "This moves by 3 rows, whatever k is. The lesson moves by 3, but k is a parameter: cut k rows "
    "from the end of A, and k from the beginning of B."
)
def _moves_by_three(codes, k):
    return np.linalg.lstsq(codes[:-3], codes[3:])[0]


@find_shift.misconception(
    "This moves by k + 1 rows. Leave out k rows at the end of A and k at the beginning of B."
)
def _one_row_too_far(codes, k):
    return np.linalg.lstsq(codes[: -k - 1], codes[k + 1 :])[0]

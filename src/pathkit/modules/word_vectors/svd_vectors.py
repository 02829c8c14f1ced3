"""From a table to vectors."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise
from pathkit.checks.plain import plain
from pathkit.checks.told import Told
from pathkit.checks.value_text import described


def _products(answer, M, d):
    """Signs and rotations of the vectors are free: what counts is how they meet."""
    E = answer(M, d)
    if not isinstance(E, np.ndarray):
        raise Told(f"The result is {described(plain(E))}; an array of shape {(len(M), d)} is "
                   "expected.")
    if E.shape != (len(M), d):
        raise Told(f"For a table of shape {M.shape} and d = {d} the result has shape {E.shape}; "
                   f"expected is {(len(M), d)}, a row of d numbers for each row of the table.")
    return {"dot products of the rows of your result": E @ E.T}


@exercise(
    title="From a table to vectors",
    level="medium",
    minutes=6,
    prompt="""
        Squeeze each row of the table into `d` numbers: the first `d` columns of U, each times the
        square root of its singular value. `np.linalg.svd` returns U, the singular values from
        large to small, and the transpose of V.
        """,
    drive=_products,
    probes=lambda rng: [
        (rng.normal(size=(5, 7)), 2),
        (rng.normal(size=(6, 4)) + 1, 3),
        (np.array([[0.0, 9.0, 0.0], [4.0, 0.0, 0.0], [0.0, 0.0, 1.0]]), 2),
        (rng.normal(size=(4, 4)), 1),
        (rng.normal(size=(3, 5)), 3),
    ],
    hints=[
        "Which of the three things that come back has one row for each row of the table?",
        """
        1. `U, S, Vt = np.linalg.svd(M)`: shapes (n, n), (min(n, m),) and (m, m).
        2. Keep d columns of U, shape (n, d), and d entries of S.
        3. Multiply: column c of U by the root of S[c]. Shapes (n, d) and (d,) line up.
        """,
        "`return U[:, :d] * np.sqrt(___)`",
    ],
    errors=[
        ("ValueError: operands could not be broadcast", "keep as many of `S` as columns of `U`."),
        ("ValueError: too many values to unpack", "three things come back: `U, S, Vt = …`."),
    ],
    passed="Sixteen numbers a word again, and nobody guessed anything.",
)
def svd_vectors(M: np.ndarray, d: int) -> np.ndarray:
    """The d strongest directions of a table, as a vector for each row.

    M: (n, m); d: at most min(n, m).
    Returns (n, d): U_d times the root of S_d (Levy and Goldberg 2014, section 4.2).
    """
    U, S, Vt = np.linalg.svd(M)  # (n, n), (min(n, m),), (m, m)
    return U[:, :d] * np.sqrt(S[:d])


@svd_vectors.misconception(
    "These are rows of U. Row i belongs to word i and must stay complete in number: keep all rows "
    "and cut the columns, U[:, :d]."
)
def _rows(M, d):
    U, S, _ = np.linalg.svd(M)
    return U[:d].T * np.sqrt(S[:d])


@svd_vectors.misconception(
    "The singular values are missing, so the weakest of the d directions counts as much as the "
    "strongest. Multiply each column by the root of its singular value."
)
def _no_values(M, d):
    return np.linalg.svd(M)[0][:, :d]


@svd_vectors.misconception(
    "The singular values came without their root. Half of each belongs to the words and half to "
    "the neighbours: the root on each side multiplies to the whole."
)
def _no_root(M, d):
    U, S, _ = np.linalg.svd(M)
    return U[:, :d] * S[:d]


@svd_vectors.misconception(
    "These are the last directions, the weakest. `svd` sorts its values from large to small, and "
    "`eigh` from small to large: keep the directions with the d largest."
)
def _weakest(M, d):
    U, S, _ = np.linalg.svd(M, full_matrices=False)
    return U[:, -d:] * np.sqrt(S[-d:])


@svd_vectors.misconception(
    "These vectors belong to the columns. V describes the neighbours, U the words; in a table that "
    "isn't symmetric they differ."
)
def _columns(M, d):
    _, S, Vt = np.linalg.svd(M)
    return Vt[:d].T * np.sqrt(S[:d])


@svd_vectors.misconception(
    "These are columns of the third thing that comes back, V transposed. V belongs to the "
    "neighbours; the words are described by U."
)
def _columns_of_vt(M, d):
    _, S, Vt = np.linalg.svd(M)
    return Vt[:, :d] * np.sqrt(S[:d])


@svd_vectors.misconception(
    "These are columns of V transposed, the third thing that comes back. Its rows belong to "
    "directions, its columns to neighbours; the words are the rows of U."
)
def _columns_of_short_vt(M, d):
    _, S, Vt = np.linalg.svd(M, full_matrices=False)
    return Vt[:, :d] * np.sqrt(S[:d])


@svd_vectors.misconception(
    "The singular values are squared. The root of each belongs to the words: U[:, :d] times "
    "np.sqrt(S[:d])."
)
def _squared(M, d):
    U, S, _ = np.linalg.svd(M)
    return U[:, :d] * S[:d] ** 2


@svd_vectors.misconception(
    "The root was taken of the product, so negative entries of U became nan. Only the singular "
    "value gets the root: U[:, :d] * np.sqrt(S[:d])."
)
def _root_of_the_product(M, d):
    U, S, _ = np.linalg.svd(M)
    with np.errstate(invalid="ignore"):
        return np.sqrt(U[:, :d] * S[:d])


@svd_vectors.misconception(
    "Each column was divided by the root of its singular value, so the weakest direction weighs "
    "most. Multiply by it."
)
def _divided(M, d):
    U, S, _ = np.linalg.svd(M)
    return U[:, :d] / np.sqrt(S[:d])


@svd_vectors.misconception(
    "Each row of the result has one factor, not each column: the roots belong to directions, which "
    "are the columns of U. Shapes (n, d) and (d,) line up as they are."
)
def _rows_scaled(M, d):
    U, S, _ = np.linalg.svd(M)
    roots = np.zeros(len(M))
    roots[: len(S)] = np.sqrt(S)[: len(M)]
    return roots[:, None] * U[:, :d]


@svd_vectors.misconception(
    "The first d columns of the table itself come back. They are d neighbours among many; the SVD "
    "finds the d directions that keep most of all columns."
)
def _first_columns(M, d):
    return M[:, :d]


@svd_vectors.misconception(
    "Each row has become a single number. `@`, or a sum, adds up the d numbers that were to stay "
    "apart: scale the columns with `*`, shapes (n, d) and (d,)."
)
def _added_up(M, d):
    U, S, _ = np.linalg.svd(M)
    return U[:, :d] @ np.sqrt(S[:d])


@svd_vectors.misconception(
    "Every column was multiplied by the root of the largest singular value. Each direction has a "
    "value of its own: U[:, :d] * np.sqrt(S[:d])."
)
def _one_root(M, d):
    U, S, _ = np.linalg.svd(M)
    return U[:, :d] * np.sqrt(S[0])

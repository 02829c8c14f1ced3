"""From a table to vectors."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


def _shape_and_products(answer, M, d):
    """Signs and rotations of the vectors are free: what counts is how they meet."""
    E = np.asarray(answer(M.copy(), d))
    return list(E.shape), E @ E.T


@exercise(
    title="From a table to vectors",
    level="medium",
    minutes=6,
    prompt="""
        Squeeze each row of the table into `d` numbers: the first `d` columns of U, each times the
        square root of its singular value. `np.linalg.svd` returns U, the singular values from
        large to small, and the transpose of V.
        """,
    drive=_shape_and_products,
    probes=lambda rng: [
        (rng.normal(size=(5, 7)), 2),
        (rng.normal(size=(6, 4)) + 1, 3),
        (np.diag([9.0, 4.0, 1.0]), 2),
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
    "These are the last directions, the weakest. NumPy sorts singular values from large to small, "
    "so the first d are the ones to keep."
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

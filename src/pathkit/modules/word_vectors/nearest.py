"""Nearest by cosine."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


def _with_twin(rng: np.random.Generator) -> np.ndarray:
    """Row 1 points the way row 4 points, at half its length."""
    E = rng.normal(size=(7, 3)) * np.array([[1], [1], [9], [1], [2], [0.1], [5]])
    E[1] = E[4] / 2
    return E


# Rows 0 and 2 point exactly the same way.
_TWINS = np.array([[0.0, 2.0], [3.0, 1.0], [0.0, 6.0], [-1.0, 1.0], [4.0, -1.0]])
# Each of rows 0 and 1 is as far from the other as can be.
_OPPOSITES = np.array([[1.0, 0.0], [-2.0, 0.0], [0.0, 3.0]])


@exercise(
    title="Nearest by cosine",
    level="medium",
    minutes=8,
    prompt="""
        Return the row numbers of the `k` words whose vectors point most nearly the way word `i`
        points, nearest first, without `i` itself. The **cosine** of two vectors is their dot
        product divided by both lengths.
        """,
    probes=lambda rng: [
        (np.array([[2.0, 0.0], [9.0, 9.0], [0.1, 0.01], [-1.0, 0.2]]), 0, 2),
        (rng.normal(size=(8, 3)) * np.array([[1, 1, 8, 1, 0.2, 1, 3, 1]]).T, 3, 4),
        (rng.normal(size=(6, 4)) + np.array([3.0, 0, 0, 0]), 5, 5),
        (_with_twin(rng), 4, 3),
        (_TWINS, 0, 3),  # whichever of two equal cosines is sorted first,
        (_TWINS, 2, 3),  # dropping the first entry is wrong for one of these
        (_OPPOSITES, 0, 2),
        (_OPPOSITES, 1, 2),
        (rng.normal(size=(9, 2)) * rng.uniform(0.1, 9, size=(9, 1)), 0, 8),
    ],
    hints=[
        "Divide every vector by its length first. What is then the cosine of two of them?",
        """
        1. `unit`: each row of `E` divided by its length. `np.linalg.norm(E, axis=1,
           keepdims=True)` has shape (n, 1).
        2. `unit @ unit[i]`: the cosine of every row with row i, shape (n,).
        3. `np.argsort` sorts upwards; sort the negatives. Leave `i` out, keep the first `k`.
        """,
        "`return [int(j) for j in np.argsort(___) if j != i][:k]`",
    ],
    errors=[
        (
            "ValueError: operands could not be broadcast",
            "the lengths need shape (n, 1): `keepdims=True`.",
        ),
    ],
    passed="The cosine looks at directions only: long vectors have no advantage any more.",
    # The length of row i scales all cosines alike, so their order stays.
    equivalents=["cosines = unit @ E[i]"],
)
def nearest(E: np.ndarray, i: int, k: int) -> list[int]:
    """The k rows of E with the largest cosine to row i, without i.

    E: (n, d), one vector a row; i: a row; k: how many.
    Returns a list of k row numbers, nearest first.
    """
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)  # (n, d)
    cosines = unit @ unit[i]  # (n,)
    return [int(j) for j in np.argsort(-cosines) if j != i][:k]


@nearest.misconception(
    "These are the largest dot products. A long vector has large ones with everything; divide each "
    "row by its own length, or frequent words are everybody's neighbours."
)
def _dot_product(E, i, k):
    return [int(j) for j in np.argsort(-(E @ E[i])) if j != i][:k]


@nearest.misconception(
    "These are the smallest distances between end points. Two vectors that point the same way can "
    "end far apart: the cosine compares directions, so divide by the lengths."
)
def _euclidean(E, i, k):
    return [int(j) for j in np.argsort(np.linalg.norm(E - E[i], axis=1)) if j != i][:k]


@nearest.misconception(
    "The word itself comes first: its cosine with itself is 1. That is true of any vectors, "
    "trained or not, so leave it out."
)
def _with_self(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    return [int(j) for j in np.argsort(-(unit @ unit[i]))][:k]


@nearest.misconception(
    "The list begins with the farthest. `np.argsort` sorts upwards and a cosine of 1 is nearest: "
    "sort the negatives, or turn the list round."
)
def _farthest(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    return [int(j) for j in np.argsort(unit @ unit[i]) if j != i][:k]


@nearest.misconception(
    "The first entry was dropped on the belief that it is the word itself. Another word may point "
    "exactly the same way and come first: leave out `i` by its number."
)
def _drops_the_first(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    return [int(j) for j in np.argsort(-(unit @ unit[i]), kind="stable")][1 : k + 1]


@nearest.misconception(
    "The largest cosine was dropped, as if it were always the word's own. Another word may point "
    "exactly the same way and be sorted behind it: leave out `i` by its number."
)
def _drops_the_last(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    return [int(j) for j in np.argsort(unit @ unit[i], kind="stable")][::-1][1 : k + 1]


@nearest.misconception(
    "The sign was thrown away: opposite directions count as near. A cosine of -1 is as far as two "
    "words can be."
)
def _absolute(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    return [int(j) for j in np.argsort(-abs(unit @ unit[i])) if j != i][:k]

"""a is to b as c is to …."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


def _square(rng: np.random.Generator) -> np.ndarray:
    """Four rows near the corners of a parallelogram, and three that lie elsewhere."""
    E = rng.normal(size=(7, 3)) * np.array([[1], [1], [1], [1], [4], [0.3], [2]])
    E[3] = E[1] - E[0] + E[2] + 0.1 * rng.normal(size=3)
    return E


@exercise(
    title="a is to b as c is to …",
    level="medium",
    minutes=8,
    prompt="""
        Scale each vector to length 1. Start at `c`, add the step from `a` to `b`, and return the
        row with the largest cosine to where you arrive; rows in `excluded` can't be the answer.
        """,
    probes=lambda rng: [
        (np.array([[1.0, 0], [1, 1], [0.2, -2], [0, 3], [9, 9.5]]), 0, 1, 2, [0, 1, 2]),
        (_square(rng), 0, 1, 2, [0, 1, 2]),
        (np.array([[2.0, 0, 0], [1, 0.2, 0], [0, 0.1, 1], [0, 4, 4], [-1, 0, 1]]), 0, 1, 2, []),
        (_square(rng), 0, 1, 2, []),
        (rng.normal(size=(8, 3)) * rng.uniform(0.1, 9, size=(8, 1)), 5, 2, 7, [5, 2, 7]),
        (rng.normal(size=(8, 4)) * rng.uniform(0.1, 9, size=(8, 1)), 1, 6, 3, [3]),
        (rng.normal(size=(9, 2)) * rng.uniform(0.1, 9, size=(9, 1)), 4, 0, 8, []),
        (np.array([[1.0, 0], [0, 1], [-1, 0.1], [1, -3], [2, -1]]), 0, 1, 2, [0, 1, 2]),
        (rng.normal(size=(9, 5)) * rng.uniform(0.1, 9, size=(9, 1)), 2, 7, 4, []),
        (rng.normal(size=(9, 5)) * rng.uniform(0.1, 9, size=(9, 1)), 0, 3, 6, [0, 3, 6]),
        (np.array([[0.1, 0], [0, 0.1], [5, 0], [0, 2], [4, 3], [9, 0.5]]), 0, 1, 2, [0, 1, 2]),
        # The target is three times as long as a unit vector: all dot products are below -1.
        (np.array([[-1, 0.1], [-4, 1.5], [-2.0, 0], [1, 0], [3, 0]]), 2, 3, 4, [2, 3, 4]),
        (np.array([[-2.0, 0], [1, 0], [3, 0], [-1, 0.1], [-4, 1.5]]), 0, 1, 2, [2, 1, 0, 4]),
    ],
    hints=[
        "King minus man plus woman: which of the three is `a`, which `b`, which `c`?",
        """
        1. `unit`: every row divided by its length.
        2. `target`: unit[c] plus the step from a to b, shape (d,).
        3. `unit @ target` orders the rows as the cosine does. Set the excluded to -np.inf, then
           take the argmax.
        """,
        "`cosines = unit @ (unit[c] + ___ - ___)`",
    ],
    errors=[
        (
            "IndexError: arrays used as indices must be of integer",
            "`excluded` may be empty, and `np.array([])` holds floats: index with the list itself.",
        ),
        (
            "OverflowError: cannot convert float infinity to integer",
            "the cosines must be floats to hold -np.inf.",
        ),
    ],
    passed="What is excluded is part of the result: say it whenever you report an analogy.",
)
def analogy(E: np.ndarray, a: int, b: int, c: int, excluded: list[int]) -> int:
    """The row d for which a is to b as c is to d.

    E: (n, d), one vector a row; a, b, c: rows; excluded: rows that can't be the answer, or none.
    Returns the row whose cosine to b - a + c is largest, all vectors scaled to length 1 first
    (Mikolov, Yih and Zweig 2013, section 5).
    """
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)  # (n, d)
    cosines = unit @ (unit[b] - unit[a] + unit[c])  # (n,)
    cosines[excluded] = -np.inf
    return int(cosines.argmax())


def _answer(E, target, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    cosines = unit @ target(unit)
    cosines[list(excluded)] = -np.inf
    return int(cosines.argmax())


@analogy.misconception(
    "The step is walked backwards, from b to a. If a is man and b is woman, the step is woman "
    "minus man: unit[b] - unit[a]."
)
def _backwards(E, a, b, c, excluded):
    return _answer(E, lambda unit: unit[a] - unit[b] + unit[c], excluded)


@analogy.misconception(
    "Nothing is excluded. You end near where you started, so the answer is often a word of the "
    "question; that may be what you want to know, but it was asked otherwise."
)
def _keeps_everything(E, a, b, c, excluded):
    return _answer(E, lambda unit: unit[b] - unit[a] + unit[c], [])


@analogy.misconception(
    "The words of the question are always excluded, asked or not. Then nobody can find out how "
    "often the nearest word is one of them: exclude what `excluded` says."
)
def _always_excludes(E, a, b, c, excluded):
    return _answer(E, lambda unit: unit[b] - unit[a] + unit[c], [a, b, c, *excluded])


@analogy.misconception(
    "`excluded` has no effect: a, b and c are excluded, and nothing else is. Then nobody can find "
    "out how often the nearest word is one of them: exclude what `excluded` says."
)
def _excludes_only_the_question(E, a, b, c, excluded):
    return _answer(E, lambda unit: unit[b] - unit[a] + unit[c], [a, b, c])


@analogy.misconception(
    "The vectors kept their lengths while the step was computed. A long vector then makes a long "
    "step: scale each to length 1 before you add."
)
def _unscaled_step(E, a, b, c, excluded):
    return _answer(E, lambda unit: E[b] - E[a] + E[c], excluded)


@analogy.misconception(
    "Excluded rows got the value 0. Where all other cosines are negative, 0 wins and an excluded "
    "word is the answer: use minus infinity."
)
def _zero_for_excluded(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    cosines = unit @ (unit[b] - unit[a] + unit[c])
    cosines[list(excluded)] = 0
    return int(cosines.argmax())


@analogy.misconception(
    "The target is compared by dot products with vectors of full length, so long vectors win. "
    "Divide every candidate by its length."
)
def _long_candidates(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    scores = E @ (unit[b] - unit[a] + unit[c])
    scores[list(excluded)] = -np.inf
    return int(scores.argmax())

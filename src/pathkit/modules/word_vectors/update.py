"""Find the two bugs."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .loss import sigmoid


@exercise(
    title="Find the two bugs",
    level="medium",
    minutes=10,
    prompt="""
        This step of gradient descent computes the right errors, and Python doesn't complain. Yet
        it has two bugs: find both and mend them.
        """,
    given='''
def update(U, V, i, j, noise, rate):
    """One step of gradient descent on word i, neighbour j and some noise words.

    U: (n, d) vectors; V: (n, d) context vectors; noise: row numbers, possibly repeated.
    Returns (U, V) after the step; the arguments stay as they were.
    """
    U, V = U.copy(), V.copy()
    u = U[i]  # (d,)
    rows = [j, *noise]  # (k + 1,)
    misses = 1 / (1 + np.exp(-V[rows] @ u))  # (k + 1,)
    misses[0] -= 1
    U[i] -= rate * misses @ V[rows]
    V[rows] -= rate * np.outer(misses, u)
    return U, V
''',
    probes=lambda rng: [
        (rng.normal(size=(6, 3)), rng.normal(size=(6, 3)), 2, 4, [0, 1, 5], 0.5),
        (rng.normal(size=(6, 3)), rng.normal(size=(6, 3)), 0, 3, [1, 1, 5, 1], 0.3),
        (rng.normal(size=(5, 2)), rng.normal(size=(5, 2)), 1, 2, [2, 0], 0.7),
        (rng.normal(size=(4, 4)), rng.normal(size=(4, 4)), 3, 3, [3, 2, 2], 0.2),
        (rng.normal(size=(6, 2)), rng.normal(size=(6, 2)), 4, 0, [0, 0, 5, 3, 5], 1.5),
    ],
    hints=[
        "Print `u` before and after the line that begins with `U[i] -=`. And what does "
        "`a = np.zeros(2); a[[0, 0]] -= 1` leave in `a`?",
        """
        1. `U[i]` is a view: a window into `U`, not a copy. When `U[i]` changes, so does `u`.
        2. `V[rows] -= …` computes one new value for each entry of `rows`, then stores them. Of
           entries with the same row number, the last one wins.
        """,
        "`np.subtract.at(V, rows, ___)` subtracts for every entry, repeated or not. And "
        "`u = U[i].copy()`.",
    ],
    errors=[
        ("ValueError: array is not broadcastable", "`np.subtract.at` needs a row for each entry."),
    ],
    passed="Views and repeated indices: two traps no error message tells you about.",
)
def update(
    U: np.ndarray, V: np.ndarray, i: int, j: int, noise: list[int], rate: float
) -> tuple[np.ndarray, np.ndarray]:
    """One step of gradient descent on word i, neighbour j and some noise words.

    U: (n, d) vectors; V: (n, d) context vectors; noise: row numbers, possibly repeated.
    Returns (U, V) after the step; the arguments stay as they were.
    """
    U, V = U.copy(), V.copy()
    u = U[i].copy()  # (d,)
    rows = [j, *noise]  # (k + 1,)
    misses = 1 / (1 + np.exp(-V[rows] @ u))  # (k + 1,)
    misses[0] -= 1
    U[i] -= rate * misses @ V[rows]
    np.subtract.at(V, rows, rate * np.outer(misses, u))
    return U, V


def _errors(U, V, i, rows):
    errors = sigmoid(V[rows] @ U[i])
    errors[0] -= 1
    return errors


@update.misconception(
    "Both bugs are still there. The context vectors move along the centre's new vector, not the "
    "old one, because u is a view. And a word drawn twice as noise moves once."
)
def _as_given(U, V, i, j, noise, rate):
    U, V, rows = U.copy(), V.copy(), [j, *noise]
    errors = _errors(U, V, i, rows)
    U[i] -= rate * errors @ V[rows]
    V[rows] -= rate * np.outer(errors, U[i])
    return U, V


@update.misconception(
    "The view is mended. What is left: a word that was drawn twice moves once. An assignment to "
    "V[rows] stores one value for each row number: use np.subtract.at."
)
def _repeats_lost(U, V, i, j, noise, rate):
    U, V, rows = U.copy(), V.copy(), [j, *noise]
    errors = _errors(U, V, i, rows)
    step = rate * np.outer(errors, U[i])
    U[i] -= rate * errors @ V[rows]
    V[rows] -= step
    return U, V


@update.misconception(
    "The repeated words are mended. What is left: u is a view into U, so it changed one line "
    "earlier, and the context vectors follow the new vector. Copy the old one."
)
def _still_a_view(U, V, i, j, noise, rate):
    U, V, rows = U.copy(), V.copy(), [j, *noise]
    errors = _errors(U, V, i, rows)
    U[i] -= rate * errors @ V[rows]
    np.subtract.at(V, rows, rate * np.outer(errors, U[i]))
    return U, V


@update.misconception(
    "The order of the two steps is exchanged, so now the centre moves along context vectors that "
    "have moved already. Both slopes belong to the same moment: compute both, then move."
)
def _other_order(U, V, i, j, noise, rate):
    U, V, rows = U.copy(), V.copy(), [j, *noise]
    errors = _errors(U, V, i, rows)
    np.subtract.at(V, rows, rate * np.outer(errors, U[i]))
    U[i] -= rate * errors @ V[rows]
    return U, V


@update.misconception(
    "Repeated noise words were thrown out before the step. A word drawn twice is evidence twice: "
    "keep both draws and let both move it."
)
def _draws_once(U, V, i, j, noise, rate):
    rows = list(dict.fromkeys([j, *noise]))
    U, V = U.copy(), V.copy()
    errors = _errors(U, V, i, rows)
    step = rate * np.outer(errors, U[i])
    U[i] -= rate * errors @ V[rows]
    V[rows] -= step
    return U, V


@update.misconception(
    "The copy is there, but each word's miss is computed after other words have moved: a word "
    "drawn twice moves again by its new miss. All slopes belong to one moment: compute them first."
)
def _one_after_another(U, V, i, j, noise, rate):
    U, V, rows = U.copy(), V.copy(), [j, *noise]
    errors = _errors(U, V, i, rows)
    step, u = rate * errors @ V[rows], U[i].copy()
    for place, row in enumerate(rows):
        V[row] -= rate * (sigmoid(V[row] @ u) - (place == 0)) * u
    U[i] -= step
    return U, V


@update.misconception(
    "The context vectors climb: the step is added to them. A gradient points to where the loss "
    "grows, so subtract: np.subtract.at."
)
def _context_climbs(U, V, i, j, noise, rate):
    U, V, rows = U.copy(), V.copy(), [j, *noise]
    errors = _errors(U, V, i, rows)
    step = rate * np.outer(errors, U[i])
    U[i] -= rate * errors @ V[rows]
    np.add.at(V, rows, step)
    return U, V


@update.misconception(
    "The rate is missing in the step of the context vectors: they move by the whole gradient. Both "
    "steps are `rate` times a gradient."
)
def _no_rate_for_context(U, V, i, j, noise, rate):
    U, V, rows = U.copy(), V.copy(), [j, *noise]
    errors = _errors(U, V, i, rows)
    step = np.outer(errors, U[i])
    U[i] -= rate * errors @ V[rows]
    np.subtract.at(V, rows, step)
    return U, V

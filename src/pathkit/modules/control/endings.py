"""How likely a fitting ending is."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


def _bigram(rng, size):
    return rng.dirichlet(np.full(size, 0.6), size=size)


def _allowed(rng, length, size):
    allowed = rng.random((length, size)) < 0.5
    allowed[:, 0] |= ~allowed.any(axis=1)
    return allowed


@exercise(
    title="The chance of a good ending",
    level="hard",
    minutes=12,
    prompt="""
        `allowed[t]` says which symbols place `t` may have. Row `t` of the result is the
        chance, after each symbol, that a bigram fills the places from `t` to the last as allowed.
        Begin behind the last place, where nothing can go wrong any more.
        """,
    probes=lambda rng: [
        (np.array([[0.9, 0.1], [0.25, 0.75]]), np.array([[True, True], [False, True]])),
        (np.array([[0.5, 0.5], [1.0, 0.0]]), np.array([[False, True]])),
        (_bigram(rng, 3), _allowed(rng, 4, 3)),
        (_bigram(rng, 5), _allowed(rng, 2, 5)),
        (_bigram(rng, 4), np.ones((3, 4), bool)),
        (_bigram(rng, 4), np.zeros((2, 4), bool)),
    ],
    hints=[
        "What is the last row, when no place is left? And the row before it?",
        "From back to front: sum over the next symbol of its chance, times whether it is allowed, "
        "times the chance of a good ending after it.",
        "`beta[t] = P @ (allowed[t] * beta[___])`, for `t` in `reversed(range(T))`",
    ],
    errors=[
        ("IndexError: index ... is out of bounds for axis 0", "there are T places but T + 1 rows: "
         "the last row stands behind the last place."),
    ],
    passed="One matrix product a place: all endings are weighed, and none is written out.",
)
def endings(P: np.ndarray, allowed: np.ndarray) -> np.ndarray:
    """The chance that all places from t on are filled as allowed, after each symbol.

    P: (V, V) bigram, row = symbol before; allowed: (T, V) booleans.
    Returns (T + 1, V); the last row is all ones.
    """
    T, V = allowed.shape
    beta = np.ones((T + 1, V))
    for t in reversed(range(T)):
        beta[t] = P @ (allowed[t] * beta[t + 1])
    return beta


@endings.misconception(
    "Each row looks one place ahead only. That is what masking sees; the chance of the whole "
    "ending needs the row behind it as a factor."
)
def _endings_one_place(P, allowed):
    return np.vstack([allowed @ P.T, np.ones(len(P))])


@endings.spelling(_endings_one_place)
def _endings_one_place_forward(P, allowed):
    beta = np.ones((len(allowed) + 1, len(P)))
    for t, spot in enumerate(allowed):
        beta[t] = P @ (spot * beta[t + 1])
    return beta


@endings.misconception(
    "The bigram is turned round: row = symbol before, column = symbol after. Sum over the columns, "
    "`P @ ...`, not over the rows."
)
def _endings_transposed(P, allowed):
    T, V = allowed.shape
    beta = np.ones((T + 1, V))
    for t in reversed(range(T)):
        beta[t] = P.T @ (allowed[t] * beta[t + 1])
    return beta


@endings.misconception(
    "The mask is missing, so every ending counts as good and every chance is 1. Multiply by "
    "`allowed[t]` before the sum."
)
def _endings_unmasked(P, allowed):
    return np.ones((len(allowed) + 1, len(P)))


@endings.misconception(
    "This ran from the front. The chance of an ending depends on what comes after, so the last row "
    "is known first: go backwards."
)
def _endings_forward(P, allowed):
    T, V = allowed.shape
    beta = np.ones((T + 1, V))
    for t in range(T):
        beta[t + 1] = P @ (allowed[t] * beta[t])
    return beta


@endings.misconception(
    "The rows were divided by their sums. They are chances of one event after different symbols, "
    "no distribution over symbols, and how small they are is the point."
)
def _endings_divided(P, allowed):
    T, V = allowed.shape
    beta = np.ones((T + 1, V))
    for t in reversed(range(T)):
        beta[t] = P @ (allowed[t] * beta[t + 1])
        beta[t] /= max(beta[t].sum(), 1e-300)
    return beta


@endings.misconception(
    "The mask of place t was laid on the symbol before that place. It says what may come at t, so "
    "it belongs inside the sum over the next symbol."
)
def _endings_masks_before(P, allowed):
    T, V = allowed.shape
    beta = np.ones((T + 1, V))
    for t in reversed(range(T)):
        beta[t] = allowed[t] * (P @ beta[t + 1])
    return beta


@endings.misconception(
    "One row is missing: there are T places and T + 1 rows. The last row, all ones, says that "
    "behind the last place nothing can go wrong any more."
)
def _endings_without_last(P, allowed):
    T, V = allowed.shape
    beta = np.ones((T + 1, V))
    for t in reversed(range(T)):
        beta[t] = P @ (allowed[t] * beta[t + 1])
    return beta[:-1]


@endings.misconception(
    "The rows stand in the order in which they were computed, from the back. Row t belongs to "
    "place t, so turn them round before you return them."
)
def _endings_upside_down(P, allowed):
    rows = [np.ones(len(P))]
    for spot in allowed[::-1]:
        rows.append(P @ (spot * rows[-1]))
    return np.array(rows)

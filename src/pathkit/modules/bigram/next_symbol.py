"""Draw the next symbol."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


@exercise(
    title="Draw the next symbol",
    level="medium",
    minutes=8,
    prompt="""
        Draw an index from a row of probabilities with one random number `u`, uniform in [0, 1):
        return the first index at which the running sum of the row exceeds `u`.
        """,
    probes=lambda rng: [
        (np.array([0.5, 0.25, 0.25]), 0.6),
        (np.array([0.5, 0.25, 0.25]), 0.5),
        (np.array([0.0, 0.5, 0.5]), 0.0),
        (np.array([0.25, 0.0, 0.0, 0.75]), 0.25),
        (np.array([1.0]), 0.3),
        *[(rng.dirichlet(np.ones(7)), u) for u in rng.random(6)],
    ],
    hints=[
        "With the row 0.5, 0.25, 0.25: which index should `u = 0.6` give? And `u = 0.9`?",
        """
        `np.cumsum(row)` is the running sum, a staircase that ends at 1. You look for the first
        step that is higher than `u`; comparing gives booleans, and the first True is what
        `np.argmax` finds.
        """,
        "`return int(np.argmax(np.cumsum(row) ___ u))`",
    ],
    errors=[
        (
            "TypeError: only integer scalar arrays can be converted",
            "return a single index: `int(...)` of a number, not of an array.",
        ),
    ],
    passed="Long steps of the staircase are hit often, short ones rarely: that is sampling.",
)
def next_symbol(row: np.ndarray, u: float) -> int:
    """The index drawn from a distribution by a uniform number (inverse transform sampling).

    row: (V,) probabilities that sum to 1; u: in [0, 1).
    Returns the first index whose running sum exceeds u.
    """
    return int(np.argmax(np.cumsum(row) > u))


@next_symbol.misconception(
    "You take the likeliest symbol and ignore u. Every name would then be the same one: sampling "
    "must be able to take the unlikely turn, as often as its probability says."
)
def _argmax(row, u):
    return int(np.argmax(row))


@next_symbol.misconception(
    "u is compared with the probabilities themselves instead of their running sum. Lay the "
    "probabilities end to end on a line from 0 to 1, and see where u falls."
)
def _no_cumsum(row, u):
    return int(np.argmax(row > u))


@next_symbol.misconception(
    "When u falls exactly on a step, or is 0, this returns the symbol that ends there, even one "
    "with probability 0. The running sum must exceed u: use >, not >=."
)
def _reaches(row, u):
    return int(np.argmax(np.cumsum(row) >= u))


@next_symbol.misconception(
    "Every symbol is equally likely here: u times V ignores the row. The steps of the staircase "
    "must be as long as the probabilities."
)
def _uniform(row, u):
    return int(u * len(row))


@next_symbol.misconception(
    "This is one too far: the number of steps that u has passed already is the index of the next."
)
def _one_too_far(row, u):
    return int(np.argmax(np.cumsum(row) > u)) + 1

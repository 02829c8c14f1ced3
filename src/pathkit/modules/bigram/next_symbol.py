"""Draw the next symbol."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise
from pathkit.checks.told import Told


def _index(answer, row, u):
    """What the answer returns; a float can't be used as an index, though it equals one."""
    i = answer(row, u)
    if np.ndim(i) == 0 and np.asarray(i).dtype.kind == "f":
        raise Told(f"The result is {i}, a float. An index is an integer: `P[{i}]` would be an "
                   "error where the lesson uses it.")
    return i


@exercise(
    title="Draw the next symbol",
    level="medium",
    minutes=8,
    prompt="""
        Draw an index from a row of probabilities with one random number `u`, uniform in [0, 1):
        return the first index at which the running sum of the row exceeds `u`.
        """,
    drive=_index,
    probes=lambda rng: [
        (np.array([0.5, 0.25, 0.25]), 0.6),
        (np.array([0.5, 0.25, 0.25]), 0.5),
        (np.array([0.0, 0.5, 0.5]), 0.0),
        (np.array([0.25, 0.0, 0.0, 0.75]), 0.25),
        (np.array([0.25, 0.0, 0.75, 0.0]), 0.875),
        (np.array([0.25, 0.125, 0.625]), 0.125),  # a single one exceeds u before the likeliest
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
            "TypeError: only 0-dimensional arrays can be converted",
            "return a single index: `int(...)` of a number, not of an array.",
        ),
        (
            "IndexError: index -1 is out of bounds",
            "the list is empty: `u` may be smaller than the first running sum.",
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
    "with probability 0. The running sum must exceed u: `>` and not `>=`, or "
    "`np.searchsorted` with `side='right'`."
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
    "u is compared with the probabilities themselves instead of their running sum, and where none "
    "of them exceeds u, nothing comes back. Lay them end to end on a line from 0 to 1."
)
def _no_cumsum_and_none(row, u):
    return next((i for i, p in enumerate(row) if p > u), None)


@next_symbol.misconception(
    "This is one too far: the number of steps that u has passed already is the index of the next."
)
def _one_too_far(row, u):
    return int(np.argmax(np.cumsum(row) > u)) + 1


@next_symbol.misconception(
    "Each step ends where it should begin: the running sum up to a symbol must hold the symbol's "
    "own probability, and yours leaves it out."
)
def _without_its_own(row, u):
    return int(np.argmax(np.cumsum(row) - row > u))


@next_symbol.misconception(
    "This is one too early: the symbol before, whose step u has passed already. The first index "
    "whose running sum exceeds u is wanted."
)
def _one_too_early(row, u):
    return int(np.argmax(np.cumsum(row) > u)) - 1


@next_symbol.misconception(
    "The probabilities were sorted first, so the index belongs to the sorted row and not to a "
    "symbol. The steps may stand in any order: keep the row's own."
)
def _sorted(row, u):
    return int(np.argmax(np.cumsum(np.sort(row)[::-1]) > u))


@next_symbol.misconception(
    "The probabilities were sorted first, from small to large, so the index belongs to the sorted "
    "row and not to a symbol. Keep the row's own order."
)
def _sorted_upwards(row, u):
    return int(np.argmax(np.cumsum(np.sort(row)) > u))


@next_symbol.misconception(
    "The result is 0, whatever u is. `np.argmax` of booleans finds the first True: it must be "
    "True where the running sum is greater than u, not where it is smaller."
)
def _always_the_first(row, u):
    return 0


@next_symbol.misconception(
    "This is the step whose end lies nearest to u. Near isn't the same as on it: u belongs to the "
    "step that begins at or below u and ends above."
)
def _nearest_end(row, u):
    return int(np.argmin(np.abs(np.cumsum(row) - u)))

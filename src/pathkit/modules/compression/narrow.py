"""Narrow the interval."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


def row(rng: np.random.Generator, size: int) -> list[int]:
    return rng.integers(1, 30, size=size).tolist()


@exercise(
    title="Narrow the interval",
    level="medium",
    minutes=10,
    prompt="""
        The interval begins at `low` and is `width` long. Cut it into `sum(frequencies)` strips and
        return the part of `symbol`, counted in the new, finer unit.
        """,
    probes=lambda rng: [
        (0, 1, [2, 1, 1], 0),
        (0, 2, [2, 1, 1], 1),
        (5, 3, [4, 1, 2], 2),
        (7, 11, row(rng, 5), 3),
        (13, 6, row(rng, 4), 0),
        (9, 4, [3, 0, 6], 2),
        (10**40 + 7, 10**38 + 3, row(rng, 6), 4),
        (4, 3, [2, 2, 1, 2], 3),
    ],
    hints=[
        "The new unit is `sum(frequencies)` times smaller. How many of them is the old `low`?",
        """
        1. The old start in new units: `low` times the sum of all frequencies.
        2. Skip the strips of earlier symbols. Each of the `sum(frequencies)` strips is `width`
           new units long.
        3. The new width: `width` times this symbol's frequency.
        """,
        "`return low * sum(frequencies) + width * sum(frequencies[:___]), width * ___`",
    ],
    errors=[
        (
            "TypeError: unsupported operand type(s) for +: 'int' and 'list'",
            "`frequencies[:symbol]` is a list; its sum is the number of strips to skip.",
        ),
        (
            "OverflowError: Python int too large",
            "NumPy's integers end at 2^63; Python's lists and `sum` don't.",
        ),
        ("IndexError: list index out of range", "symbols are numbered from 0."),
    ],
    passed="The unit gets finer, and nothing is ever rounded. That is why the coder is exact.",
)
def narrow(low: int, width: int, frequencies: list[int], symbol: int) -> tuple[int, int]:
    """One step of the arithmetic encoder, in exact integers (Witten, Neal and Cleary 1987).

    low, width: the interval [low, low + width); frequencies: one integer for each symbol.
    Returns (low, width) of the symbol's part, in a unit that is sum(frequencies) times smaller.
    """
    below = sum(frequencies[:symbol])
    return low * sum(frequencies) + width * below, width * frequencies[symbol]


@narrow.misconception(
    "This `low` is where the symbol's part ends. Its part begins after the strips of the symbols "
    "before it: `frequencies[:symbol]`."
)
def _inclusive(low, width, frequencies, symbol):
    total, below = sum(frequencies), sum(frequencies[: symbol + 1])
    return low * total + width * below, width * frequencies[symbol]


@narrow.misconception(
    "`low` still counts in the old, coarse unit, while what you add to it is in the new one. "
    "Multiply it by the sum of the frequencies first."
)
def _not_rescaled(low, width, frequencies, symbol):
    return low + width * sum(frequencies[:symbol]), width * frequencies[symbol]


@narrow.misconception(
    "`low` moved by strips of the new width. The strips to skip are those of the old interval, "
    "`width` long before it is narrowed: work out `low` first."
)
def _width_first(low, width, frequencies, symbol):
    total, below = sum(frequencies), sum(frequencies[:symbol])
    width = width * frequencies[symbol]
    return low * total + width * below, width


@narrow.misconception(
    "`low` moved by one unit for each strip. The interval is `width` units long, and so is each of "
    "its strips after the refinement: multiply by `width`."
)
def _unit_strips(low, width, frequencies, symbol):
    return low * sum(frequencies) + sum(frequencies[:symbol]), width * frequencies[symbol]


@narrow.misconception(
    "Both numbers still count in the old unit, rounded down. After a few symbols the width is 0 "
    "and everything is lost: refine the unit and multiply."
)
def _divides(low, width, frequencies, symbol):
    total = sum(frequencies)
    below = sum(frequencies[:symbol])
    return low + width * below // total, width * frequencies[symbol] // total


@narrow.misconception(
    "Both numbers still count in the old unit, so they have fractions. Floats hold some 16 digits, "
    "and a text needs thousands: return both in the finer unit, where nothing is divided."
)
def _divides_as_floats(low, width, frequencies, symbol):
    total, below = sum(frequencies), sum(frequencies[:symbol])
    return low + width * below / total, width * frequencies[symbol] / total


@narrow.misconception(
    "The width is still that of the whole interval. The symbol's part has as many strips as its "
    "frequency says, each `width` new units long."
)
def _keeps_the_width(low, width, frequencies, symbol):
    total, below = sum(frequencies), sum(frequencies[:symbol])
    return low * total + width * below, width


@narrow.misconception(
    "The width ends at the symbol but begins at the interval's start. The part of `symbol` alone "
    "is `width` times its own frequency, without the strips before it."
)
def _width_from_the_start(low, width, frequencies, symbol):
    total, below = sum(frequencies), sum(frequencies[:symbol])
    return low * total + width * below, width * sum(frequencies[: symbol + 1])


@narrow.misconception(
    "The second number is the interval's end. Return its width: two integers are enough, and the "
    "end is their sum."
)
def _returns_end(low, width, frequencies, symbol):
    low, width = narrow(low, width, frequencies, symbol)
    return low, low + width

"""How fast each hand turns."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


@exercise(
    title="How fast each hand turns",
    level="easy",
    minutes=5,
    prompt="""
        Return the `d / 2` speeds of the hands, in radians for each position: hand number *i*
        turns by $\\text{base}^{-2i/d}$. The first is 1, each next one is slower.
        """,
    probes=lambda rng: [
        (4, 10000.0),
        (8, 100.0),
        (2, 50.0),
        (6, 2.0),
        (2 * int(rng.integers(5, 9)), float(rng.uniform(5, 500))),
    ],
    hints=[
        "How many hands are there for d = 8, and what are their numbers?",
        """
        1. `i`: 0, 1, … up to d / 2 - 1, from `np.arange`.
        2. The exponents: minus 2 i / d.
        3. `base ** exponents` computes all of them at once.
        """,
        "`return base ** (-2 * np.arange(d // 2) / ___)`",
    ],
    errors=[
        (
            "ValueError: Integers to negative integer powers",
            "`base` and the exponents must be floats: a division by `d` makes them so.",
        ),
    ],
    # The width is even, so both divisions give the same.
    equivalents=["i = np.arange(d / 2)"],
    passed="Fast hands tell neighbours apart, slow ones tell chapters apart.",
)
def frequencies(d: int, base: float) -> np.ndarray:
    """The speed of each pair of columns, in radians for each position.

    d: width of the code, even; base: how much slower the slowest may be, 10,000 in the paper.
    Returns (d / 2,) floats, the fastest first (Vaswani et al. 2017, section 3.5).
    """
    i = np.arange(d // 2)  # (d / 2,)
    return base ** (-2 * i / d)


@frequencies.misconception(
    "These are the wavelengths over 2π: they grow. A speed is the reciprocal, so the exponent is "
    "negative and later hands are slower."
)
def _wavelengths(d, base):
    return base ** (2 * np.arange(d // 2) / d)


@frequencies.misconception(
    "The factor 2 is missing in the exponent. The hands then reach only the root of the base: half "
    "of the range of speeds is never used."
)
def _without_two(d, base):
    return base ** (-np.arange(d // 2) / d)


@frequencies.misconception(
    "There are d speeds, one for each column. Two columns, the sine and the cosine, share one "
    "hand, so there are d / 2."
)
def _one_a_column(d, base):
    return base ** (-2 * np.arange(d) / d)


@frequencies.misconception(
    "The hands are numbered 0, 2, 4, … and doubled once more. The 2 in the exponent makes the even "
    "column number already: i itself runs 0, 1, 2, …"
)
def _doubled_twice(d, base):
    return base ** (-2 * np.arange(0, d, 2) / d)


@frequencies.misconception(
    "The hands are counted from 1, so the fastest is missing. The first exponent is 0, and the "
    "first speed is 1 radian for each word."
)
def _from_one(d, base):
    return base ** (-2 * np.arange(1, d // 2 + 1) / d)


@frequencies.misconception(
    "The speeds fall by equal amounts. They should fall by equal factors, as those of second, "
    "minute and hour hands do: a power, not a straight line."
)
def _linear(d, base):
    return np.linspace(1, 1 / base, d // 2)

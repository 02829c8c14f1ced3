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
            "TypeError: unsupported operand type(s) for *: 'int' and 'range'",
            "`range` is no array: `np.arange(d // 2)` can be multiplied and divided.",
        ),
        (
            "TypeError: unsupported operand type(s) for ** or pow(): 'float' and 'list'",
            "a list can't be an exponent: make it an array, `np.array(exponents)`.",
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
    "The exponents are -4i/d, twice what they should be. Either i runs 0, 2, 4, … and is doubled "
    "once more, or the number of hands stands where d should: -2i/d with i = 0, 1, 2, …"
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


@frequencies.misconception(
    "The last hand is as slow as the base: the exponents were spread so that the last one is -1. "
    "In the formula they are -2i/d, so the last is -(d - 2)/d, a little above -1."
)
def _reaches_the_base(d, base):
    return np.geomspace(1, 1 / base, d // 2)


@frequencies.misconception(
    "These are 2π times too large. The formula gives radians for each position as they are; 2π "
    "enters only when you ask after how many positions a hand has come round."
)
def _times_two_pi(d, base):
    return 2 * np.pi * base ** (-2 * np.arange(d // 2) / d)


@frequencies.misconception(
    "Every speed stands here twice, once for each column. Two columns share one hand, so d / 2 "
    "speeds are asked for."
)
def _each_twice(d, base):
    return np.repeat(base ** (-2 * np.arange(d // 2) / d), 2)


@frequencies.misconception(
    "The slowest hand comes first. Hand 0 is the fastest: its exponent is 0, its speed 1."
)
def _slowest_first(d, base):
    return base ** (-2 * np.arange(d // 2) / d)[::-1]


@frequencies.misconception(
    "The exponents are whole numbers: // cuts off what follows the point. -2i/d lies between -1 "
    "and 0, so divide with /."
)
def _whole_exponents(d, base):
    return base ** (-2 * np.arange(d // 2) // d).astype(float)


@frequencies.misconception(
    "The speeds are those of base 10,000, whatever base was given. The lesson tries other bases "
    "later: take the power of `base`."
)
def _fixed_base(d, base):
    return 10_000.0 ** (-2 * np.arange(d // 2) / d)


@frequencies.misconception(
    "The speeds are powers of e = 2.718, whatever base was given. The power is taken of `base`: "
    "base ** exponent."
)
def _powers_of_e(d, base):
    return np.exp(-2 * np.arange(d // 2) / d)

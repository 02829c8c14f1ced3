"""Measure a gradient."""

from __future__ import annotations

import numpy as np

from pathkit.checks.compare import Tolerance
from pathkit.checks.exercise import exercise


def _bowl(x: np.ndarray) -> float:
    return float((x**2 * np.arange(1, x.size + 1).reshape(x.shape)).sum())


def _cubic(x: np.ndarray) -> float:
    return float((x**3).sum() + 2 * x.prod())


@exercise(
    title="Measure a gradient",
    level="medium",
    minutes=8,
    prompt="""
        Nudge one entry of `x` up by `h`, then down by `h`, and see how much `f` changes from one
        to the other. Divide by the distance, 2h. Do so for each entry alone, and leave `x` as
        it is.
        """,
    probes=lambda rng: [
        (_cubic, np.array([2.0]), 0.1),
        (_cubic, np.array([1.0, -2.0, 0.5])),
        (_bowl, rng.normal(size=(2, 3)), 0.05),
        (_cubic, rng.normal(size=(3, 2)), 0.2),
        (_bowl, rng.normal(size=(2, 1, 2)), 1e-3),
        (_bowl, np.array([[0.0, -0.3, 0.7], [5.0, 0.0, -40.1]]), 0.1),
    ],
    hints=[
        "To see the effect of one entry, what must all others do? And after you have measured it?",
        """
        1. `slopes`: zeros of the same shape as `x`.
        2. `for i in np.ndindex(x.shape)` gives every index, for any number of axes.
        3. Inside the loop: two copies of `x`, one with `h` more at `i`, one with `h` less.
        """,
        "`slopes[i] = (f(up) - f(___)) / (2 * ___)`",
    ],
    errors=[
        (
            "IndexError: too many indices",
            "`x` may have one axis or several: loop over `np.ndindex(x.shape)`.",
        ),
        (
            "IndexError: only integers, slices",
            "`for i in x` gives entries or rows; indices come from `np.ndindex(x.shape)`.",
        ),
        (
            "TypeError: 'tuple' object cannot be interpreted as an integer",
            "`x.shape` holds a length for each axis: `np.ndindex(x.shape)`, not `range`.",
        ),
    ],
    tolerance=Tolerance(relative=1e-6, absolute=1e-8),  # differences of numbers lose digits
    # A nudge of 1.5e-5 measures as well as 1e-5; and `slopes` has the shape of x.
    equivalents=[
        "def numeric_gradient(f, x: np.ndarray, h: float=1.5000000000000002e-05) -> np.ndarray:",
        "for i in np.ndindex(slopes.shape):",
    ],
    passed="It knows nothing about your formula: a witness that can't share its mistake.",
)
def numeric_gradient(f, x: np.ndarray, h: float = 1e-5) -> np.ndarray:
    """The gradient of f at x, measured by central differences.

    f: takes an array of the shape of x and returns a number; x: floats of any shape; h: nudge.
    Returns the slopes in the shape of x; x is not changed.
    """
    slopes = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        slopes[i] = (f(up) - f(down)) / (2 * h)
    return slopes


def _one_by_one(x, slope_at):
    slopes = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        nudge = np.zeros_like(x)
        nudge[i] = 1.0
        slopes[i] = slope_at(nudge)
    return slopes


@numeric_gradient.misconception(
    "This nudges upwards only. One side is off by about h times half the bend of f; up and down "
    "together cancel that, and the error shrinks with h squared."
)
def _one_sided(f, x, h=1e-5):
    return _one_by_one(x, lambda nudge: (f(x + h * nudge) - f(x)) / h)


@numeric_gradient.misconception(
    "From h below to h above is a distance of 2h, and you divided by h. Every slope comes out "
    "twice as steep as it is."
)
def _divides_by_h(f, x, h=1e-5):
    return _one_by_one(x, lambda nudge: (f(x + h * nudge) - f(x - h * nudge)) / h)


@numeric_gradient.misconception(
    "The difference isn't divided by the distance. It says how much f changed, not how fast: "
    "divide by 2h."
)
def _not_divided_by_distance(f, x, h=1e-5):
    return _one_by_one(x, lambda nudge: f(x + h * nudge) - f(x - h * nudge))


@numeric_gradient.misconception(
    "All entries were nudged together, so each slope is the same sum. A gradient has a slope for "
    "each entry while the others stand still: loop over the entries."
)
def _all_together(f, x, h=1e-5):
    return np.full_like(x, (f(x + h) - f(x - h)) / (2 * h))


@numeric_gradient.misconception(
    "A single number came back: how f reacts when all entries move together. A gradient has a "
    "slope for each entry while the others stand still: loop over the entries."
)
def _one_number(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)


@numeric_gradient.misconception(
    "This measures downwards only. One side is off by about h times half the bend of f; up and "
    "down together cancel that, and the error shrinks with h squared."
)
def _from_below(f, x, h=1e-5):
    return _one_by_one(x, lambda nudge: (f(x) - f(x - h * nudge)) / h)


@numeric_gradient.misconception(
    "Every slope is too small by h²: divided by 2, then multiplied by h. `a / 2 * h` does that, "
    "from left to right; brackets keep the distance together, `a / (2 * h)`."
)
def _brackets(f, x, h=1e-5):
    return _one_by_one(x, lambda nudge: (f(x + h * nudge) - f(x - h * nudge)) / 2 * h)


@numeric_gradient.misconception(
    "The difference was halved, and h isn't in it. It says how much f changed, not how fast: the "
    "distance from below to above is 2h, so divide by both."
)
def _halved(f, x, h=1e-5):
    return _one_by_one(x, lambda nudge: (f(x + h * nudge) - f(x - h * nudge)) / 2)


@numeric_gradient.misconception(
    "Every slope has the wrong sign: down minus up. A slope is positive where f grows, so what "
    "lies above comes first."
)
def _down_minus_up(f, x, h=1e-5):
    return _one_by_one(x, lambda nudge: (f(x - h * nudge) - f(x + h * nudge)) / (2 * h))


@numeric_gradient.misconception(
    "The nudge h isn't the one that was given: the slopes are those of a tiny one. Use the `h` "
    "that the function is called with; below you will try forty of them."
)
def _own_nudge(f, x, h=1e-5):
    return numeric_gradient.reference(f, x, 1e-5)

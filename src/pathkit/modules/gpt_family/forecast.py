"""A line, and how far to trust it."""

from __future__ import annotations

import math

import numpy as np

from pathkit.checks.exercise import exercise


def _points(rng, n: int, t: float) -> tuple:
    x = rng.uniform(-3, 9, size=n)
    at = float(rng.uniform(8, 15))
    return x, 0.4 * x - 2 + rng.normal(size=n), at, t


@exercise(
    title="A line, and how far to trust it",
    level="hard",
    minutes=12,
    prompt="""
        Fit the line of least squares to the points and read it at `at`. With $s$ from the squared
        distances $r_i^2$ to the line, $s = \\sqrt{\\sum r_i^2 / (n - 2)}$, half the interval is
        $t \\, s \\sqrt{1 + \\frac1n + (at - \\bar x)^2 / \\sum (x_i - \\bar x)^2}$.
        """,
    probes=lambda rng: [
        (np.array([0.0, 1.0, 2.0, 3.0]), np.array([1.0, 2.0, 2.0, 4.0]), 6.0, 4.303),
        (np.array([2.0, 5.0, 3.0]), np.array([0.3, 0.1, 0.6]), 3.0, 12.706),
        _points(rng, 5, 3.182),
        _points(rng, 9, 2.0),
        (np.array([1.0, 2.0, 4.0, 8.0]), np.array([9.0, 7.5, 7.0, 1.0]), -2.0, 4.303),
    ],
    hints=[
        "`np.polyfit(x, y, 1)` gives two numbers. Which of them is the slope?",
        """
        1. `slope, intercept = np.polyfit(x, y, 1)`; the estimate is the line at `at`.
        2. Distances `y - (slope * x + intercept)`: square, add, divide by n − 2, take the root.
        3. The spread of `x` is a sum of squares, not a mean.
        4. `half = t * s * sqrt(1 + 1 / n + ...)`.
        """,
        "`s = np.sqrt(np.sum((y - slope * x - intercept) ** 2) / (len(x) - ___))`",
    ],
    errors=[
        (
            "TypeError: only",
            "`math.sqrt` takes one number: use `np.sum` first, or `np.sqrt`.",
        ),
        (
            "ValueError: not enough values to unpack",
            "`np.polyfit(x, y, 1)` gives two numbers, slope and intercept; compute `s` yourself.",
        ),
    ],
    # There are as many y as x, and a square has no sign.
    equivalents=[
        "s = math.sqrt(np.sum((y - slope * x - intercept) ** 2) / (len(y) - 2))",
        "half = t * s * math.sqrt(1 + 1 / len(y) + (at - np.mean(x)) ** 2 / spread)",
        "s = math.sqrt(np.sum((intercept - (y - slope * x)) ** 2) / (len(x) - 2))",
        "spread = np.sum((np.mean(x) - x) ** 2)",
        "half = t * s * math.sqrt(1 + 1 / len(x) + (np.mean(x) - at) ** 2 / spread)",
    ],
    passed="The interval grows with the distance, and it still believes in the line.",
)
def forecast(x: np.ndarray, y: np.ndarray, at: float, t: float) -> tuple[float, float]:
    """What a straight line says at a new place, and half the width of its interval.

    x, y: (n,), n at least 3, x not all equal; at: the new x; t: how many standard errors the
    interval reaches to each side (for 95% and n = 4 it is 4.303). Returns (estimate, half).
    """
    slope, intercept = np.polyfit(x, y, 1)
    s = math.sqrt(np.sum((y - slope * x - intercept) ** 2) / (len(x) - 2))
    spread = np.sum((x - np.mean(x)) ** 2)
    half = t * s * math.sqrt(1 + 1 / len(x) + (at - np.mean(x)) ** 2 / spread)
    return slope * at + intercept, half


def _with_half(x, y, at, t, one=1.0, less=2, distance=1.0, root=True):
    """The reference's estimate, with parts of the interval changed."""
    slope, intercept = np.polyfit(x, y, 1)
    squares, spread = np.sum((y - slope * x - intercept) ** 2), np.sum((x - x.mean()) ** 2)
    inside = one + 1 / len(x) + distance * (at - x.mean()) ** 2 / spread
    s = np.sqrt(squares / (len(x) - less))
    return slope * at + intercept, t * s * (np.sqrt(inside) if root else inside)


@forecast.misconception(
    "The 1 below the root is missing. Without it the interval is for the line itself; a new point "
    "scatters around the line as the old ones do, and the 1 stands for that."
)
def _of_the_line(x, y, at, t):
    return _with_half(x, y, at, t, one=0.0)


@forecast.misconception(
    "The squared distances are divided by n. The line used up two numbers, slope and intercept, to "
    "come close to the points: divide by n − 2."
)
def _divided_by_n(x, y, at, t):
    return _with_half(x, y, at, t, less=0)


@forecast.spelling(_divided_by_n)
def _divided_by_n_less_1(x, y, at, t):
    return _with_half(x, y, at, t, less=1)


@forecast.misconception(
    "The interval is as wide far away as among the points. A slope that is a little off is far off "
    "at a distance: add (at − mean)² over the spread of x."
)
def _same_everywhere(x, y, at, t):
    return _with_half(x, y, at, t, distance=0.0)


@forecast.misconception(
    "The spread of x is a mean of squares here. The formula has their sum, so the distance counts "
    "n times too much."
)
def _mean_for_sum(x, y, at, t):
    return _with_half(x, y, at, t, distance=float(len(x)))


@forecast.misconception(
    "The root over 1 + 1/n + … is missing. Variances add up; their root is what is measured in the "
    "unit of y."
)
def _no_root(x, y, at, t):
    return _with_half(x, y, at, t, root=False)


@forecast.misconception(
    "Always 1.96 standard errors. That holds for many points; four of them leave two to judge the "
    "noise by, so the interval must be wider. Use the t that is given."
)
def _always_two(x, y, at, t):
    return _with_half(x, y, at, 1.96)


@forecast.misconception(
    "The whole width came back. Half of it is asked for, what is added to the estimate and taken "
    "from it."
)
def _whole_width(x, y, at, t):
    estimate, half = forecast.reference(x, y, at, t)
    return estimate, 2 * half


@forecast.misconception(
    "Slope and intercept are exchanged. `np.polyfit` gives the highest power first, so for a line "
    "the slope comes first."
)
def _exchanged_line(x, y, at, t):
    intercept, slope = np.polyfit(x, y, 1)
    s = np.sqrt(np.sum((y - slope * x - intercept) ** 2) / (len(x) - 2))
    half = t * s * np.sqrt(1 + 1 / len(x) + (at - x.mean()) ** 2 / np.sum((x - x.mean()) ** 2))
    return slope * at + intercept, half


@forecast.misconception(
    "These are the two ends of the interval. Return the estimate and half the width; the ends "
    "follow from them."
)
def _two_ends(x, y, at, t):
    estimate, half = forecast.reference(x, y, at, t)
    return estimate - half, estimate + half

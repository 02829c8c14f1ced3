"""A power law from points."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


def _falling(rng, n: int, A: float, alpha: float, noise: float = 0.1) -> tuple:
    x = np.exp(rng.uniform(0.5, 6, size=n))
    return x, A * x**-alpha * np.exp(noise * rng.normal(size=n))


@exercise(
    title="A power law from points",
    level="easy",
    minutes=5,
    prompt="""
        Find $A$ and $\\alpha$ of $y = A\\,x^{-\\alpha}$: in logarithms this is a straight line. Fit
        the line of least squares to $\\ln y$ against $\\ln x$.
        """,
    probes=lambda rng: [
        (np.array([1.0, 10.0, 100.0]), np.array([8.0, 4.0, 2.0])),
        (np.array([2.0, 3.0, 5.0, 5.0, 9.0]), np.array([0.9, 0.5, 0.31, 0.29, 0.2])),
        _falling(rng, 7, 3.0, 0.5),
        _falling(rng, 12, 0.02, 1.3),
        _falling(rng, 4, 500.0, 0.076, 0.02),
        (np.array([7.0, 70.0]), np.array([0.25, 0.5])),
    ],
    hints=[
        "Take the logarithm of $A\\,x^{-\\alpha}$. What is the slope of the line, what its height?",
        """
        1. `np.polyfit(np.log(x), np.log(y), 1)` gives the slope, then the height at 0.
        2. $\\alpha$ is minus the slope.
        3. The height is $\\ln A$: undo the logarithm.
        """,
        "`slope, height = np.polyfit(np.log(x), np.log(y), 1)`, then `return np.exp(___), -slope`",
    ],
    errors=[
        (
            "TypeError: only",
            "`math.log` takes one number, `np.log` a whole array.",
        ),
    ],
    passed="A straight line on two logarithmic axes, and two numbers that say all of it.",
)
def power_law(x: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """The A and alpha of y = A x**-alpha, by least squares in logarithms.

    x, y: (n,), positive, n at least 2, x not all equal. Returns (A, alpha); alpha is positive
    where y falls.
    """
    slope, height = np.polyfit(np.log(x), np.log(y), 1)
    return np.exp(height), -slope


@power_law.misconception(
    "The exponent has the wrong sign. The formula has x to the power of minus alpha, so alpha is "
    "minus the slope and is positive where y falls."
)
def _sign(x, y):
    slope, height = np.polyfit(np.log(x), np.log(y), 1)
    return np.exp(height), slope


@power_law.misconception(
    "A is still a logarithm. The line's height at ln x = 0 is ln A: take `np.exp` of it."
)
def _log_of_A(x, y):
    slope, height = np.polyfit(np.log(x), np.log(y), 1)
    return height, -slope


@power_law.misconception(
    "A straight line through the points themselves. A power law is straight only if both axes are "
    "logarithmic: take the log of x and of y first."
)
def _no_logs(x, y):
    slope, height = np.polyfit(x, y, 1)
    return height, -slope


@power_law.spelling(_no_logs)
def _no_logs_but_exp(x, y):
    slope, height = np.polyfit(x, y, 1)
    with np.errstate(over="ignore"):
        return np.exp(height), -slope


@power_law.misconception(
    "Only y was taken in logarithms. That line belongs to an exponential, which halves at equal "
    "steps of x; a power law halves at equal factors of x."
)
def _only_log_y(x, y):
    slope, height = np.polyfit(x, np.log(y), 1)
    return np.exp(height), -slope


@power_law.misconception(
    "Only x was taken in logarithms. Then A and alpha are no factor and no exponent: take the log "
    "of y as well."
)
def _only_log_x(x, y):
    slope, height = np.polyfit(np.log(x), y, 1)
    return height, -slope


@power_law.spelling(_only_log_x)
def _only_log_x_but_exp(x, y):
    slope, height = np.polyfit(np.log(x), y, 1)
    return np.exp(height), -slope


@power_law.misconception(
    "The logarithms have base 10, and A was had back with base e. Use the same base both ways: "
    "`np.log` and `np.exp`, or `np.log10` and `10**`."
)
def _two_bases(x, y):
    slope, height = np.polyfit(np.log10(x), np.log10(y), 1)
    return np.exp(height), -slope


@power_law.misconception(
    "The two are exchanged. `np.polyfit` gives the highest power first: the slope, then the height."
)
def _exchanged(x, y):
    A, alpha = power_law.reference(x, y)
    return alpha, A


@power_law.spelling(_exchanged)
def _exchanged_line(x, y):
    height, slope = np.polyfit(np.log(x), np.log(y), 1)
    return np.exp(height), -slope


@power_law.misconception(
    "The line goes through the first and the last point and ignores the others. Their noise then "
    "decides everything: fit all points by least squares."
)
def _ends_only(x, y):
    alpha = -np.log(y[-1] / y[0]) / np.log(x[-1] / x[0])
    return y[0] * x[0] ** alpha, alpha


@power_law.misconception(
    "x and y are exchanged in the fit, so this is x as a power of y. `np.polyfit` takes the x "
    "first."
)
def _axes_exchanged(x, y):
    slope, height = np.polyfit(np.log(y), np.log(x), 1)
    return np.exp(height), -slope

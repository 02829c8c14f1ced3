"""The bottom of a valley."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


def _bowl(rng, n: int, at: float, noise: float = 0.01) -> tuple:
    sizes = np.exp(rng.uniform(-2, 2, size=n)) * at
    u = np.log(sizes / at)
    return sizes, 3 + 0.1 * u**2 + noise * rng.normal(size=n)


@exercise(
    title="The bottom of a valley",
    level="medium",
    minutes=5,
    prompt="""
        One compute budget, several sizes of model, one loss each. Fit a parabola to the losses
        against $\\ln N$ and return the size $N$ at its lowest place.
        """,
    probes=lambda rng: [
        (np.array([1.0, 10.0, 100.0]), np.array([4.0, 3.0, 3.5])),
        (np.array([500.0, 1000.0, 2000.0, 4000.0]), np.array([3.7, 3.5, 3.45, 3.6])),
        _bowl(rng, 7, 3000.0),
        _bowl(rng, 5, 0.4),
        _bowl(rng, 12, 2e9, 0.02),
        (np.array([8.0, 2.0, 4.0]), np.array([2.5, 2.2, 2.0])),
    ],
    hints=[
        "Where is $a u^2 + b u + c$ lowest, if $a$ is positive? And which number is $u$ here?",
        """
        1. `np.polyfit(np.log(sizes), losses, 2)` gives $a$, $b$ and $c$.
        2. The lowest place is $u = -b / (2a)$.
        3. $u$ is a logarithm of a size: undo it.
        """,
        "`a, b, c = np.polyfit(np.log(sizes), losses, 2)`, then `return np.exp(-b / ___)`",
    ],
    errors=[
        (
            "ValueError: too many values to unpack",
            "a parabola has three numbers: `a, b, c = np.polyfit(…, 2)`.",
        ),
    ],
    passed="The best size needn't be among those that you trained.",
)
def valley(sizes: np.ndarray, losses: np.ndarray) -> float:
    """The size at the lowest place of a parabola through losses against ln(size).

    sizes, losses: (n,), n at least 3, sizes all different and in any order.
    """
    a, b, c = np.polyfit(np.log(sizes), losses, 2)
    return np.exp(-b / (2 * a))


@valley.misconception(
    "The parabola was fitted against the size itself. Sizes double from model to model, and the "
    "valley is even on both sides only in ln N: take the logarithm first."
)
def _no_log(sizes, losses):
    a, b, c = np.polyfit(sizes, losses, 2)
    return -b / (2 * a)


@valley.misconception(
    "This is the best size that was trained. The bottom lies between the trained ones, and one "
    "lucky run moves this answer by a whole step: fit a parabola through all of them."
)
def _best_trained(sizes, losses):
    return sizes[np.argmin(losses)]


@valley.spelling(_best_trained)
def _lowest_of_the_curve(sizes, losses):
    u = np.log(sizes)
    return sizes[np.argmin(np.polyval(np.polyfit(u, losses, 2), u))]


@valley.misconception(
    "This is the logarithm of the size. The parabola is in ln N, and so is its lowest place: take "
    "`np.exp` of it."
)
def _still_log(sizes, losses):
    return np.log(valley.reference(sizes, losses))


@valley.misconception(
    "The slope of a u² + b u + c is 2 a u + b, with a factor 2 from the square. It is zero at "
    "-b / (2a); your place lacks the 2."
)
def _no_two(sizes, losses):
    a, b, c = np.polyfit(np.log(sizes), losses, 2)
    return np.exp(-b / a)


@valley.misconception(
    "`-b / 2 * a` divides by 2 and then multiplies by a. Put parentheses around what you divide "
    "by: `-b / (2 * a)`."
)
def _parentheses(sizes, losses):
    a, b, c = np.polyfit(np.log(sizes), losses, 2)
    return np.exp(-b / 2 * a)


@valley.misconception(
    "The sign of the place is wrong: the slope 2 a u + b is zero where u is minus b / (2a)."
)
def _sign(sizes, losses):
    return 1 / valley.reference(sizes, losses)


@valley.misconception(
    "The parabola's numbers were taken in rising order. `np.polyfit` gives the highest power "
    "first: a, then b, then c."
)
def _rising_order(sizes, losses):
    c, b, a = np.polyfit(np.log(sizes), losses, 2)
    with np.errstate(all="ignore"):
        return np.exp(-b / (2 * a))


@valley.misconception(
    "This is the loss at the bottom. The size that has it is asked for: the exponential of the "
    "lowest place."
)
def _its_loss(sizes, losses):
    a, b, c = np.polyfit(np.log(sizes), losses, 2)
    return c - b**2 / (4 * a)


@valley.misconception(
    "The logarithms have base 10, and the size was had back with base e. Use the same base both "
    "ways: `np.log` and `np.exp`."
)
def _two_bases(sizes, losses):
    return np.exp(np.log10(valley.reference(sizes, losses)))


@valley.misconception(
    "The losses were taken in logarithms, too. That bends the parabola a little; here only the "
    "sizes are counted by factors."
)
def _log_of_losses(sizes, losses):
    a, b, c = np.polyfit(np.log(sizes), np.log(losses), 2)
    return np.exp(-b / (2 * a))

"""What gets through unchanged?"""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .norm_backward import normed


def _column(value) -> np.ndarray | None:
    try:
        column = np.array(value, dtype=float)
    except (TypeError, ValueError):
        return None
    good = column.ndim == 1 and 3 <= len(column) <= 8 and np.isfinite(column).all()
    return column if good else None


def _gets_through(value) -> str | None:
    if not isinstance(value, tuple | list | np.ndarray) or len(value) != 2:
        return "Two lists are expected: z and d."
    z, d = map(_column, value)
    if z is None or d is None or len(z) != len(d):
        return "z and d are lists of three to eight numbers, both of the same length."
    if np.ptp(z) <= 1e-9 * np.abs(z).max():
        return "All of z is equal, or nearly: there is no spread to divide by. Let z vary."
    if not d.any():
        return "Nothing comes from above: with d = 0 every backward pass is right. Let d vary."
    inv, zhat = normed(z, 0.0)
    level, slope = d.mean(), (d * zhat).mean()
    if not (np.isfinite(zhat).all() and np.isfinite(level) and np.isfinite(slope)):
        return "These numbers are too large or too close together to compute with: take tame ones."
    if abs(level) > 1e-9 * np.abs(d).max():
        return (
            f"The mean of d is {level:.3g}, and BatchNorm removes it: the road through the mean "
            "is felt. Choose d so that it sums to 0."
        )
    if abs(slope) > 1e-9 * np.abs(d).max():
        return (
            f"The mean of d·zhat is {slope:.3g}, and BatchNorm removes that part: d rises or falls "
            "with z. Choose d so that large and small z get the same on average."
        )
    return None


@exercise(
    title="What gets through unchanged?",
    level="medium",
    minutes=6,
    prompt="""
        Somebody forgets that mean and variance depend on `z`, and sends back `d / std`. Give `z`
        and `d`, not all 0, on which this is right all the same: the test that misses the bug.
        """,
    probes=lambda rng: [()],
    drive=lambda answer: answer,
    accept=_gets_through,
    is_value=True,
    hints=[
        "Which two numbers does the full formula subtract? When are both 0?",
        """
        `d` must sum to 0, and so must `d * z`. Take two examples with the same large z and two with
        the same small z. What may d be within such a pair?
        """,
        "`gets_through = [1, 1, -1, -1], [1, ___, 1, ___]`",
    ],
    errors=[
        (
            "TypeError: list indices must be integers or slices",
            "a comma is missing between the two lists: `[…], […]`.",
        ),
    ],
    passed="One lucky test proves nothing. That is why checks draw random numbers.",
)
def gets_through() -> tuple[list[float], list[float]]:
    """Two lists, z and d, of the same length from three to eight."""
    return [1.0, 1.0, -1.0, -1.0], [1.0, -1.0, 1.0, -1.0]


@gets_through.misconception(
    "A d that is the same for all examples asks the whole column to rise. BatchNorm subtracts the "
    "mean, so that does nothing: the right gradient is 0, the lazy one isn't."
)
def _level():
    return [1.0, 1.0, -1.0, -1.0], [1.0, 1.0, 1.0, 1.0]


@gets_through.misconception(
    "A d that grows with z asks the column to spread. BatchNorm divides by the spread, so that "
    "does nothing: the right gradient is 0, the lazy one isn't."
)
def _slope():
    return [1.0, 1.0, -1.0, -1.0], [1.0, 1.0, -1.0, -1.0]


@gets_through.misconception(
    "With d = 0 every backward pass is right, so such a test can't find any bug. Something must "
    "come from above: let d vary, with sum 0."
)
def _nothing():
    return [1.0, 1.0, -1.0, -1.0], [0.0, 0.0, 0.0, 0.0]


@gets_through.misconception(
    "A column of equal numbers has no spread, and the formula divides by it. Let z vary; what you "
    "look for is a d that doesn't vary with it."
)
def _no_spread():
    return [1.0, 1.0, 1.0, 1.0], [1.0, -1.0, 1.0, -1.0]

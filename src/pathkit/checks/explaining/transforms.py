"""What was done to the right result, or not done: turned, shifted, cut, squared, summed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from pathkit.checks.compare import Tolerance
from pathkit.checks.explaining.cases import ENOUGH, Case, agree, as_array, near

Change = Callable[[np.ndarray], np.ndarray]


def transformed(cases: Sequence[Case], tolerance: Tolerance) -> str:
    """What makes of every expected array the one that came back, in words; "" where nothing does.

    The same must hold where the answer is right: there it must change nothing.
    """
    pairs = [(as_array(c.expected), as_array(c.got), c.right) for c in cases]
    if not pairs or any(one is None or two is None for one, two, _ in pairs):
        return ""
    if any(one.shape != two.shape for one, two, _ in pairs) and all(
            _without_ones(one) == _without_ones(two) and agree(
                np.squeeze(one), np.squeeze(two), tolerance) for one, two, _ in pairs):
        return "The numbers are right, but an axis of length 1 is missing or one too many."
    longest = max(one.size for one, _, right in pairs if not right)
    for said, change in _changes():
        if said == _REVERSED and longest < 3:
            continue  # of two numbers it may as well be another choice
        if _makes(change, pairs, tolerance):
            return said
    for said, change in _changes():  # yours is the right one before the last step
        if said in _UNDONE and _makes(change, [(b, a, r) for a, b, r in pairs], tolerance):
            return _UNDONE[said]
    return ""


def _makes(change: Change, pairs: Sequence[tuple], tolerance: Tolerance) -> bool:
    told = 0  # numbers that are off in this way; one alone may be so by accident
    for one, two, right in pairs:
        try:
            with np.errstate(all="ignore"):
                made = np.asarray(change(one))
        except (ValueError, TypeError, IndexError):
            return False
        if made.dtype.kind not in "biuf" or not agree(made, two, tolerance):
            return False
        if not right:
            off = int((~near(one, two, tolerance)).sum()) if one.shape == two.shape else two.size
            told += min(off, ENOUGH) + (two.dtype.kind == "f" and off > 0)
    return told >= ENOUGH


_REVERSED = "The numbers come in reverse order."
_UNDONE = {
    f"The results are summed over axis {axis} of what is expected.":
    f"The sum over axis {axis} of your result is the right one: that sum is still to be taken."
    for axis in (0, 1, -1)
} | {
    f"The results are averaged over axis {axis} of what is expected.":
    f"The mean over axis {axis} of your result is the right one: that mean is still to be taken."
    for axis in (0, 1, -1)
} | {
    "The results are the sum of what is expected.":
    "The sum of your numbers is the right result: that sum is still to be taken.",
    "The results are the mean of what is expected.":
    "The mean of your numbers is the right result: that mean is still to be taken.",
    "Each number is the square of the right one.":
    "Each number is the square root of the right one.",
    "Each number is the exponential of the right one.":
    "Each number is the logarithm of the right one.",
}


def _changes() -> Iterator[tuple[str, Change]]:
    yield "The result is transposed: rows and columns are exchanged.", _last_two
    yield "Each number is cut to a whole one: what is behind the point is lost.", _cut
    yield "Each number is rounded to a whole one.", lambda a: np.round(_floats(a))
    yield "Each number is the right one without its sign.", lambda a: np.abs(_signed(a))
    yield "Each number is the square of the right one.", lambda a: _floats(a) ** 2
    yield "Each number is 1 divided by the right one.", lambda a: 1 / _floats(a)
    yield "Each number is 1 minus the right one.", lambda a: 1 - _floats(a)
    yield "Each number is the exponential of the right one.", lambda a: np.exp(_floats(a))
    yield "Each truth value is the other one: the condition is turned round.", _negated
    for axis, name in ((0, "The rows are"), (1, "The columns are")):
        yield f"{name} in reverse order.", _along(axis, lambda a, x: np.flip(a, x))
        yield f"{name} shifted by one place.", _along(axis, lambda a, x: np.roll(a, 1, x))
        yield f"{name} shifted by one place.", _along(axis, lambda a, x: np.roll(a, -1, x))
    yield _REVERSED, _only(1, np.flip)
    yield "The numbers are shifted by one place.", _only(1, lambda a: np.roll(a, 1))
    yield "The numbers are shifted by one place.", _only(1, lambda a: np.roll(a, -1))
    yield "The right numbers come back, but sorted.", _only(1, np.sort)
    for axis in (0, 1, -1):
        yield (f"The results are summed over axis {axis} of what is expected.",
               lambda a, x=axis: a.sum(axis=x) if a.ndim > 1 else _no())
        yield (f"The results are averaged over axis {axis} of what is expected.",
               lambda a, x=axis: a.mean(axis=x) if a.ndim > 1 and a.size else _no())
    yield "The results are the sum of what is expected.", lambda a: a.sum() if a.ndim else _no()
    yield ("The results are the mean of what is expected.",
           lambda a: a.mean() if a.ndim and a.size else _no())
    yield ("The rows sum to 1 where the numbers as they should be don't: they were divided by "
           "their sums.", lambda a: _normed(a, -1))
    yield ("The columns sum to 1 where the numbers as they should be don't: they were divided by "
           "their sums.", lambda a: _normed(a, 0))
    yield ("The upper triangle is 0, and only that is wrong.", lambda a: np.tril(a)
           if a.ndim > 1 else _no())
    yield ("The lower triangle is 0, and only that is wrong.", lambda a: np.triu(a)
           if a.ndim > 1 else _no())


def _without_ones(array: np.ndarray) -> list[int]:
    return [length for length in array.shape if length != 1]


def _no() -> np.ndarray:
    raise ValueError("doesn't apply")


def _floats(array: np.ndarray) -> np.ndarray:
    return array.astype(float) if array.dtype.kind in "iuf" else _no()


def _signed(array: np.ndarray) -> np.ndarray:
    return array if array.dtype.kind in "if" else _no()


def _cut(array: np.ndarray) -> np.ndarray:
    return np.trunc(array) if array.dtype.kind == "f" else _no()


def _negated(array: np.ndarray) -> np.ndarray:
    return ~array if array.dtype.kind == "b" else _no()


def _last_two(array: np.ndarray) -> np.ndarray:
    return np.swapaxes(array, -1, -2) if array.ndim > 1 else array


def _normed(array: np.ndarray, axis: int) -> np.ndarray:
    return array / array.sum(axis=axis, keepdims=True) if array.ndim > 1 else _no()


def _along(axis: int, change: Callable[[np.ndarray, int], np.ndarray]) -> Change:
    return lambda a: change(a, axis) if a.ndim > 1 else _no()


def _only(axes: int, change: Change) -> Change:
    return lambda a: change(a) if a.ndim == axes else _no()

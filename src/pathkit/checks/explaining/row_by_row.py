"""A factor or an offset of its own for each row or each column: a divisor or a bias is wrong."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pathkit.checks.compare import Tolerance
from pathkit.checks.explaining.cases import Case, as_array, near


def row_by_row(cases: Sequence[Case], tolerance: Tolerance) -> str:
    """What is right within all rows, or within all columns, in words; "" where nothing is.

    Rows in which nothing is finite tell nothing; of the others several must be of several numbers.
    """
    pairs = [(as_array(c.expected), as_array(c.got)) for c in cases]
    if not pairs or any(a is None or b is None or a.shape != b.shape or a.ndim < 2
                        or "b" in (a.dtype.kind, b.dtype.kind) for a, b in pairs):
        return ""
    floats = [(a.astype(float), b.astype(float)) for a, b in pairs]
    for axis, line, lines in ((-1, "row", "rows"), (-2, "column", "columns")):
        if _all(floats, axis, tolerance, _ratio):
            return (f"Within each {line} the proportions are right, but each {line} is off by a "
                    f"factor of its own: what the {lines} are divided by, or multiplied with, is "
                    "wrong.")
        if _all(floats, axis, tolerance, _gap):
            return (f"Within each {line} all numbers are off by the same amount, in each {line} by "
                    f"another: what is added to the {lines} is wrong.")
    return ""


def _ratio(one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """`one`, scaled so that its largest number is that of `two` in the same place."""
    place = int(np.argmax(np.abs(one)))
    return one * (two[place] / one[place]) if one[place] else one


def _gap(one: np.ndarray, two: np.ndarray) -> np.ndarray:
    return one + (two[0] - one[0])


def _all(pairs: Sequence[tuple], axis: int, tolerance: Tolerance, moved) -> bool:
    told = 0
    for a, b in pairs:
        ones = np.moveaxis(a, axis, -1).reshape(-1, a.shape[axis])
        twos = np.moveaxis(b, axis, -1).reshape(-1, b.shape[axis])
        for one, two in zip(ones, twos, strict=True):
            if not np.isfinite(two).any():
                continue
            with np.errstate(all="ignore"):
                if not near(moved(one, two), two, tolerance).all():
                    return False
            telling = len(set(one[one != 0])) > 1
            told += telling and not near(one, two, tolerance).all()
    return told > 2

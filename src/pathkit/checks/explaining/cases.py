"""What came back beside what was expected, probe by probe, and how much that tells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from pathkit.checks.compare import Tolerance, close, difference
from pathkit.checks.faults import all_faults
from pathkit.checks.outputs import Outputs, Returned
from pathkit.checks.plain import Opaque, Tensor
from pathkit.checks.standard import Standard

# So many numbers must be off in one way before the way is believed.
ENOUGH = 3


class Case(NamedTuple):
    """One probe: its number, its arguments, two plain values, and whether they agree."""

    probe: int
    arguments: tuple
    expected: Any
    got: Any
    right: bool


def cases_of(outputs: Outputs, standard: Standard) -> list[Case]:
    """The probes on which both sides returned a value."""
    wrong = {fault.probe for fault in all_faults(outputs, standard)}
    pairs = zip(standard.expected.results, outputs.results, strict=False)
    return [
        Case(i, standard.probes[i], one.value, two.value, i not in wrong)
        for i, (one, two) in enumerate(pairs)
        if isinstance(one, Returned) and isinstance(two, Returned)
    ]


def evidence(cases: Sequence[Case], tolerance: Tolerance) -> int:
    """How many different numbers, characters and items stand where others were expected.

    Few of them agree with something by accident: a truth value, a small count.
    """
    found: set[Any] = set()
    for case in cases:
        if not case.right:
            found |= set(_unlike(case.expected, case.got, tolerance))
    return sum(_weight(value) for value in found)


def _weight(value: Any) -> int:
    """A number that isn't whole tells most; infinities and nan come of too many things."""
    if not isinstance(value, float):
        return 1
    return 0 if not np.isfinite(value) else 1 if value == round(value) else ENOUGH


def is_finite(value: Any) -> bool:
    """Whether no infinity and no nan is in a value."""
    array = as_array(value)
    if array is not None:
        return bool(np.isfinite(array).all())
    if isinstance(value, list | tuple):
        return all(map(is_finite, value))
    return all(map(is_finite, value.values())) if isinstance(value, dict) else True


def _unlike(expected: Any, got: Any, tolerance: Tolerance) -> list[Any]:
    one, two = as_array(expected), as_array(got)
    if one is not None and two is not None:
        if one.shape != two.shape:
            return two.ravel()[:50].tolist()
        return two[~near(one, two, tolerance)].ravel()[:50].tolist()
    if isinstance(got, list | tuple):
        same = isinstance(expected, list | tuple) and len(expected) == len(got)
        others = expected if same else [None] * len(got)
        return [v for a, b in zip(others, got, strict=True) for v in _unlike(a, b, tolerance)]
    if isinstance(got, dict):
        others = expected if isinstance(expected, dict) else {}
        return [v for k, b in got.items() for v in _unlike(others.get(k), b, tolerance)]
    if isinstance(got, str):
        same = isinstance(expected, str) and got == expected
        return [] if same else list(enumerate(got[:50]))
    if got is None or isinstance(got, Opaque | set):
        return []
    return [got] if isinstance(got, int | float) and difference(expected, got, tolerance) else []


def as_array(value: Any) -> np.ndarray | None:
    """A number, an array, a tensor or a regular list of numbers as an array; None for others."""
    match value:
        case Tensor():
            return value.values if value.values.dtype.kind in "biuf" else None
        case np.ndarray():
            return value if value.dtype.kind in "biuf" else None
        case bool() | float():
            return np.asarray(value)
        case int():
            return np.asarray(value) if abs(value) < 2**62 else None
        case list() | tuple() if value:
            try:
                found = np.asarray([as_array(part) for part in value])
            except (ValueError, TypeError):
                return None
            return found if found.dtype.kind in "biuf" else None
    return None


def near(one: np.ndarray, two: np.ndarray, tolerance: Tolerance) -> np.ndarray:
    """Where two arrays of one shape agree."""
    return close(one.astype(float), two.astype(float), tolerance)


def agree(one: np.ndarray, two: np.ndarray, tolerance: Tolerance) -> bool:
    """Whether two arrays are of one shape and agree everywhere."""
    return one.shape == two.shape and bool(near(one, two, tolerance).all())

"""Where in the results it is wrong, and where it is right: places that are the same everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from pathkit.checks.compare import Tolerance
from pathkit.checks.explaining.cases import ENOUGH, Case, as_array, near

Masks = list[np.ndarray]


def located(cases: Sequence[Case], parameters: Sequence[str], tolerance: Tolerance) -> str:
    """Where numbers are wrong, in words; "" where that follows no rule that can be seen.

    It is told only where everything outside of the place is right in all probes, something there
    is right, and within it nearly everything is wrong.
    """
    arrays = [(case, as_array(case.expected), as_array(case.got)) for case in cases]
    if any(a is None or b is None or a.shape != b.shape for _, a, b in arrays):
        return ""
    arrays = [(case, a, b) for case, a, b in arrays if a.ndim]
    wrong = [~near(a, b, tolerance) for _, a, b in arrays]
    if not wrong or all(w.all() for w in wrong if w.any()):
        return ""
    told: list[tuple[float, str]] = []
    expected = [a for _, a, _ in arrays]
    for name, regions in _regions([case for case, _, _ in arrays], expected, parameters):
        inside = sum(int(r.sum()) for r in regions)
        outside = sum(int((~r).sum()) for r, w in zip(regions, wrong, strict=True) if w.any())
        if not inside or not outside or any((w & ~r).any()
                                            for w, r in zip(wrong, regions, strict=True)):
            continue
        if name in _BY_RESULT and (inside < ENOUGH or outside < max(ENOUGH, inside / 8)):
            continue  # hardly any entry is of the other kind, so this says nothing
        share = sum(int(w.sum()) for w in wrong) / inside
        if share > 0.6:
            told.append((share, name))
    if told:
        share, name = max(told, key=lambda one: one[0])
        return f"Wrong only {name}; everything else is right."
    return _from_one_on(wrong)


def _from_one_on(wrong: Masks) -> str:
    """The first rows or items are right in every probe, all that follow are not."""
    firsts, rests = [], []
    for mask in wrong:
        rows = mask.reshape(len(mask), -1).any(axis=1) if mask.size else np.zeros(0, bool)
        if rows.any():
            firsts.append(int(np.argmax(rows)))
            rests.append(rows[firsts[-1]:])
    what = "row" if all(mask.ndim > 1 for mask in wrong) else "item"
    if not firsts or len(set(firsts)) > 1 or firsts[0] == 0 or len(firsts) < 2:
        return ""
    if not all(rest.all() for rest in rests):
        return ""
    n = firsts[0]
    return (f"The first {what} is right; from the second on it is wrong." if n == 1 else
            f"The first {n} {what}s are right; from the next one on it is wrong.")


_BY_RESULT: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "where the result should be 0": lambda a: a == 0,
    "where the result should be negative": lambda a: a < 0,
    "where the result should be positive": lambda a: a > 0,
    "where the result shouldn't be 0": lambda a: a != 0,
}


def _regions(
    cases: Sequence[Case], expected: Masks, parameters: Sequence[str]
) -> Iterator[tuple[str, Masks]]:
    if all(a.ndim == 2 for a in expected):
        yield "on the diagonal", [np.eye(*a.shape, dtype=bool) for a in expected]
        yield "above the diagonal", [np.triu(np.ones(a.shape, bool), 1) for a in expected]
        yield "below the diagonal", [np.tril(np.ones(a.shape, bool), -1) for a in expected]
    if all(a.ndim >= 2 for a in expected):
        yield "in the first row", [_at(a, (..., slice(0, 1), slice(None))) for a in expected]
        yield "in the last row", [_at(a, (..., slice(-1, None), slice(None))) for a in expected]
        yield "in the first column", [_at(a, (..., slice(0, 1))) for a in expected]
        yield "in the last column", [_at(a, (..., slice(-1, None))) for a in expected]
        yield "in even columns (0, 2, …)", [_at(a, (..., slice(0, None, 2))) for a in expected]
        yield "in odd columns (1, 3, …)", [_at(a, (..., slice(1, None, 2))) for a in expected]
    elif all(a.ndim == 1 for a in expected):
        yield "in the first place", [_at(a, slice(0, 1)) for a in expected]
        yield "in the last place", [_at(a, slice(-1, None)) for a in expected]
    for name, holds in _BY_RESULT.items():
        yield name, [holds(a) for a in expected]
    for i, name in enumerate(parameters):
        inputs = [_argument(case, i) for case in cases]
        if any(x is None or x.dtype.kind == "b" for x in inputs):
            continue
        if all(x.shape == a.shape for x, a in zip(inputs, expected, strict=True)):
            yield f"where `{name}` is 0", [x == 0 for x in inputs]
            yield f"where `{name}` is negative", [x < 0 for x in inputs]
            yield f"where `{name}` is positive", [x > 0 for x in inputs]
            yield f"where `{name}` holds infinity", [np.isinf(x) for x in inputs]
        elif all(x.ndim == 1 and a.ndim > 0 and len(x) == len(a)
                 for x, a in zip(inputs, expected, strict=True)):
            yield (f"in the rows where `{name}` is 0",
                   [_rows(x == 0, a) for x, a in zip(inputs, expected, strict=True)])
            yield (f"where an entry of `{name}` comes more than once",
                   [_rows(_repeated(x), a) for x, a in zip(inputs, expected, strict=True)])


def _argument(case: Case, i: int) -> np.ndarray | None:
    from pathkit.checks.plain import plain

    return as_array(plain(case.arguments[i])) if i < len(case.arguments) else None


def _at(array: np.ndarray, place: Any) -> np.ndarray:
    found = np.zeros(array.shape, bool)
    found[place] = True
    return found


def _rows(which: np.ndarray, array: np.ndarray) -> np.ndarray:
    return np.broadcast_to(which.reshape(-1, *[1] * (array.ndim - 1)), array.shape)


def _repeated(x: np.ndarray) -> np.ndarray:
    values, inverse, counts = np.unique(x, return_inverse=True, return_counts=True)
    return (counts > 1)[inverse.reshape(x.shape)] if len(values) else np.zeros(x.shape, bool)

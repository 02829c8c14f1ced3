"""What holds between the results and the right ones in every probe, in one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from pathkit.checks.compare import Tolerance, difference
from pathkit.checks.explaining.cases import Case, agree, as_array
from pathkit.checks.explaining.factors import factor, offset
from pathkit.checks.explaining.located import located
from pathkit.checks.explaining.row_by_row import row_by_row
from pathkit.checks.explaining.sequences import rearranged
from pathkit.checks.explaining.transforms import transformed
from pathkit.checks.plain import plain

Labels = Sequence[str] | Mapping[Any, str]

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")


def related(
    cases: Sequence[Case], parameters: Sequence[str], tolerance: Tolerance, labels: Labels = ()
) -> str:
    """What every result is, seen from the right one; "" where nothing holds everywhere.

    labels: what the exercise calls the parts of a result, by their place or key.
    """
    if not any(not case.right for case in cases):
        return ""
    return (
        _parts(cases, parameters, tolerance, labels)
        or _an_argument(cases, parameters, tolerance)
        or _constant(cases)
        or _only_the_type(cases, tolerance)
        or transformed(cases, tolerance)
        or factor(cases, parameters, tolerance)
        or offset(cases, parameters, tolerance)
        or rearranged(cases, tolerance)
        or row_by_row(cases, tolerance)
        or _sums(cases, tolerance)
        or located(cases, parameters, tolerance)
    )


def strong(cases: Sequence[Case], parameters: Sequence[str], tolerance: Tolerance) -> str:
    """A factor, and which size it is: worth saying beside a cause."""
    said = factor(cases, parameters, tolerance)
    return said if " of `" in said or "times" in said and "/" in said else ""


def _parts(
    cases: Sequence[Case], parameters: Sequence[str], tolerance: Tolerance, labels: Labels
) -> str:
    """Of results of several parts: which are right everywhere, and what of the wrong one holds."""
    keys = _keys(cases)
    if keys is None:
        return _missing_part(cases, tolerance, labels)
    wrong = [k for k in keys if any(
        difference(c.expected[k], c.got[k], tolerance) for c in cases if not c.right)]
    if len(keys) == 2 and len(wrong) == 2 and not isinstance(cases[0].expected, dict) and all(
            c.right or not difference(list(c.expected)[::-1], list(c.got), tolerance)
            for c in cases):
        return "The two parts of the result are exchanged."
    if len(wrong) != 1 or len(keys) == 1:
        if 0 < len(wrong) < len(keys):
            return f"Right: {_names([k for k in keys if k not in wrong], labels)}. Wrong: " \
                   f"{_names(wrong, labels)}."
        return ""
    [key] = wrong
    of_part = [
        Case(c.probe, c.arguments, c.expected[key], c.got[key],
             c.right or difference(c.expected[key], c.got[key], tolerance) is None)
        for c in cases
    ]
    inner = related(of_part, parameters, tolerance)
    others = "the other is right" if len(keys) == 2 else "the others are right"
    head = f"Only {_name(key, labels, ' part of the result')} is wrong; {others}."
    return f"{head} Of that part: {inner[0].lower()}{inner[1:]}" if inner else head


def _keys(cases: Sequence[Case]) -> list[Any] | None:
    """The parts that every result has; None where they aren't the same everywhere."""
    found = None
    for case in cases:
        match case.expected, case.got:
            case tuple(), list() | tuple() if 1 < len(case.expected) == len(case.got) <= 6:
                keys: list[Any] = list(range(len(case.expected)))
            case dict(), dict() if case.expected.keys() == case.got.keys() and (
                    1 < len(case.expected) <= 8 and all(isinstance(k, str) for k in case.expected)):
                keys = list(case.expected)
            case _:
                return None
        if found not in (None, keys):
            return None
        found = keys
    return found


def _name(key: Any, labels: Labels, what: str = "") -> str:
    """The part's own name; where it has none, its place or key, and what it is."""
    known = labels if isinstance(labels, Mapping) else dict(enumerate(labels))
    if key in known:
        return f"the {known[key]}"
    return f"the {ORDINALS[key]}{what}" if isinstance(key, int) else f"the `{key}`{what}"


def _names(keys: Sequence[Any], labels: Labels) -> str:
    if labels:
        return ", ".join(_name(k, labels, " part") for k in keys)
    plain_names = ", ".join(_name(k, labels).removeprefix("the ") for k in keys)
    return f"the {plain_names} part" + "s" * (len(keys) > 1)


def _missing_part(cases: Sequence[Case], tolerance: Tolerance, labels: Labels) -> str:
    """One part came back alone, or some are missing at the end."""
    if not all(isinstance(c.expected, tuple) and 1 < len(c.expected) <= 6 for c in cases):
        return ""
    for i in range(min(len(c.expected) for c in cases)):
        if all(difference(c.expected[i], c.got, tolerance) is None for c in cases):
            number = len(cases[0].expected)
            return f"Only {_name(i, labels, f' of {number} parts')} came back, and it is right; " \
                   f"the result should hold all {number} of them."
    return ""


def _an_argument(cases: Sequence[Case], parameters: Sequence[str], tolerance: Tolerance) -> str:
    """An argument that comes back as it was given."""
    for i, name in enumerate(parameters):
        given = [plain(c.arguments[i]) if i < len(c.arguments) else None for c in cases]
        if sum(_size(c.got) for c in cases) > 2 and all(
                g is not None and difference(g, c.got, tolerance) is None
                for g, c in zip(given, cases, strict=True)):
            return f"What comes back is `{name}`, as it was given."
    return ""


def _constant(cases: Sequence[Case]) -> str:
    """The same number, text or truth value, whatever was asked."""
    wrong = [c for c in cases if not c.right]
    if len(wrong) < 3:
        return ""
    arrays = [as_array(c.got) for c in cases]
    if all(a is not None and a.size for a in arrays):
        values = {f"{v:g}" if isinstance(v, float) else repr(v)
                  for a in arrays for v in a.ravel().tolist()}
        wanted = {repr(c.expected) for c in cases}
        several = any(a.size > 1 for a in arrays)
    else:
        if not all(isinstance(c.got, str | list | dict) for c in cases):
            return ""
        values, wanted = {repr(c.got) for c in cases}, {repr(c.expected) for c in cases}
        several = False
    if len(values) > 1 or len(wanted) < 2:
        return ""
    [text] = values
    if several:
        return f"All numbers are {text} in every call, whatever it is called with."
    return f"The result is {text[:40]} in every call, whatever it is called with."


def _only_the_type(cases: Sequence[Case], tolerance: Tolerance) -> str:
    """Numbers that are right, in an array or list of another type."""
    pairs = [(as_array(c.expected), as_array(c.got)) for c in cases]
    if any(a is None or b is None or not agree(a, b, tolerance) for a, b in pairs):
        return ""
    return "All numbers are right; what holds them is of another type."


def _sums(cases: Sequence[Case], tolerance: Tolerance) -> str:
    """Rows that should sum to 1 and don't, while the columns or the whole do in every call."""
    pairs = [(as_array(c.expected), as_array(c.got)) for c in cases]
    if any(a is None or b is None or a.shape != b.shape or a.ndim < 2 or not a.size
           for a, b in pairs):
        return ""

    def ones(array: np.ndarray, axis: int | None) -> np.ndarray:
        sums = np.atleast_1d(array.sum(axis=axis)).ravel()
        return np.array([agree(np.ones(()), np.asarray(one), tolerance) for one in sums])

    if not all(ones(a, -1).all() for a, _ in pairs):
        return ""
    # A row that holds the whole sum by itself is as it should be; so is a table with one row.
    telling = [b for _, b in pairs if np.any(b, axis=-1).sum() > 1 and not ones(b, -1).any()]
    if telling and all(ones(b, -2).all() for _, b in pairs):
        return "The columns sum to 1 where each row should."
    if telling and all(ones(b, None).all() for _, b in pairs):
        return "All numbers together sum to 1 where each row should."
    wrong = [b for (_, b), case in zip(pairs, cases, strict=True) if not case.right]
    if any(ones(b, -1).all() for b in wrong):
        return ""
    if not any(ones(b, -1).any() for b in wrong):
        return "The rows don't sum to 1, as each of them should."
    return "Not all of the rows sum to 1, as each of them should."


def _size(value: Any) -> int:
    array = as_array(value)
    if array is not None:
        return int(array.size)
    return len(value) if isinstance(value, str | list | tuple | dict) else 0

"""On which probes it is wrong: what they have that no right one has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from pathkit.checks.explaining.cases import as_array
from pathkit.checks.plain import plain

Holds = Callable[[Any], bool]

# So many rules that fit equally well tell nothing.
MOST_RULES = 2


def kinds(
    probes: Sequence[tuple], wrong: Sequence[int], parameters: Sequence[str]
) -> str:
    """What all wrong probes have and no right one; "" where that isn't to be seen, or is too much.

    wrong: the numbers of the probes that went wrong, from 0.
    """
    right = [i for i in range(len(probes)) if i not in wrong]
    if not wrong or not right:
        return ""
    values = [[plain(argument) for argument in probe] for probe in probes]
    found: list[tuple[bool, str]] = []
    for i, name in enumerate(parameters):
        column = [row[i] if i < len(row) else None for row in values]
        for said, holds in _rules(f"`{name}`", column, wrong, right):
            if all(_try(holds, column[j]) for j in wrong) and not any(
                    _try(holds, column[j]) for j in right):
                found.append((said.endswith(_OF_NUMBERS), said))
                break
    if not found or len(found) > MOST_RULES:
        return ""
    # Each of them separates by itself; joined they would read as one condition, and what numbers
    # are drawn differs by accident more easily than how many there are.
    of_numbers, said = min(found, key=lambda one: one[0])
    if of_numbers and len(right) == 1 < len(wrong):
        return ""
    n, total = len(right), len(probes)
    calls = "call" if n == 1 else "calls"
    return f"Right on {n} {calls} of {total}; wrong exactly where {said}."


# What the drawn numbers of a probe happen to be, not what it was made to show.
_OF_NUMBERS = ("holds a 0", "holds negative numbers", "holds something twice", "is negative")


def _try(holds: Holds, value: Any) -> bool:
    try:
        return bool(holds(value))
    except (TypeError, ValueError, IndexError, AttributeError):
        return False


def _rules(
    name: str, column: Sequence[Any], wrong: Sequence[int], right: Sequence[int]
) -> Iterator[tuple[str, Holds]]:
    yield f"{name} is empty", lambda v: _length(v) == 0
    yield f"{name} isn't empty", lambda v: _length(v) > 0
    yield f"{name} is None", lambda v: v is None
    yield f"{name} is {True}", lambda v: v is True
    yield f"{name} is {False}", lambda v: v is False
    yield f"{name} is 0", lambda v: _is_number(v) and v == 0
    yield f"{name} is negative", lambda v: _is_number(v) and v < 0
    yield f"{name} holds infinities", lambda v: bool(np.isinf(_array(v)).any())
    yield f"{name} holds a 0", lambda v: _length(v) >= 0 and bool((_array(v) == 0).any())
    yield f"{name} holds negative numbers", lambda v: _length(v) >= 0 and bool(
        (_array(v) < 0).any())
    yield f"{name} holds something twice", _repeats
    yield f"{name} has as many rows as columns", lambda v: _square(v) is True
    yield f"{name} has another number of rows than of columns", lambda v: _square(v) is False
    yield f"{name} has more than two axes", lambda v: _array(v).ndim > 2
    yield f"{name} is a table, not a single row", lambda v: _array(v).ndim == 2
    yield f"{name} is a single row", lambda v: _array(v).ndim == 1
    yield f"{name} has one row only", lambda v: _array(v).ndim == 2 and len(_array(v)) == 1
    yield f"{name} has one item only", lambda v: _length(v) == 1
    yield f"{name} holds whole numbers", lambda v: _array(v).dtype.kind in "iu" and (
        _array(v).ndim > 0)
    lengths = {_length(column[i]) for i in right}
    if len(lengths) == 1 and len({_length(column[i]) for i in wrong}) > 1 and min(lengths) > 0:
        [only] = lengths
        said = "more than one item" if only == 1 else f"another length than {only}"
        yield f"{name} has {said}", lambda v: _length(v) not in (-1, only)
    if len(right) > 1 and len(wrong) > 1:
        yield from _thresholds(name, column, wrong, right)


def _thresholds(
    name: str, column: Sequence[Any], wrong: Sequence[int], right: Sequence[int]
) -> Iterator[tuple[str, Holds]]:
    lengths = [-1 if isinstance(v, dict) else _length(v) for v in column]
    if min(lengths) >= 0:
        least, most = min(lengths[i] for i in wrong), max(lengths[i] for i in right)
        if most < least:
            yield (f"{name} is longer than {most} (right up to there, wrong from {least} on)",
                   lambda v: _length(v) >= least)
    numbers = [v for v in column if _is_number(v)]
    if len(numbers) == len(column):
        low, high = min(numbers[i] for i in wrong), max(numbers[i] for i in right)
        if high < low:
            yield f"{name} is larger than {high:g}", lambda v: v >= low


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _length(value: Any) -> int:
    if isinstance(value, list | tuple | str | dict | set):
        return len(value)
    array = as_array(value)
    return len(array) if array is not None and array.ndim else -1


def _array(value: Any) -> np.ndarray:
    array = as_array(value)
    if array is None:
        raise TypeError("no numbers")
    return array


def _repeats(value: Any) -> bool:
    items = list(value) if isinstance(value, str | list | tuple) else _array(value).ravel().tolist()
    return len(items) > 1 and len(set(items)) < len(items)


def _square(value: Any) -> bool | None:
    array = _array(value)
    return None if array.ndim != 2 else array.shape[0] == array.shape[1]

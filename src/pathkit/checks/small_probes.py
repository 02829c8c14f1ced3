"""Whether a probe is too small to show an idea: empty, of one item, or all its items alike."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np

from pathkit.checks.plain import Tensor, size

# An item more can't make alike what isn't.
ENOUGH = 1000
# What can still be read in a line or two.
READABLE = 60


def weakness(probe: tuple) -> int:
    """0 for a probe that can show an idea, else how little it shows; of plain arguments.

    2: an argument is empty. 1: the largest one holds a single item, or only the same one again.
    """
    held = [list(itertools.islice(_items(part), ENOUGH)) for part in probe if _is_many(part)]
    if not all(held):
        return 2
    largest = max((part for part in probe if _is_many(part)), key=size, default=None)
    if largest is None:
        return 0
    first, *others = itertools.islice(_items(largest), ENOUGH)
    return 1 if all(_same(first, other) for other in others) else 0


def is_empty(value: Any) -> bool:
    """Whether a plain value could hold items and holds none."""
    return _is_many(value) and next(_items(value), None) is None


def has_a_lone_item(probe: tuple) -> bool:
    """Whether an argument holds one item alone; also True of a probe that is too long to read."""
    held = [list(itertools.islice(_items(part), 2)) for part in probe if _is_many(part)]
    return any(len(items) == 1 for items in held) or size(probe) > READABLE


def _is_many(value: Any) -> bool:
    if isinstance(value, np.ndarray):
        return value.ndim > 0
    return _is_many(value.values) if isinstance(value, Tensor) else isinstance(
        value, list | tuple | dict | set | str | bytes)


def _items(value: Any) -> Iterator[Any]:
    match value:
        case Tensor():
            yield from _items(value.values)
        case np.ndarray():
            yield from value.ravel()[:ENOUGH].tolist()
        case str() | bytes():
            yield from value[:ENOUGH]
        case dict():
            for part in value.values():
                yield from _items(part)
        case list() | tuple() | set():
            for part in value:
                yield from _items(part)
        case _:
            yield value


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and one == other

"""What is off in a list or a text: items missing, too many, in another order, once for twice."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from pathkit.checks.compare import Tolerance, difference
from pathkit.checks.explaining.cases import Case, as_array
from pathkit.checks.plain import plain

Items = list[Any]

# Bits that say which items were chosen, over all wrong results; below that it may be an accident.
ENOUGH_CHOICE = 30.0


def rearranged(cases: Sequence[Case], tolerance: Tolerance) -> str:
    """What makes of every expected list or text the one that came back; "" where nothing does."""
    pairs = []
    for case in cases:
        one, two = _items(case.expected), _items(case.got)
        if one is None or two is None:
            return ""
        pairs.append((one, two, case.right))
    told = sum(min(len(two), 3) for one, two, right in pairs if not right)
    if told < 3:
        return ""
    word = "characters" if isinstance(cases[0].expected, str) else "items"
    longest = max(len(two) for _, two, right in pairs if not right)
    for said, holds in _RULES:
        if holds is _other_order and not _surely_the_same(cases) or (
                holds is _reversed and longest < 3):
            continue
        if all(right or holds(one, two, tolerance) for one, two, right in pairs):
            if word == "characters":
                said = said.replace("items", word).replace("item", "character")
            return said
    return ""


def _surely_the_same(cases: Sequence[Case]) -> bool:
    """Whether the same items can't be there by accident.

    Of a few that are chosen out of more, another rule of choosing finds many of the same: that is
    no other order of the right choice.
    """
    chances, chosen = 0.0, False
    for case in cases:
        items = _items(case.expected)
        pool = max((n for a in case.arguments if (n := _length(plain(a)))), default=0)
        if items is None or case.right or len(items) >= pool:
            continue
        chosen = True
        if len(items) < pool - 1:  # else there was hardly a choice
            chances += math.log2(math.comb(pool, len(items)))
    return not chosen or chances > ENOUGH_CHOICE


def _length(value: Any) -> int:
    if isinstance(value, list | tuple | str | dict | set):
        return len(value)
    array = as_array(value)
    return len(array) if array is not None and array.ndim else 0


def _items(value: Any) -> Items | None:
    if isinstance(value, list | tuple | str):
        return list(value)
    array = as_array(value)
    return list(array.tolist()) if array is not None and array.ndim == 1 else None


def _same(one: Any, two: Any, tolerance: Tolerance) -> bool:
    return difference(one, two, tolerance) is None


def _reversed(one: Items, two: Items, t: Tolerance) -> bool:
    return _same(one[::-1], two, t)


def _without_first(one: Items, two: Items, t: Tolerance) -> bool:
    return len(one) > 0 and _same(one[1:], two, t)


def _without_last(one: Items, two: Items, t: Tolerance) -> bool:
    return len(one) > 0 and _same(one[:-1], two, t)


def _late(one: Items, two: Items, t: Tolerance) -> bool:
    return len(one) == len(two) > 1 and _same(one[:-1], two[1:], t)


def _early(one: Items, two: Items, t: Tolerance) -> bool:
    return len(one) == len(two) > 1 and _same(one[1:], two[:-1], t)


def _counted(items: Items) -> Counter | None:
    try:
        return Counter(round(v, 9) if isinstance(v, float) else v for v in items)
    except TypeError:
        return None


def _other_order(one: Items, two: Items, _: Tolerance) -> bool:
    counts = _counted(one)
    return counts is not None and counts == _counted(two)


def _once(one: Items, two: Items, t: Tolerance) -> bool:
    return _counted(one) is not None and _same(list(dict.fromkeys(one)), two, t)


def _some_missing(one: Items, two: Items, _: Tolerance) -> bool:
    a, b = _counted(one), _counted(two)
    return a is not None and b is not None and len(two) < len(one) and not b - a


def _some_too_many(one: Items, two: Items, _: Tolerance) -> bool:
    a, b = _counted(one), _counted(two)
    return a is not None and b is not None and len(two) > len(one) and not a - b


def _within(one: Items, two: Items, t: Tolerance) -> bool:
    return len(one) == len(two) and all(
        isinstance(a, list | tuple) and isinstance(b, list | tuple) and _same(
            list(a)[::-1], list(b), t)
        for a, b in zip(one, two, strict=True))


_RULES: tuple[tuple[str, Callable[[Items, Items, Tolerance], bool]], ...] = (
    ("The items come in reverse order.", _reversed),
    ("The two parts of each item are exchanged.", _within),
    ("The first item is missing; the others are right.", _without_first),
    ("The last item is missing; the others are right.", _without_last),
    ("One item too many stands at the beginning; the others are right.",
     lambda a, b, t: _without_first(b, a, t)),
    ("One item too many stands at the end; the others are right.",
     lambda a, b, t: _without_last(b, a, t)),
    ("The first and the last item are missing; the others are right.",
     lambda a, b, t: len(a) > 1 and _same(a[1:-1], b, t)),
    ("Each item stands one place too late.", _late),
    ("Each item stands one place too early.", _early),
    ("Items that come more than once are there only once.", _once),
    ("All items are there, but in another order.", _other_order),
    ("Those items that came back are right, but some are missing.", _some_missing),
    ("All right items are there, but others besides.", _some_too_many),
    ("Only the first item is wrong.",
     lambda a, b, t: len(a) == len(b) > 1 and _same(a[1:], b[1:], t)),
    ("Only the last item is wrong.",
     lambda a, b, t: len(a) == len(b) > 1 and _same(a[:-1], b[:-1], t)),
)

"""One factor or one offset between what came back and what was expected, and which one it is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from pathkit.checks.compare import Tolerance
from pathkit.checks.explaining.cases import ENOUGH, Case, agree, as_array
from pathkit.checks.explaining.sizes import CONSTANTS, sizes, ways

# Of numbers that are found by dividing: one in a million is no accident, one in ten may be.
CLOSE = 1e-6
MOST_DENOMINATOR = 60


def factor(cases: Sequence[Case], parameters: Sequence[str], tolerance: Tolerance) -> str:
    """The factor of all results, in words; "" where there isn't one in each probe."""
    pairs = _pairs(cases)
    if pairs is None or not _is_telling(cases, pairs):
        return ""
    found = [_one_factor(*pair, tolerance) for pair in pairs]
    if any(f is None for f in found):
        return ""
    told = {i: f for i, f in enumerate(found) if f is not None and not math.isnan(f)}
    if not told or all(_same(f, 1) for f in told.values()) or any(
            not case.right and i not in told for i, case in enumerate(cases)):
        return ""
    first = next(iter(told.values()))
    same = all(_same(f, first) for f in told.values())
    if same and _same(first, -1):
        return "Every number is right but for its sign: it is turned round."
    if same and len(told) > 1 and (known := _constant(first)):
        return f"Every number is the right one times {known}."
    if len(told) > 1 and (said := _named(told, cases, parameters)):
        return f"Every number is the right one {said}."
    if same and (len(told) > 1 or pairs[0][0].size >= ENOUGH):
        return f"Every number is {first:.4g} times the right one."
    several = [f for i, f in told.items() if not cases[i].right]
    fractions = [_fraction(f) for f in several]
    if len(set(fractions)) > 1 and (
            all(fractions) or all(pairs[i][0].size >= ENOUGH for i in told)):
        shown = ", ".join(text or f"{f:.3g}" for text, f in zip(fractions, several, strict=True))
        return ("In each call the results are the right ones times one factor, in the calls that "
                f"are wrong: {shown}.")
    return ""


def _fraction(value: float) -> str:
    """A factor as a fraction of small numbers, which counts divided by counts are; "" for none."""
    found = Fraction(value).limit_denominator(MOST_DENOMINATOR)
    return str(found) if _same(float(found), value) else ""


def offset(cases: Sequence[Case], parameters: Sequence[str], tolerance: Tolerance) -> str:
    """What is too much or missing in all results alike, in words; "" where nothing is."""
    pairs = _pairs(cases)
    if pairs is None or not (_is_telling(cases, pairs)
                             or sum(not case.right for case in cases) >= ENOUGH):
        return ""
    found = {}
    for i, (one, two) in enumerate(pairs):
        if not one.size:
            continue
        gap = float((two - one).flat[0])
        if not np.isfinite(gap) or not agree(one + gap, two, tolerance):
            return ""
        found[i] = gap
    wrong = [gap for i, gap in found.items() if not cases[i].right]
    if not wrong:
        return ""
    first = wrong[0]
    if all(_same(gap, first) for gap in found.values()) and (
            len(found) > 1 or pairs[0][0].size >= ENOUGH):
        return f"Every number is {abs(first):.4g} too {'large' if first > 0 else 'small'}."
    tables = [sizes(case.arguments, parameters) for case in cases]
    for name in tables[next(iter(found))]:
        for sign, word in ((1, "large"), (-1, "small")):
            values = {i: sign * tables[i].get(name, math.nan) for i in found}
            if len(found) > 1 and all(_same(values[i], gap) for i, gap in found.items()):
                return f"Every number is too {word}, and too {word} by {name}."
    return ""


def _pairs(cases: Sequence[Case]) -> list[tuple[np.ndarray, np.ndarray]] | None:
    found = []
    for case in cases:
        one, two = as_array(case.expected), as_array(case.got)
        if one is None or two is None or one.shape != two.shape or "b" in (
                one.dtype.kind, two.dtype.kind):
            return None
        found.append((one.astype(float), two.astype(float)))
    return found


def _is_telling(cases: Sequence[Case], pairs: Sequence[tuple[np.ndarray, np.ndarray]]) -> bool:
    """Whether enough numbers are wrong for one rule about them to be no accident."""
    values = [v for case, (one, _) in zip(cases, pairs, strict=True) if not case.right
              for v in one[one != 0].ravel()]
    return len(set(np.abs(values))) >= ENOUGH


def _one_factor(one: np.ndarray, two: np.ndarray, tolerance: Tolerance) -> float | None:
    """The factor; nan where any would do, None where there is none."""
    told = np.isfinite(one) & (one != 0)
    if not told.any():
        return math.nan if agree(one, two, tolerance) else None
    place = int(np.argmax(np.where(told, np.abs(one), 0)))
    with np.errstate(all="ignore"):
        found = float(two.flat[place] / one.flat[place])
    if not np.isfinite(found) or found == 0:
        return None
    with np.errstate(all="ignore"):
        return found if agree(one * found, two, tolerance) else None


def _named(told: dict[int, float], cases: Sequence[Case], parameters: Sequence[str]) -> str:
    """The size that every factor equals."""
    tables = {i: sizes(cases[i].arguments, parameters) for i in told}
    for way in range(9):
        for name in next(iter(tables.values())):
            if len({tables[i].get(name) for i in told}) < 2 and len(told) > 1 and way > 3:
                continue  # a number that is always the same equals something by accident
            found = []
            for i in told:
                one = dict(enumerate(ways(tables[i].get(name, 0.0)))).get(way)
                found.append(one)
            if all(one and _same(one[1], f) for one, f in zip(found, told.values(), strict=True)):
                return found[0][0].format(name)
    return ""


def _constant(value: float) -> str:
    return next((name for number, name in CONSTANTS if _same(value, number)), "")


def _same(one: float, two: float) -> bool:
    return abs(one - two) <= CLOSE * max(abs(one), abs(two))

"""A misconception that has these results on nearly all calls: another fallback, an overflow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pathkit.checks.explaining.cases import cases_of, evidence, is_finite
from pathkit.checks.faults import alike_on, all_faults
from pathkit.checks.outputs import Output, Outputs, Raised, Returned
from pathkit.checks.standard import Known, Standard

# Wrong results that must be those of the misconception, the share of all calls that must agree,
# and how many different numbers must be off: fewer agree by accident.
TELLING, SHARE, NUMBERS = 3, 0.8, 2


class Near(NamedTuple):
    """A misconception, the calls that come out as its own, and those that don't, from 0."""

    known: Known
    same: tuple[int, ...]
    others: tuple[int, ...]


def nearly(outputs: Outputs, standard: Standard) -> Near | None:
    """The one misconception that has these results on nearly all calls; None if none stands out.

    A call on which the answer is right speaks against a misconception that is wrong there, unless
    the misconception broke down on it: then they differ in what they do with an odd number.
    """
    wrong = {fault.probe for fault in all_faults(outputs, standard)}
    found = [_near(known, outputs, standard) for known in standard.known()]
    best = max(found, key=lambda near: len(near.same), default=None)
    if best is None or not _holds(best, outputs, standard, wrong):
        return None
    telling = len(wrong & set(best.same))
    rivals = [near for near in found if near.known.message != best.known.message]
    if any(len(near.same) >= len(best.same) or len(wrong & set(near.same)) >= telling
           for near in rivals):
        return None
    return best


def said(near: Near, outputs: Outputs) -> tuple[str, str]:
    """What is told of it first, and the note on the calls that are different."""
    total, n = len(near.same) + len(near.others), len(near.others)
    message = f"On {total - n} of {total} calls your results are exactly those of a known slip. " \
              f"{near.known.message}"
    results = [outputs.results[i] for i in near.others]
    known = [near.known.outputs.results[i] for i in near.others]
    where = "On the other call" if n == 1 else f"On the other {n} calls"
    errors = {result.error for result in results if isinstance(result, Raised)}
    if len(errors) == 1 and all(isinstance(result, Raised) for result in results):
        return message, f"{where} your code raised {errors.pop()}."
    if not any(map(_came_back, results)):
        return message, f"{where} a result of yours isn't finite, or none came back."
    if not any(map(_came_back, known)):
        return message, f"{where} nothing finite comes of that slip as it is usually written."
    return message, f"{where} they differ from it: look there as well once this is mended."


def _near(known: Known, outputs: Outputs, standard: Standard) -> Near:
    numbers = range(len(outputs.results))
    pairs = zip(known.outputs.results, outputs.results, strict=False)
    same = [i for i, (one, two) in enumerate(pairs) if alike_on(one, two, standard.tolerance)]
    return Near(known, tuple(same), tuple(i for i in numbers if i not in same))


def _holds(near: Near, outputs: Outputs, standard: Standard, wrong: set[int]) -> bool:
    telling = [i for i in near.same if i in wrong and _tells(outputs.results[i])]
    total = len(standard.probes)
    if len(outputs.results) < total or len(telling) < TELLING or len(near.same) < SHARE * total:
        return False
    if any(i not in wrong and _came_back(near.known.outputs.results[i]) for i in near.others):
        return False
    return _numbers(outputs, standard, near.same) >= NUMBERS


def _numbers(outputs: Outputs, standard: Standard, same: Sequence[int]) -> int:
    cases = [case for case in cases_of(outputs, standard) if case.probe in same]
    return evidence(cases, standard.tolerance)


def _tells(result: Output) -> bool:
    # What a drive says of a call is told in its own words, which say more than another slip's.
    return isinstance(result, Returned)


def _came_back(result: Output) -> bool:
    return isinstance(result, Returned) and is_finite(result.value)

"""What is wrong with outputs, probe by probe, and whether two answers can be told apart."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from pathkit.checks.compare import Difference, Tolerance, difference
from pathkit.checks.outputs import MOST_SAID, Output, Outputs, Raised, Returned, TimedOut
from pathkit.checks.plain import plain, size
from pathkit.checks.small_probes import has_a_lone_item, is_empty, weakness
from pathkit.checks.standard import Accept, Standard
from pathkit.checks.value_text import described

# The most basic fault is told first: a value can't be right while its shape is wrong. A number that
# is plainly wrong says more about the idea than one that overflowed.
ORDER = (
    "raised",
    "too slow",
    "wrong type",
    "other parameters",
    "wrong shape",
    "wrong dtype",
    "wrong value",
    "not finite",
    "changed its input",
)
# What is meant by the errors that a drive of ours raises; their messages are told as they stand.
TOLD = {
    "Told": "wrong value",
    "DifferentParameters": "other parameters",
    "DifferentShapes": "wrong shape",
    "NotAModule": "wrong type",
}


@dataclasses.dataclass(frozen=True)
class Fault:
    """What is wrong on one probe; kind is one of ORDER."""

    kind: str
    probe: int
    said: str = ""
    difference: Difference | None = None


def all_faults(outputs: Outputs, standard: Standard) -> list[Fault]:
    """At most one fault for each probe, in their order."""
    found = (_fault(i, result, standard) for i, result in enumerate(outputs.results))
    return [fault for fault in found if fault is not None]


def most_telling(faults: Sequence[Fault], standard: Standard) -> Fault:
    """The fault to be shown: on a small probe that shows the idea, the most basic one first."""
    def rank(fault: Fault) -> tuple:
        probe = plain(standard.probes[fault.probe])
        expected = standard.expected.results[fault.probe]
        nothing = isinstance(expected, Returned) and is_empty(expected.value)
        weak = max(weakness(probe), 2 * nothing)
        basic = ORDER.index(fault.kind)
        return weak, basic, has_a_lone_item(probe), size(probe), fault.probe

    return min(faults, key=rank)


def _fault(i: int, result: Output, standard: Standard) -> Fault | None:
    expected = standard.expected.results[i]
    if isinstance(result, TimedOut):
        return Fault("too slow", i)
    if isinstance(result, Raised):
        if isinstance(expected, Raised) and result.error == expected.error:
            return None
        if result.error in TOLD:
            return Fault(TOLD[result.error], i, result.message)
        return Fault("raised", i)
    found = _unlike(i, result, expected, standard)
    if found is None and result.changed and not standard.may_change:
        return Fault("changed its input", i)
    return found


def _unlike(i: int, result: Returned, expected: Output, standard: Standard) -> Fault | None:
    """What is wrong with a value that came back."""
    if standard.accept is not None:
        said = _refused(result.value, standard.accept, standard.probes[i])
        return Fault("wrong value", i, said) if said else None
    if not isinstance(expected, Returned):
        wanted = expected.error if isinstance(expected, Raised) else "no result"
        came = described(result.value)
        return Fault("wrong value", i, f"The result is {came}, but {wanted} should be raised here.")
    found = difference(expected.value, result.value, standard.tolerance)
    return Fault(found.kind, i, difference=found) if found else None


def _refused(value: Any, accept: Accept, probe: tuple) -> str | None:
    """What `accept` says; a value that it can't even look at is of a wrong kind."""
    try:
        said = accept(value, *probe)
        return said if said is None else _short(said)
    except Exception:
        return f"This kind of value doesn't fit here: {described(value)}."


def _short(text: str) -> str:
    """What is said of a value may quote it, and it may be long."""
    return text if len(text) <= MOST_SAID else f"{text[:MOST_SAID]}…"


def incomplete(outputs: Outputs, standard: Standard) -> str:
    """Why these outputs can't be held against the probes; "" when they can."""
    if len(standard.expected.results) != len(standard.probes):
        return "The reference took too long to compare with; run the cell again."
    stopped = bool(outputs.results) and isinstance(outputs.results[-1], TimedOut)
    missing = len(standard.probes) - len(outputs.results)
    if missing < 0 or missing > 0 and not stopped:
        return "These aren't the results of all probes; run the cell again."
    return ""


def failing(outputs: Outputs, standard: Standard) -> tuple[int, ...]:
    """The probes, from 0, on which these outputs are wrong; all where nothing can be compared."""
    if not outputs.attempted or outputs.unusable or incomplete(outputs, standard):
        return tuple(range(len(standard.probes)))
    stopped = range(len(outputs.results), len(standard.probes))
    return (*(fault.probe for fault in all_faults(outputs, standard)), *stopped)


def alike(one: Outputs, other: Outputs, standard: Standard) -> bool:
    """Whether two answers can't be told apart by what they did on the probes.

    Answers that never return a value say little about the idea behind them, and a call that had
    to be stopped is like no other then.
    """
    if len(one.results) != len(other.results):
        return False
    ever = any(isinstance(result, Returned) for result in other.results)
    pairs = zip(one.results, other.results, strict=True)
    return all(alike_on(a, b, standard.tolerance, ever) for a, b in pairs)


def alike_on(one: Output, other: Output, tolerance: Tolerance, ever: bool = False) -> bool:
    """Whether two calls ended in the same way.

    Two errors of one type do so only with one message: any slip may raise a TypeError. ever:
    whether the second answer returned a value anywhere; only then are two stopped calls the same.
    """
    if isinstance(one, Raised) and isinstance(other, Raised):
        return one.error == other.error and one.message == other.message
    if isinstance(one, Returned) and isinstance(other, Returned):
        return (
            one.changed == other.changed
            and difference(one.value, other.value, tolerance) is None
        )
    return ever and type(one) is type(other)

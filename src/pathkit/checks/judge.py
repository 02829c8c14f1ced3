"""From outputs to a verdict. Never calls the learner's code."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

from pathkit.checks.compare import Difference, Tolerance, difference, short
from pathkit.checks.outputs import Output, Outputs, Raised, Returned, TimedOut
from pathkit.checks.plain import plain, size
from pathkit.checks.verdict import Verdict

Accept = Callable[..., str | None]

# The most basic fault is told first: a value can't be right while its shape is wrong.
ORDER = (
    "raised",
    "too slow",
    "wrong type",
    "wrong shape",
    "wrong dtype",
    "not finite",
    "wrong value",
    "changed its input",
)


@dataclasses.dataclass(frozen=True)
class Known:
    """A wrong answer people really give: its name, its outputs on the probes, its explanation."""

    name: str
    message: str
    outputs: Outputs


@dataclasses.dataclass(frozen=True)
class Standard:
    """What outputs are held against.

    accept: None to compare with `expected`; else `accept(value, *probe)` says what is wrong
    with a value, or returns None when it has the wanted property.
    known: computed only when something is wrong, since it costs as many runs as there are
    misconceptions.
    may_change: whether the answer is meant to alter its arguments in place.
    """

    exercise: str
    parameters: tuple[str, ...]
    probes: Sequence[tuple]
    expected: Outputs
    known: Callable[[], Sequence[Known]]
    accept: Accept | None = None
    tolerance: Tolerance = dataclasses.field(default_factory=Tolerance)
    may_change: bool = False
    passed: str = ""


@dataclasses.dataclass(frozen=True)
class Fault:
    """What is wrong on one probe; kind is one of ORDER."""

    kind: str
    probe: int
    said: str = ""
    difference: Difference | None = None


def judge(outputs: Outputs, standard: Standard) -> Verdict:
    """The verdict on `outputs`; misconceptions are named before generic faults."""
    name = standard.exercise
    if not outputs.attempted:
        return Verdict(name, "not attempted", "Replace the `...` by your code and run the cell.")
    if outputs.unusable:
        return Verdict(name, "not usable", _sentence(outputs.unusable))
    faults = _faults(outputs, standard)
    if not faults and len(outputs.results) != len(standard.probes):
        return Verdict(name, "not usable", "Some probes were not run; run the cell again.")
    if not faults:
        return Verdict(name, "passed", standard.passed)
    for known in standard.known():
        if alike(known.outputs, outputs, standard):
            return Verdict(
                name, "misconception", known.message, notes=_blank_note(outputs),
                misconception=known.name,
            )
    return _generic(faults, outputs, standard)


def is_right(outputs: Outputs, standard: Standard) -> bool:
    """Whether `judge` would pass these outputs, without finding out why not."""
    whole = len(outputs.results) == len(standard.probes)
    return outputs.attempted and whole and not _faults(outputs, standard)


def _faults(outputs: Outputs, standard: Standard) -> list[Fault]:
    found = (_fault(i, result, standard) for i, result in enumerate(outputs.results))
    return [fault for fault in found if fault is not None]


def _fault(i: int, result: Output, standard: Standard) -> Fault | None:
    if isinstance(result, Raised):
        if isinstance(standard.expected.results[i], Raised):
            wanted = standard.expected.results[i]
            if result.error == wanted.error:
                return None
        return Fault("raised", i)
    if isinstance(result, TimedOut):
        return Fault("too slow", i)
    found = None
    if standard.accept is None:
        expected = standard.expected.results[i]
        if isinstance(expected, Raised):
            found = Difference("wrong value", "", expected.error, short(result.value))
        elif isinstance(expected, Returned):
            found = difference(expected.value, result.value, standard.tolerance)
        if found:
            return Fault(found.kind, i, difference=found)
    else:
        said = standard.accept(result.value, *standard.probes[i])
        if said:
            return Fault("wrong value", i, said=said)
    if result.changed and not standard.may_change:
        return Fault("changed its input", i)
    return None


def alike(one: Outputs, other: Outputs, standard: Standard) -> bool:
    """Whether two answers can't be told apart by what they did on the probes."""
    if len(one.results) != len(other.results):
        return False
    return all(
        _alike(a, b, standard.tolerance) for a, b in zip(one.results, other.results, strict=True)
    )


def _alike(one: Output, other: Output, tolerance: Tolerance) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, Raised) and isinstance(other, Raised):
        return one.error == other.error
    if isinstance(one, Returned) and isinstance(other, Returned):
        return (
            one.changed == other.changed
            and difference(one.value, other.value, tolerance) is None
        )
    return True


def _generic(faults: list[Fault], outputs: Outputs, standard: Standard) -> Verdict:
    fault = min(
        faults,
        key=lambda f: (ORDER.index(f.kind), size(plain(standard.probes[f.probe])), f.probe),
    )
    result = outputs.results[fault.probe]
    called = _call_text(standard, fault.probe)
    shown: list[tuple[str, str]] = [("called", called)] if called else []
    message = fault.said
    if isinstance(result, Raised):
        message = _raised(result)
        if result.line is not None:
            shown.append((f"line {result.line}", result.code))
    elif isinstance(result, TimedOut):
        message = (
            f"Stopped after {result.seconds:g} seconds. Look for a loop that never ends, or work "
            "that is repeated inside a loop."
        )
        if result.line is not None:
            shown.append((f"line {result.line}", result.code))
    elif fault.kind == "changed its input":
        message = (
            f"The result is right, but {_argument(standard, result.changed[0])} was changed in "
            "place: whoever called your function finds their own data altered. Work on a copy."
        )
    elif fault.difference is not None:
        message = _told(fault.difference)
        shown += _values(fault.difference, result, standard.expected.results[fault.probe])
    else:
        shown.append(("came back", short(result.value)))
    printed = getattr(result, "printed", "").rstrip()
    if printed:
        shown.append(("printed", _first_lines(printed)))
    failed, total = len(faults), len(standard.probes)
    notes = list(_blank_note(outputs))
    if total > 1 and fault.kind != "too slow":
        notes.append(
            f"{total - failed} of {total} probes are right; the smallest that isn't is shown."
            if failed < total
            else f"None of {total} probes is right; the smallest is shown."
        )
    return Verdict(standard.exercise, fault.kind, _sentence(message), tuple(shown), tuple(notes))


def _raised(result: Raised) -> str:
    if result.error == "DifferentParameters":
        return result.message
    return f"Your code raised {result.error}" + (f": {result.message}" if result.message else "")


def _told(found: Difference) -> str:
    at = f" at {found.where}" if found.where else ""
    match found.kind:
        case "wrong type":
            return f"The result{at} is {found.got}; expected {found.expected}"
        case "wrong shape":
            return f"The result{at} has shape {found.got}; expected {found.expected}"
        case "wrong dtype":
            return f"The result{at} holds {found.got}; expected {found.expected}"
        case "not finite":
            return (
                f"The result{at} is {found.got}; expected {found.expected}. An overflow, a "
                "division by zero or the log of zero came before"
            )
    return f"First difference{at}: got {found.got}, expected {found.expected}"


def _values(found: Difference, got: Output, expected: Output) -> list[tuple[str, str]]:
    if not isinstance(got, Returned) or not isinstance(expected, Returned):
        return []
    if not found.where and found.kind == "wrong value":
        return []
    return [("came back", short(got.value)), ("expected", short(expected.value))]


def _call_text(standard: Standard, probe: int) -> str:
    arguments = standard.probes[probe]
    if not arguments:
        return ""
    name = standard.exercise.rpartition(".")[2]
    inside = ", ".join(
        f"{_parameter(standard, i)}={short(_shown(argument), 40)}"
        for i, argument in enumerate(arguments)
    )
    return f"{name}({inside})"


def _shown(argument: Any) -> Any:
    return plain(argument)


def _parameter(standard: Standard, i: int) -> str:
    return standard.parameters[i] if i < len(standard.parameters) else f"argument {i + 1}"


def _argument(standard: Standard, i: int) -> str:
    return f"`{_parameter(standard, i)}`"


def _blank_note(outputs: Outputs) -> tuple[str, ...]:
    if outputs.blank is None:
        return ()
    return (f"A `...` still stands in line {outputs.blank}.",)


def _first_lines(text: str, most: int = 6) -> str:
    lines = text.splitlines()
    return "\n".join(lines[:most] + ["…"] * (len(lines) > most))


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!", ":")) else text + "."

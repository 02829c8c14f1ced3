"""From outputs to a verdict. Never calls the learner's code."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

from pathkit.checks.compare import Difference, Tolerance, described, difference, short
from pathkit.checks.outputs import MOST_SAID, Output, Outputs, Raised, Returned, TimedOut
from pathkit.checks.plain import Opaque, plain, size
from pathkit.checks.slips import slipped
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
    parameters: what the parts of a probe are called.
    called: whether a probe holds the answer's arguments; else a drive makes the call.
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
    called: bool = True


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
        return Verdict(name, "not attempted", _to_begin(outputs))
    unusable = outputs.unusable or _incomplete(outputs, standard)
    if unusable:
        return Verdict(name, "not usable", _sentence(unusable))
    faults = _faults(outputs, standard)
    if not faults:
        return Verdict(name, "passed", standard.passed, tuple(_printed(outputs.results)))
    for known in standard.known():
        if alike(known.outputs, outputs, standard):
            return _named(known, outputs, standard)
    if found := _with_a_slip(outputs, standard):
        known, slip = found
        return _named(known, outputs, standard, (f"Besides, {slip}.",))
    return _generic(faults, outputs, standard)


def _to_begin(outputs: Outputs) -> str:
    if outputs.blank is None:  # code with a fault to find, or the dots are gone
        return "Nothing of yours is in it yet: change the code, then run the cell."
    return "Replace the `...` by your code and run the cell."


def _named(
    known: Known, outputs: Outputs, standard: Standard, besides: tuple[str, ...] = ()
) -> Verdict:
    return Verdict(
        standard.exercise, "misconception", known.message, tuple(_printed(outputs.results)),
        notes=(*besides, *_blank_note(outputs)), misconception=known.name,
    )


def _with_a_slip(outputs: Outputs, standard: Standard) -> tuple[Known, str] | None:
    """The one misconception that these outputs are with a second slip, and what that is."""
    if _slip(standard.expected, outputs, standard):
        return None  # the idea is right
    found = [(k, said) for k in standard.known() if (said := _slip(k.outputs, outputs, standard))]
    return found[0] if len(found) == 1 else None


def _slip(known: Outputs, outputs: Outputs, standard: Standard) -> str:
    """What makes the known outputs these, "" where no single slip does."""
    for said, changed, tolerance in slipped(known, outputs, standard.tolerance):
        if alike(changed, outputs, dataclasses.replace(standard, tolerance=tolerance)):
            return said
    return ""


def is_right(outputs: Outputs, standard: Standard) -> bool:
    """Whether `judge` would pass these outputs, without finding out why not."""
    unusable = outputs.unusable or _incomplete(outputs, standard)
    return outputs.attempted and not unusable and not _faults(outputs, standard)


def failing(outputs: Outputs, standard: Standard) -> tuple[int, ...]:
    """The probes, from 0, on which these outputs are wrong; all where nothing can be compared."""
    if not outputs.attempted or outputs.unusable or _incomplete(outputs, standard):
        return tuple(range(len(standard.probes)))
    stopped = range(len(outputs.results), len(standard.probes))
    return (*(fault.probe for fault in _faults(outputs, standard)), *stopped)


def _incomplete(outputs: Outputs, standard: Standard) -> str:
    """Why these outputs can't be held against the probes; "" when they can."""
    if len(standard.expected.results) != len(standard.probes):
        return "The reference took too long to compare with; run the cell again."
    stopped = bool(outputs.results) and isinstance(outputs.results[-1], TimedOut)
    missing = len(standard.probes) - len(outputs.results)
    if missing < 0 or missing > 0 and not stopped:
        return "These aren't the results of all probes; run the cell again."
    return ""


def _faults(outputs: Outputs, standard: Standard) -> list[Fault]:
    found = (_fault(i, result, standard) for i, result in enumerate(outputs.results))
    return [fault for fault in found if fault is not None]


def _fault(i: int, result: Output, standard: Standard) -> Fault | None:
    expected = standard.expected.results[i]
    if isinstance(result, TimedOut):
        return Fault("too slow", i)
    if isinstance(result, Raised):
        if isinstance(expected, Raised) and result.error == expected.error:
            return None
        if result.error == "DifferentParameters":
            return Fault("wrong shape", i, result.message)
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


def alike(one: Outputs, other: Outputs, standard: Standard) -> bool:
    """Whether two answers can't be told apart by what they did on the probes.

    Answers that never return a value say little about the idea behind them: then the errors'
    messages must be the same, too, and a call that had to be stopped is like no other.
    """
    if len(one.results) != len(other.results):
        return False
    ever = any(isinstance(result, Returned) for result in other.results)
    pairs = zip(one.results, other.results, strict=True)
    return all(_alike(a, b, standard.tolerance, ever) for a, b in pairs)


def _alike(one: Output, other: Output, tolerance: Tolerance, ever: bool) -> bool:
    if isinstance(one, Raised) and isinstance(other, Raised):
        return one.error == other.error and (ever or one.message == other.message)
    if isinstance(one, Returned) and isinstance(other, Returned):
        return (
            one.changed == other.changed
            and difference(one.value, other.value, tolerance) is None
        )
    return ever and type(one) is type(other)


def _generic(faults: list[Fault], outputs: Outputs, standard: Standard) -> Verdict:
    fault = min(
        faults,
        key=lambda f: (ORDER.index(f.kind), size(plain(standard.probes[f.probe])), f.probe),
    )
    result = outputs.results[fault.probe]
    shown = [*_call(standard, fault.probe), *_line(result), *_values(fault, result, standard)]
    notes = (*_blank_note(outputs), *_count_note(faults, fault, standard))
    message = _sentence(_message(fault, result, standard))
    shown += _printed([result])
    return Verdict(standard.exercise, fault.kind, message, tuple(shown), notes)


def _message(fault: Fault, result: Output, standard: Standard) -> str:
    if fault.said:
        return fault.said
    if isinstance(result, Raised):
        return _raised(result, fault.probe, standard)
    if isinstance(result, TimedOut):
        return (
            f"Stopped after {result.seconds:g} seconds. Look for a loop that never ends, or work "
            "that is repeated inside a loop."
        )
    if fault.difference is not None:
        return _told(fault.difference)
    return (
        f"The result is right, but `{_parameter(standard, result.changed[0])}` was changed in "
        "place: whoever called your function finds their own data altered. Work on a copy."
    )


def _raised(result: Raised, probe: int, standard: Standard) -> str:
    text = f"Your code raised {result.error}" + (f": {result.message}" if result.message else "")
    expected = standard.expected.results[probe]
    if isinstance(expected, Raised):
        return f"{text}; here {expected.error} should be raised."
    if result.error != "TypeError" or result.line is not None:
        return text
    # Not a line of the learner's was reached: the call itself failed.
    if not standard.called:
        return f"{text}. Keep the parameters that the cell came with"
    names = ", ".join(_parameter(standard, i) for i in range(len(standard.probes[probe])))
    return f"{text}. It is called as `{_name(standard)}({names})`: keep these parameters"


def _line(result: Output) -> list[tuple[str, str]]:
    line = getattr(result, "line", None)
    return [] if line is None else [(f"line {line}", result.code)]


def _told(found: Difference) -> str:
    at = f" at {found.where}" if found.where else ""
    match found.kind:
        case "wrong type":
            forgotten = ". Is there a `return`?" if (found.got, at) == ("None", "") else ""
            return f"The result{at} is {found.got}; expected {found.expected}{forgotten}"
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


def _values(fault: Fault, got: Output, standard: Standard) -> list[tuple[str, str]]:
    """The whole results, where the message shows only a part of them or nothing."""
    expected, found = standard.expected.results[fault.probe], fault.difference
    if not isinstance(got, Returned) or fault.kind == "changed its input":
        return []
    if found is None or not isinstance(expected, Returned):
        return [("came back", short(got.value))]
    if isinstance(got.value, Opaque) or (not found.where and found.kind == "wrong value"):
        return []
    return [("came back", short(got.value)), ("expected", short(expected.value))]


def _call(standard: Standard, probe: int) -> list[tuple[str, str]]:
    """What was tried, small: the call, or the parts of the probe where a drive makes the call."""
    arguments = standard.probes[probe]
    inside = ", ".join(
        f"{_parameter(standard, i)}={short(plain(argument), 40)}"
        for i, argument in enumerate(arguments)
    )
    if not arguments:
        return [("called", f"{_name(standard)}()")] if standard.called else []
    return [("called", f"{_name(standard)}({inside})")] if standard.called else [("tried", inside)]


def _name(standard: Standard) -> str:
    return standard.exercise.rpartition(".")[2]


def _parameter(standard: Standard, i: int) -> str:
    return standard.parameters[i] if i < len(standard.parameters) else f"argument {i + 1}"


def _count_note(faults: list[Fault], fault: Fault, standard: Standard) -> tuple[str, ...]:
    failed, total = len(faults), len(standard.probes)
    if total == 1 or fault.kind == "too slow":
        return ()
    if failed == total:
        return (f"None of {total} probes is right; the smallest is shown.",)
    return (f"{total - failed} of {total} probes are right; the smallest that isn't is shown.",)


def _printed(results: Sequence[Output]) -> list[tuple[str, str]]:
    """What the first call that printed anything printed."""
    texts = (result.printed.rstrip() for result in results)
    return [("printed", _first_lines(text)) for text in texts if text][:1]


def _blank_note(outputs: Outputs) -> tuple[str, ...]:
    if outputs.blank is None:
        return ()
    return (f"A `...` still stands in line {outputs.blank}.",)


def _first_lines(text: str, most: int = 6) -> str:
    lines = text.splitlines()
    return "\n".join(lines[:most] + ["…"] * (len(lines) > most))


def _short(text: str) -> str:
    """What is said of a value may quote it, and it may be long."""
    return text if len(text) <= MOST_SAID else f"{text[:MOST_SAID]}…"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!", ":")) else text + "."

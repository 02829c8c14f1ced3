"""The words in which a fault is told: a message, what was tried, what came back."""

from __future__ import annotations

from collections.abc import Sequence

from pathkit.checks.compare import Difference
from pathkit.checks.faults import Fault
from pathkit.checks.outputs import Output, Outputs, Raised, Returned, TimedOut
from pathkit.checks.plain import Opaque, plain
from pathkit.checks.standard import Standard
from pathkit.checks.value_text import short


def to_begin(outputs: Outputs) -> str:
    """What to do about an exercise that nothing was written for."""
    if outputs.blank is None:  # code with a fault to find, or the dots are gone
        return "Nothing of yours is in it yet: change the code, then run the cell."
    return "Replace the `...` by your code and run the cell."


def message(fault: Fault, result: Output, standard: Standard) -> str:
    """What is wrong, in one or two sentences."""
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


def shown(fault: Fault, result: Output, standard: Standard) -> list[tuple[str, str]]:
    """What stands under the message: the call, the line that raised, values, what was printed."""
    return [
        *_call(standard, fault.probe), *_line(result), *_values(fault, result, standard),
        *printed([result]),
    ]


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


def count_note(faults: list[Fault], fault: Fault, standard: Standard) -> tuple[str, ...]:
    """On how many probes it went wrong, where that says more."""
    failed, total = len(faults), len(standard.probes)
    if total == 1 or fault.kind == "too slow":
        return ()
    if failed == total:
        return (f"None of {total} probes is right; the smallest is shown.",)
    return (f"{total - failed} of {total} probes are right; the smallest that isn't is shown.",)


def printed(results: Sequence[Output]) -> list[tuple[str, str]]:
    """What the first call that printed anything printed."""
    texts = (result.printed.rstrip() for result in results)
    return [("printed", _first_lines(text)) for text in texts if text][:1]


def blank_note(outputs: Outputs) -> tuple[str, ...]:
    """Where a `...` was left."""
    if outputs.blank is None:
        return ()
    return (f"A `...` still stands in line {outputs.blank}.",)


def _first_lines(text: str, most: int = 6) -> str:
    lines = text.splitlines()
    return "\n".join(lines[:most] + ["…"] * (len(lines) > most))


def sentence(text: str) -> str:
    """A text with the full stop that it may lack."""
    return text if text.endswith((".", "?", "!", ":")) else text + "."

"""The words in which a fault is told: a message, what was tried, what came back."""

from __future__ import annotations

import functools
import types
from collections.abc import Sequence
from typing import Any

from pathkit.checks.difference_text import told
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
        return told(fault.difference, result, standard)
    return (
        f"The result is right, but `{_parameter(standard, result.changed[0])}` was changed in "
        "place: whoever called your function finds their own data altered. Work on a copy."
    )


def shown(fault: Fault, result: Output, standard: Standard) -> list[tuple[str, str]]:
    """What stands under the message: the call, the line that raised, values, what was printed."""
    return [
        *_call(standard, fault.probe), *_line(fault, result), *_values(fault, result, standard),
        *printed([result]),
    ]


def _raised(result: Raised, probe: int, standard: Standard) -> str:
    what = result.error + (f": {result.message}" if result.message else "")
    expected = standard.expected.results[probe]
    if isinstance(expected, Raised):
        return f"Your code raised {what}; here {expected.error} should be raised."
    if result.outside == "check":
        forgotten = ". Is there a `return`?" if "'NoneType'" in result.message else ""
        return ("The check couldn't go on with what your code gave back or left behind: "
                f"{what}{forgotten}")
    text = f"Your code raised {what}"
    if result.outside != "call":
        return text
    text = f"The call failed with {what}"
    if standard.signature:
        return f"{text}. It is called as `{standard.signature}`: keep these parameters"
    return f"{text}. Keep the parameters that the cell came with"


def _line(fault: Fault, result: Output) -> list[tuple[str, str]]:
    line = getattr(result, "line", None)
    if line is not None:
        return [(f"line {line}", result.code)]
    lost = fault.kind == "not finite" and getattr(result, "warned", ())
    return [(f"line {lost[0].line}", lost[0].code)] if lost else []


def _values(fault: Fault, got: Output, standard: Standard) -> list[tuple[str, str]]:
    """The whole results, where the message shows only a part of them or nothing."""
    expected, found = standard.expected.results[fault.probe], fault.difference
    if not isinstance(got, Returned) or fault.kind == "changed its input":
        return []
    came = "came back" if standard.own_result else "computed"
    if found is None or not isinstance(expected, Returned):
        return [(came, short(got.value))]
    if isinstance(got.value, Opaque) or (not found.where and found.kind == "wrong value"):
        return []
    return [(came, short(got.value)), ("expected", short(expected.value))]


def _call(standard: Standard, probe: int) -> list[tuple[str, str]]:
    """What was tried, small: the call, or the parts of the probe where a drive makes the call."""
    arguments = standard.probes[probe]
    inside = ", ".join(
        f"{_parameter(standard, i)}={_argument(argument)}"
        for i, argument in enumerate(arguments)
    )
    if not arguments:
        return [("called", f"{_name(standard)}()")] if standard.called else []
    return [("called", f"{_name(standard)}({inside})")] if standard.called else [("tried", inside)]


def _argument(value: Any) -> str:
    """A value as it was given; a function by its name, where that says something."""
    if not isinstance(value, _FUNCTIONS):
        return short(plain(value), 40).replace("<_", "<")  # a name of the check's own
    name = getattr(getattr(value, "func", value), "__name__", "").strip("_")
    return name if name.isidentifier() else "a function"


_FUNCTIONS = (
    type, types.FunctionType, types.BuiltinFunctionType, types.MethodType, functools.partial,
)


def _name(standard: Standard) -> str:
    return standard.exercise.rpartition(".")[2]


def _parameter(standard: Standard, i: int) -> str:
    return standard.parameters[i] if i < len(standard.parameters) else f"argument {i + 1}"


def count_note(faults: list[Fault], fault: Fault, standard: Standard) -> tuple[str, ...]:
    """On how many probes it went wrong, where that says more."""
    failed, total = len(faults), len(standard.probes)
    if total == 1 or fault.kind == "too slow":
        return ()
    right = total - failed
    lost = sum(f.kind == "not finite" for f in faults if f is not fault)
    more = (f"On {lost} of the others a result isn't finite.",)
    more = more if lost and fault.kind != "not finite" else ()
    if not right:
        return (f"None of {total} probes is right; here is one of them.", *more)
    are = "is" if right == 1 else "are"
    return (f"{right} of {total} probes {are} right; here is one that isn't.", *more)


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

"""Whether an exercise's settings can be used; said with file and line, before anything runs."""

from __future__ import annotations

import inspect
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pathkit.checks.compare import Tolerance
from pathkit.checks.levels import LEVELS


def place_of(written: Any) -> str:
    """`bigram/smoothed.py:12: ` for a function or class; "" where it has no file."""
    written = inspect.unwrap(written)
    code = getattr(written, "__code__", None)
    try:
        file = code.co_filename if code else str(inspect.getsourcefile(written))
        line = code.co_firstlineno if code else inspect.getsourcelines(written)[1]
    except (OSError, TypeError):
        return ""
    path = Path(file)
    return f"{path.parent.name}/{path.name}:{line}: " if path.suffix == ".py" else ""


def faults(settings: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the settings of an exercise, and what is expected."""
    for name in ("title", "prompt"):
        if not _is_text(settings[name]):
            yield f"{name}= is {settings[name]!r}; expected text"
    if settings["level"] not in LEVELS:
        yield f"level {settings['level']!r} is not one of {LEVELS}"
    yield from _hints(settings["hints"])
    yield from _errors(settings["errors"])
    takes_by_name = {"probes": "rng -> [arguments, …]", "drive": "(answer, *probe) -> value"}
    for name, takes in takes_by_name.items():
        if not callable(settings[name]):
            yield f"{name}= is no function; expected {takes}"
    if settings["accept"] is not None and not callable(settings["accept"]):
        yield "accept= is no function; expected (value, *probe) -> None or what is wrong"
    yield from _returns(settings["returns"])
    yield from _numbers(settings["tolerance"], settings["seconds"])


def _hints(hints: Any) -> Iterator[str]:
    if isinstance(hints, str) or not isinstance(hints, Sequence):
        yield "hints= is no list; expected three texts or more"
    elif len(hints) < 3:
        yield f"three hints are needed, got {len(hints)}"
    else:
        for number, hint in enumerate(hints, 1):
            if not _is_text(hint):
                yield f"hint {number} is {hint!r}; expected text"


def _errors(errors: Any) -> Iterator[str]:
    pairs = isinstance(errors, list | tuple) and all(
        isinstance(pair, list | tuple) and len(pair) == 2 and all(map(_is_text, pair))
        for pair in errors
    )
    if not pairs:
        yield "errors= is no list of pairs; expected [(error text, what it means), …]"


def _returns(returns: Any) -> Iterator[str]:
    parts = returns.values() if isinstance(returns, Mapping) else returns
    if isinstance(returns, str) or not isinstance(parts, Iterable) or not all(map(_is_text, parts)):
        yield 'returns= is no list of names; expected the names of the parts, ("loss", …)'


def _numbers(tolerance: Any, seconds: Any) -> Iterator[str]:
    if tolerance is not None:
        if not isinstance(tolerance, Tolerance):
            yield f"tolerance= is {tolerance!r}; expected Tolerance(relative=…, absolute=…)"
        else:
            for name in ("relative", "absolute"):
                value = getattr(tolerance, name)
                if not _is_number(value) or not 0 <= value < math.inf:
                    yield f"the {name} tolerance is {value!r}; expected a number from 0 on"
    if not _is_number(seconds) or not 0 < seconds < math.inf:
        yield f"seconds= is {seconds!r}; expected how long an answer may take, such as 5.0"


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def fault_of_spelling(name: str) -> str:
    """What is said of a spelling of what was never registered."""
    return (f"@{name}.spelling(…) wants a wrong answer that @{name}.misconception(…) registered "
            "above it")


def fault_of_message(message: Any, exercise: str) -> str:
    """Why this is no message of a misconception; "" when it is one."""
    if _is_text(message):
        return ""
    given = "has no message" if callable(message) else f"has the message {message!r}"
    return f"a misconception of {exercise} {given}; expected @{exercise}.misconception(\"why …\")"


def fault_of_probes(probes: Any) -> str:
    """Why these are no probes; "" when they are."""
    if isinstance(probes, str | Mapping) or not hasattr(probes, "__iter__"):
        return f"probes= returns {type(probes).__name__}; expected a list of tuples"
    for number, probe in enumerate(probes, 1):
        if not isinstance(probe, tuple):
            return (f"probe {number} is of type {type(probe).__name__}; expected a tuple of "
                    "arguments, and one argument is written (x,)")
    return "" if len(probes) else "probes= returns an empty list; expected one probe at least"

"""Call a learner's answer on probes and write down what happened, as plain data."""

from __future__ import annotations

import ast
import contextlib
import copy
import inspect
import io
import linecache
import time
import types
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from pathkit.checks.compare import Tolerance, difference
from pathkit.checks.limit import OutOfTime, at_most, can_stop
from pathkit.checks.outputs import Output, Outputs, Raised, Returned, TimedOut
from pathkit.checks.plain import plain
from pathkit.source import first_blank, untouched

EXACTLY = Tolerance(0.0, 0.0)
MOST_PRINTED = 2000

Drive = Callable[..., Any]


def call(answer: Any, *probe: Any) -> Any:
    """The default drive: the answer is a function and a probe holds its arguments."""
    return answer(*probe)


def run(
    answer: Any,
    probes: Sequence[tuple],
    *,
    drive: Drive = call,
    stub: str = "",
    seconds: float = 5.0,
    needs_call: bool = True,
) -> Outputs:
    """Call `drive(answer, *probe)` for each probe; never raises what the answer raises.

    stub: what the learner started from, to tell "not attempted" from wrong.
    seconds: wall time for all probes together; the first one that exceeds it ends the run.
    needs_call: whether the answer must be callable; values aren't.
    """
    if answer is None or answer is Ellipsis:
        return Outputs(attempted=False)
    if needs_call and not callable(answer):
        return Outputs(unusable=f"A function or class is expected, but this is {answer!r:.60}")
    source, first_line = _source_and_line(answer) if needs_call else ("", 1)
    if source and stub and untouched(source, stub):
        return Outputs(attempted=False)
    if needs_call and not source and _only_ellipsis(answer):
        return Outputs(attempted=False)
    results: list[Output] = []
    end = time.monotonic() + seconds
    for probe in probes:
        left = end - time.monotonic()
        result = _one(answer, probe, drive, max(left, 0.01), seconds)
        results.append(result)
        if isinstance(result, TimedOut):
            break
    blank = first_blank(source)
    return Outputs(tuple(results), blank=None if blank is None else blank + first_line - 1)


def source_of(answer: Any) -> str:
    """The answer's source text, or "" where none can be found."""
    return _source_and_line(answer)[0]


def _source_and_line(answer: Any) -> tuple[str, int]:
    if isinstance(answer, type):
        return _class_source(answer)
    try:
        lines, first = inspect.getsourcelines(answer)
    except (OSError, TypeError):
        return "", 1
    return "".join(lines), first


def _class_source(answer: type) -> tuple[str, int]:
    """`inspect` looks for a class in its module's file, which a notebook's classes don't have."""
    lines = linecache.getlines(_file_of(answer))
    try:
        body = ast.parse("".join(lines)).body
    except SyntaxError:
        return "", 1
    for node in reversed(body):
        if isinstance(node, ast.ClassDef) and node.name == answer.__name__:
            return "".join(lines[node.lineno - 1 : node.end_lineno]), node.lineno
    return "", 1


def _only_ellipsis(answer: Any) -> bool:
    """Without source, compiled code tells: a body of `...` alone returns None and calls nothing."""
    code = getattr(answer, "__code__", None)
    return code is not None and not code.co_names and set(code.co_consts) <= {None, answer.__doc__}


def _one(answer: Any, probe: tuple, drive: Drive, left: float, seconds: float) -> Output:
    before = [plain(argument) for argument in probe]
    arguments = [_copied(argument) for argument in probe]
    printed = io.StringIO()
    begun = time.monotonic()
    try:
        with _quiet(printed), at_most(left):
            value = plain(drive(answer, *arguments))
    except OutOfTime as stop:
        return TimedOut(seconds, *_own_line(answer, stop.__traceback__))
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # SystemExit too: `exit()` in an answer is an answer
        line, code = _own_line(answer, error.__traceback__)
        return Raised(type(error).__name__, _message(error), line, code, _cut(printed))
    if not can_stop() and time.monotonic() - begun > left:
        return TimedOut(seconds)
    changed = tuple(
        i
        for i, (old, argument) in enumerate(zip(before, arguments, strict=True))
        if difference(old, plain(argument), EXACTLY) is not None
    )
    return Returned(value, changed, _cut(printed))


@contextlib.contextmanager
def _quiet(printed: io.StringIO):
    """Keep an answer's prints, drop its warnings: neither decides a verdict."""
    with contextlib.redirect_stdout(printed), warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


def _copied(argument: Any) -> Any:
    return argument if callable(argument) else copy.deepcopy(argument)


def _cut(printed: io.StringIO) -> str:
    return printed.getvalue()[:MOST_PRINTED]


def _message(error: BaseException) -> str:
    try:
        return " ".join(str(error).split())[:300]
    except Exception:
        return ""


def _own_line(answer: Any, traceback: types.TracebackType | None) -> tuple[int | None, str]:
    """The last line of the learner's own code that a traceback passes through."""
    own = _file_of(answer)
    line, code = None, ""
    while traceback is not None and own:
        if traceback.tb_frame.f_code.co_filename == own:
            line = traceback.tb_lineno
            code = linecache.getline(own, line, traceback.tb_frame.f_globals).strip()
        traceback = traceback.tb_next
    return line, code


def _file_of(answer: Any) -> str:
    answer = inspect.unwrap(answer) if callable(answer) else answer
    code = getattr(answer, "__code__", None)
    if code is not None:
        return code.co_filename
    for member in vars(answer).values() if isinstance(answer, type) else ():
        code = getattr(member, "__code__", None)
        if code is not None:
            return code.co_filename
    return ""

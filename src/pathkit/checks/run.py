"""Call a learner's answer on probes and write down what happened, as plain data."""

from __future__ import annotations

import ast
import contextlib
import copy
import functools
import inspect
import io
import linecache
import re
import time
import types
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from pathkit.checks.compare import Tolerance, difference
from pathkit.checks.imports import clock, timed_imports
from pathkit.checks.limit import OutOfTime, at_most, can_stop
from pathkit.checks.outputs import (
    MOST_CODE,
    MOST_MESSAGE,
    MOST_PRINTED,
    Output,
    Outputs,
    Raised,
    Returned,
    TimedOut,
)
from pathkit.checks.plain import name_of, plain
from pathkit.checks.settings import standard_settings
from pathkit.checks.source import does_as_little, first_blank, untouched
from pathkit.checks.value_text import shown
from pathkit.checks.warned import noting

EXACTLY = Tolerance(0.0, 0.0)

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
        return Outputs(attempted=False, blank=0 if answer is Ellipsis else None)
    if needs_call and not callable(answer):
        return Outputs(
            unusable=f"A function or class is expected, but this is {shown(answer)}. Define it "
            "under the name the cell came with, and pass it without calling it."
        )
    source, first_line = _source_and_line(answer) if needs_call else ("", 1)
    blank = first_blank(source)
    blank = None if blank is None else blank + first_line - 1
    if stub and _is_stub(answer, source, stub):
        lost = not source and first_blank(stub) is not None
        return Outputs(attempted=False, blank=0 if lost else blank)
    with standard_settings():
        results = tuple(_all(answer, probes, drive, seconds))
    return Outputs(results, blank=blank)


def _all(answer: Any, probes: Sequence[tuple], drive: Drive, seconds: float) -> Iterator[Output]:
    end = time.monotonic() + seconds
    for probe in probes:
        left = end - time.monotonic()
        imported = clock.so_far()
        result = _one(answer, probe, drive, max(left, 0.01), seconds)
        end += clock.so_far() - imported
        yield result
        if isinstance(result, TimedOut):
            return


def on_probe(answer: Any, probe: tuple, drive: Drive, seconds: float) -> Output:
    """What `run` writes down for one probe, for whoever tries many answers under its settings."""
    return _one(answer, probe, drive, seconds, seconds)


def source_of(answer: Any) -> str:
    """The answer's source text, or "" where none can be found."""
    return _source_and_line(answer)[0]


def _source_and_line(answer: Any) -> tuple[str, int]:
    if isinstance(answer, type):
        return _class_source(answer)
    try:
        lines, first = inspect.getsourcelines(answer)
    except Exception:  # no file, no function, a __wrapped__ that leads back to itself, …
        return "", 1
    return "".join(lines), first


def _class_source(answer: type) -> tuple[str, int]:
    """`inspect` looks for a class in its module's file, which a notebook's classes don't have."""
    lines = linecache.getlines(_file_of(answer))
    try:
        body = ast.parse("".join(lines)).body
    except (SyntaxError, ValueError):
        return "", 1
    for node in reversed(body):
        if isinstance(node, ast.ClassDef) and node.name == name_of(answer):
            return "".join(lines[node.lineno - 1 : node.end_lineno]), node.lineno
    return "", 1


def _is_stub(answer: Any, source: str, stub: str) -> bool:
    if source:
        return untouched(source, stub)
    if isinstance(answer, type):  # a class without methods has no code that leads to its source
        return not any(_code_of(m) for m in vars(answer).values()) and _is_empty(answer)
    code = _code_of(answer)
    return code is not None and does_as_little(code, stub)


def _is_empty(answer: type) -> bool:
    return all(name.startswith("__") for name in vars(answer))


def _code_of(answer: Any) -> types.CodeType | None:
    try:
        code = answer.__code__
    except Exception:  # not a function, or an object whose attributes resist
        return None
    return code if isinstance(code, types.CodeType) else None


def outcome(answer: Any, probe: tuple, drive: Drive = call, seconds: float = 5.0) -> Output:
    """What one call of an answer of ours comes to, under the settings that are in force."""
    return _one(answer, probe, drive, seconds, seconds)


def _one(answer: Any, probe: tuple, drive: Drive, left: float, seconds: float) -> Output:
    before = [plain(argument) for argument in probe]
    arguments = [_copied(argument) for argument in probe]
    printed = _Printed()
    end = time.monotonic() + left - clock.so_far()
    try:
        with (
            _quiet(printed), noting(_file_of(answer)) as warned, timed_imports(), at_most(left)
        ):
            value = plain(drive(answer, *arguments))
            # Looking at what was returned or altered may call the learner's code, too.
            after = [plain(argument) for argument in arguments]
    except OutOfTime as stop:
        line, code = _own_line(answer, stop.__traceback__)
        return TimedOut(seconds, line, code, printed.kept)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # SystemExit too: `exit()` in an answer is an answer
        line, code = _own_line(answer, error.__traceback__)
        outside = "" if line is not None else _outside(answer, probe, drive, error)
        return Raised(name_of(type(error)), _message(error), line, code, printed.kept, outside)
    if not can_stop() and time.monotonic() - clock.so_far() > end:
        return TimedOut(seconds, printed=printed.kept)
    pairs = enumerate(zip(before, after, strict=True))
    changed = (i for i, (old, new) in pairs if difference(old, new, EXACTLY) is not None)
    return Returned(value, tuple(changed), printed.kept, tuple(warned))


class _Printed(io.StringIO):
    """Keeps the first prints and forgets the rest: a loop may print for ever."""

    kept = ""

    def write(self, text: str) -> int:
        """Take `text` as a stream does."""
        if not isinstance(text, str):
            raise TypeError(f"write() needs a string, not {name_of(type(text))}")
        self.kept += str.__getitem__(text, slice(MOST_PRINTED - len(self.kept)))
        return len(text)


@contextlib.contextmanager
def _quiet(printed: io.StringIO) -> Iterator[None]:
    """Keep an answer's prints: they decide no verdict, and nbgrader takes stderr for a failure."""
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        yield


def _copied(argument: Any) -> Any:
    return argument if callable(argument) else copy.deepcopy(argument)


def _message(error: BaseException) -> str:
    try:
        with at_most(1.0):
            return " ".join(str.split(str(error)))[:MOST_MESSAGE]
    except KeyboardInterrupt:
        raise
    except BaseException:  # its __str__ is the learner's code, too
        return ""


def _outside(answer: Any, probe: tuple, drive: Drive, error: BaseException) -> str:
    """Why no line of the learner's was running when this was raised; see Raised.outside."""
    if drive is call and isinstance(error, TypeError):
        with contextlib.suppress(Exception):  # its signature may be the learner's code
            with at_most(1.0):
                signature = inspect.signature(answer)
            try:
                signature.bind(*probe)
            except TypeError:
                return "call"
            return ""
    # A drive chooses the arguments itself; Python says by name whose parameters they don't fit.
    misfit = rf"{re.escape(_called(answer))}(\.\w+)?\(\) (takes|missing|got) "
    if isinstance(error, TypeError) and re.match(misfit, _message(error)):
        return "call"
    return "check" if drive is not call and _file_of(answer) else ""


def _called(answer: Any) -> str:
    name = getattr(_unwrapped(answer), "__qualname__", "")
    return name if isinstance(name, str) else ""


def _own_line(answer: Any, traceback: types.TracebackType | None) -> tuple[int | None, str]:
    """The last line of the learner's own code that a traceback passes through."""
    own = _file_of(answer)
    line, code = None, ""
    while traceback is not None and own:
        # An instruction between two lines has no number.
        if traceback.tb_frame.f_code.co_filename == own and traceback.tb_lineno:
            line = traceback.tb_lineno
            code = linecache.getline(own, line, traceback.tb_frame.f_globals).strip()[:MOST_CODE]
        traceback = traceback.tb_next
    return line, code


def _file_of(answer: Any) -> str:
    for candidate in (_unwrapped(answer), *_members(answer)):
        code = _code_of(candidate)
        if code is not None:
            return code.co_filename
    return ""


def _members(answer: Any) -> list[Any]:
    """Where the code of a class, a partial or a callable object stands."""
    if isinstance(answer, functools.partial):
        return [answer.func]
    return list(vars(answer if isinstance(answer, type) else type(answer)).values())


def _unwrapped(answer: Any) -> Any:
    try:
        return inspect.unwrap(answer)
    except Exception:  # a __wrapped__ that leads back to itself, or an object that resists
        return answer

"""Whether an answer is the path's own, which stood in for a learner's until theirs passes."""

from __future__ import annotations

import contextlib
import dis
import functools
import inspect
import types
from collections.abc import Iterator
from typing import Any, Literal

from pathkit.checks.exercise import Exercise

How = Literal["", "itself", "inside", "another"]

# What is walked through to find a reference in what a learner wrote.
MOST, DEEPEST = 500, 6
MANY = 50  # of a list or dict


def how_ours(answer: Any, exercise: Exercise) -> How:
    """How the path's own answer is in this one; "" where it isn't, as far as can be seen.

    "itself": the reference, or an instance of it where it is a class. "inside": what was written
    wraps it, calls it or inherits from it. "another": an answer of the path's to something else.
    The references of other exercises may well be used inside: they stand in, too.
    """
    with contextlib.suppress(Exception):  # to look at a learner's object may run their code
        if _is(answer, exercise):
            return "itself"
        if _is_of_the_path(answer, exercise):
            return "another"
        if any(_is(part, exercise) for part in _parts(answer, exercise.name)):
            return "inside"
    return ""


def _is(thing: Any, exercise: Exercise) -> bool:
    reference = exercise.reference
    if thing is exercise or thing is reference:
        return True
    if isinstance(reference, type):
        return type(thing) is reference
    return type(thing) is types.FunctionType and thing.__code__ is reference.__code__


def _is_of_the_path(thing: Any, exercise: Exercise) -> bool:
    if type(thing) is Exercise:
        return True
    if isinstance(thing, types.FunctionType):  # `wraps` gives it another's __module__
        home = thing.__globals__.get("__name__")
    else:
        home = thing.__module__ if isinstance(thing, type) else ""
    package = exercise.reference.__module__.rsplit(".", 2)[0]
    return str(home).startswith(f"{package}.")


def _parts(answer: Any, name: str) -> Iterator[Any]:
    """What an answer is made of: what it wraps, is bound to, inherits from, holds and calls."""
    queue, seen = [(answer, 0)], {id(answer)}
    while queue and len(seen) < MOST:
        thing, depth = queue.pop(0)
        for part in _held(thing, name) if depth < DEEPEST else ():
            if id(part) not in seen:
                seen.add(id(part))
                queue.append((part, depth + 1))
                yield part


def _held(thing: Any, name: str) -> Iterator[Any]:
    kind = type(thing)
    if kind in (functools.partial, functools.partialmethod):
        yield from (thing.func, *thing.args, *thing.keywords.values())
    elif kind in (staticmethod, classmethod):
        yield thing.__func__
    elif kind is property:
        yield from (thing.fget, thing.fset, thing.fdel)
    elif kind is types.MethodType:
        yield from (thing.__func__, thing.__self__)
    elif kind in (types.MethodWrapperType, types.BuiltinMethodType):
        yield thing.__self__
    elif kind in (list, tuple, set, dict):
        yield from list(thing.values() if kind is dict else thing)[:MANY]
    elif kind is types.FunctionType:
        yield from _of_function(thing, name)
    elif isinstance(thing, type):
        if thing.__module__ == "__main__":
            yield from thing.__mro__[1:]
            yield from vars(thing).values()
    elif not isinstance(thing, types.ModuleType) and hasattr(thing, "__dict__"):
        yield kind
        yield from list(vars(thing).values())[:MOST]
    wrapped = inspect.getattr_static(thing, "__wrapped__", None)
    if wrapped is not None:
        yield wrapped


def _of_function(function: types.FunctionType, answer: str) -> Iterator[Any]:
    yield from function.__defaults__ or ()
    yield from (function.__kwdefaults__ or {}).values()
    for cell in function.__closure__ or ():
        with contextlib.suppress(ValueError):  # not filled yet
            yield cell.cell_contents
    space = function.__globals__
    if space.get("__name__") != "__main__":
        return
    used, attributes = _names_used(function.__code__)
    for name in used & set(space):
        held = space[name]
        if not isinstance(held, types.ModuleType):
            yield held
        elif answer in attributes:  # as in `finished.softmax(x)`
            yield getattr(held, answer, None)


def _names_used(code: types.CodeType) -> tuple[set[str], set[str]]:
    """The notebook's names that code reads, and the names of all attributes that it reads."""
    steps = list(dis.get_instructions(code))
    used = {s.argval for s in steps if s.opname in ("LOAD_GLOBAL", "LOAD_NAME")}
    attributes = {s.argval for s in steps if s.opname in ("LOAD_ATTR", "LOAD_METHOD")}
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            more, others = _names_used(constant)
            used, attributes = used | more, attributes | others
    return used, attributes

"""When the path's own answer comes back to be checked: it is told, and passes for nobody's."""

from __future__ import annotations

import ast
import contextlib
import sys
from collections.abc import Iterator
from typing import Any

from pathkit.checks.exercise import Exercise
from pathkit.checks.own_answer import how_ours
from pathkit.checks.verdict import Verdict
from pathkit.kernel_help import names
from pathkit.nearest_name import nearest
from pathkit.notebook import session


def verdict(exercise: Exercise, answer: Any) -> Verdict | None:
    """What is said of an answer that is the path's own; None where it is the learner's."""
    if _is_a_lesson_itself(exercise):
        return None
    how = "itself" if _was_handed_out(exercise, answer) else how_ours(answer, exercise)
    if not how:
        return None
    return Verdict(exercise.id, "not attempted", _told(exercise, answer, how))


def handed_out(exercise: Exercise) -> Any:
    """The path's own answer, to stand in for a learner's; a value is known again by itself."""
    answer = exercise.right_answer()
    if exercise.is_value:
        answer = _of_its_own(answer)
        session.current().handed_out[exercise.id] = answer
    return answer


def _of_its_own(value: Any) -> Any:
    """An equal value that is no other's: Python may keep one object for equal constants."""
    match value:
        case str():
            return "".join([value[:1], value[1:]])
        case float() | int() if not isinstance(value, bool):
            return type(value)(repr(value))
        case tuple():
            return tuple([*value])
    return value


def _was_handed_out(exercise: Exercise, answer: Any) -> bool:
    given = session.current().handed_out.get(exercise.id)
    return given is not None and answer is given and not _is_shared(given)


def _is_shared(value: Any) -> bool:
    """Whether Python keeps one object for all that are equal: then nobody knows whose it is."""
    if isinstance(value, int):
        return abs(value) < 300
    return isinstance(value, str | tuple) and len(value) < 2


def _is_a_lesson_itself(exercise: Exercise) -> bool:
    """Whether a lesson runs as a script: it holds the references where a notebook has stubs."""
    spec = getattr(sys.modules.get("__main__"), "__spec__", None)
    package = exercise.reference.__module__.rpartition(".")[0]
    return spec is not None and str(spec.name).startswith(f"{package}.")


def _told(exercise: Exercise, answer: Any, how: str) -> str:
    name = exercise.name
    if how == "inside":
        return (
            "The path's own answer, which stood in for yours, is at work in this one: it is "
            f"called, wrapped or inherited from. Write `{name}` without it."
        )
    if how == "another":
        other = getattr(answer, "__name__", name)
        which = f" to `{other}`" if other != name else ""
        return f"This is an answer of the path's own{which}. Write `{name}` yourself."
    ours = "This is the path's own answer, which stood in for yours."
    if found := _meant(name):
        meant, where = found
        if nearest(name, [meant]):
            return f"{ours} {where} defines `{meant}`: yours must be called `{name}`."
        return f"{ours} {where} defines `{meant}`; if that is yours, call it `{name}`."
    return f"{ours} Run the cell that defines your own `{name}`, together with its check."


def _meant(name: str) -> tuple[str, str] | None:
    """What was probably to be called `name`, and where it is defined: the last such cell."""
    for number, source in reversed(_cells_run()):
        current = number == 0
        defined = [d for d in _defined(source) if d != name]
        near = nearest(name, defined)
        if current and near is None and len(defined) == 1:
            near = defined[0]
        if near is not None:
            return near, "The cell" if current else f"Cell [{number}]"
        if name in _defined(source):
            return None  # it was called by its name: only run again, it is there
    return None


def _cells_run() -> list[tuple[int, str]]:
    """(number, source) of the cells that were run; the one that runs now has the number 0."""
    with contextlib.suppress(Exception):
        from IPython import get_ipython

        sources = list(get_ipython().history_manager.input_hist_parsed)
        return [*enumerate(sources)][1:-1] + [(0, sources[-1])]
    return []


def _defined(source: str) -> list[str]:
    return list(_definitions(source))


def _definitions(source: str) -> Iterator[str]:
    for node in names.parsed(source).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign) and not _is_check(node.value):
            yield from (t.id for t in node.targets if isinstance(t, ast.Name))


def _is_check(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and ast.unparse(value.func).endswith(".check")

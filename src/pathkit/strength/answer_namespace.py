"""The names that an answer finds in a notebook: what the cells above it define, cheaply.

Imports, functions, classes and plain values of the lesson, and the references of the exercises
before it. The lesson's own work (training, figures) is left out, as grading leaves it out.
"""

from __future__ import annotations

import contextlib
import functools
import itertools
import linecache
from typing import Any

from pathkit.building import exercise_files, lesson
from pathkit.checks.exercise import Exercise
from pathkit.checks.loading import exercises_of
from pathkit.notebook_files.definitions import Cell, before_check, plain_statements
from pathkit.path_modules import OURS, Modules

_numbers = itertools.count()


class AnswerError(Exception):
    """An answer's cell can't be run, or defines nothing under the exercise's name."""


def answer_in(source: str, exercise: Exercise, modules: Modules = OURS) -> Any:
    """What the cell `source` defines for `exercise`, run as if below the cells above it.

    Raises AnswerError with the cell's own error in one line.
    """
    namespace = names_above(exercise, modules)
    try:
        cell = Cell(source, 0)
        cell.file = f"<answer to {exercise.id} {next(_numbers)}>"
        linecache.cache[cell.file] = (
            len(source), None, source.splitlines(keepends=True), cell.file)
        for statement in before_check(cell, exercise.name):
            cell.run(statement, namespace)
    except (Exception, SystemExit) as error:
        raise AnswerError(f"the cell raises {type(error).__name__}: {error}") from error
    if namespace.get(exercise.name) is None:
        raise AnswerError(f"the cell defines no {exercise.name}")
    return namespace[exercise.name]


def names_above(exercise: Exercise, modules: Modules = OURS) -> dict[str, Any]:
    """The names that an exercise's cell finds; a dict of the caller's own."""
    return dict(_above(exercise.module, modules)[exercise.name])


@functools.cache
def _above(module: str, modules: Modules) -> dict[str, dict[str, Any]]:
    """For each exercise of a module the names above its cell, without its own."""
    exercises = exercises_of(module, modules)
    content = exercise_files.read(modules.folder_of(module))
    namespace: dict[str, Any] = {"__name__": "__main__"}
    found = {}
    for cell in lesson.read(modules.lesson(module), content):
        if cell.kind == "code":
            _define(cell.source, namespace)
        elif cell.kind == "exercise":
            found[cell.name] = {k: v for k, v in namespace.items() if k != cell.name}
            namespace[cell.name] = exercises[cell.name].right_answer()
    # An exercise that no lesson shows yet stands below all others.
    return {name: found.get(name, namespace) for name in exercises}


def _define(source: str, namespace: dict[str, Any]) -> None:
    """Run what only defines something; what it needs of the lesson's own work isn't there."""
    cell = Cell(source, 0)
    for statement in plain_statements(cell):
        with contextlib.suppress(Exception, SystemExit):
            cell.run(statement, namespace)

"""Import what a module's files define: its exercises and its predictions."""

from __future__ import annotations

import functools
import importlib
from types import ModuleType
from typing import Any

from pathkit.checks.exercise import Exercise, ExerciseError
from pathkit.checks.prediction import Choice, Number, Prediction
from pathkit.path_modules import OURS, Modules, in_order, python_files


def exercises_of(module: str, modules: Modules = OURS) -> dict[str, Exercise]:
    """The exercises of a module id by name, in the order of its lesson.

    Raises ExerciseError when there is no such module, or nothing but a lesson in it.
    """
    lesson = modules.lesson(str(module))
    written = lesson.stat().st_mtime_ns if lesson.is_file() else 0
    return {**_exercises(str(module), modules, written)}


@functools.lru_cache(256)  # grading asks for them many times for each answer
def _exercises(module: str, modules: Modules, written: int) -> dict[str, Exercise]:
    """written: when the lesson was, which gives the order."""
    found = {
        value.name: value
        for file in _loaded(module, modules)
        for value in vars(file).values()
        if isinstance(value, Exercise) and value.reference.__module__ == file.__name__
    }
    return in_order(modules.folder_of(module), found)


def predictions_of(module: str, modules: Modules = OURS) -> dict[str, Prediction]:
    """The predictions of a module id by their ids, in the order of its files; {} for none."""
    try:
        files = _loaded(module, modules)
    except ExerciseError:
        return {}
    return {
        value.id: value
        for file in files
        for value in vars(file).values()
        if isinstance(value, Number | Choice)
    }


def defined(module: str, name: str, modules: Modules = OURS) -> Any:
    """What a module's files call `name`: an exercise, or what an exercise is made of.

    Raises ExerciseError when there is no such module, KeyError when none of its files has it.
    """
    exercises = exercises_of(module, modules)
    if name in exercises:
        return exercises[name]
    for file in _loaded(module, modules):
        if name in vars(file) and not name.startswith("_"):
            return vars(file)[name]
    raise KeyError(name)


def _loaded(module: str, modules: Modules) -> list[ModuleType]:
    folder = modules.folder_of(str(module))
    files = python_files(folder) if folder.name.isidentifier() else []
    if not files:
        raise ExerciseError(_no_module(module, modules))
    package = f"{modules.package}.{folder.name}"
    return [importlib.import_module(f"{package}.{file.stem}") for file in files]


def _no_module(module: str, modules: Modules) -> str:
    from pathkit.nearest_name import did_you_mean

    known = [folder.name.replace("_", "-") for folder in modules if python_files(folder)]
    return f"there are no exercises for module {module!r}{did_you_mean(module, known)}"

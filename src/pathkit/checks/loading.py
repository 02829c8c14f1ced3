"""Import what a module's files define: its exercises and its predictions."""

from __future__ import annotations

import functools
import importlib
import traceback
from pathlib import Path
from types import ModuleType
from typing import Any

from pathkit.checks.exercise import Exercise, ExerciseError
from pathkit.checks.prediction import Choice, Number, Prediction
from pathkit.path_modules import EVENING, OURS, Modules, in_order, python_files


def exercises_of(module: str, modules: Modules = OURS) -> dict[str, Exercise]:
    """The exercises of a module id by name, in the order of its lesson.

    Raises ExerciseError when there is no such module, or nothing but a lesson in it.
    """
    if module == EVENING and not modules.folder_of(EVENING).is_dir() and modules.borrowed():
        return _evening(modules)
    lesson = modules.lesson(str(module))
    written = lesson.stat().st_mtime_ns if lesson.is_file() else 0
    return {**_exercises(str(module), modules, written)}


def _evening(modules: Modules) -> dict[str, Exercise]:
    """What the evening borrows from the modules of its path."""
    found = {}
    for module, name in modules.borrowed():
        try:
            found[name] = exercises_of(module, modules)[name]
        except KeyError as error:
            raise ExerciseError(f"there is no exercise {name!r} in module {module!r}") from error
    return found


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
    named = folder.parent == modules.folder and folder.name.isidentifier()
    files = python_files(folder) if named else []
    if not files:
        raise ExerciseError(_no_module(module, modules))
    package = f"{modules.package}.{folder.name}"
    return [_imported(f"{package}.{file.stem}", file) for file in files]


def _imported(name: str, file: Path) -> ModuleType:
    """A file of a module, run; what it raises becomes an ExerciseError with file and line."""
    try:
        return importlib.import_module(name)
    except ExerciseError:
        raise
    except Exception as error:
        place, line = file, getattr(error, "lineno", None) or 1
        for frame in traceback.extract_tb(error.__traceback__):
            if Path(frame.filename).parent.parent == file.parent.parent:
                place, line = Path(frame.filename), frame.lineno or 1
        said = f"{type(error).__name__}: {error}".splitlines()[0]
        raise ExerciseError(f"{place.parent.name}/{place.name}:{line}: can't be loaded: {said}"
                            ) from error


def _no_module(module: str, modules: Modules) -> str:
    from pathkit.nearest_name import did_you_mean

    known = [folder.name.replace("_", "-") for folder in modules if python_files(folder)]
    return f"there are no exercises for module {module!r}{did_you_mean(module, known)}"

"""What the path itself wrote for an exercise: its stub and its answer, read without running it."""

from __future__ import annotations

from collections.abc import Mapping

from pathkit.building.exercise_files import ExerciseText, read
from pathkit.path_modules import EVENING, Modules


def exercise_texts(module: str, modules: Modules) -> Mapping[str, ExerciseText]:
    """The exercises of a module id by name; those that this version of the path has."""
    if module == EVENING and modules.borrowed():
        return {n: read(modules.folder_of(m)).exercises[n] for m, n in modules.borrowed()}
    return read(modules.folder_of(module)).exercises


def stubs(module: str, modules: Modules) -> dict[str, str]:
    """What each exercise of a module id starts from, by name."""
    return {name: text.stub for name, text in exercise_texts(module, modules).items()}

"""What the path itself wrote for an exercise: its stub and its answer, read without running it."""

from __future__ import annotations

from collections.abc import Mapping

from pathkit.build import PACKAGE, Place
from pathkit.content import ExerciseText, read
from pathkit.learner.path_map import Module


def exercise_texts(module: Module) -> Mapping[str, ExerciseText]:
    """The exercises of a module by name; those that this version of the path has."""
    return read(Place(PACKAGE).exercises(module.id)).exercises


def stubs(module: Module) -> dict[str, str]:
    """What each exercise of a module starts from, by name."""
    return {name: text.stub for name, text in exercise_texts(module).items()}

"""Which path a notebook belongs to, found from the folder that its kernel runs in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pathkit import path_map
from pathkit.display import started_in
from pathkit.errors import EnvironmentProblem
from pathkit.learner import folder
from pathkit.path_modules import OURS, Modules

# `pathkit build` writes the map beside the notebooks, and the solutions lie one folder below.
BESIDE = ("path.json", "../path.json")
# Where `pathkit run` and a lesson that is run as a script stand.
ABOVE = "notebooks/path.json"


def path_here(
    module: str, exercises: Mapping[str, Any], predictions: Mapping[str, Any]
) -> path_map.PathMap:
    """The map of the path; where none is at hand (a hosted notebook), of this module alone.

    exercises, predictions: those of the module, as its content defines them; "" is no module.
    Raises EnvironmentProblem when a map is there and can't be read.
    """
    file = _file(*BESIDE)
    if file is not None:
        return path_map.load(file)
    only = (_alone(module, exercises, predictions),) if module else ()
    return path_map.PathMap("", ("",), only)


def modules_here() -> Modules:
    """The modules of the path that a notebook here belongs to; the kit's own where none is named.

    A damaged map names none, and stops no check. Raises EnvironmentProblem when they aren't where
    the map says.
    """
    file = _file(*BESIDE, ABOVE)
    return OURS if file is None else modules_of(file)


def modules_of(file: Path) -> Modules:
    """The modules that a path's map names, as `modules_here` finds them, with the same error."""
    try:
        content = path_map.load(file).content
    except EnvironmentProblem:
        content = ""
    if not content:
        return OURS
    found = Modules.at(file.parent / content)
    if not found.folder.is_dir():
        raise EnvironmentProblem(
            f"the modules of this path are not in {found.folder}, where {file} says they are; "
            "`pathkit start`, run where its curriculum.yaml is, writes it anew"
        )
    return found


def _file(*names: str) -> Path | None:
    try:
        here = started_in()
        home = folder.find(here)
        if home is not None:
            return home.path_map
        return next((here / name for name in names if (here / name).is_file()), None)
    except OSError:
        return None


def _alone(
    module: str, exercises: Mapping[str, Any], predictions: Mapping[str, Any]
) -> path_map.Module:
    """A module as far as its content tells: without a file, resources and cards."""
    return path_map.Module(
        id=module, number=0, title=module.replace("-", " ").capitalize(), tagline="", part="",
        file="", level="", essential=False, minutes=sum(e.minutes for e in exercises.values()),
        requires=(), outcomes=(),
        exercises=tuple(
            path_map.Exercise(e.id, e.name, e.title, e.level, e.minutes, e.hints)
            for e in exercises.values()
        ),
        predictions=tuple(f"{module}.{p.id}" for p in predictions.values() if not p.skip),
        can_skip=False, resources=(), cards=(), group=None,
    )

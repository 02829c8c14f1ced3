"""`pathkit reset`: the stub back into an exercise's cell, the old answer into the backups."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pathkit import notebook_file
from pathkit.build import Place
from pathkit.errors import EnvironmentProblem
from pathkit.files import write_atomically
from pathkit.learner import log, saved
from pathkit.learner.answers import find_answers
from pathkit.learner.folder import Folder
from pathkit.learner.path_map import Exercise, Module
from pathkit.notebook_file import ours, text_of

PATIENCE = 20.0
"""Seconds to wait for another run that writes notebooks."""


def reset(folder: Folder, place: Place | None, module: Module, exercise: Exercise) -> list[str]:
    """Begin an exercise again; returns what was done, a line each.

    Raises NothingMatched when the notebook is missing, EnvironmentProblem when it can't be read
    or written, or when the stub is nowhere to be found.
    """
    with locked(folder):
        file = saved.notebook_of(folder, module)
        notebook = saved.read(file)
        original = _original(folder, place, module)
        remarks = _put_back(notebook, original, module, exercise)
        backup = None
        try:
            if remarks:
                backup = back_up(folder, file)
                write_atomically(file, notebook_file.to_json(notebook))
            log.append(folder.progress, "reset", module.id, exercise=exercise.id)
        except OSError as error:
            raise EnvironmentProblem(
                f"{error.filename or file} can't be written: {error.strerror}"
            ) from error
    if not remarks:
        return [f"{exercise.id} holds its stub already; its tries are counted anew"]
    return [
        *remarks,
        f"the notebook as it was: {backup}",
        "if it is open in JupyterLab: File, Reload Notebook from Disk, before you go on",
    ]


def _original(folder: Folder, place: Place | None, module: Module) -> list[dict[str, Any]]:
    """The path's cells of a notebook, from the folder's base or else from the project."""
    for directory in (folder.base, *([place.notebooks] if place else [])):
        file = directory / module.file
        if file.is_file():
            return saved.read(file)["cells"]
    raise EnvironmentProblem(
        f"the path's own {module.file} is not at hand in {folder.base}; `pathkit start` puts it "
        "there"
    )


def _put_back(
    notebook: dict[str, Any], original: Sequence[dict], module: Module, exercise: Exercise
) -> list[str]:
    """Change `notebook` in place; returns what changed, nothing where nothing did.

    Raises EnvironmentProblem when the path's notebook has no such cell.
    """
    place, stub = _cell_of(original, exercise)
    names = [one.name for one in module.exercises]
    remarks: list[str] = []
    cells = notebook["cells"]
    while True:
        stubs = {exercise.name: text_of(stub)}
        answer = find_answers(notebook, module.id, names, stubs).get(exercise.name)
        if answer is None:
            cells.insert(_after_neighbour(cells, original[:place]), dict(stub))
            return [*remarks, f"{exercise.id}: its cell was gone and is back"]
        cell = cells[answer.cell_index]
        if text_of(cell).split() == text_of(stub).split():
            return remarks
        number = answer.cell_index + 1
        own = any(c.get("id") == stub.get("id") for c in cells if c is not cell)
        if remarks or (own and answer.how_found in ("name", "position")):
            del cells[answer.cell_index]
            remarks.append(f"cell {number}, which answered it too, was taken out")
        else:
            cell |= {"source": stub["source"], "outputs": [], "execution_count": None}
            remarks.append(f"{exercise.id}: the stub is back in cell {number}")


def _cell_of(original: Sequence[dict], exercise: Exercise) -> tuple[int, dict]:
    for place, cell in enumerate(original):
        name = str(ours(cell).get("exercise", "")).rpartition(".")[2]
        if ours(cell).get("role") == "exercise" and name == exercise.name:
            return place, cell
    raise EnvironmentProblem(
        f"the path's own notebook has no cell for {exercise.id}; `pathkit start` updates it"
    )


def _after_neighbour(cells: Sequence[dict], before: Sequence[dict]) -> int:
    """Where a cell belongs: after the nearest one before it that is still there."""
    places = {cell.get("id"): place for place, cell in enumerate(cells)}
    known = [places[cell["id"]] for cell in before if cell.get("id") in places]
    return known[-1] + 1 if known else len(cells)


def back_up(folder: Folder, file: Path) -> Path:
    """Copy a notebook into the folder's backups; raises OSError."""
    folder.backups.mkdir(parents=True, exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    return Path(shutil.copy2(file, folder.backups / f"{file.stem}-{stamp}.ipynb"))


@contextlib.contextmanager
def locked(folder: Folder) -> Iterator[None]:
    """Keep other runs from writing notebooks here; raises EnvironmentProblem."""
    from filelock import FileLock, Timeout

    try:
        with FileLock(folder.lock, timeout=PATIENCE):
            yield
    except Timeout as error:
        raise EnvironmentProblem(
            f"another run writes in {folder.root}; try again when it has ended"
        ) from error

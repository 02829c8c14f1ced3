"""`pathkit reset`: the stub back into an exercise's cell, the old answer into the backups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pathkit import progress_log
from pathkit.building.build import Place
from pathkit.errors import EnvironmentProblem
from pathkit.files import CantBeRead, ChangedMeanwhile, contents, write_atomically
from pathkit.learner import saved
from pathkit.learner.folder import Folder
from pathkit.learner.update import backups
from pathkit.learner.update.lock import locked
from pathkit.merging.merge import fresh_id
from pathkit.notebook_files import notebook_file
from pathkit.notebook_files.answers import find_answers
from pathkit.notebook_files.notebook_file import ours, text_of
from pathkit.path_map import Exercise, Module


def reset(
    folder: Folder, place: Place | None, module: Module, exercise: Exercise,
    say: Callable[[str], object],
) -> list[str]:
    """Begin an exercise again; returns what was done, a line each.

    place: the project, if there is one. say: is told when this waits for another run.
    Raises NothingMatched when the notebook is missing, EnvironmentProblem when it can't be read
    or written, or when the stub is nowhere to be found.
    """
    try:
        with locked(folder.root, say):
            return _reset(folder, place, module, exercise)
    except ChangedMeanwhile as error:
        raise EnvironmentProblem(f"{error} was saved by JupyterLab meanwhile; try again") from error
    except CantBeRead as error:
        raise EnvironmentProblem(f"{error.filename}: {error.why}") from error
    except OSError as error:
        raise EnvironmentProblem(
            f"{error.filename or folder.root} can't be written: {error.strerror}"
        ) from error


def _reset(folder: Folder, place: Place | None, module: Module, exercise: Exercise) -> list[str]:
    file = saved.notebook_of(folder, module)
    before = contents(file)
    notebook = saved.parsed(file, before)
    changes = _put_back(notebook, _original(folder, place, module), module, exercise)
    if changes:
        backup = backups.save(folder.root, file.name, before)
        write_atomically(file, notebook_file.to_json(notebook), before)
    progress_log.append(folder.progress, "reset", module.id, exercise=exercise.id)
    if not changes:
        return [f"{exercise.id} holds its stub already; its tries are counted anew"]
    return [
        *changes,
        f"the notebook as it was: {backup}",
        "if it is open in JupyterLab: File, Reload Notebook from Disk, before you go on",
    ]


def _original(folder: Folder, place: Place | None, module: Module) -> list[dict[str, Any]]:
    """The path's cells of a notebook, from the folder's base or else from the project."""
    own = [place.notebooks / module.file] if place else []
    for file in (folder.base / f"{module.id}.ipynb", *own):
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
    changes: list[str] = []
    cells = notebook["cells"]
    while True:
        stubs = {exercise.name: text_of(stub)}
        answer = find_answers(notebook, module.id, names, stubs).get(exercise.name)
        if answer is None:
            _give_up_id(cells, stub.get("id"))
            cells.insert(_after_neighbour(cells, original[:place]), dict(stub))
            return [*changes, f"{exercise.id}: its cell was gone and is back"]
        cell = cells[answer.cell_index]
        is_code = cell["cell_type"] == "code"
        if is_code and text_of(cell).split() == text_of(stub).split():
            return changes
        number = answer.cell_index + 1
        own = any(c.get("id") == stub.get("id") for c in cells if c is not cell)
        if changes or (own and answer.how_found in ("name", "position")):
            del cells[answer.cell_index]
            changes.append(f"cell {number}, which answered it too, was taken out")
        else:
            kept = {k: v for k, v in cell.items() if is_code or k in ("id", "metadata")}
            cells[answer.cell_index] = {
                **kept, "cell_type": "code", "source": stub["source"], "outputs": [],
                "execution_count": None,
            }
            again = "" if is_code else ", which is code again"
            changes.append(f"{exercise.id}: the stub is back in cell {number}{again}")


def _give_up_id(cells: Sequence[dict], name: object) -> None:
    """Let no cell that became something else bear the id of the one that comes back."""
    for cell in cells:
        if cell.get("id") == name:
            cell["id"] = fresh_id(cell, {str(c.get("id")) for c in cells})


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

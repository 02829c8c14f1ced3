"""The learner's notebooks as they are saved: which file is a module's, and what it holds."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

from pathkit.errors import EnvironmentProblem, NothingMatched
from pathkit.files import CantBeRead, contents
from pathkit.learner.folder import Folder
from pathkit.learner.update import backups
from pathkit.notebook_files import notebook_file
from pathkit.notebook_files.cell_identity import MARKS
from pathkit.path_map import Module
from pathkit.path_modules import EVENING


def notebook_of(folder: Folder, module: Module) -> Path:
    """The file of a module in a learner's folder, under its own name or one they gave it.

    Raises NothingMatched when there is none.
    """
    own = folder.root / module.file
    if os.path.lexists(own):  # also a link that leads nowhere: reading it says so
        return own
    ids = (module.id, *module.formerly)
    renamed = [path for path in folder.root.glob("*.ipynb") if _module_in(path) in ids]
    if renamed:
        return max(renamed, key=lambda path: path.stat().st_mtime)
    raise NothingMatched(
        f"{module.file} is missing in {folder.root}; `pathkit start` puts a fresh copy there"
    )


def _module_in(path: Path) -> str:
    try:
        notebook = notebook_file.read(contents(path))
    except (OSError, notebook_file.NotANotebook):
        return ""
    return str(notebook_file.ours(notebook).get("module", ""))


def cell_elsewhere(folder: Folder, file: Path, exercise: str) -> tuple[Path, int] | None:
    """Another notebook of the folder with an exercise's cell, and its number from 1, if any."""
    for path in sorted(folder.root.glob("*.ipynb")):
        if path.name == file.name:
            continue
        with contextlib.suppress(OSError, notebook_file.NotANotebook):
            data = contents(path)
            if exercise.encode() not in data:  # most needn't be parsed
                continue
            notebook = notebook_file.read(data)
            if notebook_file.ours(notebook).get("module") == EVENING:
                continue  # it has a cell of its own for it
            for number, cell in enumerate(notebook["cells"], 1):
                is_code = cell["cell_type"] == "code"
                if is_code and exercise in MARKS["exercise"].findall(notebook_file.text_of(cell)):
                    return path, number
    return None


def read(path: Path) -> dict[str, Any]:
    """The notebook in a file; raises EnvironmentProblem when it can't be read."""
    try:
        return parsed(path, contents(path))
    except CantBeRead as error:
        raise EnvironmentProblem(f"{path}: {error.why}") from error
    except OSError as error:
        raise EnvironmentProblem(f"{path} can't be read: {error.strerror}") from error


def parsed(path: Path, data: bytes) -> dict[str, Any]:
    """The notebook in the bytes of a file; raises EnvironmentProblem when there is none."""
    try:
        return notebook_file.read(data)
    except notebook_file.NotANotebook as error:
        mend = backups.mend(path.parent, path.name, error.mend, whole_path=True)
        raise EnvironmentProblem(f"{path} is not a notebook: {error}; {mend}") from error

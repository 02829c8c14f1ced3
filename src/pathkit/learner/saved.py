"""The learner's notebooks as they are saved: which file is a module's, and what it holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pathkit import notebook_file
from pathkit.errors import EnvironmentProblem, NothingMatched
from pathkit.learner.folder import Folder
from pathkit.learner.path_map import Module


def notebook_of(folder: Folder, module: Module) -> Path:
    """The file of a module in a learner's folder, under its own name or one they gave it.

    Raises NothingMatched when there is none.
    """
    own = folder.root / module.file
    if own.is_file():
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
        notebook = notebook_file.read(path.read_bytes())
    except (OSError, notebook_file.NotANotebook):
        return ""
    return str(notebook_file.ours(notebook).get("module", ""))


def read(path: Path) -> dict[str, Any]:
    """The notebook in a file; raises EnvironmentProblem when it can't be read."""
    try:
        return parsed(path, path.read_bytes())
    except OSError as error:
        raise EnvironmentProblem(f"{path} can't be read: {error.strerror}") from error


def parsed(path: Path, data: bytes) -> dict[str, Any]:
    """The notebook in the bytes of a file; raises EnvironmentProblem when there is none."""
    try:
        return notebook_file.read(data)
    except notebook_file.NotANotebook as error:
        raise EnvironmentProblem(
            f"{path} is not a notebook: {error}. Earlier versions are in .pathkit/backups/"
        ) from error

"""Which notebook a learner saved last: an update writes notebooks too, and doesn't count."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pathkit.errors import NothingMatched
from pathkit.files import digest
from pathkit.learner import saved
from pathkit.learner.folder import Folder
from pathkit.learner.progress import Progress
from pathkit.notebook_files import notebook_file
from pathkit.path_map import Module

WRITTEN = "written"


def note(folder: Folder, data: bytes) -> None:
    """Keep a mark of a notebook that an update is about to write.

    One line is added, so that a run that is killed leaves nothing to be mended. Where it can't be
    kept, the notebook counts as saved by the learner.
    """
    mark = digest(data)
    if mark not in _marks(folder):
        with contextlib.suppress(OSError):
            folder.state.mkdir(parents=True, exist_ok=True)
            with (folder.state / WRITTEN).open("a", encoding="utf-8") as file:
                file.write(f"{mark}\n")


def follow(folder: Folder, were: Mapping[Path, bytes]) -> None:
    """Keep marks of notebooks as an update wrote them that were completed since.

    were: what they held before, by file; one that the learner has saved keeps counting as theirs.
    """
    known = _marks(folder)
    for path, data in were.items():
        if path.parent == folder.root and digest(data) in known:
            with contextlib.suppress(OSError):
                note(folder, path.read_bytes())


def saved_last(folder: Folder, progress: Progress) -> Module | None:
    """The module with exercises whose notebook the learner changed and saved last; None without.

    One that is as an update wrote it doesn't count, nor one whose cells hold what the path's do:
    JupyterLab saves a notebook that was only looked at. Where the path's own isn't at hand, one
    that was never worked in doesn't count.
    """
    marks = _marks(folder)
    found: list[tuple[int, Module]] = []
    for module in progress.path.notebooks:
        if module.exercises:
            with contextlib.suppress(OSError, NothingMatched):
                file = saved.notebook_of(folder, module)
                data = file.read_bytes()
                if digest(data) not in marks and _is_changed(folder, progress, module, data):
                    found.append((file.stat().st_mtime_ns, module))
    return max(found, key=lambda one: one[0])[1] if found else None


def _is_changed(folder: Folder, progress: Progress, module: Module, data: bytes) -> bool:
    try:
        base = notebook_file.read((folder.base / f"{module.id}.ipynb").read_bytes())
        return _cells(base) != _cells(notebook_file.read(data))
    except OSError:
        return progress.started(module)
    except notebook_file.NotANotebook:
        return True


def _cells(notebook: dict[str, Any]) -> list[tuple[str, str]]:
    return [(cell["cell_type"], notebook_file.text_of(cell)) for cell in notebook["cells"]]


def _marks(folder: Folder) -> frozenset[str]:
    """What updates wrote; a missing file counts as nothing."""
    try:
        return frozenset((folder.state / WRITTEN).read_text(encoding="utf-8").split())
    except (OSError, ValueError):
        return frozenset()

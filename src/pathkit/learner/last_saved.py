"""Which notebook a learner saved last: an update writes notebooks too, and doesn't count."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pathkit import notebook_file
from pathkit.errors import NothingMatched
from pathkit.files import digest, write_atomically
from pathkit.learner import saved
from pathkit.learner.folder import Folder
from pathkit.learner.path_map import Module, PathMap

WRITTEN = "written.json"


def note(folder: Folder, names: Iterable[str]) -> None:
    """Keep marks of the notebooks `names` as an update has just written them.

    Where they can't be kept, a notebook that was written counts as saved by the learner.
    """
    marks = _marks(folder)
    for name in names:
        with contextlib.suppress(OSError):
            marks[name] = digest((folder.root / name).read_bytes())
    text = json.dumps(marks, indent=1, sort_keys=True) + "\n"
    with contextlib.suppress(OSError):
        write_atomically(folder.state / WRITTEN, text, lasting=False)


def follow(folder: Folder, were: Mapping[Path, bytes]) -> None:
    """Keep marks of notebooks as an update wrote them that were completed since.

    were: what they held before, by file; one that the learner has saved keeps counting as theirs.
    """
    known = _marks(folder)
    note(folder, [p.name for p, data in were.items()
                  if p.parent == folder.root and known.get(p.name) == digest(data)])


def saved_last(folder: Folder, path: PathMap) -> Module | None:
    """The module with exercises whose notebook the learner changed and saved last, if there is one.

    One that is as an update wrote it doesn't count, nor one whose cells hold what the path's do:
    JupyterLab saves a notebook that was only looked at.
    """
    marks = _marks(folder)
    found: list[tuple[int, Module]] = []
    for module in path.modules:
        if module.exercises:
            with contextlib.suppress(OSError, NothingMatched):
                file = saved.notebook_of(folder, module)
                data = file.read_bytes()
                if marks.get(file.name) != digest(data) and not _untouched(folder, module, data):
                    found.append((file.stat().st_mtime_ns, module))
    return max(found, key=lambda one: one[0])[1] if found else None


def _untouched(folder: Folder, module: Module, data: bytes) -> bool:
    try:
        base = notebook_file.read((folder.base / f"{module.id}.ipynb").read_bytes())
        return _cells(base) == _cells(notebook_file.read(data))
    except (OSError, notebook_file.NotANotebook):
        return False


def _cells(notebook: dict[str, Any]) -> list[tuple[str, str]]:
    return [(cell["cell_type"], notebook_file.text_of(cell)) for cell in notebook["cells"]]


def _marks(folder: Folder) -> dict[str, str]:
    """What an update wrote last by name; a missing or damaged file counts as nothing."""
    file: Path = folder.state / WRITTEN
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}

"""The learner's copy of the notebooks: made once, brought up to date, never overwritten."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Collection
from pathlib import Path
from typing import Any, Literal

from pathkit.files import digest, write_atomically

RECORD = ".pathkit/copied.json"


State = Literal["new", "updated", "same", "kept"]


@dataclasses.dataclass(frozen=True)
class Copied:
    """What became of one notebook: new, updated (it was untouched), same, or kept (yours)."""

    name: str
    state: State


def copy_notebooks(notebooks: Path, folder: Path) -> list[Copied]:
    """Copy the path's notebooks into a learner's folder.

    A notebook that the learner has touched is never written; one that is still as it was copied
    is brought up to date. To open and save a notebook is not to touch it; to run a cell is.
    Raises OSError when the folder can't be written.
    """
    texts = {
        source.name: source.read_text(encoding="utf-8")
        for source in sorted(notebooks.glob("*.ipynb"))
    }
    record = _read(folder / RECORD)
    before = json.dumps(record)
    for name, text in texts.items():
        marks = record.setdefault(name, [])
        if _mark(text.encode()) not in marks:
            marks.append(_mark(text.encode()))
    # Before the notebooks: a copy that is cut short must not pass for the learner's work later.
    if json.dumps(record) != before:
        write_atomically(folder / RECORD, json.dumps(record, indent=1, sort_keys=True) + "\n")
    result = []
    for name, text in texts.items():
        state = _state(folder / name, text, record[name])
        if state in ("new", "updated"):
            write_atomically(folder / name, text)
        result.append(Copied(name, state))
    return result


def _state(target: Path, text: str, copied: Collection[str]) -> State:
    if not target.exists():
        return "new"
    found = _mark(target.read_bytes())
    if found == _mark(text.encode()):
        return "same"
    return "updated" if found in copied else "kept"


def _mark(data: bytes) -> str:
    """A digest of a notebook's cells, or of all bytes where these can't be read.

    Not of the notebook's own metadata: JupyterLab writes the kernel's version there as soon as a
    notebook is opened.
    """
    try:
        cells = [_bare(cell) for cell in json.loads(data)["cells"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return digest(data)
    return digest(json.dumps(cells, sort_keys=True).encode())


def _bare(cell: dict[str, Any]) -> dict[str, Any]:
    source = cell.get("source", "")
    return {**cell, "source": source if isinstance(source, str) else "".join(source)}


def _read(path: Path) -> dict[str, list[str]]:
    """The marks of all versions that were ever copied here; a damaged record counts as none."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        name: [mark for mark in marks if isinstance(mark, str)]
        for name, marks in found.items()
        if isinstance(marks, list)
    }

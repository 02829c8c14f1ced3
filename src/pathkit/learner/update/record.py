"""Which versions of the path were ever copied into a folder."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pathkit.files import digest
from pathkit.learner.folder import Folder
from pathkit.notebook_files.notebook_file import NotANotebook, read, text_of


class Record:
    """Marks of all versions that were ever copied into a folder; a damaged record counts as none.

    It tells a notebook that the learner has never touched, also one that was put back from a
    backup or laid out before there were bases.
    """

    def __init__(self, folder: Path):
        self.path = Folder(folder).copied
        self._marks = _read_record(self.path)

    @property
    def names(self) -> list[str]:
        """The files that were ever copied."""
        return sorted(self._marks)

    def knows(self, *marks: str) -> bool:
        """Whether a notebook with one of these marks was ever copied here."""
        return any(mark in known for known in self._marks.values() for mark in marks)

    def add(self, versions: Iterable[tuple[str, bytes]]) -> bool:
        """Note these versions of files; returns whether one of them was new."""
        is_new = False
        for name, data in versions:
            known = self._marks.setdefault(name, [])
            whole = f"file:{digest(data)}"
            if whole not in known:  # else the notebook needn't be parsed
                known += [one for one in (whole, *marks(data)) if one not in known]
                is_new = True
        return is_new

    def text(self) -> str:
        """The record as its file holds it."""
        return json.dumps(self._marks, indent=1, sort_keys=True) + "\n"


def _read_record(path: Path) -> dict[str, list[str]]:
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


def marks(data: bytes) -> list[str]:
    """Marks of a notebook file: of its cells, and of these without their outputs."""
    try:
        notebook = read(data)
    except NotANotebook:
        return [digest(data)]
    return [mark(notebook), source_mark(notebook)]


def source_mark(notebook: dict[str, Any]) -> str:
    """A mark of what was written, whether or not it was run."""
    bare = [
        {k: v for k, v in cell.items() if k not in ("outputs", "execution_count", "metadata")}
        for cell in notebook["cells"]
    ]
    return "source:" + mark({"cells": bare})


def mark(notebook: dict[str, Any]) -> str:
    """A digest of a notebook's cells.

    Not of the notebook's own metadata: JupyterLab writes the kernel's version there as soon as a
    notebook is opened.
    """
    cells = [{**cell, "source": text_of(cell)} for cell in notebook["cells"]]
    return digest(json.dumps(cells, sort_keys=True).encode())


def is_same(one: dict, other: dict) -> bool:
    """Whether two notebooks differ at most in how their files are laid out."""
    return _flat(one) == _flat(other)


def _flat(notebook: dict) -> dict:
    cells = [{**cell, "source": text_of(cell)} for cell in notebook["cells"]]
    return {**notebook, "cells": cells}

"""What a kernel knows of the notebook it runs: its cells, what was run, what names stand for."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import sys
from pathlib import Path
from typing import Any

from pathkit.kernel_help.names import changes, given, imports

MOST_FILES, MOST_BYTES = 100, 2**26
HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$", re.MULTILINE)
EXERCISE = re.compile(r"^#\s*exercise:\s*([\w.-]+)", re.MULTILINE)
SET_UP = re.compile(r"\bpath\.ready\(")
# What the path's notebooks mean by these, where the notebook itself can't be found.
USUAL = {"path": "pathkit", "np": "numpy", "plt": "matplotlib.pyplot", "torch": "torch"}


@dataclasses.dataclass(frozen=True)
class Cell:
    """A code cell as it was saved. id: "" where there is none; heading: the last one above it."""

    id: str
    source: str
    heading: str = ""

    @property
    def is_set_up(self) -> bool:
        """Whether it makes the module ready."""
        return bool(SET_UP.search(self.source))

    @property
    def exercise(self) -> str:
        """The name of the exercise that it holds, else ""."""
        found = EXERCISE.search(self.source)
        return found[1].rpartition(".")[2] if found else ""


@dataclasses.dataclass(frozen=True)
class Here:
    """cells: of the saved notebook; before: how many of them stand above the one that runs.

    history: (number, source) of the cells that were run; space: the notebook's names.
    """

    space: dict[str, Any]
    cells: tuple[Cell, ...] = ()
    before: int = 0
    history: tuple[tuple[int, str], ...] = ()

    def is_ready(self) -> bool:
        """Whether the set-up cell was run in this kernel."""
        return bool(_module())

    def maker(self, name: str) -> tuple[Cell, bool] | None:
        """The cell that gives `name` its value, and whether it stands above the one that runs."""
        above, below = self.cells[: self.before], self.cells[self.before :]
        found = next((c for c in reversed(above) if name in given(c.source)), None)
        if found is not None:
            return found, True
        found = next((c for c in below[1:] if name in given(c.source)), None)
        return None if found is None else (found, False)

    def last_change(self, name: str) -> tuple[int, int, bool] | None:
        """Where `name` was last changed: the number of the cell, the line, whether it was deleted.

        Where a cell imports it from wherever it's missing, `*` counts.
        """
        for number, source in reversed(self.history):
            for changed, line, deleted in reversed(changes(source)):
                if changed == name or (changed == "*" and not deleted):
                    return number, line, deleted
        return None

    def modules(self) -> dict[str, str]:
        """The names that stand for modules in this notebook: `np` for `numpy`."""
        found = dict(USUAL)
        for cell in self.cells:
            found |= imports(cell.source)
        return found


def of(shell: Any) -> Here:
    """What can be known in a running kernel; whatever can't be found is left empty."""
    source = str(getattr(shell, "_pathkit_cell", ""))
    cells = _cells(shell)
    place = _place(cells, _cell_id(shell), source)
    parsed = list(enumerate(shell.history_manager.input_hist_parsed))[1:]
    return Here(shell.user_ns, cells, place, tuple(parsed))


def _place(cells: tuple[Cell, ...], cell_id: str, source: str) -> int:
    for wanted in (lambda c: cell_id and c.id == cell_id, lambda c: c.source == source):
        for i, cell in enumerate(cells):
            if wanted(cell):
                return i
    return len(cells)


def _cell_id(shell: Any) -> str:
    """The id of the cell that is being run; "" where the front end doesn't tell."""
    try:
        return str(shell.get_parent()["metadata"].get("cellId", ""))
    except (AttributeError, KeyError, TypeError):
        return ""


def _cells(shell: Any) -> tuple[Cell, ...]:
    """The cells of the saved notebook, found by name, by the cell that runs, or by the module."""
    folder = Path(getattr(shell, "starting_dir", "") or os.curdir)
    told = (os.environ.get("JPY_SESSION_NAME"), shell.user_ns.get("__vsc_ipynb_file__"))
    for name in map(str, told):
        if name.endswith(".ipynb"):
            file = Path(name) if Path(name).is_absolute() else folder / Path(name).name
            if (notebook := _notebook(file)) is not None:
                return _read(notebook)
    cell_id, module = json.dumps(_cell_id(shell)), _module()
    found = {}
    for file in sorted(folder.glob("*.ipynb"))[:MOST_FILES]:
        text = _text(file)
        if cell_id != '""' and cell_id in text and (notebook := _notebook(file)) is not None:
            return _read(notebook)
        if module and json.dumps(module) in text:
            found[file] = None
    notebooks = filter(None, map(_notebook, found))
    # A cell that was added isn't in the file before it is saved: then the module tells.
    mine = (n for n in notebooks if n["metadata"].get("pathkit", {}).get("module") == module)
    return _read(next(mine, {"cells": []}))


def _module() -> str:
    session = sys.modules.get("pathkit.notebook.session")
    return session.current_module() if session is not None else ""


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8") if file.stat().st_size <= MOST_BYTES else ""
    except (OSError, ValueError):
        return ""


def _notebook(file: Path) -> dict[str, Any] | None:
    """A notebook file as data; None for what is none."""
    try:
        notebook = json.loads(_text(file))
        _read(notebook)
        return notebook if isinstance(notebook["metadata"], dict) else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _read(notebook: dict[str, Any]) -> tuple[Cell, ...]:
    found, heading = [], ""
    for cell in notebook["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            heads = HEADING.findall(text)
            heading = heads[-1] if heads else heading
        elif cell["cell_type"] == "code":
            found.append(Cell(str(cell.get("id", "")), text, heading))
    return tuple(found)

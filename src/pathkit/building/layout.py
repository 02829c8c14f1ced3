"""How a lesson's cells are laid out in its notebook: one set-up, and where its hook ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pathkit.building.lesson import Cell

READY = re.compile(r"^path\.ready\(", re.MULTILINE)
HEADING = re.compile(r"^## ", re.MULTILINE)
PARAMETERS = "parameters"


def is_set_up(cell: Cell) -> bool:
    """Whether a cell makes the notebook ready."""
    return cell.kind == "code" and READY.search(cell.source) is not None


def with_one_set_up(lesson: Sequence[Cell]) -> list[Cell]:
    """The lesson with its parameters in the set-up cell, if they stand right behind it.

    Tags of both are kept: what injects parameters does so behind the joined cell.
    """
    cells = list(lesson)
    for i, (cell, after) in enumerate(zip(cells, cells[1:], strict=False)):
        if is_set_up(cell) and after.kind == "code" and PARAMETERS in after.tags:
            source = f"{cell.source.rstrip()}\n\n{after.source.lstrip()}"
            tags = tuple(dict.fromkeys((*cell.tags, *after.tags)))
            return [*cells[:i], Cell("code", source, tags), *cells[i + 2 :]]
    return cells


def end_of_hook(lesson: Sequence[Cell]) -> int:
    """The index of the cell behind the hook: the second section, or the first exercise."""
    sections = 0
    for i, cell in enumerate(lesson):
        if cell.kind == "exercise":
            return i
        sections += cell.kind == "markdown" and HEADING.search(cell.source) is not None
        if sections == 2:
            return i
    return len(lesson)

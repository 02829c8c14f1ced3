"""The board as one self-contained HTML page: no script, nothing loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pathkit.groups import board
from pathkit.pages.templates import environment
from pathkit.path_map import PathMap

FOLDER = Path(__file__).parent


def html(
    name: str, path: PathMap, rows: Sequence[board.Row], today: date, meeting: dict | None
) -> str:
    """The page. meeting: `when` and `what` of the next one, as text."""
    modules = board.started(path, rows)
    return environment(FOLDER).get_template("board.html").render(
        name=name,
        made=today.isoformat(),
        meeting=meeting,
        modules=modules,
        helps=board.helps(path, rows),
        rows=[
            {
                "name": row.name, "done": row.done, "total": row.total, "last": row.last,
                "cells": [(*board.cell(row, m), _kind(row, m)) for m in modules],
            }
            for row in rows
        ],
    )


def _kind(row: board.Row, module) -> str:
    if row.progress.finished(module):
        return "done"
    return "part" if row.progress.started(module) else "open"

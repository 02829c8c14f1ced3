"""The board as one self-contained HTML page: no script, nothing loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pathkit.groups import board
from pathkit.path_map import PathMap

TEMPLATE = Path(__file__).with_name("board.html")


def html(
    name: str, path: PathMap, rows: Sequence[board.Row], today: date, meeting: dict | None
) -> str:
    """The page. meeting: `when` and `what` of the next one, as text."""
    import jinja2

    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    modules = board.started(path, rows)
    return environment.from_string(TEMPLATE.read_text(encoding="utf-8")).render(
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

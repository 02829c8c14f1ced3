"""The first page as `pathkit start` lays it out: with a map that shows the present progress."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

from pathkit.learner.panel.map_view import map_html, map_text
from pathkit.learner.panel.panel import map_data
from pathkit.learner.progress import Progress

ROLE = "map"
CALL = "path.map()"


def first_page_with_progress(
    notebook: dict[str, Any], progress: Progress, today: date | None = None
) -> dict[str, Any]:
    """A copy of the first page whose map is filled in, so that it is seen before anything is run.

    notebook: nbformat 4 data; another notebook, or one whose map the learner took out, comes back
    as it is. Only outputs of the map's cell differ: they are nobody's work.
    """
    notebook = copy.deepcopy(notebook)
    for cell in notebook.get("cells", ()):
        if shows_map(cell):
            data = map_data(progress, today or date.today())
            cell["outputs"] = [_output(map_html(data), map_text(data))]
            cell["execution_count"] = None
    return notebook


def shows_map(cell: dict[str, Any]) -> bool:
    """Whether a cell is the map's: by its role or, where an editor dropped that, by its code."""
    if cell.get("cell_type") != "code":
        return False
    if cell.get("metadata", {}).get("pathkit", {}).get("role") == ROLE:
        return True
    source = cell.get("source", "")
    lines = (source if isinstance(source, str) else "".join(source)).strip().splitlines()
    return bool(lines) and lines[-1].strip() == CALL


def _output(html: str, text: str) -> dict[str, Any]:
    # Lines, as nbformat writes long texts.
    data = {"text/html": html.splitlines(True), "text/plain": text.splitlines(True)}
    return {"data": data, "metadata": {}, "output_type": "display_data"}

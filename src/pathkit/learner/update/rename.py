"""A module that was renamed upstream: its notebooks under the new name, before they are merged."""

from __future__ import annotations

import re
from typing import Any

from pathkit.notebook_files.cell_identity import Cell
from pathkit.notebook_files.notebook_file import ours, text_of


def renamed(notebook: dict, old: str, new: str) -> dict:
    """A notebook of module `old` as one of module `new`: ids, metadata and the visible marks."""
    cells = [_cell(cell, old, new) for cell in notebook["cells"]]
    return {**notebook, "cells": cells, "metadata": _metadata(notebook, old, new)}


def _cell(cell: Cell, old: str, new: str) -> Cell:
    source = text_of(cell)
    if cell["cell_type"] == "code":
        source = re.sub(
            rf"^(# *exercise: *){re.escape(old)}\.", rf"\g<1>{new}.", source, flags=re.MULTILINE
        )
        source = re.sub(
            rf"""^(path\.(?:ready|skip)\( *["']){re.escape(old)}(?=["'])""", rf"\g<1>{new}",
            source, flags=re.MULTILINE,
        )
    found = {**cell, "source": source, "metadata": _metadata(cell, old, new)}
    if isinstance(cell.get("id"), str):
        found["id"] = re.sub(rf"^((?:update-)?){re.escape(old)}-", rf"\g<1>{new}-", cell["id"])
    return found


def _metadata(part: dict, old: str, new: str) -> Any:
    found = dict(ours(part))
    if not found:
        return part.get("metadata")
    if found.get("module") == old:
        found["module"] = new
    for key in ("exercise", "predict"):
        if str(found.get(key, "")).startswith(f"{old}."):
            found[key] = f"{new}.{found[key][len(old) + 1:]}"
    if str(found.get("of", "")).startswith(f"{old}-"):
        found["of"] = f"{new}-{found['of'][len(old) + 1:]}"
    return {**part["metadata"], "pathkit": found}

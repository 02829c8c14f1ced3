"""The first page is signed as Jupyter signs what it has saved, so that its map is shown in full.

JupyterLab takes style sheets out of outputs that nobody here has made. The map is made here, by
`pathkit start`, a moment before the page is opened.
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

from pathkit.learner.panel.first_page import shows_map


def sign(page: Path) -> None:
    """Sign the page if the map is all that it shows; without a signature the map is plainer.

    Jupyter keeps signatures in its own folder of data, as it does for each notebook it saves.
    """
    with contextlib.suppress(Exception):  # of a database, of a folder that can't be written, …
        text = page.read_text(encoding="utf-8")
        if shows_the_map_alone(json.loads(text)):
            import nbformat
            from nbformat.sign import NotebookNotary

            NotebookNotary().sign(nbformat.reads(text, as_version=nbformat.NO_CONVERT))


def shows_the_map_alone(notebook: dict[str, Any]) -> bool:
    """Whether no cell but the map's has outputs, which might be anybody's."""
    return not any(cell.get("outputs") for cell in notebook["cells"] if not shows_map(cell))

"""Cells that an update writes into a notebook about a cell that the learner had changed.

They are prose, never code: a stub that ran after an answer would take the answer's place.
"""

from __future__ import annotations

import re

from pathkit.files import digest
from pathkit.notebook_files.cell_identity import Cell, plain
from pathkit.notebook_files.notebook_file import ours, text_of

ROLE = "update"
CHANGED = (
    "**Update.** You and the path both changed the cell above: yours stays, "
    "and this is the path's new text."
)
DROPPED = (
    "**Update.** The cell above is no longer part of the path; it stays because you changed it."
)


def changed(of: str, new: Cell) -> Cell:
    """A note that shows the path's new version of the cell `of`, which the learner changed."""
    source = plain(text_of(new))
    if new["cell_type"] != "markdown":
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", source)), default=0))
        language = "python" if new["cell_type"] == "code" else ""
        source = f"{fence}{language}\n{source}\n{fence}"
    return _note(of, f"{CHANGED}\n\n{source}")


def dropped(of: str) -> Cell:
    """A note about the cell `of`, which the path dropped and the learner had changed."""
    return _note(of, DROPPED)


def _note(of: str, source: str) -> Cell:
    source = plain(source)
    about = {"digest": _digest(source), "of": of, "role": ROLE}
    name = f"update-{of}" if len(of) <= 57 else f"update-{_digest(of)}"
    return {"cell_type": "markdown", "id": name, "metadata": {"pathkit": about}, "source": source}


def about(cell: Cell) -> str | None:
    """The id of the cell that an untouched note is about; None for every other cell.

    A note that the learner has written into is one of the learner's cells.
    """
    found = ours(cell)
    of = found.get("of")
    if found.get("role") != ROLE or not isinstance(of, str) or cell["cell_type"] != "markdown":
        return None
    untouched = found.get("digest") == _digest(plain(text_of(cell)))
    return of if untouched and not cell.get("attachments") else None


def _digest(source: str) -> str:
    return digest(source.encode(errors="surrogatepass"))[:16]

"""Notebook files as plain data, read and written without nbformat, whose import is slow."""

from __future__ import annotations

import codecs
import hashlib
import json
import logging
from typing import Any

NOTHING: dict[str, Any] = {}
CELL_TYPES = ("code", "markdown", "raw")
# What JupyterLab would write when it opens a notebook with a kernel of ours: where something else
# stands there, it calls the notebook changed. The version is the machine's; `start` adds it.
KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE_INFO = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
}


class NotANotebook(ValueError):
    """A file that should be a notebook and isn't; str() says what it is, or where it breaks.

    mend: what to do about it; "" where only an earlier version helps.
    """

    def __init__(self, why: str, mend: str = ""):
        super().__init__(why)
        self.mend = mend


def read(data: bytes) -> dict[str, Any]:
    """The notebook that a file holds, brought to format 4 where it is of an earlier one.

    Raises NotANotebook for what isn't UTF-8, isn't JSON, or isn't a notebook.
    """
    notebook = _parsed(data)
    is_dict = isinstance(notebook, dict)
    version = notebook.get("nbformat", 4) if is_dict else 4
    if is_dict and (version in (1, 2, 3) or "worksheets" in notebook):
        notebook = _upgraded(data, version)
    elif is_dict and version != 4:
        raise NotANotebook(f"its format is {version!r:.40}; 4 was expected",
                           "save it with a Jupyter that writes format 4")
    elif not is_dict or not isinstance(notebook.get("cells"), list):
        from pathkit.notebook_files import notebook_faults

        raise NotANotebook(*notebook_faults.of_json(notebook))
    for number, cell in enumerate(notebook["cells"], 1):
        if not _is_cell(cell):
            raise NotANotebook(f"its cell {number} is not a cell with a type and a source")
    return notebook


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data.removeprefix(codecs.BOM_UTF8).decode())
    except (ValueError, RecursionError) as error:
        from pathkit.notebook_files import notebook_faults

        raise NotANotebook(*notebook_faults.of_data(data, error)) from error


def _upgraded(data: bytes, version: Any) -> dict[str, Any]:
    """A notebook of format 1, 2 or 3 as one of format 4, without ids: those would be random."""
    import nbformat

    # What it makes of a broken one is told by us, in one line.
    disabled, logging.root.manager.disable = logging.root.manager.disable, logging.ERROR
    try:
        older = nbformat.reader.reads(data.removeprefix(codecs.BOM_UTF8).decode())
        notebook = json.loads(json.dumps(nbformat.convert(older, 4)))
        for cell in notebook["cells"]:
            cell.pop("id", None)
        return {**notebook, "nbformat_minor": 4}
    except Exception as error:  # what a broken one raises is no fixed list
        why = f"its format is {version!r:.40}, and it can't be brought to format 4"
        raise NotANotebook(why, "open and save it with a Jupyter that can") from error
    finally:
        logging.root.manager.disable = disabled


def _is_cell(cell: Any) -> bool:
    if not isinstance(cell, dict) or cell.get("cell_type") not in CELL_TYPES:
        return False
    source = cell.get("source")
    return isinstance(source, str) or (
        isinstance(source, list) and all(isinstance(line, str) for line in source)
    )


def to_json(notebook: dict) -> str:
    """The bytes that nbformat would write, without importing it: sorted keys, indent 1."""
    cells = [
        {**cell, "source": cell["source"].splitlines(keepends=True)}
        if isinstance(cell["source"], str)
        else cell
        for cell in notebook["cells"]
    ]
    whole = {**notebook, "cells": cells}
    text = json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    try:
        text.encode()
    except UnicodeEncodeError:
        # Half a character, which some outputs hold: it can only be written as an escape.
        text = json.dumps(whole, indent=1, sort_keys=True) + "\n"
    return text


def text_of(cell: dict) -> str:
    """A cell's source as one string; a file may hold it as a list of lines."""
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


def ours(part: dict) -> dict[str, Any]:
    """What is ours in the metadata of a notebook or a cell; empty where it was stripped."""
    metadata = part.get("metadata")
    found = metadata.get("pathkit") if isinstance(metadata, dict) else None
    return found if isinstance(found, dict) else NOTHING


def words_digest(source: str) -> str:
    """What a text cell is named by: ten hexadecimal digits of its words, not of its layout."""
    words = " ".join(source.split()).encode(errors="surrogatepass")
    return hashlib.sha256(words).hexdigest()[:10]


def version_of(notebook: dict) -> str:
    """Which version of the path's notebook it is, or was merged with: 16 hexadecimal digits.

    It stands in the notebook's metadata; where it doesn't, it is made from the cells.
    """
    version = ours(notebook).get("version")
    return version if isinstance(version, str) and version else cells_digest(notebook["cells"])


def cells_digest(cells: list[dict]) -> str:
    """A name for these cells, outputs apart: 16 hexadecimal digits."""
    bare = [
        {k: v for k, v in cell.items() if k not in ("outputs", "execution_count", "source")}
        | {"source": text_of(cell)}
        for cell in cells
    ]
    return hashlib.sha256(json.dumps(bare, sort_keys=True).encode()).hexdigest()[:16]

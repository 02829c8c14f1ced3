"""Notebook files as plain data, read and written without nbformat, whose import is slow."""

from __future__ import annotations

import codecs
import hashlib
import json
from typing import Any

NOTHING: dict[str, Any] = {}
CELL_TYPES = ("code", "markdown", "raw")


class NotANotebook(ValueError):
    """A file that should be a notebook and isn't; str() says where it breaks and how."""


def read(data: bytes) -> dict[str, Any]:
    """The notebook that a file holds.

    Raises NotANotebook for what isn't UTF-8, isn't JSON, or isn't a notebook of format 4.
    """
    notebook = _parsed(data)
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise NotANotebook("it is JSON, but it has no list of cells")
    if notebook.get("nbformat", 4) != 4:
        raise NotANotebook(f"its format is {notebook['nbformat']!r:.40}; 4 was expected")
    for number, cell in enumerate(notebook["cells"], 1):
        if not _is_cell(cell):
            raise NotANotebook(f"its cell {number} is not a cell with a type and a source")
    return notebook


def _parsed(data: bytes) -> Any:
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise NotANotebook(f"it is not UTF-8 in line {line}") from error
    if not text or text.isspace():
        raise NotANotebook("it is empty")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        what = error.msg.removesuffix(" starting at")
        raise NotANotebook(f"its JSON breaks in line {error.lineno}: {what}") from error
    except (ValueError, RecursionError) as error:
        raise NotANotebook("its JSON can't be read") from error


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

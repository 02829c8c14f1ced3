"""A learner's notebooks as JupyterLab leaves them when it opens them, before it does.

JupyterLab completes what a notebook says of its kernel as soon as one runs, and calls the notebook
changed if that is news: untouched, it asks to be saved. The version of Python differs from machine
to machine, so the path's own files can't hold it.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pathkit.files import ChangedMeanwhile, write_atomically
from pathkit.notebook_files.notebook_file import (
    KERNELSPEC,
    LANGUAGE_INFO,
    NotANotebook,
    read,
    to_json,
)

STATE = "application/vnd.jupyter.widget-state+json"
VIEW = "application/vnd.jupyter.widget-view+json"
# What the HTML of our panels begins with: it stands in where the widget is gone.
PANELS = ('<section class="pk ', '<section aria-label="Recall cards"')

# JupyterLab writes this when widgets are saved, which our settings ask for, and there are none.
NO_WIDGETS: dict[str, Any] = {
    STATE: {"state": {}, "version_major": 2, "version_minor": 0},
}


def complete(paths: Iterable[Path]) -> dict[Path, bytes]:
    """Complete these notebooks where need be; what can't be read or written stays as it is.

    A file keeps its time: nobody has worked on it. Returns what the written ones held before.
    """
    were: dict[Path, bytes] = {}
    for path in paths:
        with contextlib.suppress(OSError, NotANotebook, ChangedMeanwhile):
            before = path.stat()
            data = path.read_bytes()
            notebook = read(data)
            opened = without_lost_panels(as_opened(notebook))
            if opened is not notebook:
                write_atomically(path, to_json(opened).encode(), data)
                were[path] = data
                os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    return were


def as_opened(notebook: dict[str, Any]) -> dict[str, Any]:
    """The notebook with what JupyterLab adds; the very same where it has all of it.

    One that was given another kernel or another language stays as it is.
    """
    metadata = notebook.get("metadata")
    if not isinstance(metadata, dict) or not _has_our_kernel(metadata):
        return notebook
    # As ipykernel says it.
    language = {**LANGUAGE_INFO, "version": sys.version.split()[0]}
    wanted = {"widgets": NO_WIDGETS, **metadata,
              "kernelspec": {**metadata["kernelspec"], **KERNELSPEC}, "language_info": language}
    return notebook if wanted == metadata else {**notebook, "metadata": wanted}


def without_lost_panels(notebook: dict[str, Any]) -> dict[str, Any]:
    """The notebook with its panels as HTML where their widgets weren't saved along.

    JupyterLab shows "Error displaying widget" in place of such a panel. The very same notebook
    comes back where no panel is lost.
    """
    metadata = notebook.get("metadata")
    kept = _saved_widgets(metadata if isinstance(metadata, dict) else {})
    cells = [_with_plain_panels(cell, kept) for cell in notebook["cells"]]
    if all(one is other for one, other in zip(cells, notebook["cells"], strict=True)):
        return notebook
    return {**notebook, "cells": cells}


def _saved_widgets(metadata: dict[str, Any]) -> set[str]:
    found: Any = metadata
    for key in ("widgets", STATE, "state"):
        found = found.get(key) if isinstance(found, dict) else None
    return set(found) if isinstance(found, dict) else set()


def _with_plain_panels(cell: dict[str, Any], kept: set[str]) -> dict[str, Any]:
    outputs = cell.get("outputs")
    if not isinstance(outputs, list) or not any(_is_lost(output, kept) for output in outputs):
        return cell
    return {**cell, "outputs": [
        {**output, "data": {k: v for k, v in output["data"].items() if k != VIEW}}
        if _is_lost(output, kept) else output
        for output in outputs
    ]}


def _is_lost(output: Any, kept: set[str]) -> bool:
    data = output.get("data") if isinstance(output, dict) else None
    view = data.get(VIEW) if isinstance(data, dict) else None
    if not isinstance(view, dict) or view.get("model_id") in kept:
        return False
    shown = data.get("text/html", "")
    return (shown if isinstance(shown, str) else "".join(shown)).startswith(PANELS)


def _has_our_kernel(metadata: dict[str, Any]) -> bool:
    kernel, language = metadata.get("kernelspec"), metadata.get("language_info")
    return (
        isinstance(kernel, dict) and kernel.get("name") == KERNELSPEC["name"]
        and isinstance(language, dict) and language.get("name") == LANGUAGE_INFO["name"]
    )

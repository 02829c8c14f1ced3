"""What is kept of an executed notebook: our cells, and of the outputs what can do no harm.

A student's code chose the outputs, and instructors open the file: text and pictures stay, HTML,
JavaScript and widgets don't.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pathkit.notebook_files import notebook_file

MOST_TEXT, MOST_PICTURE, MOST = 20_000, 400_000, 4_000_000  # characters
BASE64 = re.compile(r"[A-Za-z0-9+/=\n]+")
# How `path.show` displays a figure.
FIGURE = re.compile(r'<img alt="[^"<>]*" style="max-width:100%" '
                    r'src="data:image/png;base64,([A-Za-z0-9+/=]+)">')
CUT = "\n… the rest is left out\n"


def outputs(executed: Any, notebook: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The outputs of each cell by its id; anything may be in `executed`."""
    known = {cell["id"] for cell in notebook["cells"]}
    cells = executed.get("cells") if isinstance(executed, dict) else None
    found: dict[str, list[dict[str, Any]]] = {}
    left = MOST
    for cell in cells if isinstance(cells, list) else ():
        if not isinstance(cell, dict) or str(cell.get("id")) not in known:
            continue
        given = cell.get("outputs")
        mine = []
        for output in given if isinstance(given, list) else ():
            made = _output(output) if isinstance(output, dict) else None
            if made is None:
                continue
            left -= len(str(made))
            if left > 0 or made["output_type"] == "error":
                mine.append(made)
        found[str(cell["id"])] = mine
    return found


def _output(output: Mapping[str, Any]) -> dict[str, Any] | None:
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return {"output_type": "stream", "name": name, "text": _text(output.get("text"))}
    if kind == "error":
        lines = output.get("traceback")
        lines = [_text(line) for line in lines[:50]] if isinstance(lines, list) else []
        return {"output_type": "error", "ename": _text(output.get("ename"))[:100],
                "evalue": _text(output.get("evalue")), "traceback": lines}
    if kind in ("display_data", "execute_result"):
        data = _data(output.get("data"))
        return {"output_type": "display_data", "metadata": {}, "data": data} if data else None
    return None


def _data(data: Any) -> dict[str, str]:
    if not isinstance(data, dict):
        return {}
    kept = {}
    if "text/plain" in data:
        kept["text/plain"] = _text(data["text/plain"])
    picture = data.get("image/png")
    if isinstance(html := data.get("text/html"), str) and (figure := FIGURE.fullmatch(html)):
        picture = figure[1]
    if isinstance(picture, str) and len(picture) < MOST_PICTURE and BASE64.fullmatch(picture):
        kept["image/png"] = picture
    return kept


def _text(value: Any) -> str:
    text = value if isinstance(value, str) else ""
    text = text if len(text) <= MOST_TEXT else text[:MOST_TEXT] + CUT
    return text.encode("utf-8", "replace").decode()


def text(notebook: Mapping[str, Any], outputs: Mapping[str, Sequence[Any]]) -> str:
    """The executed notebook as a file."""
    cells = [
        {**cell, "outputs": list(outputs.get(cell["id"], ()))}
        if cell["cell_type"] == "code" else cell
        for cell in notebook["cells"]
    ]
    return notebook_file.to_json({**notebook, "cells": cells})

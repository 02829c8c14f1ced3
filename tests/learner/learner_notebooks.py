"""Small notebooks of a path, as `pathkit build` makes them, and what learners do to them."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Sequence
from typing import Any

from pathkit.building.notebook_cells import Pages, as_notebook
from pathkit.notebook_files.notebook_file import text_of

Notebook = dict[str, Any]
MODULE = "bigram"


@dataclasses.dataclass(frozen=True)
class Part:
    """Something that a path holds; `text` is prose, code, or an exercise's stub."""

    kind: str  # prose, code, parameters, set-up, exercise, predict, role
    text: str = ""
    name: str = ""
    check: str = ""


def prose(text: str) -> Part:
    return Part("prose", text)


def code(text: str) -> Part:
    return Part("code", text)


def role(name: str, text: str) -> Part:
    return Part("role", text, name)


def exercise(name: str, stub: str = "", check: str = "") -> Part:
    return Part("exercise", stub or f"def {name}(x):\n    ...", name, check)


def predict(name: str, hint: str = "a number") -> Part:
    return Part("predict", hint, name)


SET_UP = Part("set-up")


def path(*parts: Part, module: str = MODULE, formerly: Sequence[str] = ()) -> Notebook:
    """The path's notebook of a module."""
    pages = Pages(None, module, "learner")
    for part in parts:
        _add(pages, part)
    ours = {"format": 1, "module": module, "variant": "learner"}
    return as_notebook(pages.cells, ours | ({"formerly": list(formerly)} if formerly else {}))


def _add(pages: Pages, part: Part) -> None:
    module, name = pages.module, part.name
    if part.kind == "prose":
        pages.add("markdown", part.text)
    elif part.kind == "code":
        pages.add("code", part.text, tags=["nbval-check-output"])
    elif part.kind == "parameters":
        pages.add("code", part.text, tags=["parameters"])
    elif part.kind == "role":
        pages.add("markdown", part.text, role=name)
    elif part.kind == "set-up":
        pages.add("code", f'import pathkit as path\n{part.text}\npath.ready("{module}")')
    elif part.kind == "predict":
        pages.add("markdown", f"Predict {name}.", role="ask", name=name)
        source = f'path.predict("{name}", ...)      # in place of the dots: {part.text}'
        pages.add("code", source, role="predict", name=name)
    else:
        check = part.check or f"{name} = path.check({name})"
        source = f"# exercise: {module}.{name}\n{part.text}\n\n\n{check}"
        pages.add("markdown", f"Write {name}.", role="prompt", name=name)
        pages.add("code", source, role="exercise", name=name, tags=["nbval-check-output"])
        pages.add("markdown", f"Hints for {name}.", role="hints", name=name)


# --- what learners and their editors do -------------------------------------------------------


def opened(notebook: Notebook) -> Notebook:
    """A copy to change, with sources as text."""
    found = copy.deepcopy(notebook)
    for cell in found["cells"]:
        cell["source"] = text_of(cell)
    return found


def own(source: str, cell_type: str = "code", **fields: Any) -> dict[str, Any]:
    cell = {"cell_type": cell_type, "metadata": {}, "source": source, **fields}
    return {"execution_count": None, "outputs": [], **cell} if cell_type == "code" else cell


def find(notebook: Notebook, part: str) -> int:
    """The place of the one cell whose id or source holds `part`."""
    by_id = [i for i, c in enumerate(notebook["cells"]) if part in str(c.get("id", ""))]
    by_text = [i for i, c in enumerate(notebook["cells"]) if part in text_of(c)]
    [place] = by_id if len(by_id) == 1 else by_text
    return place


def sources(notebook: Notebook) -> list[str]:
    return [text_of(cell) for cell in notebook["cells"]]

"""From the path's learner notebook to the one that is handed out. Pure."""

from __future__ import annotations

import copy
import re
from collections.abc import Collection
from typing import Any

from pathkit.classroom.assignment import AssignedModule, Assignment, points_text
from pathkit.notebook_files.notebook_file import ours, text_of

READY = re.compile(r'^path\.ready\("([\w-]+)"\)', re.MULTILINE)
LINK = re.compile(r"\[([^\[\]]*)\]\((\d\d+-[\w-]+\.ipynb)\)")
NOT_COUNTED = "*Not part of this assignment.*"


def released(
    notebook: dict[str, Any], module: AssignedModule, assignment: Assignment
) -> dict[str, Any]:
    """The notebook of a module as students get it.

    Each exercise says whether it counts and for how much, links to notebooks that aren't handed
    out are plain text, and the set-up cell says where the reference must not stand in.
    """
    points = {f"{module.id}.{task.name}": task.points for task in module.exercises}
    files = {m.file for m in assignment.modules}
    made = copy.deepcopy(notebook)
    made["metadata"]["pathkit"]["assignment"] = assignment.id
    fallback = _fallback(made, module, assignment)
    for cell in made["cells"]:
        text = text_of(cell)
        if cell["cell_type"] == "markdown":
            text = _without_links(text, files)
        if ours(cell).get("role") == "prompt":
            text += f"\n\n{counts(points.get(ours(cell)['exercise']))}"
        if fallback and cell["cell_type"] == "code":
            text = READY.sub(rf'path.ready("\1", fallback={fallback})', text)
        cell["source"] = text
    return made


def counts(points: float | None) -> str:
    """`**2 points.**`; None is for an exercise that isn't assigned."""
    return NOT_COUNTED if points is None else f"**{points_text(points)}.**"


def _fallback(notebook: dict[str, Any], module: AssignedModule, assignment: Assignment) -> str:
    """What the set-up cell says: the reference still stands in for what isn't assigned."""
    if assignment.fallback:
        return ""
    counted = {f"{module.id}.{task.name}" for task in module.exercises}
    every = [ours(c)["exercise"] for c in notebook["cells"] if ours(c).get("role") == "exercise"]
    others = [e.partition(".")[2] for e in every if e not in counted]
    return "[" + ", ".join(f'"{name}"' for name in others) + "]" if others else "False"


def _without_links(text: str, files: Collection[str]) -> str:
    return LINK.sub(lambda m: m[0] if m[2] in files else m[1], text)

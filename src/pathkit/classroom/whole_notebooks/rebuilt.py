"""The notebook that is run as a whole: the one that was handed out, with what its student wrote.

Prompts, checks and the lesson's own cells are ours. Of the student come the answers, code cells
that they added, and what they define in cells of ours beyond what we do. Their notes are left out:
nothing runs there.
"""

from __future__ import annotations

from typing import Any

from pathkit.classroom.collecting.own_work import Base, Own, exercise_of
from pathkit.classroom.collecting.reading import FoundAnswer
from pathkit.notebook_files.answers import parts
from pathkit.notebook_files.notebook_file import text_of


def rebuilt(base: Base, own: Own) -> dict[str, Any]:
    """The notebook to run. What was added is called `own-1`, `own-2`, …"""
    cells: list[dict[str, Any]] = []
    numbered = list(enumerate(own.added, 1))

    def add_after(before: str) -> None:
        for number, (anchor, text) in numbered:
            if anchor == before:
                cells.append(_code(f"own-{number}", text))

    add_after("")
    for cell in base.notebook["cells"]:
        answer = own.answers.get(exercise_of(cell))
        if answer is None:
            cells.append({**cell, "source": text_of(cell)})
        else:
            cells.append({**cell, "source": _answered(text_of(cell), exercise_of(cell), answer)})
        add_after(cell["id"])
    return {
        "cells": cells, "metadata": {**base.notebook["metadata"]}, "nbformat": 4,
        "nbformat_minor": 5,
    }


def _answered(text: str, name: str, answer: FoundAnswer) -> str:
    """A cell of ours with an answer between its first and its last line."""
    given = parts(text, name)
    return f"{given.comment}\n{answer.written}\n\n{given.check}"


def _code(id: str, source: str) -> dict[str, Any]:
    return {"cell_type": "code", "id": id, "metadata": {}, "source": source,
            "execution_count": None, "outputs": []}

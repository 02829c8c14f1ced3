"""From a student's notebook to the code that is run for each exercise.

Only definitions are taken: imports, functions, classes and plain constants of the student's own
cells that the answer needs, then the cell of the exercise itself. What the lesson computes between
them is never run, and nothing is run here.
"""

from __future__ import annotations

import ast
import dataclasses
import functools
import re
from collections.abc import Sequence
from typing import Any

from pathkit.notebook_files import notebook_file
from pathkit.notebook_files.answers import find_answers, parts
from pathkit.notebook_files.definitions import (
    BROKEN,
    Cell,
    before_check,
    moved_left,
    plain_statements,
)
from pathkit.notebook_files.needed_definitions import Definition, definition, needed
from pathkit.notebook_files.which_notebook import READY

# Characters of one cell and of all: a lesson has a hundredth of it, and parsing takes time.
MOST_CELL, MOST_CODE = 100_000, 2_000_000


@dataclasses.dataclass(frozen=True)
class FoundAnswer:
    """What is run for one exercise: statements of the other cells, then the answer's own code.

    written: the answer as the student wrote it, without the path's own lines. found: metadata,
    comment, name or position; remarks: what was guessed.
    """

    before: tuple[str, ...]
    code: str
    written: str
    found: str
    remarks: tuple[str, ...] = ()


def module_of(notebook: dict[str, Any]) -> tuple[str, str] | None:
    """The module that a notebook holds and, where that was a guess, what it was read from."""
    named = notebook_file.ours(notebook).get("module")
    if isinstance(named, str) and named:
        return named, ""
    for cell in notebook["cells"]:
        if ready := READY.search(notebook_file.text_of(cell)):
            return ready[1], "by its set-up cell"
    found = [
        name
        for cell in notebook["cells"]
        for name in re.findall(r"^# *exercise: *([\w-]+)\.", notebook_file.text_of(cell), re.M)
    ]
    if found:
        return max(set(found), key=found.count), "by the names of its exercises"
    return None


def answers_in(
    notebook: dict[str, Any], module: str, names: Sequence[str], stubs: dict[str, str]
) -> dict[str, FoundAnswer]:
    """What a notebook answers to each of these exercises; those without a cell are left out.

    stubs: the path's own text of each exercise's cell, which tells what is empty. Raises ValueError
    where there is more code than anybody writes.
    """
    notebook, cut = _cut(notebook)
    found = find_answers(notebook, module, names, stubs)
    definitions = {
        number: _definitions(notebook_file.text_of(cell))
        for number, cell in enumerate(notebook["cells"], 1)
        if cell["cell_type"] == "code"
    }
    answers = {}
    for name, answer in found.items():
        own = answer.cell_index + 1
        others = [one for n, texts in definitions.items() if n != own for one in texts]
        guessed = answer.how_found not in ("metadata", "comment")
        remarks = (answer.guess,) if answer.guess else ()
        if guessed and not remarks:
            remarks = (f"{name}: found by its {answer.how_found}",)
        if own in cut:
            remarks += (f"{name}: only the first {MOST_CELL:,} characters of its cell count",)
        code = _whole(_code(answer.source, name, own))
        answers[name] = FoundAnswer(
            needed(code, others), code, _whole(parts(answer.source, name).answer),
            answer.how_found, remarks,
        )
    return answers


def _cut(notebook: dict[str, Any]) -> tuple[dict[str, Any], set[int]]:
    """The notebook with the beginning of cells that are too long, and these cells' numbers.

    Halves of characters are replaced: where one stands, nothing can be parsed.
    """
    cells, cut, size = [], set(), 0
    for number, cell in enumerate(notebook["cells"], 1):
        if cell["cell_type"] == "code":
            source = notebook_file.text_of(cell)
            size += len(source)
            kept = _whole(source[:MOST_CELL])
            if kept != source:
                cell = {**cell, "source": kept}
            if len(source) > MOST_CELL:
                cut.add(number)
        cells.append(cell)
    if size > MOST_CODE:
        raise ValueError(f"it holds more than {MOST_CODE:,} characters of code")
    return {**notebook, "cells": cells}, cut


def _whole(text: str) -> str:
    """Text that can be written: a notebook may hold halves of characters."""
    return text.encode("utf-8", "replace").decode()


@functools.lru_cache(1024)
def _definitions(source: str) -> tuple[Definition, ...]:
    """The statements of a cell that only define something; none where it isn't Python.

    The lesson's own cells are in everybody's notebook: read once, and kept once.
    """
    try:
        return tuple(
            definition(node, _whole(ast.unparse(node)))
            for node in plain_statements(Cell(source, 0))
        )
    except BROKEN:
        return ()


def _code(source: str, name: str, number: int) -> str:
    """The answer's cell up to its check, line for line; as it is where it isn't Python."""
    source = moved_left(source)
    try:
        cell = Cell(source, number)
        kept = list(before_check(cell, name))
    except BROKEN:
        return source
    original = set(map(id, cell.body))
    if kept and id(kept[-1]) not in original:  # path.check(name=3) became name = 3
        kept, made = kept[:-1], ast.unparse(kept[-1])
    else:
        made = ""
    last = kept[-1].end_lineno if kept else 0
    # Where magics were taken out, the text no longer is what was parsed.
    lines = source.split("\n") if not source.lstrip().startswith("%%") else []
    if not lines or any("%" in line[:1] or "!" in line[:1] for line in lines):
        return "\n".join([*(ast.unparse(node) for node in kept), made])
    return "\n".join([*lines[:last], made]).rstrip("\n") + "\n"

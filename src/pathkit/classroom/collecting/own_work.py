"""What of a notebook is its student's, seen from the one that was handed out.

Prompts, checks and the lesson's own cells are ours. Of the student come the answers, code cells
that they added, and what they define in cells of ours beyond what we do. Their notes are left out:
nothing runs there.
"""

from __future__ import annotations

import ast
import dataclasses
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pathkit.classroom.assignment import Assignment
from pathkit.classroom.collecting.reading import MOST_CELL, FoundAnswer, answers_in
from pathkit.errors import EnvironmentProblem
from pathkit.merging.merge import merge
from pathkit.notebook_files import notebook_file
from pathkit.notebook_files.answers import find_answers, parts
from pathkit.notebook_files.definitions import BROKEN, Cell, plain_statements
from pathkit.notebook_files.notebook_file import ours, text_of

MOST_ADDED = 2**20  # characters of added cells
# Of a whole notebook: more than anybody writes, and little enough to be looked through.
MOST_CELLS, MOST_TEXT = 5000, 2**23


@dataclasses.dataclass(frozen=True)
class Base:
    """The notebook of a module as it was handed out, with the stub of each of its exercises."""

    module: str
    notebook: Mapping[str, Any]
    stubs: Mapping[str, str]


@dataclasses.dataclass(frozen=True)
class Own:
    """What of a notebook is its student's.

    answers: to every exercise of the module that they wrote something for. added: the id of the
    cell of ours that comes before it, "" for none, and the text, in order.
    """

    answers: Mapping[str, FoundAnswer]
    added: tuple[tuple[str, str], ...]


def bases(file: Path, assignment: Assignment) -> dict[str, Base]:
    """The notebooks in a zip that `pathkit assign` made, by module.

    Raises EnvironmentProblem where there are none.
    """
    found = {}
    try:
        with zipfile.ZipFile(file) as archive:
            for module in assignment.modules:
                notebook = notebook_file.read(archive.read(module.file))
                found[module.id] = Base(module.id, notebook, _stubs(notebook))
    except (OSError, KeyError, zipfile.BadZipFile, notebook_file.NotANotebook) as error:
        raise EnvironmentProblem(
            f"--full runs the notebooks that were handed out, and {file} does not hold them "
            f"({error}); name the zip that `pathkit assign` made"
        ) from error
    return found


def _stubs(notebook: Mapping[str, Any]) -> dict[str, str]:
    return {
        (name := exercise_of(cell)): parts(text_of(cell), name).answer
        for cell in notebook["cells"] if exercise_of(cell)
    }


def exercise_of(cell: Mapping[str, Any]) -> str:
    """The name of the exercise whose answer a cell of ours is for; "" for any other."""
    if cell["cell_type"] != "code" or ours(cell).get("role") != "exercise":
        return ""
    return str(ours(cell)["exercise"]).partition(".")[2]


def own(notebook: dict[str, Any], base: Base) -> Own:
    """What is the student's in a notebook. May raise anything for a notebook that is made to."""
    size = sum(len(text_of(cell)) for cell in notebook["cells"])
    if len(notebook["cells"]) > MOST_CELLS or size > MOST_TEXT:
        raise ValueError("it holds more than anybody writes")
    merged, _ = merge(notebook, base.notebook, base.notebook)
    names = list(base.stubs)
    answers = {
        name: answer
        for name, answer in answers_in(merged, base.module, names, dict(base.stubs)).items()
        if answer.written.split() != base.stubs[name].split()
    }
    return Own(answers, tuple(_added(merged, base)))


def _added(merged: dict[str, Any], base: Base) -> Iterator[tuple[str, str]]:
    found = find_answers(merged, base.module, list(base.stubs), dict(base.stubs))
    taken = {answer.cell_index for answer in found.values()}
    known = {cell["id"]: text_of(cell) for cell in base.notebook["cells"]}
    before, size = "", 0
    for i, cell in enumerate(merged["cells"]):
        text, name = text_of(cell), cell.get("id", "")
        if name in known:
            before = name
            text = "" if i in taken or exercise_of(cell) else _beyond(text, known[name])
        elif i in taken or any(f"# exercise: {base.module}.{n}" in text for n in base.stubs):
            continue
        size += len(text)
        if cell["cell_type"] == "code" and text.strip() and size < MOST_ADDED:
            yield before, text.encode("utf-8", "replace").decode()


def _beyond(text: str, known: str) -> str:
    """What a cell of ours, changed by the student, defines and ours doesn't."""
    if text == known or len(text) > MOST_CELL:
        return ""
    given = set(_definitions(known))
    return "\n".join(one for one in _definitions(text) if one not in given)


def _definitions(source: str) -> list[str]:
    try:
        return [ast.unparse(node) for node in plain_statements(Cell(source, 0))]
    except BROKEN:
        return []

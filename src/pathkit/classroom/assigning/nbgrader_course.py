"""A course folder that nbgrader processes: source notebooks and nbgrader_config.py. Pure.

In each notebook an assigned exercise is two cells: the answer, with the reference between markers,
and a locked cell of tests that holds the check and, between markers, the points for hidden probes.
The set-up cell is locked as well. Metadata are nbgrader's schema 3, without keys of our own.
"""

from __future__ import annotations

import json
import re
import textwrap
import unicodedata
from collections.abc import Mapping
from datetime import UTC
from typing import Any

from pathkit.building.exercise_files import Content, ExerciseText
from pathkit.classroom.assigning.nbgrader_points import SEED
from pathkit.classroom.assignment import AssignedModule, Assignment
from pathkit.notebook_files import notebook_file
from pathkit.notebook_files.notebook_file import ours, text_of

BEGIN, END = "# BEGIN SOLUTION", "# END SOLUTION"
HIDE, SHOW = "# BEGIN HIDDEN TESTS", "# END HIDDEN TESTS"
CONFIG_FILE, OWN_CONFIG_FILE = "nbgrader_config.py", "nbgrader_config_pathkit.py"
# Seconds for one cell; hidden probes take longer than the notebook's own.
TIMEOUT = 120
CONFIG = '''\
"""nbgrader's settings for this course, written by `pathkit assign --format nbgrader`."""

import os

c = get_config()  # noqa: F821
# What stands where a solution was: pathkit takes dots for "not attempted".
c.ClearSolutions.code_stub = {{"python": "..."}}
c.Execute.timeout = {timeout}
# The hidden probes are drawn from this number. Keep it from students, and keep it: with another
# one the same answers are tried on other cases.
os.environ.setdefault("{seed_name}", "{seed}")
'''


def course(
    assignment: Assignment, contents: Mapping[str, Content], files: Mapping[str, bytes], seed: int
) -> dict[str, bytes]:
    """The files of a course folder, by path. files: what students of a zip would get."""
    home = f"source/{name_of(assignment)}"
    made = {CONFIG_FILE: _config(seed)}
    for module in assignment.modules:
        notebook = source(json.loads(files[module.file]), module, contents[module.id])
        made[f"{home}/{module.file}"] = notebook_file.to_json(notebook).encode()
    others = set(files) - {module.file for module in assignment.modules}
    return made | {f"{home}/{name}": files[name] for name in sorted(others)}


def _config(seed: int) -> bytes:
    return CONFIG.format(timeout=TIMEOUT, seed_name=SEED, seed=seed).encode()


def name_of(assignment: Assignment) -> str:
    """The assignment's name as folders and nbgrader's commands have it: `week-3`."""
    plain = unicodedata.normalize("NFKD", assignment.title).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "assignment"


def due_for_nbgrader(assignment: Assignment) -> str:
    """The deadline as nbgrader's database takes it: `2027-03-01 22:59:00 UTC`."""
    return f"{assignment.due.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def source(notebook: dict[str, Any], module: AssignedModule, content: Content) -> dict[str, Any]:
    """A released notebook as nbgrader's source version; `notebook` is used up."""
    points = {f"{module.id}.{task.name}": task.points for task in module.exercises}
    cells = []
    for cell in notebook["cells"]:
        exercise = ours(cell).get("exercise")
        if ours(cell).get("role") == "exercise" and exercise in points:
            text = content.exercises[exercise.partition(".")[2]]
            cells += _pair(cell, exercise, text, points[exercise])
            continue
        if cell["cell_type"] == "code" and "path.ready(" in text_of(cell):
            cell["metadata"]["nbgrader"] = _metadata(cell["id"], locked=True)
        cells.append(cell)
    return {**notebook, "cells": cells}


def _pair(
    cell: dict[str, Any], exercise: str, text: ExerciseText, points: float
) -> list[dict[str, Any]]:
    """The cells of the answer and of its tests."""
    head = f"# exercise: {exercise}\n"
    answer = {**cell, "source": head + marked(text), "metadata": {
        **cell["metadata"], "nbgrader": _metadata(cell["id"], solution=True)}}
    name = f"{cell['id'][-58:]}-tests"
    tests = {
        "cell_type": "code", "execution_count": None, "id": name, "outputs": [],
        "source": _tests(exercise, text, points),
        "metadata": {
            "pathkit": {"role": "tests", "exercise": exercise},
            "nbgrader": {**_metadata(name, locked=True), "grade": True, "points": points},
        },
    }
    return [answer, tests]


def _metadata(name: str, solution: bool = False, locked: bool = False) -> dict[str, Any]:
    """nbgrader adds checksum and cell type itself when it makes the students' version."""
    return {
        "schema_version": 3, "grade": False, "solution": solution, "locked": locked, "task": False,
        "grade_id": name,
    }


def marked(text: ExerciseText) -> str:
    """The answer's code: what is left without the marked lines is the stub.

    Where more than the end of the body is blank, the whole answer follows the stub: a region in
    the middle of given code would leave something else than the stub.
    """
    stub, answer = text.stub.splitlines(), text.answer.splitlines()
    given = stub[:-1]
    if stub[-1].strip() == "..." and answer[: len(given)] == given and not text.is_value:
        indent = stub[-1][: len(stub[-1]) - len(stub[-1].lstrip())]
        rest = answer[len(given) :]
        return "\n".join([*given, indent + BEGIN, *rest, indent + END])
    own = "\n".join(line for line in answer if not line.startswith("#")) if text.is_value else \
        text.answer
    gap = "" if text.is_value else "\n\n"
    return f"{text.stub}\n{gap}{BEGIN}\n{own}\n{END}"


def _tests(exercise: str, text: ExerciseText, points: float) -> str:
    """The check that students see, and around it the points that they don't."""
    name = text.name
    argument = f"{name}={name}" if text.is_value else name
    return textwrap.dedent(f"""\
        # checks: {exercise}
        {HIDE}
        from pathkit.classroom.assigning import nbgrader_points

        earned = nbgrader_points.points("{exercise}", {points!r}, {name})
        {SHOW}
        {name} = path.check({argument})
        {HIDE}
        earned
        {SHOW}
    """).rstrip("\n")

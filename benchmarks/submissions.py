"""Classes of learners for benchmarks: right answers, misconceptions, stubs and crashes, seeded."""

from __future__ import annotations

import ast
import inspect
import json
import random
from pathlib import Path
from typing import Any

from pathkit.building import exercise_files
from pathkit.notebook_files import notebook_file
from pathkit.building.build import Place
from pathkit.checks.loading import exercises_of
from pathkit.path_modules import OURS, python_files
from pathkit.checks.source import without_decorators

ROOT = Path(__file__).resolve().parents[1]
# What an answer is, and how often; the rest has nothing to be wrong about and is right.
SHARES = {"right": 0.70, "misconception": 0.20, "untouched": 0.05, "crash": 0.05}

Answers = dict[str, str | None]


def class_of(module: str, size: int, seed: int = 1) -> dict[str, Answers]:
    """Each student's source for each exercise; None is an untouched stub.

    No two answers have the same text, as no two people's have: each names its student. A larger
    class begins with the students of a smaller one.
    """
    texts = exercise_files.read(Place(ROOT).modules.folder_of(module)).exercises
    return {
        (student := f"student-{number:04}"): {
            name: _signed(_answer(module, name, text, random.Random(f"{seed} {number} {name}")),
                          student)
            for name, text in texts.items()
        }
        for number in range(size)
    }


def _signed(source: str | None, student: str) -> str | None:
    return source and f"{source}\n# by {student}"


def _answer(module: str, name: str, text: Any, rng: random.Random) -> str | None:
    exercise = exercises_of(module)[name]
    kind = rng.choices(list(SHARES), list(SHARES.values()))[0]
    if kind == "misconception" and exercise.misconceptions:
        return _mistaken(module, exercise, rng.choice(exercise.misconceptions))
    if kind == "untouched":
        return None
    if kind == "crash":
        return f"{name} = nowhere" if exercise.is_value else _crashing(text.answer)
    return text.answer


def _crashing(answer: str) -> str:
    """A right answer that trips over a name in its first line."""
    node = ast.parse(answer).body[-1]
    function = node
    while isinstance(function, ast.ClassDef):
        function = next(n for n in function.body if isinstance(n, ast.FunctionDef | ast.ClassDef))
    function.body.insert(0, ast.parse("nowhere").body[0])
    return ast.unparse(ast.parse(answer).body[:-1] + [node])


def _mistaken(module: str, exercise: Any, wrong: Any) -> str:
    """A misconception under the exercise's name, after what it needs of the module's file."""
    source = without_decorators(inspect.getsource(wrong.answer))
    source = source.replace(wrong.answer.__name__, exercise.name, 1)
    if exercise.is_value:
        source += f"\n{exercise.name} = {exercise.name}()"
    return "\n\n".join([*_helpers(module, source), source])


def _helpers(module: str, source: str) -> list[str]:
    """The plain functions of a module's files that some source uses."""
    files = python_files(OURS.folder_of(module))
    nodes = [n for f in files for n in ast.parse(f.read_text(encoding="utf-8")).body]
    plain = {n.name: n for n in nodes if isinstance(n, ast.FunctionDef) and not n.decorator_list}
    used = {n.id for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Name)}
    return [ast.unparse(node) for name, node in plain.items() if name in used]


def filled(notebook: dict[str, Any], answers: Answers) -> str:
    """A handed-out notebook with these answers in its stubs, as the text of an .ipynb file."""
    cells = []
    for cell in notebook["cells"]:
        ours = notebook_file.ours(cell)
        exercise = ours.get("exercise", "")
        answer = answers.get(exercise.partition(".")[2])
        if ours.get("role") == "exercise" and answer is not None:
            last = notebook_file.text_of(cell).rpartition("\n")[2]
            check = f"\n\n{last}" if "path.check(" in last else ""
            cell = {**cell, "source": f"# exercise: {exercise}\n{answer}{check}"}
        cells.append(cell)
    return notebook_file.to_json({**notebook, "cells": cells})


def hand_in(handed_out: Path, class_: dict[str, Answers], folder: Path) -> None:
    """Write each student's notebook into a folder of their own."""
    notebook = json.loads(handed_out.read_text(encoding="utf-8"))
    for student, answers in class_.items():
        place = folder / student
        place.mkdir(parents=True)
        (place / handed_out.name).write_text(filled(notebook, answers), encoding="utf-8")

"""A class that hands in bigram: right answers, known and unknown wrong ones, nothing, attacks."""

from __future__ import annotations

import ast
import inspect
import json
import random
from collections.abc import Mapping
from concurrent.futures import Executor, Future
from datetime import UTC, datetime
from pathlib import Path

from pathkit.checks.loading import exercises_of
from pathkit.checks.source import without_decorators
from pathkit.classroom.assignment import AssignedModule, Assignment, LatePolicy, Task
from pathkit.classroom.collecting.submissions import collect
from pathkit.classroom.grading import whole_class
from pathkit.classroom.grading.limits_and_results import Limits
from pathkit.classroom.grading.overrides import Overrides
from pathkit.classroom.grading.scores import Score, score
from pathkit.classroom.grading.whole_class import Graded
from pathkit.path_modules import OURS, python_files

ROOT = Path(__file__).resolve().parents[2]
MODULE, FILE = "bigram", "02-bigram.ipynb"
EXERCISES = exercises_of(MODULE)
NAMES = (
    "Ada Lindqvist", "Bo Amankwah", "Chiara Rossi", "Dmitri Volkov", "Eun-ji Park", "Fatima Zahra",
    "Gustav Holm", "Hana Suzuki", "Ivo Novák", "Jamal Idris", "Katrin Weiß", "Liam O'Connor",
    "Mei Chen", "Noor Haddad", "Oskar Nyström", "Priya Nair", "Quentin Leroy", "Rosa Jiménez",
    "Sven Dahl", "Tala Mansour", "Umar Bello", "Vera Kowalska", "Wei Zhang", "Xenia Papadaki",
    "Yusuf Demir", "Zoë van Dijk", "Aroha Ngata", "Björk Jónsdóttir", "Citlali Vega", "Deniz Kaya",
)
ASSIGNMENT = Assignment(
    id="a1", title="Week 2: a language model by counting", path="0.1.0+test",
    due=datetime(2100, 3, 1, 23, 59, tzinfo=UTC), late=LatePolicy(0.1, 3), fallback=True,
    modules=(AssignedModule(
        MODULE, FILE, "Bigram: a language model made by counting",
        tuple(Task(name, e.title, 1.0) for name, e in EXERCISES.items()),
    ),),
)
# Wrong in ways that no misconception knows.
OTHERS = {
    "count_pairs": "def count_pairs(names, index):\n"
                   "    return np.ones((len(index), len(index)), int)",
    "probabilities": "def probabilities(counts):\n    return counts * 1.5",
    "mean_nll": "def mean_nll(names, P, index):\n    return undefined_name + 1",
    "smoothed": "def smoothed(counts, k):\n    return (counts + k * k) / (counts + k).sum()",
    "next_symbol": "def next_symbol(row, u):\n    # the last one, always\n    return len(row) - 1",
    "gradient": "def gradient(W, counts):\n    return W.tolist()",
}
QUICK = Limits(cpu=2, wall=3)


class AtOnce(Executor):
    """Runs a job when it is submitted, in this process."""

    def submit(self, function, /, *arguments, **keywords):
        future: Future = Future()
        future.set_result(function(*arguments, **keywords))
        return future


def right(name: str) -> str:
    """A right answer to an exercise as a learner has it."""
    exercise = EXERCISES[name]
    body = without_decorators(exercise.source)
    return f"{body}\n{name} = {name}()\n" if exercise.is_value else body


def wrong(name: str, number: int) -> str:
    """An answer that shows one of the exercise's misconceptions, with what it needs."""
    exercise = EXERCISES[name]
    found = exercise.misconceptions[number % len(exercise.misconceptions)].answer
    source = without_decorators(inspect.getsource(found)).replace(found.__name__, name, 1)
    helpers = "\n\n".join(_helpers(source))
    body = f"{source}\n{name} = {name}()\n" if exercise.is_value else source
    return f"{helpers}\n\n{body}" if helpers else body


def _helpers(source: str) -> list[str]:
    files = python_files(OURS.folder_of(MODULE))
    nodes = [n for f in files for n in ast.parse(f.read_text(encoding="utf-8")).body]
    plain = {n.name: n for n in nodes if isinstance(n, ast.FunctionDef) and not n.decorator_list}
    names = {n.id for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Name)}
    return [ast.unparse(plain[name]) for name in sorted(names) if name in plain]


def notebook(answers: Mapping[str, str | None]) -> str:
    """The path's notebook with these answers; None leaves the stub, "" takes the cell out."""
    found = json.loads((ROOT / "notebooks" / FILE).read_text(encoding="utf-8"))
    cells = []
    for cell in found["cells"]:
        ours = cell["metadata"].get("pathkit", {})
        name = ours.get("exercise", "").rpartition(".")[2]
        if ours.get("role") == "exercise" and answers.get(name) is not None:
            if not answers[name]:
                continue
            check = "".join(cell["source"]).rpartition("\n")[2]
            source = f"# exercise: {MODULE}.{name}\n{answers[name]}\n\n{check}"
            cell = {**cell, "source": source}
        cells.append(cell)
    return json.dumps({**found, "cells": cells})


def class_of(folder: Path, size: int, seed: int = 1) -> None:
    """Submissions of so many students: most answers right, some misconceptions frequent."""
    rng = random.Random(seed)
    for i in range(size):
        name = NAMES[i % len(NAMES)] + (f" {i // len(NAMES) + 1}" if i >= len(NAMES) else "")
        hand_in(folder, name, {e: _drawn(rng, e) for e in EXERCISES})


def _drawn(rng: random.Random, name: str) -> str | None:
    drawn = rng.random()
    if drawn < 0.6:
        return right(name)
    if drawn < 0.85:
        return wrong(name, min(int(rng.expovariate(1.1)), 3))
    return None if drawn < 0.92 else OTHERS.get(name)


def hand_in(folder: Path, name: str, answers: Mapping[str, str | None], file: str = FILE) -> None:
    """One student's notebook, in a folder of their own."""
    place = folder / name.replace("/", "∕")
    place.mkdir(parents=True, exist_ok=True)
    (place / file).write_text(notebook(answers), encoding="utf-8")


def graded(folder: Path, out: Path) -> tuple[list[Graded], dict[str, Score]]:
    """Grade a folder through the real sandbox, in this process."""
    found = whole_class.grade_all(collect(folder, ASSIGNMENT), ASSIGNMENT, out, AtOnce(), 1, QUICK)
    return found, {g.student.key: score(g, ASSIGNMENT, Overrides()) for g in found}

"""Runs as a process of its own: checks the answers of one saved notebook.

What a learner's code prints, breaks or ends is this process's alone. A job comes as JSON on
standard input: the module, the notebook's code cells, the answers to judge. For each answer a line
of JSON goes to what was standard output when the process began.
"""

from __future__ import annotations

import ast
import dataclasses
import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from pathkit.checks.exercise import Exercise
from pathkit.checks.limit import OutOfTime, at_most
from pathkit.checks.loading import exercises_of
from pathkit.checks.outputs import Raised
from pathkit.checks.own_answer import how_ours
from pathkit.checks.verdict import Verdict
from pathkit.kernel_help.explain import given_away
from pathkit.kernel_help.here import Here
from pathkit.kernel_help.names import used_by
from pathkit.learner.check.their_folder import open_to_cells
from pathkit.notebook_files.definitions import BROKEN, Cell, before_check, bound, plain_statements
from pathkit.path_modules import Modules

SET_UP_SECONDS = 60.0
"""For all imports and definitions of the notebook together."""
CELL_SECONDS = 10.0
"""For what an answer's cell does besides defining the answer."""


def main() -> None:
    """Serve the one job on standard input."""
    job = json.load(sys.stdin)
    report = _taken_over()
    for line in _lines(job):
        report.write(json.dumps(line) + "\n")
        report.flush()


def _taken_over() -> TextIO:
    """Standard output for the report alone: a learner's prints go nowhere."""
    report = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):
        os.dup2(nowhere, number)
    return report


def _lines(job: dict[str, Any]) -> Iterator[dict[str, Any]]:
    exercises = exercises_of(job["module"], Modules.of(job.get("content", "")))
    open_to_cells(Path.cwd())
    notebook = SavedNotebook(job["cells"], exercises)
    yield {"remarks": notebook.remarks}
    for answer in job["answers"]:
        exercise = exercises[answer["name"]]
        # Named first: a process that ends now has been ended by this answer.
        yield {"begun": exercise.name}
        verdict = notebook.verdict(exercise, answer["source"], answer["number"])
        yield {"exercise": exercise.name, "verdict": verdict}


class SavedNotebook:
    """The names that a notebook defines, and what can't be had of it here."""

    def __init__(self, cells: list[dict[str, Any]], exercises: dict[str, Exercise]):
        self.remarks: list[str] = []
        self.names: dict[str, Any] = {"__name__": "__main__"}
        self.history = tuple((cell["number"], cell["source"]) for cell in cells)
        parsed = list(self._parsed(cells))
        try:
            with at_most(SET_UP_SECONDS):
                for cell in parsed:
                    self._define(cell)
        except OutOfTime:
            self.remarks.append(
                f"its imports and definitions took longer than {SET_UP_SECONDS:.0f} s and were cut"
            )
        # As in the notebook, where a check hands back the reference until an answer is right.
        self.names |= {name: exercise.right_answer() for name, exercise in exercises.items()}
        self.computed = {name for cell in parsed for name in bound(cell)} - set(self.names)

    def _parsed(self, cells: list[dict[str, Any]]) -> Iterator[Cell]:
        for cell in cells:
            try:
                yield Cell(cell["source"], cell["number"])
            except BROKEN as error:
                if not cell["answers"]:  # its own verdict says so otherwise
                    self.remarks.append(f"cell {cell['number']} is left out: {_broken(error)}")

    def _define(self, cell: Cell) -> None:
        for node in plain_statements(cell):
            try:
                cell.run(node, self.names)
            except (Exception, SystemExit) as error:
                # A definition may need what a lesson computes; a missing package is news.
                if isinstance(node, ast.Import | ast.ImportFrom):
                    self.remarks.append(f"cell {cell.number}: {_said(error)}")

    def verdict(self, exercise: Exercise, source: str, number: int) -> dict[str, Any]:
        """What is to be said of an answer, as plain data; what is right is kept for the next."""
        found = self._judged(exercise, source, number)
        if found.get("status") != "passed":
            self.names[exercise.name] = exercise.right_answer()
        return found

    def _judged(self, exercise: Exercise, source: str, number: int) -> dict[str, Any]:
        try:
            cell = Cell(source, number)
        except BROKEN as error:
            return _unusable(exercise, f"The cell can't be read: {_broken(error)}.")
        reference = self.names.pop(exercise.name)
        trouble = self._run(cell, exercise.name)
        if exercise.name not in self.names:
            self.names[exercise.name] = reference
            return self._without_answer(exercise, cell, trouble)
        answer = self.names[exercise.name]
        if how_ours(answer, exercise):
            return Verdict(exercise.id, "not attempted", (
                "This cell holds or uses the path's own answer. Write "
                f"`{exercise.name}` without it."
            )).to_dict()
        try:
            outputs = exercise.run(answer)
            if missing := self._missing(outputs.results):
                return self._not_here(exercise, missing)
            verdict = exercise.judge(outputs)
            notes = (*verdict.notes, *self._given_away(answer, verdict))
            return dataclasses.replace(verdict, notes=notes).to_dict()
        except Exception as error:
            return _unusable(exercise, (
                f"The check itself failed ({_said(error)}). That is our fault, not yours: please "
                "report it with your code."
            ))

    def _given_away(self, answer: Any, verdict: Verdict) -> list[str]:
        """What is to be said of names, such as `sum`, that the notebook gave to something else."""
        if verdict.passed or verdict.status == "not attempted":
            return []
        here = Here(self.names, history=self.history)
        return given_away(used_by(answer, self.names), here)

    def _run(self, cell: Cell, name: str) -> BaseException | None:
        """Run an answer's cell up to its check; what goes wrong beside the answer is no matter."""
        trouble = None
        try:
            with at_most(CELL_SECONDS):
                for node in before_check(cell, name):
                    try:
                        cell.run(node, self.names)
                    except (Exception, SystemExit) as error:
                        trouble = trouble or error
        except OutOfTime as error:
            trouble = error
        return trouble

    def _without_answer(
        self, exercise: Exercise, cell: Cell, trouble: BaseException | None
    ) -> dict[str, Any]:
        if isinstance(trouble, OutOfTime):
            return Verdict(
                exercise.id, "too slow", f"The cell itself ran longer than {CELL_SECONDS:.0f} s."
            ).to_dict()
        if isinstance(trouble, NameError) and (name := _name_in(str(trouble))) in self.computed:
            return self._not_here(exercise, name)
        if trouble is not None:
            return Verdict(
                exercise.id, "raised", f"The cell itself raises {_said(trouble)}."
            ).to_dict()
        if cell.body:
            return _unusable(exercise, _other_name(cell, exercise.name))
        return Verdict(exercise.id, "not attempted", "").to_dict()

    def _missing(self, results: Any) -> str:
        """A name that an answer needs and that a lesson computes; "" when there is none."""
        for result in results:
            if isinstance(result, Raised) and result.error == "NameError":
                if (name := _name_in(result.message)) in self.computed:
                    return name
        return ""

    def _not_here(self, exercise: Exercise, name: str) -> dict[str, Any]:
        said = (
            f"It uses `{name}`, which a cell of the notebook computes. Here only imports, "
            "definitions and plain values of the notebook are run: check it in JupyterLab."
        )
        return Verdict(exercise.id, "not checked", said).to_dict()


def _other_name(cell: Cell, name: str) -> str:
    """That a cell doesn't define what it should, and what it defines instead."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    defined = [node.name for node in cell.body if isinstance(node, functions)]
    if len(defined) != 1:
        return f"The cell doesn't define `{name}`."
    return (
        f"The cell defines `{defined[0]}`, and its check takes `{name}`: give it that name again."
    )


def _unusable(exercise: Exercise, message: str) -> dict[str, Any]:
    return Verdict(exercise.id, "not usable", message).to_dict()


def _name_in(message: str) -> str:
    found = re.search(r"name '(\w+)' is not defined", message)
    return found[1] if found else ""


def _broken(error: BaseException) -> str:
    if isinstance(error, SyntaxError):
        return f"line {error.lineno} is not Python ({error.msg})"
    return f"it is not Python ({error})"


def _said(error: BaseException) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"


if __name__ == "__main__":
    main()

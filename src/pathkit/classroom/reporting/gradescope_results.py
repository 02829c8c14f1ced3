"""results.json as Gradescope's autograder writes it, for one student."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pathkit.checks.verdict import visible
from pathkit.classroom.assignment import Assignment
from pathkit.classroom.grading.results import Record
from pathkit.classroom.grading.scores import Score
from pathkit.classroom.grading.whole_class import Graded
from pathkit.classroom.reporting.shown_to_student import told

FOLDER = "gradescope"


def results(graded: Graded, score: Score, assignment: Assignment) -> dict[str, Any]:
    """The file's content. What a hidden case holds is in none of it."""
    return {
        "score": max(score.total, 0.0),
        "output": "\n".join(score.notes),
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": list(_tests(graded, score, assignment)),
    }


def failure(said: str) -> dict[str, Any]:
    """The file's content where nothing could be graded: nobody's answer was judged."""
    return {
        "score": 0.0, "output": f"This submission was not graded: {said}", "output_format": "text",
        "visibility": "visible", "tests": [],
    }


def _tests(graded: Graded, score: Score, assignment: Assignment) -> Iterator[dict[str, Any]]:
    records = {(r.module, r.name): r for r in graded.records}
    for number, (module, task) in enumerate(assignment.tasks(), 1):
        place = module.id, task.name
        record = records.get(place)
        passed = record is not None and record.passed
        yield {
            "name": f"{module.id}: {task.title}", "number": str(number),
            "score": score.earned[place], "max_score": task.points,
            "status": "passed" if passed else "failed",
            "output": visible(_said(record) if record else "Not handed in."),
            "output_format": "text", "visibility": "visible",
        }


def _said(record: Record) -> str:
    """What the feedback says: students hand in again and again, so a hidden case stays hidden."""
    heard = told(record)
    rows = "\n".join(f"{label}: {text}" for label, text in heard.rows)
    parts = heard.message, heard.said, rows, *heard.notes, heard.cases
    return "\n\n".join(filter(None, parts))

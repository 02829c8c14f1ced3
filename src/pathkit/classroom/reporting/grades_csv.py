"""grades.csv: one row a student, for a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from pathkit.classroom.assignment import Assignment
from pathkit.classroom.grading.scores import Score
from pathkit.classroom.grading.whole_class import Graded

FILE = "grades.csv"
# What a spreadsheet takes for a formula; full-width forms and leading blanks count for some.
# A spreadsheet that separates by something else than commas begins a cell there, quotes or not.
FORMULA = re.compile(
    r"(?:^|(?<=[;,\t\r\n|]))(?=[\s\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])"
)


def table(graded: Sequence[Graded], scores: Sequence[Score], assignment: Assignment) -> bytes:
    """The file's bytes.

    UTF-8 with a byte order mark: without one, Excel reads names as another encoding. Programs
    have results.jsonl.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    tasks = [(m.id, t.name) for m, t in assignment.tasks()]
    writer.writerow([
        "key", "name", "number", *(f"{m}.{name}" for m, name in tasks),
        "late days", "lost", "total", "remarks",
    ])
    for one, score in zip(graded, scores, strict=True):
        writer.writerow([
            harmless(one.student.key), harmless(one.student.name), harmless(one.student.number),
            *(number(score.earned[task]) for task in tasks),
            max(score.late_days.values(), default=0), number(score.lost), number(score.total),
            harmless("; ".join(_remarks(one, score, assignment))),
        ])
    return text.getvalue().encode("utf-8-sig", "replace")


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return FORMULA.sub("'", text)


def number(value: float) -> str:
    """Points as people write them: 2 instead of 2.0, at most six digits after the point."""
    return f"{round(value, 6):.10g}"


def _remarks(graded: Graded, score: Score, assignment: Assignment) -> list[str]:
    missing = [m.id for m in assignment.modules if m.id not in graded.submissions]
    troubles = [
        f"{module}: {s.attempt.trouble}" for module, s in graded.submissions.items()
        if s.attempt.trouble
    ]
    guesses = [remark for r in graded.records for remark in r.remarks]
    contained = [
        f"{r.name}: {r.verdict.message}" for r in graded.records if r.contained
    ]
    return [*(f"{m}: not handed in" for m in missing), *troubles, *score.notes, *contained,
            *guesses]

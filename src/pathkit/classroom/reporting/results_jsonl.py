"""results.jsonl: everything about every student, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from pathkit.classroom.collecting.collected import Submission
from pathkit.classroom.grading.results import Record
from pathkit.classroom.grading.scores import Score
from pathkit.classroom.grading.whole_class import Graded
from pathkit.classroom.whole_notebooks.everybody import Wholes
from pathkit.classroom.whole_notebooks.one_notebook import Ran

FILE = "results.jsonl"


def lines(
    graded: Sequence[Graded], scores: Sequence[Score], wholes: Wholes
) -> Iterator[str]:
    """One JSON object a student, in ASCII, so that any answer fits.

    wholes: how far whole notebooks came, where they were run.
    """
    for one, score in zip(graded, scores, strict=True):
        yield json.dumps({
            "key": one.student.key,
            "name": one.student.name,
            "number": one.student.number,
            "named_by": one.student.how,
            "submissions": {m: _submission(s) for m, s in one.submissions.items()},
            "answers": [_answer(r, score.earned[r.module, r.name]) for r in one.records],
            "earned": {f"{m}.{name}": points for (m, name), points in score.earned.items()},
            "late_days": dict(score.late_days),
            "lost": score.lost,
            "total": score.total,
            "notes": list(score.notes),
            "whole": {
                module: _whole(wholes[one.student.key, module]) for module in one.submissions
                if (one.student.key, module) in wholes
            },
        })


def _whole(ran: Ran) -> dict[str, Any]:
    return {
        "to_the_end": ran.to_the_end, "cell": ran.cell, "error": ran.name, "said": ran.said,
        "passed_over": dict(ran.waiting), "seconds": ran.seconds,
    }


def _submission(submission: Submission) -> dict[str, Any]:
    attempt = submission.attempt
    return {
        "file": str(attempt.path), "time": attempt.time.isoformat(),
        "marked_late": attempt.late, "trouble": attempt.trouble,
        "earlier": [str(path) for path in submission.earlier],
    }


def _answer(record: Record, points: float) -> dict[str, Any]:
    return {
        "exercise": f"{record.module}.{record.name}", "points": points,
        "verdict": record.verdict.to_dict(), "code": record.code, "found_by": record.found,
        "guesses": list(record.remarks), "cpu_seconds": record.cpu,
        "memory_bytes": record.memory, "contained": record.contained,
    }

"""ags.json: a line item and scores as LTI's Assignment and Grade Services take them.

A bridge posts `lineitem` as application/vnd.ims.lis.v2.lineitem+json, and each of `scores` as
application/vnd.ims.lis.v1.score+json.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pathkit.classroom.assignment import Assignment
from pathkit.classroom.grading.limits_and_results import FAULT
from pathkit.classroom.grading.overrides import Exceptions, Overrides
from pathkit.classroom.grading.scores import Score
from pathkit.classroom.grading.whole_class import Graded

FILE = "ags.json"


def ags(
    graded: Sequence[Graded], scores: Sequence[Score], assignment: Assignment,
    overrides: Overrides, now: datetime,
) -> str:
    """The file's text. now: when it was graded, with its time zone."""
    lineitem = {
        "label": assignment.title, "scoreMaximum": assignment.points,
        "resourceId": assignment.id, "tag": "pathkit",
    }
    if assignment.due:
        lineitem["endDateTime"] = assignment.due.isoformat()
    stamp = now.isoformat(timespec="milliseconds")
    posted = [
        _score(one, score, assignment, overrides.of(one.student), stamp)
        for one, score in zip(graded, scores, strict=True)
    ]
    return json.dumps({"lineitem": lineitem, "scores": posted}, indent=1) + "\n"


def _score(
    graded: Graded, score: Score, assignment: Assignment, mine: Exceptions, stamp: str
) -> dict[str, Any]:
    activity, grading = _progress(graded, assignment, mine)
    posted: dict[str, Any] = {
        "userId": graded.student.number or graded.student.key,
        "timestamp": stamp,
        "activityProgress": activity,
        "gradingProgress": grading,
    }
    if grading == "FullyGraded":  # anything else must not end up in a gradebook
        posted |= {"scoreGiven": score.total, "scoreMaximum": assignment.points}
    if score.notes:
        posted["comment"] = "\n".join(score.notes)
    return posted


def _progress(graded: Graded, assignment: Assignment, mine: Exceptions) -> tuple[str, str]:
    """How far the student is, and how far grading is."""
    here = graded.submissions
    complete = len(here) == len(assignment.modules)
    activity = "Completed" if complete else "Submitted" if here else "Initialized"
    if mine.total is not None:
        return activity, "FullyGraded"
    if not here:
        return activity, "FullyGraded" if mine.points else "NotReady"
    open_ones = [r for r in graded.records if f"{r.module}.{r.name}" not in mine.points]
    if any(r.contained == FAULT for r in open_ones):
        return activity, "PendingManual"
    unread = {module for module, s in here.items() if s.attempt.answers is None}
    if any(r.module in unread for r in open_ones):
        return activity, "Failed"
    return activity, "FullyGraded"

"""From verdicts to points: what was passed, what lateness takes, what was changed by hand."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from pathkit.classroom.assignment import Assignment
from pathkit.classroom.grading.lateness import days_late, share_lost
from pathkit.classroom.grading.overrides import Overrides
from pathkit.classroom.grading.whole_class import Graded
from pathkit.quantities import count


@dataclasses.dataclass(frozen=True)
class Score:
    """One student's points. earned: by module and exercise, manual changes included.

    late_days: days begun after the deadline, by module; lost: points taken for them.
    notes: why a number isn't what the checks alone say.
    """

    student: str
    earned: Mapping[tuple[str, str], float]
    late_days: Mapping[str, int]
    lost: float
    total: float
    notes: tuple[str, ...]


def score(graded: Graded, assignment: Assignment, overrides: Overrides) -> Score:
    """The points of one student under the assignment's late policy and the instructor's changes."""
    mine = overrides.of(graded.student)
    earned: dict[tuple[str, str], float] = {}
    notes: list[str] = []
    passed = {(r.module, r.name): r.passed for r in graded.records}
    for module, task in assignment.tasks():
        place = module.id, task.name
        earned[place] = task.points if passed.get(place) else 0.0
        if (change := mine.points.get(f"{module.id}.{task.name}")) is not None:
            notes.append(f"{module.id}.{task.name}: {change.points:g} points: {change.why}")
            earned[place] = change.points
    late_days, lost = {}, 0.0
    for module in assignment.modules:
        submission = graded.submissions.get(module.id)
        if submission is None:
            continue
        due = mine.due or assignment.due
        # What the LMS calls late is so by the deadline that the LMS knows.
        marked = None if mine.due else submission.attempt.late
        days = days_late(submission.attempt.time, marked, due)
        if not days:
            continue
        late_days[module.id] = days
        if mine.excused:
            notes.append(f"{module.id}: {count(days, 'day')} late, excused: {mine.excused}")
            continue
        whole = sum(earned[module.id, task.name] for task in module.exercises)
        taken = whole * share_lost(days, assignment.late)
        lost += taken
        notes.append(f"{module.id}: {count(days, 'day')} late, {taken:g} of {whole:g} points lost")
    total = sum(earned.values()) - lost
    if mine.total is not None:
        notes.append(f"total {mine.total.points:g}: {mine.total.why}")
        total = mine.total.points
    return Score(graded.student.key, earned, late_days, lost, round(total, 6), tuple(notes))

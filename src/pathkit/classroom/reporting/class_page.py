"""class.html: who has what, where it went wrong, and what to reteach, on one page."""

from __future__ import annotations

import dataclasses
import itertools
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pathkit.classroom.assigning.exercise_texts import texts
from pathkit.classroom.assignment import Assignment
from pathkit.classroom.collecting.attempts import Attempts
from pathkit.classroom.grading.results import Record
from pathkit.classroom.grading.scores import Score
from pathkit.classroom.grading.whole_class import Graded
from pathkit.classroom.reporting.feedback import number
from pathkit.classroom.reporting.page import keep, template
from pathkit.classroom.reporting.reteach import (
    Reteach,
    answered,
    by_exercise,
    kind,
    misconceptions,
    unknown,
)
from pathkit.classroom.reporting.shown_to_student import told
from pathkit.classroom.whole_notebooks import how_far
from pathkit.classroom.whole_notebooks.everybody import Wholes
from pathkit.classroom.whole_notebooks.one_notebook import Ran

PAGE = "class.html"
KINDS = ("right", "known", "other", "nothing")
SIGNS = {"right": "✓", "other": "✗", "stopped": "!", "nothing": "○"}
BINS = 10
# So many misconceptions are shown in full, even if only one student has each.
AT_LEAST = 3
BREAK = timedelta(minutes=30)


@dataclasses.dataclass(frozen=True)
class Column:
    """An exercise over the whole class. tries and minutes are medians, None where none is logged.

    minutes: between somebody's checks, longer breaks left out. checks: of all together; first and
    last: of them, as text.
    """

    id: str
    title: str
    section: str
    counts: Mapping[str, int]
    answered: int
    tries: float | None
    minutes: float | None
    checks: int
    first: str
    last: str


@dataclasses.dataclass(frozen=True)
class Row:
    """A student: (class, sign) for each exercise, then for each module's whole notebook."""

    name: str
    points: str
    late: str
    cells: tuple[tuple[str, str], ...]
    wholes: tuple[tuple[str, str], ...] = ()


@dataclasses.dataclass(frozen=True)
class Bar:
    """One bar of a plot: what it stands for, how many, and its height as a share of the highest."""

    label: str
    count: int
    share: float


def write(
    out: Path,
    graded: Sequence[Graded],
    scores: Mapping[str, Score],
    assignment: Assignment,
    attempts: Attempts | None = None,
    named: bool = False,
    wholes: Wholes | None = None,
) -> Path:
    """Write out/class.html and return its path.

    attempts: when exercises were tried, of those who handed in a log; named: whether answers are
    shown with their authors' names; wholes: how far whole notebooks came, where they were run.
    Raises OSError when it can't be written.
    """
    wrong = misconceptions(graded, assignment)
    often = [one for i, one in enumerate(wrong) if one.students > 1 or i < AT_LEAST]
    totals = [scores[one.student.key].total for one in graded]
    columns = _columns(graded, assignment, attempts or {})
    page = {
        "title": assignment.title,
        "students": len(graded),
        "most": number(assignment.points),
        "summary": _summary(totals),
        "often": often,
        "once": [one for one in wrong if one not in often],
        "columns": columns,
        "rows": _rows(graded, scores, assignment, wrong, wholes),
        "modules": assignment.modules if wholes else (),
        "wholes": _wholes(graded, wholes or {}),
        "points": _histogram(totals, assignment.points),
        "days": _days(attempts or {}, assignment),
        "logs": len(attempts or {}),
        "logged": any(column.tries is not None for column in columns),
        "unknown": unknown(graded, assignment),
        "late": _late(graded, scores),
        "stopped": _stopped(graded),
        "guesses": [
            (one.student.name, remark)
            for one in graded for record in one.records for remark in record.remarks
        ],
        "authors": _authors(graded) if named else {},
        "told": told,
        "share": lambda part, of: f"{100 * part / of:.0f} %" if of else "–",
        "number": number,
    }
    path = out / PAGE
    keep(path, template("class_page.html").render(page))
    return path


def _summary(totals: Sequence[float]) -> str:
    if not totals:
        return ""
    return (
        f"mean {number(statistics.fmean(totals))}, median {number(statistics.median(totals))}, "
        f"from {number(min(totals))} to {number(max(totals))}"
    )


def _columns(
    graded: Sequence[Graded], assignment: Assignment, attempts: Attempts
) -> list[Column]:
    records = by_exercise(graded)
    found = []
    for module, task in assignment.tasks():
        mine = records.get((module.id, task.name), [])
        counts = Counter(kind(record) for record in mine)
        counts["nothing"] = len(graded) - answered(mine)
        counts["other"] += counts.pop("stopped", 0)
        text = texts(module.id, assignment.content).get(task.name)
        id = f"{module.id}.{task.name}"
        logged = [times for one in attempts.values() if (times := one.get(id))]
        found.append(Column(
            id, task.title, text.section if text else "", {k: counts[k] for k in KINDS},
            answered(mine),
            statistics.median(map(len, logged)) if logged else None,
            statistics.median(map(_minutes, logged)) if logged else None,
            *_when(logged, assignment),
        ))
    return found


def _when(logged: Sequence[Sequence[datetime]], assignment: Assignment) -> tuple[int, str, str]:
    """How many checks there were, and when the first and the last one was."""
    times = [_local(time, assignment) for one in logged for time in one]
    if not times:
        return 0, "", ""
    return len(times), f"{min(times):%-d %b %H:%M}", f"{max(times):%-d %b %H:%M}"


def _local(time: datetime, assignment: Assignment) -> datetime:
    """A time as the deadline's zone writes it."""
    return time.astimezone(assignment.due.tzinfo if assignment.due else None)


def _minutes(times: Sequence[datetime]) -> float:
    steps = (after - before for before, after in itertools.pairwise(sorted(times)))
    return sum(step.total_seconds() / 60 for step in steps if step <= BREAK)


def _rows(
    graded: Sequence[Graded], scores: Mapping[str, Score], assignment: Assignment,
    wrong: Sequence[Reteach], wholes: Wholes | None,
) -> list[Row]:
    letters = {(w.module, w.name, w.misconception): w.letter for w in wrong}
    rows = []
    for one in sorted(graded, key=lambda g: (g.student.name.casefold(), g.student.key)):
        score = scores[one.student.key]
        records = {(record.module, record.name): record for record in one.records}
        cells = tuple(
            _cell(records.get((module.id, task.name)), letters)
            for module, task in assignment.tasks()
        )
        late = max(score.late_days.values(), default=0)
        ran = tuple(
            _sign(wholes.get((one.student.key, module.id))) for module in assignment.modules
        ) if wholes else ()
        rows.append(
            Row(one.student.name, number(score.total), f"{late} d" if late else "", cells, ran)
        )
    return rows


def _sign(ran: Ran | None) -> tuple[str, str]:
    """Class and sign of a whole notebook."""
    if ran is None:
        return "z", SIGNS["nothing"]
    return ("r", SIGNS["right"]) if ran.to_the_end else ("o", SIGNS["other"])


def _wholes(graded: Sequence[Graded], wholes: Wholes) -> dict[str, Any]:
    """What is told of whole notebooks: how many came to their end, and where the others stopped."""
    names = {one.student.key: one.student.name for one in graded}
    runs = [(names[student], module, ran) for (student, module), ran in sorted(wholes.items())]
    seconds = [ran.seconds for _, _, ran in runs if ran.seconds]
    return {
        "count": len(runs),
        "to_the_end": sum(ran.to_the_end for _, _, ran in runs),
        "seconds": number(statistics.median(seconds)) if seconds else "–",
        "rows": [
            (name, module, "" if ran.to_the_end else how_far.at(ran), how_far.passed_over(ran),
             number(ran.seconds))
            for name, module, ran in runs if ran.waiting or not ran.to_the_end
        ],
    }


def _cell(record: Record | None, letters: Mapping[tuple, str]) -> tuple[str, str]:
    """Class and sign; a star says that the answer had to be guessed."""
    what = kind(record)
    sign = SIGNS.get(what) or letters[record.module, record.name, record.verdict.known]
    star = "*" if record and record.remarks else ""
    return ("z" if what == "nothing" else what[0]), sign + star


def _histogram(totals: Sequence[float], most: float) -> list[Bar]:
    """How many students have how many points: a bar for each point, or for each tenth of all."""
    if not most:
        return []
    step = 1.0 if most <= BINS and most == int(most) else most / BINS
    bins = round(most / step) + 1
    counts = Counter(min(int(max(total, 0) / step + 1e-9), bins - 1) for total in totals)
    highest = max(counts.values(), default=1)
    return [Bar(number(i * step), counts[i], counts[i] / highest) for i in range(bins)]


def _days(attempts: Attempts, assignment: Assignment) -> list[Bar]:
    """Checks a day, all students and exercises together; days without any between them count."""
    counts = Counter(
        _local(when, assignment).date()
        for one in attempts.values() for times in one.values() for when in times
    )
    if not counts:
        return []
    highest, last = max(counts.values()), max(counts).toordinal()
    first = max(min(counts).toordinal(), last - 59)
    days = [datetime.fromordinal(n).date() for n in range(first, last + 1)]
    return [Bar(f"{day:%-d %b}", counts[day], counts[day] / highest) for day in days]


def _late(graded: Sequence[Graded], scores: Mapping[str, Score]) -> list[tuple[str, str, int, str]]:
    """Student, module, days, and the points that lateness cost in all."""
    return [
        (one.student.name, module, days, number(scores[one.student.key].lost))
        for one in graded
        for module, days in scores[one.student.key].late_days.items()
    ]


def _stopped(graded: Sequence[Graded]) -> list[tuple[str, str, str]]:
    return [
        (one.student.name, record.verdict.exercise, record.verdict.message)
        for one in graded for record in one.records if record.contained
    ]


def _authors(graded: Sequence[Graded]) -> dict[int, str]:
    return {id(record): one.student.name for one in graded for record in one.records}


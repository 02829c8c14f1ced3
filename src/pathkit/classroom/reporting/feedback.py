"""What a student gets back: one page and one notebook, with what happened and what to try next."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path

from pathkit.classroom.assigning.exercise_texts import Text, texts
from pathkit.classroom.assignment import AssignedModule, Assignment, Task
from pathkit.classroom.grading.results import Record
from pathkit.classroom.grading.scores import Score
from pathkit.classroom.grading.whole_class import Graded
from pathkit.classroom.reporting import failed_with_another, feedback_notebook
from pathkit.classroom.reporting.page import keep, template
from pathkit.classroom.reporting.shown_to_student import Told, told
from pathkit.classroom.whole_notebooks import how_far
from pathkit.classroom.whole_notebooks.everybody import Wholes

FOLDER, PAGE, NOTEBOOK = "feedback", "feedback.html", "feedback.ipynb"
MISSING = Told("○", "not handed in", "No notebook of this module was handed in.")
COLOURS = {"✓": ("right", "is-right"), "○": ("dim", "is-open"), "?": ("dim", "is-open")}


@dataclasses.dataclass(frozen=True)
class ExerciseFeedback:
    """One exercise of one student. prompt, hint, more: the path's Markdown, or ""; code: theirs.

    first: other answers of theirs that this one uses and that failed as well, a sentence each.
    """

    anchor: str
    title: str
    prompt: str
    code: str
    told: Told
    points: str
    remarks: tuple[str, ...]
    hint: str
    more: str
    first: tuple[str, ...] = ()

    @property
    def colour(self) -> str:
        """The class of the status: a sign and a word always stand beside it."""
        return COLOURS.get(self.told.sign, ("wrong", ""))[0]

    @property
    def edge(self) -> str:
        """The class of what happened."""
        return COLOURS.get(self.told.sign, ("", ""))[1]


@dataclasses.dataclass(frozen=True)
class ModuleFeedback:
    """A module's exercises. handed_in: which file counted, when, and how late.

    whole: how far the whole notebook came, where it was run.
    """

    anchor: str
    title: str
    handed_in: str
    exercises: tuple[ExerciseFeedback, ...]
    whole: str = ""


@dataclasses.dataclass(frozen=True)
class Feedback:
    """Everything one student is told; total and most: points as text."""

    title: str
    name: str
    total: str
    most: str
    notes: tuple[str, ...]
    modules: tuple[ModuleFeedback, ...]


def write(
    out: Path, graded: Graded, score: Score, assignment: Assignment, wholes: Wholes | None = None
) -> list[Path]:
    """Write a student's page and notebook below out/feedback; returns both paths.

    wholes: how far whole notebooks came, where they were run. Raises OSError when they can't be
    written.
    """
    found = feedback_of(graded, score, assignment, wholes or {})
    folder = out / FOLDER / graded.student.key
    pages = {
        folder / PAGE: template("feedback.html").render(page=found),
        folder / NOTEBOOK: feedback_notebook.text(found),
    }
    for path, text in pages.items():
        keep(path, text)
    return list(pages)


def feedback_of(
    graded: Graded, score: Score, assignment: Assignment, wholes: Wholes
) -> Feedback:
    """What a student is told, before it becomes a page."""
    records = {(record.module, record.name): record for record in graded.records}
    leans = failed_with_another.leaning(graded.records)
    return Feedback(
        title=assignment.title,
        name=graded.student.name,
        total=number(score.total),
        most=number(assignment.points),
        notes=score.notes,
        modules=tuple(
            ModuleFeedback(
                module.id, module.title, _handed_in(graded, score, module),
                tuple(
                    _exercise(
                        texts(module.id, assignment.content).get(task.name), module, task,
                        records.get((module.id, task.name)), score, leans,
                    )
                    for task in module.exercises
                ),
                how_far.for_student(ran) if (ran := wholes.get((graded.student.key, module.id)))
                else "",
            )
            for module in assignment.modules
        ),
    )


def _exercise(
    text: Text | None, module: AssignedModule, task: Task, record: Record | None, score: Score,
    leans: Mapping[int, Sequence[Record]],
) -> ExerciseFeedback:
    hints = text.hints if text else ()
    stuck = record is None or not record.passed
    earned = score.earned.get((module.id, task.name), 0.0)
    return ExerciseFeedback(
        anchor=f"{module.id}.{task.name}",
        title=task.title,
        prompt=text.prompt if text else "",
        code=record.code if record and record.verdict.status != "not attempted" else "",
        told=told(record) if record else MISSING,
        points=f"{number(earned)} of {_points(task.points)}",
        remarks=tuple(f"We had to guess: {remark}." for remark in record.remarks) if record else (),
        hint=hints[0] if stuck and hints else "",
        more=hints[1] if stuck and len(hints) > 1 else "",
        first=tuple(map(failed_with_another.sentence, leans.get(id(record), ()))),
    )


def _handed_in(graded: Graded, score: Score, module: AssignedModule) -> str:
    submission = graded.submissions.get(module.id)
    if submission is None:
        return "Not handed in."
    attempt = submission.attempt
    said = f"{attempt.path.name}, {attempt.time:%d %B %Y, %H:%M}"
    days = score.late_days.get(module.id, 0)
    late = f"; {days} day{'s' if days > 1 else ''} late" if days else ""
    earlier = len(submission.earlier)
    tries = f"; the last of {earlier + 1} that you handed in" if earlier else ""
    return f"{said}{late}{tries}"


def number(value: float) -> str:
    """Points as people write them."""
    return f"{round(value, 2):g}"


def _points(value: float) -> str:
    return f"{number(value)} point{'' if value == 1 else 's'}"

"""The whole of `pathkit grade`: from a heap of submissions to the files with grades."""

from __future__ import annotations

import dataclasses
import json
import platform
from collections.abc import Callable
from concurrent.futures import BrokenExecutor
from contextlib import AbstractContextManager
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pathkit import __version__
from pathkit.classroom import assignment as assignments
from pathkit.classroom import protection, sandboxes
from pathkit.classroom.assignment import Assignment
from pathkit.classroom.collecting import own_work
from pathkit.classroom.collecting.attempts import Attempts
from pathkit.classroom.collecting.submissions import collect
from pathkit.classroom.grading import executors, overrides
from pathkit.classroom.grading.limits_and_results import Limits
from pathkit.classroom.grading.scores import Score, score
from pathkit.classroom.grading.whole_class import STATE, Graded, grade_all, seed_of
from pathkit.classroom.reporting import (
    canvas_export,
    class_page,
    feedback,
    grades_csv,
    gradescope_results,
    lti_ags,
    results_jsonl,
)
from pathkit.classroom.reporting.page import keep
from pathkit.classroom.whole_notebooks import everybody
from pathkit.classroom.whole_notebooks import one_notebook as whole_job
from pathkit.errors import EnvironmentProblem
from pathkit.files import write_atomically

LOCK = ".cache/lock"


@dataclasses.dataclass(frozen=True)
class Wishes:
    """What was asked for. dask: a scheduler's address, "" for `jobs` processes of this machine.

    sandbox: the only one to use, by its name; the first that works by default.
    canvas: an export to fill in, in the column `canvas_column` ("": the assignment's title).
    full: under which limits each notebook is run as a whole, too; None where it isn't.
    content: where the modules of the path lie; "" for the kit's own.
    """

    submissions: Path
    assignment: Path
    out: Path
    jobs: int = 1
    dask: str = ""
    canvas: Path | None = None
    canvas_column: str = ""
    sandbox: str = ""
    limits: Limits = Limits()
    full: whole_job.Limits | None = None
    content: str = ""


@dataclasses.dataclass(frozen=True)
class Done:
    """Grades and what was written. remarks: what was guessed or left out, one line each.

    wholes: how far whole notebooks came, where they were run.
    """

    assignment: Assignment
    graded: tuple[Graded, ...]
    scores: tuple[Score, ...]
    remarks: tuple[str, ...]
    files: tuple[Path, ...]
    wholes: everybody.Wholes


# How many are done, of how many, of what.
Told = Callable[[int, int, str], None]
SUBMISSIONS, NOTEBOOKS = "submissions", "whole notebooks"


def run(
    wishes: Wishes, protected: Callable[[str], None], told: Told = lambda done, of, what: None
) -> Done:
    """Grade. `protected(text)` first says what stands between learner code and this machine.

    Raises EnvironmentProblem, NothingMatched; KeyboardInterrupt leaves what was done in the
    cache, and the next run goes on from there.
    """
    from filelock import FileLock, Timeout

    assignment = assignments.load(wishes.assignment, wishes.content)
    # Before anything is graded, since both can be wrong.
    _for_this_one(wishes.out, assignment)
    changes = overrides.load(wishes.out / overrides.FILE, assignment)
    if wishes.canvas is not None:
        canvas_export.filled(wishes.canvas, wishes.canvas_column, (), (), assignment)
    bases = own_work.bases(wishes.assignment, assignment) if wishes.full else {}
    names = canvas_export.people(wishes.canvas) if wishes.canvas is not None else {}
    try:
        with _crew(wishes) as crew:
            places = protection.ask(crew, wishes.sandbox, bool(wishes.full))
            for line in protection.describe(places):
                protected(line)
            collected = collect(wishes.submissions, assignment, names, bases)
            remarks = [*_other_path(assignment), *collected.remarks,
                       *changes.remarks(collected.students)]
            (wishes.out / LOCK).parent.mkdir(parents=True, exist_ok=True)
            with FileLock(wishes.out / LOCK, timeout=0):
                _keep_state(wishes, assignment, places)
                place = protection.name(places, wishes.sandbox)
                graded = grade_all(
                    collected, assignment, wishes.out, crew.executor, crew.count, wishes.limits,
                    lambda done, of: told(done, of, SUBMISSIONS), place,
                )
                wholes = everybody.run_all(
                    graded, bases, wishes.out, crew.executor, crew.count, wishes.full,
                    lambda done, of: told(done, of, NOTEBOOKS), place, wishes.content,
                ) if wishes.full else {}
                scores = [score(one, assignment, changes) for one in graded]
                remarks += _about_times(graded, scores)
                files = _written(
                    wishes, assignment, graded, scores, changes, remarks, wholes,
                    collected.attempts,
                )
                _keep_state(wishes, assignment, places, remarks)
    except Timeout:
        raise EnvironmentProblem(
            f"another `pathkit grade` is at work in {wishes.out}; wait for it, or end it"
        ) from None
    except BrokenExecutor as error:
        raise EnvironmentProblem(
            "a process that grades was ended from outside, most likely for want of memory; run "
            "the same command with fewer --jobs: what was graded is kept"
        ) from error
    except sandboxes.NoSandbox as error:
        raise EnvironmentProblem(str(error)) from error
    return Done(assignment, tuple(graded), tuple(scores), tuple(remarks), tuple(files), wholes)


def _crew(wishes: Wishes) -> AbstractContextManager[executors.Crew]:
    return executors.dask(wishes.dask) if wishes.dask else executors.processes(wishes.jobs)


def _state(out: Path) -> dict[str, Any]:
    try:
        found = json.loads((out / STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _for_this_one(out: Path, assignment: Assignment) -> None:
    """Grades of two assignments in one folder would overwrite each other."""
    kept = _state(out).get("assignment")
    if isinstance(kept, dict) and kept.get("id") != assignment.id:
        raise EnvironmentProblem(
            f"{out} holds the grades of {kept.get('title')!r}, another assignment; name another "
            "folder with --out"
        )


def _keep_state(
    wishes: Wishes, assignment: Assignment, places: protection.Places,
    remarks: list[str] | None = None,
) -> None:
    """Write down how it was graded; the remarks when it is done."""
    state = {
        "format": 1,
        "seed": seed_of(wishes.out),
        "assignment": {"id": assignment.id, "title": assignment.title, "path": assignment.path},
        "sandbox": protection.to_plain(places),
        "limits": dataclasses.asdict(wishes.limits),
        "versions": {"python": platform.python_version(), "pathkit": __version__, **{
            name: _version(name) for name in ("numpy", "torch")
        }},
        "finished": remarks is not None,
        "remarks": remarks or [],
    }
    text = json.dumps(state, indent=1, ensure_ascii=False) + "\n"
    write_atomically(wishes.out / STATE, text)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _other_path(assignment: Assignment) -> list[str]:
    handed_out, here = assignment.path.partition("+")[0], __version__
    if handed_out == here:
        return []
    return [f"the assignment was made by pathkit {handed_out}, and is graded by {here}; where an "
            "exercise has changed since, so have its checks"]


def _about_times(graded: list[Graded], scores: list[Score]) -> list[str]:
    """Lateness that only a file's time tells: unpacking and copying may have set that."""
    doubtful = [
        one.student.name for one, points in zip(graded, scores, strict=True)
        if any(one.submissions[m].attempt.late is None and not one.submissions[m].attempt.dated
               for m in points.late_days)
    ]
    if not doubtful:
        return []
    return [f"late by their files' times alone, which copying may have changed: "
            f"{', '.join(doubtful[:10])}{' …' if len(doubtful) > 10 else ''} "
            f"({len(doubtful)} in all); excuse them in {overrides.FILE} where that is wrong"]


def _written(
    wishes: Wishes, assignment: Assignment, graded: list[Graded], scores: list[Score],
    changes: overrides.Overrides, remarks: list[str], wholes: everybody.Wholes,
    attempts: Attempts,
) -> list[Path]:
    """Write every file; what should be known goes to the remarks."""
    out = wishes.out
    contents: dict[str, str | bytes] = {
        grades_csv.FILE: grades_csv.table(graded, scores, assignment),
        results_jsonl.FILE: "".join(
            line + "\n" for line in results_jsonl.lines(graded, scores, wholes)
        ),
        lti_ags.FILE: lti_ags.ags(graded, scores, assignment, changes, datetime.now().astimezone()),
    }
    if wishes.canvas is not None:
        contents[canvas_export.FILE], said = canvas_export.filled(
            wishes.canvas, wishes.canvas_column, graded, scores, assignment
        )
        remarks += said
    for name, content in contents.items():
        write_atomically(out / name, content)
    for one, points in zip(graded, scores, strict=True):
        text = json.dumps(gradescope_results.results(one, points, assignment), indent=1) + "\n"
        keep(out / gradescope_results.FOLDER / f"{one.student.key}.json", text)
        feedback.write(out, one, points, assignment, wholes)
    by_student = {points.student: points for points in scores}
    page = class_page.write(out, graded, by_student, assignment, attempts, wholes=wholes)
    tables = [out / name for name in contents]
    folders = [feedback.FOLDER, gradescope_results.FOLDER, *[everybody.FOLDER] * bool(wholes)]
    return [*tables, page, *(out / name for name in folders)]

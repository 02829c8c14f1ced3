"""Run lessons below the right answers that are kept: what a check lets pass must work there.

The i-th answers to all exercises of a module go into one run. Where it stops, each of them runs
alone, to find out whose it is.
"""

from __future__ import annotations

import dataclasses
import itertools
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pathkit.checks.loading import exercises_of
from pathkit.notebook_files.answers import parts
from pathkit.path_modules import RIGHT_ANSWERS, Modules
from pathkit.running.execute import Done, Job
from pathkit.strength.answer_namespace import AnswerError, answer_in
from pathkit.strength.kept_answers import KeptAnswer, read

# A loop where the reference has one product may take its time, and machines are busy.
CELL_SECONDS = 600
CELL = re.compile(r"cell ([\w-]+)[ :]")

Execute = Callable[[list[Job]], Sequence[Done]]
Turn = tuple[KeptAnswer, ...]


@dataclasses.dataclass(frozen=True)
class Lesson:
    """A module's solution notebook, where its answers are kept, and where it runs."""

    module: str
    notebook: Path
    answers: Path
    cwd: Path


Found = tuple[Lesson, Turn, Done]


@dataclasses.dataclass(frozen=True)
class Stopped:
    """A lesson that stops below right answers; several, where each alone lets it run."""

    answers: Turn
    file: str
    problem: str
    environment: bool = False

    def __str__(self) -> str:
        several = len(self.answers) > 1
        named = ", ".join(f"{kept.line} ({kept.exercise}: {kept.note})" for kept in self.answers)
        together = " only together" if several else ""
        return f"{self.file}:{named}{together}: {self.problem}"


def lesson_of(module: str, notebook: Path, modules: Modules, cwd: Path) -> Lesson:
    """The lesson of a module whose solution is in `notebook`."""
    return Lesson(module, notebook, modules.folder_of(module) / RIGHT_ANSWERS, cwd)


def stopped(lessons: Iterable[Lesson], modules: Modules, execute: Execute) -> list[Stopped]:
    """What stops the lessons below their kept answers, in their order.

    execute: runs notebooks, in any order, and keeps their jobs' names.
    Raises KeptAnswerError for answers that can't be read, OSError for a missing notebook.
    """
    told: list[Stopped] = []
    runs = [(lesson, answers) for lesson in lessons for answers in _turns(lesson, modules)]
    while runs:
        failed = [found for found in _run(runs, execute) if found[-1].problem]
        again = []
        for lesson, answers, done, culprits in _culprits(failed, execute):
            told += [_stopped(lesson, (one,), problem) for one, problem in culprits.items()]
            rest = tuple(one for one in answers if one not in culprits)
            if not culprits:
                told.append(_stopped(lesson, answers, done))
            elif rest:  # one that stops a lesson hides what would come further down
                again.append((lesson, rest))
        runs = again
    return told


def _culprits(
    failed: Sequence[Found], execute: Execute
) -> Iterator[tuple[Lesson, Turn, Done, dict[KeptAnswer, Done]]]:
    """For each run that stopped those of its answers that stop it alone, and where."""
    alone = [(lesson, (one,), _cell(done)) for lesson, answers, done in failed
             if not done.environment and len(answers) > 1 for one in answers]
    by_itself = {(lesson.module, one): done for lesson, (one,), done in _run(alone, execute)}
    for lesson, answers, done in failed:
        if len(answers) == 1:
            yield lesson, answers, done, {answers[0]: done}
            continue
        found = {one: by_itself[lesson.module, one] for one in answers
                 if (lesson.module, one) in by_itself}
        yield lesson, answers, done, {one: d for one, d in found.items() if d.problem}


def _cell(done: Done) -> str:
    """The id of the cell that stopped a run; "" where it can't be told."""
    match = CELL.match(done.problem)
    return match[1] if match else ""


def _stopped(lesson: Lesson, answers: Turn, done: Done) -> Stopped:
    file = f"{lesson.answers.parent.name}/{lesson.answers.name}"
    return Stopped(answers, file, done.problem, done.environment)


def _turns(lesson: Lesson, modules: Modules) -> list[Turn]:
    """The first answers to all exercises, the second ones, …: those that the check passes.

    In place of one that it refuses the notebook would go on with the reference.
    """
    exercises = exercises_of(lesson.module, modules)
    passing: dict[str, list[KeptAnswer]] = {}
    for kept in read(lesson.answers):
        if kept.exercise not in exercises:
            continue
        exercise = exercises[kept.exercise]
        try:
            answer = answer_in(kept.source, exercise, modules)
        except AnswerError:
            continue
        if exercise.check(answer).passed:
            passing.setdefault(kept.exercise, []).append(kept)
    turns = itertools.zip_longest(*passing.values())
    return [tuple(kept for kept in turn if kept is not None) for turn in turns]


def _run(runs: Sequence[tuple], execute: Execute) -> list[Found]:
    """Run lessons with answers; a third part names the cell behind which a run may end."""
    jobs = {}
    for number, (lesson, answers, *last) in enumerate(runs):
        name = f"{lesson.module} {number + 1}"
        text = with_answers(lesson.notebook.read_text(encoding="utf-8"), lesson.module,
                            {kept.exercise: kept.source for kept in answers}, *last)
        jobs[name] = Job(name, text, {}, CELL_SECONDS, str(lesson.cwd))
    done = {one.name: one for one in execute(list(jobs.values()))} if jobs else {}
    return [(lesson, answers, done[name])
            for (lesson, answers, *_), name in zip(runs, jobs, strict=True)]


def with_answers(
    notebook: str, module: str, answers: Mapping[str, str], last: str = ""
) -> str:
    """A solution notebook's JSON with these answers, by exercise, between comment and check.

    last: the id of the cell that it ends with; "" for all.
    """
    data = json.loads(notebook)
    ids = [cell["id"] for cell in data["cells"]]
    if last in ids:
        data["cells"] = data["cells"][: ids.index(last) + 1]
    for cell in data["cells"]:
        name = cell["metadata"].get("pathkit", {}).get("exercise", "").removeprefix(f"{module}.")
        is_answer = cell["metadata"].get("pathkit", {}).get("role") == "exercise"
        if is_answer and cell["cell_type"] == "code" and name in answers:
            old = parts("".join(cell["source"]), name)
            cell["source"] = f"{old.comment}\n{answers[name]}\n{old.check}"
    return json.dumps(data)

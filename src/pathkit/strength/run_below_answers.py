"""`pathkit verify --lessons`: which lessons are run below kept answers, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence

import click

from pathkit import curriculum
from pathkit.building.build import Place
from pathkit.building.notebook_cells import filename
from pathkit.errors import EnvironmentProblem, NothingMatched, chosen
from pathkit.running.execute import Done, Job
from pathkit.running.side_by_side import executed
from pathkit.running.workers import cores
from pathkit.strength.below_answers import Lesson, lesson_of, stopped


def run_below_answers(place: Place, modules: Sequence[str] = ()) -> bool:
    """Run the lessons of `modules` (all by default); True when none stops.

    Raises NothingMatched for a module or notebook that isn't there, KeptAnswerError for answers
    that can't be read, EnvironmentProblem when no kernel can be started.
    """
    path = curriculum.load(place.curriculum, modules=place.modules)
    lessons = []
    for name in chosen(modules, [module.id for module in path.modules]):
        notebook = place.notebooks / "solutions" / filename(path, name)
        lesson = lesson_of(name, notebook, place.modules, place.root)
        if lesson.answers.is_file():
            lessons.append(_built(lesson, place))
    if not lessons:
        raise NothingMatched("none of these modules keeps right answers")
    found = stopped(lessons, place.modules, _side_by_side)
    for one in found:
        click.echo(str(one))
    if broken := next((one for one in found if one.environment), None):
        raise EnvironmentProblem(broken.problem)
    return not found


def _built(lesson: Lesson, place: Place) -> Lesson:
    if not lesson.notebook.is_file():
        name = lesson.notebook.relative_to(place.root)
        raise NothingMatched(f"{name} is missing; run `pathkit build`")
    return lesson


def _side_by_side(jobs: list[Job]) -> list[Done]:
    return executed(jobs, cores(), lambda done: None)

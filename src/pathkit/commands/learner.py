"""Commands for somebody who learns: status, next, check, hint, solution, reset, done."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pathkit.commands import common
from pathkit.errors import EnvironmentProblem, NothingMatched

if TYPE_CHECKING:
    from pathkit.learner.folder import Folder
    from pathkit.learner.progress import Progress
    from pathkit.path_map import Module


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@common.in_folder
@click.pass_obj
def status(root: Path | None, as_json: bool, folder: Path | None) -> int:
    """Show what is done, what is left and what comes next."""
    from datetime import UTC, date, datetime

    from pathkit import path_map, progress_log
    from pathkit.learner import status as overview
    from pathkit.learner.progress import replay
    from pathkit.learner.review.due_cache import due_cards

    home = common.learners_folder(root, folder)
    events = progress_log.read_all(home.progress)
    path = path_map.load(home.path_map)
    progress = replay(path, events, home)
    found = overview.figures(progress, date.today())
    found["cards_due"] = len(due_cards(home, path, progress, events, datetime.now(UTC)))
    if as_json:
        _print_json(found)
    else:
        overview.show(progress, found)
    return common.OK


def _print_json(found: Any) -> None:
    click.echo(json.dumps(found, ensure_ascii=False, indent=1))


@click.command()
@click.option("--show", is_flag=True, help="Say what comes next, and open nothing.")
@click.option("--browser/--no-browser", default=True, help="Open a browser window.")
@click.option("--jupyter", "extra", multiple=True, metavar="OPTION",
              help="An option handed on to JupyterLab, if it has to be started; may be repeated.")
@common.in_folder
@click.pass_obj
def next(root: Path | None, show: bool, browser: bool, extra: tuple[str, ...],
         folder: Path | None) -> int:
    """Say what comes next and open it in JupyterLab."""
    from pathkit.learner import status as overview
    from pathkit.learner.plan.goal import coming_step
    from pathkit.learner.progress import of_folder

    home = common.learners_folder(root, folder)
    progress = of_folder(home)
    step = coming_step(progress)
    for line in overview.step_lines(progress, step):
        click.echo(line)
    if step is None:
        return common.OK
    from pathkit.learner.saved import notebook_of

    notebook = notebook_of(home, step.module)
    if show:
        return common.OK
    from pathkit.learner.lab.open import open_step

    return open_step(home, notebook, step, browser, extra)


@click.command()
@click.argument("modules", nargs=-1, metavar="[MODULE]...")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@common.in_folder
@click.pass_obj
def check(root: Path | None, modules: tuple[str, ...], as_json: bool, folder: Path | None) -> int:
    """Check the answers in a saved notebook.

    MODULE is an id, a number or a file name; without one, the notebook that you saved last. Only
    what is saved counts. Exit code 1 means that an answer is not right yet; exercises that you
    have not attempted are no failure.
    """
    from pathkit.building.exercise_sources import stubs
    from pathkit.learner.check import check_report as report
    from pathkit.learner.check.check import Checked
    from pathkit.learner.names import module_named
    from pathkit.learner.progress import of_folder
    from pathkit.learner.whereabouts import modules_of

    home = common.learners_folder(root, folder)
    progress = of_folder(home)
    chosen = [module_named(progress.path, name) for name in modules] or [_last(home, progress)]
    # All are read before the first is run: a notebook that is broken is told at once.
    failed = False
    modules = modules_of(home.path_map)
    for checked in [Checked.of(home, m, stubs(m.id, modules)) for m in chosen]:
        if not as_json:
            click.echo(report.heading(checked))
        results = []
        for result in checked.results():
            results.append(result)
            click.echo(report.line(result) if as_json else report.text(result))
        for remark in checked.remarks:
            click.echo(remark, err=True)
        if not as_json:
            click.echo(f"\n{report.summary(checked, results)}")
            for advice in report.advice(results):
                click.echo(advice)
            if results and all(result.status == "passed" for result in results):
                _say_what_comes_next(home)
        failed = failed or any(result.failed for result in results)
    return common.FAILED if failed else common.OK


def _last(home: Folder, progress: Progress) -> Module:
    """The module whose notebook was saved last, or else the one that was worked on last."""
    from pathkit.learner.last_saved import saved_last

    if found := saved_last(home, progress):
        return found
    if not progress.last_module:
        raise NothingMatched("you have not worked on a module yet; name one: pathkit check bigram")
    return progress.path.module(progress.last_module)


def _say_what_comes_next(home: Folder) -> None:
    from pathkit.learner import status as overview
    from pathkit.learner.plan.goal import coming_step
    from pathkit.learner.progress import of_folder

    progress = of_folder(home)
    for line in overview.step_lines(progress, coming_step(progress)):
        click.echo(line)


@click.command()
@click.argument("exercise", required=False)
@click.option("--again", is_flag=True, help="Repeat the hints that were given already.")
@common.in_folder
@click.pass_obj
def hint(root: Path | None, exercise: str | None, again: bool, folder: Path | None) -> int:
    """Give the next hint for an exercise, by default for the one that you tried last."""
    from pathkit.learner.help import hints, hints_and_solutions
    from pathkit.learner.progress import of_folder

    if exercise is None:
        home = common.learners_folder(root, folder)
        progress = of_folder(home)
        found = hints.tried_last(progress)
    else:
        home, progress, _, found = _exercise(root, folder, exercise)
    hints_and_solutions.hint(home, progress, found, again)
    return common.OK


@click.command()
@click.argument("exercise")
@click.option("--now", is_flag=True, help="Before three tries, too.")
@common.in_folder
@click.pass_obj
def solution(root: Path | None, exercise: str, now: bool, folder: Path | None) -> int:
    """Show an answer, after a pass or three tries."""
    from pathkit.learner.help import hints_and_solutions

    home, progress, module, found = _exercise(root, folder, exercise)
    shown = hints_and_solutions.solution(home, progress, module, found, now)
    return common.OK if shown else common.FAILED


@click.command()
@click.argument("exercise")
@common.in_folder
@click.pass_obj
def reset(root: Path | None, exercise: str, folder: Path | None) -> int:
    """Begin an exercise again; your old answer goes to the backups."""
    from functools import partial

    from pathkit.learner.help.reset import reset as begin_again

    home, progress, module, found = _exercise(root, folder, exercise)
    project = common.project(root)
    for line in begin_again(home, project, module, found, partial(click.echo, err=True)):
        click.echo(line)
    return common.OK


def _exercise(root: Path | None, folder: Path | None, name: str):
    """The learner's folder, what was done there, and the exercise with its module."""
    from pathkit.learner.names import exercise_named
    from pathkit.learner.progress import of_folder

    home = common.learners_folder(root, folder)
    progress = of_folder(home)
    return home, progress, *exercise_named(progress.path, name, progress.last_module)


@click.command()
@click.argument("module")
@click.option("--undo", is_flag=True, help="Take the mark back.")
@common.in_folder
@click.pass_obj
def done(root: Path | None, module: str, undo: bool, folder: Path | None) -> int:
    """Mark a module as done, or as not done after all."""
    from pathkit import progress_log
    from pathkit.learner.names import module_named
    from pathkit.learner.progress import of_folder

    home = common.learners_folder(root, folder)
    progress = of_folder(home)
    found = module_named(progress.path, module)
    if undo and not progress.module(found.id).marked:
        click.echo(f"{found.id} was not marked as done; nothing is changed")
        return common.OK
    if progress.module(found.id).marked is undo:
        try:
            progress_log.append(home.progress, "done", found.id, undo=undo)
        except OSError as error:
            raise EnvironmentProblem(
                f"{home.progress} can't be written: {error.strerror}"
            ) from error
    click.echo(f"{found.id} is {'no longer marked' if undo else 'marked'} as done")
    return common.OK

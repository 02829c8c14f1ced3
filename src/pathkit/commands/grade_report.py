"""What `pathkit grade` shows: protection, progress, remarks on stderr; grades on stdout."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import click

from pathkit.classroom.pipeline import NOTEBOOKS, SUBMISSIONS, Done
from pathkit.classroom.reporting.class_page import PAGE
from pathkit.classroom.reporting.grades_csv import number
from pathkit.classroom.reporting.results_jsonl import lines

DOING = {SUBMISSIONS: ("grading", "graded"), NOTEBOOKS: ("running whole", "ran")}


def protection(text: str) -> None:
    """Say what protection is active; loudly where there is none."""
    unsafe = text.startswith("UNSAFE")
    click.secho(text, err=True, fg="red" if unsafe else None, bold=unsafe)


def kept() -> None:
    """What an interrupted run leaves."""
    click.echo("what was graded is kept; the same command goes on from there", err=True)


@contextlib.contextmanager
def progress() -> Iterator[Callable[[int, int, str], None]]:
    """A bar with the time that is left; lines where stderr is no terminal."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TaskID,
        TextColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
               TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        tasks: dict[str, TaskID] = {}

        def told(done: int, of: int, what: str) -> None:
            doing, did = DOING[what]
            if not of:
                click.echo(f"no {what} are new since the last run", err=True)
                return
            if what not in tasks:
                tasks[what] = bar.add_task(doing, total=of)
            bar.update(tasks[what], completed=done, total=of)
            if not console.is_terminal and _worth_a_line(done, of):
                click.echo(f"{did} {done} of {of} {what}", err=True)

        yield told


def _worth_a_line(done: int, of: int) -> bool:
    return done > 0 and (done == of or done % max(of // 10, 1) == 0)


def report(done: Done, as_json: bool) -> None:
    """Grades to stdout, remarks to stderr."""
    if as_json:
        for line in lines(done.graded, done.scores, done.wholes):
            click.echo(line)
    else:
        for one, score in zip(done.graded, done.scores, strict=True):
            passed = sum(record.passed for record in one.records)
            click.echo(
                f"{one.student.key}\t{number(score.total)} of {number(done.assignment.points)}\t"
                f"{passed} of {len(done.assignment.tasks())} right"
            )
        for file in done.files:
            click.echo(f"wrote {file}", err=True)
    for remark in done.remarks:
        click.echo(f"note: {remark}", err=True)
    if done.scores:
        mean = sum(score.total for score in done.scores) / len(done.scores)
        people = f"{len(done.scores)} student{'s' * (len(done.scores) != 1)}"
        page = next(file for file in done.files if file.name == PAGE)
        click.echo(f"{people}, on average {mean:.1f} of {number(done.assignment.points)} points; "
                   f"what to reteach: {page}", err=True)

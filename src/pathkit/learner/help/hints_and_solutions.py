"""`pathkit hint` and `pathkit solution`: as much help as is asked for, one step at a time."""

from __future__ import annotations

import click

from pathkit import progress_log
from pathkit.building.exercise_sources import exercise_texts
from pathkit.errors import NothingMatched
from pathkit.learner.folder import Folder
from pathkit.learner.help import hints, tries
from pathkit.learner.progress import Progress
from pathkit.learner.whereabouts import modules_of
from pathkit.path_map import Exercise, Module
from pathkit.terminal import print_markdown


def hint(folder: Folder, progress: Progress, exercise: Exercise, again: bool) -> None:
    """Print the next hint and count it; `again`: all that were given already, uncounted."""
    given, of = progress.exercise(exercise.id).hints, len(exercise.hints)
    if again:
        if not given:
            click.echo(f"no hint for {exercise.id} was given yet; without --again comes the first")
        for step in range(1, min(given, of) + 1):
            _print_hint(exercise, step)
        return
    if given >= of:
        click.echo(
            hints.all_given(exercise.id, of, "--again", f"`pathkit solution {exercise.id}`")
        )
        return
    _print_hint(exercise, given + 1)
    _note(folder, "hint", exercise, step=given + 1)


def _print_hint(exercise: Exercise, step: int) -> None:
    one = hints.hint(exercise.id, exercise.hints, step)
    click.echo(f"{one.head}\n")
    print_markdown(one.text)
    click.echo()


def solution(
    folder: Folder, progress: Progress, module: Module, exercise: Exercise, now: bool
) -> bool:
    """Print an answer if it may be seen or `now` is said; returns whether it was.

    Raises NothingMatched when this version of the path has no such exercise.
    """
    state = progress.exercise(exercise.id)
    left = tries.left(state.tries, state.passed)
    if left and not now:
        click.echo(
            f"{left} more {'try' if left == 1 else 'tries'} first: `pathkit hint {exercise.id}` "
            "goes step by step. --now shows an answer at once.", err=True,
        )
        return False
    texts = exercise_texts(module.id, modules_of(folder.path_map))
    if exercise.name not in texts:
        raise NothingMatched(
            f"{exercise.id} is not in this version of the path; `pathkit start` updates your folder"
        )
    click.echo(texts[exercise.name].answer)
    _note(folder, "solution", exercise)
    return True


def _note(folder: Folder, kind: str, exercise: Exercise, **fields: int) -> None:
    """Log what was shown; help that can't be counted is still help."""
    module = exercise.id.rpartition(".")[0]
    try:
        progress_log.append(folder.progress, kind, module, exercise=exercise.id, **fields)
    except OSError as error:
        click.echo(
            f"this isn't counted: {folder.progress} can't be written: {error.strerror}", err=True
        )

"""`pathkit train`: make a model that comes with the path, by its recipe."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from pathkit.commands import common


@click.command()
@click.argument("model", type=click.Choice(["gpt"]))
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), default=None,
              help="Write the model there instead of over the one that comes with the path.")
@click.option("--steps", type=click.IntRange(1), default=None,
              help="Fewer or more steps than the recipe's, for a trial; needs --output.")
def train(model: str, output: Path | None, steps: int | None) -> int:
    """Train a model that comes with the path; Ctrl-C stops, the same command goes on."""
    import dataclasses

    if steps is not None and output is None:
        raise click.UsageError("--steps is for a trial: name its folder with --output")
    import torch

    from pathkit.kept_models.shipped import FOLDER
    from pathkit.training.gpt_recipe import Recipe
    from pathkit.training.resumable import Run
    from pathkit.training.shipping import ship

    torch.set_num_threads(1)  # the sums of two threads come in an order of their own
    folder = output or FOLDER
    recipe = Recipe() if steps is None else dataclasses.replace(Recipe(), steps=steps)
    run = Run(recipe, folder / f"{model}.training")
    if in_the_way := run.resume():
        click.echo(in_the_way, err=True)
    if run.step:
        click.echo(f"going on after step {run.step} of {recipe.steps}", err=True)
    with _until_interrupted() as stop, _bar(run.step, recipe.steps) as told:
        finished = run.go_on(told, stop)
    if not finished:
        click.echo(f"stopped after step {run.step} of {recipe.steps}; the same command goes on "
                   "from there", err=True)
        return common.INTERRUPTED
    file, text = ship(run, folder)
    run.state.unlink(missing_ok=True)
    click.echo(text.read_text(encoding="utf-8"), err=True)
    click.echo(str(file))
    return common.OK


@contextlib.contextmanager
def _until_interrupted() -> Iterator[Callable[[], bool]]:
    """Ctrl-C lets the step that is under way end; a second one ends the program."""
    asked: list[int] = []

    def ask(number: int, _: object) -> None:
        asked.append(number)
        signal.signal(number, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield lambda: bool(asked)
    finally:
        signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def _bar(done: int, of: int) -> Iterator[Callable[[int, float], None]]:
    """A bar with loss and time left; ten lines where stderr is no terminal."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
               TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("training", total=of, completed=done)

        def told(step: int, loss: float) -> None:
            bar.update(task, completed=step, description=f"loss {loss:.3f}")
            if not console.is_terminal and step * 10 // of > (step - 1) * 10 // of:
                click.echo(f"step {step} of {of}: loss {loss:.4f}", err=True)

        yield told

"""Commands for somebody who learns: status, next, check, hint, solution, reset, done."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from pathkit.commands import common


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@common.in_folder
@click.pass_obj
def status(root: Path | None, as_json: bool, folder: Path | None) -> int:
    """Show what is done, what is left and what comes next."""
    from datetime import date

    from pathkit.learner import status as overview
    from pathkit.learner.progress import of_folder

    found = overview.figures(of_folder(common.learners_folder(root, folder)), date.today())
    if as_json:
        _print_json(found)
    else:
        overview.show(found)
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
    from pathkit.learner.progress import next_step, of_folder

    home = common.learners_folder(root, folder)
    progress = of_folder(home)
    step = next_step(progress)
    for line in overview.step_lines(overview.step_figures(progress, step)):
        click.echo(line)
    if step is None:
        return common.OK
    from pathkit.learner.saved import notebook_of

    notebook = notebook_of(home, step.module)
    if show:
        return common.OK
    from pathkit.learner.open import open_step

    return open_step(home, notebook, step, browser, extra)

"""Open a notebook in JupyterLab: in one that serves the folder already, or in a new one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from pathkit.learner import saved
from pathkit.learner.folder import Folder
from pathkit.learner.lab.browser import in_browser
from pathkit.learner.lab.serve import check_installed, serve
from pathkit.learner.lab.servers import Server, running
from pathkit.learner.what_next import Step
from pathkit.notebook_files.answers import find_answers


def open_step(
    folder: Folder, notebook: Path, step: Step, browser: bool, extra: Sequence[str]
) -> int:
    """Show what comes next in `notebook`; returns an exit code.

    browser: whether a window opens; otherwise the address is printed. extra: options for a
    JupyterLab that has to be started. Raises EnvironmentProblem when there is none.
    """
    cell_id = _cell_id(notebook, step)
    server = running(folder.root)
    if server is not None:
        _show(server, notebook, cell_id, browser)
        return 0
    check_installed()
    click.echo(f"starting JupyterLab in {folder.root}", err=True)
    return serve(folder.root, lambda new: new.address(notebook, cell_id), browser, extra)


def _cell_id(notebook: Path, step: Step) -> str:
    """The id of the exercise's cell; "" where it can't be found: the top will do."""
    if step.exercise is None:
        return ""
    names = [exercise.name for exercise in step.module.exercises]
    data = saved.read(notebook)
    answer = find_answers(data, step.module.id, names).get(step.exercise.name)
    return str(data["cells"][answer.cell_index].get("id", "")) if answer else ""


def _show(server: Server, notebook: Path, cell_id: str, browser: bool) -> None:
    address = server.address(notebook, cell_id)
    if browser and in_browser(address):
        click.echo(f"opened in the JupyterLab at {server.url}", err=True)
    else:
        click.echo(address)

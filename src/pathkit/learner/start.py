"""`pathkit start`: the learner's folder, then JupyterLab on its first page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from pathkit.build import Place
from pathkit.errors import EnvironmentProblem
from pathkit.files import write_atomically
from pathkit.learner.folder import SOLUTIONS, Folder
from pathkit.learner.serve import SETTINGS, check_installed, serve
from pathkit.learner.workspace import Copied, copy_notebooks

FIRST_PAGE = "00-start-here.ipynb"

# JupyterLab asks on its first start whether it may fetch news; the path downloads nothing. Unless
# widgets are saved, the progress panel of a notebook that is opened again is an error message.
OVERRIDES = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    },
    "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True},
}


def start(place: Place, folder: Path, browser: bool, extra: Sequence[str]) -> int:
    """Prepare `folder` and serve it; returns JupyterLab's exit code.

    Raises EnvironmentProblem when there are no notebooks, no JupyterLab, or when `folder` can't
    be written.
    """
    if not (place.notebooks / FIRST_PAGE).exists() or not place.path_map.exists():
        raise EnvironmentProblem(f"{place.notebooks} holds no notebooks; run `pathkit build`")
    check_installed()
    for line in told(prepare(place, folder), folder):
        click.echo(line, err=True)
    return serve(folder, FIRST_PAGE, browser, extra)


def prepare(place: Place, folder: Path) -> list[Copied]:
    """Make `folder` if need be, bring its notebooks up to date, and say what became of each.

    Raises EnvironmentProblem when it can't be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        copied = copy_notebooks(place.notebooks, folder)
        copy_notebooks(place.notebooks / SOLUTIONS, folder / SOLUTIONS)
        write_atomically(
            Folder(folder).path_map, place.path_map.read_text(encoding="utf-8")
        )
        write_atomically(
            folder / SETTINGS / "labconfig" / "default_setting_overrides.json",
            json.dumps(OVERRIDES, indent=1) + "\n",
        )
    except OSError as error:
        where = error.filename or folder
        raise EnvironmentProblem(
            f"your folder {folder} can't be written: {error.strerror} ({where}). "
            "Name another one: pathkit start FOLDER"
        ) from error
    return copied


def told(copied: Sequence[Copied], folder: Path) -> list[str]:
    """What the learner should know about the copy, a line each."""
    new = sum(c.state == "new" for c in copied)
    updated = sum(c.state == "updated" for c in copied)
    kept = sum(c.state == "kept" for c in copied)
    lines = [f"your folder: {folder}"]
    if new:
        lines.append(f"notebooks copied: {new}")
    if updated:
        lines.append(f"notebooks you had not touched, brought up to date: {updated}")
    if kept:
        lines.append(f"notebooks with your work, left as they are: {kept}")
    return lines

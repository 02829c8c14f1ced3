"""`pathkit start`: the learner's folder, then JupyterLab on its first page."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from pathkit import path_map
from pathkit.building.build import Place
from pathkit.errors import EnvironmentProblem
from pathkit.files import FULL, NO_ROOM, ChangedMeanwhile, contents, write_atomically
from pathkit.learner import last_saved, origin, progress, tutor
from pathkit.learner.folder import SOLUTIONS, Folder
from pathkit.learner.lab.environment import SETTINGS
from pathkit.learner.lab.opened import complete
from pathkit.learner.lab.serve import FIRST_PAGE, check_installed, serve
from pathkit.learner.lab.servers import Server
from pathkit.learner.lab.trust import sign
from pathkit.learner.panel.first_page import first_page_with_progress
from pathkit.learner.update.lock import locked
from pathkit.learner.update.report import Outcome, rehearsed, told
from pathkit.learner.update.workspace import update
from pathkit.notebook_files.notebook_file import NotANotebook, read, to_json
from pathkit.path_modules import OURS

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
    _need_notebooks(place)
    check_installed()
    for line in told(prepare(place, folder), folder):
        _say(line)
    sign(folder / FIRST_PAGE)

    def first_page(server: Server) -> str:
        return server.address(folder / FIRST_PAGE)

    return serve(folder, first_page, browser, extra)


def rehearse(place: Place, folder: Path) -> list[str]:
    """What `start` would do to `folder`, in lines; writes nothing and starts nothing.

    Raises EnvironmentProblem when there are no notebooks or when `folder` can't be read.
    """
    _need_notebooks(place)
    try:
        return rehearsed(update(place.notebooks, folder, dry_run=True), folder)
    except OSError as error:
        raise _refusal(folder, error, "read") from error


def _need_notebooks(place: Place) -> None:
    if not (place.notebooks / FIRST_PAGE).exists() or not place.path_map.exists():
        raise EnvironmentProblem(f"{place.notebooks} holds no notebooks; run `pathkit build`")


def prepare(place: Place, folder: Path) -> list[Outcome]:
    """Make `folder` if need be, bring its notebooks up to date, and say what became of each.

    Raises EnvironmentProblem when it can't be written.
    """
    home = Folder(folder)
    try:
        outcomes = update(place.notebooks, folder, say=_say)
        _write(home.path_map, _map_for(home, place))
        _write(
            folder / SETTINGS / "labconfig" / "default_setting_overrides.json",
            json.dumps(OVERRIDES, indent=1) + "\n",
        )
        origin.remember(home, place.root)
        tutor.update(home)
        with locked(folder, _say):
            _show_progress(home)
            last_saved.follow(home, complete(_laid_out(place, folder)))
    except OSError as error:
        raise _refusal(folder, error, "written") from error
    return outcomes


def _laid_out(place: Place, folder: Path) -> Iterator[Path]:
    """The learner's notebooks of the path, and the solutions."""
    for home, mine in (
        (place.notebooks, folder), (place.notebooks / SOLUTIONS, folder / SOLUTIONS)
    ):
        yield from (mine / path.name for path in sorted(home.glob("*.ipynb")))


def _map_for(home: Folder, place: Place) -> str:
    """The path's map as it reads in a learner's folder, from where modules lie elsewhere.

    A folder inside the project finds them by a relative path, so that both can be moved.
    """
    text = place.path_map.read_text(encoding="utf-8")
    if place.modules == OURS:
        return text
    made = path_map.load(place.path_map)
    modules = place.modules.folder
    if home.root.resolve().is_relative_to(place.root.resolve()):
        modules = Path(os.path.relpath(modules, home.path_map.parent.resolve()))
    return path_map.to_json(dataclasses.replace(made, content=modules.as_posix()))


def _show_progress(home: Folder) -> None:
    """Fill in the first page's map, so that what is done is seen before anything is run."""
    page = home.root / FIRST_PAGE
    try:
        data = contents(page)
        notebook = read(data)
        filled = first_page_with_progress(notebook, progress.of_folder(home))
        if filled != notebook:
            write_atomically(page, to_json(filled).encode(), data)
    except (NotANotebook, ChangedMeanwhile, EnvironmentProblem):
        return
    except OSError as error:  # it was told what became of this page; the others are there
        if error.errno in NO_ROOM:
            raise


def _write(path: Path, text: str) -> None:
    """Write what isn't there yet: where nothing is new, no file's time changes."""
    if path.exists() and path.read_bytes() == text.encode():
        return
    try:
        write_atomically(path, text)
    except OSError as error:
        if error.errno in NO_ROOM or not path.is_file():
            raise
        _say(f"{path} can't be written: {error.strerror}; it stays as it was until the next start")


def _refusal(folder: Path, error: OSError, what: str) -> EnvironmentProblem:
    """What stopped us and what to do; whatever was written until then is whole."""
    advice = "Name another one: pathkit start FOLDER"
    if error.errno in FULL:
        advice = "Your notebooks are whole. Make room, then start again"
    where = f" ({error.filename})" if error.filename else ""
    return EnvironmentProblem(
        f"your folder {folder} can't be {what}: {error.strerror}{where}. {advice}"
    )


def _say(line: str) -> None:
    click.echo(line, err=True)

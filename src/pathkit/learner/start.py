"""`pathkit start`: the learner's folder, then JupyterLab on its first page."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from pathkit.build import Place
from pathkit.errors import EnvironmentProblem
from pathkit.files import write_atomically
from pathkit.learner.folder import SOLUTIONS, Folder
from pathkit.learner.workspace import Copied, copy_notebooks

FIRST_PAGE = "00-start-here.ipynb"

# JupyterLab asks on its first start whether it may fetch news; the path downloads nothing.
OVERRIDES = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    },
}
SETTINGS = ".pathkit/jupyter"


def start(place: Place, folder: Path, browser: bool, extra: Sequence[str]) -> int:
    """Prepare `folder` and serve it; returns JupyterLab's exit code.

    Raises EnvironmentProblem when there are no notebooks, no JupyterLab, or when `folder` can't
    be written.
    """
    if not (place.notebooks / FIRST_PAGE).exists() or not place.path_map.exists():
        raise EnvironmentProblem(f"{place.notebooks} holds no notebooks; run `pathkit build`")
    if importlib.util.find_spec("jupyterlab") is None:
        raise EnvironmentProblem("JupyterLab is not installed here; `make start` installs it")
    for line in told(prepare(place, folder), folder):
        click.echo(line, err=True)
    command = [
        sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}",
        f"--LabApp.default_url=/lab/tree/{FIRST_PAGE}", "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        *([] if browser else ["--no-browser"]), *extra,
    ]
    return _wait(subprocess.Popen(command, env=_environment(folder)))


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


def _environment(folder: Path) -> dict[str, str]:
    """JupyterLab reads our defaults from the learner's folder; nothing else is configured."""
    paths = [str(folder / SETTINGS), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    return {**os.environ, "JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, paths))}


def _wait(server: subprocess.Popen) -> int:
    """Wait for JupyterLab to end, and leave Ctrl-C to it: it asks first, then stops its kernels."""
    before = {
        signal.SIGINT: signal.signal(signal.SIGINT, signal.SIG_IGN),
        signal.SIGTERM: signal.signal(signal.SIGTERM, lambda *_: server.terminate()),
    }
    try:
        code = server.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return code if code >= 0 else 128 - code

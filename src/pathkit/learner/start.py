"""`pathkit start`: the learner's folder, then JupyterLab on its first page."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from pathkit.build import Place
from pathkit.errors import EnvironmentProblem
from pathkit.files import write_atomically
from pathkit.learner.workspace import Copied, copy_notebooks

FIRST_PAGE = "00-start-here.ipynb"

# JupyterLab asks on its first start whether it may fetch news; the path downloads nothing.
OVERRIDES = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    },
}


def start(place: Place, folder: Path, browser: bool, extra: Sequence[str]) -> int:
    """Prepare `folder` and serve it; returns JupyterLab's exit code.

    Raises EnvironmentProblem when there are no notebooks or no JupyterLab.
    """
    if not (place.notebooks / FIRST_PAGE).exists():
        raise EnvironmentProblem(f"{place.notebooks} holds no notebooks; run `pathkit build`")
    folder.mkdir(parents=True, exist_ok=True)
    for line in told(copy_notebooks(place.notebooks, folder), folder):
        click.echo(line, err=True)
    _quiet_first_start()
    command = [
        sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}",
        f"--LabApp.default_url=/lab/tree/{FIRST_PAGE}", "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        *([] if browser else ["--no-browser"]), *extra,
    ]
    try:
        return subprocess.run(command).returncode
    except KeyboardInterrupt:
        return 0


def told(copied: Sequence[Copied], folder: Path) -> list[str]:
    """What the learner should know about the copy, a line each."""
    new = sum(c.state == "new" for c in copied)
    updated = sum(c.state == "updated" for c in copied)
    lines = [f"your folder: {folder}"]
    if new:
        lines.append(f"{new} notebooks copied")
    if updated:
        lines.append(f"{updated} notebooks you had not touched were brought up to date")
    kept = sum(c.state == "kept" for c in copied)
    if kept:
        lines.append(f"{kept} notebooks with your work were left as they are")
    return lines


def _quiet_first_start() -> None:
    """Write the defaults into this environment; an environment we may not write keeps its own."""
    path = Path(sys.prefix) / "share/jupyter/lab/settings/overrides.json"
    if path.exists() or not os.access(sys.prefix, os.W_OK):
        return
    write_atomically(path, json.dumps(OVERRIDES, indent=1) + "\n")

"""Run JupyterLab on a learner's folder: its log goes to a file, and few lines to the terminal."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO
from urllib.parse import quote

import click

from pathkit.errors import EnvironmentProblem
from pathkit.installation import checkout, python
from pathkit.learner.lab.alone import alone
from pathkit.learner.lab.browser import in_browser
from pathkit.learner.lab.environment import SETTINGS, command_elsewhere, environment, options
from pathkit.learner.lab.server_log import telling
from pathkit.learner.lab.servers import Server, running
from pathkit.learner.lab.stopping import Stopping

FIRST_PAGE = "00-start-here.ipynb"
LONG, STEP = 20.0, 0.2
"""Seconds after which a start takes long, and between two looks."""


def check_installed() -> None:
    """Raise EnvironmentProblem when there is no JupyterLab."""
    if importlib.util.find_spec("jupyterlab") is None:
        command = "make start" if checkout() else python("-m", "pip", "install", "jupyterlab")
        raise EnvironmentProblem(f"JupyterLab is not installed here; `{command}` installs it")


def serve(
    folder: Path, address: Callable[[Server], str], browser: bool, extra: Sequence[str]
) -> int:
    """Serve `folder` until JupyterLab ends or is stopped; returns an exit code.

    One that serves this folder already, or that another start is about to bring up, is shown
    instead. address: what is shown of the server. browser: whether a window opens.
    extra: options handed on to JupyterLab.
    """
    log = folder / SETTINGS / "server.log"
    with Stopping() as stopping:
        with alone(folder / SETTINGS / "starting"):
            if there := running(folder, exactly=True):
                show(address(there), browser)
                _say("JupyterLab runs already for this folder; Ctrl-C in its own terminal stops it")
                return 0
            server, log = _launched(folder, log, extra)
            stopping.hand_on_to(server)
            up = _wait_until_up(server, folder, log)
        if up is not None and not stopping.asked:
            _show(address(up), folder, browser)
        code = server.wait()
    if stopping.asked:
        _say(f"stopped; your work is in {folder}")
        return 0
    return _ended(code, up is not None, folder, log)


def _launched(
    folder: Path, log: Path, extra: Sequence[str]
) -> tuple[subprocess.Popen, Path]:
    """JupyterLab's process, and the file that its log goes to."""
    command = [
        sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}",
        f"--LabApp.default_url=/lab/tree/{quote(FIRST_PAGE)}", "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate", "--no-browser",
        *options(), *extra,
    ]
    with _log_file(log) as file:
        # Away from the terminal's process group: Ctrl-C reaches this process, which stops it.
        server = subprocess.Popen(
            command, env=environment(folder), stdin=subprocess.DEVNULL, stdout=file,
            stderr=subprocess.STDOUT, start_new_session=os.name == "posix",
        )
        return server, Path(file.name)


def show(address: str, browser: bool) -> None:
    """Print an address, and open it if it should be."""
    click.echo(address)
    if browser and not in_browser(address):
        _say("no browser can be opened from here: open that address in one")


def _show(address: str, folder: Path, browser: bool) -> None:
    show(address, browser)
    _say("Ctrl-C here stops JupyterLab. In another terminal, from this folder:")
    _say(f"    {command_elsewhere(folder, 'next')}")


def _wait_until_up(server: subprocess.Popen, folder: Path, log: Path) -> Server | None:
    """The server as soon as it answers; None where it ended before."""
    begun, said = time.monotonic(), False
    while server.poll() is None:
        if found := running(folder, exactly=True):
            return found
        if not said and time.monotonic() - begun > LONG:
            _say(f"JupyterLab takes long to start; what it does is in {log}")
            said = True
        time.sleep(STEP)
    return None


def _ended(code: int, was_up: bool, folder: Path, log: Path) -> int:
    """Say how JupyterLab ended by itself; returns the exit code."""
    text = log.read_text(encoding="utf-8", errors="replace")
    if code == 0 and was_up:
        _say(f"JupyterLab was stopped; your work is in {folder}")
    elif code == 0:  # it was asked for its version, or for help
        click.echo(text, nl=False)
    else:
        _say("JupyterLab ended" if was_up else "JupyterLab didn't start")
        for line in telling(text):
            _say(f"    {line}")
        _say(f"all that it said: {log}")
    return code if code >= 0 else 128 - code


def _log_file(path: Path) -> IO[bytes]:
    """The log of this start; it holds the server's token, so nobody else may read it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        return open(path, "wb", opener=lambda name, flags: os.open(name, flags, 0o600))
    except OSError:  # the log of a server that still runs can't be removed on Windows
        return tempfile.NamedTemporaryFile(prefix="pathkit-server-", suffix=".log", delete=False)


def _say(line: str) -> None:
    with contextlib.suppress(OSError):
        click.echo(line, err=True)

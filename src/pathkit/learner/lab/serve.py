"""Run JupyterLab on a learner's folder."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from pathkit.errors import EnvironmentProblem

SETTINGS = ".pathkit/jupyter"


def check_installed() -> None:
    """Raise EnvironmentProblem when there is no JupyterLab."""
    if importlib.util.find_spec("jupyterlab") is None:
        raise EnvironmentProblem("JupyterLab is not installed here; `make start` installs it")


def serve(folder: Path, page: str, browser: bool, extra: Sequence[str]) -> int:
    """Serve `folder` until JupyterLab ends; returns its exit code.

    page: what opens first, quoted as in an address. browser: whether a window opens.
    extra: options handed on to JupyterLab.
    """
    command = [
        sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}",
        f"--LabApp.default_url=/lab/tree/{page}", "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        *([] if browser else ["--no-browser"]), *extra,
    ]
    return _wait(subprocess.Popen(command, env=_environment(folder)))


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

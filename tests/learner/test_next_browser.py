"""`pathkit next` opens the right notebook at the right cell, in a real JupyterLab."""

from __future__ import annotations

import secrets
import socket
import subprocess
import sys

import pytest

from pathkit import progress_log
from pathkit.building.build import Place
from pathkit.learner.folder import Folder
from pathkit.learner.lab.start import prepare
from tests.notebook.test_browser import AS_ROOT, ROOT, _environment, _ready, chromium, page
from tests.this_path import notebook_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]
__all__ = ["chromium", "page"]

NEXT = [sys.executable, "-c", "from pathkit.cli import main; main()", "next", "--no-browser"]
# JupyterLab scrolls there before all cells above have their height: near is what it promises.
NEAR = """id => {
    const panel = window.jupyterapp.shell.currentWidget;
    const cell = panel.content.widgets.find(c => c.model.id === id);
    const box = cell?.node.getBoundingClientRect();
    return box && box.height > 0 && Math.abs(box.top) < 2 * window.innerHeight
        && document.querySelector('.jp-WindowedPanel-outer').scrollTop > window.innerHeight;
}"""


@pytest.fixture
def base() -> None:
    """No server stands before the page is made: `pathkit next` starts it."""


@pytest.fixture
def folder(tmp_path) -> Folder:
    """A learner's folder in the middle of the bigram module; its name has to be quoted."""
    folder = Folder(tmp_path / "my path & mine")
    prepare(Place(ROOT), folder.root)
    for name in ("count_pairs", "probabilities", "mean_nll", "broken_name", "smoothed"):
        progress_log.append(
            folder.progress, "check", "bigram", exercise=f"bigram.{name}", status="passed"
        )
    return folder


def test_next_opens_the_exercise_in_a_new_and_in_a_running_jupyterlab(folder, page, tmp_path):
    token = secrets.token_hex(8)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = [
        "--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={token}", "--LabApp.expose_app_in_browser=True",
        *(["--allow-root"] if AS_ROOT else []),
    ]
    environment, log_file = _environment(tmp_path), tmp_path / "server.log"
    command = [*NEXT, *(part for option in options for part in ("--jupyter", option))]
    with log_file.open("w") as file:
        server = subprocess.Popen(
            command, cwd=folder.root, env=environment, stdout=subprocess.PIPE, stderr=file,
            text=True,
        )
    try:
        said = [server.stdout.readline() for _ in range(4)]
        assert said[0].startswith("next: bigram"), log_file.read_text()
        page.goto(said[3])
        _ready(page, notebook_of("bigram"))
        page.wait_for_function(NEAR, arg="bigram-next-symbol-exercise")

        progress_log.append(folder.progress, "check", "bigram", exercise="bigram.next_symbol",
                   status="passed")
        again = subprocess.run(
            NEXT, cwd=folder.root, env=environment, capture_output=True, text=True, timeout=60
        )
        page.goto(again.stdout.splitlines()[3])
        _ready(page, notebook_of("bigram"))
        page.wait_for_function(NEAR, arg="bigram-gradient-exercise")
    finally:
        server.terminate()
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()

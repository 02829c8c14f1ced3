"""Open a notebook in JupyterLab: in one that serves the folder already, or in a new one."""

from __future__ import annotations

import dataclasses
import json
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import click

from pathkit.learner import saved
from pathkit.learner.folder import Folder
from pathkit.learner.lab.serve import check_installed, serve
from pathkit.learner.progress import Step
from pathkit.learner.update.answers import find_answers

PATIENCE, START = 3.0, 120.0
"""Seconds in which a server has to answer, and in which a new one has to."""


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
    click.echo(f"starting JupyterLab in {folder.root}; Ctrl-C ends it", err=True)
    # JupyterLab's own window would show the top of the notebook: it drops the cell's id.
    wait = threading.Thread(
        target=_show_when_up, args=(folder.root, notebook, cell_id, browser), daemon=True
    )
    wait.start()
    return serve(folder.root, quote(notebook.name), False, extra)


def _cell_id(notebook: Path, step: Step) -> str:
    """The id of the exercise's cell; "" where it can't be found: the top will do."""
    if step.exercise is None:
        return ""
    names = [exercise.name for exercise in step.module.exercises]
    data = saved.read(notebook)
    answer = find_answers(data, step.module.id, names).get(step.exercise.name)
    return str(data["cells"][answer.cell_index].get("id", "")) if answer else ""


def _show_when_up(folder: Path, notebook: Path, cell_id: str, browser: bool) -> None:
    end = time.monotonic() + START
    while time.monotonic() < end:
        if server := running(folder):
            _show(server, notebook, cell_id, browser)
            return
        time.sleep(0.5)


def _show(server: Server, notebook: Path, cell_id: str, browser: bool) -> None:
    address = server.address(notebook, cell_id)
    if browser and _in_browser(address):
        click.echo(f"opened in the JupyterLab at {server.url}", err=True)
    else:
        click.echo(address)


def _in_browser(address: str) -> bool:
    import webbrowser

    try:
        return webbrowser.open(address)
    except (webbrowser.Error, OSError):
        return False


# --- servers ----------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Server:
    """A running server: its address, ending in /, its token ("" without one), what it serves."""

    url: str
    token: str
    root: Path

    def address(self, notebook: Path, cell_id: str = "") -> str:
        """Where a browser finds a notebook, scrolled to a cell of it.

        JupyterLab scrolls in a notebook that its workspace holds already, so one is made.
        """
        path = notebook.relative_to(self.root).as_posix()
        token = f"?{urlencode({'token': self.token})}" if self.token else ""
        if not cell_id or not self._has_workspace(f"next-{cell_id}", path):
            return f"{self.url}lab/tree/{quote(path)}{token}"
        where = f"workspaces/{quote(f'next-{cell_id}')}/tree/{quote(path)}"
        return f"{self.url}lab/{where}{token}#cell-id={quote(cell_id)}"

    def _has_workspace(self, name: str, path: str) -> bool:
        """Make a workspace in which one notebook is open; False where that is refused."""
        widget = f"notebook:{path}"
        dock = {"type": "tab-area", "currentIndex": 0, "widgets": [widget]}
        layout = {"main": {"dock": dock, "current": widget}}
        opened = {"data": {"path": path, "factory": "Notebook"}}
        data = {"layout-restorer:data": layout, widget: opened}
        workspace = {"data": data, "metadata": {"id": name}}
        return self.asked("PUT", f"lab/api/workspaces/{quote(name)}", workspace) in (200, 204)

    def asked(self, method: str, path: str, data: Any = None) -> int:
        """The status of a request's answer; 0 when nothing answers."""
        import ssl
        import urllib.error
        import urllib.request

        unverified = ssl.create_default_context()  # it runs on this machine, often self-signed
        unverified.check_hostname, unverified.verify_mode = False, ssl.CERT_NONE
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=unverified)
        )
        request = urllib.request.Request(
            self.url + path, method=method, data=json.dumps(data).encode() if data else None,
            headers={"Authorization": f"token {self.token}"} if self.token else {},
        )
        try:
            with opener.open(request, timeout=PATIENCE) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except (OSError, ValueError):
            return 0


def running(folder: Path) -> Server | None:
    """The server nearest to `folder` that serves it and answers; None when there is none.

    Servers note themselves in files, which those that were killed leave behind: only an answer
    shows that one lives.
    """
    from jupyter_core.paths import jupyter_runtime_dir

    found = [_noted(note) for note in Path(jupyter_runtime_dir()).glob("jpserver-*.json")]
    servers = [s for s in found if s and (s.root == folder or s.root in folder.parents)]
    servers.sort(key=lambda server: len(server.root.parts), reverse=True)
    return next(filter(_lives, servers), None)


def _noted(note: Path) -> Server | None:
    try:
        data = json.loads(note.read_text(encoding="utf-8"))
        if data["sock"]:  # no browser gets there
            return None
        return Server(data["url"], data["token"] or "", Path(data["root_dir"]).resolve())
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _lives(server: Server) -> bool:
    """Whether a server answers, and to its own token: another may have got the port since."""
    status = server.asked("GET", "api/status")
    return status == 200 or (status == 403 and not server.token)  # it has a password instead

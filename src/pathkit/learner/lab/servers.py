"""JupyterLab servers that run on this machine, and what they are asked."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

PATIENCE = 3.0
"""Seconds in which a server has to answer."""


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
        path = notebook.resolve().relative_to(self.root).as_posix()
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


def running(folder: Path, exactly: bool = False) -> Server | None:
    """The server nearest to `folder` that serves it and answers; None when there is none.

    exactly: only one that serves this folder and nothing above it. Servers note themselves in
    files, which those that were killed leave behind: only an answer shows that one lives.
    """
    from jupyter_core.paths import jupyter_runtime_dir

    folder = folder.resolve()
    roots = (folder,) if exactly else (folder, *folder.parents)
    found = [_noted(note) for note in Path(jupyter_runtime_dir()).glob("jpserver-*.json")]
    servers = [server for server in found if server and server.root in roots]
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

"""The learner's commands in the terminal: status and next."""

from __future__ import annotations

import dataclasses
import http.server
import json
import os
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from pathkit import cli
from pathkit.learner import status as overview
from pathkit.learner.lab import open as opening
from pathkit.learner.progress import replay
from pathkit.path_map import PathMap
from tests.commands.test_imports import imported
from tests.learner.test_progress import NOON, PATH, ROOT, event, make_folder, module, passed

CALL = "from pathkit.cli import main; main()"
HEAVY = {
    "IPython", "numpy", "torch", "nbformat", "jsonschema", "pydantic", "ruamel", "jupyter_core",
    "jupyter_client", "jupytext", "matplotlib", "fsrs", "icalendar",
}


def pathkit(*arguments: object):
    return CliRunner().invoke(cli.main, [str(a) for a in arguments])


def process(*arguments: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", CALL, *map(str, arguments)], capture_output=True, text=True,
        cwd=cwd, env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **environment}, timeout=120,
    )


def one_line(result, code: int, *parts: str) -> None:
    """The command ended with `code` and a single line on stderr that says all of this."""
    assert result.exit_code == code, result.output
    assert len(result.stderr.splitlines()) == 1, result.stderr
    for part in parts:
        assert part in result.stderr


def write(folder, *events) -> None:
    folder.progress.write_text("".join(json.dumps(e) + "\n" for e in events), encoding="utf-8")


# --- status -----------------------------------------------------------------------------------

WORK = [
    event("ready", "one"), event("check", "one", 5, exercise="one.a", status="raised"),
    passed("one.a", 10), event("predict", "one", 12, prediction="one.p", answer=1, status="passed"),
    event("predict", "one", 13, prediction="one.q", answer=1, status="wrong value"),
    event("skip", "three", 14, known=True), event("done", "reading", 15, undo=False),
]


def test_status_counts_what_was_done_and_what_is_left():
    found = overview.figures(replay(PATH, WORK), NOON.astimezone().date())
    assert found["modules"] == {"done": 2, "of": 4}
    assert found["exercises"] == {"done": 1, "of": 4}
    assert found["minutes"] == {"spent": 15, "left": 90, "left_on_the_fast_route": 0}
    assert found["predictions"] == {"right": 1, "made": 2}
    assert found["streak"] == 1
    [part] = found["parts"]
    assert [m["state"] for m in part["modules"]] == ["begun", "open", "known", "done"]
    assert part["modules"][0]["exercises"] == {"done": 1, "of": 2}
    assert part["modules"][0]["minutes"] == {"spent": 13, "left": 30}
    assert found["next"] == {
        "module": "one", "title": "One", "file": "01-one.ipynb", "exercise": "one.b",
        "exercise_title": "b", "minutes": 10, "why": "you have begun it",
    }


def test_status_of_the_fast_route():
    path = PathMap("Path", ("Part",), (module(1, "one", "a", essential=True), module(2, "two")))
    found = overview.figures(replay(path, []), NOON.date())
    assert found["minutes"] == {"spent": 0, "left": 120, "left_on_the_fast_route": 60}


def test_status_in_words_says_the_same_as_in_json(tmp_path):
    folder = make_folder(tmp_path)
    write(folder, *WORK)
    text = pathkit("status", "--folder", tmp_path)
    assert text.exit_code == 0, text.output
    said = text.stdout
    assert "Path: 2 of 4 modules done, 1 of 4 exercises" in said
    assert "15 min spent; left: 1 h 30 min of notebooks\n" in said
    assert "1 of 2 predictions right" in said
    assert "▸ 1 One" in said and "≈ 3 Three" in said and "✓ 4 Reading" in said
    assert "next: one" in said and "      b: b" in said
    found = json.loads(pathkit("status", "--json", "--folder", tmp_path).stdout)
    assert found["exercises"] == {"done": 1, "of": 4}


def test_status_before_anything_was_done(tmp_path):
    make_folder(tmp_path)
    said = pathkit("status", "--folder", tmp_path).stdout
    assert "0 min spent" in said and "no predictions yet; 0 days in a row" in said


def test_status_shows_titles_as_they_are_within_80_columns(tmp_path):
    odd = module(1, "odd", "a", part="Part [1]")
    odd = dataclasses.replace(odd, title="[bold]Brackets[/bold] and a title " + "longer " * 12)
    make_folder(tmp_path, PathMap("A [path]", ("Part [1]",), (odd,)))
    lines = process("status", cwd=tmp_path).stdout.splitlines()
    assert any("[bold]Brackets[/bold]" in line and "…" in line for line in lines)
    assert any("Part [1]" in line for line in lines)
    assert max(len(line) for line in lines if not line.startswith("next")) <= 80


def test_status_of_this_path_fits_80_columns(tmp_path):
    folder = make_folder(tmp_path)
    folder.path_map.write_bytes((ROOT / "notebooks" / "path.json").read_bytes())
    lines = process("status", cwd=tmp_path).stdout.splitlines()
    assert len(lines) > 33 and max(map(len, lines)) <= 80
    assert not any("…" in line for line in lines)


@pytest.mark.parametrize("where", ["inside", "root", "named"])
def test_status_finds_the_folder(tmp_path, where):
    (tmp_path / "curriculum.yaml").write_text("")
    folder = make_folder(tmp_path / "my-path")
    (folder.root / "deep").mkdir()
    cwd = {"inside": folder.root / "deep", "root": tmp_path, "named": ROOT}[where]
    more = ["--folder", folder.root] if where == "named" else []
    result = process("status", *more, cwd=cwd)
    assert result.returncode == 0 and "0 of 4 modules" in result.stdout, result.stderr


def test_without_a_folder_the_commands_say_what_makes_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("pathkit.learner.folder.checkout", lambda: None)
    for command in (["status"], ["next", "--show"]):
        one_line(pathkit(*command), 4, "no learner's folder here", "pathkit start")
        one_line(pathkit(*command, "--folder", tmp_path), 4, f"pathkit start {tmp_path}")


@pytest.mark.skipif(os.name != "posix", reason="terminals of POSIX")
def test_status_is_coloured_on_terminals_alone_and_never_under_no_color(tmp_path):
    folder = make_folder(tmp_path)
    write(folder, passed("one.a"), passed("one.b"))
    green = "\x1b[2;32m"
    assert green in on_terminal(folder.root)
    assert green not in on_terminal(folder.root, NO_COLOR="1")
    assert "\x1b" not in process("status", cwd=folder.root).stdout


def on_terminal(cwd: Path, **environment: str) -> str:
    import pty

    ours, theirs = pty.openpty()
    kept = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS")}
    subprocess.run(
        [sys.executable, "-c", CALL, "status"], cwd=cwd, stdout=theirs, check=True,
        env={**kept, "PYTHONPATH": str(ROOT / "src"), "TERM": "xterm", **environment},
    )
    os.close(theirs)
    text = b""
    while True:
        try:
            part = os.read(ours, 2**16)
        except OSError:  # how a terminal of Linux ends
            break
        if not part:
            break
        text += part
    os.close(ours)
    return text.decode()


@pytest.mark.parametrize("command", [["status"], ["next", "--show"]])
def test_status_and_next_import_little(tmp_path, command):
    folder = make_folder(tmp_path)
    (folder.root / "01-one.ipynb").write_text("{}")
    arguments = [*command, "--folder", str(tmp_path)]
    found = imported(
        f"from pathkit import cli\ntry:\n    cli.main({arguments!r})\n"
        "except SystemExit as ended:\n    assert not ended.code\nprint()"
    )
    assert not found & HEAVY


# --- next -------------------------------------------------------------------------------------


def test_next_says_what_why_and_how_long(tmp_path):
    folder = make_folder(tmp_path)
    write(folder, passed("one.a"))
    notebook(folder.root / "01-one.ipynb", "one")
    result = pathkit("next", "--show", "--folder", tmp_path)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        "next: one · One", "      b: b", "      about 10 min; you are in the middle of it",
    ]


def test_next_names_the_way_out_when_the_notebook_is_missing(tmp_path):
    make_folder(tmp_path)
    result = pathkit("next", "--show", "--folder", tmp_path)
    one_line(result, 5, "01-one.ipynb is missing", "`pathkit start`")
    assert "next: one" in result.stdout


def test_next_knows_a_notebook_by_its_module_when_it_was_renamed(tmp_path, monkeypatch):
    folder = make_folder(tmp_path)
    notebook(tmp_path / "one (2).ipynb", "one")
    (tmp_path / "broken.ipynb").write_text("{")
    opened = []
    monkeypatch.setattr(opening, "open_step", lambda f, n, *rest: opened.append(n) or 0)
    assert pathkit("next", "--folder", folder.root).exit_code == 0
    assert opened == [tmp_path.resolve() / "one (2).ipynb"]


def test_next_ends_with_the_path(tmp_path):
    folder = make_folder(tmp_path)
    write(folder, *(event("done", name, i) for i, name in
                    enumerate(("one", "two", "three", "reading"))))
    result = pathkit("next", "--folder", tmp_path)
    assert result.exit_code == 0 and "you have finished the path" in result.stdout


def notebook(path: Path, name: str, *cells: str) -> Path:
    """A notebook of module `name`; each cell is the source of a code cell named c0, c1, …"""
    path.write_text(json.dumps({
        "cells": [
            {"cell_type": "code", "id": f"c{i}", "metadata": {}, "source": source,
             "outputs": [], "execution_count": None}
            for i, source in enumerate(cells)
        ],
        "metadata": {"pathkit": {"module": name}}, "nbformat": 4, "nbformat_minor": 5,
    }), encoding="utf-8")
    return path


@pytest.fixture
def runtime(tmp_path, monkeypatch) -> Path:
    """Where servers note themselves."""
    runtime = tmp_path / "runtime"
    runtime.mkdir()
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(runtime))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")  # asked by nobody
    return runtime


class Answers(http.server.BaseHTTPRequestHandler):
    """Speaks as a Jupyter server whose token is "right" and notes what was put."""

    def _answer(self) -> None:
        known = self.headers["Authorization"] == "token right"
        length = int(self.headers["Content-Length"] or 0)
        if known and self.command == "PUT":
            self.server.put[self.path] = json.loads(self.rfile.read(length))
        self.send_response(200 if known else 403)
        self.end_headers()

    do_GET = do_PUT = _answer

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def port():
    """The port of a server that lives; its `put` holds what was sent."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        server.put = {}
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.shutdown()


def note(runtime: Path, number: int, root: Path, port: int, **changes) -> None:
    data = {"url": f"http://127.0.0.1:{port}/base/", "token": "right", "root_dir": str(root),
            "sock": "", "pid": os.getpid(), "password": False, **changes}
    (runtime / f"jpserver-{number}.json").write_text(json.dumps(data))


def test_the_running_server_nearest_to_the_folder_is_found(tmp_path, runtime, port):
    folder = tmp_path / "project" / "my path"
    folder.mkdir(parents=True)
    number = port.server_address[1]
    note(runtime, 1, tmp_path, number)
    assert opening.running(folder).root == tmp_path
    note(runtime, 2, folder, number)
    assert opening.running(folder).root == folder
    assert opening.running(tmp_path / "elsewhere").root == tmp_path
    assert opening.running(tmp_path.parent) is None


def test_servers_that_died_or_are_damaged_or_others_are_passed_over(tmp_path, runtime, port):
    number = port.server_address[1]
    with http.server.HTTPServer(("127.0.0.1", 0), Answers) as closed:
        dead = closed.server_address[1]
    note(runtime, 1, tmp_path, dead)
    note(runtime, 2, tmp_path, number, token="wrong")
    note(runtime, 3, tmp_path / "another", number)
    note(runtime, 4, tmp_path, number, sock="/tmp/a.sock")
    (runtime / "jpserver-5.json").write_text("{")
    (runtime / "jpserver-6.json").write_text("[]")
    assert opening.running(tmp_path) is None
    note(runtime, 7, tmp_path, number, token="", password=True)
    assert opening.running(tmp_path).token == ""


def test_an_address_names_the_notebook_the_cell_and_the_token(tmp_path, port):
    url = f"http://127.0.0.1:{port.server_address[1]}/base/"
    server = opening.Server(url, "right", tmp_path)
    file = tmp_path / "my path" / "01-one.ipynb"
    assert server.address(file) == f"{url}lab/tree/my%20path/01-one.ipynb?token=right"
    assert server.address(file, "one-b-exercise") == (
        f"{url}lab/workspaces/next-one-b-exercise/tree/my%20path/01-one.ipynb?token=right"
        "#cell-id=one-b-exercise"
    )
    workspace = port.put["/base/lab/api/workspaces/next-one-b-exercise"]
    assert workspace["data"]["notebook:my path/01-one.ipynb"]["data"]["path"] == (
        "my path/01-one.ipynb"
    )
    with_password = opening.Server(url, "", tmp_path)
    assert with_password.address(file, "one-b-exercise").endswith("/my%20path/01-one.ipynb")


@pytest.mark.parametrize("has_browser", [True, False])
def test_next_opens_the_cell_in_the_server_that_runs(
    tmp_path, runtime, port, monkeypatch, has_browser
):
    folder = make_folder(tmp_path / "mine")
    write(folder, passed("one.a"))
    notebook(folder.root / "01-one.ipynb", "one", "# exercise: one.a\n...", "# exercise: one.b\n")
    note(runtime, 1, folder.root, port.server_address[1])
    opened = []
    monkeypatch.setattr("webbrowser.open", lambda url: opened.append(url) or has_browser)
    monkeypatch.setattr(opening, "serve", lambda *_: pytest.fail("there is a server"))
    result = pathkit("next", "--folder", folder.root)
    assert result.exit_code == 0, result.output
    assert opened[0].endswith("/01-one.ipynb?token=right#cell-id=c1")
    assert (opened[0] in result.stdout) is not has_browser


def test_next_starts_jupyterlab_where_none_runs(tmp_path, runtime, monkeypatch):
    folder = make_folder(tmp_path / "mine")
    notebook(folder.root / "01-one.ipynb", "one")
    started = []
    monkeypatch.setattr(opening, "serve", lambda *arguments: started.append(arguments) or 3)
    server = opening.Server("http://127.0.0.1/", "t", folder.root.resolve())
    result = pathkit("next", "--folder", folder.root, "--jupyter", "--port=1")
    assert result.exit_code == 3
    [(root, address, browser, extra)] = started
    assert (root, browser, extra) == (folder.root.resolve(), True, ("--port=1",))
    assert address(server) == "http://127.0.0.1/lab/tree/01-one.ipynb?token=t"
    assert "starting JupyterLab" in result.stderr


def test_a_day_without_work_ends_the_streak():
    late = (NOON + timedelta(days=3)).astimezone().date()
    assert overview.figures(replay(PATH, WORK), late)["streak"] == 0

"""`pathkit start` and the JupyterLab that it runs: few lines, one server, a good end."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from pathkit.learner.lab import browser, environment
from pathkit.learner.lab import start as starting
from pathkit.learner.lab.alone import alone
from pathkit.learner.lab.server_log import telling
from pathkit.learner.lab.servers import running
from tests.learner.learner_folders import NAMES, release

posix = pytest.mark.skipif(os.name != "posix", reason="signals and processes of POSIX")

# Stands for JupyterLab: notes itself, answers, and takes its time when it is told to stop.
FAKE = """
import http.server, json, os, signal, sys, threading, time
from pathlib import Path

print("[I 2026-01-01 10:00:00.000 ServerApp] a line of many", flush=True)
print(json.dumps([sys.argv[1:], dict(os.environ)]), flush=True)
for option in sys.argv:
    if option.startswith("--end="):
        print("[C 2026-01-01 10:00:00.000 ServerApp] the reason", flush=True)
        sys.exit(int(option.partition("=")[2]))

class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
    def do_DELETE(self):  # what the browser's Shut Down comes to
        self.do_GET()
        threading.Thread(target=server.shutdown).start()
    def log_message(self, *_):
        pass

time.sleep(float(os.environ.get("FAKE_SLOW", 0)))
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
root = next(o for o in sys.argv if o.startswith("--ServerApp.root_dir=")).partition("=")[2]
runtime = Path(os.environ["JUPYTER_RUNTIME_DIR"])
runtime.mkdir(exist_ok=True)
note = runtime / f"jpserver-{os.getpid()}.json"
note.write_text(json.dumps({"url": f"http://127.0.0.1:{server.server_port}/", "token": "abc",
                            "root_dir": root, "sock": ""}))

def stop(number, frame):
    def end():
        time.sleep(float(os.environ.get("FAKE_LASTS", 0.5)))
        print("ended its kernels", number, flush=True)
        server.shutdown()
    threading.Thread(target=end).start()

signal.signal(signal.SIGINT, stop)
signal.signal(signal.SIGTERM, stop)
server.serve_forever()
note.unlink()
"""
CALL = [sys.executable, "-m", "pathkit"]


@pytest.fixture
def root(tmp_path):
    return release(tmp_path / "old", "1").parent


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "Mein Pfad à 学習 (1)"


@pytest.fixture
def fake(tmp_path, monkeypatch):
    (tmp_path / "fake").mkdir()
    (tmp_path / "fake" / "jupyterlab.py").write_text(FAKE)
    inherited = os.environ.get("PYTHONPATH", "")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path / "fake"), inherited]))
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.fixture
def start(root, folder):
    """Starts one in a process of its own; all are ended after the test."""
    begun = []

    def one(*extra: str, **settings) -> subprocess.Popen:
        command = [*CALL, "--root", str(root), "start", str(folder), "--no-browser"]
        command += [part for option in extra for part in ("--jupyter", option)]
        begun.append(subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", cwd=root,
            start_new_session=os.name == "posix", **settings,
        ))
        return begun[-1]

    yield one
    for process in begun:
        if process.poll() is None:
            process.terminate()
            process.communicate(timeout=60)


def log_of(folder: Path) -> str:
    return (folder / ".pathkit" / "jupyter" / "server.log").read_text()


def called(folder: Path) -> tuple[list[str], dict[str, str]]:
    """The arguments and the environment that JupyterLab got."""
    return json.loads(log_of(folder).splitlines()[1])


# --- what is seen -----------------------------------------------------------------------------


@pytest.mark.slow
def test_a_start_says_what_was_done_the_address_how_to_stop_and_what_to_type(
    root, folder, fake, start
):
    process = start()
    address = process.stdout.readline()
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/lab/tree/00-start-here\.ipynb\?token=abc\n",
                        address)
    said = [process.stderr.readline().rstrip("\n") for _ in range(3)]
    assert said[:2] == [
        f"your folder: {folder}; notebooks copied: 5",
        "Ctrl-C here stops JupyterLab. In another terminal, from this folder:",
    ]
    assert sorted(p.name for p in folder.glob("*.ipynb")) == NAMES
    ran = subprocess.run(["sh", "-c", said[2].replace(" next ", " status ")], cwd=root, text=True,
                         capture_output=True, env={"PATH": os.defpath})
    # The map of this small path is empty, which the command says of the right folder.
    assert f"{folder}/.pathkit/path.json is damaged" in ran.stderr
    arguments, _ = called(folder)
    assert f"--ServerApp.root_dir={folder}" in arguments and "--no-browser" in arguments
    settings = folder / ".pathkit" / "jupyter" / "labconfig" / "default_setting_overrides.json"
    assert json.loads(settings.read_text()) == starting.OVERRIDES


@posix
@pytest.mark.slow
def test_the_log_is_nobody_elses(folder, fake, start):
    start().stdout.readline()
    log = folder / ".pathkit" / "jupyter" / "server.log"
    assert log.stat().st_mode & 0o077 == 0 and "a line of many" in log.read_text()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM] + (
    [signal.SIGHUP] if os.name == "posix" else []))
@posix
@pytest.mark.slow
def test_a_signal_ends_the_server_in_its_own_time(folder, fake, start, number):
    process = start()
    process.stdout.readline()
    os.killpg(process.pid, number)  # what Ctrl-C and a closed terminal do
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert err.splitlines()[-1] == f"stopped; your work is in {folder}"
    assert "ended its kernels 15" in log_of(folder)


@posix
@pytest.mark.slow
def test_ctrl_c_twice_does_not_wait(folder, fake, start, monkeypatch):
    monkeypatch.setenv("FAKE_LASTS", "60")
    process = start()
    process.stdout.readline()
    for _ in range(2):
        os.killpg(process.pid, signal.SIGINT)
        time.sleep(0.5)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 0 and "Ctrl-C again" in err


@posix
@pytest.mark.slow
def test_ctrl_c_while_it_starts_leaves_no_server(folder, fake, start, monkeypatch):
    monkeypatch.setenv("FAKE_SLOW", "30")
    process = start()
    while not (folder / ".pathkit/jupyter/server.log").exists():
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (0, "") and "stopped" in err
    assert "Traceback" not in err and running(folder) is None


@posix
@pytest.mark.slow
def test_what_ignores_hanging_up_goes_on(folder, fake, start):
    process = start(preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    process.stdout.readline()
    os.killpg(process.pid, signal.SIGHUP)
    time.sleep(0.5)
    assert process.poll() is None and running(folder, exactly=True)


@pytest.mark.slow
def test_a_server_that_was_shut_down_in_the_browser(folder, fake, start):
    process = start()
    process.stdout.readline()
    assert running(folder).asked("DELETE", "api/status") == 200
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert err.splitlines()[-1] == f"JupyterLab was stopped; your work is in {folder}"


@pytest.mark.slow
def test_a_server_that_dies_at_its_start_shows_why_and_where_the_rest_is(folder, fake, start):
    process = start("--end=7")
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (7, "")
    assert err.splitlines()[1:] == [
        "JupyterLab didn't start", "    the reason",
        f"all that it said: {folder / '.pathkit/jupyter/server.log'}",
    ]


@pytest.mark.slow
def test_a_server_that_is_only_asked_for_something_shows_its_answer(folder, fake, start):
    out, _ = start("--end=0").communicate(timeout=60)
    assert "a line of many" in out


# --- one server -------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_second_start_finds_the_first(folder, fake, start):
    address = (first := start()).stdout.readline()
    second = start()
    out, err = second.communicate(timeout=60)
    assert (second.returncode, out) == (0, address)
    assert "runs already" in err and first.poll() is None


@posix
@pytest.mark.slow
def test_two_starts_at_the_same_moment_make_one_server(folder, fake, start, monkeypatch, tmp_path):
    monkeypatch.setenv("FAKE_SLOW", "1")
    two = [start(), start()]
    addresses = {process.stdout.readline() for process in two}
    assert len(addresses) == 1
    assert len(list((tmp_path / "runtime").glob("jpserver-*.json"))) == 1


@pytest.mark.slow
def test_a_server_of_a_folder_above_is_no_reason_not_to_start(folder, fake, start, tmp_path):
    above = [sys.executable, str(tmp_path / "fake/jupyterlab.py"),
             f"--ServerApp.root_dir={tmp_path}"]
    server = subprocess.Popen(above, stdout=subprocess.DEVNULL)
    try:
        while running(tmp_path) is None:
            time.sleep(0.05)
        assert start().stdout.readline() != running(tmp_path).url
        assert running(folder).root == folder
    finally:
        server.kill()
        server.wait()


def test_a_file_system_without_locks_does_not_keep_from_starting(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr("fcntl.flock", refuse)
    begun = time.monotonic()
    with alone(tmp_path / "a" / "starting"):
        assert time.monotonic() - begun < 1
    (tmp_path / "file").touch()
    with alone(tmp_path / "file" / "starting"):
        pass


# --- what JupyterLab starts -------------------------------------------------------------------


def test_the_commands_are_on_the_path_of_what_jupyterlab_starts(folder, monkeypatch):
    monkeypatch.setenv("PATH", os.defpath)
    found = shutil.which("pathkit", path=environment.environment(folder)["PATH"])
    assert found and Path(found).parent == Path(sys.executable).parent


@posix
@pytest.mark.parametrize(("shell", "expected"), [
    ("/bin/sh", "/bin/sh"), ("sh", shutil.which("sh")), ("", shutil.which("sh")),
    ("/nowhere/fish", shutil.which("sh")),
])
def test_its_terminals_are_no_login_shells(monkeypatch, shell, expected):
    monkeypatch.setenv("SHELL", shell)
    assert f"--ServerApp.terminado_settings={{'shell_command': [{expected!r}]}}" in (
        environment.options())


@posix
def test_root_may_start_it_and_nobody_else_is_asked_to(monkeypatch):
    for number, expected in ((0, True), (1000, False)):
        monkeypatch.setattr("os.geteuid", lambda number=number: number)
        assert ("--allow-root" in environment.options()) is expected


# --- the line for another terminal ------------------------------------------------------------


@pytest.fixture
def program(tmp_path, monkeypatch):
    """An environment in a folder whose name has a space; nothing of it is on the PATH."""
    home = tmp_path / "my project" / ".venv" / "bin"
    home.mkdir(parents=True)
    (home / "pathkit").write_text('#!/bin/sh\nprintf "%s|" "$@"\n')
    (home / "pathkit").chmod(0o755)
    monkeypatch.setattr(environment, "_program_folders", lambda: [home])
    monkeypatch.setattr("pathkit.learner.folder.checkout", lambda: None)
    monkeypatch.setenv("PATH", os.defpath)
    monkeypatch.delenv("MAKEFLAGS", raising=False)
    return home / "pathkit"


def made(folder: Path) -> Path:
    (folder / ".pathkit").mkdir(parents=True)
    (folder / ".pathkit" / "path.json").touch()
    return folder


@posix
@pytest.mark.parametrize(("stands", "folder", "expected"), [
    ("my project", "my project/my-path", ".venv/bin/pathkit next"),
    ("my project/my-path", "my project/my-path", "'{tmp}/my project/.venv/bin/pathkit' next"),
    ("my project", "my project/it's mine",
     """.venv/bin/pathkit next --folder 'it'"'"'s mine'"""),
    (".", "elsewhere/mine", "'my project/.venv/bin/pathkit' next --folder elsewhere/mine"),
    (".", "my-path", "'my project/.venv/bin/pathkit' next"),
    ("my project/.venv/bin", "mine", "./pathkit next --folder {tmp}/mine"),
])
def test_the_line_for_another_terminal(tmp_path, monkeypatch, program, stands, folder, expected):
    made(tmp_path / folder)
    monkeypatch.chdir(tmp_path / stands)
    line = environment.command_elsewhere(tmp_path / folder, "next")
    assert line == expected.format(tmp=tmp_path)
    for shell in filter(shutil.which, ["sh", "bash", "dash", "zsh", "fish"]):
        ran = subprocess.run([shutil.which(shell), "-c", line], capture_output=True, text=True)
        words = ran.stdout.split("|")[:-1]
        assert words[:1] == ["next"], (shell, ran.stderr)
        assert len(words) == 1 or Path(words[2]).resolve() == tmp_path / folder, shell


@posix
def test_the_line_where_make_was_sent_elsewhere(tmp_path, monkeypatch, program):
    """`make -C PROJECT start`: nobody stands in the project."""
    home, elsewhere = made(tmp_path / "my project" / "my-path"), tmp_path
    monkeypatch.chdir(tmp_path / "my project")
    monkeypatch.setenv("MAKEFLAGS", "w")
    line = environment.command_elsewhere(home, "next")
    ran = subprocess.run(["sh", "-c", line], capture_output=True, text=True, cwd=elsewhere)
    assert ran.stdout == f"next|--folder|{home}|", ran.stderr
    for flags in ("", " --no-print-directory", "k"):
        monkeypatch.setenv("MAKEFLAGS", flags)
        assert environment.command_elsewhere(home, "next") == ".venv/bin/pathkit next"


@posix
def test_a_command_that_every_terminal_finds_is_named_shortly(tmp_path, monkeypatch, program):
    made(tmp_path / "my-path")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.defpath}")
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    monkeypatch.delenv("CONDA_PREFIX", raising=False)
    assert environment.command_elsewhere(tmp_path / "my-path", "next") == "pathkit next"
    monkeypatch.setenv("VIRTUAL_ENV", str(program.parents[1]))
    line = environment.command_elsewhere(tmp_path / "my-path", "next")
    assert shlex.split(line) == ["my project/.venv/bin/pathkit", "next"]


def test_python_runs_it_as_a_module(tmp_path):
    ran = subprocess.run([*CALL, "--version"], capture_output=True, text=True, cwd=tmp_path)
    assert ran.returncode == 0 and ran.stdout.startswith("pathkit, version "), ran.stderr


# --- browsers, and what a log tells -----------------------------------------------------------


@pytest.mark.parametrize(("name", "variable", "expected"), [
    ("www-browser", "", False), ("/usr/bin/lynx", "", False), ("w3m", "w3m", True),
    ("xdg-open", "", True), (None, "", True),
])
def test_no_browser_takes_over_the_terminal(monkeypatch, name, variable, expected):
    opened = []
    browser_found = type("Browser", (), {"name": name})
    monkeypatch.setattr("webbrowser.get", browser_found)
    monkeypatch.setattr("webbrowser.open", lambda address: not opened.append(address))
    monkeypatch.setenv("BROWSER", variable)
    assert browser.in_browser("http://x") is expected and bool(opened) is expected


def test_a_browser_that_comes_back_only_when_it_is_closed_has_opened_it(monkeypatch):
    monkeypatch.setattr(browser, "SECONDS", 0.1)
    monkeypatch.setattr("webbrowser.open", lambda address: time.sleep(1))
    assert browser.in_browser("http://x") is True


def test_a_machine_without_a_browser(monkeypatch):
    def none(*_):
        import webbrowser

        raise webbrowser.Error("could not locate runnable browser")

    monkeypatch.setattr("webbrowser.get", none)
    monkeypatch.setattr("webbrowser.open", none)
    assert browser.in_browser("http://x") is False


@pytest.mark.parametrize(("text", "expected"), [
    ("", []),
    ("[I 2026-01-01 10:00:00 LabApp] fine\n[E 10:00 ServerApp] one\n[C 10:00 S] two",
     ["one", "two"]),
    ("Traceback (most recent call last):\n  File 'x'\nModuleNotFoundError: No module named 'z'\n",
     ["ModuleNotFoundError: No module named 'z'"]),
    ("a\nb\n\nc\n[W 10:00 S] d\n", ["b", "c", "d"]),
    ("[C 1 S] the same\n" * 9, ["the same"]),
])
def test_what_a_log_tells(text, expected):
    assert telling(text) == expected


# --- the real one -----------------------------------------------------------------------------


@pytest.fixture
def own_home(tmp_path, monkeypatch):
    """A home where a login shell sets PATH anew, as /etc/profile of Debian does."""
    for name in ("CONFIG", "DATA", "RUNTIME"):
        monkeypatch.setenv(f"JUPYTER_{name}_DIR", str(tmp_path / name))
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".profile").write_text(f"PATH={os.defpath}\n")


@posix
@pytest.mark.slow
def test_the_commands_are_found_in_a_terminal_and_in_a_notebook(
    folder, start, own_home, monkeypatch
):
    websocket = pytest.importorskip("websocket", reason="pip install websocket-client")
    monkeypatch.setenv("PATH", os.defpath)
    monkeypatch.setenv("SHELL", "/bin/sh")
    assert start("--ip=127.0.0.1").stdout.readline()
    server = running(folder, exactly=True)

    def connected(path: str):
        address = server.url.replace("http", "ws", 1) + path
        return websocket.create_connection(
            address, timeout=60, header=[f"Authorization: token {server.token}"])

    def made(path: str, **data: str) -> dict:
        request = urllib.request.Request(
            server.url + path, data=json.dumps(data).encode(), method="POST",
            headers={"Authorization": f"token {server.token}"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    terminal = connected(f"terminals/websocket/{made('api/terminals')['name']}")
    terminal.send(json.dumps(["stdin", "pathkit --version | tr a-z A-Z\n"]))
    said = ""
    while "PATHKIT, VERSION" not in said:
        said += str(json.loads(terminal.recv())[-1])
        assert "not found" not in said

    kernel = connected(f"api/kernels/{made('api/kernels', name='python3')['id']}/channels")
    content = {"code": "!pathkit --version", "silent": False}
    kernel.send(json.dumps({
        "channel": "shell", "content": content, "metadata": {}, "parent_header": {},
        "header": {"msg_id": "1", "msg_type": "execute_request", "session": "s",
                   "username": "", "version": "5.3"},
    }))
    said = ""
    while "pathkit, version" not in said:
        message = json.loads(kernel.recv())
        said += message["content"].get("text", "") if message["msg_type"] == "stream" else ""
        assert "not found" not in said


@pytest.mark.slow
def test_port_that_is_taken(folder, start, own_home):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = start("--ip=127.0.0.1", f"--ServerApp.port={port}", "--ServerApp.port_retries=0")
        _, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert f"port {port} is not available" in err and "server.log" in err
    assert "Traceback" not in err and len(err.splitlines()) < 7

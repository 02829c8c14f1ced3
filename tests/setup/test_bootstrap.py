"""Set-up, tried with a fake Python and pip that only note what they were asked to do."""

import ast
import errno
import http.server
import importlib.util
import json
import os
import platform as this_platform
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from pathkit import bootstrap
from pathkit.setup import command_runner, project_folder, supported, torch_build

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the fake Python is a shell script")
REPO = Path(bootstrap.__file__).resolve().parents[2]
VERSION = "{}.{}".format(*sys.version_info[:2])
FAKE = r"""#!/bin/sh
printf '%s\n' "$*" >> "$FAKE/log"
dist() { mkdir -p "$1" && echo x > "$1/METADATA" && echo pip > "$1/INSTALLER" && : > "$1/RECORD"; }
case "$*" in
  *"-m venv "*) key=venv ;;
  *--editable*) key=install ;;
  *--dry-run*) key=which ;;
  *"pip uninstall"*) key=uninstall ;;
  *torch==*) key=torch ;;
  *"-m pip --version"*) key=pip ;;
  *) key=load ;;
esac
while [ -e "$FAKE/hold-$key" ]; do sleep 0.05; done
if [ -e "$FAKE/fail-$key" ]; then cat "$FAKE/fail-$key"; exit 1; fi
case $key in
  venv)
    for last; do :; done
    mkdir -p "$last/bin"
    cp "$0" "$last/bin/python"
    printf 'home = %s\nversion = %s.1\n' "$(dirname "$0")" "$FAKE_VERSION" > "$last/pyvenv.cfg"
    dist "$last/lib/python3.x/site-packages/pip-1.dist-info" ;;
  install)
    : > "$(dirname "$0")/pathkit"
    dist "$(dirname "$0")/../lib/python3.x/site-packages/torch-2.13.0.dist-info" ;;
  which)
    for last; do :; done
    if [ -e "$FAKE/report" ]; then cp "$FAKE/report" "$last"; fi ;;
  uninstall) rm -rf "$(dirname "$0")/../lib/python3.x/site-packages/"pathkit-* ;;
  torch) dist "$(dirname "$0")/../lib/python3.x/site-packages/torch-2.13.0+cpu.dist-info" ;;
esac
"""


class Machine:
    """A project's folder, a fake Python and what they were asked."""

    def __init__(self, folder: Path, monkeypatch, capfd):
        self.root, self.fake, self.capfd = folder / "my project", folder / "fake", capfd
        self.venv = self.root / ".venv"
        (self.root / "src/pathkit").mkdir(parents=True)
        self.fake.mkdir()
        for name in ("pyproject.toml", "constraints.txt", "src/pathkit/bootstrap.py", "Makefile"):
            shutil.copy(REPO / name, self.root / name)
        shutil.copytree(REPO / "src/pathkit/setup", self.root / "src/pathkit/setup")
        self.python = self.fake / "python3"
        self.python.write_text(FAKE)
        self.python.chmod(0o755)
        self.monkeypatch = monkeypatch
        monkeypatch.setenv("FAKE", str(self.fake))
        monkeypatch.setenv("FAKE_VERSION", VERSION)
        monkeypatch.setenv("PATHKIT_TORCH_INDEX", "")
        monkeypatch.setattr(project_folder, "ROOT", self.root)
        monkeypatch.setattr(sys, "executable", str(self.python))
        monkeypatch.setattr(sys, "prefix", sys.base_prefix)
        monkeypatch.setattr(signal, "signal", lambda *_: None)
        monkeypatch.chdir(self.root)

    def run(self, *arguments: str):
        """The exit code, the commands, and the lines on the two streams."""
        self.monkeypatch.setattr(sys, "argv", ["bootstrap.py", *arguments])
        (self.fake / "log").unlink(missing_ok=True)
        code = bootstrap.main()
        out, err = self.capfd.readouterr()
        return code, self.log(), out.splitlines(), err.splitlines()

    def log(self) -> list:
        log = self.fake / "log"
        return log.read_text().splitlines() if log.exists() else []

    def set_up(self, *arguments: str):
        assert self.run(*arguments)[0] == 0

    def fail(self, step: str, text: str):
        (self.fake / f"fail-{step}").write_text(text)

    def mend(self):
        for file in self.fake.glob("fail-*"):
            file.unlink()

    def stamp(self) -> dict:
        return json.loads((self.venv / ".pathkit-setup").read_text())

    @property
    def site(self) -> Path:
        return self.venv / "lib/python3.x/site-packages"


@pytest.fixture
def machine(tmp_path, monkeypatch, capfd):
    return Machine(tmp_path, monkeypatch, capfd)


def kinds(commands: list) -> str:
    """The commands in short.

    v makes, p asks for pip, d finds torch, t installs it, u takes away, i the rest, l tries it.
    """
    patterns = {"v": "-m venv ", "p": "pip --version", "i": "--editable", "d": "--dry-run",
                "u": "pip uninstall", "t": "torch==", "l": "import torch"}
    return "".join(next(k for k, p in patterns.items() if p in c) for c in commands)


# --- the ordinary course


def test_first_time_makes_installs_and_tries(machine):
    code, commands, out, err = machine.run()
    assert (code, kinds(commands), err) == (0, "vdil", [])
    assert commands[0] == f"-m venv {machine.venv}"
    assert commands[2] == (f"-I -m pip install --constraint {machine.root}/constraints.txt "
                           f"--editable {machine.root}")
    assert out[0] == "making .venv"
    assert machine.stamp()["done"] is True


def test_second_time_runs_nothing_and_is_quick(machine):
    machine.set_up()
    begun = time.monotonic()
    assert machine.run() == (0, [], [], [])
    assert time.monotonic() - begun < 0.5


def test_what_the_tests_need_is_added_and_stays(machine):
    machine.set_up()
    code, commands, _, _ = machine.run("--test")
    assert code == 0 and kinds(commands) == "pil"
    assert commands[1].endswith(f"--editable {machine.root}[test]")
    assert machine.run()[1] == []
    (machine.root / "constraints.txt").write_text("click==8.5.1\n")
    assert machine.run()[1][1].endswith("[test]")


@pytest.mark.parametrize("name, old, new, again", [
    ("constraints.txt", "rich==", "rich==1", True),
    ("pyproject.toml", '"rich>=13"', '"rich>=14"', True),
    ("pyproject.toml", "[project.scripts]", "[project.scripts]\nother = 'pathkit.cli:main'", True),
    ("pyproject.toml", "line-length = 100", "line-length = 99", False),
])
def test_installs_again_when_what_is_installed_changes(machine, name, old, new, again):
    machine.set_up()
    file = machine.root / name
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))
    assert kinds(machine.run()[1]) == ("pil" if again else "")
    assert machine.run()[1] == []


def test_what_was_installed_under_the_former_name_makes_room(machine):
    """This project's own former record, or the project that has the name on package indexes."""
    machine.set_up()
    (machine.site / "pathkit-0.1.4.dist-info").mkdir()
    (machine.root / "src/pathkit.egg-info").mkdir()
    code, commands, _, err = machine.run()
    assert (code, kinds(commands), err) == (0, "puil", [])
    assert commands[1] == "-I -m pip uninstall --yes pathkit"
    assert not (machine.root / "src/pathkit.egg-info").exists()
    assert machine.run()[1] == []


def test_a_former_name_that_cannot_be_removed_is_one_line(machine):
    machine.set_up()
    (machine.site / "pathkit-0.1.0.dist-info").mkdir()
    machine.fail("uninstall", "error: uninstall-no-record-file\n")
    code, _, _, err = machine.run()
    assert (code, len(err)) == (4, 1)
    assert "former name" in err[0] and "uninstall-no-record-file" in err[0]


@pytest.mark.slow
def test_long_work_says_that_it_goes_on_where_there_is_no_terminal(machine, monkeypatch):
    monkeypatch.setattr(command_runner, "PULSE", 0.05)
    (machine.fake / "hold-install").touch()
    done = threading.Timer(1, (machine.fake / "hold-install").unlink)
    done.start()
    code, _, out, _ = machine.run()
    done.join()
    assert code == 0
    assert [line for line in out if re.fullmatch(r"  0:0\d  still installing", line)]


def test_venv_elsewhere(machine, tmp_path):
    machine.set_up("--venv", str(tmp_path / "deep/er/en v"))
    assert (tmp_path / "deep/er/en v/bin/pathkit").exists() and not machine.venv.exists()


def test_environment_for_pip(monkeypatch):
    for name in ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "PIP_USER"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("PIP_CERT", "mine")
    got = command_runner.environment_for_pip()
    assert not {"PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX"} & set(got)
    assert (got["PIP_USER"], got["PIP_NO_INPUT"], got["PIP_CERT"]) == ("0", "1", "mine")


# --- environments that don't fit


def edit_stamp(where, **changed):
    (where.venv / ".pathkit-setup").write_text(json.dumps({**where.stamp(), **changed}))


def other_python(machine):
    (machine.venv / "pyvenv.cfg").write_text(f"home = {machine.fake}\nversion = 3.9.2\n")
    edit_stamp(machine, python="3.9")


def python_is_gone(machine):
    (machine.venv / "bin/python").unlink()


def home_is_gone(machine):
    (machine.venv / "pyvenv.cfg").write_text(f"home = /nowhere\nversion = {VERSION}.1\n")


def moved(machine):
    edit_stamp(machine, venv="/old/.venv", root="/old")


def other_machine(machine):
    edit_stamp(machine, machine="Plan9 mips")


def settings_are_missing(machine):
    (machine.venv / "pyvenv.cfg").unlink()
    edit_stamp(machine, done=False)


def pip_is_half_there(machine):
    (machine.site / "pip-1.dist-info/INSTALLER").unlink()
    edit_stamp(machine, done=False)


@pytest.mark.parametrize("spoil, said", [
    (other_python, "made by Python 3.9.2"), (python_is_gone, "incomplete"),
    (home_is_gone, "the Python that made it is gone"), (moved, "moved"),
    (other_machine, "another kind of machine"), (settings_are_missing, "incomplete"),
    (pip_is_half_there, "incomplete"),
])
def test_made_anew_with_one_line_that_says_so(machine, spoil, said):
    machine.set_up()
    spoil(machine)
    (machine.venv / "old file").touch()
    code, commands, out, err = machine.run()
    assert (code, kinds(commands).strip("p"), err) == (0, "vdil", [])
    assert [line for line in out if "anew" in line] == out[:1]
    assert out[0].startswith("making .venv anew: ") and said in out[0]
    assert not (machine.venv / "old file").exists()
    assert machine.run()[1] == []


def test_environment_without_pip_is_made_anew(machine):
    machine.set_up()
    (machine.venv / ".pathkit-setup").unlink()
    machine.fail("pip", "No module named pip")
    code, commands, out, _ = machine.run()
    assert code == 0 and kinds(commands) == "pvdil" and "incomplete" in out[0]


@pytest.mark.parametrize("stamp", ['["of", "an", "older", "version"]', "{", "{}", ""])
def test_environment_of_ones_own_that_fits_is_filled_not_emptied(machine, stamp):
    machine.set_up()
    (machine.venv / "mine").touch()
    (machine.venv / ".pathkit-setup").write_text(stamp)
    code, commands, _, _ = machine.run()
    assert code == 0 and kinds(commands) == "pil" and (machine.venv / "mine").exists()


def test_folder_that_is_no_environment_is_left_alone(machine):
    for name in ("src", "."):
        code, commands, _, err = machine.run("--venv", name)
        assert (code, commands, len(err)) == (4, [], 1) and "stays as it is" in err[0]
    assert (machine.root / "src/pathkit/bootstrap.py").exists()
    code, _, _, err = machine.run("--venv", "Makefile")
    assert code == 4 and len(err) == 1


def test_environment_of_another_project_is_left_alone(machine, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.9.1\n")
    code, commands, _, err = machine.run("--venv", str(other))
    assert (code, commands, len(err)) == (4, [], 1)
    assert (other / "pyvenv.cfg").exists()


def test_active_environment_can_be_made_anew(machine):
    machine.set_up()
    moved(machine)
    inside = machine.venv / "bin/python"
    machine.monkeypatch.setattr(sys, "executable", str(inside))
    machine.monkeypatch.setattr(sys, "prefix", str(machine.venv))
    machine.monkeypatch.setattr(sys, "_base_executable", str(machine.python))
    assert machine.run()[0] == 0 and (machine.venv / "bin/pathkit").exists()


# --- set-ups cut short


def test_failed_set_up_is_gone_on_with(machine):
    machine.fail("install", "ERROR: something new\n")
    code, _, _, err = machine.run()
    assert code == 4 and machine.stamp()["done"] is False
    assert err == ["set-up failed: ERROR: something new (details: .venv/pathkit-setup.log)"]
    machine.mend()
    code, commands, out, err = machine.run()
    assert (code, kinds(commands), err) == (0, "pdil", []) and "cut short" in out[0]
    assert machine.run()[1] == []


def test_unfinished_packages_are_forgotten_whole_ones_stay(machine):
    machine.fail("install", "killed")
    machine.run()
    (machine.site / "~umpy").mkdir()
    (machine.site / "~idle.py").touch()
    (machine.site / "mod.py").write_text("12345")
    records = {"good": "mod.py,sha256=x,5\nmod.pyc,,\ngood-1.dist-info/RECORD,,\n",
               "cut": "mod.py,sha256=x,6\n", "gone": "gone.py,,\n", "none": None}
    for name, record in records.items():
        info = machine.site / f"{name}-1.dist-info"
        info.mkdir()
        for file in ("METADATA", "INSTALLER"):
            (info / file).touch()
        if record is not None:
            (info / "RECORD").write_text(record)
    machine.mend()
    machine.set_up()
    left = sorted(path.name for path in machine.site.iterdir())
    assert left == ["good-1.dist-info", "mod.py", "pip-1.dist-info", "torch-2.13.0.dist-info"]


def test_ctrl_c_stops_with_one_line_and_130(machine, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(command_runner.CommandRunner, "_wait", interrupt)
    code, _, _, err = machine.run()
    assert code == 130
    assert err == ["", "set-up stopped; the same command goes on from here"]
    monkeypatch.undo()


def start(machine) -> subprocess.Popen:
    """A set-up in a process of its own, by a Python that calls the fake one."""
    code = (f"import sys; sys.executable = {str(machine.python)!r}; sys.prefix = sys.base_prefix;"
            "import runpy; sys.argv = ['bootstrap.py'];"
            "runpy.run_path('src/pathkit/bootstrap.py', run_name='__main__')")
    return subprocess.Popen([REAL, "-c", code], cwd=machine.root, text=True,
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT)


REAL = sys.executable


def wait_for(condition, seconds: float = 8):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture
def held_install(machine):
    """Pip installs until this file is removed: no test depends on how fast a machine is."""
    hold = machine.fake / "hold-install"
    hold.touch()
    yield hold
    hold.unlink(missing_ok=True)


def test_kill_9_leaves_pip_its_lock_and_the_next_run_goes_on(machine, held_install):
    first = start(machine)
    wait_for(lambda: kinds(machine.log()).endswith("i"))
    first.kill()
    first.communicate()
    second = start(machine)
    assert second.stdout.readline() == "another set-up is under way: waiting for it\n"
    held_install.unlink()
    out = second.communicate(timeout=9)[0].splitlines()
    assert second.returncode == 0, out
    assert "cut short" in out[0]
    assert kinds(machine.log()) == "vdipil"


def test_sigterm_stops_pip_as_well(machine, held_install):
    process = start(machine)
    wait_for(lambda: kinds(machine.log()).endswith("i"))
    process.terminate()
    assert "set-up stopped" in process.communicate(timeout=9)[0]
    assert process.returncode == 130


# --- what can go wrong, in one line each

NO_NETWORK = """WARNING: Retrying (Retry(total=4, connect=None)) after connection broken by
'NewConnectionError('<pip._vendor.urllib3.connection.HTTPSConnection object at 0x7f>: Failed to
establish a new connection: [Errno -3] Temporary failure in name resolution')': /simple/setuptools/
ERROR: Could not find a version that satisfies the requirement setuptools>=77
ERROR: No matching distribution found for setuptools>=77
"""


@pytest.mark.parametrize("text, said", [
    (NO_NETWORK, "is there network"),
    ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n",
     "the disk is full"),
    ("OSError: [Errno 122] Disk quota exceeded", "the disk is full"),
    ("ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: '/x'\n",
     "read-only"),
    ("OSError: [Errno 30] Read-only file system: 'x'", "read-only"),
    ("ERROR: ResolutionImpossible: for help visit ...", "contradict"),
    ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]'))", "certificate"),
    ("ERROR: No matching distribution found for torch==2.13.0\n", "3.11 to 3.14"),
    ("ERROR: No matching distribution found for click==8.5.1\n", "there is no click==8.5.1"),
    ("Building wheel\nerror: command 'gcc' failed\n  note: this is from a package\n",
     "command 'gcc' failed"),
    ("", "no reason was given"),
])
def test_what_pip_says_becomes_one_line_and_exit_code_4(machine, text, said):
    machine.fail("install", text)
    code, _, _, err = machine.run()
    assert (code, len(err)) == (4, 1)
    assert said in err[0] and "details: .venv/pathkit-setup.log" in err[0]
    assert text in (machine.venv / "pathkit-setup.log").read_text()


def test_installed_but_broken(machine):
    machine.fail("load", "Traceback:\nOSError: libgomp.so.1: cannot open shared object file\n")
    code, _, _, err = machine.run()
    assert (code, len(err)) == (4, 1) and "libgomp" in err[0] and "remove .venv" in err[0]
    assert machine.stamp()["done"] is False


def test_no_ensurepip(machine, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    code, commands, out, err = machine.run()
    assert (code, commands, out, len(err)) == (4, [], [], 1)
    assert f"sudo apt install python{VERSION}-venv" in err[0]
    assert not machine.venv.exists()


def test_venv_fails(machine):
    machine.fail("venv", "Error: Command '[... '-m', 'ensurepip']' returned non-zero\n")
    code, _, _, err = machine.run()
    assert (code, len(err)) == (4, 1) and "python3-venv" in err[0]
    machine.mend()
    assert machine.run()[0] == 0


def test_little_room(machine, monkeypatch):
    usage = shutil._ntuple_diskusage(10, 9, 1_200_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage)
    code, commands, _, err = machine.run()
    assert (code, commands, len(err)) == (4, [], 1)
    assert "2 GB" in err[0] and "1.2 GB are free" in err[0]


@pytest.mark.parametrize("number, said", [
    (errno.EROFS, "read-only"), (errno.EACCES, "read-only"), (errno.ENOSPC, "disk is full"),
])
def test_folder_that_cannot_be_written(machine, monkeypatch, number, said):
    def refuse(path, *_, **__):
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr(Path, "mkdir", refuse)
    code, commands, out, err = machine.run()
    assert (code, commands, out, len(err)) == (4, [], [], 1) and said in err[0]


def test_broken_pyproject(machine):
    (machine.root / "pyproject.toml").write_text("[project\n")
    code, commands, _, err = machine.run()
    assert (code, commands, len(err)) == (4, [], 1) and "pyproject.toml" in err[0]


def test_old_python(machine, monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    code, commands, out, err = machine.run()
    assert (code, commands, out, len(err)) == (4, [], [], 1)
    assert "Python 3.11 or newer" in err[0]


PARTS = sorted((REPO / "src/pathkit/setup").glob("*.py"))


@pytest.mark.parametrize("file", [REPO / "src/pathkit/bootstrap.py", *PARTS], ids=lambda f: f.stem)
def test_old_pythons_can_read_it_as_far_as_the_line_that_says_so(file):
    source = file.read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 6))
    assert not any(isinstance(node, ast.ImportFrom) and node.module == "__future__"
                   for node in tree.body)
    top = {name.name for node in tree.body if isinstance(node, ast.Import) for name in node.names}
    assert "tomllib" not in top
    hints = [hint for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)
             for hint in (node.returns, *(a.annotation for a in node.args.args)) if hint]
    assert not any(isinstance(hint, ast.Subscript | ast.BinOp) for hint in hints)


def test_run_by_path_it_needs_nothing_but_itself_and_the_standard_library(machine):
    code = ("import runpy, sys; runpy.run_path('src/pathkit/bootstrap.py', run_name='tried');"
            "print(sorted({name.partition('.')[0] for name in sys.modules}))")
    ran = subprocess.run([REAL, "-I", "-S", "-c", code], cwd=machine.root, text=True,
                         capture_output=True)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert set(ast.literal_eval(ran.stdout)) - set(sys.stdlib_module_names) == {"__main__", "setup"}


# --- where torch comes from


class Index(http.server.BaseHTTPRequestHandler):
    status = 200

    def do_GET(self):
        self.send_response(self.status if self.path == "/whl/torch/" else 404)
        self.end_headers()
        self.wfile.write(b"<html></html>")

    def log_message(self, *_):
        pass


@pytest.fixture
def index():
    """The address of a server that answers as PyTorch's index does; its class sets the status."""
    kind = type("Answers", (Index,), {})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), kind)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02},
                     daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/whl", kind
    server.shutdown()
    server.server_close()


def test_cpu_build_from_its_index_with_nothing_else(machine, index, monkeypatch):
    monkeypatch.setenv("PATHKIT_TORCH_INDEX", index[0])
    code, commands, out, _ = machine.run()
    assert code == 0 and kinds(commands) == "vdtil"
    assert commands[2] == (f"-I -m pip install --no-deps --index-url {index[0]} --retries 1 "
                           "--timeout 15 torch==2.13.0")
    assert commands[1].startswith(f"{commands[2]} --dry-run ")
    assert not any("GB" in line for line in out)
    # Once it's there it's not asked for again.
    (machine.root / "constraints.txt").write_text("")
    assert kinds(machine.run()[1]) == "pil"


def test_index_that_lacks_the_wheel(machine, index, monkeypatch):
    monkeypatch.setenv("PATHKIT_TORCH_INDEX", index[0] + "/")
    machine.fail("torch", "ERROR: No matching distribution found for torch==2.13.0\n")
    code, commands, out, err = machine.run()
    assert (code, kinds(commands), err) == (0, "vdtdil", [])
    host = re.search(r"//([^/]+)/", index[0])[1]
    said = out.index(f"{host} has no torch==2.13.0 for this Python and machine")
    assert out[said + 1] == "torch==2.13.0 comes from the default package index"
    assert out[said + 2].startswith("installing")


def test_full_disk_does_not_lead_to_a_larger_download(machine, index, monkeypatch):
    monkeypatch.setenv("PATHKIT_TORCH_INDEX", index[0])
    machine.fail("torch", "OSError: [Errno 28] No space left on device")
    code, commands, _, err = machine.run()
    assert (code, kinds(commands), len(err)) == (4, "vdt", 1) and "disk is full" in err[0]


CUDA = ["filelock",
        'nvidia-cublas==13; platform_system == "Linux" and platform_machine == "x86_64"']
ON_LINUX = {"platform": "linux", "system": "Linux", "machine": "x86_64"}
ON_ARM = {**ON_LINUX, "machine": "aarch64"}
ON_MAC = {"platform": "darwin", "system": "Darwin", "machine": "arm64"}


@pytest.mark.parametrize("version, needs, where, said", [
    ("2.13.0", CUDA, ON_LINUX, ": the build with CUDA, up to 2.7 GB with what it needs"),
    ("2.13.0", CUDA, ON_ARM, ": the build for the CPU, about 200 MB"),
    ("2.13.0+cpu", ["filelock"], ON_LINUX, ": the build for the CPU, about 200 MB"),
    ("2.13.0", ["nvidia-x; extra == 'gpu'"], ON_MAC, ": the build for the CPU, about 120 MB"),
    ("2.13.0+rocm7", ["filelock"], ON_LINUX, ": the build for rocm7"),
    (None, None, ON_LINUX, ""),
])
def test_what_is_said_of_torch_is_what_pip_would_install(
    machine, index, monkeypatch, version, needs, where, said
):
    if version:
        report = {"install": [{"metadata": {"version": version, "requires_dist": needs}}]}
        (machine.fake / "report").write_text(json.dumps(report))
    monkeypatch.setattr(sys, "platform", where["platform"])
    monkeypatch.setattr(this_platform, "system", lambda: where["system"])
    monkeypatch.setattr(this_platform, "machine", lambda: where["machine"])
    code, commands, out, _ = machine.run()
    assert (code, kinds(commands)) == (0, "vdil")
    assert out[1] == f"torch==2.13.0 comes from the default package index{said}"
    assert not (machine.venv / "torch.json").exists()

    shutil.rmtree(machine.venv)
    monkeypatch.setenv("PATHKIT_TORCH_INDEX", index[0])
    host = re.search(r"//([^/]+)/", index[0])[1]
    assert machine.run()[2][1] == f"installing torch from {host}{said}"


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_the_index_of_cpu_builds_is_asked_on_linux_alone(machine, monkeypatch, platform):
    monkeypatch.delenv("PATHKIT_TORCH_INDEX")
    asked = []
    monkeypatch.setattr(torch_build, "answers", asked.append)
    monkeypatch.setattr(sys, "platform", platform)
    code, commands, _, _ = machine.run()
    assert code == 0 and kinds(commands) == "vdil"
    assert asked == ([supported.CPU_INDEX] if platform == "linux" else [])


@pytest.mark.parametrize("status, answers", [(200, True), (404, False), (403, False), (503, False)])
def test_index_answers(index, status, answers):
    index[1].status = status
    assert torch_build.answers(index[0]) is answers


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(torch_build, "PATIENCE", 0.4)
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < 2


@pytest.fixture
def listener():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        yield server


def address(server, scheme="http"):
    return f"{scheme}://127.0.0.1:{server.getsockname()[1]}/whl"


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_host_that_accepts_and_never_answers(impatient, listener, scheme):
    assert torch_build.answers(address(listener, scheme)) is False


def test_host_whose_packets_are_dropped(impatient, listener):
    clients = [socket.socket() for _ in range(4)]  # a full queue: further ones get no reply
    for client in clients:
        client.setblocking(False)
        client.connect_ex(listener.getsockname())
    assert torch_build.answers(address(listener)) is False
    for client in clients:
        client.close()


def test_host_that_drips(impatient, listener):
    def drip():
        client, _ = listener.accept()
        client.sendall(b"HTTP/1.1 200 OK\r\n")
        for _ in range(20):
            time.sleep(0.05)
            try:
                client.sendall(b"X-A: b\r\n")
            except OSError:
                break
        client.close()

    threading.Thread(target=drip, daemon=True).start()
    assert torch_build.answers(address(listener)) is False


def test_host_that_refuses_or_is_no_address(impatient):
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port = server.getsockname()[1]
    for index in (f"http://127.0.0.1:{port}/whl", "nonsense", "http://", "file:///nowhere"):
        assert torch_build.answers(index) is False


# --- the Makefile and the scripts


def make(folder: Path, *arguments: str, path: str):
    program = shutil.which("make") or pytest.skip("no make")
    return subprocess.run([program, "-C", str(folder), "--no-print-directory", *arguments],
                          env={"PATH": path}, stdin=subprocess.DEVNULL, text=True,
                          capture_output=True)


def python_for_make(folder: Path, name: str, suits: bool):
    folder.mkdir(exist_ok=True, parents=True)
    file = folder / name
    file.write_text(f'#!/bin/sh\nif [ "$1" = -c ]; then exit {0 if suits else 1}; fi\n'
                    'echo "$0" "$@"\n')
    file.chmod(0o755)
    return file


def test_make_takes_the_first_python_that_suits(machine, tmp_path):
    folder = tmp_path / "with space"
    python_for_make(folder, "python3", False)
    python_for_make(folder, "python3.12", True)
    got = make(machine.root, "setup", path=str(folder))
    # /bin/sh finds what it runs on its own PATH, so no program but these is there.
    assert got.returncode == 0, got.stderr
    assert got.stdout.split(" src/")[0] == str(folder / "python3.12")
    assert got.stdout.strip().endswith("src/pathkit/bootstrap.py --venv .venv")
    named = python_for_make(folder, "my python", True)
    got = make(machine.root, "setup-test", f"PYTHON={named}", "VENV=a b", path="")
    assert got.stdout.strip() == f"{named} src/pathkit/bootstrap.py --venv a b --test"


def test_make_without_python_says_what_to_do(machine, tmp_path):
    python_for_make(tmp_path / "bin", "python3", False)
    for target in ("start", "test"):
        got = make(machine.root, target, path=str(tmp_path / "bin"))
        assert got.returncode == 2 and got.stdout == ""
        lines = [line for line in got.stderr.splitlines() if not line.startswith("make")]
        assert len(lines) == 1 and "Python 3.11 to 3.14" in lines[0] and "PYTHON=" in lines[0]


def test_versions_agree_between_makefile_ci_and_bootstrap():
    for name in ("Makefile", ".ci/run"):
        text = (REPO / name).read_text(encoding="utf-8")
        bounds = re.search(r"\((\d+), (\d+)\) <= sys.version_info\[:2\] <= \((\d+), (\d+)\)", text)
        oldest, newest = supported.OLDEST, supported.NEWEST
        assert tuple(map(int, bounds.groups())) == oldest + newest, name
        for minor in range(oldest[1], newest[1] + 1):
            assert f"python3.{minor}" in text, name


def test_the_script_of_ci_parses():
    shell = shutil.which("bash") or "sh"
    assert subprocess.run([shell, "-n", str(REPO / ".ci/run")]).returncode == 0

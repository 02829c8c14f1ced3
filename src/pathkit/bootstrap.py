"""Set up .venv on a fresh machine; run by path with any Python, before anything is installed.

    python3 src/pathkit/bootstrap.py [--venv DIR] [--test]

Standard library only. Does nothing when the last set-up still fits; one that was cut short is
gone on with. PATHKIT_TORCH_INDEX names another index for torch; set to nothing, it means the
default index, which on Linux has the CUDA build.
"""

# No syntax or annotation here that Python 3.6 can't read: an old Python must get as far as the
# line that says it's too old.

import argparse
import errno
import hashlib
import importlib.util
import json
import os
import platform
import re
import shutil
import signal
import ssl
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: no lock there
    fcntl = None

TORCH = "torch==2.13.0"
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
ROOT = Path(__file__).resolve().parents[2]
OLDEST, NEWEST = (3, 11), (3, 14)
FORMER = "pathkit"
"""Under which name this project was installed before."""
STAMP, LOG = ".pathkit-setup", "pathkit-setup.log"
PATIENCE = 5.0
"""Seconds in which PyTorch's index has to answer."""
PULSE = 30.0
"""Seconds after which a line says that it goes on, where there is no terminal to count them."""
ROOM = 2_000_000_000
"""Bytes that an environment with the CPU build takes."""
OK, ENVIRONMENT, INTERRUPTED = 0, 4, 130
FULL = "the disk is full. Free about 3 GB (9 GB where torch brings CUDA along), then run this again"
FORBIDDEN = "a file or folder can't be written: is the disk or the project's folder read-only?"


class Problem(Exception):
    """What keeps the set-up from going on, in one line."""


def main() -> int:
    """Create or refresh the environment; returns an exit code."""
    if sys.version_info < OLDEST:
        return _fail(f"Python 3.11 or newer is needed, this is {platform.python_version()} "
                     f"({sys.executable}). Name a newer one: make start PYTHON=python3.12")
    arguments = _arguments()
    try:
        venv = Path(arguments.venv).resolve()
        if _fits(_stamp(venv), _wanted(venv, arguments.test)):
            return OK
        signal.signal(signal.SIGTERM, _stop)
        with _Lock(ROOT / "pyproject.toml") as lock:
            _set_up(venv, arguments.test, lock)
    except Problem as problem:
        return _fail(str(problem))
    except OSError as error:
        return _fail("set-up stopped: " + _of_system(error))
    except KeyboardInterrupt:
        print("\nset-up stopped; the same command goes on from here", file=sys.stderr)
        return INTERRUPTED
    return OK


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--venv", default=str(ROOT / ".venv"))
    parser.add_argument("--test", action="store_true", help="also what the tests need")
    return parser.parse_args()


def _set_up(venv: Path, test: bool, lock: "_Lock") -> None:
    wanted, made = _wanted(venv, test), _stamp(venv)
    if _fits(made, wanted):  # another set-up did it while this one waited
        return
    # What the tests need stays once it's there.
    wanted["test"] = test or bool(made.get("test") and made["venv"] == wanted["venv"])
    run = _Runner(venv / LOG, lock)
    reason = _misfit(venv, made)
    if reason is not None:
        _make(venv, made, reason, wanted, run)
    elif not made.get("done", True):
        print("going on with the set-up that was cut short", flush=True)
        _sweep(venv)
    _write_stamp(venv, dict(wanted, done=False))
    _install(venv, wanted["test"], run)
    _write_stamp(venv, dict(wanted, done=True))


# --- what there is and what is wanted


def _wanted(venv: Path, test: bool) -> dict:
    return {
        "files": _fingerprint(),
        "python": "{}.{}".format(*sys.version_info[:2]),
        "machine": platform.system() + " " + platform.machine(),
        "root": str(ROOT),
        "venv": str(venv),
        "test": test,
    }


def _fingerprint() -> str:
    """A digest of what decides what is installed; the settings of linters and tests don't."""
    import tomllib

    try:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    except ValueError as error:
        raise Problem(f"pyproject.toml is broken: {error}") from None
    parts = [project.get("build-system"), project.get("project"),
             project.get("tool", {}).get("setuptools")]
    text = json.dumps(parts, sort_keys=True, default=str)
    text += (ROOT / "constraints.txt").read_text(encoding="utf-8")
    return hashlib.sha256(text.encode()).hexdigest()


def _stamp(venv: Path) -> dict:
    """What the last set-up noted; {} without one."""
    try:
        made = json.loads((venv / STAMP).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return {}
    return made if isinstance(made, dict) and "venv" in made else {}


def _write_stamp(venv: Path, made: dict) -> None:
    part = venv / (STAMP + ".part")
    part.write_text(json.dumps(made, indent=1), encoding="utf-8")
    os.replace(part, venv / STAMP)


def _fits(made: dict, wanted: dict) -> bool:
    """Whether the set-up that was made has all that is wanted: with the tests is more."""
    if not made.get("done") or any(made.get(k) != wanted[k] for k in wanted if k != "test"):
        return False
    if wanted["test"] and not made.get("test"):
        return False
    venv = Path(wanted["venv"])
    there = _python(venv).exists() and _home(venv).exists() and _script(venv).exists()
    return there and not _former(venv)


def condition(venv: Path) -> str:
    """How the set-up of an environment stands: done, outdated, cut short, or "" without one."""
    made = _stamp(venv)
    if not made:
        return ""
    if not made.get("done"):
        return "cut short"
    try:
        return "done" if _fits(made, _wanted(venv, False)) else "outdated"
    except (Problem, OSError):
        return "outdated"


def _python(venv: Path) -> Path:
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _script(venv: Path) -> Path:
    return venv / ("Scripts/pathkit.exe" if os.name == "nt" else "bin/pathkit")


def _settings(venv: Path) -> dict:
    """What pyvenv.cfg says; {} without one."""
    try:
        lines = (venv / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
        return {}
    pairs = (line.partition("=") for line in lines)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _home(venv: Path) -> Path:
    """The folder of the Python that the environment was made with."""
    return Path(_settings(venv).get("home", os.sep))


def _misfit(venv: Path, made: dict) -> "str | None":
    """Why the environment has to be made anew: None if it hasn't, "" if there is none."""
    if not venv.exists() or venv.is_dir() and not any(venv.iterdir()):
        return ""
    settings = _settings(venv)
    version = settings.get("version") or settings.get("version_info", "")
    wanted = "{}.{}".format(*sys.version_info[:2])
    if version and version.split(".")[:2] != wanted.split("."):
        return f"it was made by Python {version}, this is {platform.python_version()}"
    if made and (made["venv"] != str(venv) or made.get("root") != str(ROOT)):
        return "the folder has been moved"
    if made and made.get("machine", "") != platform.system() + " " + platform.machine():
        return "it was made on another kind of machine"
    if not version or not _python(venv).exists() or not _home(venv).exists():
        return "it's incomplete, or the Python that made it is gone"
    if made and not made.get("done"):
        pips = [(site, info) for site in _sites(venv) for info in site.glob("pip-*.dist-info")]
        if not any(_whole(site, info) for site, info in pips):
            return "it's incomplete"
    if _quiet([str(_python(venv)), "-I", "-m", "pip", "--version"]):
        return "it's incomplete"
    return None


def _quiet(command: list) -> int:
    try:
        return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, env=_environment()).returncode
    except OSError:
        return 1


# --- making and filling it


def _make(venv: Path, made: dict, reason: str, wanted: dict, run: "_Runner") -> None:
    """Make the environment, in place of the one that doesn't fit."""
    if importlib.util.find_spec("ensurepip") is None:
        minor = "python{}.{}".format(*sys.version_info[:2])
        raise Problem(f"{sys.executable} can't make environments: its ensurepip is missing. "
                      f"On Debian and Ubuntu: sudo apt install {minor}-venv")
    if reason:
        _guard(venv, made)
    _check_room(venv)
    venv.mkdir(parents=True, exist_ok=True)
    print(f"making {_shown(venv)}" + (f" anew: {reason}" if reason else ""), flush=True)
    for entry in venv.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry.name != STAMP:
            entry.unlink()
    # Noted first, so that one that's cut short is known to be ours.
    _write_stamp(venv, dict(wanted, done=False))
    inside = sys.prefix != sys.base_prefix
    python = getattr(sys, "_base_executable", "") if inside else sys.executable
    if not python or not Path(python).exists():
        python = sys.executable
    failed, text = run("making the environment", [python, "-m", "venv", str(venv)])
    if failed:
        why = _why(text)
        if "ensurepip" in text and not why:
            why = "Python's venv doesn't work here. On Debian and Ubuntu: " \
                  "sudo apt install python3-venv"
        raise Problem("the environment could not be made: " + (why or _last(text)))


def _guard(venv: Path, made: dict) -> None:
    """Never empty a folder that isn't an environment, or another project's."""
    if not venv.is_dir():
        raise Problem(f"{venv} is no folder. Name another one: make start VENV=...")
    ours = made or (_settings(venv) and venv == (ROOT / ".venv").resolve())
    if not ours:
        raise Problem(f"{venv} isn't an environment that pathkit made, so it stays as it is. "
                      "Name another one: make start VENV=...")


def _check_room(venv: Path) -> None:
    folder = next((f for f in (venv, *venv.parents) if f.is_dir()), ROOT)
    room = shutil.disk_usage(folder).free
    if room < ROOM:
        raise Problem(f"about {ROOM / 1e9:.0f} GB of disk are needed in {folder}, "
                      f"{room / 1e9:.1f} GB are free")


def _install(venv: Path, test: bool, run: "_Runner") -> None:
    python = str(_python(venv))
    pip = [python, "-I", "-m", "pip"]
    _install_torch(venv, [*pip, "install"], run)
    what = "what the tests need as well" if test else "what the notebooks need"
    print(f"installing JupyterLab and {what} (a few minutes the first time)", flush=True)
    _remove_former(venv, pip, run)
    extra = "[test]" if test else ""
    failed, text = run("installing", [*pip, "install", "--constraint",
                                      str(ROOT / "constraints.txt"),
                                      "--editable", f"{ROOT}{extra}"])
    if failed:
        raise Problem(f"set-up failed: {_why(text) or _last(text)} (details: {_shown(run.log)})")
    load = "import torch, numpy, jupyterlab, pathkit.cli"
    failed, text = run("trying it", [python, "-I", "-c", load])
    if failed:
        raise Problem(f"all is installed, but doesn't load: {_last(text)} "
                      f"(remove {_shown(venv)} to start afresh)")


def _former(venv: Path) -> bool:
    """Whether something is installed as `pathkit`: this project before it had another name, or
    another project that has that name on package indexes. Either hides what is to be installed."""
    return any(any(site.glob(FORMER + "-*.dist-info")) for site in _sites(venv))


def _remove_former(venv: Path, pip: list, run: "_Runner") -> None:
    shutil.rmtree(ROOT / "src" / (FORMER + ".egg-info"), ignore_errors=True)
    if not _former(venv):
        return
    failed, text = run("removing " + FORMER, [*pip, "uninstall", "--yes", FORMER])
    if failed:
        raise Problem(f"{FORMER}, installed under its former name, can't be removed: "
                      f"{_why(text) or _last(text)} (remove {_shown(venv)} to start afresh)")


def _install_torch(venv: Path, pip: list, run: "_Runner") -> None:
    """The CPU build of torch where one can be had; else what its default is gets announced."""
    if _has_torch(venv):
        return
    index = os.environ.get("PATHKIT_TORCH_INDEX", CPU_INDEX if sys.platform == "linux" else "")
    if index:
        # Elsewhere than on Linux the ordinary wheel is the CPU build.
        host = re.sub(r"^\w+://([^/]*@)?([^/]*).*", r"\2", index)
        if _answers(index):
            # Without what it needs: that comes with the rest, from the default index, pinned.
            pip_torch = [*pip, "--no-deps", "--index-url", index, "--retries", "1",
                         "--timeout", "15", TORCH]
            found = _found_torch(venv, pip_torch, run)
            print(f"installing torch from {host}" + (found and f": {found}"), flush=True)
            failed, text = run("installing torch", pip_torch)
            if not failed:
                return
            if _why(text) in (FULL, FORBIDDEN):
                raise Problem(f"set-up failed: {_why(text)} (details: {_shown(run.log)})")
            print(f"{host} has no {TORCH} for this Python and machine", flush=True)
        else:
            print(f"{host} doesn't answer", flush=True)
    found = _found_torch(venv, [*pip, "--no-deps", TORCH], run)
    print(f"{TORCH} comes from the default package index" + (found and f": {found}"), flush=True)


def _found_torch(venv: Path, install: list, run: "_Runner") -> str:
    """Which build of torch a command would install, in words; "" where pip doesn't say."""
    report = venv / "torch.json"
    try:
        failed, _ = run("finding torch", [*install, "--dry-run", "--ignore-installed",
                                          "--report", str(report)])
        if failed:
            return ""
        found = json.loads(report.read_text(encoding="utf-8"))["install"][0]["metadata"]
        return _build(found["version"], found.get("requires_dist", []))
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return ""
    finally:
        if report.exists():
            report.unlink()


def _build(version: str, needs: list) -> str:
    """What a wheel of torch is, by its version and what it needs, and how much comes with it."""
    local = version.partition("+")[2]
    brings = [need for need in needs if re.match(r"nvidia-|cuda-", need) and _is_for_here(need)]
    if brings:
        return "the build with CUDA, up to 2.7 GB with what it needs"
    if local not in ("", "cpu"):
        return f"the build for {local}"
    size = 200 if sys.platform == "linux" else 120
    return f"the build for the CPU, about {size} MB"


def _is_for_here(need: str) -> bool:
    here = {"platform_system": platform.system(), "platform_machine": platform.machine(),
            "sys_platform": sys.platform}
    asked = re.findall(r"(\w+) == ['\"](\w+)['\"]", need.partition(";")[2])
    return "extra ==" not in need and all(here.get(name, value) == value for name, value in asked)


def _has_torch(venv: Path) -> bool:
    name = TORCH.replace("==", "-")
    return any(found.is_dir() for site in _sites(venv)
               for pattern in (f"{name}.dist-info", f"{name}+*.dist-info")
               for found in site.glob(pattern))


def _answers(index: str) -> bool:
    """Whether an index answers within a few seconds in all; where it doesn't, pip would stall."""
    found = []

    def ask() -> None:
        address = index.rstrip("/") + "/torch/"
        try:
            request = urllib.request.Request(address, headers={"User-Agent": "pathkit"})
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                found.append(answer.status == 200 and bool(answer.read(1)))
        except Exception as error:
            # pip brings its own certificates: let it try.
            reason = getattr(error, "reason", error)
            found.append(isinstance(reason, ssl.SSLCertVerificationError))

    # A time-out of urlopen holds for one address and one read; the thread's for everything.
    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(PATIENCE)
    return found == [True]


def _sites(venv: Path) -> list:
    return [*venv.glob("lib/python3*/site-packages"), *venv.glob("Lib/site-packages")]


def _sweep(venv: Path) -> None:
    """Make pip forget packages that a set-up cut short left unfinished, so it installs them."""
    for site in _sites(venv):
        for left in site.glob("~*"):
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left)
            else:
                left.unlink()
        for info in site.glob("*.dist-info"):
            if not _whole(site, info):
                shutil.rmtree(info)


def _whole(site: Path, info: Path) -> bool:
    """Whether a package has all files in the sizes that its record names."""
    import csv

    if not all((info / name).exists() for name in ("METADATA", "RECORD", "INSTALLER")):
        return False
    with open(info / "RECORD", encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            if not row or row[0].endswith(".pyc"):
                continue
            try:
                size = os.stat(os.path.join(site, row[0])).st_size
            except OSError:
                return False
            if len(row) == 3 and row[2] and int(row[2]) != size:
                return False
    return True


# --- running pip


class _Lock:
    """Lets one set-up run at a time. pip inherits it: one whose parent was killed keeps it."""

    def __init__(self, path: Path):
        self.path = path
        self.number = -1

    def __enter__(self) -> "_Lock":
        if fcntl is None:
            return self
        self.number = os.open(self.path, os.O_RDONLY)
        try:
            fcntl.flock(self.number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("another set-up is under way: waiting for it", flush=True)
            fcntl.flock(self.number, fcntl.LOCK_EX)
        except OSError:
            pass  # a file system without locks
        return self

    def __exit__(self, *exception: object) -> None:
        if self.number >= 0:
            os.close(self.number)


class _Runner:
    """Runs a command with its output in a log; on a terminal, a line tells how far it is."""

    def __init__(self, log: Path, lock: _Lock):
        self.log = log
        self.passed = () if lock.number < 0 else (lock.number,)
        self.terminal = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"

    def __call__(self, title: str, command: list) -> tuple:
        """Whether it failed, and what it printed."""
        with open(self.log, "ab") as out:
            start = out.tell()
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out,
                                       stderr=subprocess.STDOUT, env=_environment(),
                                       pass_fds=self.passed)
            try:
                self._wait(process, title, start)
            except BaseException:
                _end(process)
                raise
        return process.returncode != 0, self._text(start)

    def _text(self, start: int) -> str:
        try:
            with open(self.log, "rb") as file:
                file.seek(start)
                return file.read().decode("utf-8", "replace")
        except FileNotFoundError:
            return ""

    def _wait(self, process: subprocess.Popen, title: str, start: int) -> None:
        began = time.monotonic()
        while True:
            try:
                process.wait(timeout=1 if self.terminal else PULSE)
                break
            except subprocess.TimeoutExpired:
                seconds = int(time.monotonic() - began)
                if not self.terminal:
                    print(f"  {seconds // 60}:{seconds % 60:02d}  still {title}", flush=True)
                    continue
                lines = self._text(start).split("\n")[:-1] or [title]
                text = f"  {seconds // 60}:{seconds % 60:02d}  {lines[-1].strip()}"
                width = shutil.get_terminal_size().columns - 1
                print("\r\033[K" + text[:width], end="", flush=True)
        if self.terminal:
            print("\r\033[K", end="", flush=True)


def _end(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()


def _environment() -> dict:
    """The environment for pip, less what would lead its work elsewhere."""
    drop = {"PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "__PYVENV_LAUNCHER__", "PIP_TARGET",
            "PIP_PREFIX", "PIP_ROOT", "PIP_DRY_RUN", "PIP_QUIET", "PIP_REQUIREMENT"}
    kept = {name: value for name, value in os.environ.items() if name not in drop}
    kept.update(PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1", PIP_USER="0",
                PIP_PROGRESS_BAR="off", PIP_ROOT_USER_ACTION="ignore", PYTHONUTF8="1")
    return kept


# --- saying what went wrong


def _why(text: str) -> str:
    """The one line that forty of pip's come to; "" if they say something else."""
    def said(*patterns: str) -> bool:
        return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)

    if said("No space left on device", "Disk quota exceeded", r"Errno 28\b", "not enough space"):
        return FULL
    if said("Read-only file system", "Permission denied", r"Errno 13\b", r"Errno 30\b"):
        return FORBIDDEN
    if said("ResolutionImpossible", "conflicting dependencies"):
        return "the versions in constraints.txt and pyproject.toml contradict each other"
    if said("CERTIFICATE_VERIFY_FAILED"):
        return "the package index's certificate isn't trusted here: PIP_CERT names your own"
    if said("NewConnectionError", "ConnectTimeoutError", "NameResolutionError", "ReadTimeoutError",
            "Max retries exceeded", "Connection refused", "Network is unreachable", "ProxyError",
            "name resolution", "Connection reset"):
        return "the package index can't be reached: is there network? Then run this again"
    missing = re.search(r"No matching distribution found for (\S+)", text)
    if missing and missing[1].startswith("torch"):
        return (f"there is no {TORCH} for Python {platform.python_version()} on "
                f"{platform.system()} {platform.machine()}: it needs Python "
                f"3.{OLDEST[1]} to 3.{NEWEST[1]} and Linux (glibc 2.28), Windows, or macOS 14 on "
                "Apple's own chips")
    if missing:
        return f"there is no {missing[1]} for Python {platform.python_version()} on this machine"
    return ""


def _last(text: str) -> str:
    """The line that most likely says why: the last error, else the last line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if re.match(r"(ERROR|error|\w*Error)\b", line)]
    return (errors or lines or ["no reason was given"])[-1]


def _of_system(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return FULL
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{error.filename or 'a file'} can't be written: " \
               "is the disk or the project's folder read-only?"
    return str(error)


def _shown(path: Path) -> str:
    """A path as short as can be from here."""
    try:
        return str(path.relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)


def _stop(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def _fail(message: str) -> int:
    print(message, file=sys.stderr)
    return ENVIRONMENT


if __name__ == "__main__":
    sys.exit(main())

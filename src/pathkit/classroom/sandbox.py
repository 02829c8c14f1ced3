"""Where a learner's code runs: what it may see, and how that is shown to hold.

Bubblewrap gives a process an own view of the machine: an allow-list of read-only folders, small
private folders in memory, no network, no other processes, no capabilities. Found by running it,
never by its being installed: containers and some distributions forbid it.
"""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import site
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
# What of the project a sandbox holds: how to run an answer, nothing about what is right.
ALLOWED = (
    "__init__.py", "source.py", "checks", "classroom/__init__.py", "classroom/worker.py",
    "classroom/inspection.py",
)
SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/sbin", "/etc/ld.so.cache", "/etc/ld.so.conf",
          "/etc/ld.so.conf.d", "/etc/localtime", "/etc/alternatives")
HOME = "/answer"
PROJECT = "/pathkit"
# A folder of its own: what Python runs from may itself lie in /tmp.
SCRATCH, SCRATCH_BYTES = "/scratch", 2**25
NOBODY = 65534
ENVIRONMENT = {
    "PATH": "/usr/bin:/bin", "HOME": HOME, "TMPDIR": SCRATCH, "LANG": "C.UTF-8",
    "PYTHONDONTWRITEBYTECODE": "1",
    "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0", "PYTHONPATH": PROJECT,
}


@dataclasses.dataclass(frozen=True)
class Sandbox:
    """A way to run a program. name: what instructors are told; protects: what it was seen to do."""

    name: str
    command: tuple[str, ...]
    protects: tuple[str, ...] = ()


class NoSandbox(Exception):
    """None of the sandboxes works here; str() says what was tried and what to do."""


def bubblewrap(uid: int | None = None) -> Sandbox:
    """The command that runs a program under bubblewrap.

    uid: as root, the user that learner code runs as; an ordinary user stays who they are outside.
    """
    as_root = os.geteuid() == 0
    command = [shutil.which("bwrap") or "bwrap"]
    if as_root:
        command += ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts",
                    "--unshare-cgroup-try", "--cap-drop", "ALL"]
        for capability in ("CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP"):  # to become somebody else
            command += ["--cap-add", capability]
    else:
        command += ["--unshare-user", "--unshare-all", "--uid", str(NOBODY), "--gid", str(NOBODY),
                    "--cap-drop", "ALL"]
    command += ["--die-with-parent", "--new-session", "--as-pid-1", "--clearenv"]
    for name, value in ENVIRONMENT.items():
        command += ["--setenv", name, value]
    command += _files()
    command += ["--proc", "/proc", "--dev", "/dev"]
    for folder in ("/dev/shm", SCRATCH):
        command += ["--perms", "1777", "--size", str(SCRATCH_BYTES), "--tmpfs", folder]
    if not any(path.startswith("/tmp/") for path in _python_folders()):
        command += ["--symlink", SCRATCH, "/tmp"]
    command += ["--dir", HOME, "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", HOME, "--"]
    if as_root:
        user = str(uid or NOBODY)
        command += ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups",
                    "--bounding-set=-all", "--no-new-privs", "--"]
    return Sandbox("bubblewrap", tuple(command))


def unprotected() -> Sandbox:
    """No sandbox at all: learner code runs as we do. For code that one trusts."""
    settings = ENVIRONMENT | {"PYTHONPATH": str(PACKAGE.parent)}
    return Sandbox("none (UNSAFE)", ("env", *(f"{k}={v}" for k, v in settings.items())))


def _files() -> list[str]:
    """Bindings of what Python, its packages and the allowed part of the project need."""
    bound: list[str] = []
    made: set[str] = set()

    def parents(target: str) -> None:
        for folder in reversed(Path(target).parents):
            if str(folder) not in ("/", *made):
                made.add(str(folder))
                bound.extend(["--perms", "0755", "--dir", str(folder)])

    for path in SYSTEM:
        if os.path.islink(path):
            bound.extend(["--symlink", os.readlink(path), path])
        elif os.path.exists(path):
            parents(path)
            bound.extend(["--ro-bind", path, path])
    for path in _python_folders():
        parents(path)
        bound.extend(["--ro-bind", path, path])
        installed = Path(path) / "pathkit"
        if installed.is_dir():  # not an editable install: hide what it holds
            bound.extend(["--tmpfs", str(installed)])
    for part in ALLOWED:
        source = PACKAGE / part
        if source.exists():
            target = f"{PROJECT}/pathkit/{part}"
            parents(target)
            bound.extend(["--ro-bind", str(source), target])
    return bound


def _python_folders() -> list[str]:
    """Folders outside of the system's own that Python runs from, outermost only."""
    paths = sysconfig.get_paths()
    wanted = {
        sys.base_prefix, os.path.dirname(os.path.realpath(sys.executable)),
        os.path.join(sys.prefix, "bin"), os.path.join(sys.prefix, "pyvenv.cfg"),
        paths["stdlib"], paths["platstdlib"], *site.getsitepackages(),
    }
    real = sorted(p for p in wanted if os.path.exists(p) and not _in_system(p))
    return [p for p in real if not any(p != o and p.startswith(o + "/") for o in real)]


def _in_system(path: str) -> bool:
    return path == "/" or any(path == s or path.startswith(s + "/") for s in SYSTEM[:5])


def start(sandbox: Sandbox, program: Sequence[str], **settings) -> subprocess.Popen:
    """Start a program in the sandbox with nothing of our environment."""
    return subprocess.Popen(
        [*sandbox.command, *program], env={"PATH": "/usr/bin:/bin:/usr/sbin:/sbin"},
        start_new_session=True, close_fds=True, **settings,
    )


def inspect(sandbox: Sandbox, seconds: float = 20.0) -> Sandbox:
    """Run a program in the sandbox that tries what must not work; returns it with its findings.

    Raises NoSandbox with what went wrong or was possible.
    """
    program = [sys.executable, "-m", "pathkit.classroom.inspection"]
    try:
        running = start(sandbox, program, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                        stderr=subprocess.PIPE, text=True)
        out, err = running.communicate(timeout=seconds)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoSandbox(f"{sandbox.name}: {error}") from error
    try:
        found = json.loads(out)
    except ValueError:
        said = " ".join(err.split())[-300:] or f"exit code {running.returncode}"
        raise NoSandbox(f"{sandbox.name} does not run here: {said}") from None
    if found["possible"]:
        raise NoSandbox(f"{sandbox.name} lets code {', '.join(found['possible'])}")
    return dataclasses.replace(sandbox, protects=tuple(found["prevented"]))

"""Bubblewrap: an own view of the machine for a process, by Linux's namespaces.

An allow-list of read-only folders, small private folders in memory, no network, no other processes,
no capabilities. Containers and some distributions forbid it.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from pathkit.classroom.sandboxes import seccomp
from pathkit.classroom.sandboxes.contents import (
    ENVIRONMENT,
    HOME,
    NOBODY,
    PROJECT,
    SCRATCH,
    SYSTEM,
    allowed,
    hidden_folders,
    python_folders,
)
from pathkit.classroom.sandboxes.sandbox import Sandbox

SCRATCH_BYTES = 2**25


def bubblewrap(uid: int | None = None, project: Path | None = None) -> Sandbox:
    """The command that runs a program under bubblewrap.

    uid: as root, the user that learner code runs as; an ordinary user stays who they are outside.
    project: a folder with what is there of the project, in place of the part that ALLOWED names.
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
    for name, value in (ENVIRONMENT | seccomp.where_there_is_one()).items():
        command += ["--setenv", name, value]
    command += _files()
    if project is not None:
        command += ["--ro-bind", str(project), PROJECT]
    command += ["--proc", "/proc", "--dev", "/dev"]
    for folder in ("/dev/shm", SCRATCH):
        command += ["--perms", "1777", "--size", str(SCRATCH_BYTES), "--tmpfs", folder]
    if not any(path.startswith("/tmp/") for path in python_folders()):
        command += ["--symlink", SCRATCH, "/tmp"]
    command += ["--dir", HOME, "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", HOME, "--"]
    if as_root:
        user = str(uid or NOBODY)
        command += ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups",
                    "--bounding-set=-all", "--no-new-privs", "--"]
    command += [sys.executable, "-m"]
    return Sandbox("bubblewrap", tuple(command))


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
    for path in python_folders():
        parents(path)
        bound.extend(["--ro-bind", path, path])
    for folder in hidden_folders():
        if any(folder.startswith(path + "/") for path in (*SYSTEM, *python_folders())):
            bound.extend(["--tmpfs", folder])
    for source, target in allowed():
        parents(target)
        bound.extend(["--ro-bind", str(source), target])
    return bound

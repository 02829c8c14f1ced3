"""Landlock and seccomp: a process gives up files and system calls, for good, before it starts.

For Linux where namespaces are forbidden, as in most containers. Nothing can be written, no program
started, and learner code can't start processes at all, so nothing of it outlives it.
"""

from __future__ import annotations

import base64
import json
import os
import stat
import sys
from pathlib import Path

from pathkit.classroom.sandboxes import seccomp
from pathkit.classroom.sandboxes.contents import (
    ALLOWED,
    ENVIRONMENT,
    NOBODY,
    PACKAGE,
    SYSTEM,
    hidden_folders,
    python_folders,
)
from pathkit.classroom.sandboxes.sandbox import NoSandbox, Sandbox

LAUNCHER = PACKAGE / "classroom" / "inside_sandbox" / "confine.py"
READABLE = ("/dev/zero", "/dev/random", "/dev/urandom", "/proc/cpuinfo", "/proc/meminfo")
WRITABLE = ("/dev/null",)
# These want a folder that exists when they are imported, and go on when it can't be written.
SETTINGS = dict.fromkeys(("TMPDIR", "MPLCONFIGDIR", "TORCHINDUCTOR_CACHE_DIR"), "/tmp")


def landlock(uid: int | None = None) -> Sandbox:
    """The command that runs a module confined.

    uid: as root, the user that learner code runs as; an ordinary user stays who they are.
    Raises NoSandbox without seccomp's library.
    """
    if not sys.platform.startswith("linux"):
        raise NoSandbox("only Linux has it")
    as_root = os.geteuid() == 0
    read, names_only = _readable()
    settings = {
        "package": str(PACKAGE), "allowed": ALLOWED,
        "read": read, "list": names_only, "write": WRITABLE,
        "uid": (uid or NOBODY) if as_root else None,
        "reads_all": as_root and not all(map(_is_open_to_all, read)),
        "filter": base64.b64encode(seccomp.whole()).decode(),
    }
    environment = ENVIRONMENT | SETTINGS | seccomp.for_jobs()
    given = (f"{name}={value}" for name, value in environment.items())
    python = (sys.executable, "-s", "-P", str(LAUNCHER), json.dumps(settings))
    return Sandbox("landlock", ("env", "-i", *given, *python))


def _readable() -> tuple[list[str], list[str]]:
    """What may be read with all below it, and folders of which only names may be."""
    read: set[str] = set()
    names_only: set[str] = set()
    hidden = [os.path.realpath(folder) for folder in hidden_folders()]

    def allow(path: str) -> None:
        if not any(_is_within(folder, path) for folder in hidden):
            read.add(path)
        elif path not in hidden:
            names_only.add(path)
            for entry in os.scandir(path):
                if not entry.is_symlink():  # what it leads to has a path of its own
                    allow(entry.path)

    for path in (*SYSTEM, *python_folders(), *READABLE):
        if os.path.exists(path):
            allow(os.path.realpath(path))
    return sorted(read), sorted(names_only)


def _is_within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def _is_open_to_all(path: str) -> bool:
    """Whether every user can get there."""
    return all(os.stat(p).st_mode & stat.S_IXOTH for p in Path(path).parents)

"""System calls that learner code is left without, tried in a process that gave them up."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap

import pytest

from pathkit.classroom import sandboxes
from pathkit.classroom.sandboxes import seccomp


def lack() -> str:
    """Why there is no seccomp here, or ""."""
    try:
        seccomp.whole()
    except sandboxes.NoSandbox as error:
        return str(error)
    return ""


LACK = lack()
pytestmark = [
    pytest.mark.usefixtures("each_sandbox"),
    pytest.mark.skipif(bool(LACK), reason=f"nothing is shown about seccomp: {LACK}"),
]

TRIES = """
    import fcntl, json, os, resource, signal, socket, sys, threading
    from pathkit.classroom.inside_sandbox import tighten

    reader, writer = os.pipe()
    open("here", "w").close()
    held = os.open("here", os.O_RDWR)
    tried = {
        "fork": os.fork,
        "posix_spawn": lambda: os.posix_spawn(sys.executable, [sys.executable, "-V"], {}),
        "execve": lambda: os.execv("/bin/true", ["true"]),
        "signal another": lambda: os.kill(os.getppid(), 0),
        "signal all": lambda: os.kill(-1, 0),
        "signal itself": lambda: os.kill(os.getpid(), 0),
        "signal by a file": lambda: fcntl.fcntl(reader, fcntl.F_SETOWN, os.getppid()),
        "choose that signal": lambda: fcntl.fcntl(reader, 10, signal.SIGKILL),
        "look at a file": lambda: fcntl.fcntl(reader, fcntl.F_GETFL),
        "limit another": lambda: resource.prlimit(os.getppid(), resource.RLIMIT_CORE),
        "limit itself": lambda: resource.setrlimit(resource.RLIMIT_CORE, (0, 0)),
        "slow down another": lambda: os.setpriority(os.PRIO_PROCESS, os.getppid(), 19),
        "leave the session": os.setsid,
        "socket": lambda: socket.socket(),
        "thread": lambda: threading.Thread(target=print, args=("",)).start(),
        "chmod": lambda: os.chmod("here", 0o777),
        "fchmod": lambda: os.fchmod(held, 0o777),
        "utime": lambda: os.utime("here"),
        "setxattr": lambda: os.setxattr("here", "user.x", b""),
        "rename": lambda: os.rename("here", "there"),
        "memfd_create": lambda: os.memfd_create("x"),
        "read": lambda: os.pread(held, 1, 0),
    }
    tighten.load(bytes.fromhex(sys.argv[1]).replace(
        tighten.OWN.to_bytes(4, sys.byteorder), os.getpid().to_bytes(4, sys.byteorder)))
    denied = []
    for name, attempt in tried.items():
        try:
            if attempt() == 0 and name == "fork":
                os._exit(0)
        except PermissionError:
            denied.append(name)
    print(json.dumps(denied))
"""
PROCESSES = {"fork", "posix_spawn", "execve", "signal another", "signal all", "limit another",
             "leave the session"}
KERNEL = {"signal by a file", "choose that signal", "slow down another", "socket", "memfd_create"}
FILES = {"chmod", "fchmod", "utime", "setxattr", "rename"}


@pytest.mark.parametrize("compiled, forbidden", [
    (seccomp.of_a_job, PROCESSES | KERNEL), (seccomp.whole, {"execve"} | KERNEL | FILES),
], ids=["a job", "all of landlock's"])
def test_what_is_forbidden_fails_and_all_else_goes_on(compiled, forbidden, tmp_path):
    ran = subprocess.run([sys.executable, "-c", textwrap.dedent(TRIES), compiled().hex()],
                         cwd=tmp_path, capture_output=True, text=True, env=os.environ)
    denied = set(json.loads(ran.stdout.strip().splitlines()[-1]))
    # Starting a program by posix_spawn needs execve, whatever else is allowed.
    assert denied | {"posix_spawn"} == forbidden | {"posix_spawn"}, ran.stderr

"""A container: for macOS, for Windows with WSL, and for Linux where nothing else works.

The engine runs in Linux, on macOS and Windows in a virtual machine of its own. Programs are those
of our image. Of this machine a container sees the part of the project that knows no answers.
"""

from __future__ import annotations

import functools

from pathkit.classroom.sandboxes import image, seccomp
from pathkit.classroom.sandboxes.contents import ENVIRONMENT, HOME, NOBODY, SCRATCH, allowed
from pathkit.classroom.sandboxes.engine import (
    client,
    is_podman,
    new_label,
    remove,
    remove_left_behind,
)
from pathkit.classroom.sandboxes.sandbox import MEMORY, Sandbox

SCRATCH_BYTES = 2**25
PROCESSES = 64
# Users that systemd keeps for services that come and go; rootless engines know them, too.
USERS = range(61_184, 65_520)
PROGRAMS = "/usr/local/bin:/usr/bin:/bin"


def container(engine: str, uid: int | None = None) -> Sandbox:
    """The command that runs a module in a container of this engine, "docker" or "podman".

    uid: a number for this process's sandbox, so that limits on processes don't mix. Containers of
    ours whose process is gone are removed. Raises NoSandbox where there is no engine or no image.
    """
    remove_left_behind(engine)
    image.check(engine)
    label = new_label()
    command = [*client(engine), "run", *_isolation(engine, uid), *_folders(), "--label", label]
    environment = ENVIRONMENT | {"PATH": PROGRAMS} | seccomp.where_there_is_one()
    given = (f"{name}={value}" for name, value in environment.items())
    # What an image, an engine and its configuration set as environment is dropped by env -i.
    command += ["--entrypoint", "/usr/bin/env", image.name(), "-i", *given, "python", "-m"]
    # A client takes nothing along when it is killed. The limit on memory is the engine's.
    ended = functools.partial(remove, engine, label)
    return Sandbox(engine, tuple(command), grouped=False, ended=ended)


def _isolation(engine: str, uid: int | None) -> list[str]:
    user = NOBODY if uid is None else USERS[uid % len(USERS)]
    # No log, where all answers would be kept; no init, since the worker has to be process 1.
    return [
        "--rm", "--interactive", "--pull", "never", "--init=false", "--log-driver", "none",
        "--network", "none", "--ipc", "private", "--read-only",
        *["--read-only-tmpfs=false", "--passwd=false"] * is_podman(engine),
        "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--user", f"{user}:{user}",
        "--pids-limit", str(PROCESSES), "--ulimit", f"nproc={PROCESSES}:{PROCESSES}",
        "--ulimit", "nofile=256:256", "--ulimit", "core=0:0",
        "--memory", MEMORY, "--memory-swap", MEMORY,
    ]


def _folders() -> list[str]:
    """Private folders in memory, and what of the project an answer needs."""
    arguments = ["--workdir", HOME, "--tmpfs", "/dev/mqueue:ro,size=4k,mode=0555"]
    for folder in (SCRATCH, "/dev/shm"):
        arguments += ["--tmpfs", f"{folder}:rw,nosuid,nodev,size={SCRATCH_BYTES},mode=1777"]
    for source, target in allowed():
        arguments += ["--mount", f"type=bind,source={source},target={target},readonly"]
    return arguments

"""A container engine's client: Docker, or Podman, which understands the same commands."""

from __future__ import annotations

import contextlib
import functools
import os
import platform
import re
import shutil
import subprocess
import uuid

from pathkit.classroom.sandboxes.sandbox import NoSandbox

LABEL = "pathkit.sandbox"
# How a client finds its engine. A container is given none of it.
SETTINGS = (
    "PATH", "HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "DOCKER_HOST", "DOCKER_CONTEXT",
    "DOCKER_CONFIG", "DOCKER_CERT_PATH", "DOCKER_TLS_VERIFY", "CONTAINER_HOST",
)
PATIENCE = 20.0
# As Docker and as Podman print it.
WHOSE = re.compile(re.escape(LABEL) + "[=:](.*?)/([0-9]+)/")


def client(engine: str) -> list[str]:
    """The command that starts the client with what it needs to find its engine.

    Raises NoSandbox where it isn't installed.
    """
    program = shutil.which(engine)
    if program is None:
        raise NoSandbox("it isn't installed")
    given = [f"{name}={os.environ[name]}" for name in SETTINGS if name in os.environ]
    return ["env", "-i", *given, program]


def ask(engine: str, *arguments: str) -> str:
    """What the client prints. Raises NoSandbox with the last line of what it complains about."""
    try:
        ran = subprocess.run(
            [*client(engine), *arguments], stdin=subprocess.DEVNULL, capture_output=True,
            text=True, errors="replace", timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired:
        raise NoSandbox(f"no answer in {PATIENCE:g} seconds") from None
    except OSError as error:
        raise NoSandbox(str(error)) from error
    if ran.returncode != 0:
        said = ran.stderr.strip().splitlines() or [f"exit code {ran.returncode}"]
        raise NoSandbox(said[-1][:300])
    return ran.stdout


@functools.cache
def is_podman(engine: str) -> bool:
    """Whether it is Podman, under whatever name. Raises NoSandbox."""
    return "podman" in ask(engine, "--version").lower()


def new_label() -> str:
    """What marks the containers of one sandbox of this process, on this machine."""
    return f"{LABEL}={machine()}/{os.getpid()}/{uuid.uuid4().hex}"


def machine() -> str:
    """Where the numbers of processes mean the same; distributions in WSL share a name."""
    try:
        processes = os.stat("/proc/self/ns/pid").st_ino
    except OSError:
        processes = 0
    return f"{platform.node()}.{processes}"


def remove(engine: str, label: str) -> None:
    """End the containers with this label; those that are going already are let go."""
    with contextlib.suppress(NoSandbox):
        containers = [name for name, _ in _labelled(engine, label)]
        if containers:
            ask(engine, "rm", "--force", *containers)


def remove_left_behind(engine: str) -> None:
    """End containers of processes of this machine that are gone.

    Raises NoSandbox where no engine answers.
    """
    gone = [name for name, process in _labelled(engine, LABEL) if _is_gone(*process)]
    if gone:
        with contextlib.suppress(NoSandbox):  # another process may be doing the same
            ask(engine, "rm", "--force", *gone)


def _labelled(engine: str, label: str) -> list[tuple[str, tuple[str, int]]]:
    """The containers with this label, and the machine and process each was started by."""
    listed = ask(engine, "ps", "--all", "--no-trunc", "--filter", f"label={label}",
                 "--format", "{{.ID}} {{.Labels}}")
    found = [(line.split()[0], WHOSE.search(line)) for line in listed.splitlines() if line.strip()]
    return [(name, (whose[1], int(whose[2]))) for name, whose in found if whose]


def _is_gone(where: str, process: int) -> bool:
    if where != machine():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False

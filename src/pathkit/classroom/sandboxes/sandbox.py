"""A way to run a program of the project where it can do no harm, and how that is shown to hold.

Found by running it, never by its being installed.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import signal
import subprocess
import weakref
from collections.abc import Callable

from pathkit.classroom.inside_sandbox.inspection import versions
from pathkit.classroom.sandboxes import cgroups
from pathkit.classroom.sandboxes.contents import PACKAGE

# Bytes: little, so that taking more costs little.
INSPECTED = 5 * 2**25
GROUPS: weakref.WeakKeyDictionary[subprocess.Popen, cgroups.Group] = weakref.WeakKeyDictionary()
PLACES: weakref.WeakKeyDictionary[subprocess.Popen, Sandbox] = weakref.WeakKeyDictionary()
MEMORY = "<memory>"


@dataclasses.dataclass(frozen=True)
class Sandbox:
    """A way to run a module. name: what instructors are told.

    protects, allows: what it was seen to prevent, and what it would be better if it did.
    grouped: whether its processes get a memory limit together, where that can be had.
    command: what the module's name and arguments are put behind, such as [..., "python", "-m"];
    MEMORY in it stands for the limit in bytes.
    needs: variables of our environment that the command itself needs and doesn't hand on.
    ended: called when a process of it has ended, for what doesn't end by itself.
    """

    name: str
    command: tuple[str, ...]
    protects: tuple[str, ...] = ()
    allows: tuple[str, ...] = ()
    grouped: bool = True
    needs: tuple[str, ...] = ()
    ended: Callable[[], None] = lambda: None


class NoSandbox(Exception):
    """A sandbox, or each of them, doesn't work here; str() says why, and what to do."""


def start(
    sandbox: Sandbox, module: str, *arguments: str, memory: int, **settings
) -> subprocess.Popen:
    """Start a module in the sandbox with nothing of our environment; `end` ends it.

    memory: bytes that all its processes have together, where there is such a limit.
    """
    group = cgroups.group(memory) if sandbox.grouped else cgroups.Group()
    command = (str(memory) if part == MEMORY else part for part in sandbox.command)
    needed = {name: os.environ[name] for name in sandbox.needs if name in os.environ}
    running = subprocess.Popen(
        [*group.command, *command, module, *arguments],
        env=cgroups.environment(group) | needed, start_new_session=True, close_fds=True,
        **settings,
    )
    GROUPS[running], PLACES[running] = group, sandbox
    return running


def end(running: subprocess.Popen) -> None:
    """End what was started in a sandbox, with all that runs in it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    for stream in (running.stdin, running.stdout, running.stderr):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()
    if place := PLACES.pop(running, None):
        place.ended()
    GROUPS.pop(running, cgroups.Group()).remove()


def inspect(sandbox: Sandbox, seconds: float = 20.0) -> Sandbox:
    """Run a module in the sandbox that tries what must not work; returns it with its findings.

    Raises NoSandbox with what went wrong or was possible.
    """
    try:
        running = start(
            sandbox, "pathkit.classroom.inside_sandbox.inspection", str(PACKAGE), memory=INSPECTED,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
    except OSError as error:
        raise NoSandbox(str(error)) from error
    try:
        out, err = running.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        raise NoSandbox(f"not started after {seconds:g} seconds") from None
    finally:
        end(running)
    try:
        found = json.loads(out)
    except ValueError:
        said = " ".join(err.split())[-300:] or f"exit code {running.returncode}"
        raise NoSandbox(said) from None
    if found["possible"]:
        raise NoSandbox(f"it lets code {', '.join(found['possible'])}")
    for what, wanted in versions().items():
        if found["versions"][what] != wanted:
            raise NoSandbox(f"it has {what} {found['versions'][what]}, and answers are judged with "
                            f"{wanted} here")
    return dataclasses.replace(
        sandbox, protects=tuple(found["prevented"]), allows=tuple(found["allowed"])
    )

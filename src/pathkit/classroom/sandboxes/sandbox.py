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


@dataclasses.dataclass(frozen=True)
class Sandbox:
    """A way to run a module. name: what instructors are told.

    protects, allows: what it was seen to prevent, and what it would be better if it did.
    command: what the module's name and arguments are put behind, such as [..., "python", "-m"].
    """

    name: str
    command: tuple[str, ...]
    protects: tuple[str, ...] = ()
    allows: tuple[str, ...] = ()


class NoSandbox(Exception):
    """None of the sandboxes works here; str() says what was tried and what to do."""


def start(sandbox: Sandbox, module: str, *arguments: str, **settings) -> subprocess.Popen:
    """Start a module in the sandbox with nothing of our environment."""
    return subprocess.Popen(
        [*sandbox.command, module, *arguments], env={"PATH": "/usr/bin:/bin:/usr/sbin:/sbin"},
        start_new_session=True, close_fds=True, **settings,
    )


def end(running: subprocess.Popen) -> None:
    """End what was started in a sandbox, with all that runs in it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    for stream in (running.stdin, running.stdout, running.stderr):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()


def inspect(sandbox: Sandbox, seconds: float = 20.0) -> Sandbox:
    """Run a module in the sandbox that tries what must not work; returns it with its findings.

    Raises NoSandbox with what went wrong or was possible.
    """
    try:
        running = start(
            sandbox, "pathkit.classroom.inspection", stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
    except OSError as error:
        raise NoSandbox(f"{sandbox.name}: {error}") from error
    try:
        out, err = running.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        raise NoSandbox(f"{sandbox.name} has not started after {seconds:g} seconds") from None
    finally:
        end(running)
    try:
        found = json.loads(out)
    except ValueError:
        said = " ".join(err.split())[-300:] or f"exit code {running.returncode}"
        raise NoSandbox(f"{sandbox.name} does not run here: {said}") from None
    if found["possible"]:
        raise NoSandbox(f"{sandbox.name} lets code {', '.join(found['possible'])}")
    return dataclasses.replace(
        sandbox, protects=tuple(found["prevented"]), allows=tuple(found["allowed"])
    )

"""Try something that may be broken, in a process of its own with a time limit."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, Any


@dataclasses.dataclass(frozen=True)
class Trial:
    """What a script said: `lines` of JSON; `ended` is how, "" when it ended as it should.

    last: the last line of standard error, where the reason of a crash stands.
    """

    lines: list[dict[str, Any]]
    ended: str = ""
    last: str = ""

    @property
    def why(self) -> str:
        """Why it failed, in one line."""
        return f"{self.ended}: {self.last}" if self.last else self.ended


def trial(script: str, *arguments: str, seconds: float, folder: Path | None = None) -> Trial:
    """Run a script with this Python in `folder`; it prints lines of JSON.

    It imports nothing from the folder, unless it asks for that.
    """
    # Into files: what a script started and left behind would keep a pipe open.
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", script, *arguments], cwd=folder, stdin=subprocess.DEVNULL,
            stdout=out, stderr=err, env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            start_new_session=os.name == "posix",
        )
        try:
            ended = _ended(process.wait(seconds))
        except subprocess.TimeoutExpired:
            ended = f"nothing within {seconds:.0f} seconds"
        finally:
            _end(process)
        last = [line.strip() for line in _text(err).splitlines() if line.strip()][-1:]
        return Trial(_lines(_text(out)), ended, last[0] if last else "")


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")


def _ended(code: int) -> str:
    if code == 0:
        return ""
    if code < 0:
        with contextlib.suppress(ValueError):
            return f"it was ended by {signal.Signals(-code).name}"
    return f"it ended with code {code}"


def _end(process: subprocess.Popen) -> None:
    """End the process and what it started."""
    with contextlib.suppress(OSError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()


def _lines(out: str) -> list[dict[str, Any]]:
    found = []
    for line in out.splitlines():
        with contextlib.suppress(ValueError):
            data = json.loads(line)
            if isinstance(data, dict):
                found.append(data)
    return found

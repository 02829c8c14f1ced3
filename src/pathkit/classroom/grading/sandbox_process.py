"""The sandboxed process that runs answers, as it is seen from outside.

Each process that grades has one of its own, started when the first job comes and again when a job
has brought it down.
"""

from __future__ import annotations

import atexit
import contextlib
import dataclasses
import functools
import json
import os
import select
import subprocess
import time
from collections.abc import Iterable
from typing import Any

from pathkit.classroom import sandboxes
from pathkit.classroom.grading.limits_and_results import FAULT, Limits
from pathkit.classroom.inside_sandbox.frames import BEGUN, FRAME, JOB, LAST, MESSAGE, SAID

# Beyond a job's own wall time: for the worker to notice, kill and tidy up.
GRACE = 10.0
SECONDS_TO_END = 2.0
OWN_MEMORY = 2**29  # bytes of a worker with torch, and of what is written to its folders
MOST_ANSWER = 2**26


@functools.cache
def worker(place: str, torch: bool) -> Worker:
    """This process's own, in the sandbox `place`; torch: with torch imported."""
    found = Worker(sandboxes.best(place, _own_uid()), torch)
    atexit.register(found.end)
    return found


def _own_uid() -> int:
    """As root: a user for this process's sandbox alone, so that limits on processes don't mix."""
    return 200_000 + os.getpid() % 100_000


@dataclasses.dataclass(frozen=True)
class Said:
    """What came of a job: a line for each message that was answered.

    rest: what came after them; ended: why it was ended, "" where it ended by itself. cpu in
    seconds, memory in bytes.
    """

    lines: tuple[str, ...] = ()
    rest: str = ""
    ended: str = ""
    cpu: float = 0.0
    memory: int = 0


class Worker:
    """A sandboxed process that runs one job at a time and is started again when it dies."""

    def __init__(self, place: sandboxes.Sandbox, torch: bool = True):
        self.place = place
        self.program = ["pathkit.classroom.inside_sandbox.worker", *["--torch"] * torch]
        self._process: subprocess.Popen | None = None
        self.memory = 0

    def run(self, limits: Limits, messages: Iterable[dict[str, Any]]) -> Said:
        """What a job's process answers; each message is sent when the one before is answered.

        A job that brought the worker down has ended as "time" or "worker".
        """
        waiting = [json.dumps(one).encode() + b"\n" for one in messages]
        self._started(limits.memory)
        heard = bytearray()
        try:
            self._send(JOB, json.dumps(dataclasses.asdict(limits)).encode())
            for count, message in enumerate(waiting, 1):
                until = time.monotonic() + limits.wall + GRACE
                self._send(MESSAGE, message, until)
                while heard.count(b"\n") < count:
                    if (how := self._hear(heard, until)) is not None:
                        return _said(heard, how)
            until = time.monotonic() + limits.wall + GRACE
            self._send(LAST, b"", until)
            while (how := self._hear(heard, until)) is None:
                pass
            return _said(heard, how)
        except TimeoutError:
            self.stop()
            return Said(ended="time")
        except (OSError, ValueError, EOFError):
            self.stop()
            return Said(ended="worker")

    def _started(self, memory: int) -> subprocess.Popen:
        if self._process is None or self._process.poll() is not None or self.memory != memory:
            self.stop()
            self.memory = memory
            self._process = sandboxes.start(
                self.place, *self.program, memory=memory + OWN_MEMORY,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0,
            )
            try:
                os.set_blocking(self._process.stdin.fileno(), False)
                self._hear(bytearray(), time.monotonic() + 120)
            except (OSError, ValueError, EOFError) as error:
                self.stop()
                raise sandboxes.NoSandbox(f"{self.place.name}: the worker didn't start") from error
        return self._process

    def _send(self, kind: bytes, data: bytes, until: float | None = None) -> None:
        """Send a frame. Raises TimeoutError where it isn't taken."""
        file, data = self._process.stdin.fileno(), FRAME.pack(kind, len(data)) + data
        until = until or time.monotonic() + GRACE
        while data:
            left = until - time.monotonic()
            if left <= 0 or not select.select([], [file], [], left)[1]:
                raise TimeoutError
            data = data[os.write(file, data) :]

    def _hear(self, heard: bytearray, until: float) -> dict[str, Any] | None:
        """Add the next frame of what the child says; or return how it ended.

        Raises TimeoutError, EOFError, or ValueError for too much.
        """
        kind, size = FRAME.unpack(self._bytes(FRAME.size, until))
        if size + len(heard) > MOST_ANSWER:
            raise ValueError("too much")
        data = self._bytes(size, until)
        if kind == SAID:
            heard += data
            return None
        return json.loads(data)

    def _bytes(self, size: int, until: float) -> bytes:
        out = self._process.stdout
        parts = []
        while size:
            left = until - time.monotonic()
            if left <= 0 or not select.select([out], [], [], left)[0]:
                raise TimeoutError
            part = os.read(out.fileno(), size)
            if not part:
                raise EOFError
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def end(self) -> None:
        """Let an idle worker end by itself, so that what it used is counted as ours."""
        if self._process is not None:
            with contextlib.suppress(OSError, subprocess.TimeoutExpired):
                self._process.stdin.close()
                self._process.wait(SECONDS_TO_END)
        self.stop()

    def stop(self) -> None:
        """End the worker and all that runs in its sandbox."""
        process, self._process = self._process, None
        if process is not None:
            sandboxes.end(process)


def _said(heard: bytearray, how: dict[str, Any]) -> Said:
    begun, ended = heard.startswith(BEGUN), how.get("ended", "")
    if ended == FAULT and begun:  # whatever the learner's code says
        ended = "crash"
    *lines, rest = bytes(heard).removeprefix(BEGUN).decode("utf-8", "replace").split("\n")
    return Said(tuple(lines), rest[:500], ended, how["cpu"], how["memory"] * 1024)

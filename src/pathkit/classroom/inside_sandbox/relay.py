"""Passes messages on to a job's child, and what it says back, without keeping either."""

from __future__ import annotations

import os
import select
import time

from pathkit.classroom.inside_sandbox.frames import (
    BUFFER,
    FRAME,
    LAST,
    SAID,
    exactly,
    has_come,
    pass_over,
    write,
)

MOST_OUTPUT = 2**22  # bytes; right answers give a few thousand, and decoding takes much more
SECONDS_TO_LOOK = 0.5
ENDED_ITSELF = "itself"


class Relay:
    """Passes messages on to a job's child, and what it says back, without keeping either."""

    def __init__(self, child: int, jobs: int, sink: int, reader: int, answers: int):
        self.child = child
        self.jobs, self.sink, self.reader, self.answers = jobs, sink, reader, answers
        self.held = bytearray(BUFFER)  # what the child hasn't taken yet
        self.start = self.end = 0
        self.left = 0  # of the message that is coming in
        self.said = 0

    def until_the_end(self, seconds: float) -> str:
        """Go on until the child closes its pipe; returns why it was cut short, or "".

        seconds: what the child may take for each message.
        """
        try:
            return self._pass_on(seconds)
        finally:
            self._no_more()
            self.held[:] = bytes(len(self.held))
            pass_over(self.jobs, self.left)

    def _pass_on(self, seconds: float) -> str:
        until = time.monotonic() + seconds
        while True:
            full = self.start < self.end
            inward = [self.reader] if full or self.sink < 0 else [self.reader, self.jobs]
            left = until - time.monotonic()
            if left <= 0:
                return "time"
            ready = select.select(inward, [self.sink] * full, [], min(left, SECONDS_TO_LOOK))
            if not any(ready) and has_ended(self.child) and not has_come(self.reader):
                return ""  # what it started may hold the pipe open
            if self.reader in ready[0]:
                if why := self._pass_back():
                    return "" if why == ENDED_ITSELF else why
            elif full and ready[1]:
                self._give()
            elif self.jobs in ready[0]:
                if not self.left:
                    until = time.monotonic() + seconds
                self._take()

    def _pass_back(self) -> str:
        """Pass on what the child says; returns why to stop, or "" to go on."""
        said = bytearray(BUFFER)
        size = os.readv(self.reader, [said])
        if not size:
            return ENDED_ITSELF
        self.said += size
        if self.said > MOST_OUTPUT:
            return "output"
        write(self.answers, FRAME.pack(SAID, size))
        write(self.answers, memoryview(said)[:size])
        said[:size] = bytes(size)
        return ""

    def _take(self) -> None:
        """Take what there is of the message that is coming in."""
        if not self.left:
            kind, self.left = FRAME.unpack(exactly(self.jobs, FRAME.size))
            if kind == LAST:
                self._no_more()
            return
        most = memoryview(self.held)[: min(self.left, BUFFER)]
        self.start, self.end = 0, os.readv(self.jobs, [most])
        if not self.end:
            raise EOFError
        self.left -= self.end

    def _give(self) -> None:
        try:
            self.start += os.write(self.sink, memoryview(self.held)[self.start : self.end])
        except BrokenPipeError:  # it doesn't listen any more
            self.start = self.end
        except BlockingIOError:
            pass

    def _no_more(self) -> None:
        if self.sink >= 0:
            os.close(self.sink)
            self.sink = -1


def has_ended(child: int) -> bool:
    """Whether a child has ended; it is still there to be waited for."""
    return os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

"""Stop a call that runs too long, inside the process that runs it."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
import types
from collections.abc import Iterator

from pathkit.checks.imports import clock, timed_imports

AGAIN = 0.1  # seconds between one stop and the next, while the call goes on
PATIENCE = 3  # stops that a call may swallow
HAIL = 2e-5  # seconds between stops after that


class OutOfTime(BaseException):
    """Not an Exception, so that a learner's `except Exception` can't swallow it."""


def can_stop() -> bool:
    """Whether a running call can be stopped here: POSIX, and on the main thread."""
    return hasattr(signal, "setitimer") and (
        threading.current_thread() is threading.main_thread()
    )


@contextlib.contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise OutOfTime in the block after `seconds` of wall time, not counting imports.

    An import is never cut short: half of a package would stay behind, and no second try mends it.
    Where a signal can't be had (Windows, other threads) the block runs without a limit: the
    learner's own interrupt button is the way out there.
    """
    if not can_stop():
        yield
        return
    begun = time.monotonic()
    stop = _Stop(begun + seconds, clock.so_far())
    handler = signal.signal(signal.SIGALRM, stop)
    # The timer repeats: an exception raised inside a __del__ or a callback is lost, the next isn't.
    timer = signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        with timed_imports():
            yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        if stop.times:
            time.sleep(0.001)  # for a signal that is under way to another thread
        # One that is late all the same would end the process under the default handler: drop it.
        signal.signal(signal.SIGALRM, signal.SIG_IGN)
        signal.signal(signal.SIGALRM, signal.SIG_DFL if handler is None else handler)
        if timer[0]:
            left = timer[0] - (time.monotonic() - begun)
            signal.setitimer(signal.ITIMER_REAL, max(left, 0.001), timer[1])


class _Stop:
    """A signal handler that raises OutOfTime wherever that can't break our own tidying up.

    A loop around `except BaseException` or a bare `except` swallows it. Its few instructions
    outside of the `try` don't: a hail of stops soon meets one of them.
    """

    times = 0

    def __init__(self, end: float, imported: float):
        """end: when time is up, as `time.monotonic` says; imported: what the clock showed then."""
        self.end = end
        self.imported = imported

    def __call__(self, _: int, frame: types.FrameType | None) -> None:
        if frame is None or frame.f_code.co_filename in _TIDYING:
            return
        if wait := self._time_for_imports():
            signal.setitimer(signal.ITIMER_REAL, wait, AGAIN)
            return
        self.times += 1
        if self.times == PATIENCE:
            signal.setitimer(signal.ITIMER_REAL, HAIL, HAIL)
        raise OutOfTime

    def _time_for_imports(self) -> float:
        """Seconds until the next look, as long as imports had the time that is missing."""
        left = self.end + clock.so_far() - self.imported - time.monotonic()
        return AGAIN if clock.depth else max(left, 0.0)


_TIDYING = {
    f.__code__.co_filename for f in (can_stop, contextlib.contextmanager, type(clock).so_far)
}

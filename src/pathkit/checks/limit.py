"""Stop a call that runs too long, inside the process that runs it."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator


class OutOfTime(BaseException):
    """Not an Exception, so that a learner's `except Exception` can't swallow it."""


def can_stop() -> bool:
    """Whether a running call can be stopped here: POSIX, and on the main thread."""
    return hasattr(signal, "setitimer") and (
        threading.current_thread() is threading.main_thread()
    )


@contextlib.contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise OutOfTime in the block after `seconds` of wall time.

    Where a signal can't be had (Windows, other threads) the block runs without a limit: the
    learner's own interrupt button is the way out there.
    """
    if not can_stop():
        yield
        return

    def stop(*_: object) -> None:
        raise OutOfTime

    before = signal.signal(signal.SIGALRM, stop)
    # The timer repeats: an exception raised inside a __del__ or a callback is lost, the next isn't.
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

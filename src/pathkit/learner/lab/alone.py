"""One start at a time: of two at the same moment, the second finds the server of the first."""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Iterator
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: two starts at the same moment make two servers there
    fcntl = None

LONGEST, STEP = 120.0, 0.1
"""Seconds that a start may take, and between two looks."""
HELD = (errno.EAGAIN, errno.EACCES, errno.EWOULDBLOCK)


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold a lock that ends with its process; wait for another start, though not for ever.

    Where there is no such thing as a lock, nothing is held: that is no reason not to start.
    """
    with contextlib.ExitStack() as opened:
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            _hold(opened.enter_context(open(path, "ab")).fileno())
        yield


def _hold(number: int) -> None:
    end = time.monotonic() + LONGEST
    while fcntl is not None and os.name == "posix" and time.monotonic() < end:
        try:
            return fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in HELD:
                return None
        time.sleep(STEP)
    return None

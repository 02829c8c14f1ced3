"""One at a time: whoever writes notebooks into a learner's folder holds its lock."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

from pathkit.learner.folder import Folder

SECONDS_BEFORE_SAYING_SO = 1


@contextlib.contextmanager
def locked(folder: Path, say: Callable[[str], object]) -> Iterator[None]:
    """Hold the lock of a learner's folder, waiting as long as another process holds it.

    The lock ends with its process, however that ends. say: is told in a line when the wait takes
    more than a second. Raises OSError when the lock's file can't be made.
    """
    from filelock import FileLock, Timeout

    path = Folder(folder).lock
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path)
    try:
        lock.acquire(timeout=SECONDS_BEFORE_SAYING_SO)
    except Timeout:
        say(f"another pathkit is updating {folder}; waiting for it to end (Ctrl-C gives up)")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()

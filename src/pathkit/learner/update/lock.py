"""One at a time: whoever writes notebooks into a learner's folder holds its lock."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from pathkit.learner.folder import Folder

try:
    import fcntl
except ImportError:  # Windows, whose locks every file system has
    fcntl = None

SECONDS_BEFORE_SAYING_SO = 1
TAKEN = {errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK}
_told: set[Path] = set()


@contextlib.contextmanager
def locked(folder: Path, say: Callable[[str], object]) -> Iterator[None]:
    """Hold the lock of a learner's folder, waiting as long as another process holds it.

    The lock ends with its process, however that ends. say: is told in a line when the wait takes
    more than a second, and once where the file system has no locks: then nobody waits. Raises
    OSError when the lock's file can't be made.
    """
    from filelock import FileLock, Timeout

    path = Folder(folder).lock
    path.parent.mkdir(parents=True, exist_ok=True)
    if not has_locks(path):
        if folder not in _told:
            _told.add(folder)
            say(f"{folder} is on a file system without locks: start one pathkit at a time there")
        yield
        return
    lock = FileLock(path)
    try:
        lock.acquire(timeout=SECONDS_BEFORE_SAYING_SO)
    except Timeout:
        say(f"another pathkit is updating {folder}; waiting for it to end (Ctrl-C gives up)")
        lock.acquire()
    try:
        yield
    finally:
        with contextlib.suppress(OSError):  # what was done is done; the lock ends with us
            lock.release()


def has_locks(path: Path) -> bool:
    """Whether the file system of a lock's file knows locks; makes the file. Raises OSError."""
    if fcntl is None:
        return True
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno in TAKEN
    finally:
        os.close(handle)
    return True

"""One set-up at a time."""

import os
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: no lock there
    fcntl = None


class SetUpLock:
    """Lets one set-up run at a time. pip inherits it: one whose parent was killed keeps it."""

    def __init__(self, path: Path):
        self.path = path
        self.number = -1

    def __enter__(self) -> "SetUpLock":
        if fcntl is None:
            return self
        self.number = os.open(self.path, os.O_RDONLY)
        try:
            fcntl.flock(self.number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("another set-up is under way: waiting for it", flush=True)
            fcntl.flock(self.number, fcntl.LOCK_EX)
        except OSError:
            pass  # a file system without locks
        return self

    def __exit__(self, *exception: object) -> None:
        if self.number >= 0:
            os.close(self.number)

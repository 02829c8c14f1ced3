"""How long this thread has been importing: the first `import torch` isn't an answer's slowness."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any


class ImportClock(threading.local):
    """What a thread's imports took. depth: of imports that are under way; seconds: of those done.

    An import that finds its module loaded already isn't noticed: it takes no time.
    """

    depth = 0
    seconds = 0.0
    begun = 0.0

    def so_far(self) -> float:
        """Seconds of all imports, with what the one under way has taken until now."""
        return self.seconds + (time.monotonic() - self.begun if self.depth else 0.0)


clock = ImportClock()


@contextlib.contextmanager
def timed_imports() -> Iterator[ImportClock]:
    """Keep `clock` going within the block, for whatever is imported however it is asked for."""
    importer: Any = sys.modules.get("_frozen_importlib")
    load = getattr(importer, "_find_and_load", None)
    if load is None or getattr(load, "is_timed", False):
        yield clock
        return

    def timed(*arguments: Any) -> Any:
        clock.depth += 1
        if clock.depth == 1:
            clock.begun = time.monotonic()
        try:
            return load(*arguments)
        finally:
            clock.depth -= 1
            if not clock.depth:
                clock.seconds += time.monotonic() - clock.begun

    timed.is_timed = True
    importer._find_and_load = timed
    try:
        yield clock
    finally:
        importer._find_and_load = load

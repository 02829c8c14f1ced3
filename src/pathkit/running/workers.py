"""Processes that work side by side, and end when we are interrupted."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor

MOST = 8
SECONDS_TO_END = 10


def cores() -> int:
    """How many processes may run side by side: the cores given to us, 8 at most."""
    given = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(given or 1, MOST)


def ignore_interrupt() -> None:
    """In a worker: Ctrl-C is the parent's business, and its SIGTERM ends what runs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextlib.contextmanager
def workers(
    count: int, prepare: Callable[[], None] = ignore_interrupt
) -> Iterator[ProcessPoolExecutor]:
    """A pool of `count` fresh processes; an exception in the block ends them at once.

    prepare: called first in each, and decides what Ctrl-C and SIGTERM do there.
    """
    with _without_the_current_folder():
        pool = ProcessPoolExecutor(count, multiprocessing.get_context("spawn"), prepare)
        try:
            yield pool
        except BaseException:
            _end(pool)
            raise
        pool.shutdown()


@contextlib.contextmanager
def _without_the_current_folder() -> Iterator[None]:
    """Let new Pythons find no modules where we stand: there may be a `random.py`."""
    before = os.environ.get("PYTHONSAFEPATH")
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("PYTHONSAFEPATH", None)
        else:
            os.environ["PYTHONSAFEPATH"] = before


def _end(pool: ProcessPoolExecutor) -> None:
    """Stop at once, the jobs that wait included."""
    running = multiprocessing.active_children()
    # The pool's own thread has to be gone before we are: at exit the two get into each other's way,
    # and a traceback tells of it. Nobody waits for one that doesn't end.
    ending = threading.Thread(target=pool.shutdown, kwargs={"cancel_futures": True}, daemon=True)
    ending.start()
    for worker in running:
        worker.terminate()
    for worker in running:
        worker.join(SECONDS_TO_END)
    ending.join(SECONDS_TO_END)

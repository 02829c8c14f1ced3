"""Several notebooks at once, each in a process of its own."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pathkit.running.execute import Done, Job, execute
from pathkit.running.workers import workers

ENDING = threading.Event()


def executed(work: list[Job], jobs: int, keep: Callable[[Done], None]) -> list[Done]:
    """Execute `work`, at most `jobs` at a time; `keep` is handed each when it is done."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
               TimeElapsedColumn())
    done = []
    with (
        workers(min(jobs, len(work)), _heed_the_parent) as pool,
        Progress(*columns, console=console) as progress,
    ):
        task = progress.add_task("running notebooks", total=len(work))
        futures = {pool.submit(_work, job): job for job in work}
        for future in as_completed(futures):
            result = _result(future, futures[future])
            keep(result)
            done.append(result)
            progress.update(task, advance=1)
            state = "failed" if result.problem else "ok"
            progress.console.print(
                f"{result.name} {state} in {result.seconds:.1f} s", highlight=False
            )
    return sorted(done, key=lambda d: d.name)


def _heed_the_parent() -> None:
    """In a worker: Ctrl-C is the parent's business; its SIGTERM ends what runs.

    Ended so, a worker takes its kernel and its temporary files along.
    """
    # A handler of our own, since a kernel would inherit SIG_IGN.
    signal.signal(signal.SIGINT, lambda *_: None)
    signal.signal(signal.SIGTERM, _end_worker)


def _end_worker(*_: Any) -> None:
    ENDING.set()
    logging.disable()  # asyncio would tell of the tasks that are cut short
    sys.exit(1)


def _work(job: Job) -> Done:
    """Execute a job in a worker, unless it was told to end: it may have been handed one more."""
    if ENDING.is_set():
        sys.exit(1)
    return execute(job)


def _result(future: Future, job: Job) -> Done:
    try:
        return future.result()
    except BrokenProcessPool:
        return Done(job.name, "", 0.0, "the process that ran it ended (out of memory?)")

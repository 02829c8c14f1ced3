"""Where jobs are done: processes of this machine, or a Dask cluster."""

from __future__ import annotations

import contextlib
import ctypes
import dataclasses
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from typing import Any

from pathkit.errors import EnvironmentProblem
from pathkit.installation import install_extra
from pathkit.running.workers import ignore_interrupt, workers

PR_SET_PDEATHSIG = 1
SECONDS_TO_CONNECT = 10


@dataclasses.dataclass(frozen=True)
class Crew:
    """Who does jobs, and how many at a time.

    everywhere: calls a function with arguments once on each machine, or in each of Dask's workers;
    its results by their addresses, "" for this machine.
    """

    executor: Executor
    count: int
    everywhere: Callable[..., Mapping[str, Any]]


@contextlib.contextmanager
def processes(count: int) -> Iterator[Crew]:
    """A pool of `count` processes of this machine."""
    with workers(count, _prepare) as pool:
        yield Crew(pool, count, lambda function, *arguments: {"": function(*arguments)})


def _prepare() -> None:
    """In a worker: Ctrl-C is the parent's business; a parent that is killed takes us along."""
    ignore_interrupt()
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)


@contextlib.contextmanager
def dask(address: str) -> Iterator[Crew]:
    """A running Dask cluster; an exception cancels the rest of its jobs.

    Raises EnvironmentProblem when there is none at `address`, or its workers lack pathkit.
    """
    try:
        from distributed import Client
    except ImportError:
        raise EnvironmentProblem(
            f"--dask needs the package `distributed`: {install_extra('dask')}"
        ) from None
    try:
        client = Client(address, timeout=SECONDS_TO_CONNECT)
    except (OSError, ValueError, TimeoutError) as error:
        raise EnvironmentProblem(f"no Dask scheduler answers at {address}: {error}") from error
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise EnvironmentProblem(f"the Dask scheduler at {address} has no workers")
        executor = client.get_executor(pure=False)

        def everywhere(function: Callable[..., Any], *arguments: Any) -> Mapping[str, Any]:
            try:
                return client.run(function, *arguments)
            except Exception as error:  # whatever a worker without our packages raises
                raise EnvironmentProblem(
                    f"a worker of the Dask cluster can't do this work ({type(error).__name__}: "
                    f"{error}); pathkit and its packages must be installed there, too"
                ) from error

        try:
            yield Crew(executor, threads, everywhere)
        finally:
            executor.shutdown(wait=False)


def finished(
    executor: Executor,
    function: Callable[..., Any],
    calls: Iterable[tuple[Any, tuple[Any, ...]]],
    ahead: int,
) -> Iterator[tuple[Any, Any]]:
    """(name, result) of each call as it is finished; `calls` are names with arguments.

    ahead: how many are on their way at a time. Raises what a call raises; what didn't begin until
    then, or until the iterator is closed, is cancelled.
    """
    running: dict[Future, Any] = {}
    waiting = iter(calls)
    try:
        while True:
            for name, arguments in waiting:
                running[executor.submit(function, *arguments)] = name
                if len(running) >= ahead:
                    break
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                yield running.pop(future), future.result()
    finally:
        for future in running:
            future.cancel()

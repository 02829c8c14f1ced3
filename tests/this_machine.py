"""What tests need of the machine that they run on, and how its lack is told."""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
from collections.abc import Iterator
from typing import Any

import psutil
import pytest

from pathkit.classroom import sandboxes
from pathkit.classroom.whole_notebooks import one_notebook as whole_job

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NO_BROWSER = (
    "no browser, so nobody saw whether the notebooks, the panel and the map work in JupyterLab: "
    "`apt install chromium` or `playwright install chromium`"
)


# --- sandboxes ----------------------------------------------------------------------------------


@functools.cache
def trouble(place: str = "") -> str:
    """Why this sandbox, or any at all, doesn't work here; "" when it does."""
    return _trouble(lambda: sandboxes.best(place))


@functools.cache
def trouble_with_whole_notebooks() -> str:
    """Why no sandbox here can run a kernel; "" when one can."""
    return _trouble(lambda: whole_job.sandbox(""))


def _trouble(find: Any) -> str:
    try:
        find()
    except sandboxes.NoSandbox as error:
        return str(error).partition(" What helps:")[0].rstrip(".")
    return ""


# --- a browser ----------------------------------------------------------------------------------


@contextlib.contextmanager
def chromium(flags: list[str]) -> Iterator[Any]:
    """A Chromium of this machine; skips where there is none, or none that starts."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="pip install playwright")
    try:
        playwright = sync_api.sync_playwright().start()
    except Exception as error:  # of any kind: its driver, a program of its own, doesn't start
        pytest.skip(f"{NO_BROWSER} (Playwright doesn't start: {_first_line(error)})")
    try:
        with _launched(playwright, flags, sync_api.Error) as browser:
            yield browser
    finally:
        playwright.stop()


def _launched(playwright: Any, flags: list[str], failure: type[Exception]) -> Any:
    named = [*filter(None, map(shutil.which, BROWSERS)), playwright.chromium.executable_path]
    said = ""
    for path in filter(os.path.exists, named):
        # An ordinary user may be forbidden the namespaces of Chromium's own sandbox.
        for arguments in (flags, [*flags, "--no-sandbox"]):
            try:
                return playwright.chromium.launch(executable_path=path, args=arguments)
            except failure as error:
                said = said or f" ({path} doesn't start: {_first_line(error)})"
    return pytest.skip(NO_BROWSER + said)


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)


# --- processes ----------------------------------------------------------------------------------


def lives(number: int) -> bool:
    """Whether a process goes on; one that nobody has waited for doesn't."""
    try:
        return psutil.Process(number).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def processes_of(group: int) -> int:
    """How many processes a group has."""
    count = 0
    for number in psutil.pids():
        with contextlib.suppress(OSError):
            count += os.getpgid(number) == group
    return count

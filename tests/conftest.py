"""Fixtures that several test files share, and what is said of tests that were skipped."""

from __future__ import annotations

import itertools
import linecache
import textwrap
from collections.abc import Callable
from typing import Any

import pytest

from tests import this_machine
from tests.learner.learner_folders import release
from tests.outcome import by_reason

# Tests with one of these fixtures run learner code in a sandbox; the last is for all there are.
SANDBOXES = {"works", "runs_kernels", "each_sandbox"}

_numbers = itertools.count()

Cell = Callable[..., dict[str, Any]]


def run_cell(source: str, *, lost: bool = False, **names: Any) -> dict[str, Any]:
    """Run `source` as IPython runs a cell: its text is found again through linecache.

    lost: whether the text can't be found afterwards. Returns the names it leaves behind.
    """
    source = textwrap.dedent(source).strip("\n") + "\n"
    filename = f"/tmp/ipykernel_1/{next(_numbers)}.py"
    if not lost:
        lines = source.splitlines(keepends=True)
        linecache.cache[filename] = (len(source), None, lines, filename)
    namespace = {"__name__": "__main__", **names}
    exec(compile(source, filename, "exec"), namespace)
    return namespace


@pytest.fixture
def cell() -> Cell:
    """`cell(source)["name"]` is what a learner's cell defined."""
    return run_cell


@pytest.fixture(scope="session")
def works() -> None:
    """Any sandbox for answers."""
    if trouble := this_machine.trouble():
        pytest.skip(f"{trouble}, so nobody saw whether students' code is contained and graded")


@pytest.fixture(scope="session")
def runs_kernels() -> None:
    """A sandbox for whole notebooks."""
    if trouble := this_machine.trouble_with_whole_notebooks():
        pytest.skip("no sandbox here can run a kernel, so nobody saw whether whole notebooks are "
                    f"contained and graded (bubblewrap: {trouble})")


@pytest.fixture(scope="session")
def each_sandbox() -> None:
    """Asked for by what tries each sandbox by name, and skips by itself where one is missing."""


@pytest.fixture
def old(tmp_path):
    """A first version of a small path's notebooks."""
    return release(tmp_path / "old", "1")


@pytest.fixture
def new(tmp_path):
    """The next version of it."""
    return release(tmp_path / "new", "2")


@pytest.hookimpl(tryfirst=True)  # before -m chooses
def pytest_collection_modifyitems(items: list[Any]) -> None:
    """Mark the tests that need a sandbox by what they ask for."""
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        if asked & SANDBOXES:
            item.add_marker("sandbox")
        if "each_sandbox" in asked:
            item.add_marker("each_sandbox")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say aloud that nobody looked, in a line for each reason: a skipped test is overlooked."""
    reports = terminalreporter.stats.get("skipped", ())
    told = (r.longrepr[2] if isinstance(r.longrepr, tuple) else str(r.longrepr) for r in reports)
    for reason, count in by_reason(told):
        terminalreporter.write_line(f"SKIPPED {count}: {reason}", yellow=True)

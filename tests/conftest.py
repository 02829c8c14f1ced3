"""Fixtures that several test files share."""

from __future__ import annotations

import itertools
import linecache
import textwrap
from collections.abc import Callable
from typing import Any

import pytest

from learner_folders import release

# What nobody has seen when the tests of these files are skipped.
UNSEEN = {
    "test_browser.py": (
        "the browser tests", "whether the notebooks, the panel and the map work in JupyterLab"),
    "test_nbgrader.py": (
        "tests of nbgrader", "whether it processes what `pathkit assign --format nbgrader` writes"),
}

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


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say aloud that nobody looked: a skipped test is easily overlooked."""
    for file, (tests, unseen) in UNSEEN.items():
        skipped = [r for r in terminalreporter.stats.get("skipped", ()) if file in r.nodeid]
        if skipped:
            why = skipped[0].longrepr
            terminalreporter.write_line(
                f"WARNING: {tests} did not run, so nobody saw {unseen}. "
                f"{why[2] if isinstance(why, tuple) else why}",
                yellow=True, bold=True,
            )


@pytest.fixture
def old(tmp_path):
    """A first version of a small path's notebooks."""
    return release(tmp_path / "old", "1")


@pytest.fixture
def new(tmp_path):
    """The next version of it."""
    return release(tmp_path / "new", "2")

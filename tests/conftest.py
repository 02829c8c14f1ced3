"""Fixtures that several test files share."""

from __future__ import annotations

import itertools
import linecache
import textwrap
from collections.abc import Callable
from typing import Any

import pytest

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

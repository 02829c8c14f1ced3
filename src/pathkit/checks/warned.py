"""What was warned of while an answer ran, and at which of its lines."""

from __future__ import annotations

import contextlib
import linecache
import sys
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np

from pathkit.checks.outputs import MOST_CODE, MOST_MESSAGE, MOST_WARNED, Warned
from pathkit.checks.plain import name_of


@contextlib.contextmanager
def noting(file: str) -> Iterator[list[Warned]]:
    """Collect the RuntimeWarnings that come while a line of `file` runs: NumPy's are such.

    Each line's warning is taken once, and MOST_WARNED of them. Nothing is printed.
    """
    found: list[Warned] = []

    def take(message: Any, category: type, *_: Any, **__: Any) -> None:
        place = _line_in(file) if len(found) < MOST_WARNED else None
        if place is not None:
            text = f"{name_of(category)}: {' '.join(str(message).split())}"[:MOST_MESSAGE]
            found.append(Warned(text, *place))

    # NumPy's own defaults: what a learner sees outside of a check.
    with warnings.catch_warnings(), np.errstate(divide="warn", over="warn", invalid="warn"):
        warnings.simplefilter("ignore")
        warnings.simplefilter("default", RuntimeWarning)
        warnings.showwarning = take
        yield found


def _line_in(file: str) -> tuple[int, str] | None:
    """The innermost running line of `file`, and its text; None where none runs."""
    frame = sys._getframe(1)
    while frame is not None:
        if frame.f_code.co_filename == file:
            code = linecache.getline(file, frame.f_lineno, frame.f_globals)
            return frame.f_lineno, code.strip()[:MOST_CODE]
        frame = frame.f_back
    return None

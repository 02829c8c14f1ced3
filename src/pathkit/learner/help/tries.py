"""When an answer is shown: the one rule of notebooks and terminal."""

from __future__ import annotations

BEFORE_SOLUTION = 3


def left(tries: int, passed: bool) -> int:
    """How many more tries come before an answer is shown; 0 once it may be."""
    return 0 if passed else max(BEFORE_SOLUTION - tries, 0)

"""One thing that a lesson doesn't hold: where, what was found, what is expected, what to do."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Finding(NamedTuple):
    """One line for whoever mends it.

    file: absolute; line counts from 1. found, expected and todo are without a full stop;
    expected and todo may be "" where the finding says it all.
    """

    file: Path
    line: int
    found: str
    expected: str = ""
    todo: str = ""

    def told(self, root: Path) -> str:
        """`modules/pairs/lesson.py:3: …`, the file as it is found from `root`."""
        file = self.file.resolve()
        inside = file.is_relative_to(root.resolve())
        name = file.relative_to(root.resolve()).as_posix() if inside else str(self.file)
        expected = f"; expected {self.expected}" if self.expected else ""
        todo = f"; {self.todo}" if self.todo else ""
        return f"{name}:{self.line}: {self.found}{expected}{todo}".replace("\n", " ")


def counted(count: int, one: str) -> str:
    """`1 cell`, `7 cells`."""
    return f"{count} {one}" if count == 1 else f"{count} {one}s"


def within(bounds: tuple[int, int]) -> str:
    """`35 to 60`."""
    return f"{bounds[0]} to {bounds[1]}"


def how_to_fit(count: float, bounds: tuple[int, int], more: str, fewer: str) -> str:
    """`more` where there are too few, `fewer` where there are too many."""
    return more if count < bounds[0] else fewer

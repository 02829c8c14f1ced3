"""One thing that was looked at."""

from __future__ import annotations

import dataclasses
from typing import Any, Literal

State = Literal["fine", "remark", "wrong"]
SIGNS: dict[State, str] = {"fine": "✓", "remark": "–", "wrong": "✗"}


@dataclasses.dataclass(frozen=True)
class Finding:
    """What was looked at, how it is, and what mends it: a command, or a sentence.

    state: a remark keeps nobody from learning, what is wrong does.
    """

    what: str
    state: State
    says: str
    mend: str = ""

    def __str__(self) -> str:
        line = f"{SIGNS[self.state]} {self.what}: {self.says}"
        return f"{line}\n    {self.mend}" if self.mend else line

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return dataclasses.asdict(self)


def fine(what: str, says: str) -> Finding:
    """Nothing is to be done."""
    return Finding(what, "fine", says)


def remark(what: str, says: str, mend: str = "") -> Finding:
    """Worth knowing; learners can work all the same."""
    return Finding(what, "remark", says, mend)


def wrong(what: str, says: str, mend: str = "") -> Finding:
    """Learners can't work before this is mended."""
    return Finding(what, "wrong", says, mend)

"""A wrong answer that people give, in one of the ways in which they write it."""

from __future__ import annotations

import dataclasses
from typing import Any


@dataclasses.dataclass(frozen=True)
class Misconception:
    """A wrong answer that people give, runnable, and the sentence that explains it.

    spelling: whether it is one that stands before it in other code, with other results: name and
    message are those of that one.
    """

    name: str
    message: str
    answer: Any
    spelling: bool = False

    def spelt(self, answer: Any) -> Misconception:
        """The same one in other code."""
        return dataclasses.replace(self, answer=answer, spelling=True)

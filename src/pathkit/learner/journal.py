"""Writes what happens in a notebook to the log of the learner's folder, if it lies in one.

Never raises and never interrupts a lesson: outside of a learner's folder (a hosted notebook, the
project's own tests) it does nothing; where the disk is full it says so once.
"""

from __future__ import annotations

import dataclasses
import time
from pathlib import Path
from typing import Any

from pathkit.learner import folder, log

# A cell that is run shows that somebody is at work; once a minute is exact enough.
ACTIVE_EVERY = 60.0


@dataclasses.dataclass
class Journal:
    """The log that a kernel writes to; `home` is None outside of a learner's folder."""

    home: folder.Folder | None = None
    module: str = ""
    trouble: str = ""
    _active_at: float = -ACTIVE_EVERY

    @classmethod
    def opened(cls, module: str) -> Journal:
        """The journal of the notebook that runs in the current directory."""
        try:
            here = Path.cwd()
            home = folder.find(here)
            if home is not None and not home.holds_work(here):
                home = None
        except (OSError, ValueError):
            home = None
        return cls(home, module)

    def note(self, kind: str, module: str = "", **fields: Any) -> None:
        """Log one event; says once when that is impossible."""
        if self.home is None:
            return
        try:
            log.append(self.home.progress, kind, module or self.module, **fields)
        except OSError as error:
            if not self.trouble:
                self.trouble = f"{self.home.progress.name} can't be written: {error.strerror}"
                print(f"Your progress isn't saved now: {self.trouble}. Your notebook is.")

    def note_active(self) -> None:
        """Log that a cell was run, at most once a minute."""
        now = time.monotonic()
        if now - self._active_at >= ACTIVE_EVERY:
            self._active_at = now
            self.note("active")

    def events(self) -> list[log.Event]:
        """All that was ever logged in this learner's folder."""
        return log.read(self.home.progress) if self.home else []

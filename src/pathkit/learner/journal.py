"""Writes what happens in a notebook to the log of the learner's folder, if it lies in one.

Never raises and never interrupts a lesson: outside of a learner's folder (a hosted notebook, the
project's own tests) it only remembers; where the disk is full it says so once, and writes what it
remembers as soon as it can. A folder that is renamed or moved meanwhile is found again.
"""

from __future__ import annotations

import dataclasses
import time
from typing import Any

from pathkit import progress_log
from pathkit.display import started_in
from pathkit.learner import folder

# A cell that is run shows that somebody is at work; once a minute is exact enough.
ACTIVE_EVERY = 60.0


@dataclasses.dataclass
class Journal:
    """The log that a kernel writes to; `home` is None outside of a learner's folder.

    unsaved: the events that could not be written yet; they would be gone with this kernel.
    """

    home: folder.Folder | None = None
    module: str = ""
    trouble: str = ""
    unsaved: list[progress_log.Event] = dataclasses.field(default_factory=list)
    _active_at: float = -ACTIVE_EVERY

    @classmethod
    def opened(cls, module: str) -> Journal:
        """The journal of the notebook that runs in the current directory."""
        try:
            home = folder.at_work(started_in())
        except (OSError, ValueError):
            home = None
        return cls(home, module)

    def note(self, kind: str, module: str = "", **fields: Any) -> progress_log.Event:
        """Log one event and return it; says once when it can't be written."""
        event = progress_log.new(kind, module or self.module, **fields)
        self.unsaved.append(event)
        if self.home is not None:
            self._save(self.home)
        return event

    def _save(self, home: folder.Folder) -> None:
        try:
            self._write(home)
        except OSError as error:
            if (moved := self._moved(home)) is not None:
                self.home = moved
                self._save(moved)
            elif not self.trouble:
                self.trouble = f"{home.progress.name} can't be written: {error.strerror}"
                print(f"Your progress isn't saved now: {self.trouble}. Your notebook is.")
            return
        if self.trouble:
            self.trouble = ""
            print("Your progress is saved again, with all that happened meanwhile.")

    def _write(self, home: folder.Folder) -> None:
        while self.unsaved:
            progress_log.write(home.progress, self.unsaved[0])
            del self.unsaved[0]

    def _moved(self, home: folder.Folder) -> folder.Folder | None:
        """Where the folder of this kernel is now, if it is elsewhere than it was."""
        if home.root.exists():
            return None
        found = Journal.opened(self.module).home
        return found if found != home else None

    def note_active(self) -> progress_log.Event | None:
        """Log that a cell was run, at most once a minute; returns the event, if there is one."""
        now = time.monotonic()
        if now - self._active_at < ACTIVE_EVERY:
            return None
        self._active_at = now
        return self.note("active")

    def events(self) -> list[progress_log.Event]:
        """All that was ever logged in this learner's folder, and what this kernel couldn't save."""
        saved = progress_log.read_all(self.home.progress) if self.home else []
        return progress_log.in_order([*saved, *self.unsaved])

"""What an update writes into a learner's folder; in a dry run nothing."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from pathkit.files import NO_ROOM, contents, patiently, sync_folder, write_atomically
from pathkit.learner import last_saved
from pathkit.learner.folder import Folder
from pathkit.learner.update import backups
from pathkit.learner.update.record import Record


class Writer:
    """Writes into one folder. say: is told what of the folder's own notes can't be written."""

    def __init__(self, home: Folder, dry_run: bool, say: Callable[[str], object]):
        self.home = home
        self.folder = home.root
        self.dry_run = dry_run
        self.say = say

    def note(self, versions: Iterable[tuple[str, bytes]], record: Record) -> None:
        """Add versions of the path, by their names, to what is known to be the path's own."""
        if not record.add(versions) or self.dry_run:
            return
        try:
            write_atomically(record.path, record.text())
        except OSError as error:
            if error.errno in NO_ROOM or not record.path.is_file():
                raise
            self.say(f"{record.path} can't be written: {error.strerror}; the next start tries it")

    def write(self, path: Path, data: bytes, expected: bytes | None) -> None:
        """Write a file; raises ChangedMeanwhile where it isn't what was expected."""
        if not self.dry_run:
            if path.parent == self.folder:
                last_saved.note(self.home, data)
            write_atomically(path, data, expected)

    def back_up(self, name: str, data: bytes) -> None:
        """Keep a notebook as the learner left it."""
        if not self.dry_run:
            backups.save(self.folder, name, data)

    def move(self, name: str, to: str) -> None:
        """Give a notebook its new name; raises FileExistsError where something has it."""
        if self.dry_run:
            return
        path, target = self.folder / name, self.folder / to
        if os.path.lexists(target) and not os.path.samefile(path, target):
            raise FileExistsError(errno.EEXIST, f"{name} belongs here, and something is in its way",
                                  to)
        patiently(os.rename, path, target)
        sync_folder(self.folder)

    def remove(self, path: Path, expected: bytes | None = None) -> None:
        """Remove a file, unless it was changed meanwhile."""
        if self.dry_run or not path.exists():
            return
        if expected is None or contents(path) == expected:
            patiently(path.unlink)

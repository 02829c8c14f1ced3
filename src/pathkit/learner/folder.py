"""The learner's folder: where its files are, and how to find it from inside."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

from pathkit.errors import EnvironmentProblem
from pathkit.installation import checkout

DEFAULT_NAME = "my-path"
SOLUTIONS = "solutions"


@dataclasses.dataclass(frozen=True)
class Folder:
    """Where the files of a learner's folder are; `root` is the folder itself."""

    root: Path

    @property
    def state(self) -> Path:
        """What the path keeps about the folder; the learner's own files lie beside it."""
        return self.root / ".pathkit"

    @property
    def path_map(self) -> Path:
        """The path as the learner's commands need it; its presence marks a learner's folder."""
        return self.state / "path.json"

    @property
    def progress(self) -> Path:
        """The log of verdicts, predictions and time: one event a line, append-only."""
        return self.root / "progress.jsonl"

    @property
    def backups(self) -> Path:
        """Earlier versions of the learner's notebooks."""
        return self.state / "backups"

    @property
    def base(self) -> Path:
        """The path's notebooks as they were last merged into the learner's."""
        return self.state / "base"

    @property
    def versions(self) -> Path:
        """All versions of the path's notebooks that were merged here, a folder a module."""
        return self.state / "versions"

    @property
    def merging(self) -> Path:
        """The path's notebooks that are being merged; empty but while an update runs."""
        return self.state / "merging"

    @property
    def copied(self) -> Path:
        """Marks of all versions of the path's notebooks that were ever laid out here."""
        return self.state / "copied.json"

    @property
    def lock(self) -> Path:
        """Held by whoever writes notebooks here."""
        return self.state / "lock"

    @property
    def settings(self) -> Path:
        """The learner's choices, such as whether assistants are asked to tutor."""
        return self.state / "settings.json"

    @property
    def calendar(self) -> Path:
        """What the calendar of the learner's plan was told last."""
        return self.state / "plan.json"

    @property
    def review(self) -> Path:
        """When each recall card is due: made from the log, and made again when it is lost."""
        return self.state / "review.json"

    @property
    def models(self) -> Path:
        """The models that the learner trained and kept, a file each."""
        return self.root / "models"

    def holds_work(self, directory: Path) -> bool:
        """Whether notebooks in `directory` are the learner's own: solutions are not."""
        inside = directory.resolve().relative_to(self.root.resolve())
        return SOLUTIONS not in inside.parts[:1]


def find(start: Path) -> Folder | None:
    """The learner's folder that `start` lies in, or None."""
    try:
        start = start.resolve()
        return next(
            (Folder(f) for f in (start, *start.parents) if Folder(f).path_map.is_file()), None
        )
    except OSError:
        return None


def at_work(here: Path) -> Folder | None:
    """The learner's folder that a notebook in `here` belongs to, if it is the learner's own."""
    home = find(here)
    return home if home is not None and home.holds_work(here) else None


def nearest(project: Path | None) -> Folder | None:
    """The folder we stand in, or my-path/ here, in the project, or in the checkout we run from."""
    if (here := find(Path.cwd())) is not None:
        return here
    homes = [Path.cwd(), *([project] if project else [])]
    shared = checkout()
    # Several people may run the same checkout: the folder in it is one person's.
    if shared and os.access(shared / DEFAULT_NAME, os.W_OK):
        homes.append(shared)
    return next(filter(None, (find(home / DEFAULT_NAME) for home in homes)), None)


def chosen(named: Path | None, project: Path | None) -> Folder:
    """The folder a command works on: the one named, or the nearest one.

    project: the project that we stand in. Raises EnvironmentProblem when there is none.
    """
    if named is not None:
        folder = Folder(named.resolve())
        if not folder.path_map.is_file():
            raise EnvironmentProblem(
                f"{named} is not a learner's folder; `pathkit start {named}` makes it one"
            )
        return folder
    folder = nearest(project)
    if folder is None:
        raise EnvironmentProblem(
            "there is no learner's folder here; `pathkit start` makes one, --folder names another"
        )
    return folder

"""Earlier versions of the learner's notebooks, so that every change of ours can be taken back.

They lie in .pathkit/backups/NAME/TIME.ipynb of the learner's folder, the time in UTC.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from pathkit.files import write_atomically
from pathkit.learner.folder import Folder

TIME = "%Y-%m-%dT%H-%M-%S.%fZ"


def save(folder: Path, file: str, content: bytes) -> Path:
    """Keep `content` as a version of the notebook `file`; returns where it lies.

    folder: the learner's. Where it is what the newest version holds, nothing is written.
    Raises OSError when the folder can't be written.
    """
    latest = newest(folder, file)
    if latest and latest.read_bytes() == content:
        return latest
    at = datetime.now(UTC)
    if latest:
        # A clock that was set back must not make an older version the newest.
        at = max(at, time_of(latest) + timedelta(microseconds=1))
    path = _home(folder, file) / f"{at.strftime(TIME)}.ipynb"
    write_atomically(path, content)
    return path


def versions(folder: Path, file: str) -> list[Path]:
    """What was kept of the notebook `file`, the oldest first."""
    found = []
    for path in _home(folder, file).glob("*.ipynb"):
        try:
            time_of(path)
        except ValueError:
            continue  # not ours: somebody has put it there
        found.append(path)
    return sorted(found)


def newest(folder: Path, file: str) -> Path | None:
    """The last version that was kept of the notebook `file`."""
    return next(reversed(versions(folder, file)), None)


def _home(folder: Path, file: str) -> Path:
    return Folder(folder).backups / Path(file).stem


def time_of(path: Path) -> datetime:
    """When a version was kept, in UTC; raises ValueError where the name doesn't tell."""
    return datetime.strptime(path.stem, TIME).replace(tzinfo=UTC)

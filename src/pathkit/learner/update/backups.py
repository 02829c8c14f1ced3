"""Earlier versions of the learner's notebooks, so that every change of ours can be taken back.

They lie in .pathkit/backups/NAME/TIME.ipynb of the learner's folder, the time in UTC.
"""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pathkit.files import CantBeRead, contents, write_atomically
from pathkit.learner.folder import Folder
from pathkit.notebook_files.notebook_file import NotANotebook, read

TIME = "%Y-%m-%dT%H-%M-%S.%fZ"


def save(folder: Path, file: str, content: bytes) -> Path:
    """Keep `content` as a version of the notebook `file`; returns where it lies.

    folder: the learner's. Where it is what the newest version holds, nothing is written.
    Raises OSError when the folder can't be written.
    """
    latest = newest(folder, file)
    if latest and _holds(latest, content):
        return latest
    at = datetime.now(UTC)
    if latest:
        # A clock that was set back must not make an older version the newest.
        at = max(at, time_of(latest) + timedelta(microseconds=1))
    path = _home(folder, file) / f"{at.strftime(TIME)}.ipynb"
    write_atomically(path, content)
    return path


def _holds(path: Path, content: bytes) -> bool:
    try:
        return contents(path) == content
    except CantBeRead:
        return False


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


def mend(folder: Path, name: str, advice: str = "", whole_path: bool = False) -> str:
    """What to do about a notebook of the learner's that can't be read, in a sentence.

    advice: what mends a file of this kind, if anything does. whole_path: whether the folder of the
    version to go back to is named, where nothing else has named it.
    """
    if good := last_good(folder, name):
        good = str(folder / good) if whole_path else good
        last = f"its last good version is {good}: copy that over it"
    else:
        last = "rename it, and start again to get a fresh one"
    return f"{advice}; or else {last}" if advice else last


def last_good(folder: Path, name: str) -> str:
    """The newest version of a notebook that can be read: our backup or JupyterLab's checkpoint.

    Its place in the folder, "" where there is none.
    """
    checkpoint = folder / ".ipynb_checkpoints" / f"{Path(name).stem}-checkpoint.ipynb"
    candidates = [*versions(folder, name), *([checkpoint] if checkpoint.is_file() else [])]
    for path in sorted(candidates, key=lambda p: p.stat().st_mtime_ns, reverse=True):
        with contextlib.suppress(NotANotebook, OSError):
            read(contents(path))
            return path.relative_to(folder).as_posix()
    return ""

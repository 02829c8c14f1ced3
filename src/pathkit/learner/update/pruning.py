"""Old backups that can go: what they hold is in a newer one or in the notebook still.

All of the last 30 days stay, and of each month before that the last one of each notebook. What
lies between them goes where every cell of it is kept elsewhere, word for word.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pathkit.learner.folder import Folder
from pathkit.learner.update import backups
from pathkit.notebook_files.cell_identity import is_as_written
from pathkit.notebook_files.notebook_file import NotANotebook, read, text_of

KEPT_WHOLE = timedelta(days=30)


def prune(folder: Path, now: datetime | None = None) -> list[Path]:
    """Remove the backups in a learner's folder that nobody can miss; returns where they lay.

    The caller holds the folder's lock. now: in UTC. Raises OSError.
    """
    now = now or datetime.now(UTC)
    removed: list[Path] = []
    today: set[str] | None = None
    for home in sorted(p for p in Folder(folder).backups.glob("*") if p.is_dir()):
        kept, between = _sorted_out(backups.versions(folder, f"{home.name}.ipynb"), now)
        if not between:
            continue
        if today is None:  # which most runs needn't know
            today = _texts(folder.glob("*.ipynb"))
        there = today | _texts(kept)
        for path in reversed(between):
            texts = _texts_of(path)
            if texts is not None and texts <= there:
                path.unlink()
                removed.append(path)
            elif texts:
                there |= texts
    return removed


def _sorted_out(versions: list[Path], now: datetime) -> tuple[list[Path], list[Path]]:
    """Those that stay whatever they hold, and those between them; the oldest first."""
    last_of_month = {backups.time_of(path).strftime("%Y-%m"): path for path in versions}
    stay = {path for path in versions if backups.time_of(path) > now - KEPT_WHOLE}
    stay |= {*last_of_month.values(), *versions[-1:]}
    return [p for p in versions if p in stay], [p for p in versions if p not in stay]


def _texts(notebooks: Iterable[Path]) -> set[str]:
    return set().union(*(_texts_of(path) or () for path in notebooks))


def _texts_of(path: Path) -> set[str] | None:
    """What a notebook's cells say, but for the path's own prose; None where it can't be read."""
    with contextlib.suppress(NotANotebook, FileNotFoundError, IsADirectoryError):
        return {_text(cell) for cell in read(path.read_bytes())["cells"] if not is_as_written(cell)}
    return None


def _text(cell: dict) -> str:
    return json.dumps([text_of(cell), cell.get("attachments") or {}], sort_keys=True)

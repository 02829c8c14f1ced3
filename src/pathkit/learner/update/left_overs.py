"""What runs that were killed have left in a learner's folder."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from pathkit.files import ASIDE, TEMPORARY, put_back
from pathkit.learner.folder import SOLUTIONS, Folder

SECONDS_OF_A_WRITE = 3600  # far more than any


def remove_left_overs(folder: Path) -> None:
    """Take away what killed runs had begun to write, and put back what lay aside meanwhile.

    What is written under the lock alone can't be in use now; other files are given time.
    """
    recent = time.time() - SECONDS_OF_A_WRITE
    locked_ones = (".ipynb", Folder(folder).copied.name)
    for path in _small_files(folder):
        begun, aside = TEMPORARY.fullmatch(path.name), ASIDE.fullmatch(path.name)
        with contextlib.suppress(OSError):
            if begun and (begun["name"].endswith(locked_ones) or path.stat().st_mtime < recent):
                path.unlink()
            elif aside and aside["name"].endswith((".ipynb", ".json")):
                put_back(path)


def _small_files(folder: Path) -> Iterator[Path]:
    """Files where we write any: not below folders of the learner's own."""
    for home in (folder, folder / SOLUTIONS):
        if home.is_dir():
            yield from [p for p in home.iterdir() if not p.is_dir()]
    for state in (Folder(folder).state, Folder(folder / SOLUTIONS).state):
        for home, _, names in os.walk(state):
            yield from (Path(home) / name for name in names)

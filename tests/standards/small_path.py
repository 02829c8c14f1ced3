"""A copy of the small path, to be broken in one place."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from pathkit.building.build import Place

SOURCE = Path(__file__).parents[1] / "paths" / "counting"


def copied(folder: Path) -> Place:
    """The small path, in a folder of its own: the modules of each copy are loaded anew."""
    shutil.copytree(SOURCE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return Place(folder)


def edited(place: Place, file: str, old: str, new: str) -> None:
    """Replace what must stand in a file once at least."""
    path = place.root / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def pathkit(place: Place, *arguments: str | Path) -> tuple[int, str]:
    """Exit code and everything that a command says of a path."""
    ran = subprocess.run(
        [sys.executable, "-c", "from pathkit.cli import main; main()", "--root", str(place.root),
         *map(str, arguments)], capture_output=True, text=True, timeout=300,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "200"},
    )
    return ran.returncode, ran.stdout + ran.stderr

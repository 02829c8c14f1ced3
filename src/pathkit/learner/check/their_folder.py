"""The learner's folder as a place to import from: for the learner's code, and for nothing else.

In a kernel the folder comes first, but what a kernel and its libraries need is loaded by then. Here
it isn't: a `random.py` beside the notebooks must not become the one that NumPy imports.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import FrameType, ModuleType

from pathkit.checks import imports

CELL = "<cell "
# What an import goes through; ours takes its time.
MACHINERY = (
    "<frozen importlib", os.path.join("importlib", "__init__.py"), str(imports.__file__),
)


class TheirFolder:
    """Finds modules in a folder, where a cell or another file of that folder imports them."""

    def __init__(self, folder: Path):
        self.folder = str(folder)

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The folder's module of this name; None where there is none or somebody else asks."""
        if path is not None or not self._asks(sys._getframe(1)):
            return None
        found = PathFinder.find_spec(name, [self.folder])
        if found is not None and found.loader is None:  # a folder of no package: others go first
            return PathFinder.find_spec(name) or found
        return found

    def _asks(self, frame: FrameType | None) -> bool:
        while frame is not None and any(part in frame.f_code.co_filename for part in MACHINERY):
            frame = frame.f_back
        file = frame.f_code.co_filename if frame is not None else ""
        return file.startswith((CELL, self.folder + os.sep))


def open_to_cells(folder: Path) -> None:
    """From now on cells and what they import find modules in `folder`, before all others."""
    sys.meta_path.insert(0, TheirFolder(folder))

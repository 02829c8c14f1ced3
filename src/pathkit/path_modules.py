"""The modules of a path as folders: which files each is made of, and in which order.

Standard library alone: a build with nothing to do must cost no more than reading the files.
"""

from __future__ import annotations

import dataclasses
import hashlib
import importlib.machinery
import importlib.util
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

LESSON, RECALL = "lesson.py", "recall.yaml"
RIGHT_ANSWERS = "right_answers.py"
PACKAGE = "pathkit.modules"
EVENING = "one-evening"
"""The id of the notebook that leads once through a path, made of exercises of its modules."""
BORROWED = re.compile(r'^#\s*%%.*\bexercise="([\w-]+)\.(\w+)"', re.MULTILINE)
SLOT = re.compile(r'^#\s*%%.*\bexercise="(\w+)"', re.MULTILINE)


@dataclasses.dataclass(frozen=True)
class Modules:
    """A folder with a folder for each module; two of different paths never share a package.

    folder: absolute; it need not exist.
    """

    folder: Path

    @classmethod
    def at(cls, folder: Path) -> Modules:
        """The modules in `folder`, however it is written."""
        return cls(folder.resolve())

    def __iter__(self) -> Iterator[Path]:
        """The folders of modules, by name; those that begin with a dot or `__` aren't any."""
        if self.folder.is_dir():
            for path in sorted(self.folder.iterdir()):
                if path.is_dir() and not path.name.startswith((".", "__")):
                    yield path

    def folder_of(self, module: str) -> Path:
        """A module's folder; it need not exist."""
        return self.folder / folder_name(module)

    def lesson(self, module: str) -> Path:
        """A module's lesson; it need not exist."""
        return self.folder_of(module) / LESSON

    def recall(self, module: str) -> Path:
        """A module's cards, group box and terms; the file need not exist."""
        return self.folder_of(module) / RECALL

    @property
    def evening(self) -> Path:
        """The lesson that leads once through the path; the file need not exist."""
        return self.folder / f"{folder_name(EVENING)}.py"

    def borrowed(self) -> list[tuple[str, str]]:
        """Module id and name of each exercise of the evening, in its order; [] without one."""
        try:
            return BORROWED.findall(self.evening.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError):
            return []

    @classmethod
    def of(cls, content: str) -> Modules:
        """The modules that `content` names: what crosses to another process."""
        return cls(Path(content)) if content else OURS

    @property
    def content(self) -> str:
        """The folder as text; "" for the kit's own, wherever that lies."""
        return "" if self == OURS else str(self.folder)

    @property
    def package(self) -> str:
        """What Python imports the folder as: of its own for each path, however they are named."""
        if self == OURS:
            return PACKAGE
        # The folder's place in the name: no other path's modules can be taken for these.
        mark = hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]
        name = f"pathkit_path_{mark}"
        if name not in sys.modules:
            spec = importlib.machinery.ModuleSpec(name, None, is_package=True)
            spec.submodule_search_locations = [str(self.folder)]
            sys.modules[name] = importlib.util.module_from_spec(spec)
        return name


OURS = Modules.at(Path(__file__).parent / "modules")


def folder_name(module: str) -> str:
    """The name of a module's folder, which Python can import: `word_vectors`."""
    return module.replace("-", "_")


def python_files(folder: Path) -> list[Path]:
    """What defines a module's exercises and predictions, by name: all but lesson and answers."""
    others = (LESSON, RIGHT_ANSWERS, "__init__.py")
    return sorted(p for p in folder.glob("*.py") if p.name not in others)


def in_order(folder: Path, found: Mapping[str, Any]) -> dict[str, Any]:
    """Exercises by name in the order of the module's lesson; drafts, which it lacks, last."""
    try:
        lesson = (folder / LESSON).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        lesson = ""
    names = [name for name in SLOT.findall(lesson) if name in found]
    return {name: found[name] for name in dict.fromkeys([*names, *found])}

"""Files of a learner's that have the name of a module which notebooks import."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from importlib.machinery import EXTENSION_SUFFIXES, PathFinder
from pathlib import Path

SUFFIXES = (".py", ".pyc", *EXTENSION_SUFFIXES)


def shadows(folder: Path, packages: Iterable[str] = ()) -> Iterator[tuple[Path, str]]:
    """Files and folders that hide a module, each with its name, in the order of their names.

    packages: names that count as taken, besides Python's own and what is installed here.
    """
    taken = {*sys.stdlib_module_names, *packages, "pathkit"}
    elsewhere = [place for place in sys.path if place and not _is_same(place, folder)]
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return
    for entry in entries:
        name = _module(entry)
        if name and (name in taken or PathFinder.find_spec(name, elsewhere) is not None):
            yield entry, name


def _is_same(place: str, folder: Path) -> bool:
    try:
        return Path(place).resolve() == folder.resolve()
    except OSError:
        return False


def _module(entry: Path) -> str:
    """The name by which a file or folder is imported; "" where it can't be."""
    name = entry.name
    if entry.is_dir():  # without this file others of the name go first
        has_init = any((entry / f"__init__{suffix}").is_file() for suffix in SUFFIXES)
        return name if has_init and name.isidentifier() else ""
    for suffix in sorted(SUFFIXES, key=len, reverse=True):
        if name.endswith(suffix):
            stem = name.removesuffix(suffix)
            return stem if stem.isidentifier() else ""
    return ""


def told(folder: Path) -> list[str]:
    """A line for each such file: what it may do, and how to end that."""
    return [
        f"{entry.name} has the name of the module {name}, and hides it from your notebooks: rename "
        "it if something can't be imported, or a kernel doesn't start"
        for entry, name in shadows(folder)
    ]

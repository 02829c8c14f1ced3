"""The entries of plain data that may break the model anywhere: parts, modules, resources."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pathkit.curriculum import field_checks
from pathkit.curriculum.findings import DataPath


@dataclass(frozen=True)
class Entry:
    """A part, module or resource of plain data, with the path where it stands."""

    path: DataPath
    data: dict[str, Any]

    @property
    def id(self) -> str | None:
        """The id, if the entry has one that can be used."""
        value = self.data.get("id")
        return value if field_checks.is_identifier(value) else None

    def texts(self, key: str) -> list[tuple[DataPath, str]]:
        """The items of the list under key that are text, each with its path."""
        items = enumerated(self.data.get(key))
        return [((*self.path, key, index), item) for index, item in items if isinstance(item, str)]


@dataclass(frozen=True)
class Outline:
    """Every entry of a curriculum, in the order of the file."""

    parts: list[Entry]
    modules: list[Entry]
    resources: list[Entry]


def enumerated(value: Any) -> list[tuple[int, Any]]:
    """The items of value with their indices, if it is a list; otherwise nothing."""
    return list(enumerate(value)) if isinstance(value, list) else []


def outline(data: Any) -> Outline:
    """Collect the entries of plain data, passing over what isn't well formed."""
    root = Entry((), data if isinstance(data, dict) else {})
    parts = children([root], "parts")
    modules = children(parts, "modules")
    return Outline(parts, modules, children(modules, "resources"))


def children(parents: Iterable[Entry], key: str) -> list[Entry]:
    """The well-formed entries that lie under a key of each parent, in order."""
    return [
        Entry((*parent.path, key, index), item)
        for parent in parents
        for index, item in enumerated(parent.data.get(key))
        if isinstance(item, dict)
    ]


def by_id(entries: Iterable[Entry]) -> dict[str, Entry]:
    """The first entry of each id that can be used."""
    found: dict[str, Entry] = {}
    for entry in entries:
        if entry.id is not None:
            found.setdefault(entry.id, entry)
    return found

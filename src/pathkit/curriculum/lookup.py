"""An entry of a curriculum by its id, or the nearest id that there is."""

from collections.abc import Mapping
from typing import Any

from pathkit.curriculum.value_words import did_you_mean, shown


class UnknownEntry(KeyError):
    """No module or resource has the id that was asked for. str() is a sentence."""

    def __str__(self) -> str:
        return str(self.args[0])


def found(kind: str, entries: Mapping[str, Any], entry_id: str) -> Any:
    """The entry with an id; raises UnknownEntry with the nearest id that there is."""
    if entry_id in entries:
        return entries[entry_id]
    # From the last to the first, as they were laid in.
    hint = did_you_mean(entry_id, list(reversed(entries)))
    raise UnknownEntry(f"there is no {kind} {shown(entry_id)}{hint}")

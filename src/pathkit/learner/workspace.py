"""The learner's copy of the notebooks: made once, brought up to date, never overwritten."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Literal

from pathkit.files import digest, write_atomically

RECORD = ".pathkit/copied.json"


State = Literal["new", "updated", "same", "kept"]


@dataclasses.dataclass(frozen=True)
class Copied:
    """What became of one notebook: new, updated (it was untouched), same, or kept (yours)."""

    name: str
    state: State


def copy_notebooks(notebooks: Path, folder: Path) -> list[Copied]:
    """Copy the path's notebooks into a learner's folder.

    A notebook that the learner has touched is never written; one that is still as it was copied
    is brought up to date. Raises OSError when the folder can't be written.
    """
    record = _read(folder / RECORD)
    result = []
    for source in sorted(notebooks.glob("*.ipynb")):
        text = source.read_text(encoding="utf-8")
        target = folder / source.name
        state = _state(target, text, record.get(source.name))
        if state in ("new", "updated"):
            write_atomically(target, text)
        if state != "kept":
            record[source.name] = digest(text.encode())
        result.append(Copied(source.name, state))
    write_atomically(folder / RECORD, json.dumps(record, indent=1, sort_keys=True) + "\n")
    return result


def _state(target: Path, text: str, copied: str | None) -> State:
    if not target.exists():
        return "new"
    found = target.read_bytes()
    if found == text.encode():
        return "same"
    return "updated" if copied == digest(found) else "kept"


def _read(path: Path) -> dict[str, str]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}

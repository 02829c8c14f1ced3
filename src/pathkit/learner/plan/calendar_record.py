"""What a calendar was told last, so that the next file updates it: plan.json in .pathkit."""

from __future__ import annotations

import dataclasses
import json
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from pathkit.files import write_atomically


@dataclasses.dataclass(frozen=True)
class Written:
    """An event as it was written last.

    begin, end: ISO times, with their offset from UTC where the zone is known; stamp: when it was
    last changed, in UTC; content: a digest of all that people see of it.
    """

    summary: str
    begin: str
    end: str
    content: str
    stamp: str
    sequence: int = 0
    cancelled: bool = False

    def is_over(self, now: datetime) -> bool:
        """Whether it lies behind."""
        return datetime.fromisoformat(self.end).astimezone(UTC) <= now


@dataclasses.dataclass(frozen=True)
class Record:
    """A calendar: its own id, from which those of its events are made, and these by UID."""

    id: uuid.UUID = dataclasses.field(default_factory=uuid.uuid4)
    events: Mapping[str, Written] = dataclasses.field(default_factory=dict)


def read(file: Path) -> Record | None:
    """The record kept in `file`; None when there is none, or none that can be read."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        events = {str(uid): Written(**event) for uid, event in data["events"].items()}
        for event in events.values():
            event.is_over(datetime.now(UTC))
            int(event.sequence)
        return Record(uuid.UUID(data["id"]), events)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def write(file: Path, record: Record) -> None:
    """Keep `record` in `file`; raises OSError when that can't be written."""
    events = {uid: dataclasses.asdict(event) for uid, event in sorted(record.events.items())}
    data = {"id": str(record.id), "events": events}
    write_atomically(file, json.dumps(data, ensure_ascii=False, indent=1) + "\n")

"""progress.jsonl: what happened, one JSON object a line, only ever appended to.

Two machines' files are merged by concatenation, in any order: events carry the time and an id of
their own. A line that was cut short by a crash is skipped and costs itself alone.

    {"v": 1, "id": "5f0c…", "at": "2026-11-23T10:27:42.123456Z", "kind": "check",
     "module": "bigram", "exercise": "bigram.count_pairs", "status": "misconception",
     "misconception": "_no_end"}

Kinds and what they carry besides `module`:

    ready       a set-up cell was run
    active      a cell was run; at most one a minute
    check       exercise, status, misconception; from the terminal also via and answer, a digest
                by which an unchanged answer is logged once
    predict     prediction, answer, status
    skip        known: whether all questions that let one skip a module were answered right
    hint        exercise, step (from 1)
    solution    exercise
    reset       exercise
    done        undo: whether the mark is taken back; for modules without exercises
    review      card, rating (1 again, 2 hard, 3 good, 4 easy)
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

Event = dict[str, Any]

VERSION = 1
KINDS = frozenset(
    "ready active check predict skip hint solution reset done review".split()
)


def new(kind: str, module: str, at: datetime | None = None, **fields: Any) -> Event:
    """An event with an id of its own, not written yet; `at` is now unless it is given."""
    return {
        "v": VERSION,
        "id": os.urandom(8).hex(),
        "at": _written(at or datetime.now(UTC)),
        "kind": kind,
        "module": module,
        **fields,
    }


def append(path: Path, kind: str, module: str, at: datetime | None = None, **fields: Any) -> Event:
    """Add one event to the log at `path` and return it; `at` is now unless it is given.

    Raises OSError when the file can't be written.
    """
    event = new(kind, module, at, **fields)
    write(path, event)
    return event


def write(path: Path, event: Event) -> None:
    """Add this event to the log at `path`; raises OSError when the file can't be written."""
    line = json.dumps(event, ensure_ascii=False, default=str) + "\n"
    # One write of whole lines in append mode: two kernels that log at once don't mix.
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o666)
    try:
        data = line.encode()
        if _is_cut_short(handle):
            data = b"\n" + data
        while data:
            data = data[os.write(handle, data) :]
    finally:
        os.close(handle)


def _is_cut_short(handle: int) -> bool:
    size = os.fstat(handle).st_size
    if not size:
        return False
    os.lseek(handle, size - 1, os.SEEK_SET)
    return os.read(handle, 1) != b"\n"


def read(*paths: Path) -> list[Event]:
    """All events of these logs by time, each once; lines that can't be read are left out."""
    lines: list[bytes] = []
    for path in paths:
        try:
            lines += path.read_bytes().split(b"\n")
        except OSError:
            continue
    return in_order(filter(None, map(_event, lines)))


def readable(line: bytes) -> bool:
    """Whether a line of the log is an event."""
    return _event(line) is not None


def in_order(events: Iterable[Event]) -> list[Event]:
    """Each event once, the earliest first; those of one instant in the order of the file."""
    by_id = {event["id"]: event for event in events}
    return sorted(by_id.values(), key=lambda event: event["at"])


def time_of(event: Event) -> datetime:
    """When an event happened, in UTC."""
    return datetime.fromisoformat(event["at"])


def _written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _event(line: bytes) -> Event | None:
    try:
        event = json.loads(line)
        if event["kind"] not in KINDS or not isinstance(event["id"], str):
            return None
        if not isinstance(event["module"], str) or time_of(event).tzinfo is None:
            return None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    event["at"] = _written(time_of(event))
    return event

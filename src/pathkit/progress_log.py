"""progress.jsonl: what happened, one JSON object a line, only ever appended to.

Two machines' files are merged by concatenation, in any order: events carry the time and an id of
their own. A line that was cut short by a crash, or whose time no clock shows, is skipped and costs
itself alone. Copies that a synchronised folder leaves beside the log are read with it (`copies`).

    {"v": 1, "id": "5f0c…", "at": "2026-11-23T10:27:42.123456Z", "kind": "check",
     "module": "bigram", "exercise": "bigram.count_pairs", "status": "misconception",
     "misconception": "_no_end"}

Kinds and what they carry besides `module`:

    ready       a set-up cell was run
    active      a cell was run; at most one a minute
    check       exercise, status, misconception, or the cause where no misconception has a name
                for it; from the terminal also via and answer, a digest by which an unchanged
                answer is logged once
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
import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

Event = dict[str, Any]

VERSION = 1
# No clock says anything else; beyond these years arithmetic of time zones fails.
YEARS = range(1971, 2200)
# A time that is further ahead is that of a clock which is wrong.
AHEAD = timedelta(days=1)
# As `new` writes a time: then the order of the texts is that of the times.
AS_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")
# Lines that are read at once.
AT_ONCE = 1000
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
        data = line.encode(errors="backslashreplace")
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
    return in_order(_events(lines))


def read_all(path: Path) -> list[Event]:
    """All events of a log and of the copies beside it that other machines' versions became."""
    return read(path, *copies(path))


def copies(path: Path) -> list[Path]:
    """What synchronising programs name another machine's version of the file at `path`.

    `progress (Ada's conflicted copy 2026-11-30).jsonl`, `progress-LAPTOP.jsonl`,
    `progress 2.jsonl`, `progress (1).jsonl`, `progress.sync-conflict-….jsonl`: the name goes on
    with something else than a letter or digit, and the ending stays or stands before what is added.
    """
    stem, suffix = re.escape(path.stem), re.escape(path.suffix)
    named = re.compile(rf"{stem}[^a-z0-9].*{suffix}|{stem}{suffix}[^a-z0-9].*conflict.*", re.I)
    try:
        beside = sorted(path.parent.iterdir())
    except OSError:
        return []
    return [one for one in beside if one.name != path.name and named.fullmatch(one.name)]


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


def is_ahead(event: Event, latest: str = "") -> bool:
    """Whether an event is of a clock that was wrong: it would have happened after tomorrow.

    What it says counts; when it says so tells nothing about what was done last.
    latest: what `latest_time` gave, where many are asked about.
    """
    return event["at"] > (latest or latest_time())


def latest_time() -> str:
    """The time, as events carry it, beyond which a clock was wrong."""
    return _written(datetime.now(UTC) + AHEAD)


def _written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _events(lines: list[bytes]) -> Iterable[Event]:
    """The events among the lines: many are read at once, unless one of them can't be."""
    for start in range(0, len(lines), AT_ONCE):
        some = [line for line in lines[start : start + AT_ONCE] if line.strip()]
        found = []
        if all(line[:1] == b"{" and line.rstrip()[-1:] == b"}" for line in some):
            with suppress(ValueError, RecursionError):
                found = json.loads(b"[" + b",".join(some) + b"]")
        if len(found) != len(some):  # one that can't be read costs itself alone
            found = [_parsed(line) for line in some]
        yield from filter(None, map(_event_of, found))


def _event(line: bytes) -> Event | None:
    return _event_of(_parsed(line))


def _parsed(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _event_of(event: Any) -> Event | None:
    try:
        if event["kind"] not in KINDS or not isinstance(event["id"], str):
            return None
        at = time_of(event)
        if not isinstance(event["module"], str) or at.tzinfo is None or at.year not in YEARS:
            return None
        if not AS_WRITTEN.fullmatch(event["at"]):
            event["at"] = _written(at)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return None
    return event

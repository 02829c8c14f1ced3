"""When exercises were tried, from logs that students hand in beside their notebooks if they like.

A log is known by what it holds, not by its name. Anybody can write anything into it: it is capped,
each line is checked, and of it only times and statuses of checks are taken. Points never depend on
it. See `pathkit.progress_log` for the format.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath
from typing import get_args

from pathkit import progress_log
from pathkit.checks.verdict import Status

SUFFIXES = ("", ".jsonl", ".json", ".txt", ".log")
MOST_BYTES, MOST_LINE, MOST_CHECKS = 2**23, 2**12, 20_000
# So many lines at the beginning tell whether it is a log at all.
LOOKED_AT = 20
# Statuses of a check that somebody wrote something for.
TRIED = tuple(status for status in get_args(Status) if status != "not attempted")
EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)
# One student's checks by the id of the event: logs of two machines may hold the same ones.
Checks = dict[str, tuple[str, datetime]]
# By student and exercise, such as bigram.count_pairs: when it was tried, the earliest first.
Attempts = Mapping[str, Mapping[str, tuple[datetime, ...]]]


def may_be(path: PurePosixPath) -> bool:
    """Whether a file is worth a look: LMSs change names, but hardly endings."""
    return path.suffix.lower() in SUFFIXES


def checks(data: bytes, exercises: Collection[str], until: datetime) -> Checks | None:
    """The checks of these exercises in a log, none later than `until`; None where it is none."""
    if len(data) > MOST_BYTES:
        return None
    lines = data.split(b"\n")
    if not any(map(_is_event, lines[:LOOKED_AT])):
        return None
    found: Checks = {}
    for line in filter(_is_event, lines):
        event = json.loads(line)
        time = progress_log.time_of(event).astimezone(UTC)
        if (
            event["kind"] == "check"
            and event.get("status") in TRIED
            and str(event.get("exercise")) in exercises
            and EARLIEST <= time <= until
            and len(found) < MOST_CHECKS
        ):
            found[event["id"][:64]] = event["exercise"], time
    return found


def _is_event(line: bytes) -> bool:
    try:
        return len(line) <= MOST_LINE and progress_log.readable(line)
    except (OverflowError, AttributeError):  # a year that no calendar has, a list for a time
        return False


def latest(now: datetime | None = None) -> datetime:
    """No clock that is right can have logged anything later."""
    return (now or datetime.now(UTC)) + timedelta(days=1)


def by_exercise(found: Iterable[tuple[str, datetime]]) -> dict[str, tuple[datetime, ...]]:
    """When each exercise was tried."""
    times: dict[str, list[datetime]] = {}
    for exercise, time in found:
        times.setdefault(exercise, []).append(time)
    return {exercise: tuple(sorted(all_)) for exercise, all_ in times.items()}

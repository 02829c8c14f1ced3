"""A plan as iCalendar (RFC 5545), so that importing it again updates what is there.

An event is known by its UID: made from the calendar's own id, the module that the session begins
with, and which session of that module it is. An event that changed since it was written last gets
the next SEQUENCE, one that is the same keeps every byte, and one that is no longer planned is
written as cancelled until its time has passed. Sessions that lie behind are left in peace.
"""

from __future__ import annotations

import dataclasses
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pathkit.files import digest
from pathkit.learner.plan.calendar_record import Record, Written
from pathkit.learner.plan.plan import Session, Week
from pathkit.learner.plan.plan_text import described, short

PRODID = "-//pathkit//learning plan//EN"


@dataclasses.dataclass(frozen=True)
class Event:
    """An event to write: its UID, what is kept of it, and what it says."""

    uid: str
    written: Written
    description: str


def to_ics(
    weeks: Sequence[Week], at: time, zone: ZoneInfo | None, name: str, last: Record, now: datetime
) -> tuple[str, Record]:
    """The calendar's text, and the record of what it holds.

    at: when sessions begin by the clock on the wall, in summer and in winter; zone: None means the
    zone of whoever reads it; name: the calendar's; last: what it was told before; now: with a zone.
    """
    from icalendar import Calendar

    events = events_of(weeks, at, zone, name, last, now)
    calendar = Calendar()
    for key, value in {
        "PRODID": PRODID, "VERSION": "2.0", "CALSCALE": "GREGORIAN", "METHOD": "PUBLISH",
        "X-WR-CALNAME": name,
    }.items():
        calendar.add(key, value)
    if zone and events and not _is_utc(zone):
        from pathkit.local_time import definition

        years = [_time(t, zone).year for e in events for t in (e.written.begin, e.written.end)]
        calendar.add("X-WR-TIMEZONE", zone.key)
        calendar.add_component(definition(zone, min(years), max(years)))
    for event in events:
        calendar.add_component(_component(event, zone))
    kept = {uid: event for uid, event in last.events.items() if event.is_over(now)}
    written = {event.uid: event.written for event in events}
    return calendar.to_ical().decode(), Record(last.id, {**kept, **written})


def events_of(
    weeks: Sequence[Week], at: time, zone: ZoneInfo | None, name: str, last: Record, now: datetime
) -> list[Event]:
    """The planned sessions, then what was written before and is neither over nor planned now."""
    stamp = now.astimezone(UTC).replace(microsecond=0).isoformat()
    over = {uid: event.begin for uid, event in last.events.items() if event.is_over(now)}
    sessions = [
        (week, session, *_hours(session, at, zone)) for week in weeks for session in week.sessions
    ]
    uids = _uids([(session, begin) for _, session, begin, _ in sessions], last.id, over)
    result = []
    for uid, (week, session, begin, end) in zip(uids, sessions, strict=True):
        summary = f"{name}: {short(session.pieces)}"
        description = described(session, week)
        seen = "\n".join([summary, begin, end, zone.key if zone else "", description])
        event = Written(summary, begin, end, digest(seen.encode()), stamp)
        result.append(Event(uid, _following(last.events.get(uid), event), description))
    for uid, before in last.events.items():
        if uid not in uids and uid not in over:
            event = dataclasses.replace(before, content="", stamp=stamp, cancelled=True)
            result.append(Event(uid, _following(before, event), "This is no longer planned."))
    return result


def _uids(
    sessions: Sequence[tuple[Session, str]], calendar: uuid.UUID, over: Mapping[str, str]
) -> list[str]:
    """A UID for each session and its beginning.

    over: when the events began that lie behind; their UIDs are given to no other session.
    """
    result = []
    counts: Counter[str] = Counter()
    for session, begin in sessions:
        module = session.pieces[0].work.module.id
        uid = ""
        while not uid or over.get(uid, begin) != begin:
            counts[module] += 1
            uid = str(uuid.uuid5(calendar, f"{module}/{counts[module]}"))
        result.append(uid)
    return result


def _following(before: Written | None, event: Written) -> Written:
    """The event as the next version of what was written before, or that where they are the same."""
    if before is None:
        return event
    if (before.content, before.cancelled) == (event.content, event.cancelled):
        return before
    return dataclasses.replace(event, sequence=before.sequence + 1)


def _hours(session: Session, at: time, zone: ZoneInfo | None) -> tuple[str, str]:
    """When a session begins and ends, as ISO times; changing clocks don't change how long it is."""
    begin = datetime.combine(session.day, at)
    length = timedelta(minutes=session.minutes)
    if zone is None:
        return begin.isoformat(), (begin + length).isoformat()
    # By way of UTC: an hour that the clocks leave out becomes the one after.
    begin_utc = begin.replace(tzinfo=zone).astimezone(UTC)
    return begin_utc.astimezone(zone).isoformat(), (begin_utc + length).astimezone(zone).isoformat()


def _component(event: Event, zone: ZoneInfo | None):
    from icalendar import Event as Component

    written = event.written
    stamp = datetime.fromisoformat(written.stamp)
    component = Component()
    for key, value in {
        "UID": event.uid,
        "DTSTAMP": stamp,
        "LAST-MODIFIED": stamp,
        "SEQUENCE": written.sequence,
        "DTSTART": _time(written.begin, zone),
        "DTEND": _time(written.end, zone),
        # Not every calendar heeds STATUS: whoever still sees the event should know what to do.
        "SUMMARY": f"Cancelled: {written.summary}" if written.cancelled else written.summary,
        "DESCRIPTION": event.description,
        "STATUS": "CANCELLED" if written.cancelled else "CONFIRMED",
        "TRANSP": "TRANSPARENT" if written.cancelled else "OPAQUE",
    }.items():
        component.add(key, value)
    return component


def _time(text: str, zone: ZoneInfo | None) -> datetime:
    """A time that was written, in the zone of this calendar."""
    found = datetime.fromisoformat(text)
    if zone is None:
        return found if found.tzinfo is None else found.astimezone().replace(tzinfo=None)
    in_zone = found.replace(tzinfo=zone) if found.tzinfo is None else found.astimezone(zone)
    # Of an hour that comes twice, the second can be named in UTC only.
    return in_zone.astimezone(UTC) if _is_utc(zone) or in_zone.fold else in_zone


def _is_utc(zone: ZoneInfo) -> bool:
    return zone.key.rpartition("/")[2] in ("UTC", "UCT", "Universal", "Zulu")

"""When an assignment is due: read, in words, and for calendars."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pathkit.classroom.assignment import Assignment, LatePolicy, points_text

PRODID = "-//pathkit//assignment//EN"
NAMESPACE = uuid.UUID("8f2f3a5e-1f0b-5a53-9a0e-5d6e7c3f2b11")
# RFC 9557: the name of a zone after the time, which says what an offset can't.
NAMED = re.compile(r"(?P<time>[^\[\] ]+) ?\[(?P<zone>[\w+/-]+)\]")
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
HOW = "write it as 2027-03-01T23:59+01:00 or 2027-03-01T23:59[Europe/Berlin]"


def read(text: str) -> datetime:
    """A deadline with its time zone; raises ValueError with one line where one is missing."""
    named = NAMED.fullmatch(text.strip())
    try:
        due = datetime.fromisoformat(named["time"] if named else text.strip())
    except ValueError:
        raise ValueError(f"{text!r} is no time; {HOW}") from None
    if not named:
        if due.tzinfo is None:
            raise ValueError(f"{text!r} has no time zone; {HOW}")
        return due
    try:
        zone = ZoneInfo(named["zone"])
    except (OSError, ValueError, KeyError):
        raise ValueError(f"{named['zone']!r} is no time zone that is known here; {HOW}") from None
    local = due.replace(tzinfo=zone)
    if due.tzinfo is not None and due.utcoffset() != local.utcoffset():
        said = f"{named['zone']} is at {_offset(local)} then, not at {_offset(due)}"
        raise ValueError(f"{text!r} contradicts itself: {said}")
    return local


def in_words(due: datetime) -> str:
    """`Monday, 1 March 2027, 23:59 (Europe/Berlin, UTC+01:00)`, the same in every locale."""
    days = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
    months = ("January February March April May June July August September October November "
              "December").split()
    zone = f"{due.tzinfo.key}, {_offset(due)}" if isinstance(due.tzinfo, ZoneInfo) else _offset(due)
    return (
        f"{days[due.weekday()]}, {due.day} {months[due.month - 1]} {due.year}, {due:%H:%M} ({zone})"
    )


def _offset(due: datetime) -> str:
    """`UTC+01:00`; `UTC` where there is none."""
    offset = due.utcoffset() or timedelta(0)
    minutes = round(offset.total_seconds() / 60)
    if not minutes:
        return "UTC"
    return f"UTC{'+' if minutes > 0 else '-'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def late_in_words(late: LatePolicy) -> str:
    """What a late submission costs, in one or two sentences."""
    taken = f"Each day begun after that costs {late.per_day * 100:g} % of a notebook's points."
    if late.days == 0:
        return "What comes later earns nothing."
    if late.days is None:
        return taken if late.per_day else "What comes later still counts in full."
    after = f"After {late.days} {'day' if late.days == 1 else 'days'} nothing is earned."
    return f"{taken} {after}" if late.per_day else f"It still counts in full for a while. {after}"


def to_ics(assignment: Assignment) -> bytes:
    """One event at the deadline, with a reminder a day before.

    Its bytes depend on the assignment alone. A later deadline gives the same UID and a higher
    SEQUENCE, so that to import it again moves the event.
    """
    from icalendar import Alarm, Calendar, Event

    due = assignment.due
    calendar = Calendar()
    for key, value in {
        "PRODID": PRODID, "VERSION": "2.0", "CALSCALE": "GREGORIAN", "METHOD": "PUBLISH"
    }.items():
        calendar.add(key, value)
    event = Event()
    event.add("UID", str(uuid.uuid5(NAMESPACE, assignment.id)))
    event.add("SUMMARY", f"{assignment.title}: due")
    event.add("DTSTAMP", due.astimezone(UTC))
    event.add("SEQUENCE", max(0, int((due - EPOCH) / timedelta(minutes=1))))
    event.add("DESCRIPTION", _described(assignment))
    event.add("TRANSP", "TRANSPARENT")
    _when(calendar, event, due)
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", f"{assignment.title} is due tomorrow")
    alarm.add("TRIGGER", timedelta(days=-1))
    event.add_component(alarm)
    calendar.add_component(event)
    return calendar.to_ical()


def _when(calendar: Any, event: Any, due: datetime) -> None:
    """The time with the definition of its zone, which calendars need to read it."""
    from pathkit.local_time import definition

    if not due.utcoffset() and not isinstance(due.tzinfo, ZoneInfo):
        event.add("DTSTART", due.astimezone(UTC))
        return
    if isinstance(due.tzinfo, ZoneInfo):
        zone = due.tzinfo.key
        calendar.add_component(definition(due.tzinfo, due.year, due.year))
    else:
        zone = _offset(due).replace(":", "")  # a colon would have to be quoted
        calendar.add_component(_fixed(zone, due))
    event.add("DTSTART", due.replace(tzinfo=None))
    event["DTSTART"].params["TZID"] = zone


def _fixed(name: str, due: datetime) -> Any:
    """The definition of a zone that is always as far from UTC."""
    from icalendar import Timezone, TimezoneStandard

    zone, part = Timezone(), TimezoneStandard()
    zone.add("TZID", name)
    part.add("DTSTART", datetime(1970, 1, 1))
    for key in ("TZOFFSETFROM", "TZOFFSETTO"):
        part.add(key, due.utcoffset())
    part.add("TZNAME", name)
    zone.add_component(part)
    return zone


def _described(assignment: Assignment) -> str:
    lines = [
        f"{module.title}: {points_text(sum(task.points for task in module.exercises))}"
        for module in assignment.modules
    ]
    return "\n".join([*lines, late_in_words(assignment.late)])


def is_past(due: datetime, now: datetime | None = None) -> bool:
    """Whether a deadline lies behind."""
    return due < (now or datetime.now(UTC))

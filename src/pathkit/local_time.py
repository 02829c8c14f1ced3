"""The learner's time zone: which it is, and its definition for calendars."""

from __future__ import annotations

import calendar
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Timezone

LOCALTIME = Path("/etc/localtime")
NAME_FILE = Path("/etc/timezone")
# How far ahead a zone's changes are read: enough to tell a last Sunday from a fourth one.
YEARS = 12
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def local_zone(
    environment: Mapping[str, str] = os.environ,
    link: Path = LOCALTIME,
    name_file: Path = NAME_FILE,
) -> ZoneInfo | None:
    """The zone that this machine is in; None where its name can't be found.

    The variable TZ comes first, then the link that most systems keep, then the name that some do.
    """
    if "TZ" in environment:
        return _zone(environment["TZ"].removeprefix(":") or "UTC")
    try:
        if found := _zone(str(link.resolve(strict=True))):
            return found
        found = _zone(name_file.read_text(encoding="utf-8").strip())
    except (OSError, ValueError):
        return None
    # The clock follows the link; a name in a file beside it may be out of date.
    now = datetime.now(UTC)
    if found and now.astimezone(found).utcoffset() == now.astimezone().utcoffset():
        return found
    return None


def _zone(name: str) -> ZoneInfo | None:
    """A zone by its name, or by the path of its file."""
    key = name.partition("zoneinfo/")[2] if name.startswith("/") else name
    try:
        return ZoneInfo(key.removeprefix("posix/").removeprefix("right/"))
    except (OSError, ValueError, KeyError):  # unknown, no name, or a rule in place of a name
        return None


class Change(NamedTuple):
    """A change of the clocks: when it happens by the old clock, and the offsets from UTC."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str


def changes(zone: ZoneInfo, first_year: int, last_year: int) -> Iterator[Change]:
    """All changes of the clocks from the first to the last of these years; one a day at most."""
    day = datetime(first_year, 1, 1, tzinfo=UTC)
    before = _offset(zone, day)
    while day.year <= last_year:
        after = _offset(zone, day + timedelta(days=1))
        if after != before:
            low, high = 0, 24 * 60
            while high - low > 1:
                middle = (low + high) // 2
                same = _offset(zone, day + timedelta(minutes=middle)) == before
                low, high = (middle, high) if same else (low, middle)
            at = day + timedelta(minutes=high)
            yield Change((at + before).replace(tzinfo=None), before, after, _name(zone, at))
        day, before = day + timedelta(days=1), after


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta(0)


def _name(zone: ZoneInfo, at: datetime) -> str:
    return at.astimezone(zone).tzname() or zone.key


def definition(zone: ZoneInfo, year: int, last_year: int) -> Timezone:
    """The VTIMEZONE of a zone, good from `year` to `last_year`.

    Changes that follow a yearly rule are written as that rule: Outlook reads nothing else
    ([MS-OXCICAL] 2.1.3.1.1.19). Their times are by the old clock, as RFC 5545, 3.6.5 asks.
    """
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    until = max(year + YEARS, last_year)
    found = _with_rules(list(changes(zone, year - 1, until)), until)
    found = [(change, rule) for change, rule in found if change.at.year <= last_year]
    if not found:
        now = datetime(year, 1, 1, tzinfo=UTC)
        offset = _offset(zone, now)
        found = [(Change(datetime(1970, 1, 1), offset, offset, _name(zone, now)), {})]
    result = Timezone()
    result.add("TZID", zone.key)
    for change, rule in found:
        part = TimezoneDaylight() if change.after > change.before else TimezoneStandard()
        part.add("DTSTART", change.at)
        part.add("TZOFFSETFROM", change.before)
        part.add("TZOFFSETTO", change.after)
        part.add("TZNAME", change.name)
        if rule:
            part.add("RRULE", rule)
        result.add_component(part)
    return result


def _with_rules(found: Sequence[Change], until: int) -> list[tuple[Change, dict[str, Any]]]:
    """Each change with the rule that it begins, or with {}; those that follow a rule are gone."""
    alike = defaultdict(list)
    for change in found:
        at = change.at
        alike[at.month, at.weekday(), at.time(), change.before, change.after].append(change)
    result = []
    for group in alike.values():
        rule = _rule([c.at for c in group], until)
        result += [(group[0], rule)] if rule else [(change, {}) for change in group]
    return sorted(result, key=lambda pair: pair[0].at)


def _rule(dates: Sequence[datetime], until: int) -> dict[str, Any]:
    """The RRULE of dates in one month and on one weekday; {} when there is none up to `until`."""
    years = [d.year for d in dates]
    if years != list(range(years[0], until + 1)) or len(years) < 3:
        return {}
    first = dates[0]
    nth = {(d.day - 1) // 7 + 1 for d in dates}
    last = all(d.day + 7 > calendar.monthrange(d.year, d.month)[1] for d in dates)
    if not last and len(nth) > 1:
        return {}
    day = f"{-1 if last else nth.pop()}{WEEKDAYS[first.weekday()]}"
    return {"FREQ": "YEARLY", "BYMONTH": first.month, "BYDAY": day}

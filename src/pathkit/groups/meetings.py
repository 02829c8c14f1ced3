"""When a group meets and what about; the meetings as one shared calendar."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pathkit.errors import EnvironmentProblem
from pathkit.groups.shared import Group, load, save
from pathkit.path_map import Module, PathMap
from pathkit.path_times import counted

MINUTES = 80  # 20 alone, 40 in pairs, 20 together


@dataclasses.dataclass(frozen=True)
class Meeting:
    """One meeting: a local date and time of day, its length in minutes, its modules."""

    on: date
    at: time
    zone: str
    minutes: int
    modules: tuple[str, ...]

    @property
    def start(self) -> datetime:
        """When it begins, with its time zone."""
        return datetime.combine(self.on, self.at, ZoneInfo(self.zone))


def work(module: Module) -> int:
    """Minutes that a module asks for before it is met about: its lesson, if any, and resources."""
    lesson = 0 if module.draft else module.minutes
    return lesson + sum(resource.minutes for resource in counted(module))


def lay_out(
    modules: Sequence[Module], first: date, at: time, zone: str, hours: float | None, days: int = 7
) -> list[Meeting]:
    """One meeting every `days` days from `first`; modules in order.

    hours: of work between two meetings; as many modules go together as fit, at least one.
    Without it each module has a meeting of its own.
    """
    together: list[list[Module]] = []
    for module in modules:
        fits = hours is not None and together and (
            sum(map(work, together[-1])) + work(module) <= hours * 60
        )
        if fits:
            together[-1].append(module)
        else:
            together.append([module])
    return [
        Meeting(first + timedelta(days=days * i), at, zone, MINUTES, tuple(m.id for m in ms))
        for i, ms in enumerate(together)
    ]


def store(group: Group, meetings: Sequence[Meeting]) -> None:
    """Replace the group's meetings; raises OSError."""
    data = load(group)
    data["revision"] = data.get("revision", -1) + 1
    gone = {m["on"] for m in data.get("meetings", [])} - {m.on.isoformat() for m in meetings}
    data["cancelled"] = sorted({*data.get("cancelled", []), *gone}
                               - {m.on.isoformat() for m in meetings})
    data["meetings"] = [
        {"on": m.on.isoformat(), "at": m.at.isoformat("minutes"), "zone": m.zone,
         "minutes": m.minutes, "modules": list(m.modules)}
        for m in meetings
    ]
    save(group, data)


def stored(group: Group) -> list[Meeting]:
    """The group's meetings by date. Raises EnvironmentProblem when they can't be read."""
    try:
        return sorted(
            (
                Meeting(date.fromisoformat(m["on"]), time.fromisoformat(m["at"]), m["zone"],
                        int(m["minutes"]), tuple(m["modules"]))
                for m in load(group).get("meetings", [])
            ),
            key=lambda m: m.start,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise EnvironmentProblem(
            f"{group.file}: a meeting can't be read ({error}); `pathkit group plan` makes them anew"
        ) from error


def coming(meetings: Sequence[Meeting], now: datetime) -> Meeting | None:
    """The meeting that is under way or comes next; None when there is none."""
    return next((m for m in meetings if m.start + timedelta(minutes=m.minutes) > now), None)


def described(meeting: Meeting, path: PathMap) -> dict[str, str]:
    """When and about what, for people."""
    return {
        "when": f"{meeting.on:%A}, {meeting.on.isoformat()}, {meeting.at:%H:%M} ({meeting.zone})",
        "what": "; ".join(_title(path, name) for name in meeting.modules),
    }


def _title(path: PathMap, name: str) -> str:
    try:
        module = path.module(name)
    except KeyError:
        return name
    return f"{module.number} {module.title}" + " (lesson to come)" * module.draft


def ics(group: Group, path: PathMap) -> bytes:
    """The meetings as iCalendar (RFC 5545). A meeting keeps its UID as long as its date stays."""
    from icalendar import Calendar, Event

    data = load(group)
    calendar = Calendar()
    calendar.add("prodid", "-//pathkit//group//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", data["name"])
    meetings = stored(group)
    for zone in _zones(meetings):
        calendar.add_component(zone)
    stamp = datetime.now(UTC).replace(microsecond=0)
    for meeting in meetings:
        event = Event()
        event.add("uid", _uid(data, meeting.on.isoformat()))
        event.add("sequence", data.get("revision", 0))
        event.add("dtstamp", stamp)
        event.add("dtstart", meeting.start)
        event.add("dtend", meeting.start + timedelta(minutes=meeting.minutes))
        event.add("summary", f"{data['name']}: {described(meeting, path)['what']}")
        event.add("description", _agenda_in_short(meeting, path))
        calendar.add_component(event)
    for day in data.get("cancelled", []):
        event = Event()
        event.add("uid", _uid(data, day))
        event.add("sequence", data.get("revision", 0))
        event.add("dtstamp", stamp)
        event.add("dtstart", date.fromisoformat(day))
        event.add("summary", f"{data['name']}: no meeting")
        event.add("status", "CANCELLED")
        calendar.add_component(event)
    return calendar.to_ical()


def _zones(meetings: Sequence[Meeting]) -> list[Any]:
    """The definitions of the meetings' time zones, as Outlook reads them, too."""
    from pathkit.local_time import definition

    years = [meeting.on.year for meeting in meetings]
    names = sorted({meeting.zone for meeting in meetings} - {"UTC"})
    return [definition(ZoneInfo(name), min(years), max(years)) for name in names]


def _uid(data: dict[str, Any], day: str) -> str:
    return f"{data['id']}-{day}@pathkit"


def _agenda_in_short(meeting: Meeting, path: PathMap) -> str:
    lines = []
    for name in meeting.modules:
        try:
            module = path.module(name)
        except KeyError:
            continue
        lines.append(f"{module.number} {module.title}")
        time = "lesson to come" if module.draft else f"{module.minutes} min"
        lines.append(f"Before: {module.file}, {time}")
        lines += [
            f"Before: {r.title}, {r.minutes} min, {r.url}"
            for r in module.resources if r.when == "before"
        ]
        lines += [f"Discuss: {q}" for q in module.group.discuss] if module.group else []
        lines.append(f"Sheet: pathkit group agenda {module.id}")
    return "\n".join(lines)

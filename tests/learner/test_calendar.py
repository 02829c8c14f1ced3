"""The calendar of a plan: what programs that import it need, and what a second import does."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest

from pathkit.learner.plan import calendar_record
from pathkit.learner.plan.calendar_record import Record
from pathkit.learner.plan.goal import MODULE, Goal
from pathkit.learner.plan.ics import to_ics
from pathkit.learner.plan.plan import lay_out
from pathkit.learner.plan.route import route
from pathkit.learner.progress import replay
from pathkit.local_time import changes, definition, local_zone
from tests.learner.test_plan import MONDAY, PATH
from tests.learner.test_progress import event, passed

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
FRESH = Record(uuid.UUID(int=7))


def weeks(*events, to="block", hours=2.0, start=MONDAY, days=(0, 2, 5)):
    goal = Goal(MODULE, to) if to else Goal()
    legs = route(PATH, replay(PATH, list(events)), goal)
    return lay_out(legs, start, round(hours * 60), days)


def export(plan, last=FRESH, now=NOW, zone=BERLIN, at=time(19)):
    """The events by UID, and the record; every file is held against the rules."""
    text, record = to_ics(plan, at, zone, "Path", last, now)
    calendar = icalendar.Calendar.from_ical(text)
    hold_against_the_rules(text, calendar)
    return {str(e["UID"]): e for e in calendar.walk("VEVENT")}, record


def hold_against_the_rules(text: str, calendar: icalendar.Calendar) -> None:
    """RFC 5545, and what Google Calendar, Outlook and Apple Calendar are known to need."""
    assert text.endswith("END:VCALENDAR\r\n")
    assert not re.search(r"(?<!\r)\n|\r(?!\n)", text), "lines end with CRLF"
    for line in text.encode().split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no character is cut in two
        assert not re.fullmatch(rb"[A-Z-]+(;[^:]*)?:", line), f"empty: {line}"
    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")
    assert calendar["PRODID"] and calendar["X-WR-CALNAME"] == "Path"
    assert not calendar.errors
    events = calendar.walk("VEVENT")
    assert events and len({str(e["UID"]) for e in events}) == len(events)
    defined = {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")}
    for one in events:
        assert not one.errors
        uuid.UUID(str(one["UID"]))
        for name in ("DTSTAMP", "LAST-MODIFIED"):
            assert one[name].to_ical().endswith(b"Z")
        assert one["DTEND"].dt > one["DTSTART"].dt
        for name in ("DTSTART", "DTEND"):
            assert one[name].params.get("TZID") in {*defined, None}
        assert one["STATUS"] in ("CONFIRMED", "CANCELLED") and int(one["SEQUENCE"]) >= 0
        assert str(one["SUMMARY"]) and str(one["DESCRIPTION"])
    for part in calendar.walk("STANDARD") + calendar.walk("DAYLIGHT"):
        assert part["DTSTART"].dt.tzinfo is None
        if "RRULE" in part:  # the only form that Outlook reads
            assert set(part["RRULE"]) == {"FREQ", "BYMONTH", "BYDAY"}
            assert len(part["RRULE"]["BYDAY"]) == len(part["RRULE"]["BYMONTH"]) == 1


def test_each_session_is_one_event_with_links_and_minutes():
    plan = weeks()
    events, _ = export(plan)
    sessions = [s for w in plan for s in w.sessions]
    found = sorted(events.values(), key=lambda e: e["DTSTART"].dt)
    assert len(found) == len(sessions) > 4
    for one, session in zip(found, sessions, strict=True):
        assert one["DTSTART"].dt == datetime.combine(session.day, time(19), BERLIN)
        assert one["DTEND"].dt - one["DTSTART"].dt == timedelta(minutes=session.minutes)
        assert one["SUMMARY"].startswith("Path: ")
        for piece in session.pieces:
            assert f"{piece.minutes} min · " in one["DESCRIPTION"]
            work = piece.work
            assert (work.resource.url if work.resource else work.module.file) in one["DESCRIPTION"]
    assert any("optional, 99 min · video: More\nhttps://example.org/more" in e["DESCRIPTION"]
               for e in found)


@pytest.mark.parametrize("name", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
def test_a_session_at_seven_stays_at_seven_when_the_clocks_change(name):
    zone = ZoneInfo(name)
    plan = weeks(to=None, hours=0.25, start=date(2026, 3, 1), days=(6,))
    assert len(plan) > 20
    events, _ = export(plan, zone=zone)
    begins = [e["DTSTART"].dt for e in events.values()]
    assert {b.time() for b in begins} == {time(19)}
    assert len({b.utcoffset() for b in begins}) == 2


def test_an_hour_that_the_clocks_leave_out_becomes_the_next_and_no_session_gets_longer():
    for day, begin in ((date(2027, 3, 28), time(3, 30)), (date(2027, 10, 31), time(2, 30))):
        plan = weeks(to="waves", start=day, days=(6,))
        [one] = export(plan, zone=BERLIN, at=time(2, 30))[0].values()
        start, end = one["DTSTART"].dt, one["DTEND"].dt
        assert start.time() == begin
        assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(minutes=60)


def test_without_a_zone_times_are_those_of_the_calendar_and_utc_needs_no_definition():
    events, _ = export(weeks(), zone=None)
    assert all(e["DTSTART"].to_ical().endswith(b"T190000") for e in events.values())
    events, _ = export(weeks(), zone=ZoneInfo("Etc/UTC"))
    assert all(e["DTSTART"].to_ical().endswith(b"T190000Z") for e in events.values())


# --- the second import ------------------------------------------------------------------------


def test_the_same_plan_is_the_same_file_to_the_byte():
    plan = weeks()
    first, record = to_ics(plan, time(19), BERLIN, "Path", FRESH, NOW)
    again, after = to_ics(plan, time(19), BERLIN, "Path", record, NOW + timedelta(days=1))
    assert again == first and after == record


def test_an_event_that_moved_keeps_its_uid_and_gets_the_next_sequence():
    before, record = export(weeks())
    after, _ = export(weeks(start=date(2026, 11, 30)), record, NOW + timedelta(hours=1))
    assert set(after) == set(before)
    for uid, one in after.items():
        assert one["DTSTART"].dt == before[uid]["DTSTART"].dt + timedelta(days=7)
        assert (int(before[uid]["SEQUENCE"]), int(one["SEQUENCE"])) == (0, 1)
        assert one["DTSTAMP"].dt == one["LAST-MODIFIED"].dt == NOW + timedelta(hours=1)


def test_only_what_changed_is_a_new_version():
    before, record = export(weeks())
    after, _ = export(weeks(to=None), record, NOW + timedelta(hours=1))
    same = [uid for uid in before if after[uid]["SEQUENCE"] == 0]
    assert len(after) > len(before) and len(same) >= len(before) - 1
    assert all(after[uid].to_ical() == before[uid].to_ical() for uid in same)


def test_what_is_no_longer_planned_is_cancelled_until_it_is_over_and_comes_back_when_planned():
    before, record = export(weeks())
    after, record = export(weeks(to="waves"), record)
    gone = {uid: e for uid, e in after.items() if e["STATUS"] == "CANCELLED"}
    assert set(after) >= set(before) and len(gone) == len(after) - 1
    assert all(int(e["SEQUENCE"]) == 1 and e["SUMMARY"].startswith("Cancelled: ")
               for e in gone.values())
    assert all(e["DTSTART"].dt == before[uid]["DTSTART"].dt for uid, e in gone.items())
    # Said again, in the same words, to whoever missed it.
    again, record = export(weeks(to="waves"), record, NOW + timedelta(hours=1))
    assert {uid: e.to_ical() for uid, e in again.items()} == {
        uid: e.to_ical() for uid, e in after.items()
    }
    back, _ = export(weeks(), record)
    assert set(before) <= set(back)
    assert all(back[u]["STATUS"] == "CONFIRMED" and back[u]["SEQUENCE"] == 2 for u in gone
               if u in before)
    later, record = export(weeks(to="waves", start=date(2027, 3, 1)), record,
                           datetime(2027, 2, 1, tzinfo=UTC))
    assert len(later) == 1 and len(record.events) > 1


def test_sessions_that_lie_behind_are_left_alone():
    before, record = export(weeks(to="heads", hours=1))
    first = min(before, key=lambda uid: before[uid]["DTSTART"].dt)
    # A week later one exercise is done, and the rest is planned anew.
    now = datetime(2026, 12, 1, tzinfo=UTC)
    after, record = export(
        weeks(passed("counts.a"), to="heads", hours=1, start=date(2026, 12, 1)), record, now
    )
    behind = {uid for uid, e in before.items() if e["DTEND"].dt < now}
    assert first in behind
    assert not behind & set(after)
    assert behind <= set(record.events)


def test_a_plan_that_begins_in_the_past_is_the_same_each_time():
    now = datetime(2026, 12, 1, tzinfo=UTC)
    before, record = export(weeks(), now=now)
    after, _ = export(weeks(), record, now)
    assert set(after) == set(before)


def test_two_folders_have_different_events():
    mine, _ = export(weeks())
    yours, _ = export(weeks(), Record(uuid.UUID(int=8)))
    assert not set(mine) & set(yours)


def test_a_finished_plan_leaves_nothing_but_cancelled_sessions():
    _, record = export(weeks())
    after, _ = export(weeks(event("done", "block")), record)
    assert {str(e["STATUS"]) for e in after.values()} == {"CANCELLED"}


def test_what_a_calendar_holds_survives_being_written(tmp_path):
    _, record = export(weeks())
    file = tmp_path / "plan.json"
    calendar_record.write(file, record)
    assert calendar_record.read(file) == record


@pytest.mark.parametrize("text", [
    "", "{", "[]", "null", '{"id": "x", "events": {}}', '{"events": {}}',
    '{"id": "00000000-0000-0000-0000-000000000007", "events": {"u": {}}}',
    '{"id": "00000000-0000-0000-0000-000000000007", "events": {"u": {"summary": "s", "begin": "x",'
    ' "end": "x", "content": "", "stamp": ""}}}',
])
def test_a_damaged_record_is_none(tmp_path, text):
    file = tmp_path / "plan.json"
    file.write_text(text)
    assert calendar_record.read(file) is None


# --- zones ------------------------------------------------------------------------------------

ZONES = [
    "Europe/Berlin", "Europe/London", "Europe/Dublin", "America/New_York", "America/Santiago",
    "America/Sao_Paulo", "Africa/Cairo", "Africa/Casablanca", "Asia/Kolkata", "Asia/Jerusalem",
    "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Kiritimati",
]


@pytest.mark.parametrize("name", ZONES)
def test_a_zones_definition_tells_the_time_as_the_zone_does(name):
    zone = ZoneInfo(name)
    written = definition(zone, 2026, 2027).to_ical()
    read = icalendar.Timezone.from_ical(written).to_tz(lookup_tzid=False)
    edges = [(c.at - c.before).replace(tzinfo=UTC) for c in changes(zone, 2026, 2027)]
    near = [edge + timedelta(minutes=m) for edge in edges for m in (-61, -1, 0, 1, 61)]
    often = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=31 * i) for i in range(560)]
    for moment in near + often:
        assert moment.astimezone(read).utcoffset() == moment.astimezone(zone).utcoffset(), moment


@pytest.mark.parametrize(("name", "rules"), [
    ("Europe/Berlin", {"-1SU"}), ("America/New_York", {"1SU", "2SU"}),
    ("Australia/Lord_Howe", {"1SU"}), ("Asia/Kolkata", set()),
])
def test_yearly_changes_are_written_as_rules(name, rules):
    parts = definition(ZoneInfo(name), 2026, 2026).subcomponents
    assert {day for part in parts for day in [part.get("RRULE", {}).get("BYDAY")] if day} == rules


def test_the_local_zone_is_found_by_variable_link_and_file(tmp_path):
    link, file = tmp_path / "localtime", tmp_path / "timezone"
    zones = tmp_path / "zoneinfo" / "Asia"
    zones.mkdir(parents=True)
    (zones / "Tokyo").write_bytes(b"TZif")
    for value, key in [
        ("Europe/Berlin", "Europe/Berlin"), (":Europe/Berlin", "Europe/Berlin"), ("", "UTC"),
        ("/usr/share/zoneinfo/Europe/Berlin", "Europe/Berlin"),
    ]:
        assert local_zone({"TZ": value}, link, file).key == key
    for value in ("CET-1CEST,M3.5.0,M10.5.0/3", "Nowhere/Else", "../etc/passwd", "\0", "/x"):
        assert local_zone({"TZ": value}, link, file) is None
    assert local_zone({}, link, file) is None
    link.symlink_to(zones / "Tokyo")
    assert local_zone({}, link, file).key == "Asia/Tokyo"
    link.unlink()
    link.write_bytes(b"TZif")  # a copy says nothing of its name
    assert local_zone({}, link, file) is None
    here = datetime.now().astimezone().utcoffset()
    for name in ("Pacific/Kiritimati", "Etc/UTC"):
        file.write_text(name + "\n")
        fits = datetime.now(ZoneInfo(name)).utcoffset() == here
        assert bool(local_zone({}, link, file)) is fits


def test_a_name_beside_a_link_that_leads_nowhere(tmp_path: Path):
    link = tmp_path / "localtime"
    link.symlink_to(tmp_path / "gone")
    assert local_zone({}, link, tmp_path / "none") is None

"""Logs that students hand in beside their notebooks: found, capped, checked, and nothing more."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from pathkit import progress_log
from pathkit.classroom.collecting import attempts
from pathkit.classroom.collecting.submissions import collect
from tests.classroom.classroom_parts import assignment, bigram, zipped

START = datetime(2026, 3, 1, 10, tzinfo=UTC)
NAME = "bigram.probabilities"
KNOWN = {NAME}


def event(minutes: float = 0, **fields) -> dict:
    fields = {"exercise": NAME, "status": "raised", "misconception": "", **fields}
    return progress_log.new("check", "bigram", START + timedelta(minutes=minutes), **fields)


def written(*events: dict | str) -> bytes:
    return "".join(f"{e if isinstance(e, str) else json.dumps(e)}\n" for e in events).encode()


def times(data: bytes) -> list[datetime] | None:
    found = attempts.checks(data, KNOWN, START + timedelta(days=1))
    return None if found is None else sorted(time for _, time in found.values())


def test_times_of_tries_are_taken_and_nothing_else():
    found = times(written(
        event(0), event(3, status="passed"), event(1, status="not attempted"),
        event(2, exercise="bigram.elsewhere"),
        progress_log.new("hint", "bigram", START, exercise=NAME),
        {**event(4), "answer": "print('mine')"},
    ))
    assert found == [START + timedelta(minutes=m) for m in (0, 3, 4)]


@pytest.mark.parametrize("odd", [
    "", "{", "[" * 4000, "3", "[]", "null", '"check"', "\x00\xff",
    {**event(), "at": "0001-01-01T00:00:00+14:00"}, {**event(), "at": "9999-12-31T23:59:59-14:00"},
    {**event(), "at": []}, {**event(), "at": "yesterday"}, {**event(), "at": "2026-03-01T10:00:00"},
    {**event(), "kind": []}, {**event(), "exercise": [NAME]}, {**event(), "status": {}},
    {**event(), "status": "<b>"}, {**event(), "more": "x" * 10_000}, event(-60 * 24 * 365 * 30),
    event(60 * 24 * 2), '{"kind": "check", "id": "a"}', "1" * 4000,
])
def test_a_line_that_is_not_a_check_costs_itself_alone(odd):
    assert times(written(odd, event(5))) == [START + timedelta(minutes=5)]


def test_two_logs_with_the_same_events_count_once():
    one, other = event(0), event(7)
    both = attempts.checks(written(one, other, one), KNOWN, START + timedelta(days=1))
    assert len(both) == 2


@pytest.mark.parametrize("data", [
    b"", b"my notes\n" * 50, b"\x00" * 1000, b'{"cells": []}', written(event()) + b" " * 2**23,
])
def test_what_is_no_log_or_too_large_is_none(data):
    assert times(data) is None


def test_no_more_checks_are_kept_than_anybody_makes(monkeypatch):
    monkeypatch.setattr(attempts, "MOST_CHECKS", 10)
    assert len(times(written(*(event(m) for m in range(50))))) == 10


def test_logs_are_found_wherever_students_put_them(tmp_path):
    logged = written(event(0), event(5, status="passed"))
    other = written(event(9))
    files = {
        "ada/02-bigram.ipynb": bigram(),
        "ada/my log (2).txt": logged,
        "ada/old/progress.jsonl": logged + other,
        "bo.zip": zipped({"work/02-bigram.ipynb": bigram(), "progress.jsonl": other}),
        "cia/02-bigram.ipynb": bigram(),
        "cia/notes.txt": b"no log",
        "progress.jsonl": logged,  # nobody's
    }
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    found = collect(tmp_path, assignment(two=False))
    assert [s.name for s in found.students] == ["ada", "bo", "cia"]
    assert {who: [t.minute for t in ones[NAME]] for who, ones in found.attempts.items()} == {
        "ada": [0, 5, 9], "bo": [9]}
    assert len(found.submissions) == 3

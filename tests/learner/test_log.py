"""The log with lines that no clock wrote, and beside the copies that synchronising leaves."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta

import pytest

from pathkit import progress_log
from pathkit.groups import board, shared
from pathkit.learner.progress import of_folder
from tests.learner.test_commands import notebook, pathkit
from tests.learner.test_progress import event, make_folder, passed

ODD = [
    '{"v":1,"id":"a","at":"0001-01-01T00:00:00+00:00","kind":"check","module":"one"}',
    '{"v":1,"id":"b","at":"0001-01-01T00:00:00+14:00","kind":"ready","module":"one"}',
    '{"v":1,"id":"c","at":"9999-12-31T23:59:59.999999-12:00","kind":"ready","module":"one"}',
    '{"v":1,"id":"d","at":"2026-11-23T10:00:00","kind":"ready","module":"one"}',
    '{"v":1,"id":"e","at":NaN,"kind":"ready","module":"one"}',
    '{"v":1,"id":"f","at":null,"kind":"review","module":"one","card":"one.1","rating":3}',
    '{"v":1,"id":"g","at":1e300,"kind":"done","module":"one"}', "null", "3", "not JSON", "\x00\x00",
    '{"v":1,"id":"h","at":"2150-01-01T00:00:00Z","kind":"review","module":"one","card":"one.1",'
    '"rating":3}',
    '{"v":1,"id":"i","at":"2150-01-01T00:00:00Z","kind":"ready","module":"three"}',
    '{"v":1,"id":"j","at":"1971-01-01T00:00:00+14:00","kind":"active","module":"one"}',
    '{"v":1,"id":"\\ud800","at":"2026-11-23T11:00:00Z","kind":"ready","module":"one"}',
    '{"v":1,"id":"k","at":"2026-11-23T11:00:00Z","kind":"hint","module":"one","exercise":null,'
    '"step":NaN}',
]
NAMES = [
    "progress (Ada's conflicted copy 2026-11-30).jsonl",
    "progress (conflicted copy 2026-11-30 101500).jsonl",
    "progress-LAPTOP-7.jsonl",
    "progress 2.jsonl",
    "progress (1).jsonl",
    "progress.sync-conflict-20261130-101500-ABCDEFG.jsonl",
    "progress_conflict-20261130-101500.jsonl",
    "progress [Conflict].jsonl",
    "progress (SFConflict ada@example.org 2026-11-30-10-15-00).jsonl",
    "Progress (Konfliktkopie von Ada 2026-11-30).jsonl",
    "progress.jsonl.sync-conflict-20261130",
]


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "America/Adak"])
def test_a_line_that_no_clock_wrote_stops_nothing(tmp_path, monkeypatch, request, zone):
    monkeypatch.setenv("TZ", zone)
    if hasattr(time, "tzset"):
        time.tzset()
        request.addfinalizer(lambda: (monkeypatch.undo(), time.tzset()))
    folder = make_folder(tmp_path / "mine")
    good = passed("one.a")
    folder.progress.write_text("\n".join([*ODD, json.dumps(good)]) + "\n", encoding="utf-8")
    notebook(folder.root / "01-one.ipynb", "one")
    for command in (["status"], ["status", "--json"], ["next", "--show"], ["plan"], ["review"],
                    ["hint", "one.b"], ["done", "reading"]):
        result = pathkit(*command, "--folder", folder.root)
        assert result.exit_code == 0 and "Traceback" not in result.output, result.output
    progress = of_folder(folder)
    assert progress.exercise("one.a").passed
    assert progress.last_module == "one"  # and not that of the year 2150
    assert progress.last_at < datetime.now(UTC) + timedelta(days=1)
    group = shared.create(tmp_path / "group", "Thursday")
    shared.join(folder, group, "Ada")
    [row] = board.rows(progress.path, shared.members(group))
    assert row.done == 1 and row.last.year < 2100


@pytest.mark.parametrize("name", NAMES)
def test_another_machines_copy_is_read_with_the_log(tmp_path, name):
    folder = make_folder(tmp_path / "mine")
    progress_log.append(folder.progress, "check", "one", exercise="one.a", status="passed")
    there = folder.progress.with_name(name)
    there.write_text(folder.progress.read_text() + json.dumps(passed("one.b")) + "\n")
    progress = of_folder(folder)
    assert progress.passed(progress.path.module("one")) == 2
    assert progress.exercise("one.a").tries == 1  # each event once
    result = pathkit("status", "--json", "--folder", folder.root)
    assert json.loads(result.stdout)["exercises"]["done"] == 2
    group = shared.create(tmp_path / "group", "Thursday")
    shared.join(folder, group, "Ada")
    [member] = shared.members(group)
    assert len(member.events) == 2


def test_other_files_are_no_copies(tmp_path):
    folder = make_folder(tmp_path)
    for name in ("progressive.jsonl", "my progress.jsonl", "progress2.jsonl", "progress.json",
                 "progress.jsonl.txt", "progress"):
        folder.progress.with_name(name).write_text(json.dumps(event("ready", "one")) + "\n")
    folder.progress.with_name("progress 3.jsonl").mkdir()
    assert progress_log.read_all(folder.progress) == []


def test_half_a_character_is_logged_and_shared(tmp_path):
    folder = make_folder(tmp_path / "mine")
    progress_log.append(folder.progress, "predict", "one", prediction="one.p", answer="\ud800")
    progress_log.append(folder.progress, "check", "one", exercise="one.\ud800", status="passed")
    assert [e["kind"] for e in progress_log.read(folder.progress)] == ["predict", "check"]
    shared.join(folder, shared.create(tmp_path / "group", "Thursday"), "Ada")

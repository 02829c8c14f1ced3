"""The log of a learner's folder, what it amounts to, and what comes next."""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathkit import curriculum, path_map, progress_log
from pathkit.building.build import Place
from pathkit.errors import EnvironmentProblem
from pathkit.learner import folder as folders
from pathkit.learner.progress import replay
from pathkit.learner.what_next import next_step
from pathkit.path_map import Card, Exercise, Module, PathMap

ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def module(number: int, name: str, *exercises: str, **settings) -> Module:
    defaults = {
        "tagline": "", "part": "Part", "level": "easy", "essential": False, "minutes": 60,
        "requires": (), "outcomes": (), "predictions": (), "can_skip": True, "resources": (),
        "cards": (Card(f"{name}.1", "Why?", "So."),), "group": None,
    }
    return Module(
        id=name, number=number, title=name.title(), file=f"{number:02}-{name}.ipynb",
        exercises=tuple(Exercise(f"{name}.{e}", e, e, "easy", 10, ("Think.",)) for e in exercises),
        **{**defaults, **settings},
    )


PATH = PathMap("Path", ("Part",), (
    module(1, "one", "a", "b"),
    module(2, "two", "c", requires=("one",), formerly=("second",)),
    module(3, "three", "d"),
    module(4, "reading"),
))


def event(kind: str, name: str, minutes: float = 0, **fields) -> progress_log.Event:
    at = (NOON + timedelta(minutes=minutes)).isoformat()
    return {"v": 1, "id": os.urandom(4).hex(), "at": at, "kind": kind, "module": name, **fields}


def passed(name: str, minutes: float = 0) -> progress_log.Event:
    return event("check", name.partition(".")[0], minutes, exercise=name, status="passed")


# --- the log ----------------------------------------------------------------------------------


def test_what_is_appended_is_read(tmp_path):
    file = tmp_path / "progress.jsonl"
    written = progress_log.append(file, "check", "one", exercise="one.a", status="wrong value")
    assert progress_log.read(file) == [written]
    assert file.read_text().endswith("}\n")
    assert abs(progress_log.time_of(written) - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.mark.parametrize("cut", [1, 20, 60])
def test_a_crash_in_mid_line_costs_that_line_alone(tmp_path, cut):
    file = tmp_path / "progress.jsonl"
    first = progress_log.append(file, "ready", "one")
    progress_log.append(file, "ready", "two")
    file.write_bytes(file.read_bytes()[:-cut])
    third = progress_log.append(file, "ready", "three")
    # A line that lacks nothing but its end is whole.
    kept = [e for e in progress_log.read(file) if e["id"] in (first["id"], third["id"])]
    assert kept == [first, third]
    assert len(progress_log.read(file)) == (3 if cut == 1 else 2)


@given(st.permutations(range(6)), st.integers(0, 6))
def test_two_machines_files_merge_by_concatenation(order, cut):
    events = [event("ready", "one", minutes) for minutes in range(6)]
    lines = [json.dumps(events[i]) for i in order]
    doubled = [*lines, *lines[:cut], "", "{", "[]", "null", '{"kind": "check"}']
    parsed = [e for line in doubled if (e := progress_log._event(line.encode()))]
    assert [e["id"] for e in progress_log.in_order(parsed)] == [e["id"] for e in events]


@pytest.mark.parametrize("line", [
    "", "{", "null", "3", '"x"', "[" * 5000, '{"kind":"check"}',
    '{"kind":"check","id":"x","module":"one","at":"2026-11-23T10:00:00"}',
    '{"kind":"check","id":"x","module":"one","at":7}',
    '{"kind":"check","id":7,"module":"one","at":"2026-11-23T10:00:00Z"}',
    '{"kind":"unheard-of","id":"x","module":"one","at":"2026-11-23T10:00:00Z"}',
    '{"kind":"check","id":"x","module":["one"],"at":"2026-11-23T10:00:00Z"}',
    '{"kind":"check","id":"x","module":"one","at":NaN}',
    '{"kind":"check","id":"x","module":"one","at":null}',
    '{"kind":"check","id":"x","module":"one","at":["2026"]}',
    '{"kind":["check"],"id":"x","module":"one","at":"2026-11-23T10:00:00Z"}',
    '{"kind":"check","id":"x","module":"one","at":"0001-01-01T00:00:00+14:00"}',
    '{"kind":"check","id":"x","module":"one","at":"0001-01-01T00:00:00Z"}',
    '{"kind":"check","id":"x","module":"one","at":"9999-12-31T23:59:59-14:00"}',
    '{"kind":"check","id":"x","module":"one","at":"9999-12-31T23:59:59.999999Z"}',
    "\x00" * 50, "\ufeff", "<<<<<<< HEAD", "9" * 5000, "NaN", "[[]]",
])
def test_lines_that_are_no_events_are_passed_over(tmp_path, line):
    file = tmp_path / "progress.jsonl"
    file.write_text(line + "\n")
    good = progress_log.append(file, "ready", "one")
    assert progress_log.read(file) == [good]


def _append_many(file: Path, name: str) -> None:
    for _ in range(200):
        progress_log.append(file, "check", name, exercise="x" * 300)


def test_two_kernels_that_log_at_once_lose_nothing(tmp_path):
    file = tmp_path / "progress.jsonl"
    context = multiprocessing.get_context("fork" if os.name == "posix" else "spawn")
    writers = [context.Process(target=_append_many, args=(file, n)) for n in ("one", "two")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(progress_log.read(file)) == 400


def test_no_log_is_an_empty_log(tmp_path):
    assert progress_log.read(tmp_path / "none.jsonl") == []


# --- what it amounts to -----------------------------------------------------------------------


def test_exercises_count_when_they_passed():
    progress = replay(PATH, [
        event("check", "one", exercise="one.a", status="not attempted"),
        event("check", "one", exercise="one.a", status="misconception", misconception="_m"),
        passed("one.a"),
        event("check", "one", exercise="one.b", status="raised"),
    ])
    first = progress.exercise("one.a")
    assert (first.tries, first.passed, first.misconceptions) == (2, True, ["_m"])
    assert progress.exercise("one.b").tries == 1
    assert progress.passed(PATH.module("one")) == 1
    assert not progress.finished(PATH.module("one"))
    assert progress.minutes_left(PATH.module("one")) == 30


def test_a_failure_after_a_pass_takes_nothing_away_but_a_reset_does():
    events = [passed("one.a"), event("check", "one", 1, exercise="one.a", status="wrong value")]
    assert replay(PATH, events).exercise("one.a").passed
    events.append(event("reset", "one", 2, exercise="one.a"))
    assert replay(PATH, events).exercise("one.a").tries == 0
    assert not replay(PATH, events).exercise("one.a").passed


def test_a_module_is_finished_by_passing_by_testing_out_or_by_hand():
    one, reading = PATH.module("one"), PATH.module("reading")
    assert replay(PATH, [passed("one.a"), passed("one.b")]).finished(one)
    assert replay(PATH, [event("skip", "one", known=True)]).finished(one)
    assert not replay(PATH, [event("skip", "one", known=False)]).finished(one)
    done = event("done", "reading")
    assert not replay(PATH, []).finished(reading)
    assert replay(PATH, [done]).finished(reading)
    assert not replay(PATH, [done, event("done", "reading", 1, undo=True)]).finished(reading)


def test_the_first_prediction_counts():
    first = event("predict", "one", prediction="one.p", answer="a", status="wrong value")
    later = event("predict", "one", 1, prediction="one.p", answer="b", status="passed")
    unfit = event("predict", "one", -1, prediction="one.p", answer=None, status="not usable")
    assert replay(PATH, [unfit, first, later]).predictions == {"one.p": ("a", False)}


def test_time_runs_while_something_happens_and_stops_in_breaks():
    minutes = (0, 10, 14, 60, 61)
    progress = replay(PATH, [event("active", "one", m) for m in minutes])
    assert progress.module("one").seconds == 15 * 60


def test_a_renamed_module_keeps_what_was_done_under_its_old_name():
    progress = replay(PATH, [passed("second.c")])
    assert progress.finished(PATH.module("two"))


def test_events_of_modules_that_are_gone_are_passed_over():
    assert replay(PATH, [event("ready", "gone")]).modules == {}


def test_streak_counts_days_in_a_row_and_forgives_an_unfinished_today():
    progress = replay(PATH, [event("active", "one", 60 * 24 * d) for d in (0, 2, 3, 4)])
    last = (NOON + timedelta(days=4)).astimezone().date()
    assert progress.streak(last) == 3
    assert progress.streak(last + timedelta(days=1)) == 3
    assert progress.streak(last + timedelta(days=2)) == 0
    assert replay(PATH, []).streak(date(2026, 1, 1)) == 0


# --- what comes next --------------------------------------------------------------------------


def _next(*events):
    step = next_step(replay(PATH, list(events)))
    return step and (step.module.id, step.exercise and step.exercise.name)


def test_next_begins_at_the_beginning():
    assert _next() == ("one", None)


def test_next_stays_in_the_module_one_is_in():
    assert _next(passed("three.d"), event("ready", "one", 1)) == ("one", "a")
    assert _next(passed("one.a")) == ("one", "b")


def test_next_follows_the_order_where_the_ground_is_laid():
    assert _next(passed("one.a"), passed("one.b", 1)) == ("two", None)
    assert _next(event("skip", "one", known=True), passed("two.c", 1)) == ("three", None)


def test_next_keeps_to_a_plan_and_ends():
    everything = [passed(n) for n in ("one.a", "one.b", "two.c", "three.d")]
    assert _next(*everything) == ("reading", None)
    assert _next(*everything, event("done", "reading")) is None
    assert next_step(replay(PATH, everything), {"one", "three"}) is None
    # What a plan's modules build on belongs to the plan.
    step = next_step(replay(PATH, []), {"two"})
    assert step.module.id == "one"


# --- the folder and its map -------------------------------------------------------------------


def make_folder(root: Path, path: PathMap = PATH) -> folders.Folder:
    folder = folders.Folder(root)
    folder.state.mkdir(parents=True)
    folder.path_map.write_text(path_map.to_json(path), encoding="utf-8")
    return folder


def test_a_folder_is_found_from_inside_only(tmp_path):
    folder = make_folder(tmp_path / "my path")
    inside = folder.root / "solutions" / "deep"
    inside.mkdir(parents=True)
    assert folders.find(inside) == folder
    assert folders.find(tmp_path) is None
    assert not folder.holds_work(inside)
    assert folder.holds_work(folder.root)


def test_the_folder_named_comes_first_then_where_we_stand_then_the_projects(tmp_path, monkeypatch):
    named, here = make_folder(tmp_path / "a"), make_folder(tmp_path / "b")
    own = make_folder(tmp_path / "project" / "my-path")
    monkeypatch.chdir(here.root)
    assert folders.chosen(named.root, own.root.parent) == named
    assert folders.chosen(None, own.root.parent) == here
    monkeypatch.chdir(tmp_path)
    assert folders.chosen(None, own.root.parent) == own
    # Whoever runs the tests may have begun with the path: their folder lies in the checkout.
    monkeypatch.setattr(folders, "checkout", lambda: None)
    with pytest.raises(EnvironmentProblem, match="pathkit start"):
        folders.chosen(None, None)
    with pytest.raises(EnvironmentProblem, match="pathkit start"):
        folders.chosen(tmp_path, None)


def test_the_map_survives_being_written(tmp_path):
    assert path_map.load(make_folder(tmp_path).path_map) == PATH


def test_the_map_of_this_path_holds_every_module():
    path = path_map.load(Place(ROOT).path_map)
    modules = curriculum.load(Place(ROOT).curriculum).modules
    assert [m.id for m in path.modules] == [m.id for m in modules]
    module, exercise = path.exercise("count_pairs")
    assert (module.id, exercise.id, module.file) == (
        "bigram", "bigram.count_pairs", f"{module.number:02}-bigram.ipynb"
    )
    assert exercise.hints and module.cards and module.group and module.resources
    assert len({c.id for m in path.modules for c in m.cards}) == sum(
        len(m.cards) for m in path.modules
    )


def test_an_exercise_that_is_not_there_is_told_with_the_nearest():
    with pytest.raises(KeyError, match="did you mean 'count_pairs'"):
        path_map.load(Place(ROOT).path_map).exercise("count_pair")


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": 1}', '{"format": 99}',
                                  '{"format":1,"title":"x","parts":[],"modules":[{"id":"x"}]}'])
def test_a_damaged_map_is_one_line_that_says_what_to_do(tmp_path, text):
    folder = make_folder(tmp_path)
    folder.path_map.write_text(text)
    with pytest.raises(EnvironmentProblem, match="`pathkit start` writes it anew"):
        path_map.load(folder.path_map)


# --- from the notebook ------------------------------------------------------------------------

LESSON = """
import pathkit as path
path.ready("bigram")
def probabilities(counts): ...
path.check(probabilities)
def probabilities(counts): return counts / counts.sum(axis=0, keepdims=True)
path.check(probabilities)
path.predict("best-k", "a")
path.skip("attention", "a", "b", "c")
"""


def run(code: str, where: Path) -> str:
    where.mkdir(parents=True, exist_ok=True)
    done = subprocess.run([sys.executable, "-c", code], cwd=where, text=True, capture_output=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_what_happens_in_a_notebook_is_logged_as_it_happens(tmp_path):
    folder = make_folder(tmp_path)
    run(LESSON, folder.root)
    found = [(e["kind"], e["module"], e.get("status")) for e in progress_log.read(folder.progress)]
    assert found == [
        ("ready", "bigram", None), ("check", "bigram", "not attempted"),
        ("check", "bigram", "misconception"), ("predict", "bigram", "wrong value"),
        ("skip", "attention", None),
    ]
    assert progress_log.read(folder.progress)[2]["misconception"] == "_columns"


@pytest.mark.slow
def test_a_new_kernel_remembers_tries_and_first_predictions(tmp_path):
    folder = make_folder(tmp_path)
    for _ in range(3):
        run(LESSON, folder.root)
    said = run('import pathkit as path\npath.ready("bigram")\npath.solution("probabilities")\n'
               'path.predict("best-k", "b")', folder.root)
    assert "keepdims=True" in said
    assert "Your first prediction was a" in said


@pytest.mark.parametrize("where", [".", "mine/solutions"])
def test_nothing_is_logged_outside_and_in_solutions(tmp_path, where):
    make_folder(tmp_path / "mine")
    run(LESSON, tmp_path / where)
    assert not list(tmp_path.rglob("progress.jsonl"))


def test_a_log_that_cannot_be_written_is_told_once_and_stops_nothing(tmp_path):
    folder = make_folder(tmp_path)
    folder.progress.mkdir()
    said = run(LESSON, folder.root)
    assert said.count("Your progress isn't saved now") == 1
    assert "probabilities: not yet" in said


def test_next_goes_on_behind_what_was_done_last_and_then_comes_back():
    assert _next(passed("three.d")) == ("reading", None)
    assert _next(passed("three.d"), event("done", "reading", 1)) == ("one", None)

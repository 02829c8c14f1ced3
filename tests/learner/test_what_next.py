"""One answer to "what comes next", wherever it is shown, and what it may never be."""

from __future__ import annotations

import dataclasses
import json
import tempfile
from datetime import time, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pathkit import path_map, progress_log
from pathkit.groups import meetings
from pathkit.learner import status as overview
from pathkit.learner.folder import Folder
from pathkit.learner.panel.first_page import first_page_with_progress
from pathkit.learner.panel.panel import map_data, panel_data
from pathkit.learner.plan import goal as goals
from pathkit.learner.plan.goal import ESSENTIALS, MODULE, WHOLE, Goal, Wishes, coming_step
from pathkit.learner.plan.route import route
from pathkit.learner.progress import of_folder, replay
from pathkit.path_map import PathMap
from tests.learner.test_commands import notebook, pathkit
from tests.learner.test_progress import NOON, ROOT, event, make_folder, module, passed, run
from tests.this_path import notebook_of

TODAY = NOON.date()
KINDS = ("ready", "pass", "fail", "done", "undo", "known", "unknown", "reset", "future", "review")


@st.composite
def paths(draw) -> PathMap:
    """Up to seven modules that build on earlier ones; some are drafts, some have no exercises."""
    found = []
    for number in range(1, draw(st.integers(1, 7)) + 1):
        earlier = [m.id for m in found]
        found.append(dataclasses.replace(
            module(number, f"m{number}", *"ab"[: draw(st.integers(0, 2))]),
            requires=tuple(sorted(draw(st.sets(st.sampled_from(earlier), max_size=3))))
            if earlier else (),
            draft=draw(st.booleans()) and draw(st.booleans()),
            essential=draw(st.booleans()),
        ))
    return PathMap("Path", ("Part",), tuple(found))


@st.composite
def situations(draw) -> tuple[PathMap, list[progress_log.Event], Wishes | None]:
    """A path, what was done in it in any order, and a plan or none."""
    path = draw(paths())
    ids = [m.id for m in path.modules]
    events = []
    for minute in range(draw(st.integers(0, 12))):
        events.append(_event(draw(st.sampled_from(KINDS)), draw(st.sampled_from(path.modules)),
                             minute, draw(st.sampled_from("ab"))))
    goal = draw(st.one_of(
        st.just(Goal(WHOLE)), st.just(Goal(ESSENTIALS)),
        st.builds(Goal, st.just(MODULE), st.sampled_from([*ids, "gone"])),
    ))
    return path, events, Wishes(goal) if draw(st.booleans()) else None


def _event(kind: str, found: path_map.Module, minute: int, exercise: str) -> progress_log.Event:
    name = f"{found.id}.{exercise}"
    return {
        "ready": lambda: event("ready", found.id, minute),
        "pass": lambda: passed(name, minute),
        "fail": lambda: event("check", found.id, minute, exercise=name, status="wrong value"),
        "done": lambda: event("done", found.id, minute, undo=False),
        "undo": lambda: event("done", found.id, minute, undo=True),
        "known": lambda: event("skip", found.id, minute, known=True),
        "unknown": lambda: event("skip", found.id, minute, known=False),
        "reset": lambda: event("reset", found.id, minute, exercise=name),
        "future": lambda: passed(name, 60 * 24 * 365 * 50),
        "review": lambda: event("review", found.id, minute, card=f"{found.id}.1", rating=3),
    }[kind]()


def folder_of(root: Path, path: PathMap, events, wishes: Wishes | None) -> Folder:
    home = make_folder(root, path)
    home.progress.write_text("".join(json.dumps(e) + "\n" for e in events), encoding="utf-8")
    if wishes:
        goals.store(home, wishes)
    return home


@settings(max_examples=150, deadline=None)
@given(situations())
@example((PathMap("Path", ("Part",), (module(1, "m1", draft=True),)), [], None))
@pytest.mark.slow
def test_all_places_show_one_answer_and_it_can_be_begun(situation):
    path, events, wishes = situation
    with tempfile.TemporaryDirectory() as root:
        home = folder_of(Path(root) / "mine", path, events, wishes)
        progress = of_folder(home)
        step = coming_step(progress)
        shown = step and step.module.id

        # The terminal's two, the panels', the map's, as data and on the page.
        assert (overview.figures(progress, TODAY)["next"] or {}).get("module") == shown
        said = overview.step_lines(progress, step)[0]
        assert said.startswith(f"next: {shown} " if step else "you have finished")
        for data in (panel_data(progress, None, TODAY), map_data(progress, TODAY),
                     *(panel_data(progress, m, TODAY) for m in path.modules)):
            href = data["next"]["href"].partition("#")[0] if data["next"] else None
            assert href == (step and step.module.file)
        marked = [m["id"] for p in map_data(progress, TODAY)["parts"] for m in p["modules"]
                  if m["next"]]
        assert marked == ([shown] if step else [])
        page = {"cells": [{"cell_type": "code", "source": "path.map()", "metadata": {}}]}
        filled = json.dumps(first_page_with_progress(page, progress, TODAY))
        assert (f"{step.module.number} \\u00b7 " in filled) if step else "Next:" not in filled

        # The plan begins with it, as long as it has a lesson.
        planned = goals.modules_of_plan(home, path, progress)
        goal = wishes.goal if wishes and planned else Goal()
        first = next((leg.module for leg in route(path, progress, goal) if not leg.module.draft),
                     None)
        if first is not None:
            assert first.id == shown

        # What it may never be.
        lessons = [m for m in path.modules if not m.draft and not progress.finished(m)]
        assert (step is None) == (not lessons)
        if step:
            assert not progress.finished(step.module) and not step.module.draft
            missing = [m for m in step.module.requires if not progress.finished(path.module(m))]
            assert all(path.module(m).draft for m in missing)
            if missing:  # only where nothing stands on finished ones alone
                among = {m.id for m in lessons} & (planned or {m.id for m in lessons})
                assert not [m for m in lessons if m.id in among and progress.ready_for(m)]
        if not events:
            wanted = [m for m in lessons if not planned or m.id in planned] or lessons
            ready = [m for m in wanted if progress.ready_for(m)]
            assert not ready or shown == ready[0].id


def test_a_plan_is_followed_when_modules_were_done_out_of_order(tmp_path):
    names = [m.id for m in path_map.load(ROOT / "notebooks" / "path.json").modules]
    whole = path_map.load(ROOT / "notebooks" / "path.json")
    home = folder_of(tmp_path, whole, [], Wishes(Goal(ESSENTIALS)))
    assert coming_step(of_folder(home)).module.id == "bigram"
    late = [passed(e.id, i) for i, e in enumerate(
        e for name in ("attention", "transformer", "neurons") for e in whole.module(name).exercises
    )]
    home.progress.write_text("".join(json.dumps(e) + "\n" for e in late), encoding="utf-8")
    step = coming_step(of_folder(home))
    assert (step.module.id, step.plan) == ("bigram", "the fast route ★")
    assert names.index("bigram") == 1
    said = pathkit("next", "--show", "--folder", home.root).stdout
    assert said.startswith("next: bigram") and "by your plan, to the fast route ★" in said


def test_lessons_to_come_are_passed_over_and_the_end_says_so(tmp_path):
    path = PathMap("Path", ("Part",), (
        module(1, "one", "a"), module(2, "two", draft=True, requires=("one",)),
        module(3, "three", "b", requires=("two",)),
    ))
    home = folder_of(tmp_path, path, [passed("one.a")], None)
    notebook(home.root / "03-three.ipynb", "three")
    step = coming_step(of_folder(home))
    assert step.module.id == "three" and "aren't written yet: two" in step.why
    home.progress.write_text(
        "".join(json.dumps(e) + "\n" for e in (passed("one.a"), passed("three.b", 1)))
    )
    progress = of_folder(home)
    assert coming_step(progress) is None
    said = pathkit("next", "--folder", home.root).stdout
    assert "you have finished every lesson that is written; 1 more is to come" in said
    assert map_data(progress, TODAY)["end"].startswith("You have finished every lesson")


def test_a_mark_that_is_taken_back_leaves_a_module_as_it_was():
    path = PathMap("Path", ("Part",), (module(1, "one", "a"), module(2, "two", "b")))
    one = path.module("one")
    before = replay(path, [event("ready", "two")])
    after = replay(path, [event("ready", "two"), event("done", "one", 1),
                          event("done", "one", 2, undo=True)])
    assert (after.state(one), after.started(one), after.last_module) == ("open", False, "two")
    assert before.state(one) == after.state(one) and after.module("one").seconds == 0
    assert replay(path, [event("done", "one", 1)]).state(one) == "done"


def test_a_clock_that_was_wrong_counts_what_was_done_and_not_when():
    path = PathMap("Path", ("Part",), (module(1, "one", "a"), module(2, "two", "b", "c")))
    far = passed("one.a", timedelta(days=36500).total_seconds() / 60)
    progress = replay(path, [passed("two.b"), far, event("active", "two", 5)])
    assert progress.finished(path.module("one"))
    assert progress.last_module == "two" and progress.module("two").seconds == 300
    assert len(progress.days) == 1


def test_the_check_after_the_last_exercise_says_what_the_terminal_says(tmp_path):
    whole = path_map.load(ROOT / "notebooks" / "path.json")
    names = [e.name for e in whole.module("bigram").exercises]
    done = [passed(f"bigram.{name}", i) for i, name in enumerate(names[:-1])]
    home = folder_of(tmp_path, whole, done, Wishes(Goal(MODULE, "mlp")))
    said = run(
        "import pathkit as path\npath.ready('bigram')\n"
        "from pathkit.checks.loading import exercises_of\n"
        "from pathkit.strength.answer_namespace import answer_in\n"
        "from pathkit.strength.right_answers import right_answers\n"
        f"exercise = exercises_of('bigram')['{names[-1]}']\n"
        "answer = answer_in(right_answers(exercise)[0].source, exercise)\n"
        f"path.check({names[-1]}=answer)\npath.progress()", home.root,
    )
    assert "All exercises of this module pass. Next: 1 · Neurons" in said
    assert "(by your plan, to MLP)" in said
    assert said.count("1 · Neurons") >= 2  # the panel's, too
    assert "next: neurons" in pathkit("next", "--show", "--folder", home.root).output


@pytest.mark.slow
def test_a_check_in_the_terminal_that_passes_says_what_comes_next(tmp_path):
    whole = path_map.load(ROOT / "notebooks" / "path.json")
    home = folder_of(tmp_path, whole, [], Wishes(Goal(MODULE, "mlp")))
    solved = ROOT / "notebooks" / "solutions" / notebook_of("bigram")
    (home.root / solved.name).write_bytes(solved.read_bytes())
    said = pathkit("check", "bigram", "--folder", home.root).stdout
    assert "bigram: 8 of 8 passed\nnext: neurons · Neurons" in said


def test_a_groups_meetings_say_which_lessons_are_to_come():
    path = PathMap("Path", ("Part",), (module(1, "one", "a"), module(2, "two", draft=True)))
    meeting = meetings.lay_out(path.modules, TODAY, time(19), "UTC", 1)[0]
    assert meeting.modules == ("one", "two")  # the draft's notebook takes no time
    assert meetings.described(meeting, path)["what"] == "1 One; 2 Two (lesson to come)"

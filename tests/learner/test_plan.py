"""The way to a goal and how it is laid over weeks."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pathkit import path_map
from pathkit.building.build import Place
from pathkit.learner.plan.goal import (
    ESSENTIALS,
    MODULE,
    Goal,
    Wishes,
    modules_of_plan,
    store,
    stored,
)
from pathkit.learner.plan.plan import lay_out, usual_days
from pathkit.learner.plan.route import Leg, Work, route
from pathkit.learner.progress import replay
from pathkit.learner.what_next import next_step
from pathkit.path_map import Exercise, PathMap, Resource
from tests.learner.test_progress import ROOT, event, make_folder, module, passed

MONDAY = date(2026, 11, 23)


def resource(name: str, minutes: int, when: str = "before") -> Resource:
    url = f"https://example.org/{name}"
    return Resource(name, name.title(), "video", url, "easy", minutes, when)


PATH = PathMap("Path", ("Part",), (
    module(1, "counts", "a", "b",
           resources=(resource("intro", 30), resource("more", 99, "deeper"))),
    module(2, "waves", "c", essential=True),
    module(3, "heads", "d", "e", requires=("counts",),
           resources=(resource("film", 40, "during"), resource("talk", 20))),
    module(4, "block", requires=("waves", "heads"), essential=True, minutes=50),
    module(5, "aside", requires=("counts",)),
))


def ids(legs) -> list[str]:
    return [leg.module.id for leg in legs]


def to(name: str, *events):
    return route(PATH, replay(PATH, list(events)), Goal(MODULE, name))


# --- the route --------------------------------------------------------------------------------


def test_the_route_is_what_the_goal_builds_on_in_the_paths_order():
    assert ids(to("block")) == ["counts", "waves", "heads", "block"]
    assert ids(to("heads")) == ["counts", "heads"]
    assert ids(route(PATH, replay(PATH, []), Goal())) == [m.id for m in PATH.modules]
    assert ids(route(PATH, replay(PATH, []), Goal(ESSENTIALS))) == [
        "counts", "waves", "heads", "block"
    ]


def test_what_is_done_or_tested_out_of_is_left_out_and_what_only_that_needs():
    assert ids(to("block", passed("counts.a"), passed("counts.b"))) == ["waves", "heads", "block"]
    # Who knows the heads needs no counting for the block.
    assert ids(to("block", event("skip", "heads", known=True))) == ["waves", "block"]
    assert to("block", event("done", "block")) == ()


def test_a_module_counts_what_is_watched_before_and_along_then_its_notebook():
    [counts, heads] = to("heads")
    assert [(w.resource and w.resource.id, w.minutes) for w in counts.works] == [
        ("intro", 30), (None, 60)
    ]
    assert [r.id for r in counts.optional] == ["more"]
    assert [w.resource and w.resource.id for w in heads.works] == ["talk", "film", None]
    [counts, heads] = route(PATH, replay(PATH, []), Goal(MODULE, "heads"), with_resources=False)
    assert (counts.minutes, heads.minutes) == (60, 60)
    # Without resources none is named either.
    assert heads.optional == counts.optional == ()


def test_of_a_module_that_was_begun_counts_what_is_left():
    [counts, heads] = to("heads", passed("counts.a"), passed("heads.d"))
    assert [(w.resource, w.minutes) for w in counts.works] == [(None, 30)]
    assert [e.name for e, _ in counts.works[0].steps] == ["b"]
    assert [(w.resource and w.resource.id, w.minutes) for w in heads.works] == [
        ("film", 20), (None, 30)
    ]


def test_shares_of_a_notebook_add_up_to_it():
    odd = dataclasses.replace(PATH.modules[0], minutes=77, exercises=tuple(
        Exercise(f"counts.{n}", n, n, "easy", m, ()) for n, m in (("a", 10), ("b", 7), ("c", 13))
    ))
    path = PathMap("Path", ("Part",), (odd,))
    [leg] = route(path, replay(path, [passed("counts.a")]), Goal())
    assert sum(minutes for _, minutes in leg.works[-1].steps) == leg.works[-1].minutes == 51


# --- weeks ------------------------------------------------------------------------------------

minutes = st.integers(1, 240)


@st.composite
def legs(draw) -> tuple[Leg, ...]:
    """A route of a few modules with resources and exercises of any length."""
    found = []
    for number in range(draw(st.integers(0, 6))):
        name = f"m{number}"
        shares = draw(st.lists(st.integers(0, 60), max_size=8).map(lambda s: s if sum(s) else []))
        one = module(number + 1, name, *(f"e{i}" for i in range(len(shares))), resources=tuple(
            resource(f"{name}r{i}", m, draw(st.sampled_from(["before", "during"])))
            for i, m in enumerate(draw(st.lists(minutes, max_size=4)))
        ))
        works = [Work(one, r, r.minutes) for r in one.resources]
        works.append(Work(one, None, sum(shares) or draw(minutes),
                          tuple(zip(one.exercises, shares, strict=True))))
        found.append(Leg(one, tuple(works), (resource(f"{name}deeper", 60, "deeper"),)))
    return tuple(found)


@settings(max_examples=60, deadline=None)
@given(legs(), st.integers(1, 1200), st.sets(st.integers(0, 6)), st.dates(date(2000, 1, 1),
                                                                          date(2100, 1, 1)))
@example((), 1, set(), MONDAY)
@pytest.mark.slow
def test_every_minute_is_planned_once_in_order_and_no_week_is_too_long(legs, budget, days, start):
    weeks = lay_out(legs, start, budget, days)
    sessions = [s for w in weeks for s in w.sessions]
    pieces = [p for s in sessions for p in s.pieces]
    works = [w for leg in legs for w in leg.works]

    # All of it, once, in the order of the route: prerequisites and resources first.
    at = iter(pieces)
    for work in works:
        done = 0
        while done < work.minutes:
            piece = next(at)
            assert piece.work is work and piece.begin == done < piece.end
            done = piece.end
        assert done == work.minutes
    assert next(at, None) is None
    assert sum(w.minutes for w in weeks) == sum(leg.minutes for leg in legs)

    # Within the hours, on the days.
    assert all(0 < week.minutes <= budget for week in weeks)
    assert all(session.minutes for session in sessions)
    found = [s.day for s in sessions]
    assert found == sorted(set(found))
    assert {d.weekday() for d in found} <= (days or set(usual_days(budget)))
    for number, week in enumerate(weeks, 1):
        assert (week.number, (week.first - start).days) == (number, 7 * (number - 1))
        assert all(week.first <= s.day <= week.last for s in week.sessions)
        assert sum(p.minutes for p in week.pieces) == week.minutes

    # An exercise is finished once, and cut in two only where it is longer than a week.
    ended = [e.id for p in pieces for e in p.exercises]
    assert ended == [e.id for w in works for e, _ in w.steps]
    for work in works:
        ends, sofar = {0, work.minutes}, 0
        for _, share in work.steps:
            sofar += share
            ends.add(sofar)
        if work.steps and all(share <= budget for _, share in work.steps):
            assert {p.begin for p in pieces if p.work is work} <= ends

    # What is optional is named in the week in which its module's notebook ends.
    assert [m.id for w in weeks for m, _ in w.optional] == [leg.module.id for leg in legs]


@settings(max_examples=60, deadline=None)
@given(legs(), st.integers(60, 1200))
def test_little_of_a_week_is_wasted_before_the_last(legs, budget):
    """Each week but the last is full up to what a cut at a sensible place costs."""
    longest = max((m for leg in legs for w in leg.works for _, m in w.steps), default=0)
    for week in lay_out(legs, MONDAY, budget)[:-1]:
        assert budget - week.minutes <= max(budget // 10, 15) + longest


def test_a_module_longer_than_a_week_begins_with_its_resources_and_is_cut_between_exercises():
    long = module(1, "long", *"abcd", resources=(resource("film", 20),))
    [leg] = route(PathMap("P", ("Part",), (long,)), replay(PathMap("P", ("Part",), (long,)), []),
                  Goal())
    first, second = lay_out([leg], MONDAY, 50)
    assert [(p.work.resource is None, p.begin, p.end) for p in first.pieces] == [
        (False, 0, 20), (True, 0, 30)
    ]
    assert [e.name for e in first.pieces[1].exercises] == ["a", "b"]
    assert [(p.begin, p.end) for p in second.pieces] == [(30, 60)]
    assert [e.name for e in second.pieces[0].exercises] == ["c", "d"]


def test_what_a_week_can_hold_waits_for_it_when_little_is_left_of_this_one():
    film = module(1, "film", "a", minutes=40)
    path = PathMap("P", ("Part",), tuple(
        dataclasses.replace(film, id=name, number=i) for i, name in enumerate("xyz", 1)
    ))
    weeks = lay_out(route(path, replay(path, []), Goal()), MONDAY, 90)
    assert [[p.whole for p in w.pieces] for w in weeks] == [[True, True], [True]]


@pytest.mark.parametrize(("minutes", "days"), [(60, 1), (120, 1), (121, 2), (300, 3), (2000, 7)])
def test_usual_sessions_last_up_to_two_hours_while_there_are_days(minutes, days):
    assert len(usual_days(minutes)) == days


def test_sessions_are_about_equally_long_and_keep_things_whole():
    path = path_map.load(Place(ROOT).path_map)
    weeks = lay_out(route(path, replay(path, []), Goal(MODULE, "gpt")), MONDAY, 300)
    for week in weeks[:-1]:
        lengths = [session.minutes for session in week.sessions]
        assert max(lengths) <= 2 * min(lengths), lengths
    pieces = [piece for week in weeks for s in week.sessions for piece in s.pieces]
    assert sum(piece.whole for piece in pieces) >= 0.7 * len(pieces)


def test_a_week_without_a_minute_is_refused():
    with pytest.raises(ValueError, match="at least one minute"):
        lay_out((), MONDAY, 0)


# --- the goal is kept, and followed -----------------------------------------------------------


def test_the_next_step_follows_the_plan(tmp_path):
    folder = make_folder(tmp_path, PATH)
    assert modules_of_plan(folder, PATH) == frozenset()
    wishes = Wishes(Goal(MODULE, "heads"), 2.5, (0, 5), "07:30", False)
    store(folder, wishes)
    assert stored(folder) == wishes
    assert modules_of_plan(folder, PATH) == {"counts", "heads"}
    progress = replay(PATH, [passed("counts.a"), passed("counts.b")])
    among = modules_of_plan(folder, PATH, progress)
    assert among == {"heads"}
    assert next_step(progress, among).module.id == "heads"
    # At the goal the plan is done; it does not become the whole path.
    progress = replay(PATH, [event("done", "counts"), event("done", "heads")])
    assert next_step(progress, modules_of_plan(folder, PATH, progress)) is None
    store(folder, Wishes())
    assert modules_of_plan(folder, PATH) == frozenset()


@pytest.mark.parametrize("text", [
    "", "[]", "null", '{"plan": null}', '{"plan": []}', '{"plan": {"goal": "module"}}',
    '{"plan":{"goal":"module","module":"heads","hours":0,"days":[],"at":"19:00","resources":true}}',
    '{"plan":{"goal":"module","module":"heads","hours":5,"days":[9],"at":"19:00","resources":true}}',
    '{"plan":{"goal":"module","module":"heads","hours":5,"days":[],"at":"late","resources":true}}',
])
def test_a_plan_that_cannot_be_read_is_none(tmp_path, text):
    folder = make_folder(tmp_path, PATH)
    folder.settings.write_text(text)
    assert stored(folder) is None
    assert modules_of_plan(folder, PATH) == frozenset()


def test_a_goal_that_is_gone_is_no_goal(tmp_path):
    folder = make_folder(tmp_path, PATH)
    store(folder, Wishes(Goal(MODULE, "vanished")))
    assert modules_of_plan(folder, PATH) == frozenset()


def test_other_settings_stay_when_a_plan_is_stored(tmp_path):
    folder = make_folder(tmp_path, PATH)
    folder.settings.write_text('{"tutor": false}')
    store(folder, Wishes())
    assert '"tutor": false' in folder.settings.read_text()

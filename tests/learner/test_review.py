"""Recall cards: which are due, whatever machines they were rated on."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import fsrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathkit import plain_text, progress_log
from pathkit.learner.progress import replay
from pathkit.learner.review import review
from pathkit.learner.review.due_cache import due_cards
from pathkit.path_map import Card, PathMap
from tests.learner.test_progress import NOON, event, make_folder, module


def cards(name: str, *numbers: int) -> tuple[Card, ...]:
    return tuple(Card(f"{name}.{n}", f"Question {n}?", f"Answer {n}.") for n in numbers)


PATH = PathMap("Path", ("Part",), (
    module(1, "one", "a", cards=cards("one", *range(8))),
    module(2, "two", "b", cards=cards("two", *range(8)), formerly=("second",)),
    module(3, "three", cards=cards("three", 0)),
))
DONE = [event("done", name, -9999) for name in ("one", "two")]


def rated(
    card: str, rating: int, minutes: float = 0, name: str = "", **fields
) -> progress_log.Event:
    return event("review", name or card.partition(".")[0], minutes, card=card, rating=rating,
                 **fields)


def at(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def due(events, minutes: float = 0, **settings) -> list[str]:
    """Ids of what is due so many minutes after noon, modules one and two being finished."""
    now = at(minutes)
    found = review.cards_of(PATH, replay(PATH, DONE))
    return [c.id for c in review.due(found, review.reviews(PATH, events, now), now, **settings)]


DAY = 24 * 60


# --- which cards ------------------------------------------------------------------------------


def test_only_cards_of_finished_modules_are_asked():
    progress = replay(PATH, [event("skip", "two", known=True), event("check", "one")])
    assert {c.id.partition(".")[0] for c in review.cards_of(PATH, progress)} == {"two"}
    assert review.cards_of(PATH, progress, "one") == []
    assert len(review.cards_of(PATH, replay(PATH, DONE), "one")) == 8


def test_new_cards_come_in_the_paths_order_and_a_few_a_day():
    assert due([]) == [f"one.{n}" for n in range(8)] + ["two.0", "two.1"]
    begun = [rated(f"one.{n}", 3) for n in range(8)]
    assert due(begun, 1) == ["two.0", "two.1"]
    assert due(begun, 1, new_a_day=8) == []
    # The next day brings as many again, after those that come back.
    assert due(begun, DAY + 1) == [f"two.{n}" for n in range(8)]
    assert due(begun, 3 * DAY)[:8] == [f"one.{n}" for n in range(8)]


def test_what_comes_back_today_takes_no_place_from_what_is_new():
    begun = [rated(f"one.{n}", 3) for n in range(8)]
    again = [rated(f"one.{n}", 3, 2 * DAY) for n in range(8)]
    assert due([*begun, *again], 2 * DAY + 1) == [f"two.{n}" for n in range(8)]


def test_those_that_waited_longest_come_first():
    events = [rated("one.0", 4), rated("one.1", 1), rated("one.2", 3)]
    assert due(events, 30 * DAY)[:3] == ["one.1", "one.2", "one.0"]


@pytest.mark.parametrize(("rating", "wait"), [
    (1, timedelta(minutes=10)), (2, timedelta(minutes=15)), (3, timedelta(days=2)),
    (4, timedelta(days=8)),
])
def test_a_first_rating_says_when_a_card_comes_back(rating, wait):
    assert review.intervals(None, NOON)[rating - 1] == wait
    before, after = wait / timedelta(minutes=1) - 1, wait / timedelta(minutes=1)
    assert "one.0" not in due([rated("one.0", rating)], before)
    assert due([rated("one.0", rating)], after)[0] == "one.0"


def test_the_schedule_is_that_of_fsrs_at_nine_in_ten():
    scheduler = fsrs.Scheduler(
        desired_retention=0.9, learning_steps=[review.STEP], relearning_steps=[review.STEP],
        enable_fuzzing=False,
    )
    card, memory, now = fsrs.Card(card_id=1), None, NOON
    for rating in (3, 3, 1, 3, 2, 4, 3):
        card, _ = scheduler.review_card(card, fsrs.Rating(rating), now)
        memory = review.rate(memory, rating, now)
        assert (memory.due, memory.stability, memory.difficulty) == (
            card.due, card.stability, card.difficulty
        )
        now = card.due
    assert scheduler.get_card_retrievability(card, card.due) == pytest.approx(0.9, abs=0.01)


# --- ratings from anywhere --------------------------------------------------------------------

ratings = st.lists(
    st.builds(
        rated, st.sampled_from([c.id for c in PATH.modules[0].cards[:3]]), st.integers(1, 4),
        st.integers(-90 * DAY, 0),
    ),
    max_size=15,
)


@settings(max_examples=60, deadline=None)
@given(ratings, st.randoms(use_true_random=False), st.integers(0, 40))
def test_the_same_ratings_give_the_same_cards_in_whatever_order_they_come(events, random, days):
    mixed = [*events, *events[:3]]
    random.shuffle(mixed)
    # Ids break ties between ratings of one instant the same way on every machine only if one
    # card isn't rated twice in one instant.
    instants = [(e["card"], e["at"]) for e in events]
    if len(set(instants)) == len(instants):
        assert sorted(due(mixed, days * DAY)) == sorted(due(events, days * DAY))
        assert review.memories(review.reviews(PATH, mixed, NOON)) == review.memories(
            review.reviews(PATH, events, NOON)
        )


def test_another_process_replays_the_same_state(tmp_path):
    events = [rated("one.0", r, -d * DAY) for r, d in ((3, 30), (1, 20), (3, 19), (4, 10))]
    file = tmp_path / "progress.jsonl"
    file.write_text("".join(json.dumps(e) + "\n" for e in events))
    code = (
        "import sys, random; random.seed(); from pathlib import Path\n"
        "from pathkit import progress_log as log\n"
        "from pathkit.learner.review import review\n"
        "print(*(m.to_json() for m in review.memories(log.read(Path(sys.argv[1]))).values()))"
    )
    runs = {
        subprocess.run([sys.executable, "-c", code, str(file)], text=True, check=True,
                       capture_output=True).stdout
        for _ in range(2)
    }
    assert runs == {review.memories(events)["one.0"].to_json() + "\n"}


def test_a_question_that_reads_differently_is_a_new_card_and_one_that_is_gone_is_nothing():
    events = [rated("one.older", 3), rated("gone.1", 1, name="gone")]
    assert due(events) == due([])
    assert review.reviews(PATH, events, NOON) == []


def test_a_renamed_module_keeps_its_ratings():
    [found] = review.reviews(PATH, [rated("second.3", 4)], NOON)
    assert found["card"] == "two.3"
    assert "two.3" not in due([rated("second.3", 4)], 7 * DAY, new_a_day=99)


@pytest.mark.parametrize("fields", [
    {"rating": 5}, {"rating": 0}, {"rating": "3"}, {"rating": True}, {"rating": None},
    {"rating": [3]}, {"card": None}, {"card": ["one.0"]}, {"card": "one.99"},
])
def test_ratings_that_are_none_are_passed_over(fields):
    assert review.reviews(PATH, [{**rated("one.0", 3), **fields}], NOON) == []


def test_a_rating_from_a_clock_far_ahead_counts_when_its_time_has_come():
    ahead = rated("one.0", 4, 400 * DAY)
    assert "one.0" in due([ahead])
    assert "one.0" not in due([ahead], 401 * DAY, new_a_day=99)
    # Clocks that differ by hours are those of the same day.
    assert "one.0" not in due([rated("one.0", 4, 5 * 60)])


def test_a_rating_that_seems_older_than_the_last_one_is_taken_in():
    events = review.reviews(PATH, [rated("one.0", 3, 60), rated("one.0", 3, 0)], NOON)
    memory = review.memories(events)["one.0"]
    assert review.rate(memory, 3, NOON).due > NOON


# --- counting ---------------------------------------------------------------------------------


def counted(folder, events, minutes: float = 0) -> list[str]:
    progress = replay(PATH, DONE)
    return [c.id for c in due_cards(folder, PATH, progress, events, at(minutes))]


def test_counting_again_needs_no_scheduler_and_is_never_out_of_date(tmp_path, monkeypatch):
    folder = make_folder(tmp_path, PATH)
    events = [rated("one.0", 1), rated("one.1", 3)]
    expected = due(events, 11)
    assert counted(folder, events, 11) == expected
    monkeypatch.setattr(review, "memories", None)
    assert counted(folder, events, 11) == expected
    with pytest.raises(TypeError):  # another rating: what is kept is not used
        counted(folder, [*events, rated("one.0", 3, 11)], 12)


@pytest.mark.parametrize("text", ["", "[]", '{"made_from": 3}', '{"made_from": "x", "due": 1}'])
def test_what_is_kept_may_be_damaged_or_lost(tmp_path, text):
    folder = make_folder(tmp_path, PATH)
    events = [rated("one.0", 1)]
    folder.review.write_text(text)
    assert counted(folder, events, 11) == due(events, 11)
    folder.review.unlink()
    folder.review.mkdir()  # can't be written either
    assert counted(folder, events, 11) == due(events, 11)


# --- words ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "said"), [
    ("divide by $\\sqrt{d_k}$", "divide by √d_k"),
    ("the factor $e^{100}$ and $e^{-2.1}$", "the factor e^100 and e^(-2.1)"),
    ("by $\\ln 2$: $\\frac{a}{b} \\le \\alpha$", "by ln 2: (a)/(b) ≤ α"),
    ("so `N.sum(axis=1)` and\n`a$b$c`", "so `N.sum(axis=1)` and `a$b$c`"),
    ("costs $5", "costs $5"),
])
def test_cards_are_readable_without_markdown(text, said):
    assert plain_text.plain(text) == said


def test_no_card_of_the_path_shows_tex_in_a_terminal():
    from pathkit import path_map
    from pathkit.building.build import Place
    from tests.learner.test_progress import ROOT

    for one in path_map.load(Place(ROOT).path_map).modules:
        for card in one.cards:
            for text in (card.ask, card.answer):
                shown = "".join(part for kind, part in plain_text.spans(text) if kind != "code")
                assert "\\" not in shown and "$" not in shown and "{" not in shown, shown


@pytest.mark.parametrize(("days", "said"), [
    (10 / 1440, "10 min"), (0.25, "6 h"), (1, "1 day"), (8, "8 days"), (45, "45 days"),
    (60, "2 months"), (400, "13 months"), (730, "2 years"), (36500, "100 years"),
])
def test_waits_are_said_as_people_say_them(days, said):
    assert plain_text.interval(timedelta(days=days)) == said


def test_times_are_utc():
    assert review.rate(None, 3, datetime(2026, 1, 1, tzinfo=UTC)).due.tzinfo == UTC

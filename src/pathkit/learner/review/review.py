"""Recall cards: which are due, and what a rating does. Pure: no clock, no files, no display.

The schedule is FSRS, the free spaced repetition scheduler (J. Ye, J. Su, Y. Cao: "A Stochastic
Shortest Path Algorithm for Optimizing Spaced Repetition Scheduling", KDD 2022,
doi:10.1145/3534678.3539081; version 6 with its default weights, from the package `fsrs`). It
estimates for each card how long it is remembered, and asks again when the chance to know it has
fallen to 0.9. Its random shift of intervals is off, so that the same ratings give the same state
on every machine.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pathkit import progress_log
from pathkit.learner.progress import Progress
from pathkit.path_map import Card, PathMap

if TYPE_CHECKING:
    import fsrs

RATINGS = ("again", "hard", "good", "easy")  # 1 to 4
RETENTION = 0.9
# One step, where others have one of a minute as well: a review lasts a minute and is once a day.
STEP = timedelta(minutes=10)
NEW_A_DAY = 10
LIMIT = 10
# A rating from a clock that is further ahead counts when its time has come, and not before.
CLOCKS_DIFFER = timedelta(days=1)


def cards_of(path: PathMap, progress: Progress, module: str = "") -> list[Card]:
    """The cards of finished modules, in the path's order; of one module when it is named."""
    return [
        card for m in path.modules if progress.finished(m) and module in ("", m.id)
        for card in m.cards
    ]


def reviews(
    path: PathMap, events: Iterable[progress_log.Event], now: datetime
) -> list[progress_log.Event]:
    """The ratings that count, the earliest first, under the ids that their cards have today.

    Those of cards that are gone, or whose question reads differently now, are left out: such a
    card is new.
    """
    ids = {
        f"{name}.{card.id.rpartition('.')[2]}": card.id
        for module in path.modules for name in (*module.formerly, module.id)
        for card in module.cards
    }
    return progress_log.in_order(
        {**event, "card": ids[event["card"]]}
        for event in events
        if event["kind"] == "review"
        and isinstance(event.get("card"), str) and event["card"] in ids
        and event.get("rating") in (1, 2, 3, 4) and not isinstance(event["rating"], bool)
        and progress_log.time_of(event) <= now + CLOCKS_DIFFER
    )


def memories(events: Iterable[progress_log.Event]) -> dict[str, fsrs.Card]:
    """What is remembered of each card after these ratings (of `reviews`)."""
    found: dict[str, fsrs.Card] = {}
    for event in events:
        found[event["card"]] = rate(
            found.get(event["card"]), event["rating"], progress_log.time_of(event)
        )
    return found


def rate(memory: fsrs.Card | None, rating: int, at: datetime) -> fsrs.Card:
    """What is remembered after a rating from 1 to 4, `due` included; None before the first."""
    import fsrs

    # Without an id of ours the library waits for a millisecond to make one.
    before = fsrs.Card(card_id=0, due=at) if memory is None else memory
    return _scheduler().review_card(before, fsrs.Rating(rating), at.astimezone(UTC))[0]


def intervals(memory: fsrs.Card | None, now: datetime) -> tuple[timedelta, ...]:
    """After which time each of the four ratings would ask again."""
    return tuple(rate(memory, rating, now).due - now for rating in (1, 2, 3, 4))


@functools.cache
def _scheduler() -> fsrs.Scheduler:
    import fsrs

    return fsrs.Scheduler(
        desired_retention=RETENTION, learning_steps=(STEP,), relearning_steps=(STEP,),
        enable_fuzzing=False,
    )


def due(
    cards: Sequence[Card], events: Sequence[progress_log.Event], now: datetime,
    new_a_day: int = NEW_A_DAY,
) -> list[Card]:
    """The cards to ask now, after the ratings `events` (of `reviews`)."""
    times = {card: memory.due for card, memory in memories(events).items()}
    return due_by(times, cards, events, now, new_a_day)


def due_by(
    times: Mapping[str, datetime],
    cards: Sequence[Card],
    events: Sequence[progress_log.Event],
    now: datetime,
    new_a_day: int = NEW_A_DAY,
) -> list[Card]:
    """The cards to ask now, where `times` says when each is due that was ever rated.

    First those that have waited longest, then new ones, of which only `new_a_day` are begun on
    one day of the learner's calendar.
    """
    waiting = [card for card in cards if card.id in times and times[card.id] <= now]
    waiting.sort(key=lambda card: times[card.id])
    first = {event["card"]: event for event in reversed(events)}
    today = now.astimezone().date()
    days = [progress_log.time_of(event).astimezone().date() for event in first.values()]
    begun = days.count(today)
    new = [card for card in cards if card.id not in times]
    return waiting + new[: max(0, new_a_day - begun)]

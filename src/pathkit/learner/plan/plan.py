"""A route laid over weeks and days: all of it, once, in order, to the minute.

Nothing here knows the time of day, files, or how a plan looks.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta

from pathkit.learner.plan.route import Leg, Work
from pathkit.path_map import Exercise, Module, Resource

# A week may stay this empty (a tenth) so that something isn't cut in two, or cut in its middle.
SLACK = 10
# Minutes for which it isn't worth to begin something, or to come back to it.
SHORT = 15
# The usual days of 1 to 7 sessions a week; Monday is 0.
USUAL_DAYS = ((5,), (2, 5), (0, 2, 5), (0, 2, 4, 5), (0, 1, 2, 3, 5), (0, 1, 2, 3, 4, 5), range(7))
USUAL_SESSION = 120


@dataclasses.dataclass(frozen=True)
class Piece:
    """Part of a work, or all of it: the minutes from `begin` to `end`, with their exercises."""

    work: Work
    begin: int
    end: int

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return self.end - self.begin

    @property
    def whole(self) -> bool:
        """Whether nothing of the work is done at another time."""
        return self.minutes == self.work.minutes

    @property
    def ends_module(self) -> bool:
        """Whether nothing of its module is counted after it: no draft has a notebook to end with.
        """
        last = self.work.last or not self.work.resource
        return last and self.end == self.work.minutes

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """The exercises that are finished in this piece."""
        ends, at = [], 0
        for exercise, minutes in self.work.steps:
            at += minutes
            ends.append((exercise, at))
        first = self.begin or -1  # one that takes no whole minute ends where it begins
        return tuple(exercise for exercise, end in ends if first < end <= self.end)

    def cut(self, after: int) -> tuple[Piece, Piece]:
        """Two pieces, the first of them `after` minutes long."""
        middle = self.begin + after
        return Piece(self.work, self.begin, middle), Piece(self.work, middle, self.end)


@dataclasses.dataclass(frozen=True)
class Session:
    """What is done on one day, in order."""

    day: date
    pieces: tuple[Piece, ...]

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return sum(piece.minutes for piece in self.pieces)


@dataclasses.dataclass(frozen=True)
class Week:
    """Seven days from `first`. optional: of the modules whose notebooks are finished in it."""

    number: int
    first: date
    sessions: tuple[Session, ...]
    optional: tuple[tuple[Module, Resource], ...] = ()

    @property
    def last(self) -> date:
        """Its seventh day."""
        return self.first + timedelta(days=6)

    @property
    def minutes(self) -> int:
        """How long its sessions take together."""
        return sum(session.minutes for session in self.sessions)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What is done in this week, whatever the day."""
        return tuple(_joined(p for session in self.sessions for p in session.pieces))


def usual_days(minutes_a_week: int) -> tuple[int, ...]:
    """Days for sessions of up to two hours, where there are enough days; Monday is 0."""
    sessions = min(7, -(-minutes_a_week // USUAL_SESSION))
    return tuple(USUAL_DAYS[sessions - 1])


def lay_out(
    legs: Sequence[Leg], start: date, minutes_a_week: int, days: Collection[int] = ()
) -> tuple[Week, ...]:
    """Weeks of seven days from `start`, none longer than `minutes_a_week`.

    days: on which there is a session, Monday is 0; the usual ones by default. Everything is done
    once and in order. What doesn't fit into a week is cut between two exercises, or near its
    middle, unless a week can hold it and little is lost by waiting for the next.
    """
    if minutes_a_week < 1:
        raise ValueError("a week has at least one minute")
    chosen = set(days or usual_days(minutes_a_week))
    optional = {leg.module.id: [(leg.module, r) for r in leg.optional] for leg in legs}
    weeks = []
    packed = _packed([work for leg in legs for work in leg.works], minutes_a_week)
    for number, pieces in enumerate(packed, 1):
        first = start + timedelta(days=7 * (number - 1))
        dates = [d for i in range(7) if (d := first + timedelta(days=i)).weekday() in chosen]
        sessions = _spread(pieces, minutes_a_week, len(dates))
        done = [p.work for p in pieces if p.ends_module]
        weeks.append(Week(
            number, first,
            tuple(Session(d, tuple(found)) for d, found in zip(dates, sessions, strict=False)),
            tuple(one for work in done for one in optional[work.module.id]),
        ))
    return tuple(weeks)


def _packed(works: Iterable[Work], capacity: int) -> list[list[Piece]]:
    """The works in weeks of at most `capacity` minutes, in order."""
    weeks: list[list[Piece]] = []
    free = 0
    for work in works:
        rest = Piece(work, 0, work.minutes)
        while rest.minutes > free:
            if at := _place_to_cut(rest, free, capacity):
                begun, rest = rest.cut(at)
                weeks[-1].append(begun)
            weeks.append([])
            free = capacity
        weeks[-1].append(rest)
        free -= rest.minutes
    return weeks


def _place_to_cut(piece: Piece, free: int, capacity: int) -> int:
    """After how many minutes to cut a piece that is longer than `free`; 0: leave it whole."""
    slack = capacity // SLACK
    can_wait = piece.minutes <= capacity
    if free < capacity and (free <= SHORT or can_wait and free <= slack):
        return 0
    between = [end for end in _ends(piece) if end <= free]
    if between:
        near_the_end = [end for end in between if end >= free - slack] or between[-1:]
        return min(near_the_end, key=lambda end: abs(2 * end - piece.minutes))
    if piece.work.steps and free < capacity:
        return 0  # its next exercise may fit into a whole week
    at = min(free, max(free - slack, piece.minutes // 2))
    if piece.minutes - at < SHORT < at:
        return max(SHORT, piece.minutes - SHORT)
    return at


def _ends(piece: Piece) -> Iterator[int]:
    """Minutes from the beginning of a piece at which an exercise ends, and another follows."""
    at = 0
    for _, minutes in piece.work.steps:
        at += minutes
        if piece.begin < at < piece.end:
            yield at - piece.begin


def _spread(pieces: Sequence[Piece], capacity: int, days: int) -> list[list[Piece]]:
    """The pieces of a week in as few sessions as its days suggest, about equally long."""
    total = sum(piece.minutes for piece in pieces)
    sessions = max(1, min(days, -(-total * days // capacity)))
    share = total / sessions
    atoms = [atom for piece in pieces for atom in _atoms(piece, share)]
    return [_joined(group) for group in _groups(atoms, sessions, share)]


def _atoms(piece: Piece, share: float) -> Iterator[Piece]:
    """The parts of a piece that stay together: exercises, or parts about as long as a session."""
    ends = list(_ends(piece))
    if not piece.work.steps:
        parts = max(1, round(piece.minutes / share))
        ends = [piece.minutes * part // parts for part in range(1, parts)]
    rest, done = piece, 0
    for end in ends:
        atom, rest = rest.cut(end - done)
        done = end
        yield atom
    yield rest


def _groups(atoms: Sequence[Piece], most: int, share: float) -> list[Sequence[Piece]]:
    """At most `most` groups of neighbours, near to `share` minutes each.

    A group that begins in the middle of a work costs as much as one that is too long by a third.
    """
    split = (share / 3) ** 2
    costs = {(0, 0): (0.0, 0)}  # (groups, atoms in them) -> cost, atoms before the last group
    for groups in range(1, most + 1):
        for end in range(1, len(atoms) + 1):
            found = []
            minutes = 0
            for begin in range(end - 1, -1, -1):
                minutes += atoms[begin].minutes
                if (groups - 1, begin) in costs:
                    inside = begin > 0 and atoms[begin].work is atoms[begin - 1].work
                    cost = costs[groups - 1, begin][0] + (minutes - share) ** 2 + split * inside
                    found.append((cost, begin))
            if found:
                costs[groups, end] = min(found)
    groups = min(
        (g for g in range(1, most + 1) if (g, len(atoms)) in costs),
        key=lambda g: costs[g, len(atoms)],
    )
    result, end = [], len(atoms)
    for number in range(groups, 0, -1):
        begin = costs[number, end][1]
        result.append(atoms[begin:end])
        end = begin
    return result[::-1]


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces, with neighbours of one work made one."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].work is piece.work:
            joined[-1] = dataclasses.replace(joined[-1], end=piece.end)
        else:
            joined.append(piece)
    return joined

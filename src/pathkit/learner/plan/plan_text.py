"""The words for a plan and its parts, the same in tables, lists and calendars."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from pathkit.learner.plan import times
from pathkit.learner.plan.plan import Piece, Session, Week
from pathkit.path_map import Module
from pathkit.quantities import count, length


def day(when: date) -> str:
    """A date as people say it: Mon 23 Nov."""
    return f"{when:%a} {when.day} {when:%b}"


def span(first: date, last: date) -> str:
    """Two dates: 23–29 Nov 2026."""
    if first.year != last.year:
        return f"{first.day} {first:%b} {first.year} – {last.day} {last:%b} {last.year}"
    if first.month != last.month:
        return f"{first.day} {first:%b} – {last.day} {last:%b} {last.year}"
    return f"{first.day}–{last.day} {last:%b} {last.year}"


def heading(goal: str, weeks: Sequence[Week], minutes_a_week: int) -> str:
    """One line: how much there is to do, and from when to when."""
    pieces = [piece for week in weeks for piece in week.pieces]
    modules = {piece.work.module.id for piece in pieces}
    return (
        f"To {goal}: {count(len(modules), 'module')}, {times.of_pieces(pieces)}, in "
        f"{count(len(weeks), 'week')} of up to {length(minutes_a_week)}, "
        f"{span(weeks[0].sessions[0].day, weeks[-1].sessions[-1].day)}."
    )


def short(pieces: Iterable[Piece]) -> str:
    """The modules of some pieces by name: Bigram, Positions."""
    return ", ".join(dict.fromkeys(name(piece.work.module) for piece in pieces))


def name(module: Module) -> str:
    """A module's title up to its colon, and whether its lesson is still to come."""
    return module.title.partition(":")[0] + " (to come)" * module.draft


def to_come(drafts: Sequence[Module], resources: bool) -> str:
    """Which lessons of a plan can't be planned yet; "" where there are none."""
    if not drafts:
        return ""
    names = ", ".join(module.title.partition(":")[0] for module in drafts)
    planned = "only their resources are planned" if resources else "nothing of them is planned"
    return f"Lessons to come ({planned}): {names}."


def what(piece: Piece) -> str:
    """What to do: kind and title of a resource, the file of a notebook."""
    resource = piece.work.resource
    if resource is None:
        return f"notebook: {piece.work.module.file}"
    return f"{resource.kind}: {resource.title}"


def portion(piece: Piece) -> str:
    """Which part of it, "" for all."""
    work = piece.work
    if work.resource:
        behind = work.resource.minutes - work.minutes
        if piece.minutes == work.resource.minutes:
            return ""
        return f"minutes {behind + piece.begin + 1}–{behind + piece.end} of {work.resource.minutes}"
    if not work.steps:
        return "" if piece.whole else f"minutes {piece.begin + 1}–{piece.end} of {work.minutes}"
    if piece.whole and len(work.steps) == len(work.module.exercises):
        return ""
    titles = [f"“{exercise.title}”" for exercise in piece.exercises]
    if not titles:
        return "part of an exercise"
    return f"exercise {titles[0]}" if len(titles) == 1 else f"exercises {titles[0]} to {titles[-1]}"


def todo(piece: Piece) -> str:
    """What to do, and which part of it."""
    return f"{what(piece)} ({part})" if (part := portion(piece)) else what(piece)


def described(session: Session, week: Week) -> str:
    """What an event of a calendar says about a session, with links."""
    lines = []
    for piece in session.pieces:
        lines.append(f"{piece.minutes} min · {todo(piece)}")
        if piece.work.resource:
            lines.append(piece.work.resource.url)
    finished = {p.work.module.id for p in session.pieces if p.ends_module}
    for module, resource in week.optional:
        if module.id in finished:
            lines += [f"optional, {resource.minutes} min · {resource.kind}: {resource.title}",
                      resource.url]
    return "\n".join(lines)

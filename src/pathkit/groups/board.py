"""Who is where, and who can help whom with which exercise."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import date

from pathkit import progress_log
from pathkit.groups.shared import Member
from pathkit.learner.progress import Progress, replay
from pathkit.path_map import Exercise, Module, PathMap


@dataclasses.dataclass(frozen=True)
class Row:
    """One member: exercises done of all, the module they were in last, the date of that."""

    name: str
    progress: Progress
    done: int
    total: int
    where: Module | None
    last: date | None


@dataclasses.dataclass(frozen=True)
class Help:
    """An exercise that `who` tried and that hasn't passed, and those who passed it."""

    who: str
    exercise: Exercise
    module: Module
    tries: int
    helpers: tuple[str, ...]


def rows(path: PathMap, members: Iterable[Member]) -> list[Row]:
    """A row for each member, in the order given."""
    found = []
    for member in members:
        progress = replay(path, member.events)
        dated = [progress_log.time_of(e) for e in member.events if not progress_log.is_ahead(e)]
        last = max(dated, default=None)
        found.append(Row(
            name=member.name,
            progress=progress,
            done=sum(progress.passed(m) for m in path.modules),
            total=sum(len(m.exercises) for m in path.modules),
            where=path.module(progress.last_module) if progress.last_module else None,
            last=last.astimezone().date() if last else None,
        ))
    return found


def helps(path: PathMap, found: Sequence[Row]) -> list[Help]:
    """Who is stuck on what, most tries first, with helpers who have helped nobody yet first.

    Stuck means tried and not passed, in a module that isn't finished.
    """
    stuck = [
        (row, module, exercise, row.progress.exercise(exercise.id).tries)
        for row in found
        for module in path.modules
        if not row.progress.finished(module)
        for exercise in module.exercises
        if row.progress.exercise(exercise.id).tries
        and not row.progress.exercise(exercise.id).passed
    ]
    asked: dict[str, int] = {}
    result = []
    for row, module, exercise, tries in sorted(stuck, key=lambda one: -one[3]):
        able = [r.name for r in found if r.progress.exercise(exercise.id).passed]
        able.sort(key=lambda name: asked.get(name, 0))
        if able:
            asked[able[0]] = asked.get(able[0], 0) + 1
        result.append(Help(row.name, exercise, module, tries, tuple(able)))
    return result


def started(path: PathMap, found: Sequence[Row]) -> list[Module]:
    """The modules somebody has begun: the columns of the board."""
    return [m for m in path.modules if any(r.progress.started(m) for r in found)]


def cell(row: Row, module: Module) -> tuple[str, str]:
    """A sign and words for how far a member is in a module."""
    if row.progress.finished(module):
        known = row.progress.module(module.id).known
        return ("✓", "known before" if known else "done")
    if not row.progress.started(module):
        return ("·", "not begun")
    done = row.progress.passed(module)
    return (f"{done}/{len(module.exercises)}", f"{done} of {len(module.exercises)} exercises")

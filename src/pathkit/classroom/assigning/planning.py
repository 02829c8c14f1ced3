"""From what an instructor asks for to an assignment; every slip is told with what was near."""

from __future__ import annotations

import dataclasses
import difflib
import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pathkit.building.exercise_files import Content
from pathkit.classroom.assignment import AssignedModule, Assignment, LatePolicy, Task
from pathkit.errors import NothingMatched


class Unclear(Exception):
    """A wish that can't be read; str() says how to write it."""


@dataclasses.dataclass(frozen=True)
class Wishes:
    """What was asked for. only: exercises, all where there are none; points: `2` or `NAME=2`.

    A name is an exercise's own, or with its module before it: `bigram.count_pairs`.
    """

    modules: Sequence[str]
    due: datetime | None
    only: Sequence[str] = ()
    points: Sequence[str] = ()
    late: LatePolicy = LatePolicy()
    title: str = ""
    fallback: bool = True


def plan(
    wishes: Wishes, curriculum: Any, contents: Mapping[str, Content], files: Mapping[str, str],
    path: str,
) -> Assignment:
    """The assignment that is wished for. contents and files: by module; path: its version.

    Raises NothingMatched for exercises that aren't there, Unclear for points that aren't numbers.
    """
    names = {m: list(contents[m].exercises) for m in files}
    for module, found in names.items():
        if not found:
            raise NothingMatched(f"module {module!r} has no exercises: there is nothing to hand in")
    chosen = _chosen(wishes.only, names)
    points = _points(wishes.points, chosen)
    modules = tuple(
        AssignedModule(m, files[m], curriculum.module(m).title, tuple(
            Task(n, contents[m].exercises[n].title, points[m, n])
            for n in names[m] if (m, n) in points
        ))
        for m in files
    )
    for module in modules:
        if not module.exercises:
            raise NothingMatched(
                f"--only names no exercise of {module.id!r}; leave the module out, or name one of "
                f"{', '.join(names[module.id])}"
            )
    title = wishes.title.strip() or ", ".join(m.title.partition(":")[0] for m in modules)
    return Assignment(
        _id(title, chosen), title, path, wishes.due, wishes.late, wishes.fallback, modules
    )


def _id(title: str, chosen: Sequence[tuple[str, str]]) -> str:
    """The same for the same title and exercises: what is released again with a later deadline
    stays the same assignment, in calendars and in grades.
    """
    return hashlib.sha256(json.dumps([title, chosen]).encode()).hexdigest()[:16]


def _chosen(only: Sequence[str], names: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    every = [(module, name) for module, found in names.items() for name in found]
    if not only:
        return every
    wanted = {_place(name, every) for name in only}
    return [place for place in every if place in wanted]


def _place(name: str, known: Sequence[tuple[str, str]], where: str = "") -> tuple[str, str]:
    """The exercise that a name means; raises NothingMatched where there is none, or several."""
    found = [place for place in known if name in (place[1], ".".join(place))]
    if len(found) == 1:
        return found[0]
    if found:
        full = " or ".join(".".join(place) for place in found)
        raise NothingMatched(f"{where}{name!r} is in several modules; write {full}")
    names = [n for place in known for n in (place[1], ".".join(place))]
    near = difflib.get_close_matches(name, names, 1)
    hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(p[1] for p in known)}"
    raise NothingMatched(f"{where}there is no exercise {name!r} in this assignment; {hint}")


def _points(
    asked: Sequence[str], chosen: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], float]:
    """The points of each chosen exercise: 1 where nothing is said; a name goes before a number."""
    every, own = 1.0, {}
    for text in asked:
        name, equals, number = text.rpartition("=")
        value = _number(number, text)
        if equals:
            own[_place(name.strip(), chosen, f"--points {text}: ")] = value
        else:
            every = value
    return {place: own.get(place, every) for place in chosen}


def _number(text: str, whole: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 <= value < math.inf:
        raise Unclear(
            f"--points {whole}: {text.strip()!r} is no number of points; write 2, or NAME=2"
        )
    return value

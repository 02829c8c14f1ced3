"""What a class got wrong, most frequent first: misconceptions by name, and failures without one."""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from pathkit.classroom.assigning.exercise_texts import texts
from pathkit.classroom.assignment import Assignment
from pathkit.classroom.grading.results import Record
from pathkit.classroom.grading.whole_class import Graded
from pathkit.classroom.reporting.failed_with_another import of_class
from pathkit.classroom.reporting.submission_similarity import Cluster, clusters

ANSWERS = 3


@dataclasses.dataclass(frozen=True)
class Reteach:
    """A misconception that somebody showed, or one thing that was off in somebody's answer.

    misconception: its name, or the cause in a few words. letter: its sign in the table.

    students: how many show it; of: how many answered the exercise. section: of the lesson, or "";
    hint: the first one, or "". answers: the forms in which it came, the most frequent first.
    leaning: how many use another answer of their own that failed as well, by its name.
    """

    module: str
    name: str
    title: str
    misconception: str
    letter: str
    message: str
    students: int
    of: int
    section: str
    hint: str
    answers: tuple[Cluster, ...]
    more: int
    leaning: tuple[tuple[str, int], ...]


@dataclasses.dataclass(frozen=True)
class Unknown:
    """Failures of one exercise whose cause nothing names; `more` forms aren't shown."""

    module: str
    name: str
    title: str
    students: int
    of: int
    answers: tuple[Cluster, ...]
    more: int
    leaning: tuple[tuple[str, int], ...]


def kind(record: Record | None) -> str:
    """right, known (a misconception, or a cause), other, stopped (by the sandbox) or nothing."""
    if record is None or record.verdict.status == "not attempted":
        return "nothing"
    if record.passed:
        return "right"
    if record.contained:
        return "stopped"
    return "known" if record.verdict.known else "other"


def by_exercise(graded: Sequence[Graded]) -> dict[tuple[str, str], list[Record]]:
    """Everybody's records of each exercise."""
    found: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for one in graded:
        for record in one.records:
            found[record.module, record.name].append(record)
    return found


def misconceptions(graded: Sequence[Graded], assignment: Assignment) -> list[Reteach]:
    """Every misconception and cause that was shown, the most frequent first."""
    found = list(_misconceptions(by_exercise(graded), assignment, of_class(graded)))
    return sorted(found, key=lambda r: (-r.students, r.module, r.name, r.letter))


def _misconceptions(
    records: dict[tuple[str, str], list[Record]], assignment: Assignment,
    leans: Mapping[int, Sequence[Record]],
) -> Iterator[Reteach]:
    for module, task in assignment.tasks():
        mine = records.get((module.id, task.name), [])
        groups: dict[str, list[Record]] = defaultdict(list)
        for record in mine:
            if kind(record) == "known":
                groups[record.verdict.known].append(record)
        ranked = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
        text = texts(module.id, assignment.content).get(task.name)
        for i, (name, group) in enumerate(ranked):
            forms = clusters(group)
            yield Reteach(
                module.id, task.name, task.title, name, letter(i), group[0].verdict.message,
                len(group), answered(mine), text.section if text else "",
                text.hints[0] if text else "", tuple(forms[:ANSWERS]), max(len(forms) - ANSWERS, 0),
                _leaning(group, leans),
            )


def _leaning(
    group: Sequence[Record], leans: Mapping[int, Sequence[Record]]
) -> tuple[tuple[str, int], ...]:
    """How many of these use another answer of their author's that failed as well."""
    counts = Counter(other.name for record in group for other in leans.get(id(record), ()))
    return tuple(counts.most_common())


def unknown(graded: Sequence[Graded], assignment: Assignment) -> list[Unknown]:
    """Exercises by how many failed them without a known misconception or cause."""
    records, leans, found = by_exercise(graded), of_class(graded), []
    for module, task in assignment.tasks():
        mine = records.get((module.id, task.name), [])
        others = [record for record in mine if kind(record) == "other" and record.code]
        if others:
            forms = clusters(others)
            found.append(Unknown(
                module.id, task.name, task.title, len(others), answered(mine),
                tuple(forms[:ANSWERS]), max(len(forms) - ANSWERS, 0), _leaning(others, leans),
            ))
    return sorted(found, key=lambda u: (-u.students, u.module, u.name))


def answered(records: Sequence[Record]) -> int:
    """How many gave an answer."""
    return sum(kind(record) != "nothing" for record in records)


def letter(i: int) -> str:
    """a, b, …, z, aa, ab, …"""
    return letter(i // 26 - 1) + letter(i % 26) if i > 25 else chr(ord("a") + i)

"""grades/overrides.yaml: what the instructor decides otherwise, with a reason.

    students:
      doejane 4242:              # a name, a number, or the key that grades.csv shows
        due: 2027-03-05T23:59+01:00
        excused: ill until the 4th
        points:
          bigram.count_pairs: {points: 0.5, why: "right idea, misread the boundary"}
        total: {points: 7, why: oral examination}
"""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pathkit.classroom.assignment import Assignment
from pathkit.classroom.collecting.students import Student, key_of
from pathkit.errors import EnvironmentProblem

FILE = "overrides.yaml"


@dataclasses.dataclass(frozen=True)
class Change:
    """Points set by hand, and why."""

    points: float
    why: str


@dataclasses.dataclass(frozen=True)
class Exceptions:
    """What holds for one student: another deadline, lateness excused (the reason), points."""

    due: datetime | None = None
    excused: str = ""
    points: Mapping[str, Change] = dataclasses.field(default_factory=dict)
    total: Change | None = None


NONE = Exceptions()


@dataclasses.dataclass(frozen=True)
class Overrides:
    """Exceptions by the name under which the instructor wrote them."""

    students: Mapping[str, Exceptions] = dataclasses.field(default_factory=dict)
    file: Path = Path(FILE)
    lines: Mapping[str, int] = dataclasses.field(default_factory=dict)

    def of(self, student: Student) -> Exceptions:
        """What holds for a student, found by key, number or name."""
        return next((e for n, e in self.students.items() if _means(n, student)), NONE)

    def remarks(self, students: Sequence[Student]) -> list[str]:
        """Names that nobody has, which change nothing.

        Raises EnvironmentProblem, with the line, for a name that several students have and for a
        student with several entries: nobody knows what should hold.
        """
        remarks, seen = [], {}
        for name in self.students:
            where = f"{self.file}:{self.lines.get(name, 1)}: {name!r}"
            found = [s for s in students if _means(name, s)]
            if not found:
                remarks.append(f"{where} is nobody who handed something in; it changes nothing")
            if len(found) > 1:
                keys = ", ".join(repr(s.key) for s in found)
                raise EnvironmentProblem(f"{where} may be any of {keys}; write the one you mean")
            for student in found:
                if student.key in seen:
                    raise EnvironmentProblem(
                        f"{where} is the student of {seen[student.key]!r} above; keep one entry"
                    )
                seen[student.key] = name
        return remarks


def _means(name: str, student: Student) -> bool:
    return key_of(name) in (student.key, key_of(student.name), student.number or student.key)


def load(file: Path, assignment: Assignment) -> Overrides:
    """Read the file; a missing one changes nothing.

    Raises EnvironmentProblem with file, line, and what was expected.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    if not file.exists():
        return Overrides()
    try:
        data = YAML(typ="rt", pure=True).load(file.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise EnvironmentProblem(f"{file}:{line}: not YAML: {error.problem}") from error
    except (YAMLError, UnicodeDecodeError, OSError) as error:
        raise EnvironmentProblem(f"{file}: can't be read: {error}") from error
    known = {f"{m.id}.{t.name}": t.points for m, t in assignment.tasks()}
    return _Reader(file, known).all(data)


class _Reader:
    """Turns the YAML into Overrides and says at which line something else was expected."""

    def __init__(self, file: Path, points: Mapping[str, float]):
        self.file = file
        self.most = points

    def all(self, data: Any) -> Overrides:
        if data is None:
            return Overrides()
        students = self.mapping(data, data, None, "students", only=("students",)).get("students")
        if students is None:
            return Overrides()
        self.mapping(students, data, "students", "students by name")
        found = {str(name): self.exceptions(students, name) for name in students}
        return Overrides(found, self.file, {str(n): students.lc.key(n)[0] + 1 for n in students})

    def exceptions(self, students: Any, name: Any) -> Exceptions:
        found = self.mapping(
            students[name], students, name, "due, excused, points, total",
            only=("due", "excused", "points", "total"),
        )
        points = self.mapping(found.get("points") or {}, found, "points", "exercises")
        for exercise in points:
            if exercise not in self.most:
                near = difflib.get_close_matches(str(exercise), self.most, 1)
                there = f"there are: {', '.join(self.most)}"
                hint = f"did you mean {near[0]!r}?" if near else there
                self.fail(points, exercise,
                          f"{exercise!r} isn't an exercise of this assignment; {hint}")
        return Exceptions(
            due=self.time(found, "due") if "due" in found else None,
            excused=self.text(found, "excused") if "excused" in found else "",
            points={str(e): self.change(points, e, self.most[e]) for e in points},
            total=self.change(found, "total", sum(self.most.values()))
            if "total" in found else None,
        )

    def change(self, parent: Any, key: Any, most: float) -> Change:
        found = self.mapping(
            parent[key], parent, key, "{points: NUMBER, why: TEXT}", only=("points", "why")
        )
        number = found.get("points")
        if isinstance(number, bool) or not isinstance(number, int | float):
            self.fail(parent, key, f"{key}: `points` should be a number, not {number!r}")
        if not 0 <= number <= most:
            self.fail(parent, key, f"{key}: {number:g} points; 0 to {most:g} are possible")
        return Change(float(number), self.text(found, "why", parent, key))

    def time(self, parent: Any, key: str) -> datetime:
        value = parent[key]
        try:
            found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(parent, key, f"{key}: {value!r} is no time such as 2027-03-05T23:59+01:00")
        zone = getattr(value, "_yaml", {}).get("tz")
        if found.tzinfo is None and not zone:
            self.fail(parent, key, f"{key}: the time zone is missing, such as +01:00 at the end")
        # Releases of ruamel.yaml before 0.18.7 give a time with a zone as UTC without one.
        return found if found.tzinfo else found.replace(tzinfo=UTC)

    def text(self, parent: Any, key: str, outer: Any = None, at: Any = None) -> str:
        value = parent.get(key)
        if not isinstance(value, str) or not value.strip():
            self.fail(outer or parent, at or key, f"{at or key}: say why, in a few words")
        return value.strip()

    def mapping(self, value: Any, parent: Any, key: Any, wanted: str, only=()) -> Any:
        if not isinstance(value, dict):
            self.fail(parent, key, f"expected {wanted}")
        for name in value:
            if only and name not in only:
                # {why: one, two} holds `why` and `two`.
                comma = "; a text with a comma needs quotes" if value[name] is None else ""
                self.fail(value, name,
                          f"{name!r} isn't known here; there are: {', '.join(only)}{comma}")
        return value

    def fail(self, parent: Any, key: Any, why: str) -> None:
        try:
            line = parent.lc.key(key)[0] + 1
        except (AttributeError, KeyError, TypeError):
            line = 1
        raise EnvironmentProblem(f"{self.file}:{line}: {why}")

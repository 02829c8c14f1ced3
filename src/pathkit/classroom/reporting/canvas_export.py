"""An instructor's own export of Canvas' gradebook, one column filled in, every other byte kept."""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pathkit.classroom.assignment import Assignment
from pathkit.classroom.collecting.students import FROM_CANVAS, Student, key_of
from pathkit.classroom.grading.scores import Score
from pathkit.classroom.grading.whole_class import Graded
from pathkit.classroom.reporting.grades_csv import number
from pathkit.errors import EnvironmentProblem

FILE = "canvas.csv"
HEADER = "Student", "ID"
FIXED = (*HEADER, "SIS User ID", "SIS Login ID", "Section")
TITLED = re.compile(r"(?P<title>.*?)\s*\((?P<id>\d+)\)", re.S)
POINTS_POSSIBLE = "Points Possible"
TEST_STUDENT = "Student, Test"  # Canvas' own, in every course


@dataclasses.dataclass(frozen=True)
class Cell:
    """A cell: where its text stands in the file, quotes included, and what it says."""

    start: int
    end: int
    text: str


def filled(
    export: Path, column: str, graded: Sequence[Graded], scores: Sequence[Score],
    assignment: Assignment,
) -> tuple[bytes, list[str]]:
    """The export's bytes with our totals, and what the instructor should know.

    column: title or number of Canvas' assignment, "" for the title of ours. Raises
    EnvironmentProblem when the file is no export or the column isn't told for certain.
    """
    text, names, rows = _read(export)
    at = _column(export, names, column or assignment.title)
    people = [row for row in rows if len(row) > max(at, 1) and row[1].text.strip()]
    found, remarks = _matches(names, people, [g.student for g in graded])
    comma = _decimal_comma(text, rows)
    changes: list[tuple[Cell, str]] = []
    for one, score in zip(graded, scores, strict=True):
        if (row := found.get(one.student.key)) is not None:
            value = number(score.total)
            changes.append((row[at], value.replace(".", ",") if comma else value))
    remarks += _about_points(rows, at, names[at], assignment)
    remarks += _about_others(people, found)
    return _replaced(text, changes).encode("utf-8", "surrogateescape"), remarks


def people(export: Path) -> dict[str, str]:
    """Who is in an export: names, the first name first, by Canvas' number.

    Raises EnvironmentProblem when the file is no export.
    """
    rows = (row for row in _read(export)[2] if len(row) > 1 and row[1].text.strip())
    return {row[1].text.strip(): _first_name_first(row[0].text) for row in rows}


def _read(export: Path) -> tuple[str, list[str], list[list[Cell]]]:
    """An export's text, the titles of its columns and the rows below them."""
    try:
        # Bytes that are no text come back as they were.
        text = export.read_bytes().decode("utf-8", "surrogateescape")
    except OSError as error:
        raise EnvironmentProblem(f"{export} can't be read: {error.strerror}") from error
    header, *rows = cells(text)
    names = [c.text.lstrip("\ufeff") for c in header]
    if names[:2] != list(HEADER):
        raise EnvironmentProblem(
            f"{export} is no export of Canvas' gradebook: its first line should begin with "
            "Student,ID"
        )
    return text, names, rows


def _first_name_first(name: str) -> str:
    last, _, first = name.encode("utf-8", "replace").decode().partition(",")
    return f"{first.strip()} {last.strip()}".strip()


def cells(text: str) -> list[list[Cell]]:
    """The rows of a CSV file with each cell's place; blank lines are left out."""
    delimiter = _delimiter(text)
    rows: list[list[Cell]] = [[]]
    place, size = 0, len(text)
    while place < size:
        start = place
        value, place = _quoted(text, place) if text[place] == '"' else ("", place)
        more = place
        while place < size and text[place] not in (delimiter, "\r", "\n"):
            place += 1
        rows[-1].append(Cell(start, place, value + text[more:place]))
        if place < size and text[place] == delimiter:
            place += 1
            if place == size or text[place] in "\r\n":
                rows[-1].append(Cell(place, place, ""))
        if place < size and text[place] in "\r\n":
            place += 2 if text.startswith("\r\n", place) else 1
            rows.append([])
    return [row for row in rows if row and any(c.end > c.start for c in row)] or [[]]


def _quoted(text: str, place: int) -> tuple[str, int]:
    """What stands between the quotes that begin here, and the place after them."""
    parts, place = [], place + 1
    while True:
        end = text.find('"', place)
        if end < 0:  # never closed: all the rest
            return "".join([*parts, text[place:]]), len(text)
        parts.append(text[place:end])
        if not text.startswith('""', end):
            return "".join(parts), end + 1
        parts.append('"')
        place = end + 2


def _delimiter(text: str) -> str:
    """Canvas writes commas or, where an instructor chose so, semicolons."""
    first = text.lstrip("\ufeff")[len(HEADER[0]) :].lstrip('"')
    return ";" if first.startswith(";") else ","


def _decimal_comma(text: str, rows: list[list[Cell]]) -> bool:
    numbers = (c.text for row in rows for c in row[len(FIXED) :])
    return _delimiter(text) == ";" and any(re.fullmatch(r"\s*\d+,\d+\s*", n) for n in numbers)


def _column(export: Path, names: Sequence[str], wanted: str) -> int:
    titled = {i: m for i, n in enumerate(names) if (m := TITLED.fullmatch(n))}
    exact = [i for i, m in titled.items() if wanted in (m["id"], m[0])]
    same = exact or [
        i for i, m in titled.items() if m["title"].strip().casefold() == wanted.strip().casefold()
    ]
    if len(same) == 1:
        return same[0]
    there = "; ".join(m[0] for m in titled.values()) or "none"
    raise EnvironmentProblem(
        f"{export} has {'several columns' if same else 'no column'} for {wanted!r}; name one with "
        f"--canvas-column; there are: {there}"
    )


def _matches(
    names: Sequence[str], rows: Sequence[list[Cell]], students: Sequence[Student]
) -> tuple[dict[str, list[Cell]], list[str]]:
    """The row of each student, where there is exactly one, and why the others have none."""
    where = {name: names.index(name) for name in
             ("Student", "ID", "SIS User ID", "SIS Login ID") if name in names}
    found: dict[str, list[Cell]] = {}
    remarks: list[str] = []
    for student in students:
        said = f"{student.name} ({student.key})"
        for what, same in _ways(student):
            if what not in where:
                continue
            fits = [r for r in rows if len(r) > where[what] and same(r[where[what]].text)]
            if len(fits) == 1:
                found[student.key] = fits[0]
            if len(fits) > 1:
                remarks.append(f"Canvas: {said} may be any of {len(fits)} rows; none was filled")
            if fits:
                break
        else:
            remarks.append(f"Canvas: {said} is in no row of the export")
    several = defaultdict(list)
    for key, row in found.items():
        several[row[0].start].append(key)
    for keys in several.values():
        if len(keys) > 1:
            row = found[keys[0]]
            remarks.append(
                f"Canvas: {', '.join(keys)} all fit the row of {row[0].text}; it was not filled"
            )
            for key in keys:
                del found[key]
    return found, remarks


def _ways(student: Student) -> list[tuple[str, Callable[[str], bool]]]:
    """Columns that may tell who it is, the surest first."""
    name = student.name

    def is_login(text: str) -> bool:
        login = text.strip().casefold()
        return bool(login) and name.casefold() in (login, login.partition("@")[0])

    def is_number(text: str) -> bool:
        return bool(text.strip()) and text.strip() == name

    def is_name(text: str) -> bool:
        last, _, first = text.partition(",")
        whole = _first_name_first(text)
        # doejane: Canvas' own short form in the names of files
        short = re.sub(r"\W", "", last + first).casefold()
        return key_of(name) in (key_of(text), key_of(whole)) or name.casefold() == short

    ways: list[tuple[str, Callable[[str], bool]]] = []
    if student.how == FROM_CANVAS:
        ways.append(("ID", lambda text: text.strip() == student.number))
        return ways
    return [("SIS User ID", is_number), ("SIS Login ID", is_login), ("ID", is_number),
            ("Student", is_name)]


def _about_points(
    rows: Sequence[list[Cell]], at: int, name: str, assignment: Assignment
) -> list[str]:
    for row in rows:
        if row[0].text.strip() == POINTS_POSSIBLE and len(row) > at:
            try:
                possible = float(row[at].text.replace(",", "."))
            except ValueError:
                return []
            if abs(possible - assignment.points) > 1e-9:
                return [f"Canvas: {name} has {number(possible)} points possible, the assignment "
                        f"{number(assignment.points)}; points were filled in as they are"]
    return []


def _about_others(rows: Sequence[list[Cell]], found: Mapping[str, list[Cell]]) -> list[str]:
    """Who is in the course and got nothing: an instructor wants to ask them why."""
    filled_in = {row[0].start for row in found.values()}
    others = [row[0].text.strip() for row in rows if row[0].start not in filled_in]
    others = [name for name in others if name != TEST_STUDENT]
    if not others or not found:
        return []
    more = " …" if len(others) > 10 else ""
    return [f"Canvas: no submission fits {len(others)} of {len(others) + len(filled_in)} students, "
            f"whose cells stay as they were: {'; '.join(others[:10])}{more}"]


def _replaced(text: str, changes: Sequence[tuple[Cell, str]]) -> str:
    parts, place = [], 0
    for cell, value in sorted(changes, key=lambda c: c[0].start):
        parts += [text[place : cell.start], value]
        place = cell.end
    return "".join([*parts, text[place:]])

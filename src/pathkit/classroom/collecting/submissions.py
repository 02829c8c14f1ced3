"""From what an LMS gives back to one submission for each student and module."""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from pathkit.building import exercise_sources
from pathkit.checks.verdict import visible
from pathkit.classroom.assignment import Assignment
from pathkit.classroom.collecting import archives, attempts, own_work
from pathkit.classroom.collecting.archives import Beside, Found, LeftOut
from pathkit.classroom.collecting.attempts import Attempts
from pathkit.classroom.collecting.own_work import Base, Own
from pathkit.classroom.collecting.reading import FoundAnswer, answers_in, module_of
from pathkit.classroom.collecting.students import (
    FROM_CANVAS,
    FROM_FILE,
    FROM_FOLDER,
    Layout,
    Student,
    claim_of,
    is_students,
    is_title,
)
from pathkit.errors import EnvironmentProblem, NothingMatched
from pathkit.notebook_files import notebook_file
from pathkit.path_modules import Modules

METADATA = "submission_metadata.yml"  # Gradescope's
TIMESTAMP = "timestamp.txt"  # nbgrader's
# Gradescope's and nbgrader's own times are kept beside the files; the files' are of the download.
Times = dict[PurePosixPath, datetime]
NO_BASES: Mapping[str, Base] = {}


@dataclasses.dataclass(frozen=True)
class Attempt:
    """One file of a student. time: as the LMS has it, else the file's own, which is local.

    late: whether the LMS calls it late, None where it says nothing; dated: whether the time is
    the LMS's. own: what a run of the whole notebook takes from it, where that was asked for and
    it could be found.

    answers: what it holds for each exercise that counts, by name; None where the file can't be
    read, and trouble says why. The file itself isn't kept: there may be thousands.
    """

    student: Student
    path: PurePosixPath
    number: tuple[int, int]
    time: datetime
    late: bool | None
    answers: Mapping[str, FoundAnswer] | None
    trouble: str
    dated: bool = False
    own: Own | None = None


@dataclasses.dataclass(frozen=True)
class Submission:
    """The attempt that counts for a student and module; earlier: the others, by their paths."""

    student: Student
    module: str
    attempt: Attempt
    earlier: tuple[PurePosixPath, ...]


@dataclasses.dataclass(frozen=True)
class Collected:
    """All submissions, everybody who handed something in, and remarks for the instructor.

    attempts: when exercises were tried, of those who handed in a log.
    """

    submissions: tuple[Submission, ...]
    students: tuple[Student, ...]
    remarks: tuple[str, ...]
    attempts: Attempts = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class Survey:
    """What is known before a notebook is read: the layout, times by folder, who is there.

    others: names of files that are no notebooks, by the key of the student who handed them in.
    """

    layout: Layout
    times: Times
    students: tuple[Student, ...]
    others: Mapping[str, Sequence[str]]
    remarks: Sequence[str]


def collect(
    start: Path,
    assignment: Assignment,
    names: Mapping[str, str] | None = None,
    bases: Mapping[str, Base] = NO_BASES,
) -> Collected:
    """Read a folder or zip of submissions.

    names: full names by Canvas' number, where they are known: in the names of its files Ada
    Lindqvist is lindqvistada. Keys don't depend on them. bases: by module the notebooks that were
    handed out, where whole notebooks are to be run. Raises EnvironmentProblem when `start` can't
    be read, NothingMatched when it holds no notebook.
    """
    remarks: list[str] = []
    tried: dict[tuple[str, str], list[Attempt]] = defaultdict(list)
    survey = _survey(start, assignment)
    remarks += survey.remarks
    people = _People(remarks, names or {})
    for student in survey.students:
        people.known(student)
    modules = Modules.of(assignment.content)
    stubs = {module.id: exercise_sources.stubs(module.id, modules) for module in assignment.modules}
    logs = _Logs(assignment)
    for file in _read(start):
        if not _is_notebook(file.path):
            logs.look(file, survey.layout, people)
            continue
        claim = claim_of(file.path, survey.layout)
        student = people.known(claim.student, file.path)
        if isinstance(file, LeftOut):
            remarks.append(f"{file.path}: {file.why}")
            continue
        notebook, trouble = _parsed(file.data)
        module, how = _module(file, notebook, trouble, assignment)
        if not module:
            remarks.append(f"{file.path}: left out: {how}")
            continue
        if how:
            remarks.append(f"{file.path}: taken for module {module}, {how}")
        answers, own = None, None
        if notebook is not None:
            names = [t.name for m, t in assignment.tasks() if m.id == module]
            answers, trouble = _answers(notebook, module, names, stubs[module])
            if module in bases and answers is not None:
                own, trouble = _own(notebook, bases[module])
        if trouble:
            remarks.append(f"{file.path}: {trouble}")
        time = next((survey.times[p] for p in file.path.parents if p in survey.times), None)
        tried[student.key, module].append(Attempt(
            student, file.path, claim.attempt, time or file.time, claim.late, answers, trouble,
            time is not None, own,
        ))
    submissions = [_latest(module, tries) for (_, module), tries in tried.items()]
    remarks += [
        f"{s.attempt.path}: counts as the latest of {len(s.earlier) + 1} attempts of "
        f"{s.student.name} that can be read"
        for s in submissions if s.earlier
    ]
    order = {module.id: i for i, module in enumerate(assignment.modules)}
    submissions.sort(key=lambda s: (s.student.key, order[s.module]))
    present = {key for key, _ in tried}
    remarks += [f"{s.name}: {_instead(survey.others.get(s.key, ()))}" for s in people.all()
                if s.key not in present]
    return Collected(
        tuple(submissions), people.all(), tuple(map(_clean, remarks)), logs.attempts()
    )


def _instead(names: Sequence[str]) -> str:
    """That there is no notebook, and what there is: a PDF or a script can be asked for again."""
    more = " …" if len(names) > 3 else ""
    there = f" handed in, but {', '.join(names[:3])}{more}" if names else ""
    return f"no notebook of this assignment{there}"


def _clean(text: str) -> str:
    """A remark on one line that can be printed anywhere; names of files are anybody's."""
    return visible(text.encode("utf-8", "replace").decode()).replace("\n", "\\n")


class _People:
    """Everybody seen so far. Different names that would share a key are kept apart."""

    def __init__(self, remarks: list[str], names: Mapping[str, str]):
        self.remarks = remarks
        self.names = names
        self.by_key: dict[str, Student] = {}

    def known(self, student: Student, path: PurePosixPath | None = None) -> Student:
        """The student, under a key that nobody else has."""
        if student.how == FROM_CANVAS and (full := self.names.get(student.number)):
            student = dataclasses.replace(student, name=full)
        key, number = student.key, 1
        while (other := self.by_key.get(key)) is not None:
            if (other.name, other.number) == (student.name, student.number):
                return other
            number += 1
            key = f"{student.key}-{number}"
        if number > 1:
            self.remarks.append(
                f"{student.name!r} and {self.by_key[student.key].name!r} are taken for two "
                f"students; the key of the former is {key}"
            )
            student = dataclasses.replace(student, key=key)
        if student.how == FROM_FILE and path is not None:
            self.remarks.append(f"{path}: taken for {student.name}'s, by the file's name")
        self.by_key[key] = student
        return student

    def all(self) -> tuple[Student, ...]:
        """In the order of their keys."""
        return tuple(sorted(self.by_key.values(), key=lambda s: s.key))


class _Logs:
    """The logs that students handed in, and what is taken from them."""

    def __init__(self, assignment: Assignment):
        self.exercises = {f"{module.id}.{task.name}" for module, task in assignment.tasks()}
        self.until = attempts.latest()
        self.by_student: dict[str, attempts.Checks] = defaultdict(dict)

    def look(self, file: Found | LeftOut, layout: Layout, people: _People) -> None:
        """Take a file up if it is a log, and somebody's."""
        claim = claim_of(file.path, layout)
        if isinstance(file, LeftOut) or claim.student.how == FROM_FILE:
            return
        if found := attempts.checks(file.data, self.exercises, self.until):
            self.by_student[people.known(claim.student).key] |= found

    def attempts(self) -> Attempts:
        """When exercises were tried, by student."""
        return {
            student: attempts.by_exercise(found.values())
            for student, found in self.by_student.items()
        }


def _survey(start: Path, assignment: Assignment) -> Survey:
    """Look at all names, and into the few files that say more about them."""
    notebooks, others, beside, remarks, said = [], [], [], [], []
    people: dict[str, str] = {}
    times: Times = {}
    try:
        for file in archives.walk(start, lambda p: p.name in (METADATA, TIMESTAMP)):
            if isinstance(file, Beside):
                beside.append(file.path)
            elif isinstance(file, LeftOut):
                if not _is_notebook(file.path):  # those are looked at again
                    remarks.append(f"{file.path}: {file.why}")
                others.append(file.path / "?" if file.path.suffix.lower() == ".zip" else file.path)
            elif file.path.name == METADATA:
                said.append(file)
            elif file.path.name == TIMESTAMP:
                said.append(file)
                others.append(file.path)
            else:
                (notebooks if _is_notebook(file.path) else others).append(file.path)
    except OSError as error:
        raise EnvironmentProblem(f"{start} can't be read: {error.strerror}") from error
    if not notebooks:
        raise NothingMatched(
            f"{start} holds no notebooks; name the folder or zip that your LMS gave you"
        )
    titles = {name.casefold() for m in assignment.modules
              for name in (m.id, m.file.removesuffix(".ipynb"))}
    layout = Layout(_common(notebooks, [*others, *beside], titles), people, titles)
    for file in said:
        if file.path.name == TIMESTAMP:
            if _is_nbgraders(file.path, start, layout.common):
                _read_timestamp(file, times)
        elif len(file.path.parts) <= layout.common + 1 and not is_students(file.path.parent):
            _read_gradescope(file, people, times)
    # Who handed in no notebook at all is somebody too; a file that lies about is nobody.
    others += _somebodys(beside, [*notebooks, *others], layout)
    claims = [claim_of(path, layout) for path in others]
    students = [c.student for c in claims if c.student.how != FROM_FILE]
    instead: dict[str, list[str]] = defaultdict(list)
    for path, claim in zip(others, claims, strict=True):
        if path.name not in ("?", TIMESTAMP):
            instead[claim.student.key].append(path.name)
    return Survey(layout, times, tuple(students), instead, remarks)


def _somebodys(
    beside: Sequence[PurePosixPath], files: Sequence[PurePosixPath], layout: Layout
) -> list[PurePosixPath]:
    """Of what lies beside files, what says who handed it in.

    The name of a folder says so only where the folders of others are known for students', too.
    """
    known = {claim_of(path, layout).student.how for path in files}
    return [p for p in beside if (how := claim_of(p, layout).student.how) != FROM_FILE
            and (how != FROM_FOLDER or how in known)]


def _read(start: Path) -> Iterator[Found | LeftOut]:
    """Notebooks, and files that may be logs."""
    def wanted(path: PurePosixPath) -> bool:
        return _is_notebook(path) or attempts.may_be(path)

    return (
        file for file in archives.walk(start, wanted)
        if not isinstance(file, Beside) and wanted(file.path)
    )


def _is_notebook(path: PurePosixPath) -> bool:
    return path.suffix.lower() == ".ipynb"


def _answers(
    notebook: dict[str, Any], module: str, names: list[str], stubs: dict[str, str]
) -> tuple[Mapping[str, FoundAnswer] | None, str]:
    try:
        return answers_in(notebook, module, names, stubs), ""
    except Exception as error:  # whatever it is, it is one row
        return None, f"its answers can't be found: {type(error).__name__}: {error}"


def _own(notebook: dict[str, Any], base: Base) -> tuple[Own | None, str]:
    try:
        return own_work.own(notebook, base), ""
    except Exception as error:  # whatever it is, it is one row
        return None, f"it can't be run as a whole: {type(error).__name__}: {error}"


def _parsed(data: bytes) -> tuple[dict[str, Any] | None, str]:
    try:
        return notebook_file.read(data), ""
    except notebook_file.NotANotebook as error:
        return None, f"not a notebook: {error}"


def _module(
    file: Found, notebook: dict[str, Any] | None, trouble: str, assignment: Assignment
) -> tuple[str, str]:
    """The module of a notebook and, where that was a guess, what it was read from.

    The name of a file says least, so it is asked last.
    """
    modules = {module.id: module for module in assignment.modules}
    if notebook is not None and notebook_file.ours(notebook).get("variant") == "solution":
        return "", "it is the path's own solution, as `pathkit start` copies it"
    if notebook is not None and (found := module_of(notebook)):
        module, how = found
        if module in modules:
            return module, how
        return "", f"its module {module[:40]} isn't part of this assignment"
    name = file.path.name.casefold()
    for module in modules.values():
        if module.id in name or module.file.casefold().removesuffix(".ipynb") in name:
            return module.id, "by the file's name"
    if len(modules) == 1:
        return next(iter(modules)), "since it is the only one assigned"
    return "", trouble or "nothing in it says which module it is"


def _latest(module: str, tries: list[Attempt]) -> Submission:
    """The attempt that counts: the highest number, then the latest, one that can be read first."""
    ranked = sorted(
        tries, key=lambda a: (
            a.answers is not None, a.number, a.time.astimezone(UTC), str(a.path)
        ),
    )
    return Submission(
        ranked[-1].student, module, ranked[-1], tuple(a.path for a in ranked[:-1])
    )


def _common(
    paths: Sequence[PurePosixPath], others: Sequence[PurePosixPath], titles: Collection[str]
) -> int:
    """How many leading folders all notebooks share: they say nothing about whose they are.

    Unless one of them is a student's: then a notebook in it has the name that we gave it, or
    another file lies in another.
    """
    folders = [path.parts[:-1] for path in paths]
    depth = 0
    while all(len(f) > depth and f[depth] == folders[0][depth] for f in folders):
        if folders[0][depth] == "submitted":
            return depth
        depth += 1
    alone = len(paths) == 1 or any(
        len(f) == depth and is_title(path, titles) for f, path in zip(folders, paths, strict=True)
    )
    depth = max(depth - 1, 0) if alone else depth
    for other in others:
        shared = [a == b for a, b in zip(other.parts[:-1], folders[0][:depth], strict=False)]
        depth = shared.index(False) if False in shared else depth
    return depth


def _is_nbgraders(path: PurePosixPath, start: Path, common: int) -> bool:
    """Whether it lies where nbgrader puts it: submitted/STUDENT/ASSIGNMENT/timestamp.txt.

    Students may hand in a file of that name, with a better time.
    """
    parts = path.parts[common:]
    if start.name == "submitted" and not common:
        parts = ("submitted", *parts)
    return len(parts) == 4 and parts[0] == "submitted" and not parts[2].lower().endswith(".zip")


def _read_gradescope(file: Found, people: dict[str, str], times: Times) -> None:
    """Gradescope's list: who handed in which submission, and when."""
    for key, entry in _entries(file.data).items():
        number = str(key).removeprefix("submission_")
        submitters = entry.get(":submitters")
        names = [
            str(s.get(":name", "")) for s in submitters if isinstance(s, dict)
        ] if isinstance(submitters, list) else []
        if found := ", ".join(filter(None, names)):
            people[number] = found
        if (time := _time(entry.get(":created_at"))) is not None:
            times[file.path.parent / f"submission_{number}"] = time


def _read_timestamp(file: Found, times: Times) -> None:
    """nbgrader's: `2027-03-01 22:58:23.948203 UTC`, or with an offset."""
    text = file.data[:100].decode("utf-8", "replace").strip()
    if (time := _time(re.sub(r"\s*UTC$", "+00:00", text))) is not None:
        times[file.path.parent] = time


def _time(value: Any) -> datetime | None:
    """A time with its zone; UTC where it has none, as both write it."""
    try:
        time = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _entries(data: bytes) -> dict[str, Any]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        found = YAML(typ="safe", pure=True).load(data)
    except (YAMLError, UnicodeDecodeError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {k: v for k, v in found.items() if isinstance(v, dict)}

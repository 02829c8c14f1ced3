"""From what an LMS gives back to one submission for each student and module."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from pathkit import notebook_file
from pathkit.classroom import archives
from pathkit.classroom.archives import Found, LeftOut
from pathkit.classroom.assignment import Assignment
from pathkit.classroom.reading import FoundAnswer, answers_in, module_of
from pathkit.classroom.students import Student, student_of
from pathkit.errors import EnvironmentProblem, NothingMatched

METADATA = "submission_metadata.yml"


@dataclasses.dataclass(frozen=True)
class Attempt:
    """One file of a student. time: local, as the file has it; late: the LMS said so.

    answers: what it holds for each exercise that counts, by name; None where the file can't be
    read, and trouble says why. The file itself isn't kept: there may be thousands.
    """

    student: Student
    path: PurePosixPath
    number: int
    time: datetime
    late: bool
    answers: Mapping[str, FoundAnswer] | None
    trouble: str


@dataclasses.dataclass(frozen=True)
class Submission:
    """The attempt that counts for a student and module; earlier: the others, by their paths."""

    student: Student
    module: str
    attempt: Attempt
    earlier: tuple[PurePosixPath, ...]


@dataclasses.dataclass(frozen=True)
class Collected:
    """All submissions, everybody who handed something in, and remarks for the instructor."""

    submissions: tuple[Submission, ...]
    students: tuple[Student, ...]
    remarks: tuple[str, ...]


def collect(start: Path, assignment: Assignment) -> Collected:
    """Read a folder or zip of submissions.

    Raises EnvironmentProblem when `start` can't be read, NothingMatched when it holds no notebook.
    """
    remarks: list[str] = []
    attempts: dict[tuple[str, str], list[Attempt]] = defaultdict(list)
    students: dict[str, Student] = {}
    common, people = _survey(start)
    stubs = {module.id: _stubs(module.id) for module in assignment.modules}
    for file in _notebooks(start, remarks):
        student, number, late = student_of(file.path, people, common)
        students.setdefault(student.key, student)
        notebook, trouble = _parsed(file.data)
        module, how = _module(file, notebook, trouble, assignment)
        if not module:
            remarks.append(f"{file.path}: {how}")
            continue
        if how:
            remarks.append(f"{file.path}: taken for module {module}, {how}")
        answers = None
        if notebook is not None:
            names = [t.name for m, t in assignment.tasks() if m.id == module]
            answers = answers_in(notebook, module, names, stubs[module])
        attempts[student.key, module].append(
            Attempt(student, file.path, number, file.time, late, answers, trouble)
        )
    submissions = [_latest(module, tries) for (_, module), tries in attempts.items()]
    remarks += [
        f"{s.attempt.path}: the latest of {len(s.earlier) + 1} attempts of {s.student.name}"
        for s in submissions if s.earlier
    ]
    order = {module.id: i for i, module in enumerate(assignment.modules)}
    submissions.sort(key=lambda s: (s.student.key, order[s.module]))
    return Collected(
        tuple(submissions), tuple(sorted(students.values(), key=lambda s: s.key)), tuple(remarks)
    )


def _stubs(module: str) -> dict[str, str]:
    from pathkit.build import PACKAGE, Place
    from pathkit.content import read

    texts = read(Place(PACKAGE).exercises(module)).exercises
    return {name: text.stub for name, text in texts.items()}


def _survey(start: Path) -> tuple[int, dict[str, str]]:
    """How many leading folders all notebooks share, and Gradescope's names of submitters."""
    try:
        paths, people = [], {}
        for file in archives.walk(start):
            if isinstance(file, Found) and file.path.name == METADATA:
                people |= _people(file)
            elif isinstance(file, Found) and _is_notebook(file):
                paths.append(file.path)
    except OSError as error:
        raise EnvironmentProblem(f"{start} can't be read: {error.strerror}") from error
    if not paths:
        raise NothingMatched(
            f"{start} holds no notebooks; name the folder or zip that your LMS gave you"
        )
    return _common(paths), people


def _notebooks(start: Path, remarks: list[str]) -> Iterator[Found]:
    for file in archives.walk(start):
        if isinstance(file, LeftOut):
            remarks.append(f"{file.path}: {file.why}")
        elif _is_notebook(file):
            yield file


def _is_notebook(file: Found) -> bool:
    return file.path.suffix.lower() == ".ipynb"


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
    if notebook is not None and (found := module_of(notebook)):
        module, how = found
        if module in modules:
            return module, how
        return "", f"its module {module} isn't part of this assignment"
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
        tries, key=lambda a: (a.answers is not None, a.number, a.time, str(a.path))
    )
    return Submission(
        ranked[-1].student, module, ranked[-1], tuple(a.path for a in ranked[:-1])
    )


def _common(paths: Iterable[PurePosixPath]) -> int:
    """How many leading folders all notebooks share: they say nothing about whose they are.

    With a single notebook its folder may well be its student.
    """
    folders = [path.parts[:-1] for path in paths]
    if len(folders) == 1:
        return max(len(folders[0]) - 1, 0)
    depth = 0
    while all(len(f) > depth and f[depth] == folders[0][depth] for f in folders):
        if folders[0][depth] == "submitted":
            break
        depth += 1
    # All files of one student: the shared folder is the student's.
    if depth and all(len(f) == depth for f in folders):
        depth -= 1
    return depth


def _people(file: Found) -> dict[str, str]:
    """Gradescope's list of who handed in which submission, by number."""
    people = {}
    for key, entry in _entries(file.data).items():
        names = [str(s.get(":name", "")) for s in entry.get(":submitters", [])]
        people[str(key).removeprefix("submission_")] = ", ".join(filter(None, names))
    return {key: name for key, name in people.items() if name}


def _entries(data: bytes) -> dict[str, Any]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        found = YAML(typ="safe", pure=True).load(data)
    except (YAMLError, UnicodeDecodeError, ValueError):
        return {}
    return {k: v for k, v in found.items() if isinstance(v, dict)} if isinstance(
        found, dict) else {}

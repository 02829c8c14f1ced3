"""From what an LMS gives back to one submission for each student and module."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from pathlib import Path, PurePosixPath
from typing import Any

from pathkit.building import exercise_sources
from pathkit.checks.verdict import visible
from pathkit.classroom.assignment import Assignment
from pathkit.classroom.collecting import archives, attempts, own_work
from pathkit.classroom.collecting.archives import Beside, Found, LeftOut
from pathkit.classroom.collecting.collected import Attempt, Collected, Submission
from pathkit.classroom.collecting.logs import Logs
from pathkit.classroom.collecting.own_work import Base, Own
from pathkit.classroom.collecting.people import People
from pathkit.classroom.collecting.reading import FoundAnswer, answers_in, module_of
from pathkit.classroom.collecting.students import claim_of
from pathkit.classroom.collecting.survey import is_notebook, survey
from pathkit.notebook_files import notebook_file
from pathkit.path_modules import Modules

NO_BASES: Mapping[str, Base] = {}


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
    found = survey(start, assignment)
    remarks += found.remarks
    people = People(remarks, names or {})
    for student in found.students:
        people.known(student)
    modules = Modules.of(assignment.content)
    stubs = {module.id: exercise_sources.stubs(module.id, modules) for module in assignment.modules}
    logs = Logs(assignment)
    for file in _read(start):
        if not is_notebook(file.path):
            logs.look(file, found.layout, people)
            continue
        claim = claim_of(file.path, found.layout)
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
        time = next((found.times[p] for p in file.path.parents if p in found.times), None)
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
    remarks += [f"{s.name}: {_instead(found.others.get(s.key, ()))}" for s in people.all()
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


def _read(start: Path) -> Iterator[Found | LeftOut]:
    """Notebooks, and files that may be logs."""
    def wanted(path: PurePosixPath) -> bool:
        return is_notebook(path) or attempts.may_be(path)

    return (
        file for file in archives.walk(start, wanted)
        if not isinstance(file, Beside) and wanted(file.path)
    )


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
        if module.id in name:
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

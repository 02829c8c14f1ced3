"""Make an assignment out of a project: read it, see that nothing is stale, look for leaks."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pathkit import __version__
from pathkit.building.build import Place, check, unchanged
from pathkit.building.exercise_files import Content
from pathkit.classroom import due_date
from pathkit.classroom.assigning import handout, release
from pathkit.classroom.assigning.giveaways import Secret, secrets_of
from pathkit.classroom.assigning.leaks import Leak, leaks, leaks_in_text
from pathkit.classroom.assigning.planning import Wishes, plan
from pathkit.classroom.assignment import FILE, Assignment, to_json
from pathkit.files import digest
from pathkit.notebook_files import notebook_file

START, CALENDAR = "START-HERE.html", "due.ics"


class Stale(Exception):
    """Notebooks that aren't what their sources say; one line for each."""


class Leaking(Exception):
    """A release that gives answers away; one line for each leak."""

    def __init__(self, found: list[Leak]):
        super().__init__("\n".join(map(str, found)))
        self.leaks = found


@dataclasses.dataclass(frozen=True)
class Project:
    """What is read of a project for an assignment; contents, notebooks and files by module."""

    place: Place
    curriculum: Any
    contents: Mapping[str, Content]
    files: Mapping[str, str]
    assignment: Assignment


def prepared(place: Place, wishes: Wishes) -> Project:
    """Read what the assignment needs. Raises NothingMatched, Unclear, CurriculumError."""
    from pathkit import curriculum
    from pathkit.building import exercise_files, notebook
    from pathkit.errors import chosen

    path = curriculum.load(place.curriculum, modules=place.modules)
    modules = chosen(wishes.modules, [m.id for m in path.modules])
    contents = {m: exercise_files.read(place.modules.folder_of(m), path.levels) for m in modules}
    files = {m: notebook.filename(path, m) for m in modules}
    assignment = plan(wishes, path, contents, files, _version(place, modules))
    return Project(place, path, contents, files, assignment)


def _version(place: Place, modules: list[str]) -> str:
    """`0.1.0+5e1a90bc`: pathkit's version and what the sources of these modules are."""
    sources = [f for m in modules for f in sorted(place.modules.folder_of(m).glob("*.py"))]
    return f"{__version__}+{digest(b''.join(map(_text, sources)))[:8]}"


def _text(file: Path) -> bytes:
    """A file's bytes with the line ends that every system writes."""
    return file.read_bytes().replace(b"\r\n", b"\n")


def refuse_stale(project: Project, solutions: bool) -> None:
    """Raise Stale where a notebook that is needed isn't what `pathkit build` writes."""
    if unchanged(project.place):
        return
    names = [f"notebooks/{file}" for file in project.files.values()]
    if solutions:
        names += [f"notebooks/solutions/{file}" for file in project.files.values()]
    if found := [str(s) for s in check(project.place) if s.path in names]:
        raise Stale("\n".join(found))


def for_students(project: Project, setup: str = "") -> dict[str, bytes]:
    """The files that are handed out, by name; raises Leaking where they give answers away.

    setup: what students are told of how to come by JupyterLab with pathkit.
    """
    assignment = project.assignment
    secrets = secrets_in(project)
    files, found = {}, []
    for module in assignment.modules:
        text = (project.place.notebooks / module.file).read_text(encoding="utf-8")
        made = release.released(json.loads(text), module, assignment)
        found += leaks(made, secrets, module.file)
        files[module.file] = notebook_file.to_json(made).encode()
    partial = any(len(m.exercises) < len(project.contents[m.id].exercises)
                  for m in assignment.modules)
    texts = {START: handout.page(assignment, partial, setup), FILE: to_json(assignment)}
    texts[CALENDAR] = due_date.to_ics(assignment).decode()
    for name, text in texts.items():
        found += leaks_in_text(text, secrets, name)
        files[name] = text.encode()
    if found:
        raise Leaking(found)
    return files


def secrets_in(project: Project) -> list[Secret]:
    """All that must not be told of the modules in an assignment."""
    return [s for m in project.files for s in secrets_of(project.place.modules.folder_of(m), m)]


def solved(project: Project, module: str) -> dict[str, Any]:
    """The solution notebook of a module, with its outputs."""
    file = project.place.notebooks / "solutions" / project.files[module]
    return json.loads(file.read_text(encoding="utf-8"))

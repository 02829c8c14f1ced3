"""What is known before a notebook is read: how the folders lie, whose they are, when they came."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path, PurePosixPath

from pathkit.classroom.assignment import Assignment
from pathkit.classroom.collecting import archives
from pathkit.classroom.collecting.archives import Beside, LeftOut
from pathkit.classroom.collecting.lms_notes import (
    METADATA,
    TIMESTAMP,
    Times,
    is_nbgraders,
    read_gradescope,
    read_timestamp,
)
from pathkit.classroom.collecting.students import (
    FROM_FILE,
    FROM_FOLDER,
    Layout,
    Student,
    claim_of,
    is_students,
    is_title,
)
from pathkit.errors import EnvironmentProblem, NothingMatched


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


def survey(start: Path, assignment: Assignment) -> Survey:
    """Look at all names, and into the few files that say more about them.

    Raises EnvironmentProblem when `start` can't be read, NothingMatched without a notebook.
    """
    notebooks, others, beside, remarks, said = [], [], [], [], []
    people: dict[str, str] = {}
    times: Times = {}
    try:
        for file in archives.walk(start, lambda p: p.name in (METADATA, TIMESTAMP)):
            if isinstance(file, Beside):
                beside.append(file.path)
            elif isinstance(file, LeftOut):
                if not is_notebook(file.path):  # those are looked at again
                    remarks.append(f"{file.path}: {file.why}")
                others.append(file.path / "?" if file.path.suffix.lower() == ".zip" else file.path)
            elif file.path.name == METADATA:
                said.append(file)
            elif file.path.name == TIMESTAMP:
                said.append(file)
                others.append(file.path)
            else:
                (notebooks if is_notebook(file.path) else others).append(file.path)
    except OSError as error:
        raise EnvironmentProblem(f"{start} can't be read: {error.strerror}") from error
    if not notebooks:
        raise NothingMatched(
            f"{start} holds no notebooks; name the folder or zip that your LMS gave you"
        )
    titles = {module.id.casefold() for module in assignment.modules}
    layout = Layout(_common(notebooks, [*others, *beside], titles), people, titles)
    for file in said:
        if file.path.name == TIMESTAMP:
            if is_nbgraders(file.path, start, layout.common):
                read_timestamp(file, times)
        elif len(file.path.parts) <= layout.common + 1 and not is_students(file.path.parent):
            read_gradescope(file, people, times)
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


def is_notebook(path: PurePosixPath) -> bool:
    """Whether a file is a notebook, by its name."""
    return path.suffix.lower() == ".ipynb"

"""Whose file it is: what Canvas, Moodle, nbgrader, Gradescope and people make of names."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Collection, Mapping
from pathlib import PurePosixPath

# lastfirst_LATE_4242_778899_bigram-1.ipynb: name, student's number, submission's number, attempt.
CANVAS = re.compile(
    r"(?P<name>[^_]+)_(?P<late>LATE_)?(?P<id>\d+)_(?P<submission>\d+)_(?P<file>.+?)"
    r"(-(?P<attempt>\d+))?\.\w+"
)
# The same of a file whose name has no ending: .DS_Store, Makefile
CANVAS_BARE = re.compile(
    r"(?P<name>[^_]+)_(?P<late>LATE_)?(?P<id>\d+)_(?P<submission>\d+)_(?P<file>.+)(?P<attempt>)",
    re.DOTALL,
)
# Jane Doe_12345_assignsubmission_file_/bigram.ipynb, the file's own name kept
MOODLE = re.compile(r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_(file|onlinetext)_?")
# submission_45678/bigram.ipynb, with submission_metadata.yml beside the folders
GRADESCOPE = re.compile(r"submission_(?P<id>\d+)")
# A module's place in the path, which may have been another when the notebook was handed out.
PLACE = re.compile(r"^\d{2,}-")
COPY = re.compile(
    r"(\s*\((?P<n>\d+)\)|[-_ ]+(copy|copie|kopie|final|v(?=\s*\d))\s*(?P<m>\d*))$", re.I
)
MOST_KEY = 160  # bytes: a file's name has 255 at most, and more is added
FROM_CANVAS, FROM_FOLDER = "Canvas' file name", "the folder's name"
FROM_FILE = "the file's name"


@dataclasses.dataclass(frozen=True)
class Student:
    """Who handed something in. key: what tells students apart, used in file names of ours.

    number: their id in the LMS, "" where none is known. how: what the name was read from.
    """

    key: str
    name: str
    number: str
    how: str


@dataclasses.dataclass(frozen=True)
class Claim:
    """What a file's path says: whose it is, and which attempt: numbers that only tell an order.

    late: whether the LMS calls it late; None where it says nothing.
    """

    student: Student
    attempt: tuple[int, int] = (0, 0)
    late: bool | None = None


@dataclasses.dataclass(frozen=True)
class Layout:
    """What must be known of all files to read the path of one.

    common: how many leading folders say nothing about whose a file is. people: names by
    Gradescope's submission id. titles: ids of modules; a notebook named so is nobody's.
    """

    common: int = 0
    people: Mapping[str, str] = dataclasses.field(default_factory=dict)
    titles: Collection[str] = ()


def claim_of(path: PurePosixPath, layout: Layout) -> Claim:
    """The student of a file, as its path tells.

    The outermost part that an LMS named says it: what lies within is named by the student, who may
    have somebody else's name in mind.
    """
    copy = _copies(path.name)
    attempt = 0, copy
    folders = path.parts[layout.common : -1]
    if len(folders) >= 2 and folders[0] == "submitted":
        return Claim(_student(folders[1], "", "nbgrader's folder"), attempt)
    for i, part in enumerate(path.parts):
        is_folder = i + 1 < len(path.parts)
        if is_folder and (found := MOODLE.fullmatch(part)):
            return Claim(_student(found["name"], found["id"], "Moodle's folder"), attempt)
        if is_folder and (found := GRADESCOPE.fullmatch(part)):
            person = layout.people.get(found["id"], f"submission {found['id']}")
            return Claim(_student(person, found["id"], "Gradescope's folder"), attempt)
        # The file, or the archive that it came in.
        if found := CANVAS.fullmatch(part) or (not is_folder and CANVAS_BARE.fullmatch(part)):
            student = _student(found["name"], found["id"], FROM_CANVAS)
            return Claim(student, (int(found["attempt"] or 0), copy), bool(found["late"]))
    if folders:
        name = folders[0][:-4] if folders[0].lower().endswith(".zip") else folders[0]
        own = _copies(name + ".zip")
        return Claim(_student(COPY.sub("", name), "", FROM_FOLDER), (own, copy))
    stem = path.stem
    if is_title(path, layout.titles):  # bigram (2).ipynb, from nobody knows whom
        return Claim(_student(stem, "", FROM_FILE))
    return Claim(_student(COPY.sub("", stem), "", FROM_FILE), attempt)


def is_students(path: PurePosixPath) -> bool:
    """Whether an LMS put a student's name or number on a part of this path."""
    kinds = MOODLE, GRADESCOPE, CANVAS
    return any(kind.fullmatch(part) for part in path.parts for kind in kinds)


def is_title(path: PurePosixPath, titles: Collection[str]) -> bool:
    """Whether a file still has a notebook's own name, copies' and modules' numbers apart."""
    return PLACE.sub("", COPY.sub("", path.stem).casefold()) in titles


def _copies(name: str) -> int:
    """bigram (2).ipynb: a later one of several copies."""
    found = COPY.search(PurePosixPath(name).stem)
    return int(found["n"] or found["m"] or 0) if found else 0


def _student(name: str, number: str, how: str) -> Student:
    # A name on the disk may hold bytes that are no text; it becomes part of files of ours.
    name = name.encode("utf-8", "replace").decode()
    name = unicodedata.normalize("NFC", name).strip() or "nobody"
    return Student(key_of(f"{name} {number}" if number else name), name, number, how)


def key_of(name: str) -> str:
    """A file name for a person's name: letters of any script stay, the rest becomes hyphens."""
    name = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
    name = re.sub(r"[^\w]+", "-", name).strip("-_")[:80]
    while len(name.encode()) > MOST_KEY:
        name = name[:-1]
    return name or "nobody"

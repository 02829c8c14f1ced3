"""Whose file it is: what Canvas, Moodle, nbgrader, Gradescope and people make of names."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Mapping
from pathlib import PurePosixPath

# lastfirst_LATE_4242_778899_bigram-1.ipynb: name, student's number, submission's number, attempt.
CANVAS = re.compile(
    r"(?P<name>[^_]+)_(?P<late>LATE_)?(?P<id>\d+)_(?P<submission>\d+)_(?P<file>.+?)"
    r"(-(?P<attempt>\d+))?\.\w+"
)
# Jane Doe_12345_assignsubmission_file_/bigram.ipynb, the file's own name kept
MOODLE = re.compile(r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_(file|onlinetext)_?")
# submission_45678/bigram.ipynb, with submission_metadata.yml beside the folders
GRADESCOPE = re.compile(r"submission_(?P<id>\d+)")
COPY = re.compile(r"\s*(\((?P<n>\d+)\)|[-_ ]?(copy|copie|kopie|final|v)\s*\d*)$", re.I)


@dataclasses.dataclass(frozen=True)
class Student:
    """Who handed something in. key: what tells students apart, used in file names of ours.

    number: their id in the LMS, "" where none is known. how: what the name was read from.
    """

    key: str
    name: str
    number: str
    how: str


def student_of(
    path: PurePosixPath, people: Mapping[str, str], common: int = 0
) -> tuple[Student, int, bool]:
    """The student of a file, which attempt it is, and whether it is marked late.

    The attempt is 0 where nothing says so. people: names by Gradescope's submission id; common:
    how many leading folders all files share.
    """
    folders, name = path.parts[common:-1], path.name
    for folder in path.parts[:-1][::-1]:
        if found := MOODLE.fullmatch(folder):
            return _student(found["name"], found["id"], "Moodle's folder"), 0, False
        if found := GRADESCOPE.fullmatch(folder):
            person = people.get(found["id"], f"submission {found['id']}")
            return _student(person, found["id"], "Gradescope's folder"), 0, False
    if found := CANVAS.fullmatch(name):
        student = _student(found["name"], found["id"], "Canvas' file name")
        return student, int(found["attempt"] or 0), bool(found["late"])
    if len(folders) >= 2 and folders[0] == "submitted":
        return _student(folders[1], "", "nbgrader's folder"), 0, False
    if folders:
        return _student(folders[0], "", "the folder's name"), _copies(name), False
    stem = PurePosixPath(name).stem
    return _student(COPY.sub("", stem), "", "the file's name"), _copies(name), False


def _copies(name: str) -> int:
    """bigram (2).ipynb: a later one of several copies."""
    found = COPY.search(PurePosixPath(name).stem)
    return int(found["n"]) if found and found["n"] else 0


def _student(name: str, number: str, how: str) -> Student:
    name = unicodedata.normalize("NFC", name).strip() or "nobody"
    return Student(key_of(f"{name} {number}" if number else name), name, number, how)


def key_of(name: str) -> str:
    """A file name for a person's name: letters of any script stay, the rest becomes hyphens."""
    name = unicodedata.normalize("NFC", name).casefold()
    return re.sub(r"[^\w]+", "-", name).strip("-_")[:80] or "nobody"

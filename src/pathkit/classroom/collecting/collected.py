"""What was collected: attempts, the one that counts for each student and module, remarks."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePosixPath

from pathkit.classroom.collecting.attempts import Attempts
from pathkit.classroom.collecting.own_work import Own
from pathkit.classroom.collecting.reading import FoundAnswer
from pathkit.classroom.collecting.students import Student


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

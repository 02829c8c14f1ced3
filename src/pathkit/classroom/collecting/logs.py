"""The logs that students handed in along with their notebooks."""

from __future__ import annotations

from collections import defaultdict

from pathkit.classroom.assignment import Assignment
from pathkit.classroom.collecting import attempts
from pathkit.classroom.collecting.archives import Found, LeftOut
from pathkit.classroom.collecting.attempts import Attempts
from pathkit.classroom.collecting.people import People
from pathkit.classroom.collecting.students import FROM_FILE, Layout, claim_of


class Logs:
    """The logs that students handed in, and what is taken from them."""

    def __init__(self, assignment: Assignment):
        self.exercises = {f"{module.id}.{task.name}" for module, task in assignment.tasks()}
        self.until = attempts.latest()
        self.by_student: dict[str, attempts.Checks] = defaultdict(dict)

    def look(self, file: Found | LeftOut, layout: Layout, people: People) -> None:
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

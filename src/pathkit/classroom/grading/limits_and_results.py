"""What is to be graded, within which limits, and what came of it."""

from __future__ import annotations

import dataclasses

from pathkit.checks.exercise import Exercise
from pathkit.checks.loading import exercises_of
from pathkit.checks.verdict import Verdict
from pathkit.path_modules import Modules

# Why a job was ended where grading itself went wrong.
FAULT = "fault"


@dataclasses.dataclass(frozen=True)
class Limits:
    """What one exercise may use. cpu and wall in seconds, memory and file in bytes."""

    cpu: float = 30.0
    wall: float = 40.0
    memory: int = 2 * 2**30
    file: int = 2**24
    processes: int = 12


@dataclasses.dataclass(frozen=True)
class Job:
    """A learner's code for one exercise. code: what defines `name`; seed: of the hidden probes.

    before: statements of the learner's other cells, each run by itself; one that fails is passed
    over, since the answer may not need it. content: as `Assignment.content`.
    """

    module: str
    name: str
    code: str
    seed: int
    limits: Limits = Limits()
    before: tuple[str, ...] = ()
    content: str = ""

    @property
    def id(self) -> str:
        """The exercise's: `module.name`."""
        return f"{self.module}.{self.name}"

    def exercise(self) -> Exercise:
        """What is asked for; raises ExerciseError where the path has no such module."""
        return exercises_of(self.module, Modules.of(self.content))[self.name]


@dataclasses.dataclass(frozen=True)
class Graded:
    """The verdict on a job and what it took. cpu in seconds, memory in bytes at its peak.

    contained: why the sandbox had to end it, a key of ENDED, or "". failed: the hidden cases, from
    0, that aren't right; cases: how many there are, 0 where none was tried.
    """

    verdict: Verdict
    cpu: float = 0.0
    memory: int = 0
    contained: str = ""
    failed: tuple[int, ...] = ()
    cases: int = 0

"""What the hidden part of a test cell calls under nbgrader: points for one answer.

nbgrader runs a student's code and this in one process: what code there does to the checks, it does
to its own points. `pathkit grade` keeps the two apart.
"""

from __future__ import annotations

import contextlib
import io
import os
import zlib
from typing import Any

from pathkit.checks.loading import exercises_of
from pathkit.checks.own_answer import how_ours
from pathkit.learner.whereabouts import modules_here

# Set by nbgrader_config.py: nbgrader shows hidden tests in feedback, so the seed isn't in them.
SEED = "PATHKIT_SEED"


def points(exercise: str, most: float, answer: Any) -> float:
    """`most` for an answer that passes on hidden probes, else 0.0; says in one line how it went.

    exercise: its id, such as bigram.smoothed. answer: what the student wrote, before `path.check`
    put anything in its place. nbgrader takes any text on stderr for a fault: there is none.
    """
    module, _, name = exercise.partition(".")
    found = exercises_of(module, modules_here())[name]
    if how_ours(answer, found):
        answer = ...
    with contextlib.redirect_stderr(io.StringIO()):
        verdict = found.check(answer, seed())
    # What failed stays hidden; an explained idea is worth more than that.
    said = f": {verdict.message}" if verdict.known else ""
    print(f"{name} on hidden cases: {verdict.status}{said}")
    return float(most) if verdict.passed else 0.0


def seed() -> int:
    """The seed of the hidden probes: the course's own, or else one that notebooks don't use."""
    text = os.environ.get(SEED, "")
    return int(text) if text.isdecimal() else zlib.crc32(b"nbgrader")

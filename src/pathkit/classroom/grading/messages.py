"""What the sandbox is told of a job: how to call the answer, on which probes, and the answer."""

from __future__ import annotations

import ast
import functools
import zlib
from typing import Any

from pathkit.checks.exercise import Exercise
from pathkit.checks.plain import encode, plain
from pathkit.checks.source import untouched
from pathkit.classroom.grading import edition
from pathkit.classroom.grading.limits_and_results import Job


def message(job: Job) -> dict[str, Any]:
    """What the sandbox is told of a job."""
    exercise = job.exercise()
    how = _how_to_call(exercise, job.seed)
    if is_stub(exercise, job.code) is False:  # so nobody needs to look again
        how = how | {"stub": ""}
    return {
        "name": job.name,
        "code": job.code,
        "before": job.before,
        "seed": [zlib.crc32(job.id.encode()), job.seed],
        **how,
    }


@functools.lru_cache(256)
def is_stub(exercise: Exercise, code: str) -> bool | None:
    """Whether a cell is the stub, by its text; None where that doesn't tell."""
    name = exercise.name
    try:
        [only] = ast.parse(code).body
        if exercise.is_value:
            return ast.unparse(only) in (f"{name} = ...", f"{name} = None") or None
        if not isinstance(only, ast.FunctionDef | ast.ClassDef) or only.name != name:
            return None
        return None if only.decorator_list else untouched(code, exercise.stub)
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # nested deeply, for one
        return None


def needs_torch(job: Job) -> bool:
    """Whether torch had better be there already: forking a process that holds it takes longer."""
    ours = cut(job.exercise()).source
    return any("torch" in text for text in (ours, job.code, *job.before))


@functools.cache
def cut(exercise: Exercise) -> edition.Edition:
    """The edition of an exercise; see `edition.edition`."""
    return edition.edition(exercise.file, exercise.module, exercise.name)


@functools.cache
def _how_to_call(exercise: Exercise, seed: int) -> dict[str, Any]:
    """The part of a job that is the same for every learner."""
    found_edition = cut(exercise)
    found = {
        "edition": found_edition.source,
        "stub": "" if exercise.is_value else exercise.stub,
        "seconds": exercise.seconds,
        "needs_call": not exercise.is_value,
    }
    if found_edition.copied_weights:
        weights = (exercise.drive.weights(p[0], p[2]) for p in exercise.draw(seed))
        found["weights"] = [encode(plain(dict(one))) for one in weights]
    return found

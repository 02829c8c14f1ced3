"""Grade a heap of submissions: find answers, run what is new in sandboxes, put records together.

One function does one submission's new answers, in this process, in a pool or on a cluster: the
executor decides where, nothing else differs.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from pathkit.checks.verdict import Verdict
from pathkit.classroom.assignment import Assignment
from pathkit.classroom.collecting.collected import Collected, Submission
from pathkit.classroom.collecting.students import Student
from pathkit.classroom.grading import executors, results
from pathkit.classroom.grading import limits_and_results as job_
from pathkit.classroom.grading.limits_and_results import FAULT, Job, Limits
from pathkit.classroom.grading.one_exercise import (
    fault,
    grade,
    grade_with_public,
    not_attempted,
    public_verdict,
    together,
)
from pathkit.classroom.grading.results import Cache, Record
from pathkit.classroom.sandboxes import UNSAFE, NoSandbox
from pathkit.errors import EnvironmentProblem
from pathkit.files import write_atomically

STATE, CACHE = "grading.json", ".cache/verdicts.jsonl"
# Submissions on their way to workers for each worker: enough to keep them busy, few in memory.
AHEAD = 3
USUAL = Limits()


@dataclasses.dataclass(frozen=True)
class Graded:
    """Everything about one student: records by module and exercise, in the assignment's order.

    submissions: what counted, by module; a module that wasn't handed in has no entry.
    """

    student: Student
    submissions: dict[str, Submission]
    records: tuple[Record, ...]


@dataclasses.dataclass(frozen=True)
class Wanted:
    """An answer to grade: its key in the cache, and the job where it isn't there."""

    record: Record
    key: str
    job: Job | None


def seed_of(out: Path) -> int:
    """The seed of this assignment's hidden probes: drawn once, kept with the grades.

    Raises EnvironmentProblem where it was kept and can't be read: another would change grades.
    """
    file = out / STATE
    try:
        return int(json.loads(file.read_text(encoding="utf-8"))["seed"])
    except FileNotFoundError:
        seed = secrets.randbits(62) + 2  # 0 and 1 are the notebooks' and the tests'
        write_atomically(file, json.dumps({"seed": seed}, indent=1) + "\n")
        return seed
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EnvironmentProblem(
            f"{file} can't be read ({error}), and it holds the seed of the hidden cases; bring it "
            "back, or name an empty folder with --out"
        ) from error


def seed_for(seed: int, exercise: str) -> int:
    """The seed of one exercise's hidden probes: whoever reads it knows no other exercise's."""
    digest = hashlib.sha256(f"{seed} {exercise}".encode()).digest()
    return int.from_bytes(digest[:7]) + 2


def grade_all(
    collected: Collected,
    assignment: Assignment,
    out: Path,
    executor: Executor,
    workers: int,
    limits: Limits = USUAL,
    told: Callable[[int, int], None] = lambda done, of: None,
    place: str = "",
) -> list[Graded]:
    """Grade everything, what is in the cache apart; `told(done, of)` after each submission.

    place: the sandbox to use, by its name; what comes of UNSAFE is kept apart. Raises what the
    executor raises; KeyboardInterrupt leaves all that was done in the cache.
    """
    cache, seed = Cache(out / CACHE), seed_of(out)
    planned = [(s, _wanted(s, assignment, seed, limits, place)) for s in collected.submissions]
    new = [n for _, w in planned if (n := [(o.key, o.job) for o in w if _is_new(o, cache)])]
    told(0, len(new))
    calls = ((None, (jobs, place)) for jobs in new)
    finished = executors.finished(executor, grade_answers, calls, AHEAD * workers)
    for done, (_, answers) in enumerate(finished, 1):
        for name, value in answers:
            (cache.hold if value["contained"] == FAULT else cache.put)(name, value)
        told(done, len(new))
    return _put_together(collected, planned, cache)


def _is_new(wanted: Wanted, cache: Cache) -> bool:
    return wanted.job is not None and wanted.key not in cache


def grade_answers(
    jobs: Sequence[tuple[str, Job]], place: str = ""
) -> list[tuple[str, dict[str, Any]]]:
    """Grade one submission's new answers: what a worker process runs.

    Raises NoSandbox. Whatever else goes wrong with an answer is that answer's row.
    """
    empty = {job: verdict for _, job in jobs if (verdict := not_attempted(job))}
    right, ended = _together([job for _, job in jobs if job not in empty], place)
    known = {job: job_.Graded(verdict) for job, verdict in empty.items()} | right
    return [
        (name, results.to_plain(known[job]) if job in known else _one(job, job in ended, place))
        for name, job in jobs
    ]


def _together(jobs: Sequence[Job], place: str) -> tuple[dict[Job, Any], set[Job]]:
    if len(jobs) < 2:
        return {}, set()
    try:
        return together(jobs, place)
    except NoSandbox:
        raise
    except Exception:  # whose fault it was shows when they are graded one by one
        return {}, set()


def _one(job: Job, ends: bool, place: str) -> dict[str, Any]:
    """What is kept of one answer; one that failed is run on the public probes, too.

    Not where the sandbox or the clock had to end it: that costs the whole time once more. ends:
    whether it is known not to need that.
    """
    try:
        graded, public = grade_with_public(job, place) if ends else (grade(job, place), None)
        kept = results.to_plain(graded)
        if graded.contained or graded.verdict.status in ("passed", "not attempted", "too slow"):
            return kept
        return kept | {"public": (public or public_verdict(job, place)).to_dict()}
    except NoSandbox:
        raise
    except Exception as error:
        said = f"{type(error).__name__}: {error}"
        return results.to_plain(fault(f"{job.module}.{job.name}", said))


def _wanted(
    submission: Submission, assignment: Assignment, seed: int, limits: Limits, place: str
) -> list[Wanted]:
    [module] = [m for m in assignment.modules if m.id == submission.module]
    names = [task.name for task in module.exercises]
    found = submission.attempt.answers
    if found is None:
        said = submission.attempt.trouble
        return [_without(module.id, name, "not usable", said) for name in names]
    wanted = []
    for name in names:
        answer = found.get(name)
        if answer is None:
            said = "No cell of the notebook holds this exercise."
            wanted.append(_without(module.id, name, "not attempted", said))
            continue
        own = seed_for(seed, f"{module.id}.{name}")
        job = Job(
            module.id, name, answer.code, own, limits, answer.before, assignment.content
        )
        name_of_it = results.key(
            **_parts(job), path=assignment.path, unsafe=place == UNSAFE
        )
        verdict = Verdict(f"{module.id}.{name}", "not attempted", "")
        record = Record(module.id, name, verdict, answer.written, answer.found, answer.remarks)
        wanted.append(Wanted(record, name_of_it, job))
    return wanted


def _parts(job: Job) -> dict[str, Any]:
    """What of a job its verdict depends on; where the kit's own modules lie is no matter."""
    parts = dataclasses.asdict(job)
    return parts if job.content else {k: v for k, v in parts.items() if k != "content"}


def _without(module: str, name: str, status: Any, said: str) -> Wanted:
    """An exercise that there is nothing to run for."""
    return Wanted(Record(module, name, Verdict(f"{module}.{name}", status, said)), "", None)


def _put_together(
    collected: Collected, planned: Sequence[tuple[Submission, list[Wanted]]], cache: Cache
) -> list[Graded]:
    graded = []
    of: dict[str, list[tuple[Submission, list[Wanted]]]] = defaultdict(list)
    for submission, wanted in planned:
        of[submission.student.key].append((submission, wanted))
    for student in collected.students:
        own = of[student.key]
        graded.append(Graded(
            student,
            {s.module: s for s, _ in own},
            tuple(record for _, wanted in own for record in _records(wanted, cache)),
        ))
    return graded


def _records(wanted: Sequence[Wanted], cache: Cache) -> Iterator[Record]:
    for one in wanted:
        kept = cache.get(one.key) if one.job else None
        yield one.record if kept is None else dataclasses.replace(
            one.record, verdict=results.verdict_of(kept["verdict"]), cpu=kept["cpu"],
            memory=kept["memory"], contained=kept["contained"],
            failed=tuple(kept.get("failed", ())), cases=kept.get("cases", 0),
            public=results.verdict_of(kept["public"]) if "public" in kept else None,
        )

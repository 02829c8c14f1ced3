"""One exercise of one submission: run in the sandbox, judged here.

The judge reads what comes out as plain data and never calls a learner's code.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import threading
from collections.abc import Sequence
from typing import Any

from pathkit.checks.exercise import Exercise
from pathkit.checks.faults import failing
from pathkit.checks.judge import judge
from pathkit.checks.loading import exercises_of
from pathkit.checks.outputs import Outputs, Returned
from pathkit.checks.plain import Tensor
from pathkit.checks.source import first_blank
from pathkit.checks.verdict import Verdict
from pathkit.classroom.grading import answer_order
from pathkit.classroom.grading.limits_and_results import FAULT, Graded, Job, Limits
from pathkit.classroom.grading.messages import cut, is_stub, message, needs_torch
from pathkit.classroom.grading.sandbox_process import Said, worker
from pathkit.path_modules import Modules

# The seed of the notebooks: learners have seen its probes, so they may be shown.
PUBLIC = 0
TOGETHER = 15.0  # seconds for all answers of a submission in one process
# A process does one job at a time: judging stops and listens to calls, which threads can't share.
ONE = threading.Lock()
ENDED = {
    "time": "It was stopped after {wall:g} seconds.",
    "cpu": "It was stopped after {cpu:g} seconds of computing.",
    "memory": "It asked for more than {memory} MB of memory.",
    "killed": "It was stopped by the system, most likely for its memory.",
    "output": "It gave back more than can be judged.",
    "exit": "It ended the whole process instead of returning.",
    "crash": "It brought its process down before it gave anything back.",
    "worker": "It brought down the process that ran it.",
    "forged": "What came back isn't the result of a call.",
}


def grade(job: Job, place: str = "") -> Graded:
    """Run a job in this process's sandbox and judge what came out.

    place: the sandbox's name; the first that works by default. Raises NoSandbox when there is none,
    ExerciseError for an exercise that doesn't exist.
    """
    with ONE:
        return _graded(job, place)


def together(jobs: Sequence[Job], place: str = "") -> tuple[dict[Job, Graded], set[Job]]:
    """Run one learner's jobs in one process, and judge: those that are right, and the rest.

    Much cheaper than a process for each. A pass is a pass: what came out on the hidden probes is
    right. The others may have been spoilt by one before them, and are to be graded by themselves;
    of these, those that came to an end are the second part. A job is told to the process when the
    one before has handed its outputs in, in the order of `batch.in_turn`: so no answer is there
    together with functions of ours that are what it is asked for. Raises as `grade` does.
    """
    jobs = _in_turn(jobs)
    if len(jobs) < 2:
        return {}, set()
    limits = jobs[0].limits
    limits = dataclasses.replace(
        limits, cpu=min(limits.cpu, TOGETHER), wall=min(limits.wall, TOGETHER)
    )
    with ONE:
        said = worker(place, any(map(needs_torch, jobs))).run(limits, map(message, jobs))
        right, ended = {}, set()
        for job, line in zip(jobs, said.lines, strict=False):
            with contextlib.suppress(ValueError):
                exercise, outputs = job.exercise(), _outputs(job, line)
                verdict = exercise.judge(outputs, job.seed)
                if verdict.passed:
                    cases = len(exercise.standard(job.seed).probes)
                    cpu = round(said.cpu / len(jobs), 4)
                    right[job] = Graded(verdict, cpu, said.memory, cases=cases)
                elif verdict.status != "too slow":
                    ended.add(job)
        return right, ended


def _in_turn(jobs: Sequence[Job]) -> list[Job]:
    if not jobs:
        return []
    places = {name: i for i, name in enumerate(_order(jobs[0].module, jobs[0].content))}
    return sorted((j for j in jobs if j.name in places), key=lambda j: places[j.name])


@functools.cache
def _order(module: str, content: str) -> tuple[str, ...]:
    found = exercises_of(module, Modules.of(content))
    return answer_order.in_turn(module, {name: exercise.file for name, exercise in found.items()})


def grade_with_public(job: Job, place: str = "") -> tuple[Graded, Verdict | None]:
    """`grade` and `public_verdict` in one process; the verdict is None where it didn't get there.

    The process is told of the hidden probes when its outputs on the public ones are here: what is
    shown to the answer's author can't hold any of the former. Raises as `grade` does.
    """
    with ONE:
        exercise = job.exercise()
        public = dataclasses.replace(job, seed=PUBLIC)
        messages = (message(one) for one in (public, job))
        said = worker(place, needs_torch(job)).run(job.limits, messages)
        if len(said.lines) < 2 or said.ended:
            return _graded(job, place), None
        try:
            first, outputs = _outputs(public, said.lines[0]), _outputs(job, said.lines[1])
        except ValueError:
            return _graded(job, place), None
        return _judged(exercise, job, outputs, said), _public(exercise, first)


def _graded(job: Job, place: str) -> Graded:
    exercise = job.exercise()
    said = worker(place, needs_torch(job)).run(job.limits, [message(job)])
    if said.ended == FAULT:
        return dataclasses.replace(fault(exercise.id, said.rest), cpu=said.cpu,
                                   memory=said.memory)
    outputs, ended = _read(job, said)
    if outputs is None:
        return Graded(_stopped(exercise, ended, job.limits), said.cpu, said.memory, ended)
    return _judged(exercise, job, outputs, said)


def _judged(exercise: Exercise, job: Job, outputs: Outputs, said: Said) -> Graded:
    verdict, standard = exercise.judge(outputs, job.seed), exercise.standard(job.seed)
    failed = () if verdict.passed else failing(outputs, standard)
    return Graded(verdict, said.cpu, said.memory, failed=failed, cases=len(standard.probes))


def public_verdict(job: Job, place: str = "") -> Verdict:
    """What the same code does on the notebook's own probes: this may be shown to its author.

    It is run once more, since an answer can put what it was called with into any text that it
    gives back.
    """
    with ONE:
        exercise = job.exercise()
        job = dataclasses.replace(job, seed=PUBLIC)
        said = worker(place, needs_torch(job)).run(job.limits, [message(job)])
        outputs, ended = _read(job, said)
        if outputs is None:
            return _stopped(exercise, ended, job.limits)
        return _public(exercise, outputs)


def _public(exercise: Exercise, outputs: Outputs) -> Verdict:
    """Misconceptions aren't looked for: the smallest failing input is wanted."""
    return judge(outputs, dataclasses.replace(exercise.standard(PUBLIC), known=lambda: ()))


def not_attempted(job: Job) -> Verdict | None:
    """The verdict on a cell that holds the stub and nothing else, as its text shows."""
    exercise = job.exercise()
    if is_stub(exercise, job.code):
        return exercise.judge(Outputs(attempted=False, blank=first_blank(job.code)), job.seed)
    return None


def fault(exercise: str, said: str) -> Graded:
    """What stands for a verdict where grading itself went wrong."""
    message = f"The exercise can't be graded ({said[:300]}): our fault, not theirs."
    return Graded(Verdict(exercise, "not checked", message), contained=FAULT)


def _read(job: Job, said: Said) -> tuple[Outputs | None, str]:
    if said.ended:
        return None, said.ended if said.ended in ENDED else "crash"
    if not said.lines:
        return None, "forged" if said.rest else "exit"
    try:
        return _outputs(job, said.lines[0]), ""
    except ValueError:
        return None, "forged"


def _outputs(job: Job, text: str) -> Outputs:
    """What came out of the sandbox; where a value did, what the exercise's drive makes of it.

    Raises ValueError for what isn't outputs of a run.
    """
    outputs = Outputs.from_json(text)
    match outputs.results:
        case [Returned(value=value)] if cut(job.exercise()).driven_outside:
            return job.exercise().plain_run(_bare(value), job.seed)
    return outputs


def _bare(value: Any) -> Any:
    """A plain value with arrays for tensors: a drive takes what a learner writes."""
    match value:
        case Tensor():
            return value.values
        case list() | tuple():
            return [_bare(part) for part in value]
    return value


def _stopped(exercise: Exercise, ended: str, limits: Limits) -> Verdict:
    said = ENDED[ended].format(
        wall=limits.wall, cpu=limits.cpu, memory=limits.memory // 2**20
    )
    return Verdict(exercise.id, "too slow" if ended in ("time", "cpu") else "not usable", said)



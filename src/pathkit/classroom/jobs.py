"""One exercise of one submission: run in the sandbox, judged here.

Each process that grades has a sandboxed worker of its own, started when the first job comes and
again when a job has brought it down. The judge reads what comes out as plain data and never calls
a learner's code.
"""

from __future__ import annotations

import atexit
import contextlib
import dataclasses
import functools
import json
import os
import select
import subprocess
import threading
import time
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from pathkit.checks.judge import failing, judge
from pathkit.checks.outputs import Outputs, Returned
from pathkit.checks.plain import Tensor, encode, plain
from pathkit.checks.verdict import Verdict
from pathkit.classroom import edition, sandboxes
from pathkit.classroom.worker import HEAD
from pathkit.exercise import Exercise, exercises_of, module_of

# The seed of the notebooks: learners have seen its probes, so they may be shown.
PUBLIC = 0
# Beyond a job's own wall time: for the worker to notice, kill and tidy up.
GRACE = 10.0
SECONDS_TO_END = 2.0
OWN_MEMORY = 2**29  # bytes of a worker with torch, and of what is written to its folders
TOGETHER = 15.0  # seconds for all answers of a submission in one process
# A process does one job at a time: judging stops and listens to calls, which threads can't share.
ONE = threading.Lock()
MOST_ANSWER = 2**26
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
    over, since the answer may not need it.
    """

    module: str
    name: str
    code: str
    seed: int
    limits: Limits = Limits()
    before: tuple[str, ...] = ()


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


def grade(job: Job, place: str = "") -> Graded:
    """Run a job in this process's sandbox and judge what came out.

    place: the sandbox's name; the first that works by default. Raises NoSandbox when there is none,
    ExerciseError for an exercise that doesn't exist.
    """
    with ONE:
        return _graded(job, place)


def right_together(jobs: Sequence[Job], place: str = "") -> dict[Job, Graded]:
    """Run one learner's jobs in one process, and judge; those that turn out right.

    Much cheaper than a process for each. A pass is a pass: what came out on the hidden probes is
    right. The others may have been spoilt by one before them, and are to be graded by themselves.
    So are those whose probes bring functions of ours along: one of them may be what another
    exercise asks for. Raises as `grade` does.
    """
    jobs = [job for job in jobs if not _edition(job.module, job.name).has_definitions]
    if len(jobs) < 2:
        return {}
    with ONE:
        return _right_together(jobs, place)


def _right_together(jobs: Sequence[Job], place: str) -> dict[Job, Graded]:
    limits = jobs[0].limits
    limits = dataclasses.replace(
        limits, cpu=min(limits.cpu, TOGETHER), wall=min(limits.wall, TOGETHER)
    )
    answer = _worker(place, any(map(_needs_torch, jobs))).run({
        "job": jobs[0].module, "limits": dataclasses.asdict(limits),
        "batch": [_message(job) for job in jobs],
    })
    found = {}
    cpu, memory = answer.get("cpu", 0.0) / len(jobs), answer.get("memory", 0) * 1024
    for job, line in zip(jobs, answer.get("outputs", "").split("\n"), strict=False):
        with contextlib.suppress(ValueError, KeyError):
            exercise = exercises_of(job.module)[job.name]
            verdict = exercise.judge(_outputs(job, line), job.seed)
            if verdict.passed:
                cases = len(exercise.standard(job.seed).probes)
                found[job] = Graded(verdict, round(cpu, 4), memory, cases=cases)
    return found


def _graded(job: Job, place: str) -> Graded:
    exercise = exercises_of(job.module)[job.name]
    answer = _worker(place, _needs_torch(job)).run(_message(job))
    cpu, memory = answer.get("cpu", 0.0), answer.get("memory", 0) * 1024
    if answer.get("ended") == FAULT:
        return dataclasses.replace(fault(exercise.id, str(answer.get("said", ""))), cpu=cpu,
                                   memory=memory)
    outputs, ended = _read(job, answer)
    if outputs is None:
        return Graded(_stopped(exercise, ended, job.limits), cpu, memory, ended)
    verdict, standard = exercise.judge(outputs, job.seed), exercise.standard(job.seed)
    failed = () if verdict.passed else failing(outputs, standard)
    return Graded(verdict, cpu, memory, failed=failed, cases=len(standard.probes))


def public_verdict(job: Job, place: str = "") -> Verdict:
    """What the same code does on the notebook's own probes: this may be shown to its author.

    It is run once more, since an answer can put what it was called with into any text that it
    gives back. Misconceptions aren't looked for: the smallest failing input is wanted.
    """
    with ONE:
        exercise = exercises_of(job.module)[job.name]
        job = dataclasses.replace(job, seed=PUBLIC)
        outputs, ended = _read(job, _worker(place, _needs_torch(job)).run(_message(job)))
        if outputs is None:
            return _stopped(exercise, ended, job.limits)
        return judge(outputs, dataclasses.replace(exercise.standard(PUBLIC), known=lambda: ()))


def _message(job: Job) -> dict[str, Any]:
    """What the sandbox is told of a job."""
    exercise = f"{job.module}.{job.name}"
    return {
        "job": exercise,
        "name": job.name,
        "code": job.code,
        "before": job.before,
        "seed": [zlib.crc32(exercise.encode()), job.seed],
        "limits": dataclasses.asdict(job.limits),
        **_how_to_call(job.module, job.name, job.seed),
    }


def _needs_torch(job: Job) -> bool:
    """Whether torch had better be there already: forking a process that holds it takes longer."""
    ours = _edition(job.module, job.name).source
    return any("torch" in text for text in (ours, job.code, *job.before))


def fault(exercise: str, said: str) -> Graded:
    """What stands for a verdict where grading itself went wrong."""
    message = f"The exercise can't be graded ({said[:300]}): our fault, not theirs."
    return Graded(Verdict(exercise, "not checked", message), contained=FAULT)


def _read(job: Job, answer: dict[str, Any]) -> tuple[Outputs | None, str]:
    if "ended" in answer:
        return None, answer["ended"] if answer["ended"] in ENDED else "crash"
    try:
        return _outputs(job, answer["outputs"]), ""
    except (ValueError, KeyError):
        return None, "forged"


def _outputs(job: Job, text: str) -> Outputs:
    """What came out of the sandbox; where a value did, what the exercise's drive makes of it.

    Raises ValueError for what isn't outputs of a run.
    """
    outputs = Outputs.from_json(text)
    match outputs.results:
        case [Returned(value=value)] if _edition(job.module, job.name).driven_outside:
            return exercises_of(job.module)[job.name].plain_run(_bare(value), job.seed)
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


@functools.cache
def _edition(module: str, name: str) -> edition.Edition:
    return edition.edition(Path(module_of(module).__file__), module, name)


@functools.cache
def _how_to_call(module: str, name: str, seed: int) -> dict[str, Any]:
    """The part of a job that is the same for every learner."""
    exercise = exercises_of(module)[name]
    cut = _edition(module, name)
    found = {
        "edition": cut.source,
        "stub": "" if exercise.is_value else exercise.stub,
        "seconds": exercise.seconds,
        "needs_call": not exercise.is_value,
    }
    if cut.copied_weights:
        weights = (exercise.drive.weights(p[0], p[2]) for p in exercise.draw(seed))
        found["weights"] = [encode(plain(dict(one))) for one in weights]
    return found


@functools.cache
def _worker(place: str, torch: bool) -> Worker:
    worker = Worker(sandboxes.best(place, _own_uid()), torch)
    atexit.register(worker.end)
    return worker


def _own_uid() -> int:
    """As root: a user for this process's sandbox alone, so that limits on processes don't mix."""
    return 200_000 + os.getpid() % 100_000


def _write(file: int, data: bytes) -> None:
    while data:
        data = data[os.write(file, data) :]


class Worker:
    """A sandboxed process that runs one job at a time and is started again when it dies."""

    def __init__(self, place: sandboxes.Sandbox, torch: bool = True):
        self.place = place
        self.program = ["pathkit.classroom.worker", *["--torch"] * torch]
        self._process: subprocess.Popen | None = None
        self.memory = 0

    def run(self, job: dict[str, Any]) -> dict[str, Any]:
        """What the worker says of a job; {"ended": …} when the job brought it down."""
        body = json.dumps(job).encode()
        head = json.dumps({
            "job": job["job"], "wall": job["limits"]["wall"], "batch": "batch" in job,
            "size": len(body),
        })
        until = time.monotonic() + job["limits"]["wall"] + GRACE
        process = self._started(job["limits"]["memory"])
        try:
            _write(process.stdin.fileno(), head.encode().ljust(HEAD) + body)
            line, _, out = self._until(until, lambda text: b"\n" in text).partition(b"\n")
            answer = json.loads(line)
            if not isinstance(answer, dict) or answer.get("job") != job["job"]:
                raise ValueError("an answer to something else")
            missing = answer["size"] - len(out)
            out += self._until(until, lambda text: len(text) >= missing) if missing else b""
            text = out.decode("utf-8", "replace")
            if answer.get("ended") == FAULT:
                return answer | {"said": text}
            return answer if "ended" in answer else answer | {"outputs": text.removeprefix("\0")}
        except TimeoutError:
            self.stop()
            return {"ended": "time"}
        except (OSError, ValueError, KeyError, TypeError, EOFError):
            self.stop()
            return {"ended": "worker"}

    def _started(self, memory: int) -> subprocess.Popen:
        if self._process is None or self._process.poll() is not None or self.memory != memory:
            self.stop()
            self.memory = memory
            self._process = sandboxes.start(
                self.place, *self.program, memory=memory + OWN_MEMORY,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0,
            )
            try:
                self._until(time.monotonic() + 120, lambda text: text.endswith(b"\n"))
            except (OSError, EOFError) as error:
                self.stop()
                raise sandboxes.NoSandbox(f"{self.place.name}: the worker didn't start") from error
        return self._process

    def _until(self, until: float, whole: Callable[[bytearray], bool]) -> bytearray:
        """What it says next, as far as `whole`; raises TimeoutError, EOFError, or ValueError."""
        out = self._process.stdout
        said = bytearray()
        while not whole(said):
            left = until - time.monotonic()
            if left <= 0 or not select.select([out], [], [], left)[0]:
                raise TimeoutError
            part = os.read(out.fileno(), 2**20)
            if not part:
                raise EOFError
            said += part
            if len(said) > MOST_ANSWER:
                raise ValueError("too much")
        return said

    def end(self) -> None:
        """Let an idle worker end by itself, so that what it used is counted as ours."""
        if self._process is not None:
            with contextlib.suppress(OSError, subprocess.TimeoutExpired):
                self._process.stdin.close()
                self._process.wait(SECONDS_TO_END)
        self.stop()

    def stop(self) -> None:
        """End the worker and all that runs in its sandbox."""
        process, self._process = self._process, None
        if process is not None:
            sandboxes.end(process)

"""One exercise of one submission: run in the sandbox, judged here.

Each process that grades has a sandboxed worker of its own, started when the first job comes and
again when a job has brought it down. The judge reads what comes out as plain data and never calls
a learner's code.
"""

from __future__ import annotations

import ast
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
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pathkit.checks.judge import failing, judge
from pathkit.checks.outputs import Outputs, Returned
from pathkit.checks.plain import Tensor, encode, plain
from pathkit.checks.verdict import Verdict
from pathkit.classroom import sandboxes
from pathkit.classroom.grading import batch, edition
from pathkit.classroom.inside.worker import BEGUN, FRAME, JOB, LAST, MESSAGE, SAID
from pathkit.exercise import Exercise, exercises_of, module_of
from pathkit.source import untouched

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
        said = _worker(place, any(map(_needs_torch, jobs))).run(limits, map(_message, jobs))
        right, ended = {}, set()
        for job, line in zip(jobs, said.lines, strict=False):
            with contextlib.suppress(ValueError):
                exercise, outputs = exercises_of(job.module)[job.name], _outputs(job, line)
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
    places = {name: i for i, name in enumerate(_order(jobs[0].module))}
    return sorted((j for j in jobs if j.name in places), key=lambda j: places[j.name])


@functools.cache
def _order(module: str) -> tuple[str, ...]:
    return batch.in_turn(Path(module_of(module).__file__), module, tuple(exercises_of(module)))


def grade_with_public(job: Job, place: str = "") -> tuple[Graded, Verdict | None]:
    """`grade` and `public_verdict` in one process; the verdict is None where it didn't get there.

    The process is told of the hidden probes when its outputs on the public ones are here: what is
    shown to the answer's author can't hold any of the former. Raises as `grade` does.
    """
    with ONE:
        exercise = exercises_of(job.module)[job.name]
        public = dataclasses.replace(job, seed=PUBLIC)
        messages = (_message(one) for one in (public, job))
        said = _worker(place, _needs_torch(job)).run(job.limits, messages)
        if len(said.lines) < 2 or said.ended:
            return _graded(job, place), None
        try:
            first, outputs = _outputs(public, said.lines[0]), _outputs(job, said.lines[1])
        except ValueError:
            return _graded(job, place), None
        return _judged(exercise, job, outputs, said), _public(exercise, first)


def _graded(job: Job, place: str) -> Graded:
    exercise = exercises_of(job.module)[job.name]
    said = _worker(place, _needs_torch(job)).run(job.limits, [_message(job)])
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
        exercise = exercises_of(job.module)[job.name]
        job = dataclasses.replace(job, seed=PUBLIC)
        said = _worker(place, _needs_torch(job)).run(job.limits, [_message(job)])
        outputs, ended = _read(job, said)
        if outputs is None:
            return _stopped(exercise, ended, job.limits)
        return _public(exercise, outputs)


def _public(exercise: Exercise, outputs: Outputs) -> Verdict:
    """Misconceptions aren't looked for: the smallest failing input is wanted."""
    return judge(outputs, dataclasses.replace(exercise.standard(PUBLIC), known=lambda: ()))


def _message(job: Job) -> dict[str, Any]:
    """What the sandbox is told of a job."""
    exercise = f"{job.module}.{job.name}"
    how = _how_to_call(job.module, job.name, job.seed)
    if _is_stub(job.module, job.name, job.code) is False:  # so nobody needs to look again
        how = how | {"stub": ""}
    return {
        "name": job.name,
        "code": job.code,
        "before": job.before,
        "seed": [zlib.crc32(exercise.encode()), job.seed],
        **how,
    }


def not_attempted(job: Job) -> Verdict | None:
    """The verdict on a cell that holds the stub and nothing else, as its text shows."""
    exercise = exercises_of(job.module)[job.name]
    if _is_stub(job.module, job.name, job.code):
        return exercise.judge(Outputs(attempted=False), job.seed)
    return None


@functools.lru_cache(256)
def _is_stub(module: str, name: str, code: str) -> bool | None:
    """Whether a cell is the stub, by its text; None where that doesn't tell."""
    exercise = exercises_of(module)[name]
    try:
        [only] = ast.parse(code).body
        if exercise.is_value:
            return ast.unparse(only) in (f"{name} = ...", f"{name} = None") or None
        if not isinstance(only, ast.FunctionDef | ast.ClassDef) or only.name != name:
            return None
        return None if only.decorator_list else untouched(code, exercise.stub)
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # nested deeply, for one
        return None


def _needs_torch(job: Job) -> bool:
    """Whether torch had better be there already: forking a process that holds it takes longer."""
    ours = _edition(job.module, job.name).source
    return any("torch" in text for text in (ours, job.code, *job.before))


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


@dataclasses.dataclass(frozen=True)
class Said:
    """What came of a job: a line for each message that was answered.

    rest: what came after them; ended: why it was ended, "" where it ended by itself. cpu in
    seconds, memory in bytes.
    """

    lines: tuple[str, ...] = ()
    rest: str = ""
    ended: str = ""
    cpu: float = 0.0
    memory: int = 0


class Worker:
    """A sandboxed process that runs one job at a time and is started again when it dies."""

    def __init__(self, place: sandboxes.Sandbox, torch: bool = True):
        self.place = place
        self.program = ["pathkit.classroom.inside.worker", *["--torch"] * torch]
        self._process: subprocess.Popen | None = None
        self.memory = 0

    def run(self, limits: Limits, messages: Iterable[dict[str, Any]]) -> Said:
        """What a job's process answers; each message is sent when the one before is answered.

        A job that brought the worker down has ended as "time" or "worker".
        """
        waiting = [json.dumps(one).encode() + b"\n" for one in messages]
        self._started(limits.memory)
        heard = bytearray()
        try:
            self._send(JOB, json.dumps(dataclasses.asdict(limits)).encode())
            for count, message in enumerate(waiting, 1):
                until = time.monotonic() + limits.wall + GRACE
                self._send(MESSAGE, message, until)
                while heard.count(b"\n") < count:
                    if (how := self._hear(heard, until)) is not None:
                        return _said(heard, how)
            until = time.monotonic() + limits.wall + GRACE
            self._send(LAST, b"", until)
            while (how := self._hear(heard, until)) is None:
                pass
            return _said(heard, how)
        except TimeoutError:
            self.stop()
            return Said(ended="time")
        except (OSError, ValueError, EOFError):
            self.stop()
            return Said(ended="worker")

    def _started(self, memory: int) -> subprocess.Popen:
        if self._process is None or self._process.poll() is not None or self.memory != memory:
            self.stop()
            self.memory = memory
            self._process = sandboxes.start(
                self.place, *self.program, memory=memory + OWN_MEMORY,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0,
            )
            try:
                os.set_blocking(self._process.stdin.fileno(), False)
                self._hear(bytearray(), time.monotonic() + 120)
            except (OSError, ValueError, EOFError) as error:
                self.stop()
                raise sandboxes.NoSandbox(f"{self.place.name}: the worker didn't start") from error
        return self._process

    def _send(self, kind: bytes, data: bytes, until: float | None = None) -> None:
        """Send a frame. Raises TimeoutError where it isn't taken."""
        file, data = self._process.stdin.fileno(), FRAME.pack(kind, len(data)) + data
        until = until or time.monotonic() + GRACE
        while data:
            left = until - time.monotonic()
            if left <= 0 or not select.select([], [file], [], left)[1]:
                raise TimeoutError
            data = data[os.write(file, data) :]

    def _hear(self, heard: bytearray, until: float) -> dict[str, Any] | None:
        """Add the next frame of what the child says; or return how it ended.

        Raises TimeoutError, EOFError, or ValueError for too much.
        """
        kind, size = FRAME.unpack(self._bytes(FRAME.size, until))
        if size + len(heard) > MOST_ANSWER:
            raise ValueError("too much")
        data = self._bytes(size, until)
        if kind == SAID:
            heard += data
            return None
        return json.loads(data)

    def _bytes(self, size: int, until: float) -> bytes:
        out = self._process.stdout
        parts = []
        while size:
            left = until - time.monotonic()
            if left <= 0 or not select.select([out], [], [], left)[0]:
                raise TimeoutError
            part = os.read(out.fileno(), size)
            if not part:
                raise EOFError
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

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


def _said(heard: bytearray, how: dict[str, Any]) -> Said:
    begun, ended = heard.startswith(BEGUN), how.get("ended", "")
    if ended == FAULT and begun:  # whatever the learner's code says
        ended = "crash"
    *lines, rest = bytes(heard).removeprefix(BEGUN).decode("utf-8", "replace").split("\n")
    return Said(tuple(lines), rest[:500], ended, how["cpu"], how["memory"] * 1024)

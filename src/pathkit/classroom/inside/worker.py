"""Runs inside the sandbox: forks one child for each job and passes on what it is told and says.

It imports NumPy and torch once. What goes to and fro is in frames: a letter, a length, bytes. A job
begins with a frame of its limits; then come messages, each with the sandbox's edition of one
exercise, a seed and one learner's code. Only the job's child reads these: it answers each with one
line, the JSON of `Outputs`. So nothing of one job is in the memory that the next one's child starts
with, and of a job's messages a child knows those that were sent so far. Nothing here knows a
reference.

As process 1 of the sandbox's process namespace it can't be killed from inside, and it is not
dumpable, so that a child can't look into its memory. After each job it kills everything else.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import json
import linecache
import os
import resource
import select
import shutil
import signal
import struct
import sys
import time
from typing import Any

from pathkit.checks.outputs import MOST_MESSAGE, Outputs
from pathkit.checks.plain import name_of
from pathkit.checks.run import call, run
from pathkit.classroom.inside.tighten import hide, tighten

FILE = "<answer>"
# What a job may leave behind lies here, and is cleared after it.
SCRATCH = ("/scratch", "/dev/shm")
MOST_OUTPUT = 2**22  # bytes; right answers give a few thousand, and decoding takes much more
FAULT, CHANGED = 73, 74
NOBODY = 65534
KINDS_OF_LIMITS = 16
BEGUN = b"\0"
# Frames. To the worker: limits of a new job, a message for its child, no more messages. From it:
# what the child says, and how the job ended.
FRAME = struct.Struct("!cQ")
JOB, MESSAGE, LAST, SAID, ENDED = b"J", b"M", b".", b"S", b"E"
BUFFER = 2**16
SECONDS_TO_LOOK = 0.5
ENDED_ITSELF = "itself"


def main() -> None:
    """Serve jobs until standard input ends."""
    hide()
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    if "--torch" in sys.argv:
        import torch

        torch.set_num_threads(1)
    import numpy.random  # noqa: F401

    jobs, answers = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(null, number)
    _warm_up()
    gc.collect()
    gc.freeze()  # shared pages stay shared when a child collects its garbage
    _send(answers, ENDED, {"ready": os.getpid()})
    while head := _exactly(jobs, FRAME.size):
        kind, size = FRAME.unpack(head)
        if kind == JOB:
            _send(answers, ENDED, _contained(json.loads(_exactly(jobs, size)), jobs, answers))
        else:  # for a job that ended before it came
            _pass_over(jobs, size)


def _send(file: int, kind: bytes, said: dict[str, Any]) -> None:
    data = json.dumps(said).encode()
    _write(file, FRAME.pack(kind, len(data)) + data)


def _exactly(file: int, size: int) -> bytes:
    """So many bytes; fewer where the file ends."""
    data = b""
    while len(data) < size and (part := os.read(file, size - len(data))):
        data += part
    return data


def _pass_over(file: int, size: int) -> None:
    passed = bytearray(BUFFER)
    place = memoryview(passed)
    while size and (part := os.readv(file, [place[:size]])):
        size -= part
    passed[:] = bytes(BUFFER)


def _warm_up() -> None:
    """Do a job of our own, so that no child has to import and set up what all need."""
    job = {
        "name": "same", "before": ["import numpy as np", "import pathkit as path"],
        "code": "def same(x):\n    return x + 0\n", "stub": "def same(x):\n    ...\n",
        "seconds": 5.0, "needs_call": True,
        "edition": "import numpy as np\nPROBES = lambda rng: [(rng.normal(size=(2, 2)),)]\n",
        "seed": [0, 0],
    }
    _answered(job, *_drawn(job)).to_json()


def _contained(limits: dict[str, Any], jobs: int, answers: int) -> dict[str, Any]:
    """Run a job in a child and tidy up after it, whatever it did. Returns how it ended."""
    before = _state()
    reader, writer = os.pipe()
    source, sink = os.pipe()
    child = os.fork()
    if child == 0:
        status = 70
        try:
            for file in (reader, sink, jobs, answers):
                os.close(file)
            if not _is_alone():
                os.setsid()
            _answer_all(os.fdopen(source, "rb"), writer, limits)
            status = 0
        except _OurFault as fault:
            _write(writer, str(fault)[:500].encode())
            status = FAULT
        except MemoryError:
            status = 71
        except BaseException:
            status = 72
        finally:
            os._exit(status)
    os.close(writer)
    os.close(source)
    os.set_blocking(sink, False)
    why = _Relay(child, jobs, sink, reader, answers).until_the_end(limits["wall"])
    os.close(reader)
    status, usage = _end(child)
    if _state() != before:  # a user may do that to all processes of theirs; a fresh one is needed
        os._exit(CHANGED)
    _tidy()
    result = {"cpu": round(usage.ru_utime + usage.ru_stime, 4), "memory": usage.ru_maxrss}
    if why:
        return result | {"ended": why}
    return result | ({"ended": _cause(status)} if status else {})


def _state() -> tuple[Any, ...]:
    """What another process of the same user may change about this one."""
    if not sys.platform.startswith("linux"):
        return ()
    return (*map(resource.getrlimit, range(KINDS_OF_LIMITS)), os.getpriority(os.PRIO_PROCESS, 0),
            os.sched_getscheduler(0), os.sched_getaffinity(0))


class _Relay:
    """Passes messages on to a job's child, and what it says back, without keeping either."""

    def __init__(self, child: int, jobs: int, sink: int, reader: int, answers: int):
        self.child = child
        self.jobs, self.sink, self.reader, self.answers = jobs, sink, reader, answers
        self.held = bytearray(BUFFER)  # what the child hasn't taken yet
        self.start = self.end = 0
        self.left = 0  # of the message that is coming in
        self.said = 0

    def until_the_end(self, seconds: float) -> str:
        """Go on until the child closes its pipe; returns why it was cut short, or "".

        seconds: what the child may take for each message.
        """
        try:
            return self._pass_on(seconds)
        finally:
            self._no_more()
            self.held[:] = bytes(len(self.held))
            _pass_over(self.jobs, self.left)

    def _pass_on(self, seconds: float) -> str:
        until = time.monotonic() + seconds
        while True:
            full = self.start < self.end
            inward = [self.reader] if full or self.sink < 0 else [self.reader, self.jobs]
            left = until - time.monotonic()
            if left <= 0:
                return "time"
            ready = select.select(inward, [self.sink] * full, [], min(left, SECONDS_TO_LOOK))
            if not any(ready) and _has_ended(self.child) and not _has_come(self.reader):
                return ""  # what it started may hold the pipe open
            if self.reader in ready[0]:
                if why := self._pass_back():
                    return "" if why == ENDED_ITSELF else why
            elif full and ready[1]:
                self._give()
            elif self.jobs in ready[0]:
                if not self.left:
                    until = time.monotonic() + seconds
                self._take()

    def _pass_back(self) -> str:
        """Pass on what the child says; returns why to stop, or "" to go on."""
        said = bytearray(BUFFER)
        size = os.readv(self.reader, [said])
        if not size:
            return ENDED_ITSELF
        self.said += size
        if self.said > MOST_OUTPUT:
            return "output"
        _write(self.answers, FRAME.pack(SAID, size))
        _write(self.answers, memoryview(said)[:size])
        said[:size] = bytes(size)
        return ""

    def _take(self) -> None:
        """Take what there is of the message that is coming in."""
        if not self.left:
            kind, self.left = FRAME.unpack(_exactly(self.jobs, FRAME.size))
            if kind == LAST:
                self._no_more()
            return
        most = memoryview(self.held)[: min(self.left, BUFFER)]
        self.start, self.end = 0, os.readv(self.jobs, [most])
        if not self.end:
            raise EOFError
        self.left -= self.end

    def _give(self) -> None:
        try:
            self.start += os.write(self.sink, memoryview(self.held)[self.start : self.end])
        except BrokenPipeError:  # it doesn't listen any more
            self.start = self.end
        except BlockingIOError:
            pass

    def _no_more(self) -> None:
        if self.sink >= 0:
            os.close(self.sink)
            self.sink = -1


def _limit(limits: dict[str, Any]) -> None:
    """Limits of this process and of what it starts. cpu in seconds, memory and file in bytes."""
    soft = int(limits["cpu"])
    resource.setrlimit(resource.RLIMIT_CPU, (soft, soft + 1))
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits["file"], limits["file"]))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    tighten()
    if os.getuid() < NOBODY:  # somebody's own processes would count
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NPROC, (limits["processes"], limits["processes"]))


def _answer_all(messages: Any, writer: int, limits: dict[str, Any]) -> None:
    """In the child: do what each message asks for, and write its outputs as a line.

    What of the first one is ours is done before the limits. Then comes a mark: what goes wrong
    after it is not our fault, whatever the learner's code says.
    """
    begun = False
    for line in messages:
        job = json.loads(line)
        drawn = _drawn(job)
        if not begun:
            _limit(limits)
            _write(writer, BEGUN)
        begun = True
        _write(writer, _answered(job, *drawn).to_json().encode() + b"\n")


def _answered(job: dict[str, Any], drive: Any, probes: list[tuple]) -> Outputs:
    settings = {key: job[key] for key in ("stub", "seconds", "needs_call")}
    name, before, code = job["name"], job["before"], job["code"]
    job.clear()
    try:
        found = _defined(before, code, name)
    except SyntaxError as error:
        said = f"The cell can't be read: {error.msg} in line {error.lineno}"
        return Outputs(unusable=f"{said[:MOST_MESSAGE]}.")
    except (Exception, SystemExit) as error:
        said = " ".join(str(error).split())[:MOST_MESSAGE]
        return Outputs(unusable=f"The cell itself raises {name_of(type(error))}: {said}.")
    if found is _MISSING:
        return Outputs(attempted=False)
    return run(found, probes, drive=drive, **settings)


class _OurFault(Exception):
    """The probes of an exercise can't be drawn here: not the learner's doing."""


def _drawn(job: dict[str, Any]) -> tuple[Any, list[tuple]]:
    """How the answer is called, and the probes."""
    try:
        return _drawn_now(job)
    except Exception as error:
        raise _OurFault(f"{type(error).__name__}: {error}") from error


def _drawn_now(job: dict[str, Any]) -> tuple[Any, list[tuple]]:
    import numpy as np

    ours: dict[str, Any] = {"__name__": "probes"}
    exec(compile(job["edition"], "<probes>", "exec"), ours)
    probes = [tuple(probe) for probe in ours["PROBES"](np.random.default_rng(job["seed"]))]
    if job.get("weights"):
        return _under_weights(job["weights"], probes, ours.get("SHOWN"))
    return ours.get("DRIVE", call), probes


_MISSING = object()


def _defined(before: list[str], code: str, name: str) -> Any:
    """Run a learner's cell and take what it defines; its lines can be shown in messages."""
    linecache.cache[FILE] = (len(code), None, code.splitlines(keepends=True), FILE)
    namespace: dict[str, Any] = {"__name__": "__main__"}
    for statement in before:
        with contextlib.suppress(Exception, SystemExit):
            exec(_compiled(statement), namespace)
    namespace.pop(name, None)
    exec(compile(code, FILE, "exec"), namespace)
    return namespace.get(name, _MISSING)


@functools.cache
def _compiled(statement: str) -> Any:
    """The same statements stand before each answer of a learner."""
    return compile(statement, "<notebook>", "exec")


def _under_weights(encoded: list[Any], probes: list[tuple], shown: Any) -> tuple[Any, list[tuple]]:
    """For models: each call is made under the weights that came with the job."""
    import torch

    from pathkit.checks.plain import decode
    from pathkit.checks.torch_module import called

    weights = [
        {name: torch.from_numpy(value.values) for name, value in decode(one).items()}
        for one in encoded
    ]
    numbered = [(i, *probe) for i, probe in enumerate(probes)]

    def drive(answer: Any, i: int, arguments: tuple, inputs: tuple, seed: int) -> Any:
        model = shown(answer) if shown else answer
        return called(model, arguments, inputs, seed, weights[i])

    return drive, numbered


def _write(writer: int, data: bytes) -> None:
    while data:
        data = data[os.write(writer, data) :]


def _end(child: int) -> tuple[int, Any]:
    """End the child and all that it started; returns its wait status and what it used."""
    if _still_runs(child):
        os.kill(child, signal.SIGKILL)
    _, status, usage = os.wait4(child, 0)
    if not _is_alone():
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child, signal.SIGKILL)
    else:  # everything else in this namespace was started by the job
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(-1, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            while True:
                os.wait()
    return status, usage


def _still_runs(child: int) -> bool:
    """Whether the child goes on; one that closed its pipe has a moment to end by itself."""
    end = time.monotonic() + 0.2
    while time.monotonic() < end:
        if _has_ended(child):
            return False
        time.sleep(0.0005)
    return True


def _has_come(reader: int) -> bool:
    return bool(select.select([reader], [], [], 0)[0])


def _has_ended(child: int) -> bool:
    return os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _is_alone() -> bool:
    """Whether this is the first process of a sandbox, and not one of many of somebody's machine."""
    return os.getpid() == 1


def _tidy() -> None:
    """Take away what a job wrote, so that the next one finds nothing."""
    for folder in SCRATCH if _is_alone() else ():
        with contextlib.suppress(OSError):
            for entry in os.scandir(folder):
                with contextlib.suppress(OSError):
                    if entry.is_dir(follow_symlinks=False):
                        shutil.rmtree(entry.path, ignore_errors=True)
                    else:
                        os.unlink(entry.path)


def _cause(status: int) -> str:
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number in (signal.SIGXCPU, signal.SIGKILL):
            return "cpu" if number == signal.SIGXCPU else "killed"
        return f"signal {number}"
    return {71: "memory", 72: "crash", FAULT: "fault"}.get(os.WEXITSTATUS(status), "exit")


if __name__ == "__main__":
    main()

"""Runs inside the sandbox: forks one child for each job, hands back what came out as plain data.

It imports NumPy and torch once. A job comes as a head of HEAD bytes and a body, both JSON, on
standard input; for each, a line of JSON and what came out, as it is, go to standard output. A job's
child gets the sandbox's edition of one exercise, a seed and one learner's code, and writes the JSON
of `Outputs` into a pipe; a job with a `batch` of such does them one after another, a line each, as
far as it gets. Nothing here knows a reference.

As process 1 of the sandbox's process namespace it can't be killed from inside, and it is not
dumpable, so that a child can't look into its memory. But a child is a copy of it. So it never reads
a body: the child does, and one place, wiped afterwards, holds what comes out. Else a learner could
read former answers. After each job it kills everything else.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import json
import linecache
import mmap
import os
import resource
import select
import shutil
import signal
import sys
import time
from typing import Any

from pathkit.checks.outputs import MOST_MESSAGE, Outputs
from pathkit.checks.plain import name_of
from pathkit.checks.run import call, run
from pathkit.classroom.tighten import hide, tighten

FILE = "<answer>"
# What a job may leave behind lies here, and is cleared after it.
SCRATCH = ("/scratch", "/dev/shm")
MOST_OUTPUT = 2**22  # bytes; right answers give a few thousand, and decoding takes much more
HEAD = 512  # bytes, filled up with spaces
FAULT, CHANGED = 73, 74
NOBODY = 65534
KINDS_OF_LIMITS = 16
BEGUN = b"\0"
SECONDS_TO_LOOK = 0.5


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
    # Private: a child that writes into its copy changes nothing here.
    room = mmap.mmap(-1, MOST_OUTPUT + 1, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    _write(answers, json.dumps({"ready": os.getpid()}).encode() + b"\n")
    while head := _exactly(jobs, HEAD):
        about = json.loads(head)
        result, size = _contained(about, jobs, answers, room)
        result |= {"job": about["job"], "size": size}
        _write(answers, json.dumps(result).encode() + b"\n")
        _write(answers, memoryview(room)[:size])
        room[:size] = bytes(size)


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


def _contained(
    about: dict[str, Any], jobs: int, answers: int, room: mmap.mmap
) -> tuple[dict[str, Any], int]:
    """Run a job in a child and tidy up after it, whatever it did.

    Returns how it went and how many bytes of `room` hold what it gave back.
    """
    before = _state()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        status = 70
        try:
            os.close(reader)
            if not _is_alone():
                os.setsid()
            job = json.loads(_exactly(jobs, about["size"]))
            os.close(jobs)
            os.close(answers)
            if "batch" in job:
                _write_all(writer, job)
            else:
                _write(writer, _outputs(job, writer).to_json().encode())
            status = 0
        except _OurFault as fault:
            _write(writer, str(fault).encode())
            status = FAULT
        except MemoryError:
            status = 71
        except BaseException:
            status = 72
        finally:
            os._exit(status)
    os.close(writer)
    size, why = _read(reader, child, about["wall"], room)
    os.close(reader)
    status, usage = _end(child)
    if _state() != before:  # a user may do that to all processes of theirs; a fresh one is needed
        os._exit(CHANGED)
    _tidy()
    result = {"cpu": round(usage.ru_utime + usage.ru_stime, 4), "memory": usage.ru_maxrss}
    if about["batch"]:
        return result, size if why != "output" else 0
    begun = room[:1] == BEGUN
    if not why and os.WIFEXITED(status) and os.WEXITSTATUS(status) == FAULT and not begun:
        return result | {"ended": "fault"}, min(size, 500)
    if why or status != 0 or size <= begun:
        why = why or (_cause(status) if status else "exit")
        room[:size] = bytes(size)
        return result | {"ended": why}, 0
    return result, size


def _state() -> tuple[Any, ...]:
    """What another process of the same user may change about this one."""
    if not sys.platform.startswith("linux"):
        return ()
    return (*map(resource.getrlimit, range(KINDS_OF_LIMITS)), os.getpriority(os.PRIO_PROCESS, 0),
            os.sched_getscheduler(0), os.sched_getaffinity(0))


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


def _outputs(job: dict[str, Any], writer: int) -> Outputs:
    """What the learner's answer does on the probes. Everything of ours is drawn beforehand.

    Then comes a mark: what goes wrong after it is not our fault, whatever the learner's code says.
    """
    drawn = _drawn(job)
    _limit(job["limits"])
    _write(writer, BEGUN)
    return _answered(job, *drawn)


def _write_all(writer: int, job: dict[str, Any]) -> None:
    """The outputs of several answers of one learner, each written when it is there."""
    batch = job["batch"]
    drawn = [_drawn(one) for one in batch]
    _limit(job["limits"])
    for one, (drive, probes) in zip(batch, drawn, strict=True):
        _write(writer, _answered(one, drive, probes).to_json().encode() + b"\n")


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


def _write(writer: int, data: bytes | memoryview) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(writer, left) :]


def _exactly(reader: int, size: int) -> bytes:
    """So many bytes; none where nothing comes any more. Raises EOFError in between."""
    parts = []
    while size:
        part = os.read(reader, size)
        if not part and not parts:
            return b""
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _read(reader: int, child: int, seconds: float, room: mmap.mmap) -> tuple[int, str]:
    """How much the child wrote into `room`, and why it was cut short ("" when it wasn't)."""
    end, size = time.monotonic() + seconds, 0
    place = memoryview(room)
    while size < len(room):
        left = end - time.monotonic()
        if left <= 0:
            return size, "time"
        if not _has_come(reader, min(left, SECONDS_TO_LOOK)):
            if _has_ended(child) and not _has_come(reader, 0):
                return size, ""  # what it started may hold the pipe open
            continue
        part = os.readv(reader, [place[size : size + 2**20]])
        if not part:
            return size, ""
        size += part
    return size, "output"


def _has_come(reader: int, seconds: float) -> bool:
    return bool(select.select([reader], [], [], seconds)[0])


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
    return {71: "memory", 72: "crash"}.get(os.WEXITSTATUS(status), "exit")


if __name__ == "__main__":
    main()

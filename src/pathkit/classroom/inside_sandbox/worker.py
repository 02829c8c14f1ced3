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
import gc
import json
import os
import resource
import shutil
import signal
import sys
import time
from typing import Any

from pathkit.classroom.inside_sandbox.answering import OurFault, answer_all, answered, drawn
from pathkit.classroom.inside_sandbox.frames import ENDED, FRAME, JOB, exactly, pass_over, write
from pathkit.classroom.inside_sandbox.relay import Relay, has_ended
from pathkit.classroom.inside_sandbox.tighten import hide

# What a job may leave behind lies here, and is cleared after it.
SCRATCH = ("/scratch", "/dev/shm")
FAULT, CHANGED = 73, 74
KINDS_OF_LIMITS = 16


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
    while head := exactly(jobs, FRAME.size):
        kind, size = FRAME.unpack(head)
        if kind == JOB:
            _send(answers, ENDED, _contained(json.loads(exactly(jobs, size)), jobs, answers))
        else:  # for a job that ended before it came
            pass_over(jobs, size)


def _send(file: int, kind: bytes, said: dict[str, Any]) -> None:
    data = json.dumps(said).encode()
    write(file, FRAME.pack(kind, len(data)) + data)


def _warm_up() -> None:
    """Do a job of our own, so that no child has to import and set up what all need."""
    job = {
        "name": "same", "before": ["import numpy as np", "import pathkit as path"],
        "code": "def same(x):\n    return x + 0\n", "stub": "def same(x):\n    ...\n",
        "seconds": 5.0, "needs_call": True,
        "edition": "import numpy as np\nPROBES = lambda rng: [(rng.normal(size=(2, 2)),)]\n",
        "seed": [0, 0],
    }
    answered(job, *drawn(job)).to_json()


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
            answer_all(os.fdopen(source, "rb"), writer, limits)
            status = 0
        except OurFault as fault:
            write(writer, str(fault)[:500].encode())
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
    why = Relay(child, jobs, sink, reader, answers).until_the_end(limits["wall"])
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
        if has_ended(child):
            return False
        time.sleep(0.0005)
    return True


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

"""One notebook run as a whole: sent into a sandbox, and what comes out read as plain data.

What comes out was made by a student's code: it is capped, held against the notebook that went in,
and decides about no points.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import json
import os
import select
import subprocess
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from pathkit.checks.verdict import visible
from pathkit.classroom import sandboxes
from pathkit.classroom.inside_sandbox.frames import write
from pathkit.classroom.whole_notebooks import harmless_outputs, sandbox_contents
from pathkit.notebook_files.notebook_file import text_of
from pathkit.path_modules import Modules

GRACE = 5.0  # seconds beyond the wall time
OWN_MEMORY = 2**29  # bytes of what runs the kernel, and of what is written to its folders
MOST_SAID = 300
NOT_PASSED = "NotPassed"
PROBLEMS = {
    "time": "the whole notebook took more than {wall:g} s",
    "CellTimeoutError": "the cell took more than {cell:g} s",
    "DeadKernelError": "its kernel died: out of memory, or the code ended the process",
    "output": "more than {output} MB were put out",
    "gone": "it ended everything that ran it",
    "start": "its kernel did not start",
}


@dataclasses.dataclass(frozen=True)
class Limits:
    """What one notebook may use. wall and cell in seconds; memory, file and output in bytes.

    memory: of the kernel, and of all its processes together where there is such a limit.
    """

    wall: float = 300.0
    cell: float = 120.0
    memory: int = 4 * 2**30
    file: int = 2**24
    output: int = 2**23
    processes: int = 64


@dataclasses.dataclass(frozen=True)
class Job:
    """A notebook to run. missing: exercises without an answer; exercises: all of the module.

    answers: by exercise the statements before it and the code, what stands in where the lesson
    shows the path's own answer. content: as `Assignment.content`.
    """

    module: str
    notebook: Mapping[str, Any]
    missing: tuple[str, ...]
    exercises: tuple[str, ...]
    answers: Mapping[str, Mapping[str, Any]]
    limits: Limits = Limits()
    content: str = ""


@dataclasses.dataclass(frozen=True)
class Ran:
    """How far a notebook came. cell: the id of the one that failed, "" when it ran to its end.

    where: that cell in words; name and said: the error; waiting: how many cells were passed over
    since an answer isn't there, by its name, "" for what the lesson takes from the path's own.
    """

    cell: str = ""
    where: str = ""
    name: str = ""
    said: str = ""
    seconds: float = 0.0
    waiting: tuple[tuple[str, int], ...] = ()

    @property
    def to_the_end(self) -> bool:
        """Whether no cell failed."""
        return not self.name


def run(job: Job, place: str = "") -> tuple[Ran, str]:
    """Run a notebook; returns how far it came and the text of what was executed of it.

    place: the sandbox's name. Raises NoSandbox where there is none that can run a kernel.
    """
    begun = time.monotonic()
    ended, lines = _lines(job, sandbox(place))
    seconds = round(time.monotonic() - begun, 1)
    last, problem, executed = _read(lines, {cell["id"] for cell in job.notebook["cells"]})
    problem = ended or problem
    outputs = harmless_outputs.outputs(executed, job.notebook)
    ran = _judged(job, outputs, problem, last)
    return dataclasses.replace(ran, seconds=seconds), harmless_outputs.text(job.notebook, outputs)


def message(job: Job) -> dict[str, Any]:
    """What the sandbox is told."""
    return {
        "notebook": job.notebook,
        "limits": dataclasses.asdict(job.limits),
        "told": {
            "missing": job.missing, "exercises": job.exercises, "answers": job.answers,
            "modules": [folder.name for folder in Modules.of(job.content)],
        },
    }


@functools.cache
def sandbox(place: str) -> sandboxes.Sandbox:
    """The sandbox of this process, inspected. Raises NoSandbox where it can't run a kernel."""
    # As root a user for each process, so that limits on processes don't mix.
    found = sandbox_contents.sandbox(place, 300_000 + os.getpid() % 100_000)
    return found if place == sandboxes.UNSAFE else sandboxes.inspect(found)


def _lines(job: Job, place: sandboxes.Sandbox) -> tuple[str, bytes]:
    """Why it had to be ended, or "", and what came out until then."""
    process = sandboxes.start(
        place, "pathkit.classroom.whole_notebooks.inside", memory=job.limits.memory + OWN_MEMORY,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0,
    )
    try:
        with contextlib.suppress(BrokenPipeError):
            send(process, job)
        return _all(process.stdout.fileno(), job.limits)
    finally:
        sandboxes.end(process)


def send(process: subprocess.Popen, job: Job) -> None:
    """Tell what to run; what runs it ends when its standard input is closed."""
    write(process.stdin.fileno(), json.dumps(message(job)).encode() + b"\n")


def _all(out: int, limits: Limits) -> tuple[str, bytes]:
    parts: list[bytes] = []
    size, until = 0, time.monotonic() + limits.wall + GRACE
    while True:
        left = until - time.monotonic()
        if left <= 0 or not select.select([out], [], [], left)[0]:
            return "time", b"".join(parts)
        part = os.read(out, 2**20)
        size += len(part)
        if size > 4 * limits.output:
            return "output", b"".join(parts)
        if not part:
            return "", b"".join(parts)
        parts.append(part)


def _read(lines: bytes, ids: set[str]) -> tuple[str, str, Any]:
    """The last cell that began, what went wrong, and the executed notebook if it came."""
    last = ""
    for line in lines.split(b"\n"):
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if not isinstance(found, dict):
            continue
        if str(found.get("cell")) in ids:
            last = str(found["cell"])
        if "notebook" in found:
            problem = str(found.get("problem", ""))
            known = problem if problem in PROBLEMS or not problem else "gone"
            return last, known, found["notebook"]
    return last, "gone", None


def _judged(job: Job, outputs: Mapping[str, Sequence[Any]], problem: str, last: str) -> Ran:
    waiting: Counter[str] = Counter()
    for cell in job.notebook["cells"]:
        for error in (o for o in outputs.get(cell["id"], ()) if o["output_type"] == "error"):
            if error["ename"] == NOT_PASSED:
                name = error["evalue"].partition(" ")[0]
                waiting[name if name in job.missing or name in _names(job) else ""] += 1
            else:
                said = visible(" ".join(error["evalue"].split()))[:MOST_SAID]
                return Ran(cell["id"], where(cell), error["ename"], said,
                           waiting=tuple(sorted(waiting.items())))
    passed_over = tuple(sorted(waiting.items()))
    if not problem:
        return Ran(waiting=passed_over)
    limits = job.limits
    said = PROBLEMS[problem if last else "start"].format(
        wall=limits.wall, cell=limits.cell, output=limits.output >> 20
    )
    [cell] = [c for c in job.notebook["cells"] if c["id"] == last] or [None]
    return Ran(last, where(cell) if cell else "", "stopped", said, waiting=passed_over)


def _names(job: Job) -> set[str]:
    return {exercise.partition(".")[2] for exercise in job.exercises}


def where(cell: Mapping[str, Any]) -> str:
    """A cell in words: its exercise, or how it begins."""
    text = text_of(dict(cell))
    first = next((line for line in text.splitlines() if line.strip()), "")
    if first.startswith("# exercise: "):
        return f"the cell of {first.removeprefix('# exercise: ').rpartition('.')[2]}"
    added = "added " if cell["id"].startswith("own-") else ""
    return f"the {added}cell that begins “{visible(first.strip()[:60])}”"

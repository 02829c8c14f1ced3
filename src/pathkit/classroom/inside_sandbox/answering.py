"""In a job's child: draws the probes, runs a learner's answer on them, says what came out."""

from __future__ import annotations

import contextlib
import functools
import json
import linecache
import os
import resource
from typing import Any

from pathkit.checks.outputs import MOST_MESSAGE, Outputs
from pathkit.checks.plain import name_of
from pathkit.checks.run import call, run
from pathkit.classroom.inside_sandbox.frames import BEGUN, write
from pathkit.classroom.inside_sandbox.tighten import tighten

FILE = "<answer>"
NOBODY = 65534


def answer_all(messages: Any, writer: int, limits: dict[str, Any]) -> None:
    """In the child: do what each message asks for, and write its outputs as a line.

    What of the first one is ours is done before the limits. Then comes a mark: what goes wrong
    after it is not our fault, whatever the learner's code says.
    """
    begun = False
    for line in messages:
        job = json.loads(line)
        drive, probes = drawn(job)
        if not begun:
            limit(limits)
            write(writer, BEGUN)
        begun = True
        write(writer, answered(job, drive, probes).to_json().encode() + b"\n")


def answered(job: dict[str, Any], drive: Any, probes: list[tuple]) -> Outputs:
    """What a learner's answer does on the probes; empties `job`, so that it finds nothing there."""
    settings = {key: job[key] for key in ("stub", "seconds", "needs_call")}
    name, before, code = job["name"], job["before"], job["code"]
    job.clear()
    try:
        found = _defined(before, code, name)
    except SyntaxError as error:
        said = f"The cell can't be read: {error.msg} in line {error.lineno}"
        line = f", “{error.text.strip()}”" if error.text else ""
        return Outputs(unusable=f"{(said + line)[:MOST_MESSAGE]}.")
    except (Exception, SystemExit) as error:
        said = " ".join(str(error).split())[:MOST_MESSAGE]
        return Outputs(unusable=f"The cell itself raises {name_of(type(error))}: {said}.")
    if found is _MISSING:
        return Outputs(attempted=False)
    return run(found, probes, drive=drive, **settings)


class OurFault(Exception):
    """The probes of an exercise can't be drawn here: not the learner's doing."""


def drawn(job: dict[str, Any]) -> tuple[Any, list[tuple]]:
    """How the answer is called, and the probes."""
    try:
        return _drawn_now(job)
    except Exception as error:
        raise OurFault(f"{type(error).__name__}: {error}") from error


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


def limit(limits: dict[str, Any]) -> None:
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

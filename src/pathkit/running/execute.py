"""One notebook, executed with papermill in this process; what went wrong as one line."""

from __future__ import annotations

import dataclasses
import json
import logging
import os
import re
import tempfile
import time
from pathlib import Path
from typing import Any

from pathkit.building.lesson import guard_jsonschema
from pathkit.building.notebook_cells import TIMEOUT
from pathkit.running import kernels

ANSI = re.compile(r"\x1b\[[0-9;]*m")


@dataclasses.dataclass(frozen=True)
class Job:
    """One notebook to execute; plain data, so that it can go to another process or machine."""

    name: str
    text: str
    parameters: dict[str, Any]
    timeout: int | None
    cwd: str


@dataclasses.dataclass(frozen=True)
class Done:
    """What came of a job: problem is "" or one line, kind groups problems by exit code."""

    name: str
    text: str
    seconds: float
    problem: str = ""
    environment: bool = False


def execute(job: Job) -> Done:
    """Execute one notebook in this process; never raises for what the notebook does."""
    os.environ.update(kernels.environment())
    guard_jsonschema()
    from papermill.exceptions import PapermillExecutionError

    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.ipynb", Path(folder) / "out.ipynb"
        source.write_text(job.text, encoding="utf-8")
        problem, environment, text = "", False, ""
        try:
            _papermill(job, source, target)
        except PapermillExecutionError:
            pass  # judged below, by what was left: papermill minds `raises-exception`, not exit()
        except Exception as error:
            problem, environment = _other(error, job)
        if target.exists():
            text = target.read_text(encoding="utf-8")
            problem = _located(problem, text)
    return Done(job.name, text, time.monotonic() - begun, problem, environment)


def _papermill(job: Job, source: Path, target: Path) -> None:
    import papermill

    logging.getLogger("papermill").setLevel(logging.ERROR)
    # What goes wrong with a kernel is reported in our own line.
    logging.getLogger("traitlets").setLevel(logging.CRITICAL)
    papermill.execute_notebook(
        source,
        target,
        parameters=job.parameters,
        progress_bar=False,
        log_output=False,
        cwd=job.cwd,
        execution_timeout=_limit(job),
        start_timeout=120,
        # A kernel that has torch loaded takes half a second to say goodbye.
        shutdown_kernel="immediate",
    )


def _limit(job: Job) -> int:
    """Seconds that a cell may take."""
    stored = json.loads(job.text).get("metadata", {}).get("execution", {}).get("timeout", TIMEOUT)
    return job.timeout or stored


def _located(problem: str, text: str) -> str:
    """A problem with the cell where it arose; "" when there is none."""
    started = [
        cell
        for cell in json.loads(text)["cells"]
        if cell["metadata"].get("papermill", {}).get("exception") is not None
    ]
    if not started:
        return problem
    last = started[-1]
    if problem:
        return f"cell {last['id']}: {problem}"
    if not last["metadata"]["papermill"]["exception"]:
        return ""
    errors = [o for o in last.get("outputs", ()) if o["output_type"] == "error"]
    what = f"{errors[-1]['ename']}: {_line(errors[-1]['evalue'])}" if errors else "no reason given"
    return f"cell {last['id']} failed: {what}"


def _other(error: Exception, job: Job) -> tuple[str, bool]:
    """What happened when it wasn't a cell that raised, and whether the environment is to blame."""
    name = type(error).__name__
    if name == "CellTimeoutError":
        return f"it ran longer than {_limit(job)} s; --timeout gives it more", False
    if name == "DeadKernelError":
        return "the kernel died (out of memory, or the code ended the process)", False
    if name == "NoSuchKernel":
        kernel = getattr(error, "name", "python3")
        return f"there is no {kernel} kernel here; install ipykernel into this environment", True
    if isinstance(error, OSError) or (isinstance(error, RuntimeError) and "Kernel" in str(error)):
        return f"the kernel did not start: {_line(str(error))}", True
    return f"{name}: {_line(str(error))}", False


def _line(text: str) -> str:
    return " ".join(ANSI.sub("", text).split())[:300]

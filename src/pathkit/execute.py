"""papermill: parameters, parallel runs, refreshed outputs."""

from __future__ import annotations

import ast
import dataclasses
import json
import logging
import multiprocessing
import os
import re
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pathkit import curriculum, kernels
from pathkit.build import Place
from pathkit.errors import EnvironmentProblem, NothingMatched, chosen
from pathkit.files import write_atomically
from pathkit.notebook import filename, to_json

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


def run_modules(
    place: Place,
    modules: Sequence[str] = (),
    parameters: Sequence[tuple[str, str]] = (),
    jobs: int | None = None,
    learner: bool = False,
    timeout: int | None = None,
    output: Path | None = None,
) -> bool:
    """Execute the notebooks of `modules` (all by default) and store what they print.

    Solutions are refreshed in place, unless parameters were given or `output` names a folder.
    Returns whether every notebook ran to its end. Raises NothingMatched for unknown modules,
    click.UsageError for unknown parameters, EnvironmentProblem when no kernel can be started.
    """
    path = curriculum.load(place.curriculum, content=place.content)
    names = chosen(modules, [m.id for m in path.modules])
    source = place.notebooks if learner else place.notebooks / "solutions"
    in_place = not (learner or parameters or output)
    target = source if in_place else output or place.root / ".pathkit" / "runs"
    work = []
    for name in names:
        file = source / filename(path, name)
        if not file.exists():
            raise NothingMatched(f"{file.relative_to(place.root)} is missing; run `pathkit build`")
        text = file.read_text(encoding="utf-8")
        if not modules and not _has_code(text):
            continue
        values = _parameters(text, parameters, name) if parameters else {}
        work.append(Job(file.name, text, values, timeout, str(place.root)))
    if not work:
        raise NothingMatched("none of these notebooks has code to run")
    return _all_good(_executed(work, jobs or _cores()), place, target, in_place)


def _has_code(text: str) -> bool:
    return any(cell["cell_type"] == "code" for cell in json.loads(text)["cells"])


def _cores() -> int:
    return min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2, 8)


def _parameters(text: str, given: Sequence[tuple[str, str]], module: str) -> dict[str, Any]:
    """The values given on the command line, held against the notebook's parameters cell."""
    known = parameters_of(text)
    values = {}
    for name, value in given:
        if name not in known:
            there = ", ".join(known) or "none"
            raise click.UsageError(f"{module} has no parameter {name!r}; it has: {there}")
        values[name] = _literal(value)
    return values


def parameters_of(text: str) -> list[str]:
    """Names assigned in the cell tagged `parameters` of a notebook's JSON."""
    for cell in json.loads(text)["cells"]:
        if "parameters" in cell["metadata"].get("tags", ()):
            tree = ast.parse("".join(cell["source"]))
            targets = [t for n in tree.body if isinstance(n, ast.Assign) for t in n.targets]
            targets += [n.target for n in tree.body if isinstance(n, ast.AnnAssign)]
            return [t.id for t in targets if isinstance(t, ast.Name)]
    return []


def _literal(value: str) -> Any:
    try:
        return ast.literal_eval(value)
    except (ValueError, SyntaxError):
        return value


def _executed(work: list[Job], jobs: int) -> list[Done]:
    context = multiprocessing.get_context("spawn")
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
               TimeElapsedColumn())
    done = []
    with (
        Progress(*columns, console=console) as progress,
        ProcessPoolExecutor(min(jobs, len(work)), mp_context=context) as pool,
    ):
        task = progress.add_task("running notebooks", total=len(work))
        for future in as_completed([pool.submit(execute, job) for job in work]):
            result = future.result()
            done.append(result)
            progress.update(task, advance=1)
            state = "failed" if result.problem else "ok"
            progress.console.print(
                f"{result.name} {state} in {result.seconds:.1f} s", highlight=False
            )
    return sorted(done, key=lambda d: d.name)


def execute(job: Job) -> Done:
    """Execute one notebook in this process; never raises for what the notebook does."""
    os.environ.update(kernels.environment())
    import tempfile

    from papermill.exceptions import PapermillExecutionError

    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.ipynb", Path(folder) / "out.ipynb"
        source.write_text(job.text, encoding="utf-8")
        problem, environment = "", False
        try:
            _papermill(job, source, target)
        except PapermillExecutionError as error:
            problem = f"cell {_cell_id(job, error)} failed: {error.ename}: {_line(error.evalue)}"
        except Exception as error:
            problem, environment = _other(error, job)
        text = target.read_text(encoding="utf-8") if target.exists() else ""
    return Done(job.name, text, time.monotonic() - begun, problem, environment)


def _papermill(job: Job, source: Path, target: Path) -> None:
    import papermill

    logging.getLogger("papermill").setLevel(logging.ERROR)
    timeout = job.timeout or json.loads(job.text)["metadata"]["execution"]["timeout"]
    papermill.execute_notebook(
        source,
        target,
        parameters=job.parameters,
        progress_bar=False,
        log_output=False,
        cwd=job.cwd,
        execution_timeout=timeout,
        start_timeout=120,
        # A kernel that has torch loaded takes half a second to say goodbye.
        shutdown_kernel="immediate",
    )


def _cell_id(job: Job, error: Any) -> str:
    cells = [c for c in json.loads(job.text)["cells"] if c["cell_type"] == "code"]
    number = error.exec_count
    return cells[number - 1]["id"] if number and number <= len(cells) else str(error.cell_index)


def _other(error: Exception, job: Job) -> tuple[str, bool]:
    name = type(error).__name__
    if name == "CellTimeoutError":
        seconds = re.search(r"(\d+) seconds", str(error))
        limit = f"{seconds[1]} s" if seconds else "its time limit"
        return f"a cell ran longer than {limit}; --timeout gives it more", False
    if name == "DeadKernelError":
        return "the kernel died (out of memory, or the code ended the process)", False
    if name == "NoSuchKernel":
        return "there is no python3 kernel here; install ipykernel into this environment", True
    if isinstance(error, RuntimeError) and "Kernel" in str(error):
        return f"the kernel did not start: {_line(str(error))}", True
    return f"{name}: {_line(str(error))}", False


def _line(text: str) -> str:
    return " ".join(ANSI.sub("", text).split())[:300]


def _all_good(results: list[Done], place: Place, target: Path, in_place: bool) -> bool:
    good = True
    for done in results:
        folder = target
        if done.problem:
            good = False
            folder = place.root / ".pathkit" / "failed"
            click.echo(f"{done.name}: {done.problem}")
        if done.text:
            write_atomically(folder / done.name, cleaned(done.text))
            if done.problem:
                click.echo(f"  as far as it ran: {folder / done.name}", err=True)
            elif not in_place:
                click.echo(str(folder / done.name))
    broken = [done for done in results if done.environment]
    if broken:
        raise EnvironmentProblem(f"{broken[0].name}: {broken[0].problem}")
    return good


def cleaned(text: str) -> str:
    """An executed notebook without what differs from run to run: times, paths, stream splits."""
    notebook = json.loads(text)
    notebook["metadata"].pop("papermill", None)
    notebook["metadata"]["language_info"] = {"name": "python"}
    for cell in notebook["cells"]:
        for key in ("papermill", "execution"):
            cell["metadata"].pop(key, None)
        if not cell["metadata"].get("tags", True):
            del cell["metadata"]["tags"]
        if cell["cell_type"] == "code":
            cell["outputs"] = _joined(cell["outputs"])
        cell["source"] = "".join(cell["source"])
    return to_json(notebook)


def _joined(outputs: list[dict]) -> list[dict]:
    """Neighbouring pieces of one stream become one: how stdout was cut is a race."""
    joined: list[dict] = []
    for output in outputs:
        last = joined[-1] if joined else {}
        same = output["output_type"] == "stream" == last.get("output_type")
        if same and output["name"] == last["name"]:
            last["text"] = "".join(last["text"]) + "".join(output["text"])
        else:
            whole = {"text": "".join(output["text"])} if "text" in output else {}
            joined.append({**output, **whole})
    for output in joined:
        if output["output_type"] == "stream":
            output["text"] = output["text"].splitlines(keepends=True)
    return joined

"""papermill: parameters, parallel runs, refreshed outputs."""

from __future__ import annotations

import ast
import copy
import dataclasses
import json
import logging
import os
import re
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pathkit import curriculum
from pathkit.building.build import Place
from pathkit.building.lesson import guard_jsonschema
from pathkit.building.notebook import TIMEOUT, filename
from pathkit.errors import EnvironmentProblem, NothingMatched, chosen
from pathkit.files import write_atomically
from pathkit.nearest_name import did_you_mean
from pathkit.notebook_files.notebook_file import KERNELSPEC, LANGUAGE_INFO, to_json
from pathkit.running import kernels
from pathkit.running.workers import cores, workers

ANSI = re.compile(r"\x1b\[[0-9;]*m")
ENDING = threading.Event()


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
    path = curriculum.load(place.curriculum, modules=place.modules)
    names = chosen(modules, [m.id for m in path.modules])
    source = place.notebooks if learner else place.notebooks / "solutions"
    in_place = not (learner or parameters or output)
    target = source if in_place else output or place.root / ".pathkit" / "runs"
    work = []
    for name in names:
        file = source / filename(path, name)
        text = _notebook_text(file, place)
        if not modules and not _has_code(text):
            continue
        values = _parameters(text, parameters, name) if parameters else {}
        work.append(Job(file.name, text, values, timeout, str(place.root)))
    if not work:
        raise NothingMatched("none of these notebooks has code to run")
    failed = place.root / ".pathkit" / "failed"
    # Stored one by one: what was finished before an interruption is kept.
    results = _executed(work, jobs or cores(), lambda done: _store(done, target, failed))
    return _all_good(results, target, failed, in_place)


def _notebook_text(file: Path, place: Place) -> str:
    name = file.relative_to(place.root)
    try:
        text = file.read_text(encoding="utf-8")
        json.loads(text)["cells"]
    except FileNotFoundError:
        raise NothingMatched(f"{name} is missing; run `pathkit build`") from None
    except (ValueError, KeyError, TypeError):
        raise NothingMatched(f"{name} is not a notebook; run `pathkit build`") from None
    return text


def _has_code(text: str) -> bool:
    return any(cell["cell_type"] == "code" for cell in json.loads(text)["cells"])


def _parameters(text: str, given: Sequence[tuple[str, str]], module: str) -> dict[str, Any]:
    """The values given on the command line, held against the notebook's parameters cell."""
    known = parameters_of(text)
    values = {}
    for name, value in given:
        if name not in known:
            there = ", ".join(known) or "none"
            meant = did_you_mean(name, known)
            raise click.UsageError(f"{module} has no parameter {name!r}; it has: {there}{meant}")
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


def _executed(work: list[Job], jobs: int, keep: Callable[[Done], None]) -> list[Done]:
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
               TimeElapsedColumn())
    done = []
    with (
        workers(min(jobs, len(work)), _heed_the_parent) as pool,
        Progress(*columns, console=console) as progress,
    ):
        task = progress.add_task("running notebooks", total=len(work))
        futures = {pool.submit(_work, job): job for job in work}
        for future in as_completed(futures):
            result = _result(future, futures[future])
            keep(result)
            done.append(result)
            progress.update(task, advance=1)
            state = "failed" if result.problem else "ok"
            progress.console.print(
                f"{result.name} {state} in {result.seconds:.1f} s", highlight=False
            )
    return sorted(done, key=lambda d: d.name)


def _heed_the_parent() -> None:
    """In a worker: Ctrl-C is the parent's business; its SIGTERM ends what runs.

    Ended so, a worker takes its kernel and its temporary files along.
    """
    # A handler of our own, since a kernel would inherit SIG_IGN.
    signal.signal(signal.SIGINT, lambda *_: None)
    signal.signal(signal.SIGTERM, _end_worker)


def _end_worker(*_: Any) -> None:
    ENDING.set()
    logging.disable()  # asyncio would tell of the tasks that are cut short
    sys.exit(1)


def _work(job: Job) -> Done:
    """Execute a job in a worker, unless it was told to end: it may have been handed one more."""
    if ENDING.is_set():
        sys.exit(1)
    return execute(job)


def _result(future: Future, job: Job) -> Done:
    try:
        return future.result()
    except BrokenProcessPool:
        return Done(job.name, "", 0.0, "the process that ran it ended (out of memory?)")


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


def _store(done: Done, target: Path, failed: Path) -> None:
    if done.text:
        write_atomically((failed if done.problem else target) / done.name, cleaned(done.text))


def _all_good(results: list[Done], target: Path, failed: Path, in_place: bool) -> bool:
    """Print a line for each problem, and where copies went; raises EnvironmentProblem."""
    for done in results:
        if done.problem:
            click.echo(f"{done.name}: {done.problem}")
            if done.text:
                click.echo(f"  as far as it ran: {failed / done.name}", err=True)
        elif not in_place:
            click.echo(str(target / done.name))
    broken = [done for done in results if done.environment]
    if broken:
        raise EnvironmentProblem(f"{broken[0].name}: {broken[0].problem}")
    return not any(done.problem for done in results)


def cleaned(text: str) -> str:
    """An executed notebook without what differs from run to run: times, paths, stream splits."""
    notebook = json.loads(text)
    notebook["metadata"].pop("papermill", None)
    notebook["metadata"]["kernelspec"] = dict(KERNELSPEC)
    notebook["metadata"]["language_info"] = copy.deepcopy(LANGUAGE_INFO)
    notebook["cells"] = [cell for cell in notebook["cells"] if not _is_marker(cell)]
    for cell in notebook["cells"]:
        for key in ("papermill", "execution"):
            cell["metadata"].pop(key, None)
        if not cell["metadata"].get("tags", True):
            del cell["metadata"]["tags"]
        if cell["cell_type"] == "code":
            cell["outputs"] = _joined(cell["outputs"])
        cell["source"] = "".join(cell["source"])
    return to_json(notebook)


def _is_marker(cell: dict) -> bool:
    """Whether papermill put a cell there to point at an error."""
    return "papermill-error-cell-tag" in cell["metadata"].get("tags", ())


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

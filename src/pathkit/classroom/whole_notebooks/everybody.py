"""Every notebook of a class run as a whole; what is the same as last time isn't run again."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from pathkit import __version__
from pathkit.classroom.collecting.own_work import Base, Own
from pathkit.classroom.grading import executors, results
from pathkit.classroom.grading.results import Cache
from pathkit.classroom.grading.whole_class import Graded
from pathkit.classroom.sandboxes import UNSAFE, NoSandbox
from pathkit.classroom.whole_notebooks import one_notebook as jobs
from pathkit.classroom.whole_notebooks.one_notebook import Job, Limits, Ran
from pathkit.classroom.whole_notebooks.rebuilt import rebuilt
from pathkit.errors import EnvironmentProblem
from pathkit.files import write_atomically

FOLDER, CACHE = "full", ".cache/full.jsonl"
USUAL = Limits()
NOT_RUN = "not run"
# Notebooks on their way to workers for each worker.
AHEAD = 2
# By student and module.
Wholes = Mapping[tuple[str, str], Ran]


@dataclasses.dataclass(frozen=True)
class Wanted:
    """A notebook to run: whose, the file that keeps it, and its key in the cache.

    job makes what is run, when its turn comes: there may be thousands.
    """

    whose: tuple[str, str]
    file: Path
    key: str
    job: Callable[[], Job]


def refuse_without_sandbox(place: str) -> None:
    """Raise EnvironmentProblem where no kernel can be run in the sandbox of that name."""
    try:
        jobs.sandbox(place)
    except NoSandbox as error:
        raise EnvironmentProblem(
            f"--full starts a kernel for each notebook, which takes bubblewrap ({error}); leave "
            "--full out, or run code that you trust with --unsafe-no-sandbox"
        ) from error


def run_all(
    graded: Sequence[Graded],
    bases: Mapping[str, Base],
    out: Path,
    executor: Executor,
    workers: int,
    limits: Limits = USUAL,
    told: Callable[[int, int], None] = lambda done, of: None,
    place: str = "",
    content: str = "",
) -> Wholes:
    """Run each submitted notebook; `told(done, of)` after each.

    place: the sandbox's name; what comes of UNSAFE is kept apart. content: as in the assignment.
    What was executed is kept below
    out/full. KeyboardInterrupt leaves all that was done.
    """
    cache = Cache(out / CACHE)
    found: dict[tuple[str, str], Ran] = {}
    wanted: list[Wanted] = []
    for one in graded:
        for module, submission in one.submissions.items():
            whose = one.student.key, module
            own = submission.attempt.own
            if own is None:
                found[whose] = Ran(name=NOT_RUN, said=submission.attempt.trouble)
                continue
            made = _wanted(whose, out, one, bases[module], own, limits, place, content)
            known = cache.get(made.key)
            if known is not None and made.file.exists():
                found[whose] = _ran(known)
            else:
                wanted.append(made)
    told(0, len(wanted))
    calls = ((one, (one.job(), place)) for one in wanted)
    finished = executors.finished(executor, run_one, calls, AHEAD * workers)
    for done, (one, (plain, text)) in enumerate(finished, 1):
        if text:
            write_atomically(one.file, text)
        (cache.hold if plain["name"] == NOT_RUN else cache.put)(one.key, plain)
        found[one.whose] = _ran(plain)
        told(done, len(wanted))
    return found


def run_one(job: Job, place: str) -> tuple[dict[str, Any], str]:
    """A notebook run in this process, as plain data; whatever goes wrong is its row."""
    try:
        ran, text = jobs.run(job, place)
    except NoSandbox:
        raise
    except Exception as error:
        ran, text = Ran(name=NOT_RUN, said=f"our fault: {type(error).__name__}: {error}"[:300]), ""
    return dataclasses.asdict(ran), text


def _ran(plain: Mapping[str, Any]) -> Ran:
    waiting = tuple((str(name), int(count)) for name, count in plain["waiting"])
    return Ran(**{**plain, "waiting": waiting})


def _wanted(
    whose: tuple[str, str], out: Path, graded: Graded, base: Base, own: Own, limits: Limits,
    place: str, content: str,
) -> Wanted:
    make = functools.partial(_job, graded, base, own, limits, content)
    key = results.key(**_parts(make()), unsafe=place == UNSAFE, **_versions())
    return Wanted(whose, out / FOLDER / whose[0] / f"{base.module}.ipynb", key, make)


def _parts(job: Job) -> dict[str, Any]:
    """What of a job its outcome depends on; where the kit's own modules lie is no matter."""
    parts = dataclasses.asdict(job)
    return parts if job.content else {k: v for k, v in parts.items() if k != "content"}


def _job(graded: Graded, base: Base, own: Own, limits: Limits, content: str) -> Job:
    module = base.module
    records = [r for r in graded.records if r.module == module]
    wrong = {r.name for r in records if not r.passed}
    # Where nothing counts as written, the cell is run as it was handed out.
    untried = {r.name for r in records if r.verdict.status == "not attempted"}
    tried = {name: answer for name, answer in own.answers.items() if name not in untried}
    own = dataclasses.replace(own, answers=tried)
    return Job(
        module, rebuilt(base, own),
        tuple(name for name in base.stubs if name not in own.answers),
        tuple(f"{module}.{name}" for name in base.stubs),
        {f"{module}.{name}": {"before": answer.before, "code": answer.code}
         for name, answer in own.answers.items() if name not in wrong},
        limits,
        content,
    )


def _versions() -> dict[str, str]:
    """What else a run depends on."""
    from importlib.metadata import version

    names = ("ipykernel", "numpy", "torch", "matplotlib")
    return {"pathkit": __version__, **{name: version(name) for name in names}}

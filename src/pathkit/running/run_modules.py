"""`pathkit run`: which notebooks are executed, where they are stored, what is said of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from pathkit import curriculum
from pathkit.building import evening
from pathkit.building.build import Place
from pathkit.building.notebook_cells import filename
from pathkit.errors import EnvironmentProblem, NothingMatched, chosen
from pathkit.files import write_atomically
from pathkit.path_modules import EVENING
from pathkit.running import parameters as notebook_parameters
from pathkit.running.execute import Done, Job
from pathkit.running.side_by_side import executed
from pathkit.running.stored_outputs import cleaned
from pathkit.running.workers import cores


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
    files = {m.id: filename(path, m.id) for m in path.modules}
    if place.modules.borrowed():
        files[EVENING] = evening.FILE
    names = chosen(modules, list(files))
    source = place.notebooks if learner else place.notebooks / "solutions"
    in_place = not (learner or parameters or output)
    target = source if in_place else output or place.root / ".pathkit" / "runs"
    work = []
    for name in names:
        file = source / files[name]
        text = _notebook_text(file, place)
        if not modules and not _has_code(text):
            continue
        values = notebook_parameters.values(text, parameters, name) if parameters else {}
        work.append(Job(file.name, text, values, timeout, str(place.root)))
    if not work:
        raise NothingMatched("none of these notebooks has code to run")
    failed = place.root / ".pathkit" / "failed"
    # Stored one by one: what was finished before an interruption is kept.
    results = executed(work, jobs or cores(), lambda done: _store(done, target, failed))
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

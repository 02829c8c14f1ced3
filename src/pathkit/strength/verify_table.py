"""`pathkit verify`: the measures of every exercise as a table or as JSON lines."""

from __future__ import annotations

import dataclasses
import functools
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from pathkit import curriculum
from pathkit.building.build import Place
from pathkit.checks.exercise import Exercise
from pathkit.checks.loading import exercises_of
from pathkit.errors import NothingMatched, chosen
from pathkit.path_modules import Modules, python_files
from pathkit.running.workers import cores, workers
from pathkit.strength.right_answers import strangers
from pathkit.strength.verify import SEEDS, Report, verify


def verify_modules(
    place: Place, modules: Sequence[str], as_json: bool = False, survivors: bool = True,
    seeds: int = len(SEEDS),
) -> bool:
    """Verify the exercises of `modules` (all by default); prints a table; True when all is good.

    seeds: how many, from 0 on. Raises NothingMatched when no module has exercises,
    KeptAnswerError for a file of right answers that can't be read.
    """
    path = curriculum.load(place.curriculum, modules=place.modules)
    names = chosen(modules, [m.id for m in path.modules])
    exercises = [e for name in names for e in _exercises(name, place.modules)]
    if not exercises:
        raise NothingMatched("none of these modules has exercises yet")
    lost = [line for name in dict.fromkeys(e.module for e in exercises)
            for line in strangers(name, {e.name for e in exercises if e.module == name},
                                  place.modules)]
    standards = path.standards
    job = functools.partial(
        verify_by_id, content=place.modules.content, least=standards.misconceptions or 0,
        least_right=standards.right_answers or 0, seeds=seeds)
    reports = _verified(exercises, job)
    print_json(reports) if as_json else print_table(reports, survivors)
    for line in lost:
        print(line, file=sys.stderr if as_json else sys.stdout)
    return not lost and all(report.good for report in reports)


def _verified(exercises: Sequence[Exercise], job: Callable[[str], Report]) -> list[Report]:
    """Reports in the order of `exercises`, made in as many processes as there are cores.

    Long references first: they have most mutants, and none is left over at the end.
    """
    ids = [e.id for e in sorted(exercises, key=lambda e: len(e.source), reverse=True)]
    with (
        workers(min(cores(), len(ids))) as pool,
        Progress(console=Console(stderr=True), transient=True) as progress,
    ):
        done = progress.track(pool.map(job, ids), description="verifying", total=len(ids))
        reports = {report.exercise: report for report in done}
    return [reports[e.id] for e in exercises]


def verify_by_id(
    exercise_id: str, content: str = "", least: int = 0, least_right: int = 0,
    seeds: int = len(SEEDS),
) -> Report:
    """`verify` for the exercise `module.name`: what crosses to another process is its id.

    content: where the path's modules lie; "" for the kit's own. seeds: how many, from 0 on. For
    the others see `verify`.
    """
    module, _, name = exercise_id.partition(".")
    modules = Modules.of(content)
    return verify(exercises_of(module, modules)[name], least, range(seeds),
                  least_right=least_right, modules=modules)


def _exercises(module: str, modules: Modules) -> Iterable[Exercise]:
    if not python_files(modules.folder_of(module)):
        return ()
    return exercises_of(module, modules).values()


def print_table(reports: Sequence[Report], survivors: bool) -> None:
    """One row an exercise, then what has to be mended."""
    table = Table(title="Strength of the checks", caption="mutants: rejected of non-equivalent")
    for name in ("exercise", "right", "misconceptions", "mutants", "rejected", "equivalent",
                 ""):
        table.add_column(name, justify="right" if name not in ("exercise", "") else "left")
    for report in reports:
        table.add_row(
            report.exercise,
            str(report.right_answers),
            str(report.misconceptions),
            f"{report.killed} of {report.mutants}",
            f"{report.score:.0%}",
            str(report.equivalent),
            "good" if report.good else "MEND",
        )
    killed, total = sum(r.killed for r in reports), sum(r.mutants for r in reports)
    table.add_section()
    table.add_row(
        f"{len(reports)} exercises",
        str(sum(r.right_answers for r in reports)),
        str(sum(r.misconceptions for r in reports)),
        f"{killed} of {total}",
        f"{killed / total:.1%}" if total else "",
        str(sum(r.equivalent for r in reports)),
        "good" if all(r.good for r in reports) else "MEND",
    )
    console = Console(width=None if sys.stdout.isatty() else 100)
    console.print(table)
    for line in _to_mend(reports, survivors):
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def _to_mend(reports: Sequence[Report], survivors: bool) -> Iterator[str]:
    for report in reports:
        for fault in report.faults:
            yield f"{report.exercise}: {fault}"
        for mutant in report.survived if survivors else ():
            yield (f"{report.exercise}: passes under seed {mutant.seed} although wrong "
                   f"({mutant.change}): {mutant.line}")


def print_json(reports: Sequence[Report]) -> None:
    """One JSON object a line, for machines."""
    for report in reports:
        print(json.dumps({**dataclasses.asdict(report), "score": report.score}))

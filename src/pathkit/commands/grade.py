"""`pathkit grade` and `pathkit autograder`."""

from __future__ import annotations

from pathlib import Path

import click

from pathkit.commands import common


@click.command()
@click.argument("submissions", type=click.Path(path_type=Path, exists=True))
@click.option("--assignment", "handed_out", required=True,
              type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="The zip that `pathkit assign` made.")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False),
              help="The folder for grades; overrides.yaml there is heeded.")
@click.option("--jobs", type=click.IntRange(1), default=None, help="How many at a time.")
@click.option("--dask", default="", metavar="ADDRESS",
              help="Send the work to this Dask scheduler, such as tcp://10.0.0.5:8786.")
@click.option("--canvas", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="Your export of Canvas' gradebook; a copy is filled in.")
@click.option("--canvas-column", default="", metavar="TITLE",
              help="Title or number of the column; the assignment's title by default.")
@click.option("--cpu", type=click.IntRange(1, 3600), default=30, show_default=True,
              help="Seconds of computing for one exercise.")
@click.option("--wall", type=click.IntRange(1, 3600), default=40, show_default=True,
              help="Seconds for one exercise, waiting included.")
@click.option("--memory", type=click.IntRange(256), default=2048, show_default=True,
              help="Megabytes for one exercise.")
@click.option("--full", is_flag=True,
              help="Also run every notebook from top to bottom, with a kernel. It earns no points.")
@click.option("--full-wall", type=click.IntRange(10, 24 * 3600), default=300, show_default=True,
              help="Seconds for one whole notebook.")
@click.option("--sandbox", default="", metavar="NAME",
              help="Use this sandbox only; otherwise the first that works.")
@click.option("--unsafe-no-sandbox", "unsafe", is_flag=True,
              help="Run learner code with your own rights. Only for code that you trust.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a student.")
@click.pass_obj
def grade(root, submissions, handed_out, out, jobs, dask, canvas, canvas_column, cpu, wall, memory,
          full, full_wall, sandbox, unsafe, as_json) -> int:
    """Grade SUBMISSIONS, a folder or zip as your LMS gives it."""
    from pathkit.classroom.grading.limits_and_results import Limits
    from pathkit.classroom.pipeline import Wishes, run
    from pathkit.classroom.whole_notebooks.one_notebook import Limits as WholeLimits
    from pathkit.commands import grade_report
    from pathkit.running.workers import cores

    limits = Limits(cpu=cpu, wall=wall, memory=memory * 2**20)
    wishes = Wishes(submissions, handed_out, out, jobs or cores(), dask, canvas, canvas_column,
                    _place(sandbox, unsafe), limits,
                    WholeLimits(wall=full_wall) if full else None, common.content(root))
    try:
        with grade_report.progress() as told:
            done = run(wishes, grade_report.protection, told)
    except KeyboardInterrupt:
        grade_report.kept()
        raise
    grade_report.report(done, as_json)
    return common.OK


def _place(wished: str, unsafe: bool) -> str:
    from pathkit.classroom.sandboxes import UNSAFE, WAYS

    if wished and unsafe:
        raise click.UsageError("--sandbox and --unsafe-no-sandbox exclude each other")
    if wished and wished not in WAYS:
        raise click.UsageError(f"there is no sandbox {wished!r}; there are {', '.join(WAYS)}")
    return UNSAFE if unsafe else wished


@click.command()
@click.option("--assignment", "handed_out", required=True,
              type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="The zip that `pathkit assign` made.")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False),
              help="The zip to write.")
@click.option("--unsafe-no-sandbox", "unsafe", is_flag=True,
              help="Where no sandbox works, run learner code beside the answers all the same.")
@click.pass_obj
def autograder(root: Path | None, handed_out: Path, out: Path, unsafe: bool) -> int:
    """Write an autograder for Gradescope. It holds the answers: show it to nobody."""
    from pathkit.classroom import assignment
    from pathkit.classroom.gradescope_autograder import autograder
    from pathkit.files import write_atomically

    found = assignment.load(handed_out, common.content(root))
    write_atomically(out, autograder.autograder(found, unsafe))
    click.echo(out)
    return common.OK

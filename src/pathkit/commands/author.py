"""Commands for authors: build, verify, run, schema."""

from __future__ import annotations

from pathlib import Path

import click

from pathkit.commands import common


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit 1 and name each stale file.")
@click.pass_obj
def build(root: Path | None, check: bool) -> int:
    """Write notebooks/ from curriculum.yaml and the modules."""
    from pathkit.building import build as builder

    place = common.place(root)
    if check:
        stale = builder.check(place)
        for one in stale:
            click.echo(str(one))
        return common.FAILED if stale else common.OK
    if builder.unchanged(place):
        click.echo("notebooks are up to date", err=True)
        return common.OK
    for name in builder.build(place):
        click.echo(name)
    return common.OK


@click.command()
@click.argument("modules", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--survivors/--no-survivors", default=True, help="List mutants that pass.")
@click.option("--seeds", type=click.IntRange(1), default=3, show_default=True,
              help="Draw the probes anew for each of so many seeds, from 0 on.")
@click.option("--lessons", is_flag=True,
              help="Run the lessons below the right answers that are kept, and measure nothing.")
@click.pass_obj
def verify(
    root: Path | None, modules: tuple[str, ...], as_json: bool, survivors: bool, seeds: int,
    lessons: bool,
) -> int:
    """Measure the checks: references, right answers, stubs, misconceptions, mutants."""
    if lessons:
        from pathkit.strength.run_below_answers import run_below_answers

        return common.OK if run_below_answers(common.place(root), modules) else common.FAILED
    from pathkit.standards.lint import broken_lessons
    from pathkit.strength.verify_table import verify_modules

    place = common.place(root)
    broken = broken_lessons(place, modules)
    for finding in broken:
        click.echo(finding.told(place.root), err=as_json)
    good = verify_modules(place, modules, as_json, survivors, seeds)
    return common.OK if good and not broken else common.FAILED


@click.command()
@click.argument("modules", nargs=-1)
@click.option("-p", "parameters", nargs=2, multiple=True, metavar="NAME VALUE",
              help="A parameter of the notebook's parameters cell; may be repeated.")
@click.option("--jobs", type=click.IntRange(1), default=None, help="How many at a time.")
@click.option("--learner", is_flag=True, help="Run the learner's notebooks; store nothing there.")
@click.option("--timeout", type=click.IntRange(1), default=None, help="Seconds for one cell.")
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), default=None,
              help="Write executed notebooks there instead of into notebooks/solutions.")
@click.pass_obj
def run(root, modules, parameters, jobs, learner, timeout, output) -> int:
    """Execute solutions and refresh their stored outputs."""
    from pathkit.running.run_modules import run_modules

    good = run_modules(common.place(root), modules, parameters, jobs, learner, timeout, output)
    return common.OK if good else common.FAILED


@click.command()
@click.argument("file", type=click.Choice(["curriculum", "recall"]), default="curriculum")
@click.pass_obj
def schema(root: Path | None, file: str) -> int:
    """Print the JSON Schema of curriculum.yaml, or of the modules' recall.yaml."""
    import json

    from pathkit.curriculum import json_schema

    click.echo(json.dumps(json_schema(file), indent=2))
    return common.OK

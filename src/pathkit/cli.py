"""The command line: one thin function for each command, imported when it is called."""

from __future__ import annotations

import sys
from pathlib import Path

import click

OK, FAILED, USAGE, INVALID, ENVIRONMENT, NOTHING, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130


class Group(click.Group):
    """Turns the errors we know into one line and an exit code; results go to stdout."""

    def main(self, *args, **kwargs):
        """Run a command; never shows a traceback for an error that a user can mend."""
        standalone = kwargs.pop("standalone_mode", True)
        if not standalone:
            return super().main(*args, standalone_mode=False, **kwargs)
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                # A console that lacks a character shows its number; that's no reason to fail.
                stream.reconfigure(errors="backslashreplace")
        try:
            code = super().main(*args, standalone_mode=False, **kwargs)
        except click.ClickException as error:
            error.show()
            sys.exit(error.exit_code)
        except (click.Abort, KeyboardInterrupt):
            click.echo("interrupted", err=True)
            sys.exit(INTERRUPTED)
        except Exception as error:
            code = _explained(error)
            if code is None:
                raise
        sys.exit(code or OK)


def _explained(error: Exception) -> int | None:
    """Print an error of ours and say which exit code it has; None for errors that aren't ours."""
    # By name, so that nothing has to be imported to find out that nothing went wrong.
    codes = {
        "CurriculumError": INVALID,
        "ContentError": INVALID,
        "ExerciseError": INVALID,
        "EnvironmentProblem": ENVIRONMENT,
        "NothingMatched": NOTHING,
        "DatasetError": ENVIRONMENT,
        "OSError": ENVIRONMENT,
    }
    for kind in type(error).__mro__:
        if kind.__name__ in codes:
            click.echo(str(error), err=True)
            return codes[kind.__name__]
    return None


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="The folder that holds curriculum.yaml; found upwards from here by default.",
)
@click.version_option(package_name="pathkit", prog_name="pathkit")
@click.pass_context
def main(context: click.Context, root: Path | None) -> None:
    """Build, verify, run and open the learning path."""
    context.obj = root


def _place(root: Path | None):
    from pathkit.build import Place

    start = (root or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / "curriculum.yaml").is_file():
            return Place(folder)
        if root is not None:
            break
    raise click.UsageError(f"there is no curriculum.yaml in {start}" + (
        "" if root else " or above it") + "; name its folder with --root"
    )


@main.command()
@click.option("--check", is_flag=True, help="Write nothing; exit 1 and name each stale file.")
@click.pass_obj
def build(root: Path | None, check: bool) -> int:
    """Write notebooks/ from curriculum.yaml, lessons and exercises."""
    from pathkit import build as builder

    place = _place(root)
    if check:
        stale = builder.check(place)
        for one in stale:
            click.echo(str(one))
        return FAILED if stale else OK
    if builder.unchanged(place):
        click.echo("notebooks are up to date", err=True)
        return OK
    for name in builder.build(place):
        click.echo(name)
    return OK


@main.command()
@click.argument("modules", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--survivors/--no-survivors", default=True, help="List mutants that pass.")
@click.pass_obj
def verify(root: Path | None, modules: tuple[str, ...], as_json: bool, survivors: bool) -> int:
    """Measure the checks: references, stubs, misconceptions, mutants."""
    from pathkit.verify_table import verify_modules

    return FAILED if not verify_modules(_place(root), modules, as_json, survivors) else OK


@main.command()
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
    from pathkit.execute import run_modules

    good = run_modules(_place(root), modules, parameters, jobs, learner, timeout, output)
    return OK if good else FAILED


@main.command()
@click.pass_obj
def schema(root: Path | None) -> int:
    """Print the JSON Schema of curriculum.yaml."""
    import json

    from pathkit.curriculum import json_schema

    click.echo(json.dumps(json_schema(), indent=2))
    return OK


@main.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option("--browser/--no-browser", default=True, help="Open a browser window.")
@click.option("--jupyter", "extra", multiple=True, metavar="OPTION",
              help="An option handed on to JupyterLab; may be repeated.")
@click.pass_obj
def start(root: Path | None, folder: Path | None, browser: bool, extra: tuple[str, ...]) -> int:
    """Open the path in JupyterLab, in a copy of your own (my-path/ by default)."""
    from pathkit.learner.start import start as serve

    place = _place(root)
    return serve(place, (folder or place.root / "my-path").resolve(), browser, extra)

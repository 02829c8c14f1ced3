"""The command line: finds the command that is asked for and turns errors into exit codes."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import click

from pathkit import __version__
from pathkit.commands.common import ENVIRONMENT, INTERRUPTED, INVALID, NOTHING, OK
from pathkit.commands.groups import Commands, with_what_was_meant

# Where each command is; its file is read when the command, or the list of all, is asked for.
HOMES = {
    "start": "start",
    "status": "learner",
    "next": "learner",
    "check": "learner",
    "hint": "learner",
    "solution": "learner",
    "reset": "learner",
    "done": "learner",
    "plan": "plan",
    "review": "review",
    "group": "group",
    "certificate": "certificate",
    "tutor": "tutor",
    "doctor": "doctor",
    "assign": "assign",
    "grade": "grade",
    "autograder": "grade",
    "sandbox": "sandbox",
    "build": "author",
    "verify": "author",
    "run": "author",
    "schema": "author",
    "train": "train",
    "lint": "lint",
    "new": "new",
}


SECTIONS = {
    "Learning": ("start", "next", "status", "check", "hint", "solution", "reset", "done", "plan",
                 "review", "certificate", "tutor", "doctor"),
    "Groups": ("group",),
    "Teaching": ("assign", "grade", "autograder", "sandbox"),
    "Authoring": ("new", "build", "lint", "verify", "run", "schema", "train"),
}


class Group(Commands):
    """Turns the errors we know into one line and an exit code; results go to stdout."""

    sections = SECTIONS

    def list_commands(self, context: click.Context) -> list[str]:
        """The names of all commands, in the order of a learner's way."""
        return [name for section in SECTIONS.values() for name in section]

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """The command with this name, imported now; None when there is none."""
        if name not in HOMES:
            return None
        return getattr(importlib.import_module(f"pathkit.commands.{HOMES[name]}"), name)

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
            with_what_was_meant(error).show()
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
        "KeptAnswerError": INVALID,
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
@click.version_option(__version__, prog_name="pathkit")
@click.pass_context
def main(context: click.Context, root: Path | None) -> None:
    """Work through the learning path, alone or with others; teach it, and write it."""
    context.obj = root

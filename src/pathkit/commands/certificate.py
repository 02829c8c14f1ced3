"""The command that writes a learner's certificate."""

from __future__ import annotations

from pathlib import Path

import click

from pathkit.commands import common
from pathkit.errors import EnvironmentProblem


@click.command()
@click.option("--name", default="", metavar="NAME", help="Yours, as it should stand on the page.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Where to write it; certificate.html in your folder by default.")
@common.in_folder
@click.pass_obj
def certificate(root: Path | None, name: str, output: Path | None, folder: Path | None) -> int:
    """Write a page of what you did, for printing.

    It repeats your log: exercises that passed, predictions, days. The loss of the model that you
    kept is measured again. What wasn't checked isn't claimed.
    """
    from datetime import date

    from pathkit.learner import certificate as page
    from pathkit.learner.progress import of_folder

    home = common.learners_folder(root, folder)
    file = output or home.root / page.NAME
    found = page.facts(of_folder(home), home)
    try:
        page.write(found, name, date.today(), file)
    except OSError as error:
        raise EnvironmentProblem(f"{file} can't be written: {error.strerror}") from error
    click.echo(f"{file}: {found.total('passed')} of {found.exercises} exercises")
    return common.OK

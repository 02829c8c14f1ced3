"""`pathkit start`."""

from __future__ import annotations

from pathlib import Path

import click

from pathkit.commands import common


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option("--browser/--no-browser", default=True, help="Open a browser window.")
@click.option("--jupyter", "extra", multiple=True, metavar="OPTION",
              help="An option handed on to JupyterLab; may be repeated.")
@click.option("--dry-run", is_flag=True, help="Say what an update would change; change nothing.")
@click.pass_obj
def start(root, folder, browser, extra, dry_run) -> int:
    """Open the path in JupyterLab, in a copy of your own (my-path/ by default).

    Run again after an update, it merges: your answers, notes and cells stay.
    """
    from pathkit.learner.lab import start as starting

    place = common.place(root)
    folder = (folder or place.root / "my-path").resolve()
    if dry_run:
        for line in starting.rehearse(place, folder):
            click.echo(line)
        return common.OK
    return starting.start(place, folder, browser, extra)

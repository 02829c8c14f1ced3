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
    """Open the path in JupyterLab, in a copy of your own.

    That is the one you stand in, or my-path/: of the project, or where you stand.

    Run again after an update, it merges: your answers, notes and cells stay.
    """
    from pathkit.learner.folder import Folder
    from pathkit.learner.lab import start as starting

    folder = (folder or _default(root)).resolve()
    place = common.path_at_hand(root, Folder(folder))
    if dry_run:
        for line in starting.rehearse(place, folder):
            click.echo(line)
        return common.OK
    return starting.start(place, folder, browser, extra)


def _default(root: Path | None) -> Path:
    """The learner's folder that is nearest, or where a new one goes."""
    from pathkit.learner.folder import nearest

    found = common.project(root)
    home = None if root else nearest(found.root if found else None)
    return home.root if home else common.new_folder(root)

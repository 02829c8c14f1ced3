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
@click.pass_obj
def start(root: Path | None, folder: Path | None, browser: bool, extra: tuple[str, ...]) -> int:
    """Open the path in JupyterLab, in a copy of your own (my-path/ by default)."""
    from pathkit.learner.start import start as serve

    place = common.place(root)
    return serve(place, (folder or place.root / "my-path").resolve(), browser, extra)

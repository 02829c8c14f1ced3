"""`pathkit tutor`."""

from __future__ import annotations

from pathlib import Path

import click

from pathkit.commands import common


@click.command()
@click.argument("state", required=False, type=click.Choice(["on", "off"]))
@common.in_folder
@click.pass_obj
def tutor(root: Path | None, state: str | None, folder: Path | None) -> int:
    """Ask AI assistants to tutor in your folder (on), or let them do as they like (off)."""
    from pathkit.learner import tutor as tutoring

    home = common.learners_folder(root, folder)
    if state is None:
        click.echo(f"tutoring is {'on' if tutoring.is_on(home) else 'off'} in {home.root}")
        return common.OK
    for name in tutoring.switch(home, state == "on"):
        click.echo(f"{'written' if state == 'on' else 'removed'}: {name}")
    for name in tutoring.left(home):
        click.echo(f"left, since you changed it: {name}", err=True)
    if state == "on":
        click.echo("assistants that read AGENTS.md now tutor, and completion is off in VS Code")
    else:
        click.echo("assistants aren't asked for anything now; `pathkit tutor on` asks again")
    return common.OK

"""`pathkit lint`: what the lessons of a path don't hold."""

from __future__ import annotations

from pathlib import Path

import click

from pathkit.commands import common


@click.command()
@click.argument("modules", nargs=-1)
@click.pass_obj
def lint(root: Path | None, modules: tuple[str, ...]) -> int:
    """Say what is broken in lessons, and where they miss the path's standards."""
    from pathkit.standards.lint import lint as held

    place = common.place(root)
    result = held(place, modules)
    for finding in (*result.unreadable, *result.findings):
        click.echo(finding.told(place.root))
    _summary(result)
    if result.unreadable:
        return common.INVALID
    return common.FAILED if result.findings else common.OK


def _summary(result) -> None:
    """One line for people, on stderr."""
    lessons = len(result.modules) - len(result.drafts)
    many = len(result.findings) + len(result.unreadable)
    drafts = f"; without a lesson yet: {', '.join(result.drafts)}" if result.drafts else ""
    found = "nothing to mend" if not many else f"{many} to mend"
    click.echo(f"{lessons} lesson{'s' * (lessons != 1)}, {found}{drafts}", err=True)

"""`pathkit lint`: what the lessons of a path don't hold."""

from __future__ import annotations

from pathlib import Path

import click

from pathkit.commands import common


@click.command()
@click.argument("modules", nargs=-1)
@click.option("--notices", is_flag=True, help="Show as well what may be meant: odd probes.")
@click.pass_obj
def lint(root: Path | None, modules: tuple[str, ...], notices: bool) -> int:
    """Say what is broken in lessons, and where they miss the path's standards."""
    from pathkit.standards.lint import lint as held

    place = common.place(root)
    result = held(place, modules)
    for finding in (*result.unreadable, *result.findings):
        click.echo(finding.told(place.root))
    for notice in result.notices if notices else ():
        click.echo(f"notice: {notice.told(place.root)}")
    _summary(result, notices)
    if result.unreadable:
        return common.INVALID
    return common.FAILED if result.findings else common.OK


def _summary(result, shown: bool) -> None:
    """One line for people, on stderr."""
    lessons = len(result.modules) - len(result.drafts)
    many = len(result.findings) + len(result.unreadable)
    drafts = f"; without a lesson yet: {', '.join(result.drafts)}" if result.drafts else ""
    found = "nothing to mend" if not many else f"{many} to mend"
    count = 0 if shown else len(result.notices)
    more = f"; {count} notice{'s' * (count != 1)}, which --notices shows" if count else ""
    click.echo(f"{lessons} lesson{'s' * (lessons != 1)}, {found}{drafts}{more}", err=True)

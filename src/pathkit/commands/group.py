"""`pathkit group …`: a group that meets, by way of a shared folder or Git repository."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from pathkit.commands import common
from pathkit.commands.groups import Commands

SHARED_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group(cls=Commands)
def group() -> None:
    """Meet with others: a shared folder, a board, meetings, agendas. Answers are never shared."""


@group.command()
@click.argument("shared", type=SHARED_FOLDER)
@click.option("--name", default=None, help="What the group is called; the folder's name if left.")
def init(shared: Path, name: str | None) -> int:
    """Make SHARED, a folder all of you can reach or a Git repository, the group's folder."""
    from pathkit.groups import shared as groups

    root = shared.resolve()
    groups.create(root, (name or root.name).strip() or root.name)
    click.echo(f"{root} is the group's folder now; each of you joins it:")
    click.echo(f"  pathkit group join {shared} --as NAME")
    return common.OK


@group.command()
@click.argument("shared", type=SHARED_FOLDER)
@click.option("--as", "name", required=True, help="Your name there, as the others see it.")
@click.option("--again", is_flag=True, help="The name is yours already, from another machine.")
@common.in_folder
@click.pass_obj
def join(root, shared: Path, name: str, again: bool, folder: Path | None) -> int:
    """Join the group whose folder is SHARED, under a name you choose."""
    from pathkit.groups import shared as groups

    home = common.learners_folder(root, folder)
    found = groups.Group(shared.resolve())
    groups.join(home, found, name, again)
    click.echo(f"you are {name!r} in {groups.load(found)['name']!r}")
    click.echo("the others see which exercises you tried and passed, and when; never your code,")
    click.echo("your predictions or what a check said. `pathkit group leave` takes it away again.")
    _remind_of_git(found)
    return common.OK


@group.command()
@common.in_folder
@click.pass_obj
def leave(root, folder: Path | None) -> int:
    """Leave the group and take what you shared out of its folder."""
    from pathkit.groups import shared as groups

    file = groups.leave(common.learners_folder(root, folder))
    click.echo(f"left; {file} is gone")
    return common.OK


@group.command()
@common.in_folder
@click.pass_obj
def share(root, folder: Path | None) -> int:
    """Bring what the group sees of you up to date; board and agenda do so by themselves."""
    from pathkit.groups import shared as groups

    home = common.learners_folder(root, folder)
    new = groups.share(home)
    click.echo("shared" if new else "nothing new to share")
    if new:
        _remind_of_git(groups.of(home)[0])
    return common.OK


@group.command()
@common.in_folder
@click.option("--open", "show", is_flag=True, help="Open the page in a browser.")
@click.pass_obj
def board(root, folder: Path | None, show: bool) -> int:
    """Who is where, who can help whom, the next meeting: here and as a page, board.html."""
    from pathkit.commands.group_board import print_board
    from pathkit.files import write_atomically
    from pathkit.groups import page

    found, path, rows, meeting = _state(root, folder)
    print_board(path, rows, meeting)
    name = _name(found)
    write_atomically(found.board, page.html(name, path, rows, date.today(), meeting))
    click.echo(f"the page: {found.board}", err=True)
    if show:
        click.launch(str(found.board))
    return common.OK


@group.command()
@click.argument("module", required=False)
@click.option("--markdown", is_flag=True, help="As Markdown, to print or to paste.")
@common.in_folder
@click.pass_obj
def agenda(root, module: str | None, markdown: bool, folder: Path | None) -> int:
    """The sheet for a meeting about MODULE; by default about the next meeting's modules."""
    from pathkit.errors import NothingMatched, chosen
    from pathkit.groups import agenda as sheets
    from pathkit.groups import meetings
    from pathkit.terminal import print_markdown

    found, path, rows, _ = _state(root, folder)
    if module is not None:
        names = chosen([module], [m.id for m in path.modules])
    else:
        coming = meetings.coming(meetings.stored(found), _now())
        if coming is None:
            raise NothingMatched(
                "no meeting is planned; name a module: pathkit group agenda MODULE"
            )
        names = list(coming.modules)
    for name in names:
        one = path.module(name)
        if one.group is None:
            raise NothingMatched(f"module {name!r} has no questions for a group yet")
        sheet = sheets.markdown(path, one, rows)
        if markdown:
            click.echo(sheet)
        else:
            print_markdown(sheet)
            click.echo()
    return common.OK


@group.command()
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), required=True,
              help="The date of the first meeting; the others follow weekly.")
@click.option("--at", "at", type=click.DateTime(["%H:%M"]), default="19:00", show_default=True,
              help="The time of day.")
@click.option("--hours", type=click.FloatRange(min=0.5), default=None,
              help="Work between two meetings; as many modules as fit are met about together.")
@click.option("--every", "days", type=click.IntRange(1), default=7, show_default=True,
              help="Days from one meeting to the next.")
@click.option("--essentials", is_flag=True, help="The short path only.")
@click.option("--to", "goal", default=None, help="A module, or a concept such as 'kv cache'.")
@common.in_folder
@click.pass_obj
def plan(root, first, at, hours, days, essentials, goal, folder) -> int:
    """Lay the path over meetings, and write them as one calendar, meetings.ics."""
    from pathkit.groups import meetings

    found, path, _, _ = _state(root, folder)
    modules = _wanted(path, essentials, goal)
    laid = meetings.lay_out(modules, first.date(), at.time(), _zone(), hours, days)
    meetings.store(found, laid)
    found.calendar.write_bytes(meetings.ics(found, path))
    for meeting in laid:
        told = meetings.described(meeting, path)
        click.echo(f"{told['when']}: {told['what']}")
    click.echo(f"the calendar: {found.calendar}", err=True)
    _remind_of_git(found)
    return common.OK


def _state(root: Path | None, folder: Path | None):
    """The group, the path, a row for each member and the next meeting, one's own shared first."""
    from pathkit import path_map
    from pathkit.groups import board as boards
    from pathkit.groups import meetings
    from pathkit.groups import shared as groups

    home = common.learners_folder(root, folder)
    found, _ = groups.of(home)
    groups.share(home)
    path = path_map.load(home.path_map)
    rows = boards.rows(path, groups.members(found))
    coming = meetings.coming(meetings.stored(found), _now())
    return found, path, rows, meetings.described(coming, path) if coming else None


def _wanted(path, essentials: bool, goal: str | None):
    """The modules that the group meets about, in order: whatever somebody has done of them."""
    from pathkit.learner.plan import concepts
    from pathkit.learner.plan.goal import ESSENTIALS, MODULE, WHOLE, Goal, needed

    if essentials and goal:
        raise click.UsageError("--essentials and --to are two goals; choose one")

    def way(module) -> frozenset[str]:
        return frozenset(m.id for m in needed(path, [module]))

    wanted = Goal(ESSENTIALS if essentials else WHOLE)
    if goal:
        found, _ = concepts.choose(
            path, goal, way, lambda m: sum(path.module(name).minutes for name in way(m))
        )
        wanted = Goal(MODULE, found.module.id)
    return needed(path, wanted.targets(path))


def _zone() -> str:
    """The name of this machine's time zone, for all members: a meeting is at one place's clock."""
    from pathkit.local_time import local_zone

    zone = local_zone()
    return zone.key if zone else "UTC"


def _now() -> datetime:
    return datetime.now().astimezone()


def _name(found) -> str:
    from pathkit.groups import shared as groups

    return groups.load(found)["name"]


def _remind_of_git(found) -> None:
    if (found.root / ".git").exists():
        click.echo("the folder is a Git repository: commit and push it, so that the others see it",
                   err=True)

"""`pathkit plan`."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pathkit.commands import common
from pathkit.commands.plan_options import DAYS, Clock, Day, Days, Hours

if TYPE_CHECKING:
    from pathkit.learner.folder import Folder
    from pathkit.learner.plan.goal import Goal, Wishes
    from pathkit.learner.plan.plan import Week
    from pathkit.learner.plan.route import Leg
    from pathkit.learner.progress import Progress
    from pathkit.path_map import Module, PathMap

STDOUT = Path("-")
# More than that on one day is a slip, such as hours meant for a month.
LONGEST_DAY = 16


@click.command()
@click.option("--hours", type=Hours(0.25, 168), help="Hours a week.  [default: 5]")
@click.option("--from", "start", type=Day(), help="The first day: 2026-11-23, today, monday.")
@click.option("--to", "to", metavar="MODULE", help='Up to a module, or a concept: "kv cache".')
@click.option("--essentials", is_flag=True, help="The fast route: the modules marked ★.")
@click.option("--whole", is_flag=True, help="The whole path.  [default]")
@click.option("--notebooks-only/--with-resources", default=None,
              help="Whether notebooks alone are counted, or what to watch and read as well.")
@click.option("--days", type=Days(), help="Days with a session: mon,wed,sat.")
@click.option("--at", type=Clock(), help="When sessions begin.  [default: 19:00]")
@click.option("--markdown", is_flag=True, help="Print a list to tick off.")
@click.option("--ics", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
              help="Write a calendar file to import; - prints it.")
@click.option("--json", "as_json", is_flag=True, help="Print plain data.")
@click.option("--keep", "--save", "keep", is_flag=True,
              help="Make this your plan, which `pathkit next` follows.")
@common.in_folder
@click.pass_obj
def plan(
    root: Path | None, hours: float | None, start: date | None, to: str | None, essentials: bool,
    whole: bool, notebooks_only: bool | None, days: tuple[int, ...] | None, at: time | None,
    markdown: bool, ics: Path | None, as_json: bool, keep: bool, folder: Path | None,
) -> int:
    """Lay the way to a goal over weeks, from where you stand.

    What you leave out is as in your plan. The first plan that you ask for becomes yours, and
    `pathkit next` follows it; a later one with other options is a trial, unless you say --keep.
    """
    from pathkit.learner import status
    from pathkit.learner.plan import goal as goals
    from pathkit.learner.plan.plan import lay_out
    from pathkit.learner.plan.route import route
    from pathkit.learner.progress import of_folder

    if sum((to is not None, essentials, whole)) > 1:
        raise click.UsageError("--to, --essentials and --whole exclude one another")
    if sum((markdown, as_json, ics == STDOUT)) > 1:
        raise click.UsageError("--markdown, --json and --ics - would print over one another")
    home = common.learners_folder(root, folder)
    progress = of_folder(home)
    path = progress.path
    said = {
        "goal": _goal(path, progress, to, essentials, whole),
        "hours": hours,
        "days": days,
        "at": f"{at:%H:%M}" if at else None,
        "resources": None if notebooks_only is None else not notebooks_only,
    }
    said = {k: v for k, v in said.items() if v is not None}
    last = goals.stored(home)
    wishes = _wishes(path, last, said)
    legs = route(path, progress, wishes.goal, wishes.resources)
    weeks = lay_out(legs, start or _first_day(wishes.at), wishes.minutes, wishes.days)
    if ics is not None:
        _export(ics, home, path, weeks, wishes)
    kept = (keep or (last is None and bool(said))) and (wishes == last or _keep(home, wishes))
    as_table = ics is None and not (markdown or as_json)
    if ics is None or markdown or as_json:
        _show(path, weeks, legs, wishes, markdown, as_json, kept or wishes == last)
    if not as_json and (what := _kept_or_not(path, wishes, last, kept)):
        click.echo(what, err=not as_table)
    if as_table and weeks:
        for line in status.step_lines(progress, goals.coming_step(progress)):
            click.echo(line)
    return common.OK


def _keep(home: Folder, wishes: Wishes) -> bool:
    """Make it the plan; says why, where that can't be, and returns whether it could."""
    from pathkit.learner.plan import goal as goals

    try:
        goals.store(home, wishes)
    except OSError as error:
        click.echo(f"this plan isn't kept: {home.settings} can't be written ({error.strerror})",
                   err=True)
        return False
    return True


def _kept_or_not(path: PathMap, wishes: Wishes, last: Wishes | None, kept: bool) -> str:
    """Whether this is the learner's plan now, or which one still is; "" where nothing was asked."""
    if wishes == last or not (kept or last):
        return ""
    if kept:
        return (
            f"This is your plan now, to {wishes.goal.name(path)}: `pathkit next` follows it."
        )
    theirs = f"your plan, to {last.goal.name(path)}" if last.goal.targets(path) else (
        "the order of the path"
    )
    return f"This is a trial: `pathkit next` still follows {theirs}. --keep makes it your plan."


def _wishes(path: PathMap, last: Wishes | None, said: Mapping[str, Any]) -> Wishes:
    """What is said now, the rest as in the plan that is kept; tells what was taken from there."""
    from pathkit.learner.plan.goal import Goal, Wishes

    last = last or Wishes()
    if "goal" not in said and not last.goal.targets(path):
        click.echo(f"{last.goal.module}, where your plan led, is gone from the path", err=True)
        last = dataclasses.replace(last, goal=Goal())
    wishes = dataclasses.replace(last, **said)
    days = wishes.days or range(len(DAYS))
    if wishes.minutes > LONGEST_DAY * 60 * len(days):
        raise click.UsageError(
            f"{wishes.hours:g} hours a week on {_named(days)} are more than {LONGEST_DAY} a day; "
            "name more days, or fewer hours"
        )
    words = {
        "goal": f"to {wishes.goal.name(path)}",
        "hours": f"{wishes.hours:g} hours a week",
        "days": _named(wishes.days),
        "at": wishes.at,
        "resources": "notebooks only",
    }
    kept = [
        word for key, word in words.items()
        if key not in said and getattr(wishes, key) != getattr(Wishes(), key)
    ]
    if kept:
        click.echo(f"as in your last plan: {', '.join(kept)}", err=True)
    return wishes


def _named(days: Sequence[int]) -> str:
    return ",".join(DAYS[day][:3] for day in days)


def _goal(
    path: PathMap, progress: Progress, to: str | None, essentials: bool, whole: bool
) -> Goal | None:
    """The goal that is asked for, if one is; says where a concept is, and where else."""
    from pathkit.learner.plan import concepts
    from pathkit.learner.plan.goal import ESSENTIALS, MODULE, Goal, needed
    from pathkit.learner.plan.route import route

    if to is None:
        return Goal(ESSENTIALS) if essentials else Goal() if whole else None

    def minutes(module: Module) -> int:
        return sum(leg.minutes for leg in route(path, progress, Goal(MODULE, module.id)))

    def way(module: Module) -> frozenset[str]:
        return frozenset(m.id for m in needed(path, [module], progress))

    try:
        found, others = concepts.choose(path, to, way, minutes)
    except concepts.Ambiguous as error:
        raise click.UsageError(str(error)) from error
    if found.rank != concepts.NAMED:
        also = f"; also in {', '.join(m.module.id for m in others)}" if others else ""
        click.echo(f"{to}: {found.module.id} ({found.why}){also}", err=True)
    return Goal(MODULE, found.module.id)


def _first_day(at: str) -> date:
    """Today, or tomorrow when today's session would have begun already."""
    now = datetime.now()
    return now.date() + timedelta(days=f"{now:%H:%M}" > at)


def _show(
    path: PathMap, weeks: Sequence[Week], legs: Sequence[Leg], wishes: Wishes, markdown: bool,
    as_json: bool, kept: bool,
) -> None:
    from pathkit.learner.plan import plan_text, plan_views

    goal, minutes = wishes.goal.name(path), wishes.minutes
    drafts = [leg.module for leg in legs if leg.module.draft]
    coming = plan_text.to_come(drafts, wishes.resources)
    if as_json:
        import json

        data = plan_views.as_dict(goal, weeks, minutes, wishes.at)
        data |= {"lessons_to_come": [module.id for module in drafts], "kept": kept}
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
    elif not weeks:
        click.echo(f"You have done all of {goal}." if not drafts else (
            f"You have done all that there is of {goal}. {coming}"
        ))
    elif markdown:
        title = " ".join(filter(None, [plan_text.heading(goal, weeks, minutes), coming]))
        click.echo(plan_views.markdown(title, weeks, bool(wishes.days)), nl=False)
    else:
        title = plan_text.heading(goal, weeks, minutes)
        plan_views.print_table(title, weeks, bool(wishes.days))
        if coming:
            click.echo(coming)


def _export(
    file: Path, home: Folder, path: PathMap, weeks: Sequence[Week], wishes: Wishes
) -> None:
    """Write the calendar and keep what it holds; says what an import will change.

    Raises EnvironmentProblem when either can't be written.
    """
    from pathkit.errors import EnvironmentProblem
    from pathkit.files import write_atomically
    from pathkit.learner.plan import calendar_record
    from pathkit.learner.plan.ics import to_ics
    from pathkit.local_time import local_zone
    from pathkit.quantities import count

    zone = local_zone()
    last = calendar_record.read(home.calendar)
    if last is None and home.calendar.exists():
        click.echo(f"{home.calendar} is damaged: these are new events; delete earlier ones by hand",
                   err=True)
    text, record = to_ics(
        weeks, time.fromisoformat(wishes.at), zone, path.title,
        last or calendar_record.Record(), datetime.now().astimezone(),
    )
    if not record.events:
        click.echo(f"You have done all of {wishes.goal.name(path)}: there is nothing to write.",
                   err=True)
        return
    try:
        # First what is remembered: a file without it could never be updated.
        calendar_record.write(home.calendar, record)
        if file != STDOUT:
            write_atomically(file, text)
    except OSError as error:
        raise EnvironmentProblem(
            f"{error.filename or file} can't be written: {error.strerror}"
        ) from error
    if file == STDOUT:
        click.echo(text, nl=False)
    sessions = count(sum(len(week.sessions) for week in weeks), "session")
    gone = sum(event.cancelled for event in record.events.values())
    where = zone.key if zone else "the calendar's own time zone (TZ=Europe/Berlin names another)"
    click.echo(f"{file}: {sessions} at {wishes.at}, {where}; to import it again updates them",
               err=True)
    if gone:
        click.echo(f"cancelled in it, since no longer planned: {gone}", err=True)

"""`pathkit assign`: what an instructor calls."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pathkit.commands import common

if TYPE_CHECKING:
    from pathkit.classroom.assigning.handing_out import Project
    from pathkit.classroom.assignment import LatePolicy


class Due(click.ParamType):
    """A deadline: ISO, with a time zone."""

    name = "time"

    def convert(self, value: Any, param: Any, context: Any) -> datetime:
        """The time; fails with one line that says how to write it."""
        from pathkit.classroom import due_date

        if isinstance(value, datetime):
            return value
        try:
            return due_date.read(value)
        except ValueError as error:
            self.fail(str(error), param, context)


class Late(click.ParamType):
    """What a day costs, and after how many days nothing counts."""

    name = "policy"
    _form = re.compile(r"(?P<share>\d*\.?\d+) *(?P<percent>%?)(:(?P<days>\d+))?")

    def convert(self, value: Any, param: Any, context: Any) -> LatePolicy:
        """The policy; fails with one line that says how to write it."""
        from pathkit.classroom.assignment import LatePolicy

        if isinstance(value, LatePolicy):
            return value
        found = self._form.fullmatch(value.strip())
        share = float(found["share"]) / (100 if found["percent"] else 1) if found else 2
        if share > 1:
            self.fail(f"{value!r} is no share of the points for each day, with the days after "
                      "which nothing counts if there are any; write it as 0.1 or 10%:3")
        return LatePolicy(share, int(found["days"]) if found["days"] else None)


@click.command()
@click.argument("modules", nargs=-1, required=True, metavar="MODULE...")
@click.option("--due", type=Due(), required=True,
              help="With a time zone: 2027-03-01T23:59+01:00 or 2027-03-01T23:59[Europe/Berlin].")
@click.option("--only", multiple=True, metavar="EXERCISE,...",
              help="Only these exercises count; may be repeated.  [default: all]")
@click.option("--points", multiple=True, metavar="N|NAME=N",
              help="What each exercise earns, or one of them; may be repeated.  [default: 1]")
@click.option("--late", type=Late(), default="0", metavar="SHARE[:DAYS]",
              help="What each day begun after the deadline costs, and after how many days nothing "
                   "is earned: 10%:3.  [default: nothing]")
@click.option("--title", default="", help="What students see.  [default: the modules' titles]")
@click.option("--no-fallback", is_flag=True,
              help="Cells below an exercise that has not passed don't get the reference.")
@click.option("--setup", default="", metavar="TEXT",
              help="How students come by JupyterLab with pathkit, such as your JupyterHub's "
                   "address; a line of their page.  [default: what is needed]")
@click.option("--with-notes", is_flag=True,
              help="Write OUT-instructor.zip as well: solutions with teaching notes.")
@click.option("--format", "layout", type=click.Choice(["zip", "nbgrader"]), default="zip",
              show_default=True, help="A zip for your LMS, or a course folder for nbgrader.")
@click.option("--out", type=click.Path(path_type=Path), required=True,
              help="The zip to write, or nbgrader's course folder; nothing there is replaced.")
@click.pass_obj
def assign(
    root: Path | None, modules: tuple[str, ...], due: datetime, only: tuple[str, ...],
    points: tuple[str, ...], late: LatePolicy, title: str, no_fallback: bool, setup: str,
    with_notes: bool, layout: str, out: Path,
) -> int:
    """Hand out modules: notebooks, points, a deadline. Refuses to give an answer away."""
    from pathkit.classroom import due_date
    from pathkit.classroom.assigning import handing_out
    from pathkit.classroom.assigning.planning import Unclear, Wishes

    if layout == "zip" and out.suffix.lower() != ".zip":
        raise click.UsageError(f"--out {out}: the file is a zip; write --out {out}.zip")
    notes = out.with_name(f"{out.stem}-instructor.zip") if with_notes else None
    _must_be_free(notes, None if layout == "nbgrader" else out)
    wishes = Wishes(modules, due, _names(only), points, late, title, not no_fallback)
    try:
        project = handing_out.prepared(common.path_at_hand(root), wishes)
    except Unclear as error:
        raise click.UsageError(str(error)) from error
    try:
        handing_out.refuse_stale(project, solutions=with_notes or layout == "nbgrader")
        _write(project, layout, out, notes, setup.strip())
    except handing_out.Stale as error:
        return _refused(str(error), "Nothing was written: these notebooks are not up to date.")
    except handing_out.Leaking as error:
        return _refused(str(error), "Nothing was written: this would give answers away.")
    if due_date.is_past(due):
        click.echo(f"warning: the deadline is past: {due_date.in_words(due)}", err=True)
    _tell(project, out, notes)
    return common.OK


def _names(only: tuple[str, ...]) -> list[str]:
    return [name.strip() for text in only for name in text.split(",") if name.strip()]


def _refused(lines: str, why: str) -> int:
    click.echo(lines)
    click.echo(why, err=True)
    return common.FAILED


def _write(project: Project, layout: str, out: Path, notes: Path | None, setup: str) -> None:
    from pathkit.classroom.assigning import handing_out
    from pathkit.classroom.assigning.packing import packed
    from pathkit.files import write_atomically

    files = handing_out.for_students(project, setup)
    if layout == "nbgrader":
        _lay_out(project, files, out)
    else:
        write_atomically(out, packed(files))
    if notes is not None:
        from pathkit.classroom.assigning import teaching

        write_atomically(notes, packed(teaching.for_instructors(project)))


def _must_be_free(*files: Path | None) -> None:
    for file in filter(None, files):
        if file.exists():
            raise click.UsageError(f"{file} is there already; name another, or move it away")


def _lay_out(project: Project, files: dict[str, bytes], out: Path) -> None:
    """Write an assignment into a course folder, a new one or one with others in it."""
    import secrets

    from pathkit.classroom.assigning import nbgrader_course
    from pathkit.files import write_atomically

    name = nbgrader_course.name_of(project.assignment)
    _must_be_free(out / "source" / name)
    seed = secrets.randbelow(2**31)
    course = nbgrader_course.course(project.assignment, project.contents, files, seed)
    settings = course.pop(nbgrader_course.CONFIG_FILE)
    for file, data in course.items():
        write_atomically(out / file, data)
    _configure(out, settings)
    due = nbgrader_course.due_for_nbgrader(project.assignment)
    click.echo(
        f"next, in {out}: nbgrader db assignment add {name} --duedate \"{due}\" && "
        f"nbgrader generate_assignment {name}", err=True
    )


def _configure(out: Path, settings: bytes) -> None:
    """Write nbgrader's settings; what an instructor or an earlier assignment wrote stays."""
    from pathkit.classroom.assigning import nbgrader_course
    from pathkit.files import write_atomically

    file = out / nbgrader_course.CONFIG_FILE
    if not file.exists():
        write_atomically(file, settings)
        return
    ours = nbgrader_course.OWN_CONFIG_FILE
    text = file.read_text(encoding="utf-8", errors="replace")
    if nbgrader_course.SEED in text or ours in text:
        return
    if not (out / ours).exists():
        write_atomically(out / ours, settings)
    click.echo(f'{file} is yours and stays as it is: add the line load_subconfig("{ours}") to it',
               err=True)


def _tell(project: Project, out: Path, notes: Path | None) -> None:
    from pathkit.classroom import due_date
    from pathkit.classroom.assignment import points_text

    assignment = project.assignment
    count = len(assignment.tasks())
    click.echo(out)
    if notes is not None:
        click.echo(notes)
    click.echo(
        f"{assignment.title}: {count} {'exercise' if count == 1 else 'exercises'}, "
        f"{points_text(assignment.points)}, due {due_date.in_words(assignment.due)}", err=True
    )

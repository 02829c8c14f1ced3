"""`pathkit new`: the first files of a module, or of a path."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pathkit.commands import common

if TYPE_CHECKING:
    from pathkit.building.build import Place


@click.command()
@click.argument("name")
@click.option("--after", metavar="MODULE", default=None,
              help="The module that it comes behind and builds on; by default the last one.")
@click.option("--path", "title", metavar="TITLE", default=None,
              help="Make a new path with this title in the folder, with this module as its first.")
@click.pass_obj
def new(root: Path | None, name: str, after: str | None, title: str | None) -> int:
    """Lay out a module that builds and passes, to be made your own."""
    from pathkit.new_module.entry import NoPlace
    from pathkit.new_module.layout import Refused, new_module, new_path

    try:
        place = _place(root) if title is None else _empty_place(root, after)
        if title is None:
            written = new_module(place, name, after)
        else:
            written = new_path(place, title, name)
    except Refused as error:
        click.echo(str(error), err=True)
        return common.USAGE
    except NoPlace as error:
        click.echo(str(error), err=True)
        return common.INVALID
    for file in written:
        inside = file.is_relative_to(place.root)
        click.echo(str(file.relative_to(place.root) if inside else file))
    click.echo(f"{name} is a draft. Write in these files, then: pathkit build; pathkit lint {name};"
               f" pathkit verify {name}; pathkit run {name}", err=True)
    return common.OK


def _place(root: Path | None) -> Place:
    from pathkit.new_module.layout import Refused

    if (found := common.project(root)) is None:
        raise Refused(f"there is no curriculum.yaml in {(root or Path.cwd()).resolve()}; to make "
                      'a path there: pathkit new NAME --path "Its title"')
    return found


def _empty_place(root: Path | None, after: str | None) -> Place:
    from pathkit.building.build import Place
    from pathkit.new_module.layout import Refused

    place = Place((root or Path.cwd()).resolve())
    for taken in (place.curriculum, place.root / "modules"):
        if taken.exists():
            raise Refused(f"there is a path already: {taken}; leave out --path, or take another "
                          "folder")
    if after is not None:
        raise Refused("--after names a module of a path; a new path has none")
    return place

"""What several commands share: exit codes, the project, the learner's folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathkit.building.build import Place
    from pathkit.learner.folder import Folder
    from pathkit.learner.origin import Origin

OK, FAILED, USAGE, INVALID, ENVIRONMENT, NOTHING, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130

in_folder = click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), default=None,
    help="The learner's folder; by default the one you stand in, or my-path/ of the project.",
)


def place(root: Path | None) -> Place:
    """The project that `root` names, or that the current folder lies in; raises UsageError."""
    found = project(root)
    if found is not None:
        return found
    start = (root or Path.cwd()).resolve()
    raise click.UsageError(f"there is no curriculum.yaml in {start}" + (
        "" if root else " or above it") + "; name its folder: pathkit --root FOLDER …"
    )


def project(root: Path | None) -> Place | None:
    """The project as `place` finds it, or None where there is none: learners can do without."""
    from pathkit.building.build import Place

    start = (root or Path.cwd()).resolve()
    folders = (start,) if root else (start, *start.parents)
    return next((Place(f) for f in folders if (f / "curriculum.yaml").is_file()), None)


def path_at_hand(root: Path | None, home: Folder | None = None) -> Place:
    """The project as `place` finds it, else what `home` was made from, else what was installed.

    Says in a line when `home` was made from something that is gone. Raises UsageError when there
    is no path at all.
    """
    from pathkit.building.build import Place

    known = path_known(root, home)
    if known is None:
        return place(root)
    if known.remark:
        click.echo(known.remark, err=True)
    return Place(known.root)


def path_known(root: Path | None, home: Folder | None) -> Origin | None:
    """The same without a word; None when there is no path."""
    from pathkit.learner import origin

    found = project(root)
    if found is not None:
        return origin.Origin(found.root)
    return None if root else origin.of_folder(home)


def new_folder(root: Path | None) -> Path:
    """Where a learner's folder goes that isn't there yet and has no name."""
    from pathkit.learner.folder import DEFAULT_NAME

    found = project(root)
    return (found.root if found else Path.cwd()) / DEFAULT_NAME


def content(root: Path | None) -> str:
    """Where the modules of the project lie, as `Modules.content` says it; "" without a project."""
    found = project(root)
    return found.modules.content if found else ""


def learners_folder(root: Path | None, named: Path | None) -> Folder:
    """The learner's folder a command works on; raises EnvironmentProblem when there is none."""
    from pathkit.learner.folder import chosen

    found = project(root)
    return chosen(named, found.root if found else None)

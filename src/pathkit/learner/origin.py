"""Where a learner's folder has its path from: a checkout of the project, or what was installed.

The folder remembers it, so that it can be brought up to date from anywhere.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

from pathkit.installation import SHIPPED, holds_path, own_path
from pathkit.learner import settings
from pathkit.learner.folder import Folder

KEY, INSTALLED = "path_from", "installed"


@dataclasses.dataclass(frozen=True)
class Origin:
    """The folder with curriculum.yaml and notebooks/; remark: what is said about the choice."""

    root: Path
    remark: str = ""


def of_folder(home: Folder | None) -> Origin | None:
    """What a folder was made from, or what came with this pathkit where that is gone.

    None where neither is there.
    """
    own = own_path()
    noted = settings.read(home).get(KEY) if home else None
    if not isinstance(noted, str) or noted in ("", INSTALLED):
        return Origin(own) if own else None
    if holds_path(Path(noted)):
        return Origin(Path(noted))
    if own is None:
        return None
    came = "the installed path" if own == SHIPPED else f"the path in {own}"
    return Origin(own, f"{noted}, which {home.root} was made from, is gone or has been moved; "
                       f"{came} is used from now on")


def remember(home: Folder, root: Path) -> None:
    """Note what a folder was made from; raises OSError when it can't be written.

    An installed path goes by that name: the environment that it lies in may be made anew.
    """
    noted = INSTALLED if root == SHIPPED else str(root)
    if settings.read(home).get(KEY) != noted:
        settings.change(home, **{KEY: noted})

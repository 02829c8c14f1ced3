"""The path itself: without its notebooks, `pathkit start` has nothing to lay out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pathkit.doctor.finding import Finding, fine, remark, wrong
from pathkit.installation import SHIPPED
from pathkit.learner.folder import Folder
from pathkit.learner.origin import Origin

FIRST_PAGE = "00-start-here.ipynb"
NAME_IT = "go to the project's folder, or name it: pathkit --root FOLDER start"


def look_at_path(path: Origin | None, folder: Folder | None) -> Iterator[Finding]:
    """Where notebooks and updates come from; path: None where there is nothing."""
    if path is None:
        what = "nothing can be laid out" if folder is None else "your folder gets no updates"
        yield wrong("path", "there are no notebooks of it, neither here nor where pathkit was "
                            f"installed: {what}", NAME_IT)
    elif missing := _missing(path.root):
        yield wrong("path", f"{missing} isn't there", _mend(path.root))
    elif path.remark:
        yield remark("path", path.remark)
    elif path.root == SHIPPED:
        yield fine("path", "the one that was installed with pathkit")
    else:
        yield fine("path", f"the one in {path.root}")


def _missing(root: Path) -> Path | None:
    wanted = (root / "notebooks" / name for name in ("path.json", FIRST_PAGE))
    return next((file for file in wanted if not file.is_file()), None)


def _mend(root: Path) -> str:
    if root == SHIPPED:
        return "install pathkit again"
    return f"pathkit --root {root} build"

"""What of the project a sandbox holds for a whole notebook: no reference and no misconception.

Data sets, figures and stand-ins are the path's own files; in place of everything that knows what is
right stand files of this folder.
"""

from __future__ import annotations

import functools
import os
import shutil
import tempfile
from multiprocessing.util import Finalize
from pathlib import Path

from pathkit.classroom.sandboxes import UNSAFE, NoSandbox, Sandbox
from pathkit.classroom.sandboxes.bubblewrap import bubblewrap
from pathkit.classroom.sandboxes.unprotected import unprotected

HERE = Path(__file__).parent
PACKAGE = HERE.parents[1]
SAME = (
    "__init__.py", "display.py", "errors.py", "files.py", "nearest_name.py", "one_line.py",
    "checks/__init__.py", "checks/steady.py",
    "notebook/__init__.py", "notebook/figures.py", "notebook/figure_style.py",
    "notebook/stand_in.py", "notebook/machine.py", "notebook/own_file.py",
    "running/__init__.py", "running/kernels.py",
    "kept_models/__init__.py", "kept_models/facts.py", "kept_models/kept_model.py",
    "kept_models/model_file.py", "kept_models/not_a_model.py", "kept_models/shipped.py",
    "classroom/__init__.py",
    "classroom/inside_sandbox/__init__.py", "classroom/inside_sandbox/inspection.py",
    "classroom/inside_sandbox/tighten.py", "classroom/whole_notebooks/__init__.py",
    "classroom/whole_notebooks/inside.py",
)
# Whole rooms: nothing in them knows what is right.
ROOMS = ("datasets", "guard_game", "notebook/drawing", "offline_client")
OTHERS = {
    "notebook/session.py": "inside_session.py",
    "notebook/ready.py": "inside_session.py",
    "notebook/check.py": "inside_session.py",
    "notebook/predict.py": "inside_session.py",
    "notebook/skip.py": "inside_session.py",
    "notebook/hint.py": "inside_session.py",
    "notebook/solution.py": "inside_session.py",
    "notebook/keep.py": "inside_session.py",
    "notebook/mine.py": "inside_session.py",
    "notebook/term.py": "inside_session.py",
    "notebook/model.py": "inside_model.py",
    "notebook/panels.py": "inside_session.py",
    "notebook/review_panel.py": "inside_session.py",
    "exercises/__init__.py": "inside_exercises.py",
}
BUBBLEWRAP = "bubblewrap"


def write(folder: Path) -> None:
    """Write the package `pathkit` as a sandbox holds it below `folder`, for anybody to read."""
    sources = {part: PACKAGE / part for part in SAME}
    sources |= {path.relative_to(PACKAGE).as_posix(): path for room in ROOMS
                for path in (PACKAGE / room).iterdir() if path.is_file()}
    sources |= {part: HERE / source for part, source in OTHERS.items()}
    for part, source in sources.items():
        target = folder / "pathkit" / part
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


@functools.cache
def _folder(process: int) -> Path:
    """Written once for each process and removed when it ends."""
    folder = Path(tempfile.mkdtemp(prefix="pathkit-whole-"))
    # A process of a pool ends without what atexit knows of, but not without this.
    Finalize(None, shutil.rmtree, (folder,), {"ignore_errors": True}, exitpriority=0)
    write(folder)
    return folder


def sandbox(place: str = "", uid: int | None = None) -> Sandbox:
    """The sandbox for whole notebooks, not tried yet. place: its name, UNSAFE for none at all.

    uid: as root, the user that learner code runs as. Raises NoSandbox for one that can't run a
    kernel, which needs processes and folders to write into.
    """
    folder = _folder(os.getpid())
    if place == UNSAFE:
        return unprotected(folder)
    if place not in ("", BUBBLEWRAP):
        raise NoSandbox(f"here the sandbox is {place}")
    return bubblewrap(uid, folder)

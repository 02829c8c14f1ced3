"""What systems and programs put beside people's files: never a submission, however called."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from pathkit.classroom.collecting.students import CANVAS, CANVAS_BARE

# Whose files lie beside those of the folder that they are in.
FOLDERS = frozenset((
    "__macosx", ".ipynb_checkpoints", ".pathkit", "@eadir", ".trashes", ".appledouble", ".idea",
    ".vscode", "#recycle", "$recycle.bin", "system volume information",
))
# Folders with thousands of files that say nothing about anybody.
UNSEEN = frozenset((".git", ".svn", ".hg", ".venv", "node_modules", "__pycache__", ".fseventsd",
                    ".spotlight-v100"))
FILES = re.compile(
    r"\.ds_store|(eh)?thumbs(_vista)?\.db|desktop\.ini|icon\r?|\.localized|\.directory"
    r"|\._.*|~\$.*|\.~.*|.*~|\..*\.sw[op]|.*[:_]zone\.identifier"
    r"|.*-checkpoint( ?\(\d+\)|-copy\d*| - copy.*| copy.*)?\.ipynb",
    re.IGNORECASE | re.DOTALL,
)


def is_folder(name: str) -> bool:
    """Whether a folder of this name holds what lies beside people's files."""
    return name.lower() in FOLDERS or is_unseen(name)


def is_unseen(name: str) -> bool:
    """Whether nobody need look into a folder of this name."""
    return name.lower() in UNSEEN


def is_file(name: str) -> bool:
    """Whether a file of this name, as a person or as Canvas calls it, is nobody's work."""
    if FILES.fullmatch(name):
        return True
    if named := CANVAS.fullmatch(name):
        if FILES.fullmatch(named["file"] + PurePosixPath(name).suffix):
            return True
    named = CANVAS_BARE.fullmatch(name)
    return named is not None and FILES.fullmatch(named["file"]) is not None


def place(path: PurePosixPath) -> PurePosixPath | None:
    """Where the file lies beside which this one is; None for a file of somebody's own."""
    own = [part for part in path.parts[:-1] if not is_folder(part)]
    if len(own) < len(path.parts) - 1 or is_file(path.name):
        return PurePosixPath(*own, path.name)
    return None

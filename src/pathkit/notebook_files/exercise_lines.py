"""An exercise's cell: its first and last lines are the path's, the answer between them isn't."""

from __future__ import annotations

import re

from pathkit.notebook_files.answers import PATHS_IMPORT, Parts, parts
from pathkit.notebook_files.cell_identity import Cell, Slot, plain, same
from pathkit.notebook_files.notebook_file import text_of

HOW_TO_ANSWER = re.compile(r" *# in place of the dots: .*$", re.MULTILINE)


def with_the_paths_lines(cell: Cell, slot: Slot) -> Cell:
    """A cell with the path's new comment and check, where the old ones still stand in it.

    A cell of something else than an exercise comes back as it is.
    """
    if slot.role != "exercise" or cell["cell_type"] != "code" or not slot.base:
        return cell
    old, new = _parts(slot.base, slot), _parts(slot.new, slot)
    source = plain(text_of(cell))
    changed = source
    for before, after in ((old.comment, new.comment), (old.check, new.check)):
        changed = _exchanged(changed, before, after)
    if changed == source:
        return cell
    return {**cell, "source": changed, "outputs": [], "execution_count": None}


def is_untouched(cell: Cell, slot: Slot) -> bool:
    """Whether only the path changed a cell that both its versions have."""
    if same(cell, slot.base):
        return True
    return answer(cell, slot) == answer(slot.base, slot) != answer(slot.new, slot)


def answer(cell: Cell, slot: Slot) -> tuple[str, str, str]:
    """What of a cell can be the learner's, to compare: of an exercise's only the answer."""
    source = plain(text_of(cell))
    if slot.role == "exercise" and cell["cell_type"] == "code":
        known = [_parts(path, slot) for path in (slot.base, slot.new) if path]
        for lines in {lines for part in known for lines in (part.comment, part.check) if lines}:
            source = _whole(lines).sub("", source)
        source = PATHS_IMPORT.sub("", source)
    if slot.role == "skip":
        source = HOW_TO_ANSWER.sub("", source)
    else:  # `a, b, c` or `"a", "b" or "c"`: how it is typed changes no question
        source = HOW_TO_ANSWER.sub(lambda m: m[0].replace('"', "").replace(" or ", ", "), source)
    return cell["cell_type"], plain(source), repr(cell.get("attachments") or {})


def _parts(cell: Cell, slot: Slot) -> Parts:
    return parts(text_of(cell), slot.name)


def _exchanged(source: str, old: str, new: str) -> str:
    """`source` with the last occurrence of whole lines `old` replaced, unless `new` is there."""
    if not old or not new or old == new:
        return source
    if new not in old and _whole(new).search(source):
        return source
    if found := list(_whole(old).finditer(source)):
        return source[: found[-1].start()] + new + source[found[-1].end() :]
    return source


def _whole(lines: str) -> re.Pattern[str]:
    return re.compile(rf"^{re.escape(lines)}$", re.MULTILINE)

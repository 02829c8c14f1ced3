"""What an update did to a learner's folder, in plain lines."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pathkit.learner import shadows
from pathkit.merging.merge import Remark

# new: laid out. updated: the learner had not changed it. merged: both had. left: not written,
# `why` says why. removed, stays: no longer part of the path, untouched or touched. copy: of
# another notebook, none of our business.
State = Literal["new", "same", "updated", "merged", "left", "removed", "stays", "copy"]


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What became of one notebook. was: its file's name before it was moved, if it was."""

    name: str
    state: State
    remarks: tuple[Remark, ...] = ()
    why: str = ""
    was: str = ""

    @property
    def line(self) -> str:
        """One plain line for the learner."""
        what = {
            "new": "new",
            "same": "nothing to do",
            "updated": "brought up to date",
            "merged": "merged with your work",
            "left": "left as it is",
            "removed": "no longer part of the path, removed",
            "stays": "no longer part of the path; yours stays",
            "copy": "left alone",
        }[self.state]
        moved = [f"was {self.was}"] if self.was else []
        details = _details(self.remarks) if self.state == "merged" else []
        return f"{self.name}: " + "; ".join([*moved, what, *([self.why] if self.why else []),
                                             *details])


def blocked(name: str, holds: str) -> Outcome:
    """A name that another notebook has; holds: whose copy that is, "" where nobody knows."""
    what = f"this file is a copy of {holds}" if holds else "this file is another notebook"
    return Outcome(name, "left", why=f"{what}: rename it, and start again")


COUNTED = {
    "updated": ("1 cell updated", "{} cells updated"),
    "added": ("1 new cell", "{} new cells"),
    "removed": ("1 cell removed", "{} cells removed"),
    "copy": ("1 copied cell is yours", "{} copied cells are yours"),
    "found": ("1 cell known without its id", "{} cells known without their ids"),
}
NAMED = {
    "both": "changed by you and by the path, yours followed by the new text",
    "kept": "dropped by the path, kept since you changed it",
    "returned": "put back",
}


def _details(remarks: Sequence[Remark]) -> list[str]:
    counts = Counter(remark.what for remark in remarks)
    lines = [
        (one if counts[what] == 1 else many).format(counts[what])
        for what, (one, many) in COUNTED.items() if counts[what]
    ]
    for what, label in NAMED.items():
        cells = [remark.cell for remark in remarks if remark.what == what]
        if cells:
            lines.append(f"{label}: {', '.join(cells)}")
    return lines


def told(outcomes: Sequence[Outcome], folder: Path) -> list[str]:
    """What the learner should know after an update: counts, and a line for each of their own."""
    counts = Counter(outcome.state for outcome in outcomes)
    done = [f"your folder: {folder}"]
    if counts["new"]:
        done.append(f"notebooks copied: {counts['new']}")
    if counts["updated"]:
        done.append(f"notebooks you had not touched, brought up to date: {counts['updated']}")
    of_theirs = [o.line for o in outcomes if o.was or o.state not in ("new", "updated", "same")]
    return ["; ".join(done), *of_theirs, *shadows.told(folder)]


def rehearsed(outcomes: Sequence[Outcome], folder: Path) -> list[str]:
    """What an update would do: a line for each notebook that is concerned, and a summary."""
    lines = [o.line for o in outcomes if o.was or o.state != "same"]
    counts = Counter(outcome.state for outcome in outcomes)
    names = ("new", "updated", "merged", "left", "removed", "stays", "copy", "same")
    summary = ", ".join(f"{counts[name]} {name}" for name in names if counts[name])
    return [*lines, f"{folder}: {summary or 'nothing to do'}; nothing was written"]

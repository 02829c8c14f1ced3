"""The learner's copies of the solutions: plain ones, since nobody is meant to write into them."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from pathkit.files import ChangedMeanwhile, contents
from pathkit.learner.folder import SOLUTIONS
from pathkit.learner.update.record import Record, marks
from pathkit.learner.update.refusals import Refusals
from pathkit.learner.update.report import Outcome
from pathkit.learner.update.writer import Writer


def update_solutions(notebooks: Path, writer: Writer, refusals: Refusals) -> list[Outcome]:
    """Copy them, and say which are left: those that the learner has written into."""
    home = writer.folder / SOLUTIONS
    wanted = {p.name: p.read_bytes() for p in (notebooks / SOLUTIONS).glob("*.ipynb")}
    if not wanted:
        return []
    if os.path.lexists(home) and not home.is_dir():
        why = "it is no folder: rename it, and start again to get the solutions"
        return [Outcome(SOLUTIONS, "left", why=why)]
    record = Record(home)
    writer.note(sorted(wanted.items()), record)
    done = [
        refusals.unless_refused(
            f"{SOLUTIONS}/{name}",
            lambda n=name: _one(home / n, wanted.get(n), record, writer),
        )
        for name in sorted({*wanted, *record.names})
    ]
    return [outcome for outcome in done if outcome.state == "left"]


def _one(path: Path, data: bytes | None, record: Record, writer: Writer) -> Outcome:
    name = f"{SOLUTIONS}/{path.name}"
    there = _content(path)
    # The metadata of an opened notebook are its kernel's.
    if there == data or (there and data and marks(there)[0] == marks(data)[0]):
        return Outcome(name, "same")
    own = there is not None and not record.knows(*marks(there))
    if data is None:
        if not own:
            writer.remove(path, there)
        return Outcome(name, "removed")
    if own:
        same = {*marks(there)} & {*marks(data)}
        return Outcome(name, "same") if same else Outcome(name, "left", why="you changed it")
    with contextlib.suppress(ChangedMeanwhile):
        writer.write(path, data, there)
    return Outcome(name, "updated")


def _content(path: Path) -> bytes | None:
    try:
        return contents(path)
    except FileNotFoundError:
        return None

"""Three versions of a notebook -> one: the learner's, the path's last and the path's new one.

Pure: notebooks are plain data, nothing is read or written.

What only the path changed is the path's, what only the learner changed is the learner's. Where
both changed a cell, the learner's stays, and a note with the path's new text follows it. No cell
that the learner wrote or changed is ever left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from pathkit.files import digest
from pathkit.merging import notes
from pathkit.merging.order import Item, arranged
from pathkit.notebook_files.cell_identity import (
    CELL_ID,
    NEEDED,
    OWN,
    Cell,
    Match,
    Slot,
    aligned,
    is_as_written,
    marks,
    matched,
    opening,
    plain,
    same,
)
from pathkit.notebook_files.exercise_lines import answer, is_untouched, with_the_paths_lines
from pathkit.notebook_files.notebook_file import ours, text_of

MINOR = 5  # the first version of format 4 whose cells have ids
# Whose text is an answer: where it isn't known what was merged last, it is the learner's.
ANSWERS = ("exercise", "predict", "skip")


class Remark(NamedTuple):
    """Something that was done to a cell.

    what: updated, added, removed, both (changed by learner and path), kept (dropped by the path,
    changed by the learner), returned (deleted by the learner, and needed), copy, found (by other
    signs than its id). cell: what to call it.
    """

    what: str
    cell: str


def merge(learner: dict, base: dict | None, new: dict) -> tuple[dict, list[Remark]]:
    """Bring the learner's notebook up to date; returns it and what was done, cell by cell.

    base: the path's version that was last merged into it, or None where that isn't known. To
    merge the result again, from the same base or from `new`, changes nothing.
    """
    merging = _Merge(learner, base, new)
    cells = merging.cells()
    metadata = _metadata(learner, base or {}, new)
    merged = {**learner, "cells": cells, "metadata": metadata, "nbformat": 4,
              "nbformat_minor": max(MINOR, _minor(learner))}
    return merged, merging.remarks


def _minor(notebook: dict) -> int:
    minor = notebook.get("nbformat_minor")
    return minor if isinstance(minor, int) else MINOR


class _Merge:
    """One merge: the path's cells and what is said about them."""

    def __init__(self, learner: dict, base: dict | None, new: dict):
        self.module = str(ours(new).get("module", ""))
        self.remarks: list[Remark] = []
        cells = [_whole(cell) for cell in learner["cells"]]
        self.noted = {of for cell in cells if (of := notes.about(cell))}
        self.learner = self._each_id_once([c for c in cells if notes.about(c) is None])
        self.base_is_known = base is not None
        before = base["cells"] if base else self._surely_the_paths(new["cells"])
        known = () if base else {cell.get("id") for cell in self.learner}
        self.slots = aligned(before, new["cells"], self.module, known)
        if base is None:
            for slot in self.slots:
                slot.rank = None
        self.withheld: list[tuple[Cell, Cell]] = []
        self.taken_ids = {c["id"] for c in (*before, *new["cells"])}

    def _each_id_once(self, cells: Sequence[Cell]) -> list[Cell]:
        """The first cell with an id keeps it; the others are copies, and the learner's own."""
        taken = {cell["id"] for cell in cells if "id" in cell}
        seen: set[str] = set()
        result = []
        for cell in cells:
            name = cell.get("id")
            if name in seen:
                cell = {**cell, "id": fresh_id(cell, taken)}
                taken.add(cell["id"])
                self.remarks.append(Remark("copy", opening(cell)))
            elif name:
                seen.add(name)
            result.append(cell)
        return result

    def _surely_the_paths(self, new: Sequence[Cell]) -> list[Cell]:
        """What can be told of an unknown base: text cells are named by their words.

        A cell that still has the words of its name was not changed by the learner; where the
        path's new cell has the same name, it was not changed by the path.
        """
        by_id = {cell["id"]: cell for cell in new}
        found = [by_id.get(c["id"], c) for c in self.learner if self._is_ours(c)]
        return [cell for cell in found if is_as_written(cell)]

    def _is_ours(self, cell: Cell) -> bool:
        return str(cell.get("id", "")).startswith(f"{self.module}-")

    def cells(self) -> list[Cell]:
        """The cells of the merged notebook."""
        matches = matched(self.learner, self.slots, self.module)
        self.withheld = _withheld(self.learner, matches)
        kept: list[Item] = []
        for cell, match in zip(self.learner, matches, strict=True):
            item = self._item(cell, match)
            if item:
                kept.append(item)
        present = {match.slot for match in matches}
        added = self._added([s for s in self.slots if s.new and s not in present], kept)
        self._name(kept, matches)
        return arranged(kept, added, self.slots)

    def _say(self, what: str, slot: Slot) -> None:
        self.remarks.append(Remark(what, slot.label))

    # --- cells that the learner has -----------------------------------------------------------

    def _item(self, cell: Cell, match: Match) -> Item | None:
        slot = match.slot
        if slot is None:
            return self._own(cell, match)
        if match.how != "id":
            self._say("found", slot)
        return self._in_path(cell, slot) if slot.new else self._dropped(cell, slot)

    def _own(self, cell: Cell, match: Match) -> Item:
        of = cell.get("id")
        if of in self.noted:
            return Item(cell, note=notes.dropped(of))
        if match.copy_of:
            # Of a dropped cell only copies are left: without a new id one would pass for it.
            return Item(cell if match.copy_of.new else {**cell, "id": None})
        if not self.base_is_known and self._is_ours(cell):
            self.remarks.append(Remark("kept", opening(cell)))
            return Item(cell, note=notes.dropped(of))
        return Item(cell)

    def _dropped(self, cell: Cell, slot: Slot) -> Item | None:
        if same(cell, slot.base):
            if cell["cell_type"] == "code" and self._was_joined(cell):
                return Item(cell)
            self._say("removed", slot)
            return None
        of = slot.base["id"]
        self._say("kept", slot)
        return Item({**cell, "id": of}, note=notes.dropped(of))

    def _was_joined(self, cell: Cell) -> bool:
        """Whether the path put a cell's code into one that the learner has in words of their own.

        That one stays as it is, so the code stays where it was.
        """
        source = plain(text_of(cell))
        return any(
            source in plain(text_of(new)) and source not in plain(text_of(mine))
            for mine, new in self.withheld
        )

    def _in_path(self, cell: Cell, slot: Slot) -> Item:
        new, base = slot.new, slot.base
        of = new["id"]
        mine = with_the_paths_lines(cell, slot)
        note = None
        if same(mine, new):
            merged, is_updated = mine, mine is not cell
        elif base and is_untouched(mine, slot):
            merged, is_updated = new, True
        else:
            merged, is_updated = mine, mine is not cell
            if self._is_both(slot):
                self._say("both", slot)
                note = notes.changed(of, new)
            elif self.noted & {of, base["id"] if base else of}:
                note = notes.changed(of, new)
        if is_updated:
            self._say("updated", slot)
        metadata = _metadata(cell, base or {}, new)
        return Item({**merged, "id": of, "metadata": metadata}, slot, note)

    def _is_both(self, slot: Slot) -> bool:
        """Whether the path has changed a cell that the learner has changed."""
        if slot.base:
            return answer(slot.base, slot) != answer(slot.new, slot)
        return self.base_is_known or slot.role not in ANSWERS

    # --- cells that the learner doesn't have --------------------------------------------------

    def _added(self, missing: Sequence[Slot], kept: Iterable[Item]) -> list[Item]:
        """New cells, deleted ones that changed since, and deleted ones that are needed."""
        said = {mark for item in kept for mark in marks(item.cell, self.module)}
        added = []
        for slot in missing:
            if slot.key in said:
                continue  # it stands in a cell of the learner's, who has merged cells
            if slot.base and same(slot.base, slot.new):
                if slot.role not in NEEDED:
                    continue
                self._say("returned", slot)
            else:
                self._say("added", slot)
            added.append(Item(dict(slot.new), slot))
        return added

    # --- ids ----------------------------------------------------------------------------------

    def _name(self, items: Sequence[Item], matches: Sequence[Match]) -> None:
        """Give the learner's own cells ids that are valid and that no other cell has."""
        of_path = {match.slot.base["id"] for match in matches
                   if match.slot and match.slot.base and not match.slot.new}
        taken = self.taken_ids | {item.note["id"] for item in items if item.note}
        for item in items:
            name = item.cell.get("id")
            if item.slot or (item.note and name in of_path):
                continue
            if not name or name in taken:
                item.cell = {**item.cell, "id": fresh_id(item.cell, taken)}
            taken.add(item.cell["id"])


def _withheld(cells: Sequence[Cell], matches: Sequence[Match]) -> list[tuple[Cell, Cell]]:
    """Cells that the learner changed, each with the path's new one, which doesn't replace it."""
    return [
        (cell, match.slot.new)
        for cell, match in zip(cells, matches, strict=True)
        if match.slot and match.slot.new and not same(cell, match.slot.new)
        and not (match.slot.base and same(cell, match.slot.base))
    ]


def _is_valid(name: Any) -> bool:
    return isinstance(name, str) and CELL_ID.fullmatch(name) is not None


def fresh_id(cell: Cell, taken: set[str]) -> str:
    """An id that isn't taken, made from the cell's text: the same merge gives the same again."""
    stem = OWN + digest(text_of(cell).encode(errors="surrogatepass"))[:10]
    number, name = 1, stem
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    return name


def _whole(cell: Cell) -> Cell:
    """A cell with the fields that the format asks for, and no id where it isn't a valid one."""
    metadata = cell.get("metadata")
    whole = {**cell, "metadata": metadata if isinstance(metadata, dict) else {}}
    if not _is_valid(cell.get("id")):
        whole.pop("id", None)
    if cell["cell_type"] == "code":
        whole = {"execution_count": None, "outputs": [], **whole}
    return whole


def _metadata(learner: dict, base: dict, new: dict) -> dict[str, Any]:
    """Key by key, what the learner or an editor changed stays; what is ours is the path's."""
    mine, before, fresh = (part.get("metadata") or {} for part in (learner, base, new))
    mine = mine if isinstance(mine, dict) else {}
    merged = {
        key: value for key, value in mine.items()
        if key != "pathkit" and (key not in before or before[key] != value)
    }
    for key, value in fresh.items():
        merged.setdefault(key, value)
    return merged

"""In which order the cells of a merged notebook stand."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from pathkit.notebook_files.cell_identity import Cell, Slot, noted


@dataclasses.dataclass(eq=False)
class Item:
    """A cell of the merged notebook. slot: the path's cell that it is. note: what follows it."""

    cell: Cell
    slot: Slot | None = None
    note: Cell | None = None


@dataclasses.dataclass(eq=False)
class _Block:
    """A cell of the path with the learner's own cells that go where it goes.

    before: pieces that were split off it; after: what the learner wrote behind it.
    """

    item: Item | None = None
    before: list[Item] = dataclasses.field(default_factory=list)
    after: list[Item] = dataclasses.field(default_factory=list)


def arranged(kept: Sequence[Item], added: Sequence[Item], slots: Sequence[Slot]) -> list[Cell]:
    """The merged notebook's cells.

    kept: what the learner has, in the learner's order; added: cells of the path that are to be
    put in; slots: the path's cells in their new order. The new order holds unless the learner
    changed it. The learner's own cells stay behind the cell of the path that they followed.
    """
    new = {slot: rank for rank, slot in enumerate(s for s in slots if s.new)}
    first, *blocks = _blocks(kept)
    blocks += [_Block(item) for item in added]
    if _is_reordered([item.slot for item in kept if item.slot], new):
        blocks = _behind_predecessors(blocks, len(blocks) - len(added), new)
    else:
        blocks.sort(key=lambda block: new[block.item.slot])
    return [cell for block in (first, *blocks) for cell in _cells(block)]


def _is_reordered(learner: Sequence[Slot], new: dict[Slot, int]) -> bool:
    """Whether the learner moved cells: they follow neither the path's new order nor its last."""
    common = [slot for slot in learner if slot.rank is not None]
    if not common:
        return _falls([new[slot] for slot in learner])
    return _falls([new[slot] for slot in common]) and _falls([slot.rank for slot in common])


def _falls(ranks: Sequence[int]) -> bool:
    return any(one > other for one, other in zip(ranks, ranks[1:], strict=False))


def _blocks(items: Iterable[Item]) -> list[_Block]:
    """The first block holds what stands before every cell of the path."""
    blocks = [_Block()]
    for item in items:
        if not item.slot:
            blocks[-1].after.append(item)
            continue
        waiting = blocks[-1].after
        start = len(waiting)
        while start and _is_piece(waiting[start - 1], item.slot):
            start -= 1
        blocks.append(_Block(item, before=waiting[start:]))
        del waiting[start:]
    return blocks


def _is_piece(item: Item, slot: Slot) -> bool:
    """Whether one of the learner's cells was split off a cell of the path."""
    return slot.key is not None and noted(item.cell) == slot.key


def _behind_predecessors(blocks: list[_Block], kept: int, new: dict[Slot, int]) -> list[_Block]:
    """The learner's order, and each added cell behind the one that it follows in the path."""
    result = blocks[:kept]
    for block in sorted(blocks[kept:], key=lambda b: new[b.item.slot]):
        rank = new[block.item.slot]
        before = [i for i, other in enumerate(result) if new[other.item.slot] < rank]
        nearest = max(before, key=lambda i: new[result[i].item.slot], default=-1)
        result.insert(nearest + 1, block)
    return result


def _cells(block: _Block) -> list[Cell]:
    """A note goes behind the pieces of the cell that it is about."""
    after = block.after
    pieces = 0
    if block.item:
        while pieces < len(after) and _is_piece(after[pieces], block.item.slot):
            pieces += 1
    ordered = [*block.before, *([block.item] if block.item else []), *after[:pieces]]
    cells = [item.cell for item in ordered]
    cells += [item.note for item in ordered if item.note]
    for item in after[pieces:]:
        cells += [item.cell, *([item.note] if item.note else [])]
    return cells

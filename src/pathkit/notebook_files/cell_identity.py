"""Which cell is which: the learner's cells, the path's last version and its new one.

Some editors drop ids or metadata, copy and paste doubles them, and people move text by hand. So
a cell is known by its id, else by its metadata, else by a mark that stands in its text, else by
the text itself.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from pathkit.notebook_files.notebook_file import ours, text_of, words_digest

Cell = dict
Key = tuple[str, str]

CELL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
# The id of a copy begins like this: it is the learner's from then on, whatever its metadata say.
OWN = "own-"

SET_UP: Key = ("set-up", "")
PARAMETERS: Key = ("parameters", "")
# Without these a notebook can't be worked through: they come back where they were deleted.
NEEDED = ("exercise", "predict", "set-up")

MARKS = {
    "exercise": re.compile(r"^[^\S\n]*# *exercise: *([\w.-]+) *$", re.MULTILINE),
    "predict": re.compile(r"""^path\.predict\(\s*["']([\w-]+)["']""", re.MULTILINE),
    "set-up": re.compile(r"^path\.ready\(", re.MULTILINE),
    "skip": re.compile(r"^path\.skip\(", re.MULTILINE),
}
# Two texts with more than this share of their words in common are versions of one text.
ALIKE = 0.5
OPENING = 32  # characters


@dataclasses.dataclass(eq=False)
class Slot:
    """A cell of the path: as it was last merged, as it is now, or both.

    rank: its place in the last version; None where that isn't known.
    """

    base: Cell | None
    new: Cell | None
    key: Key | None = None
    rank: int | None = None

    @property
    def role(self) -> str:
        """exercise, predict, set-up, …; empty for plain prose and code."""
        return self.key[0] if self.key else ""

    @property
    def label(self) -> str:
        """What to call it in a report: by exercise or role, else by how its text begins."""
        if not self.key:
            return opening(self.new or self.base)
        name = self.name
        return name if self.role in ("exercise", "predict") else f"{self.role} {name}".strip()

    @property
    def name(self) -> str:
        """The name of its exercise or prediction; empty where it belongs to none."""
        return self.key[1].rpartition(".")[2] if self.key else ""


@dataclasses.dataclass(frozen=True)
class Match:
    """What became of one of the learner's cells.

    slot: the path's cell that it is, or None for one of the learner's own. how: id, metadata,
    mark or text. copy_of: where a cell before it, or with a surer sign, is that one already.
    """

    slot: Slot | None = None
    how: str = ""
    copy_of: Slot | None = None


def plain(source: str) -> str:
    """A source without what editors change unasked: line ends and blank lines at the edges."""
    return source.replace("\r\n", "\n").strip("\n")


def opening(cell: Cell) -> str:
    """The first words of a cell, in quotes, to call it by in a report."""
    first = next(iter(plain(text_of(cell)).splitlines()), "").strip("#> ")
    return f'"{first}"' if len(first) <= OPENING else f'"{first[:OPENING].rstrip()}…"'


def same(one: Cell, other: Cell) -> bool:
    """Whether two cells say the same; outputs and metadata don't count."""
    return (
        one["cell_type"] == other["cell_type"]
        and plain(text_of(one)) == plain(text_of(other))
        and (one.get("attachments") or {}) == (other.get("attachments") or {})
    )


def marks(cell: Cell, module: str) -> set[Key]:
    """What the text of a code cell says that it is."""
    if cell["cell_type"] != "code":
        return set()
    source = text_of(cell)
    found: set[Key] = {("exercise", name) for name in MARKS["exercise"].findall(source)}
    found |= {("predict", f"{module}.{name}") for name in MARKS["predict"].findall(source)}
    if MARKS["set-up"].search(source):
        found.add(SET_UP)
    if MARKS["skip"].search(source):
        found.add(("skip", ""))
    return found


def noted(cell: Cell) -> Key | None:
    """What the metadata of a cell say that it is; None for plain prose and code."""
    found = ours(cell)
    role = found.get("role")
    if not isinstance(role, str) or role in ("text", "update"):
        return None
    name = found.get("exercise") or found.get("predict") or ""
    return role, str(name)


def key_of(cell: Cell, module: str) -> Key | None:
    """What a cell of the path is, other than plain prose and code."""
    if found := noted(cell):
        return found
    if SET_UP in marks(cell, module):
        return SET_UP
    return PARAMETERS if _is_parameters(cell) else None


def _is_parameters(cell: Cell) -> bool:
    metadata = cell.get("metadata")
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    return isinstance(tags, list) and "parameters" in tags


def is_as_written(cell: Cell) -> bool:
    """Whether a text cell still has the words that its id was made from."""
    found = re.search(r"-([0-9a-f]{10})(-\d+)?$", str(cell.get("id", "")))
    return found is not None and found[1] == words_digest(text_of(cell))


# --- the path's two versions ------------------------------------------------------------------


def aligned(
    base: Sequence[Cell], new: Sequence[Cell], module: str, known: Collection[str] = ()
) -> list[Slot]:
    """One slot for each cell of the path, in the new order, then what the path dropped.

    A text cell is named by its words, so an edited one has another id: two that stand in one
    place and have most words in common are versions of one cell. known: ids of cells that aren't
    new, though `base` may lack them.
    """
    before = {cell["id"]: cell for cell in base}
    slots = [Slot(before.pop(cell["id"], None), cell, key_of(cell, module)) for cell in new]
    gone = [Slot(cell, None, key_of(cell, module)) for cell in base if cell["id"] in before]
    added = [slot for slot in slots if not slot.base and slot.new["id"] not in known]
    for old, fresh in list(_versions(base, new, gone, added)):
        fresh.base = old.base
        gone.remove(old)
    ranks = {cell["id"]: rank for rank, cell in enumerate(base)}
    for slot in slots:
        slot.rank = ranks[slot.base["id"]] if slot.base else None
    return slots + gone


def _versions(
    base: Sequence[Cell], new: Sequence[Cell], gone: list[Slot], added: list[Slot]
) -> Iterator[tuple[Slot, Slot]]:
    """Pairs of a dropped and an added cell that are the same one, edited; each at most once."""
    common = {c["id"] for c in base} & {c["id"] for c in new}
    places, fresh_places = _neighbours(base, common), _neighbours(new, common)
    words = {id(slot): _words(slot.base or slot.new) for slot in (*gone, *added)}
    likely = []
    for i, old in enumerate(gone):
        for j, fresh in enumerate(added):
            if old.base["cell_type"] != fresh.new["cell_type"] or old.key != fresh.key:
                continue
            near = zip(places[old.base["id"]], fresh_places[fresh.new["id"]], strict=True)
            if old.key or any(one == other for one, other in near):
                share = 1.0 if old.key else _alike(words[id(old)], words[id(fresh)])
                likely.append((-share, abs(i - j), i, j))
    taken: set[Slot] = set()
    for share, _, i, j in sorted(likely):
        if -share > ALIKE and gone[i] not in taken and added[j] not in taken:
            taken |= {gone[i], added[j]}
            yield gone[i], added[j]


def _neighbours(cells: Sequence[Cell], common: set[str]) -> dict[str, tuple[str, str]]:
    """For each cell the nearest ones before and after it that both versions have."""
    after, before = {}, {}
    for found, sequence in ((before, cells), (after, cells[::-1])):
        nearest = ""
        for cell in sequence:
            found[cell["id"]] = nearest
            nearest = cell["id"] if cell["id"] in common else nearest
    return {name: (before[name], after[name]) for name in before}


def _words(cell: Cell) -> Counter:
    return Counter(re.findall(r"\w+|[^\w\s]", text_of(cell)))


def _alike(one: Counter, other: Counter) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


# --- the learner's cells ----------------------------------------------------------------------


def matched(cells: Sequence[Cell], slots: Sequence[Slot], module: str) -> list[Match]:
    """For each of the learner's cells the path's cell that it is, each of these at most once."""
    finder = _Finder(cells)
    # What the path still has goes first: a cell that was merged with another may be either.
    for some in ([s for s in slots if s.new], [s for s in slots if not s.new]):
        ids = {cell["id"]: slot for slot in some for cell in (slot.new, slot.base) if cell}
        finder.take("id", lambda cell, ids=ids: _known(ids, [cell.get("id")]))
        keys = {slot.key: slot for slot in reversed(some) if slot.key}
        finder.take("metadata", lambda cell, keys=keys: _known(keys, _keys_in_metadata(cell)))
        finder.take("mark", lambda cell, keys=keys: _known(keys, sorted(marks(cell, module))))
    finder.take_by_text(slots)
    return finder.found


def _keys_in_metadata(cell: Cell) -> list[Key]:
    found = noted(cell)
    return [found] if found else [PARAMETERS] * _is_parameters(cell)


def _known(slots: dict, names: Iterable) -> list[Slot]:
    return [slots[name] for name in names if isinstance(name, str | tuple) and name in slots]


class _Finder:
    """Gives the path's cells to the learner's, the surest sign first."""

    def __init__(self, cells: Sequence[Cell]):
        self.cells = cells
        self.found = [Match()] * len(cells)
        self._taken: set[Slot] = set()

    def take(self, how: str, slots_of: Callable[[Cell], list[Slot]]) -> None:
        """Look through the cells that have no slot yet; slots_of: those that a cell may be."""
        for i, cell in self._open():
            candidates = slots_of(cell)
            free = [slot for slot in candidates if slot not in self._taken]
            if free:
                self._give(i, free[0], how)
            elif candidates:
                self.found[i] = Match(copy_of=candidates[0])

    def take_by_text(self, slots: Sequence[Slot]) -> None:
        """Cells whose id was lost or renewed; what the path dropped only where all ids were."""
        lost = not any(match.slot for match in self.found)
        texts: dict[str, list[Slot]] = {}
        for slot in slots:
            # Where it isn't known what was merged last, the new text is the only one there is.
            text = slot.base if slot.base and (slot.new or lost) else slot.new if lost else None
            if text and slot not in self._taken:
                texts.setdefault(plain(text_of(text)), []).append(slot)
        for i, cell in self._open():
            if self.found[i].copy_of:
                continue
            for slot in texts.get(plain(text_of(cell)), ()):
                if slot not in self._taken and same(cell, slot.base or slot.new):
                    self._give(i, slot, "text")
                    break

    def _open(self) -> Iterator[tuple[int, Cell]]:
        for i, cell in enumerate(self.cells):
            is_own = str(cell.get("id", "")).startswith(OWN)
            if not self.found[i].slot and not is_own:
                yield i, cell

    def _give(self, i: int, slot: Slot, how: str) -> None:
        self.found[i] = Match(slot, how)
        self._taken.add(slot)

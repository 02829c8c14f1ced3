"""Attention as a panel: queries, keys and values, scores, mask, softmax, weighted sum."""

from __future__ import annotations

from pathkit.notebook.drawing.sizes import Sizes
from pathkit.notebook.drawing.sketch import (
    APART,
    BOLD,
    SMALL,
    Box,
    Item,
    Line,
    Panel,
    Sketch,
    Words,
    spread,
    up,
    width_of,
)

OUTSIDE = 34  # pixels above and below the frame, for what goes in and comes out
TALL, LOW = 34, 26  # boxes with a note and without
INDENT = 12
TITLE = 28
SHEETS = 2
HIDES = {"future": "future → −∞", "padding": "padding → −∞"}


def width(sizes: Sizes) -> float:
    """How wide the panel becomes, in pixels: labels side by side need room."""
    pitch = _pitch(sizes)
    beside = _label(sizes) + 11 - pitch / 2  # what the values' shape takes on the right
    return 3 * pitch + INDENT + max(INDENT + (8 if sizes.n_head != 1 else 0), beside)


def _pitch(sizes: Sizes) -> float:
    """From one of queries, keys and values to the next."""
    return max(82.0, _label(sizes) + 10)


def _label(sizes: Sizes) -> float:
    """The room that the widest of their shapes needs."""
    return max(BOLD * width_of(f"Q {sizes.shape(rows, columns)}", SMALL)
               for rows in (sizes.T, sizes.S) for columns in (sizes.d_k, sizes.d_v))


def attention(sketch: Sketch, x: float, height: float, sizes: Sizes, *, hides: str,
              mixes: bool, cross: bool = False, cache: bool = False) -> Panel:
    """Draw attention with its left edge at x, over the whole height.

    hides: what the mask hides, "future" or "padding". mixes: whether a projection joins the heads;
    without it they stand side by side. cross: keys and values come from the memory of an encoder.
    cache: one new token, and what is kept of the others. Returns the frame.
    """
    frame = Panel("attention", x, OUTSIDE, width(sizes), height - 2 * OUTSIDE)
    drawn = _Attention(sizes, frame, hides, mixes, cross, cache)
    sketch.add(frame, *drawn.items())
    sketch.says += drawn.sentences()
    return frame


class _Attention:
    def __init__(self, sizes: Sizes, frame: Panel, hides: str, mixes: bool, cross: bool,
                 cache: bool) -> None:
        self.sizes, self.frame, self.hides = sizes, frame, hides
        self.cross, self.cache = cross, cache
        self.many = sizes.n_head != 1
        self.joined = "output projection" if mixes else "concatenate" if self.many else ""
        self.asking = 1 if cache else sizes.T  # how many places ask
        self.answering = sizes.S if cross else sizes.T
        self.pitch = _pitch(sizes)
        first = frame.x + INDENT + self.pitch / 2
        self.columns = [first + i * self.pitch for i in range(3)]
        self._rows()

    def _rows(self) -> None:
        """Where the middles of the boxes lie, from above; below the last is room for the fan."""
        fourth = LOW if self.cache else TALL
        boxes = [*([TALL] if self.joined else []), TALL, TALL, TALL, fourth, LOW]
        gaps = [0.0, *([2.1 if self.many else 1.0] if self.joined else []), 1.0, 1.0, 1.0, 1.0]
        title = TITLE + (12 if self.many and not self.joined else 0)
        room = spread(self.frame.height, [title, *boxes], [*gaps, 1.3])
        y, self.at = self.frame.y + title, []
        for gap, box in zip(room, boxes, strict=False):
            self.at.append(y + gap + box / 2)
            y += gap + box

    # --- what is drawn ----------------------------------------------------------------------------

    def items(self) -> list[Item]:
        """Everything, from the result down to the input."""
        sizes, (c1, c2, c3) = self.sizes, self.columns
        rows = list(self.at)
        found: list[Item] = []
        title = "attention" if not self.cross else "cross-attention"
        found.append(Words((), title, self.frame.x + 10, self.frame.y + 14, math=False, bold=True))
        out = sizes.shape(self.asking, sizes.d_v)
        end, over = self.frame.y - OUTSIDE + 12, self.frame.y - 10  # of the arrow, of its shape
        if self.joined:
            row = rows.pop(0)
            note = ", ".join([*(["heads side by side"] if self.many else []),
                              *(["× W_o"] if self.joined == "output projection" else [])])
            join = self._box(self.joined, c1, c3, row, note)
            width = sizes.n_embd if self.joined == "output projection" else self._all_heads()
            shape = sizes.shape(self.asking, width)
            found += [join, *up(c2, join.top, end, shape, [self.joined], over)]
            end, over = join.bottom, join.bottom + 10 if self.many else None
        total = self._box("weighted sum", c1, c3, rows[0], "weights × V")
        softmax = self._box("softmax", c1, c2, rows[1], "each row sums to 1")
        below = [*([] if self.cache else [
            self._box("mask", c1, c2, rows[2], HIDES[self.hides])])]
        scores = self._box("scores", c1, c2, rows[2 if self.cache else 3], "QK^T / √d_k")
        found += [total, *up(c2, total.top, end, out, ["weighted sum"], over)]
        found += [softmax, *below, scores]
        table, middle = sizes.shape(self.asking, self.answering), (c1 + c2) / 2
        stack = [total, softmax, *below, scores]
        for upper, lower in zip(stack, stack[1:], strict=False):
            found += up(middle, lower.top, upper.bottom, table, lower.parts)
        found += self._roles(rows, scores, total)
        sheets = self._heads(self.at[bool(self.joined)]) if self.many else []
        return [*sheets, *reversed(found)]

    def _heads(self, row: float) -> list[Item]:
        """A sheet for each head, the foremost with all that one head does; row: of its last box."""
        edge, top = self.frame.x + 5, row - TALL / 2 - 24
        lower = self.at[-1] + LOW / 2 + 8
        wide = self.frame.width - 10 - SHEETS * APART
        sheet = Panel("head", edge, top, wide, lower - top, sheets=SHEETS)
        label = Words((), f"one of {self.sizes.n_head} heads", edge + 8, top + 12)
        return [sheet, label]

    def _roles(self, rows: list[float], scores: Box, total: Box) -> list[Item]:
        """Queries, keys and values, the caches on top of them, and where they come from."""
        sizes, found, boxes = self.sizes, [], []
        ends = (scores.bottom, scores.bottom, total.bottom)
        widths = (sizes.d_k, sizes.d_k, sizes.d_v)
        for i, (name, symbol) in enumerate((("queries", "Q"), ("keys", "K"), ("values", "V"))):
            x = self.columns[i]
            asks = self.asking if i == 0 else 1 if self.cache else self.answering
            shape, end = sizes.shape(asks, widths[i]), ends[i]
            box = self._box(name, x, x, rows[-1])
            if self.cache and i:
                kept = Box((f"{name[:-1]} cache", f"{symbol} cache"), f"{symbol} cache", x, rows[3],
                           box.width, LOW, kind="cache")
                full = sizes.shape(self.answering, widths[i])
                found += [kept, *up(x, kept.top, end, "", kept.parts)]
                beside = (kept.top + scores.bottom) / 2 + 1
                found.append(Words(kept.parts, f"{symbol} {full}", x + 7, beside))
                end, symbol = kept.bottom, symbol.lower()
            elif self.cache:
                symbol = "q"
            found += [box, *up(x, box.top, end, "", box.parts)]
            over = rows[3] + LOW / 2 if self.cache else scores.bottom
            found.append(Words(box.parts, f"{symbol} {shape}", x + 7, (box.top + over) / 2 + 1))
            boxes.append(box)
        return found + self._sources(boxes)

    def _sources(self, boxes: list[Box]) -> list[Item]:
        sizes, (c1, c2, c3) = self.sizes, self.columns
        below, under = self.frame.y + self.frame.height, self.frame.y + self.frame.height + 20
        bus = below - 10 if not self.many else below - 8
        x = sizes.shape(self.asking, sizes.n_embd)
        if self.cross:
            middle = (c2 + c3) / 2
            fans = [("input", f"x {x}", c1, boxes[:1]),
                    ("memory", f"memory {sizes.shape(sizes.S, sizes.n_embd)}", middle, boxes[1:])]
        else:
            fans = [("input", f"x {x}", c2, boxes)]
        found: list[Item] = []
        for part, label, start, fed in fans:
            for box in fed:
                if box.x == start:
                    way = ((start, under), (start, box.bottom))
                else:
                    way = ((start, bus), (box.x, bus), (box.x, box.bottom))
                found.append(Line((part,), way))
            if all(box.x != start for box in fed):
                found.append(Line((part,), ((start, under), (start, bus)), head=False))
            found.append(Words((part,), label, start + 7, under - 6))
        return found

    def _box(self, name: str, left: float, right: float, y: float, note: str = "",
             kind: str = "attention") -> Box:
        return Box((name,), name, (left + right) / 2, y, right - left + self.pitch - 10,
                   TALL if note else LOW, note, kind)

    def _all_heads(self) -> int | str:
        heads, width = self.sizes.n_head, self.sizes.d_v
        if isinstance(heads, int) and isinstance(width, int):
            return heads * width
        return f"{heads}·{width}"

    # --- the same in words ------------------------------------------------------------------------

    def sentences(self) -> list[str]:
        """What the panel holds, for those who can't see it."""
        sizes = self.sizes
        table = sizes.shape(self.asking, self.answering)
        x = sizes.shape(self.asking, sizes.n_embd)
        asks = sizes.shape(self.asking, sizes.d_k)
        answers, values = (sizes.shape(1 if self.cache else self.answering, d)
                           for d in (sizes.d_k, sizes.d_v))
        if self.cross:
            memory = sizes.shape(sizes.S, sizes.n_embd)
            made = (f"The input x {x} becomes queries Q {asks}; the memory {memory} becomes keys K "
                    f"{answers} and values V {values}.")
        else:
            made = f"The input x {x} becomes queries Q {asks}, keys K {answers}, values V {values}."
        kept = (f" New keys and values join a key cache {sizes.shape(sizes.T, sizes.d_k)} and a "
                f"value cache {sizes.shape(sizes.T, sizes.d_v)}." if self.cache else "")
        mask = "" if self.cache else f"a mask sets those of the {self.hides} to minus infinity, "
        steps = (f"Queries and keys give scores {table}, {mask}softmax makes each row sum to 1, "
                 f"and the weighted sum of the values is {sizes.shape(self.asking, sizes.d_v)}.")
        name = "Cross-attention" if self.cross else "Attention"
        many = f", one of {sizes.n_head} heads" if self.many else ""
        one = "joins the heads to" if self.many else "gives"
        joined = {
            "": "", "concatenate": " The heads are set side by side.",
            "output projection": f" An output projection {one} {x}.",
        }[self.joined]
        return [f"{name}{many}: {made}{kept} {steps}{joined}"]

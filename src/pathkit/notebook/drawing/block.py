"""A block as a panel: the residual stream, and the layers that read it and add to it."""

from __future__ import annotations

from pathkit.notebook.drawing.attention import LOW, OUTSIDE, TALL
from pathkit.notebook.drawing.sizes import Sizes
from pathkit.notebook.drawing.sketch import (
    BOLD,
    RADIUS,
    SMALL,
    Box,
    Line,
    Panel,
    Sketch,
    Sum,
    Words,
    beside,
    spread,
    up,
    width_of,
)

LAYER, WIDER, NORM = 106, 118, 60  # widths of boxes
TITLE = 26
EDGE = 12


def width(sizes: Sizes, *, norm_first: bool, cross: bool) -> float:
    """How wide the panel becomes, in pixels."""
    return (_stream(norm_first) + _aside(sizes, norm_first) + _layer(sizes, cross) + EDGE
            + (16 if cross else 0))


def _layer(sizes: Sizes, cross: bool) -> float:
    """How wide the box of a layer is."""
    note = max(width_of(_note(layer, sizes), SMALL) for layer in ("attention", "feed-forward"))
    return max(WIDER if cross else LAYER, note + 8)


def _stream(norm_first: bool) -> float:
    """How far the stream runs from the left edge: with the norm last, norms lie on it."""
    return EDGE + 10 if norm_first else EDGE + NORM / 2


def _aside(sizes: Sizes, norm_first: bool) -> float:
    """From the stream to the left edge of the layers: shapes stand left of the layers' arrows."""
    shape = BOLD * width_of(sizes.stream, SMALL) + 16 - LAYER / 2
    return max(shape, 40.0 if norm_first else NORM / 2 + 18)


def block(sketch: Sketch, x: float, height: float, sizes: Sizes, *, norm_first: bool = True,
          cross: bool = False, name: str = "block") -> Panel:
    """Draw a block with its left edge at x, over the whole height.

    norm_first: pre-norm, where layers read a normed copy; else the sum is normed, as in 2017.
    cross: a third sub-layer between the two asks an encoder. Returns the frame.
    """
    wide = width(sizes, norm_first=norm_first, cross=cross)
    frame = Panel("block", x, OUTSIDE, wide, height - 2 * OUTSIDE)
    sketch.add(frame, Words((), name, x + wide - 10, frame.y + 14, "end", math=False, bold=True))
    drawn = _Block(sketch, frame, sizes, norm_first, _layer(sizes, cross))
    looks = ["self-attention", "cross-attention"] if cross else ["attention"]
    drawn.draw([*looks, "feed-forward"])
    sketch.says.append(_sentence(name, drawn.layers, sizes, norm_first))
    return frame


class _Block:
    def __init__(self, sketch: Sketch, frame: Panel, sizes: Sizes, norm_first: bool,
                 wide: float) -> None:
        self.sketch, self.frame, self.sizes, self.norm_first = sketch, frame, sizes, norm_first
        self.wide = wide  # of a layer's box
        self.stream = frame.x + _stream(norm_first)
        self.layer = self.stream + _aside(sizes, norm_first) + wide / 2
        self.layers: list[str] = []

    def draw(self, layers: list[str]) -> None:
        """Everything, from the input up."""
        self.layers = layers
        shape, frame = self.sizes.stream, self.frame
        heights = [self._height(layer) for layer in layers]
        # From the fork to the layer's boxes, between them and to the sum; then to the next fork.
        gaps = ([0.9, 1.0, 0.9, 0.8] if self.norm_first else [1.3, 0.9, 0.9, 0.8]) * len(layers)
        each = spread(frame.height - TITLE - 14, heights, gaps)[0] / gaps[0]
        bottom = frame.y + frame.height
        self.sketch.add(
            Line(("residual",), ((self.stream, bottom + 20), (self.stream, bottom - 14)),
                 head=False, strong=True),
            beside(self.stream, bottom + 14, f"x {shape}", ("residual",)),
        )
        y = bottom - 14
        for i, layer in enumerate(layers, 1):
            y = self._sublayer(i, layer, y, each, last=i == len(layers))
        end = frame.y - OUTSIDE + 12
        self.sketch.add(Line(("residual",), ((self.stream, y), (self.stream, end)), strong=True),
                        beside(self.stream, frame.y - 10, shape, ("residual",)))
        if any(layer.startswith("cross") for layer in layers):
            self._memory()

    def _height(self, layer: str) -> float:
        note = TALL if _note(layer, self.sizes) else LOW
        return note + LOW + (2 * RADIUS if not self.norm_first else 0)

    def _sublayer(self, i: int, layer: str, fork: float, each: float, last: bool) -> float:
        """A layer, its residual connection and its norm; returns where the stream goes on."""
        sketch, x, at = self.sketch, self.stream, self.layer
        note = _note(layer, self.sizes)
        tall, shape = (TALL if note else LOW), self.sizes.stream
        kind = "feed-forward" if layer == "feed-forward" else "attention"
        names = (layer, *(("attention",) if layer == "self-attention" else ()))
        norm, pre_norm = ("norm", f"norm {i}"), self.norm_first
        if pre_norm:
            reads = Box(norm, "norm", at, fork - 0.9 * each - LOW / 2, self.wide, LOW, kind="norm")
            box = Box(names, layer, at, reads.top - each - tall / 2, self.wide, tall, note, kind)
            total = Sum(("residual",), x, box.top - 0.9 * each)
            sketch.add(Line(norm, ((x, fork), (at, fork), (at, reads.bottom))), reads,
                       *up(at, reads.top, box.bottom, shape, norm, left=True), box)
        else:
            box = Box(names, layer, at, fork - 1.3 * each - tall / 2, self.wide, tall, note, kind)
            total = Sum(("residual",), x, box.top - 0.9 * each)
            sketch.add(Line(names, ((x, fork), (at, fork), (at, box.bottom))), box,
                       beside(at, (fork + box.bottom) / 2, shape, names, left=True))
        goes = ((at, box.top), (at, total.y), (x + RADIUS, total.y))
        sketch.add(Line(names, goes), Line(
            ("residual",), ((x, fork), (x, total.y + RADIUS)), strong=True), total)
        sketch.add(beside(at, (box.top + total.y) / 2 + 2, shape, names, left=True))
        if pre_norm:
            after = total.y - RADIUS
        else:
            normed = Box(norm, "norm", x, total.y - RADIUS - 0.9 * each - LOW / 2, NORM, LOW,
                         kind="norm")
            over = ((x, total.y - RADIUS), (x, normed.bottom))
            sketch.add(Line(("residual",), over, strong=True), normed)
            after = normed.top
        if last:
            return after
        sketch.add(Line(("residual",), ((x, after), (x, after - 0.8 * each)), head=False,
                        strong=True))
        return after - 0.8 * each

    def _memory(self) -> None:
        """What the encoder has read comes in from below, on the right."""
        [box] = [b for b in self.sketch.of(Box) if b.label == "cross-attention"]
        bottom, edge = self.frame.y + self.frame.height, box.x + box.width / 2
        label = f"memory {self.sizes.shape(self.sizes.S, self.sizes.n_embd)}"
        used = self.stream + 7 + BOLD * width_of(f"x {self.sizes.stream}", SMALL)
        beside_x = edge + 8 - BOLD * width_of(label, SMALL) > used + 4
        below = bottom + (14 if beside_x else 27)
        way = ((edge + 14, bottom + 20), (edge + 14, box.y), (edge, box.y))
        self.sketch.add(Line(("memory",), way),
                        Words(("memory",), label, edge + 8, below, "end"))


def _note(layer: str, sizes: Sizes) -> str:
    if layer == "feed-forward":
        return f"{sizes.n_embd} → {sizes.wide} → {sizes.n_embd}"
    return "" if sizes.n_head == 1 else f"{sizes.n_head} heads"


def _sentence(name: str, layers: list[str], sizes: Sizes, norm_first: bool) -> str:
    added = "{}, whose result is added"
    way = f"norm, then {added}" if norm_first else f"{added}, then norm"
    steps = "; ".join(way.format(_named(layer, sizes)) for layer in layers)
    asks = (f" Cross-attention also reads the memory {sizes.shape(sizes.S, sizes.n_embd)}."
            if "cross-attention" in layers else "")
    return (f"{name[0].upper()}{name[1:]}: the residual stream x {sizes.stream} runs through, and "
            f"{len(layers)} layers read it and add to it: {steps}.{asks}")


def _named(layer: str, sizes: Sizes) -> str:
    note = _note(layer, sizes)
    return f"{layer} ({note.replace('→', 'to')})" if note else layer

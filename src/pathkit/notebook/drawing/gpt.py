"""The whole model as a column: tokens, embedding and positions, blocks, norm, logits."""

from __future__ import annotations

from pathkit.notebook.drawing.attention import LOW, OUTSIDE, TALL
from pathkit.notebook.drawing.sizes import Sizes
from pathkit.notebook.drawing.sketch import (
    BOLD,
    RADIUS,
    SMALL,
    Box,
    Line,
    Sketch,
    Sum,
    Words,
    spread,
    up,
    width_of,
)

BOX, BESIDE = 98, 68


def width(sizes: Sizes) -> float:
    """How wide the column becomes, in pixels."""
    return _stream(sizes) + BOX / 2


def _stream(sizes: Sizes) -> float:
    """How far the stream runs from the left edge."""
    repeat = width_of(f"× {sizes.n_layer}", SMALL) + 22
    shape = BOLD * width_of(sizes.stream, SMALL) + BESIDE / 2 + 14
    return max(shape, BOX / 2 + max(BESIDE + 8, repeat))


def gpt(sketch: Sketch, x: float, height: float, sizes: Sizes, *, cache: bool = False) -> Box:
    """Draw a GPT with its left edge at x, over the whole height; returns the box of the blocks.

    cache: one new token goes in, and the last row of logits comes out.
    """
    places = 1 if cache else sizes.T
    stream, logits = sizes.shape(places, sizes.n_embd), sizes.shape(places, sizes.vocab_size)
    at = x + _stream(sizes)
    fixed = [LOW, 2 * RADIUS, 62, LOW, TALL]
    gaps = spread(height - OUTSIDE - 8, fixed, [1.0, 1.0, 1.3, 1.2, 1.0, 1.2])
    y = height - OUTSIDE
    embedding = Box(("embedding",), "embedding", at, y - gaps[0] - LOW / 2, BOX, LOW,
                    kind="embedding")
    plus = Sum(("positions",), at, embedding.top - gaps[1] - RADIUS)
    blocks = Box(("block", "blocks"), "block", at, plus.y - RADIUS - gaps[2] - 31, BOX, 62,
                 kind="block")
    norm = Box(("norm", "final norm"), "final norm", at, blocks.top - gaps[3] - LOW / 2, BOX, LOW,
               kind="norm")
    unembedding = Box(("unembedding",), "unembedding", at, norm.top - gaps[4] - TALL / 2, BOX, TALL,
                      f"{sizes.n_embd} → {sizes.vocab_size}", "embedding")
    table = Box(("positions",), "positions", x + BESIDE / 2, embedding.y, BESIDE, LOW,
                 kind="embedding")
    turn = ((table.x, table.top), (table.x, plus.y), (at - RADIUS, plus.y))
    sketch.add(
        *up(at, y + 12, embedding.bottom, "", ("tokens",)),
        Words(("tokens",), f"tokens {sizes.shape(places)}", at, y + 22, "middle"),
        embedding, table, plus, Line(("positions",), turn),
        Words(("positions",), stream, x, plus.y - 10),
        *up(at, embedding.top, plus.y + RADIUS, stream, ("embedding",), left=True),
        *up(at, plus.y - RADIUS, blocks.bottom, stream, left=True),
        blocks, *_repeated(blocks, sizes),
        *up(at, blocks.top, norm.bottom, stream, ("block", "blocks"), left=True),
        norm, *up(at, norm.top, unembedding.bottom, stream, norm.parts, left=True), unembedding,
        *up(at, unembedding.top, 22, "", ("logits",)),
        Words(("logits",), f"logits {logits}", at, 12, "middle"),
    )
    sketch.says.append(
        f"GPT: tokens {sizes.shape(places)} become embeddings {stream}, positions {stream} are "
        f"added, {sizes.n_layer} blocks follow one after the other, then a final norm, and an "
        f"unembedding turns {stream} into logits {logits}."
    )
    return blocks


def _repeated(blocks: Box, sizes: Sizes) -> list:
    """A bracket that says how many blocks there are, one after the other."""
    edge = blocks.x - blocks.width / 2 - 6
    parts = blocks.parts
    way = ((edge, blocks.top), (edge - 6, blocks.top), (edge - 6, blocks.bottom),
           (edge, blocks.bottom))
    return [Line(parts, way, head=False),
            Words(parts, f"× {sizes.n_layer}", edge - 11, blocks.y, "end")]

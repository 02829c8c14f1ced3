"""The stages of the machine: the same drawing, which grows from lesson to lesson."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from pathkit.nearest_name import did_you_mean
from pathkit.notebook.drawing import attention, block, gpt
from pathkit.notebook.drawing.sizes import Sizes, sizes
from pathkit.notebook.drawing.sketch import Box, Panel, Sketch, Zoom

MARGIN, BETWEEN = 6, 20  # pixels
HEIGHT = 500


def stage(name: str, **given: int | str | bool) -> Sketch:
    """The drawing of a stage, for sizes by name.

    Raises ValueError with one line when there is no such stage, or a size is none.
    """
    if name not in STAGES:
        known = f"; there are {', '.join(STAGES)}"
        raise ValueError(f"the machine has no stage {name!r}{did_you_mean(name, STAGES, known)}")
    return STAGES[name](dict(given))


def _attention(given: dict) -> Sketch:
    found = sizes(given, n_head=1)
    height = 450 if found.n_head == 1 else HEIGHT
    sketch = Sketch("Attention", 2 * MARGIN + attention.width(found), height)
    attention.attention(sketch, MARGIN, height, found, hides="future", mixes=False)
    return sketch


def _block(given: dict, name: str = "block", title: str = "A block of GPT",
           norm_first: bool = True, cross: bool = False, hides: str = "future") -> Sketch:
    norm_first = bool(given.pop("norm_first", norm_first))
    found, height = sizes(given), HEIGHT + (130 if cross else 0)
    sketch = Sketch(title, 0, height)
    frame = block.block(sketch, MARGIN, height, found, norm_first=norm_first, cross=cross,
                        name=name)
    _zoomed(sketch, found, frame, hides=hides, cross=cross)
    return sketch


def _encoder_block(given: dict) -> Sketch:
    return _block(given, "encoder block", "A block of the encoder", False, hides="padding")


def _decoder_block(given: dict) -> Sketch:
    return _block(given, "decoder block", "A block of the decoder", False, True, "padding")


def _gpt(given: dict, cache: bool = False) -> Sketch:
    found = sizes(given)
    sketch = Sketch("GPT with a cache" if cache else "GPT", 0, HEIGHT)
    blocks = gpt.gpt(sketch, MARGIN, HEIGHT, found, cache=cache)
    shown = _one_token(found) if cache else found
    frame = block.block(sketch, MARGIN + gpt.width(found) + BETWEEN, HEIGHT, shown)
    sketch.items.insert(0, Zoom("block", blocks, frame))
    _zoomed(sketch, found, frame, cache=cache)
    return sketch


def _one_token(found: Sizes) -> Sizes:
    return dataclasses.replace(found, T=1)


def _zoomed(sketch: Sketch, found: Sizes, frame: Panel, *, hides: str = "future",
            cross: bool = False, cache: bool = False) -> None:
    """Draw attention to the right of a block, larger."""
    name = "cross-attention" if cross else "attention"
    [box] = [b for b in sketch.of(Box) if name in b.parts]
    left = frame.x + frame.width + BETWEEN
    panel = attention.attention(sketch, left, sketch.height, found, hides=hides, mixes=True,
                                cross=cross, cache=cache)
    sketch.items.insert(0, Zoom("attention", box, panel))
    sketch.width = panel.x + panel.width + MARGIN


STAGES: dict[str, Callable[[dict], Sketch]] = {
    "attention": _attention,
    "block": _block,
    "encoder block": _encoder_block,
    "decoder block": _decoder_block,
    "gpt": _gpt,
    "gpt with a cache": lambda given: _gpt(given, cache=True),
}

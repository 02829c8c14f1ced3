"""Wrong answers to the decoder block."""

from __future__ import annotations

import functools
from typing import NamedTuple

import torch

from .decoder_block import DecoderBlock
from .sublayer import sublayer


class _Seen(NamedTuple):
    """What a decoder block may look at besides the stream."""

    memory: torch.Tensor
    hidden: torch.Tensor
    memory_hidden: torch.Tensor


class _DecoderWith(DecoderBlock.reference):
    """A right decoder block, to be spoilt in one place by its children."""

    def look(self, z, seen):
        return self.attend(z, z, seen.hidden)

    def ask(self, z, seen):
        return self.cross(z, seen.memory, seen.memory_hidden)

    def think(self, z, seen):
        return self.feed_forward(z)

    def steps(self):
        return (self.look, self.norm1), (self.ask, self.norm2), (self.think, self.norm3)

    def forward(self, x, *seen):
        for step, norm in self.steps():
            layer = functools.partial(step, seen=_Seen(*seen))
            x = sublayer.reference(x, layer, norm, self.norm_first)
        return x


@DecoderBlock.misconception(
    "The encoder is never asked: `cross` is missing. Without it the decoder continues a text of "
    "its own and can't know what was read. That would be GPT."
)
class _NeverAsks(_DecoderWith):
    def steps(self):
        return (self.look, self.norm1), (self.think, self.norm3)


@DecoderBlock.misconception(
    "The encoder is asked first, before the target has looked at itself. A place should know what "
    "has been written before it asks: `attend`, then `cross`."
)
class _AsksFirst(_DecoderWith):
    def steps(self):
        look, ask, think = super().steps()
        return ask, look, think


@DecoderBlock.misconception(
    "`memory` is normed again here, with the scale of `norm2`. The encoder has finished it; the "
    "norm belongs to the stream, on the asking side."
)
class _NormsMemory(_DecoderWith):
    def ask(self, z, seen):
        return self.cross(z, self.norm2(seen.memory), seen.memory_hidden)


@DecoderBlock.misconception(
    "`cross` attends from the stream to the stream. Its second argument is the sequence that "
    "answers: `memory`."
)
class _CrossToItself(_DecoderWith):
    def ask(self, z, seen):
        return self.cross(z, z, seen.hidden)


@DecoderBlock.misconception(
    "The target looks at itself without its mask, so it reads ahead. `hidden` goes to "
    "`self.attend`."
)
class _ReadsAhead(_DecoderWith):
    def look(self, z, seen):
        return self.attend(z, z, torch.zeros_like(seen.hidden))


@DecoderBlock.misconception(
    "Padding of the source is read like text: `memory_hidden` never reaches `cross`. Lengths "
    "differ in a batch, so each source has its own places to hide."
)
class _ReadsPadding(_DecoderWith):
    def ask(self, z, seen):
        return self.cross(z, seen.memory, torch.zeros_like(seen.memory_hidden))


@DecoderBlock.misconception(
    "One module serves both attentions. `attend` and `cross` have learned different things: one "
    "asks what was written, the other what was read."
)
class _OneAttention(_DecoderWith):
    def ask(self, z, seen):
        return self.attend(z, seen.memory, seen.memory_hidden)


@DecoderBlock.misconception(
    "The norms got mixed up: the second sub-layer uses the third norm, and the third the second. "
    "Each was trained for its place; they come in the order of the sub-layers."
)
class _NormsExchanged(_DecoderWith):
    def steps(self):
        return (self.look, self.norm1), (self.ask, self.norm3), (self.think, self.norm2)


@DecoderBlock.misconception(
    "The block is post-norm always, whatever `norm_first` says. With it each layer reads a normed "
    "copy, and the stream itself is never normed. `sublayer` can do both: `self.norm_first` is its "
    "last argument, all three times."
)
class _DecoderAlwaysPost(DecoderBlock.reference):
    def forward(self, x, memory, hidden, memory_hidden):
        x = self.norm1(x + self.attend(x, x, hidden))
        x = self.norm2(x + self.cross(x, memory, memory_hidden))
        return self.norm3(x + self.feed_forward(x))


@DecoderBlock.misconception(
    "The block is pre-norm always, whatever `norm_first` says. Without it each sum of stream and "
    "layer is normed. `sublayer` can do both: `self.norm_first` is its last argument, all three "
    "times."
)
class _DecoderAlwaysPre(_DecoderWith):
    def forward(self, x, *seen):
        for step, norm in self.steps():
            x = x + step(norm(x), seen=_Seen(*seen))
        return x


@DecoderBlock.misconception(
    "The first attention looks at `memory`, and the target never looks at itself. `attend` is "
    "self-attention: the stream twice, with `hidden`."
)
class _NeverLooksAtItself(_DecoderWith):
    def look(self, z, seen):
        return self.attend(z, seen.memory, seen.memory_hidden)

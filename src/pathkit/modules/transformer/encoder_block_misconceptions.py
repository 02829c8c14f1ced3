"""Wrong answers to the encoder block."""

from __future__ import annotations

import torch
import torch.nn as nn

from .encoder_block import EncoderBlock
from .sublayer import sublayer


@EncoderBlock.misconception(
    "Nothing is added to the stream: each layer replaces it. A block must be able to leave a token "
    "as it was; use `sublayer`, which keeps `x`."
)
class _BlockWithoutResidual(EncoderBlock.reference):
    def forward(self, x, hidden):
        if self.norm_first:
            z = self.norm1(x)
            return self.feed_forward(self.norm2(self.attend(z, z, hidden)))
        x = self.norm1(self.attend(x, x, hidden))
        return self.norm2(self.feed_forward(x))


@EncoderBlock.misconception(
    "The block is post-norm always, whatever `norm_first` says. With it each layer reads a normed "
    "copy, and the stream itself is never normed. `sublayer` can do both: `self.norm_first` is its "
    "last argument."
)
class _BlockAlwaysPost(EncoderBlock.reference):
    def forward(self, x, hidden):
        x = self.norm1(x + self.attend(x, x, hidden))
        return self.norm2(x + self.feed_forward(x))


@EncoderBlock.misconception(
    "With `norm_first`, queries are made from the normed copy, but keys and values from the raw "
    "`x`. Attention looks at what it reads, twice: `lambda z: self.attend(z, z, hidden)`."
)
class _RawMemory(EncoderBlock.reference):
    def forward(self, x, hidden):
        s = sublayer.reference
        x = s(x, lambda z, x=x: self.attend(z, x, hidden), self.norm1, self.norm_first)
        return s(x, self.feed_forward, self.norm2, self.norm_first)


@EncoderBlock.misconception(
    "One norm serves both layers. Each has learned a scale and a shift of its own: `norm1` goes "
    "with attention, `norm2` with the feed-forward layer."
)
class _OneNorm(EncoderBlock.reference):
    def forward(self, x, hidden):
        s = sublayer.reference
        x = s(x, lambda z: self.attend(z, z, hidden), self.norm1, self.norm_first)
        return s(x, self.feed_forward, self.norm1, self.norm_first)


@EncoderBlock.misconception(
    "There is no ReLU. Two linear layers in a row are one linear layer, however wide the middle: "
    "without a bend the feed-forward layer can't do what a single matrix couldn't."
)
class _NoBend(EncoderBlock.reference):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__(n_embd, n_head, norm_first)
        self.feed_forward[1] = nn.Identity()


@EncoderBlock.misconception(
    "GELU stands where ReLU was asked for. GPT bends with GELU; the paper of 2017 and torch's "
    "default bend with ReLU, and the weights of one don't fit the other."
)
class _Gelu(EncoderBlock.reference):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__(n_embd, n_head, norm_first)
        self.feed_forward[1] = nn.GELU()


@EncoderBlock.misconception(
    "Think first, attend later: the order is turned round. Here a place first collects from the "
    "others, then works on what it has collected."
)
class _ThinksFirst(EncoderBlock.reference):
    def forward(self, x, hidden):
        s = sublayer.reference
        x = s(x, self.feed_forward, self.norm2, self.norm_first)
        return s(x, lambda z: self.attend(z, z, hidden), self.norm1, self.norm_first)


@EncoderBlock.misconception(
    "The mask gets lost on the way, and padding is read like text. Hand `hidden` on to "
    "`self.attend`."
)
class _BlockHidesNothing(EncoderBlock.reference):
    def forward(self, x, hidden):
        s, nothing = sublayer.reference, torch.zeros_like(hidden)
        x = s(x, lambda z: self.attend(z, z, nothing), self.norm1, self.norm_first)
        return s(x, self.feed_forward, self.norm2, self.norm_first)


@EncoderBlock.misconception(
    "ReLU comes after the second linear layer. Then nothing bends in between, and nothing negative "
    "is ever added to the stream. It belongs into the wide middle: widen, ReLU, narrow."
)
class _BendsLast(EncoderBlock.reference):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__(n_embd, n_head, norm_first)
        wide, _, narrow = self.feed_forward
        self.feed_forward = nn.Sequential(wide, nn.Identity(), narrow, nn.ReLU())


@EncoderBlock.misconception(
    "The block is pre-norm always, whatever `norm_first` says. Without it each sum of stream and "
    "layer is normed. `sublayer` can do both: `self.norm_first` is its last argument."
)
class _BlockAlwaysPre(EncoderBlock.reference):
    def forward(self, x, hidden):
        z = self.norm1(x)
        x = x + self.attend(z, z, hidden)
        return x + self.feed_forward(self.norm2(x))

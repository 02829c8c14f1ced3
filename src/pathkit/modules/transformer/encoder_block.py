"""The encoder block."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn as nn

from pathkit.checks.exercise import exercise
from pathkit.checks.torch_module import under_copied_weights

from .attention import Attention
from .random_inputs import SINGLE, forbidden, normal
from .sublayer import sublayer


def _in_block(rng: np.random.Generator, B: int, T: int, C: int, scale: float = 2.0) -> tuple:
    return normal(rng, B, T, C, scale=scale), forbidden(rng, B, T, T)


@exercise(
    title="The encoder block",
    level="medium",
    minutes=10,
    prompt="""
        Make `self.feed_forward` with `nn.Sequential`: widen to `4 * n_embd`, ReLU, narrow again.
        Then two sub-layers: `x` attends to itself, and then each place thinks by itself.
        """,
    probes=lambda rng: [
        ((4, 2, False), _in_block(rng, 1, 3, 4), 3),
        ((4, 2, True), _in_block(rng, 1, 3, 4), 3),
        ((6, 3), _in_block(rng, 2, 5, 6, scale=4.0), 1),
        ((8, 2, True), _in_block(rng, 3, 4, 8, scale=0.5), 2),
    ],
    drive=under_copied_weights(lambda: EncoderBlock.reference),
    hints=[
        "`sublayer` wants a function of the stream alone. Attention wants the stream twice and "
        "a mask. How do you make a function of one argument from it?",
        """
        1. `x = sublayer(x, <attention of z to z>, self.norm1, self.norm_first)`
        2. The same with `self.feed_forward` and `self.norm2`.
        A `lambda z: ...` remembers `hidden`. Every shape is (B, T, C).
        """,
        "`x = sublayer(x, lambda z: self.attend(z, ___, hidden), self.norm1, ___)`",
    ],
    errors=[
        (
            "AttributeError: 'EncoderBlock' object has no attribute 'feed_forward'",
            "`self.feed_forward = nn.Sequential(…)` belongs into `__init__`.",
        ),
        (
            "TypeError: Attention.forward() missing 2 required positional arguments",
            "`sublayer` calls its layer with one argument: wrap attention in a `lambda`.",
        ),
        (
            "TypeError: 'Tensor' object is not callable",
            "you called attention yourself. `sublayer` wants the function, and calls it.",
        ),
    ],
    tolerance=SINGLE,
    passed="Mix between places, then think at each place. That is the whole encoder.",
)
class EncoderBlock(nn.Module):
    """A block of the encoder (Vaswani et al. 2017, sections 3.1 and 3.3).

    n_embd: C; n_head: a divisor of C; norm_first: pre-norm instead of the paper's post-norm.
    forward: x (B, T, C), hidden (B, 1 or T, T) booleans -> (B, T, C).
    """

    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.attend, self.norm1 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        self.norm2 = nn.LayerNorm(n_embd)
        # BEGIN SOLUTION
        wide, narrow = nn.Linear(n_embd, 4 * n_embd), nn.Linear(4 * n_embd, n_embd)
        self.feed_forward = nn.Sequential(wide, nn.ReLU(), narrow)
        # END SOLUTION

    def forward(self, x, hidden):
        # BEGIN SOLUTION
        x = sublayer(x, lambda z: self.attend(z, z, hidden), self.norm1, self.norm_first)
        x = sublayer(x, self.feed_forward, self.norm2, self.norm_first)
        # END SOLUTION
        return x


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
    "`norm_first` never reaches `sublayer`: the block is post-norm always. Hand on "
    "`self.norm_first` as its last argument."
)
class _BlockAlwaysPost(EncoderBlock.reference):
    def forward(self, x, hidden):
        x = self.norm1(x + self.attend(x, x, hidden))
        return self.norm2(x + self.feed_forward(x))


@EncoderBlock.misconception(
    "The lambda closes over the stream outside: queries are normed, but keys and values are made "
    "from the raw `x`. Use its own argument for all: `lambda z: self.attend(z, z, hidden)`."
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

"""The decoder block."""

from __future__ import annotations

import numpy as np
import torch.nn as nn

from pathkit.checks.exercise import exercise
from pathkit.checks.gradient_flow import learning
from pathkit.checks.random_tensors import SINGLE, normal
from pathkit.checks.torch_module import under_copied_weights

from .attention import Attention
from .random_inputs import forbidden
from .sublayer import sublayer


def _between(rng: np.random.Generator, B: int, T: int, S: int, C: int, scale: float = 2.0):
    x, memory = normal(rng, B, T, C, scale=scale), normal(rng, B, S, C, scale=scale)
    return x, memory, forbidden(rng, B, T, T), forbidden(rng, B, 1, S)


@exercise(
    title="The decoder block",
    level="hard",
    minutes=12,
    prompt="""
        Three sub-layers: the target attends to itself, then asks the `memory` of the encoder, then
        each place thinks. Each has its own mask or norm.
        """,
    probes=lambda rng: [
        ((4, 2, False), _between(rng, 1, 2, 3, 4), 3),
        ((4, 2, True), _between(rng, 1, 2, 3, 4), 3),
        ((6, 3), _between(rng, 2, 5, 4, 6, scale=4.0), 1),
        ((8, 2, True), _between(rng, 3, 4, 6, 8, scale=0.5), 2),
        ((5, 1, True), _between(rng, 2, 3, 3, 5), 4),
    ],
    drive=under_copied_weights(lambda: DecoderBlock.reference, learning),
    hints=[
        "In the middle sub-layer, who asks and who answers? Which of the two masks belongs there?",
        """
        1. `attend`: the stream to itself, with `hidden`, under `norm1`.
        2. `cross`: the stream to `memory`, with `memory_hidden`, under `norm2`.
        3. `feed_forward` under `norm3`.
        `memory` was finished by the encoder: no norm of this block touches it.
        """,
        "`x = sublayer(x, lambda z: self.cross(z, ___, ___), self.norm2, self.norm_first)`",
    ],
    errors=[
        (
            "RuntimeError: The size of tensor a (...) must match the size of tensor b (...)",
            "`hidden` is (B, T, T) and goes with `attend`; `memory_hidden` is (B, 1, S) and goes "
            "with `cross`.",
        ),
    ],
    tolerance=SINGLE,
    passed="What has been written asks what was read. Leave out `cross`, and it is GPT.",
)
class DecoderBlock(nn.Module):
    """A block of the decoder (Vaswani et al. 2017, sections 3.1 and 3.2.3).

    n_embd: C; n_head: a divisor of C; norm_first: pre-norm instead of the paper's post-norm.
    forward: x (B, T, C), memory (B, S, C), hidden (B, T, T), memory_hidden (B, 1, S) -> (B, T, C).
    """

    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.attend, self.norm1 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        self.cross, self.norm2 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        up, down = (nn.Linear(a * n_embd, b * n_embd) for a, b in ((1, 4), (4, 1)))
        self.feed_forward = nn.Sequential(up, nn.ReLU(), down)
        self.norm3 = nn.LayerNorm(n_embd)

    def forward(self, x, memory, hidden, memory_hidden):
        # BEGIN SOLUTION
        first = self.norm_first
        x = sublayer(x, lambda z: self.attend(z, z, hidden), self.norm1, first)
        x = sublayer(x, lambda z: self.cross(z, memory, memory_hidden), self.norm2, first)
        x = sublayer(x, self.feed_forward, self.norm3, first)
        # END SOLUTION
        return x

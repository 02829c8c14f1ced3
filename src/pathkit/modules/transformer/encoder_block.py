"""The encoder block."""

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


def _in_block(
    rng: np.random.Generator, B: int, T: int, C: int, scale: float = 2.0, rows: int | None = None
) -> tuple:
    return normal(rng, B, T, C, scale=scale), forbidden(rng, B, rows or T, T)


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
        ((6, 2), _in_block(rng, 2, 3, 6, rows=1), 5),
    ],
    drive=under_copied_weights(lambda: EncoderBlock.reference, learning),
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
            "`__init__` makes no `self.feed_forward`, or gives it another name.",
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

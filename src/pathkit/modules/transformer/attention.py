"""Attention between two sequences."""

from __future__ import annotations

import math

import numpy as np
import torch
import torch.nn as nn

from pathkit.checks.exercise import exercise
from pathkit.checks.random_tensors import SINGLE, normal
from pathkit.checks.torch_module import under_copied_weights

from .random_inputs import forbidden
from .with_weights import with_weights


def _meeting(
    rng: np.random.Generator, B: int, T: int, S: int, C: int, rows: int, scale: float = 2.0
) -> tuple:
    x, memory = normal(rng, B, T, C, scale=scale), normal(rng, B, S, C, scale=scale)
    return x, memory, forbidden(rng, B, rows, S)


@exercise(
    title="Attention between two sequences",
    level="medium",
    minutes=10,
    prompt="""
        `x` asks and `memory` answers. Make queries, keys and values from the right one of the two,
        and turn scores into weights: scale, hide, softmax.
        """,
    probes=lambda rng: [
        ((4, 2), _meeting(rng, 1, 2, 3, 4, 1), 3),
        ((6, 3), _meeting(rng, 2, 4, 5, 6, 4), 1),
        ((8, 2), _meeting(rng, 3, 5, 2, 8, 1), 2),
        ((5, 1), _meeting(rng, 2, 3, 3, 5, 3), 4),
        # Visible scores far below 0: whoever hides by −5 shows the hidden ones, too.
        ((6, 2), _meeting(rng, 2, 3, 4, 6, 3, scale=4.0), 5),
    ],
    drive=under_copied_weights(lambda: Attention.reference, with_weights),
    hints=[
        "Who looks for something gets queries. Who can be found gets keys, and has something to "
        "say. Which of the two sequences is which?",
        """
        1. `self.query` of one sequence, `self.key` and `self.value` of the other.
        2. Scores: q times k with its last two axes exchanged, (B, h, T, S), divided by the root
           of d = `q.shape[-1]`.
        3. `masked_fill` with minus infinity where `hidden[:, None]` is True, then the softmax.
        """,
        "`q, k, v = self.query(x), self.key(___), self.value(___)`",
    ],
    errors=[
        ("RuntimeError: The size of tensor a (...) must match the size of tensor b (...)",
         "`hidden` is (B, 1 or T, S); it needs an axis for the heads: `hidden[:, None]`."),
        ("RuntimeError: Expected size for first two dimensions of batch2 tensor",
         "exchange the last two axes of k: `k.transpose(-2, -1)`."),
        ("IndexError: The shape of the mask",
         "indexing by a mask wants equal shapes. `masked_fill` repeats the mask where needed."),
    ],
    tolerance=SINGLE,
    # Exchanging two axes is the same in either order, by whatever number they are called;
    # queries, keys and values have the same width.
    equivalents=[
        "q, k, v = (z.unflatten(-1, (self.n_head, -1)).transpose(2, 1) for z in (q, k, v))",
        "return self.mix((weights @ v).transpose(2, 1).flatten(2))",
        "scores = q @ k.transpose(2, -1) / math.sqrt(q.shape[-1])",
        "scores = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])",
        "scores = q @ k.transpose(-2, -1) / math.sqrt(k.shape[-1])",
        "scores = q @ k.transpose(-2, -1) / math.sqrt(v.shape[-1])",
    ],
    passed="With `memory = x` it is self-attention; with another sequence it is cross-attention.",
)
class Attention(nn.Module):
    """Multi-head attention from one sequence to another (Vaswani et al. 2017, section 3.2).

    n_embd: C; n_head: h, a divisor of C; a head has d = C / h columns.
    forward: x (B, T, C), memory (B, S, C), hidden (B, 1 or T, S) booleans -> (B, T, C).
    """

    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.query, self.key = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)
        self.value, self.mix = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)

    def forward(self, x, memory, hidden):
        # BEGIN SOLUTION
        q, k, v = self.query(x), self.key(memory), self.value(memory)
        # END SOLUTION
        q, k, v = (z.unflatten(-1, (self.n_head, -1)).transpose(1, 2) for z in (q, k, v))
        # BEGIN SOLUTION
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])  # (B, h, T, S)
        weights = scores.masked_fill(hidden[:, None], -torch.inf).softmax(dim=-1)
        # END SOLUTION
        self.weights = weights  # kept for pictures
        return self.mix((weights @ v).transpose(1, 2).flatten(2))

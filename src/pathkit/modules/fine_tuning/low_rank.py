"""A thin detour beside a frozen layer."""

from __future__ import annotations

import torch
import torch.nn as nn

from pathkit.checks.exercise import exercise
from pathkit.checks.random_tensors import SINGLE, normal

from .adapted import adapted


@exercise(
    title="A thin detour beside a frozen layer",
    level="hard",
    minutes=12,
    prompt="""
        Keep `layer` as `self.layer` and freeze it. Beside it make two parameters: `self.A`,
        (rank, n_in), of random numbers, and `self.B`, (n_out, rank), of zeros. The output is the
        layer's plus what `A` and then `B` make of `x`.
        """,
    probes=lambda rng: [
        (normal(rng, 2, 4, 3), 5, 1, True, 1),
        (normal(rng, 3, 2, 6), 4, 2, True, 2),
        (normal(rng, 2, 3, 5), 5, 3, False, 3),
        (normal(rng, 1, 6, 4, scale=3.0), 2, 2, True, 4),
    ],
    drive=adapted,
    returns=("output at the start", "whether A and B start at 0", "trainable shapes",
             "output after training", "gradient of A", "gradient of B", "gradient of x",
             "the layer's own weight"),
    hints=[
        "Before the first step, what should the output be? Which of the two matrices sees to that?",
        """
        1. `p.requires_grad_(False)` for each parameter p of the layer.
        2. `nn.Parameter(torch.randn(...))` and `nn.Parameter(torch.zeros(...))`.
        3. x is (..., n_in): times A transposed gives (..., rank), times B transposed (..., n_out).
        """,
        "`return self.layer(x) + x @ self.A.T @ self.___.T`",
    ],
    errors=[
        (
            "RuntimeError: mat1 and mat2 shapes cannot be multiplied",
            "A is (rank, n_in): x has n_in columns, so multiply by `A.T`.",
        ),
        (
            "AttributeError: 'LowRank' object has no attribute 'A'",
            "`__init__` makes no `self.A`, or gives it another name.",
        ),
    ],
    tolerance=SINGLE,
    # A module freezes its parameters all at once.
    equivalents=["layer.requires_grad_(False)"],
    passed="It starts as the old layer, learns with few numbers, and leaves the old weights alone.",
)
class LowRank(nn.Module):
    """A frozen linear layer with a trainable detour of low rank (Hu et al. 2021, section 4.1).

    layer: an nn.Linear, n_in to n_out, with a bias or without; rank: at least 1.
    forward: x (..., n_in) -> (..., n_out). Trained are `A` (rank, n_in), which starts at random,
    and `B` (n_out, rank), which starts at 0, so that at first the output is that of the layer.
    Gradients still flow through to x, since other detours may lie before it.
    """

    def __init__(self, layer, rank):
        super().__init__()
        n_out, n_in = layer.weight.shape
        # BEGIN SOLUTION
        self.layer = layer
        for parameter in layer.parameters():
            parameter.requires_grad_(False)
        self.A = nn.Parameter(torch.randn(rank, n_in))
        self.B = nn.Parameter(torch.zeros(n_out, rank))
        # END SOLUTION

    def forward(self, x):
        # BEGIN SOLUTION
        out = self.layer(x) + x @ self.A.T @ self.B.T
        # END SOLUTION
        return out

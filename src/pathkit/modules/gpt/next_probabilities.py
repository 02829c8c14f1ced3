"""What may come next."""

from __future__ import annotations

import numpy as np
import torch.nn as nn

from pathkit.checks.exercise import exercise
from pathkit.checks.random_tensors import SINGLE, indices, normal


class _Reader(nn.Module):
    """A stand-in for a model: its logits depend on all tokens it was given and their places."""

    def __init__(self, rng: np.random.Generator, symbols: int, context_length: int):
        super().__init__()
        self.table = nn.Parameter(normal(rng, symbols, symbols), requires_grad=False)
        self.position = nn.Parameter(normal(rng, context_length, symbols), requires_grad=False)

    def forward(self, tokens):
        if tokens.shape[1] > len(self.position):
            raise IndexError(
                f"the model reads {len(self.position)} tokens at most, and got {tokens.shape[1]}"
            )
        return self.table[tokens].cumsum(dim=1) + self.position[: tokens.shape[1]]


@exercise(
    title="What may come next",
    level="medium",
    minutes=8,
    prompt="""
        Give the model the last `context_length` tokens, since it can't read more. Divide the
        logits at the last place by `temperature` and turn them into probabilities.
        """,
    probes=lambda rng: [
        (_Reader(rng, 4, 3), indices(rng, 1, 2, below=4), 3, 1.0),
        (_Reader(rng, 6, 4), indices(rng, 3, 9, below=6), 4, 0.5),
        (_Reader(rng, 5, 5), indices(rng, 2, 5, below=5), 5, 2.0),
        (_Reader(rng, 5, 7), indices(rng, 4, 1, below=5), 7, 1.6),
        (_Reader(rng, 6, 2), indices(rng, 2, 8, below=6), 2, 0.8),
        (_Reader(rng, 5, 4), indices(rng, 6, 3, below=5), 4, 1.4),
        (_Reader(rng, 5, 9), indices(rng, 3, 9, below=5), 9, 0.004),  # logits in the hundreds
    ],
    hints=[
        "The model returns (B, T, V) logits. Which of the T places speaks about the next token?",
        """
        1. `tokens` (B, T): keep all rows and the last `context_length` columns.
        2. Of the logits (B, T, V) keep the last place: (B, V).
        3. Divide by the temperature, then softmax over the V symbols.
        """,
        "`logits = model(tokens[:, -___:])[:, ___]`",
    ],
    errors=[
        (
            "IndexError: the model reads",
            "cut `tokens` before the call: columns, not rows.",
        ),
        (
            "IndexError: Dimension out of range",
            "after you took the last place only two axes are left; the symbols are the last.",
        ),
    ],
    tolerance=SINGLE,
    # Once the last place is taken, axis 1 of (B, V) is the last axis.
    equivalents=["return (logits / temperature).softmax(dim=1)"],
    passed="Draw, append, repeat: this is all that text generation is.",
)
def next_probabilities(model, tokens, context_length: int, temperature: float):
    """The distribution of the next token.

    model: an nn.Module, (B, T) tokens -> (B, T, V) logits, T at most context_length;
    tokens: (B, T), any T; temperature: above 0, below 1 sharpens.
    Returns (B, V); rows sum to 1.
    """
    logits = model(tokens[:, -context_length:])[:, -1]  # (B, V)
    return (logits / temperature).softmax(dim=-1)

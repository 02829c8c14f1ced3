"""Who may look where."""

from __future__ import annotations

import numpy as np
import torch

from pathkit.checks.exercise import exercise


def _padded(rng: np.random.Generator, lengths: list[int]) -> torch.Tensor:
    out = torch.zeros(len(lengths), max(lengths), dtype=torch.long)
    for row, length in zip(out, lengths, strict=True):
        row[:length] = torch.tensor(rng.integers(1, 9, size=length))
    return out


@exercise(
    title="Who may look where",
    level="medium",
    minutes=8,
    prompt="""
        0 stands for padding. Return two tables of booleans, True where looking is forbidden. Nobody
        looks at padding of the source; a target looks neither at padding nor at the future.
        """,
    probes=lambda rng: [
        (torch.tensor([[5, 3, 0]]), torch.tensor([[1, 4]])),
        (_padded(rng, [4, 2, 3]), _padded(rng, [2, 5, 3])),
        (_padded(rng, [1, 6]), _padded(rng, [4, 1])),
        (_padded(rng, [3]), _padded(rng, [3])),
        (_padded(rng, [4, 2]), _padded(rng, [1, 1])),  # one symbol each: how writing begins
    ],
    hints=[
        "Padding is hidden from those who look for something. Are those the rows or the columns?",
        """
        1. `source == 0` is (B, S). Give it an axis for the rows, which all agree: (B, 1, S).
        2. `target == 0` in the same way: (B, 1, T).
        3. The future is the triangle above the diagonal: (T, T). Forbidden is one *or* the other.
        """,
        "`future = torch.ones(T, T).___(1).bool()`, and later "
        "`future ___ (target == 0)[:, None]`.",
    ],
    errors=[
        (
            "NotImplementedError: \"bitwise_or_cpu\" not implemented for 'Float'",
            "the triangle still holds 0.0 and 1.0: `.bool()`.",
        ),
        (
            "RuntimeError: Boolean value of Tensor with more than one value is ambiguous",
            "`or` and `and` want one value each. For whole tables write `|` and `&`.",
        ),
        (
            "RuntimeError: The size of tensor a (...) must match the size of tensor b (...)",
            "(T, T) meets (B, T): the second needs an axis for those who look, `[:, None]`.",
        ),
    ],
    # new_ones takes nothing from its tensor but kind and device, which both tables share.
    equivalents=["future = source.new_ones(T, T).triu(1).bool()"],
    passed="Short texts can now stand beside long ones, and nobody sees the filling.",
)
def masks(source: torch.Tensor, target: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """What is hidden from whom in a batch of padded pairs.

    source: (B, S) and target: (B, T), token numbers, 0 for padding.
    Returns booleans (B, 1, S) and (B, T, T), True for hidden. Row = who looks, column = at whom.
    """
    T = target.shape[1]
    future = target.new_ones(T, T).triu(1).bool()
    return (source == 0)[:, None], future | (target == 0)[:, None]

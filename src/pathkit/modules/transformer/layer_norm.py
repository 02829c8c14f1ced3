"""LayerNorm, as torch has it."""

from __future__ import annotations

import numpy as np
import torch

from pathkit.checks.exercise import exercise
from pathkit.checks.gradient_flow import call_with_gradients
from pathkit.checks.random_tensors import SINGLE, normal


def _to_norm(rng: np.random.Generator, *shape: int, spread: float = 1.0) -> tuple:
    C = shape[-1]
    # Rows are off centre, but not so far that float32 would lose their spread.
    x = normal(rng, *shape, scale=spread) + normal(rng, *shape[:-1], 1, scale=3 * spread)
    return x, 1 + normal(rng, C), normal(rng, C), 1e-5


def _in_training(answer, x, scale, shift, eps):
    return call_with_gradients(answer, x, scale, shift, eps)


@exercise(
    title="LayerNorm, as torch has it",
    level="easy",
    minutes=8,
    prompt="""
        Give each token's vector mean 0 and variance 1, over its own C numbers: the variance divides
        by C, and `eps` is added under the root. Then multiply by `scale` and add `shift`.
        """,
    probes=lambda rng: [
        (torch.tensor([[1.0, 3.0]]), torch.tensor([1.0, 2.0]), torch.tensor([0.0, 5.0]), 1e-5),
        _to_norm(rng, 2, 3, 5),
        _to_norm(rng, 4, 2, 4, spread=9.0),
        _to_norm(rng, 3, 2, 6, spread=0.002),
        (normal(rng, 2, 2, 3), 1 + normal(rng, 3), normal(rng, 3), 0.5),
        (torch.full((1, 2, 4), 7.0), torch.ones(4), normal(rng, 4), 1e-5),
    ],
    drive=_in_training,
    hints=[
        "A token has C numbers. How many means does a tensor (B, T, C) need?",
        """
        1. Mean over the last axis, the axis kept: (B, T, 1).
        2. Variance over the last axis, the axis kept, divided by C and not by C − 1.
        3. `(x - mean) / root of (variance + eps)`, then `* scale + shift`, both (C,).
        """,
        "`variance = x.var(dim=-1, keepdim=True, ___=False)`",
    ],
    errors=[
        (
            "RuntimeError: The size of tensor a (...) must match the size of tensor b (...)",
            "mean or variance lost its axis: `keepdim=True` keeps it. (NumPy says `keepdims`.)",
        ),
        (
            "TypeError: var() received an invalid combination of arguments",
            "torch calls them `dim`, `keepdim` and `unbiased`.",
        ),
    ],
    tolerance=SINGLE,
    passed="The same numbers as `torch.nn.LayerNorm`, for every token by itself.",
)
def layer_norm(
    x: torch.Tensor, scale: torch.Tensor, shift: torch.Tensor, eps: float
) -> torch.Tensor:
    """LayerNorm over the last axis (Ba et al. 2016, section 3).

    x: (..., C); scale, shift: (C,), learned; eps: small, so that a flat row divides by no 0.
    Returns (..., C), through which gradients flow to x, scale and shift.
    """
    mean = x.mean(dim=-1, keepdim=True)
    variance = x.var(dim=-1, keepdim=True, unbiased=False)
    return scale * (x - mean) / torch.sqrt(variance + eps) + shift

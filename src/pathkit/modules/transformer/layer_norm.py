"""LayerNorm, as torch has it."""

from __future__ import annotations

import numpy as np
import torch

from pathkit.checks.exercise import exercise

from .random_inputs import SINGLE, normal


def _to_norm(rng: np.random.Generator, *shape: int, spread: float = 1.0) -> tuple:
    C = shape[-1]
    # Rows are off centre, but not so far that float32 would lose their spread.
    x = normal(rng, *shape, scale=spread) + normal(rng, *shape[:-1], 1, scale=3 * spread)
    return x, 1 + normal(rng, C), normal(rng, C), 1e-5


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
            "RuntimeError: The size of tensor a must match the size of tensor b",
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
    Returns (..., C).
    """
    mean = x.mean(dim=-1, keepdim=True)
    variance = x.var(dim=-1, keepdim=True, unbiased=False)
    return scale * (x - mean) / torch.sqrt(variance + eps) + shift


def _normed(x, dim, eps):
    """Mean 0 and variance 1 over the axes `dim`."""
    mean = x.mean(dim=dim, keepdim=True)
    return (x - mean) / (x.var(dim=dim, keepdim=True, unbiased=False) + eps).sqrt()


@layer_norm.misconception(
    "The variance divides by C − 1. That is torch's default for `var` and `std`; LayerNorm divides "
    "by C. With 8 numbers the results differ by the factor 0.935: `unbiased=False`."
)
def _one_less(x, scale, shift, eps):
    mean = x.mean(dim=-1, keepdim=True)
    return scale * (x - mean) / (x.var(dim=-1, keepdim=True) + eps).sqrt() + shift


@layer_norm.misconception(
    "`eps` was added to the standard deviation. It belongs under the root, to the variance. For "
    "rows that are nearly flat the two differ a lot."
)
def _outside_the_root(x, scale, shift, eps):
    mean = x.mean(dim=-1, keepdim=True)
    std = x.std(dim=-1, keepdim=True, unbiased=False)
    return scale * (x - mean) / (std + eps) + shift


@layer_norm.misconception(
    "Two slips at once: the standard deviation divides by C − 1, and `eps` stands outside the "
    "root. The Annotated Transformer has both; torch divides by C and adds `eps` to the variance."
)
def _as_annotated(x, scale, shift, eps):
    mean = x.mean(dim=-1, keepdim=True)
    return scale * (x - mean) / (x.std(dim=-1, keepdim=True) + eps) + shift


@layer_norm.misconception(
    "The mean runs over the batch, which is BatchNorm: a token's result then depends on the other "
    "texts beside it. LayerNorm looks at one token alone, along its last axis."
)
def _over_the_batch(x, scale, shift, eps):
    return scale * _normed(x, 0, eps) + shift


@layer_norm.misconception(
    "The mean runs over all tokens and all their numbers at once. A later token would then change "
    "the earlier ones. Each token gets a mean and a variance of its own: the last axis."
)
def _over_everything(x, scale, shift, eps):
    return scale * _normed(x, tuple(range(x.ndim)), eps) + shift


@layer_norm.misconception(
    "The mean runs along the text: each feature is compared with itself at other places. That "
    "leaks the future; use the last axis, the C numbers of one token."
)
def _over_the_text(x, scale, shift, eps):
    return scale * _normed(x, -2, eps) + shift


@layer_norm.misconception(
    "Divided by the variance. The spread of the row is its standard deviation, so take the root; "
    "else a row twice as wide comes out half as wide."
)
def _by_variance(x, scale, shift, eps):
    mean = x.mean(dim=-1, keepdim=True)
    variance = x.var(dim=-1, keepdim=True, unbiased=False)
    return scale * (x - mean) / (variance + eps) + shift


@layer_norm.misconception(
    "The mean wasn't subtracted: each row is only divided by its size. That is RMSNorm, which "
    "newer models use; LayerNorm first moves the mean to 0."
)
def _rms(x, scale, shift, eps):
    return scale * x / (x.square().mean(dim=-1, keepdim=True) + eps).sqrt() + shift


@layer_norm.misconception(
    "`scale` and `shift` are missing. Without them a layer could never ask for a feature that is "
    "large or off centre: multiply by one, add the other."
)
def _without_scale(x, scale, shift, eps):
    return _normed(x, -1, eps)


@layer_norm.misconception(
    "The shift was added before the scale, so it gets multiplied, too. Scale first, shift last: "
    "`scale * normed + shift`."
)
def _shift_first(x, scale, shift, eps):
    return scale * (_normed(x, -1, eps) + shift)

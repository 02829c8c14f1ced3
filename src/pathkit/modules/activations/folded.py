"""Fold it away."""

from __future__ import annotations

import numpy as np
import torch

from pathkit.checks.exercise import exercise
from pathkit.checks.random_tensors import SINGLE, normal, positive


def _fold_probe(rng: np.random.Generator, n_in: int, n_out: int, eps: float) -> tuple:
    return (
        normal(rng, n_in, n_out), normal(rng, n_out), normal(rng, n_out), normal(rng, n_out),
        normal(rng, n_out, scale=2.0), positive(rng, n_out), eps,
    )


def _switched_off() -> tuple:
    """gamma, beta, mean, var and eps of three units: one has gamma 0, one variance 0."""
    gamma, beta = torch.tensor([0.0, 2.0, -1.5]), torch.tensor([0.5, -1.0, 3.0])
    return gamma, beta, torch.tensor([1.0, -2.0, 0.5]), torch.tensor([2.0, 0.0, 0.75]), 0.01


@exercise(
    title="Fold it away",
    level="medium",
    minutes=8,
    prompt="""
        In evaluation BatchNorm multiplies each unit by a fixed number and adds another. Put both
        into the linear layer before it: return `W` and `b` such that `x @ W + b` alone gives what
        the layer and BatchNorm gave together.
        """,
    probes=lambda rng: [
        _fold_probe(rng, 3, 2, 0.3),
        _fold_probe(rng, 2, 5, 1e-5),
        _fold_probe(rng, 4, 4, 0.3),
        _fold_probe(rng, 1, 4, 0.3),
        (*_fold_probe(rng, 2, 3, 0.3)[:2], *_switched_off()),
    ],
    hints=[
        "Write $\\gamma (xW + b - m)/\\sqrt{v + \\epsilon} + \\beta$ and multiply out. What "
        "stands before $x$?",
        """
        1. `scale`: gamma divided by the root of `var + eps`, shape (n_out,).
        2. Column j of `W` makes unit j: multiply it by `scale[j]`. `*` does that.
        3. The bias goes through the same: first minus `mean`, then times `scale`, then plus `beta`.
        """,
        "`return W * scale, (b - ___) * scale + ___`",
    ],
    errors=[
        (
            "RuntimeError: The size of tensor a (...) must match the size of tensor b (...)",
            "`scale` has one number for each column of `W`: `W * scale` fits as it is.",
        ),
    ],
    tolerance=SINGLE,
    passed="A deployed network has no BatchNorm left: it cost nothing but training.",
)
def folded(W, b, gamma, beta, mean, var, eps):
    """One linear layer equal to a linear layer followed by BatchNorm in evaluation.

    W: (n_in, n_out); b, gamma, beta, mean, var: (n_out,). Returns (W, b) of the same shapes.
    """
    scale = gamma / torch.sqrt(var + eps)  # (n_out,)
    return W * scale, (b - mean) * scale + beta


def _fold_scale(gamma, var, eps):
    return gamma / torch.sqrt(var + eps)


@folded.misconception(
    "The mean isn't scaled. BatchNorm subtracts it before it divides, so it goes through the same "
    "factor as the bias: (b − mean) · scale."
)
def _mean_unscaled(W, b, gamma, beta, mean, var, eps):
    scale = _fold_scale(gamma, var, eps)
    return W * scale, b * scale - mean + beta


@folded.misconception(
    "The old bias isn't scaled. It is part of what BatchNorm divides: subtract the mean from it, "
    "then multiply both by the scale."
)
def _bias_unscaled(W, b, gamma, beta, mean, var, eps):
    scale = _fold_scale(gamma, var, eps)
    return W * scale, b - mean * scale + beta


@folded.misconception(
    "The old bias is lost. In training BatchNorm would cancel it; in evaluation it subtracts the "
    "*running* mean, and the layer's bias still counts."
)
def _bias_lost(W, b, gamma, beta, mean, var, eps):
    scale = _fold_scale(gamma, var, eps)
    return W * scale, beta - mean * scale


@folded.misconception(
    "`gamma` is missing from the scale. It multiplies what was normalised, so it multiplies the "
    "columns of W as well: scale = gamma / √(var + eps)."
)
def _gamma_missing(W, b, gamma, beta, mean, var, eps):
    scale = 1 / torch.sqrt(var + eps)
    return W * scale, (b - mean) * scale + beta


@folded.misconception(
    "The scale holds the variance instead of its root. BatchNorm divides by the standard "
    "deviation, √(var + eps); fold exactly that."
)
def _fold_variance(W, b, gamma, beta, mean, var, eps):
    scale = gamma / (var + eps)
    return W * scale, (b - mean) * scale + beta


@folded.misconception(
    "The scale is gamma / √var, and `eps` makes no difference to it. BatchNorm divides by "
    "√(var + eps), and the folded layer must too, or units with a small variance drift off."
)
def _fold_without_eps(W, b, gamma, beta, mean, var, eps):
    scale = _fold_scale(gamma, var, 0.0)
    return W * scale, (b - mean) * scale + beta


@folded.misconception(
    "`beta` was scaled as well. It is added last, after the division, so it goes into the new bias "
    "as it is."
)
def _beta_scaled(W, b, gamma, beta, mean, var, eps):
    scale = _fold_scale(gamma, var, eps)
    return W * scale, (b - mean + beta) * scale

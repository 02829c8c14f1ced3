"""More wrong ways to fold a layer."""

from __future__ import annotations

import torch

from .folded import folded


@folded.misconception(
    "`eps` stands outside the root. It is added to the variance: √(var + eps), and the folded "
    "layer must divide by the same as BatchNorm does."
)
def _fold_eps_outside(W, b, gamma, beta, mean, var, eps):
    scale = gamma / (torch.sqrt(var) + eps)
    return W * scale, (b - mean) * scale + beta


@folded.misconception(
    "The running mean is missing. BatchNorm subtracts it before it divides, so it goes into the "
    "new bias: (b − mean) · scale + beta."
)
def _mean_lost(W, b, gamma, beta, mean, var, eps):
    scale = gamma / torch.sqrt(var + eps)
    return W * scale, b * scale + beta


@folded.misconception(
    "`W` came back as it was. What BatchNorm multiplies a unit by must go into its weights, too, "
    "and column j makes unit j: W · scale."
)
def _weights_unscaled(W, b, gamma, beta, mean, var, eps):
    return W, folded(W, b, gamma, beta, mean, var, eps)[1]


@folded.misconception(
    "The mean was added where BatchNorm subtracts it: (b − mean) · scale + beta."
)
def _mean_added(W, b, gamma, beta, mean, var, eps):
    scale = gamma / torch.sqrt(var + eps)
    return W * scale, (b + mean) * scale + beta


@folded.misconception(
    "`beta` is missing from the new bias. BatchNorm adds it last, so it is added as it is."
)
def _beta_lost(W, b, gamma, beta, mean, var, eps):
    scale = gamma / torch.sqrt(var + eps)
    return W * scale, (b - mean) * scale


@folded.misconception(
    "The scale is turned upside down: the root of the variance stands above the line. BatchNorm "
    "divides by it: scale = gamma / √(var + eps)."
)
def _fold_upside_down(W, b, gamma, beta, mean, var, eps):
    scale = gamma * torch.sqrt(var + eps)
    return W * scale, (b - mean) * scale + beta

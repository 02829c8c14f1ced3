"""More wrong ways to compare a step with the weights."""

from __future__ import annotations

import math

from .update_ratio import update_ratio


@update_ratio.misconception(
    "Variances are compared, and a variance is a square: the logarithm comes out twice as large. "
    "Take the standard deviations."
)
def _variances(W, gradient, rate):
    return math.log10((rate * gradient).var().item() / W.var().item())


@update_ratio.misconception(
    "Mean sizes are compared, `.abs().mean()`. They measure how far numbers lie from 0, a standard "
    "deviation how far they spread around their mean: take `.std()` of both."
)
def _mean_sizes(W, gradient, rate):
    return math.log10((rate * gradient).abs().mean().item() / W.abs().mean().item())


@update_ratio.misconception(
    "Norms are compared. They measure how far numbers lie from 0, a standard deviation how far "
    "they spread around their mean: take `.std()` of both."
)
def _norms(W, gradient, rate):
    return math.log10((rate * gradient).norm().item() / W.norm().item())


@update_ratio.misconception(
    "This is the logarithm to base 2. The rule of thumb, −3, means a thousandth: take base 10."
)
def _base_two(W, gradient, rate):
    return math.log2((rate * gradient).std().item() / W.std().item())


@update_ratio.misconception(
    "This is the logarithm of the step alone. A step is large or small only beside what it "
    "changes: divide by the standard deviation of the weights."
)
def _step_alone(W, gradient, rate):
    return math.log10((rate * gradient).std().item())

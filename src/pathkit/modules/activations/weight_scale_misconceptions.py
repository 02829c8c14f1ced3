"""More wrong ways to find the scale."""

from __future__ import annotations

import math

from .weight_scale import weight_scale


@weight_scale.misconception(
    "The mean of the inputs was subtracted: this is 1 over the root of their variance. Weights "
    "multiply the mean of an input, too, so the mean of the squares is what counts, `(f(z) ** 2)`."
)
def _variance(f, z, fan_in):
    return 1 / math.sqrt(fan_in * f(z).var(unbiased=False).item())


@weight_scale.misconception(
    "This is the scale for z itself, without `f`. The layer adds up `f(z)`, which tanh and ReLU "
    "have made smaller: apply `f` first, then square."
)
def _of_z(f, z, fan_in):
    return 1 / math.sqrt(fan_in * (z**2).mean().item())


@weight_scale.misconception(
    "The squares were added up, not averaged. The scale must not depend on how many numbers the "
    "sample holds: take their mean, and `fan_in` says how many inputs a sum has."
)
def _sum_of_squares(f, z, fan_in):
    return 1 / math.sqrt(fan_in * (f(z) ** 2).sum().item())


@weight_scale.misconception(
    "This is what the variance of the sums would be with weights of size 1. The scale undoes it: "
    "divide 1 by its root."
)
def _variance_of_the_sums(f, z, fan_in):
    return fan_in * (f(z) ** 2).mean().item()


@weight_scale.misconception(
    "The mean size of the inputs was taken where their mean square belongs. Variances add up, and "
    "a variance is made of squares."
)
def _mean_size(f, z, fan_in):
    return 1 / (math.sqrt(fan_in) * f(z).abs().mean().item())


@weight_scale.misconception(
    "`fan_in` stands above the line: the more inputs there were, the larger the weights would be. "
    "More inputs make larger sums, so the scale must fall with their number."
)
def _grows_with_inputs(f, z, fan_in):
    return math.sqrt(fan_in / (f(z) ** 2).mean().item())


@weight_scale.misconception(
    "z was squared before `f` was applied. What a weight multiplies is f of each number: apply `f` "
    "first, then square, then take the mean."
)
def _squared_before_f(f, z, fan_in):
    return 1 / math.sqrt(fan_in * f(z**2).mean().item())


@weight_scale.misconception(
    "The mean was taken before the square: inputs of both signs cancel in it, though they don't in "
    "a sum with random weights. Square each `f(z)` first, then take the mean."
)
def _square_of_the_mean(f, z, fan_in):
    return (fan_in * f(z).mean() ** 2).rsqrt().item()

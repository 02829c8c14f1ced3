"""The scale that keeps a layer awake."""

from __future__ import annotations

import math

import torch

from pathkit.checks.exercise import exercise
from pathkit.checks.random_tensors import SINGLE, normal

from .plain_number import number


def _half(z):
    return z / 2


def _scale_of(answer, f, z, fan_in):
    return number(answer(f, z, fan_in))


@exercise(
    title="The scale that keeps a layer awake",
    level="medium",
    minutes=8,
    prompt="""
        A layer gets `fan_in` inputs; each is `f` of a number drawn like `z`. Which standard
        deviation must its weights have, so that the sums it forms have variance 1? Find it from the
        sample `z`.
        """,
    probes=lambda rng: [
        (_half, torch.tensor([2.0, -2.0]), 9),
        (torch.tanh, normal(rng, 400), 30),
        (torch.relu, normal(rng, 400), 200),
        (torch.sigmoid, normal(rng, 400, scale=2.0), 7),
        (_half, normal(rng, 50, scale=6.0), 1),
        (torch.exp, torch.tensor([0.0, 1.0, -2.0]), 4),
    ],
    drive=_scale_of,
    hints=[
        """
        One term of the sum is a weight times an input. Weights have mean 0 and variance $s^2$. Does
        the term's variance depend on the spread of the input or on its mean square?
        """,
        """
        1. One term has variance $s^2$ times the mean of `f(z) ** 2`.
        2. Variances add up: `fan_in` terms have `fan_in` times as much.
        3. Set this to 1 and solve for $s$.
        """,
        "`return 1 / math.sqrt(___ * (f(z) ** 2).___().item())`",
    ],
    errors=[
        (
            "ValueError: only one element tensors can be converted to Python scalars",
            "take the mean first: `math.sqrt` wants one number.",
        ),
    ],
    tolerance=SINGLE,
    passed="With ReLU this is √2/√fan_in: the scale of Kaiming He and others, found by experiment.",
)
def weight_scale(f, z: torch.Tensor, fan_in: int) -> float:
    """The standard deviation of weights that keeps sums at variance 1 (He et al. 2015, eq. 10).

    f: applied to each element; z: (n,) a sample; fan_in: how many inputs f(z) a layer adds up.
    Returns the standard deviation of the weights, whose mean is 0.
    """
    mean_square = (f(z) ** 2).mean().item()
    return 1 / math.sqrt(fan_in * mean_square)


def _mean_square(f, z):
    return (f(z) ** 2).mean().item()


@weight_scale.misconception(
    "The mean of the inputs was subtracted, as a standard deviation does. What ReLU leaves has a "
    "mean above 0, and each weight multiplies it, too: what counts is the mean of the squares."
)
def _variance_of_inputs(f, z, fan_in):
    return 1 / (math.sqrt(fan_in) * f(z).std().item())


@weight_scale.misconception(
    "`f` is left out. 1/√fan_in is right for a layer that passes its numbers on unchanged; tanh "
    "and ReLU shrink them, and the weights must make up for it."
)
def _without_f(f, z, fan_in):
    return 1 / math.sqrt(fan_in)


@weight_scale.misconception(
    "This is the variance of the weights, s². The question is for the standard deviation: take the "
    "square root."
)
def _variance_of_weights(f, z, fan_in):
    return 1 / (fan_in * _mean_square(f, z))


@weight_scale.misconception(
    "The scale falls as 1/fan_in and not as 1/√fan_in. Terms with random signs cancel in part: a "
    "sum of n of them grows as √n, so the weights would be far too small."
)
def _by_fan_in(f, z, fan_in):
    return 1 / (fan_in * math.sqrt(_mean_square(f, z)))


@weight_scale.misconception(
    "This is the spread that unscaled weights would cause, turned upside down: multiplying by it "
    "makes things worse. Divide 1 by it."
)
def _upside_down(f, z, fan_in):
    return math.sqrt(fan_in * _mean_square(f, z))


@weight_scale.misconception(
    "This is the gain alone, without fan_in. Thirty inputs add up to more than one does: the "
    "weights must shrink with the root of their number."
)
def _gain_alone(f, z, fan_in):
    return 1 / math.sqrt(_mean_square(f, z))


@weight_scale.misconception(
    "`f` was applied to the mean square of z. What enters the sum is f of each number: apply `f` "
    "first, then square, then average."
)
def _f_last(f, z, fan_in):
    return 1 / math.sqrt(fan_in * f((z**2).mean()).item())

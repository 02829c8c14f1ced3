"""How large is one step?"""

from __future__ import annotations

import math

import torch

from pathkit.checks.exercise import exercise
from pathkit.checks.random_tensors import SINGLE, normal

from .plain_number import number


def _ratio_of(answer, W, gradient, rate):
    return number(answer(W, gradient, rate))


@exercise(
    title="How large is one step?",
    level="easy",
    minutes=5,
    prompt="""
        Compare a step of gradient descent with the weights that it changes: the standard deviation
        of the step over that of the weights. Return the logarithm to base 10.
        """,
    probes=lambda rng: [
        (torch.tensor([[3.0, 1.0]]), torch.tensor([[0.0, 2.0]]), 0.01),
        (normal(rng, 5, 3, scale=0.2), normal(rng, 5, 3, scale=0.01), 0.1),
        (normal(rng, 4, 6) + 3, normal(rng, 4, 6) - 2, 1.5),
        (normal(rng, 30), normal(rng, 30, scale=0.003), 0.05),
    ],
    drive=_ratio_of,
    hints=[
        "What is subtracted from the weights in a step: the gradient alone?",
        "1. The step: `rate` times the gradient. 2. `.std()` of it, over `.std()` of `W`. 3. Log.",
        "`return math.log10((rate * gradient).std() / ___.std())`",
    ],
    errors=[
        (
            "ValueError: math domain error",
            "a mean may be below 0 and has no logarithm then: how far numbers spread is `.std()`.",
        ),
        (
            "TypeError: log10(): argument 'input'",
            "`torch.log10` wants a tensor; for a plain number take `math.log10`.",
        ),
    ],
    tolerance=SINGLE,
    equivalents=["return math.log10((rate * gradient.std()).item() / W.std().item())"],
    passed="−3 says: a step moves the weights by a thousandth of their size.",
)
def update_ratio(W: torch.Tensor, gradient: torch.Tensor, rate: float) -> float:
    """How large a step of gradient descent is, compared with the weights.

    W, gradient: of the same shape; rate: the learning rate.
    Returns log10 of (standard deviation of the step / standard deviation of the weights).
    """
    return math.log10((rate * gradient).std().item() / W.std().item())


@update_ratio.misconception(
    "The learning rate is missing. A large gradient with a small rate is a small step, and the "
    "rate is the knob you want to judge: multiply by it."
)
def _without_rate(W, gradient, rate):
    return math.log10(gradient.std().item() / W.std().item())


@update_ratio.misconception(
    "Numerator and denominator are exchanged: this is how many steps fit into the weights. The "
    "ratio is update to data, so a tiny step is a large negative number."
)
def _data_to_update(W, gradient, rate):
    return math.log10(W.std().item() / (rate * gradient).std().item())


@update_ratio.misconception(
    "This is the natural logarithm. The rule of thumb, −3, means a thousandth: take base 10."
)
def _natural_log(W, gradient, rate):
    return math.log((rate * gradient).std().item() / W.std().item())


@update_ratio.misconception(
    "This is the ratio itself. Ratios of layers differ by powers of ten, and in a plot all small "
    "ones would lie on the axis: return the base-10 logarithm."
)
def _no_log(W, gradient, rate):
    return (rate * gradient).std().item() / W.std().item()


@update_ratio.misconception(
    "The weights after the step are compared with those before. Nearly all of that is the old "
    "weights; compare the step itself, rate times gradient."
)
def _after_to_before(W, gradient, rate):
    return math.log10((W - rate * gradient).std().item() / W.std().item())


@update_ratio.misconception(
    "Each step is divided by its own weight, element by element. Weights that happen to lie near 0 "
    "then decide everything: take the two standard deviations first, and divide those."
)
def _element_by_element(W, gradient, rate):
    return math.log10((rate * gradient / W).std().item())


@update_ratio.misconception(
    "The largest change is compared with the largest weight. One odd weight then decides; the "
    "standard deviation speaks for all of them."
)
def _by_largest(W, gradient, rate):
    return math.log10((rate * gradient).abs().max().item() / W.abs().max().item())

"""GPT-2's GELU."""

from __future__ import annotations

import math

import numpy as np

from pathkit.checks.compare import Tolerance
from pathkit.checks.exercise import exercise

_ROOT = math.sqrt(2 / math.pi)
_erf = np.vectorize(math.erf, otypes=[float])


@exercise(
    title="GPT-2's GELU",
    level="easy",
    minutes=5,
    prompt=r"""
        Write $\frac{x}{2}\left(1 + \tanh\left(\sqrt{2/\pi}\,(x + 0.044715\,x^3)\right)\right)$, the
        curve that GPT-2 was trained with, for every number of an array.
        """,
    probes=lambda rng: [
        (np.array([-2.0, 0.0, 1.0, 3.0]),),
        (rng.normal(scale=2.0, size=(3, 5)),),
        (rng.normal(scale=0.3, size=(2, 2, 3)),),
        (np.array([[-9.0, 12.0, -1.5]]),),
    ],
    hints=[
        "What does the curve give for 0, for a large number, and for a very negative one?",
        """
        1. The inner sum: `x + 0.044715 * x**3`.
        2. Times the root of 2 / π, then `np.tanh`.
        3. One plus that, times x, divided by 2.
        """,
        "`return 0.5 * x * (1 + np.tanh(math.sqrt(___ / math.pi) * (x + ___ * x**3)))`",
    ],
    errors=[
        (
            "TypeError: only ... arrays can be converted to Python scalars",
            "`math.tanh` takes one number: `np.tanh` takes arrays.",
        ),
    ],
    # 1e-7: the exact GELU is up to 0.0005 away, and counts as another curve.
    tolerance=Tolerance(relative=1e-6, absolute=1e-7),
    passed="Nearly 0 for the very negative, nearly x for the large, and smooth in between.",
)
def gelu(x: np.ndarray) -> np.ndarray:
    """GPT-2's GELU (Hendrycks and Gimpel 2016, the curve with tanh).

    x: an array of any shape. Returns an array of that shape.
    """
    return 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


@gelu.misconception(
    "This is the exact GELU, x times the normal distribution's share below x. GPT-2 computes a "
    "curve with tanh in its place, up to 0.0005 away: here the formula above is asked for."
)
def _exact(x):
    return x * (1 + _erf(x / math.sqrt(2))) / 2


@gelu.misconception(
    "This is ReLU: straight, with a corner at 0. GELU is smooth and dips below 0 for negative "
    "numbers, to -0.17 at its lowest."
)
def _corner(x):
    return np.maximum(x, 0)


@gelu.misconception(
    "This is x times the sigmoid of 1.702x, another stand-in for GELU, up to 0.02 away. GPT-2 uses "
    "the one with tanh."
)
def _sigmoid_curve(x):
    return x / (1 + np.exp(-1.702 * x))


@gelu.misconception(
    "The half is missing, so large numbers come out doubled: 1 + tanh is 2 there. Multiply by 0.5."
)
def _not_halved(x):
    return x * (1 + np.tanh(_ROOT * (x + 0.044715 * x**3)))


@gelu.misconception(
    "The 1 is missing, so negative numbers come out positive: tanh runs from -1 to 1, and 1 + tanh "
    "from 0 to 2."
)
def _without_one(x):
    return 0.5 * x * np.tanh(_ROOT * (x + 0.044715 * x**3))


@gelu.misconception(
    "x is squared where the formula has its third power. A square loses the sign, so the curve "
    "bends otherwise left and right of 0."
)
def _squared(x):
    return 0.5 * x * (1 + np.tanh(_ROOT * (x + 0.044715 * x**2)))


@gelu.misconception(
    "The root covers another fraction: it is the root of 2 divided by π, 0.798, and not the root "
    "of 2 times π or of π divided by 2."
)
def _root_of_product(x):
    return 0.5 * x * (1 + np.tanh(math.sqrt(2 * math.pi) * (x + 0.044715 * x**3)))


@gelu.spelling(_root_of_product)
def _root_of_half_pi(x):
    return 0.5 * x * (1 + np.tanh(math.sqrt(math.pi / 2) * (x + 0.044715 * x**3)))


@gelu.misconception(
    "Only the numerator stands under the root: this is √2 divided by π, 0.45. The root covers the "
    "whole fraction: `math.sqrt(2 / math.pi)`."
)
def _root_of_two_alone(x):
    return 0.5 * x * (1 + np.tanh(math.sqrt(2) / math.pi * (x + 0.044715 * x**3)))


@gelu.misconception(
    "The root multiplies x alone, and not the cube. The bracket holds both, and the root stands in "
    "front of the bracket."
)
def _root_on_x_alone(x):
    return 0.5 * x * (1 + np.tanh(_ROOT * x + 0.044715 * x**3))


@gelu.misconception(
    "The 0.044715 was cubed together with x, which makes the term 500 times too small. Only x has "
    "the third power: `0.044715 * x**3`."
)
def _constant_cubed(x):
    return 0.5 * x * (1 + np.tanh(_ROOT * (x + (0.044715 * x) ** 3)))


@gelu.misconception(
    "The third power was taken of the whole sum. Only the x behind 0.044715 has it, and the x in "
    "front stands alone: `x + 0.044715 * x**3`."
)
def _sum_cubed(x):
    return 0.5 * x * (1 + np.tanh(_ROOT * (x + 0.044715 * x) ** 3))


@gelu.misconception(
    "The constant before the third power is another one, ten times as large. It is 0.044715, with "
    "a zero behind the point."
)
def _a_zero_lost(x):
    return 0.5 * x * (1 + np.tanh(_ROOT * (x + 0.44715 * x**3)))

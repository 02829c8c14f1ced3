"""Rates for a sweep."""

from __future__ import annotations

import math

import torch

from pathkit.checks.exercise import exercise
from pathkit.checks.random_tensors import SINGLE


def _as_numbers(answer, low: float, high: float, steps: int) -> list[float]:
    return [float(rate) for rate in answer(low, high, steps)]


@exercise(
    title="Rates for a sweep",
    level="easy",
    minutes=5,
    prompt="""
        List `steps` learning rates from `low` to `high`, both included, such that each is the same
        *factor* larger than the one before.
        """,
    probes=lambda rng: [
        (0.001, 1.0, 4),
        (0.02, 20.0, 4),
        (0.5, 8.0, 3),
        (float(rng.uniform(0.001, 0.01)), float(rng.uniform(0.5, 2.0)), 7),
        (0.1, 0.4, 2),
        (0.002, 5.0, 40),
    ],
    drive=_as_numbers,
    hints=[
        "From 0.001 to 1 in four: 0.001, 0.01, and then? What do the exponents do?",
        """
        Exponents with even steps between them: `torch.linspace(a, b, steps)`, from the exponent of
        `low` to that of `high`. `math.log10` gives the exponent of a number, `10 ** …` goes back.
        """,
        "`return 10 ** torch.linspace(math.log10(___), math.log10(___), steps)`",
    ],
    errors=[
        (
            "ValueError: math domain error",
            "the logarithm of a rate is needed, and rates are above 0: don't take it twice.",
        ),
        (
            "TypeError: 'float' object is not iterable",
            "return a list or a tensor of rates, not one number.",
        ),
    ],
    tolerance=SINGLE,
    passed="What matters about a rate is its factor, so even steps belong in the exponent.",
)
def rates(low: float, high: float, steps: int):
    """Learning rates evenly spaced by exponent.

    low, high: the first rate and the last; steps: how many, 2 at least.
    Returns (steps,) rates, from low to high.
    """
    exponents = torch.linspace(math.log10(low), math.log10(high), steps)
    return 10**exponents


@rates.misconception(
    "The steps are even in the rates themselves. Of 1,000 rates from 0.001 to 1, about 900 then "
    "lie above 0.1, and the small ones are never tried: space the exponents evenly."
)
def _even_steps(low, high, steps):
    return torch.linspace(low, high, steps)


@rates.misconception(
    "These are the exponents, not the rates, and with a rate of -3 the network would walk uphill. "
    "Raise 10 to their power."
)
def _exponents(low, high, steps):
    return torch.linspace(math.log10(low), math.log10(high), steps)


@rates.misconception(
    "The exponents belong to base 10 and were used with base e. Down and up must use the same "
    "base: log10 with 10, or log with exp."
)
def _two_bases(low, high, steps):
    return torch.linspace(math.log10(low), math.log10(high), steps).exp()


@rates.misconception(
    "Each rate is ten times the one before, whatever `high` is. The factor follows from both ends "
    "and from how many rates lie between: `steps - 1` factors lead from `low` to `high`."
)
def _factor_ten(low, high, steps):
    return [low * 10**k for k in range(steps)]


@rates.misconception(
    "The last rate is missing, so the sweep stops short of `high` and the factor is too small. "
    "Both ends count: `steps` rates have `steps - 1` factors between them."
)
def _without_the_end(low, high, steps):
    factor = (high / low) ** (1 / steps)
    return [low * factor**k for k in range(steps)]


@rates.misconception(
    "The list runs from high to low. A sweep raises the rate, so that it has seen all the good "
    "rates before the first bad one throws the weights out of reach."
)
def _downwards(low, high, steps):
    return rates(high, low, steps)


@rates.misconception(
    "Here `low` and `high` are taken for exponents: the rates run from 10 to the power of `low` to "
    "10 to the power of `high`. They are the rates themselves; `math.log10` gives their exponents."
)
def _ends_as_exponents(low, high, steps):
    return 10 ** torch.linspace(low, high, steps)


@rates.misconception(
    "The exponents belong to base e and were used with base 10. Down and up must use the same "
    "base: `math.log` with `exp`, or `math.log10` with `10 **`."
)
def _two_bases_the_other_way(low, high, steps):
    return 10 ** torch.linspace(math.log(low), math.log(high), steps)


@rates.misconception(
    "These are the exponents to base e, not the rates, and below 0 the network would walk uphill. "
    "Take `exp` of them."
)
def _exponents_of_e(low, high, steps):
    return torch.linspace(math.log(low), math.log(high), steps)


@rates.misconception(
    "The first rate is missing, so the sweep begins above `low`. Both ends count: `steps` rates "
    "have `steps - 1` factors between them, and the first has had none yet."
)
def _without_the_start(low, high, steps):
    factor = (high / low) ** (1 / steps)
    return [low * factor ** (k + 1) for k in range(steps)]


@rates.misconception(
    "The last rate is missing on some calls. A loop that goes on while a rate is at most `high` "
    "does that: rounding may carry the last one a little above it. Count the rates instead."
)
def _lost_to_rounding(low, high, steps):
    factor = (high / low) ** (1 / (steps - 1))
    found = []
    while low <= high:
        found.append(low)
        low *= factor
    return found

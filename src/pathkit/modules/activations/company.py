"""Same example, other company."""

from __future__ import annotations

import math

import numpy as np
import torch

from pathkit.checks.exercise import exercise
from pathkit.checks.plain import Tensor


def _first_of(batch) -> float:
    z = torch.tensor(batch, dtype=torch.float64)
    return ((z - z.mean()) / torch.sqrt(z.var(unbiased=False) + 1e-5))[0].item()


def _listed(value):
    value = value.values if isinstance(value, Tensor) else value
    return value.tolist() if isinstance(value, np.ndarray) else value


def _is_company(value) -> str | None:
    value = _listed(value)
    if not isinstance(value, tuple | list) or len(value) != 2:
        return "Two batches are expected: a pair of lists."
    batches = [_listed(batch) for batch in value]
    for batch in batches:
        if not isinstance(batch, tuple | list) or not 1 <= len(batch) <= 8:
            return "Each batch is a list of one to eight numbers: one unit, up to eight examples."
        if not all(isinstance(v, int | float) and math.isfinite(v) for v in batch):
            return "Finite numbers are expected in both batches."
    if batches[0][0] != batches[1][0]:
        return (
            f"The first examples differ: {batches[0][0]:g} and {batches[1][0]:g}. Keep that "
            "example as it is and change its company."
        )
    one, other = (_first_of(batch) for batch in batches)
    if not max(one, other) > 0.5 or not min(one, other) < -0.5:
        return (
            f"The first example comes out as {_rounded(one)} and as {_rounded(other)}. It should "
            f"be above 0.5 in one batch and below −0.5 in the other. {_why(batches)}"
        )
    return None


def _rounded(number: float) -> str:
    return f"{number + 0.0:.2f}".replace("-0.00", "0.00").replace("-", "−")


def _why(batches) -> str:
    """What to look at in two batches that don't do it."""
    if any(len(batch) == 1 for batch in batches):
        return "A batch of one has no company: its mean is the number itself, which becomes 0."
    if any(len(set(batch)) == 1 for batch in batches):
        return "Equal numbers have no spread, so all of them become 0."
    if sorted(batches[0]) == sorted(batches[1]):
        return "Both hold the same numbers, and mean and variance don't know in which order."
    return "Put it above the mean of one batch, and below the mean of the other."


@exercise(
    title="Same example, other company",
    level="medium",
    minutes=6,
    prompt="""
        Give two small batches for one unit, both beginning with the same number. BatchNorm in
        training must make that first number larger than 0.5 in one, smaller than −0.5 in the other.
        """,
    probes=lambda rng: [()],
    drive=lambda answer: answer,
    accept=_is_company,
    is_value=True,
    hints=[
        "When does a number come out positive: compared with what?",
        "Two numbers in a batch suffice. The larger becomes about 1, the smaller about −1.",
        "`company = [3.0, ___], [3.0, ___]`: once in small company, once in large.",
    ],
    # Each gives another right answer: which numbers they are doesn't matter, only which is larger.
    equivalents=[
        "return ([3.0, 0.0, 0.0], [3.0, 5.0])",
        "return ([3.0, 0.0, 1.0], [3.0, 5.0])",
        "return ([3.0, 1.0, 2.0], [3.0, 5.0])",
        "return ([3.0, 0.0, 3.0], [3.0, 5.0])",
        "return ([3.0, 0.5, 2.0], [3.0, 5.0])",
        "return ([3.0, 0.0, 2.0], [3.0, 6.0])",
        "return ([3.0, 0.0, 2.0], [3.0, 7.5])",
    ],
    passed="In training no example is alone: its output depends on its company.",
)
def company() -> tuple[list[float], list[float]]:
    """Two lists of one to eight numbers with the same first number, as in `[3.0, …], [3.0, …]`."""
    return [3.0, 0.0, 2.0], [3.0, 5.0]


@company.misconception(
    "The first number itself was changed. Here its value stays the same and its company changes: "
    "that is what nobody expects of a network."
)
def _other_first():
    return [5.0, 3.0], [1.0, 3.0]


@company.misconception(
    "The second batch is the first one, twice as large. BatchNorm measures in standard deviations, "
    "so scaling a whole batch changes nothing; and here the first numbers differ as well."
)
def _scaled():
    return [3.0, 0.0], [6.0, 0.0]


@company.misconception(
    "A batch of one has no company: its mean is the number itself, and every number comes out as "
    "0, whatever it is. BatchNorm can't train on single examples."
)
def _alone():
    return [3.0], [3.0]


@company.misconception(
    "Equal numbers have no spread, so all of them come out as 0, the mean. Put something smaller "
    "beside the first number, and in the other batch something larger."
)
def _all_equal():
    return [3.0, 3.0], [3.0, 3.0]


@company.misconception(
    "The order of the company makes no difference: mean and variance don't know who came when. "
    "Other numbers are needed, not another order."
)
def _reordered():
    return [3.0, 0.0, 5.0], [3.0, 5.0, 0.0]

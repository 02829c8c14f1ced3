"""Who is asleep?"""

from __future__ import annotations

import torch

from pathkit.checks.exercise import exercise
from pathkit.checks.random_tensors import SINGLE, normal, positive

from .plain_number import number


def _two_shares(answer, h, limit):
    found = answer(h, limit)
    return tuple(number(v) for v in found) if isinstance(found, tuple | list) else found


def _one_wakes() -> torch.Tensor:
    """150 examples: the first unit sleeps for all of them, the second for all but one."""
    h = torch.full((150, 3), -0.99)
    h[40, 1], h[:, 2] = 0.5, 0.1
    return h


@exercise(
    title="Who is asleep?",
    level="easy",
    minutes=6,
    prompt="""
        Count how much of a layer is asleep. Return two shares from 0 to 1: outputs farther from 0
        than `limit`, and units (columns) for which every example of the batch is.
        """,
    probes=lambda rng: [
        (torch.tensor([[0.99, -0.98, 0.2], [0.99, 0.1, -0.99]]), 0.97),
        (torch.tensor([[0.5, -0.5], [0.75, -1.0], [1.0, 0.5]]), 0.5),
        (torch.tanh(normal(rng, 5, 12, scale=6.0)), 0.97),
        (torch.tanh(normal(rng, 3, 20, scale=2.0)), 0.8),
        (-torch.tanh(positive(rng, 4, 3)), 0.1),
        (torch.tensor([[0.3, -0.2], [0.1, 0.6], [-0.4, 0.2]]), 0.97),
        (_one_wakes(), 0.97),
    ],
    drive=_two_shares,
    hints=[
        "Is an output of −0.99 asleep? In `h`, which axis runs over the examples of one unit?",
        """
        1. `asleep`: booleans (B, n), where the size of `h`, without its sign, exceeds `limit`.
        2. First share: the mean of the booleans as numbers, `asleep.float().mean()`.
        3. Second share: `asleep.all(dim=0)` is (n,), one boolean for each unit. Its mean again.
        """,
        "`return asleep.float().mean().item(), asleep.all(dim=___).float().mean().item()`",
    ],
    errors=[
        (
            "RuntimeError: mean(): could not infer output dtype",
            "booleans have no mean in torch: `.float()` makes 0 and 1 of them.",
        ),
    ],
    tolerance=SINGLE,
    passed="The first share slows learning. The second ends it: no example can wake such a unit.",
)
def saturated(h: torch.Tensor, limit: float) -> tuple[float, float]:
    """How much of a tanh layer is saturated.

    h: (B, n) outputs of n units for B examples; limit: above it an output counts as saturated.
    Returns (share of the B * n outputs, share of the n units saturated for all B examples).
    """
    asleep = h.abs() > limit
    return asleep.float().mean().item(), asleep.all(dim=0).float().mean().item()


def _shares(asleep, dim=0, of_unit=torch.all):
    return asleep.float().mean().item(), of_unit(asleep, dim=dim).float().mean().item()


@saturated.misconception(
    "Outputs near −1 are missing. tanh is as flat there as near +1, so it is the distance from 0 "
    "that counts: take `h.abs()`."
)
def _only_positive(h, limit):
    return _shares(h > limit)


@saturated.misconception(
    "The second share counts units that sleep for some example. Such a unit still learns from the "
    "others; it is lost only if it sleeps for all of them: `all`, not `any`."
)
def _any_example(h, limit):
    return _shares(h.abs() > limit, of_unit=torch.any)


@saturated.misconception(
    "The second share is taken along the wrong axis: it counts examples for which all units sleep. "
    "Rows are examples, columns are units, so reduce dim=0."
)
def _examples_not_units(h, limit):
    return _shares(h.abs() > limit, dim=1)


@saturated.misconception(
    "These are numbers of outputs and units, not shares. A layer of 200 units and one of 20 can be "
    "compared by shares alone: divide by how many there are."
)
def _counted(h, limit):
    asleep = h.abs() > limit
    return asleep.sum().item(), asleep.all(dim=0).sum().item()


@saturated.misconception(
    "This is the share that is awake. Asleep means beyond the limit, where the slope of tanh is "
    "nearly 0: turn the comparison round."
)
def _awake(h, limit):
    return _shares(h.abs() < limit)


@saturated.misconception(
    "The mean over the batch is taken first. A unit that jumps between −1 and 1 has mean 0 and is "
    "asleep all the same: compare each output with the limit, then reduce."
)
def _mean_first(h, limit):
    share = (h.abs() > limit).float().mean().item()
    return share, (h.mean(dim=0).abs() > limit).float().mean().item()

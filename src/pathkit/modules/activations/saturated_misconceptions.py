"""More wrong ways to count who is asleep."""

from __future__ import annotations

from .saturated import saturated


@saturated.misconception(
    "Outputs exactly at the limit are counted, too. Asleep is what lies farther from 0 than "
    "`limit`: `>`, not `>=`."
)
def _at_the_limit(h, limit):
    asleep = h.abs() >= limit
    return asleep.float().mean().item(), asleep.all(dim=0).float().mean().item()


@saturated.misconception(
    "The second share asks for the mean size of a unit's outputs. A unit that is awake for one "
    "example may have a large mean all the same, and it still learns: ask for each example, `all`."
)
def _mean_size(h, limit):
    share = (h.abs() > limit).float().mean().item()
    return share, (h.abs().mean(dim=0) > limit).float().mean().item()


@saturated.misconception(
    "The second share counts units that sleep for most of the examples. One example that wakes a "
    "unit is enough for it to learn: it has to sleep for all of them."
)
def _most_examples(h, limit):
    asleep = (h.abs() > limit).float()
    return asleep.mean().item(), (asleep.mean(dim=0) > 0.5).float().mean().item()


@saturated.misconception(
    "A unit counts as lost when its outputs all lie beyond `limit` on the positive side. −0.99 is "
    "as flat as 0.99: take `h.abs()` for the second share, too."
)
def _second_only_positive(h, limit):
    return (h.abs() > limit).float().mean().item(), (h > limit).all(dim=0).float().mean().item()


@saturated.misconception(
    "The two shares are exchanged: the share of the outputs comes first, that of the units second."
)
def _exchanged(h, limit):
    return saturated(h, limit)[::-1]


@saturated.misconception(
    "Each unit is asked whether any of its outputs is small, and those that have one are counted. "
    "These are the units that can be woken; the others are asked for."
)
def _can_be_woken(h, limit):
    asleep = h.abs() > limit
    return asleep.float().mean().item(), 1 - asleep.all(dim=0).float().mean().item()


@saturated.misconception(
    "A unit is counted only if all its outputs lie on the same side. One that jumps between −1 and "
    "1 is asleep for every example, too: take `h.abs()` before you ask for `all`."
)
def _on_one_side(h, limit):
    units = (h > limit).all(dim=0) | (h < -limit).all(dim=0)
    return (h.abs() > limit).float().mean().item(), units.float().mean().item()

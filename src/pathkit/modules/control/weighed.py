"""A mask that knows how likely the ending is."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


@exercise(
    title="Mask, then weigh",
    level="medium",
    minutes=6,
    prompt="""
        Forbid what isn't allowed, weigh each other symbol by the chance of a good ending after it,
        and divide by the sum.
        """,
    probes=lambda rng: [
        (np.array([0.9, 0.1]), np.array([True, True]), np.array([0.01, 1.0])),
        (np.array([0.5, 0.3, 0.2]), np.array([True, False, True]), np.array([0.5, 1.0, 0.25])),
        (np.array([0.5, 0.3, 0.2]), np.array([True, True, True]), np.ones(3)),
        (rng.dirichlet(np.ones(6)), np.array([1, 0, 1, 1, 0, 1], bool), rng.random(6)),
        (rng.dirichlet(np.ones(9)), rng.random(9) < 2, rng.random(9)),
    ],
    hints=[
        "Which three factors does each symbol get?",
        "Multiply `p`, `allowed` and `good` entry by entry; then divide by the sum.",
        "`weights = p * allowed * ___`, then `weights / ___`",
    ],
    passed="One more factor than in a mask, and the whole text is conditioned on.",
)
def weighed(p: np.ndarray, allowed: np.ndarray, good: np.ndarray) -> np.ndarray:
    """The next symbol's distribution, given that the whole text will fit.

    p: (V,) the model's probabilities; allowed: (V,) booleans; good: (V,) the chance of a fitting
    ending after each symbol. At least one product is above 0.
    Returns (V,) probabilities.
    """
    weights = p * allowed * good
    return weights / weights.sum()


@weighed.misconception(
    "This is the mask alone: the chance of a good ending isn't used. A symbol with a hopeless "
    "ending keeps its whole share; multiply by `good` too."
)
def _weighed_mask_only(p, allowed, good):
    weights = p * allowed
    return weights / weights.sum()


@weighed.misconception(
    "The sum isn't 1. What is left over of `p` has to be shared again: divide the weights by their "
    "own sum."
)
def _weighed_hole(p, allowed, good):
    return p * allowed * good


@weighed.spelling(_weighed_hole)
def _weighed_divided_early(p, allowed, good):
    weights = p * allowed
    return weights / weights.sum() * good


@weighed.misconception(
    "The mask is missing, so a forbidden symbol can come. How good its ending would be doesn't "
    "matter, since it breaks the pattern now."
)
def _weighed_unmasked(p, allowed, good):
    weights = p * good
    return weights / weights.sum()


@weighed.misconception(
    "The model's own probabilities are missing. The chance of a good ending says how often a "
    "symbol works out, not how often it is written: multiply by `p`."
)
def _weighed_without_model(p, allowed, good):
    weights = allowed * good
    return weights / weights.sum()


@weighed.misconception(
    "The chances were added where they have to be multiplied. Both must happen: the symbol comes, "
    "and then the ending fits."
)
def _weighed_sum(p, allowed, good):
    weights = allowed * (p + good)
    return weights / weights.sum()

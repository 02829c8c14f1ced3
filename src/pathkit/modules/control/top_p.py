"""Keep the smallest set that holds the mass."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


@exercise(
    title="Keep enough of the mass",
    level="medium",
    minutes=8,
    prompt="""
        Go from the likeliest symbol down, until those kept hold at least `mass` together. Keep the
        one that crosses the line too, drop the rest and divide by the sum.
        """,
    probes=lambda rng: [
        (np.array([0.125, 0.5, 0.0625, 0.3125]), 0.75),
        (np.array([0.125, 0.5, 0.0625, 0.3125]), 0.5),
        (np.array([0.1, 0.7, 0.2]), 0.3),
        (np.array([0.25, 0.625, 0.125]), 1.0),
        (rng.dirichlet(np.ones(6)), 0.8),
        (rng.dirichlet(np.ones(15)), 0.6),
        (rng.dirichlet(np.ones(15)), 0.95),
    ],
    hints=[
        "Which sum decides on a symbol: with it, or only of those before it?",
        """
        1. `order = np.argsort(-p)`: the places, likeliest first.
        2. `before = np.cumsum(p[order]) - p[order]`: what the likelier ones hold already.
        3. A symbol stays while `before` is below `mass`.
        """,
        "`kept[order[before < ___]] = p[order[before < ___]]`, with `kept = np.zeros_like(p)`",
    ],
    equivalents=["kept = np.zeros(len(order))", "kept = np.zeros(len(before))"],  # as long as p
    passed="A sure model keeps one symbol and an unsure one many: the number follows the model.",
)
def top_p(p: np.ndarray, mass: float) -> np.ndarray:
    """The distribution over the fewest likeliest symbols that hold `mass` together.

    p: (V,) probabilities, no two of them equal; mass: above 0, at most 1.
    Returns (V,) probabilities that sum to 1.
    """
    order = np.argsort(-p)
    before = np.cumsum(p[order]) - p[order]
    kept = np.zeros(len(p))
    kept[order[before < mass]] = p[order[before < mass]]
    return kept / kept.sum()


@top_p.misconception(
    "The symbol that crosses the line was dropped, so those kept hold less than `mass`. Where the "
    "first one crosses it alone, nothing would be left. Keep it."
)
def _top_p_drops_crossing(p, mass):
    order = np.argsort(-p)
    inside = order[np.cumsum(p[order]) <= mass]
    kept = np.zeros(len(p))
    kept[inside] = p[inside]
    return kept / max(kept.sum(), 1e-300)


@top_p.misconception(
    "The sum ran in the order of the symbols, not from the likeliest down. Which symbols stay "
    "would depend on the alphabet: sort first."
)
def _top_p_unsorted(p, mass):
    kept = np.where(np.cumsum(p) - p < mass, p, 0)
    return kept / kept.sum()


@top_p.misconception(
    "The sum ran from the least likely symbol up, because `np.argsort` ascends. Then rare symbols "
    "stay and the likeliest may go; sort `-p`."
)
def _top_p_ascending(p, mass):
    order = np.argsort(p)
    inside = order[np.cumsum(p[order]) - p[order] < mass]
    kept = np.zeros(len(p))
    kept[inside] = p[inside]
    return kept / kept.sum()


@top_p.misconception(
    "The sum is below 1: what was cut off is missing. Divide what stays by its own sum, or it is "
    "no distribution."
)
def _top_p_hole(p, mass):
    order = np.argsort(-p)
    inside = order[np.cumsum(p[order]) - p[order] < mass]
    kept = np.zeros(len(p))
    kept[inside] = p[inside]
    return kept


@top_p.misconception(
    "Each probability was compared with a limit by itself. Top-p asks how much the likelier ones "
    "hold together, so it needs a running sum."
)
def _top_p_threshold(p, mass):
    kept = np.where(p >= p.max() * (1 - mass), p, 0)
    return kept / kept.sum()


@top_p.spelling(_top_p_threshold)
def _top_p_threshold_rest(p, mass):
    kept = np.where(p > 1 - mass, p, 0)
    return kept / max(kept.sum(), 1e-300)


@top_p.spelling(_top_p_threshold)
def _top_p_threshold_or_best(p, mass):
    kept = np.where((p >= 1 - mass) | ((p == p.max()) & (p.max() < 1 - mass)), p, 0)
    return kept / kept.sum()


@top_p.spelling(_top_p_drops_crossing)
def _top_p_drops_crossing_but_first(p, mass):
    order = np.argsort(-p)
    inside = order[:max(1, np.searchsorted(np.cumsum(p[order]), mass))]
    kept = np.zeros(len(p))
    kept[inside] = p[inside]
    return kept / kept.sum()


@top_p.misconception(
    "The probabilities came back in order of size. Each one belongs to its symbol, so write it to "
    "the place where it stood in `p`: `kept[order[...]] = ...`."
)
def _top_p_by_size(p, mass):
    falling = np.sort(p)[::-1]
    kept = np.where(np.cumsum(falling) - falling < mass, falling, 0)
    return kept / kept.sum()


@top_p.misconception(
    "One symbol too many is kept where those before it hold exactly `mass`. They hold enough "
    "already, and the fewest are asked for: compare with `<`, not with `<=`."
)
def _top_p_one_more(p, mass):
    order = np.argsort(-p)
    inside = order[np.cumsum(p[order]) - p[order] <= mass]
    kept = np.zeros(len(p))
    kept[inside] = p[inside]
    return kept / kept.sum()

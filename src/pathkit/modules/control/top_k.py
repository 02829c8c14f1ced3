"""Keep the k likeliest."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


@exercise(
    title="Keep the k likeliest",
    level="easy",
    minutes=5,
    prompt="""
        Keep the `k` largest probabilities, set the others to 0, and divide so that they sum to 1
        again. No two probabilities are equal here.
        """,
    probes=lambda rng: [
        (np.array([0.1, 0.5, 0.15, 0.25]), 2),
        (np.array([0.1, 0.6, 0.3]), 1),
        (np.array([0.2, 0.5, 0.3]), 3),
        (rng.dirichlet(np.ones(7)), 3),
        (rng.dirichlet(np.ones(12)), 5),
    ],
    hints=[
        "How small is the smallest probability that stays?",
        "`np.sort(p)` ascends, so the k-th largest is at `[-k]`. Compare `p` with it.",
        "`kept = np.where(p >= np.sort(p)[___], p, 0)`, then divide by its sum",
    ],
    passed="The places stay, only the values change: nothing was drawn, so nothing is left to luck.",
)
def top_k(p: np.ndarray, k: int) -> np.ndarray:
    """The distribution over the k likeliest symbols.

    p: (V,) probabilities, no two of them equal; k: from 1 to V.
    Returns (V,) probabilities that sum to 1, with V - k zeros.
    """
    kept = np.where(p >= np.sort(p)[-k], p, 0)
    return kept / kept.sum()


@top_k.misconception(
    "The sum is below 1, since what was cut off is missing. Divide what stays by its own sum, or "
    "the next draw has a hole in it."
)
def _top_k_hole(p, k):
    return np.where(p >= np.sort(p)[-k], p, 0)


@top_k.misconception(
    "The k smallest were kept. `np.sort` and `np.argsort` ascend, so the first k are the least "
    "likely; take the last k."
)
def _top_k_smallest(p, k):
    kept = np.where(p <= np.sort(p)[k - 1], p, 0)
    return kept / kept.sum()


@top_k.misconception(
    "One symbol is missing: `>` leaves out the k-th largest itself. It belongs to the k, so "
    "compare with `>=`."
)
def _top_k_strict(p, k):
    kept = np.where(p > np.sort(p)[-k], p, 0)
    return kept / max(kept.sum(), 1e-300)


@top_k.misconception(
    "A softmax of the kept probabilities isn't their share. Softmax is for logits; probabilities "
    "are divided by their sum, which keeps their ratios."
)
def _top_k_softmax(p, k):
    kept = np.where(p >= np.sort(p)[-k], np.exp(p), 0)
    return kept / kept.sum()


@top_k.misconception(
    "The probabilities came back sorted. Symbol i has to stay at place i, or each symbol gets the "
    "chance of another."
)
def _top_k_sorted(p, k):
    kept = np.sort(p)[::-1].copy()
    kept[k:] = 0
    return kept / kept.sum()

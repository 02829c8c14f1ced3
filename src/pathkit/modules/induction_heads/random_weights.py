"""Random attention weights, and sums over places in them."""

from __future__ import annotations

import numpy as np


def causal(rng: np.random.Generator, T: int) -> np.ndarray:
    """(T, T) weights of a causal head: rows sum to 1, nothing right of the diagonal."""
    weights = np.tril(rng.dirichlet(np.full(T, 0.5), size=T) + 1e-3)
    return weights / weights.sum(axis=1, keepdims=True)


def followers(weights, tokens, places, combine=np.sum) -> float:
    """The mean over places with earlier copies of the combined weights on `places(t, copies)`."""
    found = []
    for t, token in enumerate(tokens):
        copies = [s for s in range(t) if tokens[s] == token]
        if copies:
            picked = [weights[t, s] for s in places(t, copies)]
            found.append(combine(picked) if picked else 0.0)
    return np.mean(found)

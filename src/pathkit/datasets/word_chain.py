"""A source of words whose regularities fall off as a power law, and whose entropy is exact.

Which word comes next depends on the last one through 64 features. Feature k has the strength
k ** -0.8: a few strong regularities and a long tail of weak ones, as in language.
"""

from __future__ import annotations

from functools import cached_property
from importlib import resources

import numpy as np

SPREAD = 1.5  # standard deviation of the logits
SETTLED = 1000  # words after which the first one is forgotten


class WordChain:
    """Words numbered from 0; each depends on the one before it and on nothing else.

    words: how many there are; falls: the exponent by which the features' strengths fall.
    P: (words, words), row i holds the chances of what follows word i.
    """

    def __init__(self, words: int = 64, falls: float = 0.8, seed: int = 0):
        self.words = words
        rng = np.random.default_rng(seed)
        self.strengths = np.arange(1, words + 1) ** -falls
        logits = (rng.normal(size=(words, words)) * self.strengths) @ rng.normal(
            size=(words, words))
        logits *= SPREAD / logits.std()
        self.P = np.exp(logits)
        self.P /= self.P.sum(axis=1, keepdims=True)

    @cached_property
    def share(self) -> np.ndarray:
        """How often each word comes in a long text: (words,)."""
        share = np.full(self.words, 1 / self.words)
        for _ in range(SETTLED):
            share = share @ self.P
        return share

    @cached_property
    def entropy(self) -> float:
        """Nats per word that nobody can get below who knows the word before."""
        return float(-(self.share[:, None] * self.P * np.log(self.P)).sum())

    def sample(self, how_many: int, length: int, seed: int) -> np.ndarray:
        """Texts of the chain: (how_many, length) numbers of words."""
        rng = np.random.default_rng(seed)
        up_to = self.P.cumsum(axis=1)
        texts = np.empty((how_many, length), dtype=int)
        texts[:, 0] = rng.choice(self.words, how_many, p=self.share)
        draws = rng.random((how_many, length))
        for t in range(1, length):
            rows = up_to[texts[:, t - 1]]  # (how_many, words)
            texts[:, t] = (draws[:, t, None] > rows).sum(axis=1).clip(max=self.words - 1)
        return texts


def scaling_grid() -> list[tuple[int, int, tuple[float, ...]]]:
    """Models that were trained on the chain: width, steps, and one loss in nats for each seed.

    `pathkit.training.scaling_grid` is the recipe, and the head of the file says how it ran. The
    last one is the largest.
    """
    text = resources.files(__package__).joinpath("scaling_grid.txt").read_text(encoding="ascii")
    rows = [line.split() for line in text.splitlines() if not line.startswith("#")]
    return [(int(width), int(steps), tuple(map(float, losses))) for width, steps, *losses in rows]

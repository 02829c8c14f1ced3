"""Words and texts for probes: few letters, so that pairs repeat, overlap and tie."""

from __future__ import annotations

import numpy as np


def random_words(rng: np.random.Generator, n: int, letters: int = 4) -> dict[bytes, int]:
    """At most n words of 1 to 7 of the first letters, as bytes, each with how often it occurs."""
    words = {
        bytes(97 + rng.integers(letters, size=rng.integers(1, 8))): int(rng.integers(1, 9))
        for _ in range(n)
    }
    return words


def random_merges(rng: np.random.Generator, n: int, letters: int = 4) -> list[tuple[int, int]]:
    """n merges in no order that a training would give; the parts of each come before it."""
    known, merges = [97 + i for i in range(letters)], []
    while len(merges) < n:
        pair = tuple(int(known[i]) for i in rng.integers(len(known), size=2))
        if pair not in merges:
            known.append(256 + len(merges))
            merges.append(pair)
    return merges

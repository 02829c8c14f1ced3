"""The invented language Nuri: its words, twelve pairs, and meanings at random."""

from __future__ import annotations

import itertools

import numpy as np

NOUNS = {"cat": "miru", "dog": "tabo", "bird": "lesu", "fish": "kono"}
ADJECTIVES = {"red": "pel", "old": "dor", "small": "vit"}
VERBS = {"see": "naki", "eat": "rupa", "carry": "zelo"}
LEXICON = NOUNS | ADJECTIVES | VERBS

# who, which, many?, verb, past?, whom, which, many?
TWELVE = [
    ("cat", "", False, "see", False, "dog", "", False),
    ("dog", "", False, "see", False, "cat", "", False),
    ("bird", "", False, "eat", False, "fish", "", False),
    ("bird", "", False, "eat", True, "fish", "", False),
    ("fish", "", False, "carry", True, "cat", "", False),
    ("cat", "", True, "see", False, "dog", "", False),
    ("dog", "", False, "carry", False, "bird", "", True),
    ("cat", "red", False, "eat", False, "fish", "", False),
    ("dog", "", False, "see", False, "bird", "old", False),
    ("fish", "small", False, "see", True, "dog", "", False),
    ("bird", "", True, "carry", True, "fish", "", False),
    ("dog", "old", False, "eat", False, "cat", "", False),
]
EVERY = [
    meaning
    for meaning in itertools.product(
        NOUNS, ["", *ADJECTIVES], [False, True], VERBS, [False, True],
        NOUNS, ["", *ADJECTIVES], [False, True],
    )
    if meaning[0] != meaning[5]
]


def some(rng: np.random.Generator, n: int) -> list[tuple]:
    """Meanings at random that aren't among the twelve."""
    hidden = [meaning for meaning in EVERY if meaning not in TWELVE]
    return [hidden[i] for i in rng.choice(len(hidden), size=n, replace=False)]

"""From letters to words."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


@exercise(
    title="From letters to words",
    level="easy",
    minutes=4,
    prompt="""
        Each letter is right with probability `p`, whatever happens to the others. Which share of
        the words is right in every letter, if the words have the lengths `lengths`?
        """,
    probes=lambda rng: [
        (0.9, [10]),
        (0.5, [1, 3]),
        (float(rng.uniform(0.6, 0.95)), [3, 10, 4, 4]),
        (float(rng.uniform(0.2, 0.5)), [2, 1, 5]),
        (0.0, [2, 4]),
        (1.0, [3, 6, 7]),
        (0.97, [40, 5, 20]),
        (float(rng.uniform(0.8, 0.9)), rng.integers(3, 11, size=12).tolist()),
    ],
    hints=[
        "A word of two letters is right if the first *and* the second are. How likely is that?",
        """
        1. A word of length k is right with probability p · p · … · p, k times.
        2. Compute this for each length. The share is the mean of these numbers.
        """,
        "`return np.mean([p ** ___ for length in lengths])`",
    ],
    errors=[
        (
            "unsupported operand type(s) for ** or pow(): 'float' and 'list'",
            "a list is no exponent: raise `p` to each length in turn, or make an array of them.",
        ),
    ],
    passed="A power of p: this is all of the ruler that scores whole answers.",
)
def exact_match(p: float, lengths: list[int]) -> float:
    """The expected share of words without a wrong letter.

    p: from 0 to 1, the probability that a letter is right. lengths: of one word or more.
    Returns a float from 0 to 1.
    """
    return np.mean([p**length for length in lengths])


@exact_match.misconception(
    "You took the mean length first and then one power. Short words gain more than long ones lose, "
    "so the mean of the powers is larger than the power of the mean: take the powers first."
)
def _mean_length(p, lengths):
    return p ** np.mean(lengths)


@exact_match.misconception(
    "This is the share of words with at least one right letter: 1 minus the chance that all are "
    "wrong. A word counts here only if every letter is right, so multiply the p of its letters."
)
def _any_letter(p, lengths):
    return np.mean([1 - (1 - p) ** length for length in lengths])


@exact_match.misconception(
    "This is the chance that all of the words are right together, because the lengths were added "
    "up. Each word is scored by itself: one power for each word, then their mean."
)
def _all_words(p, lengths):
    return p ** sum(lengths)


@exact_match.misconception(
    "The powers were added up and not averaged. A share lies between 0 and 1: divide by the number "
    "of words."
)
def _powers_summed(p, lengths):
    return sum(p**length for length in lengths)


@exact_match.misconception(
    "This is the score per letter, and the lengths don't enter. One wrong letter spoils the whole "
    "word here, so a word of k letters is right with probability p to the power of k."
)
def _letters(p, lengths):
    return float(p)


@exact_match.misconception(
    "You multiplied p by the length. Right *and* right *and* right is a product of "
    "probabilities, p · p · p, so the length is an exponent."
)
def _times_length(p, lengths):
    return np.mean([p * length for length in lengths])


@exact_match.misconception(
    "All words are scored as if they had the length of the longest. Shorter words are right more "
    "often: give each word a power of its own, then take the mean."
)
def _longest(p, lengths):
    return p ** max(lengths)


@exact_match.misconception(
    "There is one result for each word, and they were not averaged. The share of right words is "
    "the mean of these chances."
)
def _one_for_each(p, lengths):
    return np.array([p**length for length in lengths])

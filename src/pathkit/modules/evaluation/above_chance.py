"""What is left above chance."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


@exercise(
    title="What is left above chance",
    level="easy",
    minutes=4,
    prompt="""
        Put each score on a scale where guessing is 0 and a full score is 1. Return the mean over
        all tests. Whoever is worse than a guess gets less than 0.
        """,
    probes=lambda rng: [
        (np.array([0.5, 0.5]), np.array([0.5, 0.25])),
        (np.array([0.7, 0.7]), np.array([0.25, 0.5])),
        (np.array([0.6, 0.79]), np.array([0.25, 0.5])),
        (np.array([0.2, 0.9, 0.4]), np.array([0.25, 0.5, 0.0])),
        (rng.uniform(0, 1, size=5), np.array([0.25, 0.2, 0.5, 0.0, 0.1])),
        (np.array([0.1]), np.array([0.5])),
    ],
    hints=[
        "Four options: what does guessing score, and how far is it from there to a full score?",
        """
        A score lies `score - chance` above a guess, out of the `1 - chance` that were to be won.
        Divide, and average over the tests.
        """,
        "`return np.mean((scores - chances) / ___)`",
    ],
    errors=[
        ("RuntimeWarning: divide by zero", "free answers have chance 0: divide by 1 - chance."),
        ("TypeError: unsupported operand type(s) for -", "lists don't subtract: keep arrays."),
    ],
    passed="Guessing is 0 on every test now, whatever its number of options.",
)
def above_chance(scores: np.ndarray, chances: np.ndarray) -> float:
    """The mean of several scores, each on a scale from guessing (0) to all right (1).

    scores: (n,) shares of right answers; chances: (n,) what guessing scores, below 1.
    There may be one test alone.
    """
    return np.mean((scores - chances) / (1 - chances))


@above_chance.misconception(
    "Chance is subtracted, and the scale isn't stretched: a full score on a test with two options "
    "gives 0.5. Divide by what was to be won, 1 - chance."
)
def _subtracted_only(scores, chances):
    return np.mean(scores - chances)


@above_chance.misconception(
    "Scores and chances were averaged first. The tests have different scales, so bring each onto "
    "its own scale before you take the mean."
)
def _averaged_first(scores, chances):
    return (np.mean(scores) - np.mean(chances)) / (1 - np.mean(chances))


@above_chance.misconception(
    "Scores below chance became 0. Here they stay negative, so that a test on which guesses are "
    "bad luck doesn't add to the mean."
)
def _clipped_at_0(scores, chances):
    return np.mean(np.maximum((scores - chances) / (1 - chances), 0))


@above_chance.misconception(
    "You divided by chance. That says how many times better than a guess a score is, and has no "
    "value for free answers; divide by 1 - chance."
)
def _times_better(scores, chances):
    with np.errstate(all="ignore"):
        return np.mean((scores - chances) / chances)


@above_chance.spelling(_times_better)
def _ratio(scores, chances):
    with np.errstate(all="ignore"):
        return np.mean(scores / chances)


@above_chance.misconception(
    "This is the plain mean of the scores. On it a coin gets 0.5 wherever there are two options: "
    "move each scale to its own chance first."
)
def _plain_mean(scores, chances):
    return np.mean(scores)


@above_chance.misconception(
    "The two stand the other way round, so better scores come out lower. Subtract chance from the "
    "score."
)
def _turned_round(scores, chances):
    return np.mean((chances - scores) / (1 - chances))


@above_chance.misconception(
    "The scores of all tests came back. One number is asked for: take their mean."
)
def _all_of_them(scores, chances):
    return (scores - chances) / (1 - chances)


@above_chance.misconception(
    "Each distance from chance was taken without its sign. Worse than a guess is less than 0 here, "
    "so that it lowers the mean: keep the sign."
)
def _without_sign(scores, chances):
    return np.mean(np.abs(scores - chances) / (1 - chances))


@above_chance.misconception(
    "This is the median of the tests. The mean is asked for, in which every test counts, the best "
    "and the worst as well."
)
def _median(scores, chances):
    return np.median((scores - chances) / (1 - chances))

"""How long until one is right?"""

from __future__ import annotations

import math

from pathkit.checks.compare import Tolerance
from pathkit.checks.exercise import exercise


@exercise(
    title="How long until one is right?",
    level="medium",
    minutes=7,
    prompt="""
        A letter is right with probability `p`, and a word has `k` letters. How many words must you
        test at least, so that one or more come out right with a probability of `sure` or more?
        """,
    probes=lambda rng: [
        (0.5, 2, 0.9),
        (0.8, 10, 0.95),
        (0.3, 5, 0.95),
        (0.9, 3, 0.5),
        (float(rng.uniform(0.4, 0.6)), 7, 0.99),
        (float(rng.uniform(0.85, 0.95)), 4, 0.999),
        (0.35, 8, 0.8),
    ],
    # Logarithms round; where thousands of words are needed, one more or fewer is no mistake.
    tolerance=Tolerance(relative=1e-4, absolute=0),
    hints=[
        "A word is right with probability q. How likely is it that n words are all wrong?",
        """
        1. $q = p^k$. All n words are wrong with probability $(1 - q)^n$.
        2. One at least is right: $1 - (1 - q)^n$ should reach `sure`.
        3. Solve for n with logarithms, and round up, since words come whole.
        """,
        "`return math.ceil(math.log(1 - sure) / math.log(1 - ___))`",
    ],
    errors=[
        (
            "ValueError: math domain error",
            "the logarithm of 0: `1 - p**k` became 0 somewhere. Is `k` the exponent of `p`?",
        ),
        (
            "ZeroDivisionError: float division by zero",
            "`p**k` became 0: it must be `p` to the power of `k`, and `p` isn't rounded.",
        ),
    ],
    passed="Until then a score of 0 says more about the test than about the model.",
)
def words_needed(p: float, k: int, sure: float) -> int:
    """The least number of test words of which one at least is right with probability `sure`.

    p, sure: above 0 and below 1, and p**k above a millionth. k: letters in each word. Returns an
    int.
    """
    return math.ceil(math.log(1 - sure) / math.log(1 - p**k))


def _exact(p, k, sure):
    return math.log(1 - sure) / math.log(1 - p**k)


@words_needed.misconception(
    "One divided by the chance of a word is the *average* wait. About 37 of 100 tests of that "
    "size show no right word at all; ask for which n the chance of none falls below 1 - sure."
)
def _average_wait(p, k, sure):
    return math.ceil(1 / p**k)


@words_needed.spelling(_average_wait)
def _average_wait_unrounded(p, k, sure):
    return 1 / p**k


@words_needed.spelling(_average_wait)
def _average_wait_to_nearest(p, k, sure):
    return round(1 / p**k)


@words_needed.misconception(
    "You added up the chances of the words until they reach `sure`. Words can be right twice, and "
    "sums of chances grow past 1: multiply the chances of being wrong, (1 - q) to the power of n."
)
def _chances_added(p, k, sure):
    return math.ceil(sure / p**k)


@words_needed.misconception(
    "It is rounded down, so the words don't quite reach `sure`. Take the next whole number: "
    "`math.ceil`."
)
def _rounded_down(p, k, sure):
    return math.floor(_exact(p, k, sure))


@words_needed.spelling(_rounded_down)
def _rounded_to_nearest(p, k, sure):
    return round(_exact(p, k, sure))


@words_needed.misconception(
    "This waits for one right *letter*. A word needs all its k letters: put $p^k$ where you have p."
)
def _letters_only(p, k, sure):
    return math.ceil(math.log(1 - sure) / math.log(1 - p))


@words_needed.misconception(
    "Words come whole. Round up, since with fewer you wouldn't be as sure as was asked."
)
def _unrounded(p, k, sure):
    return _exact(p, k, sure)


@words_needed.misconception(
    "You solved for all words wrong with probability `sure`. They should be all wrong with "
    "probability 1 - sure only: that goes into the logarithm."
)
def _all_wrong(p, k, sure):
    return math.ceil(math.log(sure) / math.log(1 - p**k))


@words_needed.misconception(
    "A letter is wrong with probability 1 - p, and you raised that to the power of k: a word with "
    "every letter wrong. One wrong letter is enough: a word is wrong with probability $1 - p^k$."
)
def _every_letter_wrong(p, k, sure):
    return math.ceil(math.log(1 - sure) / (k * math.log(1 - p)))

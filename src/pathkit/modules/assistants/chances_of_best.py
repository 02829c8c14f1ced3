"""Who is the best of n?"""

from __future__ import annotations

import numpy as np

from pathkit.checks.compare import Tolerance
from pathkit.checks.exercise import exercise


@exercise(
    title="Who is the best of n?",
    level="medium",
    minutes=10,
    prompt="""
        Draw $n$ of these answers at random, with repeats, and keep the one with the highest reward.
        Return for each answer the probability that it is kept. Answers with equal rewards share
        theirs equally. No simulation is needed.
        """,
    probes=lambda rng: [
        (np.array([1.0, 3.0]), 2),
        (np.array([0.5, -1.0, 2.0, 7.0]), 3),
        (rng.normal(size=5), 1),
        (np.array([2.0, 1.0, 2.0, 1.0, 5.0]), 4),
        (rng.permutation(9) / 3, 16),
        (np.array([-4.0, -4.0, -4.0]), 5),
        (np.array([3.0]), 7),
    ],
    hints=[
        "Two answers, n = 2. Of four equally likely draws, how many keep the worse one?",
        """
        1. All $n$ draws are at most as good as answer $i$ with probability (share of answers that
           are at most as good)$^n$.
        2. All are worse with probability (share of worse answers)$^n$. The difference is the
           chance of $i$ and its equals together.
        3. Divide by how many those are. `rewards[:, None] > rewards` compares each with each.
        """,
        "`worse = (rewards[:, None] > rewards).sum(axis=1)`, `upto` the same with `___`; then "
        "`((upto / N) ** n - (___ / N) ** n) / (upto - worse)`",
    ],
    errors=[
        (
            "ValueError: The truth value of an array with more than one element is ambiguous",
            "compare arrays without `if`: `rewards[:, None] > rewards` is a table of booleans.",
        ),
        (
            "RuntimeWarning: divide by zero encountered in divide",
            "count an answer among its own equals, with `>=`: then no group is empty.",
        ),
    ],
    tolerance=Tolerance(relative=1e-7, absolute=1e-12),  # differences of powers lose some digits
    passed="Exact for any n, so that no noise hides what choosing does.",
)
def chances_of_best(rewards: np.ndarray, n: int) -> np.ndarray:
    """The probability that each of N answers is the best of n draws.

    rewards: (N,), N at least 1; n: at least 1. Returns (N,), which sums to 1.
    """
    N = len(rewards)
    worse = (rewards[:, None] > rewards).sum(axis=1)  # (N,) how many each one beats
    upto = (rewards[:, None] >= rewards).sum(axis=1)  # (N,) and those it equals, itself too
    return ((upto / N) ** n - (worse / N) ** n) / (upto - worse)


def _ranks(rewards):
    worse = (rewards[:, None] > rewards).sum(axis=1)
    return worse, (rewards[:, None] >= rewards).sum(axis=1)


@chances_of_best.misconception(
    "Equal answers each got the chance of their whole group, so the sum is above 1. They share it: "
    "divide by how many are equal."
)
def _ties_not_shared(rewards, n):
    worse, upto = _ranks(rewards)
    return (upto / len(rewards)) ** n - (worse / len(rewards)) ** n


@chances_of_best.misconception(
    "This is the chance that no draw is better than the answer. It may not have been drawn at all: "
    "take off the chance that all n draws are worse."
)
def _nothing_better(rewards, n):
    return (_ranks(rewards)[1] / len(rewards)) ** n


@chances_of_best.misconception(
    "Chances were scaled until they sum to 1. That an answer isn't beaten doesn't say that it was "
    "drawn, and no factor mends that: take off the chance that all n draws are worse."
)
def _scaled(rewards, n):
    upto = _ranks(rewards)[1] ** float(n)
    return upto / upto.sum()


@chances_of_best.spelling(_scaled)
def _groups_scaled(rewards, n):
    worse, upto = _ranks(rewards)
    chances = (upto / len(rewards)) ** n / (upto - worse)
    return chances / chances.sum()


@chances_of_best.misconception(
    "Equal answers don't share: one that comes first or last in the list takes more. Nobody said "
    "which of two equals is kept, so each gets the same."
)
def _ties_by_order(rewards, n):
    rank = np.empty(len(rewards))
    rank[np.argsort(rewards, kind="stable")] = np.arange(1, len(rewards) + 1)
    return (rank / len(rewards)) ** n - ((rank - 1) / len(rewards)) ** n


@chances_of_best.misconception(
    "The best answer takes everything. It must be drawn first: of n draws from N answers it is "
    "missed with probability (1 − 1/N)^n."
)
def _argmax(rewards, n):
    best = rewards == rewards.max()
    return best / best.sum()


@chances_of_best.misconception(
    "This keeps the worst of n: the lowest reward has the highest chance. Count the answers that "
    "one beats, not those that beat it."
)
def _worst_of_n(rewards, n):
    worse, upto = _ranks(-rewards)
    return ((upto / len(rewards)) ** n - (worse / len(rewards)) ** n) / (upto - worse)


@chances_of_best.misconception(
    "This is the chance to be among the n draws, or to be drawn, whatever the reward. Being drawn "
    "isn't enough: all other draws must be no better."
)
def _drawn(rewards, n):
    return np.full(len(rewards), 1 - (1 - 1 / len(rewards)) ** n)


@chances_of_best.spelling(_drawn)
def _drawn_evenly(rewards, n):
    return np.full(len(rewards), 1 / len(rewards))


@chances_of_best.misconception(
    "The draws are taken without repeats, so that the same answer can't come twice. A model may "
    "well give one answer again: each of n draws is any of N."
)
def _without_repeats(rewards, n):
    from math import comb

    N, n = len(rewards), min(n, len(rewards))
    worse, upto = _ranks(rewards)
    return np.array([(comb(int(u), n) - comb(int(w), n)) / comb(N, n) / (u - w)
                     for w, u in zip(worse, upto, strict=True)])


@chances_of_best.misconception(
    "A softmax over the rewards was taken. Best-of-n looks at the order of the rewards only, so "
    "rewards ten times as large must give the same chances."
)
def _softmax_of_rewards(rewards, n):
    e = np.exp(n * (rewards - rewards.max()))
    return e / e.sum()

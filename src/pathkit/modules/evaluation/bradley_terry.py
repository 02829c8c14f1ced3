"""Strengths from all votes at once."""

from __future__ import annotations

import numpy as np

from pathkit.checks.compare import Tolerance
from pathkit.checks.exercise import exercise


def _battles(rng: np.random.Generator, n: int) -> np.ndarray:
    """Wins of everybody against everybody, one at least."""
    wins = rng.integers(1, 30, size=(n, n))
    np.fill_diagonal(wins, 0)
    return wins


@exercise(
    title="Strengths from all votes at once",
    level="hard",
    minutes=15,
    prompt="""
        If i beats j with probability $p_i / (p_i + p_j)$, which strengths make all votes likeliest?
        Start at 1 and set each $p_i$ to its wins divided by $\\sum_j n_{ij} / (p_i + p_j)$, again
        and again. Return ratings: 400 for each factor of 10, with mean 0.
        """,
    probes=lambda rng: [
        (np.array([[0, 30], [10, 0]]),),
        (np.array([[0, 6, 9], [4, 0, 7], [1, 3, 0]]),),
        (np.array([[0, 5, 0], [2, 0, 8], [0, 4, 0]]),),
        (np.diag([5, 8, 3, 4], 1) + np.diag([2, 4, 6, 5], -1),),  # neighbours alone have met
        (_battles(rng, 4),),
        (_battles(rng, 5),),
        (np.array([[0, 90, 2], [10, 0, 1], [1, 1, 0]]),),
    ],
    tolerance=Tolerance(relative=0.0, absolute=0.05),  # points: any way to the maximum is welcome
    hints=[
        "Two players, 30 wins against 10. Which ratio of strengths gives 30 of 40?",
        """
        1. `n = wins + wins.T` are the votes between each two, and `wins.sum(axis=1)` are the wins.
        2. `p[:, None] + p` is the table of all $p_i + p_j$.
        3. 200 rounds are plenty. Then `400 * np.log10(p)`, minus its mean.
        """,
        "`p = wins.sum(axis=1) / (n / (p[:, None] + p)).sum(axis=___)`",
    ],
    errors=[
        ("RuntimeWarning: divide by zero encountered", "strengths of 0 beat nobody: start at 1."),
        ("TypeError: only", "`math.log10` takes one number; `np.log10` takes an array."),
    ],
    equivalents=[  # it has settled long before, and the table of sums is symmetric
        "for _ in range(201):",
        "for _ in range(199):",
        "for _ in list(range(200))[1:]:",
        "for _ in list(range(200))[:-1]:",
        "for _ in range(1, 200):",
        "p = wins.sum(axis=1) / (n / (p[:, None] + p)).sum(axis=0)",
        "p, n = (np.ones(len(wins), dtype=int), wins + wins.T)",
        # means: one factor for all strengths, which centring takes out
        "p = wins.mean(axis=1) / (n / (p[:, None] + p)).sum(axis=1)",
        "p = wins.sum(axis=1) / (n / (p[:, None] + p)).mean(axis=1)",
    ],
    passed="Put the votes in any order: these ratings are the same.",
)
def bradley_terry(wins: np.ndarray) -> np.ndarray:
    """The ratings under which these votes are likeliest (Zermelo 1929, Bradley and Terry 1952).

    wins: (n, n) integers, wins[i, j] = how often i beat j, 0 on the diagonal. Some may never have
    met, but wins lead from each to each, if need be over others. It stays as it is.
    Returns (n,) ratings to 0.05 points: 400 more are ten times the strength; their mean is 0.
    """
    p, n = np.ones(len(wins)), wins + wins.T
    for _ in range(200):
        p = wins.sum(axis=1) / (n / (p[:, None] + p)).sum(axis=1)
    ratings = 400 * np.log10(p)
    return ratings - ratings.mean()


def _strengths(wins, rounds=200):
    power, met = np.ones(len(wins)), wins + wins.T
    for _ in range(rounds):
        power = wins.sum(axis=1) / (met / np.add.outer(power, power)).sum(axis=1)
    return power


def _centred(ratings):
    return ratings - ratings.mean()


@bradley_terry.misconception(
    "The best player comes out lowest: rows and columns are exchanged. Row i holds the wins of i, "
    "so add up along the row, `wins.sum(axis=1)`."
)
def _losses_for_wins(wins):
    return _centred(400 * np.log10(_strengths(wins.T)))


@bradley_terry.misconception(
    "This is a natural log. On this scale 400 points are a factor of 10 in strength, so take the "
    "log to base 10."
)
def _natural_log(wins):
    return _centred(400 * np.log(_strengths(wins)))


@bradley_terry.misconception(
    "The ratings aren't centred. Only differences can be learned from votes, so the zero must be "
    "chosen: subtract the mean."
)
def _not_centred(wins):
    return 400 * np.log10(_strengths(wins))


@bradley_terry.spelling(_not_centred)
def _last_at_0(wins):
    ratings = 400 * np.log10(_strengths(wins))
    return ratings - ratings[-1]


@bradley_terry.spelling(_not_centred)
def _from_1000(wins):
    return 1000 + _centred(400 * np.log10(_strengths(wins)))


@bradley_terry.spelling(_not_centred)
def _mean_strength_1(wins):
    power = _strengths(wins)
    return 400 * np.log10(power / power.mean())


@bradley_terry.spelling(_not_centred)
def _strengths_add_up_to_1(wins):
    power = _strengths(wins)
    return 400 * np.log10(power / power.sum())


@bradley_terry.spelling(_not_centred)
def _first_at_0(wins):
    ratings = 400 * np.log10(_strengths(wins))
    return ratings - ratings[0]


@bradley_terry.misconception(
    "This looks at each player's share of wins and ignores against whom. Beating a strong player "
    "says more: divide by the sum over opponents, round after round."
)
def _share_of_wins(wins):
    won, lost = wins.sum(axis=1), wins.sum(axis=0)
    return _centred(400 * np.log10(won / lost))


@bradley_terry.spelling(_share_of_wins)
def _percent(wins):
    return _centred(400 * wins.sum(axis=1) / (wins + wins.T).sum(axis=1))

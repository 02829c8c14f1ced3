"""More wrong ways to find the strengths behind a table of wins."""

from __future__ import annotations

import numpy as np

from .bradley_terry import _centred, _strengths, bradley_terry


def _until(wins, little):
    """Rounds until no strength moves by more than `little`, which is too soon."""
    power, met = np.ones(len(wins)), wins + wins.T
    for _ in range(200):
        before = power
        power = wins.sum(axis=1) / (met / np.add.outer(power, power)).sum(axis=1)
        if np.abs(power - before).max() < little:
            break
    return power


@bradley_terry.misconception(
    "The rounds are too few. New strengths change what a win was worth, so repeat until the "
    "ratings stay as they are."
)
def _one_round(wins):
    return _centred(400 * np.log10(_strengths(wins, rounds=1)))


@bradley_terry.spelling(_one_round)
def _five_rounds(wins):
    return _centred(400 * np.log10(_strengths(wins, rounds=5)))


@bradley_terry.spelling(_one_round)
def _ten_rounds(wins):
    return _centred(400 * np.log10(_strengths(wins, rounds=10)))


@bradley_terry.spelling(_one_round)
def _twenty_rounds(wins):
    return _centred(400 * np.log10(_strengths(wins, rounds=20)))


@bradley_terry.spelling(_one_round)
def _stops_when_strengths_move_little(wins):
    return _centred(400 * np.log10(_until(wins, 0.01)))


@bradley_terry.spelling(_one_round)
def _stops_a_little_later(wins):
    return _centred(400 * np.log10(_until(wins, 0.001)))


@bradley_terry.misconception(
    "In each sum the wins stand where all votes between the two belong. A lost vote is a vote, "
    "too: `wins + wins.T`."
)
def _wins_for_votes(wins):
    power = np.ones(len(wins))
    with np.errstate(all="ignore"):
        for _ in range(100):
            power = wins.sum(axis=1) / (wins / np.add.outer(power, power)).sum(axis=1)
            power = power / power.mean()
        return _centred(400 * np.log10(power))


@bradley_terry.misconception(
    "These are the strengths themselves. Their scale is one of ratios; ratings add: 400 times the "
    "log to base 10, minus the mean."
)
def _bare_strengths(wins):
    return _centred(_strengths(wins))


@bradley_terry.misconception(
    "This is Elo: each win moves the ratings of that moment, so the order in which the table is "
    "read decides. Fit all votes at once, by rounds over the whole table."
)
def _elo_through_the_table(wins):
    ratings = np.zeros(len(wins))
    for i, j in np.argwhere(wins):
        for _ in range(wins[i, j]):
            gain = 32 - 32 / (1 + 10 ** ((ratings[j] - ratings[i]) / 400))
            ratings[i] += gain
            ratings[j] -= gain
    return ratings


@bradley_terry.misconception(
    "Each opponent counts once here, by the share of votes against them. Votes count alike, so a "
    "pair that met often says more: use the numbers of wins and of votes."
)
def _shares_against_each(wins):
    met = wins + wins.T
    return _centred(400 * np.log10(_strengths(wins / np.maximum(met, 1))))

"""How long until it gives way?"""

from __future__ import annotations

import math

import numpy as np

from pathkit.checks.exercise import exercise


@exercise(
    title="How long until it gives way?",
    level="medium",
    minutes=10,
    prompt="""
        A prompt in the guest's manner of speech pulls a model from its host to the guest. Return
        the smallest number of words at which the guest leads, if each word brings what such a word
        brings on average: the mean of $\\ln(\\text{guest} / \\text{host})$ over the guest's words.
        """,
    probes=lambda rng: [
        (0.01, np.array([0.6, 0.4]), np.array([0.3, 0.7])),
        (0.001, np.array([1.0]), np.array([0.5])),
        (0.25, np.array([0.5, 0.25, 0.25]), np.array([0.2, 0.2, 0.6])),
        (0.1, np.array([0.9, 0.0, 0.1]), np.array([0.3, 0.4, 0.3])),
        (0.6, np.array([0.6, 0.4]), np.array([0.3, 0.7])),
        (0.5, np.array([0.6, 0.4]), np.array([0.3, 0.7])),
        (1e-9, *rng.dirichlet(np.full(4, 3.0), size=2)),
        (float(rng.uniform(0.002, 0.1)), *rng.dirichlet(np.ones(5), size=2)),
    ],
    hints=[
        "The odds are 999 to 1 against the guest, and each word doubles them. When is it ahead?",
        """
        1. What has to be made up is the log of the odds, `log((1 - start) / start)`.
        2. One word brings `sum(guest * log(guest / host))` on average. A word that the guest never
           says adds nothing: leave it out.
        3. The guest must *lead*, so divide, round down and add 1. If it leads already, 0 words do.
        """,
        "`words = floor(log((1 - start) / start) / ___) + 1`, and at least 0",
    ],
    errors=[
        (
            "RuntimeWarning: divide by zero encountered in log",
            "leave out the words that the guest never says: `guest > 0`.",
        ),
        ("ValueError: cannot convert float NaN to integer", "0 · log 0 is nan; leave it out."),
    ],
    equivalents=[
        "return max(math.floor(math.log((1 - start) / start) / per_word) + 1, 0)",
        "return max(0, math.floor(math.log((1 - start) / start) // per_word) + 1)",
    ],
    passed="A strong prior buys few words: the words needed grow with the logarithm of the odds.",
)
def words_needed(start: float, guest: np.ndarray, host: np.ndarray) -> int:
    """The smallest number of words after which the guest is expected to lead.

    start: the guest's probability before the first word, above 0 and below 1; the host has the
    rest. guest, host: (V,) how each chooses its words; the two differ. A guest's chance may be 0,
    a host's may not.
    Returns the smallest whole number of words, 0 or more, that puts the guest above the host.
    """
    said = guest > 0
    per_word = np.sum(guest[said] * np.log(guest[said] / host[said]))
    return max(0, math.floor(math.log((1 - start) / start) / per_word) + 1)


def _gain(p, q):
    said = p > 0
    return np.sum(p[said] * np.log(p[said] / q[said]))


def _need(start, per_word):
    return max(0, math.floor(math.log((1 - start) / start) / per_word) + 1)


@words_needed.misconception(
    "The divergence is taken the wrong way round: it averages over the host's words. The prompt "
    "is in the guest's words, so average over those."
)
def _wrong_way_round(start, guest, host):
    both = (guest > 0) & (host > 0)
    return _need(start, np.sum(host[both] * np.log(host[both] / guest[both])))


@words_needed.misconception(
    "The plain average over the vocabulary counts rare and frequent words alike. The prompt is "
    "drawn from the guest's speech: weigh each log-ratio by the guest's chance."
)
def _unweighted(start, guest, host):
    said = guest > 0
    gain = np.mean(np.log(guest[said] / host[said]))
    return _need(start, gain if gain > 0 else 1e-3)


@words_needed.misconception(
    "One word too few: at this number the host is still ahead. Round down and then add 1, since "
    "the guest has to lead."
)
def _rounded_down(start, guest, host):
    return max(0, math.floor(math.log((1 - start) / start) / _gain(guest, host)))


@words_needed.misconception(
    "The odds were divided by the gain without a logarithm. Each word *multiplies* the odds, so "
    "the number of words grows with the log of the odds."
)
def _no_log(start, guest, host):
    return max(0, math.floor((1 - start) / start / _gain(guest, host)) + 1)


@words_needed.misconception(
    "The number is negative where the guest leads before any word. Then no words are needed: "
    "return 0 at least."
)
def _negative(start, guest, host):
    return math.floor(math.log((1 - start) / start) / _gain(guest, host)) + 1


@words_needed.misconception(
    "This takes one word's average ratio and then its log. Odds multiply, so their logs add up: "
    "take the log of each ratio first, then the mean."
)
def _log_of_the_mean(start, guest, host):
    return _need(start, math.log(np.sum(guest * guest / host)))


@words_needed.misconception(
    "The logs have different bases. With the odds in bits the gain of a word must be in bits, "
    "too; a mixture is off by a factor of 0.69."
)
def _mixed_bases(start, guest, host):
    return max(0, math.floor(math.log2((1 - start) / start) / _gain(guest, host)) + 1)


@words_needed.misconception(
    "At even odds you say 0, but there the two are level. The guest has to lead: round *down* and "
    "add 1, which differs from rounding up where the quotient is whole."
)
def _level_counts(start, guest, host):
    return max(0, math.ceil(math.log((1 - start) / start) / _gain(guest, host)))


@words_needed.misconception(
    "The odds were taken as one over the guest's probability. Odds compare the host with the "
    "guest: (1 - start) / start."
)
def _no_odds(start, guest, host):
    return max(0, math.floor(math.log(1 / start) / _gain(guest, host)) + 1)

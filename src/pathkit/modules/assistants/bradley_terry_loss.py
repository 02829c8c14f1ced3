"""The price of a choice."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


@exercise(
    title="The price of a choice",
    level="easy",
    minutes=4,
    prompt="""
        A pair's choice had the probability $1 / (1 + e^{-(r_b - r_w)})$. Return the mean of minus
        its log over all pairs. Differences of a thousand occur, in either direction.
        """,
    probes=lambda rng: [
        (np.array([2.0]), np.array([1.0])),
        (np.array([0.5, -1.0, 3.0]), np.array([0.5, 2.0, 1.0])),
        (rng.normal(size=6), rng.normal(size=6)),
        (np.array([1000.0, 0.0]), np.array([0.0, 1000.0])),
        (np.array([-700.0, 40.0, 1500.0]), np.array([300.0, -5.0, 2.0])),
        (rng.normal(scale=4, size=9), rng.normal(scale=4, size=9)),
    ],
    hints=[
        "Two equal rewards: how likely is either choice, and what is minus the log of that?",
        """
        Minus the log of $1 / (1 + e^{-d})$ is $\\ln(1 + e^{-d})$, which is $\\ln(e^0 + e^{-d})$.
        `np.logaddexp(a, b)` is $\\ln(e^a + e^b)$ and doesn't overflow.
        """,
        "`np.logaddexp(0, ___ - ___).mean()`",
    ],
    errors=[
        (
            "RuntimeWarning: overflow encountered in exp",
            "e^1000 is no float: `np.logaddexp(0, -d)` never forms it.",
        ),
        (
            "RuntimeWarning: divide by zero encountered in log",
            "a probability was rounded to 0: `np.logaddexp(0, -d)` takes the log without it.",
        ),
        (
            "TypeError: only",
            "`math.log` takes one number: use NumPy's functions for an array.",
        ),
    ],
    equivalents=["return np.logaddexp(worse - better, 0).mean()"],  # a sum in either order
    passed="ln 2 where two rewards are equal, and only their difference ever counts.",
)
def bradley_terry_loss(better: np.ndarray, worse: np.ndarray) -> float:
    """The mean cost of observed choices (Bradley and Terry 1952), in nats per pair.

    better, worse: (N,) rewards of the answer that was chosen and of the other one.
    """
    return np.logaddexp(0, worse - better).mean()


def _chance_of(better, worse):
    with np.errstate(all="ignore"):
        return 1 / (1 + np.exp(-(better - worse)))


@bradley_terry_loss.misconception(
    "The difference is turned: this asks the reward model to prefer the answer that lost. The "
    "chosen one's reward comes first, $r_b - r_w$."
)
def _other_way_round(better, worse):
    return np.logaddexp(0, better - worse).mean()


@bradley_terry_loss.misconception(
    "Where the difference is large, e^d overflows or the probability becomes 0, and the result is "
    "infinite. ln(1 + e^-d) is `np.logaddexp(0, -d)`, which needs neither."
)
def _overflows(better, worse):
    with np.errstate(all="ignore"):
        return -np.log(_chance_of(better, worse)).mean()


@bradley_terry_loss.spelling(_overflows)
def _overflows_as_sum(better, worse):
    with np.errstate(all="ignore"):
        return np.log(1 + np.exp(worse - better)).mean()


@bradley_terry_loss.misconception(
    "A small number was added, or the difference clipped, to keep the log finite. That caps what a "
    "clear mistake costs: use `np.logaddexp(0, -d)`, which is exact."
)
def _epsilon(better, worse):
    return -np.log(_chance_of(better, worse) + 1e-9).mean()


@bradley_terry_loss.spelling(_epsilon)
def _epsilon_smaller(better, worse):
    return -np.log(_chance_of(better, worse) + 1e-12).mean()


@bradley_terry_loss.spelling(_epsilon)
def _epsilon_larger(better, worse):
    return -np.log(_chance_of(better, worse) + 1e-8).mean()


@bradley_terry_loss.spelling(_epsilon)
def _clipped(better, worse):
    return -np.log(np.clip(_chance_of(better, worse), 1e-10, 1)).mean()


@bradley_terry_loss.misconception(
    "This is the mean probability of the choices, without a log. Minus the log makes it a cost "
    "that falls to 0, as in every loss of this path."
)
def _mean_probability(better, worse):
    return _chance_of(better, worse).mean()


@bradley_terry_loss.misconception(
    "This is one minus the mean probability, the share of wrong choices expected. It hardly minds "
    "a confident mistake; the loss asked for is minus the log."
)
def _mean_mistake(better, worse):
    return 1 - _chance_of(better, worse).mean()


@bradley_terry_loss.misconception(
    "The pairs were added up. Take their mean, so that a larger set of pairs isn't a larger loss."
)
def _pairs_summed(better, worse):
    return np.logaddexp(0, worse - better).sum()


@bradley_terry_loss.misconception(
    "The differences were averaged first, and the log was taken of the mean. Every pair is a "
    "choice of its own: the log of each, then the mean."
)
def _mean_first(better, worse):
    return np.logaddexp(0, (worse - better).mean())


@bradley_terry_loss.misconception(
    "The probabilities were averaged, and the log was taken of their mean. One sure choice then "
    "hides a pair that went badly wrong: minus the log of each, then the mean."
)
def _log_of_mean(better, worse):
    return -np.log(_chance_of(better, worse).mean())


@bradley_terry_loss.misconception(
    "Only the margin was averaged, or clipped at 0. A margin of 10 should cost next to nothing and "
    "never go below 0: minus the log of the choice's probability does that."
)
def _margin(better, worse):
    return (worse - better).mean()


@bradley_terry_loss.spelling(_margin)
def _hinge(better, worse):
    return np.maximum(0, worse - better).mean()


@bradley_terry_loss.misconception(
    "Each reward was turned into a probability by itself, before the two were compared. Rewards "
    "have no zero: take their difference first, and one sigmoid of it."
)
def _two_sigmoids(better, worse):
    return np.logaddexp(0, -(_chance_of(better, 0) - _chance_of(worse, 0))).mean()

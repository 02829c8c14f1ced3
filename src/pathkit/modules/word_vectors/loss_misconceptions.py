"""Wrong answers to the loss of one word: terms lost, averaged, or of another sign."""

from __future__ import annotations

import numpy as np

from .loss import loss, sigmoid


def _true(centre, neighbour):
    return np.logaddexp(0, -(centre @ neighbour))


@loss.misconception(
    "The true neighbour is treated as noise, too: no word should be near any other. For the true "
    "one the sigmoid gets the dot product as it is, so logaddexp gets it with a minus."
)
def _all_are_noise(centre, neighbour, noise):
    return np.logaddexp(0, centre @ neighbour) + np.logaddexp(0, noise @ centre).sum()


@loss.misconception(
    "The true neighbour is missing. With noise alone the loss falls when all words move apart; "
    "add -ln σ of the dot product with the true one."
)
def _no_neighbour(centre, neighbour, noise):
    return np.logaddexp(0, noise @ centre).sum()


@loss.misconception(
    "The sign is turned round: this is the log-likelihood, which should rise. A loss should fall, "
    "so each term is minus a log and none is negative."
)
def _log_likelihood(centre, neighbour, noise):
    return -_true(centre, neighbour) - np.logaddexp(0, noise @ centre).sum()


@loss.misconception(
    "All k + 1 terms are averaged. The loss adds them up: each noise word is one more question, "
    "and its answer costs as much as that of the true neighbour."
)
def _mean_of_all(centre, neighbour, noise):
    return np.append(np.logaddexp(0, noise @ centre), _true(centre, neighbour)).mean()


@loss.misconception(
    "One number for each noise word comes back. The loss is one number: sum over the noise words "
    "before you add the term of the true neighbour."
)
def _not_summed(centre, neighbour, noise):
    return _true(centre, neighbour) + np.logaddexp(0, noise @ centre)


@loss.misconception(
    "`centre @ noise` runs down the columns of noise: it fits only where k equals d, and is wrong "
    "there. Each row of noise is a word, so noise comes first: noise @ centre."
)
def _noise_second(centre, neighbour, noise):
    return _true(centre, neighbour) + np.logaddexp(0, centre @ noise).sum()


@loss.misconception(
    "The log is missing: probabilities are added up, not their logs. -ln σ(x) makes a confident "
    "mistake expensive; a sum of sigmoids can't cost more than k + 1."
)
def _no_log(centre, neighbour, noise):
    with np.errstate(over="ignore"):
        return -sigmoid(centre @ neighbour) - sigmoid(-(noise @ centre)).sum()


@loss.misconception(
    "The dot products of the noise are taken with the true neighbour. Both kinds of word are asked "
    "about the same centre: noise @ centre."
)
def _noise_with_neighbour(centre, neighbour, noise):
    return _true(centre, neighbour) + np.logaddexp(0, noise @ neighbour).sum()


_LEAST = (
    "For large dot products the cost of a word stops at {}, as it does where the sigmoid is kept "
    "above 0 before its log is taken. np.logaddexp(0, -x) needs no such help."
)


def _with_least(least: float):
    """A wrong answer that adds `least` to every sigmoid."""

    def answer(centre, neighbour, noise):
        with np.errstate(over="ignore"):
            false = -np.log(sigmoid(-(noise @ centre)) + least)
            return -np.log(sigmoid(centre @ neighbour) + least) + false.sum()

    answer.__name__ = f"_at_least_{least:.0e}".replace("-", "minus_")
    return answer


for _least in (1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15):
    loss.misconception(_LEAST.format(f"{-np.log(_least):.1f} nats"))(_with_least(_least))


_BESIDES = " Besides, an exponential overflows for large dot products: use np.logaddexp(0, -x)."


def _cost(x):
    with np.errstate(all="ignore"):
        return -np.log(sigmoid(x))


# The same ideas with a log around the sigmoid: true and false are the dot products.
_WITH_SIGMOIDS = {
    "_all_are_neighbours": lambda true, false: _cost(true) + _cost(false).sum(),
    "_all_are_noise": lambda true, false: _cost(-true) + _cost(-false).sum(),
    "_mean_of_noise": lambda true, false: _cost(true) + _cost(-false).mean(),
    "_no_noise": lambda true, false: _cost(true),
    "_noise_subtracted": lambda true, false: _cost(true) - _cost(-false).sum(),
    "_sum_first": lambda true, false: _cost(true) + _cost(-false.sum()),
    "_log_likelihood": lambda true, false: -_cost(true) - _cost(-false).sum(),
}


def _with_sigmoids(name):
    def answer(centre, neighbour, noise):
        return _WITH_SIGMOIDS[name](centre @ neighbour, noise @ centre)

    answer.__name__ = f"{name}_and_overflows"
    return answer


for _known in tuple(loss.misconceptions):
    if _known.name in _WITH_SIGMOIDS:
        loss.misconception(_known.message + _BESIDES)(_with_sigmoids(_known.name))


@loss.misconception(
    "The logs have base 2, so this is in bits. The path counts in nats: np.logaddexp, without a 2."
)
def _bits(centre, neighbour, noise):
    return loss.reference(centre, neighbour, noise) / np.log(2)


@loss.misconception(
    "The sum of all terms was divided by the number of noise words. The loss adds up k + 1 terms, "
    "and nothing is divided."
)
def _divided_by_k(centre, neighbour, noise):
    return loss.reference(centre, neighbour, noise) / len(noise)

"""A neighbour, yes or no."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


def sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def one_update(rng: np.random.Generator, k: int, d: int, size: float = 1.0) -> tuple:
    return rng.normal(size=d) * size, rng.normal(size=d), rng.normal(size=(k, d))


@exercise(
    title="A neighbour, yes or no",
    level="medium",
    minutes=8,
    prompt="""
        Return the loss of one word: $-\\ln\\sigma$ of its dot product with the true neighbour, plus
        $-\\ln\\sigma$ of *minus* its dot product with each of the noise words. Let no dot product
        overflow, however large: `np.logaddexp(0, -x)` is $-\\ln\\sigma(x)$.
        """,
    probes=lambda rng: [
        (np.array([1.0, 2.0]), np.array([0.5, -0.25]), np.array([[1.0, 0.0], [-1.0, 1.0]])),
        one_update(rng, 5, 3),
        one_update(rng, 2, 4),
        one_update(rng, 1, 3),
        (np.array([100.0]), np.array([-9.0]), np.array([[8.0], [-7.0], [0.0]])),
    ],
    hints=[
        "Which dot product should become large, and which ones small? The loss must fall in both "
        "cases.",
        """
        1. `true`: the dot product of `centre` and `neighbour`, one number.
        2. `false`: those of `centre` with each row of `noise`, shape (k,): `noise @ centre`.
        3. $-\\ln\\sigma(x)$ is `np.logaddexp(0, -x)`. For noise, x is minus the dot product.
        """,
        "`return np.logaddexp(0, -true) + np.logaddexp(0, ___).sum()`",
    ],
    errors=[
        (
            "RuntimeWarning: overflow encountered in exp",
            "`np.exp` of a large number: `np.logaddexp(0, -x)` never computes it.",
        ),
        (
            "RuntimeWarning: divide by zero encountered in log",
            "σ was rounded to 0 before its log was taken: use `np.logaddexp`.",
        ),
        ("ValueError: matmul: Input operand 1 has a mismatch", "noise comes first: (k, d) @ (d,)."),
        ("OverflowError: math range error", "`math.exp` of a large number: use `np.logaddexp`."),
    ],
    passed="One true neighbour and k false ones: k + 1 dot products instead of one for each word.",
    # ln(e^a + e^b) is the same when a and b change places.
    equivalents=[
        "true = neighbour @ centre",
        "return np.logaddexp(-true, 0) + np.logaddexp(0, false).sum()",
        "return np.logaddexp(0, -true) + np.logaddexp(false, 0).sum()",
    ],
)
def loss(centre: np.ndarray, neighbour: np.ndarray, noise: np.ndarray) -> float:
    """The negative-sampling loss of one pair, in nats.

    centre: (d,), the word's vector; neighbour: (d,), the context vector of its true neighbour;
    noise: (k, d), the context vectors of k words drawn at random.
    Returns one number (Mikolov et al. 2013, equation 4, with the sign turned round).
    """
    true = centre @ neighbour  # one number
    false = noise @ centre  # (k,)
    return np.logaddexp(0, -true) + np.logaddexp(0, false).sum()


@loss.misconception(
    "The noise words are treated as neighbours, too. Then the best model says yes to everything, "
    "and its vectors mean nothing: for noise the dot product gets a minus."
)
def _all_are_neighbours(centre, neighbour, noise):
    return np.logaddexp(0, -(centre @ neighbour)) + np.logaddexp(0, -(noise @ centre)).sum()


@loss.misconception(
    "Both signs are turned round: this loss falls when true neighbours move apart. A large dot "
    "product should mean yes, and yes should be cheap for the true neighbour."
)
def _both_signs(centre, neighbour, noise):
    return np.logaddexp(0, centre @ neighbour) + np.logaddexp(0, -(noise @ centre)).sum()


@loss.misconception(
    "The noise terms are averaged. The loss adds them up: each of the k false neighbours counts as "
    "much as the true one."
)
def _mean_of_noise(centre, neighbour, noise):
    return np.logaddexp(0, -(centre @ neighbour)) + np.logaddexp(0, noise @ centre).mean()


@loss.misconception(
    "The noise lowers the loss here: a minus too many. Every answer costs something, so all k + 1 "
    "terms are positive; only what stands inside the sigmoid changes its sign."
)
def _noise_subtracted(centre, neighbour, noise):
    return np.logaddexp(0, -(centre @ neighbour)) - np.logaddexp(0, -(noise @ centre)).sum()


@loss.misconception(
    "The noise is missing. The loss could then fall for ever by making all vectors long and alike; "
    "the false neighbours are what holds them apart."
)
def _no_noise(centre, neighbour, noise):
    return np.logaddexp(0, -(centre @ neighbour))


@loss.misconception(
    "The sum over the noise was taken before the sigmoid. Each noise word is a question of its own "
    "with an answer of its own: take the loss of each, then add."
)
def _sum_first(centre, neighbour, noise):
    return np.logaddexp(0, -(centre @ neighbour)) + np.logaddexp(0, (noise @ centre).sum())


@loss.misconception(
    "This is a softmax over the k + 1 words. It asks which of them is the neighbour; negative "
    "sampling asks of each word by itself, yes or no."
)
def _softmax(centre, neighbour, noise):
    scores = np.append(noise @ centre, centre @ neighbour)
    return np.logaddexp.reduce(scores) - centre @ neighbour


@loss.misconception(
    "For large dot products an exponential overflows, so a logarithm of 0 or of infinity is taken: "
    "use np.logaddexp(0, -x), which never forms the sigmoid."
)
def _overflows(centre, neighbour, noise):
    with np.errstate(all="ignore"):
        false = -np.log(sigmoid(-(noise @ centre)))
        return -np.log(sigmoid(centre @ neighbour)) + false.sum()

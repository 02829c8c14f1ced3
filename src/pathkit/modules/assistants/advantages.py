"""Better than the others, and not too far away."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


def _batch(rng: np.random.Generator, n: int, beta: float) -> tuple:
    log_p = -rng.uniform(3, 20, size=n)
    return rng.normal(size=n) * 2 + 1, log_p, log_p - rng.normal(size=n) * 2, beta


@exercise(
    title="Better than the others, not far away",
    level="easy",
    minutes=4,
    prompt="""
        From each reward subtract `beta` times how much likelier its answer has become,
        $\\ln p - \\ln p_\\text{ref}$. Then subtract the mean of what is left.
        """,
    probes=lambda rng: [
        (np.array([1.0, 3.0]), np.array([-4.0, -6.0]), np.array([-5.0, -6.0]), 0.5),
        _batch(rng, 5, 0.3),
        _batch(rng, 8, 0.0),
        _batch(rng, 3, 2.0),
        (np.full(4, 2.5), np.full(4, -7.0), np.full(4, -7.0), 0.7),
    ],
    hints=[
        "An answer became twice as likely as it was. Should its reward grow or shrink?",
        """
        1. How much likelier each answer is than before: `log_p - log_ref`.
        2. Rewards minus `beta` times that.
        3. Minus the mean of these numbers, so that the worse answers are pushed down.
        """,
        "`left = rewards - beta * (___ - ___)`, then `left - left.___()`",
    ],
    errors=[
        (
            "AttributeError: 'list' object has no attribute 'mean'",
            "make it an array first, or use `np.mean(...)`.",
        ),
        (
            "TypeError: unsupported operand type(s) for -: 'list' and 'float'",
            "a list has no minus: work with the arrays as they come.",
        ),
    ],
    passed="They sum to 0: the step makes some answers likelier at the cost of the others.",
)
def advantages(
    rewards: np.ndarray, log_p: np.ndarray, log_ref: np.ndarray, beta: float
) -> np.ndarray:
    """By how much each answer is better than the mean, after the price of having moved.

    rewards: (N,); log_p, log_ref: (N,) log-probabilities of the answers under the model that is
    trained and under the one it began as; beta: the price, in reward per nat. Returns (N,).
    """
    left = rewards - beta * (log_p - log_ref)
    return left - left.mean()


@advantages.misconception(
    "The price has the wrong sign: an answer is paid for having moved away. What has become "
    "likelier than it was, $\\ln p > \\ln p_\\text{ref}$, should lose reward."
)
def _paid_to_move(rewards, log_p, log_ref, beta):
    left = rewards + beta * (log_p - log_ref)
    return left - left.mean()


@advantages.misconception(
    "The mean of the rewards was taken off before, or without, the price. What is left then "
    "doesn't sum to 0, and all answers are pushed one way: take the mean at the end."
)
def _mean_too_early(rewards, log_p, log_ref, beta):
    return rewards - rewards.mean() - beta * (log_p - log_ref)


@advantages.misconception(
    "Nothing was taken off at the end. Where all rewards are positive, every answer drawn is "
    "pushed up, and only the noise of the draws decides: take off the mean."
)
def _no_mean(rewards, log_p, log_ref, beta):
    return rewards - beta * (log_p - log_ref)


@advantages.misconception(
    "beta and the old model have no say here. The price is missing, or it is the same for all "
    "answers, such as a mean, and then leaves with the mean: each answer pays for its own move."
)
def _no_price(rewards, log_p, log_ref, beta):
    return rewards - rewards.mean()


@advantages.misconception(
    "The log-probability itself was priced. A rare answer isn't far from the old model if it was "
    "rare there, too: the price is for the difference of the two."
)
def _price_of_log_p(rewards, log_p, log_ref, beta):
    left = rewards - beta * log_p
    return left - left.mean()


@advantages.misconception(
    "The ratio of probabilities was priced, without the log. It grows without measure where an "
    "answer was rare; the log-ratio averages to the KL divergence."
)
def _price_of_ratio(rewards, log_p, log_ref, beta):
    left = rewards - beta * np.exp(log_p - log_ref)
    return left - left.mean()


@advantages.misconception(
    "The size of the move was priced, whatever its direction. Then answers that became rarer pay "
    "as well, and the mean is no KL divergence: keep the sign."
)
def _price_of_size(rewards, log_p, log_ref, beta):
    left = rewards - beta * np.abs(log_p - log_ref)
    return left - left.mean()


@advantages.misconception(
    "The result was divided by its standard deviation. Some recipes do so, and then a batch of "
    "nearly equal answers shouts as loudly as any other; here it isn't asked for."
)
def _standardised(rewards, log_p, log_ref, beta):
    left = rewards - beta * (log_p - log_ref)
    return (left - left.mean()) / (left.std() + 1e-8)


@advantages.spelling(_standardised)
def _standardised_by_n_minus_1(rewards, log_p, log_ref, beta):
    left = rewards - beta * (log_p - log_ref)
    return (left - left.mean()) / (left.std(ddof=1) + 1e-4)

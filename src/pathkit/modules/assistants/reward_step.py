"""One step of a reward model."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


def _pairs(rng: np.random.Generator, n: int, features: int, scale: float = 1.0) -> tuple:
    w = rng.normal(size=features)
    return (w, rng.normal(scale=scale, size=(n, features)),
            rng.normal(scale=scale, size=(n, features)), float(rng.uniform(0.1, 0.9)))


@exercise(
    title="One step of a reward model",
    level="medium",
    minutes=6,
    prompt="""
        The reward of an answer is $w \\cdot x$ with its features $x$. Return the weights after one
        step of gradient descent on the mean loss of the pairs. A pair's slope is
        $-(1 - p)(x_b - x_w)$: chosen minus other, with $p$ the probability of that choice.
        """,
    probes=lambda rng: [
        (np.array([1.0, 0.0]), np.array([[2.0, 1.0]]), np.array([[1.0, 1.0]]), 1.0),
        _pairs(rng, 5, 3),
        _pairs(rng, 2, 4),
        _pairs(rng, 6, 2, scale=2.0),
        (np.zeros(3), rng.normal(size=(4, 3)), rng.normal(size=(4, 3)), 0.5),
    ],
    hints=[
        "The model is already sure of a choice, p = 1. How large should its step be?",
        """
        1. `x = better - worse`, (N, F), and `p = 1 / (1 + np.exp(-x @ w))`, (N,).
        2. Weigh each row of `x` by `1 - p`, as a column: `[:, None]`.
        3. Mean over the pairs, times `rate`, added to `w`: downhill for a negative slope.
        """,
        "`return w + rate * ((1 - p)[:, ___] * x).mean(axis=___)`",
    ],
    errors=[
        (
            "ValueError: operands could not be broadcast together",
            "`1 - p` is (N,) and the rows are (N, F): make it a column, `(1 - p)[:, None]`.",
        ),
        (
            "ValueError: matmul: Input operand 1 has a mismatch in its core dimension",
            "the pairs come first, features last: `x @ w` with x (N, F) and w (F,).",
        ),
    ],
    passed="What both answers share has a difference of 0 and never moves a weight.",
)
def reward_step(
    w: np.ndarray, better: np.ndarray, worse: np.ndarray, rate: float
) -> np.ndarray:
    """One step of gradient descent on the Bradley-Terry loss of a linear reward.

    w: (F,) weights, which stay as they are; better, worse: (N, F) features of the chosen and of
    the other answers; rate: the learning rate. Returns the new weights, (F,).
    """
    x = better - worse  # (N, F)
    p = 1 / (1 + np.exp(-x @ w))  # (N,) of the choice that was made
    return w + rate * ((1 - p)[:, None] * x).mean(axis=0)


def _parts(w, better, worse):
    x = better - worse
    return x, 1 / (1 + np.exp(-x @ w))


@reward_step.misconception(
    "The step goes uphill: the loss grows, and the model learns to prefer what lost. The slope is "
    "negative along x_b − x_w, and descent goes against it: add."
)
def _uphill(w, better, worse, rate):
    x, p = _parts(w, better, worse)
    return w - rate * ((1 - p)[:, None] * x).mean(axis=0)


@reward_step.misconception(
    "Each pair is weighed by p, so that the step is largest where the model is sure already. What "
    "is left to learn is 1 − p: the surprise at the choice."
)
def _weighed_by_p(w, better, worse, rate):
    x, p = _parts(w, better, worse)
    return w + rate * (p[:, None] * x).mean(axis=0)


@reward_step.misconception(
    "All pairs push alike, however sure the model is of them. Then the weights grow for ever; "
    "the factor 1 − p fades as a choice is explained."
)
def _no_factor(w, better, worse, rate):
    return w + rate * (better - worse).mean(axis=0)


@reward_step.misconception(
    "The pairs were added up, where the loss is their mean. Twice as many pairs would make steps "
    "twice as long: `mean(axis=0)`."
)
def _pairs_added(w, better, worse, rate):
    x, p = _parts(w, better, worse)
    return w + rate * ((1 - p)[:, None] * x).sum(axis=0)


@reward_step.misconception(
    "Only the chosen answers push; the others have no say. Then a feature that every answer has "
    "grows for ever, though it decides nothing: use the difference x_b − x_w."
)
def _chosen_only(w, better, worse, rate):
    _, p = _parts(w, better, worse)
    return w + rate * ((1 - p)[:, None] * better).mean(axis=0)


@reward_step.misconception(
    "This is the step alone. Add it to the weights, so that the next step goes on from there."
)
def _step_alone(w, better, worse, rate):
    x, p = _parts(w, better, worse)
    return rate * ((1 - p)[:, None] * x).mean(axis=0)


@reward_step.misconception(
    "The slope was averaged over the features and moved all weights alike. Each weight has a slope "
    "of its own: average over the pairs, `axis=0`."
)
def _all_alike(w, better, worse, rate):
    x, p = _parts(w, better, worse)
    return w + rate * ((1 - p)[:, None] * x).mean()


@reward_step.misconception(
    "One factor 1 − p serves all pairs here, a mean or that of the mean difference. A pair that is "
    "explained already should push less than one that isn't: weigh each, then take the mean."
)
def _one_p(w, better, worse, rate):
    x = better - worse
    return w + rate * x.mean(axis=0) / (1 + np.exp(x.mean(axis=0) @ w))


@reward_step.spelling(_one_p)
def _means_multiplied(w, better, worse, rate):
    x, p = _parts(w, better, worse)
    return w + rate * (1 - p).mean() * x.mean(axis=0)

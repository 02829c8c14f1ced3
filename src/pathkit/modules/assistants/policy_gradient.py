"""A gradient from draws alone."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


def _draws(rng: np.random.Generator, answers: int, n: int, baseline: float) -> tuple:
    p = rng.dirichlet(np.full(answers, 2.0))
    return p, rng.integers(answers, size=n).tolist(), rng.normal(size=n) * 2, baseline


@exercise(
    title="A gradient from draws alone",
    level="medium",
    minutes=8,
    prompt="""
        A draw of answer $a$ moves the logits by its reward minus `baseline`, times the gradient of
        $\\ln p_a$. For a softmax that is a vector with one 1, at $a$, minus the vector $p$. Return
        the mean over all draws.
        """,
    # probes: a single draw is what the lesson calls it with.
    probes=lambda rng: [
        (np.array([0.5, 0.3, 0.2]), [1], np.array([2.0]), 0.0),
        (np.array([0.5, 0.3, 0.2]), [1, 1, 0], np.array([2.0, 2.0, -1.0]), 0.5),
        _draws(rng, 4, 6, 0.0),
        _draws(rng, 3, 9, 1.5),
        _draws(rng, 5, 3, -0.7),
        _draws(rng, 2, 12, 0.25),
    ],
    hints=[
        "One draw, answer 1, reward 2, no baseline. Which logit goes up, and do the others stay?",
        """
        1. `np.eye(len(p))[drawn]` has a row for each draw, with a 1 at its answer: (N, K).
        2. Minus `p`, times `(rewards - baseline)` as a column.
        3. The mean over the N draws: (K,).
        """,
        "`((rewards - ___)[:, None] * (np.eye(len(p))[drawn] - ___)).mean(axis=0)`",
    ],
    errors=[
        (
            "ValueError: operands could not be broadcast together",
            "rewards are (N,), the rows (N, K): make the rewards a column, `[:, None]`.",
        ),
        (
            "IndexError: index",
            "`rewards` has an item for each draw, not for each answer: `zip(drawn, rewards)`.",
        ),
        (
            "TypeError: only",
            "`drawn` is a list: loop over it, or use it as an index of rows, `np.eye(K)[drawn]`.",
        ),
    ],
    passed="No derivative of the reward was asked for: it may be a person, or a program.",
)
def policy_gradient(
    p: np.ndarray, drawn: list[int], rewards: np.ndarray, baseline: float
) -> np.ndarray:
    """An estimate of the gradient of the expected reward (Williams 1992, REINFORCE).

    p: (K,) softmax probabilities of K answers; drawn: N numbers of answers; rewards: (N,), what
    each draw got; baseline: taken off each reward. Returns (K,), the gradient for the logits.
    """
    slopes = np.eye(len(p))[drawn] - p  # (N, K): the gradient of ln p of each draw
    return ((rewards - baseline)[:, None] * slopes).mean(axis=0)


def _rows(p, drawn):
    return np.eye(len(p))[drawn]


@policy_gradient.misconception(
    "Only the drawn answers move; the others stay. A softmax shares one unit of probability, so "
    "what one gains the others lose: 1 at the drawn answer, minus p everywhere."
)
def _no_minus_p(p, drawn, rewards, baseline):
    return ((rewards - baseline)[:, None] * _rows(p, drawn)).mean(axis=0)


@policy_gradient.misconception(
    "The baseline has no effect here. Take it off each reward before you weigh the draw with it."
)
def _no_baseline(p, drawn, rewards, baseline):
    return (rewards[:, None] * (_rows(p, drawn) - p)).mean(axis=0)


@policy_gradient.misconception(
    "The sign is turned: draws with a high reward become rarer. That is the gradient of a loss; "
    "here the expected reward is to rise."
)
def _descends(p, drawn, rewards, baseline):
    return ((rewards - baseline)[:, None] * (p - _rows(p, drawn))).mean(axis=0)


@policy_gradient.misconception(
    "Each draw is weighed with its probability once more. Likely answers are drawn often already, "
    "and that weighs them: take a plain mean over the draws."
)
def _weighed_again(p, drawn, rewards, baseline):
    weights = (rewards - baseline) * p[drawn]
    return (weights[:, None] * (_rows(p, drawn) - p)).mean(axis=0)


@policy_gradient.misconception(
    "The draws were added up. Take the mean, so that more draws make the estimate steadier and "
    "not larger."
)
def _draws_added(p, drawn, rewards, baseline):
    return ((rewards - baseline)[:, None] * (_rows(p, drawn) - p)).sum(axis=0)


@policy_gradient.misconception(
    "The drawn answer was pushed by 1/p: that is the slope of ln p in p itself. A logit moves all "
    "probabilities at once, and the slope is then 1 at the drawn answer, minus p everywhere."
)
def _divided_by_p(p, drawn, rewards, baseline):
    rows = _rows(p, drawn) / p
    return ((rewards - baseline)[:, None] * rows).mean(axis=0)


@policy_gradient.misconception(
    "The baseline was taken off the gradient, not off the rewards. Then it shifts every logit "
    "alike, which a softmax doesn't notice, and takes away no noise."
)
def _off_the_gradient(p, drawn, rewards, baseline):
    return (rewards[:, None] * (_rows(p, drawn) - p)).mean(axis=0) - baseline


@policy_gradient.misconception(
    "The rewards' own mean was taken off instead of `baseline`. That is a good baseline, and the "
    "caller may pass it; use the one that is given."
)
def _own_mean(p, drawn, rewards, baseline):
    return ((rewards - rewards.mean())[:, None] * (_rows(p, drawn) - p)).mean(axis=0)


@policy_gradient.misconception(
    "The baseline was added. Take it off each reward, so that what all draws have in common "
    "doesn't push."
)
def _baseline_added(p, drawn, rewards, baseline):
    return ((rewards + baseline)[:, None] * (_rows(p, drawn) - p)).mean(axis=0)


@policy_gradient.misconception(
    "An answer that was drawn twice counts once: `g[drawn] += ...` with a list of places keeps the "
    "last one. Use `np.add.at`, a loop, or rows of `np.eye`."
)
def _drawn_twice_counts_once(p, drawn, rewards, baseline):
    g, weights = np.zeros(len(p)), rewards - baseline
    g[drawn] += weights
    return (g - p * weights.sum()) / len(drawn)

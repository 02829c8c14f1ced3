"""Wrong answers to the descent: whose loss is kept, and how many steps are taken."""

from __future__ import annotations

import numpy as np

from .descend import _climb_down, _loss, descend


@descend.misconception(
    "The losses are those of this lesson, though another loss was passed in. The logits are right: "
    "measure with the argument, loss(W, counts)."
)
def _own_losses(counts, loss, gradient, steps, rate):
    return _climb_down(counts, lambda W, counts: _loss(W, counts), gradient, steps, rate)


@descend.misconception(
    "One step too few was taken. The losses are right, one before each step; after the last of "
    "them `W` moves once more."
)
def _one_step_too_few(counts, loss, gradient, steps, rate):
    _, losses = _climb_down(counts, loss, gradient, steps, rate)
    return _climb_down(counts, loss, gradient, steps - 1, rate)[0], losses


@descend.misconception(
    "Each step was divided by the rate. A larger rate means a longer step: multiply the gradient "
    "by it."
)
def _divided_by_rate(counts, loss, gradient, steps, rate):
    return _climb_down(counts, loss, gradient, steps, 1 / rate)


@descend.misconception(
    "The loss was subtracted, one number for all logits. How each logit should move is in the "
    "gradient: gradient(W, counts)."
)
def _loss_for_gradient(counts, loss, gradient, steps, rate):
    return _climb_down(counts, loss, loss, steps, rate)


@descend.misconception(
    "The descent starts from the counts. They are no logits: begin with np.zeros(counts.shape), "
    "where all symbols are equally likely."
)
def _from_the_counts(counts, loss, gradient, steps, rate):
    W, losses = np.array(counts, dtype=float), []
    for _ in range(steps):
        losses.append(loss(W, counts))
        W = W - rate * gradient(W, counts)
    return W, losses

"""More wrong ways from the loss to the logits."""

from __future__ import annotations

import numpy as np

from .cross_entropy_backward import cross_entropy_backward, one_hot, softmax


@cross_entropy_backward.misconception(
    "The 1 was subtracted from probabilities that had been divided by n. Both halves of predicted "
    "minus seen are divided: subtract first, divide the difference."
)
def _divided_first(logits, targets):
    return softmax(logits) / len(targets) - one_hot(logits, targets)


@cross_entropy_backward.misconception(
    "The gradient is divided by the number of symbols V. The loss is a mean over the n examples, "
    "so n is what divides it."
)
def _divided_by_symbols(logits, targets):
    return (softmax(logits) - one_hot(logits, targets)) / logits.shape[1]


@cross_entropy_backward.misconception(
    "1 was added at the targets. Predicted minus seen: what came is subtracted, so that the step "
    "downhill raises its logit."
)
def _added(logits, targets):
    return (softmax(logits) + one_hot(logits, targets)) / len(targets)


@cross_entropy_backward.misconception(
    "No softmax: these are the logits minus 1 at the targets. *Predicted* means probabilities, so "
    "each row goes through a softmax first."
)
def _logits_for_probabilities(logits, targets):
    return (logits - one_hot(logits, targets)) / len(targets)


@cross_entropy_backward.misconception(
    "The loss came back, a single number. What is asked for is its gradient: one number for each "
    "logit, predicted minus seen."
)
def _the_loss(logits, targets):
    z = logits - logits.max(axis=1, keepdims=True)
    return (np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(z)), targets]).mean()


@cross_entropy_backward.misconception(
    "The softmax runs over the whole batch, so all examples share one probability of 1. Each row "
    "holds the logits of one example: sum with `axis=1, keepdims=True`."
)
def _one_for_all(logits, targets):
    exp = np.exp(logits - logits.max())
    return (exp / exp.sum() - one_hot(logits, targets)) / len(targets)


@cross_entropy_backward.misconception(
    "One row came back, summed over the batch. Each example has logits of its own, so each has a "
    "row: (n, V)."
)
def _summed_over_the_batch(logits, targets):
    return ((softmax(logits) - one_hot(logits, targets)) / len(targets)).sum(axis=0)


@cross_entropy_backward.misconception(
    "A slope p(1 − p) was multiplied on top. Predicted minus seen holds the way through the "
    "softmax already; nothing is left to multiply."
)
def _slope_on_top(logits, targets):
    p = softmax(logits)
    return (p - one_hot(logits, targets)) * p * (1 - p) / len(targets)

"""BatchNorm."""

from __future__ import annotations

import torch

from pathkit.checks.exercise import exercise
from pathkit.checks.random_tensors import SINGLE

from .norms import (
    by_rule,
    by_scaling,
    by_statistics,
    eps_outside,
    mixed,
    norm_probe,
    normed,
    of_data,
)


@exercise(
    title="BatchNorm",
    level="hard",
    minutes=12,
    prompt="""
        In training, normalise each unit by mean and variance of the batch, and move the running
        statistics a step of `momentum` towards the batch's. In evaluation, use the running ones and
        leave them. Then scale by `gamma` and shift by `beta`.
        """,
    probes=lambda rng: [
        norm_probe(rng, 4, 3, True),
        norm_probe(rng, 4, 3, False, eps=0.3),
        norm_probe(rng, 3, 5, True, pair=list, momentum=0.25, eps=0.3),
        norm_probe(rng, 2, 6, False, pair=list, momentum=0.25),
        norm_probe(rng, 5, 5, True, momentum=0.02, size=0.002),
        norm_probe(rng, 1, 4, False),
    ],
    drive=normed,
    hints=[
        """
        Rows are examples, columns are units. Which axis disappears when you average over the batch?
        And what must not happen to `running` in evaluation?
        """,
        """
        1. Training: `mean = z.mean(0)` and `var = z.var(0, unbiased=False)`, both (n,). The new
           running mean is `(1 - momentum)` times the old one plus `momentum` times the batch's. The
           running variance alike, with `z.var(0)`, which divides by B − 1.
        2. Evaluation: `mean, var = running`.
        3. Both: subtract `mean`, divide by the root of `var + eps`, times `gamma`, plus `beta`.
        """,
        "`return gamma * (z - mean) / torch.sqrt(___ + ___) + beta, running`",
    ],
    errors=[
        ("RuntimeError: The size of tensor a (...) must match the size of tensor b (...)",
         "statistics of shape (B,) don't line up with (B, n): average over dim 0, the examples."),
        ("UnboundLocalError: cannot access local variable",
         "`mean` and `var` need a value on both branches of the `if`."),
        ("TypeError: 'tuple' object does not support item assignment",
         "don't write into `running`, it belongs to the caller: make a new pair."),
    ],
    tolerance=SINGLE,
    passed="Equal to PyTorch's in both modes. The running pair is all that evaluation keeps of the "
    "training data.",
)
def batch_norm(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    """BatchNorm (Ioffe and Szegedy 2015, algorithms 1 and 2).

    z: (B, n) pre-activations; gamma, beta: (n,); running: (mean, var), each (n,);
    training: True or False. Returns (out, running): (B, n), and the pair (mean, var) after it.
    The batch's variance divides by B, the one that goes into `running` by B - 1.
    """
    if training:
        mean, var = z.mean(0), z.var(0, unbiased=False)
        new_mean = (1 - momentum) * running[0] + momentum * mean
        new_var = (1 - momentum) * running[1] + momentum * z.var(0)
        running = (new_mean, new_var)
    else:
        mean, var = running
    return gamma * (z - mean) / torch.sqrt(var + eps) + beta, running


@batch_norm.misconception(
    "Each example is normalised over its own units: axis 1. That is LayerNorm, and a good idea "
    "elsewhere; BatchNorm compares one unit across the examples: axis 0."
)
@by_statistics
def _over_units(z):
    return (z.mean(1, keepdim=True), z.var(1, unbiased=False, keepdim=True)), of_data(z)


@batch_norm.misconception(
    "`eps` was added outside the root. It guards against a variance of 0 and belongs to the "
    "variance: √(var + eps). Outside it shifts every result, and copied weights stop agreeing."
)
@by_scaling
def _eps_outside(*parts):
    return eps_outside(*parts)


@batch_norm.misconception(
    "The running statistics never change. Training looks fine, and evaluation then normalises by "
    "the numbers you began with: return the updated pair."
)
@by_rule
def _never_updated(batch, data, running, training, momentum):
    return batch if training else running, running


@batch_norm.misconception(
    "Evaluation still normalises by the batch. The answer for one name then depends on which names "
    "are asked with it: use the running statistics when `training` is False."
)
@by_rule
def _batch_in_evaluation(batch, data, running, training, momentum):
    return batch, mixed(running, data, momentum) if training else running


@batch_norm.misconception(
    "Training normalises by the running statistics. They lag behind the weights; in training the "
    "batch itself is the yardstick, and the running pair only watches."
)
@by_rule
def _running_in_training(batch, data, running, training, momentum):
    return running, mixed(running, data, momentum) if training else running


@batch_norm.misconception(
    "Old and new are exchanged in the running statistics: yours forget nearly everything at each "
    "batch. `momentum` is the small share that the new batch gets."
)
@by_rule
def _momentum_swapped(batch, data, running, training, momentum):
    return (batch, mixed(running, data, 1 - momentum)) if training else (running, running)


@batch_norm.misconception(
    "The running statistics move in evaluation, too. What a model answers would then depend on "
    "what it was asked before: change them in training only."
)
@by_rule
def _updated_in_evaluation(batch, data, running, training, momentum):
    return batch if training else running, mixed(running, data, momentum)


@batch_norm.misconception(
    "The batch was normalised by the variance with B − 1, torch's default. BatchNorm divides by B "
    "there: `unbiased=False`. B − 1 is for the running variance, which estimates all the data."
)
@by_statistics
def _sample_variance(z):
    return of_data(z), of_data(z)

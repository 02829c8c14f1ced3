"""BatchNorm."""

from __future__ import annotations

import numpy as np
import torch

from pathkit.exercise import exercise

from .random_inputs import SINGLE, normal, positive


def _norm_probe(rng: np.random.Generator, B: int, n: int, training: bool, size=1.0, **settings):
    z = size * (normal(rng, B, n) * positive(rng, n) + 3 * normal(rng, n))
    running = (normal(rng, n), positive(rng, n))
    return z, normal(rng, n), normal(rng, n), running, training, settings


def _normed(answer, z, gamma, beta, running, training, settings):
    return answer(z, gamma, beta, running, training, **settings)


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
        _norm_probe(rng, 4, 3, True),
        _norm_probe(rng, 4, 3, False, eps=0.3),
        _norm_probe(rng, 3, 5, True, momentum=0.25, eps=0.3),
        _norm_probe(rng, 2, 6, False, momentum=0.25),
        _norm_probe(rng, 5, 5, True, momentum=0.02, size=0.002),
        _norm_probe(rng, 1, 4, False),
    ],
    drive=_normed,
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
        (
            "RuntimeError: The size of tensor a must match the size of tensor b",
            "statistics of shape (B,) don't line up with (B, n): average over dim 0, the examples.",
        ),
        (
            "UnboundLocalError: cannot access local variable",
            "`mean` and `var` need a value on both branches of the `if`.",
        ),
        (
            "TypeError: 'tuple' object does not support item assignment",
            "don't write into `running`, it belongs to the caller: make a new pair.",
        ),
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


def _mixed(running, mean, var, momentum):
    return [(1 - momentum) * old + momentum * new for old, new in zip(running, (mean, var))]


def _standard(z, gamma, beta, mean, var, eps):
    return gamma * (z - mean) / torch.sqrt(var + eps) + beta


@batch_norm.misconception(
    "Each example is normalised over its own units: axis 1. That is LayerNorm, and a good idea "
    "elsewhere; BatchNorm compares one unit across the examples: axis 0."
)
def _over_units(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    mean, var = z.mean(1, keepdim=True), z.var(1, unbiased=False, keepdim=True)
    if training:
        running = _mixed(running, z.mean(0), z.var(0), momentum)
    else:
        mean, var = running
    return _standard(z, gamma, beta, mean, var, eps), running


@batch_norm.misconception(
    "`eps` was added outside the root. It guards against a variance of 0 and belongs to the "
    "variance: √(var + eps). Outside it shifts every result, and copied weights stop agreeing."
)
def _eps_outside(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    mean, var = z.mean(0), z.var(0, unbiased=False)
    if training:
        running = _mixed(running, mean, z.var(0), momentum)
    else:
        mean, var = running
    return gamma * (z - mean) / (var.sqrt() + eps) + beta, running


@batch_norm.misconception(
    "The running statistics never change. Training looks fine, and evaluation then normalises by "
    "the numbers you began with: return the updated pair."
)
def _never_updated(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    mean, var = (z.mean(0), z.var(0, unbiased=False)) if training else running
    return _standard(z, gamma, beta, mean, var, eps), running


@batch_norm.misconception(
    "Evaluation still normalises by the batch. The answer for one name then depends on which names "
    "are asked with it: use the running statistics when `training` is False."
)
def _batch_in_evaluation(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    if training:
        running = _mixed(running, z.mean(0), z.var(0), momentum)
    mean, var = z.mean(0), z.var(0, unbiased=False)
    return _standard(z, gamma, beta, mean, var, eps), running


@batch_norm.misconception(
    "Training normalises by the running statistics. They lag behind the weights; in training the "
    "batch itself is the yardstick, and the running pair only watches."
)
def _running_in_training(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    mean, var = running
    if training:
        running = _mixed(running, z.mean(0), z.var(0), momentum)
    return _standard(z, gamma, beta, mean, var, eps), running


@batch_norm.misconception(
    "Old and new are exchanged in the running statistics: yours forget nearly everything at each "
    "batch. `momentum` is the small share that the new batch gets."
)
def _momentum_swapped(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    mean, var = running
    if training:
        running = _mixed(running, z.mean(0), z.var(0), 1 - momentum)
        mean, var = z.mean(0), z.var(0, unbiased=False)
    return _standard(z, gamma, beta, mean, var, eps), running


@batch_norm.misconception(
    "The running statistics move in evaluation, too. What a model answers would then depend on "
    "what it was asked before: change them in training only."
)
def _updated_in_evaluation(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    mean, var = (z.mean(0), z.var(0, unbiased=False)) if training else running
    running = _mixed(running, z.mean(0), z.var(0), momentum)
    return _standard(z, gamma, beta, mean, var, eps), running


@batch_norm.misconception(
    "The batch was normalised by the variance with B − 1, torch's default. BatchNorm divides by B "
    "there: `unbiased=False`. B − 1 is for the running variance, which estimates all the data."
)
def _sample_variance(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    mean, var = z.mean(0), z.var(0)
    if training:
        running = _mixed(running, mean, var, momentum)
    else:
        mean, var = running
    return _standard(z, gamma, beta, mean, var, eps), running


@batch_norm.misconception(
    "The running variance took the batch's own, divided by B. A batch spreads less around its own "
    "mean than all data do, so what is kept divides by B − 1: `z.var(0)`."
)
def _running_too_small(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    mean, var = z.mean(0), z.var(0, unbiased=False)
    if training:
        running = _mixed(running, mean, var, momentum)
    else:
        mean, var = running
    return _standard(z, gamma, beta, mean, var, eps), running


@batch_norm.misconception(
    "One mean and one variance serve the whole table. Each unit has a unit of measurement of its "
    "own: average over dim 0 alone, and keep n means."
)
def _whole_table(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    mean, var = z.mean(), z.var(unbiased=False)
    if training:
        running = _mixed(running, z.mean(0), z.var(0), momentum)
    else:
        mean, var = running
    return _standard(z, gamma, beta, mean, var, eps), running


@batch_norm.misconception(
    "You divided by the variance. Its unit is squared, so a unit twice as loud would come out half "
    "as loud: divide by the root, the standard deviation."
)
def _by_variance(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    mean, var = z.mean(0), z.var(0, unbiased=False)
    if training:
        running = _mixed(running, mean, z.var(0), momentum)
    else:
        mean, var = running
    return gamma * (z - mean) / (var + eps) + beta, running


@batch_norm.misconception(
    "`z.std(0)` divides by B − 1, and `eps` came too late for it. Take the variance with "
    "`unbiased=False`, add `eps`, and then the root."
)
def _sample_deviation(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    mean, var = z.mean(0), z.var(0)
    if training:
        running = _mixed(running, mean, var, momentum)
    else:
        mean, var = running
    return gamma * (z - mean) / (var.sqrt() + eps) + beta, running


@batch_norm.misconception(
    "`gamma` and `beta` are missing. Without them every unit is forced to mean 0 and variance 1 "
    "for ever; they let training choose another place and size."
)
def _without_gamma(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    mean, var = z.mean(0), z.var(0, unbiased=False)
    if training:
        running = _mixed(running, mean, z.var(0), momentum)
    else:
        mean, var = running
    return (z - mean) / torch.sqrt(var + eps), running

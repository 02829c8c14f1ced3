"""BatchNorm in parts: what probes are made of, and answers that do one part otherwise."""

from __future__ import annotations

import functools

import numpy as np
import torch

from pathkit.checks.gradient_flow import require_flow
from pathkit.checks.random_tensors import normal, positive


def norm_probe(
    rng: np.random.Generator, B: int, n: int, training: bool, size=1.0, pair=tuple, **settings
):
    z = size * (normal(rng, B, n) * positive(rng, n) + 3 * normal(rng, n))
    running = pair([normal(rng, n), positive(rng, n)])
    return z, normal(rng, n), normal(rng, n), running, training, settings


def normed(answer, z, gamma, beta, running, training, settings):
    result = answer(z, gamma, beta, running, training, **settings)
    if not isinstance(result, tuple | list) or len(result) != 2:
        return result

    def out(z, gamma, beta):
        fresh = type(running)(part.clone() for part in running)
        return answer(z, gamma, beta, fresh, training, **settings)[0]

    require_flow(out, (z, gamma, beta))
    return result


def of_batch(z):
    """Mean and variance that normalise a batch."""
    return z.mean(0), z.var(0, unbiased=False)


def of_data(z):
    """Mean and variance of all data, as a batch lets one guess them: these go into `running`."""
    return z.mean(0), z.var(0)


def mixed(running, new, momentum):
    return [(1 - momentum) * old + momentum * one for old, one in zip(running, new)]


def standard(z, gamma, beta, mean, var, eps):
    return gamma * (z - mean) / torch.sqrt(var + eps) + beta


def eps_outside(z, gamma, beta, mean, var, eps):
    return gamma * (z - mean) / (var.sqrt() + eps) + beta


def by_rule(rule, statistics=lambda z: (of_batch(z), of_data(z)), scaled=standard):
    """BatchNorm with `rule(batch, data, running, training, momentum)`.

    The rule returns what normalises and what is `running` afterwards, each a mean and a variance.
    statistics: of z, those of the batch and those for `running`; scaled: what is made of z with
    a mean and a variance.
    """

    @functools.wraps(rule)
    def answer(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
        batch, data = statistics(z)
        used, running = rule(batch, data, running, training, momentum)
        return scaled(z, gamma, beta, *used, eps), running

    return answer


def _right(batch, data, running, training, momentum):
    return (batch, mixed(running, data, momentum)) if training else (running, running)


def by_statistics(statistics, scaled=standard):
    """BatchNorm with other statistics; see `by_rule`."""
    return functools.wraps(statistics)(by_rule(_right, statistics, scaled))


def by_scaling(scaled):
    """BatchNorm with `scaled` in place of `standard`; see `by_rule`."""
    return functools.wraps(scaled)(by_rule(_right, scaled=scaled))

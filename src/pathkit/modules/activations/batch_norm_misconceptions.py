"""More wrong ways to normalise a batch."""

from __future__ import annotations

import functools

import torch

from .batch_norm import batch_norm
from .norms import by_rule, by_scaling, by_statistics, eps_outside, mixed, of_batch, of_data


@batch_norm.misconception(
    "The running variance took the batch's own, divided by B. A batch spreads less around its own "
    "mean than all data do, so what is kept divides by B − 1: `z.var(0)`."
)
@by_statistics
def _running_too_small(z):
    return of_batch(z), of_batch(z)


@batch_norm.misconception(
    "One mean and one variance serve the whole table. Each unit has a unit of measurement of its "
    "own: average over dim 0 alone, and keep n means."
)
@by_statistics
def _whole_table(z):
    return (z.mean(), z.var(unbiased=False)), of_data(z)


@batch_norm.misconception(
    "You divided by the variance. Its unit is squared, so a unit twice as loud would come out half "
    "as loud: divide by the root, the standard deviation."
)
@by_scaling
def _by_variance(z, gamma, beta, mean, var, eps):
    return gamma * (z - mean) / (var + eps) + beta


@batch_norm.misconception(
    "`z.std(0)` divides by B − 1, and `eps` came too late for it. Take the variance with "
    "`unbiased=False`, add `eps`, and then the root."
)
@functools.partial(by_statistics, scaled=eps_outside)
def _sample_deviation(z):
    return of_data(z), of_data(z)


@batch_norm.misconception(
    "`gamma` and `beta` are missing. Without them every unit is forced to mean 0 and variance 1 "
    "for ever; they let training choose another place and size."
)
@by_scaling
def _without_gamma(z, gamma, beta, mean, var, eps):
    return (z - mean) / torch.sqrt(var + eps)


@batch_norm.misconception(
    "`beta` is missing: every unit comes out with mean 0, and training can't move it to another "
    "place. Add `beta` last."
)
@by_scaling
def _without_beta(z, gamma, beta, mean, var, eps):
    return gamma * (z - mean) / torch.sqrt(var + eps)


@batch_norm.misconception(
    "`gamma` is missing: every unit comes out with variance 1, and training can't choose another "
    "size. Multiply by `gamma` before `beta` is added."
)
@by_scaling
def _beta_alone(z, gamma, beta, mean, var, eps):
    return (z - mean) / torch.sqrt(var + eps) + beta


@batch_norm.misconception(
    "The gradient takes mean and variance of the batch for fixed numbers. They depend on every "
    "example of z, and the way through them belongs to the slope: leave out `.detach()`, `.data` "
    "and `no_grad` where you compute them."
)
@by_statistics
def _statistics_cut_off(z):
    return of_batch(z.detach()), of_data(z)


@batch_norm.misconception(
    "The running statistics are the batch's own: what they held before is forgotten. Keep "
    "1 − momentum of the old ones, and add momentum times the new."
)
@by_rule
def _running_replaced(batch, data, running, training, momentum):
    return (batch, data) if training else (running, running)


@batch_norm.misconception(
    "The running mean and variance are exchanged, in the pair that comes back or where it is "
    "taken apart: the mean stands first."
)
@by_rule
def _pair_exchanged(batch, data, running, training, momentum):
    return (batch, mixed(running, data, momentum)[::-1]) if training else (running, running)

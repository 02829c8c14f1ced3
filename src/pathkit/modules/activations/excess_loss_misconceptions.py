"""More wrong ways to measure the excess."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F

from .excess_loss import excess_loss


@excess_loss.misconception(
    "The difference is turned round: a network that is sure of nonsense comes out below 0. Take "
    "the loss, and subtract what the blind guess costs."
)
def _turned_round(logits, targets):
    return math.log(logits.shape[1]) - F.cross_entropy(logits, targets).item()


@excess_loss.misconception(
    "This is the loss divided by what a blind guess costs. Nats are compared by their difference: "
    "subtract ln V, and 0 means a calm start."
)
def _ratio(logits, targets):
    return F.cross_entropy(logits, targets).item() / math.log(logits.shape[1])


@excess_loss.misconception(
    "The exponential of a large logit is infinite, and so is the log of their sum. Subtract each "
    "row's largest logit first, or take `torch.logsumexp` or `F.cross_entropy`, which do that."
)
def _overflowing_sum(logits, targets):
    rows = torch.arange(len(targets))
    losses = logits.exp().sum(1).log() - logits[rows, targets]
    return losses.mean().item() - math.log(logits.shape[1])


@excess_loss.misconception(
    "The probabilities were multiplied before the log, and a product of so many rounds to 0. Take "
    "the log of each, and then the mean."
)
def _log_of_a_product(logits, targets):
    p = logits.softmax(1)[torch.arange(len(targets)), targets]
    return -p.prod().log().item() / len(targets) - math.log(logits.shape[1])


@excess_loss.misconception(
    "A small number was added inside the log. It caps what nonsense may cost, and the worst starts "
    "look better than they are: `F.cross_entropy` needs none."
)
def _epsilon(logits, targets):
    p = logits.softmax(1)[torch.arange(len(targets)), targets]
    return -(p + 1e-8).log().mean().item() - math.log(logits.shape[1])


@excess_loss.misconception(
    "The softmax runs down the batch: examples compete with each other there. Each row of the "
    "logits is one example, and its classes share a probability of 1: dim=1."
)
def _down_the_batch(logits, targets):
    rows = torch.arange(len(targets))
    return -logits.log_softmax(0)[rows, targets].mean().item() - math.log(logits.shape[1])

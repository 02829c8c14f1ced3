"""How far above knowing nothing?"""

from __future__ import annotations

import math

import numpy as np
import torch
import torch.nn.functional as F

from pathkit.checks.exercise import exercise
from pathkit.checks.random_tensors import SINGLE, normal

from .plain_number import number


def _classes(rng: np.random.Generator, how_many: int, below: int) -> torch.Tensor:
    return torch.tensor(rng.integers(below, size=how_many), dtype=torch.long)


def _loss_of(answer, logits, targets):
    return number(answer(logits, targets))


@exercise(
    title="How far above knowing nothing?",
    level="easy",
    minutes=5,
    prompt="""
        Compute the mean cross-entropy of the logits in nats, and subtract what a blind guess among
        all classes costs. 0 means a calm start; more means a network that is sure of nonsense.
        """,
    probes=lambda rng: [
        (torch.zeros(2, 4), torch.tensor([3, 1])),
        (torch.tensor([[8.0, 0.0, -5.0]]), torch.tensor([1])),
        (normal(rng, 6, 5, scale=4.0), _classes(rng, 6, 5)),
        (normal(rng, 3, 7, scale=0.3), _classes(rng, 3, 7)),
        (torch.tensor([[-120.0, 3.0, 0.5], [1.0, 2.0, 0.5]]), torch.tensor([0, 1])),
        (torch.tensor([[150.0, 149.0, 151.0]]), torch.tensor([1])),
        (normal(rng, 150, 4), _classes(rng, 150, 4)),  # a product of 150 chances underflows
    ],
    drive=_loss_of,
    hints=[
        "A blind guess gives each of V classes the probability 1/V. What is its loss?",
        """
        1. `F.cross_entropy(logits, targets)` takes logits (B, V) and targets (B,) and returns the
           mean in nats.
        2. V is the number of columns: `logits.shape[1]`. Subtract its natural logarithm.
        """,
        "`return F.cross_entropy(___, ___).item() - math.log(logits.shape[___])`",
    ],
    errors=[
        (
            "NotImplementedError",
            "`F.cross_entropy` takes the logits first, then the targets.",
        ),
        (
            "TypeError: log(): argument 'input'",
            "`torch.log` wants a tensor; for a plain number take `math.log`.",
        ),
    ],
    tolerance=SINGLE,
    passed="One number to look at before every training: it should be near 0.",
)
def excess_loss(logits: torch.Tensor, targets: torch.Tensor) -> float:
    """How far the loss lies above a blind guess, in nats.

    logits: (B, V); targets: (B,) class numbers. Returns mean cross-entropy minus ln V.
    """
    return F.cross_entropy(logits, targets).item() - math.log(logits.shape[1])


@excess_loss.misconception(
    "ln 27 is subtracted whatever the number of classes is. The rule is ln V, and V stands in the "
    "shape of the logits: their columns."
)
def _always_27(logits, targets):
    return F.cross_entropy(logits, targets).item() - math.log(27)


@excess_loss.misconception(
    "The log of the batch size was subtracted. How many examples you average over doesn't matter; "
    "a blind guess chooses among the classes, the columns."
)
def _log_of_the_batch(logits, targets):
    return F.cross_entropy(logits, targets).item() - math.log(logits.shape[0])


@excess_loss.misconception(
    "This is the loss itself. Whether 3.3 is calm or alarming depends on the number of classes, so "
    "subtract ln V: then 0 means the same everywhere."
)
def _not_compared(logits, targets):
    return F.cross_entropy(logits, targets).item()


@excess_loss.misconception(
    "Two softmaxes stand in a row here, and the second flattens what the first made: the wildest "
    "start now looks calm. `cross_entropy` takes logits and does the softmax itself."
)
def _softmax_twice(logits, targets):
    return F.cross_entropy(logits.softmax(1), targets).item() - math.log(logits.shape[1])


@excess_loss.misconception(
    "These are losses added up, not averaged. The excess must not grow with the batch: take the "
    "mean over the examples."
)
def _summed(logits, targets):
    loss = F.cross_entropy(logits, targets, reduction="sum").item()
    return loss - math.log(logits.shape[1])


@excess_loss.misconception(
    "The blind guess is measured in bits here: log2. Cross-entropy comes in nats, so its yardstick "
    "is the natural logarithm of V."
)
def _bits(logits, targets):
    return F.cross_entropy(logits, targets).item() - math.log2(logits.shape[1])


@excess_loss.misconception(
    "Exponentials of large logits overflow, and infinite by infinite is not a number. A wild start "
    "is what you want to measure; `F.cross_entropy` subtracts each row's largest logit first."
)
def _overflows(logits, targets):
    p = logits.exp() / logits.exp().sum(1, keepdim=True)
    rows = torch.arange(len(targets))
    return -p[rows, targets].log().mean().item() - math.log(logits.shape[1])


@excess_loss.misconception(
    "Some probabilities are so small that they round to 0, and the log of 0 is infinite. "
    "`F.cross_entropy` works with logarithms throughout and never forms them."
)
def _log_of_zero(logits, targets):
    p = logits.softmax(1)[torch.arange(len(targets)), targets]
    return -p.log().mean().item() - math.log(logits.shape[1])

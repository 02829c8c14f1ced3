"""The training loop."""

from __future__ import annotations

import torch
import torch.nn as nn
import torch.nn.functional as F

from pathkit.checks.exercise import exercise
from pathkit.checks.told import Told

from .random_inputs import SINGLE, _tokens


def _trained(answer, batches, rates, symbols, seed):
    """Run a training loop on a small model; what it returns, and the weights it leaves."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = nn.Sequential(nn.Embedding(symbols, 4), nn.Linear(4, symbols))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.5)
    losses = answer(model, optimizer, batches, rates)
    # A tensor of one number is as good as a number elsewhere, but here it keeps a graph alive.
    if isinstance(losses, list | tuple) and any(isinstance(v, torch.Tensor) for v in losses):
        raise Told("The list holds tensors; expected plain numbers, as `loss.item()` gives them.")
    return losses, [parameter.detach() for parameter in model.parameters()]


def _batches(rng, how_many, B, T, symbols):
    shapes = [(B, T)] * how_many
    return [(_tokens(rng, *s, below=symbols), _tokens(rng, *s, below=symbols)) for s in shapes]


@exercise(
    title="The training loop",
    level="hard",
    minutes=12,
    prompt="""
        For each batch: set the learning rate, compute the cross-entropy over all places, clear
        the old gradients, go backward, and step. Return the losses as plain numbers.
        """,
    probes=lambda rng: [
        (_batches(rng, 1, 2, 3, 5), [0.5], 5, 1),
        (_batches(rng, 4, 3, 2, 6), [0.1, 1.0, 0.5, 2.0], 6, 2),
        (_batches(rng, 3, 2, 5, 4), [1.0, 0.3, 0.1], 4, 3),
        ([], [], 4, 4),
    ],
    drive=_trained,
    hints=[
        "Where do the gradients of the last batch go when you call `backward` again?",
        """
        1. `for (x, y), rate in zip(batches, rates)`; the rate goes into each
           `group["lr"]` of `optimizer.param_groups`.
        2. Logits (B, T, V) and targets (B, T): `F.cross_entropy` wants (B·T, V) and (B·T,).
        3. `zero_grad`, `backward`, `step`, in this order; then `loss.item()` into the list.
        """,
        "`loss = F.cross_entropy(model(x).flatten(0, ___), y.___())`",
    ],
    errors=[
        (
            "RuntimeError: Expected target size",
            "`cross_entropy` takes axis 1 for the classes: flatten batch and time first.",
        ),
        (
            "AttributeError: 'float' object has no attribute 'backward'",
            "keep the tensor `loss` for `backward`; `.item()` is for the list only.",
        ),
    ],
    tolerance=SINGLE,
    seconds=20.0,
    # The optimizer holds all parameters of the model: both clear the same gradients.
    equivalents=["model.zero_grad()"],
    passed="Five lines that train everything from your bigram to GPT-3.",
)
def train(model, optimizer, batches, rates) -> list[float]:
    """Train a model by next-token prediction.

    model: (B, T) tokens -> (B, T, V) logits; optimizer: of torch.optim, over its parameters;
    batches: pairs (x, y) of (B, T) tokens; rates: one learning rate for each batch.
    Returns the loss of each batch in nats per token, measured before its step.
    """
    losses = []
    for (x, y), rate in zip(batches, rates):
        for group in optimizer.param_groups:
            group["lr"] = rate
        loss = F.cross_entropy(model(x).flatten(0, 1), y.flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses

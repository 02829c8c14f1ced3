"""The training loop."""

from __future__ import annotations

import torch
import torch.nn as nn
import torch.nn.functional as F

from pathkit.checks.exercise import exercise
from pathkit.checks.random_tensors import SINGLE, indices
from pathkit.checks.told import Told


def _trained(answer, batches, rates, symbols, seed, groups=1, old=False):
    """Run a training loop on a small model; what it returns, and the weights it leaves.

    groups: of parameters in the optimizer, each with a rate of its own before; old: whether the
    model comes with gradients of something else.
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = nn.Sequential(nn.Embedding(symbols, 4), nn.Linear(4, symbols))
    parameters = list(model.parameters())
    optimizer = torch.optim.SGD(
        [{"params": parameters[i::groups], "lr": 0.05 / (i + 1)} for i in range(groups)],
        lr=0.05, momentum=0.5,
    )
    for parameter in parameters if old else ():
        parameter.grad = torch.full_like(parameter, 0.5)
    # A generator, as in the lesson: it can be gone through once.
    losses = answer(model, optimizer, (list(pair) for pair in batches), rates)
    # A tensor of one number is as good as a number elsewhere, but here it keeps a graph alive.
    if isinstance(losses, list | tuple) and any(isinstance(v, torch.Tensor) for v in losses):
        raise Told("The list holds tensors; expected plain numbers, as `loss.item()` gives them. "
                   "A tensor that isn't detached keeps all of its step in memory.")
    return losses, [parameter.detach() for parameter in parameters]


def _batches(rng, how_many, B, T, symbols):
    shapes = [(B, T)] * how_many
    return [(indices(rng, *s, below=symbols), indices(rng, *s, below=symbols)) for s in shapes]


@exercise(
    title="The training loop",
    level="hard",
    minutes=12,
    prompt="""
        For each batch: set the learning rate of all parameters, compute the cross-entropy over all
        places, clear the old gradients, go backward, and step. Return the losses as plain numbers.
        """,
    probes=lambda rng: [
        (_batches(rng, 1, 2, 3, 5), [0.5], 5, 1),
        (_batches(rng, 4, 3, 2, 6), [0.1, 1.0, 0.5, 2.0], 6, 2),
        (_batches(rng, 3, 2, 5, 4), [1.0, 0.3, 0.1], 4, 3),
        (_batches(rng, 3, 2, 3, 5), [0.2, 1.0, 0.4], 5, 4, 3),
        (_batches(rng, 2, 2, 3, 5), [0.3, 0.6], 5, 5, 1, True),
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
        (
            "TypeError: 'generator' object is not subscriptable",
            "batches come one after the other and only once: `zip(batches, rates)`.",
        ),
    ],
    tolerance=SINGLE,
    seconds=20.0,
    # The optimizer holds all parameters of the model: both clear the same gradients.
    equivalents=["model.zero_grad()"],
    passed="This loop trains everything from your bigram to GPT-3.",
)
def train(model, optimizer, batches, rates) -> list[float]:
    """Train a model by next-token prediction.

    model: an nn.Module, (B, T) tokens -> (B, T, V) logits; optimizer: of torch.optim, over its
    parameters, in one group or more; batches: a generator of pairs (x, y) of (B, T) tokens;
    rates: a list, one learning rate for each batch.
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

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


def _loop(model, optimizer, batches, rates, *, zero="before", loss_of=None, keep=None):
    """The loop with one thing changed."""
    losses = []
    for (x, y), rate in zip(batches, rates):
        for group in optimizer.param_groups:
            group["lr"] = rate
        logits = model(x)
        loss = (loss_of or _mean_loss)(logits, y)
        if zero == "before":
            optimizer.zero_grad()
        loss.backward()
        if zero == "between":
            optimizer.zero_grad(set_to_none=False)
        optimizer.step()
        losses.append((keep or torch.Tensor.item)(loss.detach()))
    return losses


def _mean_loss(logits, y):
    return F.cross_entropy(logits.flatten(0, 1), y.flatten())


@train.misconception(
    "Gradients are never cleared. `backward` adds to what is there, so each step also repeats all "
    "earlier ones, ever larger: `optimizer.zero_grad()` before `backward`."
)
def _never_zeroed(model, optimizer, batches, rates):
    return _loop(model, optimizer, batches, rates, zero="never")


@train.misconception(
    "The losses are right, but no weight ever moves. Either `optimizer.step()` is missing, or the "
    "gradients are cleared between `backward` and `step`, which leaves nothing to step along."
)
def _zeroed_too_late(model, optimizer, batches, rates):
    return _loop(model, optimizer, batches, rates, zero="between")


@train.misconception(
    "The learning rates aren't used: the optimizer keeps the one it was made with. Write the rate "
    "into every parameter group before the step."
)
def _fixed_rate(model, optimizer, batches, rates):
    return _loop(model, optimizer, batches, [optimizer.param_groups[0]["lr"]] * len(rates))


@train.misconception(
    "The logits were viewed as (B, V, T). That relabels numbers without moving them, and scores "
    "each token against a shuffled row; transpose the axes, or flatten batch and time."
)
def _viewed(model, optimizer, batches, rates):
    def scrambled(logits, y):
        B, T, V = logits.shape
        return F.cross_entropy(logits.reshape(B, V, T), y)

    return _loop(model, optimizer, batches, rates, loss_of=scrambled)


@train.misconception(
    "Only the last place of each window is trained. A causal model predicts at every place, so "
    "average the loss over all B times T of them."
)
def _last_place(model, optimizer, batches, rates):
    def last(logits, y):
        return F.cross_entropy(logits[:, -1], y[:, -1])

    return _loop(model, optimizer, batches, rates, loss_of=last)


@train.misconception(
    "`cross_entropy` takes logits and does the softmax itself. Yours gets probabilities: the "
    "second softmax flattens them, and the loss can't come near 0."
)
def _softmax_twice(model, optimizer, batches, rates):
    def twice(logits, y):
        return F.cross_entropy(logits.softmax(-1).flatten(0, 1), y.flatten())

    return _loop(model, optimizer, batches, rates, loss_of=twice)


@train.misconception(
    "The list holds tensors. Each drags along the graph of its step, so memory grows until it is "
    "full: `loss.item()` is a plain number."
)
def _keeps_tensors(model, optimizer, batches, rates):
    return _loop(model, optimizer, batches, rates, keep=torch.clone)

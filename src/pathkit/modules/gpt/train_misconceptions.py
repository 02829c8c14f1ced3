"""Wrong answers to the training loop."""

from __future__ import annotations

import torch
import torch.nn.functional as F

from .train import train


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

"""Wrong answers to the training loop."""

from __future__ import annotations

import torch.nn.functional as F

from .train import train


def _loop(
    model, optimizer, batches, rates, *, zero="before", groups=slice(None), late=False,
    loss_of=None,
):
    """The loop with one thing changed."""
    losses = []
    for (x, y), rate in zip(batches, rates):
        if not late:
            _set_rate(optimizer.param_groups[groups], rate)
        loss = (loss_of or _mean_loss)(model(x), y)
        if zero == "before":
            optimizer.zero_grad()
        loss.backward()
        if zero == "between":
            optimizer.zero_grad(set_to_none=False)
        optimizer.step()
        if zero == "after":
            optimizer.zero_grad()
        if late:
            _set_rate(optimizer.param_groups, rate)
        losses.append(loss.item())
    return losses


def _set_rate(groups, rate):
    for group in groups:
        group["lr"] = rate


def _mean_loss(logits, y):
    return F.cross_entropy(logits.flatten(0, 1), y.flatten())


@train.misconception(
    "Gradients are never cleared. `backward` adds to what is there, so each step also repeats all "
    "earlier ones, ever larger: `optimizer.zero_grad()` before `backward`."
)
def _never_zeroed(model, optimizer, batches, rates):
    return _loop(model, optimizer, batches, rates, zero="never")


@train.misconception(
    "No weight ever moves: every loss is that of the model as it came. Either `backward` or `step` "
    "is missing, or the gradients are cleared between the two, which leaves nothing to step along."
)
def _zeroed_too_late(model, optimizer, batches, rates):
    return _loop(model, optimizer, batches, rates, zero="between")


@train.misconception(
    "The learning rates have no effect: every step uses the rate that the optimizer was made "
    "with. Before the step, write the new one into `group[\"lr\"]` of each parameter group."
)
def _fixed_rate(model, optimizer, batches, rates):
    return _loop(model, optimizer, batches, rates, groups=slice(0))


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
    "The rate reaches the first parameter group alone, and the others keep the rate they came "
    "with. Go through all of `optimizer.param_groups`."
)
def _first_group_only(model, optimizer, batches, rates):
    return _loop(model, optimizer, batches, rates, groups=slice(1))


@train.misconception(
    "Gradients are cleared only after the step. Those that the model came with then count in the "
    "first step: clear before `backward`."
)
def _cleared_after(model, optimizer, batches, rates):
    return _loop(model, optimizer, batches, rates, zero="after")


@train.misconception(
    "Each step is made at the rate of the batch before it, and the first one at the optimizer's "
    "own: the new rate is written after the step. Set it first."
)
def _rate_too_late(model, optimizer, batches, rates):
    return _loop(model, optimizer, batches, rates, late=True)


@train.misconception(
    "The losses of the places are added, not averaged, so a large batch makes larger steps, and "
    "the numbers aren't nats per token. `cross_entropy` averages by itself."
)
def _summed(model, optimizer, batches, rates):
    def total(logits, y):
        return F.cross_entropy(logits.flatten(0, 1), y.flatten(), reduction="sum")

    return _loop(model, optimizer, batches, rates, loss_of=total)


@train.misconception(
    "The losses are measured after the step, by a second look at the same batch. Keep the loss "
    "that `backward` was called on."
)
def _measured_after(model, optimizer, batches, rates):
    losses = []
    for (x, y), rate in zip(batches, rates):
        _loop(model, optimizer, [(x, y)], [rate])
        losses.append(_mean_loss(model(x), y).item())
    return losses


@train.misconception(
    "The losses are summed up as the loop goes on. The list holds the loss of each batch by itself."
)
def _running_total(model, optimizer, batches, rates):
    losses = _loop(model, optimizer, batches, rates)
    return [sum(losses[: i + 1]) for i in range(len(losses))]

"""Wrong answers to what may come next."""

from __future__ import annotations

import torch.nn.functional as F

from .next_probabilities import next_probabilities


@next_probabilities.misconception(
    "The context is not cut. A GPT has one learned position for each of its places, and no more: "
    "keep the last `context_length` tokens."
)
def _not_cut(model, tokens, context_length, temperature):
    return (model(tokens)[:, -1] / temperature).softmax(dim=-1)


@next_probabilities.misconception(
    "You keep the first tokens instead of the last. The text would stop changing what comes next "
    "as soon as the window is full: `tokens[:, -context_length:]`."
)
def _keeps_first(model, tokens, context_length, temperature):
    return (model(tokens[:, :context_length])[:, -1] / temperature).softmax(dim=-1)


@next_probabilities.misconception(
    "This cuts rows, not columns: the first axis is the batch. Time is the second: "
    "`tokens[:, -context_length:]`."
)
def _cuts_rows(model, tokens, context_length, temperature):
    return (model(tokens[-context_length:])[:, -1] / temperature).softmax(dim=-1)


@next_probabilities.misconception(
    "`[-1]` takes the last text of the batch, with all its places. You want the last place of "
    "every text: `[:, -1]`."
)
def _last_row(model, tokens, context_length, temperature):
    return (model(tokens[:, -context_length:])[-1] / temperature).softmax(dim=-1)


@next_probabilities.misconception(
    "The logits were multiplied by the temperature. Heat should flatten the distribution, and cold "
    "sharpen it: divide."
)
def _multiplied(model, tokens, context_length, temperature):
    return (model(tokens[:, -context_length:])[:, -1] * temperature).softmax(dim=-1)


@next_probabilities.misconception(
    "The temperature came after the softmax, so the rows no longer sum to 1. Divide the logits, "
    "then normalise."
)
def _too_late(model, tokens, context_length, temperature):
    return model(tokens[:, -context_length:])[:, -1].softmax(dim=-1) / temperature


@next_probabilities.misconception(
    "The temperature is never used. At 1 that makes no difference; the lesson turns it down to "
    "0.5 and up to 1.5."
)
def _no_temperature(model, tokens, context_length, temperature):
    return model(tokens[:, -context_length:])[:, -1].softmax(dim=-1)


@next_probabilities.misconception(
    "All weight lies on the likeliest token. That is greedy decoding, and it writes the same text "
    "every time: return the whole distribution."
)
def _greedy(model, tokens, context_length, temperature):
    logits = model(tokens[:, -context_length:])[:, -1]
    return F.one_hot(logits.argmax(dim=-1), logits.shape[-1]).float()


@next_probabilities.misconception(
    "The softmax runs over the batch: the texts compete with each other for each symbol. Each "
    "row is a distribution over symbols: the last axis."
)
def _over_batch(model, tokens, context_length, temperature):
    return (model(tokens[:, -context_length:])[:, -1] / temperature).softmax(dim=0)

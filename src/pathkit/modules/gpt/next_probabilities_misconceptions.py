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
    "The temperature changes nothing here. At 1 it shouldn't; below 1 it should sharpen the "
    "distribution: divide the logits by it, before the softmax."
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


@next_probabilities.misconception(
    "The exponential of a large logit is inf, and inf divided by inf is nan. A cold temperature "
    "makes logits of hundreds: take `softmax`, which subtracts the largest first."
)
def _overflows(model, tokens, context_length, temperature):
    heights = (model(tokens[:, -context_length:])[:, -1] / temperature).exp()
    return heights / heights.sum(dim=-1, keepdim=True)


@next_probabilities.misconception(
    "These are logarithms of probabilities: `log_softmax`. Drawing needs the probabilities "
    "themselves, from 0 to 1: `softmax`."
)
def _logarithms(model, tokens, context_length, temperature):
    return (model(tokens[:, -context_length:])[:, -1] / temperature).log_softmax(dim=-1)


@next_probabilities.misconception(
    "These are still logits: the softmax is missing. Divided by the temperature they can be "
    "negative, and rows don't sum to 1."
)
def _logits(model, tokens, context_length, temperature):
    return model(tokens[:, -context_length:])[:, -1] / temperature


@next_probabilities.misconception(
    "The first place speaks: it has read one token only. What comes next is said at the last "
    "place, which has read them all: `[:, -1]`."
)
def _first_place(model, tokens, context_length, temperature):
    return (model(tokens[:, -context_length:])[:, 0] / temperature).softmax(dim=-1)

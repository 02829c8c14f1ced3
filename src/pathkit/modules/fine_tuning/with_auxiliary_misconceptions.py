"""Wrong answers to the loss with an auxiliary part."""

from __future__ import annotations

import torch
import torch.nn.functional as F

from .with_auxiliary import with_auxiliary


def _real(tokens, lengths):
    return torch.arange(1, tokens.shape[1]) < lengths[:, None]


@with_auxiliary.misconception(
    "The logits aren't shifted against the tokens: each place is asked for the token it has read. "
    "Copying that teaches nothing. Place t predicts token t + 1."
)
def _not_shifted(class_logits, labels, token_logits, tokens, lengths, weight):
    real = torch.arange(tokens.shape[1]) < lengths[:, None]
    language = F.cross_entropy(token_logits[real], tokens[real])
    return F.cross_entropy(class_logits, labels) + weight * language


@with_auxiliary.misconception(
    "Tokens that only fill up are counted as targets. The model would learn to write filling, and "
    "the mean would depend on how long the longest row is: leave them out."
)
def _filling_counts(class_logits, labels, token_logits, tokens, lengths, weight):
    language = F.cross_entropy(token_logits[:, :-1].flatten(0, 1), tokens[:, 1:].flatten())
    return F.cross_entropy(class_logits, labels) + weight * language


@with_auxiliary.misconception(
    "The filling is left out of the sum, but the sum is divided by all B (T - 1) places. Divide by "
    "the number of real targets."
)
def _divided_by_all(class_logits, labels, token_logits, tokens, lengths, weight):
    losses = F.cross_entropy(
        token_logits[:, :-1].transpose(1, 2), tokens[:, 1:], reduction="none")
    language = (losses * _real(tokens, lengths)).mean()
    return F.cross_entropy(class_logits, labels) + weight * language


@with_auxiliary.misconception(
    "Each row's mean was averaged, so that a token in a short row weighs more. Average over all "
    "real targets of the batch together."
)
def _mean_of_means(class_logits, labels, token_logits, tokens, lengths, weight):
    losses = F.cross_entropy(
        token_logits[:, :-1].transpose(1, 2), tokens[:, 1:], reduction="none")
    rows = (losses * _real(tokens, lengths)).sum(dim=1) / (lengths - 1)
    return F.cross_entropy(class_logits, labels) + weight * rows.mean()


@with_auxiliary.misconception(
    "The losses of the tokens are added up, not averaged. A row has many tokens and one label, so "
    "that the label would hardly count."
)
def _summed(class_logits, labels, token_logits, tokens, lengths, weight):
    real = _real(tokens, lengths)
    language = F.cross_entropy(token_logits[:, :-1][real], tokens[:, 1:][real], reduction="sum")
    return F.cross_entropy(class_logits, labels) + weight * language


def _both(class_logits, labels, token_logits, tokens, lengths):
    task = with_auxiliary.reference(class_logits, labels, token_logits, tokens, lengths, 0.0)
    return task, with_auxiliary.reference(
        class_logits, labels, token_logits, tokens, lengths, 1.0) - task


@with_auxiliary.misconception(
    "The weight stands at the wrong loss. The labels are what you are after and count in full; the "
    "language model's loss is the extra, and takes the weight."
)
def _weight_on_the_labels(class_logits, labels, token_logits, tokens, lengths, weight):
    task, language = _both(class_logits, labels, token_logits, tokens, lengths)
    return weight * task + language


@with_auxiliary.misconception(
    "The two losses share a weight of 1: the labels got 1 - weight. In GPT-1 the labels count in "
    "full, and the language model's loss is added with its weight."
)
def _shared(class_logits, labels, token_logits, tokens, lengths, weight):
    task, language = _both(class_logits, labels, token_logits, tokens, lengths)
    return (1 - weight) * task + weight * language


@with_auxiliary.misconception(
    "The weight isn't used: both losses count in full. Multiply the language model's loss by "
    "`weight`, so that it can be turned down, or off."
)
def _no_weight(class_logits, labels, token_logits, tokens, lengths, weight):
    task, language = _both(class_logits, labels, token_logits, tokens, lengths)
    return task + language


@with_auxiliary.misconception(
    "Only the labels count: the language model's loss is missing, or cut off from its gradient. "
    "What isn't in the loss isn't kept in view."
)
def _labels_alone(class_logits, labels, token_logits, tokens, lengths, weight):
    return F.cross_entropy(class_logits, labels)


@with_auxiliary.misconception(
    "One target too many is asked for in a row that is filled up: the first token of the filling. "
    "A row of n real tokens has n - 1 targets, tokens 1 to n - 1."
)
def _one_target_too_many(class_logits, labels, token_logits, tokens, lengths, weight):
    T = tokens.shape[1]
    real = torch.arange(T - 1) < lengths[:, None]
    language = F.cross_entropy(token_logits[:, :-1][real], tokens[:, 1:][real])
    return F.cross_entropy(class_logits, labels) + weight * language


@with_auxiliary.misconception(
    "The last real token of each row isn't asked for. A row of n real tokens has n - 1 targets, "
    "tokens 1 to n - 1: target t + 1 is real where t + 1 < n."
)
def _one_target_missing(class_logits, labels, token_logits, tokens, lengths, weight):
    T = tokens.shape[1]
    real = torch.arange(2, T + 1) < lengths[:, None]
    language = F.cross_entropy(
        token_logits[:, :-1][real], tokens[:, 1:][real], reduction="sum") / max(1, int(real.sum()))
    return F.cross_entropy(class_logits, labels) + weight * language


@with_auxiliary.misconception(
    "`cross_entropy` takes logits and does the softmax itself. Yours gets probabilities, which are "
    "flattened by a second softmax."
)
def _softmax_twice(class_logits, labels, token_logits, tokens, lengths, weight):
    return with_auxiliary.reference(
        class_logits.softmax(-1), labels, token_logits.softmax(-1), tokens, lengths, weight)


@with_auxiliary.misconception(
    "The number is right, and the tokens' part sends back no gradient: `.item()`, `detach()` or "
    "`no_grad` cut it off. The model would never learn from it, so keep it a tensor."
)
def _detached(class_logits, labels, token_logits, tokens, lengths, weight):
    language = with_auxiliary.reference(
        class_logits, labels, token_logits.detach(), tokens, lengths, weight)
    task = F.cross_entropy(class_logits, labels)
    return task + (language - task).item()


@with_auxiliary.misconception(
    "Token 0 was taken for filling. It is a symbol like any other, so that real targets are lost, "
    "and filling may have any number: `lengths` says which tokens are real."
)
def _zero_is_filling(class_logits, labels, token_logits, tokens, lengths, weight):
    targets = tokens[:, 1:]
    asked = targets != 0
    language = F.cross_entropy(
        token_logits[:, :-1][asked], targets[asked], reduction="sum") / asked.sum()
    return F.cross_entropy(class_logits, labels) + weight * language


@with_auxiliary.spelling(_zero_is_filling)
def _zero_is_filling_of_real(class_logits, labels, token_logits, tokens, lengths, weight):
    asked = _real(tokens, lengths) & (tokens[:, 1:] != 0)
    language = F.cross_entropy(
        token_logits[:, :-1][asked], tokens[:, 1:][asked], reduction="sum") / asked.sum()
    return F.cross_entropy(class_logits, labels) + weight * language

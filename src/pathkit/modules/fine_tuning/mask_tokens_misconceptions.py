"""Wrong answers to the masked language model."""

from __future__ import annotations

import torch

from .mask_tokens import mask_tokens


def _spoilt(tokens, chosen, dice, others, mask, first=0.8, second=0.9):
    inputs = torch.where(chosen & (dice < first), mask, tokens)
    return torch.where(chosen & (dice >= first) & (dice < second), others, inputs)


@mask_tokens.misconception(
    "Targets stand at the masked places only. Chosen places that show a wrong or the true token "
    "are asked as well: else the model would learn that whatever isn't masked is right."
)
def _asks_masked_only(tokens, chosen, dice, others, mask):
    inputs = _spoilt(tokens, chosen, dice, others, mask)
    return inputs, torch.where(chosen & (dice < 0.8), tokens, -1)


@mask_tokens.misconception(
    "Targets stand where the input was changed. At a chosen place that kept its token the model is "
    "asked, too; otherwise it learns that the token it reads is never the answer."
)
def _asks_changed_only(tokens, chosen, dice, others, mask):
    inputs = _spoilt(tokens, chosen, dice, others, mask)
    return inputs, torch.where(chosen & (dice < 0.9), tokens, -1)


@mask_tokens.spelling(_asks_changed_only)
def _asks_where_different(tokens, chosen, dice, others, mask):
    inputs = _spoilt(tokens, chosen, dice, others, mask)
    return inputs, torch.where(inputs != tokens, tokens, -1)


@mask_tokens.misconception(
    "Every place has a target. Where nothing is hidden the answer can be read off the input, so "
    "that the loss falls without any learning: put -1 where `chosen` is False."
)
def _asks_everywhere(tokens, chosen, dice, others, mask):
    return _spoilt(tokens, chosen, dice, others, mask), tokens.clone()


@mask_tokens.misconception(
    "All chosen tokens are masked. Outside of training no text has a mask, so one chosen token in "
    "ten is replaced by another and one in ten is left."
)
def _masks_all(tokens, chosen, dice, others, mask):
    return torch.where(chosen, mask, tokens), torch.where(chosen, tokens, -1)


@mask_tokens.misconception(
    "None is left as it was: everything from 0.8 on gets a random token. Above 0.9 the true token "
    "stays, so that reading it isn't proof that it is wrong."
)
def _leaves_none(tokens, chosen, dice, others, mask):
    inputs = _spoilt(tokens, chosen, dice, others, mask, second=1.0)
    return inputs, torch.where(chosen, tokens, -1)


@mask_tokens.misconception(
    "Tokens that weren't chosen are replaced as well. `dice` falls for every place, but it counts "
    "only where `chosen` is True."
)
def _spoils_everywhere(tokens, chosen, dice, others, mask):
    inputs = torch.where(chosen & (dice < 0.8), mask, tokens)
    inputs = torch.where((dice >= 0.8) & (dice < 0.9), others, inputs)
    return inputs, torch.where(chosen, tokens, -1)


@mask_tokens.misconception(
    "The targets were read off after the inputs had been changed, so they hold masks and random "
    "tokens. The true tokens are the answer: keep them, and change a copy."
)
def _targets_too_late(tokens, chosen, dice, others, mask):
    inputs = _spoilt(tokens, chosen, dice, others, mask)
    return inputs, torch.where(chosen, inputs, -1)


@mask_tokens.spelling(_targets_too_late)
def _targets_too_late_in_place(tokens, chosen, dice, others, mask):
    tokens[chosen & (dice < 0.8)] = mask
    spoil = chosen & (dice >= 0.8) & (dice < 0.9)
    tokens[spoil] = others[spoil]
    return tokens, torch.where(chosen, tokens, -1)


@mask_tokens.misconception(
    "The caller's `tokens` were changed. In the next epoch the same text would come back with "
    "holes: `clone()` it first, or use `torch.where`, which makes a new tensor."
)
def _in_place(tokens, chosen, dice, others, mask):
    targets = torch.where(chosen, tokens, -1)
    tokens[chosen & (dice < 0.8)] = mask
    spoil = chosen & (dice >= 0.8) & (dice < 0.9)
    tokens[spoil] = others[spoil]
    return tokens, targets


@mask_tokens.misconception(
    "Shares of masked and random tokens are exchanged: `mask` belongs where dice is below 0.8, "
    "which is eight in ten, and the random token where it is from 0.8 to 0.9."
)
def _exchanged(tokens, chosen, dice, others, mask):
    inputs = torch.where(chosen & (dice < 0.8), others, tokens)
    inputs = torch.where(chosen & (dice >= 0.8) & (dice < 0.9), mask, inputs)
    return inputs, torch.where(chosen, tokens, -1)


@mask_tokens.misconception(
    "The targets are shifted by one, as for GPT. BERT is asked what stood at the very place, and "
    "reads both sides of it: targets aren't shifted."
)
def _shifted(tokens, chosen, dice, others, mask):
    inputs = _spoilt(tokens, chosen, dice, others, mask)
    return inputs, torch.where(chosen, tokens, -1).roll(-1, dims=1)


@mask_tokens.misconception(
    "Places that aren't asked hold -100. That is what PyTorch's loss ignores unless it is told "
    "otherwise; here they are to be -1."
)
def _minus_a_hundred_there(tokens, chosen, dice, others, mask):
    inputs = _spoilt(tokens, chosen, dice, others, mask)
    return inputs, torch.where(chosen, tokens, -100)

"""BERT's question: what stood here?"""

from __future__ import annotations

import torch

from pathkit.checks.exercise import exercise
from pathkit.modules.gpt.random_inputs import _tokens


def _draws(rng, B, T, below, share):
    """Tokens, places to ask about, dice on both sides of each bound, and other tokens."""
    tokens, others = _tokens(rng, B, T, below=below), _tokens(rng, B, T, below=below)
    dice = torch.tensor(rng.choice([0.05, 0.5, 0.79, 0.8, 0.85, 0.89, 0.9, 0.97], size=(B, T)))
    return tokens, torch.tensor(rng.random((B, T)) < share), dice, others, below


_TOKENS, _OTHERS = [[3, 1, 4, 1, 5, 2]], [[0, 5, 2, 2, 0, 1]]
_CHOSEN, _DICE = [[1, 1, 1, 1, 0, 0]], [[0.25, 0.875, 0.9375, 0.8125, 0.125, 0.875]]


@exercise(
    title="Mask some, spoil some, leave some",
    level="medium",
    minutes=10,
    prompt="""
        At the chosen places hide the token: where `dice` is below 0.8 put `mask`, from 0.8 to
        below 0.9 the token of `others`, else leave it. Targets are the true tokens at all chosen
        places, and -1 everywhere else.
        """,
    probes=lambda rng: [
        (torch.tensor(_TOKENS), torch.tensor(_CHOSEN).bool(), torch.tensor(_DICE),
         torch.tensor(_OTHERS), 6),
        _draws(rng, 3, 12, 9, 0.6),
        _draws(rng, 2, 20, 5, 0.3),
        _draws(rng, 4, 7, 8, 0.9),
        _draws(rng, 2, 5, 6, 0.0),
    ],
    returns=("inputs", "targets"),
    hints=[
        "The model isn't told which of the tokens it reads are true. Where must it be asked, then?",
        """
        1. Targets: `tokens` where `chosen`, else -1.
        2. `mask` where `chosen` and dice < 0.8.
        3. `others` where `chosen` and 0.8 <= dice < 0.9. All else stays.
        """,
        "`torch.where(chosen & (dice < 0.8), mask, tokens)`, then once more for `others`; "
        "`targets = torch.where(chosen, ___, -1)`",
    ],
    errors=[
        (
            "RuntimeError: Boolean value of Tensor with more than one value is ambiguous",
            "`and` and `0.8 <= dice < 0.9` want one truth. Use `&`, and parentheses around each "
            "comparison.",
        ),
    ],
    # Where dice is 0.8, the mask is replaced by the next line.
    equivalents=["inputs = torch.where(chosen & (dice <= 0.8), mask, tokens)"],
    passed="Masked, false or true: the model is asked at each chosen place and can't tell which it "
    "is.",
)
def mask_tokens(tokens, chosen, dice, others, mask):
    """Inputs and targets of a masked language model (Devlin et al. 2018, section 3.1).

    tokens: (B, T) token numbers; chosen: (B, T) booleans, where the model is asked; dice: (B, T)
    numbers from 0 to below 1; others: (B, T) random tokens; mask: the number of the mask token.
    Returns (inputs, targets), both (B, T). The arguments stay as they are.
    """
    inputs = torch.where(chosen & (dice < 0.8), mask, tokens)
    inputs = torch.where(chosen & (dice >= 0.8) & (dice < 0.9), others, inputs)
    return inputs, torch.where(chosen, tokens, -1)


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

"""BERT's question: what stood here?"""

from __future__ import annotations

import torch

from pathkit.checks.exercise import exercise
from pathkit.checks.random_tensors import indices


def _draws(rng, B, T, below, share):
    """Tokens, places to ask about, dice on both sides of each bound, and other tokens."""
    tokens, others = indices(rng, B, T, below=below), indices(rng, B, T, below=below)
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

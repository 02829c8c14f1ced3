"""Each row at the place of its own last token."""

from __future__ import annotations

import torch

from pathkit.checks.exercise import exercise
from pathkit.checks.gradient_flow import call_with_gradients
from pathkit.checks.random_tensors import SINGLE, normal


def _in_training(answer, x, lengths):
    return call_with_gradients(answer, x, lengths)


def _lengths(*lengths):
    return torch.tensor(lengths)


@exercise(
    title="Read each row at its own end",
    level="easy",
    minutes=6,
    prompt="""
        Rows of different length were filled up at the end to T tokens. Take from row *b* the
        vector of its last real token, at place `lengths[b] - 1`.
        """,
    probes=lambda rng: [
        (torch.arange(24.0).reshape(2, 4, 3), _lengths(3, 4)),
        (normal(rng, 4, 6, 3), _lengths(2, 6, 1, 4)),
        (normal(rng, 3, 5, 2), _lengths(4, 2, 4)),
        (normal(rng, 3, 3, 4), _lengths(1, 3, 2)),
        (normal(rng, 1, 5, 2), _lengths(3)),
    ],
    drive=_in_training,
    hints=[
        "In a batch of three rows, which three pairs (row, place) do you want?",
        """
        Index with two tensors of B numbers each: the rows 0 to B - 1, and the places. They are
        taken pairwise, and (B, C) comes back.
        """,
        "`x[torch.arange(___), lengths - ___]`",
    ],
    errors=[
        (
            "IndexError: index 4 is out of bounds for dimension 1 with size 4",
            "a row of length n has its last token at place n - 1.",
        ),
    ],
    tolerance=SINGLE,
    # As many lengths as rows.
    equivalents=["return x[torch.arange(len(lengths)), lengths - 1]"],
    passed="One vector for each row, and none of them is of a token that only fills up.",
)
def at_extract(x: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
    """The vector at the last real token of each row.

    x: (B, T, C); lengths: (B,) integers from 1 to T, how many tokens of each row are real.
    Returns (B, C). Gradients flow through it to x.
    """
    return x[torch.arange(len(x)), lengths - 1]


@at_extract.misconception(
    "`x[:, -1]` is the last place of the batch. In a shorter row a token stands there that only "
    "fills up, and the head would be trained on its vector."
)
def _last_of_all(x, lengths):
    return x[:, -1]


@at_extract.misconception(
    "Each row was read at every place in `lengths`, (B, B, C) in all. A colon takes all rows; with "
    "`torch.arange(B)` in its stead rows and places are taken pairwise."
)
def _all_pairs(x, lengths):
    return x[:, lengths - 1]


@at_extract.misconception(
    "The place read is one too early. A row of n tokens has its last one at place n - 1, and there "
    "alone the model has read them all."
)
def _one_early(x, lengths):
    return x[torch.arange(len(x)), (lengths - 2).clamp(min=0)]


@at_extract.spelling(_one_early)
def _one_early_from_behind(x, lengths):
    return x[torch.arange(len(x)), lengths - 2]


@at_extract.misconception(
    "The place read is one too late, the first token that fills up. Places are counted from 0: the "
    "last of n tokens has number n - 1."
)
def _one_late(x, lengths):
    return x[torch.arange(len(x)), lengths.clamp(max=x.shape[1] - 1)]


@at_extract.misconception(
    "This is the mean over all T places, filling included. In a causal model the last real token "
    "has read the row already: take its vector alone."
)
def _mean_of_all(x, lengths):
    return x.mean(dim=1)


@at_extract.misconception(
    "This is the mean over the real tokens. Early places have read next to nothing; the last real "
    "one has read the whole row, so take its vector alone."
)
def _mean_of_real(x, lengths):
    real = torch.arange(x.shape[1]) < lengths[:, None]
    return (x * real[:, :, None]).sum(dim=1) / lengths[:, None]


@at_extract.misconception(
    "All rows were read where the longest one ends. Each row has an end of its own, at "
    "`lengths[b] - 1`."
)
def _where_the_longest_ends(x, lengths):
    return x[:, int(lengths.max()) - 1]


@at_extract.misconception(
    "All rows were read where the first one ends. Each row has an end of its own, at "
    "`lengths[b] - 1`."
)
def _where_the_first_ends(x, lengths):
    return x[:, int(lengths[0]) - 1]


@at_extract.misconception(
    "This is the first place. BERT reads there, since it sees both ways; in a causal model the "
    "first token has seen itself alone, so read at the last."
)
def _first_place(x, lengths):
    return x[:, 0]


@at_extract.misconception(
    "The results still have an axis of one place, (B, 1, C). The head wants (B, C): one vector for "
    "each row."
)
def _axis_left(x, lengths):
    return x[torch.arange(len(x)), lengths - 1][:, None]


@at_extract.misconception(
    "This is the largest value over the places, filling included. One place has read the whole row "
    "and was trained for this: take its vector as it is."
)
def _largest(x, lengths):
    return x.max(dim=1).values

"""Find the bug: the stripe beside the stripe."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .random_weights import causal


@exercise(
    title="Find the bug: the stripe beside the stripe",
    level="easy",
    minutes=6,
    prompt="""
        In a text that repeats every `period` tokens, all that a copying head looks at lies on one
        diagonal. This function should average it. But it gives 1 to a head that looks at the
        earlier copy, and nothing to one that copies. Mend it.
        """,
    probes=lambda rng: [
        (causal(rng, 7), 3),
        (causal(rng, 9), 4),
        (causal(rng, 8), 2),
        (causal(rng, 6), 5),
        (causal(rng, 12), int(rng.integers(3, 6))),
    ],
    given='''
def stripe(weights, period):
    """Mean attention of a head on its stripe, in a text that repeats every `period` tokens.

    weights: (T, T), row t for the place that asks; period: from 2 to T - 1.
    Returns the mean, over the places t from `period` on, of the weight on the place that followed
    the copy one period earlier.
    """
    places = range(period, len(weights))
    return np.mean([weights[t, t - period] for t in places])
''',
    hints=[
        "Take period 3 and place 5. Where is the earlier copy of its token, and what came after?",
        """
        The copy stands `period` places back. What followed it stands one place to the right of
        that. Which one of the two does the line read?
        """,
        "`weights[t, t - period + ___]`",
    ],
    errors=[
        (
            "IndexError: index ... is out of bounds",
            "the column lies behind the text: it should be at or before place t.",
        ),
    ],
    passed="One place beside it lies the stripe of heads that find the copy and forget to go on.",
)
def stripe(weights, period):
    """Mean attention of a head on its stripe, in a text that repeats every `period` tokens.

    weights: (T, T), row t for the place that asks; period: from 2 to T - 1.
    Returns the mean, over the places t from `period` on, of the weight on the place that followed
    the copy one period earlier.
    """
    places = range(period, len(weights))
    return np.mean([weights[t, t - period + 1] for t in places])


def _shifted_stripe(weights, period, by, first=0):
    """The mean over places from `period + first` on, `by` columns right of the copy."""
    return np.mean([weights[t, t - period + by] for t in range(period + first, len(weights))])


@stripe.misconception(
    "This still averages the weights on the earlier copy, `period` places back. A copying head "
    "looks at what followed: one place further, `period - 1` back."
)
def _on_the_copy(weights, period):
    return _shifted_stripe(weights, period, 0)


@stripe.spelling(_on_the_copy)
def _diagonal_of_copies(weights, period):
    return np.diagonal(weights, -period).mean()


@stripe.spelling(_on_the_copy)
def _row_moved(weights, period):
    """Row and column moved together: still the copy, from one place later on."""
    return _shifted_stripe(weights, period, 0, 1) if period < len(weights) - 1 else np.nan


@stripe.misconception(
    "The sum was divided by all places of the text. Only those from `period` on were added up: "
    "divide by `len(weights) - period`, or take `np.mean` of the list."
)
def _shared_by_all(weights, period):
    return stripe.reference(weights, period) * (len(weights) - period) / len(weights)


@stripe.misconception(
    "The line moved the wrong way, to the place before the copy. What followed the copy stands to "
    "its right: add 1 to the column."
)
def _before_the_copy(weights, period):
    return _shifted_stripe(weights, period, -1)


@stripe.spelling(_before_the_copy)
def _before_the_copy_by_diagonal(weights, period):
    return np.diagonal(weights, -period - 1).mean()


@stripe.misconception(
    "This is the diagonal of the token before, one place back at every t. It finds heads that note "
    "their predecessor, whatever the period. The stripe lies `period - 1` places back."
)
def _previous_token(weights, period):
    return np.mean([weights[t, t - 1] for t in range(period, len(weights))])


@stripe.spelling(_previous_token)
def _previous_token_by_diagonal(weights, period):
    return np.diagonal(weights, -1).mean()


@stripe.misconception(
    "The diagonal is the right one, but its first entry belongs to place `period - 1`, whose token "
    "is new. Begin at place `period`, where the text has been heard once."
)
def _one_place_too_many(weights, period):
    return np.diagonal(weights, 1 - period).mean()


@stripe.misconception(
    "The first place that has heard its token before, t = `period`, is missing from the mean. Only "
    "the column had to change: the places were right."
)
def _one_place_too_few(weights, period):
    places = range(period + 1, len(weights))
    return np.mean([weights[t, t - period + 1] for t in places]) if places else np.nan


@stripe.misconception(
    "Row and column are exchanged. Row t is the place that asks, the column is what it looks at; "
    "above the diagonal all weights are 0."
)
def _other_side(weights, period):
    return np.mean([weights[t - period + 1, t] for t in range(period, len(weights))])


@stripe.misconception(
    "Every second diagonal was added, or all copies of all periods. The words ask for the copy one "
    "period earlier, and for nothing further back."
)
def _all_periods(weights, period):
    return np.mean([weights[t, t % period + 1 : t + 1 : period].sum()
                    for t in range(period, len(weights))])


@stripe.spelling(_other_side)
def _other_side_by_diagonal(weights, period):
    return np.diagonal(weights, period - 1).mean()

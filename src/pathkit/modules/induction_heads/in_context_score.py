"""The in-context learning score."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


def _losses(rng, lengths, T: int) -> np.ndarray:
    """(texts, T) nats, and 0 behind the end of each text, as padding leaves it."""
    losses = rng.gamma(2.0, size=(len(lengths), T))
    return np.where(np.arange(T) < np.array(lengths)[:, None], losses, 0.0)


@exercise(
    title="The in-context learning score",
    level="medium",
    minutes=8,
    prompt="""
        The loss at a late place minus the loss at an early one, averaged over texts. Only texts
        that reach the late place count, at both places, so that the same texts are compared.
        """,
    probes=lambda rng: [
        (_losses(rng, [5, 6, 6], 6), [5, 6, 6], 1, 4),
        (_losses(rng, [4, 7, 5, 6], 8), [4, 7, 5, 6], 2, 5),
        (_losses(rng, [3, 9, 8, 4, 9], 9), [3, 9, 8, 4, 9], 0, 8),
        (_losses(rng, [6, 2, 5], 6), [6, 2, 5], 1, 3),
        (np.array([[2.0, 0.0, 1.5], [1.0, 2.5, 0.0]]), [3, 3], 0, 2),
        (_losses(rng, [7, 6, 5, 6, 3], 7), np.array([7, 6, 5, 6, 3]), 1, 5),
    ],
    hints=[
        "A text of 6 tokens has the places 0 to 5. Which texts have a place 5 at all?",
        """
        1. `long = np.array(lengths) > late`: True for texts that reach the late place.
        2. Take these rows of the losses, at column `late` and at column `early`.
        3. Late minus early; then the mean.
        """,
        "`return np.mean(losses[long, late] - losses[long, ___])`",
    ],
    errors=[
        (
            "TypeError: '>' not supported between instances of 'list' and 'int'",
            "`lengths` may be a list: `np.array(lengths) > late` compares each of its numbers.",
        ),
        (
            "IndexError: too many indices for array",
            "one row was taken; with a mask of booleans write `losses[long, late]`.",
        ),
    ],
    passed="Its unit is nats, and below 0 means that the model is helped by what it has read.",
)
def in_context_score(losses: np.ndarray, lengths: list[int], early: int, late: int) -> float:
    """The in-context learning score (Olsson et al. 2022, who take tokens 50 and 500).

    losses: (texts, T) nats, 0 behind the end of a text; lengths: tokens of each text; early, late:
    places from 0, and at least one text has a place `late`.
    Returns the mean difference in nats.
    """
    long = np.array(lengths) > late
    return np.mean(losses[long, late] - losses[long, early])


def _reach(lengths, place) -> np.ndarray:
    return np.array(lengths) > place


@in_context_score.misconception(
    "The sign is turned: early minus late. As the article defines it, the score is below 0 when "
    "late tokens are cheaper, so it is late minus early."
)
def _early_minus_late(losses, lengths, early, late):
    return -in_context_score.reference(losses, lengths, early, late)


@in_context_score.misconception(
    "Texts that end before the late place were counted. Behind its end a text has a loss of 0, "
    "which looks like perfect prediction. Take texts with more than `late` tokens."
)
def _short_texts_too(losses, lengths, early, late):
    return np.mean(losses[:, late] - losses[:, early])


@in_context_score.misconception(
    "A text of `late` tokens was counted, too. Places begin at 0, so its last place is late - 1: "
    "take lengths above `late`, not equal to it."
)
def _one_token_short(losses, lengths, early, late):
    long = np.array(lengths) >= late
    return np.mean(losses[long, late] - losses[long, early])


@in_context_score.misconception(
    "Texts with a loss of 0 at the late place were left out. A model may be sure of a token and "
    "pay nothing: ask `lengths` where a text ends, never the loss."
)
def _zeros_left_out(losses, lengths, early, late):
    long = losses[:, late] > 0
    return np.mean(losses[long, late] - losses[long, early])


@in_context_score.misconception(
    "The early mean runs over all texts, the late one over long texts only. Then short texts, "
    "which may be easier or harder, enter on one side. Use the same texts at both places."
)
def _other_texts_early(losses, lengths, early, late):
    return losses[_reach(lengths, late), late].mean() - losses[_reach(lengths, early), early].mean()


@in_context_score.spelling(_other_texts_early)
def _all_texts_early(losses, lengths, early, late):
    return losses[_reach(lengths, late), late].mean() - losses[:, early].mean()


@in_context_score.misconception(
    "These are means over all places up to early and late. The score compares two places, one "
    "token each: the columns `early` and `late`."
)
def _means_of_stretches(losses, lengths, early, late):
    chosen = losses[_reach(lengths, late)]
    return chosen[:, : late + 1].mean() - chosen[:, : early + 1].mean()


@in_context_score.spelling(_means_of_stretches)
def _means_up_to(losses, lengths, early, late):
    chosen = losses[_reach(lengths, late)]
    return chosen[:, :late].mean() - (chosen[:, :early].mean() if early else 0.0)


@in_context_score.misconception(
    "This is a ratio of losses. The score is a difference, in nats, so that exp of it says by what "
    "factor the perplexity changed."
)
def _ratio(losses, lengths, early, late):
    chosen = losses[_reach(lengths, late)]
    return chosen[:, late].mean() / chosen[:, early].mean()


@in_context_score.misconception(
    "Each column is one too early: places are counted from 0 here, so place `late` is "
    "`losses[:, late]`, without a minus 1."
)
def _columns_from_one(losses, lengths, early, late):
    chosen = losses[_reach(lengths, late)]
    return np.mean(chosen[:, late - 1] - chosen[:, early - 1])


@in_context_score.misconception(
    "The differences were added up over the texts. Average them, so that twice as many texts give "
    "the same score."
)
def _summed(losses, lengths, early, late):
    return in_context_score.reference(losses, lengths, early, late) * _reach(lengths, late).sum()


@in_context_score.misconception(
    "The sum was divided by all texts, also by those that end too early. They added nothing: "
    "divide by the number of texts that reach the late place."
)
def _over_all_texts(losses, lengths, early, late):
    score = in_context_score.reference(losses, lengths, early, late)
    return score * _reach(lengths, late).mean()


@in_context_score.misconception(
    "The signs are gone: the mean of absolute differences counts a text that got worse like one "
    "that got better. Keep the sign of late minus early in each text."
)
def _absolute(losses, lengths, early, late):
    chosen = losses[_reach(lengths, late)]
    return np.abs(chosen[:, late] - chosen[:, early]).mean()

"""One number for many texts."""

from __future__ import annotations

import math

import numpy as np

from pathkit.checks.exercise import exercise


@exercise(
    title="One number for many texts",
    level="easy",
    minutes=5,
    prompt="""
        Each array holds what a model paid for the tokens of one text, in nats. Return the
        perplexity of all texts together: e to the mean nats of a token. A text may be empty.
        """,
    probes=lambda rng: [
        ([np.array([0.5, 1.5]), np.array([3.0])],),
        ([np.array([0.1, 0.2, 0.3, 0.0]), np.array([2.0, 4.0])],),
        ([rng.uniform(0, 4, size=n) for n in (1, 9, 4)],),
        ([rng.uniform(0, 2, size=3), np.array([]), rng.uniform(1, 3, size=11)],),
        ([np.full(400, 2.0), np.array([0.1])],),
        ([np.array([1.0, 0.5])] * 2 + [rng.uniform(0, 3, size=n) for n in (2, 7, 1, 5, 3, 8)],),
    ],
    hints=[
        "One text has 99 tokens at 1 nat, another has one at 5. How many nats did each of 100 pay?",
        """
        1. Add up the nats of all texts.
        2. Divide by the number of tokens of all texts.
        3. `math.exp` comes last, and once.
        """,
        "`return math.exp(sum(text.sum() for text in nats) / sum(___ for text in nats))`",
    ],
    errors=[
        ("OverflowError: math range error", "e to the sum is too large: divide before `exp`."),
        ("ValueError: setting an array element", "texts differ in length: add up one by one."),
        ("RuntimeWarning: Mean of empty slice", "an empty text has no mean: add up, then divide."),
    ],
    passed="Each token counts once, in whichever text it stands.",
)
def perplexity(nats: list[np.ndarray]) -> float:
    """e to the mean nats of a token, over all texts together.

    nats: for each text an array (n,) of what its tokens cost; n differs and may be 0. At least one
    text has a token.
    """
    return math.exp(sum(text.sum() for text in nats) / sum(len(text) for text in nats))


@perplexity.misconception(
    "The texts were averaged first, and then their means. That way a token of a short text weighs "
    "more than one of a long text: add up all nats, then divide by all tokens."
)
def _average_of_averages(nats):
    return math.exp(np.mean([text.mean() for text in nats if len(text)]))


@perplexity.spelling(_average_of_averages)
def _average_with_zero_for_empty(nats):
    return math.exp(sum(text.mean() if len(text) else 0.0 for text in nats) / len(nats))


@perplexity.spelling(_average_of_averages)
def _average_of_all_texts(nats):
    with np.errstate(all="ignore"):
        return math.exp(np.mean([text.sum() / len(text) for text in nats]))


@perplexity.misconception(
    "This is the mean of the texts' own perplexities. e to a number grows faster than the number, "
    "so hard texts take over: average the nats, and take e to the mean once."
)
def _mean_of_perplexities(nats):
    return float(np.mean([math.exp(text.mean()) for text in nats if len(text)]))


@perplexity.spelling(_mean_of_perplexities)
def _mean_over_tokens(nats):
    return float(np.mean(np.exp(np.concatenate(nats))))


@perplexity.misconception(
    "This is the mean cost of a token in nats, the loss. Perplexity is e to that: among how many "
    "equally likely tokens the model hesitates."
)
def _loss_alone(nats):
    return float(np.concatenate(nats).mean())


@perplexity.misconception(
    "You raised 2 to the power of nats. With costs in nats the base is e; 2 belongs to costs in "
    "bits, and both ways give the same number."
)
def _two_for_e(nats):
    return 2 ** float(np.concatenate(nats).mean())


@perplexity.misconception(
    "The whole cost was shared among the texts, so this is the perplexity of a text. Share it "
    "among the tokens of all texts."
)
def _of_a_text(nats):
    return math.exp(min(sum(text.sum() for text in nats) / len(nats), 700))


@perplexity.misconception(
    "The sign is turned, so the result is below 1. The arrays hold costs, minus the log, already: "
    "e to the plus mean."
)
def _turned(nats):
    return math.exp(-np.concatenate(nats).mean())


@perplexity.misconception(
    "An empty text was counted as one token. It has none and cost nothing, so it changes neither "
    "of the two sums."
)
def _empty_as_one(nats):
    return math.exp(sum(text.sum() for text in nats) / sum(max(len(text), 1) for text in nats))


@perplexity.misconception(
    "The first token of a text is left out. What is in the array was paid for, the first number "
    "as well as all others: add up and count every one."
)
def _without_the_first(nats):
    return math.exp(np.concatenate([text[1:] for text in nats]).mean())


@perplexity.spelling(_without_the_first)
def _first_counted_and_free(nats):
    return math.exp(sum(text[1:].sum() for text in nats) / sum(len(text) for text in nats))


@perplexity.spelling(_without_the_first)
def _very_first_left_out(nats):
    return math.exp(np.concatenate(nats)[1:].mean())

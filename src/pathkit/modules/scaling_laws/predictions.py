"""Predictions and skip questions of `scaling-laws`."""

from __future__ import annotations

from pathkit.checks.prediction import Choice, Number

from .spend import HOFFMANN, spend

CHINCHILLA = 5.76e23  # operations


def _tokens_each() -> float:
    parameters, tokens = spend(*HOFFMANN, CHINCHILLA)
    return tokens / parameters


without_floor = Choice(
    id="without-floor",
    ask="A power law is fitted to the ten losses as they are, floor included. What does it say for "
    "width 32?",
    options={
        "a": (
            "nearly the same as with the floor, some thousandths of a nat apart",
            "Among the ten models they differ by some hundredths. The steep start is carried on, "
            "and the curve falls through the floor.",
        ),
        "b": (
            "a loss below the entropy of the source",
            "The curve can't level off, since a power law of the loss has its floor at 0. It is "
            "below the true one at the very next model.",
        ),
        "c": (
            "a loss that is too high",
            "The other way round. The ten models are still falling fast, and a curve that knows "
            "no floor carries that on.",
        ),
    },
    right="b",
)

eleventh = Number(
    id="eleventh",
    ask="The floor is 3.355, and your two models of width 24 have about 3.405. What will the exact "
    "loss of the model of width 32 be?",
    value=lambda: 3.381,
    within=0.006,
    unit="nats",
    low="Too low: the floor is 3.355, and the line of your ten models is still some 0.026 nats "
    "above it at width 32.",
    high="Too high: each step of a third in width has halved what is above the floor, and at width "
    "24 it was about 0.05 nats.",
    right="Ten models in a few seconds told it to some thousandths of a nat.",
)

blocks_only = Choice(
    id="blocks-only",
    ask="With all weights counted, the best size grows as C to the power of 0.51. And for the same "
    "runs, when only the blocks are counted?",
    options={
        "a": (
            "the same, since nothing was trained anew",
            "The runs are the same, but each moves to another place on both axes, and small ones "
            "move further.",
        ),
        "b": (
            "a smaller power, near 0.4",
            "The other way. The last matrix is nearly half of the smallest models and a tenth of "
            "the largest, so without it sizes are spread further apart.",
        ),
        "c": (
            "a larger power, above 0.6",
            "Without the last matrix small models count as smaller still. The same runs then seem "
            "to say: grow the model faster.",
        ),
    },
    right="c",
)

early_look = Choice(
    id="early-look",
    ask="Width 16, read after 400 steps of a run that was planned for 800. How does its loss "
    "compare with that of a run planned for 400?",
    options={
        "a": (
            "the same, since both have read equally many tokens",
            "Tokens are equal, the learning rates aren't. One run has come to rest, and the other "
            "still takes long steps.",
        ),
        "b": (
            "better: it is on the way to a better end",
            "Its end will be better. At 400 steps its rate is still at half of the peak, and long "
            "steps keep the loss up.",
        ),
        "c": (
            "worse: its learning rate is still high",
            "A rate that has fallen to zero lets the weights settle. The longer run hasn't come to "
            "that yet.",
        ),
    },
    right="c",
)

chinchilla = Number(
    id="chinchilla",
    ask="Chinchilla was trained with 20 tokens per parameter. How many do the printed constants of "
    "the paper's third method advise, for the same compute?",
    value=_tokens_each,
    within=15,
    unit="tokens",
    low="More: the exponent of the tokens, 0.28, is smaller than that of the parameters, 0.34, so "
    "the data term falls more slowly and wants more of the budget.",
    high="Not that many: 0.28 against 0.34 tilts the split, and at this compute it comes to 93.",
    right="93, more than four times what Chinchilla itself was given.",
)

skip_floor = Choice(
    id="skip-floor",
    ask="You plot a loss that has a floor against model size, with both axes logarithmic, and "
    "don't subtract the floor. What do you see?",
    options={
        "a": (
            "a curve that gets flatter",
            "Near the floor only the floor is left. Subtracted, the same points lie on a line.",
        ),
        "b": (
            "a straight line",
            "Only what is above the floor is a power law. The floor bends the sum.",
        ),
        "c": (
            "a curve that gets steeper",
            "That would be a floor that you subtracted and that is too high.",
        ),
    },
    right="a",
    skip=True,
)

skip_split = Choice(
    id="skip-split",
    ask="In L = E + A / N^α + B / D^β both exponents are 0.5. You get 100 times the compute, "
    "C = 6 N D. What is best?",
    options={
        "a": (
            "100 times the parameters",
            "Then the data term stays as it was. Equal exponents want equal growth.",
        ),
        "b": (
            "5 times the parameters, 20 times the tokens",
            "That would fit a smaller exponent for the tokens. Here both are equal.",
        ),
        "c": (
            "10 times the parameters, 10 times the tokens",
            "Both terms then fall by the same factor, and the product is 100.",
        ),
    },
    right="c",
    skip=True,
)

skip_interval = Choice(
    id="skip-interval",
    ask="A line through ten runs is followed far beyond them, with its 90% interval. What does the "
    "interval leave out?",
    options={
        "a": (
            "that a new run scatters as the old ones did",
            "That is in it: the 1 below the root.",
        ),
        "b": (
            "that the rule may not be a line out there",
            "It is computed as if the line were true everywhere. Only new runs can tell.",
        ),
        "c": (
            "that the slope is known only roughly",
            "That is in it: the term that grows with the distance from the mean.",
        ),
    },
    right="b",
    skip=True,
)

"""Predictions and skip questions of `assistants`."""

from __future__ import annotations

import math

from pathkit.checks.prediction import Choice, Number

best_of_16 = Number(
    id="best-of-16",
    ask="You keep the best of 16 answers. How many nats of KL from the model is that, at most?",
    value=lambda: math.log(16) - 15 / 16,
    within=0.3,
    unit="nats",
    low="More: to keep the best sixteenth of the answers alone is ln 16 = 2.77 nats, and the best "
    "of 16 draws falls short of that by 15/16.",
    high="Less: to keep the best sixteenth of the answers alone is ln 16 = 2.77 nats. Draws vary, "
    "so others are kept as well, and 15/16 is taken off.",
    right="ln 16 − 15/16. Twice as many draws cost about ln 2 = 0.69 nats more, so that distance "
    "grows slowly with n.",
)

constant = Choice(
    id="constant",
    ask="One draw estimates the gradient. You take the mean reward, 10.9, off all three rewards "
    "first. What happens to the estimate?",
    options={
        "a": (
            "its mean shrinks to nearly 0, as the rewards do",
            "The mean stays to the last digit. A number taken off all rewards multiplies the mean "
            "slope of ln p, which is 0 for any softmax.",
        ),
        "b": (
            "nothing: a constant has no gradient",
            "That holds for the mean over all draws. But a single draw is weighed by its whole "
            "reward, and 11 pushes much harder than 0.1.",
        ),
        "c": (
            "its mean stays, and it varies about 16 times less",
            "From 8.6 to 0.55 points: with the mean taken off, a draw is weighed by what is "
            "special about it.",
        ),
        "d": (
            "its mean stays, and it varies about 1.6 times less",
            "Far less: rewards of 10 to 12 become −0.9 to 1.1, so nearly all of their size was "
            "common to them.",
        ),
    },
    right="c",
)

zero_loss = Choice(
    id="zero-loss",
    ask="The printed loss of a step is exactly 0. What does that step do to the weights?",
    options={
        "a": (
            "nothing, since there is no loss to lower",
            "The loss is 0 because advantages sum to 0, not because it can't fall. Its slope is "
            "that of each answer, and those don't cancel.",
        ),
        "b": (
            "nothing, unless the optimizer has momentum",
            "Momentum isn't needed. Each answer is pushed by its own advantage, and the gradients "
            "of different answers don't cancel.",
        ),
        "c": (
            "it makes some answers likelier, others rarer",
            "A value of 0 says nothing about a slope. The advantages sum to 0; the gradients that "
            "they weigh are different vectors.",
        ),
        "d": (
            "it undoes what the step before it did to them",
            "No step looks back. The draws are new, and their advantages say which of them should "
            "become likelier.",
        ),
    },
    right="c",
)

uphill = Choice(
    id="uphill",
    ask="Sixteen steps follow the learned reward, with no price for moving. What becomes of the "
    "true score, which begins between 1 and 1.8 of 2?",
    options={
        "a": (
            "it rises to nearly 2 and stays there",
            "It would if the reward stopped there. But letters are still paid for, and the next "
            "sentence has many.",
        ),
        "b": (
            "it rises to nearly 2, then falls to 0",
            "First two sentences replace one. Then a third one brings more letters, and is "
            "not what was wanted.",
        ),
        "c": (
            "it falls from the first step on",
            "At first reward and score agree, since in the pairs the longer answer was the better "
            "one.",
        ),
        "d": (
            "it hardly moves: prices for letters teach nothing about stories",
            "They teach length, and length was what set two sentences apart from one.",
        ),
    },
    right="b",
)

chosen = Choice(
    id="chosen",
    ask="The loss falls from 0.69 to 0.37. What becomes of the chosen answer's probability, which "
    "begins at 0.5?",
    options={
        "a": (
            "it rises to nearly 1",
            "The loss never asks for that. It asks that the chosen answer gains more, or loses "
            "less, than the rejected one.",
        ),
        "b": (
            "it rises to about 0.9; the third answer gets the rest",
            "That would need the chosen answer to gain from fewer goats, and it has one itself. "
            "Only the answer without goats gains.",
        ),
        "c": (
            "it stays near 0.5, and the rejected one falls",
            "Both hang on the same weight. Where it falls far enough to part them, both fall.",
        ),
        "d": (
            "it falls below 0.01",
            "The rejected answer falls even faster, which is all that the loss asks for. The third "
            "takes what both lose.",
        ),
    },
    right="d",
)

skip_difference = Choice(
    id="skip-difference",
    ask="A reward model gives two answers 7 and 5 points. Another gives them 2 and 0. What do they "
    "disagree about, under Bradley-Terry?",
    options={
        "a": (
            "nothing: both give the first a chance of 0.88",
            "Only the difference of 2 enters the probability of a choice.",
        ),
        "b": (
            "how good the first answer is",
            "No choice between answers can tell: all rewards may be moved alike.",
        ),
        "c": (
            "how sure a judge is to prefer the first",
            "That hangs on the difference, and it is 2 in both.",
        ),
    },
    right="a",
    skip=True,
)

skip_baseline = Choice(
    id="skip-baseline",
    ask="Why is a mean taken off the rewards in policy gradient?",
    options={
        "a": (
            "else the expected gradient points the wrong way",
            "The expected gradient is the same with and without it.",
        ),
        "b": (
            "else answers with negative rewards can't be drawn",
            "What is drawn depends on the policy, never on the sign of a reward.",
        ),
        "c": (
            "it takes away noise, and leaves the mean gradient",
            "A draw is then weighed by how much better than usual it was.",
        ),
    },
    right="c",
    skip=True,
)

skip_dpo = Choice(
    id="skip-dpo",
    ask="In a DPO run the log-probability of chosen answers falls. Is something broken?",
    options={
        "a": (
            "yes, the chosen and the rejected answers were swapped",
            "Then the loss would rise on held-out pairs. A falling log-probability alone shows no "
            "swap.",
        ),
        "b": (
            "not by itself: the loss looks at the margin alone",
            "If the rejected answers fall faster, the loss falls, too.",
        ),
        "c": (
            "yes, the learning rate is too high",
            "It happens at any rate: the loss is content when the rejected answer loses more.",
        ),
    },
    right="b",
    skip=True,
)

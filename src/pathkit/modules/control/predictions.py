"""Predictions and skip questions of `control`."""

from __future__ import annotations

import math

from pathkit.checks.prediction import Choice, Number

odds = Number(
    id="odds",
    ask="A symbol has probability 0.8. You add −3 to its logit. What is its probability now?",
    value=lambda: 4 * math.exp(-3) / (1 + 4 * math.exp(-3)),
    within=0.04,
    low="Too low: the odds were 4 to 1. Times e to the −3, which is 0.05, they are 0.2 to 1, and "
    "that is a probability of 0.17.",
    high="Too high: the bias multiplies the odds, 4 to 1, by e to the −3, which is 0.05. That "
    "leaves 0.2 to 1, a probability of 0.17.",
    right="The odds go from 4 to 0.2, and 0.2 / 1.2 = 0.17.",
)

unfinished = Choice(
    id="unfinished",
    ask="A random model writes 1,000 objects of at most 40 characters. The grammar allows each "
    "character, but nothing makes it close in time. How many of the texts parse?",
    options={
        "a": (
            "all 1,000 of them",
            "Valid so far isn't finished: a string or a bracket may still be open at the end.",
        ),
        "b": (
            "about 700",
            "Many close by chance, as an empty object at once. The others are cut off.",
        ),
        "c": (
            "fewer than 50",
            "An object may close early: after the first bracket the choice is to close or to open "
            "a string.",
        ),
    },
    right="b",
)

third_letter = Choice(
    id="third-letter",
    ask="In names of five letters that end in ia, how does the mask change how often the third "
    "letter is a, against the bigram's own names of this form?",
    options={
        "a": (
            "the mask writes it as often as it should",
            "The mask doesn't know at the third place that an i must follow.",
        ),
        "b": (
            "the mask writes it too seldom",
            "It goes the other way: the mask knows nothing that would speak against a there.",
        ),
        "c": (
            "the mask writes it too often",
            "After a the bigram seldom writes i, but the mask finds that out one place too late.",
        ),
    },
    right="c",
)

draws = Choice(
    id="draws",
    ask="How many names must the bigram write on average until one has five letters and ends in "
    "ia?",
    options={
        "a": ("about 7", "The length alone already takes more draws than that."),
        "b": (
            "about 700",
            "One name in 732 fits, which is why choosing among whole texts is dear.",
        ),
        "c": ("about 70,000", "Then no name of the list would be expected to have this form."),
    },
    right="b",
)

skip_nucleus = Choice(
    id="skip-nucleus",
    ask="Probabilities 0.5, 0.3, 0.15, 0.05 are cut at a mass of 0.7. What is the first one now?",
    options={
        "a": ("0.625", "Two stay, since 0.5 alone is below 0.7; and 0.5 / 0.8 = 0.625."),
        "b": ("1", "The symbol that crosses the line is kept too, so two of them stay."),
        "c": ("0.5", "What was cut off is missing then: divide by the sum of what stays."),
    },
    right="a",
    skip=True,
)

skip_token = Choice(
    id="skip-token",
    ask="A mask tests whether the first character of each token may come. What can go wrong?",
    options={
        "a": ("nothing at all, the next mask repairs it", "What is written can't be taken back."),
        "b": ("tokens of one character are refused", "For those the test is complete and right."),
        "c": (
            "the token's other characters may break the pattern",
            "A token may be several characters long, and all of them are written at once.",
        ),
    },
    right="c",
    skip=True,
)

skip_conditioning = Choice(
    id="skip-conditioning",
    ask="A model writes a with 0.8 and b with 0.2. The ending that fits has probability 0.1 after "
    "a and 1 after b. How often does b come first, given that the whole text fits?",
    options={
        "a": ("20% of the texts", "That is the mask's answer: it never weighs the ending."),
        "b": ("71% of the texts", "0.2 times 1, over 0.2 times 1 plus 0.8 times 0.1, is 0.71."),
        "c": ("91% of the texts", "That compares the endings, and leaves out the model's 0.8."),
    },
    right="b",
    skip=True,
)

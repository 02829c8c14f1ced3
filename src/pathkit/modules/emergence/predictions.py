"""Predictions and skip questions of `emergence`."""

from __future__ import annotations

from pathkit.checks.prediction import Choice, Number

from .chain_right import chain_right
from .voted import voted

hidden = Choice(
    id="hidden",
    ask="The same answers, scored letter by letter. What does the share of right letters do from "
    "width 4 to width 12?",
    options={
        "a": (
            "it climbs at every step, long before a word is right",
            "A word needs all ten letters at once. Letters can get better for a long time before "
            "that ever happens.",
        ),
        "b": (
            "it stays at chance to width 10 and leaps with the words",
            "So it would be if the models knew nothing until then. Their letters were better at "
            "every width; the words couldn't show it.",
        ),
        "c": (
            "it is high everywhere: the small ones only miss one letter",
            "Then some words would come out right by luck. At width 4 letters are hardly above "
            "1 in 26.",
        ),
    },
    right="a",
)

half_words = Number(
    id="half-words",
    ask="Which share of the letters must be right, from 0 to 1, so that half of all ten-letter "
    "words are?",
    value=lambda: 0.5**0.1,
    within=0.015,
    between=(0, 1),
    low="Too low: at 0.8 only 11 of 100 words are right, at 0.9 only 35. It takes the tenth root "
    "of one half, 0.933.",
    high="A little too high: at 0.95 it is 60 of 100 words. It takes the tenth root of one half, "
    "0.933.",
    right="The tenth root of one half. Everything that most plots show happens above 0.8.",
)

knob = Choice(
    id="knob",
    ask="Two right letters of ten are enough to pass. Where does that score leap?",
    options={
        "a": (
            "between 10 and 12, like whole words",
            "At width 10 about half of the letters or more are right, so nearly every word has "
            "two. The leap is over by then.",
        ),
        "b": (
            "nowhere: a ruler with a low bar has no leap",
            "Every bar makes a leap, a low one makes it early: there, words change from below it "
            "to above it.",
        ),
        "c": (
            "at a smaller width than for whole words",
            "At width 4 at most one letter of ten is right, at 8 two or three are, at 10 five or "
            "more. The bar is crossed on the way.",
        ),
    },
    right="c",
)

wait = Choice(
    id="wait",
    ask="With 0.3 for each letter, of how many words of ten letters is one right on average?",
    options={
        "a": ("1,700", "That would be about six letters. Ten factors of 0.3 make it much rarer."),
        "b": (
            "170,000",
            "0.3 to the power of 10 is 0.000006, one word in 170,000. To be 95% sure to see one "
            "it takes three times as many.",
        ),
        "c": ("33", "That is 10 divided by 0.3: the chances are multiplied, not added up."),
        "d": ("none ever is", "It isn't 0. It is 0.3 multiplied by itself ten times: small."),
    },
    right="b",
)

places = Choice(
    id="places",
    ask="The model's probability of the sixth letter, step by step in training. How does it grow?",
    options={
        "a": (
            "it climbs evenly from the first steps to the last",
            "So does the mean of all ten letters. A single one waits until the model can find its "
            "place.",
        ),
        "b": (
            "low for a long time, then steeply within a part of the training",
            "It waits near a tenth, and then the model finds the place. Other letters have their "
            "turn before.",
        ),
        "c": (
            "it rises first of all, since it stands in the middle",
            "The first letter comes first. The middle ones have the most neighbours to be mixed up "
            "with.",
        ),
    },
    right="b",
)

twenty_steps = Number(
    id="twenty-steps",
    ask="Each of 20 steps is right with 0.95, and nothing is mended. How likely is a right end?",
    value=lambda: chain_right(0.95, 0, 20),
    within=0.06,
    between=(0, 1),
    low="It is 0.95 to the power of 20, which is 0.36. (0 comes from taking off 0.05 twenty "
    "times.)",
    high="Small doubts multiply: 0.95 twenty times is 0.36. After 14 steps it is less than one "
    "half.",
    right="0.95 to the power of 20: the same power that made words leap.",
)

vote = Number(
    id="vote",
    ask="Of ten questions four are answered right always, six with 0.4: 0.64 on average. Which "
    "share does a vote of 201 samples get right?",
    value=lambda: voted([1.0] * 4 + [0.4] * 6, 201),
    within=0.05,
    between=(0, 1),
    low="The four are still right, always: 0.4. Only the other six are lost.",
    high="On each of the six questions most samples are wrong, so 201 of them vote for a wrong "
    "answer. Only the four remain: 0.4. Voting made it worse.",
    right="The vote keeps the four and loses the six: 0.4 instead of 0.64.",
)

skip_power = Choice(
    id="skip-power",
    ask="Accuracy per token rises from 0.90 to 0.99. What does exact match on 20 tokens do?",
    options={
        "a": ("it rises from 0.12 to 0.82", "0.9 and 0.99 to the power of 20."),
        "b": ("it rises by 0.09 as well", "It would, if the mean of the tokens were scored."),
        "c": (
            "it rises from 0.59 to 0.95",
            "Those are the powers for 5 tokens. With 20 the small one is much lower.",
        ),
    },
    right="a",
    skip=True,
)

skip_vote = Choice(
    id="skip-vote",
    ask="When does a majority vote of many samples do worse than one sample?",
    options={
        "a": (
            "never: more samples can't hurt",
            "They hurt on each question where most samples are wrong.",
        ),
        "b": (
            "when the mean accuracy is below one half",
            "The mean doesn't decide. 4 sure questions and 6 at 0.4 have a mean of 0.64, and "
            "voting gets 0.4.",
        ),
        "c": (
            "when enough questions are right with less than one half each",
            "Each such question loses what it had, and the others can't make up for it.",
        ),
    },
    right="c",
    skip=True,
)

skip_pass = Choice(
    id="skip-pass",
    ask="Of 10 programs 1 passes. What is the unbiased estimate of pass@5?",
    options={
        "a": (
            "0.41",
            "That is 1 - 0.9 to the power of 5: it puts each program back before the next pick.",
        ),
        "b": ("0.50", "Five of ten places are picked, and the right program is in one of the ten."),
        "c": ("1.00", "That is pass@10. Somebody with five of the ten may miss the one."),
    },
    right="b",
    skip=True,
)

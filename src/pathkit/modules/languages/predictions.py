"""Predictions and skip questions of `languages`."""

from __future__ import annotations

import math

from pathkit.checks.prediction import Choice, Number

from .unicity import unicity

only_up = Choice(
    id="only-up",
    ask="Ten searches start from random keys and keep only exchanges that score higher, 8,000 "
    "tries "
    "each. How many of them read the whole page?",
    options={
        "a": (
            "all ten, since each step is uphill",
            "Uphill leads to some top. Many keys can't be bettered by any single exchange.",
        ),
        "b": (
            "some of them, fewer than eight",
            "Many searches end on keys that no single exchange betters, far from the true one.",
        ),
        "c": (
            "none, as $10^{28}$ keys are too many",
            "Nobody visits them all. Each exchange compares whole groups of pairs, and a lucky "
            "start "
            "leads to the top.",
        ),
    },
    right="b",
)

bigram_length = Number(
    id="bigram-length",
    ask="The key holds 93 bits, a sign that could be anything costs 4.75 bits, and your bigram's "
    "loss "
    "is 2.53 bits. After how many symbols has the secret given away the key?",
    value=lambda: unicity.reference(27, 2.535 * math.log(2)),
    within=4,
    unit="symbols",
    low="Each symbol gives away 4.75 − 2.53 = 2.22 bits, no more: 93 / 2.22 is 42. (20 comes from "
    "4.75 bits each, as if the language had one text alone.)",
    high="Each symbol gives away 4.75 − 2.53 = 2.22 bits, and 93 / 2.22 is 42. That so little is "
    "enough surprises most people.",
    right="4.75 − 2.53 = 2.22 bits a symbol, and 93 / 2.22 = 42 symbols: less than one line.",
)

copied = Choice(
    id="copied",
    ask="There are 4,596 hidden sentences of Nuri. On how many is the nearest of twelve examples "
    "right, once the words that differ are exchanged?",
    options={
        "a": (
            "fewer than one in ten",
            "Marks aren't words: an exchange of words brings no plural, no past and no connector.",
        ),
        "b": (
            "about half of all the sentences",
            "Half would need examples near to most sentences. Seven in nine differ from every "
            "example "
            "in three places or more.",
        ),
        "c": (
            "nine in ten",
            "That would hold if sentences differed in their words alone. Most differ in their "
            "marks.",
        ),
    },
    right="a",
)

line_of_ten = Number(
    id="line-of-ten",
    ask="Each sign is right with a chance of 80 %, on its own. What percentage of lines of ten "
    "signs "
    "is right from beginning to end?",
    value=lambda: 100 * 0.8**10,
    within=3,
    unit="%",
    low="Ten chances of 0.8 multiply to 0.107, so about one line in nine is right.",
    high="All ten must be right at once: 0.8 to the power of ten is 0.107, one line in nine.",
    right="0.8 to the power of ten is 0.107: a draft for somebody who knows the language.",
    between=(0, 100),
)

skip_accept = Choice(
    id="skip-accept",
    ask="A new key is 2 nats worse than the old one, at temperature 2. How often does the search "
    "keep "
    "it?",
    options={
        "a": (
            "never, as it is worse",
            "Then it would stop at the first key that no exchange betters.",
        ),
        "b": ("in 14 of 100 cases", "That is e to the −2. The gain is divided by the temperature."),
        "c": ("in 37 of 100 cases", "e to the −2/2 is 0.37."),
    },
    right="c",
    skip=True,
)

skip_better_model = Choice(
    id="skip-better-model",
    ask="Why can a better language model read a shorter secret?",
    options={
        "a": (
            "each symbol gives away more of the key",
            "What it gives away is the log of the alphabet minus the loss.",
        ),
        "b": (
            "its search tries fewer keys a second",
            "How fast the search is doesn't say whether the true key scores highest.",
        ),
        "c": (
            "it holds the key among its own weights",
            "The key was drawn at random after training; no model can have seen it.",
        ),
    },
    right="a",
    skip=True,
)

skip_grammar = Choice(
    id="skip-grammar",
    ask="A model translates a new sentence of an invented language. What must fail on it before "
    "you "
    "say that the grammar was learned?",
    options={
        "a": ("a random choice of words", "Nearly anything beats that, copying included."),
        "b": (
            "copying the nearest example",
            "Where that is right, too, the examples alone settled the sentence.",
        ),
        "c": ("a speaker of that language", "A speaker should be right. The question is what else "
        "is."),
    },
    right="b",
    skip=True,
)

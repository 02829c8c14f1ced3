"""Predictions and skip questions of `evaluation`."""

from __future__ import annotations

import math

from pathkit.checks.prediction import Choice, Number

per_word = Number(
    id="per-word",
    ask="The perplexity is 1.135 for each character, and a word with its space has 4.25 of them. "
    "What is the perplexity of a word?",
    value=lambda: 1.135**4.25,
    within=0.03,
    low="Nats add up over the characters of a word, so perplexities multiply: 1.135 to the power "
    "of 4.25 is 1.71.",
    high="Perplexities multiply, they don't add: 1.135 to the power of 4.25 is 1.71.",
    right="4.25 characters at 0.127 nats each make 0.54 nats, and e to that is 1.71: another unit, "
    "another perplexity.",
)

long_right = Choice(
    id="long-right",
    ask="A memory of 32 characters has forgotten the place. Where the right option is long, how "
    "often is it the cheapest as a whole?",
    options={
        "a": (
            "in a quarter, as guessing would",
            "It guesses among the options that cost little, and a long one costs the nats of a "
            "whole second sentence more.",
        ),
        "b": (
            "in about half, since most options are long as often as short",
            "How many options are long doesn't help one of them: another one nearly always is "
            "short, and short is cheap.",
        ),
        "c": (
            "next to never",
            "A second sentence costs nats in any case, so that some short option is cheaper.",
        ),
    },
    right="c",
)

anything = Number(
    id="anything",
    ask="A model has 27 of 100 questions right, with four options each. Of 100 models that guess, "
    "how many do at least as well?",
    value=lambda: 100 * sum(math.comb(100, i) * 3 ** (100 - i) for i in range(27, 101)) / 4**100,
    within=8,
    low="Guessing gives 25 on average and spreads by about 4.3, so 27 is well within reach: 36 of "
    "100 get there.",
    high="27 is a little above the 25 of a mean guesser, so fewer than half get there: 36.",
    right="27 lies half a standard deviation above 25, and more than a third of all guessers get "
    "there.",
)

orders = Choice(
    id="orders",
    ask="The same 2,000 votes come in 20 different orders, and Elo has K = 32. How many different "
    "rankings of the eight models result?",
    options={
        "a": (
            "one: the votes are the same",
            "Each vote moves the ratings of that moment, and a later vote moves them further from "
            "what earlier ones said.",
        ),
        "b": (
            "ten or more",
            "The last votes weigh most, so each order has its own last word.",
        ),
        "c": (
            "four or five, among neighbours",
            "So it is with K = 4. With 32 each vote moves a model by up to 32 points, and "
            "neighbours are 40 apart.",
        ),
    },
    right="b",
)

canary_rank = Choice(
    id="canary-rank",
    ask="The GPT reads the 40 leaked questions and the canary 20 times. Among 500 such lines, "
    "the canary and 499 others, the cheapest first, which rank has the canary then?",
    options={
        "a": (
            "the first",
            "An odd line is a large surprise, so its gradient is large too, and no other line "
            "of the 500 gains from it as much.",
        ),
        "b": (
            "about the 250th: one line among 41 is lost",
            "It is one line, but the most surprising one, and surprise is what the gradient is "
            "made of.",
        ),
        "c": (
            "between the 10th and the 50th",
            "So it is after 5 or 10 steps. Ten more make it the cheapest of all.",
        ),
    },
    right="a",
)

skip_average = Choice(
    id="skip-average",
    ask="One text has 10 tokens at 4 nats each, another 90 tokens at 2. What is the loss of both "
    "together, per token?",
    options={
        "a": ("3.0", "That averages the two means, as if both texts were equally long."),
        "b": ("2.2", "40 and 180 nats, shared by 100 tokens."),
        "c": ("2.0", "That is the longer text alone. The short one counts with its ten tokens."),
    },
    right="b",
    skip=True,
)

skip_order = Choice(
    id="skip-order",
    ask="Which ratings change when the same votes are shuffled, Elo's or Bradley-Terry's?",
    options={
        "a": ("Elo", "It moves vote by vote, from where it stands."),
        "b": ("Bradley-Terry", "It is fitted to the table of wins, which has no order."),
        "c": ("both of them", "Only the one that is updated vote by vote has a memory of order."),
    },
    right="a",
    skip=True,
)

skip_paired = Choice(
    id="skip-paired",
    ask="On 200 shared questions both models are right 150 times, both wrong 30 times, A alone 15 "
    "and B alone 5 times. Which questions decide who is better?",
    options={
        "a": ("all of the 200", "180 of them say the same about both models."),
        "b": ("the 170 that at least one had right", "150 of those say the same about both."),
        "c": ("the 20 that one alone had right", "15 against 5, like tosses of a coin."),
    },
    right="c",
    skip=True,
)

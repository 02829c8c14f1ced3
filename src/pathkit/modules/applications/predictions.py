"""Predictions and skip questions of `applications`."""

from __future__ import annotations

from pathkit.checks.prediction import Choice, Number

from .price import price

other_words = Number(
    id="other-words",
    ask="Twenty questions use other words than the passages that answer them. For how many percent "
    "of them does the search by words put the right passage among its first three of 60?",
    value=lambda: 45,
    within=15,
    unit="%",
    low="More: a question keeps some of the passage's words by accident, a number or a name. Three "
    "of 60 at random would already give 5 %.",
    high="Fewer: where the question says prize and the passage says medal, nothing is shared, and "
    "the passage gets 0 points.",
    right="Nine of twenty: one rare word in common is often enough, and none is never enough.",
)

tidied = Choice(
    id="tidied",
    ask="The first prompt adds: if you don't know, say so. What does it do to the right answers?",
    options={
        "a": ("nothing: it speaks of unknown ones only",
              "The model doesn't know which answers it knows. It has a threshold, and some right "
              "answers lie below it."),
        "b": ("some are lost",
              "Right answers that it was less sure of become silence, and so do many wrong ones."),
        "c": ("more become right",
              "Permission to be silent finds no passage. What can change is only which answers are "
              "given."),
    },
    right="b",
)

huyen = Number(
    id="huyen",
    ask="4,000 tokens in and 4,000 out at 0.002 dollars for 1,000 of either: what does one "
    "prediction cost?",
    value=lambda: price(4000, 4000, 2.0, 2.0),
    within=0.0015,
    unit="dollars",
    low="8,000 tokens are paid for, at 0.002 dollars a thousand: 0.016. The post's 0.004 fits "
    "2,000 tokens.",
    high="8,000 tokens at 0.002 dollars a thousand are 8 times 0.002, which makes 0.016 dollars.",
    right="Eight thousands at 0.002: four times what the post says.",
)

base_rate = Number(
    id="base-rate",
    ask="A guard catches 90 % of bad requests and stops 5 % of good ones. One request in 100 is "
    "bad. How many percent of its alarms are false?",
    value=lambda: 100 * 495 / 585,
    within=6,
    unit="%",
    low="Of 10,000 requests 9,900 are good, and 5 % of those are 495 false alarms. Only 90 "
    "are true.",
    high="Some are true: 90 of the 100 bad requests are caught. 495 of 585 alarms are false.",
    right="Good requests are 99 times as many, so a small share of them outnumbers the bad ones.",
)

skip_recall = Choice(
    id="skip-recall",
    ask="A question wants passages 4 and 9. A search ranks 9, 2, 7, 4. What is its recall at 3?",
    options={
        "a": ("1/3", "That is the precision: one of three found ones is wanted."),
        "b": ("1/2", "One of the two wanted passages is among the first three."),
        "c": ("1", "That is the reciprocal rank, since the first place is right."),
    },
    right="b",
    skip=True,
)

skip_price = Choice(
    id="skip-price",
    ask="A prompt of 8,000 tokens at 1 dollar a million, an answer of 500 at 4 dollars. What saves "
    "most?",
    options={
        "a": ("a prompt half as long", "It saves 0.004 of 0.010 dollars."),
        "b": ("an answer half as long", "It saves 0.001 of 0.010 dollars."),
        "c": ("half the price of written tokens", "2,000 millionths become 1,000: 0.001 saved."),
    },
    right="a",
    skip=True,
)

skip_shell = Choice(
    id="skip-shell",
    ask="A model's command is run after a check that it begins with ls. Which one slips through?",
    options={
        "a": ("rm ls", "It begins with rm, so it is stopped."),
        "b": ("LS -l", "Capital letters differ, so it is stopped."),
        "c": ("ls; rm notes", "It begins with ls, and a shell runs what follows the semicolon."),
    },
    right="c",
    skip=True,
)

"""Predictions and skip questions of `minds`."""

from __future__ import annotations

from pathkit.checks.prediction import Choice, Number

survives = Choice(
    id="survives",
    ask="In the map *false promise*, the reason *learns any pattern alike* is refuted. Which of "
    "the two claims above it still stands?",
    options={
        "a": (
            "none: both rest on it",
            "The second claim has another argument, from the amount of data, which doesn't use it.",
        ),
        "b": (
            "*not as people learn*",
            "Its second argument, the amount of data, is untouched, and one argument is enough.",
        ),
        "c": (
            "*explains no language*",
            "That is the one that falls: its only argument needs the refuted reason.",
        ),
    },
    right="b",
)

stored = Number(
    id="stored",
    ask="A table holds 3,000 stories of the grammar, whose entropy is 16.2 nats a story. How many "
    "of 200 new stories are among them?",
    value=lambda: 1,
    within=2,
    between=(0, 200),
    unit="stories",
    low="Nearly: a story with few choices is likelier than others, so that one hit may occur.",
    high="Far fewer: 16.2 nats are about 11 million equally likely stories, and 3,000 are 1 in "
    "3,700 of those. Of 200 new stories hardly one is there.",
    right="One, by luck: 16.2 nats are about 11 million equally likely stories, and the table has "
    "3,000.",
)

other_seeds = Choice(
    id="other-seeds",
    ask="At seed 0 the natural order beats the reversed one by more than a nat. The rule asks for "
    "0.5 nats at each of three seeds. What will it say?",
    options={
        "a": (
            "natural, since a lead of a nat is no accident",
            "Two runs of the *same* language differ by such amounts, too. One lead says little.",
        ),
        "b": (
            "reversed, since the other two seeds both turn it round",
            "They may, but seed 0 stands against them, and the rule asks for all three.",
        ),
        "c": (
            "undecided",
            "The lead at seed 0 is as large as what a seed does by itself, and it doesn't last.",
        ),
    },
    right="c",
)

holds = Choice(
    id="holds",
    ask="The owl was tuned on 0.999 of its texts. Bayes expects it to give way after 12 words of "
    "the fox. What does the tuned GPT do?",
    options={
        "a": (
            "it gives way after about 12 words, as Bayes says",
            "It would if it had kept all it knew of the fox. It saw about five of its texts while "
            "it was tuned.",
        ),
        "b": (
            "it gives way at once: tuning is shallow",
            "The owl is the start of nearly every text. A word or two can't outweigh 999 to 1.",
        ),
        "c": (
            "it gives way after about 120 words",
            "A prior alone would cost the log of its odds, 12 words. Something other than a prior "
            "is at work.",
        ),
        "d": (
            "it stays the owl in all 24 words",
            "The fox was so rare in tuning that it was unlearned, which no evidence undoes.",
        ),
    },
    right="d",
)

skip_odds = Choice(
    id="skip-odds",
    ask="Odds of 127 to 1 are against a character. Each word is twice as likely under it. After "
    "how many words does it lead?",
    options={
        "a": ("8", "Seven doublings make 128, which is more than 127; but see: 7 suffice."),
        "b": ("64", "Words multiply the odds, they don't add to them."),
        "c": ("7", "Seven doublings make 128 to 127, so that it is ahead."),
    },
    right="c",
    skip=True,
)

skip_floor = Choice(
    id="skip-floor",
    ask="A text is put backwards, character by character. What happens to the lowest loss that "
    "any model can reach on it?",
    options={
        "a": (
            "nothing",
            "The change can be undone, so each text keeps its probability and the source its "
            "entropy.",
        ),
        "b": (
            "it rises, since causes come after effects",
            "A given model may find it harder. The best possible one pays the same.",
        ),
        "c": (
            "it depends on the length of the model's context",
            "That bounds one model. The question was about any.",
        ),
    },
    right="a",
    skip=True,
)

skip_map = Choice(
    id="skip-map",
    ask="A claim has two arguments, of two reasons each. One reason of one argument is refuted. "
    "What follows?",
    options={
        "a": (
            "the claim is refuted",
            "An argument has failed. That is no argument against the claim, which has another one.",
        ),
        "b": (
            "the claim still has an argument",
            "One argument broke with its reason; the other is whole.",
        ),
        "c": (
            "both arguments are weakened by half",
            "Reasons within one argument are needed together, and the other has its own.",
        ),
    },
    right="b",
    skip=True,
)

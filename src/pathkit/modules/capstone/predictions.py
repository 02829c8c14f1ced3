"""Predictions and skip questions of `capstone`."""

from __future__ import annotations

from pathkit.checks.prediction import Choice

memory = Choice(
    id="memory",
    ask="Counts look at one, two, three or four tokens, the next one included, in 80 kB of text. "
    "Which loses least on the test, for Alice?",
    options={
        "a": (
            "two: longer contexts are too rare",
            "Two tokens are about four letters. Many contexts of two tokens come back often enough "
            "to be trusted, and they know more.",
        ),
        "b": (
            "three, and four are no better",
            "Runs of three come back often. Most runs of four in the test never occurred before, "
            "so they add nothing but noise.",
        ),
        "c": (
            "four, by a wide margin: more memory always helps a table of counts",
            "Only where the contexts come back. In so short a text most runs of four tokens of the "
            "test were never seen.",
        ),
    },
    right="b",
)

forecast = Choice(
    id="forecast",
    ask="The counts of three tokens pay about 2.1 bits per byte of Alice. Where will the GPT be "
    "after 1,000 steps?",
    options={
        "a": (
            "clearly below the counts: a GPT sees 64 tokens, they see two",
            "It could use them, had it seen enough text to learn how. On 80 kB it hardly learns "
            "more than spelling and short phrases.",
        ),
        "b": (
            "level with the counts, within 0.05 bits",
            "The gap is much larger than that. Counts know each phrase after one look; gradients "
            "need many.",
        ),
        "c": (
            "above the counts, by 0.1 bits or more",
            "A table knows a phrase after one look, and gradients need many. So little text is the "
            "counts' home ground.",
        ),
    },
    right="c",
)

secret = Choice(
    id="secret",
    ask="Which of the two tells more surely whether a passage was in its training text?",
    options={
        "a": (
            "the table of counts",
            "It holds each run of three tokens that it read, so a passage that was read is cheap "
            "all along.",
        ),
        "b": (
            "the GPT: it has 80,000 numbers to keep secrets in",
            "It has, and it keeps some. But 1,000 steps blur what it read, while a table forgets "
            "nothing at all.",
        ),
        "c": (
            "neither: both were tested on passages that neither has read",
            "The attacker shows passages of both kinds and compares what they cost. Training made "
            "one kind cheaper.",
        ),
    },
    right="a",
)

skip_order = Choice(
    id="skip-order",
    ask="When do you put the test passages aside?",
    options={
        "a": (
            "after the tokenizer is trained",
            "A tokenizer that has read the test has tokens for its words, and the loss looks lower "
            "than it is.",
        ),
        "b": (
            "once the model is chosen, before its last training",
            "Whoever chose among models by looking at the test has fitted it already.",
        ),
        "c": (
            "before anything is trained or chosen",
            "The tokenizer, the model and your choices must not have seen it.",
        ),
    },
    right="c",
    skip=True,
)

skip_unit = Choice(
    id="skip-unit",
    ask="Two models have tokenizers of their own. Which of their losses can be compared?",
    options={
        "a": (
            "nats per token",
            "Longer tokens cost more each, and there are fewer of them.",
        ),
        "b": (
            "bits per byte",
            "The bytes belong to the text, and both models have the same text.",
        ),
        "c": (
            "perplexity, if both vocabularies have the same size",
            "The size doesn't say how long the tokens are, and perplexity is counted per token.",
        ),
    },
    right="b",
    skip=True,
)

skip_interval = Choice(
    id="skip-interval",
    ask="Two models had the same 47 passages as a test. What is a fair interval for the lead built "
    "from?",
    options={
        "a": (
            "the differences on 47 passages",
            "Each passage is one measurement, and a difference cancels what is hard for both.",
        ),
        "b": (
            "two separate intervals, one for each model's loss",
            "What is hard for both then counts as doubt about which of them is better.",
        ),
        "c": (
            "the differences of all 20,000 bytes",
            "Bytes of one passage are easy or hard together, so that far fewer things than bytes "
            "were measured.",
        ),
    },
    right="a",
    skip=True,
)

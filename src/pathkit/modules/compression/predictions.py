"""Predictions and skip questions of `compression`."""

from __future__ import annotations

import math

from pathkit.checks.prediction import Choice, Number

file_size = Number(
    id="file-size",
    ask="A model's loss on a text of 4,000 characters is 0.5 nats per character. How many bytes "
    "does the text take as one number?",
    value=lambda: 4000 * 0.5 / math.log(2) / 8,
    within=8,
    unit="bytes",
    low="Too few: 0.5 nats are 0.72 bits, since one nat is 1.44 bits. 4,000 times 0.72 bits are "
    "361 bytes. (250 comes from reading nats as bits.)",
    high="Too many: 0.5 nats are 0.72 bits, and 4,000 of those make 361 bytes. A code that gives "
    "each character bits of its own needs one whole bit at least, hence 500 bytes; one number for "
    "the whole text doesn't.",
    right="0.5 / ln 2 = 0.72 bits a character: less than one bit each, because the characters "
    "share one number.",
)

one_count = Choice(
    id="one-count",
    ask="At the 100th character the decoder's model is off by one count in 65,536. What comes out?",
    options={
        "a": (
            "the right text, but for one wrong character",
            "A slip isn't local. From there on the place in the interval is off, and it is "
            "magnified with each zoom.",
        ),
        "b": (
            "at least 99 right characters, then another text",
            "Each zoom magnifies the slip. Soon the number falls on the wrong strip, the history "
            "is wrong, and nothing ever brings it back.",
        ),
        "c": (
            "the right text: one count is too little to matter",
            "For one symbol it hardly matters. But each zoom magnifies the slip, until the number "
            "falls on the wrong strip.",
        ),
    },
    right="b",
)

order = Choice(
    id="order",
    ask="All four have seen the training text. Which order is right for the held-out text, from "
    "the largest file to the smallest?",
    options={
        "a": (
            "gzip, xz, bigram, GPT",
            "One character of context is little. gzip and xz copy whole phrases of the training "
            "text, and beat the bigram by far.",
        ),
        "b": (
            "bigram, GPT, gzip, xz",
            "Copying whole phrases is strong, and beats the bigram. But a GPT needs no exact copy: "
            "it says how likely each next character is.",
        ),
        "c": (
            "GPT, bigram, gzip, xz",
            "A GPT would have to learn less than pairs of letters. That takes it one or two "
            "seconds of training.",
        ),
        "d": (
            "bigram, gzip, xz, GPT",
            "Copying phrases beats pairs of letters, xz copies from further back than gzip, and a "
            "probability beats a copy.",
        ),
    },
    right="d",
)

shrinks = Number(
    id="shrinks",
    ask="Of all files of 1,000 bytes, what percentage can a lossless compressor make at least one "
    "byte shorter?",
    value=lambda: 100 / 255,
    within=0.12,
    unit="%",
    low="A little more: files of 999 bytes or less are 1/256 + 1/256² + … = 1/255 as many as files "
    "of 1,000 bytes.",
    high="There aren't that many shorter files. Those of 999 bytes or less are 1/256 + 1/256² + … "
    "= 1/255 as many as those of 1,000, and no two texts may share one.",
    right="1/255: there are no more shorter files than that, and no two texts may share one. Every "
    "other file stays as long or grows.",
)

unnoticed = Choice(
    id="unnoticed",
    ask="With branches below 0.02 dropped, every eighth word of the decoded stories is wrong. How "
    "many of the wrong words stand, with both their neighbours, in the training text too?",
    options={
        "a": (
            "about 1 in 7",
            "That might hold for words drawn at random. These were chosen by a model that knows "
            "what may follow.",
        ),
        "b": (
            "about 6 in 7",
            "The pruned tree holds nothing but frequent continuations. Its errors look like the "
            "text it was made from.",
        ),
        "c": (
            "about half",
            "More: the pruned tree has dropped the odd continuations, so what it writes instead is "
            "common on both sides.",
        ),
    },
    right="b",
)

skip_bits = Choice(
    id="skip-bits",
    ask="A model gives the three symbols that come 1/2, 1/8 and 1/8. How many bits does an "
    "arithmetic coder need for them?",
    options={
        "a": ("7", "1 + 3 + 3: minus the log to base 2 of each, added up."),
        "b": ("2.33", "That is the mean for one symbol. The file has to hold all three."),
        "c": ("4.85", "That is the sum of natural logs: 4.85 nats. In bits it is 7."),
    },
    right="a",
    skip=True,
)

skip_decoder = Choice(
    id="skip-decoder",
    ask="Your coder uses counts that grow along the text. When may a symbol's count be raised?",
    options={
        "a": (
            "before it is coded, so that it gets cheaper",
            "Then the decoder would need the symbol in order to decode the symbol.",
        ),
        "b": (
            "only once, from the whole text, at the start",
            "The decoder doesn't have the text yet. You would have to send all counts first.",
        ),
        "c": (
            "after it is coded, on both sides alike",
            "Then both sides have the same counts at every step.",
        ),
    },
    right="c",
    skip=True,
)

skip_zero = Choice(
    id="skip-zero",
    ask="Why must no integer frequency be 0 in a lossless coder?",
    options={
        "a": (
            "the sum of all frequencies would no longer be a power of 2",
            "It would still be whatever you make it. The coder works with any sum.",
        ),
        "b": (
            "the symbol's interval would be empty",
            "With width 0 there is no number inside, and the symbol can't be coded.",
        ),
        "c": (
            "the decoder would divide by zero at every step",
            "It never comes to that symbol: no strip belongs to it.",
        ),
    },
    right="b",
    skip=True,
)

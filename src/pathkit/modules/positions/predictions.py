"""Predictions and skip questions of `positions`."""

from __future__ import annotations

import numpy as np

from pathkit.checks.prediction import Choice, Number

from .frequencies import frequencies
from .sinusoids import sinusoids

shuffled = Choice(
    id="shuffled",
    ask="*The dog bit the man*, *the man bit the dog*: five words each. Compare what `dog` takes "
    "home from `look_around` in the two sentences.",
    options={
        "a": (
            "it differs: other words stand around it",
            "The neighbours differ, but nobody knows who is a neighbour. The same four words are "
            "there to look at.",
        ),
        "b": (
            "it is the same, number for number",
            "An average doesn't ask in which order its terms come. The words are the same, so the "
            "average is.",
        ),
        "c": (
            "it differs a little: the word two places away counts less",
            "Nothing in the formula knows how far away a word is. Only the vectors count.",
        ),
    },
    right="b",
)

slow_hand = Number(
    id="slow-hand",
    ask="A code has 512 columns, the base is 10,000. After how many words has the slowest hand "
    "come round once?",
    value=lambda: 2 * float(np.pi) / float(frequencies(512, 10_000.0)[-1]),
    within=1000,
    unit="words",
    low="A full turn is 2π radians, and the last hand moves by 10,000 to the power of minus "
    "510/512 for each word. Divide one by the other.",
    high="The paper's own words suggest 2π times 10,000 = 62,832. But the last exponent is "
    "510/512, not 1, so the last hand is a little faster.",
    right="2π times 10,000 to the power of 510/512. The paper says that the wavelengths reach "
    "10000 · 2π; they stop a little short of it.",
)

row_length = Number(
    id="row-length",
    ask="A code has 20 columns: ten hands, each with a sine and a cosine. What is its length, the "
    "root of the sum of its squares, at position 190?",
    value=lambda: float(np.sqrt((sinusoids(191, frequencies(20, 1e4))[190] ** 2).sum())),
    within=0.1,
    low="Each hand adds its sine squared and its cosine squared, and that is 1 at any angle. Ten "
    "hands make the root of 10.",
    high="Each hand adds sine squared plus cosine squared, which is 1 and not 2. Ten hands make "
    "the root of 10.",
    right="The root of 10, at every position: each hand adds sine squared plus cosine squared, "
    "which is 1.",
)

rotated = Choice(
    id="rotated",
    ask="A query stands at position 7, a key at position 4, both rotated. Move both on by 1,000 "
    "words. What becomes of their score?",
    options={
        "a": (
            "it shrinks: later words count less",
            "A rotation keeps lengths, so nothing shrinks. Only the angle between the two counts.",
        ),
        "b": (
            "it becomes another number, by accident",
            "Each of the two points elsewhere, but they turned by the same angle. The angle "
            "between them is as before.",
        ),
        "c": (
            "nothing: it stays the same",
            "Both turned by the same angle on every hand. What is left is the distance, 3.",
        ),
    },
    right="c",
)

beyond = Choice(
    id="beyond",
    ask="All three heads were trained on 32 words. Which ones still look three words back at "
    "position 50?",
    options={
        "a": (
            "all three",
            "The table has a score for each pair of positions up to 32, and none for position 50.",
        ),
        "b": (
            "*added* and *turned*: their codes go on",
            "The codes go on, but the 256 weights between them were fitted to 32 positions only.",
        ),
        "c": (
            "*turned* alone",
            "It knows nothing but distances, and a distance of 3 was in every text.",
        ),
    },
    right="c",
)

best_base = Choice(
    id="best-base",
    ask="The base says how slow the slowest hand is. With which base does *turned* look three "
    "words back for longest, when trained on 32 words?",
    options={
        "a": (
            "10: all hands are fast",
            "All eight hands have moved a good part of a turn in 32 words, so training could use "
            "them all.",
        ),
        "b": (
            "1,000: a bit of everything",
            "Half of its hands hardly move within 32 words. What they do later was never trained.",
        ),
        "c": (
            "10,000: slow hands reach farther",
            "They would reach farther. But within 32 words most of them hardly move, so the head "
            "can't learn to use them.",
        ),
    },
    right="a",
)

skip_blind = Choice(
    id="skip-blind",
    ask="A soft average without positions reads a sentence, then the same words in another order. "
    "What changes?",
    options={
        "a": ("every output", "No output changes: each is an average over the same set of words."),
        "b": (
            "the order of the outputs, nothing else",
            "Each word takes home the same vector as before, wherever it stands.",
        ),
        "c": (
            "only the outputs of words that moved",
            "Those keep their values as well: what a word takes home doesn't depend on its place.",
        ),
    },
    right="b",
    skip=True,
)

skip_shift = Choice(
    id="skip-shift",
    ask="Which matrix takes the sine-and-cosine code of position p to that of position p + 3?",
    options={
        "a": (
            "another one for each p",
            "The angle sum formulas need the step only: where a hand stands doesn't matter.",
        ),
        "b": (
            "one for all p, but it must be learned from data",
            "It can be found from data, but it is known: cosines and sines of 3 times each speed.",
        ),
        "c": (
            "one for all p: a rotation for each hand",
            "Each hand turns by 3 times its speed, wherever it stood.",
        ),
    },
    right="c",
    skip=True,
)

skip_rotary = Choice(
    id="skip-rotary",
    ask="A test of a rotary embedding compares scores at equal positions only, and all of them are "
    "right. What could still be wrong?",
    options={
        "a": (
            "nothing may be rotated at all",
            "At equal positions the rotations cancel, so an identity passes the test.",
        ),
        "b": (
            "nothing: the scores decide",
            "They decide only where they are compared. Words at a distance were not.",
        ),
        "c": (
            "the rotation may change lengths",
            "Then scores at equal positions would be wrong, too, and the test would notice.",
        ),
    },
    right="a",
    skip=True,
)

"""Predictions and skip questions of `word-vectors`."""

from __future__ import annotations

import numpy as np

from pathkit.checks.prediction import Choice, Number

from .skipgram_pairs import skipgram_pairs

SENTENCE = "thou shalt not make a machine in the likeness of a human mind"


pairs_given = Number(
    id="pairs-given",
    ask="*Thou shalt not make a machine in the likeness of a human mind* has 13 words. How many "
    "pairs does a window of two words to each side give?",
    value=lambda: len(skipgram_pairs.reference(SENTENCE.split(), 2)),
    within=0.5,
    low="More. Nine words in the middle have four neighbours each, which makes 36 already; the "
    "four near the ends add 2 + 3 + 3 + 2.",
    high="Fewer. 13 times 4 is 52, but the sentence ends: the first and the last word lack two "
    "neighbours each, the next ones lack one each.",
    right="52 minus the 6 neighbours that the ends don't have.",
)

first_loss = Number(
    id="first-loss",
    ask="Before training all vectors are nearly 0, so every σ is 1/2. What is the loss of one true "
    "neighbour and 5 noise words, in nats?",
    value=lambda: 6 * float(np.log(2)),
    within=0.06,
    unit="nats",
    low="Six questions are asked, and each costs ln 2 = 0.69 when the answer is one half. The loss "
    "is their sum.",
    high="Each of the six answers costs minus ln(1/2) = 0.69, yes or no alike.",
    right="6 ln 2. A loss above it is worse than tossing a coin for each word.",
)

as_chance = Number(
    id="as-chance",
    ask="A pair occurs exactly as often as chance would have it. To which value does training with "
    "5 noise words drive its dot product?",
    value=lambda: -float(np.log(5)),
    within=0.06,
    low="Its PMI is ln 1 = 0, and what is subtracted is ln 5 = 1.61.",
    high="Its PMI is ln 1 = 0. But k = 5 noise words came for each true one, so most answers were "
    "no: subtract ln 5.",
    right="ln 1 minus ln 5. The sigmoid of that is 1/6: one yes among six.",
)

kept = Choice(
    id="kept",
    ask="Counted vectors answer all 144 analogies if the three words of the question are excluded. "
    "Let any word be the answer. How many are right now?",
    options={
        "a": (
            "all 144: the target lies nearest to the right word",
            "The target is nearer to the right word than to strangers. It may be nearer still to "
            "the word you started from.",
        ),
        "b": (
            "about 100: now and then a word of the question wins",
            "It wins far more often than that. The step is short, so the start is the nearest word "
            "nearly always.",
        ),
        "c": (
            "about 20: a word of the question mostly wins",
            "The step is short compared with the vectors. You end nearest to where you began, and "
            "excluding that word hides it.",
        ),
    },
    right="c",
)

window_two = Choice(
    id="window-two",
    ask="Train with a window of two words instead of four. What becomes of the vectors?",
    options={
        "a": (
            "purity stays, the analogies go",
            "The closest neighbours say what kind of word it is. Crowns and thrones stand three "
            "places and more away.",
        ),
        "b": (
            "purity goes, the analogies stay",
            "The other way round: `his` and `lost` are close by and give the kind; the owner's "
            "things are farther off.",
        ),
        "c": (
            "both lose a little",
            "They don't depend on the same neighbours. One needs the closest words only, the "
            "other needs the farther ones.",
        ),
    },
    right="a",
)

five = Choice(
    id="five",
    ask="`five` is a number before ducks and an hour after `at`. Where will its vector point?",
    options={
        "a": (
            "to the hours or to the numbers, whichever it is more often",
            "Every pair pulls, not only the majority. The sum of all pulls points in between.",
        ),
        "b": (
            "between the two, well away from neither",
            "The pulls of both meanings add up. It is like both, and quite like neither.",
        ),
        "c": (
            "somewhere else, where neither hours nor numbers are",
            "It shares its neighbours with hours and with numbers, so it must be like both.",
        ),
    },
    right="b",
)

skip_noise = Choice(
    id="skip-noise",
    ask="You train with true neighbours only, without noise words. What happens?",
    options={
        "a": (
            "nothing changes, it is only faster",
            "Noise is what makes a yes mean something; without it there is nothing to tell apart.",
        ),
        "b": (
            "rare words get no vectors",
            "Rare words have true neighbours, too. What is missing is any example of a no.",
        ),
        "c": (
            "all vectors end up pointing the same way",
            "If every example is a yes, saying yes to everything is perfect.",
        ),
    },
    right="c",
    skip=True,
)

skip_cosine = Choice(
    id="skip-cosine",
    ask="Which vector has the largest cosine with (3, 4)?",
    options={
        "a": ("(30, 5)", "Its dot product is large because it is long. Its cosine is 0.60."),
        "b": ("(0.3, 0.4)", "The same direction: the cosine is 1, whatever the length."),
        "c": ("(3, 5)", "Its end lies nearest, but it points a little elsewhere: 0.99."),
    },
    right="b",
    skip=True,
)

skip_ppmi = Choice(
    id="skip-ppmi",
    ask="Among 1,000 pairs, one word is the centre 100 times, another the neighbour 50 times, and "
    "they meet 20 times. What is their PMI?",
    options={
        "a": ("ln 4", "Chance gives 100 times 50 divided by 1,000, which is 5: a fourth of 20."),
        "b": ("ln 0.2", "That is the log of 20 in 100: the neighbour's share wasn't divided out."),
        "c": ("ln 0.02", "That is the log of the pair's share alone, without what chance gives."),
    },
    right="a",
    skip=True,
)

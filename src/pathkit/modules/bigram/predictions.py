"""Predictions and skip questions of `bigram`."""

from __future__ import annotations

import numpy as np

from pathkit.checks.prediction import Choice, Number

from .count_pairs import _counts
from .probabilities import probabilities
from .symbols import INDEX

after_q = Number(
    id="after-q",
    ask="In these names, from many languages, what share of the symbols after `q` is a `u`? A "
    "number from 0 to 1.",
    value=lambda: float(probabilities(_counts())[INDEX["q"], INDEX["u"]]),
    within=0.1,
    between=(0, 1),
    low="More than that: Quentin, Enrique, Jacqueline. Spanish and French spell k before e and i "
    "as qu.",
    high="In English text it would be nearly all. These names come from many languages: Qiang, "
    "Iqbal and Tariq count as much as Quentin. A table believes its data, not our spelling rules.",
    right="Not even half. Qiang, Iqbal and Tariq count as much as Quentin: a table believes its "
    "data.",
)

knows_nothing = Number(
    id="knows-nothing",
    ask="A model gives each of the 27 symbols the same probability. What is its mean loss in nats?",
    value=lambda: float(np.log(27.0)),
    within=0.06,
    unit="nats",
    low="Too low: that model would know something. Every pair costs minus ln(1/27) = ln 27.",
    high="Too high: a blind guess among 27 costs minus ln(1/27) = ln 27, whatever comes. (In bits "
    "it is 4.75.)",
    right="ln 27. It is the ceiling: a model above it is worse than knowing nothing.",
)

greedy_name = Choice(
    id="greedy-name",
    ask="Always take the likeliest next symbol, from the boundary on. Which name comes out?",
    options={
        "a": (
            "the most frequent name",
            "The model has never seen whole names. It takes one likeliest step after another, and "
            "likely steps need not make a likely name. Here they make 's'.",
        ),
        "b": (
            "a very long one that goes in circles",
            "With other counts it could. Here the walk meets the boundary after one letter: 's'.",
        ),
        "c": (
            "a name of one letter",
            "No letter begins more names than s, and after s the boundary is likeliest. The best "
            "single steps give the name 's'.",
        ),
    },
    right="c",
)

best_k = Choice(
    id="best-k",
    ask="Which `k` gives the lowest loss on names that were held out?",
    options={
        "a": (
            "0.01",
            "Best on the names it was counted from, not on new ones: an unseen pair at k = 0.01 "
            "still costs a fortune.",
        ),
        "b": (
            "1",
            "A little smoothing pays for the pairs that the counts missed, and costs next to "
            "nothing elsewhere.",
        ),
        "c": (
            "100",
            "A hundred invented pairs in each cell drown the real ones in rare rows: the table "
            "moves towards knowing nothing.",
        ),
    },
    right="b",
)

floor = Choice(
    id="floor",
    ask="Gradient descent trains the 729 logits on the same pairs. How low can its loss get?",
    options={
        "a": (
            "down to the counted table's loss, never below",
            "The gradient is zero exactly where predicted equals seen, and that is the table of "
            "relative counts.",
        ),
        "b": (
            "below the counted table's loss, if it trains long enough",
            "The counted table is already the best of all tables on these pairs: no method can "
            "find a better one.",
        ),
        "c": (
            "it stays clearly above: counting uses the data directly",
            "Both use the same data and the same 729 numbers. The descent arrives, if you let it "
            "walk.",
        ),
    },
    right="a",
)

skip_rows = Choice(
    id="skip-rows",
    ask="`N[i, j]` counts how often j follows i. Which line makes it a language model?",
    options={
        "a": (
            "`N / N.sum(axis=1)`",
            "Shapes (27, 27) and (27,) broadcast along the wrong axis: column j is divided by the "
            "sum of row j.",
        ),
        "b": (
            "`N / N.sum(axis=0, keepdims=True)`",
            "That makes columns sum to 1: what came before, not what comes next.",
        ),
        "c": (
            "`N / N.sum(axis=1, keepdims=True)`",
            "Each row becomes a distribution over what follows.",
        ),
    },
    right="c",
    skip=True,
)

skip_loss = Choice(
    id="skip-loss",
    ask="A model gives the three symbols that came the probabilities 1/2, 1/4 and 1/8. What is its "
    "mean loss?",
    options={
        "a": (
            "2 ln 2 = 1.39 nats",
            "The three cost ln 2, 2 ln 2 and 3 ln 2; their mean is 2 ln 2.",
        ),
        "b": (
            "minus ln(7/24) = 1.23 nats",
            "That is the log of the mean. Take logs first, then average.",
        ),
        "c": ("6 ln 2 = 4.16 nats", "That is the sum. The loss is a mean over symbols."),
    },
    right="a",
    skip=True,
)

skip_gradient = Choice(
    id="skip-gradient",
    ask="Softmax gives 0.2, 0.7 and 0.1; the symbol that came is the second. What is the gradient "
    "of the loss with respect to the three logits?",
    options={
        "a": (
            "minus 0.2, 0.3, minus 0.1",
            "That is seen minus predicted: the way downhill, not the gradient.",
        ),
        "b": ("0.2, minus 0.3, 0.1", "Predicted minus seen: 0.2 - 0, 0.7 - 1, 0.1 - 0."),
        "c": (
            "0, minus 1.43, 0",
            "That is with respect to the probabilities. Through the softmax every logit has a "
            "share.",
        ),
    },
    right="b",
    skip=True,
)

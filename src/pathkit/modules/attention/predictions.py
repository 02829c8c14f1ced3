"""Predictions and skip questions of `attention`."""

from __future__ import annotations

import numpy as np

from pathkit.checks.prediction import Choice, Number

shift = Choice(
    id="shift",
    ask="Add 100 to all four scores. What happens to the four weights?",
    options={
        "a": (
            "nothing",
            "Each exponential grows by the factor exp(100), and so does their sum: the factor "
            "cancels.",
        ),
        "b": (
            "the largest gets nearly everything",
            "That happens when scores are multiplied by 100. Adding the same number leaves all "
            "differences as they are.",
        ),
        "c": (
            "they move towards 1/4 each",
            "103 and 102 look nearly equal, but a softmax sees differences, not ratios: still 1.",
        ),
    },
    right="a",
)

typical_score = Number(
    id="typical-score",
    ask="A query and a key have 64 random components each, of mean 0 and variance 1. What is the "
    "standard deviation of their dot product?",
    value=lambda: float(np.sqrt(64)),
    within=0.5,
    low="Each of the 64 products has variance 1, and variances of independent terms add up: 64. "
    "Its root is 8.",
    high="64 is the variance: 64 terms of variance 1 each. The standard deviation is its root, 8.",
    right="64 terms of variance 1 add up to a variance of 64, and its root is 8.",
)

ate = Choice(
    id="ate",
    ask="Without a mask, `ate` gives 0.48 to `cat` and 0.48 to `fish`. Now `fish` is hidden, "
    "because it comes later. Where does its 0.48 go?",
    options={
        "a": (
            "it is lost: the row of `ate` is left with half its weight",
            "So it would be if you masked after the softmax. Masked before, the softmax makes the "
            "row sum to 1 again.",
        ),
        "b": (
            "in equal parts to the three words that `ate` still sees",
            "The ratios between the visible words don't change, so the strong one gains the most.",
        ),
        "c": (
            "nearly all of it to `cat`",
            "The ratios between visible words stay as they were: `cat` had 70 times the weight of "
            "`the`, and still has.",
        ),
    },
    right="c",
)

heads_memory = Number(
    id="heads-memory",
    ask="You split one head of width 64 into 8 heads of width 8. The scores need as many "
    "multiplications as before. How many times as much memory do the tables of attention weights "
    "need?",
    value=lambda: 8.0,
    within=0.01,
    low="Each head has a table of T by T weights of its own, however narrow it is: 8 tables "
    "instead of 1.",
    high="The width doesn't enter: a head of width 8 has one T by T table, as has one of width 64. "
    "So 8 tables instead of 1.",
    right="8 tables of T by T instead of 1. The width of a head vanishes in the dot product.",
)


def _scores_for(T: int) -> tuple[int, int]:
    """Scores computed for T words, one word at a time: full tables, and with a cache."""
    return sum(t * t for t in range(1, T + 1)), sum(range(1, T + 1))


cache_saves = Number(
    id="cache-saves",
    ask="A model writes 100 words, one at a time. At word t it computes the full table of t "
    "by t scores. With a cache it computes a row of t. How many times as many scores does it "
    "compute without a cache?",
    value=lambda: _scores_for(100)[0] / _scores_for(100)[1],
    within=7,
    low="The tables add up to 338,350 scores, the rows to 5,050: about two thirds of the length.",
    high="At the last word it is a factor of 100, at the first a factor of 1. Over the whole text "
    "338,350 scores stand against 5,050.",
    right="338,350 scores against 5,050: about two thirds of the length, and growing with it.",
)

double = Choice(
    id="double",
    ask="A text becomes twice as long. What happens to the cost of one full pass of attention?",
    options={
        "a": (
            "twice the time, twice the memory of the weights",
            "That is what a loop over words with a fixed memory would need. Here every word looks "
            "at every word.",
        ),
        "b": (
            "four times the time, four times the memory of the weights",
            "The table of scores has T times T cells: each must be computed, and each must be "
            "stored.",
        ),
        "c": (
            "four times the time, but only twice the memory of the weights, since half are masked",
            "The mask halves the useful cells at every length, so it can't change how they grow. "
            "And our arrays store the zeros, too.",
        ),
    },
    right="b",
)

skip_shapes = Choice(
    id="skip-shapes",
    ask="`Q` has shape (5, 4), `K` (7, 4) and `V` (7, 3). Which shape has the output of attention?",
    options={
        "a": ("(5, 7)", "That is the shape of the weights: one row per query, one column per key."),
        "b": ("(5, 3)", "One row per query; each row is an average of values, so it has width 3."),
        "c": ("(7, 3)", "That is V itself. Each of the 5 queries gets one average of its 7 rows."),
    },
    right="b",
    skip=True,
)

skip_mask = Choice(
    id="skip-mask",
    ask="`S` holds scores; `future` is True right of the diagonal. Which line gives causal "
    "weights?",
    options={
        "a": (
            "`np.tril(softmax(S)) / softmax(S).sum(axis=1, keepdims=True)`",
            "The sums below are all 1, so nothing is repaired: each row still sums to less than 1.",
        ),
        "b": ("`softmax(np.tril(S))`", "Future scores of 0 still get a weight, since exp(0) is 1."),
        "c": (
            "`softmax(np.where(future, -np.inf, S))`",
            "exp(-inf) is 0, so the future has no weight and each row sums to 1.",
        ),
    },
    right="c",
    skip=True,
)

skip_scale = Choice(
    id="skip-scale",
    ask="Queries and keys have 256 random components of variance 1. By what do you divide their "
    "dot products before the softmax?",
    options={
        "a": ("16", "The variance of a dot product is 256, so its typical size is 16."),
        "b": ("256", "256 is the variance. Divided by it, scores shrink to 1/16: all look alike."),
        "c": (
            "nothing: the softmax normalises anyway",
            "It makes weights sum to 1, but scores of ±16 leave one key with nearly all of it.",
        ),
    },
    right="a",
    skip=True,
)

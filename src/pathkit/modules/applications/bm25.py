"""Scores of a search by words."""

from __future__ import annotations

import math

import numpy as np

from pathkit.checks.exercise import exercise

BOOK = [["the", "boat", "sails"], ["the", "bread"], ["boat", "boat", "and", "the", "old", "boat"]]


@exercise(
    title="Search by words",
    level="medium",
    minutes=12,
    prompt="""
        Score each of $N$ passages. Each word of the query, repeats included, adds
        $\\ln\\left(1 + \\frac{N - n + 0.5}{n + 0.5}\\right) \\cdot
        \\frac{f\\,(k_1 + 1)}{f + k_1\\,(1 - b + b\\,L / \\bar{L})}$.
        Here $n$ passages hold the word. The passage to be scored holds it $f$ times and has $L$
        words, and $\\bar{L}$ is the mean of all lengths. $k_1$ and $b$ are given.
        """,
    probes=lambda rng: [
        (["boat"], BOOK),
        (["boat", "boat", "bread"], BOOK),
        (["the", "snow"], BOOK),
        ([], BOOK),
        (["a", "b"], [["a", "c"], ["b", "b", "b", "c", "d"], ["a"], ["e", "a", "b"]], 0.8, 0.3),
        (["a"], [["a", "a"]]),
        (["w1", "w3", "w2"], [[f"w{i}" for i in rng.integers(0, 5, size=n)] for n in (3, 9, 5, 14)],
         float(rng.uniform(0.5, 2.5)), float(rng.uniform(0.2, 0.9))),
    ],
    hints=[
        "Three quantities belong to the word alone, to the passage alone, or to both. Which?",
        """
        1. `mean`: the lengths of all passages, added up, divided by their number.
        2. For each word of the query: `n`, the number of passages that hold it, and the logarithm.
        3. For each passage: `f = passage.count(word)`, and the fraction with its own length.
        """,
        "`scores[i] += rare * f * (k1 + 1) / (f + k1 * (1 - b + b * ___ / mean))`",
    ],
    errors=[
        ("TypeError: unsupported operand", "a list can't be divided: take `len(passage)`."),
    ],
    passed="A rare word counts more, a repeated one less each time, a long passage has to earn it.",
    # A list and an array of scores are one thing.
    drive=lambda answer, *probe: np.asarray(answer(*probe), dtype=float),
    # There are as many scores as passages.
    equivalents=["rare = math.log(1 + (len(scores) - n + 0.5) / (n + 0.5))"],
)
def bm25(
    query: list[str], passages: list[list[str]], k1: float = 1.5, b: float = 0.75
) -> list[float]:
    """How well each passage fits the query (Robertson and Zaragoza 2009).

    query: words, repeats count again; passages: lists of words, at least one passage, none empty.
    Returns one score for each passage, 0 where it holds no word of the query.
    """
    mean = sum(len(one) for one in passages) / len(passages)
    scores = [0.0] * len(passages)
    for word in query:
        n = sum(word in one for one in passages)
        rare = math.log(1 + (len(passages) - n + 0.5) / (n + 0.5))
        for i, one in enumerate(passages):
            f = one.count(word)
            scores[i] += rare * f * (k1 + 1) / (f + k1 * (1 - b + b * len(one) / mean))
    return scores


def _bm25(query, passages, k1, b, rare=None, length=None, count=None):
    """The formula with one of its parts exchanged."""
    size = len(passages)
    mean = sum(map(len, passages)) / size
    rare = rare or (lambda n, word: math.log(1 + (size - n + 0.5) / (n + 0.5)))
    length = length or (lambda part: part)
    count = count or (lambda f, norm: f * (k1 + 1) / (f + k1 * norm))
    return [
        sum(rare(sum(w in p for p in passages), w)
            * count(one.count(w), 1 - b + b * length(len(one) / mean)) for w in query)
        for one in passages
    ]


@bm25.misconception(
    "All words count alike here: the logarithm is missing. A word that most passages hold says "
    "little about any of them, so each word is weighted by how rare it is."
)
def _all_words_alike(query, passages, k1=1.5, b=0.75):
    return _bm25(query, passages, k1, b, rare=lambda n, word: 1)


@bm25.misconception(
    "The 1 inside the logarithm is missing, so a word that more than half of the passages hold "
    "lowers the score. With 1 + the ratio no word that is found can count against a passage."
)
def _negative_for_common(query, passages, k1=1.5, b=0.75):
    size = len(passages)
    return _bm25(query, passages, k1, b,
                 rare=lambda n, word: math.log((size - n + 0.5) / (n + 0.5)))


@bm25.misconception(
    "This is the logarithm of N / n, the weight of plain tf-idf. BM25 compares the passages "
    "without the word to those with it: (N - n + 0.5) / (n + 0.5), plus 1."
)
def _plain_idf(query, passages, k1=1.5, b=0.75):
    size = len(passages)
    return _bm25(query, passages, k1, b, rare=lambda n, word: math.log(size / n) if n else 0)


@bm25.misconception(
    "The count f enters as it is, so a word said ten times counts ten times. The fraction lets "
    "each repeat add less than the one before."
)
def _counts_unbounded(query, passages, k1=1.5, b=0.75):
    return _bm25(query, passages, k1, b, count=lambda f, norm: f)


@bm25.misconception(
    "The passage's length has no effect. A long passage holds more words by chance, so its length, "
    "divided by the mean, stands under the fraction with weight b."
)
def _no_length(query, passages, k1=1.5, b=0.75):
    return _bm25(query, passages, k1, 0)


@bm25.misconception(
    "The ratio of the lengths is upside down, which rewards long passages. A longer one needs more "
    "counts for the same score: divide its length by the mean."
)
def _length_upside_down(query, passages, k1=1.5, b=0.75):
    return _bm25(query, passages, k1, b, length=lambda part: 1 / part)


@bm25.misconception(
    "The length enters undivided by the mean. Only the ratio to the mean length keeps the formula "
    "the same for short and for long collections."
)
def _raw_length(query, passages, k1=1.5, b=0.75):
    mean = sum(map(len, passages)) / len(passages)
    return _bm25(query, passages, k1, b, length=lambda part: part * mean)


@bm25.misconception(
    "The factor k1 + 1 above the fraction line is missing. It makes a word that occurs once in a "
    "passage of mean length count exactly its rarity."
)
def _no_factor_above(query, passages, k1=1.5, b=0.75):
    return _bm25(query, passages, k1, b, count=lambda f, norm: f / (f + k1 * norm))


@bm25.misconception(
    "A word that stands twice in the query counts once here. Go through the query as a list: the "
    "prompt says that repeats are included."
)
def _query_as_a_set(query, passages, k1=1.5, b=0.75):
    return _bm25(list(dict.fromkeys(query)), passages, k1, b)


@bm25.misconception(
    "n counts how often the word occurs in all passages together. It has to count the passages "
    "that hold the word, once each, or one passage full of it makes it look common."
)
def _occurrences_for_passages(query, passages, k1=1.5, b=0.75):
    size = len(passages)

    def rare(n, word):
        every = sum(one.count(word) for one in passages)
        ratio = (size - every + 0.5) / (every + 0.5)
        return math.log(1 + ratio) if ratio > -1 else 0.0

    return _bm25(query, passages, k1, b, rare=rare)


@bm25.spelling(_occurrences_for_passages)
def _occurrences_up_to_all(query, passages, k1=1.5, b=0.75):
    size = len(passages)

    def rare(n, word):
        every = min(size, sum(one.count(word) for one in passages))
        return math.log(1 + (size - every + 0.5) / (every + 0.5))

    return _bm25(query, passages, k1, b, rare=rare)


@bm25.misconception(
    "Repeats are left out of a passage's length here. L counts all its words, `len(passage)`, and "
    "so does the mean; only n counts something once."
)
def _different_words_for_length(query, passages, k1=1.5, b=0.75):
    lengths = [len(set(one)) for one in passages]
    ratios = iter([one * len(lengths) / sum(lengths) for one in lengths for _ in query])
    return _bm25(query, passages, k1, b, length=lambda part: next(ratios))

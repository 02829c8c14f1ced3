"""Count neighbours over weighted words."""

from __future__ import annotations

import itertools
from collections import Counter

from pathkit.checks.exercise import exercise

from .random_words import random_words


def _tuples(words: dict) -> dict:
    return {tuple(word): count for word, count in words.items()}


@exercise(
    title="Count neighbours over weighted words",
    level="easy",
    minutes=5,
    prompt="""
        Count how often each pair of neighbours stands in a text. The text comes as its words, each
        with the number of times that it occurs.
        """,
    probes=lambda rng: [
        (_tuples({b"hat": 5, b"that": 3, b"the": 6}),),
        ({(7, 7, 7): 4, (7, 9, 7): 1},),
        ({(1, 2, 1, 2): 2, (2, 1): 3},),
        ({(5,): 9, (300, 5, 300): 2, (): 4},),
        ({},),
        (_tuples(random_words(rng, 9, letters=3)),),
    ],
    hints=[
        "In 5 times `hat` and 3 times `that`, how often does `a` stand before `t`?",
        """
        1. Begin with an empty dictionary.
        2. For each word and its count, go through `zip(word, word[1:])`: these are its pairs.
        3. Add the word's count to the entry of the pair, 0 where there is none yet.
        """,
        "`counts[pair] = counts.get(pair, 0) + ___`",
    ],
    errors=[
        ("KeyError: (", "a new pair has no entry yet: take `counts.get(pair, 0)`."),
        ("TypeError: unhashable type: 'list'", "a list can't be a key: a pair is a tuple."),
        ("IndexError: tuple index out of range", "the last token has nobody after it."),
    ],
    passed="Weighted words stand for the whole text, and no pair of it is missed.",
)
def pair_counts(words: dict[tuple[int, ...], int]) -> dict[tuple[int, int], int]:
    """How often each pair of neighbouring tokens occurs in a text.

    words: word, a tuple of token numbers -> how often it occurs. Pairs lie inside one word, and
    pairs that overlap all count: (7, 7, 7) holds (7, 7) twice.
    Returns pair -> how often it occurs in the whole text.
    """
    counts = {}
    for word, count in words.items():
        for pair in zip(word, word[1:]):
            counts[pair] = counts.get(pair, 0) + count
    return counts


@pair_counts.misconception(
    "Each word was counted once, however often it occurs. A pair that stands in many rare words "
    "would win over the pair of the commonest word: add the word's count, not 1."
)
def _each_word_once(words):
    return dict(Counter(pair for word in words for pair in itertools.pairwise(word)))


@pair_counts.misconception(
    "A pair that stands twice in a word was counted once for that word. Each place where it could "
    "be merged counts: go through all neighbours, without making a set of them."
)
def _once_in_a_word(words):
    counts = Counter()
    for word, count in words.items():
        for pair in set(itertools.pairwise(word)):
            counts[pair] += count
    return dict(counts)


@pair_counts.misconception(
    "Pairs that overlap were counted once: of (7, 7, 7) you took the first two and went on behind "
    "them. That is the rule for merging; counting looks at every place."
)
def _without_overlaps(words):
    counts = Counter()
    for word, count in words.items():
        last, at = None, -1
        for i, pair in enumerate(itertools.pairwise(word)):
            if pair == last and at == i - 1:
                continue
            counts[pair] += count
            last, at = pair, i
    return dict(counts)


@pair_counts.misconception(
    "The words were cut two by two, so every second pair of neighbours is missing. A token in the "
    "middle has two neighbours and belongs to two pairs: `zip(word, word[1:])`."
)
def _two_by_two(words):
    counts = Counter()
    for word, count in words.items():
        for pair in zip(word[::2], word[1::2]):
            counts[pair] += count
    return dict(counts)


@pair_counts.misconception(
    "(1, 2) and (2, 1) fell into one entry. The order is what tells `th` from `ht`, so a pair "
    "keeps the order of the text."
)
def _unordered(words):
    counts = Counter()
    for word, count in words.items():
        for pair in itertools.pairwise(word):
            counts[tuple(sorted(pair))] += count
    return dict(counts)


@pair_counts.misconception(
    "Some pairs join the end of one word to the beginning of the next. The words of the dictionary "
    "aren't neighbours in the text: a pair lies inside one word."
)
def _across_words(words):
    counts, before = Counter(), None
    for word, count in words.items():
        for token in word:
            if before is not None:
                counts[before, token] += count
            before = token
    return dict(counts)


@pair_counts.spelling(_across_words)
def _across_words_repeated(words):
    text = [token for word, count in words.items() for token in word * count]
    return dict(Counter(itertools.pairwise(text)))


@pair_counts.misconception(
    "Single tokens were counted. What is merged are two that stand side by side, so the keys are "
    "pairs of neighbours: `zip(word, word[1:])`."
)
def _single_tokens(words):
    counts = Counter()
    for word, count in words.items():
        for token in word:
            counts[token] += count
    return dict(counts)


@pair_counts.misconception(
    "Some pairs aren't neighbours: there are tokens between the two. A merge needs two that touch, "
    "so go through `zip(word, word[1:])`, not through all combinations."
)
def _at_any_distance(words):
    counts = Counter()
    for word, count in words.items():
        for pair in itertools.combinations(word, 2):
            counts[pair] += count
    return dict(counts)


@pair_counts.misconception(
    "Each pair has the count of the last word that holds it. A later word overwrites what the "
    "earlier ones gave: add to the entry, `+=`, where you now set it."
)
def _overwritten(words):
    return {
        pair: count for word, count in words.items() for pair in itertools.pairwise(word)
    }


@pair_counts.misconception(
    "The last token was paired with the first, as if a word were a ring. Nothing follows the last "
    "token of a word, so a word of n tokens has n - 1 pairs."
)
def _as_a_ring(words):
    counts = Counter()
    for word, count in words.items():
        for pair in zip(word, word[1:] + word[:1]):
            counts[pair] += count
    return dict(counts)

"""Count pairs of words."""

from collections import Counter

from pathkit.checks.exercise import exercise

from .texts import random_words


@exercise(
    title="Count the pairs",
    level="easy",
    minutes=5,
    prompt="Count how often each word follows each other word.",
    probes=lambda rng: [(["a", "b", "a", "b"],), (random_words(rng, 9),), ([],), (["a"],)],
    hints=["How many pairs do three words have?", "`zip` a list with itself, one further.",
           "`Counter(zip(words, words[___:]))`"],
    passed="A table of pairs.", equivalents=["return Counter(zip(words, words[1:]))"],
)
def count_pairs(words: list[str]) -> dict:
    """How often each pair of neighbours occurs.

    words: texts. Returns {(word, next): count}, pairs that never occur left out.
    """
    return dict(Counter(zip(words, words[1:])))


@count_pairs.misconception("Pairs overlap: the second word of one is the first of the next.")
def _every_second(words):
    return dict(Counter(zip(words[::2], words[1::2])))


@count_pairs.misconception("The words are exchanged: a pair is a word and the one behind it.")
def _backwards(words):
    return dict(Counter(zip(words[1:], words)))


@count_pairs.misconception("The last word has no neighbour; the first isn't behind it.")
def _in_a_circle(words):
    return dict(Counter(zip(words, words[1:] + words[:1])))

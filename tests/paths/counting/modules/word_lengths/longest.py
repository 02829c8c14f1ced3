"""The longest word."""

from pathkit.checks.exercise import exercise

from ..bigram.texts import random_words as words_of


@exercise(
    title="The longest word",
    level="easy",
    minutes=3,
    prompt="Which word is the longest? The first one, where several are.",
    probes=lambda rng: [(["a", "bb", "cc"],), (words_of(rng, 6),), (["zz", "cccc", "a", "dddd"],)],
    hints=["What does `max` compare?", "`max` takes a key.", "`max(words, key=___)`"],
    passed="The first of the longest.",
)
def longest(words: list[str]) -> str:
    """The first of the longest words. words: at least one text."""
    return max(words, key=len)


@longest.misconception("This is the last in the alphabet: compare lengths with key=len.")
def _by_alphabet(words):
    return max(words)


@longest.misconception("This is a shortest word: take max.")
def _shortest(words):
    return min(words, key=len)


@longest.misconception("Of words of one length this takes the last; the first was asked for.")
def _last(words):
    return max(reversed(words), key=len)

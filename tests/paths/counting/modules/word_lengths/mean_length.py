"""The mean length of words."""

from pathkit.checks.exercise import exercise

from ..bigram.texts import random_words


@exercise(
    title="The mean length",
    level="easy",
    minutes=3,
    prompt="How long are these words on average?",
    probes=lambda rng: [(["a", "bb"],), (random_words(rng, 7),), (["abc"],)],
    hints=["What is added up?", "Divide the letters by the words.", "`sum(map(___, words))`"],
    passed="Letters over words.",
)
def mean_length(words: list[str]) -> float:
    """The mean number of letters. words: at least one text. Returns a float."""
    return sum(map(len, words)) / len(words)


@mean_length.misconception("These are all letters together: divide by the number of words.")
def _not_divided(words):
    return float(sum(map(len, words)))


@mean_length.misconception("Words were counted once each: a word that comes twice counts twice.")
def _without_repeats(words):
    return sum(map(len, set(words))) / len(set(words))


@mean_length.misconception("This is the length of the longest word: average over all of them.")
def _largest(words):
    return float(max(map(len, words)))

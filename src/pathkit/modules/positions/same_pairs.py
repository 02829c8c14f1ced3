"""Fool the bigram."""

from __future__ import annotations

from collections import Counter

from pathkit.checks.exercise import exercise


def _pairs(sentence: str) -> Counter:
    words = [".", *sentence.split(), "."]
    return Counter(zip(words, words[1:], strict=False))


def _same_pairs(value) -> str | None:
    """What is wrong with two sentences that should have the same pairs, or None."""
    if not (isinstance(value, list | tuple) and len(value) == 2):
        return "Two sentences are wanted: (\"one\", \"other\")."
    one, other = value
    if not (isinstance(one, str) and isinstance(other, str)):
        return "Both sentences must be strings, their words separated by spaces."
    if one.split() == other.split():
        return "Both sentences are the same. They must differ in the order of their words."
    first, second = _pairs(one), _pairs(other)
    for pair in sorted((first - second) | (second - first)):
        times = f"{first[pair]} in the first sentence, {second[pair]} in the second"
        return f"The pair `{pair[0]} {pair[1]}` occurs {times}: a table of pairs would notice."
    return None


@exercise(
    title="Fool the bigram",
    level="medium",
    minutes=8,
    prompt="""
        Give two different sentences that have exactly the same pairs of neighbouring words, each
        pair equally often. The boundary `.` stands at both ends, as in `bigram`.
        """,
    probes=lambda rng: [()],
    drive=lambda answer: answer,
    accept=_same_pairs,
    is_value=True,
    hints=[
        "In which sentence could you exchange two parts, and every word would still have a "
        "neighbour it had before?",
        """
        1. Take a word that occurs three times, such as `and` or `the`.
        2. What stands between the first and the second, and what between the second and the third?
        3. Exchange these two pieces.
        """,
        '`"the dog and the man and the fox"` and `"the man and ___"`',
    ],
    errors=[
        ("The pair `dog bit` occurs", "a pair that one sentence has more often than the other."),
    ],
    passed="Knowing each neighbour isn't knowing the order. A model needs more than pairs.",
)
def same_pairs() -> tuple[str, str]:
    """Two different sentences with the same pairs of neighbouring words.

    Returns (one, other): strings of words separated by spaces.
    """
    return "the dog and the man and the fox", "the man and the dog and the fox"


@same_pairs.misconception(
    "Same words, other pairs: `dog bit` occurs in one sentence only. A bag of words can't tell "
    "these two apart, but a table of pairs can. What you exchange must have the same word before "
    "it, and the same word after it."
)
def _same_bag():
    return "the dog bit the man", "the man bit the dog"


@same_pairs.misconception(
    "The second is the first backwards. Its pairs are turned round as well, and a table of pairs "
    "knows which of the two words came first."
)
def _backwards():
    return "one two three", "three two one"


@same_pairs.misconception(
    "Both have the same kinds of pairs, but not equally often. A bigram model counts, so it "
    "notices the one that comes twice."
)
def _same_set():
    return "the dog and the dog and the fox", "the dog and the fox"


@same_pairs.misconception(
    "The two sentences are the same. Nothing could tell them apart, but nothing should."
)
def _identical():
    return "the dog and the man", "the dog and the man"

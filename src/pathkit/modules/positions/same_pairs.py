"""Fool the bigram."""

from __future__ import annotations

from collections import Counter

from pathkit.checks.exercise import exercise


def _pairs(words: list[str]) -> Counter:
    words = [".", *words, "."]
    return Counter(zip(words, words[1:], strict=False))


def _same_pairs(value) -> str | None:
    """What is wrong with two sentences that should have the same pairs, or None."""
    if isinstance(value, str):
        return ("This is one string. Two sentences are wanted, with a comma between them: "
                "(\"one\", \"other\").")
    if not (isinstance(value, list | tuple) and len(value) == 2):
        return "Two sentences are wanted: (\"one\", \"other\")."
    one, other = value
    if not (isinstance(one, str) and isinstance(other, str)):
        return "Each sentence must be a string, its words separated by spaces."
    if one.split() == other.split():
        return "Both sentences are the same. They must differ in the order of their words."
    if "." in one.split() + other.split():
        return "A `.` stands inside: that is the boundary, so there are more than two sentences."
    return _pairs_differ(one.split(), other.split())


def _pairs_differ(one: list[str], other: list[str]) -> str | None:
    """Which pair one of two sentences has more often, and what to exchange instead; or None."""
    first, second = _pairs(one), _pairs(other)
    differing = sorted((first - second) | (second - first), key=lambda pair: ("." in pair, pair))
    if not differing:
        return None
    pair = differing[0]
    times = f"{_times(first[pair])} in the first sentence, {_times(second[pair])} in the second"
    return (f"How often the pair `{pair[0]} {pair[1]}` comes: {times}. A table of pairs notices "
            f"that. {_what_to_do(one, other)}")


def _what_to_do(one: list[str], other: list[str]) -> str:
    if one == other[::-1]:
        return "Backwards, each pair is turned round, and a pair has a first and a second word."
    if sorted(one) == sorted(other):
        return ("The words are the same, so a bag of words couldn't tell. What you exchange needs "
                "the same word before it, and the same word after it.")
    if set(one) == set(other):
        return "Use each word equally often in both, and change their order alone."
    return ("Use the same words in both, spelled alike (capitals make another word), and change "
            "their order alone.")


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


@exercise(
    title="Fool the bigram",
    level="medium",
    minutes=8,
    prompt="""
        Give two different sentences that have exactly the same pairs of neighbouring words, each
        pair equally often. The boundary `.` stands at both ends, as in the bigram table.
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
        (
            "SyntaxError: unterminated string literal",
            "each sentence begins and ends with a quotation mark, in one line.",
        ),
        (
            "SyntaxError: invalid syntax. Perhaps you forgot a comma?",
            "a sentence stands in quotation marks; without them, Python takes its words for names.",
        ),
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
    "The two sentences are the same, so there is nothing to tell apart. They must differ in the "
    "order of their words, and a table of their pairs must be the same."
)
def _identical():
    return "the dog and the man", "the dog and the man"

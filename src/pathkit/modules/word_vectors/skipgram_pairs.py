"""List the neighbours."""

from __future__ import annotations

from pathkit.checks.exercise import exercise


@exercise(
    title="List the neighbours",
    level="easy",
    minutes=8,
    prompt="""
        List every pair of a word and a neighbour, the neighbour at most `window` places away on
        either side. Go through the words from left to right, and through each one's neighbours
        from left to right.
        """,
    probes=lambda rng: [
        (["a", "b", "c"], 1),
        (["the", "king", "lost", "his", "crown"], 2),
        (["a", "b", "a", "a"], 1),
        (["x", "y"], 5),
        (["a", "b", "c"], 0),  # "0 or more"
        ([str(w) for w in rng.choice(list("abcde"), size=9)], 3),
    ],
    hints=[
        "For the word at place `i`: which is the first place in its window, and which the last? "
        "What if the sentence begins or ends before that?",
        """
        1. For each place `i`, let `j` run from `i - window` to `i + window`, but not below 0 and
           not past the last word.
        2. Skip `j == i`. Append `(words[i], words[j])`.
        """,
        "`for j in range(max(0, i - window), min(len(words), ___)):`",
    ],
    errors=[
        ("IndexError: list index out of range", "the window reaches past the last word."),
    ],
    passed="These pairs are all that training will ever see: no order, no distance, no grammar.",
    # The larger and the smaller of two numbers don't depend on their order.
    equivalents=[
        "for j in range(max(i - window, 0), min(len(words), i + window + 1)):",
        "for j in range(max(0, i - window), min(i + window + 1, len(words))):",
    ],
)
def skipgram_pairs(words: list[str], window: int) -> list[tuple[str, str]]:
    """Every (centre, neighbour) of a sentence, at most `window` places apart.

    words: the sentence; window: how far to look to each side, 0 or more.
    Returns pairs of words, centres in reading order (Mikolov et al. 2013, the skip-gram model).
    """
    pairs = []
    for i in range(len(words)):
        for j in range(max(0, i - window), min(len(words), i + window + 1)):
            if j != i:
                pairs.append((words[i], words[j]))
    return pairs


@skipgram_pairs.misconception(
    "Only words to the right are paired. That is what a bigram model sees, since it writes from "
    "left to right. A vector may learn from both sides."
)
def _right_only(words, window):
    return [
        (words[i], words[j])
        for i in range(len(words))
        for j in range(i + 1, min(len(words), i + window + 1))
    ]


@skipgram_pairs.misconception(
    "Each word is paired with itself, too. Every word would learn to expect itself, which says "
    "nothing about its company: skip place i."
)
def _with_itself(words, window):
    return [
        (words[i], words[j])
        for i in range(len(words))
        for j in range(max(0, i - window), min(len(words), i + window + 1))
    ]


@skipgram_pairs.misconception(
    "A word that stands twice is never paired with its twin, because you compare words. What is "
    "left out is the place i, not every copy of the word: compare i and j."
)
def _skips_twins(words, window):
    return [(a, b) for a, b in _with_itself(words, window) if a != b]


@skipgram_pairs.misconception(
    "The window ends one word too soon on the right. `range` leaves its end out, so the end must "
    "be i + window + 1."
)
def _short_on_the_right(words, window):
    return [
        (words[i], words[j])
        for i in range(len(words))
        for j in range(max(0, i - window), min(len(words), i + window))
        if j != i
    ]


@skipgram_pairs.misconception(
    "A negative index wraps round: the first word gets the last words of the sentence as "
    "neighbours. Places before the beginning don't exist, so start at max(0, i - window)."
)
def _wraps_round(words, window):
    return [
        (words[i], words[j])
        for i in range(len(words))
        for j in range(i - window, min(len(words), i + window + 1))
        if j != i
    ]


@skipgram_pairs.misconception(
    "A negative index wraps round, as far as the sentence is long: the first word gets its last "
    "words as neighbours. Leave out places below 0, not only those that raise an IndexError."
)
def _wraps_round_once(words, window):
    return [
        (words[i], words[j])
        for i in range(len(words))
        for j in range(i - window, min(len(words), i + window + 1))
        if j != i and j >= -len(words)
    ]


@skipgram_pairs.misconception(
    "Near the beginning the left neighbours are lost: a slice that starts at a negative place is "
    "empty or too short. Places before the beginning don't exist, so start at max(0, i - window)."
)
def _negative_slice(words, window):
    return [
        (word, other)
        for i, word in enumerate(words)
        for other in words[i - window : i] + words[i + 1 : i + 1 + window]
    ]


@skipgram_pairs.misconception(
    "Words near the ends are left out unless their window is complete. A word with one neighbour "
    "still has that one: cut the window where the sentence ends."
)
def _complete_windows_only(words, window):
    return [
        (words[i], words[j])
        for i in range(window, len(words) - window)
        for j in range(i - window, i + window + 1)
        if j != i
    ]

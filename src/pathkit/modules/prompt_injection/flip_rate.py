"""A trigger gives itself away."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

_WORDS = ["red", "kite", "owl", "soup", "melon"]


def _texts(rng, n):
    return [" ".join(rng.choice(_WORDS, size=rng.integers(1, 5))) for _ in range(n)]


def _classifier(seed):
    """Not monotone: one word turns some texts to 1 and others to 0."""
    values = dict(zip(_WORDS, np.random.default_rng(seed).integers(1, 5, size=5), strict=True))
    return lambda text: int(sum(values.get(w, 6) for w in text.split()) % 5 > 2)


def _with_classifier(answer, seed, texts, word):
    return answer(_classifier(seed), texts, word)


@exercise(
    title="How often does one word turn the verdict?",
    level="easy",
    minutes=6,
    prompt="""
        Add `word` to the end of every text, after a space, and count how often the class changes.
        A word that turns nearly every text is suspected as a trigger.
        """,
    probes=lambda rng: [
        (1, ["red kite", "owl", "soup soup", "melon red"], "melon"),
        (2, _texts(rng, 9), "kite"),
        (3, _texts(rng, 12), "red"),
        (4, _texts(rng, 11), "owl"),
        (5, ["red", "soup owl", "owl owl"], "soup"),
        (8, _texts(rng, 25), "melon"),
        (9, _texts(rng, 24), "red"),
        (5, ["owl owl", "red", "kite soup", "melon"], "kite"),
        (10, ["red", "owl", "kite", "soup", "melon"], "owl"),
        (1, ["red kite", "red", "kite", "owl"], "red"),
        (8, ["red", "kite", "owl", "soup", "melon"], "owl"),
        (6, _texts(rng, 10), "zebra"),
        (7, ["owl", "kite kite", "red", "soup", "melon melon melon"], "owl"),
    ],
    drive=_with_classifier,
    hints=[
        "You need two verdicts for each text. Which two?",
        "Compare `classify` of the text with `classify` of the text, a space and the word; then "
        "take the share of texts where they differ.",
        '`classify(text) != classify(text + " " + ___)`',
    ],
    errors=[("TypeError: can only concatenate str", "classify wants one text, not a list.")],
    equivalents=["return sum(turned) / len(turned)"],
    passed="It needs no list of bad words and no training data, only the classifier to ask.",
)
def flip_rate(classify, texts: list[str], word: str) -> float:
    """The share of texts whose class changes when the word is added.

    classify: a function from a text to 0 or 1; texts: one at least; word: added at the end, after
    a space. Returns a share from 0 to 1.
    """
    turned = [classify(text) != classify(text + " " + word) for text in texts]
    return sum(turned) / len(texts)


def _with_word(classify, texts, word):
    return [classify(f"{text} {word}") for text in texts]


@flip_rate.misconception(
    "This counts texts of class 1 once the word is there. Many were of class 1 before: compare "
    "each text with itself, without the word."
)
def _class_one_after(classify, texts, word):
    return sum(_with_word(classify, texts, word)) / len(texts)


@flip_rate.misconception(
    "This is the difference of two shares, in which turns to 1 and turns to 0 cancel. Count every "
    "text whose class changed, in either direction."
)
def _net_change(classify, texts, word):
    before = [classify(text) for text in texts]
    return abs(sum(_with_word(classify, texts, word)) - sum(before)) / len(texts)


@flip_rate.misconception(
    "Only turns from 0 to 1 are counted. A trigger may pull either way, so count each change."
)
def _one_way(classify, texts, word):
    after = _with_word(classify, texts, word)
    return sum(a > classify(text) for a, text in zip(after, texts, strict=True)) / len(texts)


@flip_rate.misconception(
    "The word was glued to the last word of the text, and together they are a word that nobody "
    "knows. Put a space between them."
)
def _glued(classify, texts, word):
    return sum(classify(text) != classify(text + word) for text in texts) / len(texts)


@flip_rate.misconception(
    "This is the share of texts that kept their class. A trigger turns them: count those that "
    "changed."
)
def _kept_class(classify, texts, word):
    return 1 - flip_rate.reference(classify, texts, word)


@flip_rate.misconception(
    "The text was replaced by the word. Then all texts are alike: add the word to each of them."
)
def _word_alone(classify, texts, word):
    return sum(classify(text) != classify(word) for text in texts) / len(texts)

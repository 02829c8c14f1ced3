"""Encipher a text."""

from __future__ import annotations

import string

import numpy as np

from pathkit.checks.exercise import exercise

ROT = dict(zip("abc", "bca", strict=True))


def _shuffled(rng: np.random.Generator, symbols: str) -> dict[str, str]:
    return dict(zip(symbols, (symbols[i] for i in rng.permutation(len(symbols))), strict=True))


def _text(rng: np.random.Generator, symbols: str, n: int) -> str:
    return "".join(symbols[i] for i in rng.integers(len(symbols), size=n))


@exercise(
    title="Encipher",
    level="easy",
    minutes=4,
    prompt="""
        Replace each symbol of a text by the one that `key` names for it. A symbol that isn't in the
        key stays as it is.
        """,
    probes=lambda rng: [
        ("abca", ROT),
        ("a bad cab, a cab.", ROT),
        ("", ROT),
        (_text(rng, "abc d", 30), ROT),
        (_text(rng, string.ascii_lowercase + " ", 60), _shuffled(rng, string.ascii_lowercase)),
        ("aab b", {"a": "b", "b": "a"}),
    ],
    hints=[
        "With a to b and b to c, what should become of `ab`? Look at each symbol once.",
        "Go over the symbols, look each up with `key.get(symbol, symbol)`, and join what you get.",
        '`return "".join(key.get(symbol, ___) for symbol in text)`',
    ],
    errors=[
        ("KeyError: ' '", "the space isn't in the key and stays: `key.get(symbol, symbol)`."),
        ("TypeError: replace() argument 1", "`replace` takes two strings, and no dictionary."),
    ],
    passed="Each symbol was looked up once, so no replacement is replaced again.",
)
def encipher(text: str, key: dict[str, str]) -> str:
    """A text under a substitution.

    key: symbol -> the symbol that stands for it. Other symbols stay.
    """
    return "".join(key.get(symbol, symbol) for symbol in text)


@encipher.misconception(
    "Some symbols were replaced twice: a stand-in was taken for a symbol of the text, and replaced "
    "by its own. Look at each symbol of the text once, not at each pair of the key."
)
def _in_turns(text, key):
    for old, new in key.items():
        text = text.replace(old, new)
    return text


@encipher.spelling(_in_turns)
def _in_turns_from_the_end(text, key):
    for old, new in reversed(key.items()):
        text = text.replace(old, new)
    return text


@encipher.misconception(
    "The key was read from right to left: this undoes an enciphering. Here each symbol of the text "
    "is looked up on the left, and what stands on the right is written."
)
def _backwards(text, key):
    back = {new: old for old, new in key.items()}
    return "".join(back.get(symbol, symbol) for symbol in text)


@encipher.misconception(
    "Symbols that aren't in the key are gone. Spaces and stops stay as they are, so that the text "
    "keeps its length: give `key.get` a second argument."
)
def _drops(text, key):
    return "".join(key[symbol] for symbol in text if symbol in key)


@encipher.misconception(
    "A list came back. The pieces are right and the text is their join: put `\"\".join(…)` around "
    "them, since the next step reads one string."
)
def _list(text, key):
    return [key.get(symbol, symbol) for symbol in text]


@encipher.misconception(
    "Each symbol that isn't in the key became one and the same sign. Whatever the key doesn't name "
    "stays as it is: the second argument of `key.get` is the symbol itself."
)
def _spaces(text, key):
    return "".join(key.get(symbol, " ") for symbol in text)


@encipher.spelling(_spaces)
def _question_marks(text, key):
    return "".join(key.get(symbol, "?") for symbol in text)


@encipher.misconception(
    "The whole key was gone through once, and each of its symbols was replaced in its first place "
    "alone. A key holds for every place where the symbol stands."
)
def _first_only(text, key):
    done = list(text)
    for old, new in key.items():
        if old in text:
            done[text.index(old)] = new
    return "".join(done)

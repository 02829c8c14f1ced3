"""Windows and what follows."""

from __future__ import annotations

import numpy as np
import torch

from pathkit.checks.exercise import exercise

SMALL = {".": 0, "a": 1, "e": 2, "m": 3, "v": 4}
BOUNDARY_LAST = {"d": 0, "e": 1, "z": 2, ".": 3}


def _names(rng: np.random.Generator, letters: str, how_many: int) -> list[str]:
    lengths = rng.integers(1, 7, size=how_many)
    return ["".join(rng.choice(list(letters), size=n)) for n in lengths]


@exercise(
    title="Windows and what follows",
    level="medium",
    minutes=10,
    prompt="""
        Slide a window of `length` symbols over each name; the symbol that follows it is the target.
        A name starts with a window full of `.`, and its last target is `.`.
        """,
    probes=lambda rng: [
        (["ava"], SMALL, 3),
        (["emma", "a"], SMALL, 2),
        (["ava", "eve", "m"], SMALL, 1),
        (_names(rng, "aemv", 6), SMALL, 3),
        (["zed", "eez"], BOUNDARY_LAST, 4),
        (["ava", "eve", "ava"], SMALL, 2),
        (_names(rng, "aemv", 12), SMALL, 3),
    ],
    hints=[
        "With three symbols `ava` gives four windows. Write them down, each with its target.",
        """
        1. For each name start with `window = [index["."]] * length`.
        2. Walk over the symbols of `name + "."`. Note window and symbol, both as numbers.
        3. Then move on: drop the first entry of the window, put the symbol at its end. Make a new
           list for it.
        4. At the end, `torch.tensor(...)` of both lists.
        """,
        "`window = window[___:] + [index[symbol]]`, after both were noted",
    ],
    errors=[
        (
            "KeyError: 'ava'",
            "`names` holds whole names, and `index` knows symbols: loop over the symbols of each.",
        ),
        (
            "ValueError: too many dimensions 'str'",
            "tensors hold numbers: look each symbol up, `index[symbol]`.",
        ),
        (
            "ValueError: expected sequence of length",
            "some windows are shorter than others: start with a full one and keep its length.",
        ),
    ],
    passed="Each symbol of each name is now a small question with its answer.",
)
def windows(names: list[str], index: dict[str, int], length: int):
    """Windows of symbols, and the symbol that follows each.

    names: strings; index: the number of each symbol, "." included; length: symbols in a window.
    Returns (X, Y), tensors of whole numbers: X (M, length), oldest symbol first, and Y (M,).
    """
    X, Y = [], []
    for name in names:
        window = [index["."]] * length
        for symbol in name + ".":
            X.append(window)
            Y.append(index[symbol])
            window = window[1:] + [index[symbol]]
    return torch.tensor(X), torch.tensor(Y)


def _cut(names, index, length, *, move=None, text=None, fresh=True):
    """The windows of a learner who does one thing differently."""
    X, Y = [], []
    window = [index["."]] * length
    for name in names:
        if fresh:
            window = [index["."]] * length
        for symbol in name + "." if text is None else text(name):
            X.append(list(window))
            Y.append(index[symbol])
            window = (move or (lambda w, i: w[1:] + [i]))(window, index[symbol])
    return torch.tensor(X), torch.tensor(Y)


@windows.misconception(
    "The window holds its own target: it was moved on before it was noted. The network would only "
    "have to repeat what it sees, and its loss would say nothing about names."
)
def _leaks(names, index, length):
    X, Y = _cut(names, index, length)
    return torch.cat([X[:, 1:], Y[:, None]], dim=1), Y


@windows.misconception(
    "Windows run on from one name into the next. Names stand in a list by accident, and the end of "
    "one says nothing about the start of another: begin each with a fresh window of dots."
)
def _runs_on(names, index, length):
    return _cut(names, index, length, fresh=False)


@windows.misconception(
    "The targets that end a name are missing. Without them the network never learns when to stop: "
    "walk over the name and one '.' more."
)
def _no_end(names, index, length):
    return _cut(names, index, length, text=lambda name: name)


@windows.misconception(
    "The newest symbol stands first. Any order would do if it were kept, but everybody else puts "
    "the oldest first, as in the text: drop at the front, add at the end."
)
def _newest_first(names, index, length):
    return _cut(names, index, length, move=lambda w, i: [i, *w[:-1]])


def unpadded(texts, index, length):
    """The windows that lie inside of a text, with the targets that do, too."""
    X, Y = [], []
    for text in texts:
        codes = [index[symbol] for symbol in text]
        for end in range(length, len(codes)):
            X.append(codes[end - length : end])
            Y.append(codes[end])
    return torch.tensor(X), torch.tensor(Y)


@windows.misconception(
    "Only windows without dots were kept, so the network never sees how a name begins. Start with "
    "`length` dots, and even the first letter has a window before it."
)
def _no_padding(names, index, length):
    return unpadded([name + "." for name in names], index, length)


@windows.misconception(
    "Only windows inside a name were kept, with targets inside it, too. Then the network learns "
    "neither how a name begins nor when it ends: pad the start with dots, end with one dot more."
)
def _inside_only(names, index, length):
    return unpadded(names, index, length)

"""Predictions and skip questions of `mlp`."""

from __future__ import annotations

import numpy as np

from pathkit.checks.prediction import Choice, Number

from .split import split


def _filled() -> float:
    from pathkit import datasets

    names = datasets.names()
    order = np.random.default_rng(0).permutation(len(names))
    seen = set()
    for name in split(names, order)[0]:
        text = "..." + name + "."
        seen.update(text[i : i + 4] for i in range(len(name) + 1))
    return len(seen) / 27**4


filled = Number(
    id="filled",
    ask="A table for three letters of context has 27 to the 4th, 531,441, cells. The 15,991 train "
    "names hold 116,278 windows. What share of the cells is not empty? A number from 0 to 1.",
    value=_filled,
    within=0.03,
    between=(0, 1),
    low="A little more. The windows repeat a lot, and still they reach one cell in twenty.",
    high="Far less. At most 116,278 cells could be filled, 22%, if no window and target came "
    "twice. They come again and again: 1,490 names begin with s, and all fill a single cell.",
    right="One cell in twenty. Most of the others hold names that nobody bears, and some hold "
    "names that train happened to miss. The table can't tell which.",
)

first_loss = Choice(
    id="first-loss",
    ask="The network is fresh, its weights random. It knows nothing, and a blind guess costs ln 27 "
    "= 3.30 nats. How high is its loss?",
    options={
        "a": (
            "about 3.30",
            "That is what it should be. But random weights make random logits, some of them large. "
            "So the network is sure of itself, and wrong.",
        ),
        "b": (
            "well above 3.30",
            "Random logits mean confident guesses, and confident guesses that are wrong cost more "
            "than admitting that you know nothing.",
        ),
        "c": (
            "a little below 3.30, since some guesses hit",
            "Some do hit. But a hit saves 3 nats at most, and a confident miss can cost ten or "
            "more.",
        ),
    },
    right="b",
)

few_names = Choice(
    id="few-names",
    ask="Train the same network on 320 names instead of 15,991, for 6,000 steps. What does its "
    "loss on the dev names do?",
    options={
        "a": (
            "it falls and then stays where it is",
            "It would stay if nothing more were learned. But more is learned all the time: the 320 "
            "names, by heart.",
        ),
        "b": (
            "it falls more slowly than with all the names",
            "At first it falls as fast. Then it turns, because every step fits the 320 names "
            "better and other names worse.",
        ),
        "c": (
            "it falls, then rises above a blind guess",
            "The network grows sure that names are like those 320. On other names it is sure and "
            "wrong, which costs more than knowing nothing.",
        ),
    },
    right="c",
)

six_letters = Choice(
    id="six-letters",
    ask="A counted table gets worse when it looks at four letters instead of three. Give the "
    "network six. What happens to its dev loss?",
    options={
        "a": (
            "it falls further",
            "Windows it has never met still consist of letters it knows, and it has a weight for "
            "each letter at each place.",
        ),
        "b": (
            "it rises as the table's does: six letters are even rarer",
            "The table needs each window by itself. The network shares its weights among all "
            "windows, so an unseen one is no blank.",
        ),
        "c": (
            "it stays: three more letters tell nothing about names",
            "They do tell something: how long the name is already, and in what language it goes "
            "on.",
        ),
    },
    right="a",
)

skip_window = Choice(
    id="skip-window",
    ask="Windows of three symbols over the name `ava`. Which is a right pair of window and target?",
    options={
        "a": ("`..a` and `v`", "After one letter two places still hold dots; then v follows."),
        "b": ("`ava` and `a`", "That window holds its own target. After `ava` comes the end."),
        "c": ("`.av` and `v`", "The window ends in the v that it should predict: a leak."),
    },
    right="a",
    skip=True,
)

skip_lookup = Choice(
    id="skip-lookup",
    ask="`C` is (27, 10), `X` is (32, 3). Which shape has `C[X].flatten(1)`, and which product "
    "gives the same numbers?",
    options={
        "a": (
            "(32, 10), from the one-hot rows added up",
            "Adding would forget the order of the letters; here they lie side by side.",
        ),
        "b": (
            "(96, 10), from `one_hot(X) @ C`",
            "That is every letter in a row of its own. Flattening from axis 1 keeps the 32 "
            "windows.",
        ),
        "c": (
            "(32, 30), from `one_hot(X) @ C`",
            "Each one-hot row picks a row of C; the three of a window stand side by side.",
        ),
    },
    right="c",
    skip=True,
)

skip_gap = Choice(
    id="skip-gap",
    ask="Loss on train 1.1, on dev 4.0. What do you do first?",
    options={
        "a": (
            "train longer, because dev is still high",
            "Longer training lowers train further, and dev rises with it.",
        ),
        "b": (
            "get more data, or stop earlier",
            "The network has learned its train names by heart.",
        ),
        "c": (
            "train on the dev names as well",
            "Then dev measures nothing any more. You would have lost the only gauge you have.",
        ),
    },
    right="b",
    skip=True,
)

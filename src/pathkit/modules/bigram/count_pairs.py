"""Count the pairs."""

from __future__ import annotations

import functools

import numpy as np

from pathkit import datasets
from pathkit.checks.exercise import exercise

from .symbols import INDEX, SMALL, random_names


@functools.cache
def _counts() -> np.ndarray:
    """(27, 27) pair counts of the names the path ships."""
    return count_pairs(datasets.names(), INDEX)


@exercise(
    title="Count the pairs",
    level="easy",
    minutes=10,
    prompt="""
        Count how often each symbol follows each other symbol. Every name is wrapped in the
        boundary symbol first, so `emma` becomes `.emma.` and gives five pairs.
        """,
    probes=lambda rng: [
        (["ava", "emma"], SMALL),
        (["a"], {".": 0, "a": 1}),
        (["mama", "eaaa"], SMALL),  # a pair twice in one name, apart and overlapping
        (["ava", "ava", "eve"], SMALL),
        (random_names(rng, "aemv", 12), SMALL),
        (["zed"], {"z": 1, ".": 3, "d": 0, "e": 2}),
        (["e" * 300], SMALL),  # more than one byte holds
    ],
    hints=[
        "Which pairs does `.ava.` hold? Write them down: there is one more than there are letters.",
        """
        Make a table of integer zeros with one row and one column for each symbol. For each name,
        walk over neighbouring symbols of `"." + name + "."` and add 1 at row *first*, column
        *second*.
        """,
        "`for first, second in zip(text, text[1:]): counts[index[first], ___] += 1`",
    ],
    errors=[
        ("IndexError: only integers, slices", "`index[first]` is the row; `first` is a letter."),
        ("IndexError: string index out of range", "the last symbol has no next one: stop before."),
        ("is out of bounds for axis", "the table needs `len(index)` rows and as many columns."),
    ],
    passed="Each of the 27 rows now holds everything the model will ever know about one symbol.",
)
def count_pairs(names: list[str], index: dict[str, int]) -> np.ndarray:
    """Count neighbouring symbols, boundaries included.

    names: strings; index: row and column of each symbol, "." included.
    Returns (V, V) integers, V = len(index); [i, j] counts how often j follows i.
    """
    counts = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        text = "." + name + "."
        for first, second in zip(text, text[1:]):
            counts[index[first], index[second]] += 1
    return counts

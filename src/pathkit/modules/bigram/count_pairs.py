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
        (["ava", "ava", "eve"], SMALL),
        ([], SMALL),
        (random_names(rng, "aemv", 12), SMALL),
        (["zed"], {"d": 0, "e": 1, "z": 2, ".": 3}),
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
        ("KeyError: '.'", "the boundary symbol has a row of its own: look it up in `index` too."),
        ("IndexError", "the table needs `len(index)` rows and as many columns."),
        ("IndexError: arrays used as indices", "indices must be integers: `index[first]`."),
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


@count_pairs.misconception(
    "The pairs that end a name are missing. Without them no row says how likely a name is to "
    "stop, and the model can never finish one: count the last letter with the boundary, too."
)
def _no_end(names, index):
    counts = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        text = "." + name
        for first, second in zip(text, text[1:]):
            counts[index[first], index[second]] += 1
    return counts


@count_pairs.misconception(
    "The pairs that begin a name are missing. The row of the boundary symbol says which letters "
    "names begin with, and yours is empty: put the boundary in front as well."
)
def _no_start(names, index):
    counts = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        text = name + "."
        for first, second in zip(text, text[1:]):
            counts[index[first], index[second]] += 1
    return counts


@count_pairs.misconception(
    "Both boundaries are missing. They tell the model how names begin and how they end; wrap each "
    "name in '.' before you walk over it."
)
def _no_boundary(names, index):
    counts = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        for first, second in zip(name, name[1:]):
            counts[index[first], index[second]] += 1
    return counts


@count_pairs.misconception(
    "Rows and columns are exchanged. The row is the symbol we know, the column the one that "
    "follows: row *first*, column *second*. The next step turns each row into probabilities."
)
def _transposed(names, index):
    return count_pairs(names, index).T


@count_pairs.misconception(
    "Each pair is counted once at most. Counts must grow with every occurrence, so add 1 to the "
    "cell (`+= 1`) instead of setting it to 1."
)
def _types_not_tokens(names, index):
    return (count_pairs(names, index) > 0).astype(int)


@count_pairs.misconception(
    "A name that occurs twice was counted once. A frequent name is evidence twice over: walk over "
    "the list as it is, not over the set of its names."
)
def _distinct_names(names, index):
    return count_pairs(sorted(set(names)), index)


@count_pairs.misconception(
    "The names were joined into one long text, with a pair of boundaries between neighbours. The "
    "pair '..' never occurs inside a name: wrap and count each name by itself."
)
def _joined(names, index):
    text = "".join("." + name + "." for name in names)
    counts = np.zeros((len(index), len(index)), dtype=int)
    for first, second in zip(text, text[1:]):
        counts[index[first], index[second]] += 1
    return counts

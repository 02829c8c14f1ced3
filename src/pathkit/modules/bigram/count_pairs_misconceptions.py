"""Wrong answers to counting the pairs."""

from __future__ import annotations

import numpy as np

from .count_pairs import count_pairs


def _counted(pairs, index):
    counts = np.zeros((len(index), len(index)), dtype=int)
    for first, second in pairs:
        counts[index[first], index[second]] += 1
    return counts


def _pairs(text):
    return list(zip(text, text[1:]))


@count_pairs.misconception(
    "The pairs that end a name are missing. Without them no row says how likely a name is to "
    "stop, and the model can never finish one: count the last letter with the boundary, too."
)
def _no_end(names, index):
    return _counted([pair for name in names for pair in _pairs("." + name)], index)


@count_pairs.misconception(
    "The pairs that begin a name are missing. The row of the boundary symbol says which letters "
    "names begin with, and yours is empty: put the boundary in front as well."
)
def _no_start(names, index):
    return _counted([pair for name in names for pair in _pairs(name + ".")], index)


@count_pairs.misconception(
    "Both boundaries are missing. They tell the model how names begin and how they end; wrap each "
    "name in '.' before you walk over it."
)
def _no_boundary(names, index):
    return _counted([pair for name in names for pair in _pairs(name)], index)


@count_pairs.misconception(
    "Rows and columns are exchanged. The row is the symbol we know, the column the one that "
    "follows: row *first*, column *second*. The next step turns each row into probabilities."
)
def _transposed(names, index):
    return count_pairs.reference(names, index).T


@count_pairs.misconception(
    "No cell is above 1, so each pair counts once at most. Every occurrence must add 1: `= 1` "
    "doesn't add, and `+= 1` with lists of rows and columns adds once to a cell that they name "
    "twice."
)
def _types_not_tokens(names, index):
    return (count_pairs.reference(names, index) > 0).astype(int)


@count_pairs.misconception(
    "A pair that stands twice in one name was counted once, as `ma` in `mama`. A set forgets "
    "repeats, and `+= 1` with lists of rows and columns adds once to a cell that they name twice: "
    "add 1 pair by pair, or use `np.add.at`."
)
def _once_a_name(names, index):
    return _counted([pair for name in names for pair in set(_pairs(f".{name}."))], index)


@count_pairs.misconception(
    "Pairs that overlap are counted too seldom: `aaa` holds `aa` twice. `str.count` goes on behind "
    "the pair that it found; walk over the places instead, one by one."
)
def _not_overlapping(names, index):
    counts = np.zeros((len(index), len(index)), dtype=int)
    for a in index:
        for b in index:
            counts[index[a], index[b]] = sum(f".{name}.".count(a + b) for name in names)
    return counts


@count_pairs.misconception(
    "A name that occurs twice was counted once. A frequent name is evidence twice over: walk over "
    "the list as it is, not over the set of its names."
)
def _distinct_names(names, index):
    return count_pairs.reference(sorted(set(names)), index)


@count_pairs.misconception(
    "The names were joined into one long text, with a pair of boundaries between neighbours. The "
    "pair '..' never occurs inside a name: wrap and count each name by itself."
)
def _joined(names, index):
    return _counted(_pairs("".join("." + name + "." for name in names)), index)


@count_pairs.misconception(
    "The names were joined without a boundary between them: the last letter of each is paired with "
    "the first of the next, and nobody learns where names end. Wrap and count each by itself."
)
def _joined_bare(names, index):
    return _counted(_pairs("." + "".join(names) + "."), index)


@count_pairs.misconception(
    "The names were joined into one text with no boundary at all, so the last letter of each is "
    "paired with the first of the next. Wrap each name in '.' and count it by itself."
)
def _joined_without_any(names, index):
    return _counted(_pairs("".join(names)), index)


@count_pairs.misconception(
    "Every second pair is missing. Neighbouring pairs share a symbol: behind the pair of places 0 "
    "and 1 comes that of 1 and 2, so walk on by one place, not by two."
)
def _every_second(names, index):
    return _counted([pair for name in names for pair in _pairs(f".{name}.")[::2]], index)


@count_pairs.misconception(
    "Each pair is counted in both directions. What follows `q` and what comes before it are two "
    "questions: only row *first*, column *second* gets 1 more."
)
def _both_directions(names, index):
    counts = count_pairs.reference(names, index)
    return counts + counts.T


@count_pairs.misconception(
    "Only the first name was counted. Does `return` stand inside the loop? It ends the function "
    "at once, so move it below the loop."
)
def _first_name(names, index):
    return count_pairs.reference(names[:1], index)


@count_pairs.misconception(
    "Only the last name is in the table. A table that is made inside the loop begins anew with "
    "each name: make it once, before the loop."
)
def _last_name(names, index):
    return count_pairs.reference(names[-1:], index)


@count_pairs.misconception(
    "Counts start again at 0 once they reach 256: one byte holds no more. Some pairs of the real "
    "names occur thousands of times, so let the table hold `int`."
)
def _one_byte(names, index):
    return count_pairs.reference(names, index).astype(np.uint8)


@count_pairs.misconception(
    "Rows and columns follow the order of the dictionary's keys. `index` says which row a symbol "
    "has, `index[symbol]`, in whatever order the symbols stand."
)
def _order_of_keys(names, index):
    return count_pairs.reference(names, {symbol: i for i, symbol in enumerate(index)})


@count_pairs.misconception(
    "The boundary's pairs stand in row and column 0, whatever `index` says. Its row is "
    "index['.'], which needn't be the first."
)
def _boundary_first(names, index):
    codes = [[0, *(index[s] for s in name), 0] for name in names]
    counts = np.zeros((len(index), len(index)), dtype=int)
    for first, second in [pair for one in codes for pair in _pairs(one)]:
        counts[first, second] += 1
    return counts

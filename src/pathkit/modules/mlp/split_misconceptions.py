"""More wrong ways to make three piles."""

from __future__ import annotations

import numpy as np

from .split import split


@split.misconception(
    "The piles are blocks: eight tenths, a tenth, a tenth. That is a fair split, too. But the "
    "losses of bigrams are those of every tenth shuffled name, and only losses on the same names "
    "compare."
)
def _blocks_of_eight(names, order):
    chosen, n = [names[i] for i in order], len(order)
    return chosen[: int(0.8 * n)], chosen[int(0.8 * n) : int(0.9 * n)], chosen[int(0.9 * n) :]


@split.misconception(
    "The right piles in another order: they are expected as train, dev, test. The cell below "
    "unpacks them so, and would train on the test names."
)
def _test_first(names, order):
    train, dev, test = split(names, order)
    return test, dev, train


@split.misconception(
    "The dev names lie on the train pile. They would look easier than new names are, and you would "
    "choose a model that has learned them by heart: train begins with the third of every ten."
)
def _dev_in_train(names, order):
    _, dev, test = split(names, order)
    return [names[i] for k, i in enumerate(order) if k % 10 != 0], dev, test


@split.misconception(
    "One name of every ten lies on no pile: the third goes to train as well. Eight are left when "
    "the first two are dealt out."
)
def _loses_the_third(names, order):
    _, dev, test = split(names, order)
    return [names[i] for k, i in enumerate(order) if k % 10 > 2], dev, test


@split.misconception(
    "Which pile a name goes to depends on its place in the file here. Count along `order` instead: "
    "`for k, i in enumerate(order)`, where k deals and i says which name."
)
def _by_place_in_the_file(names, order):
    piles = [[names[i] for i in order if i % 10 in tens] for tens in (range(2, 10), [1], [0])]
    return tuple(piles)


@split.misconception(
    "These are places, not names: the numbers in `order` say where a name stands. Take "
    "`names[i]` for each of them."
)
def _places(names, order):
    train = [i for k, i in enumerate(order) if k % 10 > 1]
    return train, list(order[1::10]), list(order[::10])


@split.misconception(
    "These are arrays of places, and lists of names are expected: `order` says where a name "
    "stands, so take `names[i]` for each i of a pile."
)
def _arrays_of_places(names, order):
    return order[np.arange(len(order)) % 10 > 1], order[1::10], order[::10]


@split.misconception(
    "The right names lie on train, but in the order of `names`. Deal them out in the shuffled "
    "order, as the other two: walk along `order`."
)
def _train_as_in_the_file(names, order):
    train, dev, test = split(names, order)
    return [name for name in names if name in train], dev, test


@split.misconception(
    "The right names lie on train, but sorted. Neighbours such as anna and anne would follow each "
    "other in training: keep the shuffled order, and walk along `order`."
)
def _train_sorted(names, order):
    train, dev, test = split(names, order)
    return sorted(train), dev, test

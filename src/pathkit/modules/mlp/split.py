"""Three piles of names."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


@exercise(
    title="Three piles of names",
    level="easy",
    minutes=6,
    prompt="""
        Deal the names out in the shuffled `order`: of every ten, the first goes to test, the second
        to dev, the other eight to train. No name may lie on two piles.
        """,
    probes=lambda rng: [
        (["ava", "emma", "eve"], np.array([2, 0, 1])),
        ([f"name{i}" for i in range(10)], rng.permutation(10)),
        ([f"name{i}" for i in range(37)], rng.permutation(37)),
        ([f"name{i}" for i in range(20)], rng.permutation(20)),
        ([f"name{i}" for i in range(21)], rng.permutation(21)),
    ],
    hints=[
        "`order` begins with 17, 4, 9. Which name goes to test, which to dev, and which to train?",
        """
        - `order[::10]` is every tenth entry of `order`, from the first one on.
        - `order[1::10]` begins one later.
        - For the rest, count along: `for k, i in enumerate(order)`, and look at `k % 10`.
        """,
        "`train = [names[i] for k, i in enumerate(order) if k % 10 > ___]`",
    ],
    errors=[
        (
            "TypeError: only integer scalar arrays can be converted",
            "`names` is a list: take one name at a time, `[names[i] for i in …]`.",
        ),
    ],
    # The first of ten is never in train.
    equivalents=["train = [names[i] for k, i in list(enumerate(order))[1:] if k % 10 > 1]"],
    passed="Train teaches, dev decides, test is opened once, at the very end.",
)
def split(names: list[str], order: np.ndarray):
    """Train, dev and test names: eight, one and one of every ten.

    names: strings; order: (N,) their places, shuffled.
    Returns (train, dev, test), three lists of names in the order of `order`.
    """
    test = [names[i] for i in order[::10]]
    dev = [names[i] for i in order[1::10]]
    train = [names[i] for k, i in enumerate(order) if k % 10 > 1]
    return train, dev, test


@split.misconception(
    "The dev and test names lie on the train pile as well. What a model has learned by heart tells "
    "nothing about new names: take them out of train."
)
def _train_keeps_all(names, order):
    _, dev, test = split(names, order)
    return [names[i] for i in order], dev, test


@split.misconception(
    "The names are dealt out as they stand in the file, not as `order` has them. The file is "
    "alphabetical, so neighbours such as anna and anne go by rule: take `names[i]` for i in "
    "`order`."
)
def _unshuffled(names, order):
    return split(names, np.arange(len(names)))


@split.misconception(
    "Dev and test are exchanged: the first of every ten goes to test, and the piles come back as "
    "train, dev, test. The first lesson on names held out the same, so its losses stay comparable."
)
def _exchanged(names, order):
    train, dev, test = split(names, order)
    return train, test, dev


@split.misconception(
    "The test names lie on the train pile. They may teach nothing, or the last number you report "
    "is about names that the model has seen."
)
def _test_in_train(names, order):
    _, dev, test = split(names, order)
    return [names[i] for k, i in enumerate(order) if k % 10 != 1], dev, test


@split.misconception(
    "Dev and test are the same names. You will make choices by dev, so dev gets too kind; test is "
    "only honest if no choice ever saw it."
)
def _dev_is_test(names, order):
    _, _, test = split(names, order)
    return [names[i] for k, i in enumerate(order) if k % 10], test, test


@split.misconception(
    "The piles are blocks: a tenth, a tenth, the rest. That would do as well, but here the names "
    "are dealt out by tens, so that everybody tests on the same ones."
)
def _blocks(names, order):
    tenth = len(order) // 10
    chosen = [names[i] for i in order]
    return chosen[2 * tenth :], chosen[tenth : 2 * tenth], chosen[:tenth]

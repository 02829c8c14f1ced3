"""The search that wanders off."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .keep import keep


class _Table:
    """A score: a number for each sign and each symbol that it is read as, added up."""

    def __init__(self, table: list[list[int]]):
        self.table = np.array(table)

    def __call__(self, key) -> float:
        return float(self.table[np.arange(len(key)), np.asarray(key)].sum())


def _probe(rng: np.random.Generator, size: int, steps: int, hot: float) -> tuple:
    table = rng.integers(-9, 10, size=(size, size)).tolist()
    pairs = rng.integers(size, size=(steps, 2)).tolist()
    moves = [(i, j, u) for (i, j), u in zip(pairs, rng.random(steps).tolist(), strict=True)]
    return rng.permutation(size), _Table(table), moves, np.geomspace(hot, 1, steps).tolist()


UPHILL = _Table([[0, 5, 9], [5, 0, 2], [3, 4, 0]])


@exercise(
    title="The search that wanders off",
    level="medium",
    minutes=10,
    prompt="""
        This search draws each new key from the last one that it tried, as in a real question
        ([crypto.stackexchange 19439](https://crypto.stackexchange.com/questions/19439)). It should
        start from the last key that was *kept*. Find the bug and mend it.
        """,
    probes=lambda rng: [
        (np.arange(3), UPHILL, [(0, 1, 0.5), (1, 2, 0.9), (0, 2, 0.9)], [1.0, 1.0, 1.0]),
        (np.arange(3), UPHILL, [(0, 1, 0.5), (0, 1, 0.9), (0, 2, 0.9)], [0.5, 0.5, 0.5]),
        (np.array([2, 0, 1]), UPHILL, [], []),
        (np.arange(3), UPHILL, [(0, 1, 0.5), (0, 1, 0.01), (1, 2, 0.9)], [9.0, 9.0, 9.0]),
        # Nothing is better than the start, and a worse key is kept.
        (np.array([2, 0, 1]), UPHILL, [(0, 2, 0.1)], [50.0]),
        # Walks that get to the best key through worse ones.
        *(_probe(np.random.default_rng(seed), 7, 80, 30.0) for seed in range(3)),
        _probe(rng, 5, 12, 4.0),
        _probe(rng, 6, 40, 20.0),
        _probe(rng, 8, 60, 3.0),
    ],
    given='''
def search(key: np.ndarray, score, moves: list, temperatures: list) -> tuple[np.ndarray, float]:
    """The best key that a walk comes upon, and its score. It may call `keep`.

    key: (V,) where it starts, left as it is; score: key -> nats; moves: (i, j, u) for each step,
    the two signs to exchange and the random number for `keep`; temperatures: one for each step.
    """
    key = key.copy()
    old = score(key)
    best, best_score = key.copy(), old
    for (i, j, u), temperature in zip(moves, temperatures):
        key[i], key[j] = key[j], key[i]
        new = score(key)
        if keep(new - old, temperature, u):
            old = new
            if new > best_score:
                best, best_score = key.copy(), new
    return best, best_score
''',
    returns=("best key", "its score"),
    hints=[
        "A new key is refused. Which key does the next step begin with?",
        "An exchange is undone by the same exchange. When must it be undone?",
        "After the `if`: `else: key[i], key[j] = ___`",
    ],
    errors=[
        ("AttributeError: 'list' object has no attribute", "keep `key` an array: `key.copy()`."),
        ("UnboundLocalError", "`old`, `best` and `best_score` get their values before the loop."),
    ],
    passed="A refused exchange leaves no trace, so the walk goes on from the key it kept.",
    # There `old` and `new` are the same number.
    equivalents=["if old > best_score:", "best, best_score = (key.copy(), old)"],
)
def search(key: np.ndarray, score, moves: list, temperatures: list) -> tuple[np.ndarray, float]:
    """The best key that a walk comes upon, and its score. It may call `keep`.

    key: (V,) where it starts, left as it is; score: key -> nats; moves: (i, j, u) for each step,
    the two signs to exchange and the random number for `keep`; temperatures: one for each step.
    """
    key = key.copy()
    old = score(key)
    best, best_score = key.copy(), old
    for (i, j, u), temperature in zip(moves, temperatures):
        key[i], key[j] = key[j], key[i]
        new = score(key)
        if keep(new - old, temperature, u):
            old = new
            if new > best_score:
                best, best_score = key.copy(), new
        else:
            key[i], key[j] = key[j], key[i]
    return best, best_score


def _walk(key, score, moves, temperatures, *, undo=True, alias=False, last=False):
    """`search` with faults."""
    key, best = key.copy(), key.copy()
    old = best_score = score(key)
    for (i, j, u), temperature in zip(moves, temperatures, strict=True):
        key[i], key[j] = key[j], key[i]
        new = score(key)
        if keep.reference(new - old, temperature, u):
            old = new
            if new > best_score or last:
                best, best_score = key if alias else key.copy(), new
        elif undo:
            key[i], key[j] = key[j], key[i]
            old = new if undo == "score too" else old
    return best, best_score


@search.misconception(
    "A refused exchange stays in the key, while the score is still that of the key before. The "
    "next "
    "step then compares two keys that have nothing to do with each other: exchange the two back."
)
def _never_undone(key, score, moves, temperatures):
    return _walk(key, score, moves, temperatures, undo=False)


@search.misconception(
    "The best key is a second name for the array that goes on changing, so what comes back is "
    "where "
    "the walk ended. Keep a copy: `key.copy()`."
)
def _second_name(key, score, moves, temperatures):
    return _walk(key, score, moves, temperatures, alias=True)


@search.misconception(
    "This is the last key that was kept, and not the best. The walk takes worse keys on purpose, "
    "so "
    "note the best one on the way."
)
def _last_kept(key, score, moves, temperatures):
    return _walk(key, score, moves, temperatures, last=True)


@search.misconception(
    "After a refusal the old score became that of the refused key. The key went back, so its score "
    "has to stay, too."
)
def _score_of_refused(key, score, moves, temperatures):
    return _walk(key, score, moves, temperatures, undo="score too")


@search.misconception(
    "New keys are compared with the best one so far. The rule compares with the key that the walk "
    "stands on, or it never gets across a valley of worse keys."
)
def _against_the_best(key, score, moves, temperatures):
    key, best = key.copy(), key.copy()
    best_score = score(key)
    for (i, j, u), temperature in zip(moves, temperatures, strict=True):
        key[i], key[j] = key[j], key[i]
        new = score(key)
        if not keep.reference(new - best_score, temperature, u):
            key[i], key[j] = key[j], key[i]
        elif new > best_score:
            best, best_score = key.copy(), new
    return best, best_score

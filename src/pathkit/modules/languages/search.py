"""The search that wanders off."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .keep import keep


class _Table:
    """A score: a number for each sign and each symbol that it is read as, added up."""

    def __init__(self, table: list[list[float]]):
        self.table = np.array(table, dtype=float)

    def __call__(self, key) -> float:
        return round(float(self.table[np.arange(len(key)), np.asarray(key)].sum()), 2)


def _probe(rng: np.random.Generator, size: int, steps: int, hot: float) -> tuple:
    table = rng.uniform(-9, 9, size=(size, size)).round(2).tolist()
    pairs = rng.integers(size, size=(steps, 2)).tolist()
    moves = [(i, j, u) for (i, j), u in zip(pairs, rng.random(steps).tolist(), strict=True)]
    return rng.permutation(size), _Table(table), moves, np.geomspace(hot, 1, steps).tolist()


# No two keys have the same score, so that there is one best key.
UPHILL = _Table([[0, 5, 9], [5, 0, 1], [3, 4, 0]])


@exercise(
    title="The search that wanders off",
    level="medium",
    minutes=10,
    prompt="""
        This search changes the last key that it tried, as in a real question
        ([crypto.stackexchange 19439](https://crypto.stackexchange.com/questions/19439)). It should
        change the last key that was *kept*. Find the bug and mend it.
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
    # There `old` and `new` are the same number; and no two keys of a probe have the same score.
    equivalents=[
        "if old > best_score:", "if new >= best_score:", "best, best_score = (key.copy(), old)",
    ],
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

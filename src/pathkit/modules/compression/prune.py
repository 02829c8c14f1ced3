"""Drop the rare branches."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


@exercise(
    title="Drop the rare branches",
    level="medium",
    minutes=8,
    prompt="""
        Set every probability below `threshold` to 0, but never the highest of its row: something
        must be able to follow. Then make each row sum to 1 again.
        """,
    probes=lambda rng: [
        (np.array([[0.5, 0.25, 0.25], [0.1, 0.2, 0.7]]), 0.25),
        (rng.dirichlet(np.full(4, 0.8), size=3), 0.2),
        (rng.dirichlet(np.full(6, 0.6), size=6), 0.1),
        (rng.dirichlet(np.full(3, 2.0), size=5), 0.0),
        (rng.dirichlet(np.full(5, 2.0), size=4), 0.9),
        (np.array([[0.0, 0.4, 0.6], [0.5, 0.5, 0.0]]), 0.0),
        (np.array([[0.2, 0.8], [0.55, 0.45]]), 0.6),
    ],
    hints=[
        "A row holds 0.5, 0.3 and 0.2, and the threshold is 0.6. What should be left of it?",
        """
        1. `keep`: where `P` is at least the threshold, or equals the maximum of its row. `|`
           joins two arrays of booleans; put each side in parentheses.
        2. `np.where(keep, P, 0)`, divided by the sums of its rows, kept as a column.
        """,
        "`keep = (P >= threshold) | (P == P.max(axis=___, keepdims=True))`",
    ],
    errors=[
        (
            "TypeError: ufunc 'bitwise_or' not supported",
            "`|` binds tighter than `>=`: put each comparison in parentheses.",
        ),
        (
            "RuntimeWarning: invalid value encountered in divide",
            "a row lost all its branches: its highest probability must stay.",
        ),
    ],
    passed="A smaller tree. No text that it can still write costs more bits than before.",
)
def prune(P: np.ndarray, threshold: float) -> np.ndarray:
    """A table of probabilities without its rare branches.

    P: (n, m), rows sum to 1; it stays as it is. Returns a new (n, m): what is below threshold is
    0, except the highest of each row (if several are highest, one or all of them); rows sum to 1.
    """
    keep = (P >= threshold) | (P == P.max(axis=1, keepdims=True))
    kept = np.where(keep, P, 0)
    return kept / kept.sum(axis=1, keepdims=True)


def _pruned(P, threshold):
    return np.where((P >= threshold) | (P == P.max(axis=1, keepdims=True)), P, 0)


@prune.misconception(
    "The rows no longer sum to 1. What the rare branches held must go to the others, or no bit is "
    "saved: divide each row by its new sum."
)
def _not_renormalised(P, threshold):
    return _pruned(P, threshold)


@prune.misconception(
    "Where all branches are below the threshold, the row lost every one of them, and 0/0 is not a "
    "number. The highest of each row must stay."
)
def _drops_the_highest(P, threshold):
    return _by_rows(np.where(P >= threshold, P, 0))


@prune.misconception(
    "A branch exactly at the threshold was dropped. Only what is below it goes: keep with `>=`."
)
def _at_the_threshold(P, threshold):
    kept = np.where((P > threshold) | (P == P.max(axis=1, keepdims=True)), P, 0)
    return kept / kept.sum(axis=1, keepdims=True)


@prune.misconception(
    "It is the other way round: the likely branches are gone and the rare ones kept. Rare branches "
    "cost many bits, so those are the ones to drop."
)
def _keeps_the_rare(P, threshold):
    kept = np.where((P < threshold) | (P == P.min(axis=1, keepdims=True)), P, 0)
    return kept / kept.sum(axis=1, keepdims=True)


def _by_rows(kept, empty_as=0.0):
    """Each row divided by its sum; empty_as: the sum of a row that lost everything."""
    sums = kept.sum(axis=1, keepdims=True)
    with np.errstate(all="ignore"):
        return kept / np.where(sums > 0, sums, empty_as)


@prune.misconception(
    "Only the highest of the whole table is protected. Each row stands for another word before, "
    "and each needs a branch of its own: take the maximum along axis=1."
)
def _highest_of_all(P, threshold, empty_as=0.0):
    return _by_rows(np.where((P >= threshold) | (P.max() == P), P, 0), empty_as)


@prune.spelling(_highest_of_all)
def _highest_of_all_guarded(P, threshold):
    return _highest_of_all(P, threshold, 1.0)


@prune.misconception(
    "The columns sum to 1, not the rows. A row holds what may follow one word: divide by the sums "
    "along axis=1."
)
def _columns_normalised(P, threshold):
    kept = _pruned(P, threshold)
    with np.errstate(all="ignore"):
        return kept / kept.sum(axis=0)


@prune.misconception(
    "The whole table sums to 1 together. Each row is a distribution of its own: sum along axis=1 "
    "and keep the sums as a column."
)
def _table_normalised(P, threshold):
    kept = _pruned(P, threshold)
    return kept / kept.sum()


@prune.misconception(
    "The highest of each column is protected. What must keep a branch is the row, the word before: "
    "take the maximum along axis=1."
)
def _highest_of_columns(P, threshold, empty_as=0.0):
    return _by_rows(np.where((P >= threshold) | (P == P.max(axis=0)), P, 0), empty_as)


@prune.spelling(_highest_of_columns)
def _highest_of_columns_guarded(P, threshold):
    return _highest_of_columns(P, threshold, 1.0)


@prune.misconception(
    "Where all branches are below the threshold, nothing is left of the row. Something must be "
    "able to follow: the highest of each row stays, however low it is."
)
def _empty_rows(P, threshold):
    return _by_rows(np.where(P >= threshold, P, 0), 1.0)


@prune.misconception(
    "The likeliest branch took everything, whatever the threshold. That tree can write one text "
    "only; branches at or above the threshold stay."
)
def _only_the_highest(P, threshold):
    return _pruned(P, np.inf) / _pruned(P, np.inf).sum(axis=1, keepdims=True)

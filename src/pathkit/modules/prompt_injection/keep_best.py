"""Filter training data by quality."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


def _kept_places(answer, quality, share):
    """A list and an array of places are one thing."""
    kept = answer(quality, share)
    return kept.tolist() if isinstance(kept, np.ndarray) else kept


@exercise(
    title="Filter by quality",
    level="easy",
    minutes=6,
    prompt="""
        A judge gave every training example a quality. Drop the given share with the lowest quality,
        rounded down to whole examples, and say which ones remain, in their old order.
        """,
    probes=lambda rng: [
        (np.array([0.9, 0.1, 0.5, 0.7, 0.3]), 0.4),
        (rng.permutation(17) / 17, 0.25),
        (rng.permutation(10) - 5.0, 0.35),
        (rng.permutation(8) / 8, 0.0),
        (rng.permutation(9) / 9, 0.05),
        (rng.permutation(30) / 30, 0.5),
    ],
    drive=_kept_places,
    hints=[
        "`np.argsort` lists places, not qualities. Where does it put the worst example?",
        "1. How many go: share times number, rounded down. 2. Sort the places by quality and cut "
        "that many off the front. 3. Sort the places that remain.",
        "`np.sort(np.argsort(quality)[___:])`",
    ],
    errors=[("TypeError: slice indices must be integers", "round with `int` before you cut.")],
    passed="A cut is blind to labels: honest examples below it go as well.",
)
def keep_best(quality: np.ndarray, share: float) -> list[int]:
    """The places of the examples that remain.

    quality: n numbers, all different, higher is better; share: from 0 to below 1, of which
    int(share * n) examples are dropped. Returns places from 0 to n - 1, ascending.
    """
    dropped = int(share * len(quality))
    return np.sort(np.argsort(quality)[dropped:]).tolist()


@keep_best.misconception(
    "The best examples were dropped. Poison fits its label badly and has a low quality: cut at the "
    "low end."
)
def _drops_the_best(quality, share):
    return np.sort(np.argsort(-quality)[int(share * len(quality)) :])


@keep_best.misconception(
    "These are the places of the dropped ones. The training goes on with those that remain."
)
def _the_dropped(quality, share):
    return np.sort(np.argsort(quality)[: int(share * len(quality))])


@keep_best.misconception(
    "The places are ordered by quality. The words ask for their old order, so that they still fit "
    "texts and labels in a list: sort the places."
)
def _by_quality(quality, share):
    return np.argsort(quality)[int(share * len(quality)) :]


@keep_best.misconception(
    "The share was used as a threshold for the quality itself. How many lie below it depends on "
    "the judge's scale: drop a share of the examples."
)
def _as_threshold(quality, share):
    return np.flatnonzero(quality >= share)


@keep_best.misconception(
    "These are the qualities that remain, not the places of the examples. Without places nobody "
    "knows which texts to keep: use `np.argsort`."
)
def _qualities(quality, share):
    return quality[keep_best.reference(quality, share)]


@keep_best.misconception(
    "One example too many was dropped: the words round down, so a share of less than one example "
    "drops none."
)
def _rounded_up(quality, share):
    return np.sort(np.argsort(quality)[int(np.ceil(share * len(quality))) :])

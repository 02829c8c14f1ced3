"""One place too many."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


def _losses(rng, *lengths: int) -> tuple:
    padded = rng.uniform(0.1, 3.0, size=(len(lengths), max(lengths)))
    return padded, np.array(lengths), float(rng.uniform(1, 5))


@exercise(
    title="One place too many",
    level="easy",
    minutes=6,
    prompt="""
        Short stories are padded to the length of the longest. This score changes with what a story
        is batched with, and the longest story is right. Find the bug and mend it.
        """,
    probes=lambda rng: [
        (np.array([[1.0, 2.0, 8.0], [1.0, 1.0, 4.0]]), np.array([2, 3]), 1.5),
        _losses(rng, 4, 7, 5),
        _losses(rng, 6, 6),
        _losses(rng, 3),
        _losses(rng, 9, 1, 2, 5),
    ],
    given='''
def gap(losses: np.ndarray, lengths: np.ndarray, floor: float) -> float:
    """By how much a model's mean loss on a story is above the floor.

    losses: (S, T) nats at each place of S stories, padding included; lengths: (S,) how many
    places belong to each story, its end mark among them; floor: nats a story.
    Returns nats a story.
    """
    total = 0.0
    for row, length in zip(losses, lengths):
        total += row[: length + 1].sum()
    return total / len(lengths) - floor
''',
    hints=[
        "A story of 2 places stands in a row of 3. Which places does `row[:length + 1]` take?",
        """
        A slice ends *before* its second number. Where the row is as long as the story, the slice
        can't run over, so that the longest story is right by luck.
        """,
        "`total += row[:___].sum()`",
    ],
    errors=[
        ("IndexError: index ... is out of bounds", "take `row[i]` for i below length."),
        (
            "TypeError: only integer scalar arrays can be converted",
            "one row has one length: keep the loop.",
        ),
    ],
    equivalents=["return total / len(losses) - floor"],  # S, too
    passed="A story now costs the same, whatever it is batched with.",
)
def gap(losses: np.ndarray, lengths: np.ndarray, floor: float) -> float:
    """By how much a model's mean loss on a story is above the floor.

    losses: (S, T) nats at each place of S stories, padding included; lengths: (S,) how many
    places belong to each story, its end mark among them; floor: nats a story.
    Returns nats a story.
    """
    total = 0.0
    for row, length in zip(losses, lengths):
        total += row[:length].sum()
    return total / len(lengths) - floor


@gap.misconception(
    "The bug is still there: each story shorter than the row pays for one place of padding. A "
    "slice ends before its second number, so `length` places are `row[:length]`."
)
def _still_there(losses, lengths, floor):
    return sum(row[: n + 1].sum() for row, n in zip(losses, lengths)) / len(lengths) - floor


@gap.misconception(
    "Now one place too few: the end mark is left out. It belongs to the story, since a model must "
    "also say when to stop."
)
def _no_end_mark(losses, lengths, floor):
    return sum(row[: n - 1].sum() for row, n in zip(losses, lengths)) / len(lengths) - floor


@gap.misconception(
    "All places were added, padding included. What a model pays behind the end of a story says "
    "nothing about the story."
)
def _all_places(losses, lengths, floor):
    return losses.sum() / len(lengths) - floor


@gap.misconception(
    "This is the loss of a place, not of a story. The floor is in nats a story, and only equal "
    "units can be subtracted: divide by the number of stories."
)
def _per_place(losses, lengths, floor):
    return sum(row[:n].sum() for row, n in zip(losses, lengths)) / lengths.sum() - floor


@gap.misconception(
    "Each story was averaged over its places before the mean. That gives nats a place, but the "
    "floor is in nats a story: add up within a story."
)
def _mean_of_means(losses, lengths, floor):
    return np.mean([row[:n].mean() for row, n in zip(losses, lengths)]) - floor


@gap.misconception(
    "The floor is missing: this is the whole loss of a story. The gap is what is paid beyond what "
    "any model must pay."
)
def _no_floor(losses, lengths, floor):
    return sum(row[:n].sum() for row, n in zip(losses, lengths)) / len(lengths)


@gap.misconception(
    "The floor was taken off in each story and again in the end, or once for the sum. It is nats "
    "for one story, so take it off the mean once."
)
def _floor_from_sum(losses, lengths, floor):
    return (sum(row[:n].sum() for row, n in zip(losses, lengths)) - floor) / len(lengths)

"""Undo a broadcast."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .tolerance import EXACT


@exercise(
    title="Undo a broadcast",
    level="medium",
    minutes=6,
    prompt="""
        On the way forward an array of shape `shape` was broadcast to the shape of `d`. Add up the
        gradients `d` of all its copies, so that one array of shape `shape` comes back.
        """,
    probes=lambda rng: [
        (np.array([[1.0, 2.0, 3.0], [10.0, 20.0, 30.0]]), (3,)),
        (rng.normal(size=(4, 3)), (4, 1)),
        (rng.normal(size=(4, 3)), (1, 3)),
        (rng.normal(size=(3, 3)), (3,)),
        (rng.normal(size=(5, 4, 2)), (4, 1)),
        (rng.normal(size=(2, 3, 4)), (1, 1, 4)),
        (rng.normal(size=(2, 3)), (2, 3)),
        (rng.normal(size=(1, 3)), (3,)),
        (rng.normal(size=(2, 3, 4)), (4,)),
        (rng.normal(size=(3, 2, 2)), (3, 1, 2)),
        (rng.normal(size=(1, 3)), (1, 3)),
    ],
    hints=[
        "`b` of shape (3,) was added to 4 rows. How many copies of `b[0]` are there in the sum?",
        """
        1. NumPy puts missing axes in front: while `d` has more axes than `shape`, sum over axis 0.
        2. Axes of length 1 were stretched: where `shape` has a 1, sum over that axis and keep it,
           `keepdims=True`.
        """,
        "`for axis, size in enumerate(shape):` if `size == ___`, then "
        "`d = d.sum(axis=axis, keepdims=___)`",
    ],
    errors=[
        (
            "AxisError: axis 1 is out of bounds",
            "an axis was summed away before you came to it: missing axes first, and keep the rest.",
        ),
    ],
    tolerance=EXACT,
    passed="Copied on the way forward, added up on the way back.",
)
def undo_broadcast(d: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """The gradient of an array that was broadcast.

    d: gradient with respect to the broadcast array; shape: what it had before.
    Returns an array of that shape.
    """
    while d.ndim > len(shape):
        d = d.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            d = d.sum(axis=axis, keepdims=True)
    return d


@undo_broadcast.misconception(
    "This is the mean over the copies. Each of them moves the loss, and their effects add up: the "
    "gradient is the sum, however many copies there are."
)
def _mean_of_copies(d, shape):
    while d.ndim > len(shape):
        d = d.mean(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            d = d.mean(axis=axis, keepdims=True)
    return d


@undo_broadcast.misconception(
    "Only the gradient of the first copy is left. The others were used as much as it was in the "
    "forward pass, so theirs must be added."
)
def _first_copy(d, shape):
    while d.ndim > len(shape):
        d = d[0]
    for axis, size in enumerate(shape):
        if size == 1:
            d = d.take([0], axis=axis)
    return d


@undo_broadcast.misconception(
    "Missing axes are summed, stretched ones are not. An axis of length 1 was copied as well: "
    "where `shape` has a 1, sum over that axis and keep it."
)
def _only_missing(d, shape):
    while d.ndim > len(shape):
        d = d.sum(axis=0)
    return d


@undo_broadcast.misconception(
    "The last axes are summed away. NumPy lines shapes up at the right, so it is the axes in front "
    "that were added by broadcasting."
)
def _from_the_right(d, shape):
    while d.ndim > len(shape):
        d = d.sum(axis=-1)
    for axis, size in enumerate(shape):
        if size == 1:
            d = d.sum(axis=axis, keepdims=True)
    return d


@undo_broadcast.misconception(
    "Axis 0 is summed whatever the shapes are. Which axes were copied depends on `shape`: those it "
    "lacks, and those where it has a 1."
)
def _always_axis_0(d, shape):
    return d.sum(axis=0)


@undo_broadcast.misconception(
    "Stretched axes are summed while the axes of `d` and `shape` don't line up yet: axis 1 of "
    "`shape` may be axis 2 of `d`. Sum the missing axes away first."
)
def _stretched_first(d, shape):
    for axis, size in enumerate(shape):
        if size == 1:
            d = d.sum(axis=axis, keepdims=True)
    while d.ndim > len(shape):
        d = d.sum(axis=0)
    return d


@undo_broadcast.misconception(
    "A stretched axis was summed away altogether. `shape` has a 1 there, and so must what comes "
    "back: `keepdims=True`."
)
def _axis_lost(d, shape):
    while d.ndim > len(shape):
        d = d.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            d = d.sum(axis=axis)
    return d


@undo_broadcast.misconception(
    "Missing axes are summed, and of stretched ones only the first entry is kept. Along an axis "
    "of length 1 there are copies, too: sum over it."
)
def _first_of_the_stretched(d, shape):
    while d.ndim > len(shape):
        d = d.sum(axis=0)
    return d[tuple(slice(size) for size in shape)]


@undo_broadcast.misconception(
    "Only one missing axis is summed. `shape` may lack two or three of the axes of `d`: go on "
    "while `d` has more than it."
)
def _one_missing_axis(d, shape):
    if d.ndim > len(shape):
        d = d.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            d = d.sum(axis=axis, keepdims=True)
    return d


@undo_broadcast.misconception(
    "All of `d` went into one sum. Each number of the array has copies of its own, and only these "
    "are added up: sum over the copied axes alone."
)
def _one_sum(d, shape):
    return np.full(shape, d.sum())


@undo_broadcast.misconception(
    "`d` came back as it is, in the shape after the broadcast. Add up what belongs to copies of "
    "the same number, until `shape` is left."
)
def _as_it_is(d, shape):
    return d


@undo_broadcast.misconception(
    "The numbers were put into blocks of `shape`, one after the other. Where an axis was "
    "stretched, copies lie side by side inside of `d`: sum over that axis before you reshape."
)
def _blocks(d, shape):
    return d.reshape(-1, *shape).sum(axis=0)

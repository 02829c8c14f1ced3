"""Nudges that reach too few entries, too many, or stay."""

from __future__ import annotations

import numpy as np

from .numeric_gradient import numeric_gradient


@numeric_gradient.misconception(
    "Whole rows were nudged: `x[i]` with one index is a row when x has two axes, so its entries "
    "share one slope. Give every entry its own nudge: `np.ndindex(x.shape)` yields full indices."
)
def _row_by_row(f, x, h=1e-5):
    slopes = np.zeros_like(x)
    for i in range(len(x)):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        slopes[i] = (f(up) - f(down)) / (2 * h)
    return slopes


@numeric_gradient.misconception(
    "Earlier nudges stay in place: entry two was measured with entry one moved already. Start "
    "from a fresh copy of x for each entry."
)
def _nudges_stay(f, x, h=1e-5):
    slopes, up, down = np.zeros_like(x), x.copy(), x.copy()
    for i in np.ndindex(x.shape):
        up[i] += h
        down[i] -= h
        slopes[i] = (f(up) - f(down)) / (2 * h)
    return slopes


@numeric_gradient.misconception(
    "x came back changed: a nudge stayed in it. Slopes that are measured later then belong to a "
    "moved point, and whoever called you goes on with those numbers. Nudge a fresh copy for each "
    "entry, `x.copy()`, or put the entry back."
)
def _changes_x(f, x, h=1e-5):
    slopes = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        x[i] += h
        above = f(x)
        x[i] -= 2 * h
        slopes[i] = (above - f(x)) / (2 * h)
    return slopes


@numeric_gradient.misconception(
    "The slopes come in one row. They are wanted in the shape of `x`, so that each stands where "
    "its entry stands: start from `np.zeros_like(x)` and set `slopes[i]`."
)
def _in_a_row(f, x, h=1e-5):
    return numeric_gradient.reference(f, x, h).ravel()


@numeric_gradient.misconception(
    "Only the first entry has a slope. A `return` inside the loop ends it after one round: put it "
    "below the loop, as far to the left as the `for`."
)
def _first_entry(f, x, h=1e-5):
    slopes = np.zeros_like(x)
    first = (0,) * x.ndim
    slopes[first] = numeric_gradient.reference(f, x, h)[first]
    return slopes


@numeric_gradient.misconception(
    "All slopes are 0. That happens where up and down are one copy with two names: what is nudged "
    "up and down again stands where it stood. Make two copies for each entry."
)
def _one_copy(f, x, h=1e-5):
    return np.zeros_like(x)


@numeric_gradient.misconception(
    "All slopes are 0, and x itself was nudged: `up = x` is a second name, not a copy, and so is "
    "`down = x`. What goes up and down again stands where it stood: two copies, `x.copy()`."
)
def _no_copies(f, x, h=1e-5):
    for i in np.ndindex(x.shape):
        x[i] += h
        x[i] -= h
    return np.zeros_like(x)


@numeric_gradient.misconception(
    "The slopes are right, and x came back with other last digits. Adding h, then taking it off, "
    "rounds twice. Work on a copy, or keep the entry and put it back: `old = x[i]`."
)
def _put_back_by_adding(f, x, h=1e-5):
    slopes = numeric_gradient.reference(f, x, h)
    for i in np.ndindex(x.shape):
        x[i] += h
        x[i] -= 2 * h
        x[i] += h
    return slopes


@numeric_gradient.misconception(
    "The nudge was multiplied: up by a share of the entry, not by `h`. An entry of 0 then isn't "
    "nudged at all: `up[i] += h`."
)
def _nudge_multiplied(f, x, h=1e-5):
    slopes = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] *= 1 + h
        down[i] *= 1 - h
        slopes[i] = (f(up) - f(down)) / (2 * h)
    return slopes

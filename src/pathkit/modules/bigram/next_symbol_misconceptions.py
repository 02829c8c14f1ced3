"""More wrong ways to draw the next symbol: other things are compared with u."""

from __future__ import annotations

import numpy as np

from .next_symbol import next_symbol


def _first(found, otherwise):
    return next((i for i, holds in enumerate(found) if holds), otherwise)


@next_symbol.misconception(
    "u is compared with the probabilities themselves instead of their running sum, and where none "
    "of them exceeds u, the last symbol comes back. Add them up on the way."
)
def _no_cumsum_and_last(row, u):
    return next((i for i, p in enumerate(row) if p > u), len(row) - 1)


@next_symbol.misconception(
    "This is the last symbol whose running sum lies below u, so one too early wherever there is "
    "one. The next step is the one that u falls on: the first whose running sum exceeds u."
)
def _last_below(row, u):
    return max(0, int((np.cumsum(row) < u).sum()) - 1)


@next_symbol.misconception(
    "u is compared with the probabilities themselves instead of their running sum, and where none "
    "of them exceeds u, the likeliest comes back. Add them up on the way."
)
def _no_cumsum_and_likeliest(row, u):
    return _first(row > u, int(np.argmax(row)))


@next_symbol.misconception(
    "Each step ends where it should begin: the running sum up to a symbol must hold the symbol's "
    "own probability. Add it before you compare, and the last symbol needs no rule of its own."
)
def _without_its_own_and_last(row, u):
    return _first(np.cumsum(row) - row > u, len(row) - 1)

"""More wrong ways to compare two models on the same questions."""

from __future__ import annotations

import math

import numpy as np

from .paired import _split, _tail, paired


@paired.misconception(
    "This is the bell curve's answer. It is near for many questions and wrong for the few that "
    "decide here: add up the coin's own chances with `math.comb`."
)
def _bell_curve(a, b):
    n, k = _split(a, b)
    return math.erfc((n - 2 * k) / math.sqrt(2 * n)) if n else 1.0


@paired.spelling(_bell_curve)
def _bell_curve_moved(a, b):
    n, k = _split(a, b)
    return math.erfc(max(n - 2 * k - 1, 0) / math.sqrt(2 * n)) if n else 1.0


@paired.misconception(
    "The larger count was taken, so that nearly everything is in the tail. An uneven split should "
    "be unlikely: add up from 0 to the smaller count."
)
def _larger_count(a, b):
    n, k = _split(a, b)
    return min(1.0, 2 * _tail(n, n - k))


@paired.misconception(
    "Where the two never differ, 0 came back. Without a question that decides, the split is even, "
    "as even as it can be: the chance of one at least so uneven is 1."
)
def _never_differ_gives_0(a, b):
    n, k = _split(a, b)
    return min(1.0, 2 * _tail(n, k)) if n else 0.0


@paired.misconception(
    "The tail was added up to one model's count, whichever that is. If it is the larger count, "
    "nearly everything is in the tail: take the smaller of the two."
)
def _one_models_count(a, b):
    n, _ = _split(a, b)
    return min(1.0, 2 * _tail(n, int(np.sum(b > a))))


@paired.spelling(_one_models_count)
def _other_models_count(a, b):
    n, _ = _split(a, b)
    return min(1.0, 2 * _tail(n, int(np.sum(a > b))))


@paired.misconception(
    "This is 1 minus the chance, as if it said how sure one may be. What is asked for is how "
    "likely such a split is between equally good models: a small number speaks for a difference."
)
def _one_minus(a, b):
    return 1 - min(1.0, 2 * _tail(*_split(a, b)))


@paired.misconception(
    "These are the splits between the two counts, the more even ones. Evidence is counted from the "
    "other side: add up the splits that are at least as uneven."
)
def _the_middle(a, b):
    n, k = _split(a, b)
    return sum(math.comb(n, i) for i in range(k, n - k + 1)) / 2**n

"""Wrong answers to the nearest by cosine: the word itself, lengths, and what comes back."""

from __future__ import annotations

import numpy as np

from .nearest import _dot_product, _with_self, nearest


def _cosines(E, i):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    return unit @ unit[i]


def _order(scores):
    return [int(j) for j in np.argsort(-scores, kind="stable")]


def _with_own_score(E, i, k, own):
    scores = _cosines(E, i)
    scores[i] = own
    return _order(scores)[:k]


@nearest.misconception(
    "The word itself got the cosine 0, and it comes back wherever others are negative. Leave it "
    "out by its number, or give it minus infinity."
)
def _zero_for_itself(E, i, k):
    return _with_own_score(E, i, k, 0)


@nearest.misconception(
    "The word itself got the cosine -1, and it comes back where another points exactly the "
    "opposite way. Leave it out by its number, or give it minus infinity."
)
def _minus_one_for_itself(E, i, k):
    return _with_own_score(E, i, k, -1)


@nearest.misconception(
    "Words that point exactly the way of `i` are left out with it. Only `i` itself is to be left "
    "out: compare row numbers, not cosines."
)
def _leaves_out_all_twins(E, i, k):
    cosines = _cosines(E, i)
    return [j for j in _order(cosines) if cosines[j] < 1 - 1e-9][:k]


@nearest.misconception(
    "The right words, the farthest of them first. Turn the list of k round: nearest first."
)
def _turned_round(E, i, k):
    return nearest.reference(E, i, k)[::-1]


@nearest.misconception(
    "One word too few comes back: `i` was left out after the list had been cut to k. Leave it out "
    "first, then keep k."
)
def _cut_first(E, i, k):
    return [j for j in _order(_cosines(E, i))[:k] if j != i]


@nearest.misconception(
    "The cosines came back, not the row numbers they belong to. `np.argsort` gives the numbers."
)
def _cosines_themselves(E, i, k):
    cosines = _cosines(E, i)
    return [float(cosines[j]) for j in _order(cosines) if j != i][:k]


@nearest.misconception(
    "The columns were scaled to length 1, not the rows. A word is a row of E: norm with axis=1 and "
    "keepdims=True."
)
def _columns_scaled(E, i, k):
    unit = E / np.linalg.norm(E, axis=0)
    return [j for j in _order(unit @ unit[i]) if j != i][:k]


@nearest.misconception(
    "Each dot product was divided by the square of the length, so now short vectors win. Divide by "
    "both lengths once: each row by its own norm."
)
def _divided_twice(E, i, k):
    squares = (E**2).sum(axis=1)
    return [j for j in _order(E @ E[i] / squares) if j != i][:k]


@nearest.misconception(
    "The list is in the order of the rows. The k words are right, but the nearest must come first: "
    "keep the order of `np.argsort`."
)
def _in_order_of_rows(E, i, k):
    return sorted(nearest.reference(E, i, k))


@nearest.misconception(
    "The word itself was removed from the table before sorting, so the rows behind it have other "
    "numbers now. Sort all rows, then leave out `i` by its number."
)
def _numbers_shifted(E, i, k):
    return _order(np.delete(_cosines(E, i), i))[:k]


@nearest.misconception(
    "All other words come back, in the right order. Only the k nearest are asked for: keep the "
    "first k."
)
def _all_of_them(E, i, k):
    return nearest.reference(E, i, len(E))


@nearest.misconception(
    "One word too many comes back. A slice leaves its end out, so [:k] holds k; and `i` is left "
    "out already."
)
def _one_too_many(E, i, k):
    return nearest.reference(E, i, k + 1)


def _turned_round_order(scores):
    """As `_order`, but of equal scores the last row comes first, as `[::-1]` has it."""
    return [int(j) for j in np.argsort(scores, kind="stable")[::-1]]


@nearest.spelling(_dot_product)
def _dot_product_turned(E, i, k):
    return [j for j in _turned_round_order(E @ E[i]) if j != i][:k]


@nearest.spelling(_with_self)
def _with_self_turned(E, i, k):
    return _turned_round_order(_cosines(E, i))[:k]


@nearest.spelling(_zero_for_itself)
def _zero_for_itself_turned(E, i, k):
    scores = _cosines(E, i)
    scores[i] = 0
    return _turned_round_order(scores)[:k]


@nearest.spelling(_columns_scaled)
def _columns_scaled_turned(E, i, k):
    unit = E / np.linalg.norm(E, axis=0)
    return [j for j in _turned_round_order(unit @ unit[i]) if j != i][:k]

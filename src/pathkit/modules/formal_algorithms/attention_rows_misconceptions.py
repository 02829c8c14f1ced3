"""What the mask goes through on its way into rows."""

from __future__ import annotations

import numpy as np

from .attention_rows import _mask_unturned, _qkv_rows, attention_rows
from .layers import softmax
from .low_numbers import LOW, also_by_a_low_number


def _masked(X, Z, W, scores_of):
    """Attention in rows with the scores that `scores_of(Q @ K.T)` makes."""
    Q, K, V = _qkv_rows(X, Z, W)
    with np.errstate(invalid="ignore"):
        return softmax(scores_of(Q @ K.T) / np.sqrt(Q.shape[1]), axis=1) @ V


# Scores and an unturned mask fit only where there are as many who look as are looked at. What
# people do about the error makes the other calls wrong in one way or another.
@attention_rows.spelling(_mask_unturned)
def _mask_reshaped(X, Z, W, Mask, low=-np.inf):
    return _masked(X, Z, W, lambda S: np.where(Mask.reshape(S.shape), S, low))


@attention_rows.spelling(_mask_unturned)
def _mask_reshaped_finite(X, Z, W, Mask):
    return _mask_reshaped(X, Z, W, Mask, LOW)


@attention_rows.misconception(
    "The mask was turned only where its shape didn't fit. Where as many look as are looked at, "
    "both shapes are the same and the mask is the wrong one: turn it always, `Mask.T`."
)
def _mask_turned_at_need(X, Z, W, Mask):
    return _masked(
        X, Z, W, lambda S: np.where(Mask if Mask.shape == S.shape else Mask.T, S, -np.inf))


@also_by_a_low_number(attention_rows)
@attention_rows.misconception(
    "The mask is turned round: it was used as the table of what is hidden. A 1 means that the "
    "context token may be looked at, in rows as in columns."
)
def _mask_hides(X, Z, W, Mask, low=-np.inf):
    return _masked(X, Z, W, lambda S: np.where(Mask.T, low, S))


@attention_rows.misconception(
    "The mask came after the softmax, so the rows no longer sum to 1. First minus infinity, then "
    "the softmax."
)
def _mask_too_late(X, Z, W, Mask):
    Q, K, V = _qkv_rows(X, Z, W)
    return Mask.T * softmax(Q @ K.T / np.sqrt(Q.shape[1]), axis=1) @ V


@attention_rows.misconception(
    "Masked scores became 0, and exp(0) is 1: the hidden tokens keep weight. A score of 0 hides "
    "nothing; minus infinity does."
)
def _mask_times_scores(X, Z, W, Mask):
    return _masked(X, Z, W, lambda S: S * Mask.T)

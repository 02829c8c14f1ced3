"""Wrong answers to the three gradients: other shapes, another order, half of the signs."""

from __future__ import annotations

import numpy as np

from .gradient import _pieces, gradient
from .loss import sigmoid


@gradient.misconception(
    "The gradient of the noise is transposed: one row for each number of the vectors. It has the "
    "shape of `noise`, one row for each word: np.outer(errors[1:], centre)."
)
def _noise_transposed(centre, neighbour, noise):
    errors, V = _pieces(centre, neighbour, noise)
    return errors @ V, errors[0] * centre, np.outer(centre, errors[1:])


@gradient.misconception(
    "The gradients of the noise words were added up into one vector. Each noise word has a vector "
    "of its own to move: return a row for each, with np.outer."
)
def _noise_summed(centre, neighbour, noise):
    errors, V = _pieces(centre, neighbour, noise)
    return errors @ V, errors[0] * centre, errors[1:].sum() * centre


@gradient.misconception(
    "In the centre's gradient the noise has the wrong sign. The errors of noise are positive "
    "already, which is what pushes it away: add all k + 1 terms."
)
def _noise_pulls_the_centre(centre, neighbour, noise):
    errors, V = _pieces(centre, neighbour, noise)
    return errors[0] * neighbour - errors[1:] @ noise, errors[0] * centre, np.outer(
        errors[1:], centre)


@gradient.misconception(
    "The gradient of the noise has the wrong sign. Its error is σ minus 0, which is positive: the "
    "descent then moves the noise away from the centre."
)
def _noise_is_pulled(centre, neighbour, noise):
    errors, V = _pieces(centre, neighbour, noise)
    return errors @ V, errors[0] * centre, -np.outer(errors[1:], centre)


@gradient.misconception(
    "The three gradients come back in another order. They follow the arguments: centre, "
    "neighbour, noise."
)
def _other_order(centre, neighbour, noise):
    errors, V = _pieces(centre, neighbour, noise)
    return errors[0] * centre, errors @ V, np.outer(errors[1:], centre)


@gradient.misconception(
    "All gradients are divided by k + 1. The loss is a sum over the words, not a mean, so nothing "
    "is divided."
)
def _mean_of_all(centre, neighbour, noise):
    errors, V = _pieces(centre, neighbour, noise)
    errors = errors / len(errors)
    return errors @ V, errors[0] * centre, np.outer(errors[1:], centre)


@gradient.misconception(
    "The gradients of neighbour and noise came back as one array. Three are asked for, in the "
    "shapes of the three arguments: take the first row, and the rows behind it."
)
def _stacked(centre, neighbour, noise):
    errors, V = _pieces(centre, neighbour, noise)
    return errors @ V, np.outer(errors, centre)


@gradient.misconception(
    "The dot products stand where errors are meant. The error is σ of the dot product, minus 1 "
    "for the true neighbour."
)
def _no_sigmoid(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    errors = V @ centre
    errors[0] -= 1
    return errors @ V, errors[0] * centre, np.outer(errors[1:], centre)


@gradient.misconception(
    "Both gradients that the noise has a part in have the wrong sign there. The error of noise is "
    "σ minus 0, which is positive: subtracting it later pushes the words apart."
)
def _noise_errors_negative(centre, neighbour, noise):
    errors, V = _pieces(centre, neighbour, noise)
    errors[1:] *= -1
    return errors @ V, errors[0] * centre, np.outer(errors[1:], centre)


@gradient.misconception(
    "The sigmoid got minus the dot product: what counts as likely is turned round. "
    "σ(x) is 1 / (1 + np.exp(-x)), with x the dot product."
)
def _sigmoid_of_minus(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    errors = sigmoid(-V @ centre)
    errors[0] -= 1
    return errors @ V, errors[0] * centre, np.outer(errors[1:], centre)


@gradient.misconception(
    "1 was subtracted from the last error. The true neighbour is the first row of the stack, so it "
    "is errors[0] that loses 1."
)
def _last_is_true(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    errors = sigmoid(V @ centre)
    errors[-1] -= 1
    return errors @ V, errors[0] * centre, np.outer(errors[1:], centre)

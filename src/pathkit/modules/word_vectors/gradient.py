"""Three gradients."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .loss import one_update, sigmoid


@exercise(
    title="Three gradients",
    level="hard",
    minutes=10,
    prompt="""
        Return the gradient of that loss with respect to the centre, to the neighbour and to each
        noise word. Each of the k + 1 words has an **error**: σ of its dot product with the
        centre, minus 1 for the true neighbour and minus 0 for noise.
        """,
    probes=lambda rng: [
        (np.array([1.0, 2.0]), np.array([0.5, -0.25]), np.array([[1.0, 0.0], [-1.0, 1.0]])),
        one_update(rng, 5, 3),
        one_update(rng, 2, 4, size=3.0),
        one_update(rng, 3, 3),
        one_update(rng, 1, 3),
    ],
    hints=[
        "A dot product of a and b changes by b when a moves, and by a when b moves. By what is "
        "each of these multiplied?",
        """
        1. Stack neighbour and noise: `V`, shape (k + 1, d).
        2. `errors`: σ of `V @ centre`, shape (k + 1,); subtract 1 from the first.
        3. For the centre: the sum of each row of `V` times its error. For row r of `V`: error r
           times the centre.
        """,
        "`return errors @ ___, errors[0] * centre, np.outer(errors[1:], ___)`",
    ],
    errors=[
        (
            "ValueError: all the input arrays must have same number of dimensions",
            "`np.vstack([neighbour, noise])` makes one row of `neighbour`.",
        ),
        ("ValueError: operands could not be broadcast", "an outer product is wanted: `np.outer`."),
    ],
    passed="Predicted minus seen, once more. One update touches k + 2 vectors and leaves the rest.",
)
def gradient(
    centre: np.ndarray, neighbour: np.ndarray, noise: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The gradient of `loss` with respect to each of its arguments.

    centre: (d,); neighbour: (d,); noise: (k, d).
    Returns arrays of these three shapes (Goldberg and Levy 2014, word2vec explained).
    """
    V = np.vstack([neighbour, noise])  # (k + 1, d)
    errors = 1 / (1 + np.exp(-V @ centre))  # (k + 1,)
    errors[0] -= 1
    return errors @ V, errors[0] * centre, np.outer(errors[1:], centre)


def _pieces(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    errors = sigmoid(V @ centre)
    errors[0] -= 1
    return errors, V


@gradient.misconception(
    "The sign is turned round: seen minus predicted points downhill. A gradient points to where "
    "the loss grows; the step subtracts it later."
)
def _downhill(centre, neighbour, noise):
    errors, V = _pieces(centre, neighbour, noise)
    return -errors @ V, -errors[0] * centre, -np.outer(errors[1:], centre)


@gradient.misconception(
    "The centre hears of its true neighbour only. It was multiplied with the noise words as well, "
    "and each pushes it away: add all k + 1 terms."
)
def _centre_without_noise(centre, neighbour, noise):
    errors, _ = _pieces(centre, neighbour, noise)
    return errors[0] * neighbour, errors[0] * centre, np.outer(errors[1:], centre)


@gradient.misconception(
    "The noise words are pulled in like neighbours: 1 was subtracted from every error. What was "
    "seen is 1 for the true neighbour and 0 for noise."
)
def _one_for_all(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    errors = sigmoid(V @ centre) - 1
    return errors @ V, errors[0] * centre, np.outer(errors[1:], centre)


@gradient.misconception(
    "The true neighbour's error lacks the minus 1. Predicted minus seen: it was seen, so its error "
    "is negative and the step pulls the two together."
)
def _nothing_seen(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    errors = sigmoid(V @ centre)
    return errors @ V, errors[0] * centre, np.outer(errors[1:], centre)


@gradient.misconception(
    "The vectors are exchanged: the neighbour's gradient is a multiple of the centre, not of the "
    "neighbour itself. In a dot product each side's slope is the other side."
)
def _own_vector(centre, neighbour, noise):
    errors, V = _pieces(centre, neighbour, noise)
    return errors.sum() * centre, errors[0] * neighbour, errors[1:, None] * noise


@gradient.misconception(
    "The noise terms of the centre are averaged. The loss is a sum over the noise words, so its "
    "slope is a sum as well: each of them pushes with its full error."
)
def _mean_of_pushes(centre, neighbour, noise):
    errors, V = _pieces(centre, neighbour, noise)
    pushes = (errors[1:, None] * noise).mean(axis=0)
    return errors[0] * neighbour + pushes, errors[0] * centre, np.outer(errors[1:], centre)


@gradient.misconception(
    "The errors were multiplied by another slope of the sigmoid. It cancels: the slope of -ln σ(x) "
    "is σ(x) - 1, with nothing left to multiply."
)
def _sigmoid_slope(centre, neighbour, noise):
    errors, V = _pieces(centre, neighbour, noise)
    slopes = sigmoid(V @ centre) * (1 - sigmoid(V @ centre))
    errors = errors * slopes
    return errors @ V, errors[0] * centre, np.outer(errors[1:], centre)

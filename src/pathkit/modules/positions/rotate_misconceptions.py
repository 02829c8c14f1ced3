"""More ways to turn rows wrongly: signs, speeds, where the numbers go."""

from __future__ import annotations

import numpy as np

from .rotate import rotate
from .turning import _codes, _rotated


@rotate.misconception(
    "The second column was computed from a first column that had turned already. A slice is a "
    "view: write into a new array, or copy before you overwrite."
)
def _overwrites(X, positions, omega):
    angles = positions[:, None] * omega
    out = X.astype(float)
    a, b = out[:, 0::2], out[:, 1::2]
    out[:, 0::2] = a * np.cos(angles) - b * np.sin(angles)
    out[:, 1::2] = a * np.sin(angles) + b * np.cos(angles)
    return out


@rotate.misconception(
    "The position code was added. Then word and position mix in one sum, and a score has four "
    "parts, of which only one depends on the distance: turn the row instead."
)
def _adds_the_code(X, positions, omega):
    return X + _codes(positions[:, None] * omega)


@rotate.misconception(
    "The position code was added, from a table. Then word and position mix in one sum, and a score "
    "has four parts, of which only one depends on the distance: turn the row instead."
)
def _adds_from_a_table(X, positions, omega):
    return X + _codes(np.arange(max(positions) + 1)[:, None] * omega)[positions]


@rotate.misconception(
    "The right numbers, in other columns: all first numbers stand on the left, all second ones on "
    "the right. The two of a pair go back where they came from, into columns 2i and 2i + 1."
)
def _joined_in_halves(X, positions, omega):
    out = _rotated(X, positions[:, None] * omega)
    return np.hstack([out[:, 0::2], out[:, 1::2]])


@rotate.misconception(
    "The speeds are missing: every pair turns by its position in radians. Pair i turns by the "
    "position times omega[i]."
)
def _without_speeds(X, positions, omega):
    return _rotated(X, positions[:, None] * np.ones(len(omega)))


@rotate.misconception(
    "The position was divided by the speed. A hand of speed 0.1 turns by 0.1 radians for each "
    "position: position times speed."
)
def _divided_by_speed(X, positions, omega):
    return _rotated(X, positions[:, None] / omega)


@rotate.misconception(
    "Both new columns are sums, so lengths change and nothing turns. One of the four products has "
    "a minus: a cos - b sin, then a sin + b cos."
)
def _no_minus(X, positions, omega):
    angles = positions[:, None] * omega
    out = _rotated(X, angles)
    out[:, 0::2] = X[:, 0::2] * np.cos(angles) + X[:, 1::2] * np.sin(angles)
    return out


@rotate.misconception(
    "Both new columns are differences, so lengths change and nothing turns. The second is a sum: "
    "a sin + b cos."
)
def _two_minus(X, positions, omega):
    angles = positions[:, None] * omega
    out = _rotated(X, angles)
    out[:, 1::2] = X[:, 0::2] * np.sin(angles) - X[:, 1::2] * np.cos(angles)
    return out


@rotate.misconception(
    "Sine and cosine have changed places. A row at position 0 must stay as it is, and cos 0 is 1, "
    "sin 0 is 0: a cos - b sin, then a sin + b cos."
)
def _sine_for_cosine(X, positions, omega):
    angles = positions[:, None] * omega
    a, b = X[:, 0::2], X[:, 1::2]
    both = a * np.sin(angles) - b * np.cos(angles), a * np.cos(angles) + b * np.sin(angles)
    return np.stack(both, axis=2).reshape(X.shape)


@rotate.misconception(
    "Right at positions from 0 on, wrong at negative ones: a table that is indexed by the position "
    "counts those from its end. Compute the angles from the positions themselves."
)
def _from_the_end_of_a_table(X, positions, omega):
    table = np.arange(max(positions) + 1)
    return _rotated(X, table[positions][:, None] * omega)


@rotate.misconception(
    "The sign of the position was lost. A negative position turns the other way, and a score must "
    "tell 3 words back from 3 words ahead: use the positions as they are."
)
def _sign_lost(X, positions, omega):
    return _rotated(X, abs(positions)[:, None] * omega)


@rotate.misconception(
    "The angles were taken as degrees. Positions times omega are radians, as np.sin and np.cos "
    "expect them: no conversion."
)
def _degrees(X, positions, omega):
    return _rotated(X, np.radians(positions[:, None] * omega))


@rotate.misconception(
    "Only the first pair of columns turned. Every pair turns, each with a speed of its own: "
    "X[:, 0::2] and X[:, 1::2] hold the two columns of all pairs."
)
def _first_pair_alone(X, positions, omega):
    return np.hstack([_rotated(X[:, :2], positions[:, None] * omega[:1]), X[:, 2:]])

"""Find the bug."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .turning import _rotated


@exercise(
    title="Find the bug",
    level="medium",
    minutes=8,
    prompt="""
        Many libraries pair column c with column c + d/2 instead of its neighbour, and either works.
        This version of theirs has a bug: even lengths change. Find it and mend it, and leave the
        pairs c and c + d/2 as they are.
        """,
    given='''
def rotate_halves(X, positions, omega):
    """Rotary position embedding with column c and column c + d/2 as a pair.

    X: (T, d); positions: (T,) integers; omega: (d / 2,), radians for each position.
    Returns (T, d); the length of every row stays.
    """
    angles = np.outer(positions, omega)  # (T, d / 2)
    angles = np.repeat(angles, 2, axis=1)  # (T, d), one for each column
    left, right = np.split(X, 2, axis=1)  # (T, d / 2) each
    turned = np.hstack([-right, left])  # (T, d), X after a quarter turn
    return X * np.cos(angles) + turned * np.sin(angles)
''',
    probes=lambda rng: [
        (np.array([[1.0, 0.0, 0.0, 0.0]]), np.array([1]), np.array([1.0, 0.1])),
        (rng.normal(size=(5, 4)), np.arange(5), np.array([1.0, 0.1])),
        (rng.normal(size=(3, 6)), np.array([7, 2, 40]), np.array([1.0, 0.3, 0.02])),
        (rng.normal(size=(4, 8)), np.array([9, 9, 0, 1]), rng.uniform(0.01, 2, size=4)),
        (rng.normal(size=(3, 4)), np.array([-2, 5, -1]), np.array([1.0, 0.3])),
    ],
    hints=[
        "Print `angles` for one row and d = 4. Which columns form a pair, and which angle does "
        "each of the two get?",
        """
        1. Columns 0 and 2 are a pair, so are 1 and 3.
        2. `np.repeat` makes a, a, b, b: columns 0 and 1 get the same angle.
        3. What would give a, b, a, b?
        """,
        "`angles = np.hstack([angles, ___])`, or `np.tile`.",
    ],
    errors=[
        ("ValueError: operands could not be broadcast", "`angles` must end up with d columns."),
    ],
    passed="Two layouts, both right, and a mixture that raises no error: a classic when weights "
    "are carried from one library to another.",
)
def rotate_halves(X: np.ndarray, positions: np.ndarray, omega: np.ndarray) -> np.ndarray:
    """Rotary position embedding with column c and column c + d/2 as a pair.

    X: (T, d); positions: (T,) integers; omega: (d / 2,), radians for each position.
    Returns (T, d); the length of every row stays.
    """
    angles = np.outer(positions, omega)  # (T, d / 2)
    angles = np.hstack([angles, angles])  # (T, d), one for each column
    left, right = np.split(X, 2, axis=1)  # (T, d / 2) each
    turned = np.hstack([-right, left])  # (T, d), X after a quarter turn
    return X * np.cos(angles) + turned * np.sin(angles)


@rotate_halves.misconception(
    "The bug is still there: the columns turn by the angles a, a, b, b, but the pairs are 0 with 2 "
    "and 1 with 3. The two of a pair must turn by the same angle."
)
def _repeated(X, positions, omega):
    angles = np.repeat(positions[:, None] * omega, 2, axis=1)
    left, right = np.split(X, 2, axis=1)
    return X * np.cos(angles) + np.hstack([-right, left]) * np.sin(angles)


@rotate_halves.misconception(
    "The pairs are neighbouring columns now. That is a right rotary embedding, but another "
    "one: trained weights expect the layout they were trained with. Change the angles instead."
)
def _neighbouring_pairs(X, positions, omega):
    return _rotated(X, positions[:, None] * omega)


@rotate_halves.misconception(
    "The minus has moved to the other half. That is a rotation again, but in the other direction, "
    "so position 3 became position -3."
)
def _minus_on_the_left(X, positions, omega):
    angles = np.tile(positions[:, None] * omega, 2)
    left, right = np.split(X, 2, axis=1)
    return X * np.cos(angles) + np.hstack([right, -left]) * np.sin(angles)


@rotate_halves.misconception(
    "The minus has moved, and lengths still change. The quarter turn was right as it was. Look at "
    "the angles: which one does each of the two columns of a pair get?"
)
def _minus_moved_alone(X, positions, omega):
    angles = np.repeat(positions[:, None] * omega, 2, axis=1)
    left, right = np.split(X, 2, axis=1)
    return X * np.cos(angles) + np.hstack([right, -left]) * np.sin(angles)


@rotate_halves.misconception(
    "The lengths were mended by force: each row is scaled back to its old length. The angles are "
    "still wrong, and with them every score."
)
def _rescaled(X, positions, omega):
    out = _repeated(X, positions, omega)
    lengths = np.linalg.norm(X, axis=1, keepdims=True)
    return out * lengths / np.linalg.norm(out, axis=1, keepdims=True)


@rotate_halves.misconception(
    "Lengths still change: the halves of the quarter turn were exchanged, but it was right as it "
    "was. Look at the angles: which one does each of the two columns of a pair get?"
)
def _halves_exchanged(X, positions, omega):
    angles = np.repeat(positions[:, None] * omega, 2, axis=1)
    left, right = np.split(X, 2, axis=1)
    return X * np.cos(angles) + np.hstack([left, -right]) * np.sin(angles)


@rotate_halves.misconception(
    "The angles are mended, but a minus is missing now, and lengths change for another reason. A "
    "quarter turn takes (left, right) to (-right, left)."
)
def _no_minus(X, positions, omega):
    angles = np.tile(positions[:, None] * omega, 2)
    left, right = np.split(X, 2, axis=1)
    return X * np.cos(angles) + np.hstack([right, left]) * np.sin(angles)


@rotate_halves.misconception(
    "The angles run a, b, b, a. Columns 0 and 2 are a pair, so are 1 and 3: the second half needs "
    "the same angles in the same order, a, b, a, b."
)
def _mirrored(X, positions, omega):
    angles = positions[:, None] * omega
    angles = np.hstack([angles, angles[:, ::-1]])
    left, right = np.split(X, 2, axis=1)
    return X * np.cos(angles) + np.hstack([-right, left]) * np.sin(angles)


@rotate_halves.misconception(
    "Sine and cosine have changed places, and the bug is still there. The formula was right: look "
    "at the angles, and which one each of the two columns of a pair gets."
)
def _sine_for_cosine(X, positions, omega):
    angles = np.repeat(positions[:, None] * omega, 2, axis=1)
    left, right = np.split(X, 2, axis=1)
    return X * np.sin(angles) + np.hstack([-right, left]) * np.cos(angles)

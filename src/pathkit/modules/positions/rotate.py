"""Rotate queries and keys."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .turning import _rotated


@exercise(
    title="Rotate queries and keys",
    level="hard",
    minutes=12,
    prompt="""
        Turn each row of `X` by its position. In the row of position *p*, columns $2i$ and $2i + 1$
        are a point $(a, b)$ in the plane; it turns by the angle $p\\,\\omega_i$, to
        $(a\\cos - b\\sin,\\; a\\sin + b\\cos)$.
        """,
    probes=lambda rng: [
        (np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 2.0]]), np.array([0, 1, 2]), np.array([0.5])),
        (rng.normal(size=(5, 4)), np.arange(5), np.array([1.0, 0.1])),
        (rng.normal(size=(3, 6)), np.array([7, 2, 40]), np.array([1.0, 0.3, 0.02])),
        (rng.normal(size=(4, 4)), np.array([9, 9, 0, 1]), rng.uniform(0.01, 2, size=2)),
        (rng.normal(size=(1, 8)), np.array([13]), rng.uniform(0.01, 2, size=4)),
        # Distances, as the lesson has them later: of either sign.
        (rng.normal(size=(4, 4)), np.array([-3, 2, 0, -1]), np.array([1.0, 0.3])),
    ],
    hints=[
        "Take one row and one hand: two numbers and an angle. Which two numbers come out?",
        """
        1. `angles`: positions as a column times omega, shape (T, d / 2).
        2. `a = X[:, 0::2]` and `b = X[:, 1::2]`, both (T, d / 2).
        3. `out`: zeros of X's shape. Fill `out[:, 0::2]`, then `out[:, 1::2]`.
        """,
        "`out[:, 1::2] = a * ___ + b * ___`",
    ],
    errors=[
        ("ValueError: operands could not be broadcast", "positions as a column: `[:, None]`."),
        (
            "ValueError: could not broadcast input array",
            "what turned has d / 2 columns: it fills every second column of `out`.",
        ),
    ],
    passed="Lengths stay, angles turn: what is left of two positions is their distance.",
    # Every cell is overwritten; a slice begins at 0 anyway.
    equivalents=[
        "a, b = (X[:, ::2], X[:, 1::2])",
        "out = np.ones(X.shape)",
        "out[:, ::2] = a * np.cos(angles) - b * np.sin(angles)",
    ],
)
def rotate(X: np.ndarray, positions: np.ndarray, omega: np.ndarray) -> np.ndarray:
    """Rotary position embedding of queries or of keys, in neighbouring pairs of columns.

    X: (T, d); omega: (d / 2,), radians for each position.
    positions: (T,) integers in any order, with gaps or negative (distances, later on).
    Returns (T, d) (Su et al. 2021, RoFormer, section 3.4.2).
    """
    angles = positions[:, None] * omega  # (T, d / 2)
    a, b = X[:, 0::2], X[:, 1::2]  # (T, d / 2) each
    out = np.zeros(X.shape)  # (T, d)
    out[:, 0::2] = a * np.cos(angles) - b * np.sin(angles)
    out[:, 1::2] = a * np.sin(angles) + b * np.cos(angles)
    return out


@rotate.misconception(
    "Nothing turned. Scores of unrotated queries and keys are the same at any two positions: they "
    "pass every test that compares equal distances, and know no order at all."
)
def _unrotated(X, positions, omega):
    return X.astype(float)


@rotate.misconception(
    "Row number and position were taken for the same. The argument `positions` says "
    "where each row stands: with a gap, or when one new word arrives, they differ."
)
def _ignores_positions(X, positions, omega):
    return _rotated(X, np.arange(len(X))[:, None] * omega)


@rotate.misconception(
    "Positions are counted from 1 here. Scores don't notice, because only distances count; the row "
    "of position 0 does, since it should stay as it is."
)
def _turns_from_one(X, positions, omega):
    return _rotated(X, (positions[:, None] + 1) * omega)


@rotate.misconception(
    "The rows turn the other way. Scores of rotated queries and keys would be as good; the paper "
    "turns from the first column towards the second, so the minus stands with the first."
)
def _other_way(X, positions, omega):
    return _rotated(X, -positions[:, None] * omega)


@rotate.misconception(
    "All hands turn at the speed of the first. With one speed, position 0 and a full turn later "
    "look alike; slow hands are there to tell those apart."
)
def _one_speed(X, positions, omega):
    return _rotated(X, positions[:, None] * np.full(len(omega), omega[0]))


@rotate.misconception(
    "Column c was paired with column c + d/2. Many libraries store it so, and it works; here "
    "neighbouring columns 2i and 2i + 1 form a pair, as in the paper. Mixing the two does not work."
)
def _in_halves(X, positions, omega):
    angles = positions[:, None] * omega
    a, b = np.split(X, 2, axis=1)
    return np.hstack([a * np.cos(angles) - b * np.sin(angles),
                      a * np.sin(angles) + b * np.cos(angles)])

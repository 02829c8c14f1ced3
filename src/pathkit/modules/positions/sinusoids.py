"""The table of sines and cosines."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .turning import _codes


@exercise(
    title="The table of sines and cosines",
    level="medium",
    minutes=8,
    prompt="""
        Return the codes of positions 0 to `T - 1`, a row for each. Hand *i* at position *p* stands
        at the angle $p\\,\\omega_i$: its sine goes into column $2i$, its cosine into $2i + 1$.
        """,
    probes=lambda rng: [
        (3, np.array([1.0, 0.1])),
        (5, np.array([1.0, 0.3, 0.02])),
        (7, rng.uniform(0.01, 2, size=2)),
        (1, np.array([0.7, 0.2])),
        (4, np.array([0.25])),
    ],
    hints=[
        "Two positions and three hands make six angles. Which shapes must two arrays have, so that "
        "their product is a table of six?",
        """
        1. `angles`: positions as a column (T, 1) times speeds (d / 2,) gives (T, d / 2).
        2. `codes`: zeros of shape (T, d).
        3. `codes[:, 0::2]` are columns 0, 2, 4, …; the sines go there. The cosines go to 1, 3, …
        """,
        "`codes[:, 1::2] = np.___(angles)`",
    ],
    errors=[
        ("ValueError: operands could not be broadcast", "positions as a column: `[:, None]`."),
        ("ValueError: could not broadcast input array", "`codes` needs 2 columns for each hand."),
        (
            "TypeError: range indices must be integers or slices, not tuple",
            "`range` is no array: `np.arange(T)[:, None]` is a column.",
        ),
    ],
    passed="No training, no limit: there is a row for position one million, too.",
    # Every cell is overwritten; a slice begins at 0 anyway.
    equivalents=["codes = np.ones((T, 2 * len(omega)))", "codes[:, ::2] = np.sin(angles)"],
)
def sinusoids(T: int, omega: np.ndarray) -> np.ndarray:
    """The code of each position: sines in even columns, cosines in odd ones.

    T: how many positions; omega: (d / 2,), radians for each position.
    Returns (T, d), row p for position p, counted from 0 (Vaswani et al. 2017, section 3.5).
    """
    angles = np.arange(T)[:, None] * omega  # (T, d / 2)
    codes = np.zeros((T, 2 * len(omega)))  # (T, d)
    codes[:, 0::2] = np.sin(angles)
    codes[:, 1::2] = np.cos(angles)
    return codes


@sinusoids.misconception(
    "Positions are counted from 1. Then no row is the code of position 0, and whoever counts from "
    "0, as Python does, is off by one everywhere."
)
def _positions_from_one(T, omega):
    return _codes(np.arange(1, T + 1)[:, None] * omega)


@sinusoids.misconception(
    "Sines and cosines have changed places. The first column of position 0 should be sin 0 = 0, "
    "the second cos 0 = 1."
)
def _cosine_first(T, omega):
    angles = np.arange(T)[:, None] * omega
    return np.stack([np.cos(angles), np.sin(angles)], axis=2).reshape(T, -1)


@sinusoids.misconception(
    "All sines stand on the left and all cosines on the right. Many libraries do that, and it "
    "works as well; here the two of one hand stand side by side, as in the paper."
)
def _halves(T, omega):
    angles = np.arange(T)[:, None] * omega
    return np.hstack([np.sin(angles), np.cos(angles)])


@sinusoids.misconception(
    "The angle was divided by the speed. A hand of speed 0.1 moves 0.1 radians for each position: "
    "position times speed."
)
def _divided(T, omega):
    return _codes(np.arange(T)[:, None] / omega)


@sinusoids.misconception(
    "The angles were taken as degrees. np.sin expects radians, and the speeds are in radians "
    "already: no conversion."
)
def _degrees(T, omega):
    return _codes(np.deg2rad(np.arange(T)[:, None] * omega))


@sinusoids.misconception(
    "Each column has a speed of its own: sine and cosine of one hand must share it. Only together "
    "do they say where the hand points."
)
def _speeds_shifted(T, omega):
    angles = np.arange(T)[:, None] * omega
    return np.stack([np.sin(angles), np.cos(np.roll(angles, -1, axis=1))], axis=2).reshape(T, -1)


@sinusoids.misconception(
    "Both columns of a hand hold its sine. One number doesn't say where a hand points: two angles "
    "have the same sine. The second column is the cosine."
)
def _sine_twice(T, omega):
    return np.repeat(np.sin(np.arange(T)[:, None] * omega), 2, axis=1)


@sinusoids.misconception(
    "The odd columns are still 0. Each hand fills two columns: its sine goes into column 2i, its "
    "cosine into column 2i + 1."
)
def _without_cosines(T, omega):
    codes = np.zeros((T, 2 * len(omega)))
    codes[:, 0::2] = np.sin(np.arange(T)[:, None] * omega)
    return codes


@sinusoids.misconception(
    "These are the angles, one for each hand. They grow with the position; their sines and cosines "
    "do not, and those are the code: two columns for each hand."
)
def _angles_alone(T, omega):
    return np.arange(T)[:, None] * omega


@sinusoids.misconception(
    "Sine and cosine of a hand stand in an axis of their own. The code is one row for each "
    "position, the two of each hand side by side: reshape(T, -1)."
)
def _axis_of_their_own(T, omega):
    angles = np.arange(T)[:, None] * omega
    return np.stack([np.sin(angles), np.cos(angles)], axis=-1)


@sinusoids.misconception(
    "The table lies on its side: positions run along the columns. Each position is a row."
)
def _on_its_side(T, omega):
    return _codes(np.arange(T)[:, None] * omega).T


@sinusoids.misconception(
    "The angles are 2π times too large. The speeds are in radians for each position already: "
    "position times speed."
)
def _times_two_pi(T, omega):
    return _codes(2 * np.pi * np.arange(T)[:, None] * omega)

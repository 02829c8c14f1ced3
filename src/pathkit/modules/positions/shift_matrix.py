"""Write the matrix down."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


@exercise(
    title="Write the matrix down",
    level="medium",
    minutes=8,
    prompt="""
        Build the same matrix without a table: a 2 by 2 block on the diagonal for each hand. With
        the angle $a = k\\,\\omega_i$ it is $\\cos a$ and $-\\sin a$ above $\\sin a$ and
        $\\cos a$.
        """,
    probes=lambda rng: [
        (1, np.array([0.5])),
        (3, np.array([1.0, 0.1])),
        (-2, np.array([1.0, 0.3, 0.02])),
        (0, np.array([1.0, 0.2])),
        (2, np.array([0.3, 0.3, 1.0])),
        (int(rng.integers(4, 30)), rng.uniform(0.01, 2, size=4)),
    ],
    hints=[
        "Which rows and columns belong to hand number i? For i = 0 they are 0 and 1.",
        """
        1. `M`: zeros of shape (d, d), where d is twice the number of hands.
        2. For each hand: its angle is `k * omega[i]`. Its block stands in rows and columns
           2i and 2i + 1.
        3. Write the block as a list of two lists.
        """,
        "`M[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = [[np.cos(a), ___], [___, np.cos(a)]]`",
    ],
    errors=[
        ("ValueError: could not broadcast input array", "each block needs 2 rows and 2 columns."),
    ],
    passed="A rotation for each hand: no table, no length, and k may be negative.",
)
def shift_matrix(k: int, omega: np.ndarray) -> np.ndarray:
    """The matrix M with codes[p] @ M = codes[p + k] for every p.

    k: how far, also negative; omega: (d / 2,), radians for each position.
    Returns (d, d): a rotation by the angle k * omega[i] for each hand i.
    """
    M = np.zeros((2 * len(omega), 2 * len(omega)))
    for i in range(len(omega)):
        a = k * omega[i]
        pair = slice(2 * i, 2 * i + 2)
        M[pair, pair] = [[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]]
    return M


def _blocks(k, omega, block) -> np.ndarray:
    M = np.zeros((2 * len(omega), 2 * len(omega)))
    for i, a in enumerate(k * omega):
        M[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = block(a)
    return M


@shift_matrix.misconception(
    "This turns the other way: it moves k positions back. With codes as rows, the minus stands "
    "above the diagonal."
)
def _turned_back(k, omega):
    return _blocks(k, omega, lambda a: [[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])


@shift_matrix.misconception(
    "There is no minus in the block, so it isn't a rotation: it changes lengths. The sine of a sum "
    "has a plus, the cosine of a sum a minus."
)
def _no_minus(k, omega):
    return _blocks(k, omega, lambda a: [[np.cos(a), np.sin(a)], [np.sin(a), np.cos(a)]])


@shift_matrix.misconception(
    "All hands turn by the same angle. Each has its own speed: the block of hand i turns by k "
    "times omega[i]."
)
def _same_angle(k, omega):
    return _blocks(k, np.full(len(omega), omega[0]), _turn)


def _turn(a: float) -> list[list[float]]:
    return [[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]]


@shift_matrix.misconception(
    "The blocks overlap: each begins one row after the one before, and overwrites a corner of it. "
    "A block takes two rows and two columns, so the next begins at 2i + 2."
)
def _overlapping(k, omega):
    M = np.zeros((2 * len(omega), 2 * len(omega)))
    for i, a in enumerate(k * omega):
        M[i : i + 2, i : i + 2] = _turn(a)
    return M


@shift_matrix.misconception(
    "The distance k is missing: every hand turns by the step of a single position. A shift by k "
    "turns each hand k times as far."
)
def _one_step(k, omega):
    return _blocks(1, omega, _turn)


@shift_matrix.misconception(
    "Sines and cosines have changed places inside the block. For k = 0 nothing may move: the block "
    "must then be 1, 0 above 0, 1."
)
def _sine_on_the_diagonal(k, omega):
    return _blocks(k, omega, lambda a: [[np.sin(a), -np.cos(a)], [np.cos(a), np.sin(a)]])


@shift_matrix.misconception(
    "The blocks are laid out for all sines first, then all cosines. In this table the two of one "
    "hand stand side by side, so each block touches the diagonal."
)
def _block_halves(k, omega):
    C, S = np.diag(np.cos(k * omega)), np.diag(np.sin(k * omega))
    return np.block([[C, -S], [S, C]])


@shift_matrix.misconception(
    "The speeds are missing: every hand turns by the angle k. Hand i turns by k times omega[i]."
)
def _speeds_missing(k, omega):
    return _blocks(k, np.ones(len(omega)), _turn)


@shift_matrix.misconception(
    "The distance was divided by the speed. A hand of speed 0.1 turns by 0.1 radians at each step: "
    "the angle is k times omega[i]."
)
def _divided_by_speed(k, omega):
    return _blocks(k, 1 / omega, _turn)


@shift_matrix.misconception(
    "The sines are missing beside the diagonal. Cosines alone shrink a code; a rotation mixes the "
    "two numbers of a hand: -sin above the diagonal, sin below."
)
def _cosines_alone(k, omega):
    return _blocks(k, omega, lambda a: np.cos(a) * np.eye(2))


@shift_matrix.misconception(
    "Back and forth give the same matrix, so the sign of k was lost. A negative k turns the hands "
    "back, and the sine of a negative angle is negative: use k as it is."
)
def _sign_lost(k, omega):
    return _blocks(abs(k), omega, _turn)


@shift_matrix.misconception(
    "Right for k of 1 and more, but k may be 0 or negative, where no step is repeated. The angle "
    "k * omega[i] covers all of them at once."
)
def _repeated_steps(k, omega):
    return _blocks(max(k, 1), omega, _turn)


@shift_matrix.misconception(
    "The block of the last hand is missing. There is one for each hand: i runs over all of "
    "range(len(omega))."
)
def _last_hand_missing(k, omega):
    M = _blocks(k, omega, _turn)
    M[-2:] = 0
    return M

"""Ahead, and by how much for sure?"""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


def _costs(rng, n: int) -> tuple:
    sizes = rng.integers(50, 900, size=n)
    hard = rng.uniform(1.5, 3.0, size=n)
    return (sizes * hard * rng.uniform(0.9, 1.0, size=n), sizes * hard, sizes)


@exercise(
    title="Ahead, and by how much for sure?",
    level="hard",
    minutes=11,
    prompt="""
        Two models paid for the same $m$ passages. Their lead for each byte is
        $D = \\sum (b_i - a_i) / \\sum n_i$. What a passage strays from it is
        $e_i = b_i - a_i - D n_i$. Half the 95% interval is
        $1.96 \\sqrt{\\frac{m}{m - 1} \\sum e_i^2} \\,/ \\sum n_i$.
        """,
    probes=lambda rng: [
        (np.array([20.0, 30.0]), np.array([24.0, 31.0]), np.array([10, 15])),
        (np.array([100.0, 410.0, 55.0]), np.array([90.0, 450.0, 60.0]), np.array([50, 200, 20])),
        (np.array([5.0, 5.0, 5.0]), np.array([5.0, 5.0, 5.0]), np.array([3, 4, 5])),
        _costs(rng, 12),
        _costs(rng, 40),
        (np.array([30.0, 10.0, 80.0, 44.0]), np.array([20.0, 12.0, 70.0, 40.0]),
         np.array([10, 7, 40, 20])),
    ],
    hints=[
        "Bytes of one passage are easy or hard together. How many independent things were "
        "measured: bytes, or passages?",
        """
        1. `d = b - a`, one number for each passage; `D = d.sum() / n.sum()`.
        2. `e = d - D * n`.
        3. The square root is of the sum of squares, times m / (m - 1); then divide by all bytes.
        """,
        "`half = 1.96 * np.sqrt(m / (m - 1) * np.sum(___)) / n.sum()`",
    ],
    errors=[
        ("TypeError: unsupported operand type(s) for -: 'list'", "lists don't subtract."),
        ("ZeroDivisionError", "m is the number of passages, 2 or more: `len(n)`."),
    ],
    equivalents=[
        "m, D = (len(b), np.sum(b - a) / np.sum(n))",
        "m, D = (len(a), np.sum(b - a) / np.sum(n))",
        "e = D * n - (b - a)",
    ],
    passed="Both models had the same passages, so what is hard for both cancels out.",
)
def lead(a: np.ndarray, b: np.ndarray, n: np.ndarray) -> tuple[float, float]:
    """By how many bits a byte model a is ahead of model b, and half its 95% interval.

    a, b: (m,) bits that each model paid for each passage, m at least 2; n: (m,) bytes of each
    passage. Returns (D, half); D is negative where b is ahead.
    """
    m, D = len(n), np.sum(b - a) / np.sum(n)
    e = b - a - D * n
    return D, 1.96 * np.sqrt(m / (m - 1) * np.sum(e**2)) / np.sum(n)


def _lead(a, b, n, m=None, factor=1.96, D=None):
    m = len(n) if m is None else m
    d = b - a
    D = d.sum() / n.sum() if D is None else D
    return D, factor * np.sqrt(m / (m - 1) * ((d - D * n) ** 2).sum()) / n.sum()


@lead.misconception(
    "The sign is turned round: fewer bits are better, so the lead of a is what b paid more."
)
def _turned_round(a, b, n):
    D, half = _lead(a, b, n)
    return -D, half


@lead.misconception(
    "The rates of single passages were averaged. A passage of 50 bytes then weighs as much as one "
    "of 900: divide all bits by all bytes, once."
)
def _mean_of_rates(a, b, n):
    rates = (b - a) / n
    return rates.mean(), 1.96 * rates.std(ddof=1) / np.sqrt(len(n))


@lead.misconception(
    "The two models were treated as if they had read different passages: both errors are added, "
    "and the interval is far too wide. Subtract passage by passage first."
)
def _unpaired(a, b, n):
    _, one = _lead(np.zeros(len(n)), a, n)
    _, two = _lead(np.zeros(len(n)), b, n)
    return (b - a).sum() / n.sum(), np.hypot(one, two)


@lead.misconception(
    "The errors of the bytes were taken for independent. What is hard comes in whole passages, so "
    "that m passages were measured, and not so many bytes."
)
def _bytes_as_units(a, b, n):
    D, half = _lead(a, b, n)
    rates = (b - a) / n
    return D, 1.96 * np.sqrt((n * (rates - D) ** 2).sum() / n.sum()) / np.sqrt(n.sum())


@lead.misconception(
    "This is one standard error. To hold the truth 95 times of 100, an interval reaches 1.96 of "
    "them to each side."
)
def _one_error(a, b, n):
    return _lead(a, b, n, factor=1.0)


@lead.misconception(
    "The factor m / (m - 1) is missing. D was fitted to the same passages, which makes their "
    "distances to it a little too small."
)
def _without_factor(a, b, n):
    return _lead(a, b, n, m=np.inf)[0], 1.96 * np.sqrt(((b - a - _lead(a, b, n)[0] * n) ** 2
                                                       ).sum()) / n.sum()


@lead.misconception(
    "The whole width is given. Half of it is asked for, what reaches to one side of D."
)
def _whole_width(a, b, n):
    return _lead(a, b, n, factor=3.92)


@lead.misconception(
    "Distances were taken from the mean difference of a passage, so a long passage strays because "
    "it is long. What is expected of it is D times its bytes."
)
def _ignores_length(a, b, n):
    d, m = b - a, len(n)
    return d.sum() / n.sum(), 1.96 * np.sqrt(m / (m - 1) * ((d - d.mean()) ** 2).sum()) / n.sum()

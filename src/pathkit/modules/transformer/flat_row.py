"""Find the bug: a famous LayerNorm."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise
from pathkit.checks.told import Told


def _annotated_norm(row: np.ndarray) -> np.ndarray:
    return (row - row.mean()) / (row.std(ddof=1) + 1e-6)


def _torch_norm(row: np.ndarray) -> np.ndarray:
    return (row - row.mean()) / np.sqrt(row.var() + 1e-5)


def _require_apart(answer) -> str:
    """"apart" if the two norms differ by more than a factor of 2; else raises Told."""
    if said := _in_the_way(answer):
        raise Told(said)
    return "apart"


def _in_the_way(answer) -> str:
    """What keeps the two norms from differing by more than a factor of 2, "" if they do."""
    try:
        row = np.array(answer, dtype=float)
    except (TypeError, ValueError, RuntimeError):  # a tensor that wants gradients
        return "A list, an array or a tensor of numbers is expected."
    if row.ndim != 1:
        return "One row of numbers is expected, not a table."
    if not row.size:
        return "The row is empty. Four numbers or more are expected."
    if not np.isfinite(row).all():
        return "Some of the numbers are not finite."
    differ = np.ptp(row) > 0
    apart = differ and (
        np.abs(_annotated_norm(row)).max() > 2 * np.abs(_torch_norm(row)).max())
    if len(row) < 4:
        if apart:
            return "For this row the two answers are apart, but four numbers or more are asked for."
        return f"Four numbers or more are expected, and this row has {len(row)}."
    if not differ:
        return "All numbers are equal, so both norms answer 0 everywhere and agree."
    if apart:
        return ""
    if row.std() > 10:
        return "The numbers spread widely, and there both norms agree, up to about √((C − 1)/C)."
    if row.std() > 0.2:
        return "On an ordinary row like this one both norms agree, up to about √((C − 1)/C)."
    return "The row is rather flat, but the two answers still differ by less than a factor of 2."


@exercise(
    title="Find the bug: a famous LayerNorm",
    level="medium",
    minutes=6,
    prompt="""
        `annotated_norm` is the LayerNorm of The Annotated Transformer: `std` divides by C − 1, and
        1e-6 is added to it. Give a row of four or more numbers for which its largest answer is more
        than twice as large as torch's, both computed in float64.
        """,
    probes=lambda rng: [()],
    drive=_require_apart,
    is_value=True,
    hints=[
        "On ordinary rows the two differ by a fixed factor near 1. When does `eps` start to count?",
        """
        torch adds 0.00001 to the variance. That is nothing beside a variance of 1. Which variance
        would it drown? And what is the standard deviation then?
        """,
        "`flat_row = [1, 1, 1, 1 + ___]`, with a small number but not 0.",
    ],
    errors=[
        (
            "AttributeError: 'list' object has no attribute 'mean'",
            "to try your row on `annotated_norm`, make a tensor of it: `torch.tensor(row)`.",
        ),
    ],
    passed="A nearly flat row: torch's `eps` outweighs its variance and keeps the answer small. "
    "The other norm, with its tiny `eps`, makes more than twice as much of it.",
)
def flat_row() -> list[float]:
    """Four numbers or more, in a list, an array or a tensor."""
    return [1.0, 1.0, 1.0, 1.001]


@flat_row.misconception(
    "Large numbers don't help: both norms divide by the spread, so 1,000 times the row gives the "
    "same answer. Their `eps` differ, so look where the spread is small."
)
def _large_numbers():
    return [1000.0, -2000.0, 500.0, 4000.0]


@flat_row.misconception(
    "An ordinary row: here only C − 1 against C counts, the factor √(3/4) = 0.866 for four "
    "numbers. To exceed 2 the variance must be so small that `eps` takes over."
)
def _ordinary():
    return [1.0, 2.0, 3.0, 4.0]


@flat_row.misconception(
    "All numbers are equal. Then the mean takes everything away, both answers are 0, and nothing "
    "can be compared. Let one number differ by a little."
)
def _constant():
    return [3.0, 3.0, 3.0, 3.0]


@flat_row.misconception(
    "Nearly flat, but not enough: for a factor of 2 the variance must lie well below torch's "
    "0.00001, so that `eps` outweighs it. Make the difference smaller, step by step."
)
def _not_flat_enough():
    return [1.0, 1.0, 1.0, 1.1]


@flat_row.misconception(
    "Two numbers make the factor between C − 1 and C as far from 1 as it gets, √(1/2), and that is "
    "no factor of 2. Take four numbers or more, and let `eps` do the rest."
)
def _two_numbers():
    return [1.0, 2.0]


@flat_row.misconception(
    "The idea is right: the row is so flat that torch's `eps` outweighs its variance. Only its "
    "length isn't: four numbers or more are asked for. Repeat one that is there."
)
def _flat_but_short():
    return [1.0, 1.0, 1.0001]

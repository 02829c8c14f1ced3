"""Back through BatchNorm."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .tolerance import EXACT


@exercise(
    title="Back through BatchNorm",
    level="hard",
    minutes=12,
    prompt="""
        Forward each column of `z` was normalised: `zhat = (z - mean) / sqrt(var + eps)`. From `d`,
        the gradient with respect to `zhat`, find the one with respect to `z`. Mean and variance
        depend on `z`, too.
        """,
    probes=lambda rng: [
        (np.array([[1.0], [3.0], [5.0]]), np.array([[1.0], [0.0], [0.0]]), 0.0),
        (rng.normal(size=(5, 3)) * [1, 4, 0.2] + [3, 0, -1], rng.normal(size=(5, 3)), 0.1),
        (rng.normal(size=(2, 6)), rng.normal(size=(2, 6)), 0.3),
        (rng.normal(size=(4, 4)) + 2, rng.normal(size=(4, 4)), 1e-5),
        (rng.normal(size=(7, 1)), rng.normal(size=(7, 1)), 0.0),
        (rng.normal(scale=0.003, size=(4, 2)), rng.normal(size=(4, 2))),
        (np.array([[2.0, 1.0], [2.0, 0.0], [2.0, -4.0]]), rng.normal(size=(3, 2)), 0.2),
    ],
    hints=[
        "One number of `z` reaches the output on three roads. Name them.",
        """
        1. `zhat` and `inv = 1 / sqrt(var + eps)`, as on the way forward, statistics over axis 0.
        2. Directly: `d * inv`.
        3. Through the mean: subtract the mean of `d` over the batch.
        4. Through the variance: subtract `zhat` times the mean of `d * zhat` over the batch.
        """,
        "`return inv * (d - d.mean(axis=0) - zhat * (___ * ___).mean(axis=0))`",
    ],
    errors=[
        (
            "RuntimeWarning: divide by zero",
            "a column without spread: `eps` goes under the root, `np.sqrt(var + eps)`.",
        ),
    ],
    tolerance=EXACT,
    # zhat enters twice: its sign cancels.
    equivalents=["zhat = (z.mean(axis=0) - z) * inv"],
    passed="One line, and it says: the level and the slope of the gradient don't get through.",
)
def norm_backward(z: np.ndarray, d: np.ndarray, eps: float = 1e-5) -> np.ndarray:
    """The gradient with respect to z, where zhat = (z - mean) / sqrt(var + eps) by column.

    z: (n, m), a column may be constant; d: (n, m), gradient with respect to zhat; the variance
    divides by n.
    Returns dz: (n, m) (Ioffe and Szegedy 2015, section 3).
    """
    inv = 1 / np.sqrt(z.var(axis=0) + eps)  # (m,)
    zhat = (z - z.mean(axis=0)) * inv  # (n, m)
    return inv * (d - d.mean(axis=0) - zhat * (d * zhat).mean(axis=0))


def normed(z, eps):
    inv = 1 / np.sqrt(z.var(axis=0) + eps)
    return inv, (z - z.mean(axis=0)) * inv


@norm_backward.misconception(
    "Mean and variance are treated as constants. They are made of z: moving one example moves "
    "them, and through them every other example. Two more terms are needed."
)
def _statistics_fixed(z, d, eps=1e-5):
    return d * normed(z, eps)[0]


@norm_backward.misconception(
    "The road through the variance is missing. Moving z outwards widens the column and pulls all "
    "other outputs inwards: subtract zhat times the mean of d·zhat. (The product of the two means "
    "is 0: multiply first.)"
)
def _mean_only(z, d, eps=1e-5):
    return normed(z, eps)[0] * (d - d.mean(axis=0))


@norm_backward.misconception(
    "The road through the mean is missing. Each z raises the mean by 1/n and so lowers every "
    "output: subtract the mean of d."
)
def _variance_only(z, d, eps=1e-5):
    inv, zhat = normed(z, eps)
    return inv * (d - zhat * (d * zhat).mean(axis=0))


@norm_backward.misconception(
    "The variance divides by n − 1 here. On the way forward it divides by n, and so it must on the "
    "way back. At n = 32 the mistake is 3% of one term, easy to overlook."
)
def _divides_by_n_minus_1(z, d, eps=1e-5):
    n = len(z)
    inv, zhat = normed(z, eps)
    return inv * (d - d.mean(axis=0) - zhat * (d * zhat).sum(axis=0) / (n - 1))


@norm_backward.misconception(
    "Sums stand where means belong. The mean gives each example 1/n of the say, and the variance, "
    "too: use `.mean(axis=0)` in both terms."
)
def _sums(z, d, eps=1e-5):
    inv, zhat = normed(z, eps)
    return inv * (d - d.sum(axis=0) - zhat * (d * zhat).sum(axis=0))


@norm_backward.misconception(
    "One mean over the whole table was taken. Each unit is normalised by itself, so each column "
    "has its own two corrections: axis=0."
)
def _whole_table(z, d, eps=1e-5):
    inv, zhat = normed(z, eps)
    return inv * (d - d.mean() - zhat * (d * zhat).mean())


@norm_backward.misconception(
    "The factor 1/√(var + eps) is missing in front. A column that spreads widely was shrunk on the "
    "way forward, and its gradient shrinks alike."
)
def _no_factor(z, d, eps=1e-5):
    _, zhat = normed(z, eps)
    return d - d.mean(axis=0) - zhat * (d * zhat).mean(axis=0)


@norm_backward.misconception(
    "The correction for the variance is made of the centred z. It must be made of zhat, which has "
    "been divided: otherwise its size depends on the unit of measurement."
)
def _not_divided_inside(z, d, eps=1e-5):
    inv, _ = normed(z, eps)
    centred = z - z.mean(axis=0)
    return inv * (d - d.mean(axis=0) - centred * (d * centred).mean(axis=0))


@norm_backward.misconception(
    "This is the backward pass of the video's variant, whose variance divides by n − 1 on both "
    "ways. Here the forward pass divides by n, as PyTorch does: `z.var(axis=0)`."
)
def _as_in_the_video(z, d, eps=1e-5):
    n = len(z)
    inv = 1 / np.sqrt(z.var(axis=0, ddof=1) + eps)
    zhat = (z - z.mean(axis=0)) * inv
    return inv / n * (n * d - d.sum(axis=0) - n / (n - 1) * zhat * (d * zhat).sum(axis=0))


@norm_backward.misconception(
    "`eps` was added to the standard deviation. On the way forward it stands under the root with "
    "the variance, so it does on the way back: √(var + eps)."
)
def _eps_outside(z, d, eps=1e-5):
    inv = 1 / (z.std(axis=0) + eps)
    zhat = (z - z.mean(axis=0)) * inv
    return inv * (d - d.mean(axis=0) - zhat * (d * zhat).mean(axis=0))

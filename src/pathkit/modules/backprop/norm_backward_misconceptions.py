"""More wrong ways through the normalisation, each with one thing changed."""

from __future__ import annotations

import numpy as np

from .norm_backward import norm_backward, normed


@norm_backward.misconception(
    "The `eps` that was given isn't used: these are the numbers for 1e-5, the default. Take the "
    "parameter."
)
def _own_eps(z, d, eps=1e-5):
    return norm_backward.reference(z, d, 1e-5)


@norm_backward.misconception(
    "`eps` is left out. On the way forward it stood under the root, so a column without spread "
    "was divided by √eps, not by 0: `np.sqrt(var + eps)`."
)
def _no_eps(z, d, eps=1e-5):
    with np.errstate(all="ignore"):
        return norm_backward.reference(z, d, 0.0)


@norm_backward.misconception(
    "Mean and variance are those of each row. BatchNorm normalises each unit over the batch, so "
    "each *column* has its own: axis 0. (Rows are LayerNorm's.)"
)
def _by_rows(z, d, eps=1e-5):
    with np.errstate(all="ignore"):
        return norm_backward.reference(z.T, d.T, eps).T


@norm_backward.misconception(
    "The mean of d·zhat is subtracted as it is. An example feels the spread by how far out it "
    "lies: times its own `zhat`."
)
def _without_zhat(z, d, eps=1e-5):
    inv, zhat = normed(z, eps)
    return inv * (d - d.mean(axis=0) - (d * zhat).mean(axis=0))


@norm_backward.misconception(
    "The last term was added. Moving z outwards widens the column and pulls all outputs inwards, "
    "so its part is subtracted."
)
def _added(z, d, eps=1e-5):
    inv, zhat = normed(z, eps)
    return inv * (d - d.mean(axis=0) + zhat * (d * zhat).mean(axis=0))


@norm_backward.misconception(
    "`z` stands where `zhat` belongs. The last term is made of the output of the normalisation, "
    "centred and divided: `(z - mean) * inv`."
)
def _z_for_zhat(z, d, eps=1e-5):
    inv, _ = normed(z, eps)
    return inv * (d - d.mean(axis=0) - z * (d * z).mean(axis=0))


@norm_backward.misconception(
    "The root is missing: z was divided by the variance. On the way forward it was divided by the "
    "standard deviation, √(var + eps)."
)
def _no_root(z, d, eps=1e-5):
    inv = 1 / (z.var(axis=0) + eps)
    zhat = (z - z.mean(axis=0)) * inv
    return inv * (d - d.mean(axis=0) - zhat * (d * zhat).mean(axis=0))


@norm_backward.misconception(
    "`d` itself was normalised, as if the way back were the way forward. The gradient is divided "
    "by the spread of *z*, and loses its level and its slope."
)
def _forward_again(z, d, eps=1e-5):
    return normed(d, eps)[1]


@norm_backward.misconception(
    "`zhat` isn't centred: z was divided and its mean not subtracted. zhat is what came out on "
    "the way forward, `(z - mean) / sqrt(var + eps)`."
)
def _not_centred(z, d, eps=1e-5):
    inv, _ = normed(z, eps)
    return inv * (d - d.mean(axis=0) - z * inv * (d * z * inv).mean(axis=0))


@norm_backward.misconception(
    "The bracket was multiplied by the spread. z was divided by it on the way forward, so its "
    "gradient is divided, too: a wide column feels less."
)
def _multiplied(z, d, eps=1e-5):
    inv, zhat = normed(z, eps)
    return (d - d.mean(axis=0) - zhat * (d * zhat).mean(axis=0)) / inv

"""Wrong answers to LayerNorm."""

from __future__ import annotations

from .layer_norm import layer_norm


def _normed(x, dim, eps):
    """Mean 0 and variance 1 over the axes `dim`."""
    mean = x.mean(dim=dim, keepdim=True)
    return (x - mean) / (x.var(dim=dim, keepdim=True, unbiased=False) + eps).sqrt()


@layer_norm.misconception(
    "The variance divides by C − 1. That is torch's default for `var` and `std`; LayerNorm divides "
    "by C. With 8 numbers the results differ by the factor 0.935: `unbiased=False`."
)
def _one_less(x, scale, shift, eps):
    mean = x.mean(dim=-1, keepdim=True)
    return scale * (x - mean) / (x.var(dim=-1, keepdim=True) + eps).sqrt() + shift


@layer_norm.misconception(
    "`eps` was added to the standard deviation. It belongs under the root, to the variance. For "
    "rows that are nearly flat the two differ a lot."
)
def _outside_the_root(x, scale, shift, eps):
    mean = x.mean(dim=-1, keepdim=True)
    std = x.std(dim=-1, keepdim=True, unbiased=False)
    return scale * (x - mean) / (std + eps) + shift


@layer_norm.misconception(
    "Two slips at once: the standard deviation divides by C − 1, and `eps` stands outside the "
    "root. The Annotated Transformer has both; torch divides by C and adds `eps` to the variance."
)
def _as_annotated(x, scale, shift, eps):
    mean = x.mean(dim=-1, keepdim=True)
    return scale * (x - mean) / (x.std(dim=-1, keepdim=True) + eps) + shift


@layer_norm.misconception(
    "The mean runs over the batch, which is BatchNorm: a token's result then depends on the other "
    "texts beside it. LayerNorm looks at one token alone, along its last axis."
)
def _over_the_batch(x, scale, shift, eps):
    return scale * _normed(x, 0, eps) + shift


@layer_norm.misconception(
    "The mean runs over all tokens and all their numbers at once. A later token would then change "
    "the earlier ones. Each token gets a mean and a variance of its own: the last axis."
)
def _over_everything(x, scale, shift, eps):
    return scale * _normed(x, tuple(range(x.ndim)), eps) + shift


@layer_norm.misconception(
    "The mean runs along the text: each feature is compared with itself at other places. That "
    "leaks the future; use the last axis, the C numbers of one token."
)
def _over_the_text(x, scale, shift, eps):
    return scale * _normed(x, -2, eps) + shift


@layer_norm.misconception(
    "Divided by the variance. The spread of the row is its standard deviation, so take the root; "
    "else a row twice as wide comes out half as wide."
)
def _by_variance(x, scale, shift, eps):
    mean = x.mean(dim=-1, keepdim=True)
    variance = x.var(dim=-1, keepdim=True, unbiased=False)
    return scale * (x - mean) / (variance + eps) + shift


@layer_norm.misconception(
    "The mean wasn't subtracted: each row is only divided by its size. That is RMSNorm, which "
    "newer models use; LayerNorm first moves the mean to 0."
)
def _rms(x, scale, shift, eps):
    return scale * x / (x.square().mean(dim=-1, keepdim=True) + eps).sqrt() + shift


@layer_norm.misconception(
    "`scale` and `shift` are missing. Without them a layer could never ask for a feature that is "
    "large or off centre: multiply by one, add the other."
)
def _without_scale(x, scale, shift, eps):
    return _normed(x, -1, eps)


@layer_norm.misconception(
    "The shift was added before the scale, so it gets multiplied, too. Scale first, shift last: "
    "`scale * normed + shift`."
)
def _shift_first(x, scale, shift, eps):
    return scale * (_normed(x, -1, eps) + shift)


@layer_norm.misconception(
    "The mean runs over axis 1, which is the text in (B, T, C). In (N, C) the same number means "
    "the features. `dim=-1` is the C numbers of one token, however many axes stand before it."
)
def _over_axis_one(x, scale, shift, eps):
    return scale * _normed(x, 1, eps) + shift


@layer_norm.misconception(
    "Each feature is normed over all tokens of all texts, which is BatchNorm for sequences. "
    "LayerNorm looks at one token alone: the last axis and no other."
)
def _over_all_but_the_last(x, scale, shift, eps):
    return scale * _normed(x, tuple(range(x.ndim - 1)), eps) + shift


@layer_norm.misconception(
    "`eps` isn't added. A row whose numbers are all equal has variance 0, and 0 divided by 0 is "
    "nan: `eps` under the root keeps that from happening, and damps rows that are nearly flat."
)
def _without_eps(x, scale, shift, eps):
    return scale * _normed(x, -1, 0.0) + shift

"""Add a layer to the stream."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F

from pathkit.checks.exercise import exercise
from pathkit.checks.gradient_flow import call_with_gradients
from pathkit.checks.random_tensors import SINGLE, normal


def _linear(rng: np.random.Generator, C: int):
    weight = normal(rng, C, C, scale=C**-0.5)
    return lambda x: torch.tanh(x @ weight)


def _norm(rng: np.random.Generator, C: int):
    scale, shift = 1 + 0.3 * normal(rng, C), 0.3 * normal(rng, C)
    return lambda x: F.layer_norm(x, (C,), scale, shift)


def _stream(rng: np.random.Generator, *shape: int, norm_first: bool, scale: float = 2.0) -> tuple:
    C = shape[-1]
    return normal(rng, *shape, scale=scale), _linear(rng, C), _norm(rng, C), norm_first


def _in_training(answer, x, layer, norm, norm_first):
    return call_with_gradients(answer, x, layer, norm, norm_first)


@exercise(
    title="Add a layer to the stream",
    level="easy",
    minutes=4,
    prompt="""
        With `norm_first`, the layer reads a normed copy of `x`, and what it says is added to `x`
        itself. Without, the layer reads `x`, and the sum is normed.
        """,
    probes=lambda rng: [
        _stream(rng, 1, 2, 3, norm_first=True),
        _stream(rng, 1, 2, 3, norm_first=False),
        _stream(rng, 2, 3, 5, norm_first=True, scale=0.4),
        _stream(rng, 2, 4, 4, norm_first=False, scale=5.0),
    ],
    drive=_in_training,
    hints=[
        "In both cases `x` itself must go on. What else is added to it, and what is normed?",
        """
        Two formulas, one for each case. GPT: x plus the layer of the norm of x. 2017: the norm of
        x plus the layer of x. All shapes are (B, T, C).
        """,
        "`return x + layer(___) if norm_first else norm(___)`",
    ],
    errors=[
        (
            "TypeError: unsupported operand type(s) for +",
            "`layer` and `norm` are functions: call them, `layer(x)`.",
        ),
    ],
    tolerance=SINGLE,
    passed="Two formulas, and the whole quarrel about where the norm belongs.",
)
def sublayer(x: torch.Tensor, layer, norm, norm_first: bool) -> torch.Tensor:
    """A layer, its residual connection and its norm.

    x: (B, T, C), the stream; layer, norm: functions (B, T, C) -> (B, T, C).
    Returns (B, T, C). norm_first: pre-norm (Radford et al. 2019, section 2.3), else post-norm
    (Vaswani et al. 2017, section 3.1).
    """
    if norm_first:
        return x + layer(norm(x))
    return norm(x + layer(x))


@sublayer.misconception(
    "The two cases are exchanged. `norm_first` means that the norm comes before the layer, "
    "and the stream itself is never normed."
)
def _exchanged(x, layer, norm, norm_first):
    return norm(x + layer(x)) if norm_first else x + layer(norm(x))


@sublayer.misconception(
    "Nothing is added: the layer's answer replaces the stream. What the layer doesn't repeat is "
    "lost for all later layers. Add it to `x`."
)
def _no_residual(x, layer, norm, norm_first):
    return layer(norm(x)) if norm_first else norm(layer(x))


@sublayer.misconception(
    "The normed copy was added, not the stream. Then every layer rescales all that was written "
    "before it: norm what the layer reads, and add to `x` itself."
)
def _adds_to_normed(x, layer, norm, norm_first):
    return norm(x) + layer(norm(x)) if norm_first else norm(x + layer(x))


@sublayer.misconception(
    "`norm_first` is never looked at: this is always post-norm. With it, the norm moves to the "
    "input of the layer."
)
def _always_post(x, layer, norm, norm_first):
    return norm(x + layer(x))


@sublayer.misconception(
    "`norm_first` is never looked at: this is always pre-norm. Without it, the sum of stream and "
    "layer is normed, as in the paper of 2017."
)
def _always_pre(x, layer, norm, norm_first):
    return x + layer(norm(x))


@sublayer.misconception(
    "Without `norm_first` only the layer's answer was normed. The paper norms the sum, so the "
    "brackets go round both: norm(x + layer(x))."
)
def _norms_the_answer(x, layer, norm, norm_first):
    return x + layer(norm(x)) if norm_first else x + norm(layer(x))


@sublayer.misconception(
    "With `norm_first` the layer's answer was normed, not what the layer reads. The norm comes "
    "first, as the name says: `layer(norm(x))`."
)
def _norms_what_was_said(x, layer, norm, norm_first):
    return x + norm(layer(x)) if norm_first else norm(x + layer(x))


@sublayer.misconception(
    "Without `norm_first` nothing is normed. The paper norms the sum, after each layer: "
    "`norm(x + layer(x))`."
)
def _never_normed_after(x, layer, norm, norm_first):
    return x + layer(norm(x)) if norm_first else x + layer(x)


@sublayer.misconception(
    "With `norm_first` nothing is added: the layer's answer replaces the stream. The layer reads a "
    "normed copy, and what it says is added to `x` itself. (Without `norm_first` yours is right.)"
)
def _no_residual_norm_first(x, layer, norm, norm_first):
    return layer(norm(x)) if norm_first else norm(x + layer(x))


@sublayer.misconception(
    "Without `norm_first` nothing is added: the layer's answer replaces the stream. Add it to `x`, "
    "and norm the sum. (With `norm_first` yours is right.)"
)
def _no_residual_norm_last(x, layer, norm, norm_first):
    return x + layer(norm(x)) if norm_first else norm(layer(x))

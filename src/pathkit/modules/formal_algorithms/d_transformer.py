"""Find the bug: algorithm 10 has lost its tildes."""

from __future__ import annotations

import functools

import numpy as np

from pathkit.checks.exercise import exercise

from .attention import Attention
from .embed import embed
from .layers import GELU, layer_norm, mlp, softmax
from .mh_attention import MHAttention, attended
from .random_inputs import _ids, _theta, unidirectional


def _decoded(rng, length: int, N_V: int, L: int, H: int, d_e: int, Mask=None) -> tuple:
    theta = _theta(rng, N_V, length + 2, L, H, d_e, d_e + 3)
    return _ids(rng, length, N_V), theta, unidirectional(length) if Mask is None else Mask


@exercise(
    title="Find the bug: algorithm 10 has lost its tildes",
    level="medium",
    minutes=10,
    prompt="""
        Somebody rendered DTransformer and read X̃ as X. It runs, its columns sum to 1, it even
        trains. Mend it, so that the norm is read and the stream stays what it was.
        """,
    probes=lambda rng: [
        _decoded(rng, 2, 4, 1, 1, 3),
        _decoded(rng, 5, 6, 2, 2, 4),
        _decoded(rng, 4, 5, 3, 1, 5, Mask=np.ones((4, 4), dtype=bool)),
        _decoded(rng, 1, 3, 2, 3, 4),
    ],
    given='''
def DTransformer(x, theta, Mask):
    """Algorithm 10: the decoder-only transformer. Tokens are columns.

    x: l token IDs from 1; theta: parameters by name; Mask: (l, l), true = may look.
    Returns P (N_V, l): column t is the distribution of token t + 1.

    Lines 1 to 3: embed. 4: for each layer. 5: X̃ is LayerNorm of X. 6: add MHAttention of X̃
    to X. 7: X̃ is LayerNorm of X. 8: add the MLP of X̃ to X. 10: a last LayerNorm of X.
    11: softmax of W_u X.
    """
    X = embed(x, theta["W_e"], theta["W_p"])
    for layer in theta["layers"]:
        X = layer_norm(X, layer["gamma1"], layer["beta1"])
        X = X + MHAttention(X, X, layer["W"], Mask, Attention)
        X = layer_norm(X, layer["gamma2"], layer["beta2"])
        X = X + mlp(X, layer, GELU)
    X = layer_norm(X, theta["gamma"], theta["beta"])
    return softmax(theta["W_u"] @ X)
''',
    hints=[
        "After line 5 of the paper there are two matrices, X and X̃. How many does the code have?",
        """
        Give X̃ a name of its own, such as `X_`. Lines 5 and 7 write it, lines 6 and 8 read it. What
        is added to stays X. Line 10 does overwrite X.
        """,
        '`X_ = layer_norm(X, ...)`, then `X = X + MHAttention(___, ___, layer["W"], Mask, '
        "Attention)`",
    ],
    errors=[
        (
            "NameError: name 'X_' is not defined",
            "line 5 must write the name that line 6 reads.",
        ),
        (
            "UnboundLocalError: cannot access local variable 'X_'",
            "lines 5 and 7 read X and write `X_`; here `X_` is read first.",
        ),
    ],
    passed="Pre-norm: what is read is normed, what is passed on is not. One accent makes the "
    "difference.",
)
def DTransformer(x, theta: dict, Mask) -> np.ndarray:
    """Algorithm 10: the decoder-only transformer. Tokens are columns.

    x: l token IDs from 1; theta: parameters by name; Mask: (l, l), true = may look.
    Returns P (N_V, l): column t is the distribution of token t + 1.

    Lines 1 to 3: embed. 4: for each layer. 5: X̃ is LayerNorm of X. 6: add MHAttention of X̃
    to X. 7: X̃ is LayerNorm of X. 8: add the MLP of X̃ to X. 10: a last LayerNorm of X.
    11: softmax of W_u X.
    """
    X = embed(x, theta["W_e"], theta["W_p"])  # lines 1 to 3
    for layer in theta["layers"]:
        X_ = layer_norm(X, layer["gamma1"], layer["beta1"])  # line 5
        X = X + MHAttention(X_, X_, layer["W"], Mask, Attention)  # line 6
        X_ = layer_norm(X, layer["gamma2"], layer["beta2"])  # line 7
        X = X + mlp(X_, layer, GELU)  # line 8
    X = layer_norm(X, theta["gamma"], theta["beta"])  # line 10
    return softmax(theta["W_u"] @ X)  # line 11, with algorithm 7


def _layers(layer_of, last=True):
    """The algorithm, each layer done by `layer_of(X, layer, attend, norm1, norm2)`."""

    @functools.wraps(layer_of)
    def answer(x, theta, Mask):
        X = embed.reference(x, theta["W_e"], theta["W_p"])
        for layer in theta["layers"]:
            norms = (
                lambda X, n=n, layer=layer: layer_norm(X, layer[f"gamma{n}"], layer[f"beta{n}"])
                for n in (1, 2)
            )
            X = layer_of(
                X, layer,
                lambda A, B, w=layer["W"]: MHAttention.reference(A, B, w, Mask, attended),
                *norms,
            )  # fmt: skip
        if last:
            X = layer_norm(X, theta["gamma"], theta["beta"])
        return softmax(theta["W_u"] @ X)

    return answer


@DTransformer.misconception(
    "Both tildes are still missing. Each LayerNorm overwrites the stream, so what earlier layers "
    "wrote is rescaled again and again. Keep X, and give the normed copy a name of its own."
)
@_layers
def _no_tilde(X, layer, attend, norm1, norm2):
    X = norm1(X)
    X = norm2(X + attend(X, X))
    return X + mlp(X, layer, GELU)


@DTransformer.misconception(
    "The second tilde is still missing: line 7 overwrites X. Line 8 adds to the stream that line 6 "
    "left, not to its normed copy."
)
@_layers
def _first_tilde_only(X, layer, attend, norm1, norm2):
    X_ = norm1(X)
    X = norm2(X + attend(X_, X_))
    return X + mlp(X, layer, GELU)


@DTransformer.misconception(
    "The first tilde is still missing: line 5 overwrites X, and line 6 adds to the normed copy. "
    "Mend it as you mended line 7."
)
@_layers
def _second_tilde_only(X, layer, attend, norm1, norm2):
    X = norm1(X)
    X = X + attend(X, X)
    return X + mlp(norm2(X), layer, GELU)


@DTransformer.misconception(
    "Queries come from X̃, but keys and values from X. `MHAttention(X̃)` in line 6 means "
    "self-attention: both sequences are X̃."
)
@_layers
def _context_unnormed(X, layer, attend, norm1, norm2):
    X = X + attend(norm1(X), X)
    return X + mlp(norm2(X), layer, GELU)


@DTransformer.misconception(
    "The norms now come after the sums. That is post-norm, the order of algorithms 8 and 9; "
    "algorithm 10 norms what a layer reads."
)
@_layers
def _post_norm(X, layer, attend, norm1, norm2):
    X = norm1(X + attend(X, X))
    return norm2(X + mlp(X, layer, GELU))


@DTransformer.misconception(
    "The layers read X itself, without a LayerNorm. Lines 6 and 8 hand X̃ to the layer, and add the "
    "answer to X."
)
@_layers
def _tilde_unused(X, layer, attend, norm1, norm2):
    X = X + attend(X, X)
    return X + mlp(X, layer, GELU)


@DTransformer.misconception(
    "The last LayerNorm, line 10, has no effect on the result. There is no tilde in line 10, so "
    "there X is overwritten, and line 11 reads it."
)
@functools.partial(_layers, last=False)
def _last_norm_unused(X, layer, attend, norm1, norm2):
    X_ = norm1(X)
    X = X + attend(X_, X_)
    return X + mlp(norm2(X), layer, GELU)

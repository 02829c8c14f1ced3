"""What goes wrong with the tildes of algorithm 10."""

from __future__ import annotations

import functools

from .d_transformer import DTransformer
from .embed import embed
from .layers import GELU, layer_norm, mlp, softmax
from .mh_attention import MHAttention, attended


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
    "Lines 6 and 8 add to the normed X, so each LayerNorm overwrites the stream, and what earlier "
    "layers wrote is rescaled again and again. Keep X, and give the normed copy a name of its own."
)
@_layers
def _no_tilde(X, layer, attend, norm1, norm2):
    X = norm1(X)
    X = norm2(X + attend(X, X))
    return X + mlp(X, layer, GELU)


@DTransformer.misconception(
    "Line 6 is right; line 8 still adds to the normed X. It adds to the stream that line 6 left: "
    "X̃ is read, X is added to."
)
@_layers
def _first_tilde_only(X, layer, attend, norm1, norm2):
    X_ = norm1(X)
    X = norm2(X + attend(X_, X_))
    return X + mlp(X, layer, GELU)


@DTransformer.misconception(
    "Line 8 is right; line 6 still adds to the normed X. It adds to the stream as it was before "
    "line 5: X̃ is read, X is added to."
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
    "The layers read X itself, without a LayerNorm. Lines 6 and 8 hand X̃ to the layer, and add "
    "the answer to X."
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


@DTransformer.misconception(
    "Line 7 has no effect: the MLP reads the X̃ of line 5. After the heads have written to X, it "
    "is normed anew, with gamma2 and beta2."
)
@_layers
def _norm_of_before(X, layer, attend, norm1, norm2):
    X_ = norm1(X)
    X = X + attend(X_, X_)
    return X + mlp(X_, layer, GELU)


@DTransformer.misconception(
    "Line 7 norms with gamma1 and beta1. Each LayerNorm has parameters of its own: those of line 7 "
    "are gamma2 and beta2."
)
@_layers
def _first_norm_twice(X, layer, attend, norm1, norm2):
    X_ = norm1(X)
    X = X + attend(X_, X_)
    return X + mlp(norm1(X), layer, GELU)


@DTransformer.misconception(
    "Line 7 norms X̃ a second time, so the MLP never sees what the heads wrote to X. It norms the "
    "stream: X̃ is LayerNorm of X."
)
@_layers
def _norms_the_copy_again(X, layer, attend, norm1, norm2):
    X_ = norm1(X)
    X = X + attend(X_, X_)
    return X + mlp(norm2(X_), layer, GELU)


@DTransformer.misconception(
    "Line 7 norms only what the heads answered. It norms the whole stream, X with that answer "
    "added."
)
@_layers
def _norms_the_answer(X, layer, attend, norm1, norm2):
    X_ = norm1(X)
    said = attend(X_, X_)
    return X + said + mlp(norm2(said), layer, GELU)


@DTransformer.misconception(
    "Both layers read the stream as it was before line 6: the heads and the MLP work side by side. "
    "Line 7 norms X after the heads have written to it."
)
@_layers
def _side_by_side(X, layer, attend, norm1, norm2):
    X_ = norm1(X)
    return X + attend(X_, X_) + mlp(norm2(X), layer, GELU)


@DTransformer.misconception(
    "The parameters of the two norms are exchanged: gamma1 and beta1 belong to line 5, gamma2 and "
    "beta2 to line 7."
)
@_layers
def _norms_exchanged(X, layer, attend, norm1, norm2):
    X_ = norm2(X)
    X = X + attend(X_, X_)
    return X + mlp(norm1(X), layer, GELU)

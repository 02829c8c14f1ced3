"""Algorithm 5: MHAttention."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .attention import Attention
from .random_inputs import _heads, mask


def attended(X, Z, W, Mask):
    return Attention.reference(X, Z, W, Mask)


def _many(rng, H, l_x, l_z, d_x, d_z, d_attn, d_mid, d_out) -> tuple:
    X, Z = rng.normal(size=(d_x, l_x)), rng.normal(size=(d_z, l_z))
    W = _heads(rng, H, d_x, d_z, d_attn, d_mid, d_out)
    return X, Z, W, mask(rng, l_z, l_x), attended


@exercise(
    title="Algorithm 5: MHAttention",
    level="easy",
    minutes=6,
    prompt="""
        Let each head attend, and stack the results: the semicolons in line 3 mean one below the
        other. Then project with `W_o` and add `b_o` to each column.
        """,
    probes=lambda rng: [
        _many(rng, 2, 2, 3, 2, 2, 1, 1, 2),
        _many(rng, 1, 2, 4, 3, 2, 3, 2, 4),
        _many(rng, 3, 4, 5, 3, 2, 2, 4, 6),
        _many(rng, 2, 3, 3, 4, 4, 3, 3, 3),
        _many(rng, 4, 1, 2, 5, 3, 2, 1, 7),
    ],
    hints=[
        "Each head gives (d_mid, l_x). `W_o` has H · d_mid columns. Which shape must Y have?",
        """
        1. A list: `Attention(X, Z, head, Mask)` for each of `W["heads"]`.
        2. `np.concatenate` along axis 0: (H d_mid, l_x).
        3. `W["W_o"]` times that, plus `W["b_o"]` as a column.
        """,
        '`Y = np.concatenate([Attention(X, Z, ___, Mask) for ___ in W["heads"]])`',
    ],
    errors=[
        (
            "ValueError: matmul: Input operand 1 has a mismatch",
            "`W_o` has H · d_mid columns: stack the heads one below the other, axis 0.",
        ),
        (
            "ValueError: operands could not be broadcast",
            "`b_o` must be a column: `[:, None]`.",
        ),
    ],
    passed="Semicolons stack, commas put side by side: the notation pays off.",
)
def MHAttention(X, Z, W: dict, Mask, Attention) -> np.ndarray:
    """Algorithm 5: several heads and a projection. Tokens are columns.

    X: (d_x, l_x); Z: (d_z, l_z); Mask: (l_z, l_x); Attention: algorithm 4, (X, Z, head, Mask).
    W: "heads", a list of H dictionaries for algorithm 4 (one or more); "W_o" (d_out, H d_mid);
    "b_o" (d_out,).
    Returns (d_out, l_x).

    Lines 1 and 2: each head gives Y^h. 3: stack them. 4: project and add b_o 1ᵀ.
    """
    Y = [Attention(X, Z, head, Mask) for head in W["heads"]]  # lines 1 and 2
    Y = np.concatenate(Y)  # line 3, (H d_mid, l_x)
    return W["W_o"] @ Y + W["b_o"][:, None]  # line 4, (d_out, l_x)


@MHAttention.misconception(
    "The heads were averaged, so nobody knows any more which head saw what. Stack them, one below "
    "the other, and let `W_o` mix."
)
def _averaged(X, Z, W, Mask, Attention):
    Y = np.mean([Attention(X, Z, head, Mask) for head in W["heads"]], axis=0)
    return W["W_o"] @ np.concatenate([Y] * len(W["heads"])) + W["b_o"][:, None]


@MHAttention.misconception(
    "Every head is the first one. Each has weights of its own: loop over the entries of "
    '`W["heads"]`, not over their number.'
)
def _first_head_only(X, Z, W, Mask, Attention):
    Y = [Attention(X, Z, W["heads"][0], Mask) for _ in W["heads"]]
    return W["W_o"] @ np.concatenate(Y) + W["b_o"][:, None]


@MHAttention.misconception(
    "The heads' rows were dealt out in turn: row 0 of each, then row 1 of each. The paper stacks "
    "whole heads, first all rows of head 1."
)
def _interleaved(X, Z, W, Mask, Attention):
    Y = np.stack([Attention(X, Z, head, Mask) for head in W["heads"]], axis=1)
    return W["W_o"] @ Y.reshape(-1, X.shape[1]) + W["b_o"][:, None]


@MHAttention.misconception(
    "Z is never looked at: each head attends from X to X. In self-attention that is the same; for "
    "cross-attention hand on both sequences."
)
def _self_only(X, Z, W, Mask, Attention):
    Y = [Attention(X, X, head, Mask) for head in W["heads"]]
    return W["W_o"] @ np.concatenate(Y) + W["b_o"][:, None]


@MHAttention.misconception(
    "`b_o` is missing. Line 4 adds it to each column: `b[:, None]` stands for b 1ᵀ."
)
def _no_output_bias(X, Z, W, Mask, Attention):
    return W["W_o"] @ np.concatenate([Attention(X, Z, head, Mask) for head in W["heads"]])


@MHAttention.misconception(
    "The stack was returned without `W_o`. The heads then lie below each other and never meet; "
    "line 4 mixes them."
)
def _not_projected(X, Z, W, Mask, Attention):
    return np.concatenate([Attention(X, Z, head, Mask) for head in W["heads"]])


@MHAttention.misconception(
    "Right for one head, but with more `W_o` meets a matrix with the rows of one head alone: heads "
    "that stand side by side, are added or are left out. `W_o` has H · d_mid columns, and a "
    "semicolon in a matrix means a new row below: axis 0."
)
def _side_by_side(X, Z, W, Mask, Attention):
    Y = np.concatenate([Attention(X, Z, head, Mask) for head in W["heads"]], axis=1)
    return W["W_o"] @ Y + W["b_o"][:, None]

"""Many heads from one product."""

from __future__ import annotations

import torch.nn as nn
import torch.nn.functional as F

from pathkit.checks.exercise import exercise
from pathkit.checks.random_tensors import SINGLE, normal
from pathkit.checks.torch_module import under_copied_weights

from .any_length import of_any_length
from .random_inputs import with_a_zero


@exercise(
    title="Many heads from one product",
    level="medium",
    minutes=12,
    prompt="""
        Split the C columns of `q`, `k` and `v` into `n_head` neighbouring groups and let each
        group attend by itself, in a loop or all at once. Join the results in the old order; they
        then go through `mix`.
        """,
    probes=lambda rng: [
        ((4, 2), (normal(rng, 1, 3, 4, scale=2.0),), 3),
        ((12, 3), (normal(rng, 2, 5, 12, scale=3.0),), 1),
        ((10, 5), (normal(rng, 3, 4, 10, scale=3.0),), 2),
        ((6, 1), (normal(rng, 2, 7, 6, scale=3.0),), 5),
        # Visible scores far below 0: whoever hides by −5 shows the hidden ones, too.
        ((6, 2), (normal(rng, 2, 4, 6, scale=4.0),), 6),
        ((8, 2), (with_a_zero(normal(rng, 2, 4, 8)),), 7),
    ],
    drive=under_copied_weights(lambda: ManyHeads.reference, of_any_length),
    hints=[
        "With C = 12 and 3 heads: which columns of `q` belong to head 1?",
        """
        1. (B, T, C) viewed as (B, T, h, d), then axes 1 and 2 exchanged: (B, h, T, d).
        2. `F.scaled_dot_product_attention(q, k, v, is_causal=True)` is your head, for all h.
        3. Exchange the axes back before you join: (B, T, h, d), then (B, T, C).
        """,
        "`z.view(B, T, self.n_head, -1).___(1, 2)`; at the end `out.___(1, 2)"
        ".reshape(B, T, C)`",
    ],
    errors=[
        (
            "RuntimeError: view size is not compatible with input tensor's size and stride",
            "after `transpose` the numbers no longer lie in order: `reshape` copies them.",
        ),
        (
            "RuntimeError: shape '[...]' is invalid for input of size",
            "d = C // n_head; -1 lets torch work it out.",
        ),
    ],
    tolerance=SINGLE,
    # Exchanging two axes is the same in either order.
    equivalents=[
        "q, k, v = (z.view(B, T, self.n_head, -1).transpose(2, 1) for z in (q, k, v))",
        "out = out.transpose(2, 1).reshape(B, T, C)",
    ],
    passed="Each head has a question of its own, and `mix` lets their answers meet.",
)
class ManyHeads(nn.Module):
    """Multi-head causal self-attention (Vaswani et al. 2017, section 3.2.2).

    n_embd: C; n_head: h, a divisor of C. Head i owns columns i*d to (i+1)*d, d = C // h.
    forward: x (B, T, C) -> (B, T, C).
    """

    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.qkv = nn.Linear(n_embd, 3 * n_embd, bias=False)
        self.mix = nn.Linear(n_embd, n_embd)

    def forward(self, x):
        B, T, C = x.shape
        q, k, v = self.qkv(x).chunk(3, dim=-1)  # (B, T, C) each
        # BEGIN SOLUTION
        q, k, v = (z.view(B, T, self.n_head, -1).transpose(1, 2) for z in (q, k, v))
        out = F.scaled_dot_product_attention(q, k, v, is_causal=True)  # (B, h, T, d)
        out = out.transpose(1, 2).reshape(B, T, C)
        # END SOLUTION
        return self.mix(out)

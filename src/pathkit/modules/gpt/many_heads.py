"""Many heads from one product."""

from __future__ import annotations

import torch
import torch.nn as nn
import torch.nn.functional as F

from pathkit.checks.exercise import exercise
from pathkit.checks.torch_module import under_copied_weights

from .random_inputs import SINGLE, normal


@exercise(
    title="Many heads from one product",
    level="medium",
    minutes=12,
    prompt="""
        Split the C columns of `q`, `k` and `v` into `n_head` neighbouring groups and let each
        group attend by itself. Join the results in the old order and send them through `mix`.
        """,
    probes=lambda rng: [
        ((4, 2), (normal(rng, 1, 3, 4, scale=2.0),), 3),
        ((12, 3), (normal(rng, 2, 5, 12, scale=3.0),), 1),
        ((10, 5), (normal(rng, 3, 4, 10, scale=3.0),), 2),
        ((6, 1), (normal(rng, 2, 7, 6, scale=3.0),), 5),
    ],
    drive=under_copied_weights(lambda: ManyHeads.reference),
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
    passed="Each head has a question of its own, at the price of one.",
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


def _heads(z: torch.Tensor, n_head: int) -> torch.Tensor:
    return z.view(*z.shape[:2], n_head, -1).transpose(1, 2)


def _joined(out: torch.Tensor) -> torch.Tensor:
    return out.transpose(1, 2).flatten(2)


def _attention(q, k, v, **settings):
    return F.scaled_dot_product_attention(q, k, v, **settings)


@ManyHeads.misconception(
    "The reshape to (B, h, T, d) came without exchanging axes. It cuts the sequence into pieces: "
    "each head gets a few places, not a few columns. View as (B, T, h, d), then transpose."
)
class _ReshapedOnly(ManyHeads.reference):
    def forward(self, x):
        B, T, C = x.shape
        q, k, v = (z.reshape(B, self.n_head, T, -1) for z in self.qkv(x).chunk(3, dim=-1))
        return self.mix(_joined(_attention(q, k, v, is_causal=True)))


@ManyHeads.misconception(
    "The heads were joined without moving their axis back. Rows then mix different places, and the "
    "future with them: transpose to (B, T, h, d) first, then reshape."
)
class _NotMovedBack(ManyHeads.reference):
    def forward(self, x):
        q, k, v = (_heads(z, self.n_head) for z in self.qkv(x).chunk(3, dim=-1))
        return self.mix(_attention(q, k, v, is_causal=True).reshape(x.shape))


@ManyHeads.misconception(
    "The columns were dealt out like cards: head 0 got 0, h, 2h and so on. Here a head owns "
    "neighbouring columns: view as (B, T, h, d), with h before d."
)
class _Interleaved(ManyHeads.reference):
    def forward(self, x):
        B, T, C = x.shape
        parts = self.qkv(x).chunk(3, dim=-1)
        q, k, v = (z.view(B, T, -1, self.n_head).permute(0, 3, 1, 2) for z in parts)
        out = _attention(q, k, v, is_causal=True)
        return self.mix(out.permute(0, 2, 3, 1).reshape(B, T, C))


@ManyHeads.misconception(
    "The heads see the future: torch's attention hides nothing unless told to. Pass "
    "`is_causal=True`."
)
class _NotCausal(ManyHeads.reference):
    def forward(self, x):
        q, k, v = (_heads(z, self.n_head) for z in self.qkv(x).chunk(3, dim=-1))
        return self.mix(_joined(_attention(q, k, v)))


@ManyHeads.misconception(
    "`mix` is never used. Without it the heads' results lie side by side and never meet: send the "
    "joined columns through the last linear layer."
)
class _NotMixed(ManyHeads.reference):
    def forward(self, x):
        q, k, v = (_heads(z, self.n_head) for z in self.qkv(x).chunk(3, dim=-1))
        return _joined(_attention(q, k, v, is_causal=True))


@ManyHeads.misconception(
    "This is one wide head: the columns were never split. One softmax then has to serve every "
    "question at once; give each group of d columns a softmax of its own."
)
class _OneHead(ManyHeads.reference):
    def forward(self, x):
        q, k, v = self.qkv(x).chunk(3, dim=-1)
        return self.mix(_attention(q, k, v, is_causal=True))

"""Attention between two sequences."""

from __future__ import annotations

import math

import torch
import torch.nn as nn

from pathkit.checks.exercise import exercise
from pathkit.checks.torch_module import under_copied_weights

from .random_inputs import SINGLE, meeting, with_weights


@exercise(
    title="Attention between two sequences",
    level="medium",
    minutes=10,
    prompt="""
        `x` asks and `memory` answers. Make queries, keys and values from the right one of the two,
        and turn scores into weights: scale, hide, softmax.
        """,
    probes=lambda rng: [
        ((4, 2), meeting(rng, 1, 2, 3, 4, 1), 3),
        ((6, 3), meeting(rng, 2, 4, 5, 6, 4), 1),
        ((8, 2), meeting(rng, 3, 5, 2, 8, 1), 2),
        ((5, 1), meeting(rng, 2, 3, 3, 5, 3), 4),
    ],
    drive=under_copied_weights(lambda: Attention.reference, with_weights),
    hints=[
        "Who looks for something gets queries. Who can be found gets keys, and has something to "
        "say. Which of the two sequences is which?",
        """
        1. `self.query` of one sequence, `self.key` and `self.value` of the other.
        2. Scores: q times k with its last two axes exchanged, (B, h, T, S), divided by the root
           of d = `q.shape[-1]`.
        3. `masked_fill` with minus infinity where `hidden[:, None]` is True, then the softmax.
        """,
        "`q, k, v = self.query(x), self.key(___), self.value(___)`",
    ],
    errors=[
        ("RuntimeError: The size of tensor a must match the size of tensor b",
         "`hidden` is (B, 1 or T, S); it needs an axis for the heads: `hidden[:, None]`."),
        ("RuntimeError: Expected size for first two dimensions of batch2 tensor",
         "exchange the last two axes of k: `k.transpose(-2, -1)`."),
        ("IndexError: The shape of the mask",
         "indexing by a mask wants equal shapes. `masked_fill` repeats the mask where needed."),
    ],
    tolerance=SINGLE,
    # Exchanging two axes is the same in either order, by whatever number they are called;
    # queries, keys and values have the same width.
    equivalents=[
        "q, k, v = (z.unflatten(-1, (self.n_head, -1)).transpose(2, 1) for z in (q, k, v))",
        "return self.mix((weights @ v).transpose(2, 1).flatten(2))",
        "scores = q @ k.transpose(2, -1) / math.sqrt(q.shape[-1])",
        "scores = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])",
        "scores = q @ k.transpose(-2, -1) / math.sqrt(k.shape[-1])",
        "scores = q @ k.transpose(-2, -1) / math.sqrt(v.shape[-1])",
    ],
    passed="With `memory = x` it is self-attention; with another sequence it is cross-attention.",
)
class Attention(nn.Module):
    """Multi-head attention from one sequence to another (Vaswani et al. 2017, section 3.2).

    n_embd: C; n_head: h, a divisor of C; a head has d = C / h columns.
    forward: x (B, T, C), memory (B, S, C), hidden (B, 1 or T, S) booleans -> (B, T, C).
    """

    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.query, self.key = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)
        self.value, self.mix = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)

    def forward(self, x, memory, hidden):
        # BEGIN SOLUTION
        q, k, v = self.query(x), self.key(memory), self.value(memory)
        # END SOLUTION
        q, k, v = (z.unflatten(-1, (self.n_head, -1)).transpose(1, 2) for z in (q, k, v))
        # BEGIN SOLUTION
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])  # (B, h, T, S)
        weights = scores.masked_fill(hidden[:, None], -torch.inf).softmax(dim=-1)
        # END SOLUTION
        self.weights = weights  # kept for pictures
        return self.mix((weights @ v).transpose(1, 2).flatten(2))


class _AttentionWith(Attention.reference):
    """A right attention in parts; wrong answers change one of them."""

    roles = ("x", "memory", "memory")  # who asks, who is found, who says something
    dim, hides_with = -1, -torch.inf

    def unit(self, q):
        return math.sqrt(q.shape[-1])

    def mask(self, hidden):
        return hidden[:, None]

    def forward(self, x, memory, hidden):
        asks, found, said = ({"x": x, "memory": memory}[role] for role in self.roles)
        q, k, v = self.query(asks), self.key(found), self.value(said)
        q, k, v = (z.unflatten(-1, (self.n_head, -1)).transpose(1, 2) for z in (q, k, v))
        scores = q @ k.transpose(-2, -1) / self.unit(q)
        self.weights = scores.masked_fill(self.mask(hidden), self.hides_with).softmax(self.dim)
        return self.mix((self.weights @ v).transpose(1, 2).flatten(2))


@Attention.misconception(
    "Everything is made from `x`: it asks itself and never sees `memory`. Keys and values belong "
    "to the sequence that answers."
)
class _SelfOnly(_AttentionWith):
    roles = ("x", "x", "x")


@Attention.misconception(
    "The roles are exchanged: `memory` asks and `x` answers. Queries come from the sequence that "
    "wants to know something, here `x`."
)
class _RolesExchanged(_AttentionWith):
    roles = ("memory", "x", "x")


@Attention.misconception(
    "Keys come from `memory`, but values from `x`. A weight belongs to one place of `memory`, so "
    "what it weighs must come from there, too."
)
class _ValuesOfX(_AttentionWith):
    roles = ("x", "memory", "x")


@Attention.misconception(
    "Values come from `memory`, but keys from `x`. A query must be compared with the places that "
    "it can choose from: keys are made from `memory`."
)
class _KeysOfX(_AttentionWith):
    roles = ("x", "x", "memory")


@Attention.misconception(
    "The scale is missing: divide the scores by the root of d, the width of one head. Two "
    "sequences change nothing about the reason."
)
class _Unscaled(_AttentionWith):
    def unit(self, q):
        return 1.0


@Attention.misconception(
    "Scaled by the root of C, the width of all heads together. A score adds up the d products of "
    "one head: take `q.shape[-1]` after the split."
)
class _ScaledByAll(_AttentionWith):
    def unit(self, q):
        return math.sqrt(self.n_head * q.shape[-1])


@Attention.misconception(
    "The mask is never used, so padding and the future get weight. Put minus infinity where "
    "`hidden` is True, before the softmax."
)
class _NothingHidden(_AttentionWith):
    def mask(self, hidden):
        return torch.zeros_like(hidden)[:, None]


@Attention.misconception(
    "The mask is the wrong way round: what should be hidden is all that is seen. True means "
    "hidden here, so fill where `hidden` is True."
)
class _OnlyHidden(_AttentionWith):
    def mask(self, hidden):
        return ~hidden[:, None]


@Attention.misconception(
    "The softmax runs over those who ask. Each of them divides its own attention among the places "
    "of `memory`, which is the last axis."
)
class _OverAskers(_AttentionWith):
    dim = -2


@Attention.misconception(
    "Hidden scores were set to 0, and exp(0) is 1: they still get weight. Minus infinity is the "
    "score whose weight is 0."
)
class _HiddenByZero(_AttentionWith):
    hides_with = 0.0


@Attention.misconception(
    "The mask has no axis for the heads: (B, T, S) is lined up with heads instead of with texts. "
    "With a single text that goes unnoticed. `hidden[:, None]` is (B, 1, T, S) and fits all heads."
)
class _NoAxisForHeads(_AttentionWith):
    def mask(self, hidden):
        return hidden

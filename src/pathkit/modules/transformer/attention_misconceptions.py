"""Wrong answers to attention between two sequences."""

from __future__ import annotations

import math

import torch

from .attention import Attention

# A large number below 0 hides as well as minus infinity does, as long as something is left to see.
_LOW = -1e9

class _AttentionWith(Attention.reference):
    """A right attention in parts; wrong answers change one of them."""

    roles = ("x", "memory", "memory")  # who asks, who is found, who says something
    dim, hides_with = -1, -torch.inf

    def unit(self, q):
        return math.sqrt(q.shape[-1])

    def mask(self, hidden):
        return hidden[:, None]

    def weigh(self, scores, hidden):
        return scores.masked_fill(hidden, self.hides_with).softmax(self.dim)

    def forward(self, x, memory, hidden):
        asks, found, said = ({"x": x, "memory": memory}[role] for role in self.roles)
        q, k, v = self.query(asks), self.key(found), self.value(said)
        q, k, v = (z.unflatten(-1, (self.n_head, -1)).transpose(1, 2) for z in (q, k, v))
        scores = q @ k.transpose(-2, -1) / self.unit(q)
        self.weights = self.weigh(scores, self.mask(hidden))
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


@Attention.spelling(_OnlyHidden)
class _OnlyHiddenFinite(_OnlyHidden):
    hides_with = _LOW


@Attention.misconception(
    "The softmax runs over those who ask. Each of them divides its own attention among the places "
    "of `memory`, which is the last axis."
)
class _OverAskers(_AttentionWith):
    dim = -2


@Attention.spelling(_OverAskers)
class _OverAskersFinite(_OverAskers):
    hides_with = _LOW


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


@Attention.misconception(
    "The mask comes after the softmax. What is hidden has then taken its share already, and the "
    "weights of the others sum to less than 1. Hide in the scores, before the softmax."
)
class _HiddenAfterwards(_AttentionWith):
    def weigh(self, scores, hidden):
        return scores.softmax(dim=-1).masked_fill(hidden, 0.0)

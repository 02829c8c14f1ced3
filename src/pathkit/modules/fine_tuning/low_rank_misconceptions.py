"""Wrong answers to the thin detour."""

from __future__ import annotations

import torch
import torch.nn as nn

from .low_rank import LowRank

_Right = LowRank.reference


@LowRank.misconception(
    "The layer still trains: all of its numbers have `requires_grad`, so the old weights change. "
    "`layer.requires_grad = False` sets a name on the module and freezes no parameter: call "
    "`requires_grad_(False)`, with its underscore."
)
class _NotFrozen(_Right):
    def __init__(self, layer, rank):
        super().__init__(layer, rank)
        for parameter in layer.parameters():
            parameter.requires_grad_(True)


@LowRank.misconception(
    "The weight is frozen, and the bias still trains. Freeze every parameter of the layer: loop "
    "over `layer.parameters()`."
)
class _BiasTrains(_Right):
    def __init__(self, layer, rank):
        super().__init__(layer, rank)
        for parameter in layer.parameters():
            parameter.requires_grad_(parameter.dim() == 1)


@LowRank.misconception(
    "A and B both start at 0. The gradient of each is a product with the other, so both stay at 0 "
    "for good: A needs random numbers."
)
class _BothZero(_Right):
    def __init__(self, layer, rank):
        super().__init__(layer, rank)
        nn.init.zeros_(self.A)


@LowRank.misconception(
    "A and B both start at random, so the model is disturbed before the first step. One of them "
    "must be 0 at the start; here that is B."
)
class _BothRandom(_Right):
    def __init__(self, layer, rank):
        super().__init__(layer, rank)
        nn.init.normal_(self.B)


@LowRank.misconception(
    "A starts at 0 and B at random. That would learn as well, but the docstring, as the paper, has "
    "it the other way round: A random, B zero."
)
class _Exchanged(_Right):
    def __init__(self, layer, rank):
        super().__init__(layer, rank)
        nn.init.zeros_(self.A)
        nn.init.normal_(self.B)


@LowRank.misconception(
    "The detour replaces the layer: at the start every output is 0, and all that was learned is "
    "gone. Add it to `self.layer(x)`."
)
class _Replaces(_Right):
    def forward(self, x):
        return x @ self.A.T @ self.B.T


@LowRank.misconception(
    "The output is the layer's alone; the detour isn't added, so A and B never get a gradient."
)
class _NotAdded(_Right):
    def forward(self, x):
        return self.layer(x)


@LowRank.misconception(
    "The layer counts twice. Its output is added once, and to it what A and B make of `x`."
)
class _Twice(_Right):
    def forward(self, x):
        return 2 * self.layer(x) + x @ self.A.T @ self.B.T


@LowRank.misconception(
    "A or B was cut off from its gradient, by `.data`, `detach()` or `no_grad`. They are what is "
    "to learn: use them as they are."
)
class _Detached(_Right):
    def forward(self, x):
        return self.layer(x) + x @ self.A.detach().T @ self.B.T


@LowRank.misconception(
    "A bend stands between A and B. The detour must stay linear, so that it can later be added to "
    "the layer's own matrix, as B @ A."
)
class _Bent(_Right):
    def forward(self, x):
        return self.layer(x) + (x @ self.A.T).relu() @ self.B.T


@LowRank.misconception(
    "The detour was divided by the rank. Much code scales it by alpha / rank; here nothing is "
    "scaled, so that the change of the matrix is B @ A."
)
class _ByRank(_Right):
    def forward(self, x):
        return self.layer(x) + x @ self.A.T @ self.B.T / len(self.A)


@LowRank.misconception(
    "No gradient passes through the layer back to `x`: its output was computed under `no_grad` or "
    "detached. Frozen means that its weights stay; detours in earlier layers learn through it."
)
class _CutOff(_Right):
    def forward(self, x):
        with torch.no_grad():
            kept = self.layer(x)
        return kept + x @ self.A.T @ self.B.T


@LowRank.spelling(_CutOff)
class _InputCutOff(_Right):
    def forward(self, x):
        return _Right.forward(self, x.detach())

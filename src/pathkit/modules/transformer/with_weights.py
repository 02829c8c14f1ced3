"""What attention returns and what it keeps for pictures, tried in more ways than one call."""

from __future__ import annotations

import torch
import torch.nn as nn

from pathkit.checks.gradient_flow import require_flow
from pathkit.checks.told import Told


def with_weights(answer):
    """The class, with a call that returns its output and what it keeps for pictures.

    Raises Told where the weights aren't kept, where a score of 0 is taken for a hidden one, and
    where gradients don't flow.
    """
    if not isinstance(answer, type):
        return answer

    class Shown(answer):
        def forward(self, x, memory, hidden):
            out = super().forward(x, memory, hidden)
            if (weights := getattr(self, "weights", None)) is None:
                raise Told("`self.weights` isn't set after the call. Pictures are made from it: "
                           "keep the line `self.weights = weights`.")
            require_flow(super().forward, (x, memory, hidden), dict(self.named_parameters()))
            if _hides(weights, hidden):
                self._require_zero_to_be_a_score(x, memory, hidden)
            return out, weights

        @torch.no_grad()
        def _require_zero_to_be_a_score(self, x, memory, hidden):
            for parameter in _parameters_of(getattr(self, "query", None)):
                parameter.zero_()
            super().forward(x, memory, hidden)
            if not _hides(self.weights, hidden):
                raise Told(
                    "With all queries at 0 every score is 0, and each asker should look at all "
                    "that isn't hidden alike. Yours takes a score of 0 for a hidden one. `hidden` "
                    "alone says what is hidden."
                )

    Shown.__name__ = answer.__name__
    return Shown


def _parameters_of(layer):
    return list(layer.parameters()) if isinstance(layer, nn.Module) else []


def _hides(weights, hidden) -> bool:
    """Whether these are numbers (B, h, T, S), and 0 where looking is forbidden."""
    if not torch.is_tensor(weights) or weights.dim() != 4 or not weights.isfinite().all():
        return False
    if weights.shape[::3] != hidden.shape[::2] or hidden.shape[1] not in (1, weights.shape[2]):
        return False
    return not (weights * hidden[:, None]).any()

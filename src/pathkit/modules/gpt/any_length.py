"""Call a causal layer again with windows of other lengths, as training and writing do."""

from __future__ import annotations

import torch

from pathkit.checks.gradient_flow import learning
from pathkit.checks.told import Told


def of_any_length(answer):
    """The class, with a call that raises Told where a second call fails, or gradients stop."""
    if not isinstance(answer, type):
        return answer
    once = learning(answer)

    class Again(once):
        def forward(self, x):
            out = super().forward(x)
            for other in (torch.cat([x, x], dim=1), x[:, :1]):
                try:
                    super().forward(other)
                except Exception as error:
                    raise Told(
                        f"Called with T = {x.shape[1]}, and then with T = {other.shape[1]}, it "
                        f"raises {type(error).__name__}: {error}. Texts grow while the model "
                        "writes: what one call keeps must fit the next, so make the mask from the "
                        "`x` of each call."
                    ) from None
            return out

    Again.__name__ = answer.__name__
    return Again

"""Random inputs for probes, and how near is near enough in single precision."""

from __future__ import annotations

import numpy as np
import torch

from pathkit.checks.compare import Tolerance

SINGLE = Tolerance(relative=1e-4, absolute=1e-5)  # float32 sums, in another order


def normal(rng: np.random.Generator, *shape: int, scale: float = 1.0) -> torch.Tensor:
    return torch.tensor(rng.normal(scale=scale, size=shape), dtype=torch.float32)


def forbidden(rng: np.random.Generator, *shape: int) -> torch.Tensor:
    hidden = torch.tensor(rng.random(shape) < 0.4)
    hidden[..., 0] = False  # everybody sees somebody
    return hidden


def with_weights(answer):
    """The class, with a call that returns its output and what it keeps for pictures."""
    if not isinstance(answer, type):
        return answer

    class Shown(answer):
        def forward(self, x, memory, hidden):
            return super().forward(x, memory, hidden), self.weights

    return Shown


def meeting(rng: np.random.Generator, B: int, T: int, S: int, C: int, rows: int) -> tuple:
    x, memory = normal(rng, B, T, C, scale=2.0), normal(rng, B, S, C, scale=2.0)
    return x, memory, forbidden(rng, B, rows, S)

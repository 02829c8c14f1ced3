"""Random inputs for probes, and how near is near enough in single precision."""

from __future__ import annotations

import numpy as np
import torch

from pathkit.checks.compare import Tolerance

SINGLE = Tolerance(relative=1e-4, absolute=1e-5)  # float32 sums, in another order


def normal(rng: np.random.Generator, *shape: int, scale: float = 1.0) -> torch.Tensor:
    return torch.tensor(rng.normal(scale=scale, size=shape), dtype=torch.float32)


def with_a_zero(x: torch.Tensor) -> torch.Tensor:
    """x with row 1 of each window at 0: without biases its scores are exactly 0."""
    x[:, 1] = 0.0
    return x


def _tokens(rng: np.random.Generator, *shape: int, below: int = 7) -> torch.Tensor:
    return torch.tensor(rng.integers(below, size=shape), dtype=torch.long)

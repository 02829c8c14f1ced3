"""Random tensors for probes in single precision, and how near is near enough there."""

from __future__ import annotations

import numpy as np
import torch

from pathkit.checks.compare import Tolerance

SINGLE = Tolerance(relative=1e-4, absolute=1e-5)  # float32 sums, in another order


def normal(rng: np.random.Generator, *shape: int, scale: float = 1.0) -> torch.Tensor:
    """Normally distributed float32 numbers around 0."""
    return torch.tensor(rng.normal(scale=scale, size=shape), dtype=torch.float32)


def positive(rng: np.random.Generator, *shape: int) -> torch.Tensor:
    """float32 numbers from 0.2 to 3."""
    return torch.tensor(rng.uniform(0.2, 3.0, size=shape), dtype=torch.float32)


def indices(rng: np.random.Generator, *shape: int, below: int) -> torch.Tensor:
    """int64 numbers from 0 to below - 1: tokens, or rows of a table."""
    return torch.tensor(rng.integers(below, size=shape), dtype=torch.long)

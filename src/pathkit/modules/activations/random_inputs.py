"""Random inputs for probes, and how near is near enough in single precision."""

from __future__ import annotations

import numpy as np
import torch

from pathkit.checks.compare import Tolerance

SINGLE = Tolerance(relative=1e-4, absolute=1e-5)  # float32 sums, in another order


def normal(rng: np.random.Generator, *shape: int, scale: float = 1.0) -> torch.Tensor:
    return torch.tensor(rng.normal(scale=scale, size=shape), dtype=torch.float32)


def positive(rng: np.random.Generator, *shape: int) -> torch.Tensor:
    return torch.tensor(rng.uniform(0.2, 3.0, size=shape), dtype=torch.float32)


def number(value):
    """A tensor without axes is as good as the number; one with axes wouldn't fit below."""
    return value.item() if isinstance(value, torch.Tensor) and value.ndim == 0 else value

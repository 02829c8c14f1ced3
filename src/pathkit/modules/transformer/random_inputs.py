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

"""Random masks for the probes of attention."""

from __future__ import annotations

import numpy as np
import torch


def forbidden(rng: np.random.Generator, *shape: int) -> torch.Tensor:
    hidden = torch.tensor(rng.random(shape) < 0.4)
    hidden[..., 0] = False  # everybody sees somebody
    return hidden

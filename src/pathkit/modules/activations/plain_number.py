"""One number, in whatever it was handed back."""

from __future__ import annotations

import torch


def number(value):
    """A tensor without axes is as good as the number; one with axes wouldn't fit below."""
    return value.item() if isinstance(value, torch.Tensor) and value.ndim == 0 else value

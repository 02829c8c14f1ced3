"""Position codes and rotations, as probes and wrong answers need them."""

from __future__ import annotations

import numpy as np


def _codes(angles: np.ndarray) -> np.ndarray:
    return np.stack([np.sin(angles), np.cos(angles)], axis=2).reshape(len(angles), -1)


def _rotated(X, angles) -> np.ndarray:
    a, b = X[:, 0::2], X[:, 1::2]
    both = a * np.cos(angles) - b * np.sin(angles), a * np.sin(angles) + b * np.cos(angles)
    return np.stack(both, axis=2).reshape(X.shape)

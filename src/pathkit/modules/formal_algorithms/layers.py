"""The paper's layers that the lesson writes itself, as probes and wrong answers need them."""

from __future__ import annotations

import math

import numpy as np


def layer_norm(X: np.ndarray, gamma: np.ndarray, beta: np.ndarray) -> np.ndarray:
    """Algorithm 6 for each column of X (d, l); eps as in torch, the paper has none."""
    m, v = X.mean(axis=0), X.var(axis=0)
    return (X - m) / np.sqrt(v + 1e-5) * gamma[:, None] + beta[:, None]


def GELU(X: np.ndarray) -> np.ndarray:
    """Equation 5: x times the chance that a standard normal number is below x."""
    return X * (1 + np.vectorize(math.erf)(X / math.sqrt(2))) / 2


def mlp(X: np.ndarray, layer: dict, bend, first: int = 1) -> np.ndarray:
    """W_mlp2 bend(W_mlp1 X + b_mlp1 1ᵀ) + b_mlp2 1ᵀ; `first` is the number of the first matrix."""
    hidden = bend(layer[f"W_mlp{first}"] @ X + layer[f"b_mlp{first}"][:, None])
    return layer[f"W_mlp{first + 1}"] @ hidden + layer[f"b_mlp{first + 1}"][:, None]


def softmax(A: np.ndarray, axis: int = 0) -> np.ndarray:
    """Equation 2: each column becomes a distribution; along another axis, what isn't meant."""
    A = np.exp(A - A.max(axis=axis, keepdims=True))
    return A / A.sum(axis=axis, keepdims=True)

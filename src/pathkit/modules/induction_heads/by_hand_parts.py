"""What the circuit built by hand is made of, for its probes and wrong answers."""

from __future__ import annotations

import numpy as np


def _attend(Q: np.ndarray, K: np.ndarray, V: np.ndarray) -> np.ndarray:
    """Causal attention that hardly ever hesitates: scores are 100 times the dot products."""
    scores = 100.0 * (Q @ K.T)
    scores = np.where(np.tri(*scores.shape, dtype=bool), scores, -np.inf)
    exp = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exp / exp.sum(axis=1, keepdims=True) @ V


def one_hot(tokens, size) -> np.ndarray:
    return np.eye(size)[np.asarray(tokens)]


def notes(tokens, size, attend) -> np.ndarray:
    """(T, size): the token before each place, as the first layer writes it."""
    T = len(tokens)
    return attend(np.eye(T, k=-1), np.eye(T), one_hot(tokens, size))

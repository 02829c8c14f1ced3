"""What probes and wrong answers are made of: softmax, mask, scaled scores."""

from __future__ import annotations

import numpy as np


def _softmax(scores: np.ndarray) -> np.ndarray:
    exp = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exp / exp.sum(axis=-1, keepdims=True)


def softmax_over_all(scores: np.ndarray) -> np.ndarray:
    exp = np.exp(scores - scores.max())
    return exp / exp.sum()


def _hidden(rows: int, columns: int, offset: int = 0) -> np.ndarray:
    """(rows, columns) booleans: key position > query position + offset."""
    return np.arange(columns) > np.arange(rows)[:, None] + offset


def masked(scores: np.ndarray, offset: int = 0) -> np.ndarray:
    return np.where(_hidden(*scores.shape[-2:], offset), -np.inf, scores)


def qkv(rng: np.random.Generator, T: int, d_k: int, d_v: int) -> tuple:
    return rng.normal(size=(T, d_k)), rng.normal(size=(T, d_k)), rng.normal(size=(T, d_v))


def scaled(Q, K):
    return Q @ K.T / np.sqrt(K.shape[1])

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


def with_zeros() -> tuple:
    """Q, K, V of three words with scores of exactly 0, before a word and after it."""
    Q = np.array([[0.0, 0.0], [3.0, 0.0], [1.0, 2.0]])
    K = np.array([[0.0, 1.0], [2.0, 0.0], [-2.0, 1.0]])
    return Q, K, np.array([[1.0, 5.0, 2.0], [3.0, -7.0, 2.0], [9.0, 4.0, 2.0]])


def far_apart() -> tuple:
    """Q, K, V of four words; scores that may be seen lie far below hidden ones."""
    Q = np.array([[-50.0], [-7.0], [-60.0], [2.0]])  # about 3,500, 500 and 4,200 below
    K = np.array([[70.0], [71.0], [72.0], [0.0]])
    return Q, K, np.array([[1.0, 5.0], [3.0, -7.0], [9.0, 4.0], [-2.0, 6.0]])

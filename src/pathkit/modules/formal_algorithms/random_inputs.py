"""Random parameters, tokens and masks for probes."""

from __future__ import annotations

import numpy as np


def _head(rng: np.random.Generator, d_x: int, d_z: int, d_attn: int, d_out: int) -> dict:
    shapes = {"q": (d_attn, d_x), "k": (d_attn, d_z), "v": (d_out, d_z)}
    weights = {f"W_{name}": rng.normal(size=shape) for name, shape in shapes.items()}
    return weights | {f"b_{name}": rng.normal(size=shape[0]) for name, shape in shapes.items()}


def _heads(rng, H: int, d_x: int, d_z: int, d_attn: int, d_mid: int, d_out: int) -> dict:
    heads = [_head(rng, d_x, d_z, d_attn, d_mid) for _ in range(H)]
    return {"heads": heads, "W_o": rng.normal(size=(d_out, H * d_mid)),
            "b_o": rng.normal(size=d_out)}  # fmt: skip


def mask(rng: np.random.Generator, l_z: int, l_x: int) -> np.ndarray:
    """Random ones and zeros; every column has a one."""
    Mask = rng.random((l_z, l_x)) < 0.6
    Mask[rng.integers(l_z, size=l_x), np.arange(l_x)] = True
    return Mask


def unidirectional(length: int) -> np.ndarray:
    return np.triu(np.ones((length, length), dtype=bool))


def _ids(rng: np.random.Generator, length: int, N_V: int) -> list[int]:
    """IDs from 1; the first and the last ID of the vocabulary occur where there is room."""
    ids = rng.integers(1, N_V + 1, size=length)
    ids[: 2] = [N_V, 1][:length]
    return rng.permutation(ids).tolist()


def tables(rng, N_V: int, l_max: int, d_e: int) -> tuple[np.ndarray, np.ndarray]:
    return rng.normal(size=(d_e, N_V)), rng.normal(size=(d_e, l_max))


def call(rng, l_x: int, l_z: int, d_x: int, d_z: int, d_attn: int, d_out: int) -> tuple:
    X, Z = rng.normal(size=(d_x, l_x)), rng.normal(size=(d_z, l_z))
    return X, Z, _head(rng, d_x, d_z, d_attn, d_out), mask(rng, l_z, l_x)


def self_call(rng, length: int, d: int) -> tuple:
    """Everything square: nothing but the values can tell a wrong layout."""
    X = rng.normal(size=(d, length))
    return X, X, _head(rng, d, d, d, d), unidirectional(length)


def zero_scores_call() -> tuple:
    """Scores of exactly 0 beside masked ones, as in the lesson's small example."""
    W = {"W_q": np.array([[2.0, 0, 1], [0, 2, 1]]), "W_k": np.array([[1.0, 0, 1], [0, 1, 1]]),
         "W_v": np.array([[1.0, 2, 3], [-1, 5, 4], [7, 0, -2]]),
         "b_q": np.zeros(2), "b_k": np.zeros(2), "b_v": np.array([0.5, 0, -1])}  # fmt: skip
    return np.eye(3)[:, [1, 0, 2]], np.eye(3), W, unidirectional(3)


def low_scores_call() -> tuple:
    """Scores far below any number that somebody may put in place of minus infinity."""
    X, Z, W, Mask = zero_scores_call()
    return -100.0 * np.eye(3), 100 * Z, W, Mask


def large_call(rng) -> tuple:
    X, Z, W, Mask = call(rng, 3, 4, 2, 3, 5, 2)
    return 60 * X, 60 * Z, W, Mask


def _theta(rng, N_V: int, l_max: int, L: int, H: int, d_e: int, d_mlp: int) -> dict:
    """Random parameters of a decoder-only transformer; no scale is 1 and no offset 0."""

    def norm(name):
        return {f"gamma{name}": 1 + rng.normal(size=d_e) / 2, f"beta{name}": rng.normal(size=d_e)}

    W_e, W_p = tables(rng, N_V, l_max, d_e)
    layers = [
        {
            "W": _heads(rng, H, d_e, d_e, 2, 3, d_e),
            **norm(1), **norm(2),
            "W_mlp1": rng.normal(size=(d_mlp, d_e)), "b_mlp1": rng.normal(size=d_mlp),
            "W_mlp2": rng.normal(size=(d_e, d_mlp)), "b_mlp2": rng.normal(size=d_e),
        }
        for _ in range(L)
    ]  # fmt: skip
    W_u = 0.3 * rng.normal(size=(N_V, d_e))
    return {"W_e": W_e, "W_p": W_p, "layers": layers, **norm(""), "W_u": W_u}

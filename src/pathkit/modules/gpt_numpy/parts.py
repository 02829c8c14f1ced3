"""What probes and wrong answers are made of: files, arrays, blocks and models with a cache."""

from __future__ import annotations

import json

import numpy as np

DTYPES = {"F32": "float32", "F16": "float16"}
_CODES = {np.dtype(kind): code for code, kind in DTYPES.items()}


def file_of(arrays: dict, about: dict | None = None, *, backwards: bool = False) -> bytes:
    """A safetensors file; backwards: the numbers in another order than the header's."""
    header: dict = {"__metadata__": about} if about else {}
    header |= {name: {} for name in arrays}
    numbers = b""
    for name in reversed(list(arrays)) if backwards else arrays:
        array = arrays[name]
        begin, numbers = len(numbers), numbers + array.tobytes()
        header[name] = {"dtype": _CODES[array.dtype], "shape": list(array.shape),
                        "data_offsets": [begin, len(numbers)]}
    text = json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + numbers


def some_arrays(rng: np.random.Generator) -> dict:
    """Arrays of both dtypes and of one to three axes, no two of one size."""
    return {
        "wte.weight": rng.normal(size=(5, 4)).astype(np.float32),
        "ln_f.bias": rng.normal(size=6).astype(np.float16),
        "attn.bias": rng.normal(size=(1, 3, 2)).astype(np.float32),
        "lm_head.weight": rng.normal(size=(4, 2)).astype(np.float16),
    }


def softmax_of(scores: np.ndarray, axis: int = -1) -> np.ndarray:
    exp = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return exp / exp.sum(axis=axis, keepdims=True)


def small_norm(x: np.ndarray, w: dict, name: str) -> np.ndarray:
    """LayerNorm of the rows of x (n, C), with the arrays of `name`."""
    centred = x - x.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-5)
    return centred / spread * w[f"{name}.weight"] + w[f"{name}.bias"]


def small_block(x: np.ndarray, w: dict, i: int, cache: tuple) -> tuple:
    """Block i in small: each row adds the mean of all values up to its own; no two i are alike."""
    keys, values = np.concatenate([cache[0], x + i]), np.concatenate([cache[1], (i + 2) * x])
    means = np.cumsum(values * np.cos(keys), axis=0) / np.arange(1, len(values) + 1)[:, None]
    return np.tanh(x * w[f"h.{i}.scale"]) + means[len(cache[0]) :], (keys, values)


def small_model(rng: np.random.Generator, V: int, T: int, C: int, L: int, *, tied: bool) -> dict:
    """The arrays of a small GPT under GPT-2's names, with a head of its own where it isn't tied."""
    w = {"wte.weight": rng.normal(size=(V, C)), "wpe.weight": rng.normal(size=(T, C)),
         "ln_f.weight": 1 + rng.normal(size=C), "ln_f.bias": rng.normal(size=C)}
    w |= {f"h.{i}.scale": rng.normal(size=C) for i in range(L)}
    if not tied:
        w |= {"lm_head.weight": rng.normal(size=(V, C)), "lm_head.bias": rng.normal(size=V)}
    return w


def some_caches(rng: np.random.Generator, past: int, C: int, L: int) -> list:
    """What L blocks have kept of `past` tokens."""
    return [(rng.normal(size=(past, C)), rng.normal(size=(past, C))) for _ in range(L)]

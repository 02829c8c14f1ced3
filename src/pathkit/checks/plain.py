"""Values as plain data: what can cross from a learner's process to the judge's.

Plain values are None, bool, int, float, complex, str, bytes, NumPy arrays without objects,
lists, tuples, dicts and sets of these, `Tensor` and `Opaque`.
"""

from __future__ import annotations

import base64
import dataclasses
import numbers
import sys
from collections.abc import Mapping, Set
from typing import Any

import numpy as np

DEEPEST = 50


@dataclasses.dataclass(frozen=True, eq=False)
class Tensor:
    """A torch tensor's values and the name of its dtype, so that the judge needs no torch."""

    values: np.ndarray
    dtype: str


@dataclasses.dataclass(frozen=True)
class Opaque:
    """Stands for a value that isn't data: only the name of its type is known."""

    type_name: str


def plain(value: Any, depth: int = 0) -> Any:
    """Copy `value` into plain data; what isn't data becomes `Opaque`."""
    if depth > DEEPEST:
        return Opaque("a value nested too deeply")
    if value is None or isinstance(value, bool | int | float | complex | str | bytes):
        return _builtin(value)
    if isinstance(value, np.generic):
        return plain(value.item(), depth + 1)
    if isinstance(value, np.ndarray):
        return Opaque("array of objects") if value.dtype.hasobject else np.array(value)
    if _is_tensor(value):
        return _from_tensor(value)
    if isinstance(value, Mapping):
        return {_key(k): plain(v, depth + 1) for k, v in value.items()}
    if isinstance(value, list):
        return [plain(v, depth + 1) for v in value]
    if isinstance(value, tuple):
        return tuple(plain(v, depth + 1) for v in value)
    if isinstance(value, Set):
        return {_key(v) for v in value}
    if isinstance(value, numbers.Number):
        return float(value)  # type: ignore[arg-type]
    return Opaque(type(value).__name__)


def _builtin(value: Any) -> Any:
    """A subclass of a built-in type may carry code; keep the bare value."""
    for kind in (bool, int, float, complex, str, bytes):
        if isinstance(value, kind):
            return value if type(value) is kind else kind(value)
    return None


def _key(value: Any) -> Any:
    """A dict key or set element: hashable plain data."""
    value = plain(value)
    try:
        hash(value)
    except TypeError:
        return Opaque(type(value).__name__)
    return value


def _is_tensor(value: Any) -> bool:
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(value, torch.Tensor)


def _from_tensor(value: Any) -> Tensor:
    dtype = str(value.dtype).removeprefix("torch.")
    value = value.detach().cpu()
    if dtype in ("bfloat16", "float16"):
        value = value.float()
    return Tensor(np.array(value.numpy()), dtype)


def encode(value: Any) -> Any:
    """Plain data as what `json.dumps` accepts; `decode` is its inverse."""
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return {"float": repr(value)}
        case complex():
            return {"complex": [repr(value.real), repr(value.imag)]}
        case bytes():
            return {"bytes": base64.b64encode(value).decode()}
        case np.ndarray():
            return {"array": _encode_array(value)}
        case Tensor():
            return {"tensor": _encode_array(value.values), "dtype": value.dtype}
        case list():
            return {"list": [encode(v) for v in value]}
        case tuple():
            return {"tuple": [encode(v) for v in value]}
        case dict():
            return {"dict": [[encode(k), encode(v)] for k, v in value.items()]}
        case set():
            return {"set": [encode(v) for v in sorted(value, key=repr)]}
        case Opaque():
            return {"opaque": value.type_name}
    raise TypeError(f"{type(value).__name__} is not plain data; call plain() first")


def decode(value: Any) -> Any:
    """The inverse of `encode`.

    Raises ValueError when `value` isn't what `encode` writes.
    """
    if value is None or isinstance(value, bool | int | str):
        return value
    if not isinstance(value, dict) or not value:
        raise ValueError(f"not an encoded value: {str(value)[:60]}")
    kind, body = next(iter(value.items()))
    match kind:
        case "float":
            return float(body)
        case "complex":
            return complex(float(body[0]), float(body[1]))
        case "bytes":
            return base64.b64decode(body)
        case "array":
            return _decode_array(body)
        case "tensor":
            return Tensor(_decode_array(body), str(value.get("dtype")))
        case "list":
            return [decode(v) for v in body]
        case "tuple":
            return tuple(decode(v) for v in body)
        case "dict":
            return {decode(k): decode(v) for k, v in body}
        case "set":
            return {decode(v) for v in body}
        case "opaque":
            return Opaque(str(body))
    raise ValueError(f"not an encoded value: {kind!r}")


def _encode_array(array: np.ndarray) -> list:
    data = base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()
    return [array.dtype.str, list(array.shape), data]


def _decode_array(body: list) -> np.ndarray:
    dtype, shape, data = body
    dtype = np.dtype(dtype)
    if dtype.hasobject:
        raise ValueError("arrays of objects are not plain data")
    return np.frombuffer(base64.b64decode(data), dtype=dtype).reshape(shape).copy()


def size(value: Any) -> int:
    """How many numbers or characters `value` shows: the measure of a small probe."""
    match value:
        case np.ndarray():
            return int(value.size) + 1
        case Tensor():
            return int(value.values.size) + 1
        case str() | bytes():
            return len(value) + 1
        case dict():
            return sum(size(k) + size(v) for k, v in value.items()) + 1
        case list() | tuple() | set():
            return sum(size(v) for v in value) + 1
    return 1

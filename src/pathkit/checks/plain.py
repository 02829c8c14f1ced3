"""Values as plain data: what can cross from a learner's process to the judge's.

Plain values are None, bool, int, float, complex, str, bytes, NumPy arrays without objects,
lists, tuples, dicts and sets of these, `Tensor` and `Opaque`.
"""

from __future__ import annotations

import base64
import dataclasses
import itertools
import math
import numbers
import re
import sys
from collections.abc import Iterator, Mapping, Set
from typing import Any

import numpy as np

DEEPEST = 50
MOST_PARTS = 200_000
MOST_BYTES = 2**28
# Of a dict or set: whoever chooses keys of one hash makes looking them up quadratic.
MOST_KEYS = 1000
MOST_NAME = 100  # characters of a type's name
ARRAY_KINDS = "biufcSU"
DTYPE = re.compile(rf"[<>|=][{ARRAY_KINDS}]\d{{1,9}}")
HEX = re.compile(r"-?0x[0-9a-f]+")


@dataclasses.dataclass(frozen=True, eq=False)
class Tensor:
    """A torch tensor's values and the name of its dtype, so that the judge needs no torch."""

    values: np.ndarray
    dtype: str


@dataclasses.dataclass(frozen=True)
class Opaque:
    """Stands for a value that isn't data: only the name of its type is known.

    A name of several words, such as "value nested too deeply", says why it isn't data.
    """

    type_name: str


class _TooMany(Exception):
    """A value has more parts than anybody compares."""


def plain(value: Any) -> Any:
    """Copy `value` into plain data; what isn't data becomes `Opaque`."""
    try:
        return _plain(value, 0, itertools.count())
    except _TooMany:
        return Opaque(f"value of more than {MOST_PARTS:,} parts")


def _plain(value: Any, depth: int, parts: Iterator[int]) -> Any:
    if next(parts) > MOST_PARTS:  # also ends values that hold themselves twice
        raise _TooMany
    if depth > DEEPEST:
        return Opaque("value nested too deeply")
    if isinstance(value, list):
        return [_plain(v, depth + 1, parts) for v in value]
    if isinstance(value, tuple):
        return tuple(_plain(v, depth + 1, parts) for v in value)
    if value is None or isinstance(value, bool | int | float | complex | str | bytes):
        return _builtin(value)
    if isinstance(value, np.generic):
        return _from_scalar(value)
    if isinstance(value, np.ndarray):
        return _from_array(value)
    if _is_tensor(value):
        return _from_tensor(value)
    if isinstance(value, Mapping | Set) and len(value) > MOST_KEYS:
        kind = "dict" if isinstance(value, Mapping) else "set"
        return Opaque(f"{kind} of more than {MOST_KEYS:,} parts")
    if isinstance(value, Mapping):
        return {
            _key(k, depth + 1, parts): _plain(v, depth + 1, parts) for k, v in value.items()
        }
    if isinstance(value, Set):
        return {_key(v, depth + 1, parts) for v in value}
    if isinstance(value, numbers.Number):
        return _from_number(value)
    return Opaque(name_of(type(value)))


def name_of(kind: type) -> str:
    """A class's own name, whatever its metaclass says; the beginning of a very long one."""
    return type.__dict__["__name__"].__get__(kind)[:MOST_NAME]


def _builtin(value: Any) -> Any:
    """A subclass of a built-in type may carry code; keep the bare value."""
    if isinstance(value, str | bytes) and len(value) > MOST_BYTES:
        return Opaque("text too long to compare")
    for kind in (bool, int, float, complex, str, bytes):
        if isinstance(value, kind):
            return value if type(value) is kind else kind(value)
    return None


def _from_scalar(value: np.generic) -> Any:
    if isinstance(value, np.longdouble | np.clongdouble):
        return complex(value) if isinstance(value, np.clongdouble) else float(value)
    bare = value.item()
    known = isinstance(bare, bool | int | float | complex | str | bytes)
    return bare if known else Opaque(name_of(type(value)))


def _from_array(value: np.ndarray) -> Any:
    if value.dtype.hasobject:
        return Opaque("NumPy array of objects")
    if value.dtype.kind not in ARRAY_KINDS or not value.dtype.itemsize:
        return Opaque(f"NumPy array of {value.dtype.name}")
    if value.nbytes > MOST_BYTES:  # also a broadcast view, small until it is copied
        return Opaque("NumPy array too large to compare")
    return np.array(value)


def _from_number(value: Any) -> Any:
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return Opaque(name_of(type(value)))


def _key(value: Any, depth: int, parts: Iterator[int]) -> Any:
    """A dict key or set element: hashable plain data."""
    value = _plain(value, depth, parts)
    try:
        hash(value)
    except TypeError:
        return Opaque(name_of(type(value)))
    return value


def _is_tensor(value: Any) -> bool:
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(value, torch.Tensor)


def _from_tensor(value: Any) -> Tensor | Opaque:
    dtype = str(value.dtype).removeprefix("torch.")
    if value.numel() * value.element_size() > MOST_BYTES:
        return Opaque("torch tensor too large to compare")
    try:
        value = value.detach().cpu().resolve_conj().resolve_neg()
        if value.is_floating_point() and dtype not in ("float32", "float64"):
            value = value.float()
        return Tensor(np.array(value.numpy()), dtype)
    except (RuntimeError, TypeError, NotImplementedError):  # sparse, quantized, meta
        return Opaque(f"torch tensor without plain values ({dtype})")


def encode(value: Any) -> Any:
    """Plain data as what `json.dumps` accepts; `decode` is its inverse."""
    match value:
        case None | bool() | str():
            return value
        case int():  # decimal digits of huge integers take for ever, and JSON refuses them
            return value if abs(value) < 2**63 else {"int": hex(value)}
        case float():
            return {"float": repr(value)}
        case complex():
            return {"complex": [repr(value.real), repr(value.imag)]}
        case bytes():
            return {"bytes": base64.b64encode(value).decode()}
        case np.ndarray():
            return {"array": _encode_array(value)}
        case Tensor():
            return {"tensor": [*_encode_array(value.values), value.dtype]}
        case list():
            return {"list": [encode(v) for v in value]}
        case tuple():
            return {"tuple": [encode(v) for v in value]}
        case dict():
            return {"dict": [[encode(k), encode(v)] for k, v in value.items()]}
        case set():
            return {"set": sorted((encode(v) for v in value), key=str)}
        case Opaque():
            return {"opaque": value.type_name}
    raise TypeError(f"{type(value).__name__} is not plain data; call plain() first")


def decode(value: Any, depth: int = 0) -> Any:
    """The inverse of `encode`.

    Raises ValueError when `value` isn't what `encode` writes.
    """
    if value is None or isinstance(value, bool | int | str):
        return value
    if not isinstance(value, dict) or len(value) != 1 or depth > DEEPEST + 1:
        raise ValueError("not an encoded value")
    [(kind, body)] = value.items()
    try:
        return _decoded(kind, body, depth + 1)
    except (TypeError, OverflowError) as error:
        raise ValueError(f"not an encoded {kind[:20]}: {error}") from error


def _decoded(kind: str, body: Any, depth: int) -> Any:
    match kind, body:
        case "int", str() if HEX.fullmatch(body):
            return int(body, 16)
        case "float", str():
            return float(body)
        case "complex", [str() as real, str() as imaginary]:
            return complex(float(real), float(imaginary))
        case "bytes", str():
            return base64.b64decode(body, validate=True)
        case "array", [dtype, shape, data]:
            return _decode_array(dtype, shape, data)
        case "tensor", [dtype, shape, data, str() as name] if len(name) <= MOST_NAME:
            return Tensor(_decode_array(dtype, shape, data), name)
        case "list", list():
            return [decode(v, depth) for v in body]
        case "tuple", list():
            return tuple(decode(v, depth) for v in body)
        case "dict" | "set", list() if len(body) > MOST_KEYS:
            raise ValueError("more keys than anybody compares")
        case "dict", list() if all(isinstance(p, list) and len(p) == 2 for p in body):
            return {decode(k, depth): decode(v, depth) for k, v in body}
        case "set", list():
            return {decode(v, depth) for v in body}
        case "opaque", str() if len(body) <= MOST_NAME:
            return Opaque(body)
    raise ValueError(f"not an encoded value: {kind[:20]!r}")


def _encode_array(array: np.ndarray) -> list:
    data = base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()
    return [array.dtype.str, list(array.shape), data]


def _decode_array(dtype: Any, shape: Any, data: Any) -> np.ndarray:
    """Whoever wrote it: shape and data must agree before anything is made of them."""
    if not isinstance(dtype, str) or not DTYPE.fullmatch(dtype) or not isinstance(data, str):
        raise ValueError("not an encoded array")
    if not isinstance(shape, list) or any(type(n) is not int or n < 0 for n in shape):
        raise ValueError("not a shape")
    kind, raw = np.dtype(dtype), base64.b64decode(data, validate=True)
    if not kind.itemsize or math.prod(shape) * kind.itemsize != len(raw):
        raise ValueError(f"{len(raw)} bytes don't make an array of this shape")
    array = np.frombuffer(raw, dtype=kind).reshape(shape).copy()
    if kind.kind == "U" and np.any(array.reshape(-1).view(f"{dtype[0]}u4") > sys.maxunicode):
        raise ValueError("not text")
    if kind.kind == "b" and np.any(array.reshape(-1).view("u1") > 1):
        raise ValueError("not truth values")
    return array


def opaque_in(value: Any) -> Iterator[Opaque]:
    """What a comparison of plain values can't look into: all objects of one class look equal."""
    match value:
        case Opaque():
            yield value
        case list() | tuple() | set():
            for part in value:
                yield from opaque_in(part)
        case dict():
            yield from opaque_in([*value, *value.values()])


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

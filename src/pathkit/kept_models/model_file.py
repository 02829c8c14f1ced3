"""A model as a safetensors file: weights by name, and the facts in its header.

Nothing in such a file is run when it is read; a pickle isn't one, and is refused unread.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from pathkit.files import CantBeRead, contents
from pathkit.kept_models.facts import Facts
from pathkit.kept_models.not_a_model import NotAModel

if TYPE_CHECKING:
    import numpy as np

LARGEST = 64_000_000
"""Bytes: what is larger is none of the models of this path, and isn't read."""
LENGTH = 8  # bytes before the header, that say how long it is
ALIGNED = 8


def packed(weights: dict[str, np.ndarray], facts: Facts) -> bytes:
    """The bytes of a file: the same for the same weights and facts."""
    from safetensors.numpy import save

    return _in_order(save(weights, facts.header()))


def _in_order(data: bytes) -> bytes:
    """The same file with the facts sorted: safetensors writes them in another order each time."""
    size = int.from_bytes(data[:LENGTH], "little")
    header = json.loads(data[LENGTH : LENGTH + size])
    header["__metadata__"] = dict(sorted(header["__metadata__"].items()))
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % ALIGNED)
    return len(text).to_bytes(LENGTH, "little") + text + data[LENGTH + size :]


def read(file: Path) -> tuple[Facts, dict[str, np.ndarray]]:
    """The facts and the weights, as float32, in a file.

    Raises NotAModel for everything but a whole file of ours; FileNotFoundError where there is none.
    """
    try:
        if file.is_file() and file.stat().st_size > LARGEST:
            raise NotAModel(f"it is larger than {LARGEST // 1_000_000} MB")
        return unpacked(contents(file))
    except CantBeRead as error:
        raise NotAModel(error.why) from error
    except FileNotFoundError:
        raise
    except OSError as error:
        raise NotAModel(f"it can't be read: {error.strerror}") from error


def unpacked(data: bytes) -> tuple[Facts, dict[str, np.ndarray]]:
    """The facts and the weights in the bytes of a file; raises NotAModel."""
    import numpy as np
    from safetensors import SafetensorError
    from safetensors.numpy import load

    if data[:2] in (b"PK", b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05"):
        raise NotAModel("it is a pickle, which could run anything: it isn't opened")
    try:
        found = load(data)
        header = json.loads(data[LENGTH : LENGTH + int.from_bytes(data[:LENGTH], "little")])
    except (SafetensorError, KeyError, ValueError, TypeError, RecursionError) as error:
        raise NotAModel(
            "it is damaged, cut short, or no safetensors file"
        ) from error
    facts = Facts.of_header(header.get("__metadata__") or {})
    for name, values in found.items():
        if values.dtype not in (np.float32, np.float16):
            raise NotAModel(f"its weight {name!r} is {values.dtype}, not float32 or float16")
    weights = {name: values.astype(np.float32) for name, values in found.items()}
    for name, values in weights.items():
        if not np.isfinite(values).all():
            raise NotAModel(f"its weight {name!r} holds nan or infinity")
    return facts, weights

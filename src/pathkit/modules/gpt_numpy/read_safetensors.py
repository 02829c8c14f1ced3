"""Read a safetensors file."""

from __future__ import annotations

import json

import numpy as np

from pathkit.checks.exercise import exercise

from .parts import DTYPES, file_of, some_arrays


def _with_dtypes(answer, data):
    """The arrays that the answer read, and their dtypes, which a file that is kept small needs."""
    found = answer(data)
    if not isinstance(found, dict):
        return found
    dtypes = {name: str(getattr(array, "dtype", type(array).__name__)).removeprefix("torch.")
              for name, array in found.items()}
    return {"arrays": found, "dtypes": dtypes}


@exercise(
    title="Read a safetensors file",
    level="medium",
    minutes=10,
    prompt="""
        A file is 8 bytes with the length of the header, the header in JSON, then all numbers.
        Return the arrays by name. Offsets count from the end of the header, and `__metadata__` is
        no array.
        """,
    probes=lambda rng: [
        (file_of({"a": np.array([[1.5, -2.0, 4.0]], np.float32)}),),
        (file_of(some_arrays(rng), {"format": "pt"}),),
        (file_of(some_arrays(rng), backwards=True),),
        # A header of more than 255 bytes, whose length takes two bytes.
        (file_of({f"h.{i}.ln_1.weight": rng.normal(size=i + 1).astype(np.float32)
                  for i in range(5)}, {"kept": "x" * 40}, backwards=True),),
    ],
    drive=_with_dtypes,
    returns={"arrays": "arrays", "dtypes": "dtypes"},
    hints=[
        "Which byte of the file is byte 0 of the first array?",
        """
        1. `size`: the first 8 bytes as an integer, the smallest byte first ("little").
        2. `json.loads` of the `size` bytes after them: name -> dtype, shape, data_offsets.
        3. For each array cut its bytes out, `np.frombuffer` with its dtype, then `reshape`.
        """,
        "`begin, end = about[\"data_offsets\"]`; `numbers = data[8 + size + ___ : 8 + size + ___]`",
    ],
    errors=[
        (
            "KeyError: 'data_offsets'",
            "`__metadata__` holds text about the file and no array: leave it out.",
        ),
        (
            "JSONDecodeError: Expecting",
            "the header begins at byte 8 and is `size` bytes long: check the ends of your slice.",
        ),
        (
            "ValueError: buffer size must be a multiple of element size",
            "a slice is cut in the wrong place: both offsets count from the end of the header.",
        ),
    ],
    # No header is longer than 255 to the power of 7 bytes.
    equivalents=["size = int.from_bytes(data[:7], 'little')"],
    passed="You can read the files that models are published in, and nothing in them was run.",
)
def read_safetensors(data: bytes) -> dict:
    """The arrays in a safetensors file.

    data: the file's bytes. First 8 bytes: the header's length, an unsigned integer, smallest byte
    first. Then the header: JSON, name -> {"dtype": a key of DTYPES, "shape": [...],
    "data_offsets": [begin, end]}, and perhaps "__metadata__". Then the numbers.
    Returns name -> array of the stored dtype and shape.
    """
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + size])
    arrays = {}
    for name, about in header.items():
        if name != "__metadata__":
            begin, end = about["data_offsets"]
            numbers = data[8 + size + begin : 8 + size + end]
            arrays[name] = np.frombuffer(numbers, DTYPES[about["dtype"]]).reshape(about["shape"])
    return arrays


def _read(data, start=lambda size: 8 + size, dtype=DTYPES.get, shaped=True, order=None):
    """Read with one thing wrong: where the numbers start, their dtype, the shape, the order."""
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + size])
    header.pop("__metadata__", None)
    arrays = {}
    for name, about in header.items():
        begin, end = about["data_offsets"]
        kind = np.dtype(dtype(about["dtype"]))
        count = (end - begin) // kind.itemsize
        padded = data + bytes(len(data))
        found = np.frombuffer(padded, kind, count, start(size) + begin)
        if shaped:
            found = found.reshape(about["shape"], order=order or "C")
        arrays[name] = found
    return arrays


@read_safetensors.misconception(
    "The offsets were counted from the beginning of the file, so the arrays hold bytes of the "
    "header, read as numbers. They count from the end of the header: add 8 + size to both."
)
def _from_the_files_start(data):
    return _read(data, start=lambda size: 0)


@read_safetensors.misconception(
    "The 8 bytes before the header were forgotten, so each array begins 8 bytes too early. The "
    "numbers start at 8 + size, since `size` is the length of the header alone."
)
def _eight_too_early(data):
    return _read(data, start=lambda size: size)


@read_safetensors.misconception(
    "Every array was read as float32. The header names a dtype for each: float16 takes two bytes "
    "a number, and read as float32 two numbers become one. Use `DTYPES[about[\"dtype\"]]`."
)
def _all_float32(data):
    return _read(data, dtype=lambda name: np.float32, shaped=False)


@read_safetensors.misconception(
    "The arrays are flat. A file holds the numbers in one row, and the header says which shape "
    "they had: `.reshape(about[\"shape\"])`."
)
def _flat(data):
    return _read(data, shaped=False)


@read_safetensors.misconception(
    "The numbers were filled in column by column. Safetensors stores row after row, which is what "
    "`reshape` does without `order`."
)
def _by_columns(data):
    return _read(data, order="F")


@read_safetensors.misconception(
    "The offsets were ignored: the arrays were cut one after another in the order of the header. "
    "That order may be another one than the order of the numbers, so go by `data_offsets`."
)
def _in_the_headers_order(data):
    size = int.from_bytes(data[:8], "little")
    header, arrays, at = json.loads(data[8 : 8 + size]), {}, 8 + size
    for name, about in header.items():
        if name != "__metadata__":
            kind, count = DTYPES[about["dtype"]], int(np.prod(about["shape"]))
            arrays[name] = np.frombuffer(data, kind, count, at).reshape(about["shape"])
            at += arrays[name].nbytes
    return arrays


@read_safetensors.misconception(
    "The numbers are right, and all came back in one dtype. An array that is stored as float16 "
    "comes back as float16, so that it takes no more memory than in the file: leave out `astype`."
)
def _turned_into_float32(data):
    return {name: array.astype(np.float32) for name, array in _read(data).items()}


@read_safetensors.spelling(_turned_into_float32)
def _turned_into_float64(data):
    return {name: array.astype(np.float64) for name, array in _read(data).items()}

"""The alphabet of names, and small names to count."""

from __future__ import annotations

import numpy as np

BOUNDARY = "."
SYMBOLS = BOUNDARY + "abcdefghijklmnopqrstuvwxyz"
INDEX = {symbol: i for i, symbol in enumerate(SYMBOLS)}
SMALL = {symbol: i for i, symbol in enumerate(".aemv")}


def random_names(rng: np.random.Generator, letters: str, how_many: int) -> list[str]:
    lengths = rng.integers(1, 7, size=how_many)
    return ["".join(rng.choice(list(letters), size=n)) for n in lengths]

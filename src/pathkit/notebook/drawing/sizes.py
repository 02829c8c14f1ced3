"""The sizes that stand on the arrows: a number where it is known, else the lesson's letter."""

from __future__ import annotations

import dataclasses
import operator
from typing import Any

from pathkit.nearest_name import did_you_mean

SYMBOLS = {
    "B": "", "T": "T", "S": "S", "n_embd": "C", "n_head": "h", "n_layer": "n_layer",
    "d_k": "d_k", "d_v": "d_v", "vocab_size": "V",
}
LONGEST = 8  # characters of a letter that an author chooses


@dataclasses.dataclass(frozen=True)
class Sizes:
    """B: texts in a batch, "" where it isn't shown; T: tokens; S: tokens of the encoder.

    The others are called as the models' arguments are. Each is an int or a symbol.
    """

    B: int | str
    T: int | str
    S: int | str
    n_embd: int | str
    n_head: int | str
    n_layer: int | str
    d_k: int | str
    d_v: int | str
    vocab_size: int | str

    def shape(self, *dims: int | str) -> str:
        """How a shape is written: `(T, d_k)`, or `(B, T, d_k)` where the batch is shown."""
        shown = [*([self.B] if self.B != "" else []), *dims]
        return f"({', '.join(map(str, shown))}{',' * (len(shown) == 1)})"

    @property
    def stream(self) -> str:
        """The shape of what runs through the blocks."""
        return self.shape(self.T, self.n_embd)

    @property
    def wide(self) -> int | str:
        """The width inside of a feed-forward layer."""
        return 4 * self.n_embd if isinstance(self.n_embd, int) else f"4{self.n_embd}"


def sizes(given: dict[str, Any], **default: int | str) -> Sizes:
    """Sizes from what an author wrote.

    d_k is n_embd / n_head where both are numbers, and d_v is d_k where that is a number.
    Raises ValueError with one line when a name or a value is none.
    """
    for name, value in given.items():
        if name not in SYMBOLS:
            meant = did_you_mean(name, SYMBOLS, f"; it has {', '.join(SYMBOLS)}")
            raise ValueError(f"the machine has no size {name!r}{meant}")
        given[name] = _size(name, value)
    known = {**SYMBOLS, **default, **given}
    width, heads = known["n_embd"], known["n_head"]
    if "d_k" not in given and isinstance(width, int) and isinstance(heads, int):
        if width % heads:
            raise ValueError(f"n_embd = {width} can't be shared out to n_head = {heads} heads: "
                             "give another n_head, or d_k")
        known["d_k"] = width // heads
    if "d_v" not in given and isinstance(known["d_k"], int):
        known["d_v"] = known["d_k"]
    return Sizes(**known)


def _size(name: str, value: Any) -> int | str:
    if isinstance(value, str) and value.isidentifier() and len(value) <= LONGEST:
        return value
    try:
        number = 0 if isinstance(value, bool) else operator.index(value)
    except TypeError:
        number = 0
    if number < 1:
        raise ValueError(f"{name} = {value!r} is no size: give a whole number from 1, such as "
                         f"{name}=4, or a letter, such as {name}='n'")
    return number

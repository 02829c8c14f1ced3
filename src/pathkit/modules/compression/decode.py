"""Decode."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .narrow import narrow, row
from .number_inside import number_inside


class _Toy:
    """A model whose frequencies depend on the last symbol and on how many came before."""

    def __init__(self, rows: list[list[int]]):
        self.rows = rows

    def __call__(self, history) -> list[int]:
        last = history[-1] if len(history) else 0
        return list(self.rows[(last + len(history)) % len(self.rows)])


def _toy(rng: np.random.Generator, size: int) -> _Toy:
    return _Toy([row(rng, size) for _ in range(size + 1)])


def _coded(symbols: list[int], model, past: tuple = ()) -> tuple:
    """The arguments of `decode` for symbols that follow `past`."""
    low, width, whole, history = 0, 1, 1, list(past)
    for symbol in symbols:
        f = model(history)
        low, width = narrow.reference(low, width, f, symbol)
        whole *= sum(f)
        history.append(symbol)
    return (*number_inside.reference(low, width, whole), len(symbols), model, list(past))


def _random_code(rng: np.random.Generator, size: int, n: int, past: int = 0) -> tuple:
    symbols = rng.integers(size, size=n + past).tolist()
    return _coded(symbols[past:], _toy(rng, size), tuple(symbols[:past]))


@exercise(
    title="Decode",
    level="hard",
    minutes=20,
    prompt="""
        Get the symbols back. Keep the number's place in the current interval as two integers,
        `top / bottom`: find the strip it falls on, note the strip's symbol, zoom in.
        """,
    probes=lambda rng: [
        _coded([1, 0], _Toy([[2, 1, 1]])),
        _coded([], _Toy([[2, 1, 1]])),
        _coded([0, 2, 2, 0], _Toy([[1, 0, 3], [2, 0, 2]])),
        _coded([1, 1, 0, 1, 1, 1], _Toy([[1, 3], [3, 1]])),
        _random_code(rng, 5, 3),
        _random_code(rng, 4, 6, past=2),
        _random_code(rng, 7, 200, past=3),
        _coded([0, 0, 0], _Toy([[4]])),
        _coded([0] + [1] * 70, _Toy([[1, 1]])),
    ],
    hints=[
        "The number is 9/16, the frequencies are 2, 1, 1. Of the 4 strips, on which does it fall?",
        """
        Start with `symbols = list(past)`, `top, bottom = number, 2**bits`. Then `length` times:

        1. `f = model(symbols)`; the strip is `top * sum(f) // bottom`.
        2. The symbol is the first whose strips end after it: `sum(f[:symbol + 1]) > strip`.
        3. Zoom in: `top = top * sum(f) - bottom * sum(f[:symbol])`, `bottom = bottom * f[symbol]`.
        4. Append the symbol: the model needs it for the next one.
        """,
        "`while sum(f[:symbol + 1]) ___ strip: symbol += 1`, starting from `symbol = 0`.",
    ],
    errors=[
        ("ZeroDivisionError", "you zoomed into a symbol of frequency 0: the search ends too soon."),
        ("IndexError: list index out of range", "the search ran past the last symbol."),
        ("OverflowError: int", "floats can't hold these integers: use `//`, never `/`."),
    ],
    passed="The decoder repeats each step of the encoder, and asks the model the same questions.",
    # From -1 the search goes on to 0 at once: the sum of no strips is 0, and 0 <= strip.
    equivalents=["symbol = -1"],
)
def decode(number: int, bits: int, length: int, model, past: list[int]) -> list[int]:
    """The symbols that a number stands for (Witten, Neal and Cleary 1987).

    number, bits: the fraction number / 2**bits; length: how many symbols it holds;
    model: history (list of symbols) -> one integer frequency for each symbol;
    past: symbols that came before.
    Returns past and the decoded symbols in one list.
    """
    symbols = list(past)
    top, bottom = number, 2**bits
    for _ in range(length):
        f = model(symbols)
        strip = top * sum(f) // bottom
        symbol = 0
        while sum(f[: symbol + 1]) <= strip:
            symbol += 1
        top = top * sum(f) - bottom * sum(f[:symbol])
        bottom = bottom * f[symbol]
        symbols.append(symbol)
    return symbols


def _decoded(number, bits, length, model, past, **faults) -> list[int]:
    """`decode` with faults: early search, no zoom, a history without the past, or a fixed one."""
    symbols, new = list(past), []
    top, bottom = number, 2**bits
    for _ in range(length):
        f = model(faults["history"](past, new) if "history" in faults else symbols)
        strip = top * sum(f) // bottom
        symbol = 0
        while symbol < len(f) - 1 and sum(f[: symbol + 1]) < strip + faults.get("early", 1):
            symbol += 1
        below = sum(f[:symbol])
        if faults.get("moves", True):
            top = top * sum(f) - bottom * below
        if faults.get("widens", True):
            bottom = max(bottom * f[symbol], 1)
        symbols.append(symbol)
        new.append(symbol)
    return symbols


@decode.misconception(
    "When the number falls on the first strip of a symbol, you take the symbol before it. Strips "
    "are counted from 0: go on while the running sum is at most the strip, `<=`."
)
def _search_too_soon(number, bits, length, model, past):
    return _decoded(number, bits, length, model, past, early=0)


@decode.misconception(
    "The place is moved but the interval never shrinks. After a symbol its part becomes the whole: "
    "multiply `bottom` by the symbol's frequency."
)
def _bottom_stays(number, bits, length, model, past):
    return _decoded(number, bits, length, model, past, widens=False)


@decode.misconception(
    "You never zoom in, so each symbol is read off the same place of the first interval. What is "
    "left of the number must be spread over the symbol's part again."
)
def _never_zooms(number, bits, length, model, past):
    return _decoded(number, bits, length, model, past, moves=False, widens=False)


@decode.misconception(
    "The model isn't told what was decoded so far: it always gets `past`. The encoder's model knew "
    "each earlier symbol; the decoder's must know the same, so append before you ask again."
)
def _fixed_history(number, bits, length, model, past):
    return _decoded(number, bits, length, model, past, history=lambda past, new: list(past))


@decode.misconception(
    "The model isn't given `past`. In the second block of a long text it knows the first one, and "
    "so did the encoder's: start from `list(past)`."
)
def _forgets_past(number, bits, length, model, past):
    return _decoded(number, bits, length, model, past, history=lambda past, new: list(new))


@decode.misconception(
    "The place is kept as one float. It holds some 16 digits, enough for the first symbols of a "
    "text and wrong after that: keep two integers, `top` and `bottom`, and never divide with `/`."
)
def _one_float(number, bits, length, model, past):
    symbols, value = list(past), number / 2**bits
    for _ in range(length):
        f = model(symbols)
        symbol, below, total = 0, 0, sum(f)
        while symbol < len(f) - 1 and value >= (below + f[symbol]) / total:
            below += f[symbol]
            symbol += 1
        value = (value - below / total) / (max(f[symbol], 1) / total)
        symbols.append(symbol)
    return symbols


@decode.misconception(
    "Only the new symbols came back. The next block needs everything before it: return `past` and "
    "the new ones in one list."
)
def _only_new(number, bits, length, model, past):
    return decode.reference(number, bits, length, model, past)[len(past) :]

"""Decode."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise
from pathkit.checks.told import Told

from .narrow import narrow, row
from .number_inside import number_inside
from .searched import Searched


class _Toy:
    """A model whose frequencies depend on the last symbol and on how many came before."""

    def __init__(self, rows: list[list[int]]):
        self.rows = rows

    def __call__(self, history) -> list[int]:
        if not isinstance(history, list | tuple):  # the lesson's own models would stop
            raise Told("`model` was given no list: its history is a list of symbols.")
        last = history[-1] if history else 0
        return Searched(self.rows[(last + len(history)) % len(self.rows)])


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
        _coded([0, 2, 2, 0], _Toy([[1, 0, 3], [2, 0, 2]])),
        _coded([1, 1, 0, 1, 1, 1], _Toy([[1, 3], [3, 1]])),
        _random_code(rng, 5, 3),
        _random_code(rng, 4, 6, past=2),
        _random_code(rng, 7, 200, past=3),
        _coded([0] + [1] * 70, _Toy([[1, 1]])),
        # Nothing lies before symbol 0, so the place is right up to the last symbol in any case.
        _coded([0, 0, 1], _Toy([[2, 1, 1]])),
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
    past: symbols that came before; the list itself stays as it is.
    Returns past and the decoded symbols in one new list. It may call earlier functions.
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

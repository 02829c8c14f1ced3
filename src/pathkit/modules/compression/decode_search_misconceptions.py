"""What goes wrong in decoding, by how the first symbol that fits is looked for."""

from __future__ import annotations

import bisect
import itertools

from .decode import decode
from .decode_misconceptions import _search_too_soon, _top_not_reduced


def _first(fits, ends):
    """The first symbol whose end fits; StopIteration where none does."""
    return next(symbol for symbol, end in enumerate(ends) if fits(end))


def _first_or_0(fits, ends):
    """As `np.argmax` looks for it."""
    return next((symbol for symbol, end in enumerate(ends) if fits(end)), 0)


def _first_or_last(fits, ends):
    return next((symbol for symbol, end in enumerate(ends) if fits(end)), len(ends) - 1)


def _bisected(fits, ends):
    """As `bisect` and `np.searchsorted` look for it: one past the end where none fits."""
    return bisect.bisect_left(ends, True, key=fits)


LOOKS = (_first, _first_or_0, _first_or_last, _bisected)


def _decoded(number, bits, length, model, past, look, *, strict=False, reduced=True, wrap=False):
    symbols, top, bottom = list(past), number, 2**bits
    for _ in range(length):
        f = model(symbols)
        strip = top * sum(f) // bottom
        strip = strip % sum(f) if wrap else strip
        ends = list(itertools.accumulate(f))
        symbol = look(lambda end, strip=strip: end >= strip + (not strict), ends)
        below = ends[symbol] - f[symbol] if reduced else 0
        top = top * sum(f) - bottom * below
        bottom = bottom * f[symbol]
        symbols.append(symbol)
    return symbols


def _with(look, **faults):
    def answer(number, bits, length, model, past):
        return _decoded(number, bits, length, model, past, look, **faults)

    return answer


for _look in LOOKS:
    decode.spelling(_search_too_soon)(_with(_look, strict=True))
    decode.spelling(_top_not_reduced)(_with(_look, reduced=False))
    decode.spelling(_top_not_reduced)(_with(_look, reduced=False, wrap=True))

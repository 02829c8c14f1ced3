"""What goes wrong in decoding, in the spelling of the hint and in careful ones."""

from __future__ import annotations

from .decode import decode


def _decoded(number, bits, length, model, past, **faults) -> list[int]:
    """`decode` with faults: early search, no zoom, a history without the past, or a fixed one.

    hinted: whether the search is the hint's, which doesn't end when the place is lost.
    """
    symbols, new = list(past), []
    top, bottom = number, 2**bits
    for _ in range(length):
        f = model(faults["history"](past, new) if "history" in faults else symbols)
        strip = top * sum(f) // bottom
        symbol = 0
        last = len(f) * 1000 if faults.get("hinted") else len(f) - 1
        while symbol < last and sum(f[: symbol + 1]) < strip + faults.get("early", 1):
            symbol += 1
        below = sum(f[:symbol])
        if faults.get("moves", True):
            top = top * sum(f) - bottom * below
        if faults.get("widens", True):
            bottom = bottom * f[symbol] if faults.get("hinted") else max(bottom * f[symbol], 1)
        symbols.append(symbol)
        new.append(symbol)
    return symbols


@decode.misconception(
    "When the number falls on the first strip of a symbol, the symbol before it comes out. Strips "
    "are counted from 0: the first symbol is meant whose running sum is above the strip, so go on "
    "while it is at most the strip, `<=`."
)
def _search_too_soon(number, bits, length, model, past):
    return _decoded(number, bits, length, model, past, early=0)


@decode.misconception(
    "When the number falls on the first strip of a symbol, the symbol before it comes out, and the "
    "place is then beyond all strips. Go on while the running sum is at most the strip, `<=`."
)
def _strict_search(number, bits, length, model, past):
    return _decoded(number, bits, length, model, past, early=0, hinted=True)


@decode.misconception(
    "The place is moved but the interval never shrinks. After a symbol its part becomes the whole: "
    "multiply `bottom` by the symbol's frequency."
)
def _bottom_stays(number, bits, length, model, past):
    return _decoded(number, bits, length, model, past, widens=False)


@decode.misconception(
    "`top` grows as it should, `bottom` doesn't, and soon the place is beyond all strips. After a "
    "symbol its part becomes the whole: multiply `bottom` by the symbol's frequency."
)
def _bottom_stays_put(number, bits, length, model, past):
    return _decoded(number, bits, length, model, past, widens=False, hinted=True)


@decode.misconception(
    "Each symbol is read off the same place of the first interval. What is left of the number must "
    "be spread over the symbol's part again: zoom in, `top` and `bottom` both."
)
def _never_zooms(number, bits, length, model, past):
    return _decoded(number, bits, length, model, past, moves=False, widens=False)


@decode.misconception(
    "The model always gets `past`, never what was decoded since. The encoder's model knew "
    "each earlier symbol; the decoder's must know the same, so append before you ask again."
)
def _fixed_history(number, bits, length, model, past):
    return _decoded(number, bits, length, model, past, history=lambda past, new: list(past))


@decode.misconception(
    "The model doesn't know `past`. In the second block of a long text it knows the first one, and "
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


@decode.misconception(
    "What lies before the symbol isn't taken off `top`, or not all of it, so the place is soon "
    "beyond the symbol's part. Zoom in with both: `top * sum(f) - bottom * sum(f[:symbol])`."
)
def _top_not_reduced(number, bits, length, model, past):
    symbols, top, bottom = list(past), number, 2**bits
    for _ in range(length):
        f, symbol = model(symbols), 0
        while sum(f[: symbol + 1]) <= top * sum(f) // bottom:
            symbol += 1
        top, bottom = top * sum(f), bottom * f[symbol]
        symbols.append(symbol)
    return symbols


def _in_other_order(number, bits, length, model, past, *, set_back=True, top_first=True):
    symbols, top, bottom, symbol = list(past), number, 2**bits, 0
    for _ in range(length):
        f = model(symbols)
        symbol = 0 if set_back else symbol
        while sum(f[: symbol + 1]) <= top * sum(f) // bottom:
            symbol += 1
        top, old = top * sum(f), bottom
        bottom = bottom * f[symbol]
        top -= (old if top_first else bottom) * sum(f[:symbol])
        symbols.append(symbol)
    return symbols


@decode.misconception(
    "The search begins where the last one ended, so no symbol is lower than the one before it. "
    "Each search starts from `symbol = 0`."
)
def _not_set_back(number, bits, length, model, past):
    return _in_other_order(number, bits, length, model, past, set_back=False)


@decode.misconception(
    "`top` is zoomed with the new `bottom`. What is taken off it are strips of the old interval: "
    "work out `top` first, or both in one line."
)
def _bottom_first(number, bits, length, model, past):
    return _in_other_order(number, bits, length, model, past, top_first=False)

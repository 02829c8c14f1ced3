"""Exercises of `compression`: an exact arithmetic coder, what it needs of a model, and the blur."""

from __future__ import annotations

import math

import numpy as np

from pathkit.exercise import exercise
from pathkit.prediction import Choice, Number

# --- bits -------------------------------------------------------------------------------------


@exercise(
    title="What a text costs",
    level="easy",
    minutes=5,
    prompt="""
        A model gave the symbols that really came the probabilities `p`. Add up what they cost, in
        bits: $-\\log_2 p$ each.
        """,
    probes=lambda rng: [
        (np.array([0.5, 0.25, 0.125]),),
        (np.array([0.9, 0.3]),),
        (rng.uniform(0.01, 1, size=7),),
        (rng.uniform(0.0001, 0.01, size=900),),
        (np.array([1.0]),),
        (np.array([]),),
    ],
    hints=[
        "A symbol of probability 1/2 costs one bit. What does one of 1/8 cost?",
        "Take `np.log2` of the whole array, add up, and change the sign.",
        "`return -np.___(np.log2(p))`",
    ],
    errors=[
        ("TypeError: only", "`math.log2` takes one number; `np.log2` takes an array."),
        (
            "RuntimeWarning: divide by zero encountered in log2",
            "the product of many probabilities is too small for a float: add up their logs.",
        ),
    ],
    passed="Divide by 8 and you have the size of the file, before there is a file.",
)
def code_length(p: np.ndarray) -> float:
    """What a text costs under a model, in bits (Shannon 1948).

    p: (n,) the probability that the model gave to each symbol that came.
    Returns the sum of -log2 p.
    """
    return -np.sum(np.log2(p))


@code_length.misconception(
    "This is in nats: the log is natural. A file is counted in bits, and one nat is 1.44 of them, "
    "so take the log to base 2."
)
def _nats(p):
    return -np.sum(np.log(p))


@code_length.misconception(
    "This is the mean, the bits of one symbol. The file has to hold all of them: add up, don't "
    "average."
)
def _mean(p):
    return -np.mean(np.log2(p))


@code_length.misconception(
    "The cost comes out negative. The log of a probability is at most 0; turn the sign round to "
    "get a number of bits."
)
def _no_minus(p):
    return np.sum(np.log2(p))


@code_length.misconception(
    "Each symbol was rounded up to whole bits. A code that gives every symbol its own bits must do "
    "that; here the whole text becomes one number, and fractions of a bit add up."
)
def _whole_bits(p):
    return np.sum(np.ceil(-np.log2(p)))


@code_length.misconception(
    "You multiplied the probabilities first. After some hundred symbols the product is smaller "
    "than any float and becomes 0, whose log is infinite: take logs first, then add."
)
def _product(p):
    with np.errstate(all="ignore"):
        return -np.log2(np.prod(p))


@code_length.misconception(
    "This is in bytes. The exercise asks for bits, as entropy is given in bits; divide by 8 only "
    "when you compare with a file."
)
def _bytes(p):
    return -np.sum(np.log2(p)) / 8


# --- the encoder ------------------------------------------------------------------------------


def _row(rng: np.random.Generator, size: int) -> list[int]:
    return rng.integers(1, 30, size=size).tolist()


@exercise(
    title="Narrow the interval",
    level="medium",
    minutes=10,
    prompt="""
        The interval begins at `low` and is `width` long. Cut it into `sum(frequencies)` strips and
        return the part of `symbol`, counted in the new, finer unit.
        """,
    probes=lambda rng: [
        (0, 1, [2, 1, 1], 0),
        (0, 2, [2, 1, 1], 1),
        (5, 3, [4, 1, 2], 2),
        (7, 11, _row(rng, 5), 3),
        (13, 6, _row(rng, 4), 0),
        (9, 4, [3, 0, 6], 2),
        (10**40 + 7, 10**38 + 3, _row(rng, 6), 4),
        (3, 2, [5], 0),
    ],
    hints=[
        "The new unit is `sum(frequencies)` times smaller. How many of them is the old `low`?",
        """
        1. The old start in new units: `low` times the sum of all frequencies.
        2. Skip the strips of earlier symbols. Each of the `sum(frequencies)` strips is `width`
           new units long.
        3. The new width: `width` times this symbol's frequency.
        """,
        "`return low * sum(frequencies) + width * sum(frequencies[:___]), width * ___`",
    ],
    errors=[
        ("TypeError: 'float' object", "stay with integers: multiply, never divide."),
        ("IndexError: list index out of range", "symbols are numbered from 0."),
    ],
    passed="Nothing was divided, so nothing was rounded. That is why the coder is exact.",
)
def narrow(low: int, width: int, frequencies: list[int], symbol: int) -> tuple[int, int]:
    """One step of the arithmetic encoder, in exact integers (Witten, Neal and Cleary 1987).

    low, width: the interval [low, low + width); frequencies: one integer for each symbol.
    Returns (low, width) of the symbol's part, in a unit that is sum(frequencies) times smaller.
    """
    below = sum(frequencies[:symbol])
    return low * sum(frequencies) + width * below, width * frequencies[symbol]


@narrow.misconception(
    "The part of the symbol itself was skipped, too, so you stand where it ends. Its part begins "
    "after the strips of the symbols before it: `frequencies[:symbol]`."
)
def _inclusive(low, width, frequencies, symbol):
    total, below = sum(frequencies), sum(frequencies[: symbol + 1])
    return low * total + width * below, width * frequencies[symbol]


@narrow.misconception(
    "`low` still counts in the old, coarse unit, while what you add to it is in the new one. "
    "Multiply it by the sum of the frequencies first."
)
def _not_rescaled(low, width, frequencies, symbol):
    return low + width * sum(frequencies[:symbol]), width * frequencies[symbol]


@narrow.misconception(
    "`width` was narrowed before `low` had used it. The strips to skip have the length of the old "
    "interval's strips: work out `low` first."
)
def _width_first(low, width, frequencies, symbol):
    total, below = sum(frequencies), sum(frequencies[:symbol])
    width = width * frequencies[symbol]
    return low * total + width * below, width


@narrow.misconception(
    "The strips that you skip are taken as one unit long. The interval is `width` units long, and "
    "so are its strips after the refinement: multiply by `width`."
)
def _unit_strips(low, width, frequencies, symbol):
    return low * sum(frequencies) + sum(frequencies[:symbol]), width * frequencies[symbol]


@narrow.misconception(
    "You kept the old unit and divided, rounding down. After a few symbols the width is 0 and "
    "everything is lost: refine the unit and multiply."
)
def _divides(low, width, frequencies, symbol):
    total = sum(frequencies)
    below = sum(frequencies[:symbol])
    return low + width * below // total, width * frequencies[symbol] // total


@narrow.misconception(
    "You kept the old unit and divided, so these are floats. They hold some 16 digits, and a text "
    "needs thousands: return both numbers in the finer unit, where nothing is divided."
)
def _divides_as_floats(low, width, frequencies, symbol):
    total, below = sum(frequencies), sum(frequencies[:symbol])
    return low + width * below / total, width * frequencies[symbol] / total


@narrow.misconception(
    "The second number is the interval's end. Return its width: two integers are enough, and the "
    "end is their sum."
)
def _returns_end(low, width, frequencies, symbol):
    low, width = narrow(low, width, frequencies, symbol)
    return low, low + width


@exercise(
    title="A number inside",
    level="medium",
    minutes=10,
    prompt="""
        Find the fewest `bits` such that $2^{-bits}$ is at most the interval's share of the whole.
        Return the first multiple of $2^{-bits}$ in it, as (multiple, bits).
        """,
    probes=lambda rng: [
        (8, 2, 16),
        (5, 3, 16),
        (0, 1, 1),
        (3, 4, 9),
        (7, 1, 11),
        (12, 4, 16),
        (1, 26, 27),
        (123456, 789, 10**7),
        (3**800, 2**1100 + 1, 5**800),
        (int(rng.integers(100, 900)), int(rng.integers(2, 40)), 1000),
    ],
    hints=[
        "The interval from 5/16 to 8/16 has a share of 3/16. Is 1/4 short enough? Is 1/8?",
        """
        1. Start with 0 bits. While `width` is less than `whole`: double it, one more bit.
        2. The interval begins at `low * 2**bits / whole`. Round up, in integers:
           `-(-a // b)` is a / b rounded up.
        """,
        "`while width < ___: width, bits = 2 * width, bits + 1`, then `-(-low * 2**bits // ___)`",
    ],
    errors=[
        ("OverflowError: int", "floats can't hold these integers: use `//`, never `/`."),
        ("ValueError: math domain error", "the share became 0 as a float: compare integers."),
    ],
    passed="A whole text is now one number, and less than one bit was wasted on it.",
)
def number_inside(low: int, width: int, whole: int) -> tuple[int, int]:
    """A short binary fraction in the interval [low, low + width), measured in parts of whole.

    low, width, whole: integers, width at least 1, low + width at most whole.
    Returns (number, bits): number / 2**bits is inside; bits is -log2(width / whole), rounded up.
    """
    bits = 0
    while width < whole:
        width, bits = 2 * width, bits + 1
    return -(-low * 2**bits // whole), bits


def _bits_of(width: int, whole: int) -> int:
    return (-(-whole // width) - 1).bit_length()


@number_inside.misconception(
    "You rounded down, so the number lies before the interval, in the part of another text. The "
    "first multiple inside is found by rounding up."
)
def _floor(low, width, whole):
    bits = _bits_of(width, whole)
    return low * 2**bits // whole, bits


@number_inside.misconception(
    "This takes a bit more than needed when the share is a power of 1/2. A step as long as the "
    "interval always has one mark inside: stop as soon as width · 2^bits reaches the whole."
)
def _strict(low, width, whole):
    bits = (whole // width).bit_length()
    return -(-low * 2**bits // whole), bits


@number_inside.misconception(
    "One bit too few: the steps are longer than the interval, and it may lie between two of them. "
    "Round the number of bits up."
)
def _too_few(low, width, whole):
    bits = max(_bits_of(width, whole) - 1, 0)
    return -(-low * 2**bits // whole), bits


@number_inside.misconception(
    "This counts the bits needed to write `whole`, the finest unit of all. That keeps the unit's "
    "precision, while any number inside will do: only the interval's share counts."
)
def _bits_of_whole(low, width, whole):
    bits = (whole - 1).bit_length()
    return -(-low * 2**bits // whole), bits


@number_inside.misconception(
    "Going through floats works for short texts only. The share of a long text is smaller than any "
    "float, and 2^bits larger: compare integers instead."
)
def _floats(low, width, whole):
    bits = math.ceil(-math.log2(width / whole))
    return math.ceil(low / whole * 2.0**bits), bits


# --- the decoder ------------------------------------------------------------------------------


class _Toy:
    """A model whose frequencies depend on the last symbol and on how many came before."""

    def __init__(self, rows: list[list[int]]):
        self.rows = rows

    def __call__(self, history) -> list[int]:
        last = history[-1] if len(history) else 0
        return list(self.rows[(last + len(history)) % len(self.rows)])


def _toy(rng: np.random.Generator, size: int) -> _Toy:
    return _Toy([_row(rng, size) for _ in range(size + 1)])


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


# --- probabilities as integers ----------------------------------------------------------------


def _with_types(answer, p, total):
    """The result and the types in it: 3.0 equals 3, but the coder needs exact integers."""
    f = answer(p, total)
    return f, sorted({type(value).__name__ for value in f})


@exercise(
    title="Integers that agree",
    level="medium",
    minutes=10,
    prompt="""
        Turn probabilities into integers that sum to `total`, by this rule: each symbol gets 1. The
        other `total - n` are shared in proportion, rounded down. The likeliest symbol gets what is
        left over.
        """,
    probes=lambda rng: [
        (np.array([0.5, 0.5]), 10),
        (np.array([0.0, 0.7, 0.3]), 16),
        (np.array([0.2, 0.2, 0.6, 0.0, 0.0]), 64),
        (rng.dirichlet(np.full(7, 0.4)), 1000),
        (rng.dirichlet(np.full(30, 0.1)), 65536),
        (rng.dirichlet(np.full(12, 0.3)), 20),
        (np.array([1.0]), 8),
        (np.array([0.3, 0.3, 0.4 - 1e-9, 1e-9]), 4),
        (np.array([0.499, 0.501]), 7),
    ],
    drive=_with_types,
    hints=[
        "What does the coder do with a symbol of frequency 0, if it comes all the same?",
        """
        1. `n = len(p)`; share `total - n`: multiply by `p`, `np.floor`, `.astype(int)`, plus 1.
        2. What is left over is `total` minus the sum; add it at `np.argmax(p)`.
        3. `.tolist()` turns NumPy's integers into Python's, which never overflow.
        """,
        "`f = 1 + np.floor(p * (total - ___)).astype(int)`, then `f[np.argmax(p)] += total - ___`",
    ],
    errors=[
        (
            "UFuncTypeError: Cannot cast ufunc 'add' output",
            "the counts are floats: `.astype(int)` before you add to one of them.",
        ),
        (
            "got 'int64', expected 'int'",
            "NumPy's integers overflow at 2^63; end with `.tolist()`.",
        ),
    ],
    passed="Nothing is impossible now, and both sides get the same integers from the same numbers.",
)
def frequencies(p: np.ndarray, total: int) -> list[int]:
    """Integer frequencies in proportion to probabilities, none of them 0.

    p: (n,) probabilities; total: at least n.
    Returns a list of n Python integers, at least 1 each, that sum to total.
    """
    f = 1 + np.floor(p * (total - len(p))).astype(int)
    f[np.argmax(p)] += total - f.sum()
    return f.tolist()


@frequencies.misconception(
    "A small probability was rounded to 0. That symbol now has an interval of width 0: if it comes "
    "all the same, the text can't be coded. Give each symbol 1 before you share the rest."
)
def _rounds_to_zero(p, total):
    f = np.floor(p * total).astype(int)
    f[np.argmax(p)] += total - f.sum()
    return f.tolist()


@frequencies.misconception(
    "The sum misses `total`: rounding down loses a little at each symbol. The rule gives what is "
    "left over to the likeliest symbol."
)
def _left_over(p, total):
    return (1 + np.floor(p * (total - len(p))).astype(int)).tolist()


@frequencies.misconception(
    "The 1 for each symbol came on top of the whole `total`, and the likeliest had to pay for it. "
    "With many symbols it may fall below 1: set n aside first, share `total - n`."
)
def _on_top(p, total):
    f = 1 + np.floor(p * total).astype(int)
    f[np.argmax(p)] += total - f.sum()
    return f.tolist()


@frequencies.misconception(
    "What is left over went to the last symbol. There it may be many times the symbol's own share; "
    "the likeliest symbol hardly feels it."
)
def _to_the_last(p, total):
    f = 1 + np.floor(p * (total - len(p))).astype(int)
    f[-1] += total - f.sum()
    return f.tolist()


@frequencies.misconception(
    "These are rounded to the nearest integer, not down. Then the sum may exceed `total`, and the "
    "rule of the decoder gives other numbers than yours."
)
def _nearest(p, total):
    f = 1 + np.rint(p * (total - len(p))).astype(int)
    f[np.argmax(p)] += total - f.sum()
    return f.tolist()


@frequencies.misconception(
    "These are floats. The coder multiplies thousands of them, and after a few symbols floats are "
    "rounded: the decoder would go astray. Return Python integers."
)
def _as_floats(p, total):
    f = 1 + np.floor(p * (total - len(p)))
    f[np.argmax(p)] += total - f.sum()
    return f.tolist()


# --- find the bug -----------------------------------------------------------------------------


@exercise(
    title="Too good to be decoded",
    level="medium",
    minutes=8,
    prompt="""
        This model learns while it codes. It reports fewer bits than any decoder could read. Find
        the bug and mend it.
        """,
    probes=lambda rng: [
        ([0], 2),
        ([1, 1, 1], 4),
        ([], 3),
        ([0, 1, 2, 0], 3),
        (rng.integers(5, size=12).tolist(), 5),
        ([0, 0, 0, 0, 0, 0, 2, 0, 0], 6),
    ],
    given='''
def adaptive_bits(symbols: list[int], size: int) -> float:
    """What a text costs under counts that begin at 1 and grow as it is coded.

    symbols: from 0 to size - 1. Returns bits.
    """
    counts = [1] * size
    bits = 0.0
    for symbol in symbols:
        counts[symbol] += 1
        bits -= math.log2(counts[symbol] / sum(counts))
    return bits
''',
    hints=[
        "The decoder is about to read the first symbol. What are its counts? What are yours?",
        """
        The decoder can count a symbol only after it has decoded it. So the probability that you
        code with must come from counts without that symbol.
        """,
        "First `bits -= math.log2(___)`, and after that `counts[symbol] += 1`.",
    ],
    errors=[
        ("ZeroDivisionError", "the counts begin at 1: `[1] * size`."),
        ("NameError: name 'math' is not defined", "`import math` stands in the set-up cell."),
    ],
    passed="Code first, count after. A decoder can follow, since it counts what it has read.",
)
def adaptive_bits(symbols: list[int], size: int) -> float:
    """What a text costs under counts that begin at 1 and grow as it is coded.

    symbols: from 0 to size - 1. Returns bits.
    """
    counts = [1] * size
    bits = 0.0
    for symbol in symbols:
        bits -= math.log2(counts[symbol] / sum(counts))
        counts[symbol] += 1
    return bits


@adaptive_bits.misconception(
    "The symbol is counted before it is coded: the model peeks at the answer. A decoder doesn't "
    "know the symbol yet, so it can't have these counts. Code first, then count."
)
def _peeks(symbols, size):
    counts, bits = [1] * size, 0.0
    for symbol in symbols:
        counts[symbol] += 1
        bits -= math.log2(counts[symbol] / sum(counts))
    return bits


@adaptive_bits.misconception(
    "The whole text is counted before the first symbol is coded. That is honest only if the counts "
    "travel in the file, too, and nobody has paid for them here."
)
def _counts_first(symbols, size):
    counts = [1 + symbols.count(i) for i in range(size)]
    return -sum(math.log2(counts[s] / sum(counts)) for s in symbols)


@adaptive_bits.misconception(
    "The counts never grow, so every symbol costs the same to the end. The decoder may count what "
    "it has read; count it here as well, after coding."
)
def _never_counts(symbols, size):
    return len(symbols) * math.log2(size)


@adaptive_bits.misconception(
    "Here the update is one symbol late: what was coded last isn't counted yet. The decoder knows "
    "that symbol already, so use it."
)
def _late(symbols, size):
    counts, bits, before = [1] * size, 0.0, None
    for symbol in symbols:
        bits -= math.log2(counts[symbol] / sum(counts))
        if before is not None:
            counts[before] += 1
        before = symbol
    return bits


@adaptive_bits.misconception(
    "The sum still holds the new symbol while its own count doesn't. Move the whole update behind "
    "the line that codes, so that both come from the same counts."
)
def _half_mended(symbols, size):
    counts, bits = [1] * size, 0.0
    for symbol in symbols:
        bits -= math.log2(counts[symbol] / (sum(counts) + 1))
        counts[symbol] += 1
    return bits


# --- lossy on purpose -------------------------------------------------------------------------


@exercise(
    title="Drop the rare branches",
    level="medium",
    minutes=8,
    prompt="""
        Set every probability below `threshold` to 0, but never the highest of its row: something
        must be able to follow. Then make each row sum to 1 again.
        """,
    probes=lambda rng: [
        (np.array([[0.5, 0.25, 0.25], [0.1, 0.2, 0.7]]), 0.25),
        (rng.dirichlet(np.full(4, 0.8), size=3), 0.2),
        (rng.dirichlet(np.full(6, 0.6), size=6), 0.1),
        (rng.dirichlet(np.full(3, 2.0), size=5), 0.0),
        (rng.dirichlet(np.full(5, 2.0), size=4), 0.9),
        (np.array([[1.0]]), 0.5),
    ],
    hints=[
        "A row holds 0.5, 0.3 and 0.2, and the threshold is 0.6. What should be left of it?",
        """
        1. `keep`: where `P` is at least the threshold, or equals the maximum of its row. `|`
           joins two arrays of booleans; put each side in parentheses.
        2. `np.where(keep, P, 0)`, divided by the sums of its rows, kept as a column.
        """,
        "`keep = (P >= threshold) | (P == P.max(axis=___, keepdims=True))`",
    ],
    errors=[
        (
            "TypeError: ufunc 'bitwise_or' not supported",
            "`|` binds tighter than `>=`: put each comparison in parentheses.",
        ),
        (
            "RuntimeWarning: invalid value encountered in divide",
            "a row lost all its branches: its highest probability must stay.",
        ),
    ],
    passed="A smaller tree. Every text it can still write, it writes with fewer bits.",
)
def prune(P: np.ndarray, threshold: float) -> np.ndarray:
    """A table of probabilities without its rare branches.

    P: (n, m), rows sum to 1. Returns (n, m): what is below threshold is 0, except the highest
    of each row; rows sum to 1.
    """
    keep = (P >= threshold) | (P == P.max(axis=1, keepdims=True))
    kept = np.where(keep, P, 0)
    return kept / kept.sum(axis=1, keepdims=True)


def _pruned(P, threshold):
    return np.where((P >= threshold) | (P == P.max(axis=1, keepdims=True)), P, 0)


@prune.misconception(
    "The rows no longer sum to 1. What the rare branches held must go to the others, or no bit is "
    "saved: divide each row by its new sum."
)
def _not_renormalised(P, threshold):
    return _pruned(P, threshold)


@prune.misconception(
    "Where all branches are below the threshold, the row lost every one of them, and 0/0 is not a "
    "number. The highest of each row must stay."
)
def _drops_the_highest(P, threshold):
    kept = np.where(P >= threshold, P, 0)
    with np.errstate(all="ignore"):
        return kept / kept.sum(axis=1, keepdims=True)


@prune.misconception(
    "A branch exactly at the threshold was dropped. Only what is below it goes: keep with `>=`."
)
def _at_the_threshold(P, threshold):
    kept = np.where((P > threshold) | (P == P.max(axis=1, keepdims=True)), P, 0)
    return kept / kept.sum(axis=1, keepdims=True)


@prune.misconception(
    "It is the other way round: the likely branches are gone and the rare ones kept. Rare branches "
    "cost many bits, so those are the ones to drop."
)
def _keeps_the_rare(P, threshold):
    kept = np.where((P < threshold) | (P == P.min(axis=1, keepdims=True)), P, 0)
    return kept / kept.sum(axis=1, keepdims=True)


@prune.misconception(
    "Only the highest of the whole table is protected. Each row stands for another word before, "
    "and each needs a branch of its own: take the maximum along axis=1."
)
def _highest_of_all(P, threshold):
    kept = np.where((P >= threshold) | (P.max() == P), P, 0)
    with np.errstate(all="ignore"):
        return kept / kept.sum(axis=1, keepdims=True)


@prune.misconception(
    "The likeliest branch took everything, whatever the threshold. That tree can write one text "
    "only; branches at or above the threshold stay."
)
def _only_the_highest(P, threshold):
    return _pruned(P, np.inf) / _pruned(P, np.inf).sum(axis=1, keepdims=True)


# --- the guessing game ------------------------------------------------------------------------


@exercise(
    title="From guesses to entropy",
    level="medium",
    minutes=12,
    prompt="""
        Someone guesses each character until it is right; `ranks` says with which guess. With $q_i$
        for the share of rank $i$, return Shannon's two bounds:
        $\\sum_i i\\,(q_i - q_{i+1}) \\log_2 i$ and $-\\sum_i q_i \\log_2 q_i$.
        """,
    probes=lambda rng: [
        ([1, 1, 2, 1], 3),
        ([1, 1, 1], 4),
        ([1, 2, 3, 3, 1, 1], 3),
        ([4, 1, 2, 2], 4),
        (rng.geometric(0.5, size=40).clip(1, 9).tolist(), 9),
        (rng.geometric(0.3, size=25).clip(1, 12).tolist(), 30),
        ([1], 1),
    ],
    hints=[
        "Of four ranks 1, 1, 2, 1: what are $q_1$, $q_2$ and $q_3$? And beyond the last symbol?",
        """
        1. `np.bincount(ranks, minlength=size + 2)[1:]`, divided by `len(ranks)`: $q_1$ up to
           $q_{size+1}$, and the last is 0.
        2. Lower: `i` from 1 to `size`; the differences are `q[:-1] - q[1:]`.
        3. Upper: only where `q` is above 0.
        """,
        "`lower = np.sum(i * (q[:-1] - q[___]) * np.log2(i))` with `i = np.arange(1, size + 1)`",
    ],
    errors=[
        (
            "RuntimeWarning: divide by zero encountered in log2",
            "leave out the ranks that never came, `q[q > 0]`: they cost nothing.",
        ),
        (
            "ValueError: operands could not be broadcast",
            "`i` needs one entry for each difference: `np.arange(1, size + 1)`.",
        ),
    ],
    passed="Guesses alone, no probabilities, and still the entropy is caught between two numbers.",
)
def guess_bounds(ranks: list[int], size: int) -> tuple[float, float]:
    """Bounds on the entropy of a text from the guessing game (Shannon 1951, equation 17).

    ranks: the number of the guess that was right, for each character; size: of the alphabet.
    Returns (lower, upper) in bits per character. The lower one needs a guesser who knows the
    order of the chances.
    """
    q = np.bincount(ranks, minlength=size + 2)[1:] / len(ranks)
    i = np.arange(1, size + 1)
    seen = q[q > 0]
    lower = np.sum(i * (q[:-1] - q[1:]) * np.log2(i))
    upper = -np.sum(seen * np.log2(seen))
    return lower, upper


def _shares(ranks, size) -> np.ndarray:
    return np.bincount(ranks, minlength=size + 2)[1:] / len(ranks)


@guess_bounds.misconception(
    "Ranks that never came give 0 times minus infinity, which is not a number. They cost nothing: "
    "sum over the ranks that did come."
)
def _zero_log(ranks, size):
    q = _shares(ranks, size)
    with np.errstate(all="ignore"):
        return guess_bounds.reference(ranks, size)[0], -np.sum(q * np.log2(q))


@guess_bounds.misconception(
    "Both bounds are in nats. Shannon counts in bits, and so do the files you compare with: take "
    "logs to base 2."
)
def _in_nats(ranks, size):
    lower, upper = guess_bounds.reference(ranks, size)
    return lower * np.log(2), upper * np.log(2)


@guess_bounds.misconception(
    "The lower bound lacks its last term. Beyond the last symbol q is 0, so the last rank counts "
    "with its full share: append that 0 before you take differences."
)
def _no_last_term(ranks, size):
    q, i = _shares(ranks, size)[:-1], np.arange(1, size)
    lower = np.sum(i * (q[:-1] - q[1:]) * np.log2(i))
    return lower, guess_bounds.reference(ranks, size)[1]


@guess_bounds.misconception(
    "The lower bound lacks the factor i. If i symbols are equally likely, each takes a share of "
    "1/i; the factor puts the i equal steps together again."
)
def _no_factor(ranks, size):
    q, i = _shares(ranks, size), np.arange(1, size + 1)
    return np.sum((q[:-1] - q[1:]) * np.log2(i)), guess_bounds.reference(ranks, size)[1]


@guess_bounds.misconception(
    "The upper bound is the mean log of the rank. That many bits write the ranks only if somebody "
    "tells you where each ends; the entropy of the ranks counts what can be decoded."
)
def _log_of_ranks(ranks, size):
    return guess_bounds.reference(ranks, size)[0], np.mean(np.log2(ranks))


@guess_bounds.misconception(
    "The two are exchanged. The entropy of the ranks is the upper bound: from the ranks and the "
    "same guesser the text can be had back, so they hold at least as much."
)
def _exchanged(ranks, size):
    lower, upper = guess_bounds.reference(ranks, size)
    return upper, lower


# --- predictions ------------------------------------------------------------------------------

file_size = Number(
    id="file-size",
    ask="A model's loss on a text of 4,000 characters is 0.5 nats per character. How many bytes "
    "does the text take as one number?",
    value=lambda: 4000 * 0.5 / math.log(2) / 8,
    within=8,
    unit="bytes",
    low="Too few: 0.5 nats are 0.72 bits, since one nat is 1.44 bits. 4,000 times 0.72 bits are "
    "361 bytes. (250 comes from reading nats as bits.)",
    high="Too many: 0.5 nats are 0.72 bits, and 4,000 of those make 361 bytes. A code that gives "
    "each character bits of its own needs one whole bit at least, hence 500 bytes; one number for "
    "the whole text doesn't.",
    right="0.5 / ln 2 = 0.72 bits a character: less than one bit each, because the characters "
    "share one number.",
)

one_count = Choice(
    id="one-count",
    ask="At the 100th character the decoder's model is off by one count in 65,536. What comes out?",
    options={
        "a": (
            "the right text, but for one wrong character",
            "A slip isn't local. From there on the place in the interval is off, and it is "
            "magnified with each zoom.",
        ),
        "b": (
            "at least 99 right characters, then another text",
            "Each zoom magnifies the slip. Soon the number falls on the wrong strip, the history "
            "is wrong, and nothing ever brings it back.",
        ),
        "c": (
            "the right text: one count is too little to matter",
            "For one symbol it hardly matters. But each zoom magnifies the slip, until the number "
            "falls on the wrong strip.",
        ),
    },
    right="b",
)

order = Choice(
    id="order",
    ask="All four have seen the training text. Which order is right for the held-out text, from "
    "the largest file to the smallest?",
    options={
        "a": (
            "gzip, xz, bigram, GPT",
            "One character of context is little. gzip and xz copy whole phrases of the training "
            "text, and beat the bigram by far.",
        ),
        "b": (
            "bigram, GPT, gzip, xz",
            "Copying whole phrases is strong, and beats the bigram. But a GPT needs no exact copy: "
            "it says how likely each next character is.",
        ),
        "c": (
            "GPT, bigram, gzip, xz",
            "A GPT would have to learn less than pairs of letters. That takes it one or two "
            "seconds of training.",
        ),
        "d": (
            "bigram, gzip, xz, GPT",
            "Copying phrases beats pairs of letters, xz copies from further back than gzip, and a "
            "probability beats a copy.",
        ),
    },
    right="d",
)

shrinks = Number(
    id="shrinks",
    ask="Of all files of 1,000 bytes, what percentage can a lossless compressor make at least one "
    "byte shorter?",
    value=lambda: 100 / 255,
    within=0.12,
    unit="%",
    low="A little more: files of 999 bytes or less are 1/256 + 1/256² + … = 1/255 as many as files "
    "of 1,000 bytes.",
    high="There aren't that many shorter files. Those of 999 bytes or less are 1/256 + 1/256² + … "
    "= 1/255 as many as those of 1,000, and no two texts may share one.",
    right="1/255: there are no more shorter files than that, and no two texts may share one. Every "
    "other file stays as long or grows.",
)

unnoticed = Choice(
    id="unnoticed",
    ask="With branches below 0.02 dropped, every eighth word of the decoded stories is wrong. How "
    "many of the wrong words stand, with both their neighbours, in the training text too?",
    options={
        "a": (
            "about 1 in 7",
            "That might hold for words drawn at random. These were chosen by a model that knows "
            "what may follow.",
        ),
        "b": (
            "about 6 in 7",
            "The pruned tree holds nothing but frequent continuations. Its errors look like the "
            "text it was made from.",
        ),
        "c": (
            "about half",
            "More: the pruned tree has dropped the odd continuations, so what it writes instead is "
            "common on both sides.",
        ),
    },
    right="b",
)

skip_bits = Choice(
    id="skip-bits",
    ask="A model gives the three symbols that come 1/2, 1/8 and 1/8. How many bits does an "
    "arithmetic coder need for them?",
    options={
        "a": ("7", "1 + 3 + 3: minus the log to base 2 of each, added up."),
        "b": ("2.33", "That is the mean for one symbol. The file has to hold all three."),
        "c": ("4.85", "That is the sum of natural logs: 4.85 nats. In bits it is 7."),
    },
    right="a",
    skip=True,
)

skip_decoder = Choice(
    id="skip-decoder",
    ask="Your coder uses counts that grow along the text. When may a symbol's count be raised?",
    options={
        "a": (
            "before it is coded, so that it gets cheaper",
            "Then the decoder would need the symbol in order to decode the symbol.",
        ),
        "b": (
            "only once, from the whole text, at the start",
            "The decoder doesn't have the text yet. You would have to send all counts first.",
        ),
        "c": (
            "after it is coded, on both sides alike",
            "Then both sides have the same counts at every step.",
        ),
    },
    right="c",
    skip=True,
)

skip_zero = Choice(
    id="skip-zero",
    ask="Why must no integer frequency be 0 in a lossless coder?",
    options={
        "a": (
            "the sum of all frequencies would no longer be a power of 2",
            "It would still be whatever you make it. The coder works with any sum.",
        ),
        "b": (
            "the symbol's interval would be empty",
            "With width 0 there is no number inside, and the symbol can't be coded.",
        ),
        "c": (
            "the decoder would divide by zero at every step",
            "It never comes to that symbol: no strip belongs to it.",
        ),
    },
    right="b",
    skip=True,
)

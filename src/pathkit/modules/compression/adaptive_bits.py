"""Too good to be decoded."""

from __future__ import annotations

import math

from pathkit.checks.exercise import exercise


@exercise(
    title="Too good to be decoded",
    level="medium",
    minutes=8,
    prompt="""
        This model learns while it codes. It reports fewer bits than any decoder could read. Find
        the bug and mend it.
        """,
    probes=lambda rng: [
        ([1, 0], 2),
        ([1, 1, 1], 4),
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
        ("ValueError: math domain error", "a count of 0 has no log: the counts begin at 1."),
        ("IndexError: list index out of range", "`counts` has one entry for each of `size`."),
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
    "Each symbol is coded with the counts of the whole text. That is honest only if the counts "
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
    "The count holds the new symbol while the sum doesn't. Move the whole update behind the line "
    "that codes: no decoder can count a symbol that it hasn't read."
)
def _sum_before(symbols, size):
    counts, bits = [1] * size, 0.0
    for symbol in symbols:
        bits -= math.log2((counts[symbol] + 1) / sum(counts))
        counts[symbol] += 1
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

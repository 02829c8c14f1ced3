"""Train a tokenizer."""

from __future__ import annotations

from pathkit.checks.exercise import exercise

from .merge import merge
from .pair_counts import pair_counts
from .random_words import random_words


@exercise(
    title="Train a tokenizer",
    level="hard",
    minutes=12,
    prompt="""
        Count the pairs, merge the commonest everywhere, and begin again, `n` times. Note each pair:
        these notes, in their order, are the tokenizer.
        """,
    probes=lambda rng: [
        ({b"hat": 5, b"that": 3, b"the": 6}, 3),
        ({b"hat": 5, b"that": 3, b"the": 6}, 1),
        ({b"aaaa": 2, b"aa": 1}, 9),
        ({b"ab": 1, b"cd": 4, b"bc": 1}, 4),
        ({b"ba": 2, b"ab": 2, b"bc": 2}, 3),
        ({b"abc": 1, b"abd": 1, b"xy": 5}, 2),
        ({b"a": 7}, 3),
        ({b"abab": 3}, 0),
        ({"é".encode(): 3, "ée".encode(): 1}, 4),
        (random_words(rng, 12), 8),
        (random_words(rng, 9, letters=3), 12),
    ],
    hints=[
        "After `th` has become one token, how often do `h` and `a` still stand side by side?",
        """
        1. Make each word a tuple of its bytes: `{tuple(word): count for ...}`.
        2. Up to `n` times: count; stop where there is no pair; choose the commonest, of equals the
           lowest; note it.
        3. Replace it in every word by 256 plus the number of merges before it:
           `tuple(merge(list(word), ...))`.
        """,
        "`pair = min(counts, key=lambda pair: (-counts[pair], ___))`",
    ],
    errors=[
        ("ValueError: max() ... empty", "no word has two tokens left: stop before you choose."),
        ("ValueError: min() ... empty", "no word has two tokens left: stop before you choose."),
        ("TypeError: unhashable type: 'list'", "a merged word is a list: `tuple(...)` for a key."),
    ],
    passed="That is the whole training. No gradient, no loss: counting, and writing down.",
)
def train(words: dict[bytes, int], n: int) -> list[tuple[int, int]]:
    """The merges of a byte-pair tokenizer, in the order in which they were made.

    words: word -> how often it occurs. Tokens 0 to 255 are the bytes; merge i makes token 256 + i.
    n: how many merges, fewer where no word has two tokens left. Of several commonest pairs the
    lowest is merged, as Python compares tuples. The dictionary itself stays as it is.
    Returns a list of pairs. It may call earlier functions.
    """
    parts = {tuple(word): count for word, count in words.items()}
    merges = []
    while len(merges) < n:
        counts = pair_counts(parts)
        if not counts:
            break
        pair = min(counts, key=lambda pair: (-counts[pair], pair))
        new = 256 + len(merges)
        parts = {tuple(merge(list(word), pair, new)): count for word, count in parts.items()}
        merges.append(pair)
    return merges

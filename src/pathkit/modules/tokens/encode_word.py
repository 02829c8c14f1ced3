"""Encode by rank."""

from __future__ import annotations

from pathkit.checks.exercise import exercise

from .merge import merge
from .random_words import random_merges


def _ranks(merges: list) -> dict:
    return {pair: rank for rank, pair in enumerate(merges)}


_HAT = _ranks([(116, 104), (97, 116), (104, 256), (104, 257)])  # th, at, h+th, h+at
_ABC = _ranks([(98, 99), (97, 98), (97, 256), (257, 99)])  # bc, ab, a+bc, ab+c


def _random(rng, n: int, length: int) -> tuple:
    word = bytes(97 + rng.integers(3, size=length).astype("uint8"))
    return word, _ranks(random_merges(rng, n, letters=3))


@exercise(
    title="Encode by rank",
    level="medium",
    minutes=10,
    prompt="""
        Encode one word with learned merges. Of all pairs that stand in it, merge the one that was
        learned first, and look again, until none of its pairs was learned.
        """,
    probes=lambda rng: [
        (b"that", _HAT),
        (b"abc", _ABC),
        (b"aaaaaaa", _ranks([(97, 97), (256, 256)])),
        (b"ababcb", _ABC),
        (b"abcd", _ranks([(97, 98), (99, 100), (256, 99)])),
        (b"abcbc", _ranks([(98, 99), (97, 98)])),
        (b"abcbc", _ranks([(97, 98), (98, 99)])),
        (b"abcab", _ranks([(97, 98), (98, 99), (97, 257)])),
        (b"cba", _ranks([(98, 97), (99, 98)])),
        (b"hat", {}),
        (b"q", _HAT),
        (b"", _HAT),
        ("é½".encode(), _ranks([(195, 169), (194, 189), (256, 257)])),
        _random(rng, 9, 12),
        _random(rng, 12, 15),
        _random(rng, 15, 20),
    ],
    hints=[
        "`ab` was learned after `bc`. Which of them does `abc` get, and what does training say?",
        """
        1. `parts = list(word)`: the bytes as numbers.
        2. Among the neighbours, keep the pairs that are in `ranks`. None left: return.
        3. Choose the one of lowest rank; `merge` it into token 256 + rank; go on with 2.
        """,
        "`pair = min(known, key=___)` with `known = [p for p in zip(parts, parts[1:]) if p in "
        "ranks]`",
    ],
    errors=[
        ("ValueError: min() ... empty", "no pair of the word was learned: then it is finished."),
        ("KeyError: (", "not every pair was learned: ask `pair in ranks` first."),
        ("TypeError: 'NoneType' object", "`merge` returns a new list, `list.append` returns None."),
    ],
    passed="Training's own order, so that a text is cut as it was cut in training.",
)
def encode_word(word: bytes, ranks: dict[tuple[int, int], int]) -> list[int]:
    """The tokens of one word.

    word: its bytes, perhaps none. ranks: pair -> its place among the merges, from 0; the pair of
    rank r becomes token 256 + r. It may call earlier functions.
    """
    parts = list(word)
    while True:
        known = [pair for pair in zip(parts, parts[1:]) if pair in ranks]
        if not known:
            return parts
        pair = min(known, key=ranks.get)
        parts = merge(parts, pair, 256 + ranks[pair])

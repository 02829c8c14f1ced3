"""What goes wrong in training a byte-pair tokenizer."""

from __future__ import annotations

from .merge import merge
from .pair_counts import pair_counts
from .train import train


def _lowest(counts):
    return min(counts, key=lambda pair: (-counts[pair], pair))


def _trained(words, n, *, choose=_lowest, first=256, weigh=True, step=1, least=1):
    """`train` with another choice, other numbers for the merges, or words that count once."""
    parts = {tuple(word): count if weigh else 1 for word, count in words.items()}
    merges = []
    while len(merges) < n:
        counts = pair_counts.reference(parts)
        if not counts or max(counts.values()) < least:
            break
        pair = choose(counts)
        new = first + step * len(merges)
        parts = {tuple(merge.reference(w, pair, new)): c for w, c in parts.items()}
        merges.append(pair)
    return merges


@train.misconception(
    "The pairs were counted once, and the n commonest taken. Each merge changes the counts: once "
    "`th` is one token, `ha` no longer stands in `that`. Count again after every merge."
)
def _counted_once(words, n):
    counts = pair_counts.reference({tuple(word): count for word, count in words.items()})
    return sorted(counts, key=lambda pair: (-counts[pair], pair))[:n]


@train.misconception(
    "Each word was counted once, however often it occurs. A frequent word should become one token "
    "early, so its pairs weigh as often as the word occurs."
)
def _types_counted(words, n):
    return _trained(words, n, weigh=False)


@train.misconception(
    "Of several commonest pairs you took the one that was met first. Then the order of a "
    "dictionary decides, and two people get two tokenizers from one text: take the lowest pair."
)
def _first_of_equals_met(words, n):
    return _trained(words, n, choose=lambda counts: max(counts, key=counts.get))


@train.misconception(
    "Of several commonest pairs you took the highest. The docstring says the lowest, as Python "
    "compares tuples; a rule is needed so that everybody gets the same merges."
)
def _highest_of_equals(words, n):
    return _trained(words, n, choose=lambda c: max(c, key=lambda pair: (c[pair], pair)))


@train.misconception(
    "New tokens are numbered from 0 or 1, where the bytes are. Then a merge looks like a byte and "
    "can't be told from it: the first merge makes token 256."
)
def _numbered_from_0(words, n):
    return _trained(words, n, first=0)


@train.spelling(_numbered_from_0)
def _numbered_from_1(words, n):
    return _trained(words, n, first=1)


@train.misconception(
    "The numbers of the new tokens are off by one. Bytes take 0 to 255, so the first merge makes "
    "token 256, the second 257."
)
def _numbered_from_257(words, n):
    return _trained(words, n, first=257)


@train.misconception(
    "Every merge makes the same token, 256, so that later pairs mix different strings. Number the "
    "new tokens by the merges before them: 256, 257, 258."
)
def _all_256(words, n):
    return _trained(words, n, step=0)


@train.misconception(
    "There is one merge more than asked for. `n` counts merges, so stop once `n` of them are noted."
)
def _one_too_many(words, n):
    return _trained(words, n + 1)


@train.misconception(
    "`n` was read as the size of the vocabulary, bytes included. Here it counts the merges alone: "
    "the vocabulary has 256 + n tokens at the end."
)
def _size_for_merges(words, n):
    return _trained(words, n - 256)


@train.misconception(
    "You stopped where the commonest pair occurs once. That may be wise, since such a pair says "
    "little, but here training ends after n merges or where no pair is left."
)
def _stops_at_1(words, n):
    return _trained(words, n, least=2)


@train.misconception(
    "The words are never changed, so the same pair wins each time. Replace it in every word before "
    "you count again, and keep what `merge(list(word), ...)` returns."
)
def _never_merged(words, n):
    counts = pair_counts.reference({tuple(word): count for word, count in words.items()})
    return [_lowest(counts)] * n if counts else []


@train.misconception(
    "The rarest pair was merged. A token pays when it is used often, so choose the largest count: "
    "with `min`, the count needs a minus."
)
def _rarest(words, n):
    return _trained(words, n, choose=lambda counts: min(counts, key=lambda p: (counts[p], p)))


@train.misconception(
    "New tokens are numbered from the largest byte of these words. Other texts may hold larger "
    "bytes, so all 256 keep their numbers, and the first merge makes token 256."
)
def _numbered_from_the_largest(words, n):
    return _trained(words, n, first=1 + max((max(word) for word in words if word), default=255))

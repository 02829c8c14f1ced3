"""What goes wrong in encoding a word."""

from __future__ import annotations

import itertools
from collections import Counter

from .encode_word import encode_word
from .merge import merge


def _encoded(word, ranks, choose, base=256):
    tokens = list(word)
    for _ in range(len(word)):
        known = [pair for pair in itertools.pairwise(tokens) if pair in ranks]
        if not known:
            break
        pair = choose(known)
        tokens = merge.reference(tokens, pair, base + ranks[pair])
    return tokens


@encode_word.misconception(
    "You merged the first pair from the left that was learned. Training merged in another order, "
    "so a text would be cut in ways that the model has never seen: of all known pairs, take the "
    "one of lowest rank."
)
def _left_to_right(word, ranks):
    return _encoded(word, ranks, lambda known: known[0])


def _at_first_known(tokens, ranks):
    for i, pair in enumerate(itertools.pairwise(tokens)):
        if pair in ranks:
            return [*tokens[:i], 256 + ranks[pair], *tokens[i + 2 :]]
    return None


@encode_word.spelling(_left_to_right)
def _left_to_right_one_place(word, ranks):
    tokens = list(word)
    while (shorter := _at_first_known(tokens, ranks)) is not None:
        tokens = shorter
    return tokens


@encode_word.misconception(
    "One walk from left to right merges whatever is known on the way. Pairs must compete: of all "
    "that stand in the word, the one of lowest rank goes first, then look at the whole again."
)
def _one_walk(word, ranks):
    tokens, i, out = list(word), 0, []
    while i < len(tokens):
        pair = tuple(tokens[i : i + 2])
        out.append(256 + ranks[pair] if pair in ranks else tokens[i])
        i += 2 if pair in ranks else 1
    return out


@encode_word.spelling(_one_walk)
def _walks(word, ranks):
    tokens = list(word)
    while (after := _one_walk(tokens, ranks)) != tokens:
        tokens = after
    return tokens


@encode_word.misconception(
    "You took the longest token that fits, from the left. Other tokenizers do that; here the order "
    "of learning decides, and a shorter token that was learned earlier takes its letters first."
)
def _longest_first(word, ranks):
    strings = {i: bytes([i]) for i in range(256)}
    for left, right in sorted(ranks, key=ranks.get):
        strings[256 + ranks[left, right]] = strings[left] + strings[right]
    tokens, i = [], 0
    while i < len(word):
        fits = [t for t, string in strings.items() if word.startswith(string, i)]
        best = max(fits, key=lambda token: (len(strings[token]), -token))
        tokens.append(best)
        i += len(strings[best])
    return tokens


@encode_word.spelling(_longest_first)
def _longest_first_of_the_latest(word, ranks):
    strings = {i: bytes([i]) for i in range(256)}
    for left, right in sorted(ranks, key=ranks.get):
        strings[256 + ranks[left, right]] = strings[left] + strings[right]
    numbers = {string: token for token, string in strings.items()}
    tokens = []
    while word:
        longest = next(word[:i] for i in range(len(word), 0, -1) if word[:i] in numbers)
        tokens.append(numbers[longest])
        word = word[len(longest) :]
    return tokens


@encode_word.misconception(
    "You merged the pair that was learned last. The earlier a pair was learned, the commoner it "
    "was; rank 0 goes first, so take the minimum of the ranks."
)
def _highest_rank(word, ranks):
    return _encoded(word, ranks, lambda known: max(known, key=ranks.get))


@encode_word.misconception(
    "You merged the pair that is commonest in this word. What was common was decided in training: "
    "the ranks hold it, and the word itself has no say."
)
def _commonest_here(word, ranks):
    return _encoded(word, ranks, lambda known: Counter(known).most_common(1)[0][0])


@encode_word.spelling(_commonest_here)
def _commonest_here_then_by_rank(word, ranks):
    def choose(known):
        return min(known, key=lambda pair: (-known.count(pair), ranks[pair]))

    return _encoded(word, ranks, choose)


@encode_word.misconception(
    "One pair was merged and no more. A merge makes new neighbours, which may have been learned as "
    "well: look again until no pair is known."
)
def _one_merge(word, ranks):
    known = [pair for pair in itertools.pairwise(word) if pair in ranks]
    if not known:
        return list(word)
    pair = min(known, key=ranks.get)
    return merge.reference(list(word), pair, 256 + ranks[pair])


@encode_word.misconception(
    "The rank itself was put in for the pair. Numbers below 256 are bytes, so rank 0 would look "
    "like byte 0: the token of a merge is 256 + rank."
)
def _rank_for_token(word, ranks):
    return _encoded(word, ranks, lambda known: min(known, key=ranks.get), base=0)


@encode_word.misconception(
    "The lowest pair of numbers was merged first. What counts is its rank, the place at which it "
    "was learned: `min(known, key=ranks.get)`."
)
def _lowest_pair(word, ranks):
    return _encoded(word, ranks, min)


@encode_word.spelling(_left_to_right)
def _left_to_right_never_back(word, ranks):
    tokens, i = list(word), 0
    while i < len(tokens) - 1:
        pair = tokens[i], tokens[i + 1]
        if pair in ranks:
            tokens[i : i + 2] = [256 + ranks[pair]]
        else:
            i += 1
    return tokens


@encode_word.misconception(
    "Pairs of bytes were merged, pairs with a merged token weren't. A merge makes new neighbours: "
    "look at the tokens again after each, not at the bytes of the word."
)
def _byte_pairs_only(word, ranks):
    tokens = list(word)
    for pair in sorted({p for p in itertools.pairwise(word) if p in ranks}, key=ranks.get):
        tokens = merge.reference(tokens, pair, 256 + ranks[pair])
    return tokens


@encode_word.misconception(
    "The rules were applied once each, the last one first. Later rules need the tokens of earlier "
    "ones, so begin with rank 0."
)
def _last_rule_first(word, ranks):
    tokens = list(word)
    for pair in sorted(ranks, key=ranks.get, reverse=True):
        tokens = merge.reference(tokens, pair, 256 + ranks[pair])
    return tokens


@encode_word.misconception(
    "Where the lowest pair overlaps with itself, the place further right was merged. Training "
    "merged from the left: `merge` does so, or take the first of the places."
)
def _rightmost_place(word, ranks):
    tokens = list(word)
    while True:
        pairs = list(itertools.pairwise(tokens))
        known = [(ranks[pair], -i) for i, pair in enumerate(pairs) if pair in ranks]
        if not known:
            return tokens
        rank, place = min(known)
        tokens[-place : 2 - place] = [256 + rank]

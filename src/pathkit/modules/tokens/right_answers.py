# Right answers in other styles: they pass, and the lesson runs below each of them.

# %% pair_counts: a Counter and itertools.pairwise
import itertools
from collections import Counter

def pair_counts(words):
    counts = Counter()
    for word, count in words.items():
        for pair in itertools.pairwise(word):
            counts[pair] += count
    return counts

# %% pair_counts: by places, with `in`
def pair_counts(words):
    counts = {}
    for word in words:
        for i in range(len(word) - 1):
            pair = (word[i], word[i + 1])
            if pair in counts:
                counts[pair] += words[word]
            else:
                counts[pair] = words[word]
    return counts

# %% pair_counts: a defaultdict, the word as often as it occurs
from collections import defaultdict

def pair_counts(words):
    counts = defaultdict(int)
    for word, count in words.items():
        for _ in range(count):
            for left, right in zip(word[:-1], word[1:]):
                counts[left, right] += 1
    return dict(counts)

# %% merge: for loop with a flag
def merge(tokens, pair, new):
    out, skip = [], False
    for i, token in enumerate(tokens):
        if skip:
            skip = False
        elif i + 1 < len(tokens) and token == pair[0] and tokens[i + 1] == pair[1]:
            out.append(new)
            skip = True
        else:
            out.append(token)
    return out

# %% merge: a stack, with the token before the first of a pair
def merge(tokens, pair, new):
    left, right = pair
    merged, free = [], False  # free: whether the last one on the list hasn't been used
    for token in tokens:
        if free and merged[-1] == left and token == right:
            merged[-1], free = new, False
        else:
            merged.append(token)
            free = True
    return merged

# %% merge: compares a slice with a list
def merge(tokens, pair, new):
    out = []
    i = 0
    while i < len(tokens):
        if tokens[i : i + 2] == [*pair]:
            out += [new]
            i += 1
        else:
            out += [tokens[i]]
        i += 1
    return out


# %% merge: changes a copy in place
def merge(tokens, pair, new):
    tokens = list(tokens)
    i = 0
    while i < len(tokens) - 1:
        if [tokens[i], tokens[i + 1]] == list(pair):
            tokens[i : i + 2] = [new]
        i += 1
    return tokens

# %% train: max with a key, a for loop
def train(words, n):
    parts = {tuple(word): count for word, count in words.items()}
    merges = []
    for i in range(n):
        counts = pair_counts(parts)
        if len(counts) == 0:
            return merges
        top = max(counts.values())
        pair = min(p for p in counts if counts[p] == top)
        merges.append(pair)
        parts = {tuple(merge(list(w), pair, 256 + i)): c for w, c in parts.items()}
    return merges

# %% train: sorted pairs, a list of words beside their counts
def train(words, n):
    texts, times = [list(w) for w in words], list(words.values())
    merges = []
    while len(merges) < n:
        counts = {}
        for text, time in zip(texts, times):
            for pair in zip(text, text[1:]):
                counts[pair] = counts.get(pair, 0) + time
        if not counts:
            break
        best = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[0][0]
        texts = [merge(text, best, 256 + len(merges)) for text in texts]
        merges.append(best)
    return merges

# %% pieces: itertools.groupby over the kinds
import itertools

def kind(c):
    if c.isspace():
        return "space"
    if c.isdecimal():
        return "digit"
    return "letter" if c.isalpha() else "sign"

def pieces(text):
    runs = ["".join(group) for _, group in itertools.groupby(text, kind)]
    out, space = [], ""
    for i, run in enumerate(runs):
        if run == " " and i + 1 < len(runs):
            space = " "
        else:
            out.append(space + run)
            space = ""
    return out

# %% pieces: finditer, white space first
import re

def pieces(text):
    pattern = re.compile(r"\s\s+|[^\S ]| ?(?:[^\W\d_]+|\d+|(?:_|[^\w\s])+)| ")
    return [found.group() for found in pattern.finditer(text)]

# %% pieces: a loop over the characters
def pieces(text):
    def sort(c):
        return 0 if c.isspace() else 1 if c.isdigit() else 2 if c.isalpha() else 3

    runs = []
    for c in text:
        if runs and sort(runs[-1][-1]) == sort(c):
            runs[-1] += c
        else:
            runs.append(c)
    joined = []
    for run in runs:
        if joined and joined[-1] == " ":
            joined[-1] += run
        else:
            joined.append(run)
    return joined

# %% encode_word: the merges in their order, as a training would
def encode_word(word, ranks):
    tokens = list(word)
    for pair in sorted(ranks, key=ranks.get):
        tokens = merge(tokens, pair, 256 + ranks[pair])
    return tokens

# %% encode_word: one place at a time, infinity for unknown pairs
import math

def encode_word(word, ranks):
    tokens = [b for b in word]
    while len(tokens) > 1:
        order = [ranks.get((a, b), math.inf) for a, b in zip(tokens, tokens[1:])]
        best = min(order)
        if best == math.inf:
            break
        i = order.index(best)
        tokens = tokens[:i] + [256 + best] + tokens[i + 2 :]
    return tokens

# %% encode_word: recursion
def encode_word(word, ranks):
    tokens = list(word)
    known = sorted({ranks[p] for p in zip(tokens, tokens[1:]) if p in ranks})
    if not known:
        return tokens
    pair = next(p for p in ranks if ranks[p] == known[0])
    return encode_word(merge(tokens, pair, 256 + known[0]), ranks)

# %% decode: a recursive function for one token
def decode(tokens, merges):
    def string(token):
        if token < 256:
            return bytes([token])
        left, right = merges[token - 256]
        return string(left) + string(right)

    return b"".join(map(string, tokens)).decode(errors="replace")

# %% decode: a dictionary and str
def decode(tokens, merges):
    vocabulary = {i: bytes((i,)) for i in range(256)}
    for i, (a, b) in enumerate(merges):
        vocabulary[256 + i] = vocabulary[a] + vocabulary[b]
    data = bytearray()
    for t in tokens:
        data += vocabulary[t]
    return str(data, "utf-8", "replace")

# %% decode: takes merges apart from the last one on
def decode(tokens, merges):
    tokens = list(tokens)
    for i in range(len(merges) - 1, -1, -1):
        apart = []
        for token in tokens:
            apart += list(merges[i]) if token == 256 + i else [token]
        tokens = apart
    return bytes(tokens).decode("utf-8", "replace")

# %% encode_with_specials: str.find, no pattern
def encode_with_specials(text, specials, encode):
    tokens, rest = [], text
    while rest:
        found = [(rest.find(s), -len(s), s) for s in specials if s in rest]
        if not found:
            return tokens + list(encode(rest))
        at, _, special = min(found)
        if at:
            tokens += encode(rest[:at])
        tokens.append(specials[special])
        rest = rest[at + len(special) :]
    return tokens

# %% encode_with_specials: finditer
import re

def encode_with_specials(text, specials, encode):
    names = sorted(map(re.escape, specials), key=len, reverse=True)
    tokens, end = [], 0
    for found in re.finditer("|".join(names), text) if names else ():
        tokens.extend(encode(text[end : found.start()]))
        tokens.append(specials[found.group()])
        end = found.end()
    tokens.extend(encode(text[end:]))
    return tokens

# %% encode_with_specials: recursion on partition, longest first by place
def encode_with_specials(text, specials, encode):
    places = [(text.index(s), -len(s), s) for s in specials if s in text]
    if not places:
        return encode(text) if text else []
    _, _, special = min(places)
    before, _, after = text.partition(special)
    return encode(before) + [specials[special]] + encode_with_specials(after, specials, encode)

# %% bits_per_byte: the whole text first
def bits_per_byte(loss, tokens, text):
    bits = loss * tokens / math.log(2)
    return bits / len(bytes(text, "utf-8"))

# %% bits_per_byte: log2 of e
import numpy as np

def bits_per_byte(loss, tokens, text):
    return np.log2(np.e) * loss * (tokens / len(text.encode("utf-8")))

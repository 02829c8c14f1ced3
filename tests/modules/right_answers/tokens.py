# %% pair_counts: setdefault and places
def pair_counts(words: dict) -> dict:
    result = {}
    for word in words:
        for i in range(1, len(word)):
            result.setdefault((word[i - 1], word[i]), 0)
            result[word[i - 1], word[i]] += words[word]
    return result

# %% pair_counts: a Counter updated with a Counter for each word
def pair_counts(words):
    total = Counter()
    for word, times in words.items():
        for pair, count in Counter(zip(word, word[1:])).items():
            total[pair] += count * times
    return total

# %% merge: pops from the front of a copy
def merge(tokens, pair, new):
    rest, result = list(tokens), []
    while rest:
        first = rest.pop(0)
        if rest and (first, rest[0]) == pair:
            rest.pop(0)
            first = new
        result.append(first)
    return result

# %% merge: an iterator that looks one token ahead
def merge(tokens: list[int], pair: tuple[int, int], new: int) -> list[int]:
    result, waiting = [], None
    for token in tokens:
        if waiting is None:
            waiting = token
        elif (waiting, token) == pair:
            result.append(new)
            waiting = None
        else:
            result.append(waiting)
            waiting = token
    return result if waiting is None else result + [waiting]

# %% train: a list of pairs of word and count
def train(words, n):
    data = [([*word], count) for word, count in words.items()]
    learned = []
    for step in range(n):
        counts = {}
        for word, count in data:
            for a, b in zip(word, word[1:]):
                counts[a, b] = counts.get((a, b), 0) + count
        if not counts:
            break
        best = max(counts, key=lambda p: (counts[p], -p[0], -p[1]))
        learned.append(best)
        data = [(merge(word, best, 256 + step), count) for word, count in data]
    return learned

# %% train: recursion over the merges that are left
def train(words, n):
    def go(parts, made):
        counts = pair_counts(parts)
        if made == n or not counts:
            return []
        top = max(counts.values())
        pair = sorted(p for p, c in counts.items() if c == top)[0]
        after = {tuple(merge(list(w), pair, 256 + made)): c for w, c in parts.items()}
        return [pair, *go(after, made + 1)]

    return go({tuple(w): c for w, c in words.items()}, 0)

# %% pieces: re.split, empty strings taken out
def pieces(text):
    found = re.split(r"( ?[^\W\d_]+| ?[0-9]+| ?(?:[^\w\s]|_)+|\s+)", text)
    return [piece for piece in found if piece]

# %% pieces: walks along the text with match
def pieces(text):
    kinds = re.compile(r" ?(?:[^\W\d_]+|\d+|[^\w\s_]*(?:_+[^\w\s]*)+|[^\w\s]+)|\s+")
    result, at = [], 0
    while at < len(text):
        found = kinds.match(text, at)
        result.append(found[0])
        at = found.end()
    return result

# %% encode_word: sorts the places of known pairs by rank
def encode_word(word, ranks):
    tokens = list(word)
    while True:
        places = [(ranks[tokens[i], tokens[i + 1]], i) for i in range(len(tokens) - 1)
                  if (tokens[i], tokens[i + 1]) in ranks]
        if not places:
            return tokens
        rank, i = min(places)
        tokens[i : i + 2] = [256 + rank]

# %% encode_word: asks for each rank from 0 on
def encode_word(word, ranks):
    tokens, pairs = list(word), {rank: pair for pair, rank in ranks.items()}
    for rank in range(len(pairs)):
        if rank + 256 and pairs[rank][0] in tokens:
            tokens = merge(tokens, pairs[rank], 256 + rank)
    return tokens

# %% decode: bytes collected by a stack
def decode(tokens, merges):
    out, stack = bytearray(), list(reversed(tokens))
    while stack:
        token = stack.pop()
        if token < 256:
            out.append(token)
        else:
            left, right = merges[token - 256]
            stack += [right, left]
    return out.decode("utf-8", "replace")

# %% decode: bytes added up
def decode(tokens, merges):
    table = {n: bytes([n]) for n in range(256)}
    for left, right in merges:
        table[len(table)] = table[left] + table[right]
    data = b""
    for token in tokens:
        data = data + table[token]
    return data.decode("utf8", errors="replace")

# %% encode_with_specials: a walk with startswith
def encode_with_specials(text, specials, encode):
    names = sorted(specials, key=len, reverse=True)
    tokens, plain, i = [], "", 0
    while i < len(text):
        here = next((name for name in names if text.startswith(name, i)), "")
        if here:
            tokens += [*encode(plain), specials[here]]
            plain, i = "", i + len(here)
        else:
            plain, i = plain + text[i], i + 1
    return tokens + list(encode(plain))

# %% encode_with_specials: re.escape as the given code is mended
def encode_with_specials(text, specials, encode):
    if not specials:
        return encode(text)
    tokens = []
    longest_first = sorted(specials, key=len, reverse=True)
    for part in re.split("(" + "|".join(re.escape(s) for s in longest_first) + ")", text):
        tokens.extend([specials[part]] if part in specials else encode(part))
    return tokens

# %% bits_per_byte: step by step
def bits_per_byte(loss: float, tokens: int, text: str) -> float:
    nats = loss * tokens
    bits = nats * math.log2(math.e)
    size = sum(len(character.encode("utf-8")) for character in text)
    return bits / size

# %% bits_per_byte: NumPy
def bits_per_byte(loss, tokens, text):
    return np.divide(loss * tokens, np.log(2) * len(bytearray(text, "utf-8")))

# %% pair_counts: a Counter, indices
def pair_counts(words: dict[tuple[int, ...], int]) -> dict[tuple[int, int], int]:
    counts = Counter()
    for word, times in words.items():
        for i in range(1, len(word)):
            counts[(word[i - 1], word[i])] += times
    return counts

# %% merge: as a string of characters with str.replace
def merge(tokens: list[int], pair: tuple[int, int], new: int) -> list[int]:
    text = "".join(map(chr, tokens))
    return [ord(c) for c in text.replace(chr(pair[0]) + chr(pair[1]), chr(new))]

# %% merge: compares a slice with a list
def merge(tokens: list[int], pair: tuple[int, int], new: int) -> list[int]:
    out = list()
    i = 0
    while i < len(tokens):
        if tokens[i : i + 2] == [*pair]:
            out += [new]
            i += 1
        else:
            out += [tokens[i]]
        i += 1
    return out

# %% train: lists with weights, max over the sorted pairs, no earlier function
def train(words: dict[bytes, int], n: int) -> list[tuple[int, int]]:
    text = [(list(word), count) for word, count in words.items()]
    merges = []
    for step in range(n):
        counts = {}
        for word, count in text:
            for a, b in zip(word[:-1], word[1:]):
                counts[a, b] = counts.get((a, b), 0) + count
        if len(counts) == 0:
            return merges
        best = max(sorted(counts), key=counts.get)
        for word, _ in text:
            i = 0
            while i < len(word) - 1:
                if (word[i], word[i + 1]) == best:
                    word[i : i + 2] = [256 + step]
                i += 1
        merges.append(best)
    return merges

# %% pieces: itertools.groupby and the methods of str
def pieces(text: str) -> list[str]:
    import itertools

    def kind(c):
        if c.isspace():
            return 0
        if c.isalpha():
            return 1
        return 2 if c.isdigit() else 3

    out = []
    for _, run in itertools.groupby(text, kind):
        run = "".join(run)
        if out and out[-1] == " ":
            run = out.pop() + run
        out.append(run)
    return out

# %% encode_word: each rule in the order of its rank
def encode_word(word: bytes, ranks: dict[tuple[int, int], int]) -> list[int]:
    tokens = [int(b) for b in word]
    for pair in sorted(ranks, key=ranks.get):
        tokens = merge(tokens, pair, 256 + ranks[pair])
    return tokens

# %% decode: takes tokens apart with a stack
def decode(tokens: list[int], merges: list[tuple[int, int]]) -> str:
    stack = list(reversed(tokens))
    out = bytearray()
    while stack:
        token = stack.pop()
        if token < 256:
            out.append(token)
        else:
            left, right = merges[token - 256]
            stack += [right, left]
    return out.decode(errors="replace")

# %% encode_with_specials: walks along the text with startswith
def encode_with_specials(text: str, specials: dict[str, int], encode) -> list[int]:
    tokens, i, begun = [], 0, 0
    while i < len(text):
        here = [s for s in specials if text.startswith(s, i)]
        if here:
            special = max(here, key=len)
            tokens += encode(text[begun:i])
            tokens.append(specials[special])
            i += len(special)
            begun = i
        else:
            i += 1
    return tokens + encode(text[begun:])

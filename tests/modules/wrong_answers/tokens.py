# Wrong answers to the exercises of tokens: the exercise, then the true cause.

# %% pair_counts: counts each word once
# -> _each_word_once
def pair_counts(words):
    counts = {}
    for word in words:
        for pair in zip(word, word[1:]):
            counts[pair] = counts.get(pair, 0) + 1
    return counts

# %% pair_counts: sets the count, never adds
# -> _overwritten
def pair_counts(words):
    counts = {}
    for word, count in words.items():
        for i in range(len(word) - 1):
            counts[word[i], word[i + 1]] = count
    return counts

# %% pair_counts: jumps over overlapping pairs
# -> _two_by_two
def pair_counts(words):
    counts = {}
    for word, count in words.items():
        for i in range(0, len(word) - 1, 2):
            pair = word[i], word[i + 1]
            counts[pair] = counts.get(pair, 0) + count
    return counts

# %% pair_counts: str.count, which leaves out overlaps
# -> _without_overlaps
def pair_counts(words):
    counts = {}
    for word, count in words.items():
        text = "".join(map(chr, word))
        for pair in set(zip(word, word[1:])):
            counts[pair] = counts.get(pair, 0) + count * text.count("".join(map(chr, pair)))
    return counts

# %% pair_counts: counts single tokens
# -> _single_tokens
def pair_counts(words):
    counts = {}
    for word, count in words.items():
        for token in word:
            counts[token] = counts.get(token, 0) + count
    return counts

# %% pair_counts: pairs of any distance
# -> _at_any_distance
def pair_counts(words):
    counts = {}
    for word, count in words.items():
        for i in range(len(word)):
            for j in range(i + 1, len(word)):
                counts[word[i], word[j]] = counts.get((word[i], word[j]), 0) + count
    return counts

# %% pair_counts: leaves out the first pair
# -> located
def pair_counts(words):
    counts = {}
    for word, count in words.items():
        for i in range(1, len(word) - 1):
            pair = word[i], word[i + 1]
            counts[pair] = counts.get(pair, 0) + count
    return counts

# %% pair_counts: returns a list of pairs and counts
# -> wrong type
def pair_counts(words):
    counts = {}
    for word, count in words.items():
        for pair in zip(word, word[1:]):
            counts[pair] = counts.get(pair, 0) + count
    return list(counts.items())

# %% pair_counts: raises "KeyError: ("
# -> raised
def pair_counts(words):
    counts = {}
    for word, count in words.items():
        for pair in zip(word, word[1:]):
            counts[pair] += count
    return counts

# %% pair_counts: raises "TypeError: unhashable type: 'list'"
# -> raised
def pair_counts(words):
    counts = {}
    for word, count in words.items():
        for i in range(len(word) - 1):
            pair = [word[i], word[i + 1]]
            counts[pair] = counts.get(pair, 0) + count
    return counts

# %% pair_counts: raises "IndexError: tuple index out of range"
# -> raised
def pair_counts(words):
    counts = {}
    for word, count in words.items():
        for i in range(len(word)):
            pair = word[i], word[i + 1]
            counts[pair] = counts.get(pair, 0) + count
    return counts

# %% merge: goes on by one after a merge
# -> _second_stays
def merge(tokens, pair, new):
    out = []
    for i in range(len(tokens)):
        if i + 1 < len(tokens) and (tokens[i], tokens[i + 1]) == pair:
            out.append(new)
        else:
            out.append(tokens[i])
    return out

# %% merge: the last token is never looked at
# -> _last_is_lost
def merge(tokens, pair, new):
    out, i = [], 0
    while i < len(tokens) - 1:
        if (tokens[i], tokens[i + 1]) == pair:
            out.append(new)
            i += 2
        else:
            out.append(tokens[i])
            i += 1
    return out

# %% merge: stops after the first
# -> _first_only
def merge(tokens, pair, new):
    for i in range(len(tokens) - 1):
        if (tokens[i], tokens[i + 1]) == pair:
            return tokens[:i] + [new] + tokens[i + 2 :]
    return tokens

# %% merge: either order
# -> _either_order
def merge(tokens, pair, new):
    out, i = [], 0
    while i < len(tokens):
        if set(tokens[i : i + 2]) == set(pair) and i + 1 < len(tokens):
            out.append(new)
            i += 2
        else:
            out.append(tokens[i])
            i += 1
    return out

# %% merge: replaces in the text of the numbers
# -> _as_text
def merge(tokens, pair, new):
    text = " ".join(map(str, tokens))
    text = text.replace(f"{pair[0]} {pair[1]}", str(new))
    return [int(number) for number in text.split()]

# %% merge: appends the old token and the new
# -> _first_stays
def merge(tokens, pair, new):
    out, i = [], 0
    while i < len(tokens):
        if tuple(tokens[i : i + 2]) == pair:
            out += [tokens[i], new]
            i += 2
        else:
            out.append(tokens[i])
            i += 1
    return out

# %% merge: skips a token behind each merge
# -> located
def merge(tokens, pair, new):
    out, i = [], 0
    while i < len(tokens):
        if tuple(tokens[i : i + 2]) == pair:
            out.append(new)
            i += 3
        else:
            out.append(tokens[i])
            i += 1
    return out

# %% merge: changes the list itself
# -> changed its input
def merge(tokens, pair, new):
    i = 0
    while i < len(tokens) - 1:
        if (tokens[i], tokens[i + 1]) == pair:
            tokens[i : i + 2] = [new]
        i += 1
    return tokens

# %% merge: merges from the right
# -> _from_the_right
def merge(tokens, pair, new):
    out, i = [], len(tokens) - 1
    while i >= 0:
        if i > 0 and (tokens[i - 1], tokens[i]) == pair:
            out.insert(0, new)
            i -= 2
        else:
            out.insert(0, tokens[i])
            i -= 1
    return out

# %% merge: raises "IndexError: list index out of range"
# -> raised
def merge(tokens, pair, new):
    out, i = [], 0
    while i < len(tokens):
        if (tokens[i], tokens[i + 1]) == pair:
            out.append(new)
            i += 2
        else:
            out.append(tokens[i])
            i += 1
    return out

# %% merge: raises "TypeError: can only concatenate"
# -> raised
def merge(tokens, pair, new):
    out, i = [], 0
    while i < len(tokens):
        if tuple(tokens[i : i + 2]) == pair:
            out = out + new
            i += 2
        else:
            out = out + tokens[i]
            i += 1
    return out

# %% train: counts once, takes the n commonest
# -> _counted_once
def train(words, n):
    counts = pair_counts({tuple(w): c for w, c in words.items()})
    return sorted(counts, key=lambda pair: (-counts[pair], pair))[:n]

# %% train: max takes the first it meets
# -> _first_of_equals_met
def train(words, n):
    words = {tuple(w): c for w, c in words.items()}
    merges = []
    for i in range(n):
        counts = pair_counts(words)
        if not counts:
            break
        pair = max(counts, key=counts.get)
        words = {tuple(merge(w, pair, 256 + i)): c for w, c in words.items()}
        merges.append(pair)
    return merges

# %% train: the highest of equals
# -> _highest_of_equals
def train(words, n):
    words = {tuple(w): c for w, c in words.items()}
    merges = []
    for i in range(n):
        counts = pair_counts(words)
        if not counts:
            break
        pair = sorted(counts, key=lambda p: (counts[p], p))[-1]
        words = {tuple(merge(w, pair, 256 + i)): c for w, c in words.items()}
        merges.append(pair)
    return merges

# %% train: new tokens begin at 1
# -> _numbered_from_0
def train(words, n):
    words = {tuple(w): c for w, c in words.items()}
    merges = []
    for i in range(n):
        counts = pair_counts(words)
        if not counts:
            break
        pair = min(counts, key=lambda p: (-counts[p], p))
        words = {tuple(merge(w, pair, i + 1)): c for w, c in words.items()}
        merges.append(pair)
    return merges

# %% train: weights are lost in the first step
# -> _types_counted
def train(words, n):
    words = {tuple(w): 1 for w in words}
    merges = []
    for i in range(n):
        counts = pair_counts(words)
        if not counts:
            break
        pair = min(counts, key=lambda p: (-counts[p], p))
        words = {tuple(merge(w, pair, 256 + i)): c for w, c in words.items()}
        merges.append(pair)
    return merges

# %% train: returns the new tokens' bytes
# -> wrong type
def train(words, n):
    words = {tuple(w): c for w, c in words.items()}
    strings = [bytes([i]) for i in range(256)]
    for i in range(n):
        counts = pair_counts(words)
        if not counts:
            break
        pair = min(counts, key=lambda p: (-counts[p], p))
        words = {tuple(merge(w, pair, 256 + i)): c for w, c in words.items()}
        strings.append(strings[pair[0]] + strings[pair[1]])
    return strings[256:]

# %% train: returns pair -> token
# -> wrong type
def train(words, n):
    words = {tuple(w): c for w, c in words.items()}
    merges = {}
    for i in range(n):
        counts = pair_counts(words)
        if not counts:
            break
        pair = min(counts, key=lambda p: (-counts[p], p))
        words = {tuple(merge(w, pair, 256 + i)): c for w, c in words.items()}
        merges[pair] = 256 + i
    return merges

# %% train: stops when a pair occurs once
# -> _stops_at_1
def train(words, n):
    words = {tuple(w): c for w, c in words.items()}
    merges = []
    for i in range(n):
        counts = pair_counts(words)
        if not counts or max(counts.values()) == 1:
            break
        pair = min(counts, key=lambda p: (-counts[p], p))
        words = {tuple(merge(w, pair, 256 + i)): c for w, c in words.items()}
        merges.append(pair)
    return merges

# %% train: raises "ValueError: max() ... empty"
# -> raised
def train(words, n):
    words = {tuple(w): c for w, c in words.items()}
    merges = []
    for i in range(n):
        counts = pair_counts(words)
        top = max(counts.values())
        pair = min(p for p in counts if counts[p] == top)
        words = {tuple(merge(w, pair, 256 + i)): c for w, c in words.items()}
        merges.append(pair)
    return merges

# %% train: raises "ValueError: min() ... empty"
# -> raised
def train(words, n):
    words = {tuple(w): c for w, c in words.items()}
    merges = []
    for i in range(n):
        counts = pair_counts(words)
        pair = min(counts, key=lambda p: (-counts[p], p))
        words = {tuple(merge(w, pair, 256 + i)): c for w, c in words.items()}
        merges.append(pair)
    return merges

# %% train: raises "TypeError: unhashable type: 'list'"
# -> raised
def train(words, n):
    words = {tuple(w): c for w, c in words.items()}
    merges = []
    for i in range(n):
        counts = pair_counts(words)
        if not counts:
            break
        pair = min(counts, key=lambda p: (-counts[p], p))
        words = {merge(w, pair, 256 + i): c for w, c in words.items()}
        merges.append(pair)
    return merges

# %% pieces: str.split
# -> _spaces_lost
def pieces(text):
    return text.split()

# %% pieces: split with the spaces kept
# -> _cut_at_spaces_only
def pieces(text):
    return re.split(r"(\s+)", text)

# %% pieces: words and single signs
# -> _spaces_lost
def pieces(text):
    return re.findall(r"\w+|[^\w\s]", text)

# %% pieces: \w for letters
# -> _digits_in_words
def pieces(text):
    return re.findall(r" ?\w+| ?[^\w\s]+|\s+", text)

# %% pieces: only a to z
# -> _one_alphabet
def pieces(text):
    return re.findall(r" ?[A-Za-z]+| ?[0-9]+| ?[^A-Za-z0-9\s]+|\s+", text)

# %% pieces: spaces apart
# -> _spaces_apart
def pieces(text):
    runs = re.compile(r"[^\W\d_]+|\d+|(?:_|[^\w\s])+|\s+")
    return [found.group() for found in runs.finditer(text)]

# %% pieces: spaces apart, and _ apart from other signs
# -> _spaces_and_underscores_apart
def pieces(text):
    return re.findall(r"[^\W\d_]+|\d+|[^\w\s]+|_+|\s+", text)

# %% pieces: the signs and _ are two kinds
# -> _underscore_apart
def pieces(text):
    return re.findall(r" ?[^\W\d_]+| ?\d+| ?[^\w\s]+| ?_+|\s+", text)

# %% pieces: the hint's line without its last part
# -> _rest_lost
def pieces(text):
    return re.findall(r" ?[^\W\d_]+| ?\d+| ?(?:[^\w\s]|_)+", text)

# %% pieces: GPT-2's own pattern for white space
# -> _last_space_joins
def pieces(text):
    return re.findall(r" ?[^\W\d_]+| ?\d+| ?(?:[^\w\s]|_)+|\s+(?!\S)|\s+", text)

# %% pieces: every space joins
# -> _all_space_joins
def pieces(text):
    return re.findall(r"\s*[^\W\d_]+|\s*\d+|\s*(?:[^\w\s]|_)+|\s+", text)

# %% pieces: digits one by one
# -> _digit_by_digit
def pieces(text):
    return re.findall(r" ?[^\W\d_]+| ?\d| ?(?:[^\w\s]|_)+|\s+", text)

# %% pieces: a group in the pattern, which findall returns in place of the match
# -> _group_returned
def pieces(text):
    return re.findall(r" ?[^\W\d_]+| ?\d+| ?([^\w\s]|_)+|\s+", text)

# %% pieces: white space one by one
# -> _white_one_by_one
def pieces(text):
    return re.findall(r" ?[^\W\d_]+| ?\d+| ?(?:[^\w\s]|_)+|\s", text)

# %% pieces: raises "nothing to repeat"
# -> raised
def pieces(text):
    return re.findall(r"?[^\W\d_]+|?\d+|?(?:[^\w\s]|_)+|\s+", text)

# %% pieces: raises "TypeError: expected string or bytes-like object"
# -> raised
def pieces(text):
    return re.findall(text.split(), r" ?[^\W\d_]+|\s+") if not text else re.findall(r"\s", [text])

# %% encode_word: left to right
# -> _left_to_right
def encode_word(word, ranks):
    tokens = list(word)
    i = 0
    while i < len(tokens) - 1:
        pair = tokens[i], tokens[i + 1]
        if pair in ranks:
            tokens[i : i + 2] = [256 + ranks[pair]]
            i = 0
        else:
            i += 1
    return tokens

# %% encode_word: left to right, and never back
# -> _left_to_right
def encode_word(word, ranks):
    tokens = list(word)
    i = 0
    while i < len(tokens) - 1:
        pair = tokens[i], tokens[i + 1]
        if pair in ranks:
            tokens[i : i + 2] = [256 + ranks[pair]]
        else:
            i += 1
    return tokens

# %% encode_word: longest token first
# -> _longest_first
def encode_word(word, ranks):
    strings = {bytes([i]): i for i in range(256)}
    names = {i: bytes([i]) for i in range(256)}
    for pair, rank in sorted(ranks.items(), key=lambda item: item[1]):
        names[256 + rank] = names[pair[0]] + names[pair[1]]
        strings.setdefault(names[256 + rank], 256 + rank)
    out = []
    while word:
        size = max(n for n in range(1, len(word) + 1) if word[:n] in strings)
        out.append(strings[word[:size]])
        word = word[size:]
    return out

# %% encode_word: max for min
# -> _highest_rank
def encode_word(word, ranks):
    tokens = list(word)
    while known := [p for p in zip(tokens, tokens[1:]) if p in ranks]:
        pair = max(known, key=ranks.get)
        tokens = merge(tokens, pair, 256 + ranks[pair])
    return tokens

# %% encode_word: min without a key
# -> _lowest_pair
def encode_word(word, ranks):
    tokens = list(word)
    while known := [p for p in zip(tokens, tokens[1:]) if p in ranks]:
        pair = min(known)
        tokens = merge(tokens, pair, 256 + ranks[pair])
    return tokens

# %% encode_word: the rank is the token
# -> _rank_for_token
def encode_word(word, ranks):
    tokens = list(word)
    while known := [p for p in zip(tokens, tokens[1:]) if p in ranks]:
        pair = min(known, key=ranks.get)
        tokens = merge(tokens, pair, ranks[pair])
    return tokens

# %% encode_word: one merge only
# -> _one_merge
def encode_word(word, ranks):
    tokens = list(word)
    known = [p for p in zip(tokens, tokens[1:]) if p in ranks]
    if known:
        pair = min(known, key=ranks.get)
        tokens = merge(tokens, pair, 256 + ranks[pair])
    return tokens

# %% encode_word: looks for pairs in the bytes only
# -> _byte_pairs_only
def encode_word(word, ranks):
    tokens = list(word)
    for pair in sorted(set(zip(word, word[1:])) & set(ranks), key=ranks.get):
        tokens = merge(tokens, pair, 256 + ranks[pair])
    return tokens

# %% encode_word: 255 + rank
# -> located
def encode_word(word, ranks):
    tokens = list(word)
    while known := [p for p in zip(tokens, tokens[1:]) if p in ranks]:
        pair = min(known, key=ranks.get)
        tokens = merge(tokens, pair, 255 + ranks[pair])
    return tokens

# %% encode_word: raises "ValueError: min() ... empty"
# -> raised
def encode_word(word, ranks):
    tokens = list(word)
    while True:
        known = [p for p in zip(tokens, tokens[1:]) if p in ranks]
        pair = min(known, key=ranks.get)
        tokens = merge(tokens, pair, 256 + ranks[pair])

# %% encode_word: raises "KeyError: ("
# -> raised
def encode_word(word, ranks):
    tokens = list(word)
    while len(tokens) > 1:
        pair = min(zip(tokens, tokens[1:]), key=lambda p: ranks[p])
        tokens = merge(tokens, pair, 256 + ranks[pair])
    return tokens

# %% encode_word: raises "TypeError: 'NoneType' object"
# -> raised
def encode_word(word, ranks):
    tokens = list(word)
    while known := [p for p in zip(tokens, tokens[1:]) if p in ranks]:
        pair = min(known, key=ranks.get)
        tokens = merge(tokens, pair, 256 + ranks[pair]).sort()
    return tokens

# %% decode: each token by itself
# -> _token_by_token
def decode(tokens, merges):
    strings = [bytes([i]) for i in range(256)]
    for a, b in merges:
        strings.append(strings[a] + strings[b])
    return "".join(strings[t].decode("utf-8", errors="replace") for t in tokens)

# %% decode: errors ignored
# -> _ignored
def decode(tokens, merges):
    strings = [bytes([i]) for i in range(256)]
    for a, b in merges:
        strings.append(strings[a] + strings[b])
    return b"".join(strings[t] for t in tokens).decode(errors="ignore")

# %% decode: chr of each byte
# -> _byte_for_character
def decode(tokens, merges):
    strings = [chr(i) for i in range(256)]
    for a, b in merges:
        strings.append(strings[a] + strings[b])
    return "".join(strings[t] for t in tokens)

# %% decode: right half first
# -> _halves_exchanged
def decode(tokens, merges):
    strings = [bytes([i]) for i in range(256)]
    for a, b in merges:
        strings.append(strings[b] + strings[a])
    return b"".join(strings[t] for t in tokens).decode(errors="replace")

# %% decode: bytes for text
# -> _not_decoded
def decode(tokens, merges):
    strings = [bytes([i]) for i in range(256)]
    for a, b in merges:
        strings.append(strings[a] + strings[b])
    return b"".join(strings[t] for t in tokens)

# %% decode: spaces between the tokens
# -> _spaces_between
def decode(tokens, merges):
    strings = [bytes([i]) for i in range(256)]
    for a, b in merges:
        strings.append(strings[a] + strings[b])
    return b" ".join(strings[t] for t in tokens).decode(errors="replace")

# %% decode: backslashes for broken bytes
# -> _other_signs
def decode(tokens, merges):
    strings = [bytes([i]) for i in range(256)]
    for a, b in merges:
        strings.append(strings[a] + strings[b])
    return b"".join(strings[t] for t in tokens).decode(errors="backslashreplace")

# %% decode: a question mark for broken bytes
# -> _other_signs
def decode(tokens, merges):
    strings = [bytes([i]) for i in range(256)]
    for a, b in merges:
        strings.append(strings[a] + strings[b])
    text = b"".join(strings[t] for t in tokens).decode(errors="replace")
    return text.replace("\ufffd", "?")

# %% decode: raises "UnicodeDecodeError: 'utf-8' codec can't decode byte"
# -> _strict
def decode(tokens, merges):
    strings = [bytes([i]) for i in range(256)]
    for a, b in merges:
        strings.append(strings[a] + strings[b])
    return b"".join(strings[t] for t in tokens).decode("utf-8")

# %% decode: raises "ValueError: bytes must be in range(0, 256)"
# -> raised
def decode(tokens, merges):
    return bytes(tokens).decode(errors="replace")

# %% decode: raises "TypeError: sequence item 0: expected str instance"
# -> raised
def decode(tokens, merges):
    strings = [bytes([i]) for i in range(256)]
    for a, b in merges:
        strings.append(strings[a] + strings[b])
    return "".join(strings[t] for t in tokens)

# %% encode_with_specials: the given code
# -> not attempted
def encode_with_specials(text, specials, encode):
    if not specials:
        return encode(text)
    tokens = []
    longest_first = sorted(specials, key=len, reverse=True)
    for part in re.split("(" + "|".join(longest_first) + ")", text):
        if part in specials:
            tokens.append(specials[part])
        else:
            tokens.extend(encode(part))
    return tokens

# %% encode_with_specials: only the bar is escaped
# -> raised
def encode_with_specials(text, specials, encode):
    if not specials:
        return encode(text)
    tokens = []
    longest_first = sorted(specials, key=len, reverse=True)
    names = [special.replace("|", r"\|") for special in longest_first]
    for part in re.split("(" + "|".join(names) + ")", text):
        if part in specials:
            tokens.append(specials[part])
        else:
            tokens.extend(encode(part))
    return tokens

# %% encode_with_specials: the joined pattern is escaped
# -> _joined_then_escaped
def encode_with_specials(text, specials, encode):
    if not specials:
        return encode(text)
    tokens = []
    longest_first = sorted(specials, key=len, reverse=True)
    for part in re.split("(" + re.escape("|".join(longest_first)) + ")", text):
        if part in specials:
            tokens.append(specials[part])
        else:
            tokens.extend(encode(part))
    return tokens

# %% encode_with_specials: escaped before sorting by the dictionary's order
# -> _order_lost
def encode_with_specials(text, specials, encode):
    if not specials:
        return encode(text)
    tokens = []
    for part in re.split("(" + "|".join(re.escape(s) for s in specials) + ")", text):
        if part in specials:
            tokens.append(specials[part])
        else:
            tokens.extend(encode(part))
    return tokens

# %% encode_with_specials: no parentheses
# -> _specials_dropped
def encode_with_specials(text, specials, encode):
    if not specials:
        return encode(text)
    tokens = []
    names = sorted(map(re.escape, specials), key=len, reverse=True)
    for part in re.split("|".join(names), text):
        if part in specials:
            tokens.append(specials[part])
        else:
            tokens.extend(encode(part))
    return tokens

# %% encode_with_specials: the guard for no specials is gone
# -> _no_guard
def encode_with_specials(text, specials, encode):
    tokens = []
    names = sorted(map(re.escape, specials), key=len, reverse=True)
    for part in re.split("(" + "|".join(names) + ")", text):
        if part in specials:
            tokens.append(specials[part])
        else:
            tokens.extend(encode(part))
    return tokens

# %% encode_with_specials: parts are stripped
# -> _stripped
def encode_with_specials(text, specials, encode):
    if not specials:
        return encode(text)
    tokens = []
    names = sorted(map(re.escape, specials), key=len, reverse=True)
    for part in re.split("(" + "|".join(names) + ")", text):
        if part in specials:
            tokens.append(specials[part])
        else:
            tokens.extend(encode(part.strip()))
    return tokens

# %% encode_with_specials: one special after another, by str.replace
# -> _number_as_text
def encode_with_specials(text, specials, encode):
    for special, token in specials.items():
        text = text.replace(special, str(token))
    return encode(text)

# %% encode_with_specials: the part is appended as a list
# -> _lists_in_a_list
def encode_with_specials(text, specials, encode):
    if not specials:
        return encode(text)
    tokens = []
    names = sorted(map(re.escape, specials), key=len, reverse=True)
    for part in re.split("(" + "|".join(names) + ")", text):
        if part in specials:
            tokens.append(specials[part])
        else:
            tokens.append(encode(part))
    return tokens

# %% encode_with_specials: raises "nothing to repeat"
# -> raised
def encode_with_specials(text, specials, encode):
    if not specials:
        return encode(text)
    tokens = []
    for part in re.split(f"({'|'.join(specials)})", text):
        tokens += [specials[part]] if part in specials else encode(part)
    return tokens

# %% encode_with_specials: raises "TypeError: decoding to str"
# -> raised
def encode_with_specials(text, specials, encode):
    if not specials:
        return encode(text)
    tokens = []
    longest_first = sorted(specials, key=len, reverse=True)
    for part in re.split("(" + "|".join(re.escape(longest_first)) + ")", text):
        if part in specials:
            tokens.append(specials[part])
        else:
            tokens.extend(encode(part))
    return tokens

# %% bits_per_byte: characters for bytes
# -> _per_character
def bits_per_byte(loss, tokens, text):
    return loss * tokens / len(text) / math.log(2)

# %% bits_per_byte: nats
# -> _nats_for_bits
def bits_per_byte(loss, tokens, text):
    return loss * tokens / len(text.encode())

# %% bits_per_byte: upside down
# -> _ratio_upside_down
def bits_per_byte(loss, tokens, text):
    return loss / math.log(2) / (tokens / len(text.encode()))

# %% bits_per_byte: bits per token
# -> _bits_per_token
def bits_per_byte(loss, tokens, text):
    return loss / np.log(2)

# %% bits_per_byte: times ln 2
# -> _multiplied_by_ln_2
def bits_per_byte(loss, tokens, text):
    return loss * np.log(2) * tokens / len(text.encode())

# %% bits_per_byte: log2 of the loss
# -> _log_of_the_loss
def bits_per_byte(loss, tokens, text):
    return math.log2(loss + 1e-12) * tokens / len(text.encode())

# %% bits_per_byte: eight bits in a byte
# -> _eight_bits
def bits_per_byte(loss, tokens, text):
    return loss * tokens / math.log(2) / (8 * len(text.encode()))

# %% bits_per_byte: without the tokens
# -> _one_token
def bits_per_byte(loss, tokens, text):
    return loss / math.log(2) / len(text.encode())

# %% bits_per_byte: the perplexity's bits
# -> _e_to_the_loss
def bits_per_byte(loss, tokens, text):
    return math.exp(loss) * tokens / len(text.encode())

# %% bits_per_byte: raises "TypeError: object of type 'int' has no len()"
# -> raised
def bits_per_byte(loss, tokens, text):
    return loss * len(tokens) / math.log(2) / len(text.encode())

# %% bits_per_byte: raises "AttributeError: 'int' object has no attribute 'encode'"
# -> raised
def bits_per_byte(loss, tokens, text):
    return loss * tokens / math.log(2) / len(tokens.encode())

# %% pair_counts: takes the set of a word's pairs, so a pair that stands twice in a word counts once
# -> _once_in_a_word
def pair_counts(words: dict[tuple[int, ...], int]) -> dict[tuple[int, int], int]:
    counts = {}
    for word, times in words.items():
        for pair in set(zip(word, word[1:])):
            counts[pair] = counts.get(pair, 0) + times
    return counts

# %% pair_counts: sorts the two tokens of a pair, so that the order of the text is lost
# -> _unordered
def pair_counts(words: dict[tuple[int, ...], int]) -> dict[tuple[int, int], int]:
    counts = Counter()
    for word, times in words.items():
        for i in range(len(word) - 1):
            a, b = sorted(word[i : i + 2])
            counts[a, b] += times
    return dict(counts)

# %% pair_counts: writes the words one after another, so that pairs cross from one word to the next
# -> _across_words
def pair_counts(words: dict[tuple[int, ...], int]) -> dict[tuple[int, int], int]:
    text = []
    for word, times in words.items():
        text += list(word) * times
    return dict(Counter(zip(text, text[1:])))

# %% merge: replaces in a string of decimal numbers, so that the end of 11 passes for a 1
# -> _as_text
def merge(tokens: list[int], pair: tuple[int, int], new: int) -> list[int]:
    text = " ".join(str(token) for token in tokens)
    text = text.replace(f"{pair[0]} {pair[1]}", str(new))
    return [int(number) for number in text.split()]

# %% merge: deletes in the caller's own list
# -> changed its input
def merge(tokens: list[int], pair: tuple[int, int], new: int) -> list[int]:
    i = 0
    while i < len(tokens) - 1:
        if (tokens[i], tokens[i + 1]) == pair:
            tokens[i] = new
            del tokens[i + 1]
        i += 1
    return tokens

# %% merge: does not move on past the second token of a pair, so that it appears again after the new one
# -> _second_stays
def merge(tokens: list[int], pair: tuple[int, int], new: int) -> list[int]:
    out = []
    for i, token in enumerate(tokens):
        if i + 1 < len(tokens) and token == pair[0] and tokens[i + 1] == pair[1]:
            out.append(new)
        else:
            out.append(token)
    return out

# %% train: stops as soon as the commonest pair occurs only once
# -> _stops_at_1
def train(words: dict[bytes, int], n: int) -> list[tuple[int, int]]:
    text = {tuple(word): count for word, count in words.items()}
    merges = []
    while len(merges) < n:
        counts = pair_counts(text)
        if not counts or max(counts.values()) < 2:
            break
        best = min(counts, key=lambda p: (-counts[p], p))
        text = {tuple(merge(list(w), best, 256 + len(merges))): c for w, c in text.items()}
        merges.append(best)
    return merges

# %% train: notes the pair before it takes the number, so that the first merge makes token 257
# -> _numbered_from_257
def train(words: dict[bytes, int], n: int) -> list[tuple[int, int]]:
    text = {tuple(word): count for word, count in words.items()}
    merges = []
    for _ in range(n):
        counts = pair_counts(text)
        if not counts:
            break
        best = min(counts, key=lambda p: (-counts[p], p))
        merges.append(best)
        text = {tuple(merge(list(w), best, 256 + len(merges))): c for w, c in text.items()}
    return merges

# %% train: counts once, before any merge, and takes the n commonest pairs of that count
# -> _counted_once
def train(words: dict[bytes, int], n: int) -> list[tuple[int, int]]:
    counts = pair_counts({tuple(word): count for word, count in words.items()})
    return sorted(counts, key=lambda p: (-counts[p], p))[:n]

# %% pieces: any sign of white space joins the run after it, not only a space
# -> _any_one_white_joins
def pieces(text: str) -> list[str]:
    return re.findall(r"\s?[^\W\d_]+|\s?\d+|\s?(?:[^\w\s]|_)+|\s+", text)

# %% pieces: of a longer run of white space the last space joins the next run, as in GPT-2
# -> _last_space_joins
def pieces(text: str) -> list[str]:
    return re.findall(r" ?[^\W\d_]+| ?\d+| ?(?:[^\w\s]|_)+|\s+(?!\S)|\s+?(?= \S)|\s+", text)

# %% pieces: letters and digits are one kind of sign (isalnum)
# -> _digits_in_words
def pieces(text: str) -> list[str]:
    def kind(c):
        return "space" if c.isspace() else "word" if c.isalnum() else "sign"

    runs = []
    for c in text:
        if runs and kind(runs[-1][-1]) == kind(c):
            runs[-1] += c
        else:
            runs.append(c)
    out = []
    for run in runs:
        if out and out[-1] == " ":
            out[-1] += run
        else:
            out.append(run)
    return out

# %% encode_word: takes the longest token that fits from the left, and never asks for a rank
# -> _longest_first
def encode_word(word: bytes, ranks: dict[tuple[int, int], int]) -> list[int]:
    strings = {bytes([i]): i for i in range(256)}
    back = {i: bytes([i]) for i in range(256)}
    for (a, b), rank in sorted(ranks.items(), key=lambda item: item[1]):
        back[256 + rank] = back[a] + back[b]
        strings[back[256 + rank]] = 256 + rank
    tokens, i = [], 0
    while i < len(word):
        j = len(word)
        while word[i:j] not in strings:
            j -= 1
        tokens.append(strings[word[i:j]])
        i = j
    return tokens

# %% encode_word: looks for known pairs only once, at the start, so that merges of merges never happen
# -> _byte_pairs_only
def encode_word(word: bytes, ranks: dict[tuple[int, int], int]) -> list[int]:
    tokens = list(word)
    known = [pair for pair in zip(tokens, tokens[1:]) if pair in ranks]
    for pair in sorted(set(known), key=ranks.get):
        tokens = merge(tokens, pair, 256 + ranks[pair])
    return tokens

# %% encode_word: merges the pair that is commonest in this word, as training does, and asks for the rank only among equals
# -> _commonest_here
def encode_word(word: bytes, ranks: dict[tuple[int, int], int]) -> list[int]:
    tokens = list(word)
    while True:
        counts = Counter(p for p in zip(tokens, tokens[1:]) if p in ranks)
        if not counts:
            return tokens
        pair = min(counts, key=lambda p: (-counts[p], ranks[p]))
        tokens = merge(tokens, pair, 256 + ranks[pair])

# %% decode: decodes each token alone, so that a character in two tokens becomes two signs for broken text
# -> _token_by_token
def decode(tokens: list[int], merges: list[tuple[int, int]]) -> str:
    def string(token):
        if token < 256:
            return bytes([token])
        left, right = merges[token - 256]
        return string(left) + string(right)

    text = ""
    for token in tokens:
        text += str(string(token), "utf-8", "replace")
    return text

# %% decode: treats each byte as a character (chr), so that all beyond ASCII comes out wrong
# -> _byte_for_character
def decode(tokens: list[int], merges: list[tuple[int, int]]) -> str:
    strings = [chr(i) for i in range(256)]
    for left, right in merges:
        strings.append(strings[left] + strings[right])
    return "".join(strings[token] for token in tokens)

# %% encode_with_specials: escapes the joined pattern, so that the bar between two specials is escaped, too
# -> _joined_then_escaped
def encode_with_specials(text: str, specials: dict[str, int], encode) -> list[int]:
    if not specials:
        return encode(text)
    tokens = []
    longest_first = sorted(specials, key=len, reverse=True)
    for part in re.split("(" + re.escape("|".join(longest_first)) + ")", text):
        if part in specials:
            tokens.append(specials[part])
        else:
            tokens.extend(encode(part))
    return tokens

# %% encode_with_specials: leaves out the brackets, so that re.split throws the specials away
# -> _specials_dropped
def encode_with_specials(text: str, specials: dict[str, int], encode) -> list[int]:
    if not specials:
        return encode(text)
    tokens = []
    longest_first = sorted(specials, key=len, reverse=True)
    for part in re.split("|".join(re.escape(s) for s in longest_first), text):
        if part in specials:
            tokens.append(specials[part])
        else:
            tokens.extend(encode(part))
    return tokens

# %% bits_per_byte: takes the logarithm of the loss (log2) instead of changing the unit
# -> _log_of_the_loss
def bits_per_byte(loss: float, tokens: int, text: str) -> float:
    return math.log2(loss) * tokens / len(text.encode("utf-8"))

# %% pair_counts: keeps the largest count of a word, adds nothing
# -> wrong value
def pair_counts(words):
    counts = {}
    for word, n in words.items():
        for i in range(len(word) - 1):
            p = (word[i], word[i + 1])
            counts[p] = max(counts.get(p, 0), n)
    return counts

# %% merge: looks at the second token of the pair alone
# -> _second_alone_decides
def merge(tokens, pair, new):
    out = []
    for t in tokens:
        if out and t == pair[1]:
            out[-1] = new
        else:
            out.append(t)
    return out

# %% merge: replaces each token of the pair by the new one
# -> _each_token_replaced
def merge(tokens, pair, new):
    return [new if t in pair else t for t in tokens]

# %% merge: a new token merges again with what follows
# -> _merged_again
def merge(tokens, pair, new):
    out = []
    for t in tokens:
        if out and out[-1] in (pair[0], new) and t == pair[1]:
            out[-1] = new
        else:
            out.append(t)
    return out

# %% train: most_common of a Counter
# -> _first_of_equals_met
def train(words, n):
    text = {tuple(w): c for w, c in words.items()}
    merges = []
    for i in range(n):
        counts = Counter(pair_counts(text))
        if not counts:
            break
        best = counts.most_common(1)[0][0]
        merges.append(best)
        text = {tuple(merge(list(w), best, 256 + i)): c for w, c in text.items()}
    return merges

# %% train: what merge returns is thrown away
# -> _never_merged
def train(words, n):
    text = {tuple(w): c for w, c in words.items()}
    merges = []
    for i in range(n):
        counts = pair_counts(text)
        if not counts:
            break
        best = min(counts, key=lambda p: (-counts[p], p))
        for w in text:
            merge(list(w), best, 256 + i)
        merges.append(best)
    return merges

# %% train: numbers from the largest byte of the words
# -> _numbered_from_the_largest
def train(words, n):
    text = {tuple(w): c for w, c in words.items()}
    merges = []
    new = max([max(w) for w in text if w], default=255) + 1
    for i in range(n):
        counts = pair_counts(text)
        if not counts:
            break
        best = min(counts, key=lambda p: (-counts[p], p))
        text = {tuple(merge(list(w), best, new + i)): c for w, c in text.items()}
        merges.append(best)
    return merges

# %% pieces: str.split at each space, which begins the next piece
# -> _cut_at_spaces_only
def pieces(text):
    return [(" " if i else "") + w for i, w in enumerate(text.split(" "))]

# %% pieces: a space joins letters only
# -> _joins_letters_alone
def pieces(text):
    return re.findall(r" ?[^\W\d_]+|\d+|(?:[^\w\s]|_)+|\s+", text)

# %% pieces: a space is cut off from longer white space
# -> _space_cut_off
def pieces(text):
    return re.findall(r" ?[^\W\d_]+| ?\d+| ?(?:[^\w\s]|_)+| |\s+", text)

# %% encode_word: the rules from the last to the first
# -> _last_rule_first
def encode_word(word, ranks):
    tokens = list(word)
    for pair in sorted(ranks, key=ranks.get, reverse=True):
        tokens = merge(tokens, pair, 256 + ranks[pair])
    return tokens

# %% encode_word: one place in each round, the rightmost
# -> _rightmost_place
def encode_word(word, ranks):
    tokens = list(word)
    while True:
        known = [(ranks[p], i) for i, p in enumerate(zip(tokens, tokens[1:])) if p in ranks]
        if not known:
            return tokens
        r, i = max(known, key=lambda k: (-k[0], k[1]))
        tokens[i : i + 2] = [256 + r]

# %% decode: as ASCII
# -> _as_ascii
def decode(tokens, merges):
    s = [bytes([i]) for i in range(256)]
    for a, b in merges:
        s.append(s[a] + s[b])
    return b"".join(s[t] for t in tokens).decode("ascii", errors="replace")

# %% decode: the first merge is token 255
# -> wrong value
def decode(tokens, merges):
    s = [bytes([i]) for i in range(255)]
    for a, b in merges:
        s.append(s[a % 255] + s[b % 255])
    return b"".join(s[t % len(s)] for t in tokens).decode(errors="replace")

# %% decode: leaves out merged tokens
# -> _bytes_alone
def decode(tokens, merges):
    return bytes(t for t in tokens if t < 256).decode(errors="replace")

# %% encode_with_specials: cuts once
# -> _one_cut
def encode_with_specials(text, specials, encode):
    for s in sorted(specials, key=len, reverse=True):
        if s in text:
            a, b = text.split(s, 1)
            return encode(a) + [specials[s]] + encode(b)
    return encode(text)

# %% encode_with_specials: split at spaces
# -> _cut_at_spaces
def encode_with_specials(text, specials, encode):
    out = []
    for w in text.split(" "):
        out += [specials[w]] if w in specials else encode(w)
    return out

# %% bits_per_byte: e to the loss
# -> _e_to_the_loss
def bits_per_byte(loss, tokens, text):
    return math.exp(loss) * tokens / len(text.encode())

# %% bits_per_byte: bytes of UTF-16
# -> wrong value
def bits_per_byte(loss, tokens, text):
    return loss / math.log(2) * tokens / len(text.encode("utf-16"))

# %% bits_per_byte: shared among words
# -> _per_word
def bits_per_byte(loss, tokens, text):
    return loss / math.log(2) * tokens / len(text.split())

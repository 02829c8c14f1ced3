# Wrong answers to the exercises of languages: the exercise, then the true cause.

# %% encipher: replaces symbol by symbol, one after the other
# -> _in_turns
def encipher(text, key):
    result = text
    for symbol in key:
        result = result.replace(symbol, key[symbol])
    return result

# %% encipher: looks up the stand-ins
# -> _backwards
def encipher(text, key):
    turned = {v: k for k, v in key.items()}
    return "".join(turned.get(c, c) for c in text)

# %% encipher: leaves out what isn't in the key
# -> _drops
def encipher(text, key):
    return "".join(key.get(c, "") for c in text)

# %% encipher: no join
# -> _list
def encipher(text, key):
    return [key[c] if c in key else c for c in text]

# %% encipher: raises "KeyError: ' '"
# -> raised
def encipher(text, key):
    return "".join(key[c] for c in text)

# %% encipher: raises "TypeError: replace() argument 1"
# -> raised
def encipher(text, key):
    return text.replace(key, key)

# %% inverse: doesn't look for two with one stand-in
# -> _last_wins
def inverse(key):
    return dict(zip(key.values(), key))

# %% inverse: gives the key back
# -> _same
def inverse(key):
    if len(set(key.values())) != len(key):
        return None
    return key

# %% inverse: wants the same symbols on both sides
# -> _same_alphabet
def inverse(key):
    if sorted(key) != sorted(key.values()):
        return None
    return {v: k for k, v in key.items()}

# %% inverse: raises "ValueError: too many values to unpack"
# -> raised
def inverse(key):
    return {new: old for old, new in [list(key) + [0, 0, 0]]}

# %% inverse: raises "TypeError: unhashable type: 'list'"
# -> raised
def inverse(key):
    return {[new]: old for old, new in key.items()}

# %% log_score: only rows
# -> _rows_only
def log_score(counts, key, logp):
    return np.sum(logp[key, :] * counts)

# %% log_score: reorders the counts
# -> _counts_reordered
def log_score(counts, key, logp):
    return (counts[np.ix_(key, key)] * logp).sum()

# %% log_score: the diagonal
# -> _diagonal
def log_score(counts, key, logp):
    return np.sum(counts * logp[key, key])

# %% log_score: the mean
# -> _mean_score
def log_score(counts, key, logp):
    return np.sum(counts * logp[np.ix_(key, key)]) / np.sum(counts)

# %% log_score: each pair once
# -> _each_once
def log_score(counts, key, logp):
    return np.sum((counts > 0) * logp[key][:, key])

# %% log_score: raises "IndexError: too many indices for array"
# -> raised
def log_score(counts, key, logp):
    return (counts * logp[key[:, 0]]).sum()

# %% log_score: raises "TypeError: only"
# -> raised
def log_score(counts, key, logp):
    return math.exp((counts * logp[key][:, key]))

# %% keep: climbs only
# -> _climbs
def keep(gain, temperature, u):
    return gain > -1e-12

# %% keep: the wrong way round
# -> _turned
def keep(gain, temperature, u):
    if gain >= 0:
        return True
    return math.exp(gain / temperature) < u

# %% keep: no temperature
# -> _no_temperature
def keep(gain, temperature, u):
    return gain >= 0 or math.exp(gain) > u

# %% keep: always half
# -> _half
def keep(gain, temperature, u):
    return True if gain >= 0 else u < 0.5

# %% keep: raises "OverflowError: math range error"
# -> raised
def keep(gain, temperature, u):
    return u < math.exp(gain / temperature)

# %% keep: raises "TypeError: keep() missing"
# -> raised
def keep(gain, temperature, u):
    return gain >= 0 or keep(gain)

# %% search: the refused exchange stays, in a loop over numbers
# -> _never_undone
def search(key, score, moves, temperatures):
    key = key.copy()
    old = best_score = score(key)
    best = key.copy()
    for n in range(len(moves)):
        i, j, u = moves[n]
        key[[i, j]] = key[[j, i]]
        new = score(key)
        if keep(new - old, temperatures[n], u):
            old = new
        if old > best_score:
            best, best_score = key.copy(), old
    return best, best_score

# %% search: mended, but the copy was dropped
# -> located
def search(key, score, moves, temperatures):
    key = key.copy()
    old = score(key)
    best, best_score = key, old
    for (i, j, u), temperature in zip(moves, temperatures):
        key[i], key[j] = key[j], key[i]
        new = score(key)
        if keep(new - old, temperature, u):
            old = new
            if new > best_score:
                best, best_score = key, new
        else:
            key[i], key[j] = key[j], key[i]
    return best, best_score

# %% search: goes back to the best key after a refusal
# -> wrong value
def search(key, score, moves, temperatures):
    key = key.copy()
    old = score(key)
    best, best_score = key.copy(), old
    for (i, j, u), temperature in zip(moves, temperatures):
        key[i], key[j] = key[j], key[i]
        new = score(key)
        if keep(new - old, temperature, u):
            old = new
            if new > best_score:
                best, best_score = key.copy(), new
        else:
            key, old = best.copy(), best_score
    return best, best_score

# %% search: raises "AttributeError: 'list' object has no attribute"
# -> raised
def search(key, score, moves, temperatures):
    key = list(key)
    return key.astype(int), score(key)

# %% search: raises "UnboundLocalError"
# -> raised
def search(key, score, moves, temperatures):
    for (i, j, u), temperature in zip(moves, temperatures):
        if keep(score(key) - old, temperature, u):
            old = score(key)
    return key, old

# %% unicity: nats and bits mixed
# -> _mixed_units
def unicity(size, loss):
    return math.log2(math.factorial(size)) / (math.log2(size) - loss)

# %% unicity: divides by the loss
# -> _by_loss
def unicity(size, loss):
    return math.log2(math.factorial(size)) / (loss / math.log(2))

# %% unicity: lgamma of size
# -> _gamma
def unicity(size, loss):
    return math.lgamma(size) / math.log(2) / (math.log2(size) - loss / math.log(2))

# %% unicity: no loss
# -> _no_loss
def unicity(size, loss):
    return math.log2(math.factorial(size)) / math.log2(size)

# %% unicity: raises "OverflowError: int too large to convert"
# -> raised
def unicity(size, loss):
    return math.log(float(math.factorial(size))) / (math.log(size) - loss)

# %% unicity: raises "AttributeError: module 'math' has no attribute 'log2factorial'"
# -> raised
def unicity(size, loss):
    return math.log2factorial(size) / (math.log(size) - loss)

# %% speak: the ending on the noun
# -> _on_the_noun
def speak(meaning, lexicon):
    s, sa, sp, v, past, o, oa, op = meaning
    a = (lexicon[s][:2] if sp else "") + lexicon[s] + (" e " + lexicon[sa] if sa else "")
    b = (lexicon[o][:2] if op else "") + lexicon[o] + "k" + (" e " + lexicon[oa] if oa else "")
    return f"{a} {b} {'ta' if past else ''}{lexicon[v]}"

# %% speak: verb in the middle
# -> _english_order
def speak(meaning, lexicon):
    s, sa, sp, v, past, o, oa, op = meaning
    a = (lexicon[s][:2] if sp else "") + lexicon[s] + (" e " + lexicon[sa] if sa else "")
    b = (lexicon[o][:2] if op else "") + lexicon[o] + (" e " + lexicon[oa] if oa else "") + "k"
    return f"{a} {'ta' if past else ''}{lexicon[v]} {b}"

# %% speak: no plural
# -> _no_plural
def speak(meaning, lexicon):
    s, sa, sp, v, past, o, oa, op = meaning
    a = lexicon[s] + (" e " + lexicon[sa] if sa else "")
    b = lexicon[o] + (" e " + lexicon[oa] if oa else "") + "k"
    return f"{a} {b} {'ta' if past else ''}{lexicon[v]}"

# %% speak: raises "KeyError: ''"
# -> raised
def speak(meaning, lexicon):
    return lexicon[meaning[1]]

# %% speak: raises "TypeError: can only concatenate str"
# -> raised
def speak(meaning, lexicon):
    return lexicon[meaning[0]] + meaning[2]

# %% nearest: as sets
# -> _as_sets
def nearest(meaning, known):
    return max(known, key=lambda m: len(set(m) & set(meaning)))

# %% nearest: the last of equals
# -> _last_of_equals
def nearest(meaning, known):
    best, least = None, 99
    for m in known:
        d = sum(a != b for a, b in zip(m, meaning))
        if d <= least:
            best, least = m, d
    return best

# %% nearest: its number
# -> _number_of_it
def nearest(meaning, known):
    d = [sum(a != b for a, b in zip(m, meaning)) for m in known]
    return d.index(min(d))

# %% nearest: raises "TypeError: 'bool' object is not iterable"
# -> raised
def nearest(meaning, known):
    return min(known, key=lambda m: sum(m != meaning))

# %% nearest: raises "TypeError: unhashable"
# -> raised
def nearest(meaning, known):
    return min(known, key=lambda m: len({list(m)} - {list(meaning)}))

# %% encipher: replaces one symbol after the other in the whole text, so stand-ins are replaced again
# -> _in_turns
def encipher(text: str, key: dict[str, str]) -> str:
    for old in key:
        text = text.replace(old, key[old])
    return text

# %% encipher: drops the symbols that are not in the key
# -> _drops
def encipher(text: str, key: dict[str, str]) -> str:
    result = ""
    for symbol in text:
        if symbol in key:
            result += key[symbol]
    return result

# %% inverse: never returns None where two symbols share a stand-in
# -> _last_wins
def inverse(key: dict[str, str]) -> dict[str, str] | None:
    return dict(zip(key.values(), key.keys()))

# %% inverse: takes any stand-in that is also a symbol of the key for a clash
# -> _chains
def inverse(key: dict[str, str]) -> dict[str, str] | None:
    back = {}
    for symbol, stand_in in key.items():
        if stand_in in back or stand_in in key:
            return None
        back[stand_in] = symbol
    return back

# %% log_score: permutes the rows only, the second sign is not read with the key
# -> _rows_only
def log_score(counts: np.ndarray, key: np.ndarray, logp: np.ndarray) -> float:
    return float(np.sum(counts * logp[key]))

# %% log_score: undoes the key instead of applying it (reorders the counts by the key)
# -> _counts_reordered
def log_score(counts: np.ndarray, key: np.ndarray, logp: np.ndarray) -> float:
    total = 0.0
    for i in range(len(key)):
        for j in range(len(key)):
            total += counts[key[i], key[j]] * logp[i, j]
    return total

# %% log_score: counts each kind of pair once, however often it occurs
# -> _each_once
def log_score(counts: np.ndarray, key: np.ndarray, logp: np.ndarray) -> float:
    first, second = np.nonzero(counts)
    return logp[key[first], key[second]].sum()

# %% keep: multiplies by the temperature instead of dividing
# -> _times
def keep(gain: float, temperature: float, u: float) -> bool:
    if gain >= 0:
        return True
    return u < math.exp(gain * temperature)

# %% keep: the random number is compared the wrong way round
# -> _turned
def keep(gain: float, temperature: float, u: float) -> bool:
    if gain >= 0:
        return True
    probability = math.exp(gain / temperature)
    return u > probability

# %% search: after a refusal it goes back to the best key instead of the last one kept
# -> _back_to_the_best
def search(key: np.ndarray, score, moves: list, temperatures: list) -> tuple[np.ndarray, float]:
    key = key.copy()
    old = score(key)
    best, best_score = key.copy(), old
    for (i, j, u), temperature in zip(moves, temperatures):
        key[i], key[j] = key[j], key[i]
        new = score(key)
        if keep(new - old, temperature, u):
            old = new
            if new > best_score:
                best, best_score = key.copy(), new
        else:
            key = best.copy()
    return best, best_score

# %% search: the undo stands in the wrong branch (undone where there is no new best, also when kept)
# -> _only_bests_stay
def search(key: np.ndarray, score, moves: list, temperatures: list) -> tuple[np.ndarray, float]:
    key = key.copy()
    old = score(key)
    best, best_score = key.copy(), old
    for (i, j, u), temperature in zip(moves, temperatures):
        key[i], key[j] = key[j], key[i]
        new = score(key)
        if keep(new - old, temperature, u):
            old = new
            if new > best_score:
                best, best_score = key.copy(), new
            else:
                key[i], key[j] = key[j], key[i]
    return best, best_score

# %% search: the kept key is stored without a copy, so it moves along with every exchange
# -> _never_undone
def search(key: np.ndarray, score, moves: list, temperatures: list) -> tuple[np.ndarray, float]:
    current = key.copy()
    old = score(current)
    best, best_score = current.copy(), old
    kept = current
    for (i, j, u), temperature in zip(moves, temperatures):
        current[i], current[j] = current[j], current[i]
        new = score(current)
        if keep(new - old, temperature, u):
            old = new
            kept = current
            if new > best_score:
                best, best_score = current.copy(), new
        else:
            current = kept
    return best, best_score

# %% search: returns the last key that was kept instead of the best one
# -> _last_kept
def search(key: np.ndarray, score, moves: list, temperatures: list) -> tuple[np.ndarray, float]:
    key = key.copy()
    old = score(key)
    for (i, j, u), temperature in zip(moves, temperatures):
        trial = key.copy()
        trial[[i, j]] = trial[[j, i]]
        new = score(trial)
        if keep(new - old, temperature, u):
            key, old = trial, new
    return key, old

# %% unicity: the loss stays in nats while the rest is in bits
# -> _mixed_units
def unicity(size: int, loss: float) -> float:
    key_bits = math.log2(math.factorial(size))
    return key_bits / (math.log2(size) - loss)

# %% unicity: the key has size to the power of size possibilities, as if stand-ins could repeat
# -> _free_choices
def unicity(size: int, loss: float) -> float:
    key = size * math.log(size)
    return key / (math.log(size) - loss)

# %% speak: the ending of whom stands on the noun, before the adjective
# -> _on_the_noun
def speak(meaning: tuple, lexicon: dict[str, str]) -> str:
    who, which, many, verb, past, whom, whom_which, whom_many = meaning

    def phrase(noun, adjective, several, ending):
        word = lexicon[noun]
        if several:
            word = word[:2] + word
        word += ending
        if adjective:
            word += " e " + lexicon[adjective]
        return word

    said = "ta" + lexicon[verb] if past else lexicon[verb]
    return phrase(who, which, many, "") + " " + phrase(whom, whom_which, whom_many, "k") + " " + said

# %% speak: many says the whole noun twice instead of its first two letters
# -> _whole_noun_twice
def speak(meaning: tuple, lexicon: dict[str, str]) -> str:
    def phrase(noun, adjective, several):
        word = lexicon[noun] * 2 if several else lexicon[noun]
        return f"{word} e {lexicon[adjective]}" if adjective else word

    verb = ("ta" if meaning[4] else "") + lexicon[meaning[3]]
    return f"{phrase(*meaning[:3])} {phrase(*meaning[5:])}k {verb}"

# %% speak: the mark of the past is forgotten
# -> _no_past
def speak(meaning: tuple, lexicon: dict[str, str]) -> str:
    words = []
    for noun, adjective, several in (meaning[:3], meaning[5:]):
        word = lexicon[noun]
        if several:
            word = word[0:2] + word
        if adjective != "":
            word = word + " e " + lexicon[adjective]
        words.append(word)
    words[1] += "k"
    words.append(lexicon[meaning[3]])
    return " ".join(words)

# %% nearest: of several that differ equally it takes the last
# -> _last_of_equals
def nearest(meaning: tuple, known: list[tuple]) -> tuple:
    best, fewest = None, len(meaning) + 1
    for candidate in known:
        differ = 0
        for a, b in zip(candidate, meaning):
            if a != b:
                differ += 1
        if differ <= fewest:
            best, fewest = candidate, differ
    return best

# %% nearest: compares the words as sets, so that places do not count
# -> _as_sets
def nearest(meaning: tuple, known: list[tuple]) -> tuple:
    return min(known, key=lambda one: len(set(meaning) - set(one)))

# %% speak: looks the adjective up before it asks whether there is one
# -> raised
def speak(meaning: tuple, lexicon: dict[str, str]) -> str:
    words = []
    for start in (0, 5):
        noun, adjective, several = meaning[start : start + 3]
        word = lexicon[noun]
        word = word[:2] * bool(several) + word
        words.append(" e ".join([word] + [lexicon[adjective]] * bool(adjective)))
    return words[0] + " " + words[1] + "k " + "ta" * bool(meaning[4]) + lexicon[meaning[3]]

# %% search: stops at the first refusal
# -> _stops
def search(key, score, moves, temperatures):
    key = key.copy()
    old = score(key)
    best, best_score = key.copy(), old
    for (i, j, u), temperature in zip(moves, temperatures):
        key[i], key[j] = key[j], key[i]
        new = score(key)
        if not keep(new - old, temperature, u):
            break
        old = new
        if new > best_score:
            best, best_score = key.copy(), new
    return best, best_score

# %% search: changes the caller's array
# -> changed its input
def search(key, score, moves, temperatures):
    old = score(key)
    best, best_score = key.copy(), old
    for (i, j, u), temperature in zip(moves, temperatures):
        key[i], key[j] = key[j], key[i]
        new = score(key)
        if keep(new - old, temperature, u):
            old = new
            if new > best_score:
                best, best_score = key.copy(), new
        else:
            key[i], key[j] = key[j], key[i]
    return best, best_score

# %% search: only climbs
# -> _only_bests_stay_and_refused_go
def search(key, score, moves, temperatures):
    key = key.copy()
    old = score(key)
    best, best_score = key.copy(), old
    for (i, j, u), temperature in zip(moves, temperatures):
        key[i], key[j] = key[j], key[i]
        new = score(key)
        if new > old:
            old = new
            best, best_score = key.copy(), new
        else:
            key[i], key[j] = key[j], key[i]
    return best, best_score

# %% search: exchanges the symbols i and j, not the signs
# -> _symbols_exchanged
def search(key, score, moves, temperatures):
    key = key.copy()
    old = score(key)
    best, best_score = key.copy(), old
    for (i, j, u), temperature in zip(moves, temperatures):
        trial = key.copy()
        trial[key == i] = j
        trial[key == j] = i
        new = score(trial)
        if keep(new - old, temperature, u):
            key, old = trial, new
            if new > best_score:
                best, best_score = key.copy(), new
    return best, best_score

# %% encipher: unknown becomes "?"
# -> _spaces
def encipher(text, key):
    return "".join(key.get(c, "?") for c in text)

# %% encipher: in turns, backwards
# -> _in_turns
def encipher(text, key):
    for old, new in reversed(key.items()):
        text = text.replace(old, new)
    return text

# %% inverse: False in place of None
# -> wrong type
def inverse(key):
    back = {v: k for k, v in key.items()}
    return back if len(back) == len(key) else False

# %% log_score: inverse key
# -> _counts_reordered
def log_score(counts, key, logp):
    back = np.argsort(key)
    return (counts * logp[back][:, back]).sum()

# %% log_score: matrix product
# -> _matrix_product
def log_score(counts, key, logp):
    return (counts @ logp[key][:, key]).sum()

# %% log_score: no key
# -> _unread
def log_score(counts, key, logp):
    return (counts * logp).sum()

# %% unicity: ceil
# -> _rounded_up
def unicity(size, loss):
    return math.ceil(math.lgamma(size + 1) / (math.log(size) - loss))

# %% unicity: key log2 size
# -> _one_choice
def unicity(size, loss):
    return math.log(size) / (math.log(size) - loss)

# %% nearest: counts a word wherever it stands
# -> _as_sets
def nearest(meaning, known):
    return max(known, key=lambda one: sum(word in meaning for word in one))

# %% nearest: only words
# -> _words_alone
def nearest(meaning, known):
    return min(known, key=lambda one: sum(a != b for a, b in zip(one, meaning) if isinstance(a, str)))

# %% nearest: compares letter by letter
# -> _letter_by_letter
def nearest(meaning, known):
    return min(known, key=lambda one: sum(x != y for a, b in zip(one, meaning) for x, y in zip(str(a), str(b))))

# %% speak: double the adjective too
# -> _adjective_doubled
def speak(meaning, lexicon):
    def phrase(noun, adjective, many):
        word, adj = lexicon[noun], lexicon.get(adjective, "")
        if many:
            word, adj = word[:2] + word, adj[:2] + adj
        return f"{word} e {adj}" if adj else word
    return f"{phrase(*meaning[:3])} {phrase(*meaning[5:])}k {'ta' * meaning[4]}{lexicon[meaning[3]]}"

# %% speak: whom many forgotten
# -> _second_never_many
def speak(meaning, lexicon):
    def phrase(noun, adjective, many):
        word = lexicon[noun]
        if many:
            word = word[:2] + word
        return f"{word} e {lexicon[adjective]}" if adjective else word
    return f"{phrase(*meaning[:3])} {phrase(meaning[5], meaning[6], False)}k {'ta' * meaning[4]}{lexicon[meaning[3]]}"

# %% speak: the ending stands on who
# -> _ending_on_who
def speak(meaning, lexicon):
    def phrase(noun, adjective, many):
        word = lexicon[noun]
        if many:
            word = word[:2] + word
        return f"{word} e {lexicon[adjective]}" if adjective else word
    return f"{phrase(*meaning[:3])}k {phrase(*meaning[5:])} {'ta' * meaning[4]}{lexicon[meaning[3]]}"

# %% speak: object first
# -> _whom_first
def speak(meaning, lexicon):
    def phrase(noun, adjective, many):
        word = lexicon[noun]
        if many:
            word = word[:2] + word
        return f"{word} e {lexicon[adjective]}" if adjective else word
    return f"{phrase(*meaning[5:])}k {phrase(*meaning[:3])} {'ta' * meaning[4]}{lexicon[meaning[3]]}"

# %% speak: last two letters doubled
# -> _doubled_behind
def speak(meaning, lexicon):
    def phrase(noun, adjective, many):
        word = lexicon[noun]
        if many:
            word = word + word[-2:]
        return f"{word} e {lexicon[adjective]}" if adjective else word
    return f"{phrase(*meaning[:3])} {phrase(*meaning[5:])}k {'ta' * meaning[4]}{lexicon[meaning[3]]}"

# %% speak: e always
# -> _always_joined
def speak(meaning, lexicon):
    def phrase(noun, adjective, many):
        word = lexicon[noun]
        if many:
            word = word[:2] + word
        return f"{word} e {lexicon.get(adjective, '')}"
    return f"{phrase(*meaning[:3])} {phrase(*meaning[5:])}k {'ta' * meaning[4]}{lexicon[meaning[3]]}"

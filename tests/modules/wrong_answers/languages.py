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

# %% encipher: a loop that asks first
def encipher(text, key):
    secret = ""
    for symbol in text:
        if symbol in key:
            secret += key[symbol]
        else:
            secret += symbol
    return secret

# %% encipher: by str.translate
def encipher(text: str, key: dict) -> str:
    return text.translate(str.maketrans(key))

# %% inverse: counts first
def inverse(key):
    if len(set(key.values())) < len(key):
        return None
    return dict(zip(key.values(), key.keys()))

# %% inverse: stops at the first that comes twice
def inverse(key):
    back = {}
    for old in key:
        if key[old] in back:
            return None
        back[key[old]] = old
    return back

# %% log_score: two loops
def log_score(counts, key, logp):
    total = 0.0
    for i in range(len(key)):
        for j in range(len(key)):
            total += counts[i, j] * logp[key[i], key[j]]
    return total

# %% log_score: np.ix_
def log_score(counts, key, logp):
    return np.sum(counts * logp[np.ix_(key, key)])

# %% keep: two returns
def keep(gain, temperature, u):
    if gain >= 0:
        return True
    return u < np.exp(gain / temperature)

# %% keep: the smaller of 1 and the odds
def keep(gain, temperature, u):
    return bool(u < math.exp(min(gain / temperature, 0)))

# %% search: a child of its own, which becomes the key when it is kept
def search(key, score, moves, temperatures):
    key, old = np.array(key), score(key)
    best, best_score = key, old
    for (i, j, u), temperature in zip(moves, temperatures):
        child = key.copy()
        child[[i, j]] = child[[j, i]]
        new = score(child)
        if keep(new - old, temperature, u):
            key, old = child, new
            if new > best_score:
                best, best_score = child, new
    return best, best_score

# %% search: asks for the refusal first
def search(key, score, moves, temperatures):
    key = key.copy()
    old = best_score = score(key)
    best = key.copy()
    for n in range(len(moves)):
        i, j, u = moves[n]
        key[i], key[j] = key[j], key[i]
        new = score(key)
        if not keep(new - old, temperatures[n], u):
            key[i], key[j] = key[j], key[i]
            continue
        old = new
        if old > best_score:
            best_score = old
            best = key.copy()
    return best, best_score

# %% unicity: adds up logs
def unicity(size, loss):
    bits = sum(math.log2(n) for n in range(1, size + 1))
    return bits / (math.log2(size) - loss / math.log(2))

# %% unicity: all of it in nats
def unicity(size, loss):
    return math.lgamma(size + 1) / (math.log(size) - loss)

# %% speak: a list of words
def speak(meaning, lexicon):
    words = []
    for noun, adjective, many in (meaning[:3], meaning[5:]):
        words.append(lexicon[noun][:2] * many + lexicon[noun])
        if adjective:
            words += ["e", lexicon[adjective]]
    words[-1] += "k"
    words.append("ta" * meaning[4] + lexicon[meaning[3]])
    return " ".join(words)

# %% speak: string by string
def speak(meaning, lexicon):
    s, sa, sp, v, past, o, oa, op = meaning
    subject = lexicon[s] if not sp else lexicon[s][:2] + lexicon[s]
    if sa != "":
        subject += " e " + lexicon[sa]
    target = lexicon[o] if not op else lexicon[o][:2] + lexicon[o]
    if oa != "":
        target += " e " + lexicon[oa]
    if past:
        return subject + " " + target + "k ta" + lexicon[v]
    return subject + " " + target + "k " + lexicon[v]

# %% nearest: a loop with the best so far
def nearest(meaning, known):
    best, least = None, len(meaning) + 1
    for one in known:
        differ = 0
        for a, b in zip(meaning, one):
            if a != b:
                differ += 1
        if differ < least:
            best, least = one, differ
    return best

# %% nearest: most places that agree
def nearest(meaning, known):
    agree = [sum(map(lambda a, b: a == b, meaning, one)) for one in known]
    return known[agree.index(max(agree))]

# Right answers in other styles: they pass, and the lesson runs below each of them.

# %% fallen: until nothing changes
def fallen(claims, refuted):
    gone = set(refuted)
    while True:
        before = len(gone)
        for claim in claims:
            if all(gone & set(argument) for argument in claims[claim]):
                gone.add(claim)
        if len(gone) == before:
            return gone

# %% fallen: recursion, what stands
def fallen(claims, refuted):
    def stands(claim):
        if claim in refuted:
            return False
        if claim not in claims:
            return True
        return any(all(stands(r) for r in argument) for argument in claims[claim])

    return {claim for claim in [*claims, *refuted] if not stands(claim)}

# %% table_fails_at: a running product
def table_fails_at(symbols, rows):
    sequences, length = symbols, 1
    while sequences <= rows:
        sequences, length = sequences * symbols, length + 1
    return length

# %% table_fails_at: next over a counter
import itertools

def table_fails_at(symbols, rows):
    return next(n for n in itertools.count(1) if symbols**n > rows)

# %% table_fails_at: divide instead of multiply
def table_fails_at(symbols, rows):
    length = 0
    while rows:
        rows //= symbols
        length += 1
    return max(length, 1)

# %% restored: zip_longest
import itertools

def restored(words):
    half = (len(words) + 1) // 2
    pairs = itertools.zip_longest(words[:half], words[half:])
    return [w for pair in pairs for w in pair if w is not None]

# %% restored: by the order of numbers
def restored(words):
    order = [*range(0, len(words), 2), *range(1, len(words), 2)]
    back = dict(zip(order, words))
    return [back[i] for i in range(len(words))]

# %% restored: one index
def restored(words):
    half = -(-len(words) // 2)
    return [words[i // 2 + half * (i % 2)] for i in range(len(words))]

# %% gap: a mask
def gap(losses, lengths, floor):
    inside = np.arange(losses.shape[1]) < lengths[:, None]
    return (losses * inside).sum() / len(losses) - floor

# %% gap: the mean of sums
def gap(losses, lengths, floor):
    return np.mean([losses[i, :n].sum() for i, n in enumerate(lengths)]) - floor

# %% verdict: the least lead
def verdict(a, b, least):
    if min(y - x for x, y in zip(a, b)) > least:
        return "a"
    if min(x - y for x, y in zip(a, b)) > least:
        return "b"
    return "undecided"

# %% verdict: NumPy
def verdict(a, b, least):
    lead = np.subtract(b, a)
    return "a" if (lead > least).all() else "b" if (lead < -least).all() else "undecided"

# %% posterior: one word at a time, normalised as it goes
def posterior(prior, chances, words):
    rows = [np.array(prior, dtype=float)]
    for word in words:
        row = rows[-1] * chances[:, word]
        rows.append(row / row.sum())
    return np.array(rows)

# %% posterior: logs in a loop
def posterior(prior, chances, words):
    out = np.empty((len(words) + 1, len(prior)))
    with np.errstate(divide="ignore"):
        score = np.log(prior)
        for t in range(len(words) + 1):
            p = np.exp(score - score.max())
            out[t] = p / p.sum()
            if t < len(words):
                score = score + np.log(chances[:, words[t]])
    return out

# %% words_needed: counting up
def words_needed(start, guest, host):
    gain = sum(g * math.log(g / h) for g, h in zip(guest, host) if g > 0)
    odds, n = math.log(start / (1 - start)), 0
    while odds + n * gain <= 0:
        n += 1
    return n

# %% words_needed: NumPy, in bits
def words_needed(start, guest, host):
    with np.errstate(divide="ignore"):
        gain = np.sum(guest * np.log2(np.where(guest > 0, guest / host, 1)))
    need = np.log2(1 - start) - np.log2(start)
    return int(max(0, np.floor(need / gain) + 1))

# %% flips_at: solved the other way round
def flips_at(a, b):
    first, second = a[0] - b[0], b[1] - a[1]
    if (first > 0 and second > 0) or (first < 0 and second < 0):
        return second / (first + second)

# %% flips_at: by who leads at the ends
def flips_at(a, b):
    at_zero, at_one = a[1] - b[1], a[0] - b[0]
    if min(at_zero, at_one) < 0 < max(at_zero, at_one):
        return abs(at_zero) / (abs(at_zero) + abs(at_one))
    return None

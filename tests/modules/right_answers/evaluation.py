# Right answers from the notebook alone, in the styles of other people.

# %% perplexity: sums by np.sum, the empty text left in
def perplexity(nats):
    tokens = sum(text.size for text in nats)
    nats_of_all = np.sum([np.sum(text) for text in nats])
    return np.exp(nats_of_all / tokens)

# %% perplexity: a weighted mean of means
def perplexity(nats: list[np.ndarray]) -> float:
    full = [text for text in nats if len(text)]
    return math.exp(np.average([t.mean() for t in full], weights=[len(t) for t in full]))

# %% spans: a for loop over ends
def spans(length, context, stride):
    out = []
    begin, done = 0, 1
    for _ in range(length):
        if done >= length:
            break
        out.append((begin, done, min(begin + context, length)))
        done = out[-1][2]
        begin += stride
        if begin > done - 1:
            begin = done - 1
    return out

# %% spans: the one line mended, max left where it was
def spans(length, context, stride):
    windows, begin, done = [], 0, 1
    while done < length:
        end = min(begin + context, length)
        windows.append((begin, max(done, begin + 1), end))
        done = end
        begin = min(begin + stride, end - 1)
    return windows

# %% pick: sorted places
def pick(nats, options):
    order = sorted(range(len(nats)), key=lambda i: nats[i])
    each = sorted(range(len(nats)), key=lambda i: nats[i] / len(options[i].encode()))
    return order[0], each[0]

# %% pick: one loop, strict comparison
def pick(nats, options):
    a = b = 0
    for i, option in enumerate(options):
        if nats[i] < nats[a]:
            a = i
        if nats[i] / len(option.encode()) < nats[b] / len(options[b].encode()):
            b = i
    return a, b

# %% above_chance: in per cent, and back
def above_chance(scores, chances):
    points = 100 * (scores - chances) / (100 - 100 * chances)
    return points.sum() / points.size

# %% above_chance: a list
def above_chance(scores, chances):
    return sum([(s - c) / (1 - c) for s, c in zip(scores, chances)]) / len(chances)

# %% paired: NumPy masks, the two tails added
def paired(a, b):
    x = int(np.count_nonzero((a == 1) & (b == 0)))
    y = int(np.count_nonzero((a == 0) & (b == 1)))
    n = x + y
    low = sum(math.comb(n, i) for i in range(0, min(x, y) + 1))
    high = sum(math.comb(n, i) for i in range(max(x, y), n + 1))
    return min((low + high) / 2**n, 1)

# %% paired: a recursion for the coin
def paired(a, b):
    x, y = int(sum(a > b)), int(sum(b > a))
    n, k = x + y, min(x, y)
    term, total = 0.5**n, 0.0
    for i in range(k + 1):
        total += term
        term *= (n - i) / (i + 1)
    return min(1.0, 2 * total)

# %% bradley_terry: until nothing moves
def bradley_terry(wins):
    votes = wins + wins.T
    p = np.full(len(wins), 1.0)
    while True:
        new = wins.sum(1) / (votes / np.add.outer(p, p)).sum(1)
        new /= np.exp(np.log(new).mean())
        if np.abs(np.log(new / p)).max() < 1e-9:
            return 400 * np.log10(new)
        p = new

# %% bradley_terry: one player after the other
def bradley_terry(wins):
    p = np.ones(len(wins))
    for _ in range(200):
        for i in range(len(p)):
            others = [j for j in range(len(p)) if j != i]
            p[i] = wins[i].sum() / sum((wins[i, j] + wins[j, i]) / (p[i] + p[j]) for j in others)
    r = 400 * np.log10(p)
    return r - np.mean(r)

# %% leaked: a list of lists, no set
def leaked(item, training, n):
    w, t = item.split(), training.split()
    known = [t[i:i + n] for i in range(len(t))]
    runs = [w[i:i + n] for i in range(len(w) - n + 1)]
    hits = [run for run in runs if run in known]
    return len(hits) / len(runs) if runs else 0

# %% leaked: a loop with a guard
def leaked(item, training, n):
    words = item.split()
    if len(words) < n:
        return 0.0
    text = " " + " ".join(training.split()) + " "
    found = 0
    for i in range(len(words) - n + 1):
        found += " " + " ".join(words[i:i + n]) + " " in text
    return found / (len(words) - n + 1)

# %% unbiased: the odds first
def unbiased(first_with_a, first_with_b):
    one = first_with_a / (1 - first_with_a)
    two = first_with_b / (1 - first_with_b)
    return math.log(one / two) / 2, math.log(one * two) / 2

# %% unbiased: two equations solved
def unbiased(first_with_a, first_with_b):
    logs = [np.log(s) - np.log(1 - s) for s in (first_with_a, first_with_b)]
    return tuple(np.linalg.solve([[1, 1], [-1, 1]], logs))

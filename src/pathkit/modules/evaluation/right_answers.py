# Right answers in other styles: they pass, and the lesson runs below each of them.

# %% perplexity: one long array
def perplexity(nats):
    return np.exp(np.concatenate(nats).mean())

# %% perplexity: a loop over tokens
def perplexity(texts):
    total, count = 0.0, 0
    for text in texts:
        for cost in text:
            total += cost
            count += 1
    return math.e ** (total / count)

# %% spans: from the scored tokens back
def spans(length, context, stride):
    result = []
    begin = 0
    first = 1
    while first < length:
        end = begin + context
        if end > length:
            end = length
        result.append([begin, first, end])
        first = end
        begin += stride
        if begin >= first:
            begin = first - 1
    return result

# %% spans: recursion
def spans(length, context, stride, begin=0, done=1):
    if done >= length:
        return []
    end = min(begin + context, length)
    rest = spans(length, context, stride, min(begin + stride, end - 1), end)
    return [(begin, done, end)] + rest

# %% pick: arrays
def pick(nats, options):
    nats = np.array(nats)
    sizes = np.array([len(o.encode("utf-8")) for o in options])
    return int(nats.argmin()), int((nats / sizes).argmin())

# %% pick: min with a key
def pick(nats, options):
    places = range(len(nats))
    by_byte = lambda i: nats[i] / len(bytes(options[i], "utf-8"))
    return [min(places, key=nats.__getitem__), min(places, key=by_byte)]

# %% above_chance: one minus what is missing
def above_chance(scores, chances):
    return float(np.mean(1 - (1 - scores) / (1 - chances)))

# %% above_chance: a loop
def above_chance(scores, chances):
    total = 0
    for score, chance in zip(scores, chances):
        total += (score - chance) / (1 - chance)
    return total / len(scores)

# %% paired: a loop over questions
def paired(a, b):
    wins = [0, 0]
    for x, y in zip(a, b):
        if x != y:
            wins[int(y)] += 1
    n, k = sum(wins), min(wins)
    if wins[0] == wins[1]:
        return 1.0
    return 2 * sum(math.comb(n, i) for i in range(k + 1)) * 0.5**n

# %% paired: every split at least as far from the middle
def paired(a, b):
    d = np.array(a) - np.array(b)
    d = d[d != 0]
    n, gap = len(d), abs(int(d.sum()))
    if n == 0:
        return 1
    return sum(math.comb(n, i) / 2**n for i in range(n + 1) if abs(2 * i - n) >= gap)

# %% bradley_terry: gradient ascent on the logs
def bradley_terry(wins):
    r, n = np.zeros(len(wins)), wins + wins.T
    for _ in range(400):
        p = 1 / (1 + np.exp(r - r[:, None]))
        slope = wins.sum(axis=1) - (n * p).sum(axis=1)
        q = n * p * (1 - p)
        bend = np.diag(q.sum(axis=1)) - q + 1 / len(r)
        r = r + 0.5 * np.linalg.solve(bend, slope)
    return (r - r.mean()) * 400 / np.log(10)

# %% bradley_terry: loops, and the strengths divided by their mean
def bradley_terry(wins):
    m = len(wins)
    p = [1.0] * m
    for _ in range(600):
        new = []
        for i in range(m):
            below = sum((wins[i, j] + wins[j, i]) / (p[i] + p[j]) for j in range(m) if j != i)
            new.append(sum(wins[i]) / below)
        p = [x / (sum(new) / m) for x in new]
    logs = np.log10(p)
    return 400 * (logs - np.mean(logs))

# %% leaked: joined words in a set
def leaked(item, training, n):
    def runs(text):
        w = text.split()
        return [" ".join(w[i:i + n]) for i in range(len(w) - n + 1)]
    mine = runs(item)
    if not mine:
        return 0.0
    known = set(runs(training))
    return sum(1 for run in mine if run in known) / len(mine)

# %% leaked: zip of shifted lists
def leaked(item, training, n):
    grams = lambda words: list(zip(*(words[i:] for i in range(n))))
    mine, known = grams(item.split()), grams(training.split())
    return np.mean([run in known for run in mine]) if mine else 0

# %% unbiased: arrays
def unbiased(first_with_a, first_with_b):
    s = np.array([first_with_a, first_with_b])
    x, y = np.log(s) - np.log1p(-s)
    return [(x - y) / 2, (x + y) / 2]

# %% unbiased: a helper
def unbiased(a, b):
    def logit(s):
        return -math.log(1 / s - 1)
    bias = (logit(a) + logit(b)) / 2
    return logit(a) - bias, bias

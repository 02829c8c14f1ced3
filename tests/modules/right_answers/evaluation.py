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

# %% perplexity: all texts joined, one mean
def perplexity(nats: list[np.ndarray]) -> float:
    return np.exp(np.concatenate(nats).mean())

# %% spans: beginnings on a grid of strides, moved back where needed
def spans(length: int, context: int, stride: int) -> list[tuple[int, int, int]]:
    windows = []
    done, number = 1, 0
    while done < length:
        begin = number * stride
        if begin >= done:
            begin = done - 1
        end = begin + context if begin + context < length else length
        windows.append((begin, done, end))
        done, number = end, number + 1
    return windows

# %% pick: min with a key
def pick(nats: list[float], options: list[str]) -> tuple[int, int]:
    places = range(len(options))
    return (min(places, key=lambda i: nats[i]),
            min(places, key=lambda i: nats[i] / len(bytes(options[i], "utf8"))))

# %% above_chance: a loop over the tests
def above_chance(scores: np.ndarray, chances: np.ndarray) -> float:
    total = 0
    for score, chance in zip(scores, chances):
        total += 1 - (1 - score) / (1 - chance)
    return total / len(scores)

# %% paired: adds up both tails, every split at least as far from even
def paired(a: np.ndarray, b: np.ndarray) -> float:
    a, b = a.tolist(), b.tolist()
    only_a = sum(1 for x, y in zip(a, b) if x and not y)
    only_b = sum(1 for x, y in zip(a, b) if y and not x)
    n = only_a + only_b
    far = abs(only_a - only_b)
    return sum(math.comb(n, i) for i in range(n + 1) if abs(2 * i - n) >= far) * 0.5**n

# %% bradley_terry: one strength after the other, each with the newest of the rest, until it stands
def bradley_terry(wins: np.ndarray) -> np.ndarray:
    size = len(wins)
    p = [1.0] * size
    for _ in range(5000):
        before = list(p)
        for i in range(size):
            below = sum((wins[i, j] + wins[j, i]) / (p[i] + p[j]) for j in range(size) if j != i)
            p[i] = wins[i].sum() / below
        if max(abs(math.log(x / y)) for x, y in zip(p, before)) < 1e-9:
            break
    ratings = np.array([400 * math.log10(x) for x in p])
    return ratings - ratings.mean()

# %% unbiased: by the inverse of tanh, since half the log odds of s is atanh(2s - 1)
def unbiased(first_with_a: float, first_with_b: float) -> tuple[float, float]:
    x, y = math.atanh(2 * first_with_a - 1), math.atanh(2 * first_with_b - 1)
    return x - y, x + y

# %% leaked: slices of the list of words compared one by one
def leaked(item: str, training: str, n: int) -> float:
    words, text = item.split(), training.split()
    if len(words) < n:
        return 0.0
    runs = [words[i : i + n] for i in range(len(words) - n + 1)]
    found = sum(any(run == text[j : j + n] for j in range(len(text) - n + 1)) for run in runs)
    return found / len(runs)

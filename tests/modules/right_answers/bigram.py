# %% count_pairs: all names in one text, one boundary between two names serves both
def count_pairs(names: list[str], index: dict[str, int]) -> np.ndarray:
    V = len(index)
    codes = np.array([index[s] for s in "." + ".".join(names) + "."])
    return np.bincount(codes[:-1] * V + codes[1:], minlength=V * V).reshape(V, V)


# %% count_pairs: a Counter of pairs, written into the table afterwards
def count_pairs(names: list[str], index: dict[str, int]) -> np.ndarray:
    from collections import Counter

    pairs = Counter()
    for name in names:
        symbols = [".", *name, "."]
        pairs.update((symbols[t], symbols[t + 1]) for t in range(len(symbols) - 1))
    table = np.zeros((len(index), len(index)), dtype=np.int32)
    for (first, second), times in pairs.items():
        table[index[first], index[second]] = times
    return table


# %% probabilities: a list comprehension over rows
def probabilities(counts: np.ndarray) -> np.ndarray:
    return np.array([row / sum(row) for row in counts])


# %% probabilities: turned on its side twice
def probabilities(counts: np.ndarray) -> np.ndarray:
    return (counts.T / np.einsum("ij->i", counts)).T


# %% mean_nll: index arrays for all names at once
def mean_nll(names: list[str], P: np.ndarray, index: dict[str, int]) -> float:
    codes = np.array([index[s] for s in "." + ".".join(names) + "."])
    return float(-np.log(P[codes[:-1], codes[1:]]).mean())


# %% mean_nll: a running total and a running number of pairs
def mean_nll(names: list[str], P: np.ndarray, index: dict[str, int]) -> float:
    total, pairs = 0.0, 0
    for name in names:
        previous = index["."]
        for symbol in name + ".":
            total += np.log(P[previous, index[symbol]])
            pairs += 1
            previous = index[symbol]
    return -total / pairs


# %% broken_name: the hint's pair in something like a name
broken_name = "qxavier"

# %% broken_name: several pairs that nobody has
broken_name = "z" + "qxjwvq"

# %% smoothed: the row's sum grows by k for each column
def smoothed(counts: np.ndarray, k: float) -> np.ndarray:
    n, m = counts.shape
    totals = counts.sum(axis=1) + m * k
    return (counts + k) / totals[:, np.newaxis]


# %% smoothed: cell by cell
def smoothed(counts: np.ndarray, k: float) -> np.ndarray:
    P = np.full(counts.shape, float(k))
    P += counts
    for i in range(P.shape[0]):
        row_sum = sum(P[i])
        for j in range(P.shape[1]):
            P[i, j] /= row_sum
    return P


# %% next_symbol: a loop with a running sum
def next_symbol(row: np.ndarray, u: float) -> int:
    running = 0.0
    for i, p in enumerate(row):
        running += p
        if running > u:
            return i
    return len(row) - 1


# %% next_symbol: counts the steps of the staircase that don't exceed u
def next_symbol(row: np.ndarray, u: float) -> int:
    staircase = np.add.accumulate(row)
    return int(np.count_nonzero(staircase <= u))


# %% gradient: log-softmax by logaddexp, then einsum
def gradient(W: np.ndarray, counts: np.ndarray) -> np.ndarray:
    P = np.exp(W - np.logaddexp.reduce(W, axis=1, keepdims=True))
    total = counts.sum()
    return np.einsum("ij,ik->ik", counts / total, P) - counts / total


# %% gradient: pair by pair, as the prompt tells it
def gradient(W: np.ndarray, counts: np.ndarray) -> np.ndarray:
    g = np.zeros(W.shape)
    for i, j in np.ndindex(counts.shape):
        e = np.exp(W[i] - W[i].max())
        of_pair = e / e.sum()
        of_pair[j] -= 1
        g[i] += counts[i, j] * of_pair
    return g / np.sum(counts)


# %% descend: in place, with a list filled by number
def descend(counts: np.ndarray, loss, gradient, steps: int, rate: float):
    W = np.zeros_like(counts, dtype=float)
    losses = [0.0] * steps
    for step in range(steps):
        losses[step] = float(loss(W, counts))
        W -= np.multiply(rate, gradient(W, counts))
    return W, losses


# %% descend: a generator of all logits on the way
def descend(counts: np.ndarray, loss, gradient, steps: int, rate: float):
    def walk():
        W = np.zeros(np.shape(counts))
        yield W
        for _ in range(steps):
            W = W - rate * gradient(W, counts)
            yield W

    *before, last = walk()
    return last, [loss(W, counts) for W in before]

# %% count_pairs: a Counter, then the table
from collections import Counter


def count_pairs(names, index):
    pairs = Counter(pair for name in names for pair in zip("." + name, name + "."))
    N = np.zeros((len(index), len(index)), dtype=np.int64)
    for (a, b), n in pairs.items():
        N[index[a], index[b]] = n
    return N


# %% count_pairs: np.add.at over all pairs at once, in int32
def count_pairs(names, index):
    rows, columns = [], []
    for name in names:
        codes = [index["."], *(index[s] for s in name), index["."]]
        rows.extend(codes[:-1])
        columns.extend(codes[1:])
    table = np.zeros((len(index),) * 2, dtype=np.int32)
    np.add.at(table, (rows, columns), 1)
    return table


# %% count_pairs: one number for each pair, counted by bincount
def count_pairs(names, index):
    V = len(index)
    flat = []
    for name in names:
        before = index["."]
        for symbol in name + ".":
            flat.append(V * before + index[symbol])
            before = index[symbol]
    return np.bincount(flat, minlength=V * V).reshape(V, V)


# %% count_pairs: lists of lists, made an array at the end
def count_pairs(names, index):
    table = [[0] * len(index) for _ in index]
    for name in names:
        word = f".{name}."
        for i in range(len(word) - 1):
            table[index[word[i]]][index[word[i + 1]]] += 1
    return np.array(table)


# %% count_pairs: unsigned integers
def count_pairs(names, index):
    N = np.zeros((len(index), len(index)), dtype=np.uint32)
    for name in names:
        for a, b in zip("." + name, name + "."):
            N[index[a], index[b]] += 1
    return N


# %% probabilities: a loop over rows into a table of floats
def probabilities(counts):
    P = np.zeros(counts.shape)
    for i, row in enumerate(counts):
        P[i] = row / row.sum()
    return P


# %% probabilities: the sums get their axis back by None
def probabilities(counts):
    return counts / counts.sum(1)[:, None]


# %% probabilities: transposed twice
def probabilities(counts):
    return (counts.T / counts.sum(axis=1)).T


# %% probabilities: einsum, and lists joined to an array
def probabilities(counts):
    sums = np.einsum("ij->i", counts)
    return np.array([[c / s for c in row] for row, s in zip(counts.tolist(), sums.tolist())])


# %% probabilities: divided in place, in a copy
def probabilities(counts):
    counts = counts.astype(float)
    counts /= counts.sum(axis=-1, keepdims=True)
    return counts


# %% mean_nll: a running sum
def mean_nll(names, P, index):
    total, n = 0.0, 0
    for name in names:
        word = "." + name + "."
        for i in range(len(word) - 1):
            total += -np.log(P[index[word[i]], index[word[i + 1]]])
            n += 1
    return total / n


# %% mean_nll: counts first, then the cells that occur
def mean_nll(names, P, index):
    N = np.zeros(P.shape)
    for name in names:
        for a, b in zip("." + name, name + "."):
            N[index[a], index[b]] += 1
    seen = N > 0
    return -(N[seen] * np.log(P[seen])).sum() / N.sum()


# %% mean_nll: math.log, with infinity for 0
import math


def mean_nll(names, P, index):
    pairs = [pair for name in names for pair in zip("." + name, name + ".")]
    costs = []
    for a, b in pairs:
        p = P[index[a]][index[b]]
        costs.append(-math.log(p) if p > 0 else math.inf)
    return sum(costs) / len(costs)


# %% mean_nll: the logs of the whole table, then an index array
def mean_nll(names, P, index):
    logs = np.log(P)
    text = [[index[s] for s in "." + name + "."] for name in names]
    rows = [i for codes in text for i in codes[:-1]]
    columns = [j for codes in text for j in codes[1:]]
    return np.average(-logs[rows, columns])


# %% mean_nll: scores of names, added up, as a Python float
def mean_nll(names, P, index):
    def score(name):
        word = [index[s] for s in f".{name}."]
        return np.log([P[i, j] for i, j in zip(word[:-1], word[1:])]).sum()

    return float(-sum(map(score, names)) / sum(len(name) + 1 for name in names))


# %% broken_name: two letters that never meet
broken_name = "qx"


# %% broken_name: a longer one, in one of NumPy's strings
broken_name = str(np.array("jqwest"))


# %% smoothed: the sum grows by k for each column
def smoothed(counts, k):
    n = counts.sum(axis=1, keepdims=True)
    return (counts + k) / (n + k * counts.shape[1])


# %% smoothed: a loop over rows
def smoothed(counts, k):
    rows = []
    for row in counts:
        new = [c + k for c in row]
        rows.append([c / sum(new) for c in new])
    return np.array(rows)


# %% smoothed: in place, in a copy
def smoothed(counts, k):
    P = counts.astype(float)
    P += k
    P /= P.sum(axis=1)[:, np.newaxis]
    return P


# %% smoothed: by probabilities of the new table
def smoothed(counts, k):
    return probabilities(counts + k)


# %% next_symbol: a loop with a running sum
def next_symbol(row, u):
    total = 0.0
    for i, p in enumerate(row):
        total += p
        if total > u:
            return i
    return len(row) - 1


# %% next_symbol: searchsorted on the right
def next_symbol(row, u):
    return np.searchsorted(np.cumsum(row), u, side="right")


# %% next_symbol: the number of steps passed
def next_symbol(row, u):
    return (np.cumsum(row) <= u).sum()


# %% next_symbol: the first of the places, as np.nonzero gives it
def next_symbol(row, u):
    return np.nonzero(row.cumsum() > u)[0][0]


# %% next_symbol: what is left of u
def next_symbol(row, u):
    i = 0
    while u >= row[i]:
        u -= row[i]
        i += 1
    return i


# %% gradient: cell by cell
def gradient(W, counts):
    n, m = W.shape
    G = np.zeros((n, m))
    total = counts.sum()
    for i in range(n):
        e = np.exp(W[i] - max(W[i]))
        p = e / sum(e)
        for j in range(m):
            G[i, j] = (sum(counts[i]) * p[j] - counts[i, j]) / total
    return G


# %% gradient: shares of rows times predicted minus seen
def gradient(W, counts):
    N = counts.sum()
    log_P = W - W.max(axis=1, keepdims=True)
    log_P = log_P - np.log(np.exp(log_P).sum(axis=1, keepdims=True))
    return counts.sum(axis=1)[:, None] / N * np.exp(log_P) - counts / N


# %% gradient: with the lesson's softmax and einsum
def gradient(W, counts):
    return np.einsum("ij,i->ij", softmax(W), counts.sum(1)) / counts.sum() - counts / counts.sum()


# %% descend: in place, with a while
def descend(counts, loss, gradient, steps, rate):
    W = np.zeros_like(counts, dtype=float)
    losses = []
    while len(losses) < steps:
        losses.append(loss(W, counts))
        W -= rate * gradient(W, counts)
    return W, losses


# %% descend: keyword calls, a list with its length from the start, a list of two comes back
def descend(counts, loss, gradient, steps, rate):
    n, m = counts.shape
    W = np.zeros((n, m))
    losses = [0.0] * steps
    for step in range(steps):
        slope = gradient(W=W, counts=counts)
        losses[step] = loss(W=W, counts=counts)
        W = W + (-rate) * slope
    return [W, losses]

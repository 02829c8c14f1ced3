# %% count_pairs: an index array adds once to a cell, so a pair twice in one name counts once
def count_pairs(names, index):
    N = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        codes = [index[s] for s in "." + name + "."]
        N[codes[:-1], codes[1:]] += 1
    return N

# %% count_pairs: the pairs of one name are put into a set
def count_pairs(names, index):
    N = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        word = "." + name + "."
        for a, b in set(zip(word, word[1:])):
            N[index[a], index[b]] += 1
    return N

# %% count_pairs: one index array over all names adds once to a cell
def count_pairs(names, index):
    N = np.zeros((len(index), len(index)), dtype=int)
    rows, columns = [], []
    for name in names:
        codes = [index[s] for s in "." + name + "."]
        rows += codes[:-1]
        columns += codes[1:]
    N[rows, columns] += 1
    return N

# %% count_pairs: str.count passes over overlapping pairs
def count_pairs(names, index):
    N = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        word = "." + name + "."
        for a in index:
            for b in index:
                N[index[a], index[b]] += word.count(a + b)
    return N

# %% count_pairs: one byte a cell runs over at 256
def count_pairs(names, index):
    N = np.zeros((len(index), len(index)), dtype=np.uint8)
    for name in names:
        word = "." + name + "."
        for a, b in zip(word, word[1:]):
            N[index[a], index[b]] += 1
    return N

# %% count_pairs: rows in the order of the keys, whatever number they have
def count_pairs(names, index):
    place = {symbol: i for i, symbol in enumerate(index)}
    N = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        word = "." + name + "."
        for a, b in zip(word, word[1:]):
            N[place[a], place[b]] += 1
    return N

# %% count_pairs: every second pair only
def count_pairs(names, index):
    N = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        word = "." + name + "."
        for i in range(0, len(word) - 1, 2):
            N[index[word[i]], index[word[i + 1]]] += 1
    return N

# %% count_pairs: the loop stops one pair too early
def count_pairs(names, index):
    N = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        word = "." + name + "."
        for i in range(len(word) - 2):
            N[index[word[i]], index[word[i + 1]]] += 1
    return N

# %% count_pairs: the loop begins one pair too late
def count_pairs(names, index):
    N = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        word = "." + name + "."
        for i in range(2, len(word)):
            N[index[word[i - 1]], index[word[i]]] += 1
    return N

# %% count_pairs: both directions are counted
def count_pairs(names, index):
    N = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        word = "." + name + "."
        for a, b in zip(word, word[1:]):
            N[index[a], index[b]] += 1
            N[index[b], index[a]] += 1
    return N

# %% count_pairs: return stands inside the loop over names
def count_pairs(names, index):
    N = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        word = "." + name + "."
        for a, b in zip(word, word[1:]):
            N[index[a], index[b]] += 1
        return N

# %% count_pairs: the table is made anew for each name
def count_pairs(names, index):
    for name in names:
        N = np.zeros((len(index), len(index)), dtype=int)
        word = "." + name + "."
        for a, b in zip(word, word[1:]):
            N[index[a], index[b]] += 1
    return N

# %% count_pairs: a cell is set to 1
def count_pairs(names, index):
    N = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        word = "." + name + "."
        for a, b in zip(word, word[1:]):
            N[index[a], index[b]] = 1
    return N

# %% count_pairs: no boundaries
def count_pairs(names, index):
    N = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        for i in range(len(name) - 1):
            N[index[name[i]], index[name[i + 1]]] += 1
    return N

# %% count_pairs: the column is the first symbol
def count_pairs(names, index):
    N = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        word = "." + name + "."
        for a, b in zip(word, word[1:]):
            N[index[b], index[a]] += 1
    return N

# %% count_pairs: the names are joined by single boundaries, so each boundary serves twice
def count_pairs(names, index):
    N = np.zeros((len(index), len(index)), dtype=int)
    text = "." + "".join(name + "." for name in names) + "."
    for a, b in zip(text, text[1:]):
        N[index[a], index[b]] += 1
    return N

# %% count_pairs: raises "IndexError: only integers, slices"
def count_pairs(names, index):
    N = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        word = "." + name + "."
        for a, b in zip(word, word[1:]):
            N[a, b] += 1
    return N

# %% count_pairs: raises "IndexError: string index out of range"
def count_pairs(names, index):
    N = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        word = "." + name + "."
        for i in range(len(word)):
            N[index[word[i]], index[word[i + 1]]] += 1
    return N

# %% count_pairs: raises "is out of bounds for axis"
def count_pairs(names, index):
    N = np.zeros((len(index) - 1, len(index) - 1), dtype=int)
    for name in names:
        word = "." + name + "."
        for a, b in zip(word, word[1:]):
            N[index[a], index[b]] += 1
    return N

# %% probabilities: the shares go into a table of integers
def probabilities(counts):
    P = np.zeros_like(counts)
    for i in range(len(counts)):
        P[i] = counts[i] / counts[i].sum()
    return P

# %% probabilities: integer division
def probabilities(counts):
    return counts // counts.sum(axis=1, keepdims=True)

# %% probabilities: sums of columns
def probabilities(counts):
    return counts / counts.sum(axis=0)

# %% probabilities: sums without keepdims
def probabilities(counts):
    return counts / counts.sum(axis=1)

# %% probabilities: sum of the whole table
def probabilities(counts):
    return counts / np.sum(counts)

# %% probabilities: a small number keeps zeros away from 0
def probabilities(counts):
    return (counts + 1e-10) / (counts + 1e-10).sum(axis=1, keepdims=True)

# %% probabilities: a softmax of the counts
def probabilities(counts):
    e = np.exp(counts)
    return e / e.sum(axis=1, keepdims=True)

# %% probabilities: divided by the mean of the row
def probabilities(counts):
    return counts / counts.mean(axis=1, keepdims=True)

# %% probabilities: divided by the number of columns
def probabilities(counts):
    return counts / counts.shape[1]

# %% probabilities: divided by the length of the row as a vector
def probabilities(counts):
    return counts / np.linalg.norm(counts, axis=1, keepdims=True)

# %% probabilities: percent
def probabilities(counts):
    return 100 * counts / counts.sum(axis=1, keepdims=True)

# %% probabilities: raises "ValueError: operands could not be broadcast"
def probabilities(counts):
    return counts / counts.sum(axis=1)

# %% probabilities: raises "UFuncTypeError: Cannot cast ufunc 'divide' output"
def probabilities(counts):
    counts = counts.copy()
    counts /= counts.sum(axis=1, keepdims=True)
    return counts

# %% mean_nll: 0 times minus infinity where a pair never occurs
def mean_nll(names, P, index):
    N = np.zeros(P.shape)
    for name in names:
        word = "." + name + "."
        for a, b in zip(word, word[1:]):
            N[index[a], index[b]] += 1
    return -(N * np.log(P)).sum() / N.sum()

# %% mean_nll: the product of many probabilities underflows
def mean_nll(names, P, index):
    product, n = 1.0, 0
    for name in names:
        word = "." + name + "."
        for a, b in zip(word, word[1:]):
            product *= P[index[a], index[b]]
            n += 1
    return -np.log(product) / n

# %% mean_nll: the n-th root of a product that underflows
def mean_nll(names, P, index):
    ps = []
    for name in names:
        word = "." + name + "."
        ps += [P[index[a], index[b]] for a, b in zip(word, word[1:])]
    return -np.log(np.prod(ps) ** (1 / len(ps)))

# %% mean_nll: pairs of probability 0 are skipped and not counted
def mean_nll(names, P, index):
    total, n = 0.0, 0
    for name in names:
        word = "." + name + "."
        for a, b in zip(word, word[1:]):
            p = P[index[a], index[b]]
            if p > 0:
                total -= np.log(p)
                n += 1
    return total / n

# %% mean_nll: pairs of probability 0 are skipped but counted
def mean_nll(names, P, index):
    total, n = 0.0, 0
    for name in names:
        word = "." + name + "."
        for a, b in zip(word, word[1:]):
            p = P[index[a], index[b]]
            n += 1
            if p > 0:
                total -= np.log(p)
    return total / n

# %% mean_nll: an epsilon makes the impossible possible
def mean_nll(names, P, index):
    ps = []
    for name in names:
        word = "." + name + "."
        ps += [P[index[a], index[b]] for a, b in zip(word, word[1:])]
    return -np.mean(np.log(np.array(ps) + 1e-10))

# %% mean_nll: clipping makes the impossible possible
def mean_nll(names, P, index):
    ps = []
    for name in names:
        word = "." + name + "."
        ps += [P[index[a], index[b]] for a, b in zip(word, word[1:])]
    return -np.mean(np.log(np.clip(ps, 1e-12, 1)))

# %% mean_nll: raises "ValueError: math domain error"
def mean_nll(names, P, index):
    import math
    ps = []
    for name in names:
        word = "." + name + "."
        ps += [P[index[a], index[b]] for a, b in zip(word, word[1:])]
    return -sum(math.log(p) for p in ps) / len(ps)

# %% mean_nll: infinite pairs are replaced by 0
def mean_nll(names, P, index):
    ps = []
    for name in names:
        word = "." + name + "."
        ps += [P[index[a], index[b]] for a, b in zip(word, word[1:])]
    logs = np.log(ps)
    logs[np.isinf(logs)] = 0
    return -logs.mean()

# %% mean_nll: the pairs that begin names are left out
def mean_nll(names, P, index):
    ps = []
    for name in names:
        word = name + "."
        ps += [P[index[a], index[b]] for a, b in zip(word, word[1:])]
    return -np.mean(np.log(ps))

# %% mean_nll: the pairs that end names are left out
def mean_nll(names, P, index):
    ps = []
    for name in names:
        word = "." + name
        ps += [P[index[a], index[b]] for a, b in zip(word, word[1:])]
    return -np.mean(np.log(ps))

# %% mean_nll: no boundaries
def mean_nll(names, P, index):
    ps = []
    for name in names:
        ps += [P[index[a], index[b]] for a, b in zip(name, name[1:])]
    return -np.mean(np.log(ps))

# %% mean_nll: the mean over the cells of the table
def mean_nll(names, P, index):
    return -np.log(P).mean()

# %% mean_nll: each different pair once
def mean_nll(names, P, index):
    pairs = {pair for name in names for pair in zip("." + name, name + ".")}
    return -np.mean([np.log(P[index[a], index[b]]) for a, b in pairs])

# %% mean_nll: each different name once
def mean_nll(names, P, index):
    ps = []
    for name in set(names):
        word = "." + name + "."
        ps += [P[index[a], index[b]] for a, b in zip(word, word[1:])]
    return -np.mean(np.log(ps))

# %% mean_nll: the perplexity, e to the loss
def mean_nll(names, P, index):
    ps = []
    for name in names:
        word = "." + name + "."
        ps += [P[index[a], index[b]] for a, b in zip(word, word[1:])]
    return np.exp(-np.mean(np.log(ps)))

# %% mean_nll: no log at all
def mean_nll(names, P, index):
    ps = []
    for name in names:
        word = "." + name + "."
        ps += [P[index[a], index[b]] for a, b in zip(word, word[1:])]
    return -np.mean(ps)

# %% mean_nll: the log of the mean
def mean_nll(names, P, index):
    ps = []
    for name in names:
        word = "." + name + "."
        ps += [P[index[a], index[b]] for a, b in zip(word, word[1:])]
    return -np.log(np.mean(ps))

# %% mean_nll: divided by the number of letters, without the boundaries
def mean_nll(names, P, index):
    ps = []
    for name in names:
        word = "." + name + "."
        ps += [P[index[a], index[b]] for a, b in zip(word, word[1:])]
    return -np.sum(np.log(ps)) / sum(len(name) for name in names)

# %% mean_nll: divided by the number of symbols, with both boundaries
def mean_nll(names, P, index):
    total, n = 0.0, 0
    for name in names:
        word = "." + name + "."
        n += len(word)
        total -= sum(np.log(P[index[a], index[b]]) for a, b in zip(word, word[1:]))
    return total / n

# %% mean_nll: only the last name counts
def mean_nll(names, P, index):
    for name in names:
        word = "." + name + "."
        ps = [P[index[a], index[b]] for a, b in zip(word, word[1:])]
    return -np.mean(np.log(ps))

# %% mean_nll: base 10
def mean_nll(names, P, index):
    ps = []
    for name in names:
        word = "." + name + "."
        ps += [P[index[a], index[b]] for a, b in zip(word, word[1:])]
    return -np.mean(np.log10(ps))

# %% mean_nll: raises "RuntimeWarning: divide by zero encountered in log"
def mean_nll(names, P, index):
    ps = []
    for name in names:
        word = "." + name + "."
        ps += [P[index[a], index[b]] for a, b in zip(word, word[1:])]
    return np.mean(np.log(ps))

# %% mean_nll: raises "IndexError: only integers, slices"
def mean_nll(names, P, index):
    ps = []
    for name in names:
        word = "." + name + "."
        ps += [P[a, b] for a, b in zip(word, word[1:])]
    return -np.mean(np.log(ps))

# %% mean_nll: raises "IndexError: string index out of range"
def mean_nll(names, P, index):
    ps = []
    for name in names:
        word = "." + name + "."
        ps += [P[index[word[i]], index[word[i + 1]]] for i in range(len(word))]
    return -np.mean(np.log(ps))

# %% smoothed: k times the number of rows
def smoothed(counts, k):
    return (counts + k) / (counts.sum(axis=1, keepdims=True) + k * len(counts))

# %% smoothed: k times 27, the number of columns of another table
def smoothed(counts, k):
    return (counts + k) / (counts.sum(axis=1, keepdims=True) + 27 * k)

# %% smoothed: k times the number of cells
def smoothed(counts, k):
    return (counts + k) / (counts.sum(axis=1, keepdims=True) + k * counts.size)

# %% smoothed: sums of columns
def smoothed(counts, k):
    new = counts + k
    return new / new.sum(axis=0, keepdims=True)

# %% smoothed: sum of the whole table
def smoothed(counts, k):
    new = counts + k
    return new / new.sum()

# %% smoothed: sums without keepdims
def smoothed(counts, k):
    new = counts + k
    return new / new.sum(axis=1)

# %% smoothed: not normalised
def smoothed(counts, k):
    return counts + k

# %% smoothed: the fractions go into a table of integers
def smoothed(counts, k):
    P = np.zeros_like(counts)
    for i, row in enumerate(counts):
        P[i] = (row + k) / (row + k).sum()
    return P

# %% smoothed: k is cut to a whole number
def smoothed(counts, k):
    new = counts + int(k)
    return new / new.sum(axis=1, keepdims=True)

# %% smoothed: k is added to the numerator only
def smoothed(counts, k):
    return (counts + k) / counts.sum(axis=1, keepdims=True)

# %% smoothed: k is added after normalising, to rows without counts as well
def smoothed(counts, k):
    P = counts / counts.sum(axis=1, keepdims=True)
    P = P + k
    return P / P.sum(axis=1, keepdims=True)

# %% smoothed: raises "UFuncTypeError: Cannot cast ufunc 'add' output"
def smoothed(counts, k):
    counts += k
    return counts / counts.sum(axis=1, keepdims=True)

# %% smoothed: raises "ValueError: operands could not be broadcast"
def smoothed(counts, k):
    new = counts + k
    return new / new.sum(axis=1)

# %% broken_name: each pair of the name occurs
broken_name = "zzz"

# %% broken_name: a capital letter
broken_name = "Jqwest"

# %% next_symbol: the running sum is at least u
def next_symbol(row, u):
    total = 0
    for i, p in enumerate(row):
        total += p
        if total >= u:
            return i

# %% next_symbol: searchsorted on the left
def next_symbol(row, u):
    return int(np.searchsorted(np.cumsum(row), u))

# %% next_symbol: u is compared with single probabilities
def next_symbol(row, u):
    for i, p in enumerate(row):
        if p > u:
            return i

# %% next_symbol: the probabilities are sorted first
def next_symbol(row, u):
    return int(np.argmax(np.cumsum(np.sort(row)[::-1]) > u))

# %% next_symbol: the running sum is compared the wrong way round
def next_symbol(row, u):
    return int(np.argmax(np.cumsum(row) < u))

# %% next_symbol: the step whose end lies nearest
def next_symbol(row, u):
    return int(np.argmin(np.abs(np.cumsum(row) - u)))

# %% next_symbol: the step before
def next_symbol(row, u):
    return int((np.cumsum(row) <= u).sum()) - 1

# %% next_symbol: the running sum begins at 0
def next_symbol(row, u):
    ends = np.concatenate([[0], np.cumsum(row)])
    return int(np.argmax(ends > u))

# %% next_symbol: the running sum without the symbol's own probability
def next_symbol(row, u):
    return int(np.argmax(np.cumsum(row) - row > u))

# %% next_symbol: draws with a random number of its own
def next_symbol(row, u):
    return int(np.random.default_rng(0).choice(len(row), p=row))

# %% next_symbol: raises "IndexError: index -1 is out of bounds"
def next_symbol(row, u):
    return int(np.where(np.cumsum(row) <= u)[0][-1])

# %% next_symbol: the probability comes back, not its index
def next_symbol(row, u):
    for p, total in zip(row, np.cumsum(row)):
        if total > u:
            return p

# %% next_symbol: a float, which can't be an index
def next_symbol(row, u):
    return float(np.argmax(np.cumsum(row) > u))

# %% next_symbol: booleans come back
def next_symbol(row, u):
    return np.cumsum(row) > u

# %% next_symbol: all indices come back
def next_symbol(row, u):
    return np.where(np.cumsum(row) > u)[0]

# %% next_symbol: raises "TypeError: only 0-dimensional arrays can be converted"
def next_symbol(row, u):
    return int(np.where(np.cumsum(row) > u)[0])

# %% gradient: each row's probabilities once
def gradient(W, counts):
    e = np.exp(W - W.max(axis=1, keepdims=True))
    P = e / e.sum(axis=1, keepdims=True)
    return (P - counts) / counts.sum()

# %% gradient: each row is divided by its own number of pairs
def gradient(W, counts):
    e = np.exp(W - W.max(axis=1, keepdims=True))
    P = e / e.sum(axis=1, keepdims=True)
    n = counts.sum(axis=1, keepdims=True)
    return (n * P - counts) / n

# %% gradient: probabilities minus shares
def gradient(W, counts):
    e = np.exp(W - W.max(axis=1, keepdims=True))
    P = e / e.sum(axis=1, keepdims=True)
    return P - counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)

# %% gradient: probabilities minus the share of all pairs
def gradient(W, counts):
    e = np.exp(W - W.max(axis=1, keepdims=True))
    P = e / e.sum(axis=1, keepdims=True)
    return P - counts / counts.sum()

# %% gradient: the maximum of the whole table is subtracted
def gradient(W, counts):
    e = np.exp(W - W.max())
    P = e / e.sum(axis=1, keepdims=True)
    return (counts.sum(axis=1, keepdims=True) * P - counts) / counts.sum()

# %% gradient: the logits themselves, no softmax
def gradient(W, counts):
    return (counts.sum(axis=1, keepdims=True) * W - counts) / counts.sum()

# %% gradient: divided by the number of cells
def gradient(W, counts):
    e = np.exp(W - W.max(axis=1, keepdims=True))
    P = e / e.sum(axis=1, keepdims=True)
    return (counts.sum(axis=1, keepdims=True) * P - counts) / counts.size

# %% gradient: divided by the number of rows
def gradient(W, counts):
    e = np.exp(W - W.max(axis=1, keepdims=True))
    P = e / e.sum(axis=1, keepdims=True)
    return (counts.sum(axis=1, keepdims=True) * P - counts) / len(counts)

# %% gradient: row sums without keepdims
def gradient(W, counts):
    e = np.exp(W - W.max(axis=1, keepdims=True))
    P = e / e.sum(axis=1, keepdims=True)
    return (counts.sum(axis=1) * P - counts) / counts.sum()

# %% gradient: sums of columns for sums of rows
def gradient(W, counts):
    e = np.exp(W - W.max(axis=1, keepdims=True))
    P = e / e.sum(axis=1, keepdims=True)
    return (counts.sum(axis=0) * P - counts) / counts.sum()

# %% gradient: all pairs for the pairs of the row
def gradient(W, counts):
    e = np.exp(W - W.max(axis=1, keepdims=True))
    P = e / e.sum(axis=1, keepdims=True)
    return P - counts

# %% gradient: the maximum isn't subtracted
def gradient(W, counts):
    P = np.exp(W) / np.exp(W).sum(axis=1, keepdims=True)
    return (counts.sum(axis=1, keepdims=True) * P - counts) / counts.sum()

# %% gradient: the sum isn't divided
def gradient(W, counts):
    e = np.exp(W - W.max(axis=1, keepdims=True))
    P = e / e.sum(axis=1, keepdims=True)
    return counts.sum(axis=1, keepdims=True) * P - counts

# %% gradient: seen minus predicted
def gradient(W, counts):
    e = np.exp(W - W.max(axis=1, keepdims=True))
    P = e / e.sum(axis=1, keepdims=True)
    return (counts - counts.sum(axis=1, keepdims=True) * P) / counts.sum()

# %% gradient: changes W in place
def gradient(W, counts):
    W -= W.max(axis=1, keepdims=True)
    e = np.exp(W)
    P = e / e.sum(axis=1, keepdims=True)
    return (counts.sum(axis=1, keepdims=True) * P - counts) / counts.sum()

# %% gradient: raises "RuntimeWarning: overflow encountered in exp"
def gradient(W, counts):
    P = np.exp(W) / np.exp(W).sum(axis=1, keepdims=True)
    return (counts.sum(axis=1, keepdims=True) * P - counts) / counts.sum()

# %% gradient: raises "ValueError: operands could not be broadcast"
def gradient(W, counts):
    e = np.exp(W - W.max(axis=1))
    P = e / e.sum(axis=1)
    return (counts.sum(axis=1) * P - counts) / counts.sum()

# %% descend: loss and gradient of its own, whatever was passed
def descend(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), []
    n = counts.sum(axis=1, keepdims=True)
    for _ in range(steps):
        e = np.exp(W - W.max(axis=1, keepdims=True))
        P = e / e.sum(axis=1, keepdims=True)
        losses.append(-(counts * np.log(P)).sum() / counts.sum())
        W = W - rate * (n * P - counts) / counts.sum()
    return W, losses

# %% descend: a mutable default keeps the losses of the last call
def descend(counts, loss, gradient, steps, rate, losses=[]):
    W = np.zeros(counts.shape)
    for _ in range(steps):
        losses.append(loss(W, counts))
        W = W - rate * gradient(W, counts)
    return W, losses

# %% descend: return stands inside the loop
def descend(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), []
    for _ in range(steps):
        losses.append(loss(W, counts))
        W = W - rate * gradient(W, counts)
        return W, losses

# %% descend: losses come first
def descend(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), []
    for _ in range(steps):
        losses.append(loss(W, counts))
        W = W - rate * gradient(W, counts)
    return losses, W

# %% descend: the logits alone
def descend(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), []
    for _ in range(steps):
        losses.append(loss(W, counts))
        W = W - rate * gradient(W, counts)
    return W

# %% descend: one loss more, after the last step
def descend(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), [loss(np.zeros(counts.shape), counts)]
    for _ in range(steps):
        W = W - rate * gradient(W, counts)
        losses.append(loss(W, counts))
    return W, losses

# %% descend: integers cut every step to 0
def descend(counts, loss, gradient, steps, rate):
    W, losses = np.zeros_like(counts), []
    for _ in range(steps):
        losses.append(loss(W, counts))
        W[:] = W - rate * gradient(W, counts)
    return W, losses

# %% descend: starts from ones
def descend(counts, loss, gradient, steps, rate):
    W, losses = np.ones(counts.shape), []
    for _ in range(steps):
        losses.append(loss(W, counts))
        W = W - rate * gradient(W, counts)
    return W, losses

# %% descend: starts from random logits
def descend(counts, loss, gradient, steps, rate):
    W, losses = np.random.default_rng(0).normal(size=counts.shape), []
    for _ in range(steps):
        losses.append(loss(W, counts))
        W = W - rate * gradient(W, counts)
    return W, losses

# %% descend: starts from the counts
def descend(counts, loss, gradient, steps, rate):
    W, losses = counts.astype(float), []
    for _ in range(steps):
        losses.append(loss(W, counts))
        W = W - rate * gradient(W, counts)
    return W, losses

# %% descend: the gradient replaces the logits
def descend(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), []
    for _ in range(steps):
        losses.append(loss(W, counts))
        W = -rate * gradient(W, counts)
    return W, losses

# %% descend: the loss stands where the gradient is meant
def descend(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), []
    for _ in range(steps):
        losses.append(loss(W, counts))
        W = W - rate * loss(W, counts)
    return W, losses

# %% descend: divides by the rate
def descend(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), []
    for _ in range(steps):
        losses.append(loss(W, counts))
        W = W - gradient(W, counts) / rate
    return W, losses

# %% descend: the gradient is added
def descend(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), []
    for _ in range(steps):
        losses.append(loss(W, counts))
        W += rate * gradient(W, counts)
    return W, losses

# %% descend: the loss is measured after the step
def descend(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), []
    for _ in range(steps):
        W -= rate * gradient(W, counts)
        losses.append(loss(W, counts))
    return W, losses

# %% descend: raises "UFuncTypeError: Cannot cast ufunc 'subtract' output"
def descend(counts, loss, gradient, steps, rate):
    W, losses = np.zeros_like(counts), []
    for _ in range(steps):
        losses.append(loss(W, counts))
        W -= rate * gradient(W, counts)
    return W, losses

# %% mean_nll: the boundary's row is taken to be 0
def mean_nll(names, P, index):
    ps = []
    for name in names:
        codes = [0] + [index[s] for s in name] + [0]
        ps += [P[i, j] for i, j in zip(codes, codes[1:])]
    return -np.mean(np.log(ps))

# %% count_pairs: the boundary's row is taken to be 0
def count_pairs(names, index):
    N = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        codes = [0] + [index[s] for s in name] + [0]
        for i, j in zip(codes, codes[1:]):
            N[i, j] += 1
    return N

# %% descend: a loss of its own beside the gradient that was passed
def descend(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), []
    for _ in range(steps):
        e = np.exp(W)
        losses.append(-(counts * np.log(e / e.sum(axis=1, keepdims=True))).sum() / counts.sum())
        W = W - rate * gradient(W, counts)
    return W, losses

# %% descend: the step size shrinks from step to step
def descend(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), []
    for step in range(steps):
        losses.append(loss(W, counts))
        W = W - rate / (step + 1) * gradient(W, counts)
    return W, losses

# %% descend: one step too few
def descend(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), [loss(np.zeros(counts.shape), counts)]
    for _ in range(steps - 1):
        W = W - rate * gradient(W, counts)
        losses.append(loss(W, counts))
    return W, losses

# %% descend: the logits themselves are kept as losses
def descend(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), []
    for _ in range(steps):
        losses.append(W)
        W = W - rate * gradient(W, counts)
    return W, losses

# %% gradient: the softmax's sum is taken over the whole table
def gradient(W, counts):
    e = np.exp(W - W.max(axis=1, keepdims=True))
    P = e / e.sum()
    return (counts.sum(axis=1, keepdims=True) * P - counts) / counts.sum()

# %% gradient: the softmax's sum runs down the columns
def gradient(W, counts):
    e = np.exp(W - W.max(axis=1, keepdims=True))
    P = e / e.sum(axis=0, keepdims=True)
    return (counts.sum(axis=1, keepdims=True) * P - counts) / counts.sum()

# %% gradient: the sum over the whole table, and nothing subtracted in exp
def gradient(W, counts):
    P = np.exp(W) / np.exp(W).sum()
    return (counts.sum(axis=1, keepdims=True) * P - counts) / counts.sum()

# %% gradient: no row sums, nothing subtracted in exp
def gradient(W, counts):
    P = np.exp(W) / np.exp(W).sum(axis=1, keepdims=True)
    return (P - counts) / counts.sum()

# %% gradient: the sum isn't divided, and nothing subtracted in exp
def gradient(W, counts):
    P = np.exp(W) / np.exp(W).sum(axis=1, keepdims=True)
    return counts.sum(axis=1, keepdims=True) * P - counts

# %% gradient: seen minus predicted, and nothing subtracted in exp
def gradient(W, counts):
    P = np.exp(W) / np.exp(W).sum(axis=1, keepdims=True)
    return (counts - counts.sum(axis=1, keepdims=True) * P) / counts.sum()

# %% next_symbol: a loop that returns the last index where the sum is below u
def next_symbol(row, u):
    total, last = 0, 0
    for i, p in enumerate(row):
        total += p
        if total < u:
            last = i
    return last

# %% next_symbol: a loop without the running sum, that returns the last
def next_symbol(row, u):
    for i in range(len(row)):
        if row[i] > u:
            return i
    return len(row) - 1

# %% probabilities: rounded
def probabilities(counts):
    return np.round(counts / counts.sum(axis=1, keepdims=True), 3)

# %% probabilities: logs of the shares
def probabilities(counts):
    return np.log(counts / counts.sum(axis=1, keepdims=True))

# %% smoothed: k is shared out among the cells of a row
def smoothed(counts, k):
    new = counts + k / counts.shape[1]
    return new / new.sum(axis=1, keepdims=True)

# %% smoothed: the counts are multiplied by k
def smoothed(counts, k):
    return counts * k / (counts * k).sum(axis=1, keepdims=True)

# %% count_pairs: all names are joined without a boundary between them
# -> _joined_bare
def count_pairs(names: list[str], index: dict[str, int]) -> np.ndarray:
    text = "." + "".join(names) + "."
    counts = np.zeros((len(index), len(index)), dtype=int)
    for first, second in zip(text, text[1:]):
        counts[index[first], index[second]] += 1
    return counts

# %% next_symbol: searchsorted looks left, so a running sum equal to u counts as exceeding it
# -> _reaches
def next_symbol(row: np.ndarray, u: float) -> int:
    return int(np.searchsorted(np.cumsum(row), u))

# %% next_symbol: compares before the symbol's own probability was added, one place late
# -> _without_its_own_and_last
def next_symbol(row: np.ndarray, u: float) -> int:
    running = 0.0
    for i, p in enumerate(row):
        if running > u:
            return i
        running += p
    return len(row) - 1

# %% next_symbol: draws with a random number of its own and ignores u
# -> located
def next_symbol(row: np.ndarray, u: float) -> int:
    return int(np.random.choice(len(row), p=row))

# %% next_symbol: looks for a single probability above u instead of the running sum
# -> _no_cumsum_and_likeliest
def next_symbol(row: np.ndarray, u: float) -> int:
    for i in range(len(row)):
        if row[i] > u:
            return i
    return int(np.argmax(row))

# %% count_pairs: the names follow each other with no boundary at all
# -> _joined_without_any
def count_pairs(names, index):
    N = np.zeros((len(index), len(index)), dtype=int)
    joined = "".join(names)
    for i in range(len(joined) - 1):
        N[index[joined[i]], index[joined[i + 1]]] += 1
    return N

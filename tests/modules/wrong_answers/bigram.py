# %% count_pairs: an index array adds once to a cell, so a pair twice in one name counts once
# -> _once_a_name
def count_pairs(names, index):
    N = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        codes = [index[s] for s in "." + name + "."]
        N[codes[:-1], codes[1:]] += 1
    return N

# %% count_pairs: the pairs of one name are put into a set
# -> _once_a_name
def count_pairs(names, index):
    N = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        word = "." + name + "."
        for a, b in set(zip(word, word[1:])):
            N[index[a], index[b]] += 1
    return N

# %% count_pairs: one index array over all names adds once to a cell
# -> _types_not_tokens
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
# -> _not_overlapping
def count_pairs(names, index):
    N = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        word = "." + name + "."
        for a in index:
            for b in index:
                N[index[a], index[b]] += word.count(a + b)
    return N

# %% count_pairs: one byte a cell runs over at 256
# -> _one_byte
def count_pairs(names, index):
    N = np.zeros((len(index), len(index)), dtype=np.uint8)
    for name in names:
        word = "." + name + "."
        for a, b in zip(word, word[1:]):
            N[index[a], index[b]] += 1
    return N

# %% count_pairs: rows in the order of the keys, whatever number they have
# -> _order_of_keys
def count_pairs(names, index):
    place = {symbol: i for i, symbol in enumerate(index)}
    N = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        word = "." + name + "."
        for a, b in zip(word, word[1:]):
            N[place[a], place[b]] += 1
    return N

# %% count_pairs: every second pair only
# -> _every_second
def count_pairs(names, index):
    N = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        word = "." + name + "."
        for i in range(0, len(word) - 1, 2):
            N[index[word[i]], index[word[i + 1]]] += 1
    return N

# %% count_pairs: the loop stops one pair too early
# -> _no_end
def count_pairs(names, index):
    N = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        word = "." + name + "."
        for i in range(len(word) - 2):
            N[index[word[i]], index[word[i + 1]]] += 1
    return N

# %% count_pairs: the loop begins one pair too late
# -> _no_start
def count_pairs(names, index):
    N = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        word = "." + name + "."
        for i in range(2, len(word)):
            N[index[word[i - 1]], index[word[i]]] += 1
    return N

# %% count_pairs: both directions are counted
# -> _both_directions
def count_pairs(names, index):
    N = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        word = "." + name + "."
        for a, b in zip(word, word[1:]):
            N[index[a], index[b]] += 1
            N[index[b], index[a]] += 1
    return N

# %% count_pairs: return stands inside the loop over names
# -> _first_name
def count_pairs(names, index):
    N = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        word = "." + name + "."
        for a, b in zip(word, word[1:]):
            N[index[a], index[b]] += 1
        return N

# %% count_pairs: the table is made anew for each name
# -> _last_name
def count_pairs(names, index):
    for name in names:
        N = np.zeros((len(index), len(index)), dtype=int)
        word = "." + name + "."
        for a, b in zip(word, word[1:]):
            N[index[a], index[b]] += 1
    return N

# %% count_pairs: a cell is set to 1
# -> _types_not_tokens
def count_pairs(names, index):
    N = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        word = "." + name + "."
        for a, b in zip(word, word[1:]):
            N[index[a], index[b]] = 1
    return N

# %% count_pairs: no boundaries
# -> _no_boundary
def count_pairs(names, index):
    N = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        for i in range(len(name) - 1):
            N[index[name[i]], index[name[i + 1]]] += 1
    return N

# %% count_pairs: the column is the first symbol
# -> _transposed
def count_pairs(names, index):
    N = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        word = "." + name + "."
        for a, b in zip(word, word[1:]):
            N[index[b], index[a]] += 1
    return N

# %% count_pairs: the names are joined by single boundaries, so each boundary serves twice
# -> wrong value
def count_pairs(names, index):
    N = np.zeros((len(index), len(index)), dtype=int)
    text = "." + "".join(name + "." for name in names) + "."
    for a, b in zip(text, text[1:]):
        N[index[a], index[b]] += 1
    return N

# %% count_pairs: raises "IndexError: only integers, slices"
# -> raised
def count_pairs(names, index):
    N = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        word = "." + name + "."
        for a, b in zip(word, word[1:]):
            N[a, b] += 1
    return N

# %% count_pairs: raises "IndexError: string index out of range"
# -> raised
def count_pairs(names, index):
    N = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        word = "." + name + "."
        for i in range(len(word)):
            N[index[word[i]], index[word[i + 1]]] += 1
    return N

# %% count_pairs: raises "is out of bounds for axis"
# -> raised
def count_pairs(names, index):
    N = np.zeros((len(index) - 1, len(index) - 1), dtype=int)
    for name in names:
        word = "." + name + "."
        for a, b in zip(word, word[1:]):
            N[index[a], index[b]] += 1
    return N

# %% probabilities: the shares go into a table of integers
# -> _integer_division
def probabilities(counts):
    P = np.zeros_like(counts)
    for i in range(len(counts)):
        P[i] = counts[i] / counts[i].sum()
    return P

# %% probabilities: integer division
# -> _integer_division
def probabilities(counts):
    return counts // counts.sum(axis=1, keepdims=True)

# %% probabilities: sums of columns
# -> _columns
def probabilities(counts):
    return counts / counts.sum(axis=0)

# %% probabilities: sums without keepdims
# -> _no_keepdims
def probabilities(counts):
    return counts / counts.sum(axis=1)

# %% probabilities: sum of the whole table
# -> _whole_table
def probabilities(counts):
    return counts / np.sum(counts)

# %% probabilities: a small number keeps zeros away from 0
# -> _not_quite_zero
def probabilities(counts):
    return (counts + 1e-10) / (counts + 1e-10).sum(axis=1, keepdims=True)

# %% probabilities: a softmax of the counts
# -> _softmax
def probabilities(counts):
    e = np.exp(counts)
    return e / e.sum(axis=1, keepdims=True)

# %% probabilities: divided by the mean of the row
# -> _by_mean
def probabilities(counts):
    return counts / counts.mean(axis=1, keepdims=True)

# %% probabilities: divided by the number of columns
# -> _by_number_of_cells
def probabilities(counts):
    return counts / counts.shape[1]

# %% probabilities: divided by the length of the row as a vector
# -> _length_one
def probabilities(counts):
    return counts / np.linalg.norm(counts, axis=1, keepdims=True)

# %% probabilities: percent
# -> _percent
def probabilities(counts):
    return 100 * counts / counts.sum(axis=1, keepdims=True)

# %% probabilities: raises "ValueError: operands could not be broadcast"
# -> _no_keepdims
def probabilities(counts):
    return counts / counts.sum(axis=1)

# %% probabilities: raises "UFuncTypeError: Cannot cast ufunc 'divide' output"
# -> raised
def probabilities(counts):
    counts = counts.copy()
    counts /= counts.sum(axis=1, keepdims=True)
    return counts

# %% mean_nll: 0 times minus infinity where a pair never occurs
# -> _zero_times_infinity
def mean_nll(names, P, index):
    N = np.zeros(P.shape)
    for name in names:
        word = "." + name + "."
        for a, b in zip(word, word[1:]):
            N[index[a], index[b]] += 1
    return -(N * np.log(P)).sum() / N.sum()

# %% mean_nll: the product of many probabilities underflows
# -> _product
def mean_nll(names, P, index):
    product, n = 1.0, 0
    for name in names:
        word = "." + name + "."
        for a, b in zip(word, word[1:]):
            product *= P[index[a], index[b]]
            n += 1
    return -np.log(product) / n

# %% mean_nll: the n-th root of a product that underflows
# -> _product
def mean_nll(names, P, index):
    ps = []
    for name in names:
        word = "." + name + "."
        ps += [P[index[a], index[b]] for a, b in zip(word, word[1:])]
    return -np.log(np.prod(ps) ** (1 / len(ps)))

# %% mean_nll: pairs of probability 0 are skipped and not counted
# -> _skips_zeros
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
# -> _zeros_cost_nothing
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
# -> _at_least_1eminus_10
def mean_nll(names, P, index):
    ps = []
    for name in names:
        word = "." + name + "."
        ps += [P[index[a], index[b]] for a, b in zip(word, word[1:])]
    return -np.mean(np.log(np.array(ps) + 1e-10))

# %% mean_nll: clipping makes the impossible possible
# -> _at_least_1eminus_12
def mean_nll(names, P, index):
    ps = []
    for name in names:
        word = "." + name + "."
        ps += [P[index[a], index[b]] for a, b in zip(word, word[1:])]
    return -np.mean(np.log(np.clip(ps, 1e-12, 1)))

# %% mean_nll: raises "ValueError: math domain error"
# -> raised
def mean_nll(names, P, index):
    import math
    ps = []
    for name in names:
        word = "." + name + "."
        ps += [P[index[a], index[b]] for a, b in zip(word, word[1:])]
    return -sum(math.log(p) for p in ps) / len(ps)

# %% mean_nll: infinite pairs are replaced by 0
# -> _zeros_cost_nothing
def mean_nll(names, P, index):
    ps = []
    for name in names:
        word = "." + name + "."
        ps += [P[index[a], index[b]] for a, b in zip(word, word[1:])]
    logs = np.log(ps)
    logs[np.isinf(logs)] = 0
    return -logs.mean()

# %% mean_nll: the pairs that begin names are left out
# -> _without_start
def mean_nll(names, P, index):
    ps = []
    for name in names:
        word = name + "."
        ps += [P[index[a], index[b]] for a, b in zip(word, word[1:])]
    return -np.mean(np.log(ps))

# %% mean_nll: the pairs that end names are left out
# -> _without_end
def mean_nll(names, P, index):
    ps = []
    for name in names:
        word = "." + name
        ps += [P[index[a], index[b]] for a, b in zip(word, word[1:])]
    return -np.mean(np.log(ps))

# %% mean_nll: no boundaries
# -> _without_boundaries
def mean_nll(names, P, index):
    ps = []
    for name in names:
        ps += [P[index[a], index[b]] for a, b in zip(name, name[1:])]
    return -np.mean(np.log(ps))

# %% mean_nll: the mean over the cells of the table
# -> _over_the_table
def mean_nll(names, P, index):
    return -np.log(P).mean()

# %% mean_nll: each different pair once
# -> _distinct_pairs
def mean_nll(names, P, index):
    pairs = {pair for name in names for pair in zip("." + name, name + ".")}
    return -np.mean([np.log(P[index[a], index[b]]) for a, b in pairs])

# %% mean_nll: each different name once
# -> _distinct_names
def mean_nll(names, P, index):
    ps = []
    for name in set(names):
        word = "." + name + "."
        ps += [P[index[a], index[b]] for a, b in zip(word, word[1:])]
    return -np.mean(np.log(ps))

# %% mean_nll: the perplexity, e to the loss
# -> _perplexity
def mean_nll(names, P, index):
    ps = []
    for name in names:
        word = "." + name + "."
        ps += [P[index[a], index[b]] for a, b in zip(word, word[1:])]
    return np.exp(-np.mean(np.log(ps)))

# %% mean_nll: no log at all
# -> _no_log
def mean_nll(names, P, index):
    ps = []
    for name in names:
        word = "." + name + "."
        ps += [P[index[a], index[b]] for a, b in zip(word, word[1:])]
    return -np.mean(ps)

# %% mean_nll: the log of the mean
# -> _log_of_mean
def mean_nll(names, P, index):
    ps = []
    for name in names:
        word = "." + name + "."
        ps += [P[index[a], index[b]] for a, b in zip(word, word[1:])]
    return -np.log(np.mean(ps))

# %% mean_nll: divided by the number of letters, without the boundaries
# -> _per_letter
def mean_nll(names, P, index):
    ps = []
    for name in names:
        word = "." + name + "."
        ps += [P[index[a], index[b]] for a, b in zip(word, word[1:])]
    return -np.sum(np.log(ps)) / sum(len(name) for name in names)

# %% mean_nll: divided by the number of symbols, with both boundaries
# -> _per_symbol_with_both
def mean_nll(names, P, index):
    total, n = 0.0, 0
    for name in names:
        word = "." + name + "."
        n += len(word)
        total -= sum(np.log(P[index[a], index[b]]) for a, b in zip(word, word[1:]))
    return total / n

# %% mean_nll: only the last name counts
# -> _last_name
def mean_nll(names, P, index):
    for name in names:
        word = "." + name + "."
        ps = [P[index[a], index[b]] for a, b in zip(word, word[1:])]
    return -np.mean(np.log(ps))

# %% mean_nll: base 10
# -> _base_ten
def mean_nll(names, P, index):
    ps = []
    for name in names:
        word = "." + name + "."
        ps += [P[index[a], index[b]] for a, b in zip(word, word[1:])]
    return -np.mean(np.log10(ps))

# %% mean_nll: raises "RuntimeWarning: divide by zero encountered in log"
# -> _no_minus
def mean_nll(names, P, index):
    ps = []
    for name in names:
        word = "." + name + "."
        ps += [P[index[a], index[b]] for a, b in zip(word, word[1:])]
    return np.mean(np.log(ps))

# %% mean_nll: raises "IndexError: only integers, slices"
# -> raised
def mean_nll(names, P, index):
    ps = []
    for name in names:
        word = "." + name + "."
        ps += [P[a, b] for a, b in zip(word, word[1:])]
    return -np.mean(np.log(ps))

# %% mean_nll: raises "IndexError: string index out of range"
# -> raised
def mean_nll(names, P, index):
    ps = []
    for name in names:
        word = "." + name + "."
        ps += [P[index[word[i]], index[word[i + 1]]] for i in range(len(word))]
    return -np.mean(np.log(ps))

# %% smoothed: k times the number of rows
# -> _number_of_rows
def smoothed(counts, k):
    return (counts + k) / (counts.sum(axis=1, keepdims=True) + k * len(counts))

# %% smoothed: k times 27, the number of columns of another table
# -> _always_27
def smoothed(counts, k):
    return (counts + k) / (counts.sum(axis=1, keepdims=True) + 27 * k)

# %% smoothed: k times the number of cells
# -> _number_of_cells
def smoothed(counts, k):
    return (counts + k) / (counts.sum(axis=1, keepdims=True) + k * counts.size)

# %% smoothed: sums of columns
# -> _columns
def smoothed(counts, k):
    new = counts + k
    return new / new.sum(axis=0, keepdims=True)

# %% smoothed: sum of the whole table
# -> _whole_table
def smoothed(counts, k):
    new = counts + k
    return new / new.sum()

# %% smoothed: sums without keepdims
# -> _no_keepdims
def smoothed(counts, k):
    new = counts + k
    return new / new.sum(axis=1)

# %% smoothed: not normalised
# -> _not_normalised
def smoothed(counts, k):
    return counts + k

# %% smoothed: the fractions go into a table of integers
# -> _whole_numbers
def smoothed(counts, k):
    P = np.zeros_like(counts)
    for i, row in enumerate(counts):
        P[i] = (row + k) / (row + k).sum()
    return P

# %% smoothed: k is cut to a whole number
# -> wrong value
def smoothed(counts, k):
    new = counts + int(k)
    return new / new.sum(axis=1, keepdims=True)

# %% smoothed: k is added to the numerator only
# -> _old_sum
def smoothed(counts, k):
    return (counts + k) / counts.sum(axis=1, keepdims=True)

# %% smoothed: k is added after normalising, to rows without counts as well
# -> wrong value
def smoothed(counts, k):
    P = counts / counts.sum(axis=1, keepdims=True)
    P = P + k
    return P / P.sum(axis=1, keepdims=True)

# %% smoothed: raises "UFuncTypeError: Cannot cast ufunc 'add' output"
# -> raised
def smoothed(counts, k):
    counts += k
    return counts / counts.sum(axis=1, keepdims=True)

# %% smoothed: raises "ValueError: operands could not be broadcast"
# -> _no_keepdims
def smoothed(counts, k):
    new = counts + k
    return new / new.sum(axis=1)

# %% broken_name: each pair of the name occurs
# -> wrong value
broken_name = "zzz"

# %% broken_name: a capital letter
# -> wrong value
broken_name = "Jqwest"

# %% next_symbol: the running sum is at least u
# -> _reaches
def next_symbol(row, u):
    total = 0
    for i, p in enumerate(row):
        total += p
        if total >= u:
            return i

# %% next_symbol: searchsorted on the left
# -> _reaches
def next_symbol(row, u):
    return int(np.searchsorted(np.cumsum(row), u))

# %% next_symbol: u is compared with single probabilities
# -> _no_cumsum_and_none
def next_symbol(row, u):
    for i, p in enumerate(row):
        if p > u:
            return i

# %% next_symbol: the probabilities are sorted first
# -> _sorted
def next_symbol(row, u):
    return int(np.argmax(np.cumsum(np.sort(row)[::-1]) > u))

# %% next_symbol: the running sum is compared the wrong way round
# -> _always_the_first
def next_symbol(row, u):
    return int(np.argmax(np.cumsum(row) < u))

# %% next_symbol: the step whose end lies nearest
# -> _nearest_end
def next_symbol(row, u):
    return int(np.argmin(np.abs(np.cumsum(row) - u)))

# %% next_symbol: the step before
# -> _one_too_early
def next_symbol(row, u):
    return int((np.cumsum(row) <= u).sum()) - 1

# %% next_symbol: the running sum begins at 0
# -> _one_too_far
def next_symbol(row, u):
    ends = np.concatenate([[0], np.cumsum(row)])
    return int(np.argmax(ends > u))

# %% next_symbol: the running sum without the symbol's own probability
# -> _without_its_own
def next_symbol(row, u):
    return int(np.argmax(np.cumsum(row) - row > u))

# %% next_symbol: draws with a random number of its own
# -> wrong value
def next_symbol(row, u):
    return int(np.random.default_rng(0).choice(len(row), p=row))

# %% next_symbol: raises "IndexError: index -1 is out of bounds"
# -> _one_too_early
def next_symbol(row, u):
    return int(np.where(np.cumsum(row) <= u)[0][-1])

# %% next_symbol: the probability comes back, not its index
# -> wrong value
def next_symbol(row, u):
    for p, total in zip(row, np.cumsum(row)):
        if total > u:
            return p

# %% next_symbol: a float, which can't be an index
# -> wrong value
def next_symbol(row, u):
    return float(np.argmax(np.cumsum(row) > u))

# %% next_symbol: booleans come back
# -> wrong type
def next_symbol(row, u):
    return np.cumsum(row) > u

# %% next_symbol: all indices come back
# -> wrong type
def next_symbol(row, u):
    return np.where(np.cumsum(row) > u)[0]

# %% next_symbol: raises "TypeError: only 0-dimensional arrays can be converted"
# -> raised
def next_symbol(row, u):
    return int(np.where(np.cumsum(row) > u)[0])

# %% gradient: each row's probabilities once
# -> _once_a_row
def gradient(W, counts):
    e = np.exp(W - W.max(axis=1, keepdims=True))
    P = e / e.sum(axis=1, keepdims=True)
    return (P - counts) / counts.sum()

# %% gradient: each row is divided by its own number of pairs
# -> _by_own_pairs
def gradient(W, counts):
    e = np.exp(W - W.max(axis=1, keepdims=True))
    P = e / e.sum(axis=1, keepdims=True)
    n = counts.sum(axis=1, keepdims=True)
    return (n * P - counts) / n

# %% gradient: probabilities minus shares
# -> _by_own_pairs_or_one
def gradient(W, counts):
    e = np.exp(W - W.max(axis=1, keepdims=True))
    P = e / e.sum(axis=1, keepdims=True)
    return P - counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)

# %% gradient: probabilities minus the share of all pairs
# -> _only_counts_divided
def gradient(W, counts):
    e = np.exp(W - W.max(axis=1, keepdims=True))
    P = e / e.sum(axis=1, keepdims=True)
    return P - counts / counts.sum()

# %% gradient: the maximum of the whole table is subtracted
# -> _one_maximum
def gradient(W, counts):
    e = np.exp(W - W.max())
    P = e / e.sum(axis=1, keepdims=True)
    return (counts.sum(axis=1, keepdims=True) * P - counts) / counts.sum()

# %% gradient: the logits themselves, no softmax
# -> _no_softmax
def gradient(W, counts):
    return (counts.sum(axis=1, keepdims=True) * W - counts) / counts.sum()

# %% gradient: divided by the number of cells
# -> _by_cells
def gradient(W, counts):
    e = np.exp(W - W.max(axis=1, keepdims=True))
    P = e / e.sum(axis=1, keepdims=True)
    return (counts.sum(axis=1, keepdims=True) * P - counts) / counts.size

# %% gradient: divided by the number of rows
# -> _by_rows
def gradient(W, counts):
    e = np.exp(W - W.max(axis=1, keepdims=True))
    P = e / e.sum(axis=1, keepdims=True)
    return (counts.sum(axis=1, keepdims=True) * P - counts) / len(counts)

# %% gradient: row sums without keepdims
# -> _no_keepdims
def gradient(W, counts):
    e = np.exp(W - W.max(axis=1, keepdims=True))
    P = e / e.sum(axis=1, keepdims=True)
    return (counts.sum(axis=1) * P - counts) / counts.sum()

# %% gradient: sums of columns for sums of rows
# -> _sums_of_columns
def gradient(W, counts):
    e = np.exp(W - W.max(axis=1, keepdims=True))
    P = e / e.sum(axis=1, keepdims=True)
    return (counts.sum(axis=0) * P - counts) / counts.sum()

# %% gradient: all pairs for the pairs of the row
# -> _bare_difference
def gradient(W, counts):
    e = np.exp(W - W.max(axis=1, keepdims=True))
    P = e / e.sum(axis=1, keepdims=True)
    return P - counts

# %% gradient: the maximum isn't subtracted
# -> _unstable
def gradient(W, counts):
    P = np.exp(W) / np.exp(W).sum(axis=1, keepdims=True)
    return (counts.sum(axis=1, keepdims=True) * P - counts) / counts.sum()

# %% gradient: the sum isn't divided
# -> _of_the_sum
def gradient(W, counts):
    e = np.exp(W - W.max(axis=1, keepdims=True))
    P = e / e.sum(axis=1, keepdims=True)
    return counts.sum(axis=1, keepdims=True) * P - counts

# %% gradient: seen minus predicted
# -> _uphill
def gradient(W, counts):
    e = np.exp(W - W.max(axis=1, keepdims=True))
    P = e / e.sum(axis=1, keepdims=True)
    return (counts - counts.sum(axis=1, keepdims=True) * P) / counts.sum()

# %% gradient: changes W in place
# -> changed its input
def gradient(W, counts):
    W -= W.max(axis=1, keepdims=True)
    e = np.exp(W)
    P = e / e.sum(axis=1, keepdims=True)
    return (counts.sum(axis=1, keepdims=True) * P - counts) / counts.sum()

# %% gradient: raises "RuntimeWarning: overflow encountered in exp"
# -> _unstable
def gradient(W, counts):
    P = np.exp(W) / np.exp(W).sum(axis=1, keepdims=True)
    return (counts.sum(axis=1, keepdims=True) * P - counts) / counts.sum()

# %% gradient: raises "ValueError: operands could not be broadcast"
# -> raised
def gradient(W, counts):
    e = np.exp(W - W.max(axis=1))
    P = e / e.sum(axis=1)
    return (counts.sum(axis=1) * P - counts) / counts.sum()

# %% descend: loss and gradient of its own, whatever was passed
# -> _own_loss
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
# -> wrong shape
def descend(counts, loss, gradient, steps, rate, losses=[]):
    W = np.zeros(counts.shape)
    for _ in range(steps):
        losses.append(loss(W, counts))
        W = W - rate * gradient(W, counts)
    return W, losses

# %% descend: return stands inside the loop
# -> _one_step
def descend(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), []
    for _ in range(steps):
        losses.append(loss(W, counts))
        W = W - rate * gradient(W, counts)
        return W, losses

# %% descend: losses come first
# -> _exchanged
def descend(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), []
    for _ in range(steps):
        losses.append(loss(W, counts))
        W = W - rate * gradient(W, counts)
    return losses, W

# %% descend: the logits alone
# -> _only_logits
def descend(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), []
    for _ in range(steps):
        losses.append(loss(W, counts))
        W = W - rate * gradient(W, counts)
    return W

# %% descend: one loss more, after the last step
# -> _one_more
def descend(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), [loss(np.zeros(counts.shape), counts)]
    for _ in range(steps):
        W = W - rate * gradient(W, counts)
        losses.append(loss(W, counts))
    return W, losses

# %% descend: integers cut every step to 0
# -> wrong dtype
def descend(counts, loss, gradient, steps, rate):
    W, losses = np.zeros_like(counts), []
    for _ in range(steps):
        losses.append(loss(W, counts))
        W[:] = W - rate * gradient(W, counts)
    return W, losses

# %% descend: starts from ones
# -> _from_ones
def descend(counts, loss, gradient, steps, rate):
    W, losses = np.ones(counts.shape), []
    for _ in range(steps):
        losses.append(loss(W, counts))
        W = W - rate * gradient(W, counts)
    return W, losses

# %% descend: starts from random logits
# -> wrong value
def descend(counts, loss, gradient, steps, rate):
    W, losses = np.random.default_rng(0).normal(size=counts.shape), []
    for _ in range(steps):
        losses.append(loss(W, counts))
        W = W - rate * gradient(W, counts)
    return W, losses

# %% descend: starts from the counts
# -> _from_the_counts
def descend(counts, loss, gradient, steps, rate):
    W, losses = counts.astype(float), []
    for _ in range(steps):
        losses.append(loss(W, counts))
        W = W - rate * gradient(W, counts)
    return W, losses

# %% descend: the gradient replaces the logits
# -> _forgets_itself
def descend(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), []
    for _ in range(steps):
        losses.append(loss(W, counts))
        W = -rate * gradient(W, counts)
    return W, losses

# %% descend: the loss stands where the gradient is meant
# -> _loss_for_gradient
def descend(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), []
    for _ in range(steps):
        losses.append(loss(W, counts))
        W = W - rate * loss(W, counts)
    return W, losses

# %% descend: divides by the rate
# -> _divided_by_rate
def descend(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), []
    for _ in range(steps):
        losses.append(loss(W, counts))
        W = W - gradient(W, counts) / rate
    return W, losses

# %% descend: the gradient is added
# -> _climbs
def descend(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), []
    for _ in range(steps):
        losses.append(loss(W, counts))
        W += rate * gradient(W, counts)
    return W, losses

# %% descend: the loss is measured after the step
# -> _loss_after
def descend(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), []
    for _ in range(steps):
        W -= rate * gradient(W, counts)
        losses.append(loss(W, counts))
    return W, losses

# %% descend: raises "UFuncTypeError: Cannot cast ufunc 'subtract' output"
# -> raised
def descend(counts, loss, gradient, steps, rate):
    W, losses = np.zeros_like(counts), []
    for _ in range(steps):
        losses.append(loss(W, counts))
        W -= rate * gradient(W, counts)
    return W, losses

# %% mean_nll: the boundary's row is taken to be 0
# -> _boundary_first
def mean_nll(names, P, index):
    ps = []
    for name in names:
        codes = [0] + [index[s] for s in name] + [0]
        ps += [P[i, j] for i, j in zip(codes, codes[1:])]
    return -np.mean(np.log(ps))

# %% count_pairs: the boundary's row is taken to be 0
# -> _boundary_first
def count_pairs(names, index):
    N = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        codes = [0] + [index[s] for s in name] + [0]
        for i, j in zip(codes, codes[1:]):
            N[i, j] += 1
    return N

# %% descend: a loss of its own beside the gradient that was passed
# -> _own_losses
def descend(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), []
    for _ in range(steps):
        e = np.exp(W)
        losses.append(-(counts * np.log(e / e.sum(axis=1, keepdims=True))).sum() / counts.sum())
        W = W - rate * gradient(W, counts)
    return W, losses

# %% descend: the step size shrinks from step to step
# -> wrong value
def descend(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), []
    for step in range(steps):
        losses.append(loss(W, counts))
        W = W - rate / (step + 1) * gradient(W, counts)
    return W, losses

# %% descend: one step too few
# -> _one_step_too_few
def descend(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), [loss(np.zeros(counts.shape), counts)]
    for _ in range(steps - 1):
        W = W - rate * gradient(W, counts)
        losses.append(loss(W, counts))
    return W, losses

# %% descend: the logits themselves are kept as losses
# -> located
def descend(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), []
    for _ in range(steps):
        losses.append(W)
        W = W - rate * gradient(W, counts)
    return W, losses

# %% gradient: the softmax's sum is taken over the whole table
# -> _one_sum
def gradient(W, counts):
    e = np.exp(W - W.max(axis=1, keepdims=True))
    P = e / e.sum()
    return (counts.sum(axis=1, keepdims=True) * P - counts) / counts.sum()

# %% gradient: the softmax's sum runs down the columns
# -> _sums_down_columns
def gradient(W, counts):
    e = np.exp(W - W.max(axis=1, keepdims=True))
    P = e / e.sum(axis=0, keepdims=True)
    return (counts.sum(axis=1, keepdims=True) * P - counts) / counts.sum()

# %% gradient: the sum over the whole table, and nothing subtracted in exp
# -> located
def gradient(W, counts):
    P = np.exp(W) / np.exp(W).sum()
    return (counts.sum(axis=1, keepdims=True) * P - counts) / counts.sum()

# %% gradient: no row sums, nothing subtracted in exp
# -> _once_a_row_and_overflows
def gradient(W, counts):
    P = np.exp(W) / np.exp(W).sum(axis=1, keepdims=True)
    return (P - counts) / counts.sum()

# %% gradient: the sum isn't divided, and nothing subtracted in exp
# -> _of_the_sum_and_overflows
def gradient(W, counts):
    P = np.exp(W) / np.exp(W).sum(axis=1, keepdims=True)
    return counts.sum(axis=1, keepdims=True) * P - counts

# %% gradient: seen minus predicted, and nothing subtracted in exp
# -> _uphill_and_overflows
def gradient(W, counts):
    P = np.exp(W) / np.exp(W).sum(axis=1, keepdims=True)
    return (counts - counts.sum(axis=1, keepdims=True) * P) / counts.sum()

# %% next_symbol: a loop that returns the last index where the sum is below u
# -> _last_below
def next_symbol(row, u):
    total, last = 0, 0
    for i, p in enumerate(row):
        total += p
        if total < u:
            last = i
    return last

# %% next_symbol: a loop without the running sum, that returns the last
# -> _no_cumsum_and_last
def next_symbol(row, u):
    for i in range(len(row)):
        if row[i] > u:
            return i
    return len(row) - 1

# %% probabilities: rounded
# -> wrong value
def probabilities(counts):
    return np.round(counts / counts.sum(axis=1, keepdims=True), 3)

# %% probabilities: logs of the shares
# -> wrong value
def probabilities(counts):
    return np.log(counts / counts.sum(axis=1, keepdims=True))

# %% smoothed: k is shared out among the cells of a row
# -> wrong value
def smoothed(counts, k):
    new = counts + k / counts.shape[1]
    return new / new.sum(axis=1, keepdims=True)

# %% smoothed: the counts are multiplied by k
# -> located
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


# %% count_pairs: only the front of a name gets a boundary, pairs such as `a.` are missing
# -> _no_end
def count_pairs(names: list[str], index: dict[str, int]) -> np.ndarray:
    V = len(index)
    counts = np.zeros((V, V), dtype=int)
    for name in names:
        text = "." + name
        for a, b in zip(text, text[1:]):
            counts[index[a], index[b]] += 1
    return counts


# %% count_pairs: row and column have changed places
# -> _transposed
def count_pairs(names: list[str], index: dict[str, int]) -> np.ndarray:
    table = np.zeros((len(index), len(index)), dtype=np.int64)
    for name in names:
        codes = [index[s] for s in "." + name + "."]
        for t in range(1, len(codes)):
            table[codes[t], codes[t - 1]] += 1
    return table


# %% count_pairs: += with index lists counts a pair that is repeated in a name only once
# -> _once_a_name
def count_pairs(names: list[str], index: dict[str, int]) -> np.ndarray:
    counts = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        codes = np.array([index[c] for c in f".{name}."])
        counts[codes[:-1], codes[1:]] += 1
    return counts


# %% count_pairs: the table holds floats, integers were asked for (np.zeros without dtype)
# -> wrong dtype
def count_pairs(names: list[str], index: dict[str, int]) -> np.ndarray:
    counts = np.zeros((len(index), len(index)))
    for name in names:
        name = "." + name + "."
        for i in range(len(name) - 1):
            counts[index[name[i]], index[name[i + 1]]] += 1
    return counts


# %% count_pairs: all names are joined without a boundary between them
# -> _joined_bare
def count_pairs(names: list[str], index: dict[str, int]) -> np.ndarray:
    text = "." + "".join(names) + "."
    counts = np.zeros((len(index), len(index)), dtype=int)
    for first, second in zip(text, text[1:]):
        counts[index[first], index[second]] += 1
    return counts


# %% probabilities: columns sum to 1 instead of rows (axis 0)
# -> _columns
def probabilities(counts: np.ndarray) -> np.ndarray:
    totals = np.sum(counts, axis=0)
    return counts / totals


# %% probabilities: without keepdims the row sums are spread over the columns
# -> _no_keepdims
def probabilities(counts: np.ndarray) -> np.ndarray:
    return counts / counts.sum(axis=1)


# %% probabilities: writes fractions into the table of integers, which cuts them to 0 (and changes the caller's counts)
# -> wrong dtype
def probabilities(counts: np.ndarray) -> np.ndarray:
    for i in range(len(counts)):
        counts[i] = counts[i] / counts[i].sum()
    return counts


# %% probabilities: divides by the sum of the whole table
# -> _whole_table
def probabilities(counts: np.ndarray) -> np.ndarray:
    total = counts.sum()
    return np.array([[c / total for c in row] for row in counts])


# %% mean_nll: averages within each name first, then over the names, so short names count too much
# -> _mean_of_names
def mean_nll(names: list[str], P: np.ndarray, index: dict[str, int]) -> float:
    per_name = []
    for name in names:
        codes = [index[s] for s in "." + name + "."]
        per_name.append(-np.mean(np.log(P[codes[:-1], codes[1:]])))
    return np.mean(per_name)


# %% mean_nll: takes the log of the mean probability instead of the mean of the logs
# -> _log_of_mean
def mean_nll(names: list[str], P: np.ndarray, index: dict[str, int]) -> float:
    likelihoods = []
    for name in names:
        text = "." + name + "."
        likelihoods += [P[index[a], index[b]] for a, b in zip(text, text[1:])]
    return -np.log(np.mean(likelihoods))


# %% mean_nll: divides by the number of letters; each name has one pair more than letters
# -> _per_letter
def mean_nll(names: list[str], P: np.ndarray, index: dict[str, int]) -> float:
    total, n = 0.0, 0
    for name in names:
        text = "." + name + "."
        for first, second in zip(text, text[1:]):
            total -= np.log(P[index[first], index[second]])
        n += len(name)
    return total / n


# %% mean_nll: the boundaries are left out
# -> _without_boundaries
def mean_nll(names: list[str], P: np.ndarray, index: dict[str, int]) -> float:
    logs = [np.log(P[index[a], index[b]]) for name in names for a, b in zip(name, name[1:])]
    return -sum(logs) / len(logs)


# %% broken_name: an ordinary name, all of its pairs occur
# -> wrong value
broken_name = "anna"


# %% broken_name: fourteen letters, more than twelve
# -> wrong value
broken_name = "qxqxqxqxqxqxqx"


# %% broken_name: a pair of letters instead of a name in one string
# -> wrong value
broken_name = ("q", "x")


# %% smoothed: only the empty cells get k
# -> _only_empty
def smoothed(counts: np.ndarray, k: float) -> np.ndarray:
    filled = np.where(counts == 0, k, counts)
    return filled / filled.sum(axis=1, keepdims=True)


# %% smoothed: a row's sum grows by k times its length m, here by k times the number of rows n
# -> _number_of_rows
def smoothed(counts: np.ndarray, k: float) -> np.ndarray:
    V = len(counts)
    return (counts + k) / (counts.sum(axis=1, keepdims=True) + k * V)


# %% smoothed: adds k to the probabilities, after the division, so rows don't sum to 1
# -> _added_late
def smoothed(counts: np.ndarray, k: float) -> np.ndarray:
    P = counts / counts.sum(axis=1, keepdims=True)
    return P + k


# %% smoothed: += puts fractions into the caller's integers, which raises (and would change the table)
# -> raised
def smoothed(counts: np.ndarray, k: float) -> np.ndarray:
    counts += k
    return counts / counts.sum(axis=1, keepdims=True)


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


# %% gradient: each row is divided by its own count, not by the number of all pairs
# -> _by_own_pairs
def gradient(W: np.ndarray, counts: np.ndarray) -> np.ndarray:
    e = np.exp(W - W.max(axis=1, keepdims=True))
    P = e / e.sum(axis=1, keepdims=True)
    seen = counts / counts.sum(axis=1, keepdims=True)
    return P - seen


# %% gradient: divides by the number of cells instead of the number of pairs
# -> _by_cells
def gradient(W: np.ndarray, counts: np.ndarray) -> np.ndarray:
    e = np.exp(W - W.max(axis=1, keepdims=True))
    P = e / e.sum(axis=1, keepdims=True)
    g = np.zeros(W.shape)
    for i in range(len(W)):
        g[i] = counts[i].sum() * P[i] - counts[i]
    return g / counts.size


# %% gradient: the wrong sign, seen minus predicted
# -> _uphill
def gradient(W: np.ndarray, counts: np.ndarray) -> np.ndarray:
    P = np.exp(W - W.max(axis=1, keepdims=True))
    P /= P.sum(axis=1, keepdims=True)
    n = counts.sum(axis=1)[:, None]
    return (counts - n * P) / counts.sum()


# %% gradient: forgets that a row predicts once for each of its pairs (P isn't multiplied by the row's count)
# -> _once_a_row
def gradient(W: np.ndarray, counts: np.ndarray) -> np.ndarray:
    z = W - np.max(W, axis=1, keepdims=True)
    P = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    return (P - counts) / np.sum(counts)


# %% descend: walks uphill, the gradient is added
# -> _climbs
def descend(counts: np.ndarray, loss, gradient, steps: int, rate: float):
    W = np.zeros(counts.shape)
    losses = []
    for _ in range(steps):
        losses.append(loss(W, counts))
        W += rate * gradient(W, counts)
    return W, losses


# %% descend: measures each loss after the step instead of before
# -> _loss_after
def descend(counts: np.ndarray, loss, gradient, steps: int, rate: float):
    W = np.zeros(counts.shape)
    losses = []
    for _ in range(steps):
        W = W - rate * gradient(W, counts)
        losses.append(loss(W, counts))
    return W, losses


# %% descend: computes the gradient once, before the loop
# -> _stale_gradient
def descend(counts: np.ndarray, loss, gradient, steps: int, rate: float):
    W, losses = np.zeros(counts.shape), []
    g = gradient(W, counts)
    for step in range(steps):
        losses.append(loss(W, counts))
        W = W - rate * g
    return W, losses


# %% count_pairs: all wrapped names are joined into one text, so every border adds a pair ".."
# -> _joined
def count_pairs(names: list[str], index: dict[str, int]) -> np.ndarray:
    text = "".join(f".{name}." for name in names)
    table = np.zeros((len(index), len(index)), dtype=int)
    for k in range(len(text) - 1):
        table[index[text[k]], index[text[k + 1]]] += 1
    return table


# %% count_pairs: `counts[rows, columns] += 1` counts a repeated pair once only
# -> _types_not_tokens
def count_pairs(names, index):
    rows, columns = [], []
    for name in names:
        numbers = [index[c] for c in "." + name + "."]
        rows += numbers[:-1]
        columns += numbers[1:]
    counts = np.zeros((len(index),) * 2, dtype=np.int64)
    counts[rows, columns] += 1
    return counts


# %% probabilities: normalises the columns instead of the rows
# -> _columns
def probabilities(counts: np.ndarray) -> np.ndarray:
    return np.stack([column / column.sum() for column in counts.T], axis=1)


# %% probabilities: takes a softmax of the counts instead of their shares
# -> _softmax
def probabilities(counts):
    e = np.exp(counts - counts.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


# %% mean_nll: averages each name first and then the names, so pairs of short names weigh more
# -> _mean_of_names
def mean_nll(names: list[str], P: np.ndarray, index: dict[str, int]) -> float:
    per_name = []
    for name in names:
        ids = np.array([index[s] for s in f".{name}."])
        per_name.append(-np.log(P[ids[:-1], ids[1:]]).mean())
    return float(np.mean(per_name))


# %% mean_nll: pairs with probability 0 are left out instead of making the loss infinite
# -> _skips_zeros
def mean_nll(names, P, index):
    total, n = 0.0, 0
    for name in names:
        for pair in zip("." + name, name + "."):
            p = P[index[pair[0]], index[pair[1]]]
            if p > 0:
                total -= np.log(p)
                n += 1
    return total / n


# %% broken_name: every pair of this name occurs, so the loss is finite
# -> wrong value
broken_name = "anna"


# %% broken_name: longer than twelve letters
# -> wrong value
broken_name = "maximilianxqzxq"


# %% smoothed: adds k to the empty cells only
# -> _only_empty
def smoothed(counts: np.ndarray, k: float) -> np.ndarray:
    filled = np.where(counts == 0, k, counts)
    return filled / filled.sum(axis=1, keepdims=True)


# %% smoothed: k is added once to each row sum instead of once for each cell, so rows don't sum to 1
# -> _sum_plus_k
def smoothed(counts, k):
    out = np.zeros(counts.shape)
    for i, row in enumerate(counts):
        for j, c in enumerate(row):
            out[i, j] = (c + k) / (sum(row) + k)
    return out


# %% next_symbol: searchsorted finds the first running sum that is at least u, not one that exceeds it
# -> _reaches
def next_symbol(row: np.ndarray, u: float) -> int:
    return int(np.searchsorted(np.cumsum(row), u))


# %% next_symbol: counts the running sums above u instead of those not above it
# -> wrong value
def next_symbol(row, u):
    total, answer = 0.0, 0
    for p in row:
        total += p
        answer += total > u
    return int(answer)


# %% gradient: one softmax over the whole table instead of one for each row
# -> _one_softmax
def gradient(W: np.ndarray, counts: np.ndarray) -> np.ndarray:
    flat = np.exp(W - W.max()).ravel()
    P = (flat / flat.sum()).reshape(W.shape)
    n = counts.sum(axis=1, keepdims=True)
    return (n * P - counts) / counts.sum()


# %% gradient: the probabilities aren't multiplied by how often the row occurs
# -> _only_counts_divided
def gradient(W, counts):
    E = np.exp(W - W.max(1, keepdims=True))
    return E / E.sum(1, keepdims=True) - counts / counts.sum()


# %% descend: losses are measured after each step instead of before it
# -> _loss_after
def descend(counts: np.ndarray, loss, gradient, steps: int, rate: float):
    W, losses = np.zeros(counts.shape), []
    while len(losses) < steps:
        W = W - rate * gradient(W, counts)
        losses.append(loss(W, counts))
    return W, losses


# %% descend: zeros_like makes integers out of integer counts, and -= raises (UFuncTypeError)
# -> raised
def descend(counts, loss, gradient, steps, rate):
    W = np.zeros_like(counts)
    losses = [0.0] * steps
    for s in range(steps):
        losses[s] = loss(W, counts)
        W -= rate * gradient(W, counts)
    return W, losses

# Right answers in other styles: they pass, and the lesson runs below each of them.

# %% code_length: a loop with math.log2
def code_length(p):
    bits = 0.0
    for value in p:
        bits -= math.log2(value)
    return bits

# %% code_length: natural logs, changed to bits at the end
def code_length(probabilities):
    return float(np.log(1 / np.asarray(probabilities)).sum() / math.log(2))

# %% code_length: a generator in sum, an int to begin with
code_length = lambda p: sum(-math.log2(x) for x in p.tolist())

# %% code_length: a dot product with ones
def code_length(p):
    return np.log2(1 / p) @ np.ones(len(p))

# %% narrow: a loop over the symbols before
def narrow(low, width, frequencies, symbol):
    start = 0
    for i, f in enumerate(frequencies):
        if i == symbol:
            break
        start += f
    total = sum(frequencies)
    return (low * total + start * width, frequencies[symbol] * width)

# %% narrow: itertools.accumulate and a list for a tuple
import itertools

def narrow(low, width, f, s):
    ends = [0, *itertools.accumulate(f)]
    return [low * ends[-1] + width * ends[s], width * (ends[s + 1] - ends[s])]

# %% narrow: by the start and the end
def narrow(low, width, frequencies, symbol):
    total = sum(frequencies)
    start = low * total + width * sum(frequencies[:symbol])
    end = low * total + width * sum(frequencies[: symbol + 1])
    return start, end - start

# %% number_inside: the bits by bit_length
def number_inside(low, width, whole):
    bits = (-(-whole // width) - 1).bit_length()
    number, rest = divmod(low << bits, whole)
    return number + (rest > 0), bits

# %% number_inside: a while loop over bits with shifts, ceiling by adding whole - 1
def number_inside(low, width, whole):
    bits = 0
    while width * 2**bits < whole:
        bits += 1
    return ((low * 2**bits + whole - 1) // whole, bits)

# %% number_inside: fractions, from a first guess by bit_length
from fractions import Fraction

def number_inside(low, width, whole):
    share = Fraction(width, whole)
    bits = max(whole.bit_length() - width.bit_length() - 1, 0)
    while Fraction(1, 2**bits) > share:
        bits += 1
    return math.ceil(Fraction(low, whole) * 2**bits), bits

# %% decode: a for loop and a break, fractions of the interval kept as two integers
def decode(number, bits, length, model, past):
    symbols = [*past]
    top, bottom = number, 1 << bits
    for _ in range(length):
        f = model(symbols)
        total = sum(f)
        below = 0
        for symbol, frequency in enumerate(f):
            if top * total < bottom * (below + frequency):
                break
            below += frequency
        top, bottom = top * total - bottom * below, bottom * frequency
        symbols = symbols + [symbol]
    return symbols

# %% decode: bisect on the running sums
import bisect
import itertools

def decode(number, bits, length, model, past):
    symbols = past.copy()
    top, bottom = number, 2**bits
    while len(symbols) < len(past) + length:
        f = model(list(symbols))
        ends = list(itertools.accumulate(f))
        strip = top * ends[-1] // bottom
        symbol = bisect.bisect_right(ends, strip)
        top = top * ends[-1] - bottom * (ends[symbol] - f[symbol])
        bottom *= f[symbol]
        symbols.append(symbol)
    return symbols

# %% decode: with narrow, the interval beside the number, symbols by halving
def decode(number, bits, length, model, past):
    low, width, whole, symbols = 0, 1, 1, list(past)
    for _ in range(length):
        f = model(tuple(symbols))
        whole *= sum(f)
        first, last = 0, len(f) - 1
        while first < last:
            middle = (first + last) // 2
            start, wide = narrow(low, width, f, middle)
            if number * whole < (start + wide) * 2**bits:
                last = middle
            else:
                first = middle + 1
        low, width = narrow(low, width, f, first)
        symbols.append(first)
    return symbols

# %% frequencies: a loop, int for floor
def frequencies(p, total):
    n = len(p)
    counts = [1 + int(x * (total - n)) for x in p]
    best = max(range(n), key=lambda i: p[i])
    counts[best] += total - sum(counts)
    return counts

# %% frequencies: the last of the likeliest gets the rest
def frequencies(p, total):
    f = [int(np.floor(value * (total - len(p)))) + 1 for value in p.tolist()]
    best = 0
    for i in range(len(p)):
        if p[i] >= p[best]:
            best = i
    f[best] += total - sum(f)
    return f

# %% frequencies: a tuple of ints by map
def frequencies(p, total):
    f = np.ones(len(p), dtype=np.int32) + (p * (total - len(p))).astype(np.int32)
    f[p.argmax()] = total - f.sum() + f[p.argmax()]
    return tuple(map(int, f))

# %% adaptive_bits: the probability first, then the count
def adaptive_bits(symbols, size):
    counts, bits = [1] * size, 0.0
    for symbol in symbols:
        p = counts[symbol] / sum(counts)
        counts[symbol] += 1
        bits -= math.log2(p)
    return bits

# %% adaptive_bits: a dictionary, one taken off again
def adaptive_bits(symbols, size):
    seen, bits = {}, 0.0
    for i, s in enumerate(symbols):
        bits += math.log2((size + i) / (1 + seen.get(s, 0)))
        seen[s] = seen.get(s, 0) + 1
    return bits

# %% adaptive_bits: NumPy counts, natural logs
def adaptive_bits(symbols, size):
    counts, total = np.ones(size), 0.0
    for symbol in symbols:
        total += np.log(counts.sum() / counts[symbol])
        counts[symbol] += 1
    return total / np.log(2)

# %% adaptive_bits: the costs in a list
def adaptive_bits(symbols, size):
    costs = [-math.log2((1 + symbols[:i].count(s)) / (size + i)) for i, s in enumerate(symbols)]
    return sum(costs)

# %% prune: a loop over the rows, argmax for the highest
def prune(P, threshold):
    out = np.zeros_like(P)
    for r, row in enumerate(P):
        best = row.argmax()
        for c, value in enumerate(row):
            if value >= threshold or c == best:
                out[r, c] = value
        out[r] /= out[r].sum()
    return out

# %% prune: on a copy, the highest put back
def prune(P, threshold):
    Q = P.copy()
    Q[Q < threshold] = 0
    rows = np.arange(len(P))
    Q[rows, P.argmax(axis=-1)] = P.max(axis=-1)
    return Q / Q.sum(axis=-1)[:, None]

# %% prune: a threshold for each row, never above its highest
def prune(P, threshold):
    limits = np.minimum(threshold, P.max(axis=1, keepdims=True))
    kept = P * (P >= limits)
    return (kept.T / kept.sum(axis=1)).T

# %% guess_bounds: loops over a Counter
from collections import Counter

def guess_bounds(ranks, size):
    count, n = Counter(ranks), len(ranks)
    q = {i: count[i] / n for i in range(1, size + 2)}
    lower = sum(i * (q[i] - q[i + 1]) * math.log2(i) for i in range(1, size + 1))
    upper = -sum(q[i] * math.log2(q[i]) for i in q if q[i])
    return lower, upper

# %% guess_bounds: np.where for the logs, an appended zero, a list for a tuple
def guess_bounds(ranks, size):
    q = np.array([np.mean(np.array(ranks) == i) for i in range(1, size + 1)])
    i = np.arange(1, size + 1)
    lower = (i * -np.diff(np.append(q, 0)) * np.log2(i)).sum()
    logs = np.log2(np.where(q > 0, q, 1))
    return [float(lower), float(-(q * logs).sum())]

# %% guess_bounds: unique ranks for the upper bound
def guess_bounds(ranks, size):
    _, counts = np.unique(ranks, return_counts=True)
    share = counts / counts.sum()
    upper = (share * np.log2(1 / share)).sum()
    lower, n = 0, len(ranks)
    for i in range(1, size + 1):
        lower += i * (ranks.count(i) - ranks.count(i + 1)) / n * np.log2(i)
    return lower, upper

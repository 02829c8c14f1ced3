# %% code_length: a generator with math.log2
def code_length(p):
    return sum(-math.log2(x) for x in p)

# %% code_length: natural logs, converted at the end
def code_length(p: np.ndarray) -> float:
    nats = -np.log(np.asarray(p, dtype=float)).sum()
    return float(nats / math.log(2))

# %% narrow: one loop that adds up strips
def narrow(low, width, frequencies, symbol):
    total, before = 0, 0
    for i, f in enumerate(frequencies):
        if i < symbol:
            before += f
        total += f
    return total * low + before * width, frequencies[symbol] * width

# %% narrow: start and end of the part, the width is their difference
def narrow(low: int, width: int, frequencies: list[int], symbol: int) -> tuple[int, int]:
    def place(strips):
        return low * sum(frequencies) + width * strips

    start, end = place(sum(frequencies[:symbol])), place(sum(frequencies[: symbol + 1]))
    return start, end - start

# %% number_inside: bit_length, no loop
def number_inside(low, width, whole):
    steps = (whole + width - 1) // width  # whole / width, rounded up
    bits = (steps - 1).bit_length()
    return ((low << bits) + whole - 1) // whole, bits

# %% number_inside: divmod and a power that doubles
def number_inside(low: int, width: int, whole: int) -> tuple[int, int]:
    bits, power = 0, 1
    while power * width < whole:
        bits += 1
        power *= 2
    number, rest = divmod(low * power, whole)
    if rest:
        number += 1
    return number, bits

# %% decode: exact fractions
def decode(number, bits, length, model, past):
    from fractions import Fraction

    place, symbols = Fraction(number, 2**bits), list(past)
    for _ in range(length):
        f = model(symbols)
        place *= sum(f)
        symbol = 0
        while place >= f[symbol]:
            place -= f[symbol]
            symbol += 1
        place /= f[symbol]
        symbols = symbols + [symbol]
    return symbols

# %% decode: the encoder's low and width are carried along and compared
def decode(number: int, bits: int, length: int, model, past: list[int]) -> list[int]:
    symbols = [*past]
    low, width, whole = 0, 1, 1
    for _ in range(length):
        f = model(symbols)
        whole *= sum(f)
        for symbol in range(len(f)):
            start, wide = narrow(low, width, f, symbol)
            if start * 2**bits <= number * whole < (start + wide) * 2**bits:
                break
        low, width = start, wide
        symbols.append(symbol)
    return symbols

# %% frequencies: pure Python
def frequencies(p, total):
    share = total - len(p)
    f = [1 + math.floor(x * share) for x in p]
    best = max(range(len(f)), key=lambda i: p[i])
    f[best] += total - sum(f)
    return f

# %% frequencies: the rest is computed before the ones are added
def frequencies(p: np.ndarray, total: int) -> list[int]:
    n = np.size(p)
    shared = ((total - n) * np.asarray(p)).astype(int)
    rest = (total - n) - int(shared.sum())
    extra = np.zeros(n, dtype=int)
    extra[int(np.argmax(p))] = rest
    return [int(x) for x in shared + extra + 1]

# %% adaptive_bits: the total is known without a sum
def adaptive_bits(symbols, size):
    counts, bits = {}, 0.0
    for i, symbol in enumerate(symbols):
        before = counts.get(symbol, 0)
        bits += math.log2(size + i) - math.log2(1 + before)
        counts[symbol] = before + 1
    return bits

# %% adaptive_bits: the bug left where it is, the symbol taken out again by minus 1
def adaptive_bits(symbols: list[int], size: int) -> float:
    counts = [1] * size
    bits = 0.0
    for symbol in symbols:
        counts[symbol] += 1
        bits -= math.log2((counts[symbol] - 1) / (sum(counts) - 1))
    return bits

# %% prune: row by row
def prune(P, threshold):
    rows = []
    for row in P:
        limit = min(threshold, row.max())
        kept = np.array([x if x >= limit else 0.0 for x in row])
        rows.append(kept / kept.sum())
    return np.array(rows)

# %% prune: the limit of each row, a copy is changed
def prune(P: np.ndarray, threshold: float) -> np.ndarray:
    limits = np.minimum(P.max(axis=1), threshold)[:, None]
    out = P.astype(float).copy()
    out[out < limits] = 0
    out /= np.einsum("nm->n", out)[:, None]
    return out

# %% guess_bounds: loops and count
def guess_bounds(ranks, size):
    n = len(ranks)
    share = {i: ranks.count(i) / n for i in range(1, size + 2)}
    lower = sum(i * (share[i] - share[i + 1]) * math.log2(i) for i in range(1, size + 1))
    upper = -sum(q * math.log2(q) for q in share.values() if q)
    return lower, upper

# %% guess_bounds: np.diff and np.unique
def guess_bounds(ranks: list[int], size: int) -> tuple[float, float]:
    values, counts = np.unique(np.array(ranks), return_counts=True)
    q = np.zeros(size + 1)
    q[values - 1] = counts / len(ranks)
    i = np.arange(1, size + 1)
    lower = -(i * np.log2(i)) @ np.diff(q)
    p = counts / counts.sum()
    return float(lower), float(p @ np.log2(1 / p))

# Wrong answers to the exercises of compression: the exercise, then the true cause.

# %% code_length: the product first, which underflows
# -> _product
def code_length(p):
    total = 1.0
    for x in p:
        total *= x
    return -np.log2(total)

# %% code_length: the product first, with math
# -> _product_of_floats
def code_length(p):
    return -math.log2(math.prod(p))

# %% code_length: an entropy, each cost weighted by its probability
# -> _weighted
def code_length(p):
    return -(p * np.log2(p)).sum()

# %% code_length: the mean
# -> _mean
def code_length(p):
    return np.log2(1 / p).mean()

# %% code_length: natural logs
# -> _nats
def code_length(p):
    return sum(-math.log(x) for x in p)

# %% code_length: the log of the sum
# -> located
def code_length(p):
    return -np.log2(p.sum())

# %% code_length: no sum
# -> _not_summed
def code_length(p):
    return -np.log2(p)

# %% code_length: each symbol rounded up
# -> _whole_bits
def code_length(p):
    return sum(math.ceil(-math.log2(x)) for x in p)

# %% code_length: the whole rounded up
# -> _rounded_up
def code_length(p):
    return math.ceil(-np.log2(p).sum())

# %% code_length: log10
# -> located
def code_length(p):
    return -np.log10(p).sum()

# %% code_length: equal probabilities are counted once
# -> wrong value
def code_length(p):
    return -sum(math.log2(x) for x in set(p.tolist()))

# %% code_length: the first is left out
# -> located
def code_length(p):
    return -np.log2(p[1:]).sum()

# %% code_length: a small number is added to each probability
# -> _epsilon
def code_length(p):
    return -np.log2(p + 1e-9).sum()

# %% code_length: probabilities are clipped from below
# -> wrong value
def code_length(p):
    return -np.log2(np.clip(p, 1e-10, 1)).sum()

# %% code_length: raises "TypeError: only"
# -> raised
def code_length(p):
    return -math.log2(p)

# %% code_length: raises "ValueError: math domain error"
# -> _product_of_floats
def code_length(p):
    return -math.log2(math.prod(p))

# %% code_length: raises "RuntimeWarning: divide by zero encountered in log2"
# -> _product
def code_length(p):
    return -np.log2(np.prod(p))

# %% narrow: the symbol's own strips are skipped, too
# -> _inclusive
def narrow(low, width, frequencies, symbol):
    return low * sum(frequencies) + width * sum(frequencies[:symbol + 1]), width * frequencies[symbol]

# %% narrow: low stays in the old unit
# -> _not_rescaled
def narrow(low, width, frequencies, symbol):
    low += width * sum(frequencies[:symbol])
    width *= frequencies[symbol]
    return low, width

# %% narrow: width is narrowed first
# -> _width_first
def narrow(low, width, frequencies, symbol):
    width *= frequencies[symbol]
    low = low * sum(frequencies) + width * sum(frequencies[:symbol])
    return low, width

# %% narrow: divides
# -> _divides_as_floats
def narrow(low, width, frequencies, symbol):
    total = sum(frequencies)
    return low + width * sum(frequencies[:symbol]) / total, width * frequencies[symbol] / total

# %% narrow: divides, rounding down
# -> _divides
def narrow(low, width, frequencies, symbol):
    total = sum(frequencies)
    return low + width * sum(frequencies[:symbol]) // total, width * frequencies[symbol] // total

# %% narrow: returns the end
# -> _returns_end
def narrow(low, width, frequencies, symbol):
    total = sum(frequencies)
    low = low * total + width * sum(frequencies[:symbol])
    return low, low + width * frequencies[symbol]

# %% narrow: the width isn't narrowed
# -> _keeps_the_width
def narrow(low, width, frequencies, symbol):
    return low * sum(frequencies) + width * sum(frequencies[:symbol]), width

# %% narrow: the width times the total
# -> wrong value
def narrow(low, width, frequencies, symbol):
    return low * sum(frequencies) + width * sum(frequencies[:symbol]), width * sum(frequencies)

# %% narrow: finds the place by the frequency's value
# -> wrong value
def narrow(low, width, frequencies, symbol):
    place = frequencies.index(frequencies[symbol])
    return low * sum(frequencies) + width * sum(frequencies[:place]), width * frequencies[symbol]

# %% narrow: skips from the other end
# -> wrong value
def narrow(low, width, frequencies, symbol):
    return low * sum(frequencies) + width * sum(frequencies[symbol:]), width * frequencies[symbol]

# %% narrow: changes the list of frequencies
# -> changed its input
def narrow(low, width, frequencies, symbol):
    total = sum(frequencies)
    below = 0
    for _ in range(symbol):
        below += frequencies.pop(0)
    return low * total + width * below, width * frequencies[0]

# %% narrow: raises "TypeError: unsupported operand type(s) for +: 'int' and 'list'"
# -> raised
def narrow(low, width, frequencies, symbol):
    return low * sum(frequencies) + width * frequencies[:symbol], width * frequencies[symbol]

# %% narrow: raises "OverflowError: Python int too large"
# -> raised
def narrow(low, width, frequencies, symbol):
    f = np.array(frequencies)
    return low * f.sum() + width * f[:symbol].sum(), width * f[symbol]

# %% narrow: raises "IndexError: list index out of range"
# -> located
def narrow(low, width, frequencies, symbol):
    return low * sum(frequencies) + width * sum(frequencies[:symbol]), width * frequencies[symbol + 1]

# %% number_inside: rounds down
# -> _floor
def number_inside(low, width, whole):
    bits = 0
    while width * 2**bits < whole:
        bits += 1
    return low * 2**bits // whole, bits

# %% number_inside: rounds down and adds one, always
# -> _floor_and_one
def number_inside(low, width, whole):
    bits = 0
    while width * 2**bits < whole:
        bits += 1
    return low * 2**bits // whole + 1, bits

# %% number_inside: one bit too many for powers of 1/2
# -> _strict
def number_inside(low, width, whole):
    bits = 0
    while width * 2**bits <= whole:
        bits += 1
    return -(-low * 2**bits // whole), bits

# %% number_inside: floats
# -> _floats
def number_inside(low, width, whole):
    bits = math.ceil(-math.log2(width / whole))
    return math.ceil(low / whole * 2**bits), bits

# %% number_inside: ceil of a float quotient, the bits exact
# -> _rounded_by_floats
def number_inside(low, width, whole):
    bits = 0
    while width * 2**bits < whole:
        bits += 1
    return math.ceil(low / whole * 2**bits), bits

# %% number_inside: the bits from two logs
# -> _bits_by_logs
def number_inside(low, width, whole):
    bits = math.ceil(math.log2(whole) - math.log2(width))
    return -(-low * 2**bits // whole), bits

# %% number_inside: the middle of the interval
# -> wrong value
def number_inside(low, width, whole):
    bits = 0
    while width * 2**bits < whole:
        bits += 1
    return (2 * low + width) * 2**bits // (2 * whole), bits

# %% number_inside: round for ceil
# -> _nearest
def number_inside(low, width, whole):
    bits = 0
    while width * 2**bits < whole:
        bits += 1
    return (2 * low * 2**bits + whole) // (2 * whole), bits

# %% number_inside: at least one bit
# -> wrong value
def number_inside(low, width, whole):
    bits = 1
    while width * 2**bits < whole:
        bits += 1
    return -(-low * 2**bits // whole), bits

# %% number_inside: (bits, number)
# -> _exchanged
def number_inside(low, width, whole):
    bits = 0
    while width * 2**bits < whole:
        bits += 1
    return bits, -(-low * 2**bits // whole)

# %% number_inside: the fraction itself
# -> wrong value
def number_inside(low, width, whole):
    bits = 0
    while width * 2**bits < whole:
        bits += 1
    return -(-low * 2**bits // whole) / 2**bits, bits

# %% number_inside: raises "OverflowError: int"
# -> raised
def number_inside(low, width, whole):
    bits = 0
    while width * 2**bits < whole:
        bits += 1
    return math.ceil(low * 2**bits / whole), bits

# %% number_inside: raises "ValueError: math domain error"
# -> raised
def number_inside(low, width, whole):
    bits = math.ceil(-math.log2(width / whole))
    return -(-low * 2**bits // whole), bits

# %% decode: < for <= in the hint's loop
# -> _strict_search
def decode(number, bits, length, model, past):
    symbols = list(past)
    top, bottom = number, 2**bits
    for _ in range(length):
        f = model(symbols)
        strip = top * sum(f) // bottom
        symbol = 0
        while sum(f[:symbol + 1]) < strip:
            symbol += 1
        top = top * sum(f) - bottom * sum(f[:symbol])
        bottom = bottom * f[symbol]
        symbols.append(symbol)
    return symbols

# %% decode: the interval never shrinks
# -> _bottom_stays_put
def decode(number, bits, length, model, past):
    symbols = list(past)
    top, bottom = number, 2**bits
    for _ in range(length):
        f = model(symbols)
        strip = top * sum(f) // bottom
        symbol = 0
        while sum(f[:symbol + 1]) <= strip:
            symbol += 1
        top = top * sum(f) - bottom * sum(f[:symbol])
        symbols.append(symbol)
    return symbols

# %% decode: never zooms in
# -> _never_zooms
def decode(number, bits, length, model, past):
    symbols = list(past)
    top, bottom = number, 2**bits
    for _ in range(length):
        f = model(symbols)
        strip = top * sum(f) // bottom
        symbol = 0
        while sum(f[:symbol + 1]) <= strip:
            symbol += 1
        symbols.append(symbol)
    return symbols

# %% decode: symbol isn't set back
# -> _not_set_back
def decode(number, bits, length, model, past):
    symbols = list(past)
    top, bottom = number, 2**bits
    symbol = 0
    for _ in range(length):
        f = model(symbols)
        strip = top * sum(f) // bottom
        while sum(f[:symbol + 1]) <= strip:
            symbol += 1
        top = top * sum(f) - bottom * sum(f[:symbol])
        bottom = bottom * f[symbol]
        symbols.append(symbol)
    return symbols

# %% decode: symbol doesn't grow
# -> wrong value
def decode(number, bits, length, model, past):
    symbols = list(past)
    top, bottom = number, 2**bits
    for _ in range(length):
        f = model(symbols)
        strip = top * sum(f) // bottom
        symbol = 0
        while sum(f[:symbol + 1]) <= strip:
            strip = strip
        top = top * sum(f) - bottom * sum(f[:symbol])
        bottom = bottom * f[symbol]
        symbols.append(symbol)
    return symbols

# %% decode: bottom is changed before top
# -> _bottom_first
def decode(number, bits, length, model, past):
    symbols = list(past)
    top, bottom = number, 2**bits
    for _ in range(length):
        f = model(symbols)
        strip = top * sum(f) // bottom
        symbol = 0
        while sum(f[:symbol + 1]) <= strip:
            symbol += 1
        bottom = bottom * f[symbol]
        top = top * sum(f) - bottom * sum(f[:symbol])
        symbols.append(symbol)
    return symbols

# %% decode: the model isn't given the past
# -> _forgets_past
def decode(number, bits, length, model, past):
    symbols = []
    top, bottom = number, 2**bits
    for _ in range(length):
        f = model(symbols)
        strip = top * sum(f) // bottom
        symbol = 0
        while sum(f[:symbol + 1]) <= strip:
            symbol += 1
        top = top * sum(f) - bottom * sum(f[:symbol])
        bottom = bottom * f[symbol]
        symbols.append(symbol)
    return past + symbols

# %% decode: appends to the caller's list
# -> changed its input
def decode(number, bits, length, model, past):
    symbols = past
    top, bottom = number, 2**bits
    for _ in range(length):
        f = model(symbols)
        strip = top * sum(f) // bottom
        symbol = 0
        while sum(f[:symbol + 1]) <= strip:
            symbol += 1
        top = top * sum(f) - bottom * sum(f[:symbol])
        bottom = bottom * f[symbol]
        symbols.append(symbol)
    return symbols

# %% decode: only the new symbols come back
# -> _only_new
def decode(number, bits, length, model, past):
    symbols = list(past)
    top, bottom = number, 2**bits
    for _ in range(length):
        f = model(symbols)
        strip = top * sum(f) // bottom
        symbol = 0
        while sum(f[:symbol + 1]) <= strip:
            symbol += 1
        top = top * sum(f) - bottom * sum(f[:symbol])
        bottom = bottom * f[symbol]
        symbols.append(symbol)
    return symbols[-length:]

# %% decode: the model gets an array, which the lesson's models can't take
# -> wrong value
def decode(number, bits, length, model, past):
    symbols = list(past)
    top, bottom = number, 2**bits
    for _ in range(length):
        f = model(np.array(symbols, dtype=int))
        strip = top * sum(f) // bottom
        symbol = 0
        while sum(f[:symbol + 1]) <= strip:
            symbol += 1
        top = top * sum(f) - bottom * sum(f[:symbol])
        bottom = bottom * f[symbol]
        symbols.append(symbol)
    return symbols

# %% decode: the search asks for the strips before the symbol
# -> located
def decode(number, bits, length, model, past):
    symbols = list(past)
    top, bottom = number, 2**bits
    for _ in range(length):
        f = model(symbols)
        strip = top * sum(f) // bottom
        symbol = 0
        while sum(f[:symbol]) <= strip:
            symbol += 1
        top = top * sum(f) - bottom * sum(f[:symbol])
        bottom = bottom * f[symbol]
        symbols.append(symbol)
    return symbols

# %% decode: one float for the place
# -> wrong value
def decode(number, bits, length, model, past):
    symbols, place = list(past), number / 2**bits
    for _ in range(length):
        f = model(symbols)
        total, symbol, below = sum(f), 0, 0
        while below + f[symbol] <= place * total and symbol < len(f) - 1:
            below += f[symbol]
            symbol += 1
        place = (place * total - below) / f[symbol]
        symbols.append(symbol)
    return symbols

# %% decode: raises "ZeroDivisionError"
# -> wrong value
def decode(number, bits, length, model, past):
    symbols = list(past)
    top, bottom = number, 2**bits
    for _ in range(length):
        f = model(symbols)
        strip = top * sum(f) // bottom
        symbol = 0
        while sum(f[:symbol]) < strip:
            symbol += 1
        top = top * sum(f) - bottom * sum(f[:symbol])
        bottom = bottom * f[symbol]
        symbols.append(symbol)
    return symbols

# %% decode: raises "IndexError: list index out of range"
# -> raised
def decode(number, bits, length, model, past):
    symbols = list(past)
    top, bottom = number, 2**bits
    for _ in range(length):
        f = model(symbols)
        strip = top * sum(f) // bottom
        symbol, end = 0, f[0]
        while end <= strip:
            symbol += 1
            end += f[symbol]
        top = top * sum(f) - bottom * sum(f[:symbol])
        symbols.append(symbol)
    return symbols

# %% decode: raises "OverflowError: int"
# -> raised
def decode(number, bits, length, model, past):
    symbols = list(past)
    top, bottom = number, 2**bits
    for _ in range(length):
        f = model(symbols)
        strip = int(top * (sum(f) / bottom))
        symbol = 0
        while sum(f[:symbol + 1]) <= strip:
            symbol += 1
        top = top * sum(f) - bottom * sum(f[:symbol])
        bottom = bottom * f[symbol]
        symbols.append(symbol)
    return symbols

# %% frequencies: small ones become 0
# -> _rounds_to_zero
def frequencies(p, total):
    f = [int(x * total) for x in p]
    f[int(np.argmax(p))] += total - sum(f)
    return f

# %% frequencies: total is shared as a whole, and at least 1
# -> _raised_to_one
def frequencies(p, total):
    f = [max(1, int(x * total)) for x in p]
    f[int(np.argmax(p))] += total - sum(f)
    return f

# %% frequencies: round for floor
# -> _nearest
def frequencies(p, total):
    f = [1 + round(float(x) * (total - len(p))) for x in p]
    f[int(np.argmax(p))] += total - sum(f)
    return f

# %% frequencies: the rest isn't given to anybody
# -> _left_over
def frequencies(p, total):
    return [1 + int(x * (total - len(p))) for x in p]

# %% frequencies: the rest to the largest remainders
# -> _largest_remainders
def frequencies(p, total):
    share = p * (total - len(p))
    f = np.floor(share).astype(int) + 1
    order = np.argsort(-(share - np.floor(share)))
    for i in order[:total - f.sum()]:
        f[i] += 1
    return f.tolist()

# %% frequencies: the rest to the largest count
# -> _to_the_largest_count
def frequencies(p, total):
    f = [1 + int(x * (total - len(p))) for x in p]
    f[f.index(max(f))] += total - sum(f)
    return f

# %% frequencies: the rest to each of the likeliest
# -> _to_all_likeliest
def frequencies(p, total):
    f = 1 + np.floor(p * (total - len(p))).astype(int)
    f[p == p.max()] += total - f.sum()
    return f.tolist()

# %% frequencies: the rest to the rarest
# -> located
def frequencies(p, total):
    f = 1 + np.floor(p * (total - len(p))).astype(int)
    f[np.argmin(p)] += total - f.sum()
    return f.tolist()

# %% frequencies: an array
# -> wrong type
def frequencies(p, total):
    f = 1 + np.floor(p * (total - len(p))).astype(int)
    f[np.argmax(p)] += total - f.sum()
    return f

# %% frequencies: floats
# -> _as_floats
def frequencies(p, total):
    f = 1 + np.floor(p * (total - len(p)))
    f[np.argmax(p)] += total - f.sum()
    return list(f)

# %% frequencies: raises "got 'int64', expected 'int'"
# -> wrong value
def frequencies(p, total):
    f = 1 + np.floor(p * (total - len(p))).astype(int)
    f[np.argmax(p)] += total - f.sum()
    return list(f)

# %% frequencies: raises "UFuncTypeError: Cannot cast ufunc 'add' output"
# -> raised
def frequencies(p, total):
    f = np.ones(len(p), dtype=int)
    f += np.floor(p * (total - len(p)))
    f[np.argmax(p)] += total - f.sum()
    return f.tolist()

# %% adaptive_bits: only the sum comes before the update
# -> _sum_before
def adaptive_bits(symbols, size):
    counts = [1] * size
    bits = 0.0
    for symbol in symbols:
        total = sum(counts)
        counts[symbol] += 1
        bits -= math.log2(counts[symbol] / total)
    return bits

# %% adaptive_bits: the counts begin at 0
# -> wrong value
def adaptive_bits(symbols, size):
    counts = [0] * size
    bits = 0.0
    for symbol in symbols:
        counts[symbol] += 1
        bits -= math.log2(counts[symbol] / sum(counts))
    return bits

# %% adaptive_bits: the update is gone
# -> _never_counts
def adaptive_bits(symbols, size):
    counts = [1] * size
    bits = 0.0
    for symbol in symbols:
        bits -= math.log2(counts[symbol] / sum(counts))
    return bits

# %% adaptive_bits: the update stands behind the loop
# -> _never_counts
def adaptive_bits(symbols, size):
    counts = [1] * size
    bits = 0.0
    for symbol in symbols:
        bits -= math.log2(counts[symbol] / sum(counts))
    counts[symbol] += 1
    return bits

# %% adaptive_bits: one is taken off the count alone
# -> _half_mended
def adaptive_bits(symbols, size):
    counts = [1] * size
    bits = 0.0
    for symbol in symbols:
        counts[symbol] += 1
        bits -= math.log2((counts[symbol] - 1) / sum(counts))
    return bits

# %% adaptive_bits: the count is doubled
# -> wrong value
def adaptive_bits(symbols, size):
    counts = [1] * size
    bits = 0.0
    for symbol in symbols:
        bits -= math.log2(counts[symbol] / sum(counts))
        counts[symbol] *= 2
    return bits

# %% adaptive_bits: natural logs
# -> located
def adaptive_bits(symbols, size):
    counts = [1] * size
    bits = 0.0
    for symbol in symbols:
        bits -= math.log(counts[symbol] / sum(counts))
        counts[symbol] += 1
    return bits

# %% adaptive_bits: raises "ZeroDivisionError"
# -> raised
def adaptive_bits(symbols, size):
    counts = [0] * size
    bits = 0.0
    for symbol in symbols:
        bits -= math.log2(counts[symbol] / sum(counts))
        counts[symbol] += 1
    return bits

# %% adaptive_bits: raises "ValueError: math domain error"
# -> raised
def adaptive_bits(symbols, size):
    counts = [0] * size
    bits = 0.0
    for i, symbol in enumerate(symbols):
        bits -= math.log2(counts[symbol] / (size + i))
        counts[symbol] += 1
    return bits

# %% adaptive_bits: raises "IndexError: list index out of range"
# -> raised
def adaptive_bits(symbols, size):
    counts = [1] * len(set(symbols))
    bits = 0.0
    for symbol in symbols:
        bits -= math.log2(counts[symbol] / sum(counts))
        counts[symbol] += 1
    return bits

# %% prune: not divided by the new sums
# -> _not_renormalised
def prune(P, threshold):
    return np.where((P >= threshold) | (P == P.max(axis=1, keepdims=True)), P, 0)

# %% prune: the highest isn't protected
# -> _drops_the_highest
def prune(P, threshold):
    kept = np.where(P < threshold, 0, P)
    return kept / kept.sum(axis=1, keepdims=True)

# %% prune: the highest isn't protected, sums of 0 left alone
# -> _empty_rows
def prune(P, threshold):
    kept = np.where(P < threshold, 0, P)
    sums = kept.sum(axis=1, keepdims=True)
    return kept / np.where(sums > 0, sums, 1)

# %% prune: <= for <
# -> _at_the_threshold
def prune(P, threshold):
    kept = np.where(P <= threshold, 0, P)
    kept[np.arange(len(P)), P.argmax(axis=1)] = P.max(axis=1)
    return kept / kept.sum(axis=1, keepdims=True)

# %% prune: on the caller's own table
# -> changed its input
def prune(P, threshold):
    P[(P < threshold) & (P < P.max(axis=1, keepdims=True))] = 0
    P /= P.sum(axis=1, keepdims=True)
    return P

# %% prune: the columns are divided
# -> _columns_normalised
def prune(P, threshold):
    kept = np.where((P >= threshold) | (P == P.max(axis=1, keepdims=True)), P, 0)
    return kept / kept.sum(axis=0)

# %% prune: the highest of each column
# -> _highest_of_columns
def prune(P, threshold):
    kept = np.where((P >= threshold) | (P == P.max(axis=0, keepdims=True)), P, 0)
    return kept / kept.sum(axis=1, keepdims=True)

# %% prune: the whole table is divided by one sum
# -> _table_normalised
def prune(P, threshold):
    kept = np.where((P >= threshold) | (P == P.max(axis=1, keepdims=True)), P, 0)
    return kept / kept.sum()

# %% prune: the share that was cut is spread evenly
# -> wrong value
def prune(P, threshold):
    keep = (P >= threshold) | (P == P.max(axis=1, keepdims=True))
    kept = np.where(keep, P, 0)
    lost = 1 - kept.sum(axis=1, keepdims=True)
    return np.where(keep, kept + lost / keep.sum(axis=1, keepdims=True), 0)

# %% prune: a softmax makes the rows sum to 1
# -> wrong value
def prune(P, threshold):
    kept = np.exp(np.where((P >= threshold) | (P == P.max(axis=1, keepdims=True)), P, -np.inf))
    return kept / kept.sum(axis=1, keepdims=True)

# %% prune: raises "TypeError: ufunc 'bitwise_or' not supported"
# -> raised
def prune(P, threshold):
    kept = np.where(P >= threshold | P == P.max(axis=1, keepdims=True), P, 0)
    return kept / kept.sum(axis=1, keepdims=True)

# %% prune: raises "RuntimeWarning: invalid value encountered in divide"
# -> _drops_the_highest
def prune(P, threshold):
    kept = P * (P >= threshold)
    return kept / kept.sum(axis=1, keepdims=True)

# %% guess_bounds: zeros times the log of zero
# -> _zero_log
def guess_bounds(ranks, size):
    q = np.bincount(ranks, minlength=size + 2)[1:] / len(ranks)
    i = np.arange(1, size + 1)
    return np.sum(i * (q[:-1] - q[1:]) * np.log2(i)), -np.sum(q * np.log2(q))

# %% guess_bounds: the last term is missing
# -> _no_last_term
def guess_bounds(ranks, size):
    q = np.bincount(ranks, minlength=size + 1)[1:] / len(ranks)
    i = np.arange(1, size)
    seen = q[q > 0]
    return np.sum(i * (q[:-1] - q[1:]) * np.log2(i)), -np.sum(seen * np.log2(seen))

# %% guess_bounds: no factor i
# -> _no_factor
def guess_bounds(ranks, size):
    q = np.bincount(ranks, minlength=size + 2)[1:] / len(ranks)
    i = np.arange(1, size + 1)
    seen = q[q > 0]
    return np.sum((q[:-1] - q[1:]) * np.log2(i)), -np.sum(seen * np.log2(seen))

# %% guess_bounds: natural logs
# -> _in_nats
def guess_bounds(ranks, size):
    q = [ranks.count(i) / len(ranks) for i in range(1, size + 2)]
    lower = sum(i * (q[i - 1] - q[i]) * math.log(i) for i in range(1, size + 1))
    return lower, -sum(x * math.log(x) for x in q if x)

# %% guess_bounds: the differences are turned round
# -> _differences_turned
def guess_bounds(ranks, size):
    q = np.bincount(ranks, minlength=size + 2)[1:] / len(ranks)
    i = np.arange(1, size + 1)
    seen = q[q > 0]
    return np.sum(i * np.diff(q) * np.log2(i)), -np.sum(seen * np.log2(seen))

# %% guess_bounds: no minus
# -> _no_minus
def guess_bounds(ranks, size):
    q = np.bincount(ranks, minlength=size + 2)[1:] / len(ranks)
    i = np.arange(1, size + 1)
    seen = q[q > 0]
    return np.sum(i * (q[:-1] - q[1:]) * np.log2(i)), np.sum(seen * np.log2(seen))

# %% guess_bounds: only the ranks that came, neighbours among those
# -> wrong value
def guess_bounds(ranks, size):
    values, counts = np.unique(ranks, return_counts=True)
    q = np.append(counts / len(ranks), 0)
    lower = np.sum(values * (q[:-1] - q[1:]) * np.log2(values))
    seen = q[q > 0]
    return lower, -np.sum(seen * np.log2(seen))

# %% guess_bounds: shares of size, not of the number of ranks
# -> wrong value
def guess_bounds(ranks, size):
    q = np.bincount(ranks, minlength=size + 2)[1:] / size
    i = np.arange(1, size + 1)
    seen = q[q > 0]
    return np.sum(i * (q[:-1] - q[1:]) * np.log2(i)), -np.sum(seen * np.log2(seen))

# %% guess_bounds: raises "RuntimeWarning: divide by zero encountered in log2"
# -> _zero_log
def guess_bounds(ranks, size):
    q = np.bincount(ranks, minlength=size + 2)[1:] / len(ranks)
    i = np.arange(1, size + 1)
    return np.sum(i * (q[:-1] - q[1:]) * np.log2(i)), -np.sum(q * np.log2(q))

# %% guess_bounds: raises "ValueError: operands could not be broadcast"
# -> located
def guess_bounds(ranks, size):
    q = np.bincount(ranks)[1:] / len(ranks)
    i = np.arange(1, size + 1)
    seen = q[q > 0]
    return np.sum(i * (q[:-1] - q[1:]) * np.log2(i)), -np.sum(seen * np.log2(seen))


# %% code_length: the entropy formula, each cost is weighted by its probability
# -> _weighted
def code_length(p):
    return -(p * np.log2(p)).sum()


# %% code_length: each cost times its probability, in a loop
# -> _weighted
def code_length(p):
    bits = 0.0
    for chance in p:
        bits += chance * -math.log2(chance)
    return bits


# %% decode: ends >= strip instead of > strip, a number on a boundary falls to the symbol before (may then divide by 0)
# -> _search_too_soon
def decode(number: int, bits: int, length: int, model, past: list[int]) -> list[int]:
    symbols = list(past)
    top, bottom = number, 2**bits
    for _ in range(length):
        f = model(symbols)
        total = sum(f)
        strip = top * total // bottom
        ends = np.cumsum(f)
        symbol = int(np.argmax(ends >= strip))
        top, bottom = top * total - bottom * sum(f[:symbol]), bottom * f[symbol]
        symbols.append(symbol)
    return symbols


# %% decode: bisect_left finds an end that equals the strip
# -> _search_too_soon
def decode(number, bits, length, model, past):
    symbols, top, bottom = list(past), number, 2**bits
    for _ in range(length):
        f = model(symbols)
        total = sum(f)
        strip = top * total // bottom
        ends = np.cumsum(f).tolist()
        symbol = int(np.searchsorted(ends, strip))
        top, bottom = top * total - bottom * sum(f[:symbol]), bottom * f[symbol]
        symbols.append(symbol)
    return symbols


# %% decode: next with >= instead of >
# -> _search_too_soon
def decode(number, bits, length, model, past):
    symbols, top, bottom = list(past), number, 2**bits
    for _ in range(length):
        f = model(symbols)
        total = sum(f)
        strip = top * total // bottom
        symbol = next(s for s in range(len(f)) if sum(f[: s + 1]) >= strip)
        top, bottom = top * total - bottom * sum(f[:symbol]), bottom * f[symbol]
        symbols.append(symbol)
    return symbols


# %% decode: a loop over the frequencies stops where the sum reaches the strip
# -> _search_too_soon
def decode(number, bits, length, model, past):
    symbols, top, bottom = list(past), number, 2**bits
    for _ in range(length):
        f = model(symbols)
        total = sum(f)
        strip = top * total // bottom
        end = 0
        for symbol, share in enumerate(f):
            end += share
            if end >= strip:
                break
        top, bottom = top * total - bottom * sum(f[:symbol]), bottom * f[symbol]
        symbols.append(symbol)
    return symbols


# %% decode: the new top isn't reduced by the strips before the symbol
# -> _top_not_reduced
def decode(number, bits, length, model, past):
    symbols, top, bottom = list(past), number, 2**bits
    for _ in range(length):
        f = model(symbols)
        strip = top * sum(f) // bottom % sum(f)
        symbol = next(s for s in range(len(f)) if sum(f[: s + 1]) > strip)
        top = top * sum(f)
        bottom = bottom * f[symbol]
        symbols.append(symbol)
    return symbols


# %% decode: top isn't reduced, the hint's loop
# -> _top_not_reduced
def decode(number, bits, length, model, past):
    symbols, top, bottom = list(past), number, 2**bits
    for _ in range(length):
        f = model(symbols)
        total = sum(f)
        strip = top * total // bottom
        symbol = 0
        while sum(f[: symbol + 1]) <= strip:
            symbol += 1
        top, bottom = top * total, bottom * f[symbol]
        symbols.append(symbol)
    return symbols


# %% decode: top isn't reduced, a loop over the frequencies
# -> _top_not_reduced
def decode(number, bits, length, model, past):
    symbols, top, bottom = list(past), number, 2**bits
    for _ in range(length):
        f = model(symbols)
        total = sum(f)
        strip = top * total // bottom
        end = 0
        for symbol, share in enumerate(f):
            end += share
            if end > strip:
                break
        top, bottom = top * total, bottom * f[symbol]
        symbols.append(symbol)
    return symbols


# %% decode: top isn't reduced, np.argmax
# -> _top_not_reduced
def decode(number, bits, length, model, past):
    symbols, top, bottom = list(past), number, 2**bits
    for _ in range(length):
        f = model(symbols)
        total = sum(f)
        strip = top * total // bottom
        symbol = int(np.argmax(np.array([sum(f[: s + 1]) > strip for s in range(len(f))])))
        top, bottom = top * total, bottom * f[symbol]
        symbols.append(symbol)
    return symbols


# %% adaptive_bits: the total is taken before the step, but the count still after it
# -> _sum_before
def adaptive_bits(symbols, size):
    counts = [1] * size
    bits = 0.0
    for symbol in symbols:
        total = sum(counts)
        counts[symbol] += 1
        bits -= math.log2(counts[symbol] / total)
    return bits


# %% adaptive_bits: the symbol's count is raised, the total is kept by hand and raised later
# -> _sum_before
def adaptive_bits(symbols, size):
    counts, total = [1] * size, size
    bits = 0.0
    for symbol in symbols:
        counts[symbol] += 1
        bits += math.log2(total / counts[symbol])
        total += 1
    return bits


# %% prune: only the highest of the whole table is kept
# -> _highest_of_all
def prune(P, threshold):
    Q = P * ((P >= threshold) | (P == P.max()))
    sums = Q.sum(axis=1)
    sums[sums == 0] = 1
    return Q / sums[:, None]


# %% prune: only the highest of the whole table is kept, empty rows by nan_to_num
# -> _highest_of_all
def prune(P, threshold):
    Q = np.where((P >= threshold) | (P == np.max(P)), P, 0.0)
    with np.errstate(invalid="ignore"):
        return np.nan_to_num(Q / Q.sum(axis=1, keepdims=True))


# %% prune: the highest of each column is kept, empty rows divided by 1
# -> _highest_of_columns
def prune(P, threshold):
    Q = np.where((P >= threshold) | (P == P.max(axis=0)), P, 0)
    sums = Q.sum(axis=1, keepdims=True)
    return Q / np.where(sums == 0, 1, sums)


# %% guess_bounds: bincount isn't cut, so the rank 0 that never comes shifts every share by one
# -> _rank_0_kept
def guess_bounds(ranks, size):
    q = np.bincount(ranks, minlength=size + 1) / len(ranks)  # (size + 1,)
    i = np.arange(1, size + 1)
    lower = np.sum(i * (q[:-1] - q[1:]) * np.log2(i))
    seen = q[q > 0]
    return float(lower), float(-np.sum(seen * np.log2(seen)))


# %% guess_bounds: the shares begin with rank 0, counted by hand
# -> _rank_0_kept
def guess_bounds(ranks, size):
    q = [ranks.count(i) / len(ranks) for i in range(size + 1)]
    lower = sum(i * (q[i - 1] - q[i]) * math.log2(i) for i in range(1, size + 1))
    upper = -sum(share * math.log2(share) for share in q if share)
    return lower, upper


# %% decode: the strips before the symbol are taken off top, but not times bottom
# -> _top_not_reduced
def decode(number, bits, length, model, past):
    symbols, top, bottom = list(past), number, 2**bits
    for _ in range(length):
        f = model(symbols)
        total = sum(f)
        strip = top * total // bottom
        symbol = 0
        while sum(f[: symbol + 1]) <= strip:
            symbol += 1
        top, bottom = top * total - sum(f[:symbol]), bottom * f[symbol]
        symbols.append(symbol)
    return symbols


# %% code_length: natural logarithm, so the result is in nats
# -> _nats
def code_length(p):
    return -np.sum(np.log(p))


# %% code_length: mean instead of sum, bits for each symbol
# -> _mean
def code_length(p: np.ndarray) -> float:
    return float(np.mean(-np.log2(p)))


# %% code_length: the product of a long text underflows to 0, its log is infinite
# -> _product
def code_length(p):
    product = 1.0
    for x in p:
        product *= x
    return -np.log2(product)


# %% code_length: the entropy formula, each cost is weighted by its probability
# -> _weighted
def code_length(p):
    return -(p * np.log2(p)).sum()


# %% narrow: low isn't multiplied, it stays in the old unit
# -> _not_rescaled
def narrow(low, width, frequencies, symbol):
    return low + width * sum(frequencies[:symbol]), width * frequencies[symbol]


# %% narrow: the strips of the symbol itself are skipped as well
# -> _inclusive
def narrow(low: int, width: int, frequencies: list[int], symbol: int) -> tuple[int, int]:
    total = sum(frequencies)
    skipped = 0
    for f in frequencies[: symbol + 1]:
        skipped += f
    return low * total + width * skipped, width * frequencies[symbol]


# %% narrow: earlier strips are counted, but not times the width
# -> _unit_strips
def narrow(low, width, frequencies, symbol):
    total = sum(frequencies)
    return low * total + sum(frequencies[:symbol]), width * frequencies[symbol]


# %% narrow: floats in the old unit, divided by the total
# -> _divides_as_floats
def narrow(low, width, frequencies, symbol):
    total = sum(frequencies)
    start = low + width * sum(frequencies[:symbol]) / total
    return start, width * frequencies[symbol] / total


# %% number_inside: rounded down, so the number lies below the interval
# -> _floor
def number_inside(low, width, whole):
    bits = 0
    while width * 2**bits < whole:
        bits += 1
    return low * 2**bits // whole, bits


# %% number_inside: <= takes one bit too many when the share is a power of 1/2
# -> _strict
def number_inside(low: int, width: int, whole: int) -> tuple[int, int]:
    bits = 0
    while width <= whole:
        width, bits = 2 * width, bits + 1
    return -(-low * 2**bits // whole), bits


# %% number_inside: floats lose the digits of large integers
# -> _floats
def number_inside(low, width, whole):
    bits = math.ceil(-math.log2(width / whole))
    return math.ceil(low / whole * 2**bits), bits


# %% number_inside: the pair is returned the wrong way round
# -> _exchanged
def number_inside(low, width, whole):
    bits = 0
    while (width << bits) < whole:
        bits += 1
    number = ((low << bits) + whole - 1) // whole
    return bits, number


# %% decode: past is used for the model but missing from the result
# -> _only_new
def decode(number, bits, length, model, past):
    symbols, top, bottom = list(past), number, 2**bits
    for _ in range(length):
        f = model(symbols)
        strip = top * sum(f) // bottom
        symbol = 0
        while sum(f[: symbol + 1]) <= strip:
            symbol += 1
        top = top * sum(f) - bottom * sum(f[:symbol])
        bottom = bottom * f[symbol]
        symbols.append(symbol)
    return symbols[len(past) :]


# %% decode: ends >= strip instead of > strip, a number on a boundary falls to the symbol before (may then divide by 0)
# -> _search_too_soon
def decode(number: int, bits: int, length: int, model, past: list[int]) -> list[int]:
    symbols = list(past)
    top, bottom = number, 2**bits
    for _ in range(length):
        f = model(symbols)
        total = sum(f)
        strip = top * total // bottom
        ends = np.cumsum(f)
        symbol = int(np.argmax(ends >= strip))
        top, bottom = top * total - bottom * sum(f[:symbol]), bottom * f[symbol]
        symbols.append(symbol)
    return symbols


# %% decode: the model always sees past alone, never what has been decoded
# -> _fixed_history
def decode(number, bits, length, model, past):
    decoded, top, bottom = [], number, 1 << bits
    for _ in range(length):
        f = model(past)
        strip = top * sum(f) // bottom
        start = 0
        for symbol, frequency in enumerate(f):
            if start + frequency > strip:
                break
            start += frequency
        top, bottom = top * sum(f) - bottom * start, bottom * f[symbol]
        decoded.append(symbol)
    return past + decoded


# %% decode: the new top isn't reduced by the strips before the symbol
# -> _top_not_reduced
def decode(number, bits, length, model, past):
    symbols, top, bottom = list(past), number, 2**bits
    for _ in range(length):
        f = model(symbols)
        strip = top * sum(f) // bottom % sum(f)
        symbol = next(s for s in range(len(f)) if sum(f[: s + 1]) > strip)
        top = top * sum(f)
        bottom = bottom * f[symbol]
        symbols.append(symbol)
    return symbols


# %% frequencies: in proportion to total without the 1 for each, rare symbols get 0
# -> _rounds_to_zero
def frequencies(p, total):
    f = np.floor(p * total).astype(int)
    f[np.argmax(p)] += total - f.sum()
    return f.tolist()


# %% frequencies: rounded to the nearest instead of down
# -> _nearest
def frequencies(p: np.ndarray, total: int) -> list[int]:
    n = len(p)
    f = [1 + round(float(x) * (total - n)) for x in p]
    best = int(np.argmax(p))
    f[best] += total - sum(f)
    return f


# %% frequencies: what is left over goes to the last symbol
# -> _to_the_last
def frequencies(p, total):
    n = len(p)
    f = (1 + np.floor(p * (total - n))).astype(int).tolist()
    f[-1] += total - sum(f)
    return f


# %% frequencies: what is left over is given to nobody, the sum falls short of total
# -> _left_over
def frequencies(p, total):
    return [1 + int(x * (total - len(p))) for x in p]


# %% adaptive_bits: the total is taken before the step, but the count still after it
# -> _sum_before
def adaptive_bits(symbols, size):
    counts = [1] * size
    bits = 0.0
    for symbol in symbols:
        total = sum(counts)
        counts[symbol] += 1
        bits -= math.log2(counts[symbol] / total)
    return bits


# %% adaptive_bits: counts are never raised, the model doesn't learn
# -> _never_counts
def adaptive_bits(symbols, size):
    counts = [1] * size
    bits = 0.0
    for symbol in symbols:
        bits -= math.log2(counts[symbol] / sum(counts))
    return bits


# %% adaptive_bits: all is counted first, then coded with the final counts
# -> _counts_first
def adaptive_bits(symbols: list[int], size: int) -> float:
    counts = [1] * size
    for symbol in symbols:
        counts[symbol] += 1
    total = sum(counts)
    return -sum(math.log2(counts[s] / total) for s in symbols)


# %% adaptive_bits: counts begin at 0, the first symbol divides by zero: raises
# -> raised
def adaptive_bits(symbols, size):
    counts = [0] * size
    bits = 0.0
    for symbol in symbols:
        bits -= math.log2(counts[symbol] / sum(counts))
        counts[symbol] += 1
    return bits


# %% prune: the highest of a row isn't kept when it is below the threshold
# -> _drops_the_highest
def prune(P, threshold):
    kept = np.where(P >= threshold, P, 0)
    return kept / kept.sum(axis=1, keepdims=True)


# %% prune: the rows aren't brought back to a sum of 1
# -> _not_renormalised
def prune(P: np.ndarray, threshold: float) -> np.ndarray:
    keep = (P >= threshold) | (P == P.max(axis=1, keepdims=True))
    return np.where(keep, P, 0.0)


# %% prune: keeps the highest of each column instead of each row
# -> _highest_of_columns
def prune(P, threshold):
    Q = P.copy()
    Q[(P < threshold) & (P < P.max(axis=0))] = 0
    return Q / Q.sum(axis=1, keepdims=True)


# %% prune: only the highest of the whole table is kept
# -> _highest_of_all
def prune(P, threshold):
    Q = P * ((P >= threshold) | (P == P.max()))
    sums = Q.sum(axis=1)
    sums[sums == 0] = 1
    return Q / sums[:, None]


# %% guess_bounds: bincount isn't cut, so the rank 0 that never comes shifts every share by one
# -> _rank_0_kept
def guess_bounds(ranks, size):
    q = np.bincount(ranks, minlength=size + 1) / len(ranks)  # (size + 1,)
    i = np.arange(1, size + 1)
    lower = np.sum(i * (q[:-1] - q[1:]) * np.log2(i))
    seen = q[q > 0]
    return float(lower), float(-np.sum(seen * np.log2(seen)))


# %% guess_bounds: natural logarithms, so both bounds are in nats
# -> _in_nats
def guess_bounds(ranks: list[int], size: int) -> tuple[float, float]:
    q = [ranks.count(i) / len(ranks) for i in range(1, size + 2)]
    lower = sum(i * (q[i - 1] - q[i]) * math.log(i) for i in range(1, size + 1))
    upper = -sum(x * math.log(x) for x in q if x > 0)
    return lower, upper


# %% guess_bounds: the last rank is left out, nothing comes after q_size
# -> _no_last_term
def guess_bounds(ranks, size):
    counts = np.bincount(ranks, minlength=size + 1)[1:]
    q = counts / counts.sum()
    i = np.arange(1, size)
    lower = (i * (q[:-1] - q[1:]) * np.log2(i)).sum()
    positive = q[q > 0]
    upper = -(positive * np.log2(positive)).sum()
    return float(lower), float(upper)


# %% guess_bounds: the difference has the wrong sign, the lower bound becomes negative
# -> _differences_turned
def guess_bounds(ranks, size):
    q = np.zeros(size + 2)
    for rank in ranks:
        q[rank] += 1 / len(ranks)
    lower = sum(i * (q[i + 1] - q[i]) * np.log2(i) for i in range(1, size + 1))
    upper = sum(-x * np.log2(x) for x in q if x > 0)
    return float(lower), float(upper)


# %% code_length: natural logarithm, so nats instead of bits
# -> _nats
def code_length(p: np.ndarray) -> float:
    return float(sum(-math.log(chance) for chance in p))


# %% code_length: each cost is weighted by p once more, as in an entropy
# -> _weighted
def code_length(p):
    return -np.dot(p, np.log2(p))


# %% narrow: skips the strips of the symbol itself, too
# -> _inclusive
def narrow(low: int, width: int, frequencies: list[int], symbol: int) -> tuple[int, int]:
    total, skipped = sum(frequencies), 0
    for s, f in enumerate(frequencies):
        skipped += f
        if s == symbol:
            break
    return low * total + width * skipped, width * frequencies[symbol]


# %% narrow: stays in the old unit and divides, which rounds
# -> _divides
def narrow(low, width, frequencies, symbol):
    total = sum(frequencies)
    before = sum(frequencies[i] for i in range(symbol))
    return low + width * before // total, width * frequencies[symbol] // total


# %% number_inside: rounds down, so the number may lie before the interval
# -> _floor
def number_inside(low: int, width: int, whole: int) -> tuple[int, int]:
    bits = 0
    while (width << bits) < whole:
        bits += 1
    return (low << bits) // whole, bits


# %% number_inside: bit_length gives one bit too many when whole / width is a power of two (1 instead of 0 for the whole line)
# -> _strict
def number_inside(low, width, whole):
    bits = (whole // width).bit_length()
    number, rest = divmod(low * 2**bits, whole)
    return number + (rest > 0), bits


# %% decode: takes the symbol whose strips end at the number (searchsorted, left), one early on a border
# -> _search_too_soon
def decode(number: int, bits: int, length: int, model, past: list[int]) -> list[int]:
    symbols = past[:]
    top, bottom = number, 1 << bits
    for _ in range(length):
        f = model(symbols)
        total = sum(f)
        strip = top * total // bottom
        s = int(np.searchsorted(np.cumsum(f), strip))
        top, bottom = top * total - bottom * sum(f[:s]), bottom * f[s]
        symbols.append(s)
    return symbols


# %% decode: the model is always asked about `past` alone, never about the decoded symbols
# -> _fixed_history
def decode(number, bits, length, model, past):
    new = []
    top, bottom = number, 2**bits
    while len(new) < length:
        f = model(past)
        top *= sum(f)
        symbol = 0
        while top >= bottom * f[symbol]:
            top -= bottom * f[symbol]
            symbol += 1
        bottom *= f[symbol]
        new.append(symbol)
    return past + new


# %% frequencies: what is left over goes to the last symbol instead of the likeliest
# -> _to_the_last
def frequencies(p: np.ndarray, total: int) -> list[int]:
    spare = total - len(p)
    f = [1 + math.floor(spare * float(q)) for q in p]
    f[-1] += total - sum(f)
    return f


# %% frequencies: shares out the whole total and raises zeros to 1 afterwards, another rule than the one asked for
# -> _raised_to_one
def frequencies(p, total):
    f = np.maximum((np.asarray(p) * total).astype(int), 1)
    f[np.argmax(p)] += total - f.sum()
    return [int(v) for v in f]


# %% adaptive_bits: codes with the counts of the whole text, which no decoder knows yet
# -> _counts_first
def adaptive_bits(symbols: list[int], size: int) -> float:
    counts = [1 + symbols.count(s) for s in range(size)]
    total = sum(counts)
    return sum(math.log2(total / counts[s]) for s in symbols)


# %% adaptive_bits: the symbol's count is from before, but the sum has the symbol in it already
# -> _half_mended
def adaptive_bits(symbols, size):
    counts = [1] * size
    bits = 0.0
    for symbol in symbols:
        before = counts[symbol]
        counts[symbol] += 1
        bits -= math.log2(before / sum(counts))
    return bits


# %% prune: keeps the highest of the whole table instead of each row's, so a row may become 0 / 0
# -> _highest_of_all
def prune(P: np.ndarray, threshold: float) -> np.ndarray:
    keep = np.logical_or(P >= threshold, P == np.max(P))
    Q = P * keep
    return Q / Q.sum(axis=1, keepdims=True)


# %% prune: changes P itself
# -> changed its input
def prune(P, threshold):
    for row in P:
        best = row.argmax()
        for j in range(len(row)):
            if row[j] < threshold and j != best:
                row[j] = 0
        row /= row.sum()
    return P


# %% guess_bounds: np.diff takes the next minus this one, so the lower bound has the wrong sign
# -> _differences_turned
def guess_bounds(ranks: list[int], size: int) -> tuple[float, float]:
    q = np.array([ranks.count(i) for i in range(1, size + 2)]) / len(ranks)
    i = np.arange(1, size + 1)
    lower = (i * np.log2(i)) @ np.diff(q)
    some = q[q > 0]
    return float(lower), float(-(some * np.log2(some)).sum())


# %% guess_bounds: ranks that never came give 0 · log 0 = nan in the upper bound
# -> _zero_log
def guess_bounds(ranks, size):
    q = np.bincount(ranks, minlength=size + 2)[1:] / len(ranks)
    lower = sum(i * (q[i - 1] - q[i]) * math.log2(i) for i in range(1, size + 1))
    upper = -np.sum(q * np.log2(q))
    return lower, upper

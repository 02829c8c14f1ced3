# Wrong answers to the exercises of minds: the exercise, then the true cause.

# %% fallen: only one round over the map
# -> _one_pass
def fallen(claims, refuted):
    down = set(refuted)
    for claim, arguments in claims.items():
        if all(set(argument) & down for argument in arguments):
            down.add(claim)
    return down

# %% fallen: one failed argument brings the claim down
# -> _one_argument_suffices
def fallen(claims, refuted):
    down = set(refuted)
    changed = True
    while changed:
        changed = False
        for claim, arguments in claims.items():
            if claim not in down and any(set(a) & down for a in arguments):
                down.add(claim)
                changed = True
    return down

# %% fallen: an argument fails only when all its reasons have fallen
# -> _all_reasons_must_fall
def fallen(claims, refuted):
    down = set(refuted)
    for _ in range(50):
        for claim, arguments in claims.items():
            if all(set(a) <= down for a in arguments):
                down.add(claim)
    return down

# %% fallen: forgets the refuted claims themselves
# -> _without_the_refuted
def fallen(claims, refuted):
    down = set(refuted)
    for _ in range(50):
        for claim, arguments in claims.items():
            if all(set(a) & down for a in arguments):
                down.add(claim)
    return {c for c in down if c not in refuted}

# %% fallen: only the direct consequences
# -> _one_step
def fallen(claims, refuted):
    direct = {c for c, args in claims.items() if all(any(r in refuted for r in a) for a in args)}
    return direct | set(refuted)

# %% table_fails_at: equality counts as failing
# -> _full_counts
def table_fails_at(symbols, rows):
    n = 1
    while symbols ** n < rows:
        n += 1
    return n

# %% table_fails_at: logarithm, rounded up
# -> _full_counts
def table_fails_at(symbols, rows):
    return max(1, math.ceil(math.log10(rows) / math.log10(symbols)))

# %% table_fails_at: logarithm, rounded down
# -> _last_that_fits
def table_fails_at(symbols, rows):
    return int(math.log(rows) / math.log(symbols))

# %% table_fails_at: symbols times length
# -> _product
def table_fails_at(symbols, rows):
    length = rows // symbols
    return length + 1

# %% restored: orders it once more
# -> _applied_again
def restored(words):
    even = [w for i, w in enumerate(words) if i % 2 == 0]
    odd = [w for i, w in enumerate(words) if i % 2 == 1]
    return even + odd

# %% restored: half rounded down
# -> _short_half
def restored(words):
    half = len(words) // 2
    result = []
    for i in range(half):
        result += [words[i], words[half + i]]
    return result + words[2 * half:]

# %% restored: zip forgets the last word of an odd number
# -> _zip_drops
def restored(words):
    half = (len(words) + 1) // 2
    result = []
    for first, second in zip(words[:half], words[half:]):
        result.append(first)
        result.append(second)
    return result

# %% restored: odd places first
# -> _second_group_first
def restored(words):
    half = len(words) // 2
    natural = [None] * len(words)
    natural[1::2] = words[:half]
    natural[::2] = words[half:]
    return natural

# %% gap: divides by the places
# -> _per_place
def gap(losses, lengths, floor):
    total = 0.0
    for row, length in zip(losses, lengths):
        total += row[:length].sum()
    return total / sum(lengths) - floor

# %% gap: the mean over all of the table
# -> _all_places
def gap(losses, lengths, floor):
    return losses.sum(axis=1).mean() - floor

# %% gap: one place less
# -> _no_end_mark
def gap(losses, lengths, floor):
    total = 0.0
    for row, length in zip(losses, lengths):
        total += row[: length - 1].sum()
    return total / len(lengths) - floor

# %% gap: means of stories
# -> _mean_of_means
def gap(losses, lengths, floor):
    total = 0.0
    for row, length in zip(losses, lengths):
        total += row[:length].mean()
    return total / len(lengths) - floor

# %% verdict: compares means
# -> _means
def verdict(a, b, least):
    difference = sum(a) / len(a) - sum(b) / len(b)
    if difference < -least:
        return "a"
    if difference > least:
        return "b"
    return "undecided"

# %% verdict: the larger gap wins
# -> _higher_wins
def verdict(a, b, least):
    if all(x - y > least for x, y in zip(a, b)):
        return "a"
    if all(y - x > least for x, y in zip(a, b)):
        return "b"
    return "undecided"

# %% verdict: any seed suffices
# -> _any_seed
def verdict(a, b, least):
    if any(y - x > least for x, y in zip(a, b)):
        return "a"
    if any(x - y > least for x, y in zip(a, b)):
        return "b"
    return "undecided"

# %% verdict: at least instead of more than
# -> _at_least
def verdict(a, b, least):
    if all(y - x >= least for x, y in zip(a, b)):
        return "a"
    if all(x - y >= least for x, y in zip(a, b)):
        return "b"
    return "undecided"

# %% verdict: ignores least
# -> _no_least
def verdict(a, b, least):
    if all(x < y for x, y in zip(a, b)):
        return "a"
    if all(x > y for x, y in zip(a, b)):
        return "b"
    return "undecided"

# %% posterior: products underflow
# -> _underflows
def posterior(prior, chances, words):
    rows = [prior]
    p = prior.copy()
    for w in words:
        p = p * chances[:, w]
        rows.append(p / p.sum())
    return np.array(rows)

# %% posterior: not normalised
# -> _not_normalised
def posterior(prior, chances, words):
    rows = [prior]
    for w in words:
        rows.append(rows[-1] * chances[:, w])
    return np.array(rows)

# %% posterior: each word by itself
# -> _forgets
def posterior(prior, chances, words):
    rows = [prior]
    for w in words:
        p = prior * chances[:, w]
        rows.append(p / p.sum())
    return np.array(rows)

# %% posterior: starts after the first word
# -> _no_row_before
def posterior(prior, chances, words):
    rows, p = [], prior
    for w in words:
        p = p * chances[:, w]
        p = p / p.sum()
        rows.append(p)
    return np.array(rows)

# %% posterior: a flat prior
# -> _no_prior
def posterior(prior, chances, words):
    p = np.full(len(prior), 1 / len(prior))
    rows = [p]
    for w in words:
        p = p * chances[:, w]
        p = p / p.sum()
        rows.append(p)
    return np.array(rows)

# %% words_needed: the divergence the other way
# -> _wrong_way_round
def words_needed(start, guest, host):
    ok = (guest > 0) & (host > 0)
    gain = (host[ok] * np.log(host[ok] / guest[ok])).sum()
    return max(0, math.floor(np.log((1 - start) / start) / gain) + 1)

# %% words_needed: rounded down
# -> _rounded_down
def words_needed(start, guest, host):
    ok = guest > 0
    gain = (guest[ok] * np.log(guest[ok] / host[ok])).sum()
    return max(0, int(np.log((1 - start) / start) / gain))

# %% words_needed: rounded up, a tie counts as a lead
# -> _level_counts
def words_needed(start, guest, host):
    ok = guest > 0
    gain = (guest[ok] * np.log(guest[ok] / host[ok])).sum()
    return max(0, math.ceil(np.log((1 - start) / start) / gain))

# %% words_needed: one over start for the odds
# -> _no_odds
def words_needed(start, guest, host):
    ok = guest > 0
    gain = (guest[ok] * np.log(guest[ok] / host[ok])).sum()
    return max(0, math.floor(np.log(1 / start) / gain) + 1)

# %% words_needed: odds without a log
# -> _no_log
def words_needed(start, guest, host):
    ok = guest > 0
    gain = (guest[ok] * np.log(guest[ok] / host[ok])).sum()
    return max(0, math.floor((1 - start) / start / gain) + 1)

# %% flips_at: the weight of the second task
# -> _other_weight
def flips_at(a, b):
    x, y = a[0] - b[0], a[1] - b[1]
    if x * y >= 0:
        return None
    return x / (x - y)

# %% flips_at: no test for a leader on both
# -> _always_a_number
def flips_at(a, b):
    x, y = a[0] - b[0], a[1] - b[1]
    return None if x == y else y / (y - x)

# %% flips_at: a tie at an end counts
# -> _ties_count
def flips_at(a, b):
    x, y = a[0] - b[0], a[1] - b[1]
    if x == y:
        return None
    w = y / (y - x)
    return w if 0 <= w <= 1 else None

# %% flips_at: a sign
# -> located
def flips_at(a, b):
    x, y = a[0] - b[0], a[1] - b[1]
    if x * y >= 0:
        return None
    return y / (x - y)

# %% fallen: raises "RuntimeError: Set changed size during iteration"
# -> raised
def fallen(claims, refuted):
    down = set(refuted)
    for fell in down:
        for claim, arguments in claims.items():
            if all(fell in argument for argument in arguments):
                down.add(claim)
    return down

# %% fallen: raises "KeyError"
# -> raised
def fallen(claims, refuted):
    def falls(claim):
        return claim in refuted or all(any(falls(r) for r in a) for a in claims[claim])

    return {claim for claim in claims if falls(claim)} | set(refuted)

# %% fallen: raises "TypeError: unhashable type: 'list'"
# -> raised
def fallen(claims, refuted):
    down = set(refuted)
    for arguments in claims.values():
        for argument in arguments:
            down.add(argument)
    return down

# %% table_fails_at: raises "OverflowError: Python int too large to convert to C ssize_t"
# -> raised
def table_fails_at(symbols, rows):
    length = 1
    while symbols**length <= len(range(rows)):
        length += 1
    return length

# %% table_fails_at: raises "TypeError: 'float' object cannot be interpreted as an integer"
# -> raised
def table_fails_at(symbols, rows):
    for length in range(1, math.log(rows, symbols) + 2):
        if symbols**length > rows:
            return length

# %% restored: raises "ValueError: attempt to assign sequence of size"
# -> raised
def restored(words):
    half = len(words) // 2
    natural = [None] * len(words)
    natural[::2] = words[:half]
    natural[1::2] = words[half:]
    return natural

# %% restored: raises "TypeError: can only concatenate"
# -> raised
def restored(words):
    half = (len(words) + 1) // 2
    natural = []
    for i in range(half):
        natural = natural + words[i]
    return natural

# %% gap: raises "IndexError: index ... is out of bounds"
# -> raised
def gap(losses, lengths, floor):
    total = 0.0
    for row, length in zip(losses, lengths):
        for i in range(length + 1):
            total += row[i]
    return total / len(lengths) - floor

# %% gap: raises "TypeError: only integer scalar arrays can be converted"
# -> raised
def gap(losses, lengths, floor):
    return losses[:, :lengths].sum() / len(lengths) - floor

# %% verdict: raises "TypeError: unsupported operand type(s) for -: 'list'"
# -> raised
def verdict(a, b, least):
    return "a" if all(b - a > least) else "undecided"

# %% verdict: raises "ValueError: The truth value of an array"
# -> raised
def verdict(a, b, least):
    if np.array(b) - np.array(a) > least:
        return "a"
    return "undecided"

# %% posterior: raises "IndexError: arrays used as indices must be of integer"
# -> raised
def posterior(prior, chances, words):
    return np.cumsum(np.log(chances[:, words / 1]), axis=1).T

# %% posterior: raises "RuntimeWarning: invalid value encountered in divide"
# -> _underflows
def posterior(prior, chances, words):
    rows = prior * np.vstack([np.ones(len(prior)), np.cumprod(chances[:, words].T, axis=0)])
    return rows / rows.sum(axis=1, keepdims=True)

# %% posterior: raises "ValueError: all the input arrays must have same number of dimensions"
# -> raised
def posterior(prior, chances, words):
    return np.concatenate([[0.0], np.cumsum(np.log(chances[:, words].T), axis=0)])

# %% words_needed: raises "RuntimeWarning: divide by zero encountered in log"
# -> _rounded_down
def words_needed(start, guest, host):
    gain = np.nansum(guest * np.log(guest / host))
    return math.floor(np.log((1 - start) / start) / gain)

# %% words_needed: raises "ValueError: cannot convert float NaN to integer"
# -> raised
def words_needed(start, guest, host):
    gain = np.sum(guest * np.log(guest / host))
    return max(0, math.floor(np.log((1 - start) / start) / gain) + 1)

# %% flips_at: raises "ZeroDivisionError"
# -> raised
def flips_at(a, b):
    first, second = a[0] - b[0], a[1] - b[1]
    w = second / (second - first)
    return w if 0 < w < 1 else None

# %% flips_at: raises "TypeError: unsupported operand type(s) for -: 'tuple'"
# -> raised
def flips_at(a, b):
    first, second = a - b
    return second / (second - first)

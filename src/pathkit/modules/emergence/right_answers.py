# Right answers in other styles: they pass, and the lesson runs below each of them.

# %% exact_match: a loop that multiplies letter by letter
def exact_match(p, lengths):
    total = 0.0
    for length in lengths:
        chance = 1.0
        for _ in range(length):
            chance *= p
        total += chance
    return total / len(lengths)

# %% exact_match: by arrays
def exact_match(p, lengths):
    return (p ** np.array(lengths, dtype=float)).mean()

# %% exact_match: a generator
def exact_match(p, words):
    return sum(pow(p, n) for n in words) / len(words)

# %% edit_distance: a recursion that remembers
import functools

def edit_distance(wanted, written):
    @functools.cache
    def edits(i, j):
        if i == 0 or j == 0:
            return i + j
        if wanted[i - 1] == written[j - 1]:
            return edits(i - 1, j - 1)
        return 1 + min(edits(i - 1, j), edits(i, j - 1), edits(i - 1, j - 1))

    return edits(len(wanted), len(written))

# %% edit_distance: the whole table in NumPy
def edit_distance(wanted, written):
    table = np.zeros((len(wanted) + 1, len(written) + 1), dtype=int)
    table[:, 0] = np.arange(len(wanted) + 1)
    table[0] = np.arange(len(written) + 1)
    for i in range(len(wanted)):
        for j in range(len(written)):
            replaced = table[i, j] + (wanted[i] != written[j])
            table[i + 1, j + 1] = min(replaced, table[i, j + 1] + 1, table[i + 1, j] + 1)
    return table[-1, -1]

# %% edit_distance: rows along the written word
def edit_distance(a, b):
    row = [*range(len(a) + 1)]
    for n, letter in enumerate(b, 1):
        left, row[0] = row[0], n
        for i in range(1, len(a) + 1):
            above = row[i]
            row[i] = min(above + 1, row[i - 1] + 1, left + (a[i - 1] != letter))
            left = above
    return row[-1]

# %% at_least: one minus the others
def at_least(p, k, m):
    return 1 - sum(math.comb(k, i) * p**i * (1 - p) ** (k - i) for i in range(m))

# %% at_least: the distribution built thing by thing
def at_least(p, k, m):
    chances = np.array([1.0])  # of 0 right
    for _ in range(k):
        chances = np.append(chances * (1 - p), 0) + np.append(0, chances * p)
    return chances[m:].sum()

# %% at_least: a convolution
def at_least(p, k, m):
    chances = [1.0]
    for _ in range(k):
        chances = np.convolve(chances, [1 - p, p])
    return float(np.sum(chances[m:]))

# %% words_needed: a loop that waits
def words_needed(p, k, sure):
    wrong, n = 1.0, 0
    while 1 - wrong < sure:
        wrong *= 1 - p**k
        n += 1
    return n

# %% words_needed: log1p and a ceiling by NumPy
def words_needed(p, k, sure):
    return int(np.ceil(np.log1p(-sure) / np.log1p(-(p**k))))

# %% words_needed: the next whole number by a floor
def words_needed(p, k, sure):
    q = p**k
    return -math.floor(-math.log(1 - sure, 1 - q))

# %% chain_right: by its level
def chain_right(r, mend, steps):
    if r == 1 and mend == 0:
        return 1.0
    level = mend / (1 - r + mend)
    return level + (1 - level) * (r - mend) ** steps

# %% chain_right: a matrix to a power
def chain_right(r, mend, steps):
    step = np.array([[r, 1 - r], [mend, 1 - mend]])
    return np.linalg.matrix_power(step, steps)[0, 0]

# %% chain_right: recursion
def chain_right(r, mend, steps):
    if steps == 0:
        return 1
    before = chain_right(r, mend, steps - 1)
    return before * r + (1 - before) * mend

# %% voted: a loop, without at_least
def voted(ps, n):
    total = 0
    for p in ps:
        for i in range(n // 2 + 1, n + 1):
            total += math.comb(n, i) * p**i * (1 - p) ** (n - i)
    return total / len(ps)

# %% voted: more than half by (n + 1) // 2
def voted(ps, n):
    return sum(at_least(p, n, (n + 1) // 2) for p in ps) / len(ps)

# %% pass_at_k: the product of the paper's code
def pass_at_k(n, c, k):
    if n - c < k:
        return 1.0
    return 1.0 - np.prod(1.0 - k / np.arange(n - c + 1, n + 1))

# %% pass_at_k: pick by pick
def pass_at_k(n, c, k):
    none = 1.0
    for i in range(k):
        none *= max(n - c - i, 0) / (n - i)
    return 1 - none

# %% exposes: a large problem that is solved, many that aren't
exposes = [[1] * 20] + [[0] * 5 for _ in range(12)]

# %% exposes: solved in half of the tries, and by NumPy
exposes = np.array([[1, 1, 1, 1, 1, 1], [0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0]])

# %% exact_match: torch, powers of a tensor of lengths
def exact_match(p, lengths):
    k = torch.tensor(lengths, dtype=torch.float64)
    return torch.pow(torch.tensor(p, dtype=torch.float64), k).mean().item()


# %% edit_distance: recursion from the ends with a cache
def edit_distance(wanted, written):
    @functools.lru_cache(None)
    def left(i, j):
        if i == 0 or j == 0:
            return i + j
        if wanted[i - 1] == written[j - 1]:
            return left(i - 1, j - 1)
        return 1 + min(left(i - 1, j), left(i, j - 1), left(i - 1, j - 1))

    return left(len(wanted), len(written))


# %% at_least: one thing after the other, the distribution of the number that is right
def at_least(p, k, m):
    chances = np.array([1.0])
    for _ in range(k):
        chances = np.convolve(chances, [1 - p, p])
    return float(chances[m:].sum())


# %% words_needed: doubling and halving until the least number is found
def words_needed(p, k, sure):
    q = p**k
    enough = lambda n: -math.expm1(n * math.log1p(-q)) >= sure
    high = 1
    while not enough(high):
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        if enough(middle):
            high = middle
        else:
            low = middle
    return high


# %% chain_right: the power of a 2 x 2 table of transitions
def chain_right(r, mend, steps):
    table = np.array([[r, 1 - r], [mend, 1 - mend]])
    return float(np.linalg.matrix_power(table, steps)[0, 0])


# %% voted: no call of at_least, the lower half taken from one
def voted(ps, n):
    total = 0.0
    for p in ps:
        lost = sum(math.comb(n, i) * p**i * (1 - p) ** (n - i) for i in range((n + 1) // 2))
        total += 1 - lost
    return total / len(ps)


# %% pass_at_k: the product of the chances that one after the other is wrong
def pass_at_k(n, c, k):
    all_wrong = 1.0
    for i in range(k):
        all_wrong *= max(0, n - c - i) / (n - i)
    return 1 - all_wrong


# %% exposes: the heap may also hide a solved problem, here the report is too low
exposes = [[1] * 5, [0] * 500]

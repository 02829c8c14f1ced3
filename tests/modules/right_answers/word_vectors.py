# %% skipgram_pairs: every two places, kept if they are near enough
def skipgram_pairs(words: list[str], window: int) -> list[tuple[str, str]]:
    return [
        (centre, neighbour)
        for i, centre in enumerate(words)
        for j, neighbour in enumerate(words)
        if 0 < abs(i - j) <= window
    ]


# %% skipgram_pairs: slices to the left and to the right
def skipgram_pairs(words: list[str], window: int) -> list[tuple[str, str]]:
    pairs = []
    for i, centre in enumerate(words):
        left = words[max(i - window, 0) : i]
        right = words[i + 1 : i + 1 + window]
        pairs.extend(zip([centre] * (len(left) + len(right)), left + right))
    return pairs


# %% loss: all dot products at once, with signs
def loss(centre: np.ndarray, neighbour: np.ndarray, noise: np.ndarray) -> float:
    signs = np.array([-1.0] + [1.0] * len(noise))
    products = np.vstack([neighbour[None], noise]) @ centre
    return float(np.logaddexp(0, signs * products).sum())


# %% loss: a helper with log1p that stays finite, in a loop
def loss(centre: np.ndarray, neighbour: np.ndarray, noise: np.ndarray) -> float:
    def cost(x):  # -ln sigma(x)
        return max(-x, 0.0) + np.log1p(np.exp(-abs(x)))

    total = cost(np.dot(centre, neighbour))
    for word in noise:
        total += cost(-np.dot(centre, word))
    return total


# %% gradient: loop over noise words, sigma by tanh
def gradient(
    centre: np.ndarray, neighbour: np.ndarray, noise: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    def sigma(x):
        return (1 + np.tanh(x / 2)) / 2

    miss = sigma(centre @ neighbour) - 1
    d_centre, d_noise = miss * neighbour, np.zeros(noise.shape)
    for r, word in enumerate(noise):
        error = sigma(centre @ word)
        d_centre = d_centre + error * word
        d_noise[r] = error * centre
    return d_centre, miss * centre, d_noise


# %% gradient: einsum, yes and no apart
def gradient(
    centre: np.ndarray, neighbour: np.ndarray, noise: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    e = np.exp(-np.logaddexp(0, -np.einsum("kd,d->k", noise, centre)))
    t = -np.exp(-np.logaddexp(0, centre @ neighbour))  # sigma(x) - 1 = -sigma(-x)
    d_centre = t * neighbour + np.einsum("k,kd->d", e, noise)
    return d_centre, t * centre, np.einsum("k,d->kd", e, centre)


# %% update: both steps are computed before anything moves, then a loop over rows
def update(U, V, i, j, noise, rate):
    rows = [j, *noise]
    misses = 1 / (1 + np.exp(-V[rows] @ U[i]))
    misses[0] -= 1
    dU = misses @ V[rows]
    dV = np.outer(misses, U[i])
    new_U, new_V = U.copy(), V.copy()
    new_U[i] = U[i] - rate * dU
    for row, slope in zip(rows, dV):
        new_V[row] -= rate * slope
    return new_U, new_V


# %% update: one error for each row of V, repeated rows added up by bincount
def update(U, V, i, j, noise, rate):
    rows = np.array([j, *noise], dtype=int)
    errors = 1 / (1 + np.exp(-(V[rows] @ U[i])))
    errors[0] -= 1
    by_row = np.bincount(rows, weights=errors, minlength=len(V))  # (n,)
    after = U.copy()
    after[i] -= rate * by_row @ V
    return after, V - rate * by_row[:, None] * U[i]


# %% nearest: sorted with a key, cosine by its formula
def nearest(E: np.ndarray, i: int, k: int) -> list[int]:
    lengths = np.sqrt(np.einsum("nd,nd->n", E, E))

    def cosine(j):
        return E[j] @ E[i] / (lengths[j] * lengths[i])

    others = (j for j in range(len(E)) if j != i)
    return sorted(others, key=cosine, reverse=True)[:k]


# %% nearest: distances of the scaled vectors, which order as cosines do
def nearest(E: np.ndarray, i: int, k: int) -> list[int]:
    unit = E / np.linalg.norm(E, axis=1)[:, None]
    distance = ((unit - unit[i]) ** 2).sum(axis=1)
    distance[i] = np.inf
    return np.argsort(distance)[:k].tolist()


# %% analogy: max over the rows that are allowed
def analogy(E: np.ndarray, a: int, b: int, c: int, excluded: list[int]) -> int:
    unit = np.array([row / np.sqrt(row @ row) for row in E])
    target = unit[b] - unit[a] + unit[c]
    allowed = set(range(len(E))) - set(excluded)
    return max(sorted(allowed), key=lambda row: float(unit[row] @ target))


# %% analogy: the scaled row at the smallest distance, excluded rows masked
def analogy(E: np.ndarray, a: int, b: int, c: int, excluded: list[int]) -> int:
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    target = unit[c] + (unit[b] - unit[a])
    distance = np.linalg.norm(unit - target, axis=1)
    hidden = np.isin(np.arange(len(E)), excluded)
    return int(np.argmin(np.where(hidden, np.inf, distance)))


# %% ppmi: shares instead of counts, negative logs cut off afterwards
def ppmi(counts: np.ndarray) -> np.ndarray:
    p = counts / counts.sum()
    with np.errstate(divide="ignore"):
        pmi = np.log(p) - np.log(p.sum(axis=1, keepdims=True)) - np.log(p.sum(axis=0))
    return np.where(pmi > 0, pmi, 0.0)


# %% ppmi: cell by cell
def ppmi(counts: np.ndarray) -> np.ndarray:
    total, table = np.sum(counts), np.zeros(np.shape(counts))
    for (i, j), count in np.ndenumerate(counts):
        ratio = count * total / (counts[i].sum() * counts[:, j].sum())
        if ratio > 1:
            table[i, j] = np.log(ratio)
    return table


# %% svd_vectors: the short form and a diagonal matrix
def svd_vectors(M: np.ndarray, d: int) -> np.ndarray:
    U, S, _ = np.linalg.svd(M, full_matrices=False)
    return np.einsum("nd,de->ne", U[:, :d], np.diag(S[:d] ** 0.5))


# %% svd_vectors: the transposed table, whose right side is U (its signs may come out turned round)
def svd_vectors(M: np.ndarray, d: int) -> np.ndarray:
    _, S, Ut = np.linalg.svd(M.T, full_matrices=False)
    return np.stack([np.sqrt(S[c]) * Ut[c] for c in range(d)], axis=1)

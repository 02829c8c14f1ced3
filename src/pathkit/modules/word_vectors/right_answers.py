# %% skipgram_pairs: slices to both sides
def skipgram_pairs(words, window):
    pairs = []
    for i, word in enumerate(words):
        left = words[max(0, i - window) : i]
        right = words[i + 1 : i + 1 + window]
        pairs += [(word, other) for other in [*left, *right]]
    return pairs


# %% skipgram_pairs: all pairs of places, kept if near; lists of two
def skipgram_pairs(words, window):
    return [
        [a, b]
        for i, a in enumerate(words)
        for j, b in enumerate(words)
        if 0 < abs(i - j) <= window
    ]


# %% skipgram_pairs: offsets, passing over places outside
def skipgram_pairs(words, window):
    pairs = []
    for place in range(len(words)):
        for offset in range(-window, window + 1):
            if offset == 0 or not 0 <= place + offset < len(words):
                continue
            pairs.append((words[place], words[place + offset]))
    return pairs


# %% loss: a loop over the noise
def loss(centre, neighbour, noise):
    total = np.logaddexp(0, -np.dot(centre, neighbour))
    for row in noise:
        total += np.logaddexp(0, np.dot(row, centre))
    return total


# %% loss: all words stacked, with signs, as a Python float
def loss(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    signs = np.full(len(V), -1.0)
    signs[0] = 1
    return float(np.logaddexp(0, -signs * (V @ centre)).sum())


# %% loss: einsum, and a stable softplus of its own
def loss(centre, neighbour, noise):
    def softplus(x):
        return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))

    false = np.einsum("kd,d->k", noise, centre)
    return softplus(-(centre * neighbour).sum()) + softplus(false).sum()


# %% gradient: the terms one by one
def gradient(centre, neighbour, noise):
    def s(x):
        return 1 / (1 + np.exp(-x))

    true = s(centre @ neighbour) - 1
    for_centre = true * neighbour
    for_noise = np.zeros_like(noise)
    for n, row in enumerate(noise):
        error = s(row @ centre)
        for_centre = for_centre + error * row
        for_noise[n] = error * centre
    return for_centre, true * centre, for_noise


# %% gradient: errors as differences to a vector of labels, a list comes back
def gradient(centre, neighbour, noise):
    V = np.concatenate([neighbour[None], noise])
    labels = np.eye(len(V))[0]
    errors = 1 / (1 + np.exp(-np.einsum("kd,d->k", V, centre))) - labels
    rows = errors[:, None] * centre
    return [V.T @ errors, rows[0], rows[1:]]


# %% update: both steps computed before either is taken
def update(U, V, i, j, noise, rate):
    U, V = U.copy(), V.copy()
    rows = [j, *noise]
    misses = 1 / (1 + np.exp(-V[rows] @ U[i]))
    misses[0] -= 1
    step_u = rate * misses @ V[rows]
    step_v = rate * np.outer(misses, U[i])
    U[i] -= step_u
    np.add.at(V, rows, -step_v)
    return U, V


# %% update: a loop over the rows, with the misses from before
def update(U, V, i, j, noise, rate):
    U, V = U.copy(), V.copy()
    u = np.array(U[i])
    rows = [j] + list(noise)
    misses = 1 / (1 + np.exp(-V[rows] @ u))
    misses[0] -= 1
    U[i] = u - rate * misses @ V[rows]
    for row, miss in zip(rows, misses):
        V[row] = V[row] - rate * miss * u
    return [U, V]


# %% update: pushes gathered by a matrix of zeros and ones
def update(U, V, i, j, noise, rate):
    rows = np.array([j, *noise])
    u = U[i]
    misses = 1 / (1 + np.exp(-V[rows] @ u))
    misses[0] -= 1
    new_U = U.copy()
    new_U[i] = u - rate * misses @ V[rows]
    chosen = np.zeros((len(V), len(rows)))
    chosen[rows, np.arange(len(rows))] = 1
    return new_U, V - rate * chosen @ np.outer(misses, u)


# %% nearest: sorted with a key, minus infinity for itself
def nearest(E, i, k):
    lengths = np.sqrt((E * E).sum(axis=1))
    cosines = E @ E[i] / (lengths * lengths[i])
    cosines[i] = -np.inf
    return sorted(range(len(E)), key=lambda j: -cosines[j])[:k]


# %% nearest: row by row, as tuples of cosine and number
def nearest(E, i, k):
    scored = []
    for j, row in enumerate(E):
        if j != i:
            scored.append((row @ E[i] / np.linalg.norm(row) / np.linalg.norm(E[i]), j))
    scored.sort(reverse=True)
    return [j for _, j in scored[:k]]


# %% nearest: the distance 1 - cosine, NumPy's own integers
def nearest(E, i, k):
    unit = (E.T / np.linalg.norm(E, axis=1)).T
    distance = 1 - np.einsum("nd,d->n", unit, unit[i])
    return [j for j in distance.argsort() if j != i][:k]


# %% analogy: the best of the rows that may be the answer
def analogy(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1)[:, None]
    target = unit[c] + (unit[b] - unit[a])
    allowed = [row for row in range(len(E)) if row not in excluded]
    return max(allowed, key=lambda row: unit[row] @ target)


# %% analogy: the target has length 1, too; argsort, the first that isn't excluded
def analogy(E, a, b, c, excluded):
    unit = E / np.sqrt(np.sum(E**2, axis=1, keepdims=True))
    target = unit[b] - unit[a] + unit[c]
    target = target / np.linalg.norm(target)
    for row in np.argsort(-(unit @ target)):
        if row not in set(excluded):
            return row


# %% analogy: the smallest distance between unit vectors
def analogy(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    distances = np.linalg.norm(unit - (unit[c] - unit[a] + unit[b]), axis=1)
    for row in excluded:
        distances[row] = np.inf
    return np.argmin(distances)


# %% ppmi: shares instead of counts, np.where
def ppmi(counts):
    p = counts / counts.sum()
    chance = np.outer(p.sum(axis=1), p.sum(axis=0))
    with np.errstate(divide="ignore"):
        pmi = np.log(p / chance)
    return np.where(pmi > 0, pmi, 0.0)


# %% ppmi: cell by cell
def ppmi(counts):
    rows, columns, total = counts.sum(axis=1), counts.sum(axis=0), counts.sum()
    M = np.zeros(counts.shape)
    for i in range(counts.shape[0]):
        for j in range(counts.shape[1]):
            if counts[i, j] * total > rows[i] * columns[j]:
                M[i, j] = np.log(counts[i, j] * total / (rows[i] * columns[j]))
    return M


# %% ppmi: a difference of logs, only where there is a count
def ppmi(counts):
    logs = np.log(counts, where=counts > 0, out=np.full(counts.shape, -np.inf))
    rows = np.log(counts.sum(axis=1, keepdims=True))
    columns = np.log(counts.sum(axis=0, keepdims=True))
    return np.clip(logs + np.log(counts.sum()) - rows - columns, 0, None)


# %% svd_vectors: the short form, a matrix of roots
def svd_vectors(M, d):
    U, S, _ = np.linalg.svd(M, full_matrices=False)
    return U[:, :d] @ np.diag(S[:d] ** 0.5)


# %% svd_vectors: column by column, signs turned round
def svd_vectors(M, d):
    result = np.linalg.svd(M)
    E = np.empty((M.shape[0], d))
    for c in range(d):
        E[:, c] = -result.U[:, c] * result.S[c] ** 0.5
    return E


# %% svd_vectors: of the transposed table
def svd_vectors(M, d):
    _, values, Vt = np.linalg.svd(M.T)
    return (np.sqrt(values[:d])[:, None] * Vt[:d]).T

# %% softmax: subtracts the log of the sum, by logaddexp
def softmax(scores: np.ndarray) -> np.ndarray:
    return np.exp(scores - np.logaddexp.reduce(scores, axis=-1, keepdims=True))

# %% softmax: a helper for one row, applied along the last axis
def softmax(scores):
    def one_row(row):
        exps = np.exp(row - max(row))
        return exps / sum(exps)

    return np.apply_along_axis(one_row, -1, np.asarray(scores, dtype=float))

# %% lookup: loops over keys, running vector
def lookup(query, keys, values, softmax):
    weights = softmax(np.array([sum(a * b for a, b in zip(query, key)) for key in keys], dtype=float))
    out = np.zeros(values.shape[1])
    for weight, value in zip(weights, values):
        out += weight * value
    return out

# %% lookup: einsum and np.average
def lookup(query: np.ndarray, keys: np.ndarray, values: np.ndarray, softmax) -> np.ndarray:
    scores = np.einsum("d,nd->n", query, keys)
    return np.average(values, axis=0, weights=softmax(scores))

# %% scaled_scores: queries scaled before the product, einsum
def scaled_scores(Q, K):
    return np.einsum("nd,md->nm", Q / np.sqrt(Q.shape[-1]), K)

# %% scaled_scores: loops over all pairs
def scaled_scores(Q: np.ndarray, K: np.ndarray) -> np.ndarray:
    S = np.empty((len(Q), len(K)))
    for i, q in enumerate(Q):
        for j, k in enumerate(K):
            S[i, j] = sum(q * k) / math.sqrt(len(q))
    return S

# %% causal_weights: row by row, softmax of what is seen
def causal_weights(scores, softmax):
    weights = np.zeros(scores.shape)
    for t, row in enumerate(scores):
        weights[t, : t + 1] = softmax(row[: t + 1])
    return weights

# %% causal_weights: a triangle of minus infinity is added
def causal_weights(scores: np.ndarray, softmax) -> np.ndarray:
    wall = np.zeros_like(scores, dtype=float)
    wall[np.triu_indices(len(scores), k=1)] = -np.inf
    return softmax(scores + wall)

# %% late_mask_fails: the seen score is very low
late_mask_fails = np.array([[-5000.0, 0.0], [1.0, 2.0]])

# %% late_mask_fails: four words, a future score in row 2
late_mask_fails = np.zeros((4, 4))
late_mask_fails[2, 3] = 900.0

# %% attention: einsum, and a triangle of minus infinity added
def attention(Q, K, V, softmax):
    T, d_k = Q.shape
    scores = np.einsum("td,sd->ts", Q, K) * d_k**-0.5 + np.triu(np.full((T, T), -np.inf), k=1)
    return np.einsum("ts,sv->tv", softmax(scores), V)

# %% attention: helper functions of before put together
def attention(Q: np.ndarray, K: np.ndarray, V: np.ndarray, softmax) -> np.ndarray:
    return np.matmul(causal_weights(scaled_scores(Q, K), softmax), V)

# %% multi_head: swapaxes and matmul, no einsum
def multi_head(Q, K, V, heads, softmax):
    T = len(Q)
    split = lambda X: np.swapaxes(X.reshape(T, heads, X.shape[1] // heads), 0, 1)
    q, k, v = split(Q), split(K), split(V)
    S = q @ np.swapaxes(k, 1, 2) / math.sqrt(q.shape[2])
    A = softmax(np.where(np.tri(T, dtype=bool), S, -np.inf))
    return np.swapaxes(A @ v, 0, 1).reshape(T, -1)

# %% multi_head: np.split into a stack, heads joined with concatenate
def multi_head(Q: np.ndarray, K: np.ndarray, V: np.ndarray, heads: int, softmax) -> np.ndarray:
    q, k, v = (np.array(np.split(X, heads, axis=1)) for X in (Q, K, V))  # (h, T, d)
    scores = np.einsum("hqd,hkd->hqk", q, k) / np.sqrt(K.shape[1] / heads)
    scores[:, np.arange(len(Q))[:, None] < np.arange(len(Q))] = -np.inf
    return np.concatenate(softmax(scores) @ v, axis=1)

# %% cached_attention: loop over the new words, each sees a growing stack
def cached_attention(Q, K, V, cache, softmax):
    keys, values = cache
    outputs = []
    for q, k, v in zip(Q, K, V):
        keys, values = np.vstack([keys, k[None]]), np.vstack([values, v[None]])
        outputs.append(softmax(keys @ q / math.sqrt(len(q))) @ values)
    return np.array(outputs), (keys, values)

# %% cached_attention: np.tri with an offset
def cached_attention(Q: np.ndarray, K: np.ndarray, V: np.ndarray, cache: tuple, softmax) -> tuple:
    past = cache[0].shape[0]
    keys = np.r_[cache[0], K]
    values = np.r_[cache[1], V]
    S = np.einsum("nd,md->nm", Q, keys) / np.sqrt(keys.shape[1])
    S = np.where(np.tri(*S.shape, k=past) > 0, S, -np.inf)
    return softmax(S) @ values, (keys, values)

# %% softmax: along one row at a time, for any number of axes
def softmax(scores):
    def of_row(row):
        exp = np.exp(row - max(row))
        return exp / sum(exp)

    return np.apply_along_axis(of_row, -1, scores)

# %% softmax: by logarithms, the sum by np.logaddexp
def softmax(scores):
    return np.exp(scores - np.logaddexp.reduce(scores, axis=-1, keepdims=True))

# %% softmax: the last axis comes first and goes back
def softmax(scores):
    rows = np.moveaxis(scores, -1, 0)
    exp = np.exp(rows - rows.max(axis=0))
    return np.moveaxis(exp / exp.sum(axis=0), 0, -1)

# %% softmax: axes kept by None, in two steps
def softmax(scores: np.ndarray) -> np.ndarray:
    highest = np.max(scores, axis=-1)[..., None]
    weights = np.exp(scores - highest)
    weights /= np.sum(weights, axis=-1)[..., None]
    return weights

# %% lookup: a loop over the entries
def lookup(query, keys, values, softmax):
    weights = softmax(np.array([float(key @ query) for key in keys]))
    result = np.zeros(values.shape[1])
    for weight, value in zip(weights, values):
        result += weight * value
    return result

# %% lookup: einsum, the query first
def lookup(query, keys, values, softmax):
    weights = softmax(np.einsum("d,nd->n", query, keys))
    return np.einsum("n,nv->v", weights, values)

# %% lookup: weighted values, added up over the entries
def lookup(query, keys, values, softmax):
    weights = softmax((keys * query).sum(axis=1))
    return (weights[:, None] * values).sum(axis=0)

# %% lookup: np.average
def lookup(query, keys, values, softmax):
    return np.average(values, axis=0, weights=softmax(np.dot(query, keys.T)))

# %% scaled_scores: two loops
def scaled_scores(Q, K):
    d = len(K[0])
    return np.array([[sum(q * k) / d**0.5 for k in K] for q in Q])

# %% scaled_scores: einsum, scaled in place
def scaled_scores(Q, K):
    scores = np.einsum("nd,md->nm", Q, K)
    scores /= math.sqrt(Q.shape[-1])
    return scores

# %% scaled_scores: queries are scaled first
def scaled_scores(Q, K):
    return (Q * Q.shape[1] ** -0.5) @ np.transpose(K)

# %% scaled_scores: both are scaled by the fourth root
def scaled_scores(Q, K):
    root = Q.shape[1] ** 0.25
    return np.inner(Q / root, K / root)

# %% causal_weights: each row from the words so far
def causal_weights(scores, softmax):
    weights = np.zeros(scores.shape)
    for t in range(len(scores)):
        weights[t, : t + 1] = softmax(scores[t, : t + 1])
    return weights

# %% causal_weights: -inf on a copy, by np.triu_indices
def causal_weights(scores, softmax):
    scores = scores.copy()
    scores[np.triu_indices(len(scores), k=1)] = -np.inf
    return softmax(scores)

# %% causal_weights: -inf added
def causal_weights(scores, softmax):
    return softmax(scores + np.triu(np.full(scores.shape, -np.inf), k=1))

# %% causal_weights: -1e9 for minus infinity
def causal_weights(scores, softmax):
    seen = np.tril(np.ones_like(scores)) == 1
    return softmax(np.where(seen, scores, -1e9))

# %% causal_weights: a softmax of its own, the exponentials cut before the sum
def causal_weights(scores, softmax):
    T = len(scores)
    seen = np.tril(np.ones((T, T), dtype=bool))
    top = np.max(scores, axis=1, where=seen, initial=-np.inf, keepdims=True)
    exp = np.exp(scores - top, where=seen, out=np.zeros((T, T)))
    return exp / exp.sum(axis=1, keepdims=True)

# %% late_mask_fails: a list of lists of whole numbers
late_mask_fails = [[0, 800], [0, 0]]

# %% late_mask_fails: it fails in row 1 of three
late_mask_fails = ((0, 0, 0), (-500, -500, 1000), (1, 2, 3))

# %% late_mask_fails: very large and negative scores
late_mask_fails = np.array([[-1e6, 0.0], [3.0, 4.0]], dtype=np.float32)

# %% late_mask_fails: an outer product
late_mask_fails = np.outer([5, 5, 5], [0, 400, 800])

# %% attention: the parts written before
def attention(Q, K, V, softmax):
    return causal_weights(scaled_scores(Q, K), softmax) @ V

# %% attention: einsum, and -inf on the scores in place
def attention(Q, K, V, softmax):
    scores = np.einsum("td,sd->ts", Q, K) * K.shape[-1] ** -0.5
    scores[~np.tri(len(Q), dtype=bool)] = -np.inf
    return np.einsum("ts,sv->tv", softmax(scores), V)

# %% attention: a word at a time, with the words so far
def attention(Q, K, V, softmax):
    rows = []
    for t, query in enumerate(Q):
        weights = softmax(K[: t + 1] @ query / np.sqrt(len(query)))
        rows.append(weights @ V[: t + 1])
    return np.stack(rows)

# %% attention: by torch
def attention(Q, K, V, softmax):
    import torch

    Q, K, V = (torch.from_numpy(X) for X in (Q, K, V))
    return torch.nn.functional.scaled_dot_product_attention(Q, K, V, is_causal=True).numpy()

# %% attention: a mask of infinity, added
def attention(Q, K, V, softmax):
    d_k = K.shape[1]
    mask = np.triu(np.full((len(Q), len(K)), -np.inf), 1)
    return np.dot(softmax(Q.dot(K.T) / np.sqrt(d_k) + mask), V)

# %% multi_head: heads first, by transposing
def multi_head(Q, K, V, heads, softmax):
    T = Q.shape[0]
    q, k, v = (X.reshape(T, heads, -1).transpose(1, 0, 2) for X in (Q, K, V))
    scores = q @ k.transpose(0, 2, 1) / math.sqrt(q.shape[2])
    scores += np.triu(np.full((T, T), -np.inf), 1)
    return (softmax(scores) @ v).transpose(1, 0, 2).reshape(T, -1)

# %% multi_head: split and stacked
def multi_head(Q, K, V, heads, softmax):
    q, k, v = (np.stack(np.split(X, heads, axis=1)) for X in (Q, K, V))
    scores = np.einsum("hqd,hkd->hqk", q, k) / np.sqrt(Q.shape[1] // heads)
    future = np.triu(np.ones(scores.shape[1:], dtype=bool), 1)
    out = softmax(np.where(future, -np.inf, scores)) @ v
    return np.concatenate(list(out), axis=1)

# %% multi_head: all tables below one another for the softmax
def multi_head(Q, K, V, heads, softmax):
    T = len(Q)
    q, k, v = [X.reshape(T, heads, X.shape[1] // heads) for X in (Q, K, V)]
    scores = np.einsum("ihc,jhc->ijh", q, k) * q.shape[-1] ** -0.5
    scores[np.triu_indices(T, 1)] = -np.inf
    weights = softmax(scores.transpose(2, 0, 1).reshape(heads * T, T)).reshape(heads, T, T)
    return np.einsum("hij,jhc->ihc", weights, v).reshape(T, -1)

# %% multi_head: a loop over words, none over heads
def multi_head(Q, K, V, heads, softmax):
    q, k, v = (X.reshape(len(X), heads, -1) for X in (Q, K, V))
    rows = []
    for t in range(len(q)):
        scores = np.einsum("hd,khd->hk", q[t], k[: t + 1]) / np.sqrt(q.shape[2])
        rows.append(np.einsum("hk,khd->hd", softmax(scores), v[: t + 1]).ravel())
    return np.array(rows)

# %% multi_head: by torch
def multi_head(Q, K, V, heads, softmax):
    import torch

    q, k, v = (torch.from_numpy(X).reshape(len(X), heads, -1).swapaxes(0, 1) for X in (Q, K, V))
    out = torch.nn.functional.scaled_dot_product_attention(q, k, v, is_causal=True)
    return out.swapaxes(0, 1).flatten(1).numpy()

# %% cached_attention: a mask of ones, by np.tril with an offset
def cached_attention(Q, K, V, cache, softmax):
    past = cache[0].shape[0]
    keys, values = np.vstack((cache[0], K)), np.vstack((cache[1], V))
    seen = np.tril(np.ones((len(Q), len(keys)), dtype=bool), k=past)
    scores = np.where(seen, Q @ keys.T / np.sqrt(Q.shape[1]), -np.inf)
    return softmax(scores) @ values, (keys, values)

# %% cached_attention: word by word, the pair as a list
def cached_attention(Q, K, V, cache, softmax):
    keys, values = cache
    out = []
    for q, k, v in zip(Q, K, V):
        keys, values = np.append(keys, [k], axis=0), np.append(values, [v], axis=0)
        out.append(softmax(keys @ q / math.sqrt(len(q))) @ values)
    return [np.array(out), [keys, values]]

# %% cached_attention: the last rows of the full mask
def cached_attention(Q, K, V, cache, softmax):
    K, V = (np.concatenate(pair) for pair in zip(cache, (K, V)))
    mask = np.triu(np.full((len(K), len(K)), -np.inf), 1)[len(K) - len(Q) :]
    return softmax(Q @ K.T / K.shape[1] ** 0.5 + mask) @ V, (K, V)

# %% cached_attention: full attention with queries of 0 for the past
def cached_attention(Q, K, V, cache, softmax):
    K_old, V_old = cache
    keys, values = np.r_[K_old, K], np.r_[V_old, V]
    padded = np.concatenate([np.zeros(K_old.shape), Q])
    return attention(padded, keys, values, softmax)[len(K_old) :], (keys, values)

# %% undo_broadcast: all axes at once, then the shape
def undo_broadcast(d: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    padded = (1,) * (d.ndim - len(shape)) + tuple(shape)
    axes = tuple(a for a in range(d.ndim) if padded[a] == 1)
    return d.sum(axis=axes, keepdims=True).reshape(shape)


# %% undo_broadcast: numbers the entries, broadcasts the numbers, adds up by number
def undo_broadcast(d: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    total = np.zeros(shape)
    numbers = np.broadcast_to(np.arange(total.size).reshape(shape), d.shape)
    sums = np.bincount(numbers.ravel(), weights=d.ravel(), minlength=total.size)
    return sums.reshape(shape)


# %% lookup_backward: one-hot rows and einsum
def lookup_backward(X: np.ndarray, demb: np.ndarray, V: int) -> np.ndarray:
    one_hot = np.eye(V)[X]  # (n, T, V)
    return np.einsum("ntv,nte->ve", one_hot, demb)


# %% lookup_backward: row by row, the places where it stands
def lookup_backward(X: np.ndarray, demb: np.ndarray, V: int) -> np.ndarray:
    return np.array([demb[X == v].sum(axis=0) for v in range(V)])


# %% cross_entropy_backward: log-softmax and one-hot rows
def cross_entropy_backward(logits: np.ndarray, targets: np.ndarray) -> np.ndarray:
    n, V = logits.shape
    log_p = logits - np.logaddexp.reduce(logits, axis=1)[:, None]
    return (np.exp(log_p) - (np.arange(V) == targets[:, None])) / n


# %% cross_entropy_backward: a loop over examples, softmax from differences
def cross_entropy_backward(logits: np.ndarray, targets: np.ndarray) -> np.ndarray:
    dlogits = np.empty(logits.shape)
    for row, z, t in zip(dlogits, logits, targets):
        e = np.exp(z - np.max(z))
        row[:] = e / e.sum()
        row[t] -= 1
    dlogits *= 1 / len(targets)
    return dlogits


# %% linear_backward: einsum
def linear_backward(x: np.ndarray, W: np.ndarray, d: np.ndarray):
    dx = np.einsum("no,io->ni", d, W)
    dW = np.einsum("ni,no->io", x, d)
    db = np.einsum("no->o", d)
    return dx, dW, db


# %% linear_backward: example by example, outer products added up
def linear_backward(x: np.ndarray, W: np.ndarray, d: np.ndarray):
    dx, dW, db = np.zeros(x.shape), np.zeros(W.shape), np.zeros(W.shape[1])
    for i in range(len(x)):
        dx[i] = W @ d[i]
        dW += np.outer(x[i], d[i])
        db += d[i]
    return dx, dW, db


# %% tanh_backward: multiplied out
def tanh_backward(h: np.ndarray, dh: np.ndarray) -> np.ndarray:
    return dh - dh * h * h


# %% tanh_backward: entry by entry, two factors
def tanh_backward(h: np.ndarray, dh: np.ndarray) -> np.ndarray:
    dz = np.empty(np.shape(h))
    for place in np.ndindex(dz.shape):
        dz[place] = dh[place] * (1 + h[place]) * (1 - h[place])
    return dz


# %% norm_backward: through variance and mean one after the other, as in the paper
def norm_backward(z: np.ndarray, d: np.ndarray, eps: float = 1e-5) -> np.ndarray:
    n = len(z)
    centred = z - z.mean(axis=0)
    var = (centred**2).mean(axis=0)
    dvar = (d * centred).sum(axis=0) * -0.5 * (var + eps) ** -1.5
    dmean = -d.sum(axis=0) / np.sqrt(var + eps) - 2 * dvar * centred.mean(axis=0)
    return d / np.sqrt(var + eps) + dvar * 2 * centred / n + dmean / n


# %% norm_backward: a Jacobian for each column
def norm_backward(z: np.ndarray, d: np.ndarray, eps: float = 1e-5) -> np.ndarray:
    n, m = z.shape
    dz = np.zeros((n, m))
    for j in range(m):
        std = np.sqrt(np.var(z[:, j]) + eps)
        zhat = (z[:, j] - np.mean(z[:, j])) / std
        J = (np.eye(n) - 1 / n - np.outer(zhat, zhat) / n) / std
        dz[:, j] = J.T @ d[:, j]
    return dz


# %% gets_through: three examples, a bend without level and slope
gets_through = [1, 2, 3], [1, -2, 1]

# %% gets_through: pairs of equal z, in floats
gets_through = [2.5, 2.5, -0.5, -0.5, 7.0], [3.0, -3.0, -0.25, 0.25, 0.0]

# %% backward: a dict filled on the way back, in the order of P at the end
def backward(P: dict, X: np.ndarray, Y: np.ndarray, cache: dict, back) -> dict:
    g = {}
    above = back.loss(cache["logits"], Y)
    above, g["W2"], g["b2"] = back.linear(cache["h"], P["W2"], above)
    above = back.tanh(cache["h"], above)
    g["beta"] = np.ones(len(X)) @ above
    g["gamma"] = np.einsum("nh,nh->h", above, cache["zhat"])
    above = back.norm(cache["z"], P["gamma"] * above)
    above, g["W1"] = back.linear(cache["emb"], P["W1"], above)[:2]
    V, E = P["C"].shape
    g["C"] = back.lookup(X, above.reshape(X.shape[0], X.shape[1], E), V)
    return {name: g[name] for name in P}


# %% backward: scale and shift as a linear layer with a diagonal matrix
def backward(P: dict, X: np.ndarray, Y: np.ndarray, cache: dict, back) -> dict:
    emb, z, zhat, h, logits = (cache[k] for k in ("emb", "z", "zhat", "h", "logits"))
    dh, dW2, db2 = back.linear(h, P["W2"], back.loss(logits, Y))
    dpre = back.tanh(h, dh)
    dzhat = dpre @ np.diag(P["gamma"])
    dgamma, dbeta = np.diag(zhat.T @ dpre).copy(), dpre.sum(0)
    demb, dW1, _ = back.linear(emb, P["W1"], back.norm(z, dzhat))
    dC = back.lookup(X, demb.reshape(X.shape + (P["C"].shape[1],)), P["C"].shape[0])
    return dict(C=dC, W1=dW1, gamma=dgamma, beta=dbeta, W2=dW2, b2=db2)

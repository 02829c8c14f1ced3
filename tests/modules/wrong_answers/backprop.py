# Wrong answers to the exercises of backprop: the exercise, then the true cause.

# %% undo_broadcast: the stretched axis is lost
# -> _axis_lost
def undo_broadcast(d, shape):
    while d.ndim > len(shape):
        d = d.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            d = d.sum(axis=axis)
    return d

# %% undo_broadcast: reshaped into blocks and summed
# -> _blocks
def undo_broadcast(d, shape):
    return d.reshape(-1, *shape).sum(axis=0)

# %% undo_broadcast: everything is summed, then spread
# -> _one_sum
def undo_broadcast(d, shape):
    return np.full(shape, d.sum())

# %% undo_broadcast: the gradients of the copies are averaged at the end
# -> _mean_of_copies
def undo_broadcast(d, shape):
    n = d.size / max(1, int(np.prod(shape)))
    while d.ndim > len(shape):
        d = d.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            d = d.sum(axis=axis, keepdims=True)
    return d / n

# %% undo_broadcast: d comes back as it is
# -> _as_it_is
def undo_broadcast(d, shape):
    return d

# %% undo_broadcast: the copies are broadcast again
# -> wrong shape
def undo_broadcast(d, shape):
    while d.ndim > len(shape):
        d = d.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            d = d.sum(axis=axis, keepdims=True) + 0 * d
    return d

# %% undo_broadcast: only the first missing axis is summed
# -> _one_missing_axis
def undo_broadcast(d, shape):
    if d.ndim > len(shape):
        d = d.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            d = d.sum(axis=axis, keepdims=True)
    return d

# %% undo_broadcast: missing axes are summed, stretched ones take the first copy
# -> _first_of_the_stretched
def undo_broadcast(d, shape):
    while d.ndim > len(shape):
        d = d.sum(axis=0)
    return d[tuple(slice(0, size) for size in shape)]

# %% undo_broadcast: axes are matched by their lengths
# -> wrong value
def undo_broadcast(d, shape):
    keep = list(shape)
    axes = []
    for axis, size in enumerate(d.shape):
        if size in keep:
            keep.remove(size)
        else:
            axes.append(axis)
    return d.sum(axis=tuple(axes)).reshape(shape)

# %% undo_broadcast: raises "AxisError: axis 1 is out of bounds"
# -> raised
def undo_broadcast(d, shape):
    for axis in range(d.ndim):
        d = d.sum(axis=axis)
    return d

# %% lookup_backward: assigned in a loop
# -> _last_one_wins
def lookup_backward(X, demb, V):
    dC = np.zeros((V, demb.shape[2]))
    for i in range(X.shape[0]):
        for t in range(X.shape[1]):
            dC[X[i, t]] = demb[i, t]
    return dC

# %% lookup_backward: as many rows as the largest number in X
# -> _rows_of_the_batch
def lookup_backward(X, demb, V):
    dC = np.zeros((X.max() + 1, demb.shape[2]))
    np.add.at(dC, X, demb)
    return dC

# %% lookup_backward: only the rows that were used
# -> _used_rows
def lookup_backward(X, demb, V):
    used = sorted(set(X.ravel()))
    return np.array([demb[X == k].sum(axis=0) for k in used])

# %% lookup_backward: row 0 is taken for padding
# -> _no_row_0
def lookup_backward(X, demb, V):
    dC = np.zeros((V, demb.shape[2]))
    np.add.at(dC, X, demb)
    dC[0] = 0
    return dC

# %% lookup_backward: the first of several gradients is kept
# -> _first_one_stays
def lookup_backward(X, demb, V):
    dC = np.zeros((V, demb.shape[2]))
    for i, t in np.ndindex(*X.shape):
        if not dC[X[i, t]].any():
            dC[X[i, t]] = demb[i, t]
    return dC

# %% lookup_backward: counts in place of gradients
# -> _counts
def lookup_backward(X, demb, V):
    dC = np.zeros((V, demb.shape[2]))
    for i, t in np.ndindex(*X.shape):
        dC[X[i, t]] += 1
    return dC

# %% lookup_backward: divided by the batch size
# -> _divided_by_batch
def lookup_backward(X, demb, V):
    dC = np.zeros((V, demb.shape[2]))
    np.add.at(dC, X, demb)
    return dC / len(X)

# %% lookup_backward: transposed
# -> wrong shape
def lookup_backward(X, demb, V):
    dC = np.zeros((V, demb.shape[2]))
    np.add.at(dC, X, demb)
    return dC.T

# %% lookup_backward: the first place of each window
# -> _first_place
def lookup_backward(X, demb, V):
    dC = np.zeros((V, demb.shape[2]))
    np.add.at(dC, X[:, 0], demb[:, 0])
    return dC

# %% lookup_backward: unused rows aren't 0
# -> located
def lookup_backward(X, demb, V):
    dC = np.ones((V, demb.shape[2]))
    np.add.at(dC, X, demb)
    return dC

# %% lookup_backward: raises "ValueError: could not broadcast input array"
# -> raised
def lookup_backward(X, demb, V):
    dC = np.zeros((V, demb.shape[2]))
    for i in range(len(X)):
        dC[X[i, 0]] = demb[i]
    return dC

# %% lookup_backward: raises "ValueError: non-broadcastable output operand"
# -> raised
def lookup_backward(X, demb, V):
    dC = np.zeros((V, demb.shape[2]))
    for i in range(len(X)):
        dC[X[i, 0]] += demb[i]
    return dC

# %% cross_entropy_backward: the 1 is subtracted after the division
# -> _divided_first
def cross_entropy_backward(logits, targets):
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True) / len(targets)
    p[np.arange(len(targets)), targets] -= 1
    return p

# %% cross_entropy_backward: divided by the number of classes
# -> _divided_by_symbols
def cross_entropy_backward(logits, targets):
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    p[np.arange(len(targets)), targets] -= 1
    return p / logits.shape[1]

# %% cross_entropy_backward: 1 is added
# -> _added
def cross_entropy_backward(logits, targets):
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    p[np.arange(len(targets)), targets] += 1
    return p / len(targets)

# %% cross_entropy_backward: no softmax
# -> _logits_for_probabilities
def cross_entropy_backward(logits, targets):
    return (logits - np.eye(logits.shape[1])[targets]) / len(targets)

# %% cross_entropy_backward: a copy is changed by chained indices
# -> _without_targets
def cross_entropy_backward(logits, targets):
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    p[np.arange(len(targets))][:, targets] -= 1
    return p / len(targets)

# %% cross_entropy_backward: the loss comes back
# -> _the_loss
def cross_entropy_backward(logits, targets):
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    return -np.log(p[np.arange(len(targets)), targets]).mean()

# %% cross_entropy_backward: one softmax over the whole batch
# -> _one_for_all
def cross_entropy_backward(logits, targets):
    p = np.exp(logits - logits.max())
    p = p / p.sum()
    p[np.arange(len(targets)), targets] -= 1
    return p / len(targets)

# %% cross_entropy_backward: summed over the batch
# -> _summed_over_the_batch
def cross_entropy_backward(logits, targets):
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    p[np.arange(len(targets)), targets] -= 1
    return p.mean(axis=0)

# %% cross_entropy_backward: changes the logits
# -> changed its input
def cross_entropy_backward(logits, targets):
    logits -= logits.max(axis=1, keepdims=True)
    p = np.exp(logits)
    p = p / p.sum(axis=1, keepdims=True)
    p[np.arange(len(targets)), targets] -= 1
    return p / len(targets)

# %% cross_entropy_backward: the slope of a sigmoid on top
# -> _slope_on_top
def cross_entropy_backward(logits, targets):
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    hot = np.eye(logits.shape[1])[targets]
    return (p - hot) * p * (1 - p) / len(targets)

# %% cross_entropy_backward: raises "IndexError: shape mismatch"
# -> located
def cross_entropy_backward(logits, targets):
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    p[np.arange(1, len(targets)), targets] -= 1
    return p / len(targets)

# %% cross_entropy_backward: raises "IndexError: index 1 is out of bounds"
# -> raised
def cross_entropy_backward(logits, targets):
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    p[np.arange(logits.shape[1]), targets] -= 1
    return p / len(targets)

# %% cross_entropy_backward: raises "ValueError: operands could not be broadcast"
# -> raised
def cross_entropy_backward(logits, targets):
    p = np.exp(logits - logits.max(axis=1))
    return p / p.sum(axis=1)

# %% cross_entropy_backward: raises "RuntimeWarning: overflow encountered in exp"
# -> _overflows
def cross_entropy_backward(logits, targets):
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    p[np.arange(len(targets)), targets] -= 1
    return p / len(targets)

# %% linear_backward: dx is transposed
# -> _inputs_transposed
def linear_backward(x, W, d):
    return W @ d.T, x.T @ d, d.sum(axis=0)

# %% linear_backward: weights before inputs
# -> _weights_first
def linear_backward(x, W, d):
    return x.T @ d, d @ W.T, d.sum(axis=0)

# %% linear_backward: everything is divided by the batch size
# -> _all_divided
def linear_backward(x, W, d):
    n = len(x)
    return d @ W.T / n, x.T @ d / n, d.sum(axis=0) / n

# %% linear_backward: weights and bias are divided by the batch size
# -> _both_divided
def linear_backward(x, W, d):
    n = len(x)
    return d @ W.T, x.T @ d / n, d.mean(axis=0)

# %% linear_backward: db is a table of one row
# -> _bias_as_table
def linear_backward(x, W, d):
    return d @ W.T, x.T @ d, d.sum(axis=0, keepdims=True)

# %% linear_backward: db is one number
# -> _bias_one_number
def linear_backward(x, W, d):
    return d @ W.T, x.T @ d, d.sum()

# %% linear_backward: db is forgotten
# -> _without_bias
def linear_backward(x, W, d):
    return d @ W.T, x.T @ d

# %% linear_backward: db is ones
# -> wrong value
def linear_backward(x, W, d):
    return d @ W.T, x.T @ d, np.ones(d.shape[1])

# %% linear_backward: dW holds the inputs alone
# -> _weights_without_upstream
def linear_backward(x, W, d):
    return d @ W.T, x.T @ np.ones_like(d), d.sum(axis=0)

# %% linear_backward: the last example only in dW
# -> wrong value
def linear_backward(x, W, d):
    for i in range(len(x)):
        dW = np.outer(x[i], d[i])
    return d @ W.T, dW, d.sum(axis=0)

# %% linear_backward: a dict
# -> wrong type
def linear_backward(x, W, d):
    return {"dx": d @ W.T, "dW": x.T @ d, "db": d.sum(axis=0)}

# %% linear_backward: d is added into dx
# -> wrong value
def linear_backward(x, W, d):
    return d @ W.T + x, x.T @ d, d.sum(axis=0)

# %% linear_backward: raises "ValueError: matmul: Input operand 1 has a mismatch"
# -> raised
def linear_backward(x, W, d):
    return d @ W, x @ d, d.sum(axis=0)

# %% tanh_backward: brackets are missing
# -> _no_brackets
def tanh_backward(h, dh):
    return 1 - h**2 * dh

# %% tanh_backward: brackets are missing, the other way
# -> _no_brackets_behind
def tanh_backward(h, dh):
    return dh * 1 - h**2

# %% tanh_backward: the square stands outside
# -> _square_outside
def tanh_backward(h, dh):
    return (1 - h)**2 * dh

# %% tanh_backward: h and dh are exchanged
# -> _exchanged
def tanh_backward(h, dh):
    return (1 - dh**2) * h

# %% tanh_backward: plus for times
# -> _plus
def tanh_backward(h, dh):
    return (1 - h**2) + dh

# %% tanh_backward: divided by the slope
# -> _divided
def tanh_backward(h, dh):
    return dh / (1 - h**2)

# %% tanh_backward: the square without the 1
# -> located
def tanh_backward(h, dh):
    return -h**2 * dh

# %% tanh_backward: plus in the slope
# -> _plus_in_the_slope
def tanh_backward(h, dh):
    return (1 + h**2) * dh

# %% tanh_backward: dh passes as it is
# -> _skipped
def tanh_backward(h, dh):
    return dh

# %% tanh_backward: summed over the examples
# -> wrong type
def tanh_backward(h, dh):
    return ((1 - h**2) * dh).sum(axis=0)

# %% tanh_backward: ReLU's slope
# -> _relu_slope
def tanh_backward(h, dh):
    return (h > 0) * dh

# %% tanh_backward: changes dh
# -> changed its input
def tanh_backward(h, dh):
    dh *= 1 - h**2
    return dh

# %% tanh_backward: raises "ValueError: operands could not be broadcast"
# -> raised
def tanh_backward(h, dh):
    return (1 - h**2) * dh.T

# %% tanh_backward: raises "ValueError: matmul: Input operand 1 has a mismatch"
# -> raised
def tanh_backward(h, dh):
    return (1 - h**2) @ dh

# %% norm_backward: eps is ignored
# -> _own_eps
def norm_backward(z, d, eps=1e-5):
    inv = 1 / np.sqrt(z.var(axis=0) + 1e-5)
    zhat = (z - z.mean(axis=0)) * inv
    return inv * (d - d.mean(axis=0) - zhat * (d * zhat).mean(axis=0))

# %% norm_backward: no eps at all
# -> _no_eps
def norm_backward(z, d, eps=1e-5):
    inv = 1 / z.std(axis=0)
    zhat = (z - z.mean(axis=0)) * inv
    return inv * (d - d.mean(axis=0) - zhat * (d * zhat).mean(axis=0))

# %% norm_backward: over the rows, as in LayerNorm
# -> _by_rows
def norm_backward(z, d, eps=1e-5):
    inv = 1 / np.sqrt(z.var(axis=1, keepdims=True) + eps)
    zhat = (z - z.mean(axis=1, keepdims=True)) * inv
    return inv * (d - d.mean(axis=1, keepdims=True) - zhat * (d * zhat).mean(axis=1, keepdims=True))

# %% norm_backward: zhat is missing in front of the second mean
# -> _without_zhat
def norm_backward(z, d, eps=1e-5):
    inv = 1 / np.sqrt(z.var(axis=0) + eps)
    zhat = (z - z.mean(axis=0)) * inv
    return inv * (d - d.mean(axis=0) - (d * zhat).mean(axis=0))

# %% norm_backward: the product of the means
# -> _mean_only
def norm_backward(z, d, eps=1e-5):
    inv = 1 / np.sqrt(z.var(axis=0) + eps)
    zhat = (z - z.mean(axis=0)) * inv
    return inv * (d - d.mean(axis=0) - zhat * (d.mean(axis=0) * zhat.mean(axis=0)))

# %% norm_backward: the correction is added
# -> _added
def norm_backward(z, d, eps=1e-5):
    inv = 1 / np.sqrt(z.var(axis=0) + eps)
    zhat = (z - z.mean(axis=0)) * inv
    return inv * (d - d.mean(axis=0) + zhat * (d * zhat).mean(axis=0))

# %% norm_backward: z for zhat
# -> _z_for_zhat
def norm_backward(z, d, eps=1e-5):
    inv = 1 / np.sqrt(z.var(axis=0) + eps)
    return inv * (d - d.mean(axis=0) - z * (d * z).mean(axis=0))

# %% norm_backward: divided by the variance, without the root
# -> _no_root
def norm_backward(z, d, eps=1e-5):
    inv = 1 / (z.var(axis=0) + eps)
    zhat = (z - z.mean(axis=0)) * inv
    return inv * (d - d.mean(axis=0) - zhat * (d * zhat).mean(axis=0))

# %% norm_backward: the forward pass of d
# -> _forward_again
def norm_backward(z, d, eps=1e-5):
    return (d - d.mean(axis=0)) / np.sqrt(d.var(axis=0) + eps)

# %% norm_backward: z isn't centred in zhat
# -> _not_centred
def norm_backward(z, d, eps=1e-5):
    inv = 1 / np.sqrt(z.var(axis=0) + eps)
    zhat = z * inv
    return inv * (d - d.mean(axis=0) - zhat * (d * zhat).mean(axis=0))

# %% norm_backward: 0 / 0 in a column without spread
# -> not finite
def norm_backward(z, d, eps=1e-5):
    centred = z - z.mean(axis=0)
    inv = 1 / np.sqrt(z.var(axis=0) + eps)
    zhat = centred * inv
    factor = zhat / centred
    return factor * (d - d.mean(axis=0) - zhat * (d * zhat).mean(axis=0))

# %% norm_backward: multiplied by the spread
# -> _multiplied
def norm_backward(z, d, eps=1e-5):
    std = np.sqrt(z.var(axis=0) + eps)
    zhat = (z - z.mean(axis=0)) / std
    return std * (d - d.mean(axis=0) - zhat * (d * zhat).mean(axis=0))

# %% norm_backward: raises "RuntimeWarning: divide by zero"
# -> _no_eps
def norm_backward(z, d, eps=1e-5):
    inv = 1 / np.sqrt(z.var(axis=0))
    zhat = (z - z.mean(axis=0)) * inv
    return inv * (d - d.mean(axis=0) - zhat * (d * zhat).mean(axis=0))

# %% backward: gamma is multiplied in before dgamma and dbeta
# -> _scaled_too_early
def backward(P, X, Y, cache, back):
    dlogits = back.loss(cache["logits"], Y)
    dh, dW2, db2 = back.linear(cache["h"], P["W2"], dlogits)
    d = back.tanh(cache["h"], dh) * P["gamma"]
    dgamma, dbeta = (d * cache["zhat"]).sum(axis=0), d.sum(axis=0)
    dz = back.norm(cache["z"], d)
    demb, dW1, _ = back.linear(cache["emb"], P["W1"], dz)
    dC = back.lookup(X, demb.reshape(*X.shape, -1), len(P["C"]))
    return {"C": dC, "W1": dW1, "gamma": dgamma, "beta": dbeta, "W2": dW2, "b2": db2}

# %% backward: the arguments of tanh are exchanged
# -> _tanh_turned_round
def backward(P, X, Y, cache, back):
    dlogits = back.loss(cache["logits"], Y)
    dh, dW2, db2 = back.linear(cache["h"], P["W2"], dlogits)
    d = back.tanh(dh, cache["h"])
    dgamma, dbeta = (d * cache["zhat"]).sum(axis=0), d.sum(axis=0)
    dz = back.norm(cache["z"], d * P["gamma"])
    demb, dW1, _ = back.linear(cache["emb"], P["W1"], dz)
    dC = back.lookup(X, demb.reshape(*X.shape, -1), len(P["C"]))
    return {"C": dC, "W1": dW1, "gamma": dgamma, "beta": dbeta, "W2": dW2, "b2": db2}

# %% backward: the arguments of norm are exchanged
# -> _norm_turned_round
def backward(P, X, Y, cache, back):
    dlogits = back.loss(cache["logits"], Y)
    dh, dW2, db2 = back.linear(cache["h"], P["W2"], dlogits)
    d = back.tanh(cache["h"], dh)
    dgamma, dbeta = (d * cache["zhat"]).sum(axis=0), d.sum(axis=0)
    dz = back.norm(d * P["gamma"], cache["z"])
    demb, dW1, _ = back.linear(cache["emb"], P["W1"], dz)
    dC = back.lookup(X, demb.reshape(*X.shape, -1), len(P["C"]))
    return {"C": dC, "W1": dW1, "gamma": dgamma, "beta": dbeta, "W2": dW2, "b2": db2}

# %% backward: gamma's gradient is made of h
# -> _gamma_times_h
def backward(P, X, Y, cache, back):
    dlogits = back.loss(cache["logits"], Y)
    dh, dW2, db2 = back.linear(cache["h"], P["W2"], dlogits)
    d = back.tanh(cache["h"], dh)
    dgamma, dbeta = (d * cache["h"]).sum(axis=0), d.sum(axis=0)
    dz = back.norm(cache["z"], d * P["gamma"])
    demb, dW1, _ = back.linear(cache["emb"], P["W1"], dz)
    dC = back.lookup(X, demb.reshape(*X.shape, -1), len(P["C"]))
    return {"C": dC, "W1": dW1, "gamma": dgamma, "beta": dbeta, "W2": dW2, "b2": db2}

# %% backward: tanh is given z
# -> _tanh_of_z
def backward(P, X, Y, cache, back):
    dlogits = back.loss(cache["logits"], Y)
    dh, dW2, db2 = back.linear(cache["h"], P["W2"], dlogits)
    d = back.tanh(cache["z"], dh)
    dgamma, dbeta = (d * cache["zhat"]).sum(axis=0), d.sum(axis=0)
    dz = back.norm(cache["z"], d * P["gamma"])
    demb, dW1, _ = back.linear(cache["emb"], P["W1"], dz)
    dC = back.lookup(X, demb.reshape(*X.shape, -1), len(P["C"]))
    return {"C": dC, "W1": dW1, "gamma": dgamma, "beta": dbeta, "W2": dW2, "b2": db2}

# %% backward: gamma and beta aren't summed over the batch
# -> _not_summed
def backward(P, X, Y, cache, back):
    dlogits = back.loss(cache["logits"], Y)
    dh, dW2, db2 = back.linear(cache["h"], P["W2"], dlogits)
    d = back.tanh(cache["h"], dh)
    dgamma, dbeta = d * cache["zhat"], d
    dz = back.norm(cache["z"], d * P["gamma"])
    demb, dW1, _ = back.linear(cache["emb"], P["W1"], dz)
    dC = back.lookup(X, demb.reshape(*X.shape, -1), len(P["C"]))
    return {"C": dC, "W1": dW1, "gamma": dgamma, "beta": dbeta, "W2": dW2, "b2": db2}

# %% backward: as many rows in C as the largest number in X
# -> wrong shape
def backward(P, X, Y, cache, back):
    dlogits = back.loss(cache["logits"], Y)
    dh, dW2, db2 = back.linear(cache["h"], P["W2"], dlogits)
    d = back.tanh(cache["h"], dh)
    dgamma, dbeta = (d * cache["zhat"]).sum(axis=0), d.sum(axis=0)
    dz = back.norm(cache["z"], d * P["gamma"])
    demb, dW1, _ = back.linear(cache["emb"], P["W1"], dz)
    dC = back.lookup(X, demb.reshape(*X.shape, -1), X.max() + 1)
    return {"C": dC, "W1": dW1, "gamma": dgamma, "beta": dbeta, "W2": dW2, "b2": db2}

# %% backward: beta is forgotten
# -> wrong value
def backward(P, X, Y, cache, back):
    dlogits = back.loss(cache["logits"], Y)
    dh, dW2, db2 = back.linear(cache["h"], P["W2"], dlogits)
    d = back.tanh(cache["h"], dh)
    dgamma = (d * cache["zhat"]).sum(axis=0)
    dz = back.norm(cache["z"], d * P["gamma"])
    demb, dW1, _ = back.linear(cache["emb"], P["W1"], dz)
    dC = back.lookup(X, demb.reshape(*X.shape, -1), len(P["C"]))
    return {"C": dC, "W1": dW1, "gamma": dgamma, "W2": dW2, "b2": db2}

# %% backward: a tuple of gradients
# -> _without_names
def backward(P, X, Y, cache, back):
    dlogits = back.loss(cache["logits"], Y)
    dh, dW2, db2 = back.linear(cache["h"], P["W2"], dlogits)
    d = back.tanh(cache["h"], dh)
    dgamma, dbeta = (d * cache["zhat"]).sum(axis=0), d.sum(axis=0)
    dz = back.norm(cache["z"], d * P["gamma"])
    demb, dW1, _ = back.linear(cache["emb"], P["W1"], dz)
    dC = back.lookup(X, demb.reshape(*X.shape, -1), len(P["C"]))
    return dC, dW1, dgamma, dbeta, dW2, db2

# %% backward: the last bias of linear is taken for beta
# -> _beta_of_linear
def backward(P, X, Y, cache, back):
    dlogits = back.loss(cache["logits"], Y)
    dh, dW2, db2 = back.linear(cache["h"], P["W2"], dlogits)
    d = back.tanh(cache["h"], dh)
    dgamma = (d * cache["zhat"]).sum(axis=0)
    dz = back.norm(cache["z"], d * P["gamma"])
    demb, dW1, dbeta = back.linear(cache["emb"], P["W1"], dz)
    dC = back.lookup(X, demb.reshape(*X.shape, -1), len(P["C"]))
    return {"C": dC, "W1": dW1, "gamma": dgamma, "beta": dbeta, "W2": dW2, "b2": db2}

# %% backward: places come before examples in the reshape
# -> _mixed_examples
def backward(P, X, Y, cache, back):
    dlogits = back.loss(cache["logits"], Y)
    dh, dW2, db2 = back.linear(cache["h"], P["W2"], dlogits)
    d = back.tanh(cache["h"], dh)
    dgamma, dbeta = (d * cache["zhat"]).sum(axis=0), d.sum(axis=0)
    dz = back.norm(cache["z"], d * P["gamma"])
    demb, dW1, _ = back.linear(cache["emb"], P["W1"], dz)
    n, T = X.shape
    dC = back.lookup(X, demb.reshape(T, n, -1).transpose(1, 0, 2), len(P["C"]))
    return {"C": dC, "W1": dW1, "gamma": dgamma, "beta": dbeta, "W2": dW2, "b2": db2}

# %% backward: the gradients are added into P
# -> wrong value
def backward(P, X, Y, cache, back):
    dlogits = back.loss(cache["logits"], Y)
    dh, dW2, db2 = back.linear(cache["h"], P["W2"], dlogits)
    d = back.tanh(cache["h"], dh)
    P["gamma"], P["beta"] = (d * cache["zhat"]).sum(axis=0), d.sum(axis=0)
    return P

# %% backward: raises "KeyError"
# -> raised
def backward(P, X, Y, cache, back):
    dlogits = back.loss(cache["logits"], Y)
    dh, dW2, db2 = back.linear(cache["h"], P["W2"], dlogits)
    return {"b1": P["b1"]}

# %% backward: raises "IndexError: tuple index out of range"
# -> raised
def backward(P, X, Y, cache, back):
    demb, dW1, _ = back.linear(cache["emb"], P["W1"], cache["z"])
    return {"C": back.lookup(X, demb, len(P["C"]))}

# %% backward: raises "ValueError: cannot reshape array"
# -> raised
def backward(P, X, Y, cache, back):
    demb, dW1, _ = back.linear(cache["emb"], P["W1"], cache["z"])
    return {"C": back.lookup(X, demb.reshape(-1, 3, 10), 27)}

# %% backward: raises "ValueError: too many values to unpack"
# -> raised
def backward(P, X, Y, cache, back):
    dlogits = back.loss(cache["logits"], Y)
    dh, dW2 = back.linear(cache["h"], P["W2"], dlogits)

# %% gets_through: d rises with z
# -> wrong value
gets_through = [1, 2, 3, 4], [1, 2, 3, -6]

# %% gets_through: d doesn't sum to zero
# -> wrong value
gets_through = [1, -1, 2, -2], [1, 1, 0, 0]

# %% gets_through: too short, so nothing is left that gets through
# -> wrong value
gets_through = [1, -1], [1, -1]

# %% gets_through: lists of different lengths
# -> wrong value
gets_through = [1, 1, -1, -1], [1, -1, 1]

# %% gets_through: only d
# -> wrong value
gets_through = [1, -1, 1, -1]

# %% gets_through: z doesn't vary
# -> wrong value
gets_through = [2, 2, 2], [1, -1, 0]

# %% gets_through: d is 0
# -> wrong value
gets_through = [1, 2, 3], [0, 0, 0]

# %% gets_through: orthogonal to z, but not to what is left of it after centring
# -> wrong value
gets_through = [1, 2, 2], [2, -1, 0]

# %% gets_through: raises "TypeError: list indices must be integers or slices"
# -> not usable
gets_through = [1, 1, -1, -1] [1, -1, 1, -1]

# %% cross_entropy_backward: stops at the probabilities (-1/p at the target), doesn't go on through the softmax
# -> _of_probabilities
def cross_entropy_backward(logits: np.ndarray, targets: np.ndarray) -> np.ndarray:
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    n = len(targets)
    dp = np.zeros(p.shape)
    dp[np.arange(n), targets] = -1 / p[np.arange(n), targets] / n
    return dp


# %% undo_broadcast: `if` instead of `while`, so only one missing axis is summed away
# -> _one_missing_axis
def undo_broadcast(d: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    if d.ndim > len(shape):
        d = d.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            d = d.sum(axis=axis, keepdims=True)
    return d


# %% undo_broadcast: the mean of the copies instead of their sum
# -> _mean_of_copies
def undo_broadcast(d: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    extra = d.ndim - len(shape)
    axes = tuple(range(extra)) + tuple(extra + a for a, s in enumerate(shape) if s == 1)
    return d.mean(axis=axes, keepdims=True).reshape(shape)


# %% undo_broadcast: only missing axes are treated, axes of length 1 stay stretched
# -> _only_missing
def undo_broadcast(d: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    while len(d.shape) > len(shape):
        d = np.sum(d, axis=0)
    return d


# %% undo_broadcast: sums the axes of length 1 away for good, without keepdims
# -> _axis_lost
def undo_broadcast(d: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    while d.ndim > len(shape):
        d = d.sum(axis=0)
    stretched = tuple(axis for axis, size in enumerate(shape) if size == 1)
    return d.sum(axis=stretched)


# %% lookup_backward: += with an index array keeps only one gradient of a repeated symbol
# -> _last_one_wins
def lookup_backward(X: np.ndarray, demb: np.ndarray, V: int) -> np.ndarray:
    dC = np.zeros((V, demb.shape[-1]))
    dC[X] += demb
    return dC


# %% lookup_backward: the loop writes (=) where it should add
# -> _last_one_wins
def lookup_backward(X: np.ndarray, demb: np.ndarray, V: int) -> np.ndarray:
    n, T, E = demb.shape
    dC = np.zeros((V, E))
    for i in range(n):
        for t in range(T):
            dC[X[i, t]] = demb[i, t]
    return dC


# %% lookup_backward: averages over the places of a symbol instead of adding up
# -> _mean_of_places
def lookup_backward(X: np.ndarray, demb: np.ndarray, V: int) -> np.ndarray:
    dC = np.zeros((V, demb.shape[2]))
    for v in range(V):
        found = demb[X == v]
        if len(found):
            dC[v] = found.mean(axis=0)
    return dC


# %% lookup_backward: takes the number of rows from the largest symbol in the batch instead of V
# -> _rows_of_the_batch
def lookup_backward(X: np.ndarray, demb: np.ndarray, V: int) -> np.ndarray:
    dC = np.zeros((X.max() + 1, demb.shape[-1]))
    np.add.at(dC, X, demb)
    return dC


# %% cross_entropy_backward: p[:, targets] subtracts in every row for every target
# -> _targets_of_all
def cross_entropy_backward(logits: np.ndarray, targets: np.ndarray) -> np.ndarray:
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    p[:, targets] -= 1
    return p / len(targets)


# %% cross_entropy_backward: divides by the number of classes instead of the number of examples
# -> _divided_by_symbols
def cross_entropy_backward(logits: np.ndarray, targets: np.ndarray) -> np.ndarray:
    e = np.exp(logits - np.max(logits, axis=1)[:, None])
    p = e / np.sum(e, axis=1)[:, None]
    seen = np.eye(logits.shape[1])[targets]
    return (p - seen) / logits.shape[1]


# %% cross_entropy_backward: the gradient of the sum of the losses, the mean (1/n) is forgotten
# -> _not_divided
def cross_entropy_backward(logits: np.ndarray, targets: np.ndarray) -> np.ndarray:
    d = np.zeros_like(logits)
    for i, t in enumerate(targets):
        e = np.exp(logits[i] - logits[i].max())
        d[i] = e / e.sum()
        d[i, t] -= 1
    return d


# %% cross_entropy_backward: stops at the probabilities (-1/p at the target), doesn't go on through the softmax
# -> _of_probabilities
def cross_entropy_backward(logits: np.ndarray, targets: np.ndarray) -> np.ndarray:
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    n = len(targets)
    dp = np.zeros(p.shape)
    dp[np.arange(n), targets] = -1 / p[np.arange(n), targets] / n
    return dp


# %% linear_backward: dW and db are averaged over the batch, they should be sums
# -> _both_divided
def linear_backward(x: np.ndarray, W: np.ndarray, d: np.ndarray):
    dx = d @ W.T
    dW = x.T @ d / len(x)
    db = d.mean(axis=0)
    return dx, dW, db


# %% linear_backward: dW comes out transposed, (n_out, n_in)
# -> _weights_transposed
def linear_backward(x: np.ndarray, W: np.ndarray, d: np.ndarray):
    dx = np.einsum("no,io->ni", d, W)
    dW = np.einsum("no,ni->oi", d, x)
    return dx, dW, d.sum(axis=0)


# %% linear_backward: db sums over the outputs (axis 1) instead of the examples
# -> _bias_wrong_axis
def linear_backward(x: np.ndarray, W: np.ndarray, d: np.ndarray):
    return np.dot(d, W.T), np.dot(x.T, d), np.sum(d, axis=1)


# %% linear_backward: W isn't transposed for dx, the product raises
# -> raised
def linear_backward(x: np.ndarray, W: np.ndarray, d: np.ndarray):
    dx = d @ W
    dW = x.T @ d
    db = d.sum(axis=0)
    return dx, dW, db


# %% tanh_backward: applies tanh once more, h is the output already
# -> _tanh_again
def tanh_backward(h: np.ndarray, dh: np.ndarray) -> np.ndarray:
    return (1 - np.tanh(h) ** 2) * dh


# %% tanh_backward: brackets are missing, only h ** 2 is multiplied by dh
# -> _no_brackets
def tanh_backward(h: np.ndarray, dh: np.ndarray) -> np.ndarray:
    return 1 - h**2 * dh


# %% tanh_backward: squares 1 - h instead of h alone
# -> _square_outside
def tanh_backward(h: np.ndarray, dh: np.ndarray) -> np.ndarray:
    slope = np.square(1 - h)
    return slope * dh


# %% norm_backward: takes mean and variance for constants, sends back d / std
# -> _statistics_fixed
def norm_backward(z: np.ndarray, d: np.ndarray, eps: float = 1e-5) -> np.ndarray:
    return d / np.sqrt(z.var(axis=0) + eps)


# %% norm_backward: the road through the variance is forgotten
# -> _mean_only
def norm_backward(z: np.ndarray, d: np.ndarray, eps: float = 1e-5) -> np.ndarray:
    inv = 1 / np.sqrt(z.var(axis=0) + eps)
    return inv * (d - d.mean(axis=0))


# %% norm_backward: the variance divides by n - 1 instead of n
# -> located
def norm_backward(z: np.ndarray, d: np.ndarray, eps: float = 1e-5) -> np.ndarray:
    n = len(z)
    centred = z - z.sum(axis=0) / n
    std = np.sqrt((centred**2).sum(axis=0) / (n - 1) + eps)
    zhat = centred / std
    return (d - d.sum(axis=0) / n - zhat * (d * zhat).sum(axis=0) / n) / std


# %% norm_backward: the mean of d * zhat is taken over the whole table instead of each column
# -> _whole_table
def norm_backward(z: np.ndarray, d: np.ndarray, eps: float = 1e-5) -> np.ndarray:
    mean, var = z.mean(axis=0), z.var(axis=0)
    inv = 1 / np.sqrt(var + eps)
    zhat = (z - mean) * inv
    return inv * (d - d.mean() - zhat * (d * zhat).mean())


# %% gets_through: d is all 0
# -> wrong value
gets_through = [1, 2, 3, 4], [0, 0, 0, 0]


# %% gets_through: d sums to 0 but follows z, so the variance term isn't 0
# -> wrong value
gets_through = [1.0, 2.0, 3.0], [-1.0, 0.0, 1.0]


# %% gets_through: d * z sums to 0, but d itself doesn't
# -> wrong value
gets_through = [-1, 0, 1], [1, 5, 1]


# %% gets_through: ten numbers, eight at most were asked for
# -> wrong value
gets_through = [1, 1, -1, -1, 1, 1, -1, -1, 0, 0], [1, -1, 1, -1, 1, -1, 1, -1, 0, 0]


# %% backward: gamma is forgotten on the way to zhat
# -> _forgets_gamma
def backward(P: dict, X: np.ndarray, Y: np.ndarray, cache: dict, back) -> dict:
    dlogits = back.loss(cache["logits"], Y)
    dh, dW2, db2 = back.linear(cache["h"], P["W2"], dlogits)
    d = back.tanh(cache["h"], dh)
    dgamma, dbeta = (d * cache["zhat"]).sum(axis=0), d.sum(axis=0)
    dz = back.norm(cache["z"], d)
    demb, dW1, _ = back.linear(cache["emb"], P["W1"], dz)
    dC = back.lookup(X, demb.reshape(*X.shape, -1), len(P["C"]))
    return {"C": dC, "W1": dW1, "gamma": dgamma, "beta": dbeta, "W2": dW2, "b2": db2}


# %% backward: the gradient of gamma is made with h instead of zhat
# -> _gamma_times_h
def backward(P: dict, X: np.ndarray, Y: np.ndarray, cache: dict, back) -> dict:
    grads = {}
    dh, grads["W2"], grads["b2"] = back.linear(cache["h"], P["W2"], back.loss(cache["logits"], Y))
    d = back.tanh(cache["h"], dh)
    grads["gamma"] = np.sum(d * cache["h"], axis=0)
    grads["beta"] = np.sum(d, axis=0)
    dz = back.norm(cache["z"], P["gamma"] * d)
    demb, grads["W1"], _ = back.linear(cache["emb"], P["W1"], dz)
    grads["C"] = back.lookup(X, demb.reshape(X.shape + (-1,)), P["C"].shape[0])
    return grads


# %% backward: d is multiplied by gamma too early, so the gradients of gamma and beta contain it
# -> _scaled_too_early
def backward(P: dict, X: np.ndarray, Y: np.ndarray, cache: dict, back) -> dict:
    dlogits = back.loss(cache["logits"], Y)
    dh, dW2, db2 = back.linear(cache["h"], P["W2"], dlogits)
    d = back.tanh(cache["h"], dh) * P["gamma"]
    dgamma = np.einsum("nh,nh->h", d, cache["zhat"])
    dbeta = d.sum(axis=0)
    demb, dW1, _ = back.linear(cache["emb"], P["W1"], back.norm(cache["z"], d))
    n, T = X.shape
    dC = back.lookup(X, demb.reshape(n, T, -1), len(P["C"]))
    return dict(C=dC, W1=dW1, gamma=dgamma, beta=dbeta, W2=dW2, b2=db2)


# %% backward: back.norm gets zhat instead of z, so the division by the spread of z is lost
# -> _norm_of_zhat
def backward(P: dict, X: np.ndarray, Y: np.ndarray, cache: dict, back) -> dict:
    emb, zhat, h = cache["emb"], cache["zhat"], cache["h"]
    dh, dW2, db2 = back.linear(h, P["W2"], back.loss(cache["logits"], Y))
    dpre = back.tanh(h, dh)
    dzhat = dpre * P["gamma"]
    dz = back.norm(zhat, dzhat)
    demb, dW1, db1 = back.linear(emb, P["W1"], dz)
    dC = back.lookup(X, demb.reshape(*X.shape, -1), len(P["C"]))
    return {
        "C": dC, "W1": dW1, "gamma": (dpre * zhat).sum(0), "beta": dpre.sum(0),
        "W2": dW2, "b2": db2,
    }


# %% backward: the notebook's sizes 3, 10 and 27 are written in, which raises for others
# -> raised
def backward(P: dict, X: np.ndarray, Y: np.ndarray, cache: dict, back) -> dict:
    dh, dW2, db2 = back.linear(cache["h"], P["W2"], back.loss(cache["logits"], Y))
    d = back.tanh(cache["h"], dh)
    dgamma = (d * cache["zhat"]).sum(axis=0)
    dbeta = d.sum(axis=0)
    dz = back.norm(cache["z"], d * P["gamma"])
    demb, dW1, _ = back.linear(cache["emb"], P["W1"], dz)
    dC = back.lookup(X, demb.reshape(len(X), 3, 10), 27)
    return {"C": dC, "W1": dW1, "gamma": dgamma, "beta": dbeta, "W2": dW2, "b2": db2}


# %% undo_broadcast: takes the missing axes at the end instead of in front
# -> _from_the_right
def undo_broadcast(d: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    while d.ndim > len(shape):
        d = d.sum(axis=-1)
    for axis, size in enumerate(shape):
        if size == 1:
            d = d.sum(axis=axis, keepdims=True)
    return d


# %% undo_broadcast: takes the gradient of the first copy instead of adding up all copies
# -> _first_copy
def undo_broadcast(d, shape):
    front = d.ndim - len(shape)
    first = d[(0,) * front]
    return first[tuple(slice(0, size) for size in shape)].copy()


# %% lookup_backward: `dC[X] += …` keeps only one gradient of a row that was used several times
# -> _last_one_wins
def lookup_backward(X: np.ndarray, demb: np.ndarray, V: int) -> np.ndarray:
    E = demb.shape[-1]
    dC = np.zeros((V, E))
    dC[X.ravel()] += demb.reshape(-1, E)
    return dC


# %% lookup_backward: averages the gradients of a row's uses instead of adding them up
# -> _mean_of_places
def lookup_backward(X, demb, V):
    hot = np.eye(V)[X]  # (n, T, V)
    uses = hot.sum(axis=(0, 1))
    return np.einsum("ntv,nte->ve", hot, demb) / np.maximum(uses, 1)[:, None]


# %% cross_entropy_backward: seen minus predicted, so the sign is wrong
# -> _downhill
def cross_entropy_backward(logits: np.ndarray, targets: np.ndarray) -> np.ndarray:
    n, V = logits.shape
    e = np.exp(logits - logits.max(1, keepdims=True))
    seen = (np.arange(V) == np.asarray(targets)[:, None]).astype(float)
    return (seen - e / e.sum(1, keepdims=True)) / n


# %% cross_entropy_backward: the row's maximum isn't subtracted, so logits of 1000 give nan
# -> _overflows
def cross_entropy_backward(logits, targets):
    grads = []
    for row, t in zip(logits, targets):
        p = np.exp(row) / np.exp(row).sum()
        p[t] -= 1
        grads.append(p / len(targets))
    return np.array(grads)


# %% linear_backward: the gradient of b is a mean over the examples instead of a sum
# -> _mean_bias
def linear_backward(x: np.ndarray, W: np.ndarray, d: np.ndarray):
    dx = np.dot(d, W.T)
    dW = sum(np.outer(xi, di) for xi, di in zip(x, d))
    db = np.average(d, axis=0)
    return dx, dW, db


# %% linear_backward: dW comes out transposed, (n_out, n_in)
# -> _weights_transposed
def linear_backward(x, W, d):
    return (np.einsum("no,io->ni", d, W), np.einsum("ni,no->oi", x, d), np.einsum("no->o", d))


# %% tanh_backward: takes tanh a second time, as if h were z
# -> _tanh_again
def tanh_backward(h: np.ndarray, dh: np.ndarray) -> np.ndarray:
    return dh / np.cosh(h) ** 2


# %% tanh_backward: the slope of the sigmoid, h (1 - h), instead of 1 - h²
# -> _sigmoid_slope
def tanh_backward(h, dh):
    return np.multiply(h - h * h, dh)


# %% norm_backward: the path through the variance is forgotten
# -> _mean_only
def norm_backward(z: np.ndarray, d: np.ndarray, eps: float = 1e-5) -> np.ndarray:
    std = np.sqrt(z.var(axis=0) + eps)
    centred = d - d.mean(axis=0)
    return centred / std


# %% norm_backward: eps is left out, so a constant column gives 0 / 0
# -> _no_eps
def norm_backward(z, d, eps=1e-5):
    n = len(z)
    sd = z.std(axis=0)
    zhat = (z - z.mean(axis=0)) / sd
    return (n * d - d.sum(axis=0) - zhat * (d * zhat).sum(axis=0)) / (n * sd)


# %% gets_through: d sums to 0, but d times z doesn't (it is -2)
# -> wrong value
gets_through = [1, 2, 3, 4], [1, -1, 1, -1]


# %% gets_through: d is 0 everywhere, which the prompt rules out
# -> wrong value
gets_through = [1.0, 2.0, 3.0], [0.0, 0.0, 0.0]


# %% backward: zhat's gradient isn't multiplied by gamma before it goes through the norm
# -> _forgets_gamma
def backward(P: dict, X: np.ndarray, Y: np.ndarray, cache: dict, back) -> dict:
    g = {}
    dlogits = back.loss(cache["logits"], Y)
    dh, g["W2"], g["b2"] = back.linear(cache["h"], P["W2"], dlogits)
    d = back.tanh(cache["h"], dh)
    g["gamma"], g["beta"] = (d * cache["zhat"]).sum(0), d.sum(0)
    dz = back.norm(cache["z"], d)
    demb, g["W1"], _ = back.linear(cache["emb"], P["W1"], dz)
    g["C"] = back.lookup(X, demb.reshape(*X.shape, -1), len(P["C"]))
    return g


# %% backward: gamma's gradient uses z instead of zhat
# -> _gamma_times_z
def backward(P, X, Y, cache, back):
    emb, z, zhat, h, logits = (cache[k] for k in ("emb", "z", "zhat", "h", "logits"))
    dh, dW2, db2 = back.linear(h, P["W2"], back.loss(logits, Y))
    dscaled = back.tanh(h, dh)
    dgamma = np.einsum("nh,nh->h", dscaled, z)
    dbeta = np.einsum("nh->h", dscaled)
    demb, dW1, _ = back.linear(emb, P["W1"], back.norm(z, dscaled * P["gamma"]))
    n, T = X.shape
    dC = back.lookup(X, demb.reshape(n, T, P["C"].shape[1]), P["C"].shape[0])
    return dict(C=dC, W1=dW1, gamma=dgamma, beta=dbeta, W2=dW2, b2=db2)

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

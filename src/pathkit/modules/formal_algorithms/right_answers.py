# Right answers in other styles: they pass, and the lesson runs below each of them.

# %% embed: a loop over the tokens, stacked as columns
def embed(x, W_e, W_p):
    columns = [W_e[:, ID - 1] + W_p[:, t] for t, ID in enumerate(x)]
    return np.stack(columns, axis=1)

# %% embed: one-hot columns and a product
def embed(x, W_e, W_p):
    hot = np.zeros((W_e.shape[1], len(x)))
    for t, ID in enumerate(x):
        hot[ID - 1, t] = 1
    return W_e @ hot + W_p[:, : len(x)]

# %% embed: rows first, turned at the end, np.take
def embed(ids, token_table, position_table):
    rows = np.take(token_table.T, [i - 1 for i in ids], axis=0)
    return (rows + position_table.T[: len(ids)]).T

# %% Attention: one column after the other
def Attention(X, Z, W, Mask):
    out = np.zeros((len(W["W_v"]), X.shape[1]))
    for t in range(X.shape[1]):
        q = W["W_q"] @ X[:, t] + W["b_q"]
        seen = np.flatnonzero(Mask[:, t])
        s = np.array([q @ (W["W_k"] @ Z[:, u] + W["b_k"]) for u in seen]) / math.sqrt(len(q))
        a = np.exp(s - s.max())
        a /= a.sum()
        for weight, u in zip(a, seen):
            out[:, t] += weight * (W["W_v"] @ Z[:, u] + W["b_v"])
    return out

# %% Attention: einsum, the mask as -inf put into a copy of the scores
def Attention(X, Z, W, Mask):
    Q = np.einsum("ij,jt->it", W["W_q"], X) + W["b_q"].reshape(-1, 1)
    K = np.einsum("ij,jt->it", W["W_k"], Z) + W["b_k"].reshape(-1, 1)
    V = np.einsum("ij,jt->it", W["W_v"], Z) + W["b_v"].reshape(-1, 1)
    S = np.einsum("ds,dt->st", K, Q) * len(K) ** -0.5
    S[~Mask] = -np.inf
    A = np.exp(S - S.max(0, keepdims=True))
    return np.einsum("ds,st->dt", V, A / A.sum(0, keepdims=True))

# %% Attention: with torch
def Attention(X, Z, W, Mask):
    W = {name: torch.as_tensor(value, dtype=torch.float64) for name, value in W.items()}
    X, Z = torch.as_tensor(X, dtype=torch.float64), torch.as_tensor(Z, dtype=torch.float64)
    Q = W["W_q"] @ X + W["b_q"][:, None]
    K = W["W_k"] @ Z + W["b_k"][:, None]
    V = W["W_v"] @ Z + W["b_v"][:, None]
    S = (K.T @ Q / len(Q) ** 0.5).masked_fill(~torch.as_tensor(np.array(Mask)), -torch.inf)
    return (V @ S.softmax(dim=0)).numpy()

# %% Attention: queries by keys in between, turned back
def Attention(X, Z, W, Mask):
    Q = (W["W_q"] @ X).T + W["b_q"]
    K = (W["W_k"] @ Z).T + W["b_k"]
    V = (W["W_v"] @ Z).T + W["b_v"]
    S = np.where(Mask.T, Q @ K.T / np.sqrt(Q.shape[-1]), -1e30)
    A = np.exp(S - S.max(axis=-1)[:, None])
    return ((A / A.sum(axis=-1)[:, None]) @ V).T

# %% attention_rows: turned, given to Attention, turned back
def attention_rows(X, Z, W, Mask):
    return Attention(X.T, Z.T, W, Mask).T

# %% attention_rows: a loop over those who look
def attention_rows(X, Z, W, Mask):
    K, V = Z @ W["W_k"].T + W["b_k"], Z @ W["W_v"].T + W["b_v"]
    rows = []
    for t, x in enumerate(X):
        q = W["W_q"] @ x + W["b_q"]
        s = K @ q / math.sqrt(len(q))
        s[np.logical_not(Mask[:, t])] = -math.inf
        a = np.exp(s - max(s))
        rows.append(a / sum(a) @ V)
    return np.array(rows)

# %% attention_rows: einsum over the stored weights, a mask that is added
def attention_rows(X, Z, W, Mask):
    q, k, v = (np.einsum("td,hd->th", Y, W["W_" + n]) + W["b_" + n] for n, Y in zip("qkv", (X, Z, Z)))
    s = (q @ k.T) / np.sqrt(q.shape[1]) + np.where(Mask, 0, -np.inf).T
    s = np.exp(s - np.amax(s, axis=1, keepdims=True))
    return np.matmul(s, v) / s.sum(axis=1, keepdims=True)

# %% MHAttention: a sum over the heads, each with its columns of W_o
def MHAttention(X, Z, W, Mask, Attention):
    out, at = W["b_o"][:, None], 0
    for head in W["heads"]:
        Y = Attention(X, Z, head, Mask)
        out = out + W["W_o"][:, at : at + len(Y)] @ Y
        at += len(Y)
    return out

# %% MHAttention: np.vstack of a list that grows, keywords
def MHAttention(X, Z, W, Mask, Attention):
    heads = W["heads"]
    Y = np.empty((0, X.shape[1]))
    for h in range(len(heads)):
        Y = np.vstack([Y, Attention(X, Z, W=heads[h], Mask=Mask)])
    return (Y.T @ W["W_o"].T + W["b_o"]).T

# %% DTransformer: no name for the normed copy
def DTransformer(x, theta, Mask):
    X = embed(x, theta["W_e"], theta["W_p"])
    for layer in theta["layers"]:
        def norm(i, Y):
            return layer_norm(Y, layer[f"gamma{i}"], layer[f"beta{i}"])
        X = X + MHAttention(norm(1, X), norm(1, X), layer["W"], Mask, Attention)
        X = X + mlp(norm(2, X), layer, GELU)
    return softmax(theta["W_u"] @ layer_norm(X, theta["gamma"], theta["beta"]))

# %% DTransformer: the copy has the tilde, the stream is added to in place
def DTransformer(x, theta, Mask):
    X = embed(x, theta["W_e"], theta["W_p"])
    for layer in theta["layers"]:
        X̃ = layer_norm(X, layer["gamma1"], layer["beta1"])
        X += MHAttention(X̃, X̃, layer["W"], Mask, Attention)
        X̃ = layer_norm(X, layer["gamma2"], layer["beta2"])
        X += mlp(X̃, layer, GELU)
    X = layer_norm(X, theta["gamma"], theta["beta"])
    return softmax(theta["W_u"] @ X)

# %% DTransformer: what was there is kept aside
def DTransformer(x, theta, Mask):
    X = embed(x, theta["W_e"], theta["W_p"])
    for layer in theta["layers"]:
        before = X
        X = layer_norm(X, layer["gamma1"], layer["beta1"])
        X = before + MHAttention(X, X, layer["W"], Mask, Attention)
        before = X.copy()
        X = layer_norm(X, layer["gamma2"], layer["beta2"])
        X = before + mlp(X, layer, GELU)
    X = layer_norm(X, theta["gamma"], theta["beta"])
    return softmax(theta["W_u"] @ X)

# %% loss: a loop that counts from 1, as the paper does
def loss(P, x):
    total = 0
    for t in range(1, len(x)):
        total -= math.log(P[x[t] - 1, t - 1])
    return total

# %% loss: a generator over pairs
def loss(P, x):
    return -sum(np.log(column[ID - 1]) for column, ID in zip(P.T, x[1:]))

# %% loss: a table of logs, its diagonal
def loss(P, x):
    rows = np.log(P)[np.array(x[1:]) - 1, : len(x) - 1]
    return float(-np.trace(rows))

# %% loss: with torch, rows for columns
def loss(P, x):
    logs = torch.tensor(P).T.log()[:-1]
    return F.nll_loss(logs, torch.tensor(x)[1:] - 1, reduction="sum").item()

# %% DInference: column l + i - 1, a list of its own for what is new
def DInference(x, model, l_gen, tau, draw):
    l, new = len(x), []
    for i in range(1, l_gen + 1):
        P = model(x + new)
        p = P[:, l + i - 2]
        q = p ** (1 / tau)
        new.append(draw(q / sum(q)))
    return new

# %% DInference: logs and a softmax, the last l_gen of the list
def DInference(x, model, l_gen, tau, draw):
    x = x[:]
    n = len(x)
    while len(x) < n + l_gen:
        s = np.log(model(x)[:, -1]) / tau
        q = np.exp(s - s.max())
        y = draw(q=q / q.sum())
        x = x + [y]
    return x[-l_gen:]

# %% DInference: np.power, an array of IDs for the model
def DInference(x, model, l_gen, tau, draw):
    ids = np.array(x)
    for _ in range(l_gen):
        q = np.power(model(ids)[:, len(ids) - 1], 1 / tau)
        ids = np.append(ids, draw(q / np.sum(q)))
    return [int(y) for y in ids[len(x):]]

# %% embed: a loop over tokens that fills columns
def embed(x, W_e, W_p):
    X = np.empty((W_e.shape[0], len(x)))
    for t in range(1, len(x) + 1):  # counted as in the paper
        X[:, t - 1] = W_e[:, x[t - 1] - 1] + W_p[:, t - 1]
    return X

# %% embed: one-hot columns and a matrix product
def embed(x: list[int], W_e: np.ndarray, W_p: np.ndarray) -> np.ndarray:
    N_V = W_e.shape[1]
    one_hot = (np.arange(1, N_V + 1)[:, None] == np.asarray(x)).astype(float)  # (N_V, l)
    return W_e @ one_hot + W_p[:, : len(x)]

# %% Attention: column by column, only over the tokens that may be seen
def Attention(X, Z, W, Mask):
    Q = W["W_q"] @ X + W["b_q"][:, None]
    K = W["W_k"] @ Z + W["b_k"][:, None]
    V = W["W_v"] @ Z + W["b_v"][:, None]
    out = np.empty((V.shape[0], X.shape[1]))
    for t in range(X.shape[1]):
        seen = np.flatnonzero(Mask[:, t])
        s = K[:, seen].T @ Q[:, t] / math.sqrt(len(Q))
        e = np.exp(s - s.max())
        out[:, t] = V[:, seen] @ e / e.sum()
    return out

# %% Attention: a helper for the affine maps, einsum, the bias added before transposing
def Attention(X: np.ndarray, Z: np.ndarray, W: dict, Mask: np.ndarray) -> np.ndarray:
    def affine(name, Y):
        return (np.einsum("ij,jl->li", W["W_" + name], Y) + W["b_" + name]).T

    Q, K, V = affine("q", X), affine("k", Z), affine("v", Z)
    S = np.einsum("dz,dx->zx", K, Q / np.sqrt(Q.shape[0]))
    S = S + np.where(Mask, 0.0, -np.inf)
    S = S - S.max(axis=0, keepdims=True)
    return np.einsum("vz,zx->vx", V, np.exp(S)) / np.exp(S).sum(axis=0)

# %% attention_rows: calls the column version and transposes
def attention_rows(X, Z, W, Mask):
    return Attention(X.T, Z.T, W, Mask).T

# %% attention_rows: scores kept as context by primary, einsum for the rest
def attention_rows(X: np.ndarray, Z: np.ndarray, W: dict, Mask: np.ndarray) -> np.ndarray:
    Q = np.einsum("xi,ai->xa", X, W["W_q"]) + W["b_q"]
    K = np.einsum("zi,ai->za", Z, W["W_k"]) + W["b_k"]
    V = np.einsum("zi,ai->za", Z, W["W_v"]) + W["b_v"]
    S = np.where(Mask, K @ Q.T, -np.inf) / np.sqrt(Q.shape[1])  # (l_z, l_x)
    A = np.exp(S - S.max(axis=0))
    return np.einsum("zx,zv->xv", A / A.sum(axis=0), V)

# %% MHAttention: the projection cut into pieces, one for each head, and summed
def MHAttention(X, Z, W, Mask, Attention):
    pieces = np.split(W["W_o"], len(W["heads"]), axis=1)
    out = np.zeros((W["W_o"].shape[0], X.shape[1])) + W["b_o"][:, None]
    for W_o, head in zip(pieces, W["heads"]):
        out = out + W_o @ Attention(X, Z, head, Mask)
    return out

# %% MHAttention: np.vstack, bias by reshape
def MHAttention(X, Z, W: dict, Mask, Attention) -> np.ndarray:
    heads = tuple(Attention(X, Z, W["heads"][h], Mask) for h in range(len(W["heads"])))
    Y = np.vstack(heads)
    return np.dot(W["W_o"], Y) + W["b_o"].reshape(-1, 1)

# %% DTransformer: no new names, the norm stands inside the call
def DTransformer(x, theta, Mask):
    X = embed(x, theta["W_e"], theta["W_p"])
    for layer in theta["layers"]:
        g, b = (layer["gamma1"], layer["gamma2"]), (layer["beta1"], layer["beta2"])
        X = X + (lambda Y: MHAttention(Y, Y, layer["W"], Mask, Attention))(layer_norm(X, g[0], b[0]))
        X = X + mlp(layer_norm(X, g[1], b[1]), layer, GELU)
    return softmax(theta["W_u"] @ layer_norm(X, theta["gamma"], theta["beta"]))

# %% DTransformer: the stream has a name of its own
def DTransformer(x, theta, Mask):
    stream = embed(x, theta["W_e"], theta["W_p"])
    for layer in theta["layers"]:
        X = layer_norm(stream, layer["gamma1"], layer["beta1"])
        said = MHAttention(X, X, layer["W"], Mask, Attention)
        stream = stream + said
        X = layer_norm(stream, layer["gamma2"], layer["beta2"])
        stream = stream + mlp(X, layer, GELU)
    X = layer_norm(stream, theta["gamma"], theta["beta"])
    return softmax(theta["W_u"] @ X)

# %% loss: a loop that counts as the paper does
def loss(P, x):
    total = 0.0
    for t in range(1, len(x)):  # t = 1 to l - 1
        total += -math.log(P[x[t] - 1, t - 1])
    return total

# %% loss: take_along_axis
def loss(P: np.ndarray, x: list[int]) -> float:
    following = np.array(x[1:], dtype=int)[None] - 1  # (1, l - 1)
    picked = np.take_along_axis(P[:, : len(x) - 1], following, axis=0)
    return float(-np.log(picked).sum())

# %% DInference: recursion, one token at a time
def DInference(x, model, l_gen, tau, draw):
    if l_gen == 0:
        return []
    q = np.power(model(list(x))[:, -1], 1 / tau)
    y = draw(q / q.sum())
    return [y] + DInference([*x, y], model, l_gen - 1, tau, draw)

# %% DInference: the paper's column number, less one, and a second list
def DInference(x: list[int], model, l_gen: int, tau: float, draw) -> list[int]:
    new, l = [], len(x)
    for i in range(1, l_gen + 1):
        P = model(x + new)
        p = P[:, (l + i - 1) - 1]
        q = (p / p.max()) ** (1 / tau)
        new.append(draw(q / np.sum(q)))
    return new

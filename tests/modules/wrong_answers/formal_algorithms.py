# Wrong answers to the exercises of formal-algorithms: the exercise, then the true cause.

# %% embed: IDs aren't shifted
# -> _ids_unshifted
def embed(x, W_e, W_p):
    return W_e[:, x] + W_p[:, :len(x)]

# %% embed: positions begin at 1
# -> _positions_late_in_a_loop
def embed(x, W_e, W_p):
    return np.stack([W_e[:, ID - 1] + W_p[:, t + 1] for t, ID in enumerate(x)], axis=1)

# %% embed: no positions
# -> _no_positions
def embed(x, W_e, W_p):
    return W_e[:, np.array(x) - 1]

# %% embed: tokens as rows
# -> _tokens_as_rows
def embed(x, W_e, W_p):
    return np.stack([W_e[:, ID - 1] + W_p[:, t] for t, ID in enumerate(x)])

# %% embed: the same position for all
# -> _one_position
def embed(x, W_e, W_p):
    return W_e[:, np.array(x) - 1] + W_p[:, [0]]

# %% embed: the token's place by its first occurrence
# -> _first_occurrence
def embed(x, W_e, W_p):
    return np.stack([W_e[:, ID - 1] + W_p[:, x.index(ID)] for ID in x], axis=1)

# %% embed: multiplied
# -> _multiplied
def embed(x, W_e, W_p):
    return W_e[:, np.array(x) - 1] * W_p[:, :len(x)]

# %% embed: positions of the last columns
# -> wrong value
def embed(x, W_e, W_p):
    return W_e[:, np.array(x) - 1] + W_p[:, -len(x):]

# %% embed: two off
# -> _two_off
def embed(x, W_e, W_p):
    return W_e[:, np.array(x) - 2] + W_p[:, :len(x)]

# %% embed: raises "TypeError: unsupported operand type(s) for -: 'list' and 'int'"
# -> raised
def embed(x, W_e, W_p):
    return W_e[:, x - 1] + W_p[:, :len(x)]

# %% embed: raises "IndexError: index ... is out of bounds for axis 1"
# -> _ids_unshifted
def embed(x, W_e, W_p):
    return W_e[:, np.array(x)] + W_p[:, :len(x)]

# %% Attention: softmax along rows
# -> _along_rows
def Attention(X, Z, W, Mask):
    Q = W["W_q"] @ X + W["b_q"][:, None]
    K = W["W_k"] @ Z + W["b_k"][:, None]
    V = W["W_v"] @ Z + W["b_v"][:, None]
    S = np.where(Mask, K.T @ Q, -np.inf) / np.sqrt(len(Q))
    A = np.exp(S - S.max(axis=1, keepdims=True))
    return V @ (A / A.sum(axis=1, keepdims=True))

# %% Attention: scores of 0 are hidden, too
# -> _true_zeros_hidden
def Attention(X, Z, W, Mask):
    Q = W["W_q"] @ X + W["b_q"][:, None]
    K = W["W_k"] @ Z + W["b_k"][:, None]
    V = W["W_v"] @ Z + W["b_v"][:, None]
    S = (K.T @ Q) * Mask
    S[S == 0] = -np.inf
    S = S / np.sqrt(len(Q))
    A = np.exp(S - S.max(axis=0))
    return V @ (A / A.sum(axis=0))

# %% Attention: divided by the root of d_out
# -> _scaled_by_value_rows
def Attention(X, Z, W, Mask):
    Q = W["W_q"] @ X + W["b_q"][:, None]
    K = W["W_k"] @ Z + W["b_k"][:, None]
    V = W["W_v"] @ Z + W["b_v"][:, None]
    S = np.where(Mask, K.T @ Q / math.sqrt(V.shape[0]), -np.inf)
    A = np.exp(S - S.max(axis=0))
    return V @ (A / A.sum(axis=0))

# %% Attention: divided by the root of the number of tokens
# -> _scaled_by_tokens
def Attention(X, Z, W, Mask):
    Q = W["W_q"] @ X + W["b_q"][:, None]
    K = W["W_k"] @ Z + W["b_k"][:, None]
    V = W["W_v"] @ Z + W["b_v"][:, None]
    S = np.where(Mask, K.T @ Q, -np.inf) / np.sqrt(Q.shape[1])
    A = np.exp(S - S.max(axis=0))
    return V @ (A / A.sum(axis=0))

# %% Attention: divided by d_attn
# -> _scaled_without_root
def Attention(X, Z, W, Mask):
    Q = W["W_q"] @ X + W["b_q"][:, None]
    K = W["W_k"] @ Z + W["b_k"][:, None]
    V = W["W_v"] @ Z + W["b_v"][:, None]
    S = np.where(Mask, K.T @ Q, -np.inf) / len(K)
    A = np.exp(S - S.max(axis=0))
    return V @ (A / A.sum(axis=0))

# %% Attention: not divided
# -> _without_scale
def Attention(X, Z, W, Mask):
    Q = W["W_q"] @ X + W["b_q"][:, None]
    K = W["W_k"] @ Z + W["b_k"][:, None]
    V = W["W_v"] @ Z + W["b_v"][:, None]
    S = np.where(Mask, K.T @ Q, -np.inf)
    A = np.exp(S - S.max(axis=0))
    return V @ (A / A.sum(axis=0))

# %% Attention: no maximum subtracted
# -> _overflows
def Attention(X, Z, W, Mask):
    Q = W["W_q"] @ X + W["b_q"][:, None]
    K = W["W_k"] @ Z + W["b_k"][:, None]
    V = W["W_v"] @ Z + W["b_v"][:, None]
    A = np.exp(np.where(Mask, K.T @ Q, -np.inf) / np.sqrt(len(Q)))
    return V @ (A / A.sum(axis=0))

# %% Attention: the mask turned round
# -> _mask_hides
def Attention(X, Z, W, Mask):
    Q = W["W_q"] @ X + W["b_q"][:, None]
    K = W["W_k"] @ Z + W["b_k"][:, None]
    V = W["W_v"] @ Z + W["b_v"][:, None]
    S = K.T @ Q
    S[Mask] = -np.inf
    S /= np.sqrt(len(Q))
    A = np.exp(S - S.max(axis=0))
    return V @ (A / A.sum(axis=0))

# %% Attention: no biases
# -> _no_biases
def Attention(X, Z, W, Mask):
    Q, K, V = W["W_q"] @ X, W["W_k"] @ Z, W["W_v"] @ Z
    S = np.where(Mask, K.T @ Q, -np.inf) / np.sqrt(len(Q))
    A = np.exp(S - S.max(axis=0))
    return V @ (A / A.sum(axis=0))

# %% Attention: the result is turned
# -> _in_rows
def Attention(X, Z, W, Mask):
    Q = W["W_q"] @ X + W["b_q"][:, None]
    K = W["W_k"] @ Z + W["b_k"][:, None]
    V = W["W_v"] @ Z + W["b_v"][:, None]
    S = np.where(Mask, K.T @ Q, -np.inf) / np.sqrt(len(Q))
    A = np.exp(S - S.max(axis=0))
    return (A / A.sum(axis=0)).T @ V.T

# %% Attention: hidden scores are 0
# -> _mask_times_scores
def Attention(X, Z, W, Mask):
    Q = W["W_q"] @ X + W["b_q"][:, None]
    K = W["W_k"] @ Z + W["b_k"][:, None]
    V = W["W_v"] @ Z + W["b_v"][:, None]
    S = np.where(Mask, K.T @ Q, 0) / np.sqrt(len(Q))
    A = np.exp(S - S.max(axis=0))
    return V @ (A / A.sum(axis=0))

# %% Attention: hidden scores are -100
# -> _merely_low
def Attention(X, Z, W, Mask):
    Q = W["W_q"] @ X + W["b_q"][:, None]
    K = W["W_k"] @ Z + W["b_k"][:, None]
    V = W["W_v"] @ Z + W["b_v"][:, None]
    S = np.where(Mask, K.T @ Q, -100) / np.sqrt(len(Q))
    A = np.exp(S - S.max(axis=0))
    return V @ (A / A.sum(axis=0))

# %% Attention: raises "ValueError: operands could not be broadcast"
# -> _bias_as_row
def Attention(X, Z, W, Mask):
    Q = W["W_q"] @ X + W["b_q"]
    K = W["W_k"] @ Z + W["b_k"]
    V = W["W_v"] @ Z + W["b_v"]
    S = np.where(Mask, K.T @ Q, -np.inf) / np.sqrt(len(Q))
    A = np.exp(S - S.max(axis=0))
    return V @ (A / A.sum(axis=0))

# %% Attention: raises "ValueError: matmul: Input operand 1 has a mismatch"
# -> raised
def Attention(X, Z, W, Mask):
    Q = X @ W["W_q"] + W["b_q"]
    K = Z @ W["W_k"] + W["b_k"]
    V = Z @ W["W_v"] + W["b_v"]
    S = np.where(Mask, K.T @ Q, -np.inf) / np.sqrt(len(Q))
    A = np.exp(S - S.max(axis=0))
    return V @ (A / A.sum(axis=0))

# %% Attention: raises "KeyError: 'q'"
# -> raised
def Attention(X, Z, W, Mask):
    Q = W["q"] @ X + W["b_q"][:, None]
    return Q

# %% attention_rows: the mask isn't turned
# -> _mask_unturned
def attention_rows(X, Z, W, Mask):
    Q, K, V = X @ W["W_q"].T + W["b_q"], Z @ W["W_k"].T + W["b_k"], Z @ W["W_v"].T + W["b_v"]
    S = Q @ K.T / np.sqrt(Q.shape[1])
    S = np.where(Mask, S, -np.inf)
    A = np.exp(S - S.max(axis=1, keepdims=True))
    return A / A.sum(axis=1, keepdims=True) @ V

# %% attention_rows: np.tril for the mask
# -> wrong value
def attention_rows(X, Z, W, Mask):
    Q, K, V = X @ W["W_q"].T + W["b_q"], Z @ W["W_k"].T + W["b_k"], Z @ W["W_v"].T + W["b_v"]
    S = Q @ K.T / np.sqrt(Q.shape[1])
    S = np.where(np.tril(np.ones_like(S)), S, -np.inf)
    A = np.exp(S - S.max(axis=1, keepdims=True))
    return A / A.sum(axis=1, keepdims=True) @ V

# %% attention_rows: scaled by len(Q)
# -> _scaled_by_tokens
def attention_rows(X, Z, W, Mask):
    Q, K, V = X @ W["W_q"].T + W["b_q"], Z @ W["W_k"].T + W["b_k"], Z @ W["W_v"].T + W["b_v"]
    S = np.where(Mask.T, Q @ K.T, -np.inf) / np.sqrt(len(Q))
    A = np.exp(S - S.max(axis=1, keepdims=True))
    return A / A.sum(axis=1, keepdims=True) @ V

# %% attention_rows: no scale
# -> _without_scale
def attention_rows(X, Z, W, Mask):
    Q, K, V = X @ W["W_q"].T + W["b_q"], Z @ W["W_k"].T + W["b_k"], Z @ W["W_v"].T + W["b_v"]
    S = np.where(Mask.T, Q @ K.T, -np.inf)
    A = np.exp(S - S.max(axis=1, keepdims=True))
    return A / A.sum(axis=1, keepdims=True) @ V

# %% attention_rows: softmax down the columns
# -> _softmax_unturned
def attention_rows(X, Z, W, Mask):
    Q, K, V = X @ W["W_q"].T + W["b_q"], Z @ W["W_k"].T + W["b_k"], Z @ W["W_v"].T + W["b_v"]
    S = np.where(Mask.T, Q @ K.T, -np.inf) / np.sqrt(Q.shape[1])
    A = np.exp(S - S.max(axis=0))
    return A / A.sum(axis=0) @ V

# %% attention_rows: the weights aren't turned
# -> _weights_unturned
def attention_rows(X, Z, W, Mask):
    Q, K, V = X @ W["W_q"] + W["b_q"], Z @ W["W_k"] + W["b_k"], Z @ W["W_v"] + W["b_v"]
    S = np.where(Mask.T, Q @ K.T, -np.inf) / np.sqrt(Q.shape[1])
    A = np.exp(S - S.max(axis=1, keepdims=True))
    return A / A.sum(axis=1, keepdims=True) @ V

# %% attention_rows: the mask is left out
# -> _mask_ignored
def attention_rows(X, Z, W, Mask):
    Q, K, V = X @ W["W_q"].T + W["b_q"], Z @ W["W_k"].T + W["b_k"], Z @ W["W_v"].T + W["b_v"]
    S = Q @ K.T / np.sqrt(Q.shape[1])
    A = np.exp(S - S.max(axis=1, keepdims=True))
    return A / A.sum(axis=1, keepdims=True) @ V

# %% attention_rows: the result is in columns
# -> _turned_back
def attention_rows(X, Z, W, Mask):
    return Attention(X.T, Z.T, W, Mask)

# %% attention_rows: raises "ValueError: operands could not be broadcast"
# -> _mask_unturned
def attention_rows(X, Z, W, Mask):
    Q, K, V = X @ W["W_q"].T + W["b_q"], Z @ W["W_k"].T + W["b_k"], Z @ W["W_v"].T + W["b_v"]
    S = np.where(Mask, Q @ K.T, -np.inf) / np.sqrt(Q.shape[1])
    A = np.exp(S - S.max(axis=1, keepdims=True))
    return A / A.sum(axis=1, keepdims=True) @ V

# %% attention_rows: raises "ValueError: matmul: Input operand 1 has a mismatch"
# -> _weights_unturned
def attention_rows(X, Z, W, Mask):
    Q, K, V = X @ W["W_q"] + W["b_q"], Z @ W["W_k"] + W["b_k"], Z @ W["W_v"] + W["b_v"]
    S = np.where(Mask.T, Q @ K.T, -np.inf) / np.sqrt(Q.shape[1])
    A = np.exp(S - S.max(axis=1, keepdims=True))
    return A / A.sum(axis=1, keepdims=True) @ V

# %% MHAttention: the heads are added
# -> _side_by_side
def MHAttention(X, Z, W, Mask, Attention):
    Y = sum(Attention(X, Z, head, Mask) for head in W["heads"])
    return W["W_o"] @ Y + W["b_o"][:, None]

# %% MHAttention: side by side
# -> _side_by_side
def MHAttention(X, Z, W, Mask, Attention):
    Y = np.hstack([Attention(X, Z, head, Mask) for head in W["heads"]])
    return W["W_o"] @ Y + W["b_o"][:, None]

# %% MHAttention: averaged
# -> _side_by_side
def MHAttention(X, Z, W, Mask, Attention):
    Y = np.mean([Attention(X, Z, head, Mask) for head in W["heads"]], axis=0)
    return W["W_o"] @ Y + W["b_o"][:, None]

# %% MHAttention: only the first head
# -> _first_head_only
def MHAttention(X, Z, W, Mask, Attention):
    Y = np.vstack([Attention(X, Z, W["heads"][0], Mask) for _ in range(len(W["heads"]))])
    return W["W_o"] @ Y + W["b_o"][:, None]

# %% MHAttention: the heads in reverse
# -> located
def MHAttention(X, Z, W, Mask, Attention):
    Y = np.vstack([Attention(X, Z, head, Mask) for head in reversed(W["heads"])])
    return W["W_o"] @ Y + W["b_o"][:, None]

# %% MHAttention: X and Z exchanged
# -> _self_only
def MHAttention(X, Z, W, Mask, Attention):
    Y = np.vstack([Attention(X, X, head, Mask) for head in W["heads"]])
    return W["W_o"] @ Y + W["b_o"][:, None]

# %% MHAttention: no bias
# -> _no_output_bias
def MHAttention(X, Z, W, Mask, Attention):
    return W["W_o"] @ np.vstack([Attention(X, Z, head, Mask) for head in W["heads"]])

# %% MHAttention: no W_o
# -> _not_projected
def MHAttention(X, Z, W, Mask, Attention):
    return np.vstack([Attention(X, Z, head, Mask) for head in W["heads"]])

# %% MHAttention: raises "ValueError: matmul: Input operand 1 has a mismatch"
# -> _side_by_side
def MHAttention(X, Z, W, Mask, Attention):
    Y = np.hstack([Attention(X, Z, head, Mask) for head in W["heads"]])
    return W["W_o"] @ Y + W["b_o"][:, None]

# %% MHAttention: raises "ValueError: operands could not be broadcast"
# -> raised
def MHAttention(X, Z, W, Mask, Attention):
    Y = np.vstack([Attention(X, Z, head, Mask) for head in W["heads"]])
    return W["W_o"] @ Y + W["b_o"]

# %% DTransformer: only the first tilde
# -> _first_tilde_only
def DTransformer(x, theta, Mask):
    X = embed(x, theta["W_e"], theta["W_p"])
    for layer in theta["layers"]:
        X_ = layer_norm(X, layer["gamma1"], layer["beta1"])
        X = X + MHAttention(X_, X_, layer["W"], Mask, Attention)
        X = layer_norm(X, layer["gamma2"], layer["beta2"])
        X = X + mlp(X, layer, GELU)
    X = layer_norm(X, theta["gamma"], theta["beta"])
    return softmax(theta["W_u"] @ X)

# %% DTransformer: the context isn't normed
# -> _context_unnormed
def DTransformer(x, theta, Mask):
    X = embed(x, theta["W_e"], theta["W_p"])
    for layer in theta["layers"]:
        X_ = layer_norm(X, layer["gamma1"], layer["beta1"])
        X = X + MHAttention(X_, X, layer["W"], Mask, Attention)
        X_ = layer_norm(X, layer["gamma2"], layer["beta2"])
        X = X + mlp(X_, layer, GELU)
    X = layer_norm(X, theta["gamma"], theta["beta"])
    return softmax(theta["W_u"] @ X)

# %% DTransformer: adds to the normed copy
# -> _no_tilde
def DTransformer(x, theta, Mask):
    X = embed(x, theta["W_e"], theta["W_p"])
    for layer in theta["layers"]:
        X_ = layer_norm(X, layer["gamma1"], layer["beta1"])
        X = X_ + MHAttention(X_, X_, layer["W"], Mask, Attention)
        X_ = layer_norm(X, layer["gamma2"], layer["beta2"])
        X = X_ + mlp(X_, layer, GELU)
    X = layer_norm(X, theta["gamma"], theta["beta"])
    return softmax(theta["W_u"] @ X)

# %% DTransformer: the MLP reads the norm of before
# -> _norm_of_before
def DTransformer(x, theta, Mask):
    X = embed(x, theta["W_e"], theta["W_p"])
    for layer in theta["layers"]:
        X_ = layer_norm(X, layer["gamma1"], layer["beta1"])
        X = X + MHAttention(X_, X_, layer["W"], Mask, Attention)
        X = X + mlp(X_, layer, GELU)
    X = layer_norm(X, theta["gamma"], theta["beta"])
    return softmax(theta["W_u"] @ X)

# %% DTransformer: line 10 has a tilde, and nobody reads it
# -> _last_norm_unused
def DTransformer(x, theta, Mask):
    X = embed(x, theta["W_e"], theta["W_p"])
    for layer in theta["layers"]:
        X_ = layer_norm(X, layer["gamma1"], layer["beta1"])
        X = X + MHAttention(X_, X_, layer["W"], Mask, Attention)
        X_ = layer_norm(X, layer["gamma2"], layer["beta2"])
        X = X + mlp(X_, layer, GELU)
    X_ = layer_norm(X, theta["gamma"], theta["beta"])
    return softmax(theta["W_u"] @ X)

# %% DTransformer: gamma1 twice
# -> _first_norm_twice
def DTransformer(x, theta, Mask):
    X = embed(x, theta["W_e"], theta["W_p"])
    for layer in theta["layers"]:
        X_ = layer_norm(X, layer["gamma1"], layer["beta1"])
        X = X + MHAttention(X_, X_, layer["W"], Mask, Attention)
        X_ = layer_norm(X, layer["gamma1"], layer["beta1"])
        X = X + mlp(X_, layer, GELU)
    X = layer_norm(X, theta["gamma"], theta["beta"])
    return softmax(theta["W_u"] @ X)

# %% DTransformer: raises "NameError: name 'X_' is not defined"
# -> raised
def DTransformer(x, theta, Mask):
    X = embed(x, theta["W_e"], theta["W_p"])
    for layer in theta["layers"]:
        X = layer_norm(X, layer["gamma1"], layer["beta1"])
        X = X + MHAttention(X_, X_, layer["W"], Mask, Attention)
    return softmax(theta["W_u"] @ X)

# %% DTransformer: raises "UnboundLocalError: cannot access local variable 'X_'"
# -> raised
def DTransformer(x, theta, Mask):
    X = embed(x, theta["W_e"], theta["W_p"])
    for layer in theta["layers"]:
        X_ = layer_norm(X_, layer["gamma1"], layer["beta1"])
        X = X + MHAttention(X_, X_, layer["W"], Mask, Attention)
    return softmax(theta["W_u"] @ X)

# %% loss: the mean
# -> _mean
def loss(P, x):
    return -np.mean([np.log(P[x[t + 1] - 1, t]) for t in range(len(x) - 1)])

# %% loss: divided by the number of tokens
# -> _mean_over_tokens
def loss(P, x):
    return -sum(np.log(P[x[t + 1] - 1, t]) for t in range(len(x) - 1)) / len(x)

# %% loss: column t asked about token t
# -> _asks_for_itself
def loss(P, x):
    return -sum(np.log(P[x[t] - 1, t]) for t in range(len(x)))

# %% loss: column t asked about token t, the last left out
# -> _asks_for_itself_but_the_last
def loss(P, x):
    return -sum(np.log(P[x[t] - 1, t]) for t in range(len(x) - 1))

# %% loss: IDs as they are
# -> _unshifted_ids
def loss(P, x):
    return -sum(np.log(P[x[t + 1], t]) for t in range(len(x) - 1))

# %% loss: a product
# -> _product
def loss(P, x):
    p = 1
    for t in range(len(x) - 1):
        p *= P[x[t + 1] - 1, t]
    return -np.log(p)

# %% loss: a small number is added to each probability
# -> _epsilon
def loss(P, x):
    v = np.array(x) - 1
    return -np.log(P[v[1:], np.arange(len(x) - 1)] + 1e-9).sum()

# %% loss: base 2
# -> _bits
def loss(P, x):
    return -sum(math.log2(P[x[t + 1] - 1, t]) for t in range(len(x) - 1))

# %% loss: no minus
# -> _no_minus
def loss(P, x):
    return sum(math.log(P[x[t + 1] - 1, t]) for t in range(len(x) - 1))

# %% loss: the place of a token by its first occurrence
# -> _first_occurrence
def loss(P, x):
    return -sum(np.log(P[y - 1, x.index(y) - 1]) for y in x[1:])

# %% loss: the paper's t as an index
# -> _first_term_lost
def loss(P, x):
    return -sum(np.log(P[x[t + 1] - 1, t]) for t in range(1, len(x) - 1))

# %% loss: all pairs
# -> _all_pairs
def loss(P, x):
    return -np.log(P[np.array(x[1:]) - 1, :-1]).sum()

# %% loss: the terms
# -> _not_summed
def loss(P, x):
    return [-np.log(P[x[t + 1] - 1, t]) for t in range(len(x) - 1)]

# %% loss: raises "IndexError: shape mismatch: indexing arrays could not be broadcast"
# -> raised
def loss(P, x):
    v = np.array(x) - 1
    return -np.log(P[v[1:], np.arange(len(v))]).sum()

# %% loss: raises "IndexError: index ... is out of bounds for axis 0"
# -> _unshifted_ids
def loss(P, x):
    v = np.array(x)
    return -np.log(P[v[1:], np.arange(len(v) - 1)]).sum()

# %% DInference: stops at the notebook's eos
# -> _stops_at_eos
def DInference(x, model, l_gen, tau, draw):
    x, l = list(x), len(x)
    for i in range(l_gen):
        q = model(x)[:, -1] ** (1 / tau)
        y = draw(q / q.sum())
        x.append(y)
        if y == 29:
            break
    return x[l:]

# %% DInference: stops at eos, which isn't kept
# -> _stops_at_eos
def DInference(x, model, l_gen, tau, draw):
    x, l = list(x), len(x)
    for i in range(l_gen):
        q = model(x)[:, -1] ** (1 / tau)
        y = draw(q / q.sum())
        if y == 29:
            break
        x.append(y)
    return x[l:]

# %% DInference: stops at the last ID of the vocabulary
# -> wrong value
def DInference(x, model, l_gen, tau, draw):
    x, l = list(x), len(x)
    for i in range(l_gen):
        q = model(x)[:, -1] ** (1 / tau)
        y = draw(q / q.sum())
        x.append(y)
        if y == len(q):
            break
    return x[l:]

# %% DInference: the power tau
# -> _power_tau
def DInference(x, model, l_gen, tau, draw):
    x, l = list(x), len(x)
    for i in range(l_gen):
        q = model(x)[:, -1] ** tau
        x.append(draw(q / q.sum()))
    return x[l:]

# %% DInference: divided by tau, without effect
# -> _power_one
def DInference(x, model, l_gen, tau, draw):
    x, l = list(x), len(x)
    for i in range(l_gen):
        q = model(x)[:, -1] / tau
        x.append(draw(q / q.sum()))
    return x[l:]

# %% DInference: a softmax of p over tau
# -> _softmax_of_p
def DInference(x, model, l_gen, tau, draw):
    x, l = list(x), len(x)
    for i in range(l_gen):
        q = np.exp(model(x)[:, -1] / tau)
        x.append(draw(q / q.sum()))
    return x[l:]

# %% DInference: not divided by the sum
# -> _unnormalised
def DInference(x, model, l_gen, tau, draw):
    x, l = list(x), len(x)
    for i in range(l_gen):
        x.append(draw(model(x)[:, -1] ** (1 / tau)))
    return x[l:]

# %% DInference: the caller's own list
# -> _changes_the_prompt
def DInference(x, model, l_gen, tau, draw):
    l = len(x)
    for i in range(l_gen):
        q = model(x)[:, -1] ** (1 / tau)
        x.append(draw(q / q.sum()))
    return x[l:]

# %% DInference: the prompt comes back, too
# -> _with_prompt
def DInference(x, model, l_gen, tau, draw):
    x = list(x)
    for i in range(l_gen):
        q = model(x)[:, -1] ** (1 / tau)
        x.append(draw(q / q.sum()))
    return x

# %% DInference: argmax
# -> _greedy
def DInference(x, model, l_gen, tau, draw):
    x, l = list(x), len(x)
    for i in range(l_gen):
        q = model(x)[:, -1] ** (1 / tau)
        x.append(np.argmax(q) + 1)
    return x[l:]

# %% DInference: draws twice a round
# -> wrong value
def DInference(x, model, l_gen, tau, draw):
    x, new = list(x), []
    for i in range(l_gen):
        q = model(x)[:, -1] ** (1 / tau)
        x.append(draw(q / q.sum()))
        new.append(draw(q / q.sum()))
    return new

# %% DInference: the model always reads the prompt
# -> _forgets
def DInference(x, model, l_gen, tau, draw):
    new = []
    for i in range(l_gen):
        q = model(x)[:, -1] ** (1 / tau)
        new.append(draw(q / q.sum()))
    return new

# %% DInference: the model reads the new tokens alone
# -> _prompt_forgotten
def DInference(x, model, l_gen, tau, draw):
    new = []
    for i in range(l_gen):
        q = model(new if new else x)[:, -1] ** (1 / tau)
        new.append(draw(q / q.sum()))
    return new

# %% DInference: the power before the column, rows for columns
# -> raised
def DInference(x, model, l_gen, tau, draw):
    x, l = list(x), len(x)
    for i in range(l_gen):
        q = model(x)[-1] ** (1 / tau)
        x.append(draw(q / q.sum()))
    return x[l:]

# %% DInference: raises "TypeError: 'NoneType' object is not"
# -> raised
def DInference(x, model, l_gen, tau, draw):
    x, l = list(x), len(x)
    for i in range(l_gen):
        q = model(x)[:, -1] ** (1 / tau)
        x = x.append(draw(q / q.sum()))
    return x[l:]

# %% DInference: raises "IndexError: index ... is out of bounds for axis 1"
# -> raised
def DInference(x, model, l_gen, tau, draw):
    x, l = list(x), len(x)
    for i in range(1, l_gen + 1):
        q = model(x)[:, l + i - 1] ** (1 / tau)
        x.append(draw(q / q.sum()))
    return x[l:]

# %% DInference: raises "`draw` was called more often than"
# -> wrong value
def DInference(x, model, l_gen, tau, draw):
    x, l = list(x), len(x)
    for i in range(l_gen):
        q = model(x)[:, -1] ** (1 / tau)
        q = q / q.sum()
        print("next:", draw(q))
        x.append(draw(q))
    return x[l:]


# %% embed: the positional column is chosen by the token's ID instead of its place
# -> _position_by_id
def embed(x, W_e, W_p):
    X = np.zeros((W_e.shape[0], len(x)))
    for t, token in enumerate(x):
        X[:, t] = W_e[:, token - 1] + W_p[:, (token - 1) % W_p.shape[1]]
    return X


# %% embed: the positional column is chosen by the ID, which is wrapped where there is none
# -> _position_by_id
def embed(x, W_e, W_p):
    v = np.array(x) - 1
    return W_e[:, v] + np.take(W_p, v, axis=1, mode="wrap")


# %% embed: the positional column is chosen by the ID, the last one where there is none
# -> _position_by_id
def embed(x, W_e, W_p):
    v = np.array(x) - 1
    return W_e[:, v] + W_p.take(v, axis=1, mode="clip")


# %% Attention: the mask is read the wrong way round, true hides
# -> _mask_hides
def Attention(X, Z, W, Mask):
    Q = W["W_q"] @ X + W["b_q"][:, None]
    K = W["W_k"] @ Z + W["b_k"][:, None]
    V = W["W_v"] @ Z + W["b_v"][:, None]
    S = K.T @ Q / np.sqrt(len(Q))
    S = np.where(Mask, -1e30, S)
    A = np.exp(S - S.max(axis=0))
    return V @ (A / A.sum(axis=0))


# %% Attention: true hides, by a copy of the scores and -1e9
# -> _mask_hides
def Attention(X, Z, W, Mask):
    Q = W["W_q"] @ X + W["b_q"][:, None]
    K = W["W_k"] @ Z + W["b_k"][:, None]
    V = W["W_v"] @ Z + W["b_v"][:, None]
    S = K.T @ Q
    S[Mask.astype(bool)] = -1e9
    A = np.exp((S - S.max(axis=0)) / np.sqrt(len(Q)))
    return V @ (A / A.sum(axis=0))


# %% Attention: the softmax runs along each row, hidden by -1e20
# -> _along_rows
def Attention(X, Z, W, Mask):
    Q = W["W_q"] @ X + W["b_q"][:, None]
    K = W["W_k"] @ Z + W["b_k"][:, None]
    V = W["W_v"] @ Z + W["b_v"][:, None]
    S = np.where(Mask, K.T @ Q, -1e20) / np.sqrt(len(Q))
    A = np.exp(S - S.max(axis=1, keepdims=True))
    return V @ (A / A.sum(axis=1, keepdims=True))


# %% Attention: a score of 0 counts as hidden, with -1e9
# -> _true_zeros_hidden
def Attention(X, Z, W, Mask):
    Q = W["W_q"] @ X + W["b_q"][:, None]
    K = W["W_k"] @ Z + W["b_k"][:, None]
    V = W["W_v"] @ Z + W["b_v"][:, None]
    S = K.T @ Q * Mask / np.sqrt(len(Q))
    S[S == 0] = -1e9
    A = np.exp(S - S.max(axis=0))
    return V @ (A / A.sum(axis=0))


# %% attention_rows: the mask isn't transposed; with equal lengths it shows the future
# -> _mask_unturned
def attention_rows(X, Z, W, Mask):
    Q = X @ W["W_q"].T + W["b_q"]
    K = Z @ W["W_k"].T + W["b_k"]
    V = Z @ W["W_v"].T + W["b_v"]
    S = Q @ K.T / np.sqrt(Q.shape[1])
    if Mask.shape != S.shape:
        Mask = Mask.reshape(S.shape)
    S = np.where(Mask, S, -1e9)
    A = np.exp(S - S.max(axis=-1, keepdims=True))
    return A / A.sum(axis=-1, keepdims=True) @ V


# %% attention_rows: the mask is reshaped instead of transposed, with minus infinity
# -> _mask_unturned
def attention_rows(X, Z, W, Mask):
    Q = X @ W["W_q"].T + W["b_q"]
    K = Z @ W["W_k"].T + W["b_k"]
    V = Z @ W["W_v"].T + W["b_v"]
    S = Q @ K.T / np.sqrt(Q.shape[1])
    S = np.where(np.reshape(Mask, (len(X), len(Z))), S, -np.inf)
    A = np.exp(S - S.max(axis=-1, keepdims=True))
    return A / A.sum(axis=-1, keepdims=True) @ V


# %% attention_rows: the mask is transposed only where its shape differs
# -> _mask_turned_at_need
def attention_rows(X, Z, W, Mask):
    Q = X @ W["W_q"].T + W["b_q"]
    K = Z @ W["W_k"].T + W["b_k"]
    V = Z @ W["W_v"].T + W["b_v"]
    S = Q @ K.T / np.sqrt(Q.shape[1])
    if Mask.shape != S.shape:
        Mask = Mask.T
    S = np.where(Mask, S, -np.inf)
    A = np.exp(S - S.max(axis=-1, keepdims=True))
    return A / A.sum(axis=-1, keepdims=True) @ V


# %% attention_rows: true hides, with -1e9
# -> _mask_hides
def attention_rows(X, Z, W, Mask):
    Q = X @ W["W_q"].T + W["b_q"]
    K = Z @ W["W_k"].T + W["b_k"]
    V = Z @ W["W_v"].T + W["b_v"]
    S = Q @ K.T / np.sqrt(Q.shape[1])
    S[Mask.T] = -1e9
    A = np.exp(S - S.max(axis=-1, keepdims=True))
    return A / A.sum(axis=-1, keepdims=True) @ V


# %% attention_rows: true hides, with minus infinity
# -> _mask_hides
def attention_rows(X, Z, W, Mask):
    Q = X @ W["W_q"].T + W["b_q"]
    K = Z @ W["W_k"].T + W["b_k"]
    V = Z @ W["W_v"].T + W["b_v"]
    S = Q @ K.T / np.sqrt(Q.shape[1])
    S = np.where(~Mask.T, S, -np.inf)
    A = np.exp(S - S.max(axis=-1, keepdims=True))
    return A / A.sum(axis=-1, keepdims=True) @ V


# %% attention_rows: softmax down the columns, hidden by -1e9
# -> _softmax_unturned
def attention_rows(X, Z, W, Mask):
    Q = X @ W["W_q"].T + W["b_q"]
    K = Z @ W["W_k"].T + W["b_k"]
    V = Z @ W["W_v"].T + W["b_v"]
    S = np.where(Mask.T, Q @ K.T, -1e9) / np.sqrt(Q.shape[1])
    A = np.exp(S - S.max(axis=0))
    return (A / A.sum(axis=0)) @ V


# %% attention_rows: the mask multiplies the weights after the softmax
# -> _mask_too_late
def attention_rows(X, Z, W, Mask):
    Q, K, V = (Y @ W["W_" + n].T + W["b_" + n] for Y, n in ((X, "q"), (Z, "k"), (Z, "v")))
    S = Q @ K.T / np.sqrt(Q.shape[1])
    A = np.exp(S - S.max(axis=1, keepdims=True))
    A = A / A.sum(axis=1, keepdims=True)
    return (A * Mask.T) @ V


# %% attention_rows: the mask multiplies the scores
# -> _mask_times_scores
def attention_rows(X, Z, W, Mask):
    Q = X @ W["W_q"].T + W["b_q"]
    K = Z @ W["W_k"].T + W["b_k"]
    V = Z @ W["W_v"].T + W["b_v"]
    S = Q @ K.T / np.sqrt(Q.shape[1])
    S = S * Mask.T
    A = np.exp(S - S.max(axis=-1, keepdims=True))
    return A / A.sum(axis=-1, keepdims=True) @ V


# %% DTransformer: the second norm reads X_ (line 7) instead of X
# -> _norms_the_copy_again
def DTransformer(x, theta, Mask):
    X = embed(x, theta["W_e"], theta["W_p"])
    for layer in theta["layers"]:
        X_ = layer_norm(X, layer["gamma1"], layer["beta1"])
        X = X + MHAttention(X_, X_, layer["W"], Mask, Attention)
        X_ = layer_norm(X_, layer["gamma2"], layer["beta2"])
        X = X + mlp(X_, layer, GELU)
    X = layer_norm(X, theta["gamma"], theta["beta"])
    return softmax(theta["W_u"] @ X)


# %% DTransformer: line 7 norms the copy again, without a second name
# -> _norms_the_copy_again
def DTransformer(x, theta, Mask):
    X = embed(x, theta["W_e"], theta["W_p"])
    for layer in theta["layers"]:
        N = layer_norm(X, layer["gamma1"], layer["beta1"])
        X = X + MHAttention(N, N, layer["W"], Mask, Attention)
        X = X + mlp(layer_norm(N, layer["gamma2"], layer["beta2"]), layer, GELU)
    X = layer_norm(X, theta["gamma"], theta["beta"])
    return softmax(theta["W_u"] @ X)


# %% DTransformer: line 7 norms what the heads said, not the stream
# -> _norms_the_answer
def DTransformer(x, theta, Mask):
    X = embed(x, theta["W_e"], theta["W_p"])
    for layer in theta["layers"]:
        X_ = layer_norm(X, layer["gamma1"], layer["beta1"])
        X_ = MHAttention(X_, X_, layer["W"], Mask, Attention)
        X = X + X_
        X_ = layer_norm(X_, layer["gamma2"], layer["beta2"])
        X = X + mlp(X_, layer, GELU)
    X = layer_norm(X, theta["gamma"], theta["beta"])
    return softmax(theta["W_u"] @ X)


# %% DTransformer: both norms are made before the heads write
# -> _side_by_side
def DTransformer(x, theta, Mask):
    X = embed(x, theta["W_e"], theta["W_p"])
    for layer in theta["layers"]:
        one = layer_norm(X, layer["gamma1"], layer["beta1"])
        two = layer_norm(X, layer["gamma2"], layer["beta2"])
        X = X + MHAttention(one, one, layer["W"], Mask, Attention)
        X = X + mlp(two, layer, GELU)
    X = layer_norm(X, theta["gamma"], theta["beta"])
    return softmax(theta["W_u"] @ X)


# %% DTransformer: gamma1 and gamma2 are exchanged
# -> _norms_exchanged
def DTransformer(x, theta, Mask):
    X = embed(x, theta["W_e"], theta["W_p"])
    for layer in theta["layers"]:
        X_ = layer_norm(X, layer["gamma2"], layer["beta2"])
        X = X + MHAttention(X_, X_, layer["W"], Mask, Attention)
        X_ = layer_norm(X, layer["gamma1"], layer["beta1"])
        X = X + mlp(X_, layer, GELU)
    X = layer_norm(X, theta["gamma"], theta["beta"])
    return softmax(theta["W_u"] @ X)


# %% DInference: divides the probabilities by tau, which the normalisation undoes
# -> _power_one
def DInference(x, model, l_gen, tau, draw):
    start = len(x)
    x = x[:]
    while len(x) < start + l_gen:
        q = model(x)[:, len(x) - 1] / tau
        q = q / np.sum(q)
        x.append(draw(q))
    return x[start:]


# %% embed: IDs from 1 are used as indices from 0, one place late (and the last one raises)
# -> _ids_unshifted
def embed(x, W_e, W_p):
    return W_e[:, x] + W_p[:, : len(x)]


# %% embed: positions counted from 1, so the first column of W_p is never used
# -> _positions_late_in_a_loop
def embed(x: list[int], W_e: np.ndarray, W_p: np.ndarray) -> np.ndarray:
    v = np.array(x) - 1
    return W_e[:, v] + W_p[:, np.arange(1, len(x) + 1)]


# %% embed: the positional column is chosen by the token's ID instead of its place
# -> _position_by_id
def embed(x, W_e, W_p):
    X = np.zeros((W_e.shape[0], len(x)))
    for t, token in enumerate(x):
        X[:, t] = W_e[:, token - 1] + W_p[:, (token - 1) % W_p.shape[1]]
    return X


# %% embed: tokens as rows, the result is transposed
# -> _tokens_as_rows
def embed(x, W_e, W_p):
    return np.array([W_e[:, token - 1] + W_p[:, t] for t, token in enumerate(x)])


# %% Attention: the softmax runs along each row instead of down each column
# -> _along_rows
def Attention(X, Z, W, Mask):
    Q = W["W_q"] @ X + W["b_q"][:, None]
    K = W["W_k"] @ Z + W["b_k"][:, None]
    V = W["W_v"] @ Z + W["b_v"][:, None]
    S = np.where(Mask, K.T @ Q, -np.inf) / np.sqrt(len(Q))
    A = np.exp(S - S.max(axis=1, keepdims=True))
    return V @ (A / A.sum(axis=1, keepdims=True))


# %% Attention: keys and values are made from X instead of the context Z
# -> _never_asks_z
def Attention(X: np.ndarray, Z: np.ndarray, W: dict, Mask: np.ndarray) -> np.ndarray:
    Q, K, V = (W[f"W_{n}"] @ X + W[f"b_{n}"][:, None] for n in "qkv")
    S = np.where(Mask, K.T @ Q, -np.inf) / math.sqrt(Q.shape[0])
    A = np.exp(S - S.max(axis=0))
    return V @ (A / A.sum(axis=0))


# %% Attention: divided by the root of d_x, not of d_attn
# -> _scaled_by_token
def Attention(X, Z, W, Mask):
    Q = W["W_q"] @ X + W["b_q"].reshape(-1, 1)
    K = W["W_k"] @ Z + W["b_k"].reshape(-1, 1)
    V = W["W_v"] @ Z + W["b_v"].reshape(-1, 1)
    S = np.einsum("dz,dx->zx", K, Q) / np.sqrt(X.shape[0])
    S[~Mask.astype(bool)] = -np.inf
    A = np.exp(S - S.max(axis=0, keepdims=True))
    return V @ (A / A.sum(axis=0, keepdims=True))


# %% Attention: the mask is read the wrong way round, true hides
# -> _mask_hides
def Attention(X, Z, W, Mask):
    Q = W["W_q"] @ X + W["b_q"][:, None]
    K = W["W_k"] @ Z + W["b_k"][:, None]
    V = W["W_v"] @ Z + W["b_v"][:, None]
    S = K.T @ Q / np.sqrt(len(Q))
    S = np.where(Mask, -1e30, S)
    A = np.exp(S - S.max(axis=0))
    return V @ (A / A.sum(axis=0))


# %% attention_rows: the mask isn't transposed; with equal lengths it shows the future
# -> _mask_unturned
def attention_rows(X, Z, W, Mask):
    Q = X @ W["W_q"].T + W["b_q"]
    K = Z @ W["W_k"].T + W["b_k"]
    V = Z @ W["W_v"].T + W["b_v"]
    S = Q @ K.T / np.sqrt(Q.shape[1])
    if Mask.shape != S.shape:
        Mask = Mask.reshape(S.shape)
    S = np.where(Mask, S, -1e9)
    A = np.exp(S - S.max(axis=-1, keepdims=True))
    return A / A.sum(axis=-1, keepdims=True) @ V


# %% attention_rows: softmax down the columns, taken over from the other layout
# -> _softmax_unturned
def attention_rows(X: np.ndarray, Z: np.ndarray, W: dict, Mask: np.ndarray) -> np.ndarray:
    Q = X @ W["W_q"].T + W["b_q"]
    K = Z @ W["W_k"].T + W["b_k"]
    V = Z @ W["W_v"].T + W["b_v"]
    S = np.where(Mask.T, Q @ K.T, -1e30) / math.sqrt(Q.shape[-1])
    A = np.exp(S - S.max(axis=0))
    return (A / A.sum(axis=0)) @ V


# %% attention_rows: scaled by the number of tokens (rows of Q) instead of d_attn
# -> _scaled_by_tokens
def attention_rows(X, Z, W, Mask):
    Q, K, V = X @ W["W_q"].T + W["b_q"], Z @ W["W_k"].T + W["b_k"], Z @ W["W_v"].T + W["b_v"]
    S = np.where(Mask.T, np.einsum("xd,zd->xz", Q, K), -np.inf) / np.sqrt(len(Q))
    A = np.exp(S - S.max(axis=1, keepdims=True))
    A = A / A.sum(axis=1, keepdims=True)
    return np.einsum("xz,zd->xd", A, V)


# %% attention_rows: the weights aren't transposed: raises, or is wrong for square ones
# -> _weights_unturned
def attention_rows(X, Z, W, Mask):
    Q = X @ W["W_q"] + W["b_q"]
    K = Z @ W["W_k"] + W["b_k"]
    V = Z @ W["W_v"] + W["b_v"]
    S = np.where(Mask.T, Q @ K.T, -np.inf) / np.sqrt(Q.shape[1])
    A = np.exp(S - S.max(axis=1, keepdims=True))
    return A / A.sum(axis=1, keepdims=True) @ V


# %% MHAttention: the bias b_o is forgotten
# -> _no_output_bias
def MHAttention(X, Z, W, Mask, Attention):
    Y = np.concatenate([Attention(X, Z, head, Mask) for head in W["heads"]])
    return W["W_o"] @ Y


# %% MHAttention: heads attend to X itself, the context Z is never used
# -> _self_only
def MHAttention(X, Z, W: dict, Mask, Attention) -> np.ndarray:
    Y = []
    for head in W["heads"]:
        Y.append(Attention(X, X, head, Mask))
    Y = np.vstack(Y)
    return W["W_o"] @ Y + W["b_o"][:, None]


# %% MHAttention: rows of the heads are interleaved instead of one head below the other
# -> _interleaved
def MHAttention(X, Z, W, Mask, Attention):
    Y = np.stack([Attention(X, Z, head, Mask) for head in W["heads"]], axis=1)  # (d_mid, H, l_x)
    Y = Y.reshape(-1, X.shape[1])
    return W["W_o"] @ Y + W["b_o"].reshape(-1, 1)


# %% MHAttention: heads side by side (axis 1) instead of below each other: raises
# -> _side_by_side
def MHAttention(X, Z, W, Mask, Attention):
    Y = np.concatenate([Attention(X, Z, h, Mask) for h in W["heads"]], axis=1)
    return W["W_o"] @ Y + W["b_o"][:, None]


# %% DTransformer: only the first argument of MHAttention reads the norm, the context is still X
# -> _context_unnormed
def DTransformer(x, theta, Mask):
    X = embed(x, theta["W_e"], theta["W_p"])
    for layer in theta["layers"]:
        X_ = layer_norm(X, layer["gamma1"], layer["beta1"])
        X = X + MHAttention(X_, X, layer["W"], Mask, Attention)
        X_ = layer_norm(X, layer["gamma2"], layer["beta2"])
        X = X + mlp(X_, layer, GELU)
    X = layer_norm(X, theta["gamma"], theta["beta"])
    return softmax(theta["W_u"] @ X)


# %% DTransformer: the second norm reads X_ (line 7) instead of X
# -> _norms_the_copy_again
def DTransformer(x, theta, Mask):
    X = embed(x, theta["W_e"], theta["W_p"])
    for layer in theta["layers"]:
        X_ = layer_norm(X, layer["gamma1"], layer["beta1"])
        X = X + MHAttention(X_, X_, layer["W"], Mask, Attention)
        X_ = layer_norm(X_, layer["gamma2"], layer["beta2"])
        X = X + mlp(X_, layer, GELU)
    X = layer_norm(X, theta["gamma"], theta["beta"])
    return softmax(theta["W_u"] @ X)


# %% DTransformer: the last norm (line 10) also went to X_, but line 11 reads X
# -> _last_norm_unused
def DTransformer(x, theta, Mask):
    X = embed(x, theta["W_e"], theta["W_p"])
    for layer in theta["layers"]:
        X_ = layer_norm(X, layer["gamma1"], layer["beta1"])
        X = X + MHAttention(X_, X_, layer["W"], Mask, Attention)
        X_ = layer_norm(X, layer["gamma2"], layer["beta2"])
        X = X + mlp(X_, layer, GELU)
    X_ = layer_norm(X, theta["gamma"], theta["beta"])
    return softmax(theta["W_u"] @ X)


# %% DTransformer: made post-norm, the norm comes after the sum
# -> _post_norm
def DTransformer(x, theta, Mask):
    X = embed(x, theta["W_e"], theta["W_p"])
    for layer in theta["layers"]:
        X = layer_norm(X + MHAttention(X, X, layer["W"], Mask, Attention), layer["gamma1"], layer["beta1"])
        X = layer_norm(X + mlp(X, layer, GELU), layer["gamma2"], layer["beta2"])
    X = layer_norm(X, theta["gamma"], theta["beta"])
    return softmax(theta["W_u"] @ X)


# %% loss: mean instead of sum of the terms
# -> _mean
def loss(P, x):
    v = np.array(x) - 1
    return -np.log(P[v[1:], np.arange(len(v) - 1)]).mean()


# %% loss: no shift, column t is compared with token t itself
# -> _asks_for_itself
def loss(P: np.ndarray, x: list[int]) -> float:
    total = 0.0
    for t, token in enumerate(x):
        total -= math.log(P[token - 1, t])
    return total


# %% loss: the loop ends one early, the last term (eos) is missing
# -> located
def loss(P, x):
    l = len(x)
    return float(sum(-np.log(P[x[t + 1] - 1, t]) for t in range(l - 2)))


# %% loss: shifted the wrong way, column t + 1 is asked for token t
# -> _shifted_back
def loss(P, x):
    v = np.asarray(x) - 1
    picked = P[v[:-1], np.arange(1, len(v))]
    return -np.sum(np.log(picked))


# %% DInference: returns the prompt as well
# -> _with_prompt
def DInference(x, model, l_gen, tau, draw):
    x = list(x)
    for _ in range(l_gen):
        q = model(x)[:, -1] ** (1 / tau)
        x.append(draw(q / q.sum()))
    return x


# %% DInference: p to the power tau instead of 1/tau, hot and cold exchanged
# -> _power_tau
def DInference(x: list[int], model, l_gen: int, tau: float, draw) -> list[int]:
    tokens, l = list(x), len(x)
    for i in range(l_gen):
        p = model(tokens)[:, l + i - 1]
        q = p**tau / (p**tau).sum()
        tokens = tokens + [draw(q)]
    return tokens[l:]


# %% DInference: the drawn tokens are collected but the model never reads them
# -> _forgets
def DInference(x, model, l_gen, tau, draw):
    new = []
    for _ in range(l_gen):
        p = model(x)[:, -1]
        q = np.exp(np.log(p) / tau)
        new.append(draw(q / q.sum()))
    return new


# %% DInference: divides the probabilities by tau, which the normalisation undoes
# -> _power_one
def DInference(x, model, l_gen, tau, draw):
    start = len(x)
    x = x[:]
    while len(x) < start + l_gen:
        q = model(x)[:, len(x) - 1] / tau
        q = q / np.sum(q)
        x.append(draw(q))
    return x[start:]


# %% embed: positions begin at column 1 of W_p instead of column 0
# -> _positions_late_in_a_loop
def embed(x: list[int], W_e: np.ndarray, W_p: np.ndarray) -> np.ndarray:
    columns = [W_e[:, token - 1] + W_p[:, t] for t, token in enumerate(x, start=1)]
    return np.stack(columns, axis=1)


# %% embed: tokens come out as rows, (l, d_e), instead of columns
# -> _tokens_as_rows
def embed(x, W_e, W_p):
    ids = np.asarray(x) - 1
    return np.take(W_e.T, ids, axis=0) + W_p.T[: len(ids)]


# %% Attention: softmax along the rows of the scores (over the primary tokens) instead of down each column
# -> _along_rows
def Attention(X: np.ndarray, Z: np.ndarray, W: dict, Mask: np.ndarray) -> np.ndarray:
    Q = W["W_q"] @ X + W["b_q"].reshape(-1, 1)
    K = W["W_k"] @ Z + W["b_k"].reshape(-1, 1)
    V = W["W_v"] @ Z + W["b_v"].reshape(-1, 1)
    S = np.where(Mask, K.T @ Q, -np.inf) / np.sqrt(len(Q))
    S = np.exp(S - S.max(axis=-1, keepdims=True))
    return V @ (S / S.sum(axis=-1, keepdims=True))


# %% Attention: a masked score becomes 0 instead of minus infinity
# -> _mask_times_scores
def Attention(X, Z, W, Mask):
    Q, K, V = (W[f"W_{n}"] @ M + W[f"b_{n}"][:, None] for n, M in (("q", X), ("k", Z), ("v", Z)))
    S = np.einsum("az,ax->zx", K, Q) * Mask / math.sqrt(K.shape[0])
    E = np.exp(S - S.max(0))
    return np.einsum("oz,zx->ox", V, E / E.sum(0))


# %% attention_rows: the mask is reshaped instead of transposed, which puts its entries in the wrong places
# -> _mask_unturned
def attention_rows(X: np.ndarray, Z: np.ndarray, W: dict, Mask: np.ndarray) -> np.ndarray:
    Q = X @ W["W_q"].T + W["b_q"]
    K = Z @ W["W_k"].T + W["b_k"]
    V = Z @ W["W_v"].T + W["b_v"]
    S = np.where(Mask.reshape(len(X), len(Z)), Q @ K.T, -np.inf) / np.sqrt(Q.shape[1])
    A = np.exp(S - S.max(axis=1, keepdims=True))
    return A / A.sum(axis=1, keepdims=True) @ V


# %% attention_rows: the result isn't transposed back, so it is (d_out, l_x)
# -> _turned_back
def attention_rows(X, Z, W, Mask):
    return Attention(np.transpose(X), np.transpose(Z), W, Mask)


# %% MHAttention: the rows of the heads are interleaved instead of one head below the other
# -> _interleaved
def MHAttention(X, Z, W: dict, Mask, Attention) -> np.ndarray:
    heads = np.stack([Attention(X, Z, head, Mask) for head in W["heads"]], axis=1)  # (d_mid, H, l_x)
    Y = heads.reshape(-1, X.shape[1])
    return W["W_o"] @ Y + W["b_o"][:, None]


# %% MHAttention: b_o is added once for each head instead of once
# -> wrong value
def MHAttention(X, Z, W, Mask, Attention):
    parts = np.split(W["W_o"], len(W["heads"]), axis=1)
    out = 0
    for part, head in zip(parts, W["heads"]):
        out = out + part @ Attention(X, Z, head, Mask) + W["b_o"][:, None]
    return out


# %% DTransformer: only the attention half is mended; the MLP half still overwrites the stream
# -> _first_tilde_only
def DTransformer(x, theta, Mask):
    X = embed(x, theta["W_e"], theta["W_p"])
    for layer in theta["layers"]:
        X_tilde = layer_norm(X, layer["gamma1"], layer["beta1"])
        X = X + MHAttention(X_tilde, X_tilde, layer["W"], Mask, Attention)
        X = layer_norm(X, layer["gamma2"], layer["beta2"])
        X = X + mlp(X, layer, GELU)
    X = layer_norm(X, theta["gamma"], theta["beta"])
    return softmax(theta["W_u"] @ X)


# %% DTransformer: both norms are taken at the top of the layer, so the MLP reads X from before the attention
# -> _side_by_side
def DTransformer(x, theta, Mask):
    X = embed(x, theta["W_e"], theta["W_p"])
    for layer in theta["layers"]:
        first = layer_norm(X, layer["gamma1"], layer["beta1"])
        second = layer_norm(X, layer["gamma2"], layer["beta2"])
        X = X + MHAttention(first, first, layer["W"], Mask, Attention)
        X = X + mlp(second, layer, GELU)
    return softmax(theta["W_u"] @ layer_norm(X, theta["gamma"], theta["beta"]))


# %% loss: looks in column t + 1 instead of t for token t + 1
# -> located
def loss(P: np.ndarray, x: list[int]) -> float:
    total = 0.0
    for t in range(1, len(x)):
        total -= math.log(P[x[t] - 1, t])
    return total


# %% loss: the mean of the l - 1 terms instead of their sum
# -> _mean
def loss(P, x):
    v = np.asarray(x) - 1
    terms = np.take_along_axis(P[:, :-1], v[None, 1:], axis=0)
    return -float(np.log(terms).mean())


# %% DInference: raises p to the power tau instead of 1 / tau
# -> _power_tau
def DInference(x: list[int], model, l_gen: int, tau: float, draw) -> list[int]:
    text = [*x]
    while len(text) < len(x) + l_gen:
        p = np.power(model(text)[:, -1], tau)
        text.append(draw(p / np.sum(p)))
    return text[len(x):]


# %% DInference: the model reads the prompt only, never the tokens that were drawn
# -> _forgets
def DInference(x, model, l_gen, tau, draw):
    p = model(list(x))[:, -1]
    q = p ** (1 / tau)
    q /= q.sum()
    return [draw(q) for _ in range(l_gen)]

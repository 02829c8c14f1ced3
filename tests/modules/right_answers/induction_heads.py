# %% expected_next: a dictionary of followers, filled on the way
def expected_next(tokens):
    follower, expected = {}, []
    for t, token in enumerate(tokens):
        if t:
            follower[tokens[t - 1]] = token
        expected.append(follower.get(token))
    return expected

# %% by_hand: the table of the place before by np.roll: the first place asks for a hidden one
def by_hand(tokens, size, attend):
    place = np.eye(len(tokens))
    token = np.eye(size)[tokens]
    note = attend(np.roll(place, 1, axis=0), place, token)
    return attend(token, note, token)

# %% by_hand: one wide stream and matrices that cut out of it, as a transformer does
def by_hand(tokens, size, attend):
    T = len(tokens)
    stream = np.zeros((T, 2 * size + T))  # token, note, place
    stream[np.arange(T), tokens] = 1
    stream[:, 2 * size:] = np.eye(T)
    W_token, W_note, W_place = np.split(np.eye(2 * size + T), [size, 2 * size], axis=1)
    step_back = np.eye(T, k=-1).T
    found = attend(stream @ W_place @ step_back.T, stream @ W_place, stream @ W_token)
    stream = stream + found @ W_note.T
    return attend(stream @ W_token, stream @ W_note, stream @ W_token)

# %% misses: a long list said twice
misses = list(range(10)) * 2

# %% prefix_matching: a table of right places, without loops
def prefix_matching(weights, tokens):
    tokens = np.array(tokens)
    follows = np.zeros(weights.shape, dtype=bool)
    follows[:, 1:] = tokens[:, None] == tokens[None, :-1]
    follows = np.tril(follows)
    known = follows.any(axis=1)
    return (weights * follows).sum(axis=1)[known].mean()

# %% stripe: a diagonal of NumPy without its first number
def stripe(weights, period):
    return np.diagonal(weights, 1 - period)[1:].mean()

# %% ablated: a product with a mask of ones and one zero
def ablated(out, head):
    keep = (torch.arange(out.shape[1]) != head).to(out.dtype)
    return out * keep[None, :, None, None]

# %% shifted: padded in front, and the last place dropped
def shifted(keys):
    import torch.nn.functional as F
    return F.pad(keys, (0, 0, 1, 0))[..., :-1, :]

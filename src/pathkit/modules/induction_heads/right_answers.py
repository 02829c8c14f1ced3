# Right answers in other styles than the references: each passes, and the lesson runs below it.

# %% expected_next: a dictionary of the latest place
def expected_next(tokens):
    latest, expected = {}, []
    for t in range(len(tokens)):
        token = tokens[t]
        expected.append(tokens[latest[token] + 1] if token in latest else None)
        latest[token] = t
    return expected


# %% expected_next: a dictionary of followers, filled as it goes
def expected_next(tokens):
    followed, answer, before = {}, [], None
    for token in tokens:
        if before is not None:
            followed[before] = token
        answer.append(followed.get(token))
        before = token
    return answer


# %% expected_next: backwards, loop with break, a tuple
def expected_next(tokens):
    answer = [None] * len(tokens)
    for t in range(len(tokens)):
        for s in range(t - 1, -1, -1):
            if tokens[s] == tokens[t]:
                answer[t] = tokens[s + 1]
                break
    return tuple(answer)


# %% by_hand: tables filled in loops
def by_hand(tokens, size, attend):
    T = len(tokens)
    token, place, back = np.zeros((T, size)), np.zeros((T, T)), np.zeros((T, T))
    for t in range(T):
        token[t, tokens[t]] = 1
        place[t, t] = 1
        if t > 0:
            back[t, t - 1] = 1
    notes = attend(back, place, token)
    found = attend(token, notes, token)
    return found


# %% by_hand: keys say whom they come before
def by_hand(tokens, size, attend):
    X = (np.arange(size) == np.array(tokens)[:, None]).astype(float)
    T = X.shape[0]
    after = np.eye(T, k=1)  # row s: the place behind it
    return attend(X, attend(np.eye(T), after, X), X)


# %% by_hand: one residual stream of three parts, cut by slices
def by_hand(tokens, size, attend):
    T = len(tokens)
    stream = np.zeros((T, 2 * size + T))
    stream[:, :size] = np.eye(size)[tokens]
    stream[:, size : size + T] = np.identity(T)
    one_back = np.roll(np.identity(T), -1, axis=0).T
    one_back[0] = 0
    stream[:, size + T :] = attend(one_back, stream[:, size : size + T], stream[:, :size])
    return attend(stream[:, :size], stream[:, size + T :], stream[:, :size])


# %% misses: a longer text
misses = [7, 1, 2, 3, 4, 7, 1, 2, 3]


# %% misses: an array
misses = np.array([0, 1, 0])


# %% misses: a tuple, and the copy comes late
misses = (2, 9, 9, 9, 5, 2)


# %% prefix_matching: a table of booleans
def prefix_matching(weights, tokens):
    tokens = np.array(tokens)
    T = len(tokens)
    right = np.zeros((T, T), dtype=bool)
    right[:, 1:] = tokens[:, None] == tokens[None, :-1]
    right &= np.tri(T, dtype=bool)
    known = right.any(axis=1)
    return (weights * right).sum(axis=1)[known].mean()


# %% prefix_matching: running totals
def prefix_matching(weights, tokens):
    total, places = 0.0, 0
    for t in range(len(tokens)):
        copies = [s for s in range(t) if tokens[s] == tokens[t]]
        if copies:
            total += sum(weights[t][s + 1] for s in copies)
            places += 1
    return total / places


# %% stripe: a diagonal without its first entry
def stripe(weights, period):
    return np.diagonal(weights, 1 - period)[1:].mean()


# %% stripe: rows first, then the diagonal above
def stripe(weights, period):
    return weights[period:].diagonal(1).mean()


# %% stripe: a running sum
def stripe(weights, period):
    total = 0
    for t in range(period, len(weights)):
        total += weights[t][t - (period - 1)]
    return float(total) / (len(weights) - period)


# %% ablated: times a mask
def ablated(out, head):
    keep = torch.ones(out.shape[1])
    keep[head] = 0
    return out * keep[:, None, None]


# %% ablated: index_fill
def ablated(out, head):
    return out.index_fill(1, torch.tensor([head]), 0.0)


# %% ablated: pieces put together
def ablated(out, head):
    before, after = out[:, :head], out[:, head + 1 :]
    return torch.cat([before, torch.zeros_like(out[:, head : head + 1]), after], dim=1)


# %% shifted: zeros in front
def shifted(keys):
    return torch.cat([torch.zeros_like(keys[..., :1, :]), keys[..., :-1, :]], dim=-2)


# %% shifted: the loop, from a copy
def shifted(keys):
    out = keys.clone()
    for t in range(1, keys.shape[-2]):
        out[..., t, :] = keys[..., t - 1, :]
    out[..., 0, :] = 0
    return out


# %% shifted: backwards in place, on a copy
def shifted(keys):
    keys = keys.clone()
    for t in reversed(range(1, keys.shape[-2])):
        keys[..., t, :] = keys[..., t - 1, :]
    keys[..., 0, :] = 0
    return keys


# %% shifted: padded
def shifted(keys):
    return torch.nn.functional.pad(keys, (0, 0, 1, 0))[..., :-1, :]


# %% in_context_score: a loop over texts
def in_context_score(losses, lengths, early, late):
    differences = []
    for row, length in zip(losses, lengths):
        if length > late:
            differences.append(row[late] - row[early])
    return sum(differences) / len(differences)


# %% in_context_score: two means
def in_context_score(losses, lengths, early, late):
    chosen = losses[np.flatnonzero(np.asarray(lengths) >= late + 1)]
    return chosen[:, late].mean() - chosen[:, early].mean()

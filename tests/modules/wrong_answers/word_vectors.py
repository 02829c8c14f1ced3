# %% skipgram_pairs: left neighbours only
def skipgram_pairs(words, window):
    out = []
    for i, w in enumerate(words):
        for j in range(max(0, i - window), i):
            out.append((w, words[j]))
    return out

# %% skipgram_pairs: right neighbours only
def skipgram_pairs(words, window):
    out = []
    for i, w in enumerate(words):
        for other in words[i + 1 : i + 1 + window]:
            out.append((w, other))
    return out

# %% skipgram_pairs: neighbour first, centre second
def skipgram_pairs(words, window):
    out = []
    for i in range(len(words)):
        for j in range(max(0, i - window), min(len(words), i + window + 1)):
            if i != j:
                out.append((words[j], words[i]))
    return out

# %% skipgram_pairs: words.index finds the first place of a word
def skipgram_pairs(words, window):
    out = []
    for w in words:
        i = words.index(w)
        for j in range(max(0, i - window), min(len(words), i + window + 1)):
            if i != j:
                out.append((w, words[j]))
    return out

# %% skipgram_pairs: pairs that occur twice are kept once
def skipgram_pairs(words, window):
    out = []
    for i in range(len(words)):
        for j in range(max(0, i - window), min(len(words), i + window + 1)):
            if i != j and (words[i], words[j]) not in out:
                out.append((words[i], words[j]))
    return out

# %% skipgram_pairs: neighbours exactly window places away
def skipgram_pairs(words, window):
    out = []
    for i in range(len(words)):
        for j in (i - window, i + window):
            if 0 <= j < len(words) and j != i:
                out.append((words[i], words[j]))
    return out

# %% skipgram_pairs: right neighbours before left ones
def skipgram_pairs(words, window):
    out = []
    for i, w in enumerate(words):
        for other in words[i + 1 : i + 1 + window] + words[max(0, i - window) : i]:
            out.append((w, other))
    return out

# %% skipgram_pairs: near neighbours before far ones
def skipgram_pairs(words, window):
    out = []
    for i, w in enumerate(words):
        for step in range(1, window + 1):
            if i - step >= 0:
                out.append((w, words[i - step]))
            if i + step < len(words):
                out.append((w, words[i + step]))
    return out

# %% skipgram_pairs: left neighbours from near to far
def skipgram_pairs(words, window):
    out = []
    for i, w in enumerate(words):
        for other in words[max(0, i - window) : i][::-1] + words[i + 1 : i + 1 + window]:
            out.append((w, other))
    return out

# %% skipgram_pairs: compares words, not places
def skipgram_pairs(words, window):
    out = []
    for i in range(len(words)):
        for j in range(max(0, i - window), min(len(words), i + window + 1)):
            if words[i] != words[j]:
                out.append((words[i], words[j]))
    return out

# %% skipgram_pairs: pairs each word with itself
def skipgram_pairs(words, window):
    return [(words[i], words[j]) for i in range(len(words))
            for j in range(max(0, i - window), min(len(words), i + window + 1))]

# %% skipgram_pairs: range leaves the last neighbour out
def skipgram_pairs(words, window):
    out = []
    for i in range(len(words)):
        for j in range(max(0, i - window), min(len(words), i + window)):
            if i != j:
                out.append((words[i], words[j]))
    return out

# %% skipgram_pairs: the last word is left out of every window
def skipgram_pairs(words, window):
    out = []
    for i in range(len(words)):
        for j in range(max(0, i - window), min(len(words) - 1, i + window + 1)):
            if i != j:
                out.append((words[i], words[j]))
    return out

# %% skipgram_pairs: a negative place wraps round
def skipgram_pairs(words, window):
    out = []
    for i in range(len(words)):
        for j in range(i - window, min(len(words), i + window + 1)):
            if i != j:
                out.append((words[i], words[j]))
    return out

# %% skipgram_pairs: a slice from a negative place
def skipgram_pairs(words, window):
    out = []
    for i in range(len(words)):
        for other in words[i - window : i] + words[i + 1 : i + window + 1]:
            out.append((words[i], other))
    return out

# %% skipgram_pairs: the first place of the window is never reached
def skipgram_pairs(words, window):
    out = []
    for i in range(len(words)):
        for j in range(max(0, i - window + 1), min(len(words), i + window + 1)):
            if i != j:
                out.append((words[i], words[j]))
    return out

# %% skipgram_pairs: return stands inside the loop
def skipgram_pairs(words, window):
    out = []
    for i in range(len(words)):
        for j in range(max(0, i - window), min(len(words), i + window + 1)):
            if i != j:
                out.append((words[i], words[j]))
        return out

# %% skipgram_pairs: place numbers, not words
def skipgram_pairs(words, window):
    return [(i, j) for i in range(len(words))
            for j in range(max(0, i - window), min(len(words), i + window + 1)) if i != j]

# %% skipgram_pairs: raises "IndexError: list index out of range"
def skipgram_pairs(words, window):
    out = []
    for i in range(len(words)):
        for j in range(max(0, i - window), i + window + 1):
            if i != j:
                out.append((words[i], words[j]))
    return out

# %% loss: the true neighbour is treated as noise
def loss(centre, neighbour, noise):
    return np.logaddexp(0, centre @ neighbour) + np.logaddexp(0, noise @ centre).sum()

# %% loss: noise is treated as neighbours
def loss(centre, neighbour, noise):
    total = np.logaddexp(0, -centre @ neighbour)
    for row in noise:
        total += np.logaddexp(0, -row @ centre)
    return total

# %% loss: the true neighbour is missing
def loss(centre, neighbour, noise):
    return sum(np.logaddexp(0, row @ centre) for row in noise)

# %% loss: the sign of everything
def loss(centre, neighbour, noise):
    return -np.logaddexp(0, -centre @ neighbour) - np.logaddexp(0, noise @ centre).sum()

# %% loss: mean of the noise
def loss(centre, neighbour, noise):
    return np.logaddexp(0, -centre @ neighbour) + np.mean(np.logaddexp(0, noise @ centre))

# %% loss: mean of all terms
def loss(centre, neighbour, noise):
    x = np.concatenate([[centre @ neighbour], -(noise @ centre)])
    return np.logaddexp(0, -x).mean()

# %% loss: the noise isn't summed
def loss(centre, neighbour, noise):
    return np.logaddexp(0, -(centre @ neighbour)) + np.logaddexp(0, noise @ centre)

# %% loss: the noise stands second in the product
def loss(centre, neighbour, noise):
    return np.logaddexp(0, -(centre @ neighbour)) + np.logaddexp(0, centre @ noise).sum()

# %% loss: no log
def loss(centre, neighbour, noise):
    s = lambda x: 1 / (1 + np.exp(-x))
    return -s(centre @ neighbour) - s(-(noise @ centre)).sum()

# %% loss: an epsilon inside the log
def loss(centre, neighbour, noise):
    s = lambda x: 1 / (1 + np.exp(-x))
    return -np.log(s(centre @ neighbour) + 1e-10) - np.log(s(-(noise @ centre)) + 1e-10).sum()

# %% loss: the sigmoid is clipped
def loss(centre, neighbour, noise):
    s = lambda x: np.clip(1 / (1 + np.exp(-x)), 1e-12, 1)
    return -np.log(s(centre @ neighbour)) - np.log(s(-(noise @ centre))).sum()

# %% loss: log of 1 plus exp overflows
def loss(centre, neighbour, noise):
    return np.log(1 + np.exp(-(centre @ neighbour))) + np.log(1 + np.exp(noise @ centre)).sum()

# %% loss: noise by neighbour
def loss(centre, neighbour, noise):
    return np.logaddexp(0, -(centre @ neighbour)) + np.logaddexp(0, noise @ neighbour).sum()

# %% loss: one minus sigma of minus the dot product, which is sigma again
def loss(centre, neighbour, noise):
    s = lambda x: 1 / (1 + np.exp(-x))
    return -np.log(s(centre @ neighbour)) - np.log(1 - s(-(noise @ centre))).sum()

# %% loss: sums the dot products of the noise first
def loss(centre, neighbour, noise):
    return np.logaddexp(0, -(centre @ neighbour)) + np.logaddexp(0, np.sum(noise @ centre))

# %% loss: raises "ValueError: matmul: Input operand 1 has a mismatch"
def loss(centre, neighbour, noise):
    return np.logaddexp(0, -(centre @ neighbour)) + np.logaddexp(0, (centre @ noise)).sum()

# %% loss: raises "OverflowError: math range error"
def loss(centre, neighbour, noise):
    import math
    total = math.log(1 + math.exp(-(centre @ neighbour)))
    return total + sum(math.log(1 + math.exp(x)) for x in noise @ centre)

# %% loss: raises "RuntimeWarning: overflow encountered in exp"
def loss(centre, neighbour, noise):
    return np.log(1 + np.exp(-(centre @ neighbour))) + np.log(1 + np.exp(noise @ centre)).sum()

# %% loss: raises "RuntimeWarning: divide by zero encountered in log"
def loss(centre, neighbour, noise):
    s = lambda x: 1 / (1 + np.exp(-x))
    return -np.log(s(centre @ neighbour)) - np.log(s(-(noise @ centre))).sum()

# %% gradient: the gradient of the noise is transposed
def gradient(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    e = 1 / (1 + np.exp(-V @ centre))
    e[0] -= 1
    return e @ V, e[0] * centre, np.outer(centre, e[1:])

# %% gradient: the gradients of the noise words are added up
def gradient(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    e = 1 / (1 + np.exp(-V @ centre))
    e[0] -= 1
    return e @ V, e[0] * centre, sum(x * centre for x in e[1:])

# %% gradient: noise pulls the centre
def gradient(centre, neighbour, noise):
    e0 = 1 / (1 + np.exp(-neighbour @ centre)) - 1
    e = 1 / (1 + np.exp(-noise @ centre))
    return e0 * neighbour - e @ noise, e0 * centre, np.outer(e, centre)

# %% gradient: noise is pulled
def gradient(centre, neighbour, noise):
    e0 = 1 / (1 + np.exp(-neighbour @ centre)) - 1
    e = 1 / (1 + np.exp(-noise @ centre))
    return e0 * neighbour + e @ noise, e0 * centre, -e[:, None] * centre

# %% gradient: both signs of the noise
def gradient(centre, neighbour, noise):
    e0 = 1 / (1 + np.exp(-neighbour @ centre)) - 1
    e = -1 / (1 + np.exp(-noise @ centre))
    return e0 * neighbour + e @ noise, e0 * centre, e[:, None] * centre

# %% gradient: 1 is subtracted from every error
def gradient(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    e = 1 / (1 + np.exp(-V @ centre)) - 1
    return e @ V, e[0] * centre, np.outer(e[1:], centre)

# %% gradient: nothing is subtracted
def gradient(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    e = 1 / (1 + np.exp(-V @ centre))
    return e @ V, e[0] * centre, np.outer(e[1:], centre)

# %% gradient: neighbour first, then centre
def gradient(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    e = 1 / (1 + np.exp(-V @ centre))
    e[0] -= 1
    return e[0] * centre, e @ V, np.outer(e[1:], centre)

# %% gradient: neighbour and noise in one array
def gradient(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    e = 1 / (1 + np.exp(-V @ centre))
    e[0] -= 1
    return e @ V, np.outer(e, centre)

# %% gradient: no sigmoid
def gradient(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    e = V @ centre
    e[0] -= 1
    return e @ V, e[0] * centre, np.outer(e[1:], centre)

# %% gradient: the sigmoid of minus the dot product
def gradient(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    e = 1 / (1 + np.exp(V @ centre))
    e[0] -= 1
    return e @ V, e[0] * centre, np.outer(e[1:], centre)

# %% gradient: the centre hears of the neighbour alone
def gradient(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    e = 1 / (1 + np.exp(-V @ centre))
    e[0] -= 1
    return e[0] * neighbour, e[0] * centre, np.outer(e[1:], centre)

# %% gradient: everything divided by the number of words
def gradient(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    e = 1 / (1 + np.exp(-V @ centre))
    e[0] -= 1
    n = len(V)
    return e @ V / n, e[0] * centre / n, np.outer(e[1:], centre) / n

# %% gradient: raises "ValueError: all the input arrays must have same number of dimensions"
def gradient(centre, neighbour, noise):
    V = np.concatenate([neighbour, noise])
    e = 1 / (1 + np.exp(-V @ centre))
    e[0] -= 1
    return e @ V, e[0] * centre, np.outer(e[1:], centre)

# %% gradient: raises "ValueError: operands could not be broadcast"
def gradient(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    e = 1 / (1 + np.exp(-V @ centre))
    e[0] -= 1
    return e @ V, e[0] * centre, e[1:] * centre

# %% update: the view is mended, the repeats aren't
def update(U, V, i, j, noise, rate):
    U, V = U.copy(), V.copy()
    u = U[i].copy()
    rows = [j, *noise]
    misses = 1 / (1 + np.exp(-V[rows] @ u))
    misses[0] -= 1
    U[i] -= rate * misses @ V[rows]
    V[rows] -= rate * np.outer(misses, u)
    return U, V

# %% update: the repeats are mended, the view isn't
def update(U, V, i, j, noise, rate):
    U, V = U.copy(), V.copy()
    u = U[i]
    rows = [j, *noise]
    misses = 1 / (1 + np.exp(-V[rows] @ u))
    misses[0] -= 1
    U[i] -= rate * misses @ V[rows]
    np.subtract.at(V, rows, rate * np.outer(misses, u))
    return U, V

# %% update: the two steps are exchanged
def update(U, V, i, j, noise, rate):
    U, V = U.copy(), V.copy()
    u = U[i]
    rows = [j, *noise]
    misses = 1 / (1 + np.exp(-V[rows] @ u))
    misses[0] -= 1
    np.subtract.at(V, rows, rate * np.outer(misses, u))
    U[i] -= rate * misses @ V[rows]
    return U, V

# %% update: the misses are computed one after another
def update(U, V, i, j, noise, rate):
    U, V = U.copy(), V.copy()
    u = U[i].copy()
    step = np.zeros_like(u)
    rows = [j, *noise]
    misses = 1 / (1 + np.exp(-V[rows] @ u))
    misses[0] -= 1
    step = rate * misses @ V[rows]
    for n, r in enumerate(rows):
        miss = 1 / (1 + np.exp(-V[r] @ u)) - (n == 0)
        V[r] -= rate * miss * u
    U[i] -= step
    return U, V

# %% update: repeated words are thrown out
def update(U, V, i, j, noise, rate):
    U, V = U.copy(), V.copy()
    u = U[i].copy()
    rows = [j, *[n for k, n in enumerate(noise) if n != j and n not in noise[:k]]]
    misses = 1 / (1 + np.exp(-V[rows] @ u))
    misses[0] -= 1
    U[i] -= rate * misses @ V[rows]
    V[rows] -= rate * np.outer(misses, u)
    return U, V

# %% update: np.add.at climbs
def update(U, V, i, j, noise, rate):
    U, V = U.copy(), V.copy()
    u = U[i].copy()
    rows = [j, *noise]
    misses = 1 / (1 + np.exp(-V[rows] @ u))
    misses[0] -= 1
    U[i] -= rate * misses @ V[rows]
    np.add.at(V, rows, rate * np.outer(misses, u))
    return U, V

# %% update: works on the arguments themselves
def update(U, V, i, j, noise, rate):
    u = U[i].copy()
    rows = [j, *noise]
    misses = 1 / (1 + np.exp(-V[rows] @ u))
    misses[0] -= 1
    U[i] -= rate * misses @ V[rows]
    np.subtract.at(V, rows, rate * np.outer(misses, u))
    return U, V

# %% update: raises "ValueError: array is not broadcastable"
def update(U, V, i, j, noise, rate):
    U, V = U.copy(), V.copy()
    u = U[i].copy()
    rows = [j, *noise]
    misses = 1 / (1 + np.exp(-V[rows] @ u))
    misses[0] -= 1
    U[i] -= rate * misses @ V[rows]
    np.subtract.at(V, rows, rate * np.outer(u, misses))
    return U, V

# %% nearest: the word's own cosine is set to 0
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    c = unit @ unit[i]
    c[i] = 0
    return [int(j) for j in np.argsort(-c)[:k]]

# %% nearest: the word's own cosine is set to -1
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    c = unit @ unit[i]
    c[i] = -1
    return [int(j) for j in np.argsort(-c)[:k]]

# %% nearest: everything with a cosine of 1 is left out
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    c = unit @ unit[i]
    return [int(j) for j in np.argsort(-c) if c[j] < 0.9999][:k]

# %% nearest: the first entry is dropped, sorted by negatives
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    return [int(j) for j in np.argsort(-(unit @ unit[i]))[1 : k + 1]]

# %% nearest: the first entry is dropped, turned round
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    return [int(j) for j in np.argsort(unit @ unit[i])[::-1][1 : k + 1]]

# %% nearest: the last k of argsort, not turned round
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    order = [int(j) for j in np.argsort(unit @ unit[i]) if j != i]
    return order[-k:]

# %% nearest: cut to k before i is left out
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    return [int(j) for j in np.argsort(-(unit @ unit[i]))[:k] if j != i]

# %% nearest: the cosines come back
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    c = np.delete(unit @ unit[i], i)
    return [float(x) for x in sorted(c, reverse=True)[:k]]

# %% nearest: columns are scaled
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=0, keepdims=True)
    return [int(j) for j in np.argsort(-(unit @ unit[i])) if j != i][:k]

# %% nearest: divided by the squared lengths
def nearest(E, i, k):
    c = E @ E[i] / (E * E).sum(axis=1)
    return [int(j) for j in np.argsort(-c) if j != i][:k]

# %% nearest: i is removed first, so the numbers behind it shift
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    c = np.delete(unit @ unit[i], i)
    return [int(j) for j in np.argsort(-c)[:k]]

# %% nearest: only row i is scaled
def nearest(E, i, k):
    c = E @ (E[i] / np.linalg.norm(E[i]))
    return [int(j) for j in np.argsort(-c) if j != i][:k]

# %% nearest: all lengths together, no axis
def nearest(E, i, k):
    unit = E / np.linalg.norm(E)
    return [int(j) for j in np.argsort(-(unit @ unit[i])) if j != i][:k]

# %% nearest: an array comes back, not a list
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    order = np.argsort(-(unit @ unit[i]))
    return order[order != i][:k]

# %% nearest: raises "ValueError: operands could not be broadcast"
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=1)
    return [int(j) for j in np.argsort(-(unit @ unit[i])) if j != i][:k]

# %% analogy: excluded rows get -1
def analogy(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    s = unit @ (unit[b] - unit[a] + unit[c])
    s[excluded] = -1
    return int(s.argmax())

# %% analogy: excluded rows are deleted, so the numbers shift
def analogy(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    s = np.delete(unit @ (unit[b] - unit[a] + unit[c]), excluded)
    return int(s.argmax())

# %% analogy: starts at a
def analogy(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    s = unit @ (unit[a] + unit[b] - unit[c])
    s[excluded] = -np.inf
    return int(s.argmax())

# %% analogy: all three added
def analogy(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    s = unit @ (unit[a] + unit[b] + unit[c])
    s[excluded] = -np.inf
    return int(s.argmax())

# %% analogy: the step alone
def analogy(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    s = unit @ (unit[b] - unit[a])
    s[excluded] = -np.inf
    return int(s.argmax())

# %% analogy: distances of unscaled vectors
def analogy(E, a, b, c, excluded):
    dist = ((E - (E[c] + E[b] - E[a])) ** 2).sum(axis=1)
    dist[excluded] = np.inf
    return int(np.argmin(dist))

# %% analogy: nothing scaled
def analogy(E, a, b, c, excluded):
    s = E @ (E[c] + E[b] - E[a])
    s[excluded] = -np.inf
    return int(np.argmax(s))

# %% analogy: excluded rows get 0
def analogy(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    s = unit @ (unit[b] - unit[a] + unit[c])
    for r in excluded:
        s[r] = 0
    return int(s.argmax())

# %% analogy: a, b and c are excluded, whatever excluded says
def analogy(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    s = unit @ (unit[b] - unit[a] + unit[c])
    s[[a, b, c]] = -np.inf
    return int(s.argmax())

# %% analogy: the loop's best starts at 0
def analogy(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    t = unit[b] - unit[a] + unit[c]
    best, at = 0, None
    for r in range(len(E)):
        if r not in excluded and unit[r] @ t > best:
            best, at = unit[r] @ t, r
    return at

# %% analogy: the step is scaled to length 1
def analogy(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    step = unit[b] - unit[a]
    s = unit @ (unit[c] + step / np.linalg.norm(step))
    s[excluded] = -np.inf
    return int(s.argmax())

# %% analogy: raises "IndexError: arrays used as indices must be of integer"
def analogy(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    s = unit @ (unit[b] - unit[a] + unit[c])
    s[np.array(excluded)] = -np.inf
    return int(s.argmax())

# %% analogy: raises "OverflowError: cannot convert float infinity to integer"
def analogy(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    t = unit[b] - unit[a] + unit[c]
    s = np.zeros(len(E), dtype=int)
    for r in range(len(E)):
        s[r] = unit[r] @ t
    for r in excluded:
        s[r] = -np.inf
    return int(s.argmax())

# %% ppmi: unseen pairs are 0, other negatives stay
def ppmi(counts):
    e = counts.sum(1, keepdims=True) * counts.sum(0, keepdims=True) / counts.sum()
    out = np.zeros(counts.shape)
    out[counts > 0] = np.log(counts[counts > 0] / e[counts > 0])
    return out

# %% ppmi: ln 5 is subtracted
def ppmi(counts):
    e = counts.sum(1, keepdims=True) * counts.sum(0, keepdims=True) / counts.sum()
    return np.maximum(np.log(counts / e) - np.log(5), 0)

# %% ppmi: no log
def ppmi(counts):
    e = counts.sum(1, keepdims=True) * counts.sum(0, keepdims=True) / counts.sum()
    return np.maximum(counts / e, 1)

# %% ppmi: no log, the larger of the ratio and 0
def ppmi(counts):
    e = counts.sum(1, keepdims=True) * counts.sum(0, keepdims=True) / counts.sum()
    return np.maximum(counts / e, 0)

# %% ppmi: the larger of 0 and the log of one plus the ratio
def ppmi(counts):
    e = counts.sum(1, keepdims=True) * counts.sum(0, keepdims=True) / counts.sum()
    return np.maximum(np.log(1 + counts / e), 0)

# %% ppmi: the smaller of the value and 0
def ppmi(counts):
    e = counts.sum(1, keepdims=True) * counts.sum(0, keepdims=True) / counts.sum()
    return np.minimum(np.log(counts / e), 0)

# %% ppmi: the ratio is turned round
def ppmi(counts):
    e = counts.sum(1, keepdims=True) * counts.sum(0, keepdims=True) / counts.sum()
    return np.maximum(np.log(e / counts), 0)

# %% ppmi: sums without keepdims
def ppmi(counts):
    e = counts.sum(1) * counts.sum(0) / counts.sum()
    return np.log(np.maximum(counts / e, 1))

# %% ppmi: divided by the total twice
def ppmi(counts):
    n = counts.sum()
    p_row, p_col = counts.sum(1, keepdims=True) / n, counts.sum(0) / n
    return np.log(np.maximum(counts / (p_row * p_col), 1))

# %% ppmi: not divided by the total
def ppmi(counts):
    e = counts.sum(1, keepdims=True) * counts.sum(0)
    return np.log(np.maximum(counts / e, 1))

# %% ppmi: PMI, with minus infinity
def ppmi(counts):
    e = counts.sum(1, keepdims=True) * counts.sum(0) / counts.sum()
    return np.log(counts / e)

# %% ppmi: base 2
def ppmi(counts):
    e = counts.sum(1, keepdims=True) * counts.sum(0) / counts.sum()
    return np.log2(np.maximum(counts / e, 1))

# %% ppmi: the log of the row's share, without the column's
def ppmi(counts):
    return np.maximum(np.log(counts / counts.sum(1, keepdims=True)), 0)

# %% ppmi: row sums and column sums are added
def ppmi(counts):
    e = (counts.sum(1, keepdims=True) + counts.sum(0)) / counts.sum()
    return np.log(np.maximum(counts / e, 1))

# %% ppmi: raises "RuntimeWarning: divide by zero encountered in log"
def ppmi(counts):
    e = counts.sum(1, keepdims=True) * counts.sum(0) / counts.sum()
    return np.log(counts / e)

# %% svd_vectors: a list of lists
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M)
    return [[float(x) for x in row] for row in U[:, :d] * np.sqrt(S[:d])]

# %% svd_vectors: transposed
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M)
    return (U[:, :d] * np.sqrt(S[:d])).T

# %% svd_vectors: columns of V transposed
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M, full_matrices=False)
    return Vt[:, :d] * np.sqrt(S[:d])

# %% svd_vectors: vectors of the neighbours
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M, full_matrices=False)
    return Vt.T[:, :d] * np.sqrt(S[:d])

# %% svd_vectors: the table again, of lower rank
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M, full_matrices=False)
    return (U[:, :d] * S[:d]) @ Vt[:d]

# %% svd_vectors: the root of the product
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M)
    return np.sqrt(U[:, :d] * S[:d])

# %% svd_vectors: divided by the root
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M)
    return U[:, :d] / np.sqrt(S[:d])

# %% svd_vectors: no root
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M)
    return U[:, :d] @ np.diag(S[:d])

# %% svd_vectors: no singular values
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M)
    return U[:, :d]

# %% svd_vectors: squared singular values
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M)
    return U[:, :d] * S[:d] ** 2

# %% svd_vectors: the columns of the table are centred first
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M - M.mean(axis=0))
    return U[:, :d] * np.sqrt(S[:d])

# %% svd_vectors: the first rows of U
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M)
    return U[:d] * np.sqrt(S)

# %% svd_vectors: all directions
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M, full_matrices=False)
    return U * np.sqrt(S)

# %% svd_vectors: changes the table
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M)
    M *= 0
    return U[:, :d] * np.sqrt(S[:d])

# %% svd_vectors: raises "ValueError: operands could not be broadcast"
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M)
    return U[:, :d] * np.sqrt(S)

# %% svd_vectors: raises "ValueError: too many values to unpack"
def svd_vectors(M, d):
    U, S = np.linalg.svd(M)
    return U[:, :d] * np.sqrt(S[:d])

# %% skipgram_pairs: words next to each other only, whatever the window is
def skipgram_pairs(words, window):
    out = []
    for i in range(len(words)):
        if i > 0:
            out.append((words[i], words[i - 1]))
        if i + 1 < len(words):
            out.append((words[i], words[i + 1]))
    return out

# %% skipgram_pairs: the window is cut in half, one half to each side
def skipgram_pairs(words, window):
    half = window // 2
    return [(words[i], words[j]) for i in range(len(words))
            for j in range(max(0, i - half), min(len(words), i + half + 1)) if j != i]

# %% skipgram_pairs: each pair of places once, not in both directions
def skipgram_pairs(words, window):
    out = []
    for i in range(len(words)):
        for j in range(i + 1, min(len(words), i + window + 1)):
            out.append((words[i], words[j]))
            out.append((words[j], words[i]))
    return out

# %% skipgram_pairs: a list of neighbours for each word
def skipgram_pairs(words, window):
    return [(w, words[max(0, i - window) : i] + words[i + 1 : i + 1 + window])
            for i, w in enumerate(words)]

# %% loss: the sigmoid of the true one without its log
def loss(centre, neighbour, noise):
    s = lambda x: 1 / (1 + np.exp(-x))
    return -s(centre @ neighbour) + np.logaddexp(0, noise @ centre).sum()

# %% loss: base 2
def loss(centre, neighbour, noise):
    return np.logaddexp2(0, -(centre @ neighbour)) + np.logaddexp2(0, noise @ centre).sum()

# %% loss: divided by the number of noise words
def loss(centre, neighbour, noise):
    total = np.logaddexp(0, -(centre @ neighbour)) + np.logaddexp(0, noise @ centre).sum()
    return total / len(noise)

# %% loss: noise treated as neighbours, with sigmoids
def loss(centre, neighbour, noise):
    s = lambda x: 1 / (1 + np.exp(-x))
    return -np.log(s(centre @ neighbour)) - np.log(s(noise @ centre)).sum()

# %% loss: the mean of the noise, with sigmoids
def loss(centre, neighbour, noise):
    s = lambda x: 1 / (1 + np.exp(-x))
    return -np.log(s(centre @ neighbour)) - np.mean(np.log(s(-(noise @ centre))))

# %% loss: both signs, with sigmoids
def loss(centre, neighbour, noise):
    s = lambda x: 1 / (1 + np.exp(-x))
    return -np.log(s(-(centre @ neighbour))) - np.log(s(noise @ centre)).sum()

# %% loss: cosines for dot products
def loss(centre, neighbour, noise):
    c = centre / np.linalg.norm(centre)
    n = neighbour / np.linalg.norm(neighbour)
    N = noise / np.linalg.norm(noise, axis=1, keepdims=True)
    return np.logaddexp(0, -(c @ n)) + np.logaddexp(0, N @ c).sum()

# %% gradient: the neighbour's gradient uses the mean of the errors
def gradient(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    e = 1 / (1 + np.exp(-V @ centre))
    e[0] -= 1
    return e @ V, e.mean() * centre, np.outer(e[1:], centre)

# %% gradient: errors times another slope of the sigmoid
def gradient(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    s = 1 / (1 + np.exp(-V @ centre))
    e = s.copy()
    e[0] -= 1
    e = e * s * (1 - s)
    return e @ V, e[0] * centre, np.outer(e[1:], centre)

# %% gradient: each side's own vector
def gradient(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    e = 1 / (1 + np.exp(-V @ centre))
    e[0] -= 1
    return e.sum() * centre, e[0] * neighbour, e[1:, None] * noise

# %% gradient: 1 is subtracted from the last error, not from the first
def gradient(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    e = 1 / (1 + np.exp(-V @ centre))
    e[-1] -= 1
    return e @ V, e[0] * centre, np.outer(e[1:], centre)

# %% gradient: seen minus predicted
def gradient(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    e = -1 / (1 + np.exp(-V @ centre))
    e[0] += 1
    return e @ V, e[0] * centre, np.outer(e[1:], centre)

# %% update: the errors lose their minus 1
def update(U, V, i, j, noise, rate):
    U, V = U.copy(), V.copy()
    u = U[i].copy()
    rows = [j, *noise]
    misses = 1 / (1 + np.exp(-V[rows] @ u))
    U[i] -= rate * misses @ V[rows]
    np.subtract.at(V, rows, rate * np.outer(misses, u))
    return U, V

# %% update: the rate is lost in the second step
def update(U, V, i, j, noise, rate):
    U, V = U.copy(), V.copy()
    u = U[i].copy()
    rows = [j, *noise]
    misses = 1 / (1 + np.exp(-V[rows] @ u))
    misses[0] -= 1
    U[i] -= rate * misses @ V[rows]
    np.subtract.at(V, rows, np.outer(misses, u))
    return U, V

# %% update: the copy is taken after the step
def update(U, V, i, j, noise, rate):
    U, V = U.copy(), V.copy()
    u = U[i]
    rows = [j, *noise]
    misses = 1 / (1 + np.exp(-V[rows] @ u))
    misses[0] -= 1
    U[i] -= rate * misses @ V[rows]
    u = U[i].copy()
    np.subtract.at(V, rows, rate * np.outer(misses, u))
    return U, V

# %% update: nothing comes back
def update(U, V, i, j, noise, rate):
    u = U[i].copy()
    rows = [j, *noise]
    misses = 1 / (1 + np.exp(-V[rows] @ u))
    misses[0] -= 1
    U[i] -= rate * misses @ V[rows]
    np.subtract.at(V, rows, rate * np.outer(misses, u))

# %% nearest: smallest distances between unit vectors, i among them
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    return [int(j) for j in np.argsort(np.linalg.norm(unit - unit[i], axis=1))[:k]]

# %% nearest: smallest distances of unscaled vectors
def nearest(E, i, k):
    return [int(j) for j in np.argsort(((E - E[i]) ** 2).sum(axis=1)) if j != i][:k]

# %% nearest: sorts upwards
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    return [int(j) for j in np.argsort(unit @ unit[i]) if j != i][:k]

# %% nearest: the absolute cosine
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    return [int(j) for j in np.argsort(-np.abs(unit @ unit[i])) if j != i][:k]

# %% nearest: one too many
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    return [int(j) for j in np.argsort(-(unit @ unit[i])) if j != i][: k + 1]

# %% nearest: everything, not only k
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    return [int(j) for j in np.argsort(-(unit @ unit[i])) if j != i]

# %% nearest: divided by the sum of squares without the root
def nearest(E, i, k):
    unit = E / (E**2).sum(axis=1, keepdims=True)
    return [int(j) for j in np.argsort(-(unit @ unit[i])) if j != i][:k]

# %% analogy: walks backwards
def analogy(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    s = unit @ (unit[c] - unit[b] + unit[a])
    s[excluded] = -np.inf
    return int(s.argmax())

# %% analogy: only the step is scaled, candidates keep their lengths
def analogy(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    s = E @ (unit[b] - unit[a] + unit[c])
    s[excluded] = -np.inf
    return int(s.argmax())

# %% analogy: the vectors keep their lengths while the step is computed
def analogy(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    s = unit @ (E[b] - E[a] + E[c])
    s[excluded] = -np.inf
    return int(s.argmax())

# %% analogy: nothing is excluded
def analogy(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    return int((unit @ (unit[b] - unit[a] + unit[c])).argmax())

# %% analogy: the cosine comes back
def analogy(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    s = unit @ (unit[b] - unit[a] + unit[c])
    s[excluded] = -np.inf
    return s.max()

# %% analogy: the vector comes back
def analogy(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    return unit[b] - unit[a] + unit[c]

# %% ppmi: the absolute value
def ppmi(counts):
    e = counts.sum(1, keepdims=True) * counts.sum(0) / counts.sum()
    r = np.where(counts > 0, counts / e, 1)
    return np.abs(np.log(r))

# %% ppmi: infinities become 0, negatives stay
def ppmi(counts):
    e = counts.sum(1, keepdims=True) * counts.sum(0) / counts.sum()
    m = np.log(counts / e)
    m[np.isinf(m)] = 0
    return m

# %% ppmi: the smallest sum of rows for each cell
def ppmi(counts):
    e = counts.sum(0, keepdims=True) * counts.sum(0) / counts.sum()
    return np.log(np.maximum(counts / e, 1))

# %% ppmi: weighted by the share of the pair
def ppmi(counts):
    e = counts.sum(1, keepdims=True) * counts.sum(0) / counts.sum()
    return counts / counts.sum() * np.log(np.maximum(counts / e, 1))

# %% ppmi: one is added to each count
def ppmi(counts):
    c = counts + 1
    e = c.sum(1, keepdims=True) * c.sum(0) / c.sum()
    return np.log(np.maximum(c / e, 1))

# %% svd_vectors: the last d directions
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M, full_matrices=False)
    return U[:, -d:] * np.sqrt(S[-d:])

# %% svd_vectors: one root for all
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M, full_matrices=False)
    return U[:, :d] * np.sqrt(S[0])

# %% svd_vectors: rows of V transposed
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M)
    return Vt[:d] * np.sqrt(S[:d])[:, None]

# %% svd_vectors: the first columns of the table
def svd_vectors(M, d):
    return M[:, :d]

# %% nearest: dot products, the lengths aren't divided out
# -> _dot_product
def nearest(E: np.ndarray, i: int, k: int) -> list[int]:
    scores = E @ E[i]
    order = np.argsort(scores)[::-1]
    return [int(j) for j in order if j != i][:k]

# %% svd_vectors: the matrix product adds the d numbers of a row up, (n,) comes out
# -> _added_up
def svd_vectors(M: np.ndarray, d: int) -> np.ndarray:
    U, S, _ = np.linalg.svd(M)
    return U[:, :d] @ np.sqrt(S[:d])

# %% svd_vectors: eigh sorts upwards, so the first d directions are the weakest
# -> _weakest
def svd_vectors(M: np.ndarray, d: int) -> np.ndarray:
    values, vectors = np.linalg.eigh(M @ M.T)
    return vectors[:, :d] * np.clip(values[:d], 0, None) ** 0.25

# %% nearest: the word itself stays in, sorted downwards by [::-1]
# -> _with_self
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    return list(np.argsort(unit @ unit[i])[::-1][:k])

# %% nearest: columns scaled, sorted by sorted(reverse=True) of places from behind
# -> _columns_scaled
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=0, keepdims=True)
    order = np.argsort(unit @ unit[i])[::-1]
    return [int(j) for j in order if j != i][:k]

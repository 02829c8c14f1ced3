# %% skipgram_pairs: left neighbours only
# -> _left_only
def skipgram_pairs(words, window):
    out = []
    for i, w in enumerate(words):
        for j in range(max(0, i - window), i):
            out.append((w, words[j]))
    return out

# %% skipgram_pairs: right neighbours only
# -> _right_only
def skipgram_pairs(words, window):
    out = []
    for i, w in enumerate(words):
        for other in words[i + 1 : i + 1 + window]:
            out.append((w, other))
    return out

# %% skipgram_pairs: neighbour first, centre second
# -> _exchanged
def skipgram_pairs(words, window):
    out = []
    for i in range(len(words)):
        for j in range(max(0, i - window), min(len(words), i + window + 1)):
            if i != j:
                out.append((words[j], words[i]))
    return out

# %% skipgram_pairs: words.index finds the first place of a word
# -> _first_place
def skipgram_pairs(words, window):
    out = []
    for w in words:
        i = words.index(w)
        for j in range(max(0, i - window), min(len(words), i + window + 1)):
            if i != j:
                out.append((w, words[j]))
    return out

# %% skipgram_pairs: pairs that occur twice are kept once
# -> _once_each
def skipgram_pairs(words, window):
    out = []
    for i in range(len(words)):
        for j in range(max(0, i - window), min(len(words), i + window + 1)):
            if i != j and (words[i], words[j]) not in out:
                out.append((words[i], words[j]))
    return out

# %% skipgram_pairs: neighbours exactly window places away
# -> _exactly_that_far
def skipgram_pairs(words, window):
    out = []
    for i in range(len(words)):
        for j in (i - window, i + window):
            if 0 <= j < len(words) and j != i:
                out.append((words[i], words[j]))
    return out

# %% skipgram_pairs: right neighbours before left ones
# -> _right_before_left
def skipgram_pairs(words, window):
    out = []
    for i, w in enumerate(words):
        for other in words[i + 1 : i + 1 + window] + words[max(0, i - window) : i]:
            out.append((w, other))
    return out

# %% skipgram_pairs: near neighbours before far ones
# -> _near_before_far
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
# -> _left_side_backwards
def skipgram_pairs(words, window):
    out = []
    for i, w in enumerate(words):
        for other in words[max(0, i - window) : i][::-1] + words[i + 1 : i + 1 + window]:
            out.append((w, other))
    return out

# %% skipgram_pairs: compares words, not places
# -> _skips_twins
def skipgram_pairs(words, window):
    out = []
    for i in range(len(words)):
        for j in range(max(0, i - window), min(len(words), i + window + 1)):
            if words[i] != words[j]:
                out.append((words[i], words[j]))
    return out

# %% skipgram_pairs: pairs each word with itself
# -> _with_itself
def skipgram_pairs(words, window):
    return [(words[i], words[j]) for i in range(len(words))
            for j in range(max(0, i - window), min(len(words), i + window + 1))]

# %% skipgram_pairs: range leaves the last neighbour out
# -> _short_on_the_right
def skipgram_pairs(words, window):
    out = []
    for i in range(len(words)):
        for j in range(max(0, i - window), min(len(words), i + window)):
            if i != j:
                out.append((words[i], words[j]))
    return out

# %% skipgram_pairs: the last word is left out of every window
# -> _never_the_last_word
def skipgram_pairs(words, window):
    out = []
    for i in range(len(words)):
        for j in range(max(0, i - window), min(len(words) - 1, i + window + 1)):
            if i != j:
                out.append((words[i], words[j]))
    return out

# %% skipgram_pairs: a negative place wraps round
# -> _wraps_round
def skipgram_pairs(words, window):
    out = []
    for i in range(len(words)):
        for j in range(i - window, min(len(words), i + window + 1)):
            if i != j:
                out.append((words[i], words[j]))
    return out

# %% skipgram_pairs: a slice from a negative place
# -> _negative_slice
def skipgram_pairs(words, window):
    out = []
    for i in range(len(words)):
        for other in words[i - window : i] + words[i + 1 : i + window + 1]:
            out.append((words[i], other))
    return out

# %% skipgram_pairs: the first place of the window is never reached
# -> _short_on_the_left
def skipgram_pairs(words, window):
    out = []
    for i in range(len(words)):
        for j in range(max(0, i - window + 1), min(len(words), i + window + 1)):
            if i != j:
                out.append((words[i], words[j]))
    return out

# %% skipgram_pairs: return stands inside the loop
# -> _first_word
def skipgram_pairs(words, window):
    out = []
    for i in range(len(words)):
        for j in range(max(0, i - window), min(len(words), i + window + 1)):
            if i != j:
                out.append((words[i], words[j]))
        return out

# %% skipgram_pairs: place numbers, not words
# -> _places_themselves
def skipgram_pairs(words, window):
    return [(i, j) for i in range(len(words))
            for j in range(max(0, i - window), min(len(words), i + window + 1)) if i != j]

# %% skipgram_pairs: raises "IndexError: list index out of range"
# -> raised
def skipgram_pairs(words, window):
    out = []
    for i in range(len(words)):
        for j in range(max(0, i - window), i + window + 1):
            if i != j:
                out.append((words[i], words[j]))
    return out

# %% loss: the true neighbour is treated as noise
# -> _all_are_noise
def loss(centre, neighbour, noise):
    return np.logaddexp(0, centre @ neighbour) + np.logaddexp(0, noise @ centre).sum()

# %% loss: noise is treated as neighbours
# -> _all_are_neighbours
def loss(centre, neighbour, noise):
    total = np.logaddexp(0, -centre @ neighbour)
    for row in noise:
        total += np.logaddexp(0, -row @ centre)
    return total

# %% loss: the true neighbour is missing
# -> _no_neighbour
def loss(centre, neighbour, noise):
    return sum(np.logaddexp(0, row @ centre) for row in noise)

# %% loss: the sign of everything
# -> _log_likelihood
def loss(centre, neighbour, noise):
    return -np.logaddexp(0, -centre @ neighbour) - np.logaddexp(0, noise @ centre).sum()

# %% loss: mean of the noise
# -> _mean_of_noise
def loss(centre, neighbour, noise):
    return np.logaddexp(0, -centre @ neighbour) + np.mean(np.logaddexp(0, noise @ centre))

# %% loss: mean of all terms
# -> _mean_of_all
def loss(centre, neighbour, noise):
    x = np.concatenate([[centre @ neighbour], -(noise @ centre)])
    return np.logaddexp(0, -x).mean()

# %% loss: the noise isn't summed
# -> _not_summed
def loss(centre, neighbour, noise):
    return np.logaddexp(0, -(centre @ neighbour)) + np.logaddexp(0, noise @ centre)

# %% loss: the noise stands second in the product
# -> _noise_second
def loss(centre, neighbour, noise):
    return np.logaddexp(0, -(centre @ neighbour)) + np.logaddexp(0, centre @ noise).sum()

# %% loss: no log
# -> _no_log
def loss(centre, neighbour, noise):
    s = lambda x: 1 / (1 + np.exp(-x))
    return -s(centre @ neighbour) - s(-(noise @ centre)).sum()

# %% loss: an epsilon inside the log
# -> _at_least_1eminus_10
def loss(centre, neighbour, noise):
    s = lambda x: 1 / (1 + np.exp(-x))
    return -np.log(s(centre @ neighbour) + 1e-10) - np.log(s(-(noise @ centre)) + 1e-10).sum()

# %% loss: the sigmoid is clipped
# -> _at_least_1eminus_12
def loss(centre, neighbour, noise):
    s = lambda x: np.clip(1 / (1 + np.exp(-x)), 1e-12, 1)
    return -np.log(s(centre @ neighbour)) - np.log(s(-(noise @ centre))).sum()

# %% loss: log of 1 plus exp overflows
# -> _overflows
def loss(centre, neighbour, noise):
    return np.log(1 + np.exp(-(centre @ neighbour))) + np.log(1 + np.exp(noise @ centre)).sum()

# %% loss: noise by neighbour
# -> _noise_with_neighbour
def loss(centre, neighbour, noise):
    return np.logaddexp(0, -(centre @ neighbour)) + np.logaddexp(0, noise @ neighbour).sum()

# %% loss: one minus sigma of minus the dot product, which is sigma again
# -> _all_are_neighbours_and_overflows
def loss(centre, neighbour, noise):
    s = lambda x: 1 / (1 + np.exp(-x))
    return -np.log(s(centre @ neighbour)) - np.log(1 - s(-(noise @ centre))).sum()

# %% loss: sums the dot products of the noise first
# -> _sum_first
def loss(centre, neighbour, noise):
    return np.logaddexp(0, -(centre @ neighbour)) + np.logaddexp(0, np.sum(noise @ centre))

# %% loss: raises "ValueError: matmul: Input operand 1 has a mismatch"
# -> _noise_second
def loss(centre, neighbour, noise):
    return np.logaddexp(0, -(centre @ neighbour)) + np.logaddexp(0, (centre @ noise)).sum()

# %% loss: raises "OverflowError: math range error"
# -> raised
def loss(centre, neighbour, noise):
    import math
    total = math.log(1 + math.exp(-(centre @ neighbour)))
    return total + sum(math.log(1 + math.exp(x)) for x in noise @ centre)

# %% loss: raises "RuntimeWarning: overflow encountered in exp"
# -> _overflows
def loss(centre, neighbour, noise):
    return np.log(1 + np.exp(-(centre @ neighbour))) + np.log(1 + np.exp(noise @ centre)).sum()

# %% loss: raises "RuntimeWarning: divide by zero encountered in log"
# -> _overflows
def loss(centre, neighbour, noise):
    s = lambda x: 1 / (1 + np.exp(-x))
    return -np.log(s(centre @ neighbour)) - np.log(s(-(noise @ centre))).sum()

# %% gradient: the gradient of the noise is transposed
# -> _noise_transposed
def gradient(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    e = 1 / (1 + np.exp(-V @ centre))
    e[0] -= 1
    return e @ V, e[0] * centre, np.outer(centre, e[1:])

# %% gradient: the gradients of the noise words are added up
# -> _noise_summed
def gradient(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    e = 1 / (1 + np.exp(-V @ centre))
    e[0] -= 1
    return e @ V, e[0] * centre, sum(x * centre for x in e[1:])

# %% gradient: noise pulls the centre
# -> _noise_pulls_the_centre
def gradient(centre, neighbour, noise):
    e0 = 1 / (1 + np.exp(-neighbour @ centre)) - 1
    e = 1 / (1 + np.exp(-noise @ centre))
    return e0 * neighbour - e @ noise, e0 * centre, np.outer(e, centre)

# %% gradient: noise is pulled
# -> _noise_is_pulled
def gradient(centre, neighbour, noise):
    e0 = 1 / (1 + np.exp(-neighbour @ centre)) - 1
    e = 1 / (1 + np.exp(-noise @ centre))
    return e0 * neighbour + e @ noise, e0 * centre, -e[:, None] * centre

# %% gradient: both signs of the noise
# -> _noise_errors_negative
def gradient(centre, neighbour, noise):
    e0 = 1 / (1 + np.exp(-neighbour @ centre)) - 1
    e = -1 / (1 + np.exp(-noise @ centre))
    return e0 * neighbour + e @ noise, e0 * centre, e[:, None] * centre

# %% gradient: 1 is subtracted from every error
# -> _one_for_all
def gradient(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    e = 1 / (1 + np.exp(-V @ centre)) - 1
    return e @ V, e[0] * centre, np.outer(e[1:], centre)

# %% gradient: nothing is subtracted
# -> _nothing_seen
def gradient(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    e = 1 / (1 + np.exp(-V @ centre))
    return e @ V, e[0] * centre, np.outer(e[1:], centre)

# %% gradient: neighbour first, then centre
# -> _other_order
def gradient(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    e = 1 / (1 + np.exp(-V @ centre))
    e[0] -= 1
    return e[0] * centre, e @ V, np.outer(e[1:], centre)

# %% gradient: neighbour and noise in one array
# -> _stacked
def gradient(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    e = 1 / (1 + np.exp(-V @ centre))
    e[0] -= 1
    return e @ V, np.outer(e, centre)

# %% gradient: no sigmoid
# -> _no_sigmoid
def gradient(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    e = V @ centre
    e[0] -= 1
    return e @ V, e[0] * centre, np.outer(e[1:], centre)

# %% gradient: the sigmoid of minus the dot product
# -> _sigmoid_of_minus
def gradient(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    e = 1 / (1 + np.exp(V @ centre))
    e[0] -= 1
    return e @ V, e[0] * centre, np.outer(e[1:], centre)

# %% gradient: the centre hears of the neighbour alone
# -> _centre_without_noise
def gradient(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    e = 1 / (1 + np.exp(-V @ centre))
    e[0] -= 1
    return e[0] * neighbour, e[0] * centre, np.outer(e[1:], centre)

# %% gradient: everything divided by the number of words
# -> _mean_of_all
def gradient(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    e = 1 / (1 + np.exp(-V @ centre))
    e[0] -= 1
    n = len(V)
    return e @ V / n, e[0] * centre / n, np.outer(e[1:], centre) / n

# %% gradient: raises "ValueError: all the input arrays must have same number of dimensions"
# -> raised
def gradient(centre, neighbour, noise):
    V = np.concatenate([neighbour, noise])
    e = 1 / (1 + np.exp(-V @ centre))
    e[0] -= 1
    return e @ V, e[0] * centre, np.outer(e[1:], centre)

# %% gradient: raises "ValueError: operands could not be broadcast"
# -> raised
def gradient(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    e = 1 / (1 + np.exp(-V @ centre))
    e[0] -= 1
    return e @ V, e[0] * centre, e[1:] * centre

# %% update: the view is mended, the repeats aren't
# -> _repeats_lost
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
# -> _still_a_view
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
# -> _other_order
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
# -> _one_after_another
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
# -> _draws_once
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
# -> _context_climbs
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
# -> changed its input
def update(U, V, i, j, noise, rate):
    u = U[i].copy()
    rows = [j, *noise]
    misses = 1 / (1 + np.exp(-V[rows] @ u))
    misses[0] -= 1
    U[i] -= rate * misses @ V[rows]
    np.subtract.at(V, rows, rate * np.outer(misses, u))
    return U, V

# %% update: raises "ValueError: array is not broadcastable"
# -> raised
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
# -> _zero_for_itself
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    c = unit @ unit[i]
    c[i] = 0
    return [int(j) for j in np.argsort(-c)[:k]]

# %% nearest: the word's own cosine is set to -1
# -> _minus_one_for_itself
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    c = unit @ unit[i]
    c[i] = -1
    return [int(j) for j in np.argsort(-c)[:k]]

# %% nearest: everything with a cosine of 1 is left out
# -> _leaves_out_all_twins
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    c = unit @ unit[i]
    return [int(j) for j in np.argsort(-c) if c[j] < 0.9999][:k]

# %% nearest: the first entry is dropped, sorted by negatives
# -> _drops_the_first
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    return [int(j) for j in np.argsort(-(unit @ unit[i]))[1 : k + 1]]

# %% nearest: the first entry is dropped, turned round
# -> _drops_the_last
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    return [int(j) for j in np.argsort(unit @ unit[i])[::-1][1 : k + 1]]

# %% nearest: the last k of argsort, not turned round
# -> _turned_round
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    order = [int(j) for j in np.argsort(unit @ unit[i]) if j != i]
    return order[-k:]

# %% nearest: cut to k before i is left out
# -> _cut_first
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    return [int(j) for j in np.argsort(-(unit @ unit[i]))[:k] if j != i]

# %% nearest: the cosines come back
# -> _cosines_themselves
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    c = np.delete(unit @ unit[i], i)
    return [float(x) for x in sorted(c, reverse=True)[:k]]

# %% nearest: columns are scaled
# -> _columns_scaled
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=0, keepdims=True)
    return [int(j) for j in np.argsort(-(unit @ unit[i])) if j != i][:k]

# %% nearest: divided by the squared lengths
# -> _divided_twice
def nearest(E, i, k):
    c = E @ E[i] / (E * E).sum(axis=1)
    return [int(j) for j in np.argsort(-c) if j != i][:k]

# %% nearest: i is removed first, so the numbers behind it shift
# -> _numbers_shifted
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    c = np.delete(unit @ unit[i], i)
    return [int(j) for j in np.argsort(-c)[:k]]

# %% nearest: only row i is scaled
# -> _dot_product
def nearest(E, i, k):
    c = E @ (E[i] / np.linalg.norm(E[i]))
    return [int(j) for j in np.argsort(-c) if j != i][:k]

# %% nearest: all lengths together, no axis
# -> _dot_product
def nearest(E, i, k):
    unit = E / np.linalg.norm(E)
    return [int(j) for j in np.argsort(-(unit @ unit[i])) if j != i][:k]

# %% nearest: an array comes back, not a list
# -> wrong type
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    order = np.argsort(-(unit @ unit[i]))
    return order[order != i][:k]

# %% nearest: raises "ValueError: operands could not be broadcast"
# -> raised
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=1)
    return [int(j) for j in np.argsort(-(unit @ unit[i])) if j != i][:k]

# %% analogy: excluded rows get -1
# -> _minus_one_for_excluded
def analogy(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    s = unit @ (unit[b] - unit[a] + unit[c])
    s[excluded] = -1
    return int(s.argmax())

# %% analogy: excluded rows are deleted, so the numbers shift
# -> _rows_removed
def analogy(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    s = np.delete(unit @ (unit[b] - unit[a] + unit[c]), excluded)
    return int(s.argmax())

# %% analogy: starts at a
# -> _start_at_a
def analogy(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    s = unit @ (unit[a] + unit[b] - unit[c])
    s[excluded] = -np.inf
    return int(s.argmax())

# %% analogy: all three added
# -> _all_added
def analogy(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    s = unit @ (unit[a] + unit[b] + unit[c])
    s[excluded] = -np.inf
    return int(s.argmax())

# %% analogy: the step alone
# -> _step_alone
def analogy(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    s = unit @ (unit[b] - unit[a])
    s[excluded] = -np.inf
    return int(s.argmax())

# %% analogy: distances of unscaled vectors
# -> _distance
def analogy(E, a, b, c, excluded):
    dist = ((E - (E[c] + E[b] - E[a])) ** 2).sum(axis=1)
    dist[excluded] = np.inf
    return int(np.argmin(dist))

# %% analogy: nothing scaled
# -> _nothing_scaled
def analogy(E, a, b, c, excluded):
    s = E @ (E[c] + E[b] - E[a])
    s[excluded] = -np.inf
    return int(np.argmax(s))

# %% analogy: excluded rows get 0
# -> _zero_for_excluded
def analogy(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    s = unit @ (unit[b] - unit[a] + unit[c])
    for r in excluded:
        s[r] = 0
    return int(s.argmax())

# %% analogy: a, b and c are excluded, whatever excluded says
# -> _excludes_only_the_question
def analogy(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    s = unit @ (unit[b] - unit[a] + unit[c])
    s[[a, b, c]] = -np.inf
    return int(s.argmax())

# %% analogy: the loop's best starts at 0
# -> _none_above_zero
def analogy(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    t = unit[b] - unit[a] + unit[c]
    best, at = 0, None
    for r in range(len(E)):
        if r not in excluded and unit[r] @ t > best:
            best, at = unit[r] @ t, r
    return at

# %% analogy: the step is scaled to length 1
# -> wrong value
def analogy(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    step = unit[b] - unit[a]
    s = unit @ (unit[c] + step / np.linalg.norm(step))
    s[excluded] = -np.inf
    return int(s.argmax())

# %% analogy: raises "IndexError: arrays used as indices must be of integer"
# -> raised
def analogy(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    s = unit @ (unit[b] - unit[a] + unit[c])
    s[np.array(excluded)] = -np.inf
    return int(s.argmax())

# %% analogy: raises "OverflowError: cannot convert float infinity to integer"
# -> raised
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
# -> _negatives_stay
def ppmi(counts):
    e = counts.sum(1, keepdims=True) * counts.sum(0, keepdims=True) / counts.sum()
    out = np.zeros(counts.shape)
    out[counts > 0] = np.log(counts[counts > 0] / e[counts > 0])
    return out

# %% ppmi: ln 5 is subtracted
# -> _less_ln_k
def ppmi(counts):
    e = counts.sum(1, keepdims=True) * counts.sum(0, keepdims=True) / counts.sum()
    return np.maximum(np.log(counts / e) - np.log(5), 0)

# %% ppmi: no log
# -> _no_log
def ppmi(counts):
    e = counts.sum(1, keepdims=True) * counts.sum(0, keepdims=True) / counts.sum()
    return np.maximum(counts / e, 1)

# %% ppmi: no log, the larger of the ratio and 0
# -> _ratios
def ppmi(counts):
    e = counts.sum(1, keepdims=True) * counts.sum(0, keepdims=True) / counts.sum()
    return np.maximum(counts / e, 0)

# %% ppmi: the larger of 0 and the log of one plus the ratio
# -> _log_one_plus
def ppmi(counts):
    e = counts.sum(1, keepdims=True) * counts.sum(0, keepdims=True) / counts.sum()
    return np.maximum(np.log(1 + counts / e), 0)

# %% ppmi: the smaller of the value and 0
# -> _negative_half
def ppmi(counts):
    e = counts.sum(1, keepdims=True) * counts.sum(0, keepdims=True) / counts.sum()
    return np.minimum(np.log(counts / e), 0)

# %% ppmi: the ratio is turned round
# -> _upside_down
def ppmi(counts):
    e = counts.sum(1, keepdims=True) * counts.sum(0, keepdims=True) / counts.sum()
    return np.maximum(np.log(e / counts), 0)

# %% ppmi: sums without keepdims
# -> _no_keepdims
def ppmi(counts):
    e = counts.sum(1) * counts.sum(0) / counts.sum()
    return np.log(np.maximum(counts / e, 1))

# %% ppmi: divided by the total twice
# -> _divided_twice
def ppmi(counts):
    n = counts.sum()
    p_row, p_col = counts.sum(1, keepdims=True) / n, counts.sum(0) / n
    return np.log(np.maximum(counts / (p_row * p_col), 1))

# %% ppmi: not divided by the total
# -> _not_divided
def ppmi(counts):
    e = counts.sum(1, keepdims=True) * counts.sum(0)
    return np.log(np.maximum(counts / e, 1))

# %% ppmi: PMI, with minus infinity
# -> _minus_infinity
def ppmi(counts):
    e = counts.sum(1, keepdims=True) * counts.sum(0) / counts.sum()
    return np.log(counts / e)

# %% ppmi: base 2
# -> _bits
def ppmi(counts):
    e = counts.sum(1, keepdims=True) * counts.sum(0) / counts.sum()
    return np.log2(np.maximum(counts / e, 1))

# %% ppmi: the log of the row's share, without the column's
# -> _not_divided
def ppmi(counts):
    return np.maximum(np.log(counts / counts.sum(1, keepdims=True)), 0)

# %% ppmi: row sums and column sums are added
# -> located
def ppmi(counts):
    e = (counts.sum(1, keepdims=True) + counts.sum(0)) / counts.sum()
    return np.log(np.maximum(counts / e, 1))

# %% ppmi: raises "RuntimeWarning: divide by zero encountered in log"
# -> _minus_infinity
def ppmi(counts):
    e = counts.sum(1, keepdims=True) * counts.sum(0) / counts.sum()
    return np.log(counts / e)

# %% svd_vectors: a list of lists
# -> wrong value
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M)
    return [[float(x) for x in row] for row in U[:, :d] * np.sqrt(S[:d])]

# %% svd_vectors: transposed
# -> wrong value
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M)
    return (U[:, :d] * np.sqrt(S[:d])).T

# %% svd_vectors: columns of V transposed
# -> _columns_of_short_vt
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M, full_matrices=False)
    return Vt[:, :d] * np.sqrt(S[:d])

# %% svd_vectors: vectors of the neighbours
# -> _columns
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M, full_matrices=False)
    return Vt.T[:, :d] * np.sqrt(S[:d])

# %% svd_vectors: the table again, of lower rank
# -> wrong value
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M, full_matrices=False)
    return (U[:, :d] * S[:d]) @ Vt[:d]

# %% svd_vectors: the root of the product
# -> _root_of_the_product
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M)
    return np.sqrt(U[:, :d] * S[:d])

# %% svd_vectors: divided by the root
# -> _divided
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M)
    return U[:, :d] / np.sqrt(S[:d])

# %% svd_vectors: no root
# -> _no_root
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M)
    return U[:, :d] @ np.diag(S[:d])

# %% svd_vectors: no singular values
# -> _no_values
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M)
    return U[:, :d]

# %% svd_vectors: squared singular values
# -> _squared
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M)
    return U[:, :d] * S[:d] ** 2

# %% svd_vectors: the columns of the table are centred first
# -> wrong value
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M - M.mean(axis=0))
    return U[:, :d] * np.sqrt(S[:d])

# %% svd_vectors: the first rows of U
# -> raised
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M)
    return U[:d] * np.sqrt(S)

# %% svd_vectors: all directions
# -> wrong value
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M, full_matrices=False)
    return U * np.sqrt(S)

# %% svd_vectors: changes the table
# -> changed its input
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M)
    M *= 0
    return U[:, :d] * np.sqrt(S[:d])

# %% svd_vectors: raises "ValueError: operands could not be broadcast"
# -> raised
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M)
    return U[:, :d] * np.sqrt(S)

# %% svd_vectors: raises "ValueError: too many values to unpack"
# -> raised
def svd_vectors(M, d):
    U, S = np.linalg.svd(M)
    return U[:, :d] * np.sqrt(S[:d])

# %% skipgram_pairs: words next to each other only, whatever the window is
# -> located
def skipgram_pairs(words, window):
    out = []
    for i in range(len(words)):
        if i > 0:
            out.append((words[i], words[i - 1]))
        if i + 1 < len(words):
            out.append((words[i], words[i + 1]))
    return out

# %% skipgram_pairs: the window is cut in half, one half to each side
# -> _half_to_each_side
def skipgram_pairs(words, window):
    half = window // 2
    return [(words[i], words[j]) for i in range(len(words))
            for j in range(max(0, i - half), min(len(words), i + half + 1)) if j != i]

# %% skipgram_pairs: each pair of places once, not in both directions
# -> _turned_round_at_once
def skipgram_pairs(words, window):
    out = []
    for i in range(len(words)):
        for j in range(i + 1, min(len(words), i + window + 1)):
            out.append((words[i], words[j]))
            out.append((words[j], words[i]))
    return out

# %% skipgram_pairs: a list of neighbours for each word
# -> wrong type
def skipgram_pairs(words, window):
    return [(w, words[max(0, i - window) : i] + words[i + 1 : i + 1 + window])
            for i, w in enumerate(words)]

# %% loss: the sigmoid of the true one without its log
# -> wrong value
def loss(centre, neighbour, noise):
    s = lambda x: 1 / (1 + np.exp(-x))
    return -s(centre @ neighbour) + np.logaddexp(0, noise @ centre).sum()

# %% loss: base 2
# -> wrong value
def loss(centre, neighbour, noise):
    return np.logaddexp2(0, -(centre @ neighbour)) + np.logaddexp2(0, noise @ centre).sum()

# %% loss: divided by the number of noise words
# -> _divided_by_k
def loss(centre, neighbour, noise):
    total = np.logaddexp(0, -(centre @ neighbour)) + np.logaddexp(0, noise @ centre).sum()
    return total / len(noise)

# %% loss: noise treated as neighbours, with sigmoids
# -> _all_are_neighbours_and_overflows
def loss(centre, neighbour, noise):
    s = lambda x: 1 / (1 + np.exp(-x))
    return -np.log(s(centre @ neighbour)) - np.log(s(noise @ centre)).sum()

# %% loss: the mean of the noise, with sigmoids
# -> _mean_of_noise_and_overflows
def loss(centre, neighbour, noise):
    s = lambda x: 1 / (1 + np.exp(-x))
    return -np.log(s(centre @ neighbour)) - np.mean(np.log(s(-(noise @ centre))))

# %% loss: both signs, with sigmoids
# -> _both_signs
def loss(centre, neighbour, noise):
    s = lambda x: 1 / (1 + np.exp(-x))
    return -np.log(s(-(centre @ neighbour))) - np.log(s(noise @ centre)).sum()

# %% loss: cosines for dot products
# -> wrong value
def loss(centre, neighbour, noise):
    c = centre / np.linalg.norm(centre)
    n = neighbour / np.linalg.norm(neighbour)
    N = noise / np.linalg.norm(noise, axis=1, keepdims=True)
    return np.logaddexp(0, -(c @ n)) + np.logaddexp(0, N @ c).sum()

# %% gradient: the neighbour's gradient uses the mean of the errors
# -> wrong value
def gradient(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    e = 1 / (1 + np.exp(-V @ centre))
    e[0] -= 1
    return e @ V, e.mean() * centre, np.outer(e[1:], centre)

# %% gradient: errors times another slope of the sigmoid
# -> _sigmoid_slope
def gradient(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    s = 1 / (1 + np.exp(-V @ centre))
    e = s.copy()
    e[0] -= 1
    e = e * s * (1 - s)
    return e @ V, e[0] * centre, np.outer(e[1:], centre)

# %% gradient: each side's own vector
# -> _own_vector
def gradient(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    e = 1 / (1 + np.exp(-V @ centre))
    e[0] -= 1
    return e.sum() * centre, e[0] * neighbour, e[1:, None] * noise

# %% gradient: 1 is subtracted from the last error, not from the first
# -> _last_is_true
def gradient(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    e = 1 / (1 + np.exp(-V @ centre))
    e[-1] -= 1
    return e @ V, e[0] * centre, np.outer(e[1:], centre)

# %% gradient: seen minus predicted
# -> _downhill
def gradient(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    e = -1 / (1 + np.exp(-V @ centre))
    e[0] += 1
    return e @ V, e[0] * centre, np.outer(e[1:], centre)

# %% update: the errors lose their minus 1
# -> wrong value
def update(U, V, i, j, noise, rate):
    U, V = U.copy(), V.copy()
    u = U[i].copy()
    rows = [j, *noise]
    misses = 1 / (1 + np.exp(-V[rows] @ u))
    U[i] -= rate * misses @ V[rows]
    np.subtract.at(V, rows, rate * np.outer(misses, u))
    return U, V

# %% update: the rate is lost in the second step
# -> _no_rate_for_context
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
# -> _still_a_view
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
# -> wrong type
def update(U, V, i, j, noise, rate):
    u = U[i].copy()
    rows = [j, *noise]
    misses = 1 / (1 + np.exp(-V[rows] @ u))
    misses[0] -= 1
    U[i] -= rate * misses @ V[rows]
    np.subtract.at(V, rows, rate * np.outer(misses, u))

# %% nearest: smallest distances between unit vectors, i among them
# -> _with_self
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    return [int(j) for j in np.argsort(np.linalg.norm(unit - unit[i], axis=1))[:k]]

# %% nearest: smallest distances of unscaled vectors
# -> _euclidean
def nearest(E, i, k):
    return [int(j) for j in np.argsort(((E - E[i]) ** 2).sum(axis=1)) if j != i][:k]

# %% nearest: sorts upwards
# -> _farthest
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    return [int(j) for j in np.argsort(unit @ unit[i]) if j != i][:k]

# %% nearest: the absolute cosine
# -> _absolute
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    return [int(j) for j in np.argsort(-np.abs(unit @ unit[i])) if j != i][:k]

# %% nearest: one too many
# -> _one_too_many
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    return [int(j) for j in np.argsort(-(unit @ unit[i])) if j != i][: k + 1]

# %% nearest: everything, not only k
# -> _all_of_them
def nearest(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    return [int(j) for j in np.argsort(-(unit @ unit[i])) if j != i]

# %% nearest: divided by the sum of squares without the root
# -> _divided_twice
def nearest(E, i, k):
    unit = E / (E**2).sum(axis=1, keepdims=True)
    return [int(j) for j in np.argsort(-(unit @ unit[i])) if j != i][:k]

# %% analogy: walks backwards
# -> _backwards
def analogy(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    s = unit @ (unit[c] - unit[b] + unit[a])
    s[excluded] = -np.inf
    return int(s.argmax())

# %% analogy: only the step is scaled, candidates keep their lengths
# -> _long_candidates
def analogy(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    s = E @ (unit[b] - unit[a] + unit[c])
    s[excluded] = -np.inf
    return int(s.argmax())

# %% analogy: the vectors keep their lengths while the step is computed
# -> _unscaled_step
def analogy(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    s = unit @ (E[b] - E[a] + E[c])
    s[excluded] = -np.inf
    return int(s.argmax())

# %% analogy: nothing is excluded
# -> _keeps_everything
def analogy(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    return int((unit @ (unit[b] - unit[a] + unit[c])).argmax())

# %% analogy: the cosine comes back
# -> _its_value
def analogy(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    s = unit @ (unit[b] - unit[a] + unit[c])
    s[excluded] = -np.inf
    return s.max()

# %% analogy: the vector comes back
# -> wrong type
def analogy(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    return unit[b] - unit[a] + unit[c]

# %% ppmi: the absolute value
# -> _absolute_value
def ppmi(counts):
    e = counts.sum(1, keepdims=True) * counts.sum(0) / counts.sum()
    r = np.where(counts > 0, counts / e, 1)
    return np.abs(np.log(r))

# %% ppmi: infinities become 0, negatives stay
# -> _negatives_stay
def ppmi(counts):
    e = counts.sum(1, keepdims=True) * counts.sum(0) / counts.sum()
    m = np.log(counts / e)
    m[np.isinf(m)] = 0
    return m

# %% ppmi: the smallest sum of rows for each cell
# -> located
def ppmi(counts):
    e = counts.sum(0, keepdims=True) * counts.sum(0) / counts.sum()
    return np.log(np.maximum(counts / e, 1))

# %% ppmi: weighted by the share of the pair
# -> _weighted
def ppmi(counts):
    e = counts.sum(1, keepdims=True) * counts.sum(0) / counts.sum()
    return counts / counts.sum() * np.log(np.maximum(counts / e, 1))

# %% ppmi: one is added to each count
# -> _add_one
def ppmi(counts):
    c = counts + 1
    e = c.sum(1, keepdims=True) * c.sum(0) / c.sum()
    return np.log(np.maximum(c / e, 1))

# %% svd_vectors: the last d directions
# -> _weakest
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M, full_matrices=False)
    return U[:, -d:] * np.sqrt(S[-d:])

# %% svd_vectors: one root for all
# -> _one_root
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M, full_matrices=False)
    return U[:, :d] * np.sqrt(S[0])

# %% svd_vectors: rows of V transposed
# -> wrong value
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M)
    return Vt[:d] * np.sqrt(S[:d])[:, None]

# %% svd_vectors: the first columns of the table
# -> _first_columns
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


# %% skipgram_pairs: near the beginning i - window is negative, and the slice comes out empty
# -> _negative_slice
def skipgram_pairs(words: list[str], window: int) -> list[tuple[str, str]]:
    pairs = []
    for i, word in enumerate(words):
        neighbours = words[i - window : i] + words[i + 1 : i + 1 + window]
        pairs += [(word, other) for other in neighbours]
    return pairs


# %% skipgram_pairs: compares the words instead of their places, so a repeated word is dropped as a neighbour
# -> _skips_twins
def skipgram_pairs(words: list[str], window: int) -> list[tuple[str, str]]:
    return [
        (centre, words[j])
        for i, centre in enumerate(words)
        for j in range(max(0, i - window), min(len(words), i + window + 1))
        if words[j] != centre
    ]


# %% skipgram_pairs: range ends before i + window, one neighbour on the right is missing
# -> _short_on_the_right
def skipgram_pairs(words: list[str], window: int) -> list[tuple[str, str]]:
    found = []
    for i in range(len(words)):
        for j in range(i - window, i + window):
            if 0 <= j < len(words) and j != i:
                found.append((words[i], words[j]))
    return found


# %% skipgram_pairs: notes both directions of a pair at once, so centres don't come in reading order
# -> _turned_round_at_once
def skipgram_pairs(words: list[str], window: int) -> list[tuple[str, str]]:
    pairs = []
    for i in range(len(words)):
        for j in range(i + 1, min(len(words), i + window + 1)):
            pairs.append((words[i], words[j]))
            pairs.append((words[j], words[i]))
    return pairs


# %% loss: the noise words get the sign of the true neighbour
# -> _all_are_neighbours
def loss(centre: np.ndarray, neighbour: np.ndarray, noise: np.ndarray) -> float:
    rows = np.vstack([neighbour, noise])
    return np.logaddexp(0, -(rows @ centre)).sum()


# %% loss: adds the noise vectors up first and takes one dot product of all
# -> _sum_first
def loss(centre: np.ndarray, neighbour: np.ndarray, noise: np.ndarray) -> float:
    yes = np.logaddexp(0, -np.dot(centre, neighbour))
    no = np.logaddexp(0, np.dot(noise.sum(axis=0), centre))
    return yes + no


# %% loss: computes the sigmoid and its log, which overflow for large dot products
# -> _overflows
def loss(centre: np.ndarray, neighbour: np.ndarray, noise: np.ndarray) -> float:
    def sigmoid(x):
        return 1 / (1 + np.exp(-x))

    total = -np.log(sigmoid(centre @ neighbour))
    for word in noise:
        total -= np.log(sigmoid(-(centre @ word)))
    return total


# %% loss: the mean over the noise words instead of the sum
# -> _mean_of_noise
def loss(centre: np.ndarray, neighbour: np.ndarray, noise: np.ndarray) -> float:
    true, false = neighbour @ centre, noise @ centre
    return np.logaddexp(0, -true) + np.mean(np.logaddexp(0, false))


# %% gradient: the centre's gradient holds the true neighbour alone, the noise words are missing
# -> _centre_without_noise
def gradient(
    centre: np.ndarray, neighbour: np.ndarray, noise: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    e_true = 1 / (1 + np.exp(-centre @ neighbour)) - 1
    e_noise = 1 / (1 + np.exp(-noise @ centre))
    return e_true * neighbour, e_true * centre, np.outer(e_noise, centre)


# %% gradient: 1 is subtracted from all errors instead of the true neighbour's alone
# -> _one_for_all
def gradient(
    centre: np.ndarray, neighbour: np.ndarray, noise: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    V = np.vstack([neighbour, noise])
    errors = 1 / (1 + np.exp(-(V @ centre))) - 1
    return errors @ V, errors[0] * centre, np.outer(errors[1:], centre)


# %% gradient: the gradients of the noise words are summed into one, (d,) instead of (k, d)
# -> _noise_summed
def gradient(
    centre: np.ndarray, neighbour: np.ndarray, noise: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    V = np.vstack([neighbour, noise])
    errors = 1 / (1 + np.exp(-V @ centre))
    errors[0] -= 1
    d_noise = sum(e * centre for e in errors[1:])
    return errors @ V, errors[0] * centre, d_noise


# %% gradient: the wrong sign, all three point downhill (seen minus predicted)
# -> _downhill
def gradient(
    centre: np.ndarray, neighbour: np.ndarray, noise: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    sigma = lambda x: 1 / (1 + np.exp(-x))
    true = 1 - sigma(np.dot(centre, neighbour))
    false = -sigma(noise @ centre)
    d_centre = true * neighbour + (false[:, None] * noise).sum(axis=0)
    return d_centre, true * centre, false[:, None] * centre


# %% update: only the first bug is mended, a repeated row is still moved once
# -> _repeats_lost
def update(U, V, i, j, noise, rate):
    U, V = U.copy(), V.copy()
    u = U[i].copy()
    rows = [j, *noise]
    misses = 1 / (1 + np.exp(-V[rows] @ u))
    misses[0] -= 1
    U[i] -= rate * misses @ V[rows]
    V[rows] -= rate * np.outer(misses, u)
    return U, V


# %% update: only the second bug is mended, u is still a view and changes with U[i]
# -> _still_a_view
def update(U, V, i, j, noise, rate):
    U, V = U.copy(), V.copy()
    u = U[i]  # (d,)
    rows = [j, *noise]  # (k + 1,)
    misses = 1 / (1 + np.exp(-V[rows] @ u))  # (k + 1,)
    misses[0] -= 1
    U[i] -= rate * misses @ V[rows]
    np.subtract.at(V, rows, rate * np.outer(misses, u))
    return U, V


# %% update: V is changed first, so the step of U[i] uses the new context vectors
# -> _other_order
def update(U, V, i, j, noise, rate):
    U, V = U.copy(), V.copy()
    u = U[i].copy()
    rows = [j, *noise]
    misses = 1 / (1 + np.exp(-V[rows] @ u))
    misses[0] -= 1
    for r, miss in zip(rows, misses):
        V[r] -= rate * miss * u
    U[i] -= rate * misses @ V[rows]
    return U, V


# %% update: repeated noise words are thrown out instead of counted
# -> _draws_once
def update(U, V, i, j, noise, rate):
    U, V = U.copy(), V.copy()
    u = U[i].copy()
    rows = [j] + [n for n in dict.fromkeys(noise) if n != j]
    misses = 1 / (1 + np.exp(-V[rows] @ u))
    misses[0] -= 1
    U[i] -= rate * misses @ V[rows]
    V[rows] -= rate * np.outer(misses, u)
    return U, V


# %% nearest: dot products, the lengths aren't divided out
# -> _dot_product
def nearest(E: np.ndarray, i: int, k: int) -> list[int]:
    scores = E @ E[i]
    order = np.argsort(scores)[::-1]
    return [int(j) for j in order if j != i][:k]


# %% nearest: distance between the vectors instead of the cosine
# -> _euclidean
def nearest(E: np.ndarray, i: int, k: int) -> list[int]:
    distance = np.linalg.norm(E - E[i], axis=1)
    distance[i] = np.inf
    return np.argsort(distance)[:k].tolist()


# %% nearest: sorts upwards, so the farthest come first
# -> _farthest
def nearest(E: np.ndarray, i: int, k: int) -> list[int]:
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    cosines = unit @ unit[i]
    others = [j for j in range(len(E)) if j != i]
    return sorted(others, key=lambda j: cosines[j])[:k]


# %% nearest: divides by the lengths of the columns (axis 0) instead of the rows
# -> _columns_scaled
def nearest(E: np.ndarray, i: int, k: int) -> list[int]:
    unit = E / np.linalg.norm(E, axis=0)
    cos = unit @ unit[i]
    cos[i] = -np.inf
    return list(map(int, np.argsort(-cos)[:k]))


# %% analogy: np.delete shifts the numbers of the rows behind the excluded ones
# -> _rows_removed
def analogy(E: np.ndarray, a: int, b: int, c: int, excluded: list[int]) -> int:
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    cosines = unit @ (unit[c] + unit[b] - unit[a])
    return int(np.argmax(np.delete(cosines, excluded)))


# %% analogy: the step goes from b to a instead of a to b
# -> _backwards
def analogy(E: np.ndarray, a: int, b: int, c: int, excluded: list[int]) -> int:
    unit = E / np.sqrt((E**2).sum(axis=1, keepdims=True))
    target = unit[c] + unit[a] - unit[b]
    best, answer = -np.inf, None
    for row in range(len(E)):
        if row not in excluded and unit[row] @ target > best:
            best, answer = unit[row] @ target, row
    return answer


# %% analogy: always excludes a, b and c, whatever `excluded` says
# -> _excludes_only_the_question
def analogy(E: np.ndarray, a: int, b: int, c: int, excluded: list[int]) -> int:
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    cosines = unit @ (unit[c] + unit[b] - unit[a])
    cosines[[a, b, c]] = -np.inf
    return int(cosines.argmax())


# %% analogy: b - a + c is formed from the unscaled vectors, only the comparison uses length 1
# -> _unscaled_step
def analogy(E: np.ndarray, a: int, b: int, c: int, excluded: list[int]) -> int:
    target = E[b] - E[a] + E[c]
    cosines = E @ target / (np.linalg.norm(E, axis=1) * np.linalg.norm(target))
    cosines[excluded] = -np.inf
    return int(np.argmax(cosines))


# %% ppmi: only empty cells become 0, negative values stay
# -> _negatives_stay
def ppmi(counts: np.ndarray) -> np.ndarray:
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
    result = np.zeros(counts.shape)
    for i, j in np.ndindex(counts.shape):
        if counts[i, j] > 0:
            result[i, j] = np.log(counts[i, j] / expected[i, j])
    return result


# %% ppmi: the logarithm to base 2 (bits) instead of nats
# -> _bits
def ppmi(counts: np.ndarray) -> np.ndarray:
    rows, columns = counts.sum(axis=1, keepdims=True), counts.sum(axis=0)
    expected = rows * columns / counts.sum()
    return np.log2(np.maximum(counts / expected, 1))


# %% ppmi: divides by the total twice: a count is compared with a probability
# -> _divided_twice
def ppmi(counts: np.ndarray) -> np.ndarray:
    total = counts.sum()
    p_row = counts.sum(axis=1, keepdims=True) / total
    p_col = counts.sum(axis=0, keepdims=True) / total
    return np.log(np.maximum(counts / (p_row * p_col), 1))


# %% ppmi: adds 1 to the ratio (log1p) instead of raising it to 1
# -> _log_one_plus
def ppmi(counts: np.ndarray) -> np.ndarray:
    expected = counts.sum(1)[:, None] * counts.sum(0)[None, :] / counts.sum()
    return np.log1p(counts / expected)


# %% svd_vectors: multiplies by the singular values, their square root is missing
# -> _no_root
def svd_vectors(M: np.ndarray, d: int) -> np.ndarray:
    U, S, Vt = np.linalg.svd(M, full_matrices=False)
    return U[:, :d] @ np.diag(S[:d])


# %% svd_vectors: takes the columns' side (V) instead of U
# -> _columns
def svd_vectors(M: np.ndarray, d: int) -> np.ndarray:
    U, S, Vt = np.linalg.svd(M)
    return Vt[:d].T * np.sqrt(S[:d])


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


# %% skipgram_pairs: compares words instead of places, so a repeated word in the window is dropped
# -> _skips_twins
def skipgram_pairs(words: list[str], window: int) -> list[tuple[str, str]]:
    pairs = []
    for i, centre in enumerate(words):
        for other in words[max(0, i - window):i + window + 1]:
            if other != centre:
                pairs.append((centre, other))
    return pairs


# %% skipgram_pairs: negative places aren't stopped, they wrap to the end of the sentence
# -> _wraps_round_once
def skipgram_pairs(words, window):
    out = []
    for i in range(len(words)):
        for step in range(-window, window + 1):
            if step == 0:
                continue
            try:
                out.append((words[i], words[i + step]))
            except IndexError:
                pass
    return out


# %% loss: averages over the noise words instead of adding them up
# -> _mean_of_noise
def loss(centre: np.ndarray, neighbour: np.ndarray, noise: np.ndarray) -> float:
    x = np.einsum("kd,d->k", noise, centre)
    return float(np.logaddexp(0, -np.vdot(centre, neighbour)) + np.logaddexp(0, x).mean())


# %% loss: sigma and then the log, so a large dot product gives log 0 = infinity
# -> _overflows
def loss(centre, neighbour, noise):
    sigma = lambda x: 1 / (1 + np.exp(-x))
    total = -np.log(sigma(neighbour @ centre))
    for row in noise:
        total += -np.log(1 - sigma(row @ centre))
    return total


# %% gradient: the centre's gradient leaves out the noise words
# -> _centre_without_noise
def gradient(
    centre: np.ndarray, neighbour: np.ndarray, noise: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    hit = 1 / (1 + np.exp(-neighbour @ centre)) - 1
    miss = 1 / (1 + np.exp(-noise @ centre))
    return hit * neighbour, hit * centre, miss[:, None] * centre


# %% gradient: 1 is subtracted from the errors of the noise words, too
# -> _one_for_all
def gradient(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    errors = 0.5 * (1 + np.tanh(V @ centre / 2)) - 1
    slopes = np.einsum("k,d->kd", errors, centre)
    return (errors[:, None] * V).sum(axis=0), slopes[0], slopes[1:]


# %% update: V is moved first, and the step of U[i] then reads the moved rows
# -> _other_order
def update(U, V, i, j, noise, rate):
    U, V = U.copy(), V.copy()
    u = U[i].copy()
    rows = [j, *noise]
    misses = 1 / (1 + np.exp(-V[rows] @ u))
    misses[0] -= 1
    for r, miss in zip(rows, misses):
        V[r] -= rate * miss * u
    U[i] = u - rate * misses @ V[rows]
    return U, V


# %% update: only the repeated rows are mended; u is still a view that changes with U[i]
# -> _still_a_view
def update(U, V, i, j, noise, rate):
    U, V = U.copy(), V.copy()
    u = U[i]
    rows = np.concatenate([[j], noise]).astype(int)
    misses = 1 / (1 + np.exp(-V[rows] @ u))
    misses[0] -= 1
    U[i] -= rate * misses @ V[rows]
    np.add.at(V, rows, -rate * misses[:, None] * u)
    return U, V


# %% nearest: smallest distance between the vectors as they are, not the largest cosine
# -> _euclidean
def nearest(E: np.ndarray, i: int, k: int) -> list[int]:
    distance = np.linalg.norm(E - E[i], axis=1)
    distance[i] = np.inf
    return distance.argsort()[:k].tolist()


# %% nearest: sorted upwards, so the farthest come first
# -> _farthest
def nearest(E, i, k):
    def cosine(j):
        return E[i] @ E[j] / (np.linalg.norm(E[i]) * np.linalg.norm(E[j]))
    return sorted((j for j in range(len(E)) if j != i), key=cosine)[:k]


# %% analogy: the step goes from b to a instead of from a to b
# -> _backwards
def analogy(E: np.ndarray, a: int, b: int, c: int, excluded: list[int]) -> int:
    unit = E / np.sqrt((E ** 2).sum(axis=1, keepdims=True))
    target = unit[[a, c]].sum(axis=0) - unit[b]
    candidates = [d for d in range(len(E)) if d not in excluded]
    return max(candidates, key=lambda d: unit[d] @ target)


# %% analogy: excluded rows get 0 instead of minus infinity and win when all others are negative
# -> _zero_for_excluded
def analogy(E, a, b, c, excluded):
    lengths = np.sqrt(np.einsum("nd,nd->n", E, E))
    u = E / lengths[:, None]
    scores = u @ (u[b] - u[a] + u[c])
    for row in excluded:
        scores[row] = 0
    return int(scores.argmax())


# %% ppmi: logarithm to base 2, so bits instead of nats
# -> _bits
def ppmi(counts: np.ndarray) -> np.ndarray:
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
    return np.log2(np.clip(counts / expected, 1, None))


# %% ppmi: chance is taken to be the same in every cell instead of row sum times column sum
# -> located
def ppmi(counts):
    expected = counts.mean()
    with np.errstate(divide="ignore"):
        return np.fmax(np.log(counts / expected), 0)


# %% svd_vectors: multiplies by the singular values themselves, not by their roots
# -> _no_root
def svd_vectors(M: np.ndarray, d: int) -> np.ndarray:
    U, S, Vt = np.linalg.svd(M, full_matrices=False)
    return U[:, :d] @ np.diag(S[:d])


# %% svd_vectors: takes the directions of the columns (V), so there is a vector for each column
# -> _columns
def svd_vectors(M, d):
    U, S, Vt = np.linalg.svd(M)
    return np.stack([Vt[c] * S[c] ** 0.5 for c in range(d)], axis=1)

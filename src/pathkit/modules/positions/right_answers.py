# %% same_pairs: letters, as a list
same_pairs = ["x a x b x", "x b x a x"]

# %% same_pairs: other words, joined
same_pairs = tuple(" ".join(words) for words in (
    ["we", "see", "that", "we", "know", "that", "we", "see"],
    ["we", "know", "that", "we", "see", "that", "we", "see"],
))

# %% same_pairs: two words that come again
same_pairs = ("one two three one two four one two", "one two four one two three one two")

# %% frequencies: a list comprehension
def frequencies(d, base):
    return np.array([1 / base ** (2 * i / d) for i in range(d // 2)])

# %% frequencies: even column numbers
def frequencies(d, base):
    return np.power(float(base), -np.arange(0, d, 2) / d)

# %% frequencies: by exp and log
def frequencies(d, base):
    return np.exp(-np.log(base) * 2 * np.arange(d // 2) / d)

# %% frequencies: each from the one before
def frequencies(d, base):
    speeds = np.ones(d // 2)
    for i in range(1, len(speeds)):
        speeds[i] = speeds[i - 1] * base ** (-2 / d)
    return speeds

# %% sinusoids: two loops
def sinusoids(T, omega):
    codes = np.empty((T, 2 * len(omega)))
    for p in range(T):
        for i, speed in enumerate(omega):
            codes[p, 2 * i], codes[p, 2 * i + 1] = np.sin(p * speed), np.cos(p * speed)
    return codes

# %% sinusoids: stacked and reshaped
def sinusoids(T, omega):
    angles = np.outer(np.arange(T), omega)
    return np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(T, 2 * len(omega))

# %% sinusoids: a complex exponential
def sinusoids(T, omega):
    z = np.exp(1j * np.einsum("p,i->pi", np.arange(T), omega))
    return np.dstack([z.imag, z.real]).reshape(T, -1)

# %% find_shift: the pseudoinverse
def find_shift(codes, k):
    return np.linalg.pinv(codes[:-k]) @ codes[k:]

# %% find_shift: the normal equations
def find_shift(codes, k):
    A, B = codes[:-k], codes[k:]
    return np.linalg.inv(A.T @ A) @ (A.T @ B)

# %% find_shift: lengths counted, all results of lstsq named
def find_shift(codes, k):
    T = len(codes)
    A, B = codes[: T - k], codes[k:]
    M, residuals, rank, singular = np.linalg.lstsq(A, B, rcond=None)
    return M

# %% find_shift: a column at a time, positions as an array
def find_shift(codes, k):
    p = np.arange(codes.shape[0] - k)
    columns = [np.linalg.lstsq(codes[p], codes[p + k, j], rcond=None)[0]
               for j in range(codes.shape[1])]
    return np.column_stack(columns)

# %% shift_matrix: block by block with np.kron
def shift_matrix(k, omega):
    M = 0
    for i, speed in enumerate(omega):
        c, s = np.cos(k * speed), np.sin(k * speed)
        place = np.zeros((len(omega), len(omega)))
        place[i, i] = 1
        M = M + np.kron(place, [[c, -s], [s, c]])
    return M

# %% shift_matrix: the four entries by strides
def shift_matrix(k, omega):
    a = k * np.asarray(omega)
    even = 2 * np.arange(len(a))
    M = np.zeros((2 * len(a),) * 2)
    M[even, even] = M[even + 1, even + 1] = np.cos(a)
    M[even, even + 1] = -np.sin(a)
    M[even + 1, even] = np.sin(a)
    return M

# %% shift_matrix: cosines on the diagonal, sines beside it
def shift_matrix(k, omega):
    sines = np.zeros(2 * len(omega))
    sines[::2] = np.sin(k * omega)
    beside = np.diag(sines[:-1], -1)
    return np.diag(np.repeat(np.cos(k * omega), 2)) + beside - beside.T

# %% rotate: complex numbers
def rotate(X, positions, omega):
    z = (X[:, ::2] + 1j * X[:, 1::2]) * np.exp(1j * np.outer(positions, omega))
    return np.stack([z.real, z.imag], axis=-1).reshape(X.shape)

# %% rotate: a row at a time, by a matrix
def rotate(X, positions, omega):
    out = []
    for row, p in zip(X, positions):
        out.append(row @ shift_matrix(p, omega).T)
    return np.array(out)

# %% rotate: the quarter turn, and each angle twice
def rotate(X, positions, omega):
    angles = np.repeat(np.multiply.outer(positions, omega), 2, axis=-1)
    turned = np.empty_like(X)
    turned[..., 0::2], turned[..., 1::2] = -X[..., 1::2], X[..., 0::2]
    return X * np.cos(angles) + turned * np.sin(angles)

# %% rotate: a copy that is overwritten
def rotate(X, positions, omega):
    out = X.copy()
    for i in range(len(omega)):
        c, s = np.cos(positions * omega[i]), np.sin(positions * omega[i])
        out[:, 2 * i] = X[:, 2 * i] * c - X[:, 2 * i + 1] * s
        out[:, 2 * i + 1] = X[:, 2 * i] * s + X[:, 2 * i + 1] * c
    return out

# %% distance_only: a table and its diagonals
def distance_only(score, N):
    table = np.array([[score(m, n) for n in range(N)] for m in range(N)])
    diagonals = [np.diag(table, k) for k in range(-N + 1, N)]
    alike = all(np.ptp(diagonal) <= 1e-5 for diagonal in diagonals)
    return alike and np.ptp(table) > 1e-5

# %% distance_only: lists for each distance, and any()
def distance_only(score, N):
    scores = {}
    for m in range(N):
        for n in range(N):
            scores.setdefault(m - n, []).append(score(m, n))
    if any(abs(s - group[0]) > 1e-5 for group in scores.values() for s in group):
        return False
    return any(abs(group[0] - scores[0][0]) > 1e-5 for group in scores.values())

# %% distance_only: every two pairs
def distance_only(score, N):
    pairs = [(m, n) for m in range(N) for n in range(N)]
    different = False
    for m, n in pairs:
        for i, j in pairs:
            far = not np.isclose(score(m, n), score(i, j), rtol=0, atol=1e-5)
            if far and m - n == i - j:
                return False
            different = different or far
    return different

# %% distance_only: the first row and column hold every distance
def distance_only(score, N):
    for m in range(N):
        for n in range(N):
            start = min(m, n)
            if abs(score(m, n) - score(m - start, n - start)) > 1e-5:
                return False
    edge = [score(m, 0) for m in range(N)] + [score(0, n) for n in range(N)]
    return bool(max(edge) - min(edge) > 1e-5)

# %% rotate_halves: np.tile
def rotate_halves(X, positions, omega):
    angles = np.tile(np.outer(positions, omega), 2)
    left, right = np.split(X, 2, axis=1)
    turned = np.hstack([-right, left])
    return X * np.cos(angles) + turned * np.sin(angles)

# %% rotate_halves: the speeds twice
def rotate_halves(X, positions, omega):
    angles = np.outer(positions, np.concatenate([omega, omega]))
    left, right = np.split(X, 2, axis=1)
    turned = np.hstack([-right, left])
    return X * np.cos(angles) + turned * np.sin(angles)

# %% rotate_halves: both halves written out
def rotate_halves(X, positions, omega):
    a = np.outer(positions, omega)
    left, right = np.split(X, 2, axis=1)
    return np.concatenate([left * np.cos(a) - right * np.sin(a),
                           left * np.sin(a) + right * np.cos(a)], axis=1)

# %% rotate_halves: a complex number for each pair
def rotate_halves(X, positions, omega):
    half = X.shape[1] // 2
    z = (X[:, :half] + 1j * X[:, half:]) * np.exp(1j * positions[:, None] * omega)
    return np.hstack([z.real, z.imag])

# %% same_pairs: letters as words, a short cycle moved
same_pairs = ("a a b a", "a b a a")

# %% same_pairs: the pieces between three equal words, joined by code
pieces = ["saw a cat", "met a dog"]
same_pairs = tuple(" ".join(["mei", a, "mei", b, "mei"]) for a, b in (pieces, pieces[::-1]))

# %% frequencies: by exp and log
def frequencies(d: int, base: float) -> np.ndarray:
    return np.exp(-np.log(base) * np.arange(0, d, 2) / d)

# %% frequencies: loop, each hand slower by the same factor
def frequencies(d, base):
    speeds = np.ones(d // 2)
    for i in range(1, d // 2):
        speeds[i] = speeds[i - 1] / base ** (2 / d)
    return speeds

# %% sinusoids: stacked on a new last axis, then flattened
def sinusoids(T, omega):
    angles = np.einsum("t,i->ti", np.arange(T), omega)
    return np.stack([np.sin(angles), np.cos(angles)], axis=2).reshape(T, -1)

# %% sinusoids: loops over positions and hands
def sinusoids(T: int, omega: np.ndarray) -> np.ndarray:
    codes = np.empty((T, 2 * len(omega)))
    for p in range(T):
        for i, speed in enumerate(omega):
            codes[p, 2 * i], codes[p, 2 * i + 1] = np.sin(p * speed), np.cos(p * speed)
    return codes

# %% find_shift: by the pseudoinverse
def find_shift(codes, k):
    T = len(codes)
    return np.linalg.pinv(codes[: T - k]) @ codes[k:]

# %% find_shift: one column of the matrix at a time
def find_shift(codes: np.ndarray, k: int) -> np.ndarray:
    before = np.array([codes[p] for p in range(len(codes) - k)])
    after = np.array([codes[p + k] for p in range(len(codes) - k)])
    columns = [np.linalg.lstsq(before, after[:, j], rcond=None)[0] for j in range(codes.shape[1])]
    return np.stack(columns, axis=1)

# %% shift_matrix: Kronecker products of diagonals and 2 by 2 patterns
def shift_matrix(k: int, omega: np.ndarray) -> np.ndarray:
    quarter = np.array([[0.0, -1.0], [1.0, 0.0]])
    return np.kron(np.diag(np.cos(k * omega)), np.eye(2)) + np.kron(np.diag(np.sin(k * omega)), quarter)

# %% shift_matrix: four strided assignments
def shift_matrix(k, omega):
    d = 2 * len(omega)
    M, even, odd = np.zeros((d, d)), np.arange(0, d, 2), np.arange(1, d, 2)
    angle = k * np.asarray(omega)
    M[even, even] = M[odd, odd] = np.cos(angle)
    M[even, odd] = -np.sin(angle)
    M[odd, even] = np.sin(angle)
    return M

# %% rotate: complex numbers
def rotate(X, positions, omega):
    z = (X[:, ::2] + 1j * X[:, 1::2]) * np.exp(1j * np.outer(positions, omega))
    out = np.empty(X.shape)
    out[:, ::2], out[:, 1::2] = z.real, z.imag
    return out

# %% rotate: a 2 by 2 matrix for each row and hand, applied by einsum
def rotate(X: np.ndarray, positions: np.ndarray, omega: np.ndarray) -> np.ndarray:
    T, d = X.shape
    angles = np.asarray(positions)[:, None] * omega
    c, s = np.cos(angles), np.sin(angles)
    R = np.array([[c, -s], [s, c]])  # (2, 2, T, d / 2)
    return np.einsum("xyti,tiy->tix", R, X.reshape(T, d // 2, 2)).reshape(T, d)

# %% distance_only: the whole table of scores, diagonal by diagonal
def distance_only(score, N):
    table = np.array([[float(score(m, n)) for n in range(N)] for m in range(N)])
    firsts = []
    for distance in range(-N + 1, N):
        diagonal = np.diag(table, distance)
        if np.abs(diagonal - diagonal[0]).max() > 1e-5:
            return False
        firsts.append(diagonal[0])
    return bool(max(firsts) - min(firsts) > 1e-5)

# %% distance_only: lists of scores by distance
def distance_only(score, N: int) -> bool:
    by_distance = {}
    for m in range(N):
        for n in range(N):
            by_distance.setdefault(m - n, []).append(score(m, n))
    alike = all(abs(s - group[0]) <= 1e-5 for group in by_distance.values() for s in group)
    starts = [group[0] for group in by_distance.values()]
    return bool(alike and max(starts) - min(starts) > 1e-5)

# %% rotate_halves: np.tile
def rotate_halves(X, positions, omega):
    angles = np.tile(np.outer(positions, omega), (1, 2))
    left, right = np.split(X, 2, axis=1)
    turned = np.hstack([-right, left])
    return X * np.cos(angles) + turned * np.sin(angles)

# %% rotate_halves: both halves written out, with angles of width d / 2
def rotate_halves(X, positions, omega):
    angles = np.outer(positions, omega)
    half = X.shape[1] // 2
    a, b = X[:, :half], X[:, half:]
    return np.concatenate(
        [a * np.cos(angles) - b * np.sin(angles), a * np.sin(angles) + b * np.cos(angles)], axis=1
    )

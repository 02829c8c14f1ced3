# %% flops: a loop over the blocks, then the six as two forward and four back
def flops(n_layer: int, n_embd: int, vocab_size: int, tokens: float) -> float:
    weights = n_embd * vocab_size
    for _ in range(n_layer):
        weights += 4 * n_embd * n_embd + 2 * n_embd * (4 * n_embd)
    return 2 * weights * tokens + 4 * weights * tokens


# %% power_law: numpy's least squares with a matrix, in base 2
def power_law(x: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    M = np.column_stack([np.ones(len(x)), -np.log2(x)])
    (height, alpha), *_ = np.linalg.lstsq(M, np.log2(y), rcond=None)
    return float(2**height), float(alpha)


# %% find_floor: own line by covariance, root mean square, argsort
def find_floor(x: np.ndarray, losses: np.ndarray, floors: list[float]) -> float:
    u = np.log(x)
    d = u - u.mean()
    errors = []
    for floor in floors:
        v = np.log(losses - floor)
        slope = (d * v).sum() / (d**2).sum()
        curve = floor + np.exp(v.mean() + slope * d)
        errors.append(float(np.sqrt(np.mean((losses - curve) ** 2))))
    return floors[int(np.argsort(errors)[0])]


# %% predicted: torch tensors and centred logarithms, a tuple from a generator
def predicted(
    x: np.ndarray, losses: np.ndarray, floor: float, at: float, t: float
) -> tuple[float, float, float]:
    u = torch.tensor(np.log(x), dtype=torch.float64)
    y = torch.tensor(np.log(losses - floor), dtype=torch.float64)
    d, new = u - u.mean(), math.log(at) - u.mean()
    slope = (d * y).sum() / d.square().sum()
    r = y - y.mean() - slope * d
    s = (r.square().sum() / (len(u) - 2)).sqrt()
    half = t * s * (1 + 1 / len(u) + new**2 / d.square().sum()).sqrt()
    middle = y.mean() + slope * new
    return tuple(floor + math.exp(middle + sign * half) for sign in (-1, 0, 1))


# %% valley: the derivative's root, by numpy's polynomials, in base 10
def valley(sizes: np.ndarray, losses: np.ndarray) -> float:
    curve = np.polynomial.Polynomial.fit(np.log10(sizes), losses, 2)
    (lowest,) = curve.deriv().roots()
    return 10**lowest


# %% spend: bisects for the place where the slopes are equal, instead of solving
def spend(A: float, alpha: float, B: float, beta: float, flops: float) -> tuple[float, float]:
    low, high = 0.0, math.log(flops / 6)
    for _ in range(300):  # bisect the difference of the slopes, which falls with N
        u = (low + high) / 2
        N, D = math.exp(u), flops / 6 / math.exp(u)
        if alpha * A * N**-alpha > beta * B * D**-beta:
            low = u
        else:
            high = u
    return N, D


# %% descend: stops by the step in alpha, relative to alpha
def descend(x: np.ndarray, y: np.ndarray, enough: float = 5e-4) -> float:
    u, v = np.log(x), np.log(y)
    u, v = u - u.mean(), v - v.mean()
    alpha = 0.0
    while True:
        r = v + alpha * u
        step = 0.1 * np.mean(r * u) / np.mean(u**2)
        alpha -= step
        if abs(step) < enough * abs(alpha):
            return alpha


# %% crossing: the zero of a straight line in the logarithm of the compute
def crossing(
    C_c: float, a: float, D_c: float, b: float, k: float, p: float
) -> tuple[float, float]:
    def gap(c):  # the compute law minus the data law, in logarithms
        return a * (math.log(C_c) - c) - b * (math.log(D_c / k) - p * c)

    at_0, slope = gap(0.0), gap(1.0) - gap(0.0)
    c = -at_0 / slope
    return np.exp(c), (C_c / np.exp(c)) ** a

# Right answers in other styles: they pass, and the lesson runs below each of them.

# %% flops: weights first, by name
def flops(n_layer, n_embd, vocab_size, tokens):
    blocks = n_layer * (4 * n_embd * n_embd + 8 * n_embd * n_embd)
    logits = n_embd * vocab_size
    return 6 * tokens * (blocks + logits)

# %% flops: forward and back apart, floats
def flops(n_layer, n_embd, vocab_size, tokens):
    weights = 12.0 * n_layer * n_embd**2 + vocab_size * n_embd
    forward = 2 * weights * tokens
    return forward + 2 * forward

# %% power_law: by the formulas of a line
def power_law(x, y):
    u, v = np.log(x), np.log(y)
    du = u - u.mean()
    slope = (du * (v - v.mean())).sum() / (du**2).sum()
    return math.exp(v.mean() - slope * u.mean()), -slope

# %% power_law: least squares with a matrix, base 10
def power_law(x, y):
    columns = np.stack([np.ones(len(x)), -np.log10(x)], axis=1)
    answer, *_ = np.linalg.lstsq(columns, np.log10(y), rcond=None)
    return 10 ** answer[0], answer[1]

# %% find_floor: a loop that keeps the best
def find_floor(x, losses, floors):
    best, least = None, math.inf
    for floor in floors:
        A, alpha = power_law(x, losses - floor)
        total = 0.0
        for one, loss in zip(x, losses):
            total += (floor + A / one**alpha - loss) ** 2
        if total < least:
            best, least = floor, total
    return best

# %% find_floor: an argmin over mean squares, polyfit instead of power_law
def find_floor(x, losses, floors):
    misfits = []
    for floor in floors:
        line = np.polyfit(np.log(x), np.log(losses - floor), 1)
        misfits.append(np.mean((np.exp(np.polyval(line, np.log(x))) - (losses - floor)) ** 2))
    return floors[int(np.argmin(misfits))]

# %% predicted: with power_law, and sums written out
def predicted(x, losses, floor, at, t):
    A, alpha = power_law(x, losses - floor)
    r = np.log(losses - floor) - np.log(A * x**-alpha)
    s = math.sqrt((r @ r) / (len(x) - 2))
    du = np.log(x) - np.log(x).mean()
    far = math.log(at) - np.log(x).mean()
    factor = math.exp(t * s * math.sqrt(1 + 1 / len(x) + far**2 / (du @ du)))
    above = A * at**-alpha
    return [floor + above / factor, floor + above, floor + above * factor]

# %% predicted: np.polyval, one array of three
def predicted(x, losses, floor, at, t):
    u, y = np.log(x), np.log(losses - floor)
    line = np.polyfit(u, y, 1)
    s2 = ((y - np.polyval(line, u)) ** 2).sum() / (u.size - 2)
    v2 = s2 * (1 + 1 / u.size + (np.log(at) - u.mean()) ** 2 / (u.size * u.var()))
    ends = np.polyval(line, np.log(at)) + t * np.sqrt(v2) * np.array([-1, 0, 1])
    return tuple(floor + np.exp(ends))

# %% valley: the derivative's root
def valley(sizes, losses):
    curve = np.poly1d(np.polyfit(np.log(sizes), losses, 2))
    return np.exp(curve.deriv().roots[0])

# %% valley: base 10, least squares with a matrix
def valley(sizes, losses):
    u = np.log10(sizes)
    columns = np.stack([u**2, u, u**0], axis=1)
    (a, b, c), *_ = np.linalg.lstsq(columns, losses, rcond=None)
    return 10 ** (-b / (2 * a))

# %% spend: solves for D first
def spend(A, alpha, B, beta, flops):
    product = flops / 6
    D = (beta * B / (alpha * A) * product**alpha) ** (1 / (alpha + beta))
    return product / D, D

# %% spend: Hoffmann's G, a and b
def spend(A, alpha, B, beta, flops):
    a, b = beta / (alpha + beta), alpha / (alpha + beta)
    G = (alpha * A / (beta * B)) ** (1 / (alpha + beta))
    return [G * (flops / 6) ** a, (flops / 6) ** b / G]

# %% descend: asks for a smaller gain
def descend(x, y, enough=1e-9):
    u, v = np.log(x), np.log(y)
    u, v = u - u.mean(), v - v.mean()
    alpha, before = 0.0, np.inf
    while True:
        r = v + alpha * u
        loss = np.mean(r**2)
        if before - loss < enough:
            return alpha
        before = loss
        alpha -= 0.1 * np.mean(r * u) / np.mean(u**2)

# %% descend: a fixed number of steps
def descend(x, y, enough=5e-4):
    u, v = np.log(x), np.log(y)
    u, v = u - u.mean(), v - v.mean()
    alpha = 0.0
    for _ in range(200):
        alpha -= 0.1 * np.mean((v + alpha * u) * u) / np.mean(u**2)
    return alpha

# %% crossing: powers instead of logarithms
def crossing(C_c, a, D_c, b, k, p):
    C = ((D_c / k) ** b / C_c**a) ** (1 / (b * p - a))
    return C, (C_c / C) ** a

# %% crossing: base 10, the loss from the data
def crossing(C_c, a, D_c, b, k, p):
    left = a * np.log10(C_c) - b * np.log10(D_c) + b * np.log10(k)
    C = 10 ** (left / (a - b * p))
    return [C, (D_c / (k * C**p)) ** b]

# Wrong answers to the exercises of scaling-laws: the exercise, then the true cause.

# %% flops: raises "TypeError: 'int' object is not callable"
# -> raised
def flops(n_layer, n_embd, vocab_size, tokens):
    return 6 * (12 * n_layer(n_embd**2) + vocab_size * n_embd) * tokens

# %% flops: the forward pass alone
# -> _forward_only
def flops(n_layer, n_embd, vocab_size, tokens):
    N = 12 * n_layer * n_embd**2 + vocab_size * n_embd
    return 2 * N * tokens

# %% flops: the width is not squared
# -> _width_not_squared
def flops(n_layer, n_embd, vocab_size, tokens):
    return 6 * (12 * n_layer * n_embd + vocab_size * n_embd) * tokens

# %% flops: the table of embeddings as well
# -> _both_tables
def flops(n_layer, n_embd, vocab_size, tokens):
    return 6 * tokens * (12 * n_layer * n_embd**2 + vocab_size * n_embd * 2)

# %% flops: the last matrix in every block
# -> _logits_in_each_block
def flops(n_layer, n_embd, vocab_size, tokens):
    per_layer = 12 * n_embd**2 + vocab_size * n_embd
    return 6 * n_layer * per_layer * tokens

# %% flops: the vocabulary squared
# -> located
def flops(n_layer, n_embd, vocab_size, tokens):
    return 6 * (12 * n_layer * n_embd**2 + vocab_size**2) * tokens

# %% flops: one layer, whatever is asked
# -> located
def flops(n_layer, n_embd, vocab_size, tokens):
    return 6 * (12 * n_embd**2 + vocab_size * n_embd) * tokens

# %% power_law: raises "TypeError: only"
# -> raised
def power_law(x, y):
    slope, height = np.polyfit(math.log(x), math.log(y), 1)
    return np.exp(height), -slope

# %% power_law: alpha is the slope itself
# -> _sign
def power_law(x, y):
    alpha, lnA = np.polyfit(np.log(x), np.log(y), 1)
    return np.exp(lnA), alpha

# %% power_law: base 10 out, base e back
# -> _two_bases
def power_law(x, y):
    p = np.polyfit(np.log10(x), np.log10(y), 1)
    return np.exp(p[1]), -p[0]

# %% power_law: first and last point
# -> _ends_only
def power_law(x, y):
    alpha = (np.log(y[0]) - np.log(y[-1])) / (np.log(x[-1]) - np.log(x[0]))
    return y[0] * x[0] ** alpha, alpha

# %% power_law: a line in y
# -> _no_logs
def power_law(x, y):
    slope, A = np.polyfit(x, y, 1)
    return A, -slope

# %% power_law: exponential
# -> _only_log_y
def power_law(x, y):
    slope, height = np.polyfit(x, np.log(y), 1)
    return np.exp(height), -slope

# %% power_law: A from the first point and the fitted slope
# -> wrong value
def power_law(x, y):
    slope, _ = np.polyfit(np.log(x), np.log(y), 1)
    return y[0] * x[0] ** -slope, -slope

# %% find_floor: raises "RuntimeWarning: invalid value encountered in log"
# -> _first
def find_floor(x, losses, floors):
    def misfit(floor):
        A, alpha = power_law(x, floor - losses)
        return np.sum((floor + A * x**-alpha - losses) ** 2)
    return min(floors, key=misfit)

# %% find_floor: residuals in logarithms
# -> _in_logs
def find_floor(x, losses, floors):
    best = None
    for floor in floors:
        A, alpha = power_law(x, losses - floor)
        r = np.sum((np.log(losses - floor) - np.log(A) + alpha * np.log(x)) ** 2)
        if best is None or r < best[0]:
            best = (r, floor)
    return best[1]

# %% find_floor: absolute distances
# -> _absolute
def find_floor(x, losses, floors):
    def misfit(floor):
        A, alpha = power_law(x, losses - floor)
        return np.abs(floor + A * x**-alpha - losses).sum()
    return min(floors, key=misfit)

# %% find_floor: signed distances cancel
# -> _cancels
def find_floor(x, losses, floors):
    def misfit(floor):
        A, alpha = power_law(x, losses - floor)
        return abs(np.sum(floor + A * x**-alpha - losses))
    return min(floors, key=misfit)

# %% find_floor: the index
# -> _place
def find_floor(x, losses, floors):
    sums = []
    for floor in floors:
        A, alpha = power_law(x, losses - floor)
        sums.append(np.sum((floor + A * x**-alpha - losses) ** 2))
    return np.argmin(sums)

# %% find_floor: the floor is not added back
# -> _not_added_back
def find_floor(x, losses, floors):
    def misfit(floor):
        A, alpha = power_law(x, losses - floor)
        return np.sum((A * x**-alpha - losses) ** 2)
    return min(floors, key=misfit)

# %% find_floor: relative distances
# -> _in_logs
def find_floor(x, losses, floors):
    def misfit(floor):
        A, alpha = power_law(x, losses - floor)
        return np.sum((A * x**-alpha / (losses - floor) - 1) ** 2)
    return min(floors, key=misfit)

# %% predicted: raises "TypeError: only"
# -> raised
def predicted(x, losses, floor, at, t):
    u, y = np.log(x), np.log(losses - floor)
    slope, height = np.polyfit(u, y, 1)
    s = math.sqrt(sum((y - slope * u - height) ** 2) / (len(x) - 2))
    half = t * s * math.sqrt(1 + 1 / len(x) + (math.log(at) - u) ** 2 / sum((u - u.mean()) ** 2))
    middle = slope * math.log(at) + height
    return floor + math.exp(middle - half), floor + math.exp(middle), floor + math.exp(middle + half)

# %% predicted: raises "RuntimeWarning: invalid value encountered in log"
# -> not finite
def predicted(x, losses, floor, at, t):
    u, y = np.log(x), np.log(floor - losses)
    slope, height = np.polyfit(u, y, 1)
    middle = slope * np.log(at) + height
    return floor + np.exp(middle), floor + np.exp(middle), floor + np.exp(middle)

# %% predicted: the interval of the line
# -> _of_the_line
def predicted(x, losses, floor, at, t):
    u, y, v = np.log(x), np.log(losses - floor), np.log(at)
    slope, height = np.polyfit(u, y, 1)
    s = np.sqrt(np.sum((y - slope * u - height) ** 2) / (len(u) - 2))
    half = t * s * np.sqrt(1 / len(u) + (v - u.mean()) ** 2 / np.sum((u - u.mean()) ** 2))
    middle = slope * v + height
    return floor + np.exp(middle - half), floor + np.exp(middle), floor + np.exp(middle + half)

# %% predicted: np.std divides by n
# -> _divided_by_n
def predicted(x, losses, floor, at, t):
    u, y, v = np.log(x), np.log(losses - floor), np.log(at)
    slope, height = np.polyfit(u, y, 1)
    s = np.std(y - slope * u - height)
    half = t * s * np.sqrt(1 + 1 / len(u) + (v - u.mean()) ** 2 / np.sum((u - u.mean()) ** 2))
    middle = slope * v + height
    return floor + np.exp(middle - half), floor + np.exp(middle), floor + np.exp(middle + half)

# %% predicted: no floor in the fit
# -> _no_floor
def predicted(x, losses, floor, at, t):
    u, y, v = np.log(x), np.log(losses), np.log(at)
    slope, height = np.polyfit(u, y, 1)
    s = np.sqrt(np.sum((y - slope * u - height) ** 2) / (len(u) - 2))
    half = t * s * np.sqrt(1 + 1 / len(u) + (v - u.mean()) ** 2 / np.sum((u - u.mean()) ** 2))
    middle = slope * v + height
    return np.exp(middle - half), np.exp(middle), np.exp(middle + half)

# %% predicted: the floor is not added back
# -> _floor_lost
def predicted(x, losses, floor, at, t):
    u, y, v = np.log(x), np.log(losses - floor), np.log(at)
    slope, height = np.polyfit(u, y, 1)
    s = np.sqrt(np.sum((y - slope * u - height) ** 2) / (len(u) - 2))
    half = t * s * np.sqrt(1 + 1 / len(u) + (v - u.mean()) ** 2 / np.sum((u - u.mean()) ** 2))
    middle = slope * v + height
    return np.exp(middle - half), np.exp(middle), np.exp(middle + half)

# %% predicted: half the width in nats
# -> _half_in_nats
def predicted(x, losses, floor, at, t):
    u, y, v = np.log(x), np.log(losses - floor), np.log(at)
    slope, height = np.polyfit(u, y, 1)
    s = np.sqrt(np.sum((y - slope * u - height) ** 2) / (len(u) - 2))
    half = t * s * np.sqrt(1 + 1 / len(u) + (v - u.mean()) ** 2 / np.sum((u - u.mean()) ** 2))
    middle = floor + np.exp(slope * v + height)
    return middle - half, middle, middle + half

# %% predicted: at without its logarithm
# -> _at_not_logged
def predicted(x, losses, floor, at, t):
    u, y, v = np.log(x), np.log(losses - floor), at
    slope, height = np.polyfit(u, y, 1)
    s = np.sqrt(np.sum((y - slope * u - height) ** 2) / (len(u) - 2))
    half = t * s * np.sqrt(1 + 1 / len(u) + (v - u.mean()) ** 2 / np.sum((u - u.mean()) ** 2))
    middle = slope * v + height
    return floor + np.exp(middle - half), floor + np.exp(middle), floor + np.exp(middle + half)

# %% valley: raises "ValueError: too many values to unpack"
# -> raised
def valley(sizes, losses):
    a, b = np.polyfit(np.log(sizes), losses, 2)
    return np.exp(-b / (2 * a))

# %% valley: the best of those trained
# -> _best_trained
def valley(sizes, losses):
    return sizes[losses.argmin()]

# %% valley: no logarithm
# -> _no_log
def valley(sizes, losses):
    a, b, c = np.polyfit(sizes, losses, 2)
    return -b / (2 * a)

# %% valley: the logarithm of the size
# -> _still_log
def valley(sizes, losses):
    a, b, c = np.polyfit(np.log(sizes), losses, 2)
    return -b / (2 * a)

# %% valley: divided, then multiplied
# -> _parentheses
def valley(sizes, losses):
    a, b, c = np.polyfit(np.log(sizes), losses, 2)
    return np.exp(-b / 2 * a)

# %% valley: a fine grid between the ends, which clips
# -> wrong value
def valley(sizes, losses):
    u = np.linspace(np.log(sizes.min()), np.log(sizes.max()), 50)
    return np.exp(u[np.argmin(np.polyval(np.polyfit(np.log(sizes), losses, 2), u))])

# %% spend: raises "TypeError: 'float' object is not callable"
# -> raised
def spend(A, alpha, B, beta, flops):
    N = (alpha * A / beta(B) * (flops / 6) ** beta) ** (1 / (alpha + beta))
    return N, flops / (6 * N)

# %% spend: raises "OverflowError: (34, 'Numerical result out of range')"
# -> raised
def spend(A, alpha, B, beta, flops):
    N = (float(flops) / 6) ** (beta * 100) * alpha * A / (beta * B)
    return N, flops / (6 * N)

# %% spend: equal terms
# -> _equal_terms
def spend(A, alpha, B, beta, flops):
    N = (A / B * (flops / 6) ** beta) ** (1 / (alpha + beta))
    return N, flops / (6 * N)

# %% spend: no six
# -> _no_six
def spend(A, alpha, B, beta, flops):
    N = (alpha * A / (beta * B) * flops**beta) ** (1 / (alpha + beta))
    return N, flops / N

# %% spend: both get the root
# -> _equal_parts
def spend(A, alpha, B, beta, flops):
    N = D = (flops / 6) ** 0.5
    return N, D

# %% spend: Chinchilla's rule of thumb, 20 tokens for each parameter
# -> wrong value
def spend(A, alpha, B, beta, flops):
    N = (flops / 120) ** 0.5
    return N, 20 * N

# %% spend: the exponent of the other term
# -> _other_exponent
def spend(A, alpha, B, beta, flops):
    N = (alpha * A / (beta * B) * (flops / 6) ** alpha) ** (1 / (alpha + beta))
    return N, flops / (6 * N)

# %% descend: raises "RuntimeWarning: overflow encountered"
# -> wrong value
def descend(x, y, enough=5e-4):
    u, v = np.log(x), np.log(y)
    u, v = u - u.mean(), v - v.mean()
    alpha = 0.0
    for _ in range(1000):
        r = v + alpha * u
        alpha -= 0.1 * np.sum(r * u) / np.mean(u**2)
    return alpha

# %% descend: shorter steps
# -> _shorter_steps
def descend(x, y, enough=5e-4):
    u, v = np.log(x), np.log(y)
    u, v = u - u.mean(), v - v.mean()
    alpha, before = 0.0, np.inf
    while True:
        r = v + alpha * u
        loss = np.mean(r**2)
        if before - loss < enough:
            return alpha
        before = loss
        alpha -= 0.01 * np.mean(r * u) / np.mean(u**2)

# %% descend: sums in both places
# -> _sum_in_the_step
def descend(x, y, enough=5e-4):
    u, v = np.log(x), np.log(y)
    u, v = u - u.mean(), v - v.mean()
    alpha, before = 0.0, np.inf
    while True:
        r = v + alpha * u
        loss = np.sum(r**2)
        if before - loss < enough:
            return alpha
        before = loss
        alpha -= 0.1 * np.sum(r * u) / np.mean(u**2)

# %% descend: returns A as well
# -> wrong value
def descend(x, y, enough=5e-4):
    return power_law(x, y)

# %% crossing: raises "OverflowError: math range error"
# -> raised
def crossing(C_c, a, D_c, b, k, p):
    C = math.exp((b * math.log(D_c / k) + a * math.log(C_c)) * 1000)
    return C, (C_c / C) ** a

# %% crossing: tokens grow as the compute itself
# -> _no_growth_exponent
def crossing(C_c, a, D_c, b, k, p):
    C = math.exp((b * math.log(D_c / k) - a * math.log(C_c)) / (b - a))
    return C, (C_c / C) ** a

# %% crossing: no k
# -> _no_factor
def crossing(C_c, a, D_c, b, k, p):
    C = math.exp((b * math.log(D_c) - a * math.log(C_c)) / (b * p - a))
    return C, (C_c / C) ** a

# %% crossing: a loss that grows
# -> _rising
def crossing(C_c, a, D_c, b, k, p):
    C = math.exp((b * math.log(D_c / k) - a * math.log(C_c)) / (b * p - a))
    return C, (C / C_c) ** a

# %% crossing: k is raised to p as well
# -> wrong value
def crossing(C_c, a, D_c, b, k, p):
    C = math.exp((b * math.log(D_c) - b * p * math.log(k) - a * math.log(C_c)) / (b * p - a))
    return C, (C_c / C) ** a

# %% flops: puts the last matrix into every block
# -> _logits_in_each_block
def flops(n_layer: int, n_embd: int, vocab_size: int, tokens: float) -> float:
    weights = n_layer * (12 * n_embd**2 + vocab_size * n_embd)
    return 6 * weights * tokens

# %% flops: the bracket is missing, so that the last matrix costs one operation in all
# -> _no_parentheses
def flops(n_layer: int, n_embd: int, vocab_size: int, tokens: float) -> float:
    return 6 * tokens * 12 * n_layer * n_embd**2 + vocab_size * n_embd

# %% flops: bills the embeddings too, as if looking up were a second product with a matrix
# -> _both_tables
def flops(n_layer: int, n_embd: int, vocab_size: int, tokens: float) -> float:
    N = 12 * n_layer * n_embd**2
    N += vocab_size * n_embd  # embedding
    N += n_embd * vocab_size  # logits
    return 6 * N * tokens

# %% power_law: the slope is returned with its sign, so that alpha is negative where y falls
# -> _sign
def power_law(x: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    slope, height = np.polyfit(np.log(x), np.log(y), 1)
    return math.exp(height), slope

# %% power_law: logarithms to base 10, undone with exp
# -> _two_bases
def power_law(x: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    u = np.log10(x)
    v = np.log10(y)
    slope = np.sum((u - u.mean()) * (v - v.mean())) / np.sum((u - u.mean()) ** 2)
    height = v.mean() - slope * u.mean()
    return np.exp(height), -slope

# %% power_law: draws the line through the first and the last point only
# -> _ends_only
def power_law(x: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    alpha = -(np.log(y[-1]) - np.log(y[0])) / (np.log(x[-1]) - np.log(x[0]))
    A = y[0] * x[0] ** alpha
    return A, alpha

# %% find_floor: compares in logarithms instead of in nats
# -> _in_logs
def find_floor(x: np.ndarray, losses: np.ndarray, floors: list[float]) -> float:
    best, least = None, float("inf")
    for floor in floors:
        A, alpha = power_law(x, losses - floor)
        error = np.sum((np.log(losses - floor) - np.log(A * x**-alpha)) ** 2)
        if error < least:
            best, least = floor, error
    return best

# %% find_floor: gives the place in the list instead of the candidate
# -> _place
def find_floor(x: np.ndarray, losses: np.ndarray, floors: list[float]) -> float:
    misfits = []
    for f in floors:
        A, alpha = power_law(x, losses - f)
        misfits.append(((f + A * x**-alpha - losses) ** 2).sum())
    return np.argmin(misfits)

# %% find_floor: distances are added up without a square, so that those to both sides cancel
# -> _cancels
def find_floor(x: np.ndarray, losses: np.ndarray, floors: list[float]) -> float:
    def misfit(floor):
        A, alpha = power_law(x, losses - floor)
        return abs(np.sum(floor + A * x**-alpha - losses))

    return min(floors, key=misfit)

# %% predicted: the distances are taken in x, the logarithm forgotten under the root
# -> _far_in_x
def predicted(
    x: np.ndarray, losses: np.ndarray, floor: float, at: float, t: float
) -> tuple[float, float, float]:
    n = len(x)
    u = np.log(x)
    y = np.log(losses - floor)
    slope, height = np.polyfit(u, y, 1)
    r = y - (slope * u + height)
    s = np.sqrt(np.sum(r**2) / (n - 2))
    half = t * s * np.sqrt(1 + 1 / n + (at - x.mean()) ** 2 / np.sum((x - x.mean()) ** 2))
    middle = slope * np.log(at) + height
    return floor + np.exp(middle - half), floor + np.exp(middle), floor + np.exp(middle + half)

# %% predicted: half the interval, which is in logarithms, is added to the loss in nats
# -> _half_in_nats
def predicted(
    x: np.ndarray, losses: np.ndarray, floor: float, at: float, t: float
) -> tuple[float, float, float]:
    u, y = np.log(x), np.log(losses - floor)
    A, alpha = power_law(x, losses - floor)
    r = y - np.log(A * x**-alpha)
    s = np.sqrt((r**2).sum() / (len(x) - 2))
    half = t * s * np.sqrt(1 + 1 / len(x) + (np.log(at) - u.mean()) ** 2
                           / ((u - u.mean()) ** 2).sum())
    middle = floor + A * at**-alpha
    return middle - half, middle, middle + half

# %% predicted: the spread by np.std, which divides by n and not by n - 2
# -> _divided_by_n
def predicted(
    x: np.ndarray, losses: np.ndarray, floor: float, at: float, t: float
) -> tuple[float, float, float]:
    u, y = np.log(x), np.log(losses - floor)
    line = np.poly1d(np.polyfit(u, y, 1))
    s = np.std(y - line(u))
    half = t * s * np.sqrt(1 + 1 / len(u) + (np.log(at) - u.mean()) ** 2
                           / np.sum((u - u.mean()) ** 2))
    middle = line(np.log(at))
    low, middle, high = floor + np.exp([middle - half, middle, middle + half])
    return low, middle, high

# %% predicted: the sum of squares under the root is a mean (np.var)
# -> _mean_for_sum
def predicted(
    x: np.ndarray, losses: np.ndarray, floor: float, at: float, t: float
) -> tuple[float, float, float]:
    u, y = np.log(x), np.log(losses - floor)
    slope, height = np.polyfit(u, y, 1)
    s = math.sqrt(np.sum((y - slope * u - height) ** 2) / (len(u) - 2))
    half = t * s * math.sqrt(1 + 1 / len(u) + (math.log(at) - u.mean()) ** 2 / np.var(u))
    m = slope * math.log(at) + height
    return (floor + math.exp(m - half), floor + math.exp(m), floor + math.exp(m + half))

# %% valley: returns the best of the sizes that were trained
# -> _best_trained
def valley(sizes: np.ndarray, losses: np.ndarray) -> float:
    a, b, c = np.polyfit(np.log(sizes), losses, 2)
    fitted = a * np.log(sizes) ** 2 + b * np.log(sizes) + c
    return sizes[np.argmin(fitted)]

# %% valley: the logarithm of the losses is taken as well
# -> _log_of_losses
def valley(sizes: np.ndarray, losses: np.ndarray) -> float:
    a, b, c = np.polyfit(np.log(sizes), np.log(losses), 2)
    return np.exp(-b / (2 * a))

# %% spend: takes the root of the budget, but not of the factor before it
# -> _root_of_budget_only
def spend(A: float, alpha: float, B: float, beta: float, flops: float) -> tuple[float, float]:
    G = alpha * A / (beta * B)
    N = G * (flops / 6) ** (beta / (alpha + beta))
    D = flops / (6 * N)
    return N, D

# %% spend: makes the two terms equal and not their slopes
# -> _equal_terms
def spend(A: float, alpha: float, B: float, beta: float, flops: float) -> tuple[float, float]:
    log_N = (np.log(A) - np.log(B) + beta * np.log(flops / 6)) / (alpha + beta)
    N = np.exp(log_N)
    return N, flops / 6 / N

# %% descend: takes longer steps instead of asking for less gain
# -> _longer_steps
def descend(x: np.ndarray, y: np.ndarray, enough: float = 5e-4) -> float:
    u, v = np.log(x), np.log(y)
    u, v = u - u.mean(), v - v.mean()
    alpha, before = 0.0, np.inf
    while True:
        r = v + alpha * u  # distances to the line
        loss = np.mean(r**2)
        if before - loss < enough:
            return alpha
        before = loss
        alpha -= 0.2 * np.mean(r * u) / np.mean(u**2)

# %% crossing: puts the compute, and not the tokens, into the law of data
# -> _compute_for_tokens
def crossing(
    C_c: float, a: float, D_c: float, b: float, k: float, p: float
) -> tuple[float, float]:
    C = math.exp((b * math.log(D_c / k) - a * math.log(C_c)) / (b * p - a))
    return C, (D_c / C) ** b

# %% crossing: k is divided where it should multiply, D = C**p / k
# -> _times_k
def crossing(
    C_c: float, a: float, D_c: float, b: float, k: float, p: float
) -> tuple[float, float]:
    C = (C_c**a / (D_c * k) ** b) ** (1 / (a - b * p))
    return C, (C_c / C) ** a

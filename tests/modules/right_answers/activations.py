# %% excess_loss: log of the sum of exponentials, minus the right logit
def excess_loss(logits: torch.Tensor, targets: torch.Tensor) -> float:
    B, V = logits.shape
    right = logits.gather(1, targets.view(B, 1)).squeeze(1)
    return (torch.logsumexp(logits, dim=1) - right).mean().item() - math.log(V)


# %% excess_loss: the mean of how much each example costs above a blind guess, in a loop
def excess_loss(logits: torch.Tensor, targets: torch.Tensor) -> float:
    log_p = torch.log_softmax(logits, dim=-1)
    blind = torch.full_like(log_p, 1 / log_p.shape[1]).log()
    gaps = [blind[i, t].item() - log_p[i, t].item() for i, t in enumerate(targets.tolist())]
    return sum(gaps) / len(gaps)


# %% saturated: the smallest size in each column tells whether all are beyond
def saturated(h: torch.Tensor, limit: float) -> tuple[float, float]:
    size = h.abs()
    beyond = torch.count_nonzero(size > limit).item()
    units = torch.count_nonzero(size.amin(dim=0) > limit).item()
    return beyond / h.numel(), units / h.shape[1]


# %% saturated: NumPy, both sides joined with or
def saturated(h: torch.Tensor, limit: float) -> tuple[float, float]:
    a = h.detach().numpy()
    asleep = (a > limit) | (a < -limit)
    return float(np.mean(asleep)), float(np.mean(np.all(asleep, axis=0)))


# %% weight_scale: the length of the sample as a vector
def weight_scale(f, z: torch.Tensor, fan_in: int) -> float:
    return math.sqrt(len(z) / fan_in) / torch.linalg.vector_norm(f(z)).item()


# %% weight_scale: variance plus squared mean, which is the mean square
def weight_scale(f, z: torch.Tensor, fan_in: int) -> float:
    x = f(z).double()
    mean_square = x.var(unbiased=False) + x.mean() ** 2
    return torch.rsqrt(fan_in * mean_square).item()


# %% batch_norm: torch's own function on clones of the running statistics
def batch_norm(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    mean, var = (part.clone() for part in running)
    out = F.batch_norm(z, mean, var, gamma, beta, training, momentum, eps)
    return out, (mean, var)


# %% batch_norm: two early returns, variance by hand
def batch_norm(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    def place(mean, var):
        scale = gamma * (var + eps) ** -0.5
        return z * scale + (beta - mean * scale)

    if not training:
        return place(*running), running
    B = len(z)
    mean = z.sum(dim=0) / B
    squares = ((z - mean) ** 2).sum(dim=0)
    new = (
        running[0] + momentum * (mean - running[0]),
        running[1] + momentum * (squares / (B - 1) - running[1]),
    )
    return place(mean, squares / B), new


# %% company: several neighbours, whole numbers
company = [5, 1, 2], [5, 8, 9]

# %% company: below and above zero, as a list of lists
company = [[0.0, -4.0, -5.0, -6.0], [0.0, 4.0, 5.0, 6.0]]

# %% folded: a product with a diagonal matrix
def folded(W, b, gamma, beta, mean, var, eps):
    D = torch.diag(gamma * torch.rsqrt(var + eps))
    return W @ D, (b - mean) @ D + beta


# %% folded: asks both layers what they make of the origin and the unit vectors
def folded(W, b, gamma, beta, mean, var, eps):
    def both(x):
        return gamma * (x @ W + b - mean) / torch.sqrt(var + eps) + beta

    origin = both(torch.zeros(W.shape[0], dtype=W.dtype))
    units = both(torch.eye(W.shape[0], dtype=W.dtype))
    return units - origin, origin


# %% update_ratio: sums and differences of logarithms
def update_ratio(W: torch.Tensor, gradient: torch.Tensor, rate: float) -> float:
    log = lambda x: math.log10(float(x))
    return log(rate) + log(gradient.std()) - log(W.std())


# %% update_ratio: NumPy's deviations, whose n instead of n - 1 cancels
def update_ratio(W: torch.Tensor, gradient: torch.Tensor, rate: float) -> float:
    moved = -rate * gradient.detach().numpy()
    return float(np.log10(np.std(moved) / np.std(W.detach().numpy())))


# %% diagnosis: one text, split
diagnosis = "linear dead large batch small rate".split()

# %% diagnosis: looked up by letter
diagnosis = [
    {"A": "linear", "C": "large", "E": "small", "B": "dead", "F": "rate", "D": "batch"}[letter]
    for letter in "ABCDEF"
]

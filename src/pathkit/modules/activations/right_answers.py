# Right answers to the exercises of `activations` in other styles; the lesson runs below each.

# %% excess_loss: log-softmax and a look-up
def excess_loss(logits, targets):
    picked = F.log_softmax(logits, dim=1)[torch.arange(len(targets)), targets]
    return -picked.mean() - math.log(logits.shape[1])


# %% excess_loss: logsumexp, against a blind guess that is computed
def excess_loss(logits: torch.Tensor, targets: torch.Tensor) -> float:
    B, V = logits.shape
    loss = (logits.logsumexp(1) - logits.gather(1, targets[:, None]).squeeze(1)).sum() / B
    blind = F.cross_entropy(torch.zeros(1, V), torch.tensor([0]))
    return float(loss - blind)


# %% saturated: in NumPy
def saturated(h, limit):
    asleep = np.abs(h.numpy()) > limit
    return np.mean(asleep), np.mean(np.all(asleep, axis=0))


# %% saturated: counted, as tensors; the least awake output of each unit
def saturated(h, limit):
    B, n = h.shape
    beyond = (h > limit) | (h < -limit)
    return [beyond.sum() / (B * n), (h.abs().min(dim=0).values > limit).sum() / n]


# %% weight_scale: sample variance and mean, as NumPy's number
def weight_scale(f, z, fan_in):
    inputs = f(z).double()
    return np.sqrt(1 / (fan_in * (inputs.var(unbiased=False) + inputs.mean() ** 2).item()))


# %% weight_scale: a dot product, as a tensor
def weight_scale(f, z: torch.Tensor, fan_in: int) -> float:
    x = f(z)
    return (fan_in * (x @ x) / x.numel()) ** -0.5


# %% batch_norm: lerp, rsqrt and a list
def batch_norm(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    if not training:
        return (z - running[0]) * torch.rsqrt(running[1] + eps) * gamma + beta, running
    mean = z.mean(dim=0)
    centred = z - mean
    var = centred.pow(2).mean(dim=0)
    kept = [torch.lerp(running[0], mean.detach(), momentum),
            torch.lerp(running[1], z.detach().var(dim=0), momentum)]
    return centred * torch.rsqrt(var + eps) * gamma + beta, kept


# %% batch_norm: the function of torch, on copies of the running pair
def batch_norm(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    mean, var = running[0].clone(), running[1].clone()
    out = F.batch_norm(z, mean, var, gamma, beta, training, momentum, eps)
    return out, (mean, var)


# %% company: the large company first
company = [2.0, 4.0, 5.0], [2.0, 1.0]


# %% company: tensors
company = (torch.tensor([0.0, -1.0]), torch.tensor([0.0, 1.0]))


# %% folded: a diagonal matrix
def folded(W, b, gamma, beta, mean, var, eps):
    scale = gamma * (var + eps) ** -0.5
    return W @ torch.diag(scale), beta + scale * b - scale * mean


# %% folded: unit by unit
def folded(W, b, gamma, beta, mean, var, eps):
    W, b = W.clone(), b.clone()
    for j in range(len(b)):
        factor = gamma[j] / math.sqrt(var[j] + eps)
        W[:, j] *= factor
        b[j] = (b[j] - mean[j]) * factor + beta[j]
    return [W, b]


# %% update_ratio: a difference of logarithms, as a tensor
def update_ratio(W, gradient, rate):
    return torch.log10(gradient.std()) + math.log10(rate) - torch.log10(W.std())


# %% update_ratio: in NumPy, with N where torch has N - 1
def update_ratio(W: torch.Tensor, gradient: torch.Tensor, rate: float) -> float:
    return np.log10(np.std(rate * gradient.numpy()) / np.std(W.numpy()))


# %% diagnosis: a tuple
diagnosis = ("linear", "dead", "large", "batch", "small", "rate")


# %% diagnosis: split from a text
diagnosis = "linear dead large batch small rate".split()

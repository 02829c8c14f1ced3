# Wrong answers to the exercises of `activations`, each with its true cause; all must be refused.

# %% excess_loss: the difference turned round
# -> _turned_round
def excess_loss(logits, targets):
    return math.log(logits.shape[1]) - F.cross_entropy(logits, targets)


# %% excess_loss: a small number inside the log
# -> _epsilon
def excess_loss(logits, targets):
    p = torch.softmax(logits, 1)
    return -torch.log(p[range(len(targets)), targets] + 1e-8).mean() - math.log(p.shape[1])


# %% excess_loss: a product of all probabilities underflows
# -> _log_of_a_product
def excess_loss(logits, targets):
    p = logits.softmax(1)[range(len(targets)), targets]
    return -p.prod().log() / len(targets) - math.log(logits.shape[1])


# %% excess_loss: exponentials overflow
# -> _overflowing_sum
def excess_loss(logits, targets):
    sums = torch.log(torch.exp(logits).sum(dim=1))
    return (sums - logits[range(len(targets)), targets]).mean() - math.log(logits.shape[1])


# %% excess_loss: probabilities given to cross_entropy
# -> _softmax_twice
def excess_loss(logits, targets):
    return F.cross_entropy(F.softmax(logits, dim=1), targets) - math.log(logits.shape[1])


# %% excess_loss: a tensor with an axis, which can't be printed as a number
# -> wrong type
def excess_loss(logits, targets):
    return F.cross_entropy(logits, targets).reshape(1) - math.log(logits.shape[1])


# %% excess_loss: raises "NotImplementedError"
# -> raised
def excess_loss(logits, targets):
    return F.cross_entropy(targets, logits) - math.log(logits.shape[1])


# %% excess_loss: raises "TypeError: log(): argument 'input'"
# -> raised
def excess_loss(logits, targets):
    return F.cross_entropy(logits, targets) - torch.log(logits.shape[1])


# %% saturated: at the limit counts
# -> _at_the_limit
def saturated(h, limit):
    asleep = h.abs() >= limit
    return asleep.float().mean().item(), asleep.all(0).float().mean().item()


# %% saturated: 99 % of the examples are enough
# -> wrong value
def saturated(h, limit):
    asleep = (h.abs() > limit).float()
    return asleep.mean().item(), (asleep.mean(0) > 0.99).float().mean().item()


# %% saturated: the mean size of a unit
# -> _mean_size
def saturated(h, limit):
    size = h.abs()
    return (size > limit).float().mean().item(), (size.mean(0) > limit).float().mean().item()


# %% saturated: without abs for the units
# -> _second_only_positive
def saturated(h, limit):
    return (h.abs() > limit).float().mean().item(), (h > limit).all(0).float().mean().item()


# %% saturated: rows taken for units
# -> _examples_not_units
def saturated(h, limit):
    asleep = h.abs() > limit
    return asleep.float().mean().item(), asleep.all(1).float().mean().item()


# %% saturated: raises "RuntimeError: mean(): could not infer output dtype"
# -> raised
def saturated(h, limit):
    asleep = h.abs() > limit
    return asleep.mean().item(), asleep.all(0).mean().item()


# %% weight_scale: standard deviation of the inputs
# -> _variance_of_inputs
def weight_scale(f, z, fan_in):
    return 1 / (f(z).std().item() * math.sqrt(fan_in))


# %% weight_scale: variance of the inputs, divided by their number
# -> _variance
def weight_scale(f, z, fan_in):
    return (fan_in * np.var(f(z).numpy())) ** -0.5


# %% weight_scale: z for f(z)
# -> _of_z
def weight_scale(f, z, fan_in):
    return 1 / math.sqrt(fan_in * (z**2).mean())


# %% weight_scale: squares added up
# -> _sum_of_squares
def weight_scale(f, z, fan_in):
    return 1 / math.sqrt(fan_in * (f(z) ** 2).sum())


# %% weight_scale: fan_in above the line
# -> _grows_with_inputs
def weight_scale(f, z, fan_in):
    return math.sqrt(fan_in / (f(z) ** 2).mean())


# %% weight_scale: raises "ValueError: only one element tensors can be converted to Python scalars"
# -> raised
def weight_scale(f, z, fan_in):
    return 1 / math.sqrt(fan_in * f(z) ** 2)


# %% batch_norm: all is detached
# -> wrong value
def batch_norm(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    z = z.detach()
    mean, var = (z.mean(0), z.var(0, unbiased=False)) if training else running
    out = gamma * (z - mean) / torch.sqrt(var + eps) + beta
    if training:
        running = [(1 - momentum) * old + momentum * new
                   for old, new in zip(running, (mean, z.var(0)))]
    return out, running


# %% batch_norm: mean and variance are cut off
# -> _statistics_cut_off
def batch_norm(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    if training:
        with torch.no_grad():
            mean, var = z.mean(0), z.var(0, unbiased=False)
            running = ((1 - momentum) * running[0] + momentum * mean,
                       (1 - momentum) * running[1] + momentum * z.var(0))
    else:
        mean, var = running
    return gamma * (z - mean) / torch.sqrt(var + eps) + beta, running


# %% batch_norm: only the variance is cut off
# -> _statistics_cut_off
def batch_norm(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    mean, var = running
    if training:
        mean, var = z.mean(0), z.var(0, unbiased=False).detach()
        running = ((1 - momentum) * running[0] + momentum * mean,
                   (1 - momentum) * running[1] + momentum * z.var(0))
    return gamma * (z - mean) / torch.sqrt(var + eps) + beta, running


# %% batch_norm: beta left out
# -> _without_beta
def batch_norm(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    mean, var = running
    if training:
        mean, var = z.mean(0), z.var(0, unbiased=False)
        running = ((1 - momentum) * running[0] + momentum * mean,
                   (1 - momentum) * running[1] + momentum * z.var(0))
    return gamma * (z - mean) / torch.sqrt(var + eps), running


# %% batch_norm: the running pair is changed in place
# -> changed its input
def batch_norm(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    mean, var = running
    if training:
        mean, var = z.mean(0), z.var(0, unbiased=False)
        running[0].mul_(1 - momentum).add_(momentum * mean)
        running[1].mul_(1 - momentum).add_(momentum * z.var(0))
    return gamma * (z - mean) / torch.sqrt(var + eps) + beta, running


# %% batch_norm: old running statistics forgotten
# -> _running_replaced
def batch_norm(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    mean, var = running
    if training:
        mean, var = z.mean(0), z.var(0, unbiased=False)
        running = mean, z.var(0)
    return gamma * (z - mean) / torch.sqrt(var + eps) + beta, running


# %% batch_norm: raises "RuntimeError: The size of tensor a (...) must match the size of tensor b (...)"
# -> raised
def batch_norm(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    mean, var = z.mean(1), z.var(1)
    return gamma * (z - mean) / torch.sqrt(var + eps) + beta, running


# %% batch_norm: raises "UnboundLocalError: cannot access local variable"
# -> raised
def batch_norm(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    if training:
        mean, var = z.mean(0), z.var(0, unbiased=False)
        running = ((1 - momentum) * running[0] + momentum * mean,
                   (1 - momentum) * running[1] + momentum * z.var(0))
    return gamma * (z - mean) / torch.sqrt(var + eps) + beta, running


# %% batch_norm: raises "TypeError: 'tuple' object does not support item assignment"
# -> raised
def batch_norm(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    mean, var = running
    if training:
        mean, var = z.mean(0), z.var(0, unbiased=False)
        running[0] = (1 - momentum) * running[0] + momentum * mean
        running[1] = (1 - momentum) * running[1] + momentum * z.var(0)
    return gamma * (z - mean) / torch.sqrt(var + eps) + beta, running


# %% company: above the mean of both
# -> wrong value
company = [3.0, 1.0], [3.0, 2.0]


# %% company: the same numbers in another order
# -> wrong value
company = [3.0, 1.0, 5.0], [3.0, 5.0, 1.0]


# %% company: alone
# -> wrong value
company = [3.0], [3.0, 5.0]


# %% folded: eps outside the root
# -> _fold_eps_outside
def folded(W, b, gamma, beta, mean, var, eps):
    scale = gamma / (var.sqrt() + eps)
    return W * scale, (b - mean) * scale + beta


# %% folded: not a number where gamma is 0
# -> not finite
def folded(W, b, gamma, beta, mean, var, eps):
    scale = gamma / torch.sqrt(var + eps)
    return W * scale, (b - mean + beta / scale) * scale


# %% folded: W as it was
# -> _weights_unscaled
def folded(W, b, gamma, beta, mean, var, eps):
    return W, (b - mean) * gamma / torch.sqrt(var + eps) + beta


# %% folded: the mean left out
# -> _mean_lost
def folded(W, b, gamma, beta, mean, var, eps):
    scale = gamma / torch.sqrt(var + eps)
    return W * scale, b * scale + beta


# %% folded: raises "RuntimeError: The size of tensor a (...) must match the size of tensor b (...)"
# -> raised
def folded(W, b, gamma, beta, mean, var, eps):
    scale = gamma / torch.sqrt(var + eps)
    return W * scale[:, None], (b - mean) * scale + beta


# %% update_ratio: norms
# -> _norms
def update_ratio(W, gradient, rate):
    return math.log10(torch.linalg.norm(rate * gradient) / torch.linalg.norm(W))


# %% update_ratio: mean sizes
# -> _mean_sizes
def update_ratio(W, gradient, rate):
    return math.log10((rate * gradient).abs().mean() / W.abs().mean())


# %% update_ratio: variances
# -> _variances
def update_ratio(W, gradient, rate):
    return math.log10((rate * gradient).var() / W.var())


# %% update_ratio: a tensor with an axis
# -> wrong type
def update_ratio(W, gradient, rate):
    return ((rate * gradient).std() / W.std()).log10().reshape(1)


# %% update_ratio: raises "ValueError: math domain error"
# -> raised
def update_ratio(W, gradient, rate):
    return math.log10(-rate * gradient.mean().abs() / W.mean().abs())


# %% update_ratio: raises "TypeError: log10(): argument 'input'"
# -> raised
def update_ratio(W, gradient, rate):
    return torch.log10((rate * gradient).std().item() / W.std().item())


# %% diagnosis: B and E exchanged
# -> _dead_or_small
diagnosis = ["linear", "small", "large", "batch", "dead", "rate"]


# %% diagnosis: raises "NameError: name 'large' is not defined"
# -> not usable
diagnosis = [large, small, linear, dead, rate, batch]

# %% excess_loss: softmax runs over the batch (dim 0) instead of the classes
# -> _down_the_batch
def excess_loss(logits: torch.Tensor, targets: torch.Tensor) -> float:
    log_p = logits.log_softmax(dim=0)
    loss = -log_p.gather(1, targets[:, None]).mean()
    return loss.item() - math.log(logits.size(1))

# %% saturated: a unit must stay on one side all the time; one that jumps between +1 and -1 is missed
# -> _on_one_side
def saturated(h: torch.Tensor, limit: float) -> tuple[float, float]:
    high, low = h > limit, h < -limit
    share = (high | low).float().mean().item()
    units = high.all(dim=0) | low.all(dim=0)
    return share, units.float().mean().item()

# %% weight_scale: squares z before f instead of f(z)
# -> _squared_before_f
def weight_scale(f, z: torch.Tensor, fan_in: int) -> float:
    second = f(z**2).mean().item()
    return (fan_in * second) ** -0.5

# %% weight_scale: the square of the mean
# -> _square_of_the_mean
def weight_scale(f, z, fan_in):
    mean = f(z).mean().item()
    return 1 / (fan_in**0.5 * abs(mean)) if mean else float("inf")

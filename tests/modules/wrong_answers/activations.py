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


# %% excess_loss: F.cross_entropy takes logits, here it gets probabilities (softmax twice)
# -> _softmax_twice
def excess_loss(logits: torch.Tensor, targets: torch.Tensor) -> float:
    p = torch.softmax(logits, dim=1)
    return F.cross_entropy(p, targets).item() - math.log(logits.shape[1])


# %% excess_loss: the logarithm of the number of examples instead of classes
# -> _log_of_the_batch
def excess_loss(logits: torch.Tensor, targets: torch.Tensor) -> float:
    nll = -F.log_softmax(logits, dim=1)[torch.arange(len(targets)), targets]
    return nll.mean().item() - math.log(len(logits))


# %% excess_loss: 27 classes written in, V may be another number
# -> _always_27
def excess_loss(logits: torch.Tensor, targets: torch.Tensor) -> float:
    return float(F.cross_entropy(logits, targets)) - math.log(27)


# %% excess_loss: softmax runs over the batch (dim 0) instead of the classes
# -> _down_the_batch
def excess_loss(logits: torch.Tensor, targets: torch.Tensor) -> float:
    log_p = logits.log_softmax(dim=0)
    loss = -log_p.gather(1, targets[:, None]).mean()
    return loss.item() - math.log(logits.size(1))


# %% saturated: no absolute value, outputs near -1 are missed
# -> _only_positive
def saturated(h: torch.Tensor, limit: float) -> tuple[float, float]:
    asleep = h > limit
    return asleep.float().mean().item(), asleep.all(dim=0).float().mean().item()


# %% saturated: all(dim=1) asks for examples whose units are all asleep, not for units
# -> _examples_not_units
def saturated(h: torch.Tensor, limit: float) -> tuple[float, float]:
    asleep = h.abs() > limit
    B, n = h.shape
    return asleep.sum().item() / (B * n), asleep.all(dim=1).float().mean().item()


# %% saturated: a unit counts if its outputs are beyond the limit on average, not for every example
# -> _mean_size
def saturated(h: torch.Tensor, limit: float) -> tuple[float, float]:
    size = torch.abs(h)
    share = (size > limit).double().mean().item()
    lost = (size.mean(dim=0) > limit).double().mean().item()
    return share, lost


# %% saturated: a unit must stay on one side all the time; one that jumps between +1 and -1 is missed
# -> _on_one_side
def saturated(h: torch.Tensor, limit: float) -> tuple[float, float]:
    high, low = h > limit, h < -limit
    share = (high | low).float().mean().item()
    units = high.all(dim=0) | low.all(dim=0)
    return share, units.float().mean().item()


# %% weight_scale: the spread of f(z) around its mean instead of its mean square (wrong wherever the mean isn't 0, as after ReLU)
# -> _variance_of_inputs
def weight_scale(f, z: torch.Tensor, fan_in: int) -> float:
    return 1 / (f(z).std().item() * math.sqrt(fan_in))


# %% weight_scale: returns the variance of the weights, the root is missing
# -> _variance_of_weights
def weight_scale(f, z: torch.Tensor, fan_in: int) -> float:
    mean_square = torch.mean(f(z) ** 2).item()
    return 1 / (fan_in * mean_square)


# %% weight_scale: squares z before f instead of f(z)
# -> _squared_before_f
def weight_scale(f, z: torch.Tensor, fan_in: int) -> float:
    second = f(z**2).mean().item()
    return (fan_in * second) ** -0.5


# %% weight_scale: sums over the sample instead of averaging
# -> _sum_of_squares
def weight_scale(f, z: torch.Tensor, fan_in: int) -> float:
    total = sum(v.item() ** 2 for v in f(z))
    return 1 / math.sqrt(fan_in * total)


# %% batch_norm: the output in training is divided by the root of the variance with B - 1 instead of B
# -> _sample_variance
def batch_norm(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    if training:
        mean, var = z.mean(0), z.var(0)
        running = (
            (1 - momentum) * running[0] + momentum * mean,
            (1 - momentum) * running[1] + momentum * var,
        )
    else:
        mean, var = running
    return gamma * (z - mean) / torch.sqrt(var + eps) + beta, running


# %% batch_norm: momentum and 1 - momentum have changed places
# -> _momentum_swapped
def batch_norm(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    if training:
        mean, var = z.mean(0), z.var(0, unbiased=False)
        new_mean = momentum * running[0] + (1 - momentum) * mean
        new_var = momentum * running[1] + (1 - momentum) * z.var(0)
        running = (new_mean, new_var)
    else:
        mean, var = running
    zhat = (z - mean) / (var + eps).sqrt()
    return gamma * zhat + beta, running


# %% batch_norm: evaluation normalises by the batch, too, instead of the running statistics
# -> _batch_in_evaluation
def batch_norm(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    mu = z.mean(dim=0)
    var = ((z - mu) ** 2).mean(dim=0)
    out = gamma * (z - mu) / torch.sqrt(var + eps) + beta
    if training:
        r_mean, r_var = running
        r_mean = r_mean + momentum * (mu - r_mean)
        r_var = r_var + momentum * (z.var(dim=0) - r_var)
        running = r_mean, r_var
    return out, running


# %% batch_norm: the variance with B goes into the running variance, B - 1 was asked for
# -> _running_too_small
def batch_norm(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    mean, var = running
    if training:
        mean, var = z.mean(0), z.var(0, correction=0)
        running = tuple((1 - momentum) * old + momentum * new for old, new in zip(running, (mean, var)))
    return (z - mean) * gamma * torch.rsqrt(var + eps) + beta, running


# %% batch_norm: the running statistics move in evaluation as well
# -> _updated_in_evaluation
def batch_norm(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    if training:
        mean, var = z.mean(0), z.var(0, unbiased=False)
    else:
        mean, var = running
    running = (
        torch.lerp(running[0], z.mean(0), momentum),
        torch.lerp(running[1], z.var(0), momentum),
    )
    return gamma * (z - mean) / torch.sqrt(var + eps) + beta, running


# %% company: alone in its batch a number becomes 0, not larger than 0.5
# -> wrong value
company = [3.0], [3.0, 8.0]


# %% company: the first numbers differ
# -> wrong value
company = [5.0, 1.0], [1.0, 5.0]


# %% company: most of the first company is smaller, but 60 pulls the mean above 3, so the 3 comes out negative
# -> wrong value
company = [3.0, 0.0, 1.0, 2.0, 60.0], [3.0, 8.0]


# %% folded: the mean is subtracted after scaling, it must be scaled, too
# -> _mean_unscaled
def folded(W, b, gamma, beta, mean, var, eps):
    scale = gamma / torch.sqrt(var + eps)
    return W * scale, b * scale - mean + beta


# %% folded: scales the rows of W (inputs) instead of the columns (units)
# -> raised
def folded(W, b, gamma, beta, mean, var, eps):
    scale = gamma * (var + eps) ** -0.5
    return scale[:, None] * W, (b - mean) * scale + beta


# %% folded: divides by the variance, the root is missing
# -> _fold_variance
def folded(W, b, gamma, beta, mean, var, eps):
    scale = gamma / (var + eps)
    return W * scale, (b - mean) * scale + beta


# %% folded: the layer's own bias b is forgotten
# -> _bias_lost
def folded(W, b, gamma, beta, mean, var, eps):
    std = (var + eps).sqrt()
    new_W = torch.stack([W[:, j] * gamma[j] / std[j] for j in range(W.shape[1])], dim=1)
    new_b = beta - gamma * mean / std
    return new_W, new_b


# %% update_ratio: the natural logarithm instead of the one to base 10
# -> _natural_log
def update_ratio(W: torch.Tensor, gradient: torch.Tensor, rate: float) -> float:
    step = rate * gradient
    return torch.log(step.std() / W.std()).item()


# %% update_ratio: the rate is forgotten, the step isn't the gradient alone
# -> _without_rate
def update_ratio(W: torch.Tensor, gradient: torch.Tensor, rate: float) -> float:
    return math.log10(gradient.std().item() / W.std().item())


# %% update_ratio: compares the weights after the step with those before, not the step itself
# -> _after_to_before
def update_ratio(W: torch.Tensor, gradient: torch.Tensor, rate: float) -> float:
    new = W - rate * gradient
    return math.log10(new.std() / W.std())


# %% update_ratio: the weights over the step, turned round
# -> _data_to_update
def update_ratio(W: torch.Tensor, gradient: torch.Tensor, rate: float) -> float:
    return math.log10(W.std()) - math.log10((rate * gradient).std())


# %% diagnosis: D and F have changed places: in D only the cross is off (batch), in F steps and losses are (rate)
# -> wrong value
diagnosis = ["linear", "dead", "large", "rate", "small", "batch"]


# %% diagnosis: B and E have changed places: units that never change are dead, outputs that shrink are small weights
# -> _dead_or_small
diagnosis = ["linear", "small", "large", "batch", "dead", "rate"]


# %% diagnosis: the words in the order of the prompt
# -> wrong value
diagnosis = ["large", "small", "linear", "dead", "rate", "batch"]


# %% diagnosis: "large" stands twice (F's jumps taken for large weights), "rate" is missing
# -> wrong value
diagnosis = ["linear", "dead", "large", "batch", "small", "large"]


# %% excess_loss: subtracts the logarithm of the batch size instead of the number of classes
# -> _log_of_the_batch
def excess_loss(logits: torch.Tensor, targets: torch.Tensor) -> float:
    nll = F.nll_loss(logits.log_softmax(dim=1), targets)
    return (nll - math.log(len(logits))).item()


# %% excess_loss: softmax is taken twice, cross_entropy does it already
# -> _softmax_twice
def excess_loss(logits, targets):
    p = torch.softmax(logits, dim=-1)
    return F.cross_entropy(p, targets).item() - np.log(p.size(-1))


# %% saturated: the sign isn't taken away, so outputs near -1 don't count
# -> _only_positive
def saturated(h: torch.Tensor, limit: float) -> tuple[float, float]:
    over = torch.gt(h, limit).float()
    return over.mean().item(), over.prod(dim=0).mean().item()


# %% saturated: a unit counts as soon as one example is saturated (max) instead of all (min)
# -> _any_example
def saturated(h, limit):
    size = h.abs()
    outputs = (size > limit).sum().item() / h.numel()
    units = (size.amax(0) > limit).sum().item() / h.shape[1]
    return outputs, units


# %% weight_scale: takes the variance of f(z) instead of its mean square, wrong when the mean isn't 0
# -> _variance
def weight_scale(f, z: torch.Tensor, fan_in: int) -> float:
    return (fan_in * torch.var(f(z), unbiased=False)).pow(-0.5).item()


# %% weight_scale: multiplies by the root mean square instead of dividing by it
# -> located
def weight_scale(f, z, fan_in):
    rms = math.sqrt(sum(float(v) ** 2 for v in f(z)) / len(z))
    return rms / math.sqrt(fan_in)


# %% batch_norm: momentum is on the wrong side: the running numbers nearly jump to the batch's
# -> _momentum_swapped
def batch_norm(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    if training:
        mean, var = z.mean(0), z.var(0, unbiased=False)
        old_mean, old_var = running
        running = (torch.lerp(mean, old_mean, momentum), torch.lerp(z.var(0), old_var, momentum))
    else:
        mean, var = running
    return (z - mean) * torch.rsqrt(var + eps) * gamma + beta, running


# %% batch_norm: in training the batch is normalised by the new running statistics instead of by its own
# -> wrong value
def batch_norm(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    m, v = running
    if training:
        m = m + momentum * (z.mean(dim=0) - m)
        v = v + momentum * (z.var(dim=0) - v)
    zhat = (z - m) / (v + eps).sqrt()
    return gamma * zhat + beta, (m, v)


# %% company: the first batch holds one number only, which becomes 0, not above 0.5
# -> wrong value
company = [3.0], [3.0, 9.0]


# %% company: the batches begin with different numbers
# -> wrong value
company = [3.0, 1.0, 1.0], [2.0, 5.0, 5.0]


# %% folded: the old bias isn't multiplied by the scale
# -> _bias_unscaled
def folded(W, b, gamma, beta, mean, var, eps):
    factor = gamma * (var + eps) ** -0.5
    return torch.einsum("io,o->io", W, factor), b + beta - mean * factor


# %% folded: the running mean is never subtracted
# -> _mean_lost
def folded(W, b, gamma, beta, mean, var, eps):
    s = gamma / torch.sqrt(var + eps)
    both = torch.cat([W, b[None]]) * s
    both[-1] += beta
    return both[:-1], both[-1]


# %% update_ratio: natural logarithm instead of base 10
# -> _natural_log
def update_ratio(W: torch.Tensor, gradient: torch.Tensor, rate: float) -> float:
    return (rate * gradient.std() / W.std()).log().item()


# %% update_ratio: the standard deviation of the ratios of single entries, not the ratio of two standard deviations
# -> _element_by_element
def update_ratio(W, gradient, rate):
    ratios = rate * gradient / W
    return torch.log10(ratios.std()).item()


# %% diagnosis: linear and large are exchanged (A and C)
# -> wrong value
diagnosis = ["large", "small", "linear", "dead", "rate", "batch"]


# %% diagnosis: "dead" stands twice, "small" is missing
# -> wrong value
diagnosis = ["linear", "dead", "large", "dead", "rate", "batch"]

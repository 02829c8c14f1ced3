# Answers that must be refused, with their true causes.


# %% layer_norm: raises "RuntimeError: The size of tensor a (...) must match the size of tensor b (...)"
# -> raised
def layer_norm(x, scale, shift, eps):
    mean = x.mean(dim=-1)
    variance = x.var(dim=-1, keepdim=True, unbiased=False)
    return scale * (x - mean) / torch.sqrt(variance + eps) + shift


# %% layer_norm: raises "TypeError: var() received an invalid combination of arguments"
# -> raised
def layer_norm(x, scale, shift, eps):
    mean = x.mean(dim=-1, keepdim=True)
    variance = x.var(axis=-1, ddof=0)
    return scale * (x - mean) / torch.sqrt(variance + eps) + shift


# %% layer_norm: computed in NumPy, so no gradient flows
# -> wrong value
def layer_norm(x, scale, shift, eps):
    n = x.detach().numpy()
    z = (n - n.mean(-1, keepdims=True)) / np.sqrt(n.var(-1, keepdims=True) + eps)
    return torch.tensor(scale.detach().numpy() * z + shift.detach().numpy())


# %% layer_norm: mean and variance detached, so part of the gradient is lost
# -> wrong value
def layer_norm(x, scale, shift, eps):
    mean = x.detach().mean(dim=-1, keepdim=True)
    variance = x.detach().var(dim=-1, keepdim=True, unbiased=False)
    return scale * (x - mean) / torch.sqrt(variance + eps) + shift


# %% layer_norm: eps left out
# -> _without_eps
def layer_norm(x, scale, shift, eps):
    mean = x.mean(dim=-1, keepdim=True)
    variance = x.var(dim=-1, keepdim=True, unbiased=False)
    return scale * (x - mean) / variance.sqrt() + shift


# %% layer_norm: eps is always 1e-5
# -> wrong value
def layer_norm(x, scale, shift, eps):
    mean = x.mean(dim=-1, keepdim=True)
    variance = x.var(dim=-1, keepdim=True, unbiased=False)
    return scale * (x - mean) / torch.sqrt(variance + 1e-5) + shift


# %% layer_norm: over axis 1
# -> _over_axis_one
def layer_norm(x, scale, shift, eps):
    mean = x.mean(1, keepdim=True)
    variance = x.var(1, keepdim=True, correction=0)
    return scale * (x - mean) / torch.sqrt(variance + eps) + shift


# %% layer_norm: x is changed in place
# -> changed its input
def layer_norm(x, scale, shift, eps):
    variance = x.var(dim=-1, keepdim=True, unbiased=False)
    x -= x.mean(dim=-1, keepdim=True)
    return scale * x / torch.sqrt(variance + eps) + shift


# %% flat_row: raises "AttributeError: 'list' object has no attribute 'mean'"
# -> not usable
flat_row = [1.0, 1.0, 1.0, 1.001]
annotated_norm(flat_row)


# %% flat_row: all numbers are equal
# -> _constant
flat_row = [0.1] * 6


# %% flat_row: rows instead of a row
# -> wrong value
flat_row = [[1.0, 1.0, 1.0, 1.001]] * 2


# %% flat_row: an ordinary row, far from 0
# -> _ordinary
flat_row = torch.arange(8.0) + 1000


# %% sublayer: raises "TypeError: unsupported operand type(s) for +"
# -> raised
def sublayer(x, layer, norm, norm_first):
    return x + layer if norm_first else norm(x + layer)


# %% sublayer: the stream is detached, so layers before it never learn
# -> wrong value
def sublayer(x, layer, norm, norm_first):
    if norm_first:
        return x.detach() + layer(norm(x))
    return norm(x + layer(x))


# %% sublayer: no_grad
# -> wrong value
def sublayer(x, layer, norm, norm_first):
    with torch.no_grad():
        return x + layer(norm(x)) if norm_first else norm(x + layer(x))


# %% sublayer: adds in place
# -> changed its input
def sublayer(x, layer, norm, norm_first):
    if norm_first:
        x += layer(norm(x))
        return x
    return norm(x + layer(x))


# %% sublayer: normed twice before the layer's answer is added
# -> _adds_to_normed
def sublayer(x, layer, norm, norm_first):
    x = norm(x) if norm_first else x
    return x + layer(x) if norm_first else norm(x + layer(x))


# %% masks: raises "NotImplementedError: "bitwise_or_cpu" not implemented for 'Float'"
# -> raised
def masks(source, target):
    T = target.shape[1]
    return (source == 0)[:, None], torch.ones(T, T).triu(1) | (target == 0)[:, None]


# %% masks: raises "RuntimeError: Boolean value of Tensor with more than one value is ambiguous"
# -> raised
def masks(source, target):
    T = target.shape[1]
    return (source == 0)[:, None], torch.ones(T, T).triu(1).bool() or (target == 0)[:, None]


# %% masks: raises "RuntimeError: The size of tensor a (...) must match the size of tensor b (...)"
# -> raised
def masks(source, target):
    T = target.shape[1]
    return (source == 0)[:, None], torch.ones(T, T).triu(1).bool() | (target == 0)


# %% masks: axes of size 1 are squeezed away
# -> wrong shape
def masks(source, target):
    T = target.shape[1]
    future = torch.ones(T, T).triu(1).bool()
    return (source == 0)[:, None], (future | (target == 0)[:, None]).squeeze(-1)


# %% masks: numbers for booleans
# -> wrong dtype
def masks(source, target):
    T = target.shape[1]
    future = torch.ones(T, T).triu(1).bool()
    return (source == 0)[:, None].float(), (future | (target == 0)[:, None]).float()


# %% masks: triu() hides the diagonal, too
# -> _not_itself
def masks(source, target):
    T = target.shape[1]
    return (source == 0)[:, None], torch.ones(T, T).triu().bool() | (target == 0)[:, None]


# %% Attention: raises "RuntimeError: The size of tensor a (...) must match the size of tensor b (...)"
# -> _NoAxisForHeads
class Attention(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.query, self.key = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)
        self.value, self.mix = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)

    def forward(self, x, memory, hidden):
        q, k, v = self.query(x), self.key(memory), self.value(memory)
        q, k, v = (z.unflatten(-1, (self.n_head, -1)).transpose(1, 2) for z in (q, k, v))
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
        weights = scores.masked_fill(hidden, -torch.inf).softmax(dim=-1)
        self.weights = weights  # kept for pictures
        return self.mix((weights @ v).transpose(1, 2).flatten(2))


# %% Attention: raises "RuntimeError: Expected size for first two dimensions of batch2 tensor"
# -> raised
class Attention(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.query, self.key = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)
        self.value, self.mix = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)

    def forward(self, x, memory, hidden):
        q, k, v = self.query(x), self.key(memory), self.value(memory)
        q, k, v = (z.unflatten(-1, (self.n_head, -1)).transpose(1, 2) for z in (q, k, v))
        scores = q @ k / math.sqrt(q.shape[-1])
        weights = scores.masked_fill(hidden[:, None], -torch.inf).softmax(dim=-1)
        self.weights = weights  # kept for pictures
        return self.mix((weights @ v).transpose(1, 2).flatten(2))


# %% Attention: raises "IndexError: The shape of the mask"
# -> raised
class Attention(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.query, self.key = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)
        self.value, self.mix = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)

    def forward(self, x, memory, hidden):
        q, k, v = self.query(x), self.key(memory), self.value(memory)
        q, k, v = (z.unflatten(-1, (self.n_head, -1)).transpose(1, 2) for z in (q, k, v))
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
        scores[hidden] = -torch.inf
        weights = scores.softmax(dim=-1)
        self.weights = weights  # kept for pictures
        return self.mix((weights @ v).transpose(1, 2).flatten(2))


# %% Attention: a score of 0 is taken for a hidden one
# -> wrong value
class Attention(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.query, self.key = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)
        self.value, self.mix = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)

    def forward(self, x, memory, hidden):
        q, k, v = self.query(x), self.key(memory), self.value(memory)
        q, k, v = (z.unflatten(-1, (self.n_head, -1)).transpose(1, 2) for z in (q, k, v))
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1]) * ~hidden[:, None]
        weights = scores.masked_fill(scores == 0, -torch.inf).softmax(dim=-1)
        self.weights = weights  # kept for pictures
        return self.mix((weights @ v).transpose(1, 2).flatten(2))


# %% Attention: a score of 0 is taken for a hidden one, filled with a large number
# -> wrong value
class Attention(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.query, self.key = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)
        self.value, self.mix = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)

    def forward(self, x, memory, hidden):
        q, k, v = self.query(x), self.key(memory), self.value(memory)
        q, k, v = (z.unflatten(-1, (self.n_head, -1)).transpose(1, 2) for z in (q, k, v))
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1]) * ~hidden[:, None]
        weights = scores.masked_fill(scores == 0, -1e9).softmax(dim=-1)
        self.weights = weights  # kept for pictures
        return self.mix((weights @ v).transpose(1, 2).flatten(2))


# %% Attention: hidden by −5, which some visible scores are below
# -> wrong value
class Attention(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.query, self.key = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)
        self.value, self.mix = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)

    def forward(self, x, memory, hidden):
        q, k, v = self.query(x), self.key(memory), self.value(memory)
        q, k, v = (z.unflatten(-1, (self.n_head, -1)).transpose(1, 2) for z in (q, k, v))
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
        weights = scores.masked_fill(hidden[:, None], -5.0).softmax(dim=-1)
        self.weights = weights  # kept for pictures
        return self.mix((weights @ v).transpose(1, 2).flatten(2))


# %% Attention: values are detached, so they never learn
# -> wrong value
class Attention(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.query, self.key = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)
        self.value, self.mix = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)

    def forward(self, x, memory, hidden):
        q, k, v = self.query(x), self.key(memory), self.value(memory)
        q, k, v = (z.unflatten(-1, (self.n_head, -1)).transpose(1, 2) for z in (q, k, v))
        v = v.detach()
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
        weights = scores.masked_fill(hidden[:, None], -torch.inf).softmax(dim=-1)
        self.weights = weights  # kept for pictures
        return self.mix((weights @ v).transpose(1, 2).flatten(2))


# %% Attention: weights are made without gradients
# -> wrong value
class Attention(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.query, self.key = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)
        self.value, self.mix = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)

    def forward(self, x, memory, hidden):
        q, k, v = self.query(x), self.key(memory), self.value(memory)
        q, k, v = (z.unflatten(-1, (self.n_head, -1)).transpose(1, 2) for z in (q, k, v))
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
        with torch.no_grad():
            weights = scores.masked_fill(hidden[:, None], -torch.inf).softmax(dim=-1)
        self.weights = weights  # kept for pictures
        return self.mix((weights @ v).transpose(1, 2).flatten(2))


# %% Attention: self.weights isn't kept
# -> wrong value
class Attention(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.query, self.key = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)
        self.value, self.mix = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)

    def forward(self, x, memory, hidden):
        q, k, v = self.query(x), self.key(memory), self.value(memory)
        q, k, v = (z.unflatten(-1, (self.n_head, -1)).transpose(1, 2) for z in (q, k, v))
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
        weights = scores.masked_fill(hidden[:, None], -torch.inf).softmax(dim=-1)
        pass
        return self.mix((weights @ v).transpose(1, 2).flatten(2))


# %% EncoderBlock: raises "AttributeError: 'EncoderBlock' object has no attribute 'feed_forward'"
# -> raised
class EncoderBlock(nn.Module):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.attend, self.norm1 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        self.norm2 = nn.LayerNorm(n_embd)
        self.thinks = nn.Sequential(
            nn.Linear(n_embd, 4 * n_embd), nn.ReLU(), nn.Linear(4 * n_embd, n_embd))

    def forward(self, x, hidden):
        x = sublayer(x, lambda z: self.attend(z, z, hidden), self.norm1, self.norm_first)
        x = sublayer(x, self.feed_forward, self.norm2, self.norm_first)
        return x


# %% EncoderBlock: raises "TypeError: Attention.forward() missing 2 required positional arguments"
# -> raised
class EncoderBlock(nn.Module):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.attend, self.norm1 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        self.norm2 = nn.LayerNorm(n_embd)
        self.feed_forward = nn.Sequential(
            nn.Linear(n_embd, 4 * n_embd), nn.ReLU(), nn.Linear(4 * n_embd, n_embd))

    def forward(self, x, hidden):
        x = sublayer(x, self.attend, self.norm1, self.norm_first)
        x = sublayer(x, self.feed_forward, self.norm2, self.norm_first)
        return x


# %% EncoderBlock: raises "TypeError: 'Tensor' object is not callable"
# -> raised
class EncoderBlock(nn.Module):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.attend, self.norm1 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        self.norm2 = nn.LayerNorm(n_embd)
        self.feed_forward = nn.Sequential(
            nn.Linear(n_embd, 4 * n_embd), nn.ReLU(), nn.Linear(4 * n_embd, n_embd))

    def forward(self, x, hidden):
        x = sublayer(x, self.attend(x, x, hidden), self.norm1, self.norm_first)
        x = sublayer(x, self.feed_forward, self.norm2, self.norm_first)
        return x


# %% EncoderBlock: without ReLU
# -> _NoBend
class EncoderBlock(nn.Module):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.attend, self.norm1 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        self.norm2 = nn.LayerNorm(n_embd)
        self.feed_forward = nn.Sequential(
            nn.Linear(n_embd, 4 * n_embd), nn.Linear(4 * n_embd, n_embd))

    def forward(self, x, hidden):
        x = sublayer(x, lambda z: self.attend(z, z, hidden), self.norm1, self.norm_first)
        x = sublayer(x, self.feed_forward, self.norm2, self.norm_first)
        return x


# %% EncoderBlock: attention is detached, so it never learns
# -> wrong value
class EncoderBlock(nn.Module):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.attend, self.norm1 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        self.norm2 = nn.LayerNorm(n_embd)
        self.feed_forward = nn.Sequential(
            nn.Linear(n_embd, 4 * n_embd), nn.ReLU(), nn.Linear(4 * n_embd, n_embd))

    def forward(self, x, hidden):
        x = sublayer(
            x, lambda z: self.attend(z, z, hidden).detach(), self.norm1, self.norm_first)
        x = sublayer(x, self.feed_forward, self.norm2, self.norm_first)
        return x


# %% EncoderBlock: the norm comes before both, whatever norm_first says
# -> _BlockAlwaysPre
class EncoderBlock(nn.Module):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.attend, self.norm1 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        self.norm2 = nn.LayerNorm(n_embd)
        self.feed_forward = nn.Sequential(
            nn.Linear(n_embd, 4 * n_embd), nn.ReLU(), nn.Linear(4 * n_embd, n_embd))

    def forward(self, x, hidden):
        x = sublayer(x, lambda z: self.attend(z, z, hidden), self.norm1, True)
        x = sublayer(x, self.feed_forward, self.norm2, True)
        return x


# %% EncoderBlock: the mask is left out
# -> _BlockHidesNothing
class EncoderBlock(nn.Module):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.attend, self.norm1 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        self.norm2 = nn.LayerNorm(n_embd)
        self.feed_forward = nn.Sequential(
            nn.Linear(n_embd, 4 * n_embd), nn.ReLU(), nn.Linear(4 * n_embd, n_embd))

    def forward(self, x, hidden):
        x = sublayer(x, lambda z: self.attend(z, z, torch.zeros_like(hidden)), self.norm1, self.norm_first)
        x = sublayer(x, self.feed_forward, self.norm2, self.norm_first)
        return x


# %% DecoderBlock: raises "RuntimeError: The size of tensor a (...) must match the size of tensor b (...)"
# -> raised
class DecoderBlock(nn.Module):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.attend, self.norm1 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        self.cross, self.norm2 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        up, down = (nn.Linear(a * n_embd, b * n_embd) for a, b in ((1, 4), (4, 1)))
        self.feed_forward = nn.Sequential(up, nn.ReLU(), down)
        self.norm3 = nn.LayerNorm(n_embd)

    def forward(self, x, memory, hidden, memory_hidden):
        x = sublayer(x, lambda z: self.attend(z, z, hidden), self.norm1, self.norm_first)
        x = sublayer(x, lambda z: self.cross(z, memory, hidden), self.norm2, self.norm_first)
        x = sublayer(x, self.feed_forward, self.norm3, self.norm_first)
        return x


# %% DecoderBlock: memory asks and the stream answers
# -> raised
class DecoderBlock(nn.Module):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.attend, self.norm1 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        self.cross, self.norm2 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        up, down = (nn.Linear(a * n_embd, b * n_embd) for a, b in ((1, 4), (4, 1)))
        self.feed_forward = nn.Sequential(up, nn.ReLU(), down)
        self.norm3 = nn.LayerNorm(n_embd)

    def forward(self, x, memory, hidden, memory_hidden):
        x = sublayer(x, lambda z: self.attend(z, z, hidden), self.norm1, self.norm_first)
        x = sublayer(x, lambda z: self.cross(memory, z, memory_hidden), self.norm2, self.norm_first)
        x = sublayer(x, self.feed_forward, self.norm3, self.norm_first)
        return x


# %% DecoderBlock: memory is detached, so the encoder never learns
# -> wrong value
class DecoderBlock(nn.Module):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.attend, self.norm1 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        self.cross, self.norm2 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        up, down = (nn.Linear(a * n_embd, b * n_embd) for a, b in ((1, 4), (4, 1)))
        self.feed_forward = nn.Sequential(up, nn.ReLU(), down)
        self.norm3 = nn.LayerNorm(n_embd)

    def forward(self, x, memory, hidden, memory_hidden):
        x = sublayer(x, lambda z: self.attend(z, z, hidden), self.norm1, self.norm_first)
        x = sublayer(x, lambda z: self.cross(z, memory.detach(), memory_hidden), self.norm2, self.norm_first)
        x = sublayer(x, self.feed_forward, self.norm3, self.norm_first)
        return x


# %% DecoderBlock: attend and cross share the mask of the stream
# -> _NeverLooksAtItself
class DecoderBlock(nn.Module):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.attend, self.norm1 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        self.cross, self.norm2 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        up, down = (nn.Linear(a * n_embd, b * n_embd) for a, b in ((1, 4), (4, 1)))
        self.feed_forward = nn.Sequential(up, nn.ReLU(), down)
        self.norm3 = nn.LayerNorm(n_embd)

    def forward(self, x, memory, hidden, memory_hidden):
        x = sublayer(x, lambda z: self.attend(z, memory, memory_hidden), self.norm1, self.norm_first)
        x = sublayer(x, lambda z: self.cross(z, memory, memory_hidden), self.norm2, self.norm_first)
        x = sublayer(x, self.feed_forward, self.norm3, self.norm_first)
        return x


# %% noam: raises "TypeError: 'float' object is not iterable"
# -> raised
def noam(step, n_embd, warmup):
    return n_embd**-0.5 * min(step**-0.5 * step * warmup**-1.5)


# %% noam: the fraction has the power
# -> _power_of_the_fraction
def noam(step, n_embd, warmup):
    return min(1 / math.sqrt(step), (step / warmup) ** 1.5) / math.sqrt(n_embd)


# %% noam: max for min
# -> _larger
def noam(step, n_embd, warmup):
    return max(1 / math.sqrt(step), step / warmup**1.5) / math.sqrt(n_embd)


# %% flat_row: nearly flat, but only three numbers
# -> _flat_but_short
flat_row = [1.0, 1.0, 1.0001]


# %% flat_row: the factor is large enough, but the row has two numbers
# -> _flat_but_short
flat_row = torch.tensor([1.0, 1.0005], dtype=torch.float64)


# %% flat_row: three ordinary numbers
# -> wrong value
flat_row = [1.0, 2.0, 4.0]


# %% flat_row: not flat enough, the variance 2e-5 is still larger than torch's eps
# -> _not_flat_enough
flat_row = [0.0, 0.0, 0.0, 0.01]


# %% flat_row: nearly flat, but the variance of 8 numbers is still half of eps
# -> _not_flat_enough
flat_row = [3.0] * 7 + [3.007]


# %% sublayer: pre-norm forgets to add x
# -> _no_residual_norm_first
def sublayer(x, layer, norm, norm_first):
    out = layer(norm(x)) if norm_first else norm(x + layer(x))
    return out


# %% sublayer: post-norm forgets to add x
# -> _no_residual_norm_last
def sublayer(x, layer, norm, norm_first):
    if norm_first:
        said = layer(norm(x))
        return x + said
    return norm(layer(x))


# %% Attention: softmax over those who look (dim=-2) instead of those looked at
# -> _OverAskers
class Attention(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.query, self.key = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)
        self.value, self.mix = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)

    def forward(self, x, memory, hidden):
        q, k, v = self.query(x), self.key(memory), self.value(memory)
        q, k, v = (z.unflatten(-1, (self.n_head, -1)).transpose(1, 2) for z in (q, k, v))
        scores = q @ k.mT / math.sqrt(k.size(-1))
        weights = scores.masked_fill(hidden[:, None], -1e9).softmax(dim=-2)
        self.weights = weights  # kept for pictures
        return self.mix((weights @ v).transpose(1, 2).flatten(2))


# %% Attention: softmax over those who look, hidden by the smallest float
# -> _OverAskers
class Attention(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.query, self.key = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)
        self.value, self.mix = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)

    def forward(self, x, memory, hidden):
        q, k, v = self.query(x), self.key(memory), self.value(memory)
        q, k, v = (z.unflatten(-1, (self.n_head, -1)).transpose(1, 2) for z in (q, k, v))
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
        scores.masked_fill_(hidden[:, None], torch.finfo(scores.dtype).min)
        weights = F.softmax(scores, dim=2)
        self.weights = weights  # kept for pictures
        return self.mix((weights @ v).transpose(1, 2).flatten(2))


# %% Attention: the mask is turned round, and hides with -1e10
# -> _OnlyHidden
class Attention(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.query, self.key = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)
        self.value, self.mix = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)

    def forward(self, x, memory, hidden):
        q, k, v = self.query(x), self.key(memory), self.value(memory)
        q, k, v = (z.unflatten(-1, (self.n_head, -1)).transpose(1, 2) for z in (q, k, v))
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
        scores = scores.masked_fill(hidden[:, None] == 0, -1e10)
        weights = scores.softmax(-1)
        self.weights = weights  # kept for pictures
        return self.mix((weights @ v).transpose(1, 2).flatten(2))


# %% Attention: hidden weights are set to 0 after the softmax
# -> _HiddenAfterwards
class Attention(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.query, self.key = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)
        self.value, self.mix = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)

    def forward(self, x, memory, hidden):
        q, k, v = self.query(x), self.key(memory), self.value(memory)
        q, k, v = (z.unflatten(-1, (self.n_head, -1)).transpose(1, 2) for z in (q, k, v))
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
        weights = scores.softmax(dim=-1) * (~hidden[:, None])
        self.weights = weights  # kept for pictures
        return self.mix((weights @ v).transpose(1, 2).flatten(2))


# %% EncoderBlock: norm_first is ignored, always post-norm
# -> _BlockAlwaysPost
class EncoderBlock(nn.Module):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.attend, self.norm1 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        self.norm2 = nn.LayerNorm(n_embd)
        self.feed_forward = nn.Sequential(
            nn.Linear(n_embd, 4 * n_embd), nn.ReLU(), nn.Linear(4 * n_embd, n_embd)
        )

    def forward(self, x, hidden):
        x = self.norm1(x + self.attend(x, x, hidden))
        x = self.norm2(x + self.feed_forward(x))
        return x


# %% EncoderBlock: always pre-norm, without sublayer
# -> _BlockAlwaysPre
class EncoderBlock(nn.Module):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.attend, self.norm1 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        self.norm2 = nn.LayerNorm(n_embd)
        self.feed_forward = nn.Sequential(
            nn.Linear(n_embd, 4 * n_embd), nn.ReLU(), nn.Linear(4 * n_embd, n_embd)
        )

    def forward(self, x, hidden):
        normed = self.norm1(x)
        x = x + self.attend(normed, normed, hidden)
        return x + self.feed_forward(self.norm2(x))


# %% noam: the larger of the two instead of the smaller
# -> _larger
def noam(step, n_embd, warmup):
    return n_embd ** (-0.5) * max(step ** (-0.5), step * warmup ** (-1.5))


# %% noam: warmup to the power 0.5 instead of 1.5
# -> _by_the_root_of_warmup
def noam(step: int, n_embd: int, warmup: int) -> float:
    falls = 1 / math.sqrt(step)
    rises = step / math.sqrt(warmup)
    return min(falls, rises) / math.sqrt(n_embd)


# %% noam: warmup to the power 0.5 instead of 1.5, as a product
# -> _by_the_root_of_warmup
def noam(step, n_embd, warmup):
    return n_embd**-0.5 * min(step**-0.5, step * warmup**-0.5)


# %% noam: the climb is missing
# -> _times_the_power
def noam(step, n_embd, warmup):
    return 1 / math.sqrt(n_embd * step)


# %% noam: warmup squared instead of to the power 1.5
# -> _by_the_square_of_warmup
def noam(step, n_embd, warmup):
    return min(1 / step**0.5, step / warmup**2) / n_embd**0.5


# %% layer_norm: torch's default variance divides by C - 1
# -> _one_less
def layer_norm(x, scale, shift, eps):
    mean = x.mean(dim=-1, keepdim=True)
    var = x.var(dim=-1, keepdim=True)
    return scale * (x - mean) / torch.sqrt(var + eps) + shift


# %% layer_norm: eps is added to the standard deviation, outside the root
# -> _outside_the_root
def layer_norm(x, scale, shift, eps):
    mu = x.mean(-1, keepdim=True)
    sigma = x.std(-1, keepdim=True, unbiased=False)
    return (x - mu) / (sigma + eps) * scale + shift


# %% layer_norm: mean and variance over all axes, one for the whole batch
# -> _over_everything
def layer_norm(
    x: torch.Tensor, scale: torch.Tensor, shift: torch.Tensor, eps: float
) -> torch.Tensor:
    centred = x - x.mean()
    variance = (centred**2).mean()
    return centred / (variance + eps) ** 0.5 * scale + shift


# %% layer_norm: normed over the first axis (as BatchNorm does) instead of the last
# -> _over_the_batch
def layer_norm(x, scale, shift, eps):
    mean = x.mean(dim=0, keepdim=True)
    variance = x.var(dim=0, keepdim=True, unbiased=False)
    return (x - mean) / (variance + eps).sqrt() * scale + shift


# %% flat_row: an ordinary row, the variance drowns both eps
# -> _ordinary
flat_row = [1.0, 2.0, 3.0, 4.0]


# %% flat_row: all numbers equal, both answers are 0
# -> _constant
flat_row = [1.0, 1.0, 1.0, 1.0]


# %% flat_row: nearly flat, but only three numbers
# -> _flat_but_short
flat_row = [1.0, 1.0, 1.0001]


# %% flat_row: not flat enough, the variance 2e-5 is still larger than torch's eps
# -> _not_flat_enough
flat_row = [0.0, 0.0, 0.0, 0.01]


# %% sublayer: pre-norm and post-norm exchanged
# -> _exchanged
def sublayer(x, layer, norm, norm_first):
    if norm_first:
        return norm(x + layer(x))
    return x + layer(norm(x))


# %% sublayer: in pre-norm the normed copy goes on, not x itself
# -> _adds_to_normed
def sublayer(x: torch.Tensor, layer, norm, norm_first: bool) -> torch.Tensor:
    if norm_first:
        x = norm(x)
        return x + layer(x)
    else:
        return norm(x + layer(x))


# %% sublayer: in post-norm only what the layer says is normed, not the sum
# -> _norms_the_answer
def sublayer(x, layer, norm, norm_first):
    return x + layer(norm(x)) if norm_first else x + norm(layer(x))


# %% sublayer: pre-norm forgets to add x
# -> _no_residual_norm_first
def sublayer(x, layer, norm, norm_first):
    out = layer(norm(x)) if norm_first else norm(x + layer(x))
    return out


# %% masks: padding hidden from the rows (who looks) instead of the columns
# -> _hides_rows
def masks(source, target):
    T = target.shape[1]
    future = torch.ones(T, T).triu(1).bool()
    return (source == 0)[:, None], future | (target == 0)[:, :, None]


# %% masks: triu without the 1, so a symbol is hidden from itself
# -> _not_itself
def masks(source: torch.Tensor, target: torch.Tensor):
    T = target.size(1)
    future = torch.triu(torch.ones(T, T, dtype=torch.bool))
    return (source == 0).unsqueeze(1), future | (target == 0).unsqueeze(1)


# %% masks: & instead of |, only padding that also lies in the future is hidden
# -> _both_reasons
def masks(source, target):
    positions = torch.arange(target.shape[1])
    future = positions > positions[:, None]
    return (source == 0)[:, None, :], future & (target == 0)[:, None, :]


# %% masks: True for allowed, the wrong way round
# -> _what_is_seen
def masks(source, target):
    T = target.shape[1]
    seen = torch.ones(T, T).tril().bool() & (target != 0)[:, None]
    return (source != 0)[:, None], seen


# %% Attention: queries come from memory, keys and values from x
# -> _RolesExchanged
class Attention(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.query, self.key = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)
        self.value, self.mix = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)

    def forward(self, x, memory, hidden):
        q, k, v = self.query(memory), self.key(x), self.value(x)
        q, k, v = (z.unflatten(-1, (self.n_head, -1)).transpose(1, 2) for z in (q, k, v))
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
        weights = scores.masked_fill(hidden[:, None], -math.inf).softmax(dim=-1)
        self.weights = weights  # kept for pictures
        return self.mix((weights @ v).transpose(1, 2).flatten(2))


# %% Attention: scaled by the root of C, all heads together, instead of one head's d
# -> _ScaledByAll
class Attention(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.query, self.key = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)
        self.value, self.mix = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)

    def forward(self, x, memory, hidden):
        q, k, v = self.query(x), self.key(memory), self.value(memory)
        q, k, v = (z.unflatten(-1, (self.n_head, -1)).transpose(1, 2) for z in (q, k, v))
        scores = torch.einsum("bhtd,bhsd->bhts", q, k) / x.shape[-1] ** 0.5
        scores = scores.masked_fill(hidden.unsqueeze(1), float("-inf"))
        weights = F.softmax(scores, dim=-1)
        self.weights = weights  # kept for pictures
        return self.mix((weights @ v).transpose(1, 2).flatten(2))


# %% Attention: hidden scores become 0 instead of minus infinity
# -> _HiddenByZero
class Attention(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.query, self.key = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)
        self.value, self.mix = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)

    def forward(self, x, memory, hidden):
        q, k, v = self.query(x), self.key(memory), self.value(memory)
        q, k, v = (z.unflatten(-1, (self.n_head, -1)).transpose(1, 2) for z in (q, k, v))
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
        scores = scores.masked_fill(hidden[:, None], 0)
        weights = torch.softmax(scores, -1)
        self.weights = weights  # kept for pictures
        return self.mix((weights @ v).transpose(1, 2).flatten(2))


# %% Attention: softmax over those who look (dim=-2) instead of those looked at
# -> _OverAskers
class Attention(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.query, self.key = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)
        self.value, self.mix = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)

    def forward(self, x, memory, hidden):
        q, k, v = self.query(x), self.key(memory), self.value(memory)
        q, k, v = (z.unflatten(-1, (self.n_head, -1)).transpose(1, 2) for z in (q, k, v))
        scores = q @ k.mT / math.sqrt(k.size(-1))
        weights = scores.masked_fill(hidden[:, None], -1e9).softmax(dim=-2)
        self.weights = weights  # kept for pictures
        return self.mix((weights @ v).transpose(1, 2).flatten(2))


# %% EncoderBlock: no ReLU between the two linear layers
# -> _NoBend
class EncoderBlock(nn.Module):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.attend, self.norm1 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        self.norm2 = nn.LayerNorm(n_embd)
        self.feed_forward = nn.Sequential(
            nn.Linear(n_embd, 4 * n_embd), nn.Identity(), nn.Linear(4 * n_embd, n_embd)
        )

    def forward(self, x, hidden):
        x = sublayer(x, lambda z: self.attend(z, z, hidden), self.norm1, self.norm_first)
        x = sublayer(x, self.feed_forward, self.norm2, self.norm_first)
        return x


# %% EncoderBlock: attention looks at x itself (lambda z: attend(z, x)), which isn't normed in pre-norm
# -> _RawMemory
class EncoderBlock(nn.Module):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.attend, self.norm1 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        self.norm2 = nn.LayerNorm(n_embd)
        self.feed_forward = nn.Sequential(
            nn.Linear(n_embd, 4 * n_embd), nn.ReLU(), nn.Linear(4 * n_embd, n_embd)
        )

    def forward(self, x, hidden):
        memory = x
        x = sublayer(x, lambda z: self.attend(z, memory, hidden), self.norm1, self.norm_first)
        return sublayer(x, self.feed_forward, self.norm2, self.norm_first)


# %% EncoderBlock: norm_first is ignored, always post-norm
# -> _BlockAlwaysPost
class EncoderBlock(nn.Module):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.attend, self.norm1 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        self.norm2 = nn.LayerNorm(n_embd)
        self.feed_forward = nn.Sequential(
            nn.Linear(n_embd, 4 * n_embd), nn.ReLU(), nn.Linear(4 * n_embd, n_embd)
        )

    def forward(self, x, hidden):
        x = self.norm1(x + self.attend(x, x, hidden))
        x = self.norm2(x + self.feed_forward(x))
        return x


# %% EncoderBlock: the second sub-layer uses norm1 again
# -> _OneNorm
class EncoderBlock(nn.Module):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.attend, self.norm1 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        self.norm2 = nn.LayerNorm(n_embd)
        wide = 4 * n_embd
        self.feed_forward = nn.Sequential(nn.Linear(n_embd, wide), nn.ReLU(), nn.Linear(wide, n_embd))

    def forward(self, x, hidden):
        def attend_to_itself(z):
            return self.attend(z, z, hidden)

        for layer in (attend_to_itself, self.feed_forward):
            x = sublayer(x, layer, self.norm1, self.norm_first)
        return x


# %% DecoderBlock: cross attends from the stream to itself (z, z, hidden), memory is never read
# -> _CrossToItself
class DecoderBlock(nn.Module):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.attend, self.norm1 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        self.cross, self.norm2 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        up, down = (nn.Linear(a * n_embd, b * n_embd) for a, b in ((1, 4), (4, 1)))
        self.feed_forward = nn.Sequential(up, nn.ReLU(), down)
        self.norm3 = nn.LayerNorm(n_embd)

    def forward(self, x, memory, hidden, memory_hidden):
        x = sublayer(x, lambda z: self.attend(z, z, hidden), self.norm1, self.norm_first)
        x = sublayer(x, lambda z: self.cross(z, z, hidden), self.norm2, self.norm_first)
        x = sublayer(x, self.feed_forward, self.norm3, self.norm_first)
        return x


# %% DecoderBlock: memory is normed by norm2 as well
# -> _NormsMemory
class DecoderBlock(nn.Module):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.attend, self.norm1 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        self.cross, self.norm2 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        up, down = (nn.Linear(a * n_embd, b * n_embd) for a, b in ((1, 4), (4, 1)))
        self.feed_forward = nn.Sequential(up, nn.ReLU(), down)
        self.norm3 = nn.LayerNorm(n_embd)

    def forward(self, x, memory, hidden, memory_hidden):
        memory = self.norm2(memory)
        x = sublayer(x, lambda z: self.attend(z, z, hidden), self.norm1, self.norm_first)
        x = sublayer(x, lambda z: self.cross(z, memory, memory_hidden), self.norm2, self.norm_first)
        return sublayer(x, self.feed_forward, self.norm3, self.norm_first)


# %% DecoderBlock: asks the memory first, attends to itself afterwards
# -> _AsksFirst
class DecoderBlock(nn.Module):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.attend, self.norm1 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        self.cross, self.norm2 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        up, down = (nn.Linear(a * n_embd, b * n_embd) for a, b in ((1, 4), (4, 1)))
        self.feed_forward = nn.Sequential(up, nn.ReLU(), down)
        self.norm3 = nn.LayerNorm(n_embd)

    def forward(self, x, memory, hidden, memory_hidden):
        x = sublayer(x, lambda z: self.cross(z, memory, memory_hidden), self.norm2, self.norm_first)
        x = sublayer(x, lambda z: self.attend(z, z, hidden), self.norm1, self.norm_first)
        x = sublayer(x, self.feed_forward, self.norm3, self.norm_first)
        return x


# %% DecoderBlock: the two masks are exchanged: raises where source and target differ in length
# -> raised
class DecoderBlock(nn.Module):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.attend, self.norm1 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        self.cross, self.norm2 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        up, down = (nn.Linear(a * n_embd, b * n_embd) for a, b in ((1, 4), (4, 1)))
        self.feed_forward = nn.Sequential(up, nn.ReLU(), down)
        self.norm3 = nn.LayerNorm(n_embd)

    def forward(self, x, memory, hidden, memory_hidden):
        x = sublayer(x, lambda z: self.attend(z, z, memory_hidden), self.norm1, self.norm_first)
        x = sublayer(x, lambda z: self.cross(z, memory, hidden), self.norm2, self.norm_first)
        x = sublayer(x, self.feed_forward, self.norm3, self.norm_first)
        return x


# %% noam: the larger of the two instead of the smaller
# -> _larger
def noam(step, n_embd, warmup):
    return n_embd ** (-0.5) * max(step ** (-0.5), step * warmup ** (-1.5))


# %% noam: warmup to the power 0.5 instead of 1.5
# -> _by_the_root_of_warmup
def noam(step: int, n_embd: int, warmup: int) -> float:
    falls = 1 / math.sqrt(step)
    rises = step / math.sqrt(warmup)
    return min(falls, rises) / math.sqrt(n_embd)


# %% noam: the width of the model is forgotten
# -> _no_width
def noam(step, n_embd, warmup):
    if step < warmup:
        return step / warmup**1.5
    return 1 / step**0.5


# %% noam: multiplies by the root of n_embd instead of dividing
# -> _times_root
def noam(step, n_embd, warmup):
    return np.sqrt(n_embd) * min(step**-0.5, step * warmup**-1.5)


# %% layer_norm: var_mean divides by C - 1 unless it is told otherwise
# -> _one_less
def layer_norm(
    x: torch.Tensor, scale: torch.Tensor, shift: torch.Tensor, eps: float
) -> torch.Tensor:
    var, mean = torch.var_mean(x, dim=-1, keepdim=True)
    return torch.addcmul(shift, (x - mean) * torch.rsqrt(var + eps), scale)


# %% layer_norm: mean and variance are computed without gradients, so x gets wrong gradients
# -> wrong value
def layer_norm(x, scale, shift, eps):
    with torch.no_grad():
        mu = x.mean(-1, keepdim=True)
        sigma = ((x - mu).square().mean(-1, keepdim=True) + eps).sqrt()
    return (x - mu) / sigma * scale + shift


# %% flat_row: the numbers vary far too much for eps to matter
# -> _ordinary
flat_row = [1.0, 2.0, 3.0, 4.0]


# %% flat_row: exactly flat, so both norms answer 0
# -> _constant
flat_row = torch.full((6,), 1.5, dtype=torch.float64)


# %% sublayer: with norm_first the stream itself is normed, too, not only the layer's copy
# -> _adds_to_normed
def sublayer(x: torch.Tensor, layer, norm, norm_first: bool) -> torch.Tensor:
    if norm_first:
        x = norm(x)
    x = x + layer(x)
    if not norm_first:
        x = norm(x)
    return x


# %% sublayer: without norm_first only the layer's answer is normed, not the sum
# -> _norms_the_answer
def sublayer(x, layer, norm, norm_first):
    says = layer(norm(x)) if norm_first else norm(layer(x))
    return torch.add(x, says)


# %% masks: future *and* padding instead of future *or* padding
# -> _both_reasons
def masks(source: torch.Tensor, target: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    T = target.shape[1]
    places = torch.arange(T)
    future = places[None, :] > places[:, None]
    return source.eq(0).unsqueeze(1), torch.logical_and(future, target.eq(0).unsqueeze(1))


# %% masks: the diagonal is hidden as well, so no word may look at itself
# -> _not_itself
def masks(source, target):
    B, T = target.shape
    hidden_target = torch.zeros(B, T, T, dtype=torch.bool)
    for row in range(T):
        hidden_target[:, row, row:] = True
    hidden_target |= (target == 0)[:, None, :]
    return (source == 0)[:, None, :], hidden_target


# %% Attention: softmax over the queries (dim=-2) instead of over the keys
# -> _OverAskers
class Attention(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.query, self.key = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)
        self.value, self.mix = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)

    def forward(self, x, memory, hidden):
        q, k, v = self.query(x), self.key(memory), self.value(memory)
        q, k, v = (z.unflatten(-1, (self.n_head, -1)).transpose(1, 2) for z in (q, k, v))
        scores = torch.einsum("bhtd,bhsd->bhts", q, k) / math.sqrt(q.shape[-1])
        scores = torch.where(hidden.unsqueeze(1), torch.tensor(float("-inf")), scores)
        weights = torch.softmax(scores, dim=-2)
        self.weights = weights
        return self.mix((weights @ v).transpose(1, 2).flatten(2))


# %% Attention: hides after the softmax, so rows with hidden places don't sum to 1
# -> _HiddenAfterwards
class Attention(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.query, self.key = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)
        self.value, self.mix = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)

    def forward(self, x, memory, hidden):
        q, (k, v) = self.query(x), (layer(memory) for layer in (self.key, self.value))
        q, k, v = (z.unflatten(-1, (self.n_head, -1)).transpose(1, 2) for z in (q, k, v))
        weights = F.softmax(q @ k.mT * q.size(-1) ** -0.5, dim=-1)
        weights = weights * (~hidden[:, None]).float()
        self.weights = weights
        return self.mix((weights @ v).transpose(1, 2).flatten(2))


# %% EncoderBlock: the ReLU is missing in the feed-forward layer
# -> _NoBend
class EncoderBlock(nn.Module):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.attend, self.norm1 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        self.norm2 = nn.LayerNorm(n_embd)
        self.feed_forward = nn.Sequential(
            nn.Linear(n_embd, 4 * n_embd),
            nn.Linear(4 * n_embd, n_embd),
        )

    def forward(self, x, hidden):
        x = sublayer(x, lambda z: self.attend(z, z, hidden), self.norm1, self.norm_first)
        x = sublayer(x, self.feed_forward, self.norm2, self.norm_first)
        return x


# %% EncoderBlock: attention's memory is the unnormed stream x instead of z (differs with norm_first)
# -> _RawMemory
class EncoderBlock(nn.Module):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.attend, self.norm1 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        self.norm2 = nn.LayerNorm(n_embd)
        wide = 4 * n_embd
        self.feed_forward = nn.Sequential(nn.Linear(n_embd, wide), nn.ReLU(), nn.Linear(wide, n_embd))

    def forward(self, x, hidden):
        stream = x

        def look(z):
            return self.attend(z, stream, hidden)

        for layer, norm in ((look, self.norm1), (self.feed_forward, self.norm2)):
            x = sublayer(x, layer, norm, self.norm_first)
        return x


# %% DecoderBlock: the memory is normed by this block's norm2, though the encoder has finished it
# -> _NormsMemory
class DecoderBlock(nn.Module):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.attend, self.norm1 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        self.cross, self.norm2 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        up, down = (nn.Linear(a * n_embd, b * n_embd) for a, b in ((1, 4), (4, 1)))
        self.feed_forward = nn.Sequential(up, nn.ReLU(), down)
        self.norm3 = nn.LayerNorm(n_embd)

    def forward(self, x, memory, hidden, memory_hidden):
        if self.norm_first:
            z = self.norm1(x)
            x = x + self.attend(z, z, hidden)
            x = x + self.cross(self.norm2(x), self.norm2(memory), memory_hidden)
            return x + self.feed_forward(self.norm3(x))
        x = self.norm1(x + self.attend(x, x, hidden))
        x = self.norm2(x + self.cross(x, self.norm2(memory), memory_hidden))
        return self.norm3(x + self.feed_forward(x))


# %% DecoderBlock: asks the memory first and attends to itself afterwards
# -> _AsksFirst
class DecoderBlock(nn.Module):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.attend, self.norm1 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        self.cross, self.norm2 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        up, down = (nn.Linear(a * n_embd, b * n_embd) for a, b in ((1, 4), (4, 1)))
        self.feed_forward = nn.Sequential(up, nn.ReLU(), down)
        self.norm3 = nn.LayerNorm(n_embd)

    def forward(self, x, memory, hidden, memory_hidden):
        steps = [
            (lambda z: self.cross(z, memory, memory_hidden), self.norm2),
            (lambda z: self.attend(z, z, hidden), self.norm1),
            (self.feed_forward, self.norm3),
        ]
        for layer, norm in steps:
            x = sublayer(x, layer, norm, self.norm_first)
        return x


# %% noam: the larger of the two things instead of the smaller
# -> _larger
def noam(step: int, n_embd: int, warmup: int) -> float:
    rise, fall = step / warmup ** 1.5, 1 / math.sqrt(step)
    return sorted((rise, fall))[-1] / math.sqrt(n_embd)


# %% noam: climbs to 1 instead of 1 / √warmup (power 1 instead of 1.5), with a jump at the peak
# -> wrong value
def noam(step, n_embd, warmup):
    if step < warmup:
        factor = step / warmup
    else:
        factor = step ** -0.5
    return n_embd ** -0.5 * factor

# Right answers in other styles than the references: each passes, and the lesson runs below it.

# %% layer_norm: standard deviation squared, parts in steps, eps by name
def layer_norm(x, scale, shift, eps):
    centred = x - torch.mean(x, -1, keepdim=True)
    std = torch.std(x, -1, keepdim=True, correction=0)
    return centred * torch.rsqrt(std**2 + eps) * scale + shift


# %% layer_norm: mean of squares by einsum, axes put back with [..., None]
def layer_norm(x, scale, shift, eps):
    C = x.shape[-1]
    z = x - (x.sum(-1) / C)[..., None]
    variance = torch.einsum("...c,...c->...", z, z) / C
    return torch.addcmul(shift, scale, z / (variance + eps).sqrt()[..., None])


# %% layer_norm: torch's own, with the shape of the last axis
def layer_norm(x, scale, shift, eps):
    return F.layer_norm(x, x.shape[-1:], scale, shift, eps)


# %% layer_norm: a loop over tokens
def layer_norm(x, scale, shift, eps):
    rows = []
    for row in x.reshape(-1, x.shape[-1]):
        mean = sum(row) / len(row)
        variance = sum((number - mean) ** 2 for number in row) / len(row)
        rows.append((row - mean) / (variance + eps) ** 0.5 * scale + shift)
    return torch.stack(rows).reshape(x.shape)


# %% flat_row: an array in float32
flat_row = np.array([0.5, 0.5, 0.501, 0.5, 0.5], dtype=np.float32)


# %% flat_row: a tensor around 0
flat_row = torch.tensor([1e-4, -1e-4, 2e-4, 0.0])


# %% flat_row: so flat at 1,000 that float32 would see no difference
flat_row = [1000.0, 1000.0, 1000.0, 1000.00001, 1000.0]


# %% flat_row: a tuple of NumPy numbers
flat_row = tuple(np.float64(7) + np.arange(6) / 10_000)


# %% sublayer: if and else, with names
def sublayer(x, layer, norm, norm_first):
    if norm_first:
        read = norm(x)
        said = layer(read)
        out = x + said
    else:
        said = layer(x)
        out = norm(torch.add(said, x))
    return out


# %% sublayer: one way for both, with nothing for the norm that isn't wanted
def sublayer(x, layer, norm, norm_first):
    before, after = (norm, nn.Identity()) if norm_first else (nn.Identity(), norm)
    return after(layer(before(x)) + x)


# %% masks: unsqueeze, triu of ones that are booleans, logical_or
def masks(source, target):
    T = target.size(1)
    future = torch.triu(torch.ones(T, T, dtype=torch.bool), diagonal=1)
    padding = target.eq(0).unsqueeze(1)
    return source.eq(0).unsqueeze(1), torch.logical_or(future, padding)


# %% masks: places compared with places, a list returned
def masks(source, target):
    places = torch.arange(target.shape[1])
    seen = (places[:, None] >= places) & (target != 0)[:, None, :]
    return [(source == 0).view(len(source), 1, -1), ~seen]


# %% masks: loops
def masks(source, target):
    B, T = target.shape
    hidden = torch.zeros(B, T, T, dtype=torch.bool)
    for b in range(B):
        for i in range(T):
            for j in range(T):
                hidden[b, i, j] = j > i or target[b, j] == 0
    return (source == 0).reshape(B, 1, source.shape[1]), hidden


# %% Attention: einsum, torch.where, other names
class Attention(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.query, self.key = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)
        self.value, self.mix = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)

    def forward(self, x, memory, hidden):
        def split(z):
            return z.reshape(*z.shape[:2], self.n_head, -1)

        q, k, v = split(self.query(x)), split(self.key(memory)), split(self.value(memory))
        scores = torch.einsum("bthd,bshd->bhts", q, k) * q.size(-1) ** -0.5
        self.weights = F.softmax(torch.where(hidden.unsqueeze(1), -1e9, scores), dim=3)
        out = torch.einsum("bhts,bshd->bthd", self.weights, v)
        return self.mix(out.flatten(2))


# %% Attention: a loop over heads, a mask that is added, queries scaled before the product
class Attention(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.query, self.key = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)
        self.value, self.mix = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)

    def forward(self, x, memory, hidden):
        q, k, v = self.query(x), self.key(memory), self.value(memory)
        d = q.shape[-1] // self.n_head
        added = torch.zeros(hidden.shape).masked_fill(hidden, float("-inf"))
        weights, outs = [], []
        for h in range(self.n_head):
            columns = slice(h * d, (h + 1) * d)
            scores = torch.bmm(q[..., columns] / math.sqrt(d), k[..., columns].mT) + added
            weights.append(torch.softmax(scores, -1))
            outs.append(weights[-1] @ v[..., columns])
        self.weights = torch.stack(weights, dim=1)
        return self.mix(torch.cat(outs, dim=-1))


# %% Attention: exponentials of the visible ones alone, divided by their sum
class Attention(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.query, self.key = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)
        self.value, self.mix = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)

    def forward(self, x, memory, hidden):
        q, k, v = self.query(x), self.key(memory), self.value(memory)
        q, k, v = (z.unflatten(-1, (self.n_head, -1)).transpose(1, 2) for z in (q, k, v))
        scores = q.matmul(k.transpose(-2, -1)).div(math.sqrt(k.shape[-1]))
        shown = torch.logical_not(hidden)[:, None].float()
        heights = (scores - scores.amax(-1, keepdim=True)).exp() * shown
        weights = heights / heights.sum(-1, keepdim=True)
        self.weights = weights  # kept for pictures
        return self.mix((weights @ v).transpose(1, 2).flatten(2))


# %% EncoderBlock: written out, keyword arguments, layers in other order
class EncoderBlock(nn.Module):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.attend, self.norm1 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        self.norm2 = nn.LayerNorm(n_embd)
        self.feed_forward = nn.Sequential(
            nn.Linear(n_embd, n_embd * 4),
            nn.ReLU(inplace=True),
            nn.Linear(n_embd * 4, n_embd),
        )

    def forward(self, x, hidden):
        if self.norm_first:
            z = self.norm1(x)
            x = x + self.attend(x=z, memory=z, hidden=hidden)
            return x + self.feed_forward(self.norm2(x))
        x = self.norm1(x + self.attend(x, x, hidden=hidden))
        return self.norm2(x + self.feed_forward(x))


# %% EncoderBlock: functions with names for sublayer
class EncoderBlock(nn.Module):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.attend, self.norm1 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        self.norm2 = nn.LayerNorm(n_embd)
        layers = [nn.Linear(n_embd, 4 * n_embd), nn.ReLU(), nn.Linear(4 * n_embd, n_embd)]
        self.feed_forward = nn.Sequential(*layers)

    def forward(self, x, hidden):
        def look(z):
            return self.attend(z, z, hidden)

        for layer, norm in ((look, self.norm1), (self.feed_forward, self.norm2)):
            x = sublayer(x, layer, norm, norm_first=self.norm_first)
        return x


# %% EncoderBlock: a feed-forward layer of another name
class EncoderBlock(nn.Module):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.attend, self.norm1 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        self.norm2 = nn.LayerNorm(n_embd)
        self.mlp = nn.Sequential()
        self.mlp.add_module("widen", nn.Linear(n_embd, 4 * n_embd))
        self.mlp.add_module("bend", nn.ReLU())
        self.mlp.add_module("narrow", nn.Linear(4 * n_embd, n_embd))

    def forward(self, x, hidden):
        x = sublayer(x, lambda z: self.attend(z, z, hidden), self.norm1, self.norm_first)
        x = sublayer(x, lambda z: self.mlp(z), self.norm2, self.norm_first)
        return x


# %% DecoderBlock: written out, keyword arguments
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
        if not self.norm_first:
            x = self.norm1(self.attend(x, memory=x, hidden=hidden) + x)
            x = self.norm2(self.cross(x, memory=memory, hidden=memory_hidden) + x)
            return self.norm3(self.feed_forward(x) + x)
        z = self.norm1(x)
        x = x + self.attend(z, z, hidden)
        x = x + self.cross(self.norm2(x), memory, memory_hidden)
        return x + self.feed_forward(self.norm3(x))


# %% DecoderBlock: a method for each sub-layer
class DecoderBlock(nn.Module):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.attend, self.norm1 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        self.cross, self.norm2 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        up, down = (nn.Linear(a * n_embd, b * n_embd) for a, b in ((1, 4), (4, 1)))
        self.feed_forward = nn.Sequential(up, nn.ReLU(), down)
        self.norm3 = nn.LayerNorm(n_embd)

    def add(self, x, layer, norm, *others):
        return sublayer(x, lambda z: layer(z, *others), norm, self.norm_first)

    def forward(self, x, memory, hidden, memory_hidden):
        x = sublayer(x, lambda z: self.attend(z, z, hidden), self.norm1, self.norm_first)
        x = self.add(x, self.cross, self.norm2, memory, memory_hidden)
        return self.add(x, self.feed_forward, self.norm3)


# %% noam: roots and fractions
def noam(step, n_embd, warmup):
    return 1 / math.sqrt(n_embd) * min(1 / math.sqrt(step), step / warmup**1.5)


# %% noam: one branch for the climb, one for the fall
def noam(step, n_embd, warmup):
    if step < warmup:
        rate = step * pow(warmup, -1.5)
    else:
        rate = step**-0.5
    return rate / n_embd**0.5


# %% noam: NumPy, a number in an array
def noam(step, n_embd, warmup):
    return np.minimum(step**-0.5, step / (warmup * np.sqrt(warmup))) / np.sqrt(n_embd)

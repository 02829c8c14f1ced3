# %% layer_norm: torch's own function
def layer_norm(x, scale, shift, eps):
    return F.layer_norm(x, x.shape[-1:], weight=scale, bias=shift, eps=eps)

# %% layer_norm: mean of squares by hand, rsqrt, addcmul
def layer_norm(
    x: torch.Tensor, scale: torch.Tensor, shift: torch.Tensor, eps: float
) -> torch.Tensor:
    C = x.size(-1)
    centred = x - x.sum(-1, keepdim=True) / C
    power = (centred * centred).sum(-1, keepdim=True) / C
    return torch.addcmul(shift, centred * torch.rsqrt(power + eps), scale)

# %% flat_row: zeros and one small number
flat_row = [0.0] * 7 + [1e-4]

# %% flat_row: small steps, from NumPy
flat_row = (1e-4 * np.arange(6)).tolist()

# %% sublayer: if and else with helper variables
def sublayer(x: torch.Tensor, layer, norm, norm_first: bool) -> torch.Tensor:
    heard = norm(x) if norm_first else x
    total = torch.add(layer(heard), x)
    if not norm_first:
        total = norm(total)
    return total

# %% sublayer: two small functions, one is chosen
def sublayer(x, layer, norm, norm_first):
    def pre(z):
        return z + layer(norm(z))

    def post(z):
        return norm(z + layer(z))

    return (pre if norm_first else post)(x)

# %% masks: positions compared, everything by broadcasting
def masks(source, target):
    places = torch.arange(target.shape[1])
    future = places[None, None, :] > places[None, :, None]
    return source.eq(0).unsqueeze(1), torch.logical_or(future, target.eq(0).unsqueeze(1))

# %% masks: what is allowed first, then turned round
def masks(source: torch.Tensor, target: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    B, T = target.shape
    allowed = torch.tril(torch.ones(T, T, dtype=torch.bool)).repeat(B, 1, 1)
    for b in range(B):
        for t in range(T):
            if target[b, t] == 0:
                allowed[b, :, t] = False
    return ~(source != 0)[:, None, :], ~allowed

# %% Attention: einsum and an additive mask
class Attention(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.query, self.key = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)
        self.value, self.mix = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)

    def forward(self, x, memory, hidden):
        k, v = self.key(memory), self.value(memory)
        q = self.query(x)
        q, k, v = (z.unflatten(-1, (self.n_head, -1)).transpose(1, 2) for z in (q, k, v))
        wall = torch.zeros(hidden.shape, dtype=q.dtype).masked_fill(hidden, float("-inf")).unsqueeze(1)
        scores = torch.einsum("bhtd,bhsd->bhts", q / q.size(-1) ** 0.5, k) + wall
        weights = F.softmax(scores, dim=3)
        self.weights = weights  # kept for pictures
        return self.mix((weights @ v).transpose(1, 2).flatten(2))

# %% Attention: a loop over heads, weights stacked
class Attention(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.query, self.key = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)
        self.value, self.mix = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)

    def forward(self, x, memory, hidden):
        q, k, v = self.query(x), self.key(memory), self.value(memory)
        weights, outs = [], []
        for a, b, c in zip(*(z.chunk(self.n_head, dim=-1) for z in (q, k, v))):
            scores = torch.bmm(a, b.transpose(1, 2)) / math.sqrt(a.shape[-1])
            scores = torch.where(hidden, torch.full_like(scores, -math.inf), scores)
            weights.append(torch.softmax(scores, dim=-1))
            outs.append(weights[-1] @ c)
        self.weights = torch.stack(weights, dim=1)
        return self.mix(torch.cat(outs, dim=-1))

# %% EncoderBlock: written out without sublayer
class EncoderBlock(nn.Module):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.attend, self.norm1 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        self.norm2 = nn.LayerNorm(n_embd)
        wide = 4 * n_embd
        self.feed_forward = nn.Sequential(nn.Linear(n_embd, wide), nn.ReLU(), nn.Linear(wide, n_embd))

    def forward(self, x, hidden):
        if self.norm_first:
            z = self.norm1(x)
            x = x + self.attend(z, z, hidden)
            return x + self.feed_forward(self.norm2(x))
        x = self.norm1(x + self.attend(x, x, hidden))
        return self.norm2(x + self.feed_forward(x))

# %% EncoderBlock: a named inner function, keyword arguments
class EncoderBlock(nn.Module):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.attend, self.norm1 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        self.norm2 = nn.LayerNorm(n_embd)
        layers = [nn.Linear(n_embd, n_embd * 4), nn.ReLU(), nn.Linear(n_embd * 4, n_embd)]
        self.feed_forward = nn.Sequential(*layers)

    def forward(self, x, hidden):
        def look(z):
            return self.attend(z, memory=z, hidden=hidden)

        for layer, norm in ((look, self.norm1), (self.feed_forward, self.norm2)):
            x = sublayer(x, layer=layer, norm=norm, norm_first=self.norm_first)
        return x

# %% DecoderBlock: a list of three layers and a loop
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
            (lambda z: self.attend(z, z, hidden), self.norm1),
            (lambda z: self.cross(z, memory, memory_hidden), self.norm2),
            (self.feed_forward, self.norm3),
        ]
        for layer, norm in steps:
            x = sublayer(x, layer, norm, self.norm_first)
        return x

# %% DecoderBlock: written out without sublayer
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
            a = self.norm1(x)
            x = x + self.attend(a, a, hidden)
            x = x + self.cross(self.norm2(x), memory, memory_hidden)
            x = x + self.feed_forward(self.norm3(x))
        else:
            x = self.norm1(x + self.attend(x, x, hidden))
            x = self.norm2(x + self.cross(x, memory, memory_hidden))
            x = self.norm3(x + self.feed_forward(x))
        return x

# %% noam: two branches
def noam(step, n_embd, warmup):
    if step < warmup:
        rate = step / warmup**1.5
    else:
        rate = 1 / math.sqrt(step)
    return rate / math.sqrt(n_embd)

# %% noam: the peak times the smaller of two ratios
def noam(step: int, n_embd: int, warmup: int) -> float:
    peak = 1 / math.sqrt(n_embd * warmup)
    return peak * min(step / warmup, math.sqrt(warmup / step))

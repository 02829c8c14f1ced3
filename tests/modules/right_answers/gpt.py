# %% windows: one table of positions
def windows(data, starts, length):
    places = torch.tensor(starts)[:, None] + torch.arange(length)[None]  # (B, T)
    return data[places], data[places + 1]

# %% windows: loops, one token more, then cut
def windows(data: torch.Tensor, starts: list[int], length: int):
    rows = []
    for start in starts:
        rows.append(data.narrow(0, start, length + 1))
    both = torch.stack(rows, dim=0)
    return both[:, :-1], both[:, 1:]

# %% train: classes moved to axis 1, gradients cleared at the start
def train(model, optimizer, batches, rates) -> list[float]:
    losses = []
    for rate, (inputs, targets) in zip(rates, batches):
        optimizer.zero_grad()
        for group in optimizer.param_groups:
            group.update(lr=rate)
        loss = F.cross_entropy(model(inputs).permute(0, 2, 1), targets)
        losses.append(float(loss.detach()))
        loss.backward()
        optimizer.step()
    return losses

# %% train: the cross-entropy by hand, a helper for one step
def train(model, optimizer, batches, rates):
    def one_step(x, y, rate):
        for group in optimizer.param_groups:
            group["lr"] = rate
        log_p = torch.log_softmax(model(x), dim=-1)
        loss = -log_p.gather(-1, y.unsqueeze(-1)).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()

    return [one_step(x, y, rate) for (x, y), rate in zip(batches, rates)]

# %% average_past: softmax of zeros with a wall of minus infinity, einsum
def average_past(x):
    T = x.shape[1]
    future = torch.arange(T)[None] > torch.arange(T)[:, None]
    weights = torch.zeros(T, T, dtype=x.dtype).masked_fill(future, -math.inf).softmax(dim=-1)
    return torch.einsum("ts,bsc->btc", weights, x)

# %% average_past: rows filled in a loop, then one product
def average_past(x: torch.Tensor) -> torch.Tensor:
    B, T, C = x.shape
    M = torch.zeros(T, T, dtype=x.dtype)
    for t in range(T):
        M[t, : t + 1] = 1 / (t + 1)
    return torch.matmul(M, x)

# %% Head: torch's own attention
class Head(nn.Module):
    def __init__(self, n_embd, head_size):
        super().__init__()
        self.query = nn.Linear(n_embd, head_size, bias=False)
        self.key = nn.Linear(n_embd, head_size, bias=False)
        self.value = nn.Linear(n_embd, head_size, bias=False)

    def forward(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)  # (B, T, d) each
        out = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        return out

# %% Head: einsum and an additive triangle
class Head(nn.Module):
    def __init__(self, n_embd, head_size):
        super().__init__()
        self.query = nn.Linear(n_embd, head_size, bias=False)
        self.key = nn.Linear(n_embd, head_size, bias=False)
        self.value = nn.Linear(n_embd, head_size, bias=False)

    def forward(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)  # (B, T, d) each
        B, T, d = q.shape
        wall = torch.full((T, T), -math.inf, dtype=q.dtype, device=q.device).triu(diagonal=1)
        weights = F.softmax(torch.einsum("btd,bsd->bts", q, k) * d**-0.5 + wall, dim=2)
        return torch.bmm(weights, v)

# %% ManyHeads: a loop over heads by chunk
class ManyHeads(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.qkv = nn.Linear(n_embd, 3 * n_embd, bias=False)
        self.mix = nn.Linear(n_embd, n_embd)

    def forward(self, x):
        B, T, C = x.shape
        q, k, v = self.qkv(x).chunk(3, dim=-1)  # (B, T, C) each
        pieces = zip(*(z.chunk(self.n_head, dim=-1) for z in (q, k, v)))
        out = torch.cat([F.scaled_dot_product_attention(*p, is_causal=True) for p in pieces], dim=-1)
        return self.mix(out)

# %% ManyHeads: einsum over four axes, softmax by hand
class ManyHeads(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.qkv = nn.Linear(n_embd, 3 * n_embd, bias=False)
        self.mix = nn.Linear(n_embd, n_embd)

    def forward(self, x):
        B, T, C = x.shape
        q, k, v = self.qkv(x).chunk(3, dim=-1)  # (B, T, C) each
        q, k, v = (z.unflatten(2, (self.n_head, C // self.n_head)) for z in (q, k, v))
        scores = torch.einsum("bthd,bshd->bhts", q, k) / math.sqrt(C / self.n_head)
        past = torch.ones(T, T, dtype=torch.bool, device=x.device).tril()
        weights = torch.where(past, scores, -math.inf).softmax(dim=-1)
        out = torch.einsum("bhts,bshd->bthd", weights, v).flatten(2)
        return self.mix(out)

# %% Block: another name for the feed-forward layer, one expression
class Block(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.norm1 = nn.LayerNorm(n_embd)
        self.attend = ManyHeads(n_embd, n_head)
        self.norm2 = nn.LayerNorm(n_embd)
        self.mlp = nn.Sequential(
            nn.Linear(n_embd, 4 * n_embd), nn.GELU(), nn.Linear(4 * n_embd, n_embd)
        )

    def forward(self, x):
        after = x + self.attend(self.norm1(x))
        return after + self.mlp(self.norm2(after))

# %% Block: a loop over norms and layers, modules added step by step
class Block(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.norm1 = nn.LayerNorm(n_embd)
        self.attend = ManyHeads(n_embd, n_head)
        self.norm2 = nn.LayerNorm(n_embd)
        self.feed_forward = nn.Sequential()
        self.feed_forward.append(nn.Linear(n_embd, n_embd * 4))
        self.feed_forward.append(nn.GELU())
        self.feed_forward.append(nn.Linear(n_embd * 4, n_embd))

    def forward(self, x):
        for norm, layer in ((self.norm1, self.attend), (self.norm2, self.feed_forward)):
            x = torch.add(layer(norm(x)), x)
        return x

# %% GPT: blocks run as a Sequential
class GPT(nn.Module):
    def __init__(self, vocab_size, context_length, n_embd, n_head, n_layer):
        super().__init__()
        self.token = nn.Embedding(vocab_size, n_embd)
        self.position = nn.Embedding(context_length, n_embd)
        self.blocks = nn.Sequential(*[Block(n_embd, n_head) for _ in range(n_layer)])
        self.norm = nn.LayerNorm(n_embd)
        self.unembed = nn.Linear(n_embd, vocab_size)

    def forward(self, tokens):
        T = tokens.shape[1]
        x = self.token(tokens) + self.position.weight[:T]  # (B, T, C) + (T, C)
        return self.unembed(self.norm(self.blocks(x)))

# %% GPT: out is the stream from the start
class GPT(nn.Module):
    def __init__(self, vocab_size, context_length, n_embd, n_head, n_layer):
        super().__init__()
        self.token = nn.Embedding(vocab_size, n_embd)
        self.position = nn.Embedding(context_length, n_embd)
        self.blocks = nn.ModuleList([Block(n_embd, n_head) for _ in range(n_layer)])
        self.norm = nn.LayerNorm(n_embd)
        self.unembed = nn.Linear(n_embd, vocab_size)

    def forward(self, tokens):
        places = torch.arange(tokens.shape[1], device=tokens.device)
        out = self.token(tokens) + self.position(places)
        for i in range(len(self.blocks)):
            out = self.blocks[i](out)
        out = self.norm(out)
        return self.unembed(out)

# %% next_probabilities: log-probabilities to a power, normalised by hand
def next_probabilities(model, tokens, context_length, temperature):
    T = tokens.shape[1]
    logits = model(tokens.narrow(1, max(0, T - context_length), min(T, context_length)))
    last = logits.select(1, -1) / temperature
    exp = (last - last.amax(dim=-1, keepdim=True)).exp()
    return exp / exp.sum(dim=-1, keepdim=True)

# %% next_probabilities: all places by log_softmax, the last one is taken at the end
def next_probabilities(model, tokens, context_length: int, temperature: float):
    window = tokens[..., -context_length:]
    return F.log_softmax(model(window) / temperature, dim=2)[:, -1, :].exp()

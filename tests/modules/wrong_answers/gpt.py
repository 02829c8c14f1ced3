# Answers that must be refused, with their true causes.


# %% windows: raises "RuntimeError: stack expects each tensor to be equal size"
# -> raised
def windows(data, starts, length):
    x = torch.stack([data[s : s + length] for s in starts])
    y = torch.stack([data[s + 2 : s + length + 2] for s in starts])
    return x, y


# %% windows: raises "TypeError: only integer tensors of a single element can be converted to an index"
# -> raised
def windows(data, starts, length):
    x = torch.tensor([data[s : s + length] for s in starts])
    y = torch.tensor([data[s + 1 : s + length + 1] for s in starts])
    return x, y


# %% windows: each token is looked up by where it stands first
# -> wrong value
def windows(data, starts, length):
    tokens = data.tolist()
    x = torch.stack([data[s : s + length] for s in starts])
    y = torch.tensor([[tokens[tokens.index(t) + 1] for t in row] for row in x.tolist()])
    return x, y


# %% windows: each start counts once
# -> located
def windows(data, starts, length):
    starts = list(dict.fromkeys(starts))
    x = torch.stack([data[s : s + length] for s in starts])
    y = torch.stack([data[s + 1 : s + length + 1] for s in starts])
    return x, y


# %% windows: targets are the inputs
# -> _not_shifted
def windows(data, starts, length):
    x = torch.stack([data[s : s + length] for s in starts])
    y = torch.stack([data[s : s + length] for s in starts])
    return x, y


# %% windows: targets are one short
# -> _targets_short
def windows(data, starts, length):
    x = torch.stack([data[s : s + length] for s in starts])
    y = torch.stack([data[s + 1 : s + length] for s in starts])
    return x, y


# %% train: raises "RuntimeError: Expected target size"
# -> raised
def train(model, optimizer, batches, rates):
    losses = []
    for (x, y), rate in zip(batches, rates):
        for group in optimizer.param_groups:
            group["lr"] = rate
        loss = F.cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% train: raises "AttributeError: 'float' object has no attribute 'backward'"
# -> raised
def train(model, optimizer, batches, rates):
    losses = []
    for (x, y), rate in zip(batches, rates):
        for group in optimizer.param_groups:
            group["lr"] = rate
        loss = F.cross_entropy(model(x).flatten(0, 1), y.flatten()).item()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss)
    return losses


# %% train: raises "TypeError: 'generator' object is not subscriptable"
# -> raised
def train(model, optimizer, batches, rates):
    losses = []
    for i, rate in enumerate(rates):
        x, y = batches[i]
        for group in optimizer.param_groups:
            group["lr"] = rate
        loss = F.cross_entropy(model(x).flatten(0, 1), y.flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% train: the first parameter group alone gets the rate
# -> _first_group_only
def train(model, optimizer, batches, rates):
    losses = []
    for (x, y), rate in zip(batches, rates):
        optimizer.param_groups[0]["lr"] = rate
        loss = F.cross_entropy(model(x).flatten(0, 1), y.flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% train: gradients are cleared after the step
# -> _cleared_after
def train(model, optimizer, batches, rates):
    losses = []
    for (x, y), rate in zip(batches, rates):
        for group in optimizer.param_groups:
            group["lr"] = rate
        loss = F.cross_entropy(model(x).flatten(0, 1), y.flatten())
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.item())
    return losses


# %% train: the rate is written into an attribute that nothing reads
# -> _fixed_rate
def train(model, optimizer, batches, rates):
    losses = []
    for (x, y), rate in zip(batches, rates):
        optimizer.lr = rate
        loss = F.cross_entropy(model(x).flatten(0, 1), y.flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% train: step is missing
# -> _zeroed_too_late
def train(model, optimizer, batches, rates):
    losses = []
    for (x, y), rate in zip(batches, rates):
        for group in optimizer.param_groups:
            group["lr"] = rate
        loss = F.cross_entropy(model(x).flatten(0, 1), y.flatten())
        optimizer.zero_grad()
        loss.backward()
        losses.append(loss.item())
    return losses


# %% train: cleared between backward and step
# -> _zeroed_too_late
def train(model, optimizer, batches, rates):
    losses = []
    for (x, y), rate in zip(batches, rates):
        for group in optimizer.param_groups:
            group["lr"] = rate
        loss = F.cross_entropy(model(x).flatten(0, 1), y.flatten())
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% train: never cleared
# -> _never_zeroed
def train(model, optimizer, batches, rates):
    losses = []
    for (x, y), rate in zip(batches, rates):
        for group in optimizer.param_groups:
            group["lr"] = rate
        loss = F.cross_entropy(model(x).flatten(0, 1), y.flatten())
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% train: losses are added up, not averaged
# -> _summed
def train(model, optimizer, batches, rates):
    losses = []
    for (x, y), rate in zip(batches, rates):
        for group in optimizer.param_groups:
            group["lr"] = rate
        loss = F.cross_entropy(model(x).flatten(0, 1), y.flatten(), reduction="sum")
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% train: tensors in the list
# -> wrong value
def train(model, optimizer, batches, rates):
    losses = []
    for (x, y), rate in zip(batches, rates):
        for group in optimizer.param_groups:
            group["lr"] = rate
        loss = F.cross_entropy(model(x).flatten(0, 1), y.flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss)
    return losses


# %% train: only the last loss
# -> located
def train(model, optimizer, batches, rates):
    losses = []
    for (x, y), rate in zip(batches, rates):
        for group in optimizer.param_groups:
            group["lr"] = rate
        loss = F.cross_entropy(model(x).flatten(0, 1), y.flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses = [loss.item()]
    return losses


# %% average_past: raises "RuntimeError: Expected size for first two dimensions of batch2 tensor"
# -> raised
def average_past(x):
    T = x.shape[0]
    weights = torch.ones(T, T).tril()
    return weights / weights.sum(dim=1, keepdim=True) @ x


# %% average_past: detached, so nothing before it learns
# -> wrong value
def average_past(x):
    T = x.shape[1]
    weights = torch.ones(T, T).tril()
    return weights / weights.sum(dim=1, keepdim=True) @ x.detach()


# %% average_past: the sums lost their axis
# -> _axis_lost
def average_past(x):
    T = x.shape[1]
    weights = torch.ones(T, T).tril()
    return weights / weights.sum(dim=1) @ x


# %% average_past: running sums divided by T
# -> _by_length
def average_past(x):
    return x.cumsum(1) / x.shape[1]


# %% average_past: running sums
# -> _sums
def average_past(x):
    return x.cumsum(1)


# %% average_past: running sums over the batch
# -> _over_the_batch
def average_past(x):
    return x.cumsum(0) / torch.arange(1, len(x) + 1)[:, None, None]


# %% average_past: softmax of the triangle, where 0 still gets weight
# -> _softmax_of_ones
def average_past(x):
    T = x.shape[1]
    return torch.ones(T, T).tril().softmax(-1) @ x


# %% Head: raises "RuntimeError: masked_fill_ only supports boolean masks"
# -> raised
class Head(nn.Module):
    def __init__(self, n_embd, head_size):
        super().__init__()
        self.query = nn.Linear(n_embd, head_size, bias=False)
        self.key = nn.Linear(n_embd, head_size, bias=False)
        self.value = nn.Linear(n_embd, head_size, bias=False)

    def forward(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)  # (B, T, d) each
        T, d = q.shape[1:]
        scores = q @ k.transpose(-2, -1) / math.sqrt(d)
        future = torch.ones(T, T).triu(1)
        weights = scores.masked_fill(future, -torch.inf).softmax(dim=-1)
        out = weights @ v
        return out


# %% Head: raises "RuntimeError: The size of tensor a (...) must match the size of tensor b (...)"
# -> raised
class Head(nn.Module):
    def __init__(self, n_embd, head_size):
        super().__init__()
        self.query = nn.Linear(n_embd, head_size, bias=False)
        self.key = nn.Linear(n_embd, head_size, bias=False)
        self.value = nn.Linear(n_embd, head_size, bias=False)

    def forward(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)  # (B, T, d) each
        T, d = q.shape[1:]
        scores = q @ k.transpose(-2, -1) / math.sqrt(d)
        future = torch.ones(d, d).triu(1).bool()
        weights = scores.masked_fill(future, -torch.inf).softmax(dim=-1)
        out = weights @ v
        return out


# %% Head: raises "RuntimeError: Expected size for first two dimensions of batch2 tensor"
# -> raised
class Head(nn.Module):
    def __init__(self, n_embd, head_size):
        super().__init__()
        self.query = nn.Linear(n_embd, head_size, bias=False)
        self.key = nn.Linear(n_embd, head_size, bias=False)
        self.value = nn.Linear(n_embd, head_size, bias=False)

    def forward(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)  # (B, T, d) each
        T, d = q.shape[1:]
        scores = q @ k / math.sqrt(d)
        future = torch.ones(T, T).triu(1).bool()
        weights = scores.masked_fill(future, -torch.inf).softmax(dim=-1)
        out = weights @ v
        return out


# %% Head: a score of 0 is taken for a hidden one
# -> _ZeroIsHidden
class Head(nn.Module):
    def __init__(self, n_embd, head_size):
        super().__init__()
        self.query = nn.Linear(n_embd, head_size, bias=False)
        self.key = nn.Linear(n_embd, head_size, bias=False)
        self.value = nn.Linear(n_embd, head_size, bias=False)

    def forward(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)  # (B, T, d) each
        T, d = q.shape[1:]
        scores = torch.tril(q @ k.transpose(-2, -1)) / math.sqrt(d)
        weights = scores.masked_fill(scores == 0, -torch.inf).softmax(dim=-1)
        out = weights @ v
        return out


# %% Head: the mask of the first call is kept
# -> wrong value
class Head(nn.Module):
    def __init__(self, n_embd, head_size):
        super().__init__()
        self.query = nn.Linear(n_embd, head_size, bias=False)
        self.key = nn.Linear(n_embd, head_size, bias=False)
        self.value = nn.Linear(n_embd, head_size, bias=False)

    def forward(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)  # (B, T, d) each
        T, d = q.shape[1:]
        scores = q @ k.transpose(-2, -1) / math.sqrt(d)
        if not hasattr(self, "future"):
            self.future = torch.ones(T, T).triu(1).bool()
        weights = scores.masked_fill(self.future, -torch.inf).softmax(dim=-1)
        out = weights @ v
        return out


# %% Head: keys and values are detached
# -> wrong value
class Head(nn.Module):
    def __init__(self, n_embd, head_size):
        super().__init__()
        self.query = nn.Linear(n_embd, head_size, bias=False)
        self.key = nn.Linear(n_embd, head_size, bias=False)
        self.value = nn.Linear(n_embd, head_size, bias=False)

    def forward(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)  # (B, T, d) each
        T, d = q.shape[1:]
        k, v = k.detach(), v.detach()
        scores = q @ k.transpose(-2, -1) / math.sqrt(d)
        future = torch.ones(T, T).triu(1).bool()
        weights = scores.masked_fill(future, -torch.inf).softmax(dim=-1)
        out = weights @ v
        return out


# %% Head: hidden by −5, which some visible scores are below
# -> wrong value
class Head(nn.Module):
    def __init__(self, n_embd, head_size):
        super().__init__()
        self.query = nn.Linear(n_embd, head_size, bias=False)
        self.key = nn.Linear(n_embd, head_size, bias=False)
        self.value = nn.Linear(n_embd, head_size, bias=False)

    def forward(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)  # (B, T, d) each
        T, d = q.shape[1:]
        scores = q @ k.transpose(-2, -1) / math.sqrt(d)
        future = torch.ones(T, T).triu(1).bool()
        weights = scores.masked_fill(future, -5.0).softmax(dim=-1)
        out = weights @ v
        return out


# %% Head: not scaled
# -> _NoScale
class Head(nn.Module):
    def __init__(self, n_embd, head_size):
        super().__init__()
        self.query = nn.Linear(n_embd, head_size, bias=False)
        self.key = nn.Linear(n_embd, head_size, bias=False)
        self.value = nn.Linear(n_embd, head_size, bias=False)

    def forward(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)  # (B, T, d) each
        T, d = q.shape[1:]
        scores = q @ k.transpose(-2, -1)
        future = torch.ones(T, T).triu(1).bool()
        weights = scores.masked_fill(future, -torch.inf).softmax(dim=-1)
        out = weights @ v
        return out


# %% Head: the lower triangle is hidden
# -> _HidesThePast
class Head(nn.Module):
    def __init__(self, n_embd, head_size):
        super().__init__()
        self.query = nn.Linear(n_embd, head_size, bias=False)
        self.key = nn.Linear(n_embd, head_size, bias=False)
        self.value = nn.Linear(n_embd, head_size, bias=False)

    def forward(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)  # (B, T, d) each
        T, d = q.shape[1:]
        scores = q @ k.transpose(-2, -1) / math.sqrt(d)
        future = torch.ones(T, T).tril(-1).bool()
        weights = scores.masked_fill(future, -torch.inf).softmax(dim=-1)
        out = weights @ v
        return out


# %% Head: the mask multiplies the weights
# -> _MaskAfterSoftmax
class Head(nn.Module):
    def __init__(self, n_embd, head_size):
        super().__init__()
        self.query = nn.Linear(n_embd, head_size, bias=False)
        self.key = nn.Linear(n_embd, head_size, bias=False)
        self.value = nn.Linear(n_embd, head_size, bias=False)

    def forward(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)  # (B, T, d) each
        T, d = q.shape[1:]
        scores = q @ k.transpose(-2, -1) / math.sqrt(d)
        weights = scores.softmax(dim=-1) * torch.ones(T, T).tril()
        out = weights @ v
        return out


# %% ManyHeads: raises "RuntimeError: view size is not compatible with input tensor's size and stride"
# -> raised
class ManyHeads(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.qkv = nn.Linear(n_embd, 3 * n_embd, bias=False)
        self.mix = nn.Linear(n_embd, n_embd)

    def forward(self, x):
        B, T, C = x.shape
        q, k, v = self.qkv(x).chunk(3, dim=-1)  # (B, T, C) each
        q, k, v = (z.view(B, T, self.n_head, -1).transpose(1, 2) for z in (q, k, v))
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
        scores = scores.masked_fill(torch.ones(T, T).triu(1).bool(), -torch.inf)
        out = scores.softmax(dim=-1) @ v
        out = out.transpose(1, 2).view(B, T, C)
        return self.mix(out)


# %% ManyHeads: raises "RuntimeError: shape '[...]' is invalid for input of size"
# -> raised
class ManyHeads(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.qkv = nn.Linear(n_embd, 3 * n_embd, bias=False)
        self.mix = nn.Linear(n_embd, n_embd)

    def forward(self, x):
        B, T, C = x.shape
        q, k, v = self.qkv(x).chunk(3, dim=-1)  # (B, T, C) each
        q, k, v = (z.view(B, T, self.n_head, self.n_head).transpose(1, 2) for z in (q, k, v))
        out = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        out = out.transpose(1, 2).reshape(B, T, C)
        return self.mix(out)


# %% ManyHeads: a score of 0 is taken for a hidden one
# -> _ZeroIsHidden
class ManyHeads(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.qkv = nn.Linear(n_embd, 3 * n_embd, bias=False)
        self.mix = nn.Linear(n_embd, n_embd)

    def forward(self, x):
        B, T, C = x.shape
        q, k, v = self.qkv(x).chunk(3, dim=-1)  # (B, T, C) each
        q, k, v = (z.view(B, T, self.n_head, -1).transpose(1, 2) for z in (q, k, v))
        scores = torch.tril(q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1]))
        out = scores.masked_fill(scores == 0, -torch.inf).softmax(dim=-1) @ v
        out = out.transpose(1, 2).reshape(B, T, C)
        return self.mix(out)


# %% ManyHeads: values are detached
# -> wrong value
class ManyHeads(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.qkv = nn.Linear(n_embd, 3 * n_embd, bias=False)
        self.mix = nn.Linear(n_embd, n_embd)

    def forward(self, x):
        B, T, C = x.shape
        q, k, v = self.qkv(x).chunk(3, dim=-1)  # (B, T, C) each
        q, k, v = (z.view(B, T, self.n_head, -1).transpose(1, 2) for z in (q, k, v))
        out = F.scaled_dot_product_attention(q, k, v.detach(), is_causal=True)
        out = out.transpose(1, 2).reshape(B, T, C)
        return self.mix(out)


# %% ManyHeads: cut into pieces of the text
# -> _ReshapedOnly
class ManyHeads(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.qkv = nn.Linear(n_embd, 3 * n_embd, bias=False)
        self.mix = nn.Linear(n_embd, n_embd)

    def forward(self, x):
        B, T, C = x.shape
        q, k, v = self.qkv(x).chunk(3, dim=-1)  # (B, T, C) each
        q, k, v = (z.reshape(B, self.n_head, T, -1) for z in (q, k, v))
        out = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        out = out.transpose(1, 2).reshape(B, T, C)
        return self.mix(out)


# %% ManyHeads: sees the future
# -> _NotCausal
class ManyHeads(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.qkv = nn.Linear(n_embd, 3 * n_embd, bias=False)
        self.mix = nn.Linear(n_embd, n_embd)

    def forward(self, x):
        B, T, C = x.shape
        q, k, v = self.qkv(x).chunk(3, dim=-1)  # (B, T, C) each
        q, k, v = (z.view(B, T, self.n_head, -1).transpose(1, 2) for z in (q, k, v))
        out = F.scaled_dot_product_attention(q, k, v)
        out = out.transpose(1, 2).reshape(B, T, C)
        return self.mix(out)


# %% ManyHeads: divided by the root of C
# -> _ScaledByAll
class ManyHeads(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.qkv = nn.Linear(n_embd, 3 * n_embd, bias=False)
        self.mix = nn.Linear(n_embd, n_embd)

    def forward(self, x):
        B, T, C = x.shape
        q, k, v = self.qkv(x).chunk(3, dim=-1)  # (B, T, C) each
        q, k, v = (z.view(B, T, self.n_head, -1).transpose(1, 2) for z in (q, k, v))
        scores = q @ k.transpose(-2, -1) / math.sqrt(C)
        scores = scores.masked_fill(torch.ones(T, T).triu(1).bool(), -torch.inf)
        out = scores.softmax(dim=-1) @ v
        out = out.transpose(1, 2).reshape(B, T, C)
        return self.mix(out)


# %% ManyHeads: one wide head
# -> _OneHead
class ManyHeads(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.qkv = nn.Linear(n_embd, 3 * n_embd, bias=False)
        self.mix = nn.Linear(n_embd, n_embd)

    def forward(self, x):
        B, T, C = x.shape
        q, k, v = self.qkv(x).chunk(3, dim=-1)  # (B, T, C) each
        out = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        return self.mix(out)


# %% Block: raises "AttributeError: 'Block' object has no attribute 'feed_forward'"
# -> raised
class Block(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.norm1 = nn.LayerNorm(n_embd)
        self.attend = ManyHeads(n_embd, n_head)
        self.norm2 = nn.LayerNorm(n_embd)
        self.thinks = nn.Sequential(
            nn.Linear(n_embd, 4 * n_embd), nn.GELU(), nn.Linear(4 * n_embd, n_embd))

    def forward(self, x):
        x = x + self.attend(self.norm1(x))
        x = x + self.feed_forward(self.norm2(x))
        return x


# %% Block: raises "RuntimeError: mat1 and mat2 shapes cannot be multiplied"
# -> raised
class Block(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.norm1 = nn.LayerNorm(n_embd)
        self.attend = ManyHeads(n_embd, n_head)
        self.norm2 = nn.LayerNorm(n_embd)
        self.feed_forward = nn.Sequential(
            nn.Linear(4 * n_embd, n_embd), nn.GELU(), nn.Linear(n_embd, 4 * n_embd))

    def forward(self, x):
        x = x + self.attend(self.norm1(x))
        x = x + self.feed_forward(self.norm2(x))
        return x


# %% Block: without GELU
# -> _NoBend
class Block(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.norm1 = nn.LayerNorm(n_embd)
        self.attend = ManyHeads(n_embd, n_head)
        self.norm2 = nn.LayerNorm(n_embd)
        self.feed_forward = nn.Sequential(
            nn.Linear(n_embd, 4 * n_embd), nn.Linear(4 * n_embd, n_embd))

    def forward(self, x):
        x = x + self.attend(self.norm1(x))
        x = x + self.feed_forward(self.norm2(x))
        return x


# %% Block: ReLU for GELU
# -> _Relu
class Block(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.norm1 = nn.LayerNorm(n_embd)
        self.attend = ManyHeads(n_embd, n_head)
        self.norm2 = nn.LayerNorm(n_embd)
        self.feed_forward = nn.Sequential(
            nn.Linear(n_embd, 4 * n_embd), nn.ReLU(), nn.Linear(4 * n_embd, n_embd))

    def forward(self, x):
        x = x + self.attend(self.norm1(x))
        x = x + self.feed_forward(self.norm2(x))
        return x


# %% Block: the stream is detached
# -> wrong value
class Block(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.norm1 = nn.LayerNorm(n_embd)
        self.attend = ManyHeads(n_embd, n_head)
        self.norm2 = nn.LayerNorm(n_embd)
        self.feed_forward = nn.Sequential(
            nn.Linear(n_embd, 4 * n_embd), nn.GELU(), nn.Linear(4 * n_embd, n_embd))

    def forward(self, x):
        x = x.detach() + self.attend(self.norm1(x))
        x = x + self.feed_forward(self.norm2(x))
        return x


# %% Block: the norms come last
# -> _PostNorm
class Block(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.norm1 = nn.LayerNorm(n_embd)
        self.attend = ManyHeads(n_embd, n_head)
        self.norm2 = nn.LayerNorm(n_embd)
        self.feed_forward = nn.Sequential(
            nn.Linear(n_embd, 4 * n_embd), nn.GELU(), nn.Linear(4 * n_embd, n_embd))

    def forward(self, x):
        x = self.norm1(x + self.attend(x))
        x = self.norm2(x + self.feed_forward(x))
        return x


# %% GPT: raises "NameError: name 'out' is not defined"
# -> raised
class GPT(nn.Module):
    def __init__(self, vocab_size, context_length, n_embd, n_head, n_layer):
        super().__init__()
        self.token = nn.Embedding(vocab_size, n_embd)
        self.position = nn.Embedding(context_length, n_embd)
        self.blocks = nn.ModuleList([Block(n_embd, n_head) for _ in range(n_layer)])
        self.norm = nn.LayerNorm(n_embd)
        self.unembed = nn.Linear(n_embd, vocab_size)

    def forward(self, tokens):
        T = tokens.shape[1]
        x = self.token(tokens) + self.position.weight[:T]  # (B, T, C) + (T, C)
        for block in self.blocks:
            x = block(x)
        return self.unembed(self.norm(out))


# %% GPT: the blocks' results are added to the stream once more
# -> _ResidualTwice
class GPT(nn.Module):
    def __init__(self, vocab_size, context_length, n_embd, n_head, n_layer):
        super().__init__()
        self.token = nn.Embedding(vocab_size, n_embd)
        self.position = nn.Embedding(context_length, n_embd)
        self.blocks = nn.ModuleList([Block(n_embd, n_head) for _ in range(n_layer)])
        self.norm = nn.LayerNorm(n_embd)
        self.unembed = nn.Linear(n_embd, vocab_size)

    def forward(self, tokens):
        T = tokens.shape[1]
        x = self.token(tokens) + self.position.weight[:T]  # (B, T, C) + (T, C)
        for block in self.blocks:
            x = x + block(x)
        return self.unembed(self.norm(x))


# %% GPT: the stream is detached between blocks
# -> wrong value
class GPT(nn.Module):
    def __init__(self, vocab_size, context_length, n_embd, n_head, n_layer):
        super().__init__()
        self.token = nn.Embedding(vocab_size, n_embd)
        self.position = nn.Embedding(context_length, n_embd)
        self.blocks = nn.ModuleList([Block(n_embd, n_head) for _ in range(n_layer)])
        self.norm = nn.LayerNorm(n_embd)
        self.unembed = nn.Linear(n_embd, vocab_size)

    def forward(self, tokens):
        T = tokens.shape[1]
        x = self.token(tokens) + self.position.weight[:T]  # (B, T, C) + (T, C)
        for block in self.blocks:
            x = block(x.detach())
        return self.unembed(self.norm(x))


# %% GPT: stops after the first block
# -> _ReturnsInLoop
class GPT(nn.Module):
    def __init__(self, vocab_size, context_length, n_embd, n_head, n_layer):
        super().__init__()
        self.token = nn.Embedding(vocab_size, n_embd)
        self.position = nn.Embedding(context_length, n_embd)
        self.blocks = nn.ModuleList([Block(n_embd, n_head) for _ in range(n_layer)])
        self.norm = nn.LayerNorm(n_embd)
        self.unembed = nn.Linear(n_embd, vocab_size)

    def forward(self, tokens):
        T = tokens.shape[1]
        x = self.token(tokens) + self.position.weight[:T]  # (B, T, C) + (T, C)
        for block in self.blocks:
            x = block(x)
            break
        return self.unembed(self.norm(x))


# %% next_probabilities: raises "IndexError: the model reads"
# -> _not_cut
def next_probabilities(model, tokens, context_length, temperature):
    return (model(tokens)[:, -1] / temperature).softmax(dim=-1)


# %% next_probabilities: raises "IndexError: Dimension out of range"
# -> raised
def next_probabilities(model, tokens, context_length, temperature):
    return (model(tokens[:, -context_length:])[:, -1] / temperature).softmax(dim=2)


# %% next_probabilities: exponentials overflow
# -> _overflows
def next_probabilities(model, tokens, context_length, temperature):
    e = torch.exp(model(tokens[:, -context_length:])[:, -1] / temperature)
    return e / e.sum(-1, keepdim=True)


# %% next_probabilities: the first tokens are kept
# -> _keeps_first
def next_probabilities(model, tokens, context_length, temperature):
    return (model(tokens[:, :context_length])[:, -1] / temperature).softmax(dim=-1)


# %% next_probabilities: still logits
# -> _logits
def next_probabilities(model, tokens, context_length, temperature):
    return model(tokens[:, -context_length:])[:, -1] / temperature


# %% next_probabilities: multiplied by the temperature
# -> _multiplied
def next_probabilities(model, tokens, context_length, temperature):
    return (model(tokens[:, -context_length:])[:, -1] * temperature).softmax(dim=-1)


# %% train: zero_grad stands between backward and step, nothing is learned
# -> _zeroed_too_late
def train(model, optimizer, batches, rates):
    losses = []
    for (x, y), rate in zip(batches, rates):
        for group in optimizer.param_groups:
            group["lr"] = rate
        loss = F.cross_entropy(model(x).transpose(1, 2), y)
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% train: backward is missing
# -> _zeroed_too_late
def train(model, optimizer, batches, rates):
    losses = []
    for (x, y), rate in zip(batches, rates):
        for group in optimizer.param_groups:
            group["lr"] = rate
        loss = F.cross_entropy(model(x).flatten(0, 1), y.flatten())
        optimizer.zero_grad()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% average_past: the mean of rows 0 to t - 1, the row itself is left out
# -> _without_itself_but_row_0
def average_past(x):
    out = x.clone()
    for t in range(1, x.shape[1]):
        out[:, t] = x[:, :t].mean(dim=1)
    return out


# %% average_past: rows 0 to t - 1, row 0 stays at 0
# -> _without_itself_from_0
def average_past(x):
    out = torch.zeros_like(x)
    for t in range(1, x.shape[1]):
        out[:, t] = x[:, :t].mean(dim=1)
    return out


# %% average_past: strictly lower triangle, rows without weights divided by 1
# -> _without_itself_from_0
def average_past(x):
    weights = torch.ones(x.shape[1], x.shape[1]).tril(-1)
    return weights / weights.sum(dim=1, keepdim=True).clamp(min=1) @ x


# %% average_past: the row itself isn't added, but is counted
# -> _left_out_but_counted
def average_past(x):
    count = torch.arange(1, x.shape[1] + 1).view(-1, 1)
    return (x.cumsum(dim=1) - x) / count


# %% average_past: row 0 by itself, then the mean of those before
# -> _without_itself_but_row_0
def average_past(x):
    rows = [x[:, 0]] + [x[:, :t].mean(dim=1) for t in range(1, x.shape[1])]
    return torch.stack(rows, dim=1)


# %% Head: triu(0) hides the place itself, with -1e9
# -> _CannotSeeItselfFinite
class Head(nn.Module):
    def __init__(self, n_embd, head_size):
        super().__init__()
        self.query = nn.Linear(n_embd, head_size, bias=False)
        self.key = nn.Linear(n_embd, head_size, bias=False)
        self.value = nn.Linear(n_embd, head_size, bias=False)

    def forward(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)  # (B, T, d) each
        T = x.shape[1]
        scores = q @ k.transpose(-2, -1) / math.sqrt(k.shape[-1])
        future = torch.ones(T, T).triu().bool()
        out = scores.masked_fill(future, -1e9).softmax(dim=-1) @ v
        return out


# %% Head: the mask is turned round, with minus infinity
# -> _MaskTurned
class Head(nn.Module):
    def __init__(self, n_embd, head_size):
        super().__init__()
        self.query = nn.Linear(n_embd, head_size, bias=False)
        self.key = nn.Linear(n_embd, head_size, bias=False)
        self.value = nn.Linear(n_embd, head_size, bias=False)

    def forward(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)  # (B, T, d) each
        T = x.shape[1]
        scores = q @ k.transpose(-2, -1) / math.sqrt(k.shape[-1])
        scores = scores.masked_fill(torch.tril(torch.ones(T, T)) == 1, float("-inf"))
        out = F.softmax(scores, dim=-1) @ v
        return out


# %% Head: the mask is turned round, with -1e9
# -> _MaskTurned
class Head(nn.Module):
    def __init__(self, n_embd, head_size):
        super().__init__()
        self.query = nn.Linear(n_embd, head_size, bias=False)
        self.key = nn.Linear(n_embd, head_size, bias=False)
        self.value = nn.Linear(n_embd, head_size, bias=False)

    def forward(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)  # (B, T, d) each
        T = x.shape[1]
        scores = q @ k.transpose(-2, -1) / math.sqrt(k.shape[-1])
        seen = torch.ones(T, T).tril().bool()
        out = torch.where(seen, torch.tensor(-1e9), scores).softmax(dim=-1) @ v
        return out


# %% Head: a score of 0 counts as hidden, with -1e9
# -> _ZeroIsHiddenFinite
class Head(nn.Module):
    def __init__(self, n_embd, head_size):
        super().__init__()
        self.query = nn.Linear(n_embd, head_size, bias=False)
        self.key = nn.Linear(n_embd, head_size, bias=False)
        self.value = nn.Linear(n_embd, head_size, bias=False)

    def forward(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)  # (B, T, d) each
        T = x.shape[1]
        scores = q @ k.transpose(-2, -1) / math.sqrt(k.shape[-1])
        scores = scores.tril()
        scores[scores == 0] = -1e9
        out = scores.softmax(dim=-1) @ v
        return out


# %% ManyHeads: viewed as (B, h, T, d) at once, which mixes places and columns
# -> _ReshapedBothWays
class ManyHeads(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.qkv = nn.Linear(n_embd, 3 * n_embd, bias=False)
        self.mix = nn.Linear(n_embd, n_embd)

    def forward(self, x):
        B, T, C = x.shape
        q, k, v = self.qkv(x).chunk(3, dim=-1)  # (B, T, C) each
        q, k, v = (z.reshape(B, self.n_head, T, C // self.n_head) for z in (q, k, v))
        out = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        out = out.reshape(B, T, C)
        return self.mix(out)


# %% ManyHeads: viewed as (B, h, T, d) at once and back, scores by hand
# -> _ReshapedBothWays
class ManyHeads(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.qkv = nn.Linear(n_embd, 3 * n_embd, bias=False)
        self.mix = nn.Linear(n_embd, n_embd)

    def forward(self, x):
        B, T, C = x.shape
        q, k, v = self.qkv(x).chunk(3, dim=-1)  # (B, T, C) each
        d = C // self.n_head
        q, k, v = (z.contiguous().view(B, -1, T, d) for z in (q, k, v))
        scores = q @ k.transpose(-2, -1) / math.sqrt(d)
        scores = scores.masked_fill(torch.ones(T, T).triu(1).bool(), -math.inf)
        out = (scores.softmax(dim=-1) @ v).view(B, T, C)
        return self.mix(out)


# %% ManyHeads: the axes of places and heads are never exchanged
# -> _HeadsAmongThemselves
class ManyHeads(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.qkv = nn.Linear(n_embd, 3 * n_embd, bias=False)
        self.mix = nn.Linear(n_embd, n_embd)

    def forward(self, x):
        B, T, C = x.shape
        q, k, v = self.qkv(x).chunk(3, dim=-1)  # (B, T, C) each
        q, k, v = (z.view(B, T, self.n_head, -1) for z in (q, k, v))
        out = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        out = out.flatten(2)
        return self.mix(out)


# %% ManyHeads: attn_mask holds the future, where True means seen
# -> _MaskTurned
class ManyHeads(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.qkv = nn.Linear(n_embd, 3 * n_embd, bias=False)
        self.mix = nn.Linear(n_embd, n_embd)

    def forward(self, x):
        B, T, C = x.shape
        q, k, v = self.qkv(x).chunk(3, dim=-1)  # (B, T, C) each
        q, k, v = (z.view(B, T, self.n_head, -1).transpose(1, 2) for z in (q, k, v))
        future = torch.ones(T, T, dtype=torch.bool).triu(1)
        out = F.scaled_dot_product_attention(q, k, v, attn_mask=future)
        out = out.transpose(1, 2).reshape(B, T, C)
        return self.mix(out)


# %% ManyHeads: the mask is turned round, with -1e9
# -> _MaskTurned
class ManyHeads(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.qkv = nn.Linear(n_embd, 3 * n_embd, bias=False)
        self.mix = nn.Linear(n_embd, n_embd)

    def forward(self, x):
        B, T, C = x.shape
        q, k, v = self.qkv(x).chunk(3, dim=-1)  # (B, T, C) each
        q, k, v = (z.view(B, T, self.n_head, -1).transpose(1, 2) for z in (q, k, v))
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
        scores = scores.masked_fill(torch.ones(T, T).tril() == 1, -1e9)
        out = scores.softmax(dim=-1) @ v
        out = out.transpose(1, 2).reshape(B, T, C)
        return self.mix(out)


# %% ManyHeads: triu(0) hides the place itself, with -1e9
# -> _CannotSeeItself
class ManyHeads(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.qkv = nn.Linear(n_embd, 3 * n_embd, bias=False)
        self.mix = nn.Linear(n_embd, n_embd)

    def forward(self, x):
        B, T, C = x.shape
        q, k, v = self.qkv(x).chunk(3, dim=-1)  # (B, T, C) each
        q, k, v = (z.view(B, T, self.n_head, -1).transpose(1, 2) for z in (q, k, v))
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
        scores = scores.masked_fill(torch.ones(T, T).triu().bool(), -1e9)
        out = (scores.softmax(dim=-1) @ v).transpose(1, 2).reshape(B, T, C)
        return self.mix(out)


# %% GPT: all blocks still read the embedding, their results are only added up
# -> _Parallel
class GPT(nn.Module):
    def __init__(self, vocab_size, context_length, n_embd, n_head, n_layer):
        super().__init__()
        self.token = nn.Embedding(vocab_size, n_embd)
        self.position = nn.Embedding(context_length, n_embd)
        self.blocks = nn.ModuleList([Block(n_embd, n_head) for _ in range(n_layer)])
        self.norm = nn.LayerNorm(n_embd)
        self.unembed = nn.Linear(n_embd, vocab_size)

    def forward(self, tokens):
        T = tokens.shape[1]
        x = self.token(tokens) + self.position.weight[:T]  # (B, T, C) + (T, C)
        out = x
        for block in self.blocks:
            out = out + block(x)
        return self.unembed(self.norm(out))


# %% GPT: all blocks read the embedding, their results are averaged
# -> _Parallel
class GPT(nn.Module):
    def __init__(self, vocab_size, context_length, n_embd, n_head, n_layer):
        super().__init__()
        self.token = nn.Embedding(vocab_size, n_embd)
        self.position = nn.Embedding(context_length, n_embd)
        self.blocks = nn.ModuleList([Block(n_embd, n_head) for _ in range(n_layer)])
        self.norm = nn.LayerNorm(n_embd)
        self.unembed = nn.Linear(n_embd, vocab_size)

    def forward(self, tokens):
        T = tokens.shape[1]
        x = self.token(tokens) + self.position.weight[:T]  # (B, T, C) + (T, C)
        outs = [block(x) for block in self.blocks]
        return self.unembed(self.norm(torch.stack(outs).mean(dim=0)))


# %% GPT: all blocks read the embedding, a list of results is summed
# -> _Parallel
class GPT(nn.Module):
    def __init__(self, vocab_size, context_length, n_embd, n_head, n_layer):
        super().__init__()
        self.token = nn.Embedding(vocab_size, n_embd)
        self.position = nn.Embedding(context_length, n_embd)
        self.blocks = nn.ModuleList([Block(n_embd, n_head) for _ in range(n_layer)])
        self.norm = nn.LayerNorm(n_embd)
        self.unembed = nn.Linear(n_embd, vocab_size)

    def forward(self, tokens):
        T = tokens.shape[1]
        x = self.token(tokens) + self.position.weight[:T]  # (B, T, C) + (T, C)
        outs = [x, *(block(x) for block in self.blocks)]
        total = torch.stack(outs).sum(dim=0)
        return self.unembed(self.norm(total))


# %% GPT: normed in the loop and at the end
# -> _NormInLoop
class GPT(nn.Module):
    def __init__(self, vocab_size, context_length, n_embd, n_head, n_layer):
        super().__init__()
        self.token = nn.Embedding(vocab_size, n_embd)
        self.position = nn.Embedding(context_length, n_embd)
        self.blocks = nn.ModuleList([Block(n_embd, n_head) for _ in range(n_layer)])
        self.norm = nn.LayerNorm(n_embd)
        self.unembed = nn.Linear(n_embd, vocab_size)

    def forward(self, tokens):
        T = tokens.shape[1]
        x = self.token(tokens) + self.position.weight[:T]  # (B, T, C) + (T, C)
        for block in self.blocks:
            x = self.norm(block(x))
        return self.unembed(self.norm(x))


# %% GPT: return stands in the loop
# -> _ReturnsInLoop
class GPT(nn.Module):
    def __init__(self, vocab_size, context_length, n_embd, n_head, n_layer):
        super().__init__()
        self.token = nn.Embedding(vocab_size, n_embd)
        self.position = nn.Embedding(context_length, n_embd)
        self.blocks = nn.ModuleList([Block(n_embd, n_head) for _ in range(n_layer)])
        self.norm = nn.LayerNorm(n_embd)
        self.unembed = nn.Linear(n_embd, vocab_size)

    def forward(self, tokens):
        T = tokens.shape[1]
        x = self.token(tokens) + self.position.weight[:T]  # (B, T, C) + (T, C)
        for block in self.blocks:
            x = block(x)
            return self.unembed(self.norm(x))


# %% Checkpoint: raises "AttributeError: 'collections.OrderedDict' object has no attribute"
# -> raised
class Checkpoint:
    def __init__(self, model, optimizer, generator, step):
        self.model = copy.deepcopy(model.state_dict())
        self.optimizer = copy.deepcopy(optimizer.state_dict())
        self.generator = generator.get_state()
        self.step = step

    def restore(self, model, optimizer, generator):
        self.model.load_state_dict(model)
        optimizer.load_state_dict(self.optimizer)
        generator.set_state(self.generator)
        return self.step


# %% Checkpoint: raises "AttributeError: 'Checkpoint' object has no attribute"
# -> raised
class Checkpoint:
    def __init__(self, model, optimizer, generator, step):
        self.model = copy.deepcopy(model.state_dict())
        self.optimizer = copy.deepcopy(optimizer.state_dict())
        state = generator.get_state()
        self.step = step

    def restore(self, model, optimizer, generator):
        model.load_state_dict(self.model)
        optimizer.load_state_dict(self.optimizer)
        generator.set_state(self.state)
        return self.step

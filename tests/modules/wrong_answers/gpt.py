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


# %% windows: the targets aren't shifted, they equal the inputs
# -> _not_shifted
def windows(data, starts, length):
    x = torch.stack([data[s : s + length] for s in starts])
    y = torch.stack([data[s : s + length] for s in starts])
    return x, y


# %% windows: targets are the inputs rolled round, so the last one is the window's first token
# -> _rolled
def windows(data: torch.Tensor, starts: list[int], length: int):
    x = torch.stack([data[s : s + length] for s in starts])
    return x, x.roll(-1, dims=1)


# %% windows: only one target for each window, the token after its end
# -> _only_last
def windows(data, starts, length):
    x = torch.stack([data[start : start + length] for start in starts])
    y = data[torch.tensor(starts) + length]
    return x, y


# %% windows: inputs and targets exchanged, the target is the token before
# -> _exchanged
def windows(data, starts, length):
    offsets = torch.tensor(starts)[:, None] + torch.arange(length)
    return data[offsets + 1], data[offsets]


# %% train: old gradients are never cleared
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


# %% train: the rates are never put into the optimizer
# -> _fixed_rate
def train(model, optimizer, batches, rates) -> list[float]:
    losses = []
    for (x, y), rate in zip(batches, rates):
        optimizer.lr = rate
        logits = model(x)
        B, T, V = logits.shape
        loss = F.cross_entropy(logits.view(B * T, V), y.view(B * T))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% train: only the last place of each window is trained
# -> _last_place
def train(model, optimizer, batches, rates):
    losses = []
    for (x, y), rate in zip(batches, rates):
        for g in optimizer.param_groups:
            g["lr"] = rate
        optimizer.zero_grad()
        loss = F.cross_entropy(model(x)[:, -1], y[:, -1])
        loss.backward()
        optimizer.step()
        losses.append(float(loss))
    return losses


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


# %% average_past: divides every row by T instead of by its own number of rows
# -> _by_length
def average_past(x):
    T = x.shape[1]
    weights = torch.ones(T, T).tril() / T
    return weights @ x


# %% average_past: upper triangle, each row averages the future
# -> _future
def average_past(x: torch.Tensor) -> torch.Tensor:
    T = x.size(1)
    weights = torch.triu(torch.ones(T, T))
    weights = weights / weights.sum(dim=1, keepdim=True)
    return torch.einsum("ts,bsc->btc", weights, x)


# %% average_past: columns are normalised instead of rows
# -> _columns_sum
def average_past(x):
    T = x.shape[1]
    weights = torch.ones(T, T).tril()
    return weights / weights.sum(dim=0, keepdim=True) @ x


# %% average_past: the mean of rows 0 to t - 1, the row itself is left out
# -> _without_itself_but_row_0
def average_past(x):
    out = x.clone()
    for t in range(1, x.shape[1]):
        out[:, t] = x[:, :t].mean(dim=1)
    return out


# %% Head: softmax over the queries (dim=1) instead of the keys
# -> _OverQueries
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
        future = torch.ones(T, T).triu(1).bool()
        weights = scores.masked_fill(future, -math.inf).softmax(dim=1)
        out = weights @ v
        return out


# %% Head: divides by the root of C, the width of the input, instead of the head size
# -> _ScaledByWidth
class Head(nn.Module):
    def __init__(self, n_embd, head_size):
        super().__init__()
        self.query = nn.Linear(n_embd, head_size, bias=False)
        self.key = nn.Linear(n_embd, head_size, bias=False)
        self.value = nn.Linear(n_embd, head_size, bias=False)

    def forward(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)  # (B, T, d) each
        B, T, C = x.shape
        scores = q @ k.transpose(1, 2) * C**-0.5
        scores = scores.masked_fill(torch.tril(torch.ones(T, T)) == 0, float("-inf"))
        out = F.softmax(scores, dim=-1) @ v
        return out


# %% Head: the mask multiplies the weights after the softmax, rows don't sum to 1
# -> _MaskAfterSoftmax
class Head(nn.Module):
    def __init__(self, n_embd, head_size):
        super().__init__()
        self.query = nn.Linear(n_embd, head_size, bias=False)
        self.key = nn.Linear(n_embd, head_size, bias=False)
        self.value = nn.Linear(n_embd, head_size, bias=False)

    def forward(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)  # (B, T, d) each
        scores = torch.einsum("btd,bsd->bts", q, k) / q.shape[-1] ** 0.5
        weights = torch.softmax(scores, dim=-1).tril()
        out = weights @ v
        return out


# %% Head: keys by queries, the scores are transposed
# -> _KeysAsk
class Head(nn.Module):
    def __init__(self, n_embd, head_size):
        super().__init__()
        self.query = nn.Linear(n_embd, head_size, bias=False)
        self.key = nn.Linear(n_embd, head_size, bias=False)
        self.value = nn.Linear(n_embd, head_size, bias=False)

    def forward(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)  # (B, T, d) each
        scores = k @ q.transpose(-2, -1) / math.sqrt(q.shape[-1])
        T = x.shape[1]
        future = torch.arange(T) > torch.arange(T)[:, None]
        out = scores.masked_fill(future, -math.inf).softmax(-1) @ v
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


# %% ManyHeads: no causal mask
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


# %% ManyHeads: joined without exchanging the axes back
# -> _NotMovedBack
class ManyHeads(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.qkv = nn.Linear(n_embd, 3 * n_embd, bias=False)
        self.mix = nn.Linear(n_embd, n_embd)

    def forward(self, x):
        B, T, C = x.shape
        d = C // self.n_head
        q, k, v = self.qkv(x).chunk(3, dim=-1)  # (B, T, C) each
        q = q.view(B, T, self.n_head, d).transpose(1, 2)
        k = k.view(B, T, self.n_head, d).transpose(1, 2)
        v = v.view(B, T, self.n_head, d).transpose(1, 2)
        out = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        out = out.contiguous().view(B, T, C)
        return self.mix(out)


# %% ManyHeads: head i gets every h-th column instead of neighbouring ones
# -> _Interleaved
class ManyHeads(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.qkv = nn.Linear(n_embd, 3 * n_embd, bias=False)
        self.mix = nn.Linear(n_embd, n_embd)

    def forward(self, x):
        B, T, C = x.shape
        q, k, v = self.qkv(x).chunk(3, dim=-1)  # (B, T, C) each
        h = self.n_head
        outs = [F.scaled_dot_product_attention(q[..., i::h], k[..., i::h], v[..., i::h], is_causal=True)
                for i in range(h)]
        out = torch.stack(outs, dim=-1).reshape(B, T, C)
        return self.mix(out)


# %% Block: post-norm instead of pre-norm
# -> _PostNorm
class Block(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.norm1 = nn.LayerNorm(n_embd)
        self.attend = ManyHeads(n_embd, n_head)
        self.norm2 = nn.LayerNorm(n_embd)
        self.feed_forward = nn.Sequential(
            nn.Linear(n_embd, 4 * n_embd), nn.GELU(), nn.Linear(4 * n_embd, n_embd)
        )

    def forward(self, x):
        x = self.norm1(x + self.attend(x))
        x = self.norm2(x + self.feed_forward(x))
        return x


# %% Block: x is overwritten by its norm, so the normed copy goes on
# -> _NormedStream
class Block(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.norm1 = nn.LayerNorm(n_embd)
        self.attend = ManyHeads(n_embd, n_head)
        self.norm2 = nn.LayerNorm(n_embd)
        self.feed_forward = nn.Sequential(
            nn.Linear(n_embd, 4 * n_embd), nn.GELU(), nn.Linear(4 * n_embd, n_embd)
        )

    def forward(self, x):
        x = self.norm1(x)
        x = x + self.attend(x)
        x = self.norm2(x)
        x = x + self.feed_forward(x)
        return x


# %% Block: both halves read the x from the start (in parallel)
# -> _SideBySide
class Block(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.norm1 = nn.LayerNorm(n_embd)
        self.attend = ManyHeads(n_embd, n_head)
        self.norm2 = nn.LayerNorm(n_embd)
        wide = 4 * n_embd
        self.feed_forward = nn.Sequential(nn.Linear(n_embd, wide), nn.GELU(), nn.Linear(wide, n_embd))

    def forward(self, x):
        return x + self.attend(self.norm1(x)) + self.feed_forward(self.norm2(x))


# %% Block: the second Linear takes n_embd numbers instead of 4 * n_embd: raises
# -> wrong shape
class Block(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.norm1 = nn.LayerNorm(n_embd)
        self.attend = ManyHeads(n_embd, n_head)
        self.norm2 = nn.LayerNorm(n_embd)
        self.feed_forward = nn.Sequential(
            nn.Linear(n_embd, 4 * n_embd), nn.GELU(), nn.Linear(n_embd, n_embd)
        )

    def forward(self, x):
        x = x + self.attend(self.norm1(x))
        x = x + self.feed_forward(self.norm2(x))
        return x


# %% GPT: the loop writes x, but the last line still reads out: raises
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


# %% GPT: a second residual connection around each block
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


# %% next_probabilities: cuts rows (texts) instead of columns (tokens)
# -> _cuts_rows
def next_probabilities(model, tokens, context_length, temperature):
    logits = model(tokens[-context_length:])[:, -1]
    return F.softmax(logits / temperature, dim=-1)


# %% next_probabilities: keeps the first context_length tokens instead of the last
# -> _keeps_first
def next_probabilities(model, tokens, context_length: int, temperature: float):
    logits = model(tokens[:, :context_length])
    return (logits[:, -1, :] / temperature).softmax(-1)


# %% next_probabilities: multiplies by the temperature
# -> _multiplied
def next_probabilities(model, tokens, context_length, temperature):
    logits = model(tokens[:, -context_length:])[:, -1]
    logits = logits * temperature
    return logits.softmax(dim=-1)


# %% next_probabilities: softmax first, then divided by the temperature, rows don't sum to 1
# -> _too_late
def next_probabilities(model, tokens, context_length, temperature):
    cropped = tokens[:, max(0, tokens.shape[1] - context_length) :]
    probabilities = torch.softmax(model(cropped), dim=-1)[:, -1]
    return probabilities / temperature


# %% windows: the target is the whole next window instead of the next token at each place
# -> raised
def windows(data: torch.Tensor, starts: list[int], length: int):
    both = torch.stack([data[s : s + 2 * length] for s in starts])
    return both[:, :length], both[:, length:]


# %% windows: roll takes the last target from the front of the window instead of from data
# -> _rolled
def windows(data, starts, length):
    places = torch.as_tensor(starts)[:, None] + torch.arange(length)
    x = data[places]
    return x, x.roll(-1, dims=1)


# %% train: the gradients are cleared between backward and step, so nothing is learned
# -> _zeroed_too_late
def train(model, optimizer, batches, rates) -> list[float]:
    losses = []
    for rate, (x, y) in zip(rates, batches):
        for group in optimizer.param_groups:
            group["lr"] = rate
        logits = model(x)
        loss = F.cross_entropy(logits.transpose(1, 2), y)
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% train: the rate is set in the first parameter group only
# -> _first_group_only
def train(model, optimizer, batches, rates):
    history = []
    batches = iter(batches)
    for rate in rates:
        x, y = next(batches)
        optimizer.param_groups[0].update(lr=rate)
        optimizer.zero_grad(set_to_none=True)
        out = model(x)
        loss = F.cross_entropy(out.reshape(-1, out.size(-1)), y.reshape(-1))
        loss.backward()
        optimizer.step()
        history.append(float(loss))
    return history


# %% average_past: divides every row by T instead of by the number of rows so far
# -> _by_length
def average_past(x: torch.Tensor) -> torch.Tensor:
    return x.cumsum(dim=1) / x.size(1)


# %% average_past: halves the sum of the last mean and the new row, so new rows weigh too much
# -> _halves
def average_past(x):
    means = [x[:, 0]]
    for t in range(1, x.shape[1]):
        means.append((means[-1] + x[:, t]) / 2)
    return torch.stack(means, dim=1)


# %% Head: hides the past instead of the future (tril the wrong way)
# -> _HidesThePast
class Head(nn.Module):
    def __init__(self, n_embd, head_size):
        super().__init__()
        self.query = nn.Linear(n_embd, head_size, bias=False)
        self.key = nn.Linear(n_embd, head_size, bias=False)
        self.value = nn.Linear(n_embd, head_size, bias=False)

    def forward(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)
        scores = torch.einsum("btd,bsd->bts", q, k) / q.shape[-1] ** 0.5
        T = x.shape[1]
        hidden = torch.tril(torch.ones(T, T, dtype=torch.bool), diagonal=-1)
        out = torch.softmax(scores.masked_fill(hidden, float("-inf")), dim=-1) @ v
        return out


# %% Head: divides by the root of the input's width C instead of the head size d
# -> _ScaledByWidth
class Head(nn.Module):
    def __init__(self, n_embd, head_size):
        super().__init__()
        self.query = nn.Linear(n_embd, head_size, bias=False)
        self.key = nn.Linear(n_embd, head_size, bias=False)
        self.value = nn.Linear(n_embd, head_size, bias=False)

    def forward(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)
        B, T, C = x.shape
        out = F.scaled_dot_product_attention(q, k, v, is_causal=True, scale=C ** -0.5)
        return out


# %% ManyHeads: is_causal is forgotten, every place sees the future
# -> _NotCausal
class ManyHeads(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.qkv = nn.Linear(n_embd, 3 * n_embd, bias=False)
        self.mix = nn.Linear(n_embd, n_embd)

    def forward(self, x):
        B, T, C = x.shape
        q, k, v = self.qkv(x).chunk(3, dim=-1)
        groups = zip(*(z.chunk(self.n_head, dim=-1) for z in (q, k, v)))
        out = torch.cat([F.scaled_dot_product_attention(*g) for g in groups], dim=-1)
        return self.mix(out)


# %% ManyHeads: axes aren't exchanged back before joining, so places and heads are mixed
# -> _NotMovedBack
class ManyHeads(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.qkv = nn.Linear(n_embd, 3 * n_embd, bias=False)
        self.mix = nn.Linear(n_embd, n_embd)

    def forward(self, x):
        B, T, C = x.shape
        q, k, v = self.qkv(x).chunk(3, dim=-1)
        h, d = self.n_head, C // self.n_head
        q, k, v = [z.reshape(B, T, h, d).permute(0, 2, 1, 3) for z in (q, k, v)]
        scores = q @ k.transpose(2, 3) / math.sqrt(d)
        scores = scores + torch.full((T, T), -torch.inf).triu(1)
        out = (scores.softmax(-1) @ v).reshape(B, T, C)
        return self.mix(out)


# %% Block: the feed-forward layer reads x from before the attention (both side by side)
# -> _SideBySide
class Block(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.norm1 = nn.LayerNorm(n_embd)
        self.attend = ManyHeads(n_embd, n_head)
        self.norm2 = nn.LayerNorm(n_embd)
        self.feed_forward = nn.Sequential(
            nn.Linear(n_embd, 4 * n_embd), nn.GELU(), nn.Linear(4 * n_embd, n_embd)
        )

    def forward(self, x):
        heard = self.attend(self.norm1(x))
        thought = self.feed_forward(self.norm2(x))
        return x + heard + thought


# %% Block: the second residual is missing, the feed-forward layer replaces x
# -> _SecondReplaces
class Block(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.norm1 = nn.LayerNorm(n_embd)
        self.attend = ManyHeads(n_embd, n_head)
        self.norm2 = nn.LayerNorm(n_embd)
        layers = [nn.Linear(n_embd, n_embd * 4), nn.GELU(), nn.Linear(n_embd * 4, n_embd)]
        self.feed_forward = nn.Sequential(*layers)

    def forward(self, x):
        x = x + self.attend(self.norm1(x))
        x = self.feed_forward(self.norm2(x))
        return x


# %% GPT: adds x once more in the loop, though each block does so already
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
        x = self.token(tokens) + self.position.weight[:T]
        for block in self.blocks:
            x = x + block(x)
        return self.unembed(self.norm(x))


# %% GPT: blocks are chained now, but the last norm got lost
# -> _NoLastNorm
class GPT(nn.Module):
    def __init__(self, vocab_size, context_length, n_embd, n_head, n_layer):
        super().__init__()
        self.token = nn.Embedding(vocab_size, n_embd)
        self.position = nn.Embedding(context_length, n_embd)
        self.blocks = nn.ModuleList([Block(n_embd, n_head) for _ in range(n_layer)])
        self.norm = nn.LayerNorm(n_embd)
        self.unembed = nn.Linear(n_embd, vocab_size)

    def forward(self, tokens):
        places = torch.arange(tokens.shape[1])
        out = self.token(tokens) + self.position(places)
        for block in self.blocks:
            out = block(out)
        return self.unembed(out)


# %% next_probabilities: gives the model the first context_length tokens instead of the last
# -> _keeps_first
def next_probabilities(model, tokens, context_length: int, temperature: float):
    recent = tokens.narrow(1, 0, min(context_length, tokens.size(1)))
    logits = model(recent)[:, -1, :]
    return torch.softmax(logits / temperature, dim=-1)


# %% next_probabilities: multiplies the logits by the temperature instead of dividing
# -> _multiplied
def next_probabilities(model, tokens, context_length, temperature):
    last = model(tokens[:, -context_length:]).select(1, -1)
    scaled = last * temperature
    return (scaled - scaled.logsumexp(1, keepdim=True)).exp()


# %% Checkpoint: state_dict isn't copied (dict() copies the names only), so the saved weights change with the next step
# -> _NotCopied
class Checkpoint:
    def __init__(self, model, optimizer, generator, step):
        self.saved = dict(model.state_dict()), dict(optimizer.state_dict())
        self.rng = generator.get_state()
        self.done = step

    def restore(self, model, optimizer, generator):
        weights, moments = self.saved
        model.load_state_dict(weights)
        optimizer.load_state_dict(moments)
        generator.set_state(self.rng)
        return self.done


# %% Checkpoint: keeps the generator's seed instead of its state, so the batches begin anew
# -> _Reseeds
class Checkpoint:
    def __init__(self, model, optimizer, generator, step):
        self.model_state = copy.deepcopy(model.state_dict())
        self.optimizer_state = copy.deepcopy(optimizer.state_dict())
        self.seed = generator.initial_seed()
        self.step = step

    def restore(self, model, optimizer, generator):
        model.load_state_dict(self.model_state)
        optimizer.load_state_dict(self.optimizer_state)
        generator.manual_seed(self.seed)
        return self.step

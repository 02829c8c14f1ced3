# Right answers in other styles than the references: each passes, and the lesson runs below it.

# %% windows: an index for every place, views of one table
def windows(data, starts, length):
    places = torch.tensor(starts)[:, None] + torch.arange(length + 1)
    both = data[places]
    return both[:, :-1], both[:, 1:]


# %% windows: loops, lists and int32
def windows(data, starts, length):
    inputs, targets = [], []
    for start in starts:
        inputs.append([int(token) for token in data[start : start + length]])
        targets.append([int(data[start + t + 1]) for t in range(length)])
    return torch.tensor(inputs, dtype=torch.int32), torch.tensor(targets, dtype=torch.int32)


# %% windows: unfold, a list returned
def windows(data, starts, length):
    pieces = data.unfold(0, length + 1, 1)[starts]
    return [pieces[:, :length], pieces[:, 1:]]


# %% train: transposed logits, rates by place, view(-1)
def train(model, optimizer, batches, rates):
    model.train()
    losses = []
    for i, batch in enumerate(batches):
        for group in optimizer.param_groups:
            group.update(lr=rates[i])
        x, y = batch
        optimizer.zero_grad(set_to_none=False)
        loss = nn.functional.cross_entropy(model(x).transpose(1, 2), y)
        loss.backward()
        optimizer.step()
        losses += [float(loss.detach())]
    return losses


# %% train: views of both, gradients cleared by the model, NumPy numbers
def train(model, optimizer, batches, rates):
    losses = []
    for rate, (x, y) in zip(rates, batches):
        logits = model(x)
        B, T, V = logits.shape
        loss = F.cross_entropy(logits.view(B * T, V), y.view(B * T))
        model.zero_grad()
        loss.backward()
        for i in range(len(optimizer.param_groups)):
            optimizer.param_groups[i]["lr"] = rate
        optimizer.step()
        losses.append(loss.detach().cpu().numpy().item())
    return losses


# %% train: the loss by hand, batches kept in a list
def train(model, optimizer, batches, rates):
    batches, losses = list(batches), []
    for step in range(len(batches)):
        for group in optimizer.param_groups:
            group["lr"] = rates[step]
        for parameter in model.parameters():
            parameter.grad = None
        x, y = batches[step]
        chances = model(x).log_softmax(dim=-1).gather(2, y[..., None])
        loss = -chances.mean()
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses


# %% average_past: running sums divided by how many
def average_past(x):
    how_many = torch.arange(1, x.size(1) + 1, device=x.device)
    return torch.cumsum(x, dim=1) / how_many[:, None]


# %% average_past: a loop
def average_past(x):
    out = torch.zeros_like(x)
    for t in range(x.shape[1]):
        out[:, t] = x[:, : t + 1].mean(dim=1)
    return out


# %% average_past: softmax of a table of 0 and minus infinity
def average_past(x):
    T = x.shape[1]
    scores = torch.zeros(T, T, device=x.device)
    scores = scores.masked_fill(torch.tril(torch.ones(T, T, device=x.device)) == 0, -math.inf)
    return torch.einsum("ts,bsc->btc", F.softmax(scores, dim=-1), x)


# %% Head: einsum, a mask that is added
class Head(nn.Module):
    def __init__(self, n_embd, head_size):
        super().__init__()
        self.query = nn.Linear(n_embd, head_size, bias=False)
        self.key = nn.Linear(n_embd, head_size, bias=False)
        self.value = nn.Linear(n_embd, head_size, bias=False)

    def forward(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)  # (B, T, d) each
        T = x.size(1)
        scores = torch.einsum("btd,bsd->bts", q * q.size(-1) ** -0.5, k)
        scores = scores + torch.full((T, T), float("-inf"), device=x.device).triu(1)
        out = torch.bmm(torch.softmax(scores, 2), v)
        return out


# %% Head: torch's own attention
class Head(nn.Module):
    def __init__(self, n_embd, head_size):
        super().__init__()
        self.query = nn.Linear(n_embd, head_size, bias=False)
        self.key = nn.Linear(n_embd, head_size, bias=False)
        self.value = nn.Linear(n_embd, head_size, bias=False)

    def forward(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)
        return F.scaled_dot_product_attention(q, k, v, is_causal=True)


# %% Head: a loop over places, each sees its past alone
class Head(nn.Module):
    def __init__(self, n_embd, head_size):
        super().__init__()
        self.query = nn.Linear(n_embd, head_size, bias=False)
        self.key = nn.Linear(n_embd, head_size, bias=False)
        self.value = nn.Linear(n_embd, head_size, bias=False)

    def forward(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)
        outs = []
        for t in range(x.shape[1]):
            scores = (q[:, t : t + 1] * k[:, : t + 1]).sum(-1) / math.sqrt(k.shape[-1])
            outs.append((scores.softmax(dim=1)[..., None] * v[:, : t + 1]).sum(dim=1))
        return torch.stack(outs, dim=1)


# %% ManyHeads: a loop over heads
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
        future = torch.ones(T, T, dtype=torch.bool, device=x.device).triu(1)
        outs = []
        for h in range(self.n_head):
            own = slice(h * d, h * d + d)
            scores = q[:, :, own] @ k[:, :, own].transpose(1, 2) / d**0.5
            scores[:, future] = -torch.inf
            outs.append(scores.softmax(-1) @ v[:, :, own])
        out = torch.cat(outs, dim=2)
        return self.mix(out)


# %% ManyHeads: einsum on (B, T, h, d)
class ManyHeads(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.qkv = nn.Linear(n_embd, 3 * n_embd, bias=False)
        self.mix = nn.Linear(n_embd, n_embd)

    def forward(self, x):
        B, T, C = x.shape
        q, k, v = (z.unflatten(2, (self.n_head, -1)) for z in self.qkv(x).split(C, dim=2))
        scores = torch.einsum("bihd,bjhd->bhij", q, k) / math.sqrt(C / self.n_head)
        past = torch.tril(torch.ones(T, T, device=x.device))
        weights = F.softmax(scores.masked_fill(past == 0, -1e9), dim=-1)
        out = torch.einsum("bhij,bjhd->bihd", weights, v)
        return self.mix(out.reshape(B, T, C))


# %% ManyHeads: heads become part of the batch
class ManyHeads(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.qkv = nn.Linear(n_embd, 3 * n_embd, bias=False)
        self.mix = nn.Linear(n_embd, n_embd)

    def forward(self, x):
        B, T, C = x.shape
        q, k, v = self.qkv(x).chunk(3, dim=-1)
        q, k, v = (torch.cat(z.chunk(self.n_head, dim=-1)) for z in (q, k, v))  # (h B, T, d)
        out = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        return self.mix(torch.cat(out.chunk(self.n_head), dim=-1))


# %% Block: another name, the curve that GPT-2 computed for GELU
class Block(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.norm1 = nn.LayerNorm(n_embd)
        self.attend = ManyHeads(n_embd, n_head)
        self.norm2 = nn.LayerNorm(n_embd)
        self.ffwd = nn.Sequential(
            nn.Linear(n_embd, 4 * n_embd),
            nn.GELU(approximate="tanh"),
            nn.Linear(4 * n_embd, n_embd),
        )

    def forward(self, x):
        x = x + self.attend(self.norm1(x))
        x = x + self.ffwd(self.norm2(x))
        return x


# %% Block: one expression each, other order of the sum
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
        for layer, norm in ((self.attend, self.norm1), (self.feed_forward, self.norm2)):
            x = layer(norm(x)) + x
        return x


# %% GPT: blocks in a Sequential, positions looked up
class GPT(nn.Module):
    def __init__(self, vocab_size, context_length, n_embd, n_head, n_layer):
        super().__init__()
        self.token = nn.Embedding(vocab_size, n_embd)
        self.position = nn.Embedding(context_length, n_embd)
        self.blocks = nn.Sequential(*(Block(n_embd, n_head) for _ in range(n_layer)))
        self.norm = nn.LayerNorm(n_embd)
        self.unembed = nn.Linear(n_embd, vocab_size)

    def forward(self, tokens):
        B, T = tokens.shape
        places = self.position(torch.arange(T, device=tokens.device))
        x = self.blocks(self.token(tokens) + places)
        return self.unembed(self.norm(x))


# %% GPT: the other name goes through the loop
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
        out = self.token(tokens) + self.position.weight[:T]
        for i in range(len(self.blocks)):
            out = self.blocks[i](out)
        return self.unembed(self.norm(out))


# %% next_probabilities: eval and no_grad, softmax before the last place is taken
def next_probabilities(model, tokens, context_length, temperature):
    model.eval()
    with torch.no_grad():
        logits = model(tokens[:, -context_length:]) / temperature
    return F.softmax(logits, dim=-1)[:, -1, :]


# %% next_probabilities: by hand, cut by max
def next_probabilities(model, tokens, context_length, temperature):
    T = tokens.size(1)
    recent = tokens[:, max(0, T - context_length) :]
    logits = model(recent).select(1, -1).div(temperature)
    heights = torch.exp(logits - logits.max(dim=1, keepdim=True).values)
    return heights / heights.sum(dim=1, keepdim=True)


# %% next_probabilities: through log_softmax
def next_probabilities(model, tokens, context_length, temperature):
    if tokens.shape[1] > context_length:
        tokens = tokens[:, tokens.shape[1] - context_length :]
    return torch.log_softmax(model(tokens)[:, -1] / temperature, -1).exp()


# %% Checkpoint: a file in memory, as one saves to a disk
import io

import torch


class Checkpoint:
    def __init__(self, model, optimizer, generator, step):
        self.file = io.BytesIO()
        torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(),
                    "generator": generator.get_state(), "step": step}, self.file)

    def restore(self, model, optimizer, generator):
        self.file.seek(0)
        saved = torch.load(self.file)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        generator.set_state(saved["generator"])
        return saved["step"]

# %% Checkpoint: clones by hand, one tuple for all
import copy

import torch


class Checkpoint:
    def __init__(self, model, optimizer, generator, step):
        weights = {name: value.clone() for name, value in model.state_dict().items()}
        self.all = weights, copy.deepcopy(optimizer.state_dict()), generator.get_state(), step

    def restore(self, model, optimizer, generator):
        weights, averages, drawn, step = self.all
        with torch.no_grad():
            for name, value in model.named_parameters():
                value.copy_(weights[name])
        optimizer.load_state_dict(averages)
        generator.set_state(drawn)
        return step

# %% Checkpoint: deep copies of the objects themselves
import copy

class Checkpoint:
    def __init__(self, model, optimizer, generator, step):
        self.model, self.optimizer = copy.deepcopy((model, optimizer))
        self.generator = generator.clone_state()
        self.step = step

    def restore(self, model, optimizer, generator):
        model.load_state_dict(self.model.state_dict())
        optimizer.load_state_dict(self.optimizer.state_dict())
        generator.set_state(self.generator.get_state())
        return self.step

# %% layouts: one branch for each task
def layouts(task, texts, start, delimiter, extract):
    if task == "classify":
        return [[start] + texts[0] + [extract]]
    if task == "choose":
        context = texts[0]
        return [[start] + context + [delimiter] + answer + [extract] for answer in texts[1:]]
    a, b = texts
    rows = [[start] + a + [delimiter] + b + [extract]]
    if task == "similar":
        rows += [[start] + b + [delimiter] + a + [extract]]
    return rows

# %% layouts: a helper that joins any number of texts, tuples for lists
def layouts(task, texts, start, delimiter, extract):
    def joined(*parts):
        row = [start]
        for i, part in enumerate(parts):
            row += ([delimiter] if i else []) + list(part)
        return tuple(row + [extract])

    if task == "classify":
        return (joined(texts[0]),)
    rows = [joined(texts[0], other) for other in texts[1:]]
    return rows + [joined(*reversed(texts))] if task == "similar" else rows

# %% at_extract: a loop and a stack
def at_extract(x, lengths):
    return torch.stack([row[int(n) - 1] for row, n in zip(x, lengths)])

# %% at_extract: gather
def at_extract(x, lengths):
    places = (lengths - 1)[:, None, None].expand(-1, 1, x.shape[2])
    return x.gather(1, places)[:, 0]

# %% at_extract: a one-hot mask and a sum
def at_extract(x, lengths):
    here = F.one_hot(lengths - 1, x.shape[1]).to(x.dtype)
    return (x * here[:, :, None]).sum(dim=1)

# %% with_auxiliary: targets of -1 and ignore_index
def with_auxiliary(class_logits, labels, token_logits, tokens, lengths, weight):
    targets = tokens[:, 1:].clone()
    for row, n in zip(targets, lengths.tolist()):
        row[n - 1 :] = -1
    language = F.cross_entropy(token_logits[:, :-1].flatten(0, 1), targets.flatten(),
                               ignore_index=-1)
    return F.cross_entropy(class_logits, labels) + weight * language

# %% with_auxiliary: log-softmax by hand, rows in a loop
def with_auxiliary(class_logits, labels, token_logits, tokens, lengths, weight):
    task = -class_logits.log_softmax(-1)[torch.arange(len(labels)), labels].mean()
    total, count = 0.0, 0
    for logits, row, n in zip(token_logits, tokens, lengths.tolist()):
        p = logits[: n - 1].log_softmax(-1)
        total = total - p[torch.arange(n - 1), row[1:n]].sum()
        count += n - 1
    return task + weight * total / count

# %% with_auxiliary: all losses, times a mask
def with_auxiliary(class_logits, labels, token_logits, tokens, lengths, weight):
    losses = F.cross_entropy(token_logits[:, :-1].transpose(1, 2), tokens[:, 1:], reduction="none")
    real = (torch.arange(tokens.shape[1])[None, 1:] < lengths[:, None]).float()
    return F.cross_entropy(class_logits, labels) + weight * (losses * real).sum() / real.sum()

# %% mask_tokens: clones and boolean indices
def mask_tokens(tokens, chosen, dice, others, mask):
    inputs, targets = tokens.clone(), torch.full_like(tokens, -1)
    targets[chosen] = tokens[chosen]
    inputs[chosen & (dice < 0.8)] = mask
    spoil = chosen & (dice >= 0.8) & (dice < 0.9)
    inputs[spoil] = others[spoil]
    return inputs, targets

# %% mask_tokens: one number at a time
def mask_tokens(tokens, chosen, dice, others, mask):
    inputs, targets = tokens.tolist(), [[-1] * tokens.shape[1] for _ in tokens]
    for b in range(tokens.shape[0]):
        for t in range(tokens.shape[1]):
            if chosen[b, t]:
                targets[b][t] = int(tokens[b, t])
                if dice[b, t] < 0.8:
                    inputs[b][t] = mask
                elif dice[b, t] < 0.9:
                    inputs[b][t] = int(others[b, t])
    return torch.tensor(inputs), torch.tensor(targets)

# %% LowRank: two linear layers' weights by F.linear
class LowRank(nn.Module):
    def __init__(self, layer, rank):
        super().__init__()
        self.layer = layer.requires_grad_(False)
        self.A = nn.Parameter(torch.empty(rank, layer.in_features).uniform_(-0.1, 0.1))
        self.B = nn.Parameter(torch.zeros(layer.out_features, rank))

    def forward(self, x):
        return self.layer(x) + F.linear(F.linear(x, self.A), self.B)

# %% LowRank: the two matrices multiplied first
class LowRank(nn.Module):
    def __init__(self, layer, rank):
        super().__init__()
        self.A = nn.Parameter(0.02 * torch.randn(rank, layer.weight.shape[1]))
        self.B = nn.Parameter(torch.zeros(layer.weight.shape[0], rank))
        self.layer = layer
        for p in self.layer.parameters():
            p.requires_grad = False

    def forward(self, x):
        change = self.B @ self.A
        return F.linear(x, self.layer.weight + change, self.layer.bias)

# %% merged: by einsum
def merged(weight, A, B):
    return weight + torch.einsum("or,ri->oi", B, A)

# %% merged: a sum of outer products
def merged(weight, A, B):
    out = weight.clone()
    for a, b in zip(A, B.T):
        out += torch.outer(b, a)
    return out

# %% merged: the detour applied to the unit vectors
def merged(weight, A, B):
    return weight + (torch.eye(weight.shape[1]) @ A.T @ B.T).T

# %% answer_targets: in one line
def answer_targets(prompt, answer, end):
    return prompt + answer, [-1] * (len(prompt) - 1) + answer + [end]

# %% answer_targets: shifted, then filled by place
def answer_targets(prompt, answer, end):
    row = [*prompt, *answer, end]
    targets = []
    for place in range(len(row) - 1):
        targets.append(row[place + 1] if place + 1 >= len(prompt) else -1)
    return row[:-1], targets

# %% layouts: one loop over pairs, tuples unpacked
def layouts(task: str, texts: list[list[int]], start: int, delimiter: int, extract: int):
    first, *rest = texts
    if task == "classify":
        groups = [(first,)]
    elif task in ("entail", "choose"):
        groups = [(first, other) for other in rest]
    else:
        groups = [tuple(texts), tuple(reversed(texts))]
    rows = []
    for group in groups:
        row = []
        for mark, text in zip([start, delimiter], group):
            row.append(mark)
            row.extend(text)
        row.append(extract)
        rows.append(row)
    return rows

# %% at_extract: gather
def at_extract(x: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
    index = (lengths - 1).view(-1, 1, 1).expand(-1, 1, x.shape[2])
    return x.gather(1, index).squeeze(1)

# %% at_extract: one-hot and einsum
def at_extract(x: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
    onehot = F.one_hot(lengths - 1, x.shape[1]).to(x.dtype)
    return torch.einsum("bt,btc->bc", onehot, x)

# %% with_auxiliary: rows in a loop, concatenated
def with_auxiliary(class_logits, labels, token_logits, tokens, lengths, weight):
    guesses = [token_logits[b, : n - 1] for b, n in enumerate(lengths.tolist())]
    truths = [tokens[b, 1:n] for b, n in enumerate(lengths.tolist())]
    language = nn.CrossEntropyLoss()(torch.cat(guesses), torch.cat(truths))
    logp = class_logits.log_softmax(dim=-1)
    task = -logp[torch.arange(len(labels)), labels].mean()
    return task + weight * language

# %% mask_tokens: nested loops
def mask_tokens(tokens, chosen, dice, others, mask):
    inputs, targets = tokens.clone(), torch.zeros_like(tokens) - 1
    for b in range(tokens.shape[0]):
        for t in range(tokens.shape[1]):
            if not chosen[b, t]:
                continue
            targets[b, t] = tokens[b, t]
            if dice[b, t] < 0.8:
                inputs[b, t] = mask
            elif dice[b, t] < 0.9:
                inputs[b, t] = others[b, t]
    return inputs, targets

# %% LowRank: freezes with the module's method, a small uniform A, F.linear
class LowRank(nn.Module):
    def __init__(self, layer, rank):
        super().__init__()
        n_out, n_in = layer.weight.shape
        self.layer = layer.requires_grad_(False)
        self.A = nn.Parameter(torch.empty(rank, n_in))
        nn.init.uniform_(self.A, -n_in**-0.5, n_in**-0.5)
        self.B = nn.Parameter(torch.zeros(n_out, rank))

    def forward(self, x):
        out = self.layer(x) + F.linear(x, self.B @ self.A)
        return out

# %% merged: a sum over the ranks of outer products
def merged(weight: torch.Tensor, A: torch.Tensor, B: torch.Tensor) -> torch.Tensor:
    total = weight.clone()
    for r in range(len(A)):
        total = total + torch.outer(B[:, r], A[r])
    return total

# %% answer_targets: built forwards, without the loop
def answer_targets(prompt: list[int], answer: list[int], end: int):
    inputs = [*prompt, *answer]
    targets = [-1 for _ in prompt[1:]] + list(answer)
    targets.append(end)
    return inputs, targets

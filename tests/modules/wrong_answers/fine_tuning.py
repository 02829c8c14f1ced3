# Wrong answers to the exercises of fine-tuning: the exercise, then the true cause.

# %% layouts: raises "TypeError: can only concatenate list (not "int") to list"
# -> raised
def layouts(task, texts, start, delimiter, extract):
    return [texts[0] + extract]

# %% layouts: raises "ValueError: not enough values to unpack (expected 2, got 1)"
# -> raised
def layouts(task, texts, start, delimiter, extract):
    a, b = texts
    return [[start, *a, delimiter, *b, extract]]

# %% layouts: similarity in one order
# -> _one_order
def layouts(task, texts, start, delimiter, extract):
    if task == "classify":
        return [[start] + texts[0] + [extract]]
    return [[start] + texts[0] + [delimiter] + t + [extract] for t in texts[1:]]

# %% layouts: all answers in one row
# -> _answers_in_one_row
def layouts(task, texts, start, delimiter, extract):
    row = [start]
    for i, text in enumerate(texts):
        row += ([delimiter] if i else []) + text
    rows = [row + [extract]]
    if task == "similar":
        rows.append([start] + texts[1] + [delimiter] + texts[0] + [extract])
    return rows

# %% layouts: no extract token
# -> _no_extract
def layouts(task, texts, start, delimiter, extract):
    if task == "classify":
        return [[start, *texts[0]]]
    rows = [[start, *texts[0], delimiter, *t] for t in texts[1:]]
    if task == "similar":
        rows.append([start, *texts[1], delimiter, *texts[0]])
    return rows

# %% layouts: the second order of "similar" comes first
# -> _second_order_first
def layouts(task, texts, start, delimiter, extract):
    if task == "classify":
        return [[start, *texts[0], extract]]
    rows = [[start, *texts[0], delimiter, *t, extract] for t in texts[1:]]
    if task == "similar":
        rows.insert(0, [start, *texts[1], delimiter, *texts[0], extract])
    return rows

# %% layouts: the context comes after the answer in "choose"
# -> _context_last
def layouts(task, texts, start, delimiter, extract):
    if task == "classify":
        return [[start, *texts[0], extract]]
    if task == "choose":
        return [[start, *t, delimiter, *texts[0], extract] for t in texts[1:]]
    rows = [[start, *texts[0], delimiter, *t, extract] for t in texts[1:]]
    if task == "similar":
        rows.append([start, *texts[1], delimiter, *texts[0], extract])
    return rows

# %% at_extract: raises "IndexError: index 4 is out of bounds for dimension 1 with size 4"
# -> located
def at_extract(x, lengths):
    return x[torch.arange(len(x)), lengths]

# %% at_extract: the last place of the batch
# -> _last_of_all
def at_extract(x, lengths):
    return x[:, -1, :]

# %% at_extract: a colon for the rows
# -> _all_pairs
def at_extract(x, lengths):
    return x[:, lengths - 1, :]

# %% at_extract: the mean over what is real
# -> _mean_of_real
def at_extract(x, lengths):
    return torch.stack([row[: int(n)].mean(dim=0) for row, n in zip(x, lengths)])

# %% at_extract: detached by a list of numbers
# -> wrong value
def at_extract(x, lengths):
    return torch.tensor([x[b, n - 1].tolist() for b, n in enumerate(lengths.tolist())])

# %% at_extract: the largest over the places
# -> _largest
def at_extract(x, lengths):
    return x.max(dim=1).values

# %% with_auxiliary: raises "RuntimeError: Expected target size"
# -> raised
def with_auxiliary(class_logits, labels, token_logits, tokens, lengths, weight):
    language = F.cross_entropy(token_logits[:, :-1], tokens[:, 1:])
    return F.cross_entropy(class_logits, labels) + weight * language

# %% with_auxiliary: raises "IndexError: The shape of the mask"
# -> raised
def with_auxiliary(class_logits, labels, token_logits, tokens, lengths, weight):
    real = torch.arange(tokens.shape[1]) < lengths[:, None]
    language = F.cross_entropy(token_logits[:, :-1][real], tokens[:, 1:][real])
    return F.cross_entropy(class_logits, labels) + weight * language

# %% with_auxiliary: filling counts
# -> _filling_counts
def with_auxiliary(class_logits, labels, token_logits, tokens, lengths, weight):
    language = F.cross_entropy(token_logits[:, :-1].transpose(1, 2), tokens[:, 1:])
    return F.cross_entropy(class_logits, labels) + weight * language

# %% with_auxiliary: each place is asked for its own token
# -> _not_shifted
def with_auxiliary(class_logits, labels, token_logits, tokens, lengths, weight):
    real = torch.arange(tokens.shape[1]) < lengths[:, None]
    return F.cross_entropy(class_logits, labels) + weight * F.cross_entropy(
        token_logits[real], tokens[real])

# %% with_auxiliary: the token before is asked for
# -> wrong value
def with_auxiliary(class_logits, labels, token_logits, tokens, lengths, weight):
    real = torch.arange(1, tokens.shape[1]) < lengths[:, None]
    language = F.cross_entropy(token_logits[:, 1:][real], tokens[:, :-1][real])
    return F.cross_entropy(class_logits, labels) + weight * language

# %% with_auxiliary: the language part is detached
# -> _detached
def with_auxiliary(class_logits, labels, token_logits, tokens, lengths, weight):
    real = torch.arange(1, tokens.shape[1]) < lengths[:, None]
    language = F.cross_entropy(token_logits[:, :-1][real], tokens[:, 1:][real]).item()
    return F.cross_entropy(class_logits, labels) + weight * language

# %% with_auxiliary: row by row, then the mean of the rows
# -> _mean_of_means
def with_auxiliary(class_logits, labels, token_logits, tokens, lengths, weight):
    rows = [F.cross_entropy(token_logits[b, : n - 1], tokens[b, 1:n])
            for b, n in enumerate(lengths.tolist())]
    return F.cross_entropy(class_logits, labels) + weight * torch.stack(rows).mean()

# %% mask_tokens: raises "RuntimeError: Boolean value of Tensor with more than one value is ambiguous"
# -> raised
def mask_tokens(tokens, chosen, dice, others, mask):
    inputs = torch.where(chosen & (dice < 0.8), mask, tokens)
    inputs = torch.where(chosen & (0.8 <= dice < 0.9), others, inputs)
    return inputs, torch.where(chosen, tokens, -1)

# %% mask_tokens: only masked places are asked
# -> _asks_masked_only
def mask_tokens(tokens, chosen, dice, others, mask):
    hidden = chosen & (dice < 0.8)
    spoilt = chosen & (dice >= 0.8) & (dice < 0.9)
    inputs = torch.where(spoilt, others, torch.where(hidden, mask, tokens))
    return inputs, torch.where(hidden, tokens, -1)

# %% mask_tokens: asked where the input differs
# -> _asks_changed_only
def mask_tokens(tokens, chosen, dice, others, mask):
    inputs = tokens.clone()
    inputs[chosen & (dice < 0.8)] = mask
    spoilt = chosen & (dice >= 0.8) & (dice < 0.9)
    inputs[spoilt] = others[spoilt]
    targets = tokens.clone()
    targets[inputs == tokens] = -1
    return inputs, targets

# %% mask_tokens: a second dice of 10% of all that is chosen
# -> wrong value
def mask_tokens(tokens, chosen, dice, others, mask):
    inputs = torch.where(chosen & (dice < 0.8), mask, tokens)
    inputs = torch.where(chosen & (dice < 0.1), others, inputs)
    return inputs, torch.where(chosen, tokens, -1)

# %% mask_tokens: -100 where nothing is asked
# -> _minus_a_hundred_there
def mask_tokens(tokens, chosen, dice, others, mask):
    hidden = chosen & (dice < 0.8)
    spoilt = chosen & (dice >= 0.8) & (dice < 0.9)
    inputs = torch.where(spoilt, others, torch.where(hidden, mask, tokens))
    return inputs, torch.where(chosen, tokens, -100)

# %% LowRank: raises "RuntimeError: mat1 and mat2 shapes cannot be multiplied"
# -> raised
class LowRank(nn.Module):
    def __init__(self, layer, rank):
        super().__init__()
        n_out, n_in = layer.weight.shape
        self.layer = layer.requires_grad_(False)
        self.A = nn.Parameter(torch.randn(rank, n_in))
        self.B = nn.Parameter(torch.zeros(n_out, rank))

    def forward(self, x):
        return self.layer(x) + x @ self.A @ self.B

# %% LowRank: raises "AttributeError: 'LowRank' object has no attribute 'A'"
# -> raised
class LowRank(nn.Module):
    def __init__(self, layer, rank):
        super().__init__()
        n_out, n_in = layer.weight.shape
        self.layer = layer.requires_grad_(False)
        self.down = nn.Parameter(self.A)
        self.B = nn.Parameter(torch.zeros(n_out, rank))

    def forward(self, x):
        return self.layer(x) + x @ self.down.T @ self.B.T

# %% LowRank: not frozen
# -> _NotFrozen
class LowRank(nn.Module):
    def __init__(self, layer, rank):
        super().__init__()
        n_out, n_in = layer.weight.shape
        self.layer = layer
        self.A = nn.Parameter(torch.randn(rank, n_in))
        self.B = nn.Parameter(torch.zeros(n_out, rank))

    def forward(self, x):
        return self.layer(x) + x @ self.A.T @ self.B.T

# %% LowRank: both at zero
# -> _BothZero
class LowRank(nn.Module):
    def __init__(self, layer, rank):
        super().__init__()
        n_out, n_in = layer.weight.shape
        self.layer = layer.requires_grad_(False)
        self.A = nn.Parameter(torch.zeros(rank, n_in))
        self.B = nn.Parameter(torch.zeros(n_out, rank))

    def forward(self, x):
        return self.layer(x) + x @ self.A.T @ self.B.T

# %% LowRank: plain tensors, no parameters
# -> wrong value
class LowRank(nn.Module):
    def __init__(self, layer, rank):
        super().__init__()
        n_out, n_in = layer.weight.shape
        self.layer = layer.requires_grad_(False)
        self.A = torch.randn(rank, n_in)
        self.B = torch.zeros(n_out, rank)

    def forward(self, x):
        return self.layer(x) + x @ self.A.T @ self.B.T

# %% LowRank: the detour reads the layer's output
# -> wrong value
class LowRank(nn.Module):
    def __init__(self, layer, rank):
        super().__init__()
        n_out, n_in = layer.weight.shape
        self.layer = layer.requires_grad_(False)
        self.A = nn.Parameter(torch.randn(rank, n_out))
        self.B = nn.Parameter(torch.zeros(n_out, rank))

    def forward(self, x):
        out = self.layer(x)
        return out + out @ self.A.T @ self.B.T

# %% LowRank: scaled by 1 / rank
# -> _ByRank
class LowRank(nn.Module):
    def __init__(self, layer, rank):
        super().__init__()
        n_out, n_in = layer.weight.shape
        self.layer, self.rank = layer.requires_grad_(False), rank
        self.A = nn.Parameter(torch.randn(rank, n_in))
        self.B = nn.Parameter(torch.zeros(n_out, rank))

    def forward(self, x):
        return self.layer(x) + x @ self.A.T @ self.B.T / self.rank

# %% merged: raises "RuntimeError: mat1 and mat2 shapes cannot be multiplied"
# -> raised
def merged(weight, A, B):
    return weight + A @ B.T

# %% merged: the change alone
# -> _change_alone
def merged(weight, A, B):
    return torch.matmul(B, A)

# %% merged: in place
# -> _in_place
def merged(weight, A, B):
    return weight.add_(B @ A)

# %% merged: half of the change
# -> wrong value
def merged(weight, A, B):
    return weight + 0.5 * (B @ A)

# %% answer_targets: raises "TypeError: can only concatenate list (not "int") to list"
# -> raised
def answer_targets(prompt, answer, end):
    inputs = prompt + answer
    targets = inputs[1:] + end
    return inputs, targets

# %% answer_targets: the end is mended, the first token is not
# -> _first_is_missing
def answer_targets(prompt, answer, end):
    inputs = prompt + answer
    targets = inputs[1:] + [end]
    for place in range(len(prompt)):
        targets[place] = -1
    return inputs, targets

# %% answer_targets: the first token is mended, the end is not
# -> _never_ends
def answer_targets(prompt, answer, end):
    inputs = prompt + answer
    targets = inputs[1:] + [-1]
    for place in range(len(prompt) - 1):
        targets[place] = -1
    return inputs, targets

# %% answer_targets: the end is read, too
# -> _end_is_read
def answer_targets(prompt, answer, end):
    inputs = prompt + answer + [end]
    targets = inputs[1:] + [-1]
    for place in range(len(prompt) - 1):
        targets[place] = -1
    return inputs, targets

# %% answer_targets: the prompt is trained
# -> _prompt_too
def answer_targets(prompt, answer, end):
    inputs = prompt + answer
    return inputs, inputs[1:] + [end]

# %% answer_targets: the targets of the answer are its own places
# -> wrong value
def answer_targets(prompt, answer, end):
    inputs = prompt + answer
    targets = list(inputs)
    for place in range(len(prompt)):
        targets[place] = -1
    targets[-1] = end
    return inputs, targets

# %% layouts: joins all answers of "choose" into one row
# -> _answers_in_one_row
def layouts(task: str, texts: list[list[int]], start: int, delimiter: int, extract: int):
    def row(*parts):
        out = [start]
        for i, part in enumerate(parts):
            if i:
                out.append(delimiter)
            out.extend(part)
        return out + [extract]

    if task == "similar":
        return [row(*texts), row(*texts[::-1])]
    return [row(*texts)]

# %% layouts: "similar" turns the second row around token by token, not text by text
# -> _tokens_backwards
def layouts(task: str, texts: list[list[int]], start: int, delimiter: int, extract: int):
    if task == "classify":
        return [[start, *texts[0], extract]]
    if task == "choose":
        return [[start, *texts[0], delimiter, *answer, extract] for answer in texts[1:]]
    middle = texts[0] + [delimiter] + texts[1]
    rows = [[start] + middle + [extract]]
    if task == "similar":
        rows.append([start] + middle[::-1] + [extract])
    return rows

# %% layouts: puts a delimiter after every text, so that one stands before extract as well
# -> _delimiter_behind_each
def layouts(task: str, texts: list[list[int]], start: int, delimiter: int, extract: int):
    if task == "similar":
        groups = [texts, [texts[1], texts[0]]]
    elif task == "choose":
        groups = [[texts[0], t] for t in texts[1:]]
    else:
        groups = [texts]
    rows = []
    for group in groups:
        row = [start]
        for text in group:
            row += text + [delimiter]
        rows.append(row + [extract])
    return rows

# %% layouts: returns for "classify" and "entail" the bare row, not a list with one row in it
# -> _bare_row
def layouts(task: str, texts: list[list[int]], start: int, delimiter: int, extract: int):
    if task == "classify":
        return [start] + texts[0] + [extract]
    elif task == "entail":
        return [start] + texts[0] + [delimiter] + texts[1] + [extract]
    elif task == "similar":
        a, b = texts
        return [[start] + a + [delimiter] + b + [extract], [start] + b + [delimiter] + a + [extract]]
    else:
        return [[start] + texts[0] + [delimiter] + t + [extract] for t in texts[1:]]

# %% at_extract: averages over the real tokens instead of taking the last
# -> _mean_of_real
def at_extract(x: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
    real = torch.arange(x.shape[1])[None, :] < lengths[:, None]
    return (x * real[:, :, None]).sum(dim=1) / lengths[:, None]

# %% at_extract: indexes with a colon, so that each row is read at all places: (B, B, C)
# -> _all_pairs
def at_extract(x: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
    return x[:, lengths - 1]

# %% at_extract: copies the vectors into a new tensor by item, so that no gradient flows
# -> wrong value
def at_extract(x: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
    return torch.tensor([x[b, n - 1].tolist() for b, n in enumerate(lengths)])

# %% with_auxiliary: averages each row first and then the rows, so that short rows count too much
# -> _mean_of_means
def with_auxiliary(class_logits, labels, token_logits, tokens, lengths, weight):
    per_row = []
    for b in range(len(tokens)):
        n = int(lengths[b])
        per_row.append(F.cross_entropy(token_logits[b, : n - 1], tokens[b, 1:n]))
    return F.cross_entropy(class_logits, labels) + weight * torch.stack(per_row).mean()

# %% with_auxiliary: asks for one target too many in each row, the first token of the filling
# -> _one_target_too_many
def with_auxiliary(class_logits, labels, token_logits, tokens, lengths, weight):
    logits, targets = token_logits[:, :-1], tokens[:, 1:]
    real = torch.arange(targets.shape[1]) < lengths[:, None]
    return F.cross_entropy(class_logits, labels) + weight * F.cross_entropy(logits[real], targets[real])

# %% with_auxiliary: takes the sum over the real tokens and divides by all places, filling included
# -> _divided_by_all
def with_auxiliary(class_logits, labels, token_logits, tokens, lengths, weight):
    loss = F.cross_entropy(token_logits[:, :-1].transpose(1, 2), tokens[:, 1:], reduction="none")
    mask = (torch.arange(1, tokens.shape[1]) < lengths.unsqueeze(1)).float()
    return F.cross_entropy(class_logits, labels) + weight * (loss * mask).mean()

# %% with_auxiliary: takes token 0 for filling, so that a real token 0 is left out and other filling is asked
# -> _zero_is_filling
def with_auxiliary(class_logits, labels, token_logits, tokens, lengths, weight):
    V = token_logits.shape[-1]
    language = F.cross_entropy(token_logits[:, :-1].reshape(-1, V), tokens[:, 1:].reshape(-1), ignore_index=0)
    return F.cross_entropy(class_logits, labels) + weight * language

# %% mask_tokens: asks only where the token was changed, so that the places left as they are have no target
# -> _asks_changed_only
def mask_tokens(tokens, chosen, dice, others, mask):
    inputs = tokens.clone()
    inputs[chosen & (dice < 0.8)] = mask
    swap = chosen & (dice >= 0.8) & (dice < 0.9)
    inputs[swap] = others[swap]
    targets = torch.where(chosen & (dice < 0.9), tokens, torch.full_like(tokens, -1))
    return inputs, targets

# %% mask_tokens: writes the masks into the caller's tokens, and the targets then hold the masks
# -> _targets_too_late
def mask_tokens(tokens, chosen, dice, others, mask):
    inputs = tokens
    inputs[chosen & (dice < 0.8)] = mask
    swap = chosen & (dice >= 0.8) & (dice < 0.9)
    inputs[swap] = others[swap]
    targets = tokens.clone()
    targets[~chosen] = -1
    return inputs, targets

# %% mask_tokens: gives the targets back before the inputs
# -> wrong value
def mask_tokens(tokens, chosen, dice, others, mask):
    masked = chosen * (dice < 0.8)
    random = chosen * (dice >= 0.8) * (dice < 0.9)
    inputs = tokens.masked_fill(masked, mask)
    inputs = torch.where(random, others, inputs)
    targets = tokens.masked_fill(~chosen, -1)
    return targets, inputs

# %% LowRank: sets requires_grad on the module, which freezes no parameter
# -> _NotFrozen
class LowRank(nn.Module):
    def __init__(self, layer, rank):
        super().__init__()
        n_out, n_in = layer.weight.shape
        self.layer = layer
        self.layer.requires_grad = False
        self.A = nn.Parameter(torch.randn(rank, n_in) * 0.02)
        self.B = nn.Parameter(torch.zeros(n_out, rank))

    def forward(self, x):
        out = self.layer(x) + x @ self.A.T @ self.B.T
        return out

# %% LowRank: freezes the weight and forgets the bias
# -> _BiasTrains
class LowRank(nn.Module):
    def __init__(self, layer, rank):
        super().__init__()
        n_out, n_in = layer.weight.shape
        self.layer = layer
        self.layer.weight.requires_grad = False
        self.A = nn.Parameter(torch.randn(rank, n_in))
        self.B = nn.Parameter(torch.zeros(n_out, rank))

    def forward(self, x):
        out = self.layer(x)
        out = out + F.linear(F.linear(x, self.A), self.B)
        return out

# %% LowRank: computes the layer without gradients, so that nothing in front of it can learn through it
# -> _CutOff
class LowRank(nn.Module):
    def __init__(self, layer, rank):
        super().__init__()
        n_out, n_in = layer.weight.shape
        self.layer = layer
        for p in layer.parameters():
            p.requires_grad = False
        self.A = nn.Parameter(torch.randn(rank, n_in))
        self.B = nn.Parameter(torch.zeros(n_out, rank))

    def forward(self, x):
        with torch.no_grad():
            out = self.layer(x)
        out = out + x @ self.A.T @ self.B.T
        return out

# %% merged: adds into the weight it was given
# -> _in_place
def merged(weight: torch.Tensor, A: torch.Tensor, B: torch.Tensor) -> torch.Tensor:
    weight += B @ A
    return weight

# %% answer_targets: asks for the prompt's tokens as well, since only the end was mended
# -> _prompt_too
def answer_targets(prompt: list[int], answer: list[int], end: int):
    inputs = prompt + answer
    targets = inputs[1:] + [end]
    return inputs, targets

# %% answer_targets: puts each token's own number as its target, not the next one
# -> _end_is_read_and_not_shifted
def answer_targets(prompt: list[int], answer: list[int], end: int):
    inputs = prompt + answer + [end]
    targets = [-1] * len(prompt) + answer + [end]
    return inputs, targets

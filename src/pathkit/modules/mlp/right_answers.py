# Right answers to the exercises of `mlp` in other styles; the lesson runs below each of them.

# %% split: by counting along, one name at a time
def split(names, order):
    piles = {"train": [], "dev": [], "test": []}
    for place, i in enumerate(order):
        pile = "test" if place % 10 == 0 else "dev" if place % 10 == 1 else "train"
        piles[pile].append(names[i])
    return piles["train"], piles["dev"], piles["test"]


# %% split: shuffled first, then sliced and deleted
def split(names, order):
    shuffled = np.array(names)[order].tolist()
    test, dev = shuffled[::10], shuffled[1::10]
    del shuffled[::10]
    del shuffled[::9]
    return [shuffled, dev, test]


# %% split: by sets of places
def split(names, order):
    at_test, at_dev = order[0::10], order[1::10]
    held_out = set(at_test.tolist()) | set(at_dev.tolist())
    train = [names[i] for i in order if i not in held_out]
    return train, [names[int(i)] for i in at_dev], [names[int(i)] for i in at_test]


# %% windows: slices of a padded text, in int32
def windows(names, index, length):
    X, Y = [], []
    for name in names:
        text = "." * length + name + "."
        for i in range(len(name) + 1):
            X.append([index[s] for s in text[i : i + length]])
            Y.append(index[text[i + length]])
    return torch.tensor(X, dtype=torch.int32), torch.tensor(Y, dtype=torch.int32)


# %% windows: a list that is changed, and copied when it is noted
def windows(names, index, length):
    X, Y = [], []
    for name in names:
        window = [index["."] for _ in range(length)]
        for symbol in [*name, "."]:
            X.append(window.copy())
            Y.append(index[symbol])
            window.pop(0)
            window.append(index[symbol])
    return [torch.tensor(X), torch.tensor(Y)]


# %% windows: unfold over the codes of each name
def windows(names: list[str], index: dict[str, int], length: int):
    boundary = index["."]
    X, Y = [], []
    for name in names:
        codes = torch.tensor([boundary] * length + [index[s] for s in name] + [boundary])
        cut = codes.unfold(0, length + 1, 1)
        X.append(cut[:, :-1])
        Y.append(cut[:, -1])
    return torch.cat(X), torch.cat(Y)


# %% windows: a deque, then NumPy
def windows(names, index, length):
    from collections import deque

    pairs = []
    for name in names:
        window = deque([index["."]] * length, maxlen=length)
        for code in map(index.get, name + "."):
            pairs.append((tuple(window), code))
            window.append(code)
    X, Y = zip(*pairs)
    return torch.from_numpy(np.array(X)), torch.from_numpy(np.array(Y))


# %% embed: view over the looked-up rows
def embed(X, C):
    M, length = X.shape
    return C[X].view(M, length * C.shape[1])


# %% embed: place by place, joined along the row
def embed(X, C):
    return torch.cat([C[X[:, place]] for place in range(X.shape[1])], dim=1)


# %% embed: one-hot rows times C
def embed(X, C):
    one_hot = F.one_hot(X.long(), num_classes=len(C)).to(C.dtype)
    return torch.einsum("mlv,ve->mle", one_hot, C).reshape(len(X), -1)


# %% embed: into an empty tensor, entry by entry
def embed(X, C):
    E = C.shape[1]
    out = torch.empty(X.shape[0], X.shape[1] * E)
    for m in range(X.shape[0]):
        for place in range(X.shape[1]):
            out[m, place * E : (place + 1) * E] = C[X[m, place]]
    return out


# %% embed: the function of torch
def embed(X: torch.Tensor, C: torch.Tensor) -> torch.Tensor:
    return F.embedding(X, C).reshape(X.shape[0], -1)


# %% forward: with addmm, and embed of above
def forward(X, C, W1, b1, W2, b2):
    h = torch.addmm(b1, embed(X, C), W1).tanh()
    return torch.addmm(b2, h, W2)


# %% forward: tanh from exponentials, by einsum
def forward(X, C, W1, b1, W2, b2) -> torch.Tensor:
    M, length = X.shape
    E, H = C.shape[1], W1.shape[1]
    places = W1.reshape(length, E, H)
    z = torch.einsum("mle,leh->mh", C[X], places) + b1
    h = 2 * torch.sigmoid(2 * z) - 1
    return torch.einsum("mh,hv->mv", h, W2) + b2


# %% forward: a sum over the places of the window, with F.linear
def forward(X, C, W1, b1, W2, b2):
    z, E = b1, C.shape[1]
    for place in range(X.shape[1]):
        z = z + F.embedding(X[:, place], C) @ W1[place * E : (place + 1) * E]
    return F.linear(torch.tanh(z), W2.T, b2)


# %% step: the optimizer of torch
def step(parameters, loss, rate):
    optimizer = torch.optim.SGD(parameters, lr=rate)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


# %% step: through .data
def step(parameters, loss, rate):
    for p in parameters:
        if p.grad is not None:
            p.grad.zero_()
    loss.backward()
    for p in parameters:
        p.data = p.data - rate * p.grad


# %% step: sub_ with alpha, and the gradients cleared again
@torch.no_grad()
def step(parameters: list, loss: torch.Tensor, rate: float) -> None:
    for p in parameters:
        p.grad = None
    with torch.enable_grad():
        loss.backward()
    for p in parameters:
        p.sub_(p.grad, alpha=rate)
        p.grad = None


# %% step: gradients asked for one by one
def step(parameters, loss, rate):
    gradients = torch.autograd.grad(loss, parameters)
    with torch.no_grad():
        for p, gradient in zip(parameters, gradients):
            p.copy_(p - rate * gradient)
    return parameters


# %% rates: geomspace of NumPy
def rates(low, high, steps):
    return np.geomspace(low, high, steps)


# %% rates: a generator, factor by factor
def rates(low, high, steps):
    factor = (high / low) ** (1 / (steps - 1))
    rate = low
    for _ in range(steps):
        yield rate
        rate = rate * factor


# %% rates: natural logarithms
def rates(low, high, steps):
    return torch.exp(torch.linspace(math.log(low), math.log(high), steps)).tolist()


# %% rates: logspace
def rates(low: float, high: float, steps: int):
    return torch.logspace(math.log10(low), math.log10(high), steps)


# %% blind_pair: a list
blind_pair = ["joanna", "brianna"]


# %% blind_pair: the three letters alone, and more before them
blind_pair = ("ann", "hann")

# %% split: an array of objects and boolean masks
def split(names: list[str], order: np.ndarray):
    shuffled = np.array(names, dtype=object)[order]
    place = np.arange(len(order)) % 10
    return tuple(shuffled[mask].tolist() for mask in (place > 1, place == 1, place == 0))


# %% split: deals like cards, from an iterator
def split(names: list[str], order: np.ndarray):
    piles = [], [], []  # train, dev, test
    for k, place in enumerate(order):
        which = {0: 2, 1: 1}.get(k % 10, 0)
        piles[which].append(names[int(place)])
    train, dev, test = piles
    return train, dev, test


# %% windows: slices of the padded text
def windows(names: list[str], index: dict[str, int], length: int):
    X, Y = [], []
    for name in names:
        codes = [index[s] for s in "." * length + name + "."]
        X.extend(codes[t : t + length] for t in range(len(name) + 1))
        Y.extend(codes[length:])
    return torch.tensor(X, dtype=torch.long), torch.tensor(Y, dtype=torch.long)


# %% windows: unfold of each name's codes, joined at the end
def windows(names: list[str], index: dict[str, int], length: int):
    def pieces(name):
        codes = torch.tensor([index["."]] * length + [index[s] for s in name] + [index["."]])
        return codes.unfold(0, length + 1, 1)

    both = torch.cat([pieces(name) for name in names])
    return both[:, :length], both[:, length]


# %% embed: one-hot rows times C
def embed(X: torch.Tensor, C: torch.Tensor) -> torch.Tensor:
    M, length = X.shape
    one_hot = F.one_hot(X, num_classes=C.shape[0]).to(C.dtype)
    return torch.einsum("mlv,ve->mle", one_hot, C).reshape(M, length * C.shape[1])


# %% embed: joined along dim 1, column by column
def embed(X: torch.Tensor, C: torch.Tensor) -> torch.Tensor:
    return torch.cat([C.index_select(0, column) for column in X.T], dim=1)


# %% forward: F.embedding and F.linear
def forward(X, C, W1, b1, W2, b2) -> torch.Tensor:
    emb = F.embedding(X, C).reshape(X.shape[0], -1)
    return F.linear(F.linear(emb, W1.T, b1).tanh(), W2.T, b2)


# %% forward: a block of W1 for each place of the window, added up
def forward(X, C, W1, b1, W2, b2) -> torch.Tensor:
    blocks = W1.view(X.shape[1], C.shape[1], -1)  # (length, E, H)
    z = b1
    for t in range(X.shape[1]):
        z = z + C[X[:, t]] @ blocks[t]
    return torch.einsum("mh,hv->mv", torch.tanh(z), W2) + b2


# %% step: torch's own optimiser
def step(parameters: list, loss: torch.Tensor, rate: float) -> None:
    descent = torch.optim.SGD(parameters, lr=rate)
    descent.zero_grad()
    loss.backward()
    descent.step()


# %% step: zeros the old gradients where there are any, and moves p.data
def step(parameters: list, loss: torch.Tensor, rate: float) -> None:
    for p in parameters:
        if p.grad is not None:
            p.grad.zero_()
    loss.backward()
    for p in parameters:
        p.data.add_(p.grad, alpha=-rate)


# %% rates: NumPy's geomspace
def rates(low: float, high: float, steps: int):
    return np.geomspace(low, high, num=steps)


# %% rates: the factor from one to the next, in a list
def rates(low: float, high: float, steps: int):
    factor = (high / low) ** (1 / (steps - 1))
    return [low * factor**k for k in range(steps)]


# %% blind_pair: long beginnings that end in rta
blind_pair = ("robertarta", "marta")

# %% blind_pair: one of them is the three letters alone, as a list
blind_pair = ["ann", "joann"]

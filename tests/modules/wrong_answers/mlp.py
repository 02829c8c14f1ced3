# Wrong answers to the exercises of `mlp`, each with its true cause; all must be refused.

# %% split: eight tenths, a tenth and a tenth in blocks, as in the video
# -> _blocks_of_eight
def split(names, order):
    shuffled = [names[i] for i in order]
    n1, n2 = int(0.8 * len(names)), int(0.9 * len(names))
    return shuffled[:n1], shuffled[n1:n2], shuffled[n2:]


# %% split: the piles in the order test, dev, train
# -> _test_first
def split(names, order):
    test = [names[i] for i in order[::10]]
    dev = [names[i] for i in order[1::10]]
    train = [names[i] for k, i in enumerate(order) if k % 10 > 1]
    return test, dev, train


# %% split: the dev names stay in train
# -> _dev_in_train
def split(names, order):
    test = [names[i] for i in order[::10]]
    dev = [names[i] for i in order[1::10]]
    train = [names[i] for k, i in enumerate(order) if k % 10 > 0]
    return train, dev, test


# %% split: i % 10 asks for the place in the file, not in the order
# -> _by_place_in_the_file
def split(names, order):
    train = [names[i] for i in order if i % 10 > 1]
    dev = [names[i] for i in order if i % 10 == 1]
    test = [names[i] for i in order if i % 10 == 0]
    return train, dev, test


# %% split: places, not names
# -> _arrays_of_places
def split(names, order):
    return order[[k % 10 > 1 for k in range(len(order))]], order[1::10], order[::10]


# %% split: the names that are left over after the last ten are lost
# -> wrong shape
def split(names, order):
    train, dev, test = [], [], []
    for start in range(0, len(order) - len(order) % 10, 10):
        ten = [names[i] for i in order[start : start + 10]]
        test.append(ten[0])
        dev.append(ten[1])
        train += ten[2:]
    return train, dev, test


# %% split: order isn't used at all
# -> _unshuffled
def split(names, order):
    train = [name for k, name in enumerate(names) if k % 10 > 1]
    return train, names[1::10], names[::10]


# %% split: fails where one name is left over
# -> raised
def split(names, order):
    train, dev, test = [], [], []
    for k in range(0, len(order), 10):
        test.append(names[order[k]])
        dev.append(names[order[k + 1]])
        train.extend(names[i] for i in order[k + 2 : k + 10])
    return train, dev, test


# %% split: raises "TypeError: only integer scalar arrays can be converted"
# -> raised
def split(names, order):
    return names[order[2:]], names[order[1::10]], names[order[::10]]


# %% windows: moved on before it is noted
# -> _leaks
def windows(names, index, length):
    X, Y = [], []
    for name in names:
        window = [index["."]] * length
        for symbol in name + ".":
            window = window[1:] + [index[symbol]]
            X.append(window)
            Y.append(index[symbol])
    return torch.tensor(X), torch.tensor(Y)


# %% windows: filled with 0, whatever number the boundary has
# -> _filled_with_zero
def windows(names, index, length):
    X, Y = [], []
    for name in names:
        window = [0] * length
        for symbol in name + ".":
            X.append(window)
            Y.append(index[symbol])
            window = window[1:] + [index[symbol]]
    return torch.tensor(X), torch.tensor(Y)


# %% windows: filled with dots at the end as well
# -> _filled_at_both_ends
def windows(names, index, length):
    X, Y = [], []
    for name in names:
        text = "." * length + name + "." * length
        for i in range(len(text) - length):
            X.append([index[s] for s in text[i : i + length]])
            Y.append(index[text[i + length]])
    return torch.tensor(X), torch.tensor(Y)


# %% windows: always three symbols
# -> _always_three
def windows(names, index, length):
    X, Y = [], []
    for name in names:
        a = b = c = index["."]
        for symbol in name + ".":
            X.append([a, b, c])
            Y.append(index[symbol])
            a, b, c = b, c, index[symbol]
    return torch.tensor(X), torch.tensor(Y)


# %% windows: each name once, however often it stands in the list
# -> located
def windows(names, index, length):
    X, Y = [], []
    for name in dict.fromkeys(names):
        window = [index["."]] * length
        for symbol in name + ".":
            X.append(window)
            Y.append(index[symbol])
            window = window[1:] + [index[symbol]]
    return torch.tensor(X), torch.tensor(Y)


# %% windows: each window once, with the target that came last
# -> wrong shape
def windows(names, index, length):
    found = {}
    for name in names:
        window = (index["."],) * length
        for symbol in name + ".":
            found[window] = index[symbol]
            window = window[1:] + (index[symbol],)
    return torch.tensor(list(found)), torch.tensor(list(found.values()))


# %% windows: the place of a letter is looked up, and the first of two equal ones is found
# -> wrong value
def windows(names, index, length):
    X, Y = [], []
    for name in names:
        text = "." * length + name + "."
        for symbol in name:
            end = text.index(symbol)
            X.append([index[s] for s in text[end - length : end]])
            Y.append(index[symbol])
        X.append([index[s] for s in text[-length - 1 : -1]])
        Y.append(index["."])
    return torch.tensor(X), torch.tensor(Y)


# %% windows: lists that live on from call to call
# -> raised
def windows(names, index, length, X=[], Y=[]):
    for name in names:
        window = [index["."]] * length
        for symbol in name + ".":
            X.append(window)
            Y.append(index[symbol])
            window = window[1:] + [index[symbol]]
    return torch.tensor(X), torch.tensor(Y)


# %% windows: one list for all windows of all names
# -> _one_list_for_all
def windows(names, index, length):
    X, Y = [], []
    window = [index["."]] * length
    for name in names:
        for symbol in name + ".":
            X.append(window)
            Y.append(index[symbol])
            window.pop(0)
            window.append(index[symbol])
    return torch.tensor(X), torch.tensor(Y)


# %% windows: one text of all names, so that windows run on
# -> _runs_on
def windows(names, index, length):
    text = "." * length + ".".join(names) + "."
    codes = [index[s] for s in text]
    X = [codes[i : i + length] for i in range(len(codes) - length)]
    return torch.tensor(X), torch.tensor(codes[length:])


# %% windows: targets in floats
# -> wrong dtype
def windows(names, index, length):
    X, Y = [], []
    for name in names:
        window = [index["."]] * length
        for symbol in name + ".":
            X.append(window)
            Y.append(index[symbol])
            window = window[1:] + [index[symbol]]
    return torch.Tensor(X), torch.Tensor(Y)


# %% windows: raises "KeyError: 'ava'"
# -> raised
def windows(names, index, length):
    X, Y, window = [], [], [index["."]] * length
    for symbol in names:
        X.append(window)
        Y.append(index[symbol])
        window = window[1:] + [index[symbol]]
    return torch.tensor(X), torch.tensor(Y)


# %% windows: raises "ValueError: too many dimensions 'str'"
# -> raised
def windows(names, index, length):
    X, Y = [], []
    for name in names:
        window = ["."] * length
        for symbol in name + ".":
            X.append(window)
            Y.append(symbol)
            window = window[1:] + [symbol]
    return torch.tensor(X), torch.tensor(Y)


# %% windows: raises "ValueError: expected sequence of length"
# -> raised
def windows(names, index, length):
    X, Y = [], []
    for name in names:
        window = [index["."]]
        for symbol in name + ".":
            X.append(window[-length:])
            Y.append(index[symbol])
            window = window + [index[symbol]]
    return torch.tensor(X), torch.tensor(Y)


# %% embed: the rows are copied, no gradient flows back
# -> wrong value
def embed(X, C):
    return torch.tensor(C[X].tolist()).flatten(1)


# %% embed: detached
# -> wrong value
def embed(X, C):
    return C[X].detach().flatten(1)


# %% embed: an embedding layer that keeps the rows frozen
# -> wrong value
def embed(X, C):
    return torch.nn.Embedding.from_pretrained(C)(X).flatten(1)


# %% embed: only the last place of a window has a gradient
# -> wrong value
def embed(X, C):
    return torch.cat([C[X[:, :-1]].data.flatten(1), C[X[:, -1]]], dim=1)


# %% embed: no_grad around the look-up
# -> wrong value
def embed(X, C):
    with torch.no_grad():
        return C[X].flatten(1)


# %% embed: a row for each symbol
# -> _row_for_each_symbol
def embed(X, C):
    return C[X].view(-1, C.shape[1])


# %% embed: summed over the window
# -> _added_up
def embed(X, C):
    return C[X].sum(1)


# %% embed: averaged over the window
# -> _averaged
def embed(X, C):
    return torch.mean(C[X], 1)


# %% embed: feature by feature
# -> _by_feature
def embed(X, C):
    return C[X].permute(0, 2, 1).reshape(len(X), -1)


# %% embed: all in one row
# -> _endless_row
def embed(X, C):
    return C[X].view(-1)


# %% embed: each symbol once, in the order of the table
# -> raised
def embed(X, C):
    return torch.stack([C[sorted(set(x.tolist()))].flatten() for x in X])


# %% embed: raises "IndexError: tensors used as indices must be long"
# -> raised
def embed(X, C):
    return C[X.float()].flatten(1)


# %% embed: raises "RuntimeError: expected m1 and m2 to have the same dtype"
# -> raised
def embed(X, C):
    return (X @ C).flatten(1)


# %% embed: raises "RuntimeError: mat1 and mat2 shapes cannot be multiplied"
# -> raised
def embed(X, C):
    return X.float() @ C


# %% embed: raises "RuntimeError: shape '[-1, 30]' is invalid"
# -> raised
def embed(X, C):
    return C[X].view(-1, 30)


# %% forward: no bend
# -> _no_bend
def forward(X, C, W1, b1, W2, b2):
    h = C[X].flatten(1) @ W1 + b1
    return h @ W2 + b2


# %% forward: rows detached
# -> _copies_rows
def forward(X, C, W1, b1, W2, b2):
    emb = C.data[X].flatten(1)
    return torch.tanh(emb @ W1 + b1) @ W2 + b2


# %% forward: hidden layer detached
# -> wrong value
def forward(X, C, W1, b1, W2, b2):
    h = torch.tanh(C[X].flatten(1) @ W1 + b1).detach()
    return h @ W2 + b2


# %% forward: nothing is recorded
# -> wrong value
@torch.no_grad()
def forward(X, C, W1, b1, W2, b2):
    return torch.tanh(C[X].flatten(1) @ W1 + b1) @ W2 + b2


# %% forward: only the first place of the window learns
# -> wrong value
def forward(X, C, W1, b1, W2, b2):
    emb = torch.cat([C[X[:, :1]].flatten(1), C.detach()[X[:, 1:]].flatten(1)], dim=1)
    return torch.tanh(emb @ W1 + b1) @ W2 + b2


# %% forward: hidden bias left out
# -> _no_hidden_bias
def forward(X, C, W1, b1, W2, b2):
    return torch.tanh(C[X].flatten(1) @ W1) @ W2 + b2


# %% forward: log-probabilities
# -> _log_softmaxed
def forward(X, C, W1, b1, W2, b2):
    logits = torch.tanh(C[X].flatten(1) @ W1 + b1) @ W2 + b2
    return F.log_softmax(logits, dim=1)


# %% forward: probabilities by hand
# -> _softmaxed
def forward(X, C, W1, b1, W2, b2):
    e = (torch.tanh(C[X].flatten(1) @ W1 + b1) @ W2 + b2).exp()
    return e / e.sum(1, keepdim=True)


# %% forward: sigmoid for tanh
# -> _sigmoid
def forward(X, C, W1, b1, W2, b2):
    return torch.sigmoid(C[X].flatten(1) @ W1 + b1) @ W2 + b2


# %% forward: the window is one row only if it is the only one
# -> raised
def forward(X, C, W1, b1, W2, b2):
    return torch.tanh(C[X].view(1, -1) @ W1 + b1) @ W2 + b2


# %% forward: raises "RuntimeError: mat1 and mat2 shapes cannot be multiplied"
# -> raised
def forward(X, C, W1, b1, W2, b2):
    return torch.tanh(C[X] @ W1 + b1) @ W2 + b2


# %% forward: raises "RuntimeError: Can't call numpy() on Tensor that requires grad"
# -> raised
def forward(X, C, W1, b1, W2, b2):
    return torch.tensor(np.tanh(C[X].flatten(1) @ W1 + b1)) @ W2 + b2


# %% step: new tensors in the list
# -> wrong value
def step(parameters, loss, rate):
    for p in parameters:
        p.grad = None
    loss.backward()
    for i, p in enumerate(parameters):
        parameters[i] = (p - rate * p.grad).detach().requires_grad_()


# %% step: the list is emptied and filled with new tensors
# -> wrong value
def step(parameters, loss, rate):
    for p in parameters:
        p.grad = None
    loss.backward()
    parameters[:] = [(p - rate * p.grad).detach().requires_grad_() for p in parameters]


# %% step: cleared at the end only
# -> _cleared_at_the_end
def step(parameters, loss, rate):
    loss.backward()
    with torch.no_grad():
        for p in parameters:
            p -= rate * p.grad
            if p.grad is not None:
                p.grad.zero_()


# %% step: only the first gradient is cleared
# -> wrong value
def step(parameters, loss, rate):
    parameters[0].grad = None
    loss.backward()
    with torch.no_grad():
        for p in parameters:
            p -= rate * p.grad


# %% step: never cleared
# -> _never_cleared
def step(parameters, loss, rate):
    loss.backward()
    for p in parameters:
        p.data -= rate * p.grad


# %% step: p is only a name for a new tensor
# -> _moves_nothing
def step(parameters, loss, rate):
    for p in parameters:
        p.grad = None
    loss.backward()
    for p in parameters:
        p = p - rate * p.grad


# %% step: cleared after backward
# -> _moves_nothing
def step(parameters, loss, rate):
    loss.backward()
    for p in parameters:
        p.grad.zero_()
    with torch.no_grad():
        for p in parameters:
            p -= rate * p.grad


# %% step: the loop ended before the move
# -> _only_the_last
def step(parameters, loss, rate):
    for p in parameters:
        p.grad = None
    loss.backward()
    with torch.no_grad():
        p -= rate * p.grad


# %% step: uphill
# -> _uphill
def step(parameters, loss, rate):
    for p in parameters:
        p.grad = None
    loss.backward()
    with torch.no_grad():
        for p in parameters:
            p += rate * p.grad


# %% step: the mean of each gradient
# -> wrong value
def step(parameters, loss, rate):
    for p in parameters:
        p.grad = None
    loss.backward()
    with torch.no_grad():
        for p in parameters:
            p -= rate * p.grad.mean()


# %% step: raises "RuntimeError: a leaf Variable that requires grad is being used in an in-place"
# -> raised
def step(parameters, loss, rate):
    for p in parameters:
        p.grad = None
    loss.backward()
    for p in parameters:
        p -= rate * p.grad


# %% step: raises "TypeError: unsupported operand type(s) for *: 'float' and 'NoneType'"
# -> raised
def step(parameters, loss, rate):
    for p in parameters:
        p.grad = None
    with torch.no_grad():
        for p in parameters:
            p -= rate * p.grad


# %% step: raises "TypeError: assigned grad expected to be a Tensor or None"
# -> raised
def step(parameters, loss, rate):
    for p in parameters:
        p.grad = 0.0
    loss.backward()


# %% step: raises "AttributeError: 'NoneType' object has no attribute 'zero_'"
# -> raised
def step(parameters, loss, rate):
    for p in parameters:
        p.grad.zero_()
    loss.backward()
    with torch.no_grad():
        for p in parameters:
            p -= rate * p.grad


# %% step: raises "AttributeError: 'list' object has no attribute 'grad'"
# -> raised
def step(parameters, loss, rate):
    parameters.grad = None
    loss.backward()


# %% rates: logspace of the rates themselves
# -> _ends_as_exponents
def rates(low, high, steps):
    return torch.logspace(low, high, steps)


# %% rates: down with log, up with 10
# -> _two_bases_the_other_way
def rates(low, high, steps):
    return 10 ** np.linspace(np.log(low), np.log(high), steps)


# %% rates: natural exponents
# -> _exponents_of_e
def rates(low, high, steps):
    return np.linspace(np.log(low), np.log(high), steps)


# %% rates: the first is missing
# -> _without_the_start
def rates(low, high, steps):
    factor = (high / low) ** (1 / steps)
    found = []
    for _ in range(steps):
        low *= factor
        found.append(low)
    return found


# %% rates: the last is lost to rounding
# -> _lost_to_rounding
def rates(low, high, steps):
    factor, found = (high / low) ** (1 / (steps - 1)), []
    while low <= high:
        found.append(low)
        low *= factor
    return found


# %% rates: even steps
# -> _even_steps
def rates(low, high, steps):
    return [low + k * (high - low) / (steps - 1) for k in range(steps)]


# %% rates: one rate too few
# -> wrong shape
def rates(low, high, steps):
    factor = (high / low) ** (1 / (steps - 1))
    return [low * factor**k for k in range(steps - 1)]


# %% rates: raises "ValueError: math domain error"
# -> raised
def rates(low, high, steps):
    low, high = math.log10(low), math.log10(high)
    return 10 ** torch.linspace(math.log10(low), math.log10(high), steps)


# %% rates: raises "TypeError: 'float' object is not iterable"
# -> raised
def rates(low, high, steps):
    return (high / low) ** (1 / (steps - 1))


# %% blind_pair: alike at the start, not at the end
# -> wrong value
blind_pair = ("johanna", "johannes")


# %% blind_pair: the same letters in another order
# -> wrong value
blind_pair = ("maria", "mrair")


# %% blind_pair: a dot is a symbol, too
# -> wrong value
blind_pair = ("al", "sal")


# %% blind_pair: alike in two letters
# -> wrong value
blind_pair = ("anna", "gina")

# %% split: takes the difference of sets for train, which loses the order of `order`
# -> _train_sorted
def split(names: list[str], order: np.ndarray):
    test = [names[i] for i in order[::10]]
    dev = [names[i] for i in order[1::10]]
    train = sorted(set(names) - set(test) - set(dev))
    return train, dev, test

# %% embed: stacks along a new last axis, so the numbers of a window's symbols are interleaved
# -> _by_feature
def embed(X: torch.Tensor, C: torch.Tensor) -> torch.Tensor:
    parts = [C[X[:, t]] for t in range(X.shape[1])]
    return torch.stack(parts, dim=-1).flatten(1)

# %% split: what is left over, as it stands in the file
# -> _train_as_in_the_file
def split(names, order):
    test = [names[i] for i in order[::10]]
    dev = [names[i] for i in order[1::10]]
    held_out = set(test) | set(dev)
    return [name for name in names if name not in held_out], dev, test


# %% split: cuts the order into blocks (first tenth, second tenth, rest) instead of dealing out of every ten
# -> _blocks
def split(names: list[str], order: np.ndarray):
    n = len(order) // 10
    shuffled = [names[i] for i in order]
    return shuffled[2 * n :], shuffled[n : 2 * n], shuffled[:n]


# %% split: looks at the name's number i % 10 instead of its place k in the order
# -> _by_place_in_the_file
def split(names: list[str], order: np.ndarray):
    train, dev, test = [], [], []
    for i in order:
        if i % 10 == 0:
            test.append(names[i])
        elif i % 10 == 1:
            dev.append(names[i])
        else:
            train.append(names[i])
    return train, dev, test


# %% split: takes the difference of sets for train, which loses the order of `order`
# -> _train_sorted
def split(names: list[str], order: np.ndarray):
    test = [names[i] for i in order[::10]]
    dev = [names[i] for i in order[1::10]]
    train = sorted(set(names) - set(test) - set(dev))
    return train, dev, test


# %% split: train keeps everything that isn't in test, dev names included (k % 10 > 0)
# -> _dev_in_train
def split(names: list[str], order: np.ndarray):
    test = [names[i] for i in order[::10]]
    dev = [names[i] for i in order[1::10]]
    train = [names[i] for k, i in enumerate(order) if k % 10 > 0]
    return train, dev, test


# %% windows: one and the same list is shifted in place, so all windows of a name end up equal
# -> _one_list
def windows(names: list[str], index: dict[str, int], length: int):
    X, Y = [], []
    for name in names:
        window = [index["."]] * length
        for s in name + ".":
            X.append(window)
            Y.append(index[s])
            window.pop(0)
            window.append(index[s])
    return torch.tensor(X), torch.tensor(Y)


# %% windows: the last target "." is missing
# -> _no_end
def windows(names: list[str], index: dict[str, int], length: int):
    X, Y = [], []
    for name in names:
        text = "." * length + name
        for t in range(length, len(text)):
            X.append([index[s] for s in text[t - length : t]])
            Y.append(index[text[t]])
    return torch.tensor(X), torch.tensor(Y)


# %% windows: the window isn't reset, so a name starts with the end of the name before
# -> _runs_on
def windows(names: list[str], index: dict[str, int], length: int):
    window = [index["."]] * length
    X, Y = [], []
    for name in names:
        for symbol in name + ".":
            ix = index[symbol]
            X.append(window)
            Y.append(ix)
            window = window[1:] + [ix]
    return torch.tensor(X), torch.tensor(Y)


# %% windows: newest symbol first, the new one is put at the front of the window
# -> _newest_first
def windows(names: list[str], index: dict[str, int], length: int):
    xs, ys = [], []
    for name in names:
        context = [index["."]] * length
        for ch in name + ".":
            xs.append(context)
            ys.append(index[ch])
            context = [index[ch]] + context[:-1]
    return torch.tensor(xs), torch.tensor(ys)


# %% embed: stacks along a new last axis, so the numbers of a window's symbols are interleaved
# -> _by_feature
def embed(X: torch.Tensor, C: torch.Tensor) -> torch.Tensor:
    parts = [C[X[:, t]] for t in range(X.shape[1])]
    return torch.stack(parts, dim=-1).flatten(1)


# %% embed: joins below each other (dim 0) and then reshapes, which mixes rows of different windows
# -> _mixes_windows
def embed(X: torch.Tensor, C: torch.Tensor) -> torch.Tensor:
    columns = torch.cat([C[X[:, t]] for t in range(X.shape[1])])
    return columns.view(len(X), -1)


# %% embed: adds the symbols' rows up instead of laying them side by side
# -> _added_up
def embed(X: torch.Tensor, C: torch.Tensor) -> torch.Tensor:
    return (F.one_hot(X, len(C)).to(C.dtype) @ C).sum(dim=1)


# %% embed: a fixed width of 30 instead of length * E, which raises for other sizes
# -> raised
def embed(X: torch.Tensor, C: torch.Tensor) -> torch.Tensor:
    emb = C[X]
    return emb.view(X.shape[0], 30)


# %% forward: returns probabilities, a softmax too many; logits were asked for
# -> _softmaxed
def forward(X, C, W1, b1, W2, b2) -> torch.Tensor:
    emb = C[X].view(X.shape[0], -1)
    h = torch.tanh(emb @ W1 + b1)
    logits = h @ W2 + b2
    return torch.softmax(logits, dim=1)


# %% forward: b1 is added after tanh instead of before
# -> _bias_outside
def forward(X, C, W1, b1, W2, b2) -> torch.Tensor:
    emb = C[X].flatten(1)
    h = (emb @ W1).tanh() + b1
    return torch.addmm(b2, h, W2)


# %% forward: ReLU instead of tanh
# -> _relu
def forward(X, C, W1, b1, W2, b2) -> torch.Tensor:
    x = F.embedding(X, C).flatten(start_dim=1)
    x = F.relu(x @ W1 + b1)
    return x @ W2 + b2


# %% forward: C[X] has three axes and isn't flattened, so the product raises
# -> raised
def forward(X, C, W1, b1, W2, b2) -> torch.Tensor:
    h = torch.tanh(C[X] @ W1 + b1)
    return h @ W2 + b2


# %% step: the old gradients aren't cleared, backward adds to them
# -> _never_cleared
def step(parameters: list, loss: torch.Tensor, rate: float) -> None:
    loss.backward()
    for p in parameters:
        p.data -= rate * p.grad


# %% step: clears the gradients after backward and before the update, so nothing moves
# -> _moves_nothing
def step(parameters: list, loss: torch.Tensor, rate: float) -> None:
    loss.backward()
    with torch.no_grad():
        for p in parameters:
            p.grad.zero_()
            p -= rate * p.grad


# %% step: `p = p - …` makes a new tensor under the local name, the parameters stay as they were
# -> _moves_nothing
def step(parameters: list, loss: torch.Tensor, rate: float) -> None:
    for p in parameters:
        p.grad = None
    loss.backward()
    with torch.no_grad():
        for p in parameters:
            p = p - rate * p.grad


# %% step: puts new tensors into the list instead of changing the parameters themselves
# -> wrong value
def step(parameters: list, loss: torch.Tensor, rate: float) -> None:
    for p in parameters:
        p.grad = None
    loss.backward()
    for n in range(len(parameters)):
        p = parameters[n]
        parameters[n] = (p - rate * p.grad).detach().requires_grad_()


# %% rates: even steps between the rates, not between their exponents
# -> _even_steps
def rates(low: float, high: float, steps: int):
    return torch.linspace(low, high, steps)


# %% rates: the exponent runs to (steps - 1)/steps, so `high` isn't reached
# -> _without_the_end
def rates(low: float, high: float, steps: int):
    return [low * (high / low) ** (k / steps) for k in range(steps)]


# %% rates: takes the natural logarithm but goes back with powers of 10
# -> _two_bases_the_other_way
def rates(low: float, high: float, steps: int):
    exponents = np.linspace(math.log(low), math.log(high), steps)
    return 10**exponents


# %% rates: logspace takes exponents, and gets the rates themselves
# -> _ends_as_exponents
def rates(low: float, high: float, steps: int):
    return torch.logspace(low, high, steps)


# %% blind_pair: the same beginning instead of the same three letters at the end
# -> wrong value
blind_pair = ("maria", "marko")


# %% blind_pair: too short, the window of `an` holds a dot where the other has a letter
# -> wrong value
blind_pair = ("an", "dan")


# %% blind_pair: twice the same text
# -> wrong value
blind_pair = ("marta", "marta")


# %% blind_pair: only the last two letters agree, the window holds three
# -> wrong value
blind_pair = ("robin", "austin")


# %% split: the test and dev names ignore the shuffled order (and may also lie in train)
# -> wrong value
def split(names: list[str], order: np.ndarray):
    test = names[::10]
    dev = names[1::10]
    train = [names[i] for k, i in enumerate(order) if k % 10 >= 2]
    return train, dev, test


# %% split: cuts one stretch of 10 %, one of 10 % and the rest instead of dealing out every ten
# -> _blocks
def split(names, order):
    shuffled = [names[i] for i in order]
    tenth = len(shuffled) // 10
    return shuffled[2 * tenth:], shuffled[tenth:2 * tenth], shuffled[:tenth]


# %% windows: the same list is appended and then changed in place, so all windows of a name end up alike
# -> _one_list
def windows(names: list[str], index: dict[str, int], length: int):
    X, Y = [], []
    for name in names:
        window = [index["."]] * length
        for symbol in name + ".":
            X.append(window)
            Y.append(index[symbol])
            window.pop(0)
            window.append(index[symbol])
    return torch.tensor(X), torch.tensor(Y)


# %% windows: the newest symbol comes first in the window instead of last
# -> _newest_first
def windows(names, index, length):
    xs, ys = [], []
    for name in names:
        padded = [index[c] for c in "." * length + name + "."]
        for t in range(length, len(padded)):
            xs.append([padded[t - back] for back in range(1, length + 1)])
            ys.append(padded[t])
    return torch.tensor(xs), torch.tensor(ys)


# %% embed: the axes are exchanged before joining, so first numbers of all symbols come first, not the row of the first symbol
# -> _by_feature
def embed(X: torch.Tensor, C: torch.Tensor) -> torch.Tensor:
    return C[X].permute(0, 2, 1).reshape(X.shape[0], -1)


# %% embed: the rows of a window are added up instead of laid side by side, shape (M, E)
# -> _added_up
def embed(X, C):
    hot = F.one_hot(X, num_classes=len(C)).to(C.dtype)
    return hot.sum(dim=1) @ C


# %% forward: returns probabilities (softmax) instead of logits
# -> _softmaxed
def forward(X, C, W1, b1, W2, b2) -> torch.Tensor:
    h = torch.tanh(torch.addmm(b1, C[X].flatten(1), W1))
    return F.softmax(torch.addmm(b2, h, W2), dim=1)


# %% forward: examples and window places are exchanged before the reshape, so rows of different windows are mixed
# -> wrong value
def forward(X, C, W1, b1, W2, b2) -> torch.Tensor:
    looked_up = F.embedding(X.T, C)  # (length, M, E)
    emb = looked_up.reshape(X.shape[0], -1)
    return (emb @ W1 + b1).tanh() @ W2 + b2


# %% step: the old gradients aren't cleared and add up
# -> _never_cleared
def step(parameters: list, loss: torch.Tensor, rate: float) -> None:
    loss.backward()
    with torch.no_grad():
        for p in parameters:
            p.sub_(p.grad, alpha=rate)


# %% step: `p = p - …` makes a new tensor under the name p; the parameters don't change
# -> _moves_nothing
def step(parameters, loss, rate):
    for p in parameters:
        p.grad = None
    loss.backward()
    with torch.no_grad():
        for p in parameters:
            p = p - rate * p.grad


# %% rates: even steps between the rates themselves, not between the exponents
# -> _even_steps
def rates(low: float, high: float, steps: int):
    gap = (high - low) / (steps - 1)
    return torch.tensor([low + gap * k for k in range(steps)])


# %% rates: the factor is taken for `steps` gaps instead of steps - 1, so the last rate stays below high
# -> _without_the_end
def rates(low, high, steps):
    factor = (high / low) ** (1 / steps)
    return low * factor ** torch.arange(steps)


# %% blind_pair: only the last two letters agree; the windows lex and rex differ
# -> wrong value
blind_pair = ("alex", "rex")


# %% blind_pair: both beginnings are the same one
# -> wrong value
blind_pair = ("maria", "maria")

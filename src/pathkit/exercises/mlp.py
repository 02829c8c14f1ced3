"""Exercises of `mlp`: a network that reads three letters, trained in small batches."""

from __future__ import annotations

import math

import numpy as np
import torch

from pathkit.checks.compare import Tolerance
from pathkit.exercise import exercise
from pathkit.prediction import Choice, Number

SINGLE = Tolerance(relative=1e-4, absolute=1e-5)  # float32 sums, in another order
SYMBOLS = ".abcdefghijklmnopqrstuvwxyz"
SMALL = {".": 0, "a": 1, "e": 2, "m": 3, "v": 4}
BOUNDARY_LAST = {"d": 0, "e": 1, "z": 2, ".": 3}


def _normal(rng: np.random.Generator, *shape: int, scale: float = 1.0) -> torch.Tensor:
    return torch.tensor(rng.normal(scale=scale, size=shape), dtype=torch.float32)


def _contexts(rng: np.random.Generator, *shape: int, below: int) -> torch.Tensor:
    return torch.tensor(rng.integers(below, size=shape), dtype=torch.long)


def _names(rng: np.random.Generator, letters: str, how_many: int) -> list[str]:
    lengths = rng.integers(1, 7, size=how_many)
    return ["".join(rng.choice(list(letters), size=n)) for n in lengths]


# --- three piles ------------------------------------------------------------------------------


@exercise(
    title="Three piles of names",
    level="easy",
    minutes=6,
    prompt="""
        Deal the names out in the shuffled `order`: of every ten, the first goes to test, the second
        to dev, the other eight to train. No name may lie on two piles.
        """,
    probes=lambda rng: [
        (["ava", "emma", "eve"], np.array([2, 0, 1])),
        ([f"name{i}" for i in range(10)], rng.permutation(10)),
        ([f"name{i}" for i in range(37)], rng.permutation(37)),
        ([f"name{i}" for i in range(20)], rng.permutation(20)),
        (["ava"], np.array([0])),
    ],
    hints=[
        "`order` begins with 17, 4, 9. Which name goes to test, which to dev, and which to train?",
        """
        - `order[::10]` is every tenth entry of `order`, from the first one on.
        - `order[1::10]` begins one later.
        - For the rest, count along: `for k, i in enumerate(order)`, and look at `k % 10`.
        """,
        "`train = [names[i] for k, i in enumerate(order) if k % 10 > ___]`",
    ],
    errors=[
        (
            "TypeError: only integer scalar arrays can be converted",
            "`names` is a list: take one name at a time, `[names[i] for i in …]`.",
        ),
    ],
    passed="Train teaches, dev decides, test is opened once, at the very end.",
)
def split(names: list[str], order: np.ndarray):
    """Train, dev and test names: eight, one and one of every ten.

    names: strings; order: (N,) their places, shuffled.
    Returns (train, dev, test), three lists of names in the order of `order`.
    """
    test = [names[i] for i in order[::10]]
    dev = [names[i] for i in order[1::10]]
    train = [names[i] for k, i in enumerate(order) if k % 10 > 1]
    return train, dev, test


@split.misconception(
    "The dev and test names lie on the train pile as well. What a model has learned by heart tells "
    "nothing about new names: take them out of train."
)
def _train_keeps_all(names, order):
    _, dev, test = split(names, order)
    return [names[i] for i in order], dev, test


@split.misconception(
    "`order` wasn't used. The file is alphabetical, so without the shuffle neighbours such as anna "
    "and anne are dealt out by rule: take `names[i]` for i in `order`."
)
def _unshuffled(names, order):
    return split(names, np.arange(len(names)))


@split.misconception(
    "The piles are right, but dev and test are exchanged: the first of every ten goes to test. "
    "`bigram` held out the same names, so its losses stay comparable."
)
def _exchanged(names, order):
    train, dev, test = split(names, order)
    return train, test, dev


@split.misconception(
    "The test names lie on the train pile. They may teach nothing, or the last number you report "
    "is about names that the model has seen."
)
def _test_in_train(names, order):
    _, dev, test = split(names, order)
    return [names[i] for k, i in enumerate(order) if k % 10 != 1], dev, test


@split.misconception(
    "Dev and test are the same names. You will make choices by dev, so dev gets too kind; test is "
    "only honest if no choice ever saw it."
)
def _dev_is_test(names, order):
    _, _, test = split(names, order)
    return [names[i] for k, i in enumerate(order) if k % 10], test, test


@split.misconception(
    "You cut `order` into blocks: a tenth, a tenth, the rest. That would do as well, but here the "
    "names are dealt out by tens, so that everybody tests on the same ones."
)
def _blocks(names, order):
    tenth = len(order) // 10
    chosen = [names[i] for i in order]
    return chosen[2 * tenth :], chosen[tenth : 2 * tenth], chosen[:tenth]


# --- windows ----------------------------------------------------------------------------------


@exercise(
    title="Windows and what follows",
    level="medium",
    minutes=10,
    prompt="""
        Slide a window of `length` symbols over each name; the symbol that follows it is the target.
        A name starts with a window full of `.`, and its last target is `.`.
        """,
    probes=lambda rng: [
        (["ava"], SMALL, 3),
        (["emma", "a"], SMALL, 2),
        (["ava", "eve", "m"], SMALL, 1),
        (_names(rng, "aemv", 6), SMALL, 3),
        (["zed", "eez"], BOUNDARY_LAST, 4),
    ],
    hints=[
        "With three symbols `ava` gives four windows. Write them down, each with its target.",
        """
        1. For each name start with `window = [index["."]] * length`.
        2. Walk over the symbols of `name + "."`. Note window and symbol, both as numbers.
        3. Then move on: drop the first entry of the window, put the symbol at its end. Make a new
           list for it.
        4. At the end, `torch.tensor(...)` of both lists.
        """,
        "`window = window[___:] + [index[symbol]]`, after both were noted",
    ],
    errors=[
        (
            "KeyError: '.'",
            "the boundary has a number, too: `index['.']`, which need not be 0.",
        ),
        (
            "ValueError: expected sequence of length",
            "some windows are shorter than others: start with a full one and keep its length.",
        ),
    ],
    passed="Each symbol of each name is now a small question with its answer.",
)
def windows(names: list[str], index: dict[str, int], length: int):
    """Windows of symbols, and the symbol that follows each.

    names: strings; index: the number of each symbol, "." included; length: symbols in a window.
    Returns (X, Y), tensors of whole numbers: X (M, length), oldest symbol first, and Y (M,).
    """
    X, Y = [], []
    for name in names:
        window = [index["."]] * length
        for symbol in name + ".":
            X.append(window)
            Y.append(index[symbol])
            window = window[1:] + [index[symbol]]
    return torch.tensor(X), torch.tensor(Y)


def _cut(names, index, length, *, move=None, text=None, fresh=True):
    """The windows of a learner who does one thing differently."""
    X, Y = [], []
    window = [index["."]] * length
    for name in names:
        if fresh:
            window = [index["."]] * length
        for symbol in name + "." if text is None else text(name):
            X.append(list(window))
            Y.append(index[symbol])
            window = (move or (lambda w, i: w[1:] + [i]))(window, index[symbol])
    return torch.tensor(X), torch.tensor(Y)


@windows.misconception(
    "The window holds its own target: it was moved on before it was noted. The network would only "
    "have to repeat what it sees, and its loss would say nothing about names."
)
def _leaks(names, index, length):
    X, Y = _cut(names, index, length)
    return torch.cat([X[:, 1:], Y[:, None]], dim=1), Y


@windows.misconception(
    "Windows run on from one name into the next. Names stand in a list by accident, and the end of "
    "one says nothing about the start of another: begin each with a fresh window of dots."
)
def _runs_on(names, index, length):
    return _cut(names, index, length, fresh=False)


@windows.misconception(
    "The targets that end a name are missing. Without them the network never learns when to stop: "
    "walk over the name and one '.' more."
)
def _no_end(names, index, length):
    return _cut(names, index, length, text=lambda name: name)


@windows.misconception(
    "The newest symbol stands first. Any order would do if it were kept, but everybody else puts "
    "the oldest first, as in the text: drop at the front, add at the end."
)
def _newest_first(names, index, length):
    return _cut(names, index, length, move=lambda w, i: [i, *w[:-1]])


@windows.misconception(
    "Only windows without dots were kept, so the network never sees how a name begins. Start with "
    "`length` dots, and even the first letter has a window before it."
)
def _no_padding(names, index, length):
    X, Y = [], []
    for name in names:
        codes = [index[symbol] for symbol in name + "."]
        for end in range(length, len(codes)):
            X.append(codes[end - length : end])
            Y.append(codes[end])
    return torch.tensor(X), torch.tensor(Y)


@windows.misconception(
    "Only windows inside a name were kept, with targets inside it, too. Then the network learns "
    "neither how a name begins nor when it ends: pad the start with dots, end with one dot more."
)
def _inside_only(names, index, length):
    X, Y = [], []
    for name in names:
        codes = [index[symbol] for symbol in name]
        for end in range(length, len(codes)):
            X.append(codes[end - length : end])
            Y.append(codes[end])
    return torch.tensor(X), torch.tensor(Y)


@windows.misconception(
    "All windows of a name are the same. You noted one list and changed it afterwards with append "
    "and pop, and X holds that one list many times: make a new list for each window."
)
def _one_list(names, index, length):
    X, Y = [], []
    for name in names:
        window = [index["."]] * length
        for symbol in name + ".":
            X.append(window)
            Y.append(index[symbol])
            window.append(index[symbol])
            window.pop(0)
    return torch.tensor(X), torch.tensor(Y)


# --- letters as points ------------------------------------------------------------------------


@exercise(
    title="Look the letters up",
    level="easy",
    minutes=6,
    prompt="""
        Replace each symbol of each window by its row of `C`, and lay the rows of a window side by
        side. One window becomes one long row.
        """,
    probes=lambda rng: [
        (torch.tensor([[1, 0]]), torch.tensor([[5.0, -1.0], [2.0, 7.0]])),
        (_contexts(rng, 4, 3, below=6), _normal(rng, 6, 2)),
        (_contexts(rng, 3, 3, below=5), _normal(rng, 5, 3)),
        (_contexts(rng, 2, 1, below=4), _normal(rng, 4, 5)),
        (_contexts(rng, 1, 4, below=7), _normal(rng, 7, 3)),
    ],
    hints=[
        "`C[X]` with X of shape (M, 3) and C of shape (27, 10): which shape comes back?",
        """
        A tensor may be indexed by a tensor of whole numbers: `C[X]` is (M, length, E), a row of
        `C` for each entry of `X`. `.flatten(1)` joins all axes from the second on.
        """,
        "`return C[___].flatten(___)`",
    ],
    errors=[
        (
            "IndexError: tensors used as indices must be long",
            "`X` holds whole numbers: index with it as it is.",
        ),
        (
            "RuntimeError: mat1 and mat2 shapes cannot be multiplied",
            "a product needs one-hot rows, `F.one_hot(X, len(C)).float()`; indexing is shorter.",
        ),
        (
            "RuntimeError: shape '[-1, 30]' is invalid",
            "30 is right for one size only: keep `len(X)` rows, or use `.flatten(1)`.",
        ),
    ],
    tolerance=SINGLE,
    passed="Three letters are 30 numbers now, and training may move every one of them.",
)
def embed(X: torch.Tensor, C: torch.Tensor) -> torch.Tensor:
    """The rows of C that belong to each window, side by side.

    X: (M, length) numbers of symbols; C: (V, E), one row for each symbol.
    Returns (M, length * E): for each window the row of its first symbol, then of its second, …
    (Bengio et al. 2003, section 2).
    """
    return C[X].flatten(1)


@embed.misconception(
    "The rows of a window were added up. Then `ann` and `nan` look alike, since a sum forgets the "
    "order: lay the rows side by side."
)
def _added_up(X, C):
    return C[X].sum(dim=1)


@embed.misconception(
    "The numbers are right, the shape still has three axes. The layer that follows takes one row "
    "for each window: flatten all axes but the first."
)
def _three_axes(X, C):
    return C[X]


@embed.misconception(
    "Feature by feature instead of symbol by symbol: first all first numbers, then all second "
    "ones. Nothing is lost, but W1's rows would stand in another order: no transpose before the "
    "flatten."
)
def _by_feature(X, C):
    return C[X].transpose(1, 2).flatten(1)


@embed.misconception(
    "Numbers of different windows stand in one row. A reshape relabels the axes, it doesn't move "
    "the batch: keep the windows as the first axis and join only the rest."
)
def _mixes_windows(X, C):
    return C[X.T].reshape(len(X), -1)


@embed.misconception(
    "The windows' parts stand below each other: the axis of the windows grew instead of the row. "
    "Join along the second axis, dim=1."
)
def _below_each_other(X, C):
    return torch.cat([C[X[:, place]] for place in range(X.shape[1])], dim=0)


@embed.misconception(
    "All windows stand in one endless row. The windows must stay apart, one row for each: flatten "
    "from axis 1 on, and keep axis 0."
)
def _endless_row(X, C):
    return C[X].flatten()


@embed.misconception(
    "Only the last symbol was looked up. That is the bigram again, with more steps: all symbols of "
    "the window have their place in the row."
)
def _last_symbol(X, C):
    return C[X[:, -1]]


# --- forward ----------------------------------------------------------------------------------


def _network(rng, M, length, V, E, H, scale=1.0) -> tuple:
    return (
        _contexts(rng, M, length, below=V),
        _normal(rng, V, E),
        _normal(rng, length * E, H, scale=scale),
        _normal(rng, H),
        _normal(rng, H, V),
        _normal(rng, V),
    )


def _with_gradients(answer, X, C, W1, b1, W2, b2):
    """The logits, and to which of the five parameters a gradient flows back."""
    parameters = [p.clone().requires_grad_() for p in (C, W1, b1, W2, b2)]
    logits = answer(X, *parameters)
    if isinstance(logits, torch.Tensor) and logits.requires_grad:
        logits.sum().backward()
    return logits, {
        name: p.grad is not None
        for name, p in zip(("C", "W1", "b1", "W2", "b2"), parameters, strict=True)
    }


@exercise(
    title="From windows to logits",
    level="medium",
    minutes=8,
    prompt="""
        Compute the network: look the symbols up in `C`, then a layer with `torch.tanh`, then a
        layer without a bend.
        """,
    probes=lambda rng: [
        _network(rng, 1, 1, 2, 1, 2),
        _network(rng, 4, 3, 5, 2, 7),
        _network(rng, 3, 2, 6, 3, 6, scale=0.3),
        _network(rng, 5, 4, 4, 1, 4),
    ],
    drive=_with_gradients,
    hints=[
        "You wrote this with points in `neurons`. What stands in the place of `X` now?",
        """
        1. `emb`: (M, length · E), the rows of `C` side by side.
        2. `h`: `emb @ W1 + b1`, bent, (M, H).
        3. Logits: `h @ W2 + b2`, (M, V).
        """,
        "`h = torch.tanh(___ @ W1 + b1)`",
    ],
    errors=[
        (
            "RuntimeError: mat1 and mat2 shapes cannot be multiplied",
            "`C[X]` has three axes; `.flatten(1)` makes one row of each window.",
        ),
        (
            "RuntimeError: Can't call numpy() on Tensor that requires grad",
            "use `torch.tanh`: `np.tanh` and `math.tanh` don't remember where numbers came from.",
        ),
    ],
    tolerance=SINGLE,
    passed="11,897 numbers at the full size, and not one of them belongs to a single window.",
)
def forward(X, C, W1, b1, W2, b2) -> torch.Tensor:
    """The logits of the symbol that follows each window.

    X: (M, length); C: (V, E); W1: (length * E, H); b1: (H,); W2: (H, V); b2: (V,).
    Returns (M, V) (Bengio et al. 2003, section 2, without the direct connections).
    """
    emb = C[X].flatten(1)  # (M, length * E)
    h = torch.tanh(emb @ W1 + b1)  # (M, H)
    return h @ W2 + b2  # (M, V)


@forward.misconception(
    "The bend is missing, so the two layers fold into one. Such a network can give each place of "
    "the window a vote, but no letter can change what another one means."
)
def _no_bend(X, C, W1, b1, W2, b2):
    return (C[X].flatten(1) @ W1 + b1) @ W2 + b2


@forward.misconception(
    "The logits were bent, too. Tanh locks them between -1 and 1, so no symbol could ever be more "
    "than about 7 times as likely as another: leave the output layer straight."
)
def _bends_logits(X, C, W1, b1, W2, b2):
    return torch.tanh(forward(X, C, W1, b1, W2, b2))


@forward.misconception(
    "These are probabilities. `F.cross_entropy` takes logits and does the softmax itself. After a "
    "second one even a perfect network would pay 2.36 nats: return the logits."
)
def _softmaxed(X, C, W1, b1, W2, b2):
    return forward(X, C, W1, b1, W2, b2).softmax(dim=1)


@forward.misconception(
    "The hidden bias was added after the bend. It decides where a neuron switches, so it belongs "
    "to the sum inside tanh."
)
def _bias_outside(X, C, W1, b1, W2, b2):
    return (torch.tanh(C[X].flatten(1) @ W1) + b1) @ W2 + b2


@forward.misconception(
    "The output bias is missing. It holds how frequent each symbol is whatever came before, the "
    "cheapest thing there is to learn: add b2."
)
def _no_output_bias(X, C, W1, b1, W2, b2):
    return torch.tanh(C[X].flatten(1) @ W1 + b1) @ W2


@forward.misconception(
    "The logits are right, but no gradient flows back to `C`: the looked-up rows were copied, with "
    "`torch.tensor`, `.detach()` or `.data`. Then letters would stay where chance put them."
)
def _copies_rows(X, C, W1, b1, W2, b2):
    return torch.tanh(C[X].detach().flatten(1) @ W1 + b1) @ W2 + b2


@forward.misconception(
    "This bends with ReLU. That works, too, and today it is more common; but `activations` will "
    "look into this very network, and there it is tanh."
)
def _relu(X, C, W1, b1, W2, b2):
    return torch.relu(C[X].flatten(1) @ W1 + b1) @ W2 + b2


# --- one step ---------------------------------------------------------------------------------


def _after_three(answer, seed: int, rate: float, shapes: list[tuple]) -> list[torch.Tensor]:
    """The parameters after three steps, each on other data."""
    generator = torch.Generator().manual_seed(seed)
    made = [torch.randn(*shape, generator=generator) for shape in shapes]
    parameters = [values.requires_grad_() for values in made]
    for _ in range(3):
        target = torch.randn(1, generator=generator)
        total = sum((p**2 * torch.randn(p.shape, generator=generator)).sum() for p in parameters)
        answer(parameters, (total - target).pow(2).sum() / 10, rate)
    return [p.detach().clone() for p in parameters]


@exercise(
    title="One step",
    level="hard",
    minutes=10,
    prompt="""
        Clear the old gradients, let torch go backward from the loss, and move every parameter
        downhill by `rate` times its gradient. Change the parameters themselves; return nothing.
        """,
    probes=lambda rng: [
        (1, 0.05, [(2,)]),
        (2, 0.01, [(2, 3), (3,)]),
        (3, 0.03, [(4, 1), (1,), (2, 2)]),
        (int(rng.integers(10, 99)), 0.02, [(3,), (3, 2)]),
    ],
    drive=_after_three,
    hints=[
        "`backward` adds to what is in `.grad`, as yours did. What is there from the step before?",
        """
        1. `p.grad = None` for every parameter `p`.
        2. `loss.backward()` fills in all of them.
        3. Inside `with torch.no_grad():`, change each `p` in place with `-=`. Without `no_grad`
           torch would record the step itself as part of the computation.
        """,
        "`with torch.no_grad():` … `p -= rate * p.___`",
    ],
    errors=[
        (
            "RuntimeError: a leaf Variable that requires grad is being used in an in-place",
            "put the update inside `with torch.no_grad():`.",
        ),
        (
            "TypeError: unsupported operand type(s) for *: 'float' and 'NoneType'",
            "`p.grad` is still None: `loss.backward()` must come first.",
        ),
        (
            "TypeError: assigned grad expected to be a Tensor or None",
            "a gradient isn't a number: `p.grad = None` clears it.",
        ),
        (
            "UnboundLocalError",
            "`parameters` is a list: loop over it, and change each entry in place.",
        ),
    ],
    tolerance=SINGLE,
    passed="Clear, backward, move: the same three lines train every network of this path.",
)
def step(parameters: list, loss: torch.Tensor, rate: float) -> None:
    """One step of gradient descent, in place.

    parameters: tensors that loss was computed from; loss: a single number, as a tensor;
    rate: how far to go along the gradient.
    """
    for p in parameters:
        p.grad = None
    loss.backward()
    with torch.no_grad():
        for p in parameters:
            p -= rate * p.grad


@step.misconception(
    "Old gradients are never cleared. `backward` adds to them, so each step repeats all earlier "
    "ones: set every `p.grad` to None first."
)
def _never_cleared(parameters, loss, rate):
    loss.backward()
    with torch.no_grad():
        for p in parameters:
            p -= rate * p.grad


@step.misconception(
    "The loss climbs: you added the gradient. It points to where the loss grows, so subtract it."
)
def _uphill(parameters, loss, rate):
    step(parameters, loss, -rate)


@step.misconception(
    "The rate is never used. A whole gradient is far too long a step for most networks; the rate "
    "says how much of it to take."
)
def _no_rate(parameters, loss, rate):
    step(parameters, loss, 1.0)


@step.misconception(
    "No parameter moved. Either `p = p - …` gave the name `p` to a new tensor and left the old one "
    "alone, or the gradients were cleared after `backward`. Use `p -= …` and clear first."
)
def _moves_nothing(parameters, loss, rate):
    for p in parameters:
        p.grad = None
    loss.backward()
    with torch.no_grad():
        for p in parameters:
            p = p - rate * p.grad  # a new tensor under an old name


@step.misconception(
    "Only the first parameter moved. Something ends the loop early, mostly a `return` that is "
    "indented too far: all parameters take part in a step."
)
def _only_the_first(parameters, loss, rate):
    for p in parameters:
        p.grad = None
    loss.backward()
    with torch.no_grad():
        for p in parameters:
            p -= rate * p.grad
            return


@step.misconception(
    "Every entry moved by the same length: only the sign of the gradient was used. Its size says "
    "how much a move is worth, so steep directions should go further."
)
def _sign_only(parameters, loss, rate):
    for p in parameters:
        p.grad = None
    loss.backward()
    with torch.no_grad():
        for p in parameters:
            p -= rate * p.grad.sign()


# --- learning rates ---------------------------------------------------------------------------


def _as_numbers(answer, low: float, high: float, steps: int) -> list[float]:
    return [float(rate) for rate in answer(low, high, steps)]


@exercise(
    title="Rates for a sweep",
    level="easy",
    minutes=5,
    prompt="""
        List `steps` learning rates from `low` to `high`, both included, such that each is the same
        *factor* larger than the one before.
        """,
    probes=lambda rng: [
        (0.001, 1.0, 4),
        (0.01, 100.0, 5),
        (0.5, 8.0, 3),
        (float(rng.uniform(0.001, 0.01)), float(rng.uniform(0.5, 2.0)), 7),
        (0.1, 0.4, 2),
    ],
    drive=_as_numbers,
    hints=[
        "From 0.001 to 1 in four: 0.001, 0.01, and then? What do the exponents do?",
        """
        Exponents with even steps between them: `torch.linspace(a, b, steps)`, from the exponent of
        `low` to that of `high`. `math.log10` gives the exponent of a number, `10 ** …` goes back.
        """,
        "`return 10 ** torch.linspace(math.log10(___), math.log10(___), steps)`",
    ],
    errors=[
        (
            "ValueError: math domain error",
            "the logarithm of a rate is needed, and rates are above 0: don't take it twice.",
        ),
        (
            "TypeError: 'float' object is not iterable",
            "return a list or a tensor of rates, not one number.",
        ),
    ],
    tolerance=SINGLE,
    passed="What matters about a rate is its factor, so even steps belong in the exponent.",
)
def rates(low: float, high: float, steps: int):
    """Learning rates evenly spaced by exponent.

    low, high: the first rate and the last; steps: how many, 2 at least.
    Returns (steps,) rates, from low to high.
    """
    exponents = torch.linspace(math.log10(low), math.log10(high), steps)
    return 10**exponents


@rates.misconception(
    "The steps are even in the rates themselves. Of 1,000 rates from 0.001 to 1, about 900 then "
    "lie above 0.1, and the small ones are never tried: space the exponents evenly."
)
def _even_steps(low, high, steps):
    return torch.linspace(low, high, steps)


@rates.misconception(
    "These are the exponents, not the rates, and with a rate of -3 the network would walk uphill. "
    "Raise 10 to their power."
)
def _exponents(low, high, steps):
    return torch.linspace(math.log10(low), math.log10(high), steps)


@rates.misconception(
    "The exponents belong to base 10 and were used with base e. Down and up must use the same "
    "base: log10 with 10, or log with exp."
)
def _two_bases(low, high, steps):
    return torch.linspace(math.log10(low), math.log10(high), steps).exp()


@rates.misconception(
    "Each rate is ten times the one before, whatever `high` is. The factor follows from both ends "
    "and from how many rates lie between: `steps - 1` factors lead from `low` to `high`."
)
def _factor_ten(low, high, steps):
    return [low * 10**k for k in range(steps)]


@rates.misconception(
    "The last rate is missing, so the sweep stops short of `high` and the factor is too small. "
    "Both ends count: `steps` rates have `steps - 1` factors between them."
)
def _without_the_end(low, high, steps):
    factor = (high / low) ** (1 / steps)
    return [low * factor**k for k in range(steps)]


@rates.misconception(
    "The list runs from high to low. A sweep raises the rate, so that it has seen all the good "
    "rates before the first bad one throws the weights out of reach."
)
def _downwards(low, high, steps):
    return rates(high, low, steps)


# --- what the window can't see ----------------------------------------------------------------


def _is_blind(value: object) -> str | None:
    if not isinstance(value, tuple | list) or len(value) != 2:
        return 'Two beginnings of names are expected, as `("…", "…")`.'
    if not all(isinstance(text, str) and text for text in value):
        return "Both must be strings of at least one letter."
    if not all(set(text) <= set(SYMBOLS[1:]) for text in value):
        return "Use lower-case letters from a to z."
    if value[0] == value[1]:
        return "These are the same beginning; what a network can't tell apart must differ."
    seen = [("..." + text)[-3:] for text in value]
    if seen[0] != seen[1]:
        return (
            f"The network sees the windows {seen[0]!r} and {seen[1]!r}. They differ, so it can "
            "give them different answers."
        )
    return None


@exercise(
    title="What it can't tell apart",
    level="easy",
    minutes=5,
    prompt="""
        Give two different beginnings of names after which this network must expect the same, in
        whatever way it is trained. Two after which you would expect different letters are the best.
        """,
    probes=lambda rng: [()],
    drive=lambda answer: answer,
    accept=_is_blind,
    is_value=True,
    hints=[
        "Which numbers enter the network when it guesses the letter after `joan`?",
        "Only the last three symbols enter. A short beginning has dots in its window, so three "
        "letters at least are needed to hide what came before.",
        '`blind_pair = ("alex___", "r___")` with the same three letters at both ends',
    ],
    passed="Everything before the window is lost. `attention` takes the window away.",
)
def blind_pair():
    """Two beginnings that end in the same three letters."""
    return ("roberta", "alberta")


@blind_pair.misconception(
    "These begin alike and end differently. The window looks at the end of what was read so far: "
    "make the last three letters equal and the beginnings different."
)
def _alike_at_the_start():
    return ("marianne", "marissa")


@blind_pair.misconception(
    "The same letters in another order. Each place of the window has weights of its own, so the "
    "order matters: the last three letters must be equal one by one."
)
def _anagrams():
    return ("ina", "nia")


@blind_pair.misconception(
    "The short one is filled up with dots, `.an`, and a dot is a symbol like any other. The "
    "network knows that a name has only begun: with three letters at the end no dot is in sight."
)
def _too_short():
    return ("an", "joan")


@blind_pair.misconception(
    "Two names that sound alike are different letters to a network that reads letters. It is blind "
    "to what lies before its window, not to spelling."
)
def _sound_alike():
    return ("sara", "sarah")


# --- predictions ------------------------------------------------------------------------------


def _filled() -> float:
    from pathkit import datasets

    names = datasets.names()
    order = np.random.default_rng(0).permutation(len(names))
    seen = set()
    for name in split(names, order)[0]:
        text = "..." + name + "."
        seen.update(text[i : i + 4] for i in range(len(name) + 1))
    return len(seen) / 27**4


filled = Number(
    id="filled",
    ask="A table for three letters of context has 27 to the 4th, 531,441, cells. The 15,991 train "
    "names hold 116,278 windows. What share of the cells is not empty? A number from 0 to 1.",
    value=_filled,
    within=0.03,
    between=(0, 1),
    low="A little more. The windows repeat a lot, and still they reach one cell in twenty.",
    high="Far less. At most 116,278 cells could be filled, 22%, if no window and target came "
    "twice. They come again and again: 1,490 names begin with s, and all fill a single cell.",
    right="One cell in twenty. Most of the others hold names that nobody bears, and some hold "
    "names that train happened to miss. The table can't tell which.",
)

first_loss = Choice(
    id="first-loss",
    ask="The network is fresh, its weights random. It knows nothing, and a blind guess costs ln 27 "
    "= 3.30 nats. How high is its loss?",
    options={
        "a": (
            "about 3.30",
            "That is what it should be. But random weights make random logits, some of them large. "
            "So the network is sure of itself, and wrong.",
        ),
        "b": (
            "well above 3.30",
            "Random logits mean confident guesses, and confident guesses that are wrong cost more "
            "than admitting that you know nothing.",
        ),
        "c": (
            "a little below 3.30, since some guesses hit",
            "Some do hit. But a hit saves 3 nats at most, and a confident miss can cost ten or "
            "more.",
        ),
    },
    right="b",
)

few_names = Choice(
    id="few-names",
    ask="Train the same network on 320 names instead of 15,991, for 6,000 steps. What does its "
    "loss on the dev names do?",
    options={
        "a": (
            "it falls and then stays where it is",
            "It would stay if nothing more were learned. But more is learned all the time: the 320 "
            "names, by heart.",
        ),
        "b": (
            "it falls more slowly than with all the names",
            "At first it falls as fast. Then it turns, because every step fits the 320 names "
            "better and other names worse.",
        ),
        "c": (
            "it falls, then rises above a blind guess",
            "The network grows sure that names are like those 320. On other names it is sure and "
            "wrong, which costs more than knowing nothing.",
        ),
    },
    right="c",
)

six_letters = Choice(
    id="six-letters",
    ask="A counted table gets worse when it looks at four letters instead of three. Give the "
    "network six. What happens to its dev loss?",
    options={
        "a": (
            "it falls further",
            "Windows it has never met still consist of letters it knows, and it has a weight for "
            "each letter at each place.",
        ),
        "b": (
            "it rises as the table's does: six letters are even rarer",
            "The table needs each window by itself. The network shares its weights among all "
            "windows, so an unseen one is no blank.",
        ),
        "c": (
            "it stays: three more letters tell nothing about names",
            "They do tell something: how long the name is already, and in what language it goes "
            "on.",
        ),
    },
    right="a",
)

skip_window = Choice(
    id="skip-window",
    ask="Windows of three symbols over the name `ava`. Which is a right pair of window and target?",
    options={
        "a": ("`..a` and `v`", "After one letter two places still hold dots; then v follows."),
        "b": ("`ava` and `a`", "That window holds its own target. After `ava` comes the end."),
        "c": ("`.av` and `v`", "The window ends in the v that it should predict: a leak."),
    },
    right="a",
    skip=True,
)

skip_lookup = Choice(
    id="skip-lookup",
    ask="`C` is (27, 10), `X` is (32, 3). Which shape has `C[X].flatten(1)`, and which product "
    "gives the same numbers?",
    options={
        "a": (
            "(32, 10), from the one-hot rows added up",
            "Adding would forget the order of the letters; here they lie side by side.",
        ),
        "b": (
            "(96, 10), from `one_hot(X) @ C`",
            "That is every letter in a row of its own. Flattening from axis 1 keeps the 32 "
            "windows.",
        ),
        "c": (
            "(32, 30), from `one_hot(X) @ C`",
            "Each one-hot row picks a row of C; the three of a window stand side by side.",
        ),
    },
    right="c",
    skip=True,
)

skip_gap = Choice(
    id="skip-gap",
    ask="Loss on train 1.1, on dev 4.0. What do you do first?",
    options={
        "a": (
            "train longer, because dev is still high",
            "Longer training lowers train further, and dev rises with it.",
        ),
        "b": (
            "get more data, or stop earlier",
            "The network has learned its train names by heart.",
        ),
        "c": (
            "train on the dev names as well",
            "Then dev measures nothing any more. You would have lost the only gauge you have.",
        ),
    },
    right="b",
    skip=True,
)

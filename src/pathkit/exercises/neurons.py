"""Exercises of `neurons`: sums and bends, then a machine that differentiates them."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from pathkit.checks.compare import Tolerance
from pathkit.exercise import exercise
from pathkit.prediction import Choice, Number

# --- one neuron -------------------------------------------------------------------------------


@exercise(
    title="One neuron",
    level="easy",
    minutes=4,
    prompt="""
        Multiply each input by its weight, add everything up, add the bias, and bend the result
        with `np.tanh`. There may be any number of inputs.
        """,
    probes=lambda rng: [
        (np.array([0.5, -1.0]), np.array([2.0, 1.0]), 0.3),
        (np.array([2.0]), np.array([-0.7]), 0.0),
        (rng.normal(size=5), rng.normal(size=5), -0.8),
        (rng.normal(size=3), rng.normal(size=3), 0.5),
        (np.array([]), np.array([]), 0.4),
    ],
    hints=[
        "Inputs 0.5 and -1, weights 2 and 1, bias 0.3: what is the sum before the bend?",
        "`x * w` has shape (n,): one product for each input. Its `.sum()` is a single number.",
        "`return np.tanh((x * w).___() + ___)`",
    ],
    errors=[
        (
            "TypeError: only length-1 arrays can be converted",
            "`math.tanh` takes one number: sum first, or use `np.tanh`.",
        ),
    ],
    passed="A weighted sum and a bend. Everything that follows is many of these.",
)
def neuron(x: np.ndarray, w: np.ndarray, b: float) -> float:
    """The output of one neuron.

    x: (n,) inputs; w: (n,) weights, one for each input; b: the bias.
    Returns tanh(w[0] x[0] + w[1] x[1] + … + b), a number between -1 and 1.
    """
    return np.tanh((x * w).sum() + b)


@neuron.misconception(
    "The bend is missing. Without tanh a neuron only adds, and layers of adders add up to a "
    "single adder: bend the sum at the end."
)
def _no_bend(x, w, b):
    return (x * w).sum() + b


@neuron.misconception(
    "The bias is missing. It decides how large the weighted sum must be before the neuron speaks "
    "up; without it every neuron changes sign at the origin."
)
def _no_bias(x, w, b):
    return np.tanh((x * w).sum())


@neuron.misconception(
    "The bias was added after the bend. Then it lifts the output instead of moving the threshold: "
    "add it to the sum, inside tanh."
)
def _bias_outside(x, w, b):
    return np.tanh((x * w).sum()) + b


@neuron.misconception(
    "Each product was bent by itself before the sum. A neuron weighs its inputs against each "
    "other first, and bends once: tanh of the whole sum."
)
def _bends_each(x, w, b):
    return np.tanh(x * w).sum() + b


@neuron.misconception(
    "The bias went into the sum once for every input. One neuron has one bias: sum the products, "
    "then add `b` a single time."
)
def _bias_for_each(x, w, b):
    return np.tanh((x * w + b).sum())


@neuron.misconception(
    "This adds weights to inputs. A weight says how much an input counts, so it is a factor: "
    "multiply, then sum."
)
def _adds_weights(x, w, b):
    return np.tanh((x + w).sum() + b)


# --- two layers -------------------------------------------------------------------------------


def _layers(rng: np.random.Generator, n: int, inputs: int, hidden: int, outputs: int) -> tuple:
    return (
        rng.normal(size=(n, inputs)),
        rng.normal(size=(inputs, hidden)),
        rng.normal(size=hidden),
        rng.normal(size=(hidden, outputs)),
        rng.normal(size=outputs),
    )


@exercise(
    title="Two layers",
    level="medium",
    minutes=8,
    prompt="""
        Compute the outputs of a network with one hidden layer, for all points at once. The hidden
        layer bends with `np.tanh`; the output layer only weighs and adds.
        """,
    probes=lambda rng: [
        _layers(rng, 1, 1, 2, 1),
        _layers(rng, 4, 2, 5, 3),
        _layers(rng, 3, 4, 2, 6),
        _layers(rng, 3, 3, 3, 3),
    ],
    hints=[
        "Points (N, D) times weights (D, H): what shape comes out, and what is in one row of it?",
        """
        1. `h`: `X @ W1`, shape (N, H), plus `b1` (H,), then `np.tanh`.
        2. Outputs: `h @ W2`, shape (N, C), plus `b2` (C,). No bend here.
        """,
        "`h = np.tanh(X @ ___ + b1)`, then `return ___ @ W2 + b2`",
    ],
    errors=[
        (
            "ValueError: matmul: Input operand 1 has a mismatch",
            "write the shapes under the product: the inner two must be equal.",
        ),
        (
            "ValueError: operands could not be broadcast",
            "`*` multiplies entry by entry; a layer needs the matrix product `@`.",
        ),
    ],
    passed="Two matrix products and one bend: every row is one point, every column one neuron.",
)
def two_layers(X, W1, b1, W2, b2) -> np.ndarray:
    """The outputs of a network with one hidden layer.

    X: (N, D) points; W1: (D, H); b1: (H,); W2: (H, C); b2: (C,).
    Returns (N, C): tanh(X W1 + b1) W2 + b2.
    """
    h = np.tanh(X @ W1 + b1)  # (N, H)
    return h @ W2 + b2  # (N, C)


@two_layers.misconception(
    "The hidden layer doesn't bend. Two sums in a row are one sum with other weights, so this "
    "network can draw straight boundaries only: tanh between them."
)
def _straight(X, W1, b1, W2, b2):
    return (X @ W1 + b1) @ W2 + b2


@two_layers.misconception(
    "The outputs were bent, too. That locks them between -1 and 1, and the loss needs scores that "
    "may be as large as they like: leave the last layer straight."
)
def _bends_outputs(X, W1, b1, W2, b2):
    return np.tanh(np.tanh(X @ W1 + b1) @ W2 + b2)


@two_layers.misconception(
    "The bend came one layer late. It belongs to the hidden layer, between the two products; "
    "around the outputs it can't undo that the sums before it are one sum."
)
def _bends_late(X, W1, b1, W2, b2):
    return np.tanh((X @ W1 + b1) @ W2 + b2)


@two_layers.misconception(
    "The hidden bias was added after the bend. It must shift the sum that is bent, since that "
    "moves the place where a neuron switches: `X @ W1 + b1` inside tanh."
)
def _hidden_bias_outside(X, W1, b1, W2, b2):
    return (np.tanh(X @ W1) + b1) @ W2 + b2


@two_layers.misconception(
    "Both biases are missing. Every hidden neuron then switches on a line through the origin, and "
    "no boundary can leave it: add b1 and b2."
)
def _no_biases(X, W1, b1, W2, b2):
    return np.tanh(X @ W1) @ W2


@two_layers.misconception(
    "This bends with ReLU, which cuts negative sums to 0. It is a good bend and GPT's is a cousin, "
    "but the exercise asks for `np.tanh`, and so do the cells below."
)
def _relu(X, W1, b1, W2, b2):
    return np.maximum(X @ W1 + b1, 0) @ W2 + b2


# --- without the bend -------------------------------------------------------------------------


@exercise(
    title="Fold two layers into one",
    level="medium",
    minutes=6,
    prompt="""
        Take the bend out, and `(X @ W1 + b1) @ W2 + b2` is what two layers compute. Return the
        one matrix and the one bias that compute the same from any `X`.
        """,
    probes=lambda rng: [
        _layers(rng, 1, 2, 2, 2)[1:],
        _layers(rng, 1, 2, 5, 3)[1:],
        _layers(rng, 1, 4, 2, 1)[1:],
        _layers(rng, 1, 3, 1, 3)[1:],
    ],
    hints=[
        "Multiply the brackets out. Which of the three terms contain `X`?",
        """
        The outputs are `X @ W1 @ W2 + b1 @ W2 + b2`. What stands behind `X` is the new matrix,
        (D, C). All the rest is the new bias, (C,).
        """,
        "`return W1 @ ___, b1 @ ___ + b2`",
    ],
    errors=[
        (
            "ValueError: matmul: Input operand 1 has a mismatch",
            "W1 is (D, H) and W2 is (H, C): only one order of the two fits.",
        ),
    ],
    passed="However many layers: without bends, they fold into one matrix and one bias.",
)
def one_layer(W1, b1, W2, b2) -> tuple[np.ndarray, np.ndarray]:
    """Two layers without a bend, as one.

    W1: (D, H); b1: (H,); W2: (H, C); b2: (C,).
    Returns (W, b), shapes (D, C) and (C,), with X W + b = (X W1 + b1) W2 + b2 for every X.
    """
    return W1 @ W2, b1 @ W2 + b2


@one_layer.misconception(
    "The first layer's bias is lost on the way. It goes through the second layer like everything "
    "else that leaves the first: the new bias is b1 W2 + b2."
)
def _loses_b1(W1, b1, W2, b2):
    return W1 @ W2, b2


@one_layer.misconception(
    "The biases were added as they are. But b1 stands in front of the second layer, so it is "
    "multiplied by W2 as well; and with H hidden neurons the shapes rarely fit."
)
def _adds_biases(W1, b1, W2, b2):
    return W1 @ W2, b1 + b2


@one_layer.misconception(
    "The matrices stand in the wrong order. A point in a row meets W1 first, from the right: "
    "X W1 W2, so the product is W1 W2."
)
def _wrong_order(W1, b1, W2, b2):
    return W2 @ W1, b1 @ W2 + b2


@one_layer.misconception(
    "The matrices were multiplied entry by entry. Layers follow each other, so each output sums "
    "over all hidden neurons: the matrix product `@`."
)
def _entrywise(W1, b1, W2, b2):
    return W1 * W2, b1 @ W2 + b2


@one_layer.misconception(
    "The second bias is missing. It is added last of all, after both products, so it passes "
    "through unchanged: b1 W2 + b2."
)
def _loses_b2(W1, b1, W2, b2):
    return W1 @ W2, b1 @ W2


# --- the loss ---------------------------------------------------------------------------------


@exercise(
    title="Cross-entropy and its gradient",
    level="medium",
    minutes=12,
    prompt="""
        Turn each row of logits into probabilities. Return the mean of $-\\ln p$ of the right class
        over all rows, and its gradient: the probabilities, minus 1 in each row's right class,
        divided by the number of rows.
        """,
    probes=lambda rng: [
        (np.array([[0.0, np.log(3.0)]]), np.array([1])),
        (np.array([[0.0, np.log(3.0)], [2.0, 2.0]]), np.array([1, 0])),
        (rng.normal(scale=2.0, size=(4, 3)), np.array([2, 0, 0, 1])),
        (rng.normal(scale=2.0, size=(3, 3)), np.array([2, 2, 0])),
        (rng.normal(size=(2, 5)), np.array([4, 1])),
        (np.array([[1000.0, 1003.0, 0.0], [-2.0, 1.0, 3.0]]), np.array([0, 2])),
    ],
    hints=[
        "Logits 0 and ln 3 have the exponentials 1 and 3. What are the two probabilities?",
        """
        1. `z`: logits minus each row's maximum, kept as a column, so that no exponential is huge.
        2. `p`: `np.exp(z)` divided by its row sums, (N, C).
        3. `rows = np.arange(N)`; then `p[rows, labels]` picks one number from each of N rows.
        4. For the gradient, subtract 1 at `[rows, labels]` of a copy of `p`, and divide by N.
        """,
        "`loss = -np.log(p[rows, ___]).___()`; `gradient[rows, labels] -= ___`",
    ],
    errors=[
        (
            "IndexError: shape mismatch: indexing arrays",
            "`p[rows, labels]` needs two index arrays of the same length N.",
        ),
        (
            "RuntimeWarning: overflow encountered in exp",
            "subtract each row's maximum from the logits first: the probabilities don't change.",
        ),
    ],
    tolerance=Tolerance(relative=1e-6, absolute=1e-10),
    # There is one label for each row, so either may be counted.
    equivalents=["N = len(logits)"],
    passed="Predicted minus true, and nothing else. Remember it when the machine below agrees.",
)
def cross_entropy(logits: np.ndarray, labels: np.ndarray) -> tuple[float, np.ndarray]:
    """The mean cross-entropy in nats, and its gradient with respect to the logits.

    logits: (N, C) scores; labels: (N,) right classes, whole numbers below C.
    Returns (loss, gradient), a number and (N, C) (Goodfellow et al. 2016, Deep Learning,
    section 6.2.2.3).
    """
    N = len(labels)
    rows = np.arange(N)
    z = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    loss = -np.log(p[rows, labels]).mean()
    gradient = p.copy()
    gradient[rows, labels] -= 1
    return loss, gradient / N


def _probabilities(logits, axis=1):
    exp = np.exp(logits - logits.max(axis=axis, keepdims=True))
    return exp / exp.sum(axis=axis, keepdims=True)


def _one_hot(logits, labels):
    return np.eye(logits.shape[1])[labels]


@cross_entropy.misconception(
    "The gradient has the wrong sign: it points where the loss falls. A gradient points uphill, "
    "predicted minus true, and the training step subtracts it."
)
def _true_minus_predicted(logits, labels):
    loss, gradient = cross_entropy(logits, labels)
    return loss, -gradient


@cross_entropy.misconception(
    "The gradient is that of the sum. The loss is a mean over N rows, so each row's share of the "
    "gradient is divided by N as well."
)
def _not_divided(logits, labels):
    loss, gradient = cross_entropy(logits, labels)
    return loss, gradient * len(labels)


@cross_entropy.misconception(
    "The loss is summed over the rows. Then it grows with the number of points, and two data sets "
    "can't be compared: take the mean, as the gradient does."
)
def _summed(logits, labels):
    loss, gradient = cross_entropy(logits, labels)
    return loss * len(labels), gradient


@cross_entropy.misconception(
    "Loss and gradient are both those of the sum. With more points the same step would go further; "
    "divide both by the number of rows."
)
def _both_summed(logits, labels):
    loss, gradient = cross_entropy(logits, labels)
    return loss * len(labels), gradient * len(labels)


@cross_entropy.misconception(
    "The gradient is the probabilities themselves: nothing marks the right class. Its entry must "
    "be negative, p - 1, so that a step downhill raises that logit."
)
def _without_the_true(logits, labels):
    return cross_entropy(logits, labels)[0], _probabilities(logits) / len(labels)


@cross_entropy.misconception(
    "The gradient is with respect to the probabilities, -1/p at the right class. The logits feed "
    "all probabilities through the softmax, so every logit has a share: p minus the one-hot."
)
def _of_the_probabilities(logits, labels):
    p = _probabilities(logits)
    with np.errstate(all="ignore"):
        return cross_entropy(logits, labels)[0], -_one_hot(logits, labels) / p / len(labels)


@cross_entropy.misconception(
    "exp(1000) overflows, and infinite divided by infinite is not a number. Subtract each row's "
    "maximum before the exponential: numerator and sum shrink by the same factor."
)
def _overflows(logits, labels):
    with np.errstate(all="ignore"):
        p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(len(labels)), labels]).mean()
    return loss, (p - _one_hot(logits, labels)) / len(labels)


@cross_entropy.misconception(
    "The index `[:, labels]` picks the columns of all labels from every row. Each row has one "
    "right class: give the row numbers as well, `p[np.arange(N), labels]`."
)
def _every_row_every_label(logits, labels):
    p = _probabilities(logits)
    with np.errstate(all="ignore"):
        loss = -np.log(p[:, labels]).mean()
    p[:, labels] -= 1
    return loss, p / len(labels)


@cross_entropy.misconception(
    "The sum runs over the whole table, so all points together share one probability of 1. Each "
    "point has a softmax of its own: sum along its row, with `axis=1, keepdims=True`."
)
def _one_for_all(logits, labels):
    exps = np.exp(logits - logits.max())
    p = exps / exps.sum()
    with np.errstate(all="ignore"):
        loss = -np.log(p[np.arange(len(labels)), labels]).mean()
    return loss, (p - _one_hot(logits, labels)) / len(labels)


@cross_entropy.misconception(
    "The softmax runs down the columns, across points. A point's classes compete with each other, "
    "not with other points: maximum and sum along each row."
)
def _down_columns(logits, labels):
    p = _probabilities(logits, axis=0)
    with np.errstate(all="ignore"):
        loss = -np.log(p[np.arange(len(labels)), labels]).mean()
    return loss, (p - _one_hot(logits, labels)) / len(labels)


# --- numbers that remember --------------------------------------------------------------------

# A recipe: numbers to start from, then steps; a step names its inputs by their place in the list.
Recipe = tuple[list[float], list[tuple]]


def _cook(make: Callable, recipe: Recipe) -> list:
    """All values of a recipe, made with the operators of the class `make`."""
    numbers, steps = recipe
    made = [make(number) for number in numbers]
    for operation, *places in steps:
        inputs = [made[place] for place in places]
        if operation == "+":
            made.append(inputs[0] + inputs[1])
        elif operation == "*":
            made.append(inputs[0] * inputs[1])
        else:
            made.append(inputs[0].tanh())
    return made


def _pairs(value: Any) -> Any:
    """The inputs of a value; raises ValueError when one of them is no pair."""
    for pair in value.inputs:
        if not isinstance(pair, (tuple, list)) or len(pair) != 2:
            raise ValueError(
                "`inputs` should hold pairs, and one of its entries is no pair. A single pair "
                "needs a comma of its own, `((value, slope),)`"
            )
    return value.inputs


def _remembered(answer: Callable, numbers: list[float], steps: list[tuple]) -> list:
    """For each value: its number, its grad, and each input's place with the slopes added up."""
    made = _cook(answer, (numbers, steps))
    places = {id(value): place for place, value in enumerate(made)}
    told = []
    for value in made:
        slopes: dict[int, float] = {}
        for source, slope in _pairs(value):
            place = places.get(id(source), -1)
            slopes[place] = slopes.get(place, 0.0) + slope
        told.append([value.data, value.grad, sorted(slopes.items())])
    return told


def _graph(rng: np.random.Generator) -> Recipe:
    """Thirteen values, some of them used several times."""
    numbers = [float(number) for number in rng.uniform(-1.5, 1.5, size=3)]
    steps: list[tuple] = []
    for place in range(3, 12):
        kind = ("+", "*", "tanh")[int(rng.integers(3))]
        # One input is always the newest value, so that nothing is left out of the result.
        other = int(rng.integers(place))
        steps.append((kind, place - 1) if kind == "tanh" else (kind, other, place - 1))
    return numbers, [*steps, ("+", 11, 5)]


@exercise(
    title="A number that remembers",
    level="medium",
    minutes=10,
    prompt="""
        Each operation returns a new `Value` whose `inputs` hold a pair *(value, slope)* for each
        value it was made of. The slope says how fast the result grows with that input.
        """,
    probes=lambda rng: [
        ([2.0], []),
        ([2.0, -3.0], [("+", 0, 1)]),
        ([2.0, -3.0], [("*", 0, 1)]),
        ([0.7], [("tanh", 0)]),
        ([3.0], [("*", 0, 0), ("+", 1, 1)]),
        _graph(rng),
    ],
    drive=_remembered,
    hints=[
        "The product of 2 and -3 is -6. Raise the 2 by 0.1: by how much does the product change?",
        """
        - Sum: raise either input by a little and the sum rises by as much. Both slopes are 1.
        - Product: the slope with respect to one factor is the other factor.
        - tanh: with `t` the result, the slope is `1 - t**2`. `math.tanh` computes `t`.
        """,
        "`return Value(self.data * other.data, ((self, other.___), (other, self.___)))`",
    ],
    errors=[
        (
            "AttributeError: 'float' object has no attribute 'data'",
            "an operation returned a plain number: wrap the result in `Value(…)`.",
        ),
        (
            "ValueError: `inputs` should hold pairs",
            "`((self, slope))` is one pair; a tuple of one pair is `((self, slope),)`.",
        ),
        (
            "TypeError: unsupported operand type(s)",
            "compute with the numbers inside: `self.data` and `other.data`.",
        ),
    ],
    passed="Every result now knows where it came from, and how strongly it hangs on each input.",
)
class Value:
    """A number that remembers what it was made of.

    data: the number. inputs: pairs (value, slope), empty for a number you start from.
    grad: filled in later: how fast the end result grows with this number.
    """

    def __init__(self, data, inputs=()):
        self.data = data
        self.inputs = inputs
        self.grad = 0.0

    def __add__(self, other):
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))  # SOLUTION

    def __mul__(self, other):
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))  # SOLUTION

    def tanh(self):
        # BEGIN SOLUTION
        t = math.tanh(self.data)
        return Value(t, ((self, 1 - t**2),))
        # END SOLUTION


class _Wrong:
    """A right `Value`, to be spoilt in one place by its children."""

    def __init__(self, data, inputs=()):
        self.data, self.inputs, self.grad = data, inputs, 0.0

    def __add__(self, other):
        return type(self)(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        return type(self)(self.data * other.data, ((self, other.data), (other, self.data)))

    def tanh(self):
        t = math.tanh(self.data)
        return type(self)(t, ((self, 1 - t**2),))


@Value.misconception(
    "The slopes of the product are exchanged: each factor got its own number. Raise the 2 in "
    "2 times -3, and the product moves by -3: the slope is the *other* factor."
)
class _OwnFactor(_Wrong):
    def __mul__(self, other):
        return type(self)(self.data * other.data, ((self, self.data), (other, other.data)))


@Value.misconception(
    "The sum got the slopes of a product. Raise one term by 0.1 and the sum rises by 0.1, however "
    "large the other is: both slopes are 1."
)
class _SumLikeProduct(_Wrong):
    def __add__(self, other):
        return type(self)(self.data + other.data, ((self, other.data), (other, self.data)))


@Value.misconception(
    "The slope of tanh was computed from its input. The formula 1 - t² wants the result: t is "
    "tanh of the input, not the input."
)
class _SlopeFromInput(_Wrong):
    def tanh(self):
        return type(self)(math.tanh(self.data), ((self, 1 - self.data**2),))


@Value.misconception(
    "The square in tanh's slope is missing. With 1 - t the slope at 0 is right by luck, and wrong "
    "everywhere else: it is 1 - t², so that it falls to 0 on both sides."
)
class _NoSquare(_Wrong):
    def tanh(self):
        t = math.tanh(self.data)
        return type(self)(t, ((self, 1 - t),))


@Value.misconception(
    "Results don't remember their inputs. The numbers are right, yet nothing leads back from a "
    "result to what it was made of: hand the pairs to `Value` as its second argument."
)
class _Forgets(_Wrong):
    def __init__(self, data, inputs=()):
        super().__init__(data, ())


@Value.misconception(
    "An input that is used twice was remembered once. In a times a both factors are the same "
    "Value, and each contributes: keep two pairs. A dict or set has room for one."
)
class _Once(_Wrong):
    def __init__(self, data, inputs=()):
        super().__init__(data, tuple(dict(inputs).items()))


@Value.misconception(
    "An operation returned a plain number. It has no inputs, so the trail ends there: wrap the "
    "result in a new `Value`, together with what it was made of."
)
class _PlainNumbers(_Wrong):
    def __add__(self, other):
        return self.data + other.data

    def __mul__(self, other):
        return self.data * other.data

    def tanh(self):
        return math.tanh(self.data)


@Value.misconception(
    "`inputs` holds values without slopes. Which values a result was made of is half of what it "
    "must remember; the other half is how strongly it hangs on each: pairs (value, slope)."
)
class _NoSlopes(_Wrong):
    def __init__(self, data, inputs=()):
        super().__init__(data, tuple(value for value, _ in inputs))


@Value.misconception(
    "The slopes are all 1, as if every operation were a sum. A product passes a change on "
    "enlarged by its other factor, and tanh passes on ever less as it flattens."
)
class _AllOnes(_Wrong):
    def __init__(self, data, inputs=()):
        super().__init__(data, tuple((value, 1.0) for value, _ in inputs))


# --- where recursion fails --------------------------------------------------------------------


def _spread(value) -> None:
    """The proposal: give each input its share, then go on with each input."""
    for source, slope in value.inputs:
        source.grad += slope * value.grad
    for source, _ in value.inputs:
        _spread(source)


def _both_ways(answer: Callable, at: float) -> list[float]:
    """The gradient of `answer(a)` at a = `at`: by the proposal, and as it is."""
    found = []
    for walk in (_spread, backward):
        a = Value(at)
        result = answer(a)
        result.grad = 1.0
        walk(result)
        found.append(a.grad)
    return found


def _is_fooled(value: list[float], at: float) -> str | None:
    proposed, right = value
    if not (math.isfinite(proposed) and math.isfinite(right)):
        return f"At a = {at:g} a gradient is infinite or no number: keep the expression tame."
    if abs(proposed - right) <= 1e-9 * max(1.0, abs(right)):
        return (
            f"At a = {at:g} both say {right:.6g}: nothing was fooled. Only a *result* that has "
            "inputs of its own and is used more than once can be."
        )
    return None


@exercise(
    title="Fool the proposal",
    level="medium",
    minutes=8,
    prompt="""
        Build an expression from `a` with `+` and `*` for which `spread` gets the gradient wrong.
        Many small expressions come out right, which is how the proposal got its friends.
        """,
    probes=lambda rng: [(3.0,), (-1.5,), (float(rng.uniform(0.5, 2.0)),)],
    drive=_both_ways,
    accept=_is_fooled,
    hints=[
        "`spread` visits a value once for each use. When is a second visit harmful?",
        """
        A value that you start from has no inputs: visiting it twice does nothing. A *result* hands
        its grad on at each visit, including what it had handed on before. So you need a result
        with two uses.
        """,
        "`b = a * a`, then `return b ___ b`",
    ],
    errors=[
        (
            "AttributeError: 'int' object has no attribute 'data'",
            "`a` is a Value; plain numbers can't stand beside it. Use `a` again instead.",
        ),
        (
            "TypeError: unsupported operand type(s) for -",
            "only `+`, `*` and `.tanh()` exist so far. They are enough.",
        ),
    ],
    # A sum instead of a product makes a result, too.
    equivalents=["b = a + a"],
    passed="One result, used twice. In a network every hidden neuron is used that often or more.",
)
def fooled(a):
    """An expression of `a` whose gradient `spread` gets wrong.

    a: a Value. Returns a Value made of it with + and *.
    """
    b = a * a
    return b + b


@fooled.misconception(
    "Here only `a` itself is used more than once, and `a` has no inputs to hand anything to. "
    "Its shares add up whatever the order, so both say the same: repeat a result instead."
)
def _leaf_twice(a):
    return a * a + a


@fooled.misconception(
    "Sums of `a` alone can't fool anybody: every use of `a` adds its share once, and the partial "
    "sums are used once each. A result must be used twice."
)
def _sum_of_leaves(a):
    return a + a + a


@fooled.misconception(
    "A chain gives each result one use, so each is visited once. Depth does no harm, a fork that "
    "comes together again does: use one result twice."
)
def _chain(a):
    return a * a * a * a


@fooled.misconception(
    "You built the same product twice, as two separate results with one use each. Give it a name "
    "first, `b = a * a`, and use that one result twice."
)
def _built_twice(a):
    return a * a + a * a


# --- backwards --------------------------------------------------------------------------------


class TooManyVisits(Exception):
    """A walk over a graph came by far more often than the graph has values."""


class _Visited:
    """What `backward` is tried on: a Value that counts how often its inputs are looked up."""

    def __init__(self, data, inputs, log):
        self.data, self.grad = data, 0.0
        self._inputs, self._log = inputs, log

    @property
    def inputs(self):
        self._log["visits"] += 1
        if self._log["visits"] > self._log["most"]:
            raise TooManyVisits(
                f"the inputs were looked up more than {self._log['most']} times in a graph of "
                f"{self._log['values']} values: the same values are visited over and over"
            )
        return self._inputs


def _grads(answer: Callable, numbers: list[float], steps: list[tuple]) -> list[float]:
    """The grads of all values of a recipe after `answer(root)`."""
    plain = _cook(Value.reference, (numbers, steps))
    log = {"visits": 0, "values": len(plain), "most": 200 * len(plain)}
    made = {id(v): _Visited(v.data, None, log) for v in plain}
    for value in plain:
        made[id(value)]._inputs = tuple((made[id(v)], slope) for v, slope in value.inputs)
    answer(made[id(plain[-1])])
    return [made[id(value)].grad for value in plain]


SQUARE_TWICE = ([3.0], [("*", 0, 0), ("+", 1, 1), ("*", 1, 1), ("+", 2, 3)])  # b + b + b * b
SQUARE_AROUND = ([3.0], [("*", 0, 0), ("*", 1, 1), ("+", 1, 2), ("+", 3, 1)])  # b + b * b + b


@exercise(
    title="Backwards through the graph",
    level="hard",
    minutes=15,
    prompt="""
        Give every value that `root` was made of its `grad`: how fast the root grows with it. Each
        value hands its grad on once, when all of its own shares have come in.
        """,
    probes=lambda rng: [
        SQUARE_TWICE,
        SQUARE_AROUND,
        ([2.0], []),
        ([2.0, -3.0, 0.5], [("*", 0, 1), ("+", 3, 2), ("tanh", 4)]),
        ([0.5], [("tanh", 0), ("tanh", 1), ("+", 1, 2), ("*", 3, 0)]),
        _graph(rng),
        _graph(rng),
        ([1.5], [("+", place, place) for place in range(25)]),
    ],
    drive=_grads,
    hints=[
        """
        In `b + b * b + b` the square `b` gets three uses. Which values must be finished before
        `b` may hand its grad on? What order of all values makes sure of that?
        """,
        """
        1. Put all values in an order in which inputs come before what is made of them. A helper
           `visit(value)` does it: return if it was here before; else note that, visit all inputs,
           and only then append the value to `order`.
        2. The root's grad is 1: it grows with itself one to one.
        3. Walk through `order` from its end. Each value adds *slope times its own grad* to the
           grad of each input.
        """,
        "`for value in ___(order):` … `source.grad += slope * ___`",
    ],
    errors=[
        (
            "UnboundLocalError",
            "the helper assigns a name of the outer function: append to lists and add to sets "
            "instead of assigning.",
        ),
        (
            "RecursionError: maximum recursion depth exceeded",
            "`visit` must stop at values without inputs, and at those it has seen.",
        ),
        (
            "TooManyVisits",
            "values are visited once for each path that leads to them: remember which ones you "
            "have seen.",
        ),
    ],
    # When `visit` comes by again, a value that was seen is in the order, too: there are no cycles.
    equivalents=["if value not in order:"],
    passed="That is backpropagation. PyTorch does the same, on arrays.",
)
def backward(root) -> None:
    """Fill in the grad of every value that `root` was made of.

    root: has `inputs`, pairs (value, slope), and `grad`, as all values below it. Every grad is 0.
    Afterwards each `grad` is the derivative of root with respect to that value.
    """
    order, seen = [], set()

    def visit(value):
        if value not in seen:
            seen.add(value)
            for source, _ in value.inputs:
                visit(source)
            order.append(value)

    visit(root)
    root.grad = 1.0
    for value in reversed(order):
        for source, slope in value.inputs:
            source.grad += slope * value.grad


def _ordered(root) -> list:
    order, seen = [], set()

    def visit(value):
        if value not in seen:
            seen.add(value)
            for source, _ in value.inputs:
                visit(source)
            order.append(value)

    visit(root)
    return order


@backward.misconception(
    "You recursed without an order. A result that is used twice hands its grad on at each visit, "
    "the first share again with the second. On b + b + b*b with b = a*a at a = 3 that gives 264; "
    "the truth is 120. Order all values first, so that each hands on once."
)
def _recursed(root):
    root.grad = 1.0
    _spread(root)


@backward.misconception(
    "You recursed into each input as soon as it had its share. Its other shares come later, and "
    "then it hands everything on again: 204 for b + b + b*b at a = 3, where b = a*a. The truth is "
    "120. Put all values in order first."
)
def _recursed_at_once(root):
    def push(value):
        for source, slope in value.inputs:
            source.grad += slope * value.grad
            push(source)

    root.grad = 1.0
    push(root)


@backward.misconception(
    "You recursed without an order, into each different input once. That saves some visits, not "
    "the fault: on b + b*b + b with b = a*a at a = 3 it gives 246, and the truth is 120. A value "
    "may hand on only when all its shares are in."
)
def _recursed_into_a_set(root):
    def push(value):
        for source, slope in value.inputs:
            source.grad += slope * value.grad
        for source in reversed(list(dict.fromkeys(source for source, _ in value.inputs))):
            push(source)

    root.grad = 1.0
    push(root)


@backward.misconception(
    "All grads are 0, because the root has none to hand on: its grad is 1. And there is a second "
    "fault behind it: you recurse without an order, so a value hands on before all its shares are "
    "in. Order the values first."
)
def _recursed_without_seed(root):
    _spread(root)


@backward.misconception(
    "Every value ends with a grad of 1: the 1 is set in each call of the recursion and wipes out "
    "what had come in. Only the root's grad is 1, set once, before anything is handed on."
)
def _seeds_everywhere(root):
    root.grad = 1.0
    for source, slope in root.inputs:
        source.grad += slope * root.grad
        _seeds_everywhere(source)


@backward.misconception(
    "The grads come out right, but every path through the graph was walked by itself. 25 doublings "
    "have 2²⁵ paths and only 26 values: wait until all shares of a value are in, then hand on the "
    "sum once."
)
def _every_path(root):
    def push(value, share):
        value.grad += share
        for source, slope in value.inputs:
            push(source, slope * share)

    push(root, 1.0)


@backward.misconception(
    "A grad was set with = where it should grow with +=. A value that is used twice then keeps "
    "the share of one use and forgets the other: add the shares up."
)
def _overwrites(root):
    root.grad = 1.0
    for value in reversed(_ordered(root)):
        for source, slope in value.inputs:
            source.grad = slope * value.grad


@backward.misconception(
    "All grads are 0: the root has no grad to hand on. It grows with itself one to one, so set "
    "its grad to 1 before you start."
)
def _no_seed(root):
    for value in reversed(_ordered(root)):
        for source, slope in value.inputs:
            source.grad += slope * value.grad


@backward.misconception(
    "The order runs forwards, inputs first. The grads start at the root, so when the inputs had "
    "their turn there was nothing to hand on yet: walk from the end with reversed()."
)
def _forwards(root):
    root.grad = 1.0
    for value in _ordered(root):
        for source, slope in value.inputs:
            source.grad += slope * value.grad


@backward.misconception(
    "You went level by level from the root. A value that is near on one path and far on another "
    "has its turn too early, before the long path's share is in: order by *all inputs before the "
    "result*, then reverse."
)
def _by_level(root):
    queue = [root]
    for value in queue:
        queue += [s for s, _ in dict.fromkeys(value.inputs) if s not in queue]
    root.grad = 1.0
    for value in queue:
        for source, slope in value.inputs:
            source.grad += slope * value.grad


@backward.misconception(
    "Each input got its slope alone. The slope says how the next result moves; how the root moves "
    "with that is in the grad of the result. Multiply the two: that is the chain rule."
)
def _slope_only(root):
    root.grad = 1.0
    for value in reversed(_ordered(root)):
        for source, slope in value.inputs:
            source.grad += slope


@backward.misconception(
    "The list holds values several times, once for each use, so they hand their grads on several "
    "times. Keep a set of what you have seen, and list each value once."
)
def _not_seen(root):
    order = []

    def visit(value):
        for source, _ in value.inputs:
            visit(source)
        order.append(value)

    visit(root)
    root.grad = 1.0
    for value in reversed(order):
        for source, slope in value.inputs:
            source.grad += slope * value.grad


# --- the gradient, measured -------------------------------------------------------------------


def _bowl(x: np.ndarray) -> float:
    return float((x**2 * np.arange(1, x.size + 1).reshape(x.shape)).sum())


def _cubic(x: np.ndarray) -> float:
    return float((x**3).sum() + 2 * x.prod())


@exercise(
    title="Measure a gradient",
    level="medium",
    minutes=8,
    prompt="""
        Nudge one entry of `x` up by `h`, then down by `h`, and see how much `f` changes from one
        to the other. Divide by the distance, 2h. Do so for each entry alone, and leave `x` as
        it is.
        """,
    probes=lambda rng: [
        (_cubic, np.array([2.0]), 0.1),
        (_cubic, np.array([1.0, -2.0, 0.5])),
        (_bowl, rng.normal(size=(2, 3)), 0.05),
        (_cubic, rng.normal(size=(3, 2)), 0.2),
        (_bowl, rng.normal(size=(2, 1, 2)), 1e-3),
    ],
    hints=[
        "To see the effect of one entry, what must all others do? And after you have measured it?",
        """
        1. `slopes`: zeros of the same shape as `x`.
        2. `for i in np.ndindex(x.shape)` gives every index, for any number of axes.
        3. Inside the loop: two copies of `x`, one with `h` more at `i`, one with `h` less.
        """,
        "`slopes[i] = (f(up) - f(___)) / (2 * ___)`",
    ],
    errors=[
        (
            "TypeError: unsupported operand type(s) for -: 'tuple'",
            "`f` must return one number; call it on an array of the shape of `x`.",
        ),
        (
            "IndexError: too many indices",
            "`x` may have one axis or several: loop over `np.ndindex(x.shape)`.",
        ),
    ],
    tolerance=Tolerance(relative=1e-6, absolute=1e-8),  # differences of numbers lose digits
    # A nudge of 1.5e-5 measures as well as 1e-5; and `slopes` has the shape of x.
    equivalents=[
        "def numeric_gradient(f, x: np.ndarray, h: float=1.5000000000000002e-05) -> np.ndarray:",
        "for i in np.ndindex(slopes.shape):",
    ],
    passed="It knows nothing about your formula: a witness that can't share its mistake.",
)
def numeric_gradient(f, x: np.ndarray, h: float = 1e-5) -> np.ndarray:
    """The gradient of f at x, measured by central differences.

    f: takes an array of the shape of x and returns a number; x: floats of any shape; h: nudge.
    Returns the slopes in the shape of x; x is not changed.
    """
    slopes = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        slopes[i] = (f(up) - f(down)) / (2 * h)
    return slopes


def _one_by_one(x, slope_at):
    slopes = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        nudge = np.zeros_like(x)
        nudge[i] = 1.0
        slopes[i] = slope_at(nudge)
    return slopes


@numeric_gradient.misconception(
    "This nudges upwards only. One side is off by about h times half the bend of f; up and down "
    "together cancel that, and the error shrinks with h squared."
)
def _one_sided(f, x, h=1e-5):
    return _one_by_one(x, lambda nudge: (f(x + h * nudge) - f(x)) / h)


@numeric_gradient.misconception(
    "From h below to h above is a distance of 2h, and you divided by h. Every slope comes out "
    "twice as steep as it is."
)
def _divides_by_h(f, x, h=1e-5):
    return _one_by_one(x, lambda nudge: (f(x + h * nudge) - f(x - h * nudge)) / h)


@numeric_gradient.misconception(
    "The difference isn't divided by the distance. It says how much f changed, not how fast: "
    "divide by 2h."
)
def _not_divided_by_distance(f, x, h=1e-5):
    return _one_by_one(x, lambda nudge: f(x + h * nudge) - f(x - h * nudge))


@numeric_gradient.misconception(
    "All entries were nudged together, so each slope is the same sum. A gradient has a slope for "
    "each entry while the others stand still: loop over the entries."
)
def _all_together(f, x, h=1e-5):
    return np.full_like(x, (f(x + h) - f(x - h)) / (2 * h))


@numeric_gradient.misconception(
    "A single number came back: how f reacts when all entries move together. A gradient has a "
    "slope for each entry while the others stand still: loop over the entries."
)
def _one_number(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)


@numeric_gradient.misconception(
    "Whole rows were nudged: `x[i]` with one index is a row when x has two axes, so its entries "
    "share one slope. Give every entry its own nudge: `np.ndindex(x.shape)` yields full indices."
)
def _row_by_row(f, x, h=1e-5):
    slopes = np.zeros_like(x)
    for i in range(len(x)):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        slopes[i] = (f(up) - f(down)) / (2 * h)
    return slopes


@numeric_gradient.misconception(
    "Earlier nudges stay in place: entry two was measured with entry one moved already. Start "
    "from a fresh copy of x for each entry."
)
def _nudges_stay(f, x, h=1e-5):
    slopes, up, down = np.zeros_like(x), x.copy(), x.copy()
    for i in np.ndindex(x.shape):
        up[i] += h
        down[i] -= h
        slopes[i] = (f(up) - f(down)) / (2 * h)
    return slopes


@numeric_gradient.misconception(
    "The slopes are right, but x came back changed. Whoever called you goes on with those numbers: "
    "copy x before you nudge it. `up = x` is a second name, not a copy."
)
def _changes_x(f, x, h=1e-5):
    slopes = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        x[i] += h
        above = f(x)
        x[i] -= 2 * h
        slopes[i] = (above - f(x)) / (2 * h)
    return slopes


# --- predictions ------------------------------------------------------------------------------

how_many_numbers = Number(
    id="how-many-numbers",
    ask="The finished network has 2 inputs, 8 hidden neurons and 2 outputs. How many weights and "
    "biases did training have to find?",
    value=lambda: float(2 * 8 + 8 + 8 * 2 + 2),
    within=0.5,
    low="More. Count the weights into the hidden layer and those out of it, 16 each. Then count "
    "a bias for every neuron: 8 and 2.",
    high="Fewer. Two matrices of 16 weights, and one bias for each of the 10 neurons. Inputs have "
    "no bias: nothing is computed there.",
    right="16 and 16 weights, 8 and 2 biases. The digit network of the video has 13,002.",
)

no_bend = Choice(
    id="no-bend",
    ask="Take tanh out of the finished network and train it again. What can its boundary be?",
    options={
        "a": (
            "a polygon with up to eight corners, one for each hidden neuron",
            "That is what ReLU would give, a bend with a corner. Without any bend the eight "
            "neurons add up to one weighted sum.",
        ),
        "b": (
            "a smooth curve, but with fewer turns",
            "Turns come from the bends alone. Sums of sums are sums, and where a weighted sum of "
            "two coordinates is zero there is a line.",
        ),
        "c": (
            "one straight line",
            "Eight neurons without a bend are one weighted sum of two coordinates. Where it is "
            "zero, there is a line.",
        ),
    },
    right="c",
)

clueless = Number(
    id="clueless",
    ask="A network that knows nothing gives both arms the probability 1/2. What is its "
    "cross-entropy, in nats?",
    value=lambda: math.log(2.0),
    within=0.02,
    unit="nats",
    low="That would be a network that knows something. Each point costs minus ln(1/2), so the "
    "mean is ln 2.",
    high="That is worse than knowing nothing. Each point costs minus ln(1/2), so the mean is ln 2. "
    "In bits, with base 2, it is 1.",
    right="ln 2: the number to beat. A first loss far above it means a network that is sure and "
    "wrong.",
)

best_nudge = Choice(
    id="best-nudge",
    ask="Which nudge `h` measures the gradient best?",
    options={
        "a": (
            "the smallest of them: 1e-13",
            "In exact arithmetic, yes. A float has about 16 digits, and the two losses agree in "
            "the first 13 of them: their difference is mostly rounding.",
        ),
        "b": (
            "a middle one: 1e-5",
            "Small enough that the curve looks straight, large enough that rounding doesn't "
            "drown the difference.",
        ),
        "c": (
            "a large one: 1e-1",
            "Rounding doesn't disturb it, but across such a distance the curve bends away from "
            "its tangent.",
        ),
    },
    right="b",
)

bad_start = Choice(
    id="bad-start",
    ask="Three starts: all weights 0, random weights, random weights 30 times as large. The same "
    "150 steps for each. Which one ends with the highest loss?",
    options={
        "a": (
            "all weights 0",
            "With all weights 0 every hidden output is 0, and so is every slope back to the first "
            "layer. It stays where it is, at ln 2.",
        ),
        "b": (
            "the large weights",
            "They begin worst by far, sure and wrong. But their output layer can still learn, and "
            "that helps. The zeros learn nothing at all.",
        ),
        "c": (
            "all three end alike: training forgets its start",
            "It would be pleasant. In 150 steps, and in many more, the start decides how far the "
            "descent can get.",
        ),
    },
    right="a",
)

skip_shapes = Choice(
    id="skip-shapes",
    ask="`X` is (100, 2), `W1` is (2, 8), `b1` is (8,), `W2` is (8, 3), `b2` is (3,). What is the "
    "shape of `np.tanh(X @ W1 + b1) @ W2 + b2`?",
    options={
        "a": ("(100, 8)", "That is the hidden layer. The second product turns its 8 into 3."),
        "b": ("(100, 3)", "One row for each point, one column for each output."),
        "c": ("(2, 3)", "That is the shape of `W1 @ W2`; the points stay in the rows."),
    },
    right="b",
    skip=True,
)

skip_order = Choice(
    id="skip-order",
    ask="An autograd engine processes values so that each comes after everything made of it. Why "
    "does it need that order?",
    options={
        "a": (
            "so that every grad is complete before it is handed on",
            "A value used twice gets two shares. Handing on before both are in is wrong.",
        ),
        "b": (
            "so that deep graphs don't overflow the stack of function calls",
            "That is a reason for a loop instead of recursion, and not the one here: without the "
            "order even a graph of three values comes out wrong.",
        ),
        "c": (
            "so that inputs are computed before results",
            "That order matters in the forward pass, which is over by then.",
        ),
    },
    right="a",
    skip=True,
)

skip_chain = Choice(
    id="skip-chain",
    ask="b = a·a and y = b + b·b. What is dy/da at a = 3?",
    options={
        "a": ("19", "That is dy/db = 1 + 2b at b = 9. Go on: b itself grows with a."),
        "b": ("60", "That takes b for the slope of b·b, which uses b twice: dy/db is 1 + 2b."),
        "c": ("114", "dy/db = 1 + 2·9 = 19, times db/da = 2·3 = 6."),
    },
    right="c",
    skip=True,
)

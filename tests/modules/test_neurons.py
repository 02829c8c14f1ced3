"""The numbers in the prose of the neurons lesson come from its own run."""

from __future__ import annotations

import ast
import math

import numpy as np
import pytest

from pathkit.exercises import neurons
from pathkit.exercises.neurons import SQUARE_AROUND, SQUARE_TWICE, Value, backward
from pathkit.modules.neurons.fooled import _both_ways
from pathkit.modules.neurons.walks import grads, ordered
from pathkit.path_modules import OURS

LESSON = OURS.lesson("neurons").read_text(encoding="utf-8")
PROSE = " ".join(
    line.removeprefix("#").strip() for line in LESSON.splitlines() if line.startswith("#")
)


def said(text: str) -> None:
    assert text in PROSE, f"the lesson doesn't say: {text}"


@pytest.fixture(scope="module")
def space():
    """The lesson's own functions, with what they use."""
    here = {
        "np": np, "math": math, "finished": neurons, "Value": Value, "hidden": 8, "rate": 1.0,
    }  # fmt: skip
    wanted = {
        "spiral", "start", "train_arrays", "exp", "log", "values_of", "mean_loss", "on_values",
    }
    for node in ast.parse(LESSON).body:
        if isinstance(node, ast.FunctionDef) and node.name in wanted:
            exec(compile(ast.Module([node], []), "lesson", "exec"), here)
    here["X"], here["labels"] = here["spiral"](40, np.random.default_rng(0))
    return here


def begin(space, scale=1.0, seed=0):
    return space["start"](scale, np.random.default_rng(seed))


def score(space, weights):
    """(loss, points on the right side) of a network."""
    outputs = neurons.two_layers(space["X"], *weights)
    loss, _ = neurons.cross_entropy(outputs, space["labels"])
    return loss, int((outputs.argmax(axis=1) == space["labels"]).sum())


def by(name: str, recipe) -> float:
    """The grad of `a` that a known wrong `backward` finds."""
    [wrong] = [m.answer for m in backward.misconceptions if m.name == name]
    return grads(wrong, *recipe)["a"]


def test_recursion_without_an_order_is_wrong_where_the_lesson_says():
    for recipe in (SQUARE_TWICE, SQUARE_AROUND):
        assert grads(backward.reference, *recipe)["a"] == 120
    assert by("_recursed", SQUARE_TWICE) == 264
    assert by("_recursed_at_once", SQUARE_TWICE) == 204
    assert by("_recursed_into_a_set", SQUARE_AROUND) == 246
    assert "The proposal says 264 where 120 is right" in LESSON


def test_walking_every_path_is_right_until_there_are_too_many():
    [paths] = [m.answer for m in backward.misconceptions if m.name == "_every_path"]
    assert grads(paths, *SQUARE_TWICE)["a"] == 120
    with pytest.raises(neurons.TooManyVisits):
        grads(paths, [1.5], [("+", place, place) for place in range(25)])


def test_small_expressions_do_not_notice():
    for at in (3.0, -1.5):
        proposed, right = _both_ways(lambda a: a * a + a, at)
        assert proposed == right


def test_training_ends_where_the_lesson_says(space):
    weights = begin(space)
    assert sum(w.size for w in weights) == 42
    states = {step: score(space, space["train_arrays"](weights, step)) for step in (0, 50, 150)}
    assert states[0][0] == pytest.approx(0.76, abs=0.005)
    assert states[150][0] == pytest.approx(0.07, abs=0.005) and states[150][1] == 80
    said("150 plain steps end at 0.07 nats")


def test_the_best_straight_line(space):
    best = 0
    for angle in np.linspace(0, 2 * np.pi, 360, endpoint=False):
        along = space["X"] @ [np.cos(angle), np.sin(angle)]
        right = ((along[None] > along[:, None]) == space["labels"]).sum(axis=1)
        best = max(best, right.max())
    said(f"The best line had {best} points right")


def test_your_two_layers_runs_on_values(space):
    """NumPy's object arrays use the operators of Value; the grads are predicted minus true."""
    weights = begin(space)
    z = neurons.two_layers(space["values_of"](space["X"]), *map(space["values_of"], weights))
    loss = space["mean_loss"](z)
    backward(loss)
    outputs = neurons.two_layers(space["X"], *weights)
    expected, gradient = neurons.cross_entropy(outputs, space["labels"])
    assert loss.data == pytest.approx(expected)
    assert np.allclose([[v.grad for v in row] for row in z], gradient, rtol=1e-9, atol=1e-12)
    said(f"The loss above is made of {len(ordered(loss)):,} Values")


def test_a_network_that_wants_plain_numbers_gives_way_on_values(space):
    space["W1"], space["b1"], space["W2"], space["b2"] = begin(space)

    def by_einsum(X, W1, b1, W2, b2):
        return np.einsum("nh,hc->nc", np.tanh(np.einsum("nd,dh->nh", X, W1) + b1), W2) + b2

    def by_operators(X, W1, b1, W2, b2):
        return np.tanh(X @ W1 + b1) @ W2 + b2

    assert neurons.two_layers.check(by_einsum).passed
    assert space["on_values"](by_einsum) is neurons.two_layers
    assert space["on_values"](by_operators) is by_operators


def test_one_value_for_a_weighted_sum_saves_what_the_stretch_says(space):
    def weigh(x, w, b):
        pairs = [(a, c.data) for a, c in zip(x, w, strict=True)]
        pairs += [(c, a.data) for a, c in zip(x, w, strict=True)]
        total = sum(a.data * c.data for a, c in zip(x, w, strict=True))
        return Value(total + b.data, (*pairs, (b, 1.0)))

    W1, b1, W2, b2 = map(space["values_of"], begin(space))
    z = []
    for x in space["values_of"](space["X"]):
        h = [weigh(x, W1[:, j], b1[j]).tanh() for j in range(8)]
        z.append([weigh(h, W2[:, k], b2[k]) for k in range(2)])
    assert len(ordered(space["mean_loss"](z))) == 2285 < 2500


def test_bad_starts(space):
    zero = score(space, space["train_arrays"](begin(space, 0.0), 150))[0]
    large = score(space, space["train_arrays"](begin(space, 30.0), 150))[0]
    assert zero == pytest.approx(math.log(2)) and large == pytest.approx(0.42, abs=0.005)
    W1, b1, *_ = begin(space, 30.0)
    flat = (abs(np.tanh(space["X"] @ W1 + b1)) > 0.99).mean()
    said(f"{flat:.0%} of the hidden outputs lie above 0.99 or below -0.99")


@pytest.mark.slow
def test_the_numbers_of_the_stretch(space):
    most = {}
    for neurons_in_layer in (3, 4):
        space["hidden"] = neurons_in_layer
        runs = [space["train_arrays"](begin(space, 1.0, seed), 5000) for seed in range(8)]
        most[neurons_in_layer] = [score(space, run)[1] for run in runs]
    space["hidden"] = 8
    assert max(most[3]) == 77 and min(most[4]) == 80
    said("Three got 77 at best")


def test_momentum_beats_the_number_of_the_stretch(space):
    weights, X, labels = begin(space), space["X"], space["labels"]
    moving = [np.zeros_like(w) for w in weights]
    for _ in range(150):
        W1, b1, W2, b2 = weights
        h = np.tanh(X @ W1 + b1)
        _, dz = neurons.cross_entropy(h @ W2 + b2, labels)
        da = dz @ W2.T * (1 - h**2)
        slopes = X.T @ da, da.sum(axis=0), h.T @ dz, dz.sum(axis=0)
        moving = [0.9 * m - slope for m, slope in zip(moving, slopes, strict=True)]
        weights = [w + m for w, m in zip(weights, moving, strict=True)]
    assert score(space, weights)[0] == pytest.approx(0.003, abs=0.0005)


def test_the_gradient_of_the_loss_is_its_slope():
    rng = np.random.default_rng(3)
    logits, labels = rng.normal(size=(4, 3)), np.array([2, 0, 1, 1])
    measured = neurons.numeric_gradient(
        lambda z: neurons.cross_entropy(z, labels)[0], logits
    )
    assert np.allclose(measured, neurons.cross_entropy(logits, labels)[1], atol=1e-9)


def test_an_overflow_fools_nobody():
    fooled = neurons.fooled
    assert not fooled.check(lambda a: a * type(a)(1e200) * type(a)(1e200)).passed
    assert not fooled.check(lambda a: a * type(a)(float("nan"))).passed


def keeps_its_order(root, order=[], seen=set()):  # noqa: B006
    """What every step of a training after the first one gets wrong."""
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


def returns_a_dict(root):
    return {value: 1.0 for value in ordered(root)}


@pytest.mark.parametrize(("answer", "said"), [
    (keeps_its_order, "Two calls, on two graphs made of the same inputs"),
    (returns_a_dict, "An object of type dict came back, and every grad is still 0"),
])
def test_what_backward_leaves_behind_is_said(answer, said):
    verdict = backward.check(answer)
    assert said in verdict.message and not verdict.misconception


class Remembering:
    """A right Value, to be spoilt below."""

    def __init__(self, data, inputs=()):
        self.data, self.inputs, self.grad = data, inputs, 0.0

    def __add__(self, other):
        return type(self)(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        return type(self)(self.data * other.data, ((self, other.data), (other, self.data)))

    def tanh(self):
        t = math.tanh(self.data)
        return type(self)(t, ((self, 1 - t**2),))


def made(**methods):
    own = {name: part for name, part in vars(Remembering).items() if callable(part)}
    return type("Spoilt", (), {**own, **methods})


@pytest.mark.parametrize(("answer", "said"), [
    (made(__mul__=lambda a, b: a.data * b.data), "`a * b` came back as -6"),
    (made(tanh=lambda a: None), "Is there a `return` in `tanh`?"),
    (made(__add__=lambda a, b: Remembering(a.data + b.data, (a, b))), "values without slopes"),
    (made(__add__=lambda a, b: Remembering(a.data + b.data, (a, 1.0, b, 1.0))), "is no pair"),
    (made(tanh=lambda a: Remembering(math.tanh(a.data), (a, 0.5))), "needs a comma of its own"),
    (made(__add__=lambda a, b: Remembering(a.data + b.data, {a: 1.0, b: 1.0})), "is a dict"),
    (made(__add__=lambda a, b: Remembering(a.data + b.data, ((1.0, a), (1.0, b)))), "turned round"),
    (made(__mul__=lambda a, b: Remembering(a.data * b.data, ((a, b), (b, a)))), "is a Value"),
    (made(__add__=lambda a, b: Remembering(a.data + b.data, ((a, 1.0),))), "one of its two inputs"),
    (made(__add__=lambda a, b: Remembering(a.data + b.data)), "doesn't remember"),
    (made(__eq__=lambda a, b: a.data == b.data, __hash__=None), "A set can't hold these Values"),
])
def test_what_a_value_lacks_is_said(answer, said):
    assert Value.check(made()).passed
    assert said in Value.check(answer).message


@pytest.mark.parametrize(("answer", "said"), [
    (lambda a: None, "Is there a `return`?"),
    (lambda a: 6.0, "6 came back, and a Value is expected"),
    (lambda a: Value(3.0) + Value(3.0), "isn't made of `a`"),
])
def test_what_is_no_expression_of_a_is_said(answer, said):
    assert said in neurons.fooled.check(answer).message

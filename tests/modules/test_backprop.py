"""Every backward piece against autograd in float64, and the figures that the lesson says."""

from __future__ import annotations

from collections import namedtuple

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from pathkit import datasets  # noqa: E402
from pathkit.exercises import backprop as ours  # noqa: E402
from pathkit.modules.backprop.backward import _forward  # noqa: E402
from pathkit.path_modules import OURS  # noqa: E402

BOUND = 1e-12  # a thousandth of what the lesson promises
LESSON = OURS.lesson("backprop").read_text("utf-8")
PROSE = " ".join(
    line.removeprefix("#").strip() for line in LESSON.splitlines() if line.startswith("#")
)
Pieces = namedtuple("Pieces", "loss linear tanh norm lookup")
BACK = Pieces(
    ours.cross_entropy_backward, ours.linear_backward, ours.tanh_backward, ours.norm_backward,
    ours.lookup_backward,
)


def said(text: str) -> None:
    assert text in PROSE, f"the lesson doesn't say: {text}"


def by_autograd(f, *arrays):
    tensors = [torch.tensor(array, requires_grad=True) for array in arrays]
    f(*tensors).backward()
    return [tensor.grad.numpy() for tensor in tensors]


def apart(some, others) -> float:
    return max(np.abs(a - b).max() for a, b in zip(some, others, strict=True))


@pytest.fixture(params=[0, 1, 2])
def rng(request):
    return np.random.default_rng(request.param)


@pytest.mark.parametrize("shape", [(3,), (4, 1), (1, 3), (4, 3), (5, 1, 1), (), (1,)])
def test_broadcasts(rng, shape):
    full = (5, 4, 3)
    d = rng.normal(size=full)
    theirs = by_autograd(lambda x: (x.expand(full) * torch.tensor(d)).sum(), rng.normal(size=shape))
    found = ours.undo_broadcast(d, shape)
    assert np.shape(found) == shape and apart([found], theirs) < BOUND


@pytest.mark.parametrize("V", [1, 3, 27])
def test_lookup(rng, V):
    X, demb = rng.integers(V, size=(6, 3)), rng.normal(size=(6, 3, 4))
    C, at = rng.normal(size=(V, 4)), torch.tensor(X)
    theirs = by_autograd(lambda C: (C[at] * torch.tensor(demb)).sum(), C)
    assert apart([ours.lookup_backward(X, demb, V)], theirs) < BOUND


@pytest.mark.parametrize("scale", [0.1, 3.0, 200.0])
def test_cross_entropy(rng, scale):
    logits, Y = rng.normal(scale=scale, size=(6, 5)), rng.integers(5, size=6)
    theirs = by_autograd(lambda z: torch.nn.functional.cross_entropy(z, torch.tensor(Y)), logits)
    found = ours.cross_entropy_backward(logits, Y)
    assert apart([found], theirs) < BOUND
    assert np.abs(found.sum(axis=1)).max() < BOUND


def test_linear_and_tanh(rng):
    x, W, b = rng.normal(size=(5, 3)), rng.normal(size=(3, 2)), rng.normal(size=2)
    d = rng.normal(size=(5, 2))
    theirs = by_autograd(lambda x, W, b: ((x @ W + b) * torch.tensor(d)).sum(), x, W, b)
    assert apart(ours.linear_backward(x, W, d), theirs) < BOUND
    theirs = by_autograd(lambda z: (torch.tanh(z) * torch.tensor(d)).sum(), x @ W)
    assert apart([ours.tanh_backward(np.tanh(x @ W), d)], theirs) < BOUND


@pytest.mark.parametrize("n", [2, 5, 32])
def test_batch_norm(rng, n):
    z, d = 3 * rng.normal(size=(n, 4)) + 1, rng.normal(size=(n, 4))

    def loss(z):
        zhat = torch.nn.functional.batch_norm(z, None, None, training=True, eps=1e-5)
        return (zhat * torch.tensor(d)).sum()

    found = ours.norm_backward(z, d)
    assert apart([found], by_autograd(loss, z)) < BOUND
    assert np.abs(found.sum(axis=0)).max() < BOUND


def test_what_gets_through_is_left_of_a_straight_line(rng):
    z, d = rng.normal(size=(9, 1)), rng.normal(size=(9, 1))
    fit = np.polyval(np.polyfit(z[:, 0], d[:, 0], 1), z[:, 0])
    found = ours.norm_backward(z, d, 0.0)[:, 0] * z.std()
    assert np.allclose(found, d[:, 0] - fit)


@pytest.mark.parametrize("n", [2, 5, 32])
def test_the_first_stretch_has_an_answer(rng, n):
    """The video's variance divides by n - 1; one term changes."""
    z, d = rng.normal(size=(n, 3)), rng.normal(size=(n, 3))
    inv = 1 / np.sqrt(z.var(axis=0, ddof=1) + 1e-5)
    zhat = (z - z.mean(axis=0)) * inv
    found = inv / n * (n * d - d.sum(axis=0) - n / (n - 1) * zhat * (d * zhat).sum(axis=0))

    def loss(z):
        return ((z - z.mean(0)) / torch.sqrt(z.var(0) + 1e-5) * torch.tensor(d)).sum()

    assert apart([found], by_autograd(loss, z)) < BOUND


def test_the_second_stretch_has_an_answer(rng):
    z, d = rng.normal(size=(4, 7)), rng.normal(size=(4, 7))
    found = ours.norm_backward(z.T, d.T).T

    def loss(z):
        return (torch.nn.functional.layer_norm(z, (7,)) * torch.tensor(d)).sum()

    assert apart([found], by_autograd(loss, z)) < BOUND


def test_what_is_accepted_as_getting_through():
    table = np.array([[1.0, 1.0, -1.0, -1.0], [1.0, -1.0, 0.0, 0.0]])
    for value in (
        ([1, 2, 3], [1, -2, 1]), ([5.0, 5.0, 2.0, 2.0], [0, 0, 7.0, -7.0]), table,
        tuple(1e-8 * table),
    ):
        assert ours.gets_through.check(value).passed, value
    for value in (([1, 2], [1, -1]), ([1, 1, 1], [1, -1, 0]), ([1, 2, 3], [1, 0, -1]), "x", []):
        assert not ours.gets_through.check(value).passed, value


# --- the lesson's own batch -------------------------------------------------------------------


@pytest.fixture(scope="module")
def batch():
    names = datasets.names()
    order = np.random.default_rng(0).permutation(len(names))
    held_out = {*order[::10], *order[1::10]}
    X, Y = [], []
    for i in (i for i in order if i not in held_out):
        codes = [0, 0, 0, *(ord(s) - 96 for s in names[i]), 0]
        X += zip(codes[:-3], codes[1:], codes[2:], strict=False)
        Y += codes[3:]
    return np.array(X), np.array(Y)


def start():
    rng = np.random.default_rng(0)
    C, W1 = rng.normal(size=(27, 10)), rng.normal(size=(30, 200)) * (5 / 3) / 30**0.5
    W2 = rng.normal(size=(200, 27)) * 0.01
    gamma, beta, b2 = 0.1 * rng.normal(size=(3, 200))
    return {"C": C, "W1": W1, "gamma": 1 + gamma, "beta": beta, "W2": W2, "b2": b2[:27]}


def gradients(P, X, Y, **mistakes):
    return ours.backward(P, X, Y, _forward(P, X), BACK._replace(**mistakes))


def by_torch(P, X, Y):
    X, Y = torch.tensor(X), torch.tensor(Y)

    def loss(C, W1, gamma, beta, W2, b2):
        pre = torch.nn.functional.batch_norm(
            C[X].flatten(1) @ W1, None, None, gamma, beta, training=True, eps=1e-5
        )
        return torch.nn.functional.cross_entropy(torch.tanh(pre) @ W2 + b2, Y)

    return by_autograd(loss, *P.values())


def constants(z, d):
    return d / np.sqrt(z.var(axis=0) + 1e-5)


def last_one(X, demb, V):
    dC = np.zeros((V, demb.shape[2]))
    dC[X] = demb
    return dC


WRONG = {
    "BatchNorm as constants": {"norm": constants},
    "slope of tanh ignored": {"tanh": lambda h, dh: dh},
    "one gradient a row": {"lookup": last_one},
}


def test_all_gradients_of_the_network(batch):
    X, Y = batch[0][:32], batch[1][:32]
    assert apart(gradients(start(), X, Y).values(), by_torch(start(), X, Y)) < BOUND
    assert (X == 0).sum() == 24 and X.size == 96
    said("the boundary `.` stands 24 times")


def test_sizes_of_the_mistakes(batch):
    X, Y = batch[0][:32], batch[1][:32]
    truth = gradients(start(), X, Y)["C"]
    largest = np.abs(truth).max()

    def n_minus_1(z, d):
        return ours.norm_backward.misconceptions[3].answer(z, d)

    assert ours.norm_backward.misconceptions[3].name == "_divides_by_n_minus_1"
    error = np.abs(gradients(start(), X, Y, norm=n_minus_1)["C"] - truth).max()
    said(f"off by {error / largest:.1%} of the largest gradient")
    wrong = gradients(start(), X, Y, **WRONG["one gradient a row"])["C"]
    once = np.bincount(X.ravel(), minlength=27) <= 1
    assert np.abs(wrong - truth)[once].max() < BOUND < np.abs(wrong - truth)[~once].max()
    cosine = (wrong * truth).sum() / np.linalg.norm(wrong) / np.linalg.norm(truth)
    said(f"points {np.degrees(np.arccos(cosine)):.0f}° off")


def test_forgotten_factors_hide_behind_ones(batch):
    X, Y = batch[0][:32], batch[1][:32]
    forgets = next(m.answer for m in ours.backward.misconceptions if m.name == "_forgets_gamma")
    for gamma, hidden in ((np.ones(200), True), (start()["gamma"], False)):
        P = {**start(), "gamma": gamma}
        cache = _forward(P, X)
        found = forgets(P, X, Y, cache, BACK)
        assert (apart(found.values(), by_torch(P, X, Y)) < BOUND) == hidden


@pytest.mark.slow
def test_wrong_gradients_learn_nearly_as_well(batch):
    """A third of the lesson's steps; the mean of the last 200 losses."""
    ends = {}
    for kind, mistakes in {"right": {}, **WRONG}.items():
        P, rng, losses = start(), np.random.default_rng(1), []
        for step in range(1000):
            chosen = rng.integers(len(batch[0]), size=32)
            X, Y = batch[0][chosen], batch[1][chosen]
            cache = _forward(P, X)
            logits = cache["logits"] - cache["logits"].max(axis=1, keepdims=True)
            losses.append(np.mean(np.log(np.exp(logits).sum(1)) - logits[range(32), Y]))
            found = ours.backward(P, X, Y, cache, BACK._replace(**mistakes))
            P = {name: P[name] - 0.2 * (1 - step / 1000) * found[name] for name in P}
        ends[kind] = np.mean(losses[-200:])
    assert losses[0] > 3.2 and ends["right"] < 2.65
    assert all(abs(end - ends["right"]) < 0.05 for end in ends.values())


def test_the_pieces_come_as_they_do_in_the_lesson():
    def unpacks(P, X, Y, cache, back):
        return ours.backward.reference(P, X, Y, cache, type(back)(*back)._replace())

    assert ours.backward.check(unpacks).passed
    assert 'namedtuple("Pieces", "loss linear tanh norm lookup")' in LESSON


def test_an_empty_batch_is_asked_of_nobody():
    """No prompt names one, and right answers differ on it."""
    for exercise in (ours.lookup_backward, ours.undo_broadcast):
        for probe in exercise.draw():
            assert all(np.size(part) for part in probe)

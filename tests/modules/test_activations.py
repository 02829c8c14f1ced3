"""The figures that the activations lesson says, and its functions against PyTorch's."""

from __future__ import annotations

import math

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from pathkit import datasets  # noqa: E402
from pathkit.exercises import activations as ours  # noqa: E402
from pathkit.path_modules import OURS  # noqa: E402

LESSON = OURS.lesson("activations").read_text("utf-8")
PROSE = " ".join(
    line.removeprefix("#").strip() for line in LESSON.splitlines() if line.startswith("#")
)


def said(text: str) -> None:
    assert text in PROSE, f"the lesson doesn't say: {text}"


@pytest.fixture(scope="module")
def windows():
    """Training windows and dev windows of the lesson's split."""
    names = datasets.names()
    order = np.random.default_rng(0).permutation(len(names))
    held_out = {*order[::10], *order[1::10]}

    def cut(chosen):
        X, Y = [], []
        for i in chosen:
            codes = [0, 0, 0, *(ord(s) - 96 for s in names[i]), 0]
            X += zip(codes[:-3], codes[1:], codes[2:], strict=False)
            Y += codes[3:]
        return torch.tensor(X), torch.tensor(Y)

    return cut(i for i in order if i not in held_out), cut(order[1::10])


def started(hidden=1.0, output=1.0):
    generator = torch.Generator().manual_seed(0)
    shapes = (27, 10), (30, 200), (200,), (200, 27), (27,)
    factors = 1.0, hidden, hidden, output, float(output == 1)
    return [torch.randn(s, generator=generator) * f for s, f in zip(shapes, factors, strict=True)]


def passed_through(weights, X):
    C, W1, b1, W2, b2 = weights
    h = torch.tanh(C[X].flatten(1) @ W1 + b1)
    return h, h @ W2 + b2


@pytest.mark.slow
def test_the_first_loss(windows):
    (X, Y), _ = windows
    _, wild = passed_through(started(), X)
    _, calm = passed_through(started(output=0.01), X)
    assert round(ours.excess_loss(wild, Y), 2) == 24.63
    assert round(ours.excess_loss(calm, Y), 2) == 0.02
    assert abs(ours.excess_loss(calm, Y) + math.log(27) - ours.calm_loss.right_answer()) < 0.01
    logits, second = torch.tensor([[8.0, 0.0, -5.0]]), torch.tensor([1])
    assert round(ours.excess_loss(logits, second) + math.log(3), 2) == 8.00
    said("That costs 8.00 nats")


@pytest.mark.slow
def test_saturation(windows):
    (X, _), _ = windows
    shares = {s: ours.saturated(passed_through(started(s), X)[0], 0.97) for s in (1.0, 0.3, 0.1)}
    assert [round(100 * share) for share, _ in shares.values()] == [69, 20, 0]
    assert all(lost == 0 for _, lost in shares.values())
    said("where does 69% come from?")


def test_slopes():
    assert [round(1 - h * h, 2) for h in (0.5, 0.9, 0.99)] == [0.75, 0.19, 0.02]
    assert round(ours.slope_left.right_answer() ** 2, 4) == 0.0035


def test_gains():
    z = torch.randn(1_000_000, generator=torch.Generator().manual_seed(0))
    assert abs(ours.weight_scale(torch.relu, z, 1) - math.sqrt(2)) < 0.01
    assert round(ours.weight_scale(torch.tanh, z, 1), 2) == 1.59
    assert torch.nn.init.calculate_gain("tanh") == pytest.approx(5 / 3)
    assert round(5 / 3 / math.sqrt(30), 2) == 0.30
    assert round(math.tanh(5.5), 5) == 0.99997


@pytest.mark.slow
def test_ten_tanh_layers():
    found = {}
    for gain in (0.5, 1.0, 5 / 3, 5.0):
        generator = torch.Generator().manual_seed(0)
        x, spreads = torch.randn(1000, 100, generator=generator), []
        for _ in range(10):
            W = torch.randn(100, 100, generator=generator) * gain / 10
            x = torch.tanh(x @ W)
            spreads.append(x.std().item())
        found[gain] = spreads, ours.saturated(x, 0.97)[0]
    assert round(found[0.5][0][-1], 3) == 0.001
    assert round(found[1.0][0][-1], 2) == 0.22
    text, _ = ours.ten_layers.options[ours.ten_layers.right]
    assert text == "0.22"
    assert abs(found[5 / 3][0][-1] - found[5 / 3][0][1]) < 0.06
    assert 0.6 < found[5.0][1] < 0.7


@pytest.mark.parametrize(("B", "n", "momentum"), [(8, 5, 0.1), (2, 7, 0.3), (32, 1, 0.01)])
def test_batch_norm_is_pytorchs(B, n, momentum):
    theirs = torch.nn.BatchNorm1d(n, momentum=momentum)
    generator = torch.Generator().manual_seed(1)
    gamma, beta = torch.randn(2, n, generator=generator)
    theirs.weight.data, theirs.bias.data = gamma, beta
    running = torch.zeros(n), torch.ones(n)
    for training in (True, True, False, True, False):
        theirs.train(training)
        z = 3 * torch.randn(B, n, generator=generator) - 2
        out, running = ours.batch_norm(z, gamma, beta, running, training, momentum)
        assert torch.allclose(out, theirs(z), atol=1e-5)
        assert torch.allclose(running[0], theirs.running_mean, atol=1e-6)
        assert torch.allclose(running[1], theirs.running_var, atol=1e-5)


def test_folded_is_both_layers():
    generator = torch.Generator().manual_seed(2)
    x, W = torch.randn(6, 4, generator=generator), torch.randn(4, 3, generator=generator)
    b, gamma, beta, mean = torch.randn(4, 3, generator=generator)
    var = torch.rand(3, generator=generator) + 0.1
    both, _ = ours.batch_norm(x @ W + b, gamma, beta, (mean, var), False)
    W, b = ours.folded(W, b, gamma, beta, mean, var, 1e-5)
    assert torch.allclose(x @ W + b, both, atol=1e-5)


def test_what_is_accepted_as_company():
    tensors = torch.tensor([2.0, 1.0]), np.array([2.0, 3.5])
    table = torch.tensor([[2.0, 1.0], [2.0, 3.5]])
    turned = ([1.0, 2.0], [1.0, 0.0])  # the prompt says "in one" and "in the other"
    for value in (([1.0, 0.0], [1.0, 2.0]), [[5, 1, 1], [5, 9]], tensors, turned, table):
        assert ours.company.check(value).passed, value
    for value in (([1.0, 2.0], [1.0, 3.0]), ([1.0], [1.0]), "x", ([1.0, math.nan], [1.0, 2.0]), []):
        assert not ours.company.check(value).passed, value


def test_every_wrong_diagnosis_is_explained():
    truth = ours.diagnosis()
    for i in range(6):
        for j in range(i):
            wrong = list(truth)
            wrong[i], wrong[j] = wrong[j], wrong[i]
            verdict = ours.diagnosis.check(wrong)
            assert not verdict.passed and len(verdict.message.split()) >= 12
    for value in ("linear", truth[:5], [*truth[:5], "linear"], [*truth[:5], "gone"]):
        assert not ours.diagnosis.check(value).passed


@pytest.mark.slow
def test_six_faults_leave_six_traces(windows):
    """What the plots show can be told apart, in a training of 60 steps."""
    ward = dict(zip(ours.diagnosis(), ours.ward(*windows, 60).values(), strict=True))
    spread = {fault: [o.std() for o in patient.outputs] for fault, patient in ward.items()}
    assert set(ward) == set(ours.FAULTS)
    assert abs(ward["linear"].outputs).max() > 2.5
    assert all(abs(p.outputs).max() <= 1 for f, p in ward.items() if f not in ("linear", "dead"))
    silent = (ward["dead"].outputs[2] == 0).all(axis=0).mean()
    assert 0.69 < silent < 0.8
    assert (abs(ward["large"].outputs[2]) > 0.97).mean() > 0.6
    assert spread["small"][0] > 5 * spread["small"][1] > 25 * spread["small"][2]
    assert max(ward["rate"].losses) > 50 and 0.6 < spread["rate"][2] < 0.8
    assert ward["batch"].alone > ward["batch"].dev + 0.05
    assert all(abs(p.alone - p.dev) < 1e-3 for f, p in ward.items() if f not in ("batch", "rate"))


@pytest.mark.slow
def test_a_bad_start_costs_half_a_nat(windows):
    """Half of the steps of the lesson already show it."""
    train, dev = windows
    found = {}
    for start in ((1.0, 1.0), (0.3, 0.01)):
        weights = started(*start)
        generator = torch.Generator().manual_seed(1)
        for w in weights:
            w.requires_grad_()
        for _ in range(2000):
            batch = torch.randint(len(train[0]), (32,), generator=generator)
            loss = torch.nn.functional.cross_entropy(
                passed_through(weights, train[0][batch])[1], train[1][batch]
            )
            gradients = torch.autograd.grad(loss, weights)
            with torch.no_grad():
                for w, gradient in zip(weights, gradients, strict=True):
                    w -= 0.1 * gradient
        with torch.no_grad():
            logits = passed_through(weights, dev[0])[1]
            found[start] = torch.nn.functional.cross_entropy(logits, dev[1]).item()
    assert found[1.0, 1.0] - found[0.3, 0.01] > 0.5
    said("half a nat lies between the two")


@pytest.mark.parametrize("part", ["mean", "var", "z"])
def test_batch_norm_lets_gradients_through(part):
    def batch_norm(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
        _, after = ours.batch_norm(z, gamma, beta, running, training, momentum, eps)
        z = z.detach() if part == "z" else z
        mean, var = (z.mean(0), z.var(0, unbiased=False)) if training else running
        mean = mean.detach() if part == "mean" else mean
        var = var.detach() if part == "var" else var
        return gamma * (z - mean) / torch.sqrt(var + eps) + beta, after

    for seed in range(5):
        verdict = ours.batch_norm.check(batch_norm, seed)
        assert not verdict.passed and "gradient" in verdict.message.lower()


def test_why_a_company_does_not_do_is_said():
    for company, said in (
        (([3.0], [3.0, 5.0]), "no company"),
        (([3.0, 3.0], [3.0, 5.0]), "no spread"),
        (([3.0, 1.0, 5.0], [3.0, 5.0, 1.0]), "the same numbers"),
    ):
        assert said in ours.company.check(company).message


def test_a_number_with_an_axis_is_refused_and_one_without_is_fine():
    ratio = ours.update_ratio.reference
    assert ours.update_ratio.check(lambda *args: torch.tensor(ratio(*args))).passed
    assert not ours.update_ratio.check(lambda *args: torch.tensor([ratio(*args)])).passed

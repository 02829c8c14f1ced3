"""The numbers in the prose of the gpt lesson, its classes, and its benchmark."""

from __future__ import annotations

import importlib.util
import math
import re
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from pathkit import datasets
from pathkit.exercises import gpt
from pathkit.path_modules import OURS

ROOT = Path(__file__).parents[2]
LESSON = OURS.lesson("gpt").read_text(encoding="utf-8")
torch.set_num_threads(1)
PROSE = " ".join(
    line.removeprefix("#").strip() for line in LESSON.splitlines() if line.startswith("#")
)


def said(text: str) -> None:
    assert text in PROSE, f"the lesson doesn't say: {text}"


@pytest.fixture(scope="module")
def grammar():
    """The grammar as the lesson writes it."""
    source = LESSON[LESSON.index("grammar = path") : LESSON.index('print("".join(grammar.sample')]
    namespace = {"path": type("path", (), {"datasets": datasets})}
    exec(source, namespace)
    return namespace["grammar"]


@pytest.fixture(scope="module")
def benchmark():
    spec = importlib.util.spec_from_file_location("benchmark_gpt", ROOT / "benchmarks/gpt.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_floor_that_is_told_beforehand(grammar):
    assert f"{grammar.nats_per_character():.3f} nats per character" in gpt.leak.ask
    said(f"a story of {grammar.mean_length():.0f} characters")


def test_a_story_makes_about_a_dozen_choices(grammar):
    def choices(story):
        chances = [grammar.conditional(story[:i])[c] for i, c in enumerate(story)]
        return sum(p < 1 - 1e-9 for p in chances)

    assert round(np.mean([choices(s) for s in grammar.sample(40, seed=3)])) == 14
    said("about fourteen free choices")


def test_every_story_fits_into_a_window(grammar):
    [length] = re.findall(r"context_length, batch_size = (\d+)", LESSON)
    assert max(map(len, grammar.sample(2000, seed=9))) <= int(length)


def test_the_promise_of_the_gap():
    [nats, share] = re.findall(r"For (\d\.\d) nats that is (\d+) of 100", PROSE)[0]
    assert round(100 * math.exp(-float(nats))) == int(share)
    assert f"{math.log(7):.2f}" == "1.95"
    said(r"$\ln 7 = 1.95$")


@pytest.mark.slow
def test_a_short_run_orders_the_pieces(grammar):
    """40 steps on short windows: averaging hurts, the block with positions helps."""
    text = "\n" + "".join(grammar.sample(300, seed=0))
    index = {c: i for i, c in enumerate(sorted(set(text)))}
    tokens, V = torch.tensor([index[c] for c in text]), len(index)

    def loss_of(layer):
        torch.manual_seed(0)
        generator = torch.Generator().manual_seed(0)
        model = torch.nn.Sequential(torch.nn.Embedding(V, 24), layer, torch.nn.Linear(24, V))
        batches = [
            gpt.windows(tokens, torch.randint(len(tokens) - 41, (8,), generator=generator), 40)
            for _ in range(40)
        ]
        optimizer = torch.optim.AdamW(model.parameters())
        return np.mean(gpt.train(model, optimizer, batches, [0.02] * 40)[-10:])

    class Average(torch.nn.Module):
        def forward(self, x):
            return gpt.average_past(x)

    bigram, average = loss_of(torch.nn.Identity()), loss_of(Average())
    assert loss_of(gpt.Block(24, 4)) < bigram < average - 0.3


def test_one_head_alone_is_head():
    torch.manual_seed(1)
    many, one = gpt.ManyHeads(6, 1), gpt.Head(6, 6)
    parts = many.qkv.weight.chunk(3)
    for layer, weight in zip((one.query, one.key, one.value), parts, strict=True):
        layer.weight.data.copy_(weight)
    x = torch.randn(2, 5, 6)
    assert torch.allclose(many(x), many.mix(one(x)), atol=1e-5)


def test_gpt_is_causal_and_takes_any_length():
    torch.manual_seed(2)
    model = gpt.GPT(11, 9, 12, 3, 2)
    tokens = torch.randint(11, (2, 9))
    changed = tokens.clone()
    changed[:, 6:] = (changed[:, 6:] + 1) % 11
    assert torch.equal(model(tokens)[:, :6], model(changed)[:, :6])
    assert torch.allclose(model(tokens)[:, :4], model(tokens[:, :4]), atol=1e-5)


def test_the_counted_model_is_the_one_written_out(benchmark):
    """Against dictionaries, on a text small enough for them."""
    rng = np.random.default_rng(0)
    train, val, V, k = rng.integers(3, size=200), rng.integers(3, size=60), 3, 2.5

    def chance(history, c, length):
        if length < 0:
            return 1 / V
        lower = chance(history, c, length - 1)
        if len(history) < length:
            return lower
        context = tuple(history[len(history) - length :])
        after = [
            train[i] for i in range(length, len(train)) if tuple(train[i - length : i]) == context
        ]
        weight = k * len(set(after))
        return (after.count(c) + weight * lower) / (len(after) + weight) if after else lower

    expected = -np.mean([np.log(chance(val[:i], c, 3)) for i, c in enumerate(val)])
    assert benchmark.counted(train, val, V, order=4, k=k) == pytest.approx(expected, abs=1e-9)


def test_the_speedrun_is_causal_and_starts_by_knowing_nothing(benchmark):
    torch.manual_seed(0)
    model = benchmark.Speedrun(7, 16, 12, 3, 2)
    tokens = torch.randint(7, (2, 16))
    assert F.cross_entropy(model(tokens).flatten(0, 1), tokens.flatten()).item() == pytest.approx(
        math.log(7), abs=1e-5
    )
    for weight in model.parameters():
        torch.nn.init.normal_(weight, std=0.5)
    changed = tokens.clone()
    changed[:, 10:] = (changed[:, 10:] + 1) % 7
    assert torch.allclose(model(tokens)[:, :10], model(changed)[:, :10], atol=1e-5)
    assert not torch.allclose(model(tokens)[:, 10], model(changed)[:, 10], atol=1e-3)


def test_the_whole_validation_text_is_scored(benchmark):
    class Uniform(torch.nn.Module):
        def forward(self, tokens):
            return torch.zeros(*tokens.shape, 5)

    val = torch.randint(5, (1234,))
    assert benchmark.whole_validation(Uniform(), val, 8) == pytest.approx(math.log(5))


def test_twice_the_names_cost_what_the_stretch_says():
    """A hero from 16 instead of 8, and a friend from the 15 others instead of 7."""
    names = "abbey basil celia dora edith flora grace hazel".split()
    more = [name + "n" for name in names]
    small = datasets.TALES.replace(she=names[:4], he=names[4:], either=[])
    large = small.replace(she=more, he=names)
    grown = large.entropy() - small.entropy()
    assert grown == pytest.approx(math.log(2) + math.log(15 / 7), abs=1e-9)
    assert f"{grown:.2f}" == "1.46"

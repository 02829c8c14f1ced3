"""The numbers in the prose of the mlp lesson come from its own run."""

from __future__ import annotations

import ast
import math
from collections import Counter, defaultdict

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from pathkit import datasets
from pathkit.datasets.remote import cache_path
from pathkit.exercises import mlp
from pathkit.exercises.mlp import SYMBOLS
from pathkit.path_modules import OURS

LESSON = OURS.lesson("mlp").read_text(encoding="utf-8")
PROSE = " ".join(
    line.removeprefix("#").strip() for line in LESSON.splitlines() if line.startswith("#")
)
INDEX = {symbol: i for i, symbol in enumerate(SYMBOLS)}


def said(text: str) -> None:
    assert text in PROSE, f"the lesson doesn't say: {text}"


@pytest.fixture(autouse=True, scope="module")
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def lesson_space(names) -> dict:
    """The lesson's own functions, with what they use."""
    order = np.random.default_rng(0).permutation(len(names))
    train, dev, test = mlp.split(names, order)
    here = {
        "torch": torch, "F": F, "math": math, "index": INDEX, "symbols": SYMBOLS, "seed": 0,
        "hidden": 200, "scale": 0.3, "train": train, "dev": dev, "test": test,
        "windows": mlp.windows, "forward": mlp.forward, "step": mlp.step,
    }  # fmt: skip
    wanted = {"dice", "fresh", "fit", "questions", "count_table", "nats", "flat", "name_from"}
    for node in ast.parse(LESSON).body:
        if isinstance(node, ast.FunctionDef) and node.name in wanted:
            exec(compile(ast.Module([node], []), "lesson", "exec"), here)
    return here


@pytest.fixture(scope="module")
def space():
    return lesson_space(datasets.names())


@pytest.fixture(scope="module")
def train_windows(space):
    return mlp.windows(space["train"], INDEX, 3)


def test_sizes_in_the_prose(space, train_windows):
    X, _ = train_windows
    count = {n: sum(p.numel() for p in space["fresh"](n)) for n in (3, 6)}
    sizes = [p.numel() for p in space["fresh"]()]
    said(f"{sizes[0]} in `C`, {sum(sizes[1:3]):,} in the first layer, {sum(sizes[3:]):,} in the")
    said(f"That is {count[3]:,}, where the table has {27**4:,} cells")
    said(f"With six it has {count[6]:,} parameters")
    said(f"A step on all {len(X):,} windows")
    said(f"{len(X) / 32 // 100 * 100:,.0f} times cheaper")
    said(f"for every {27**4 / count[3]:.0f} of the table's cells")
    assert 10e9 < 27**7 < 11e9


def test_first_losses_in_the_prose(space, train_windows):
    small = space["nats"](space["fresh"](), *train_windows)
    large = space["nats"](space["fresh"](scale=1.0), *train_windows)
    said(f"{small:.2f} is still far too much")
    assert large == pytest.approx(27.93, abs=0.05)


@pytest.mark.slow
def test_the_fourth_symbol_hurts_a_table(space):
    tables = {length: space["count_table"](length) for length in (1, 2, 3, 4)}
    on_dev = [tables[length][2] for length in tables]
    assert on_dev == pytest.approx([2.60, 2.47, 2.44, 2.55], abs=0.005)
    assert tables[3][0] == pytest.approx(mlp.filled.value(), abs=1e-6)
    assert [round(share, 3) for share, _, _ in tables.values()] == [0.875, 0.335, 0.051, 0.003]


def test_what_the_prediction_says_about_the_cells(space):
    starts = Counter(name[0] for name in space["train"])
    assert starts.most_common(1) == [("s", 1490)]
    assert f"{starts['s']:,} names begin with s" in mlp.filled.high
    assert not any("zzz" in name for name in datasets.names())


def test_a_lookup_is_a_one_hot_product(space):
    C = space["fresh"]()[0]
    X = torch.tensor([[0, 3, 26], [5, 5, 1]])
    product = (F.one_hot(X, 27).float() @ C).flatten(1)
    assert torch.allclose(mlp.embed(X, C), product)


@pytest.mark.slow
def test_a_short_training_gets_below_one_symbol_of_context(space, train_windows):
    parameters = space["fresh"]()
    losses = space["fit"](
        parameters, *train_windows, [0.1] * 3000 + [0.01] * 500, mlp.forward, mlp.step,
        space["dice"](),
    )
    assert losses[0] > 7 and sum(losses[400:500]) / 100 < 3
    assert space["nats"](parameters, *mlp.windows(space["dev"], INDEX, 3)) < 2.60


@pytest.mark.slow
def test_few_names_are_learned_by_heart(space):
    few = mlp.windows(space["train"][:320], INDEX, 3)
    assert 2200 < len(few[0]) < 2400  # "some 2,300 windows"
    parameters, g = space["fresh"](), space["dice"]()
    dev = mlp.windows(space["dev"], INDEX, 3)
    at = []
    for _ in range(4):
        space["fit"](parameters, *few, [0.1] * 800, mlp.forward, mlp.step, g)
        at.append(space["nats"](parameters, *dev))
    assert at[0] < 3.2 < math.log(27) < at[-1]


def test_vowels_before_training(space):
    C = space["fresh"]()[0].detach()
    vowels = [INDEX[letter] for letter in "aeiou"]
    near = torch.pdist(C[vowels]).mean() / torch.pdist(C[1:]).mean()
    said(f"The five vowels were {near:.2f} times as far apart")
    assert space["flat"](C)[1] < 0.40


def counted_with_fallback(train, new, order: int, k: float) -> float:
    """Counts of up to `order` symbols of context, each falling back on the next shorter."""
    counts = [defaultdict(Counter) for _ in range(order + 1)]
    for name in train:
        text = "." * order + name + "."
        for i in range(order, len(text)):
            for n in range(order + 1):
                counts[n][text[i - n : i]][text[i]] += 1
    paid, symbols = 0.0, 0
    for name in new:
        text = "." * order + name + "."
        for i in range(order, len(text)):
            p = 1 / 27
            for n in range(order + 1):
                seen = counts[n].get(text[i - n : i])
                if seen is None:
                    break
                trust = k * len(seen)
                p = (seen[text[i]] + trust * p) / (seen.total() + trust)
            paid, symbols = paid - math.log(p), symbols + 1
    return paid / symbols


@pytest.mark.slow
def test_counting_five_symbols_with_a_fallback(space):
    nats = counted_with_fallback(space["train"], space["dev"], 5, 5.0)
    assert nats == pytest.approx(2.28, abs=0.005)
    said("The lowest I measured on these dev names is 2.28")


@pytest.mark.skipif(
    not cache_path("makemore-names").exists(), reason="the video's names aren't in the cache"
)
def test_the_videos_names():
    names = datasets.fetch("makemore-names")
    space = lesson_space(names)
    assert space["count_table"](1)[2] == pytest.approx(2.45, abs=0.005)
    assert space["count_table"](3)[2] == pytest.approx(2.10, abs=0.005)
    known = set(space["train"])
    share = sum(name in known for name in space["dev"]) / len(space["dev"])
    assert share == pytest.approx(1 / 8, abs=0.005)


def test_detached_rows_are_refused():
    verdict = mlp.embed.check(lambda X, C: C[X].detach().flatten(1))
    assert not verdict.passed and "depends on `C`, but no gradient reaches it" in verdict.message
    verdict = mlp.forward.check(torch.no_grad()(mlp.forward.reference))
    assert not verdict.passed and "`W2`" in verdict.message


def test_half_a_gradient_is_refused():
    def embed(X, C):
        return torch.cat([C[X[:, :-1]].data.flatten(1), C[X[:, -1]]], dim=1)

    verdict = mlp.embed.check(embed)
    assert not verdict.passed and "depends on `C` in a way that no gradient sees" in verdict.message


def test_a_step_moves_the_tensors_themselves():
    def step(parameters, loss, rate):
        gradients = torch.autograd.grad(loss, parameters)
        moved = [p - rate * g for p, g in zip(parameters, gradients, strict=True)]
        parameters[:] = [p.detach().requires_grad_() for p in moved]

    verdict = mlp.step.check(step)
    assert not verdict.passed and "`parameters[0]` is another tensor" in verdict.message


def test_old_gradients_are_cleared_before_a_step():
    def step(parameters, loss, rate):
        loss.backward()
        for p in parameters:
            p.data -= rate * p.grad
            p.grad = None

    assert mlp.step.check(step).misconception == "_cleared_at_the_end"


def test_windows_of_small_integers_work_below(space):
    def windows(names, index, length):
        return [part.to(torch.int32) for part in mlp.windows(names, index, length)]

    assert mlp.windows.check(windows).passed
    here = {**space, "windows": windows}
    for name in ("questions", "count_table", "nats"):
        here[name] = type(space[name])(space[name].__code__, here, name, space[name].__defaults__)
    X, Y = here["questions"](space["dev"][:20])
    assert F.one_hot(X, 27).shape[1:] == (3, 27)
    assert here["nats"](space["fresh"](), X, Y) > 0
    here["train"], here["dev"] = space["train"][:50], space["dev"][:20]
    assert len(here["count_table"](2)) == 3


def test_what_a_blind_pair_lacks_is_named_and_not_given_away():
    assert "three" not in mlp.blind_pair.stub
    for pair, said in (
        (("johanna", "johannes"), "begin alike"),
        (("maria", "omair"), "another order"),
        (("al", "sal"), "filled up with dots"),
    ):
        assert said in mlp.blind_pair.check(pair).message

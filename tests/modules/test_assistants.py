"""What the lesson on assistants promises: the numbers of its prose, and why they hold."""

from __future__ import annotations

import ast
import copy
import functools
import math

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st

import pathkit as path
from pathkit.checks.loading import exercises_of
from pathkit.exercises import assistants
from pathkit.path_modules import OURS

LESSON = OURS.lesson("assistants")
SOURCE = LESSON.read_text(encoding="utf-8")
PROSE = " ".join(
    line.removeprefix("#").strip() for line in SOURCE.splitlines() if line.startswith("#")
)


@functools.cache
def lesson() -> dict:
    """The functions that the lesson defines, over the path's model and the references."""
    tales = path.datasets.SMALL_TALES
    kept = path.model("gpt", shipped=True)
    space = {
        **exercises_of("assistants"), "np": np, "math": math, "torch": torch, "copy": copy, "F": F,
        "gpt": kept, "symbols": kept.symbols, "index": {s: i for i, s in enumerate(kept.symbols)},
        "tales": tales, "short": tales.replace(passages=tales.passages[:2]),
        "long": tales.replace(passages=tales.passages[:3]), "seed": 0,
    }
    tops = [n for n in ast.parse(SOURCE).body if isinstance(n, ast.FunctionDef)]
    exec(compile(ast.Module(tops, []), str(LESSON), "exec"), space)
    return space


def said(text: str) -> None:
    assert text in PROSE, f"the lesson doesn't say: {text}"


def stories(name: str, n: int) -> list[tuple[str, str]]:
    return [lesson()["turns"](story) for story in lesson()[name].sample(n, 7)]


# --- requests, answers and their score --------------------------------------------------------


@pytest.mark.parametrize(("name", "points"), [("short", 1), ("long", 2)])
def test_stories_of_the_grammar_score_by_their_sentences(name, points):
    for request, answer in stories(name, 30):
        assert request.count(".") == 1 and answer.count(".") == points
        assert lesson()["score"](request, answer) == points
        assert lesson()["score"](request, answer[:-1]) == 0  # it never stopped


def test_a_whole_story_and_a_broken_promise_score_nothing():
    score = lesson()["score"]
    for story in lesson()["tales"].sample(20, 3):
        assert score(*lesson()["turns"](story)) == 0
    request = "one hot day nia got a red key.\n"
    assert score(request, "she lost it by the sea. a shy owl had the key by the sea.\n") == 2
    assert score(request, "she lost it by the sea. a shy owl had the kite by the sea.\n") == 0
    assert score(request, "he lost it by the sea.\n") == 0


def test_keys_and_values_kept_give_what_the_whole_model_gives():
    space, T, C = lesson(), 24, 48
    model = space["gpt"].model
    request, answer = stories("long", 1)[0]
    tokens = space["codes"]("\n" + request + answer)[None, :T]
    memory = [torch.zeros(2, 1, 4, T, C // 4) for _ in model.blocks]
    with torch.no_grad():
        steps = torch.stack([space["step"](model, memory, tokens[:, t], t) for t in range(T)], 1)
        assert torch.allclose(steps, model(tokens), atol=1e-4)


def test_the_log_probability_of_an_answer_is_that_of_its_tokens_alone():
    space = lesson()
    batch = stories("short", 3) + stories("long", 3)
    together = space["log_probs"](space["gpt"].model, *zip(*batch, strict=True))
    for (request, answer), value in zip(batch, together, strict=True):
        tokens = space["codes"]("\n" + request + answer)[None]
        log_p = space["gpt"].model(tokens).log_softmax(-1)[0]
        first = len(request) + 1
        alone = sum(log_p[t - 1, tokens[0, t]] for t in range(first, tokens.shape[1]))
        assert value.item() == pytest.approx(alone.item(), abs=1e-3)


def test_the_program_of_the_lesson_is_the_score():
    space = lesson()
    batch = stories("short", 20) + stories("long", 20)
    batch += [(request, other) for (request, _), (_, other) in zip(batch, batch[5:], strict=False)]
    points = space["by_program"](*zip(*batch, strict=True))
    assert points.tolist() == [space["score"](*pair) for pair in batch]
    assert {0, 1, 2} == set(points.tolist())


# --- exercises as properties ------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(pairs=st.lists(st.tuples(*[st.floats(-50, 50)] * 2), min_size=1, max_size=6),
       shift=st.integers(-1000, 1000))
def test_only_differences_of_rewards_count(pairs, shift):
    better, worse = np.array(pairs).T
    loss = assistants.bradley_terry_loss(better, worse)
    assert assistants.bradley_terry_loss(better + shift, worse + shift) == pytest.approx(
        loss, abs=1e-9)
    assert loss >= 0


def test_a_feature_that_all_answers_have_never_gets_a_price():
    rng = np.random.default_rng(0)
    better, worse = rng.normal(size=(2, 20, 3))
    better[:, 1] = worse[:, 1] = 1.0
    w = np.zeros(3)
    for _ in range(50):
        w = assistants.reward_step(w, better, worse, 0.5)
    assert w[1] == 0 and abs(w[[0, 2]]).min() > 0
    said("The newline has a price of exactly 0")


@settings(max_examples=60, deadline=None)
@given(rewards=st.lists(st.integers(-3, 3), min_size=1, max_size=9), n=st.integers(1, 40))
def test_the_best_of_n_stays_below_its_bound(rewards, n):
    p = assistants.chances_of_best(np.array(rewards, dtype=float), n)
    assert p.sum() == pytest.approx(1) and (p >= 0).all()
    kl = np.sum(p[p > 0] * np.log(p[p > 0] * len(rewards)))
    assert kl <= math.log(n) - (n - 1) / n + 1e-9


def test_the_best_of_n_is_what_draws_find():
    rewards, n = np.array([1.0, 3.0, 3.0, 0.0, 7.0]), 4
    draws = np.random.default_rng(1).integers(5, size=(40_000, n))
    highest = rewards[draws].max(axis=1)
    p = assistants.chances_of_best(rewards, n)
    for value in set(rewards):
        share = np.mean(highest == value)
        assert p[rewards == value].sum() == pytest.approx(share, abs=0.01)


@pytest.mark.parametrize("n", [2, 16, 256])
def test_the_bound_is_the_mean_log_of_the_density_of_the_best_rank(n):
    u = (np.arange(200_000) + 0.5) / 200_000
    density = n * u ** (n - 1)
    assert np.mean(density) == pytest.approx(1, abs=1e-3)
    assert np.mean(density * np.log(density + 1e-300)) == pytest.approx(
        math.log(n) - (n - 1) / n, abs=1e-3)


def test_256_draws_are_less_than_five_nats_and_16_are_1_84():
    assert math.log(256) - 255 / 256 < 5
    assert assistants.best_of_16.value() == pytest.approx(1.8351, abs=1e-4)
    said("1.8 nats for sixteen draws")


@settings(max_examples=40, deadline=None)
@given(logits=st.lists(st.floats(-3, 3), min_size=2, max_size=5), baseline=st.floats(-20, 20))
def test_a_baseline_leaves_the_mean_gradient_alone(logits, baseline):
    p = np.exp(logits) / np.exp(logits).sum()
    rewards = np.arange(len(p), dtype=float)

    def mean(b):
        return sum(p[a] * assistants.policy_gradient(p, [a], rewards[a : a + 1], b)
                   for a in range(len(p)))

    assert np.allclose(mean(baseline), mean(0.0))
    assert np.allclose(mean(0.0), p * (rewards - p @ rewards))  # the gradient itself


def test_the_noise_of_one_draw_is_what_the_prose_says():
    space = {**lesson(), "p": np.array([0.5, 0.3, 0.2]), "r": np.array([11.0, 10.0, 12.0])}
    tops = [n for n in ast.parse(SOURCE).body if getattr(n, "name", "") == "one_draw"]
    exec(compile(ast.Module(tops, []), str(LESSON), "exec"), space)
    without, with_mean = space["one_draw"](0.0)[1], space["one_draw"](10.9)[1]
    assert (round(without, 2), round(with_mean, 2)) == (8.63, 0.55)
    assert (without / with_mean) ** 2 == pytest.approx(250, abs=10)
    assert without / with_mean == pytest.approx(16, abs=0.5)
    said("8.63 points became 0.55, which means that a 250th of the draws")


def test_the_advantages_of_equal_answers_are_0():
    """Why a reward of 1.0 for a whole group taught nothing (open-r1, issue 293)."""
    same = assistants.advantages(np.ones(5), -np.arange(5.0), -np.arange(5.0), 0.3)
    assert np.allclose(same, 0)


# --- preferences ------------------------------------------------------------------------------


def three_answers(how_many: int) -> np.ndarray:
    goats, start = torch.tensor([1.0, 2.0, 0.0]), torch.tensor([0.5, 0.4, 0.1]).log()
    likes, trace = torch.zeros(1, requires_grad=True), []
    for _ in range(how_many):
        log_p = (start + likes * goats).log_softmax(0)
        loss = assistants.dpo_loss(log_p[:1], log_p[1:2], start[:1], start[1:2], 0.1)
        trace.append([loss.item(), *log_p.exp().tolist()])
        loss.backward()
        with torch.no_grad():
            likes -= likes.grad
            likes.grad = None
    return np.array(trace)


def test_the_loss_of_three_answers_falls_and_so_does_the_chosen_one():
    loss, chosen, rejected, third = three_answers(201).T
    assert (np.diff(loss) < 0).all() and (np.diff(rejected) < 0).all()
    assert loss[0] == pytest.approx(math.log(2)) and loss[-1] == pytest.approx(0.373, abs=0.001)
    assert chosen[0] == pytest.approx(0.5) and chosen.max() == pytest.approx(0.56, abs=0.005)
    assert chosen[-1] < 0.01 and third[0] == pytest.approx(0.1) and third[-1] > 0.99
    assert assistants.chosen.right == "d" and "from 0.69 to 0.37" in assistants.chosen.ask
    said("From 0.5 the chosen answer rises to 0.56, and then falls below 0.01.")


def test_where_reward_minus_price_is_highest_the_reward_is_the_log_ratio_plus_a_constant():
    """What DPO rests on: at p ~ p_ref e^(r / beta) no shift of probability gains anything."""
    rng, beta = np.random.default_rng(3), 0.3
    ref, reward = rng.dirichlet(np.ones(5)), rng.normal(size=5)
    best = ref * np.exp(reward / beta) / (ref * np.exp(reward / beta)).sum()

    def worth(p):
        return p @ reward - beta * (p @ np.log(p / ref))

    assert np.ptp(reward - beta * np.log(best / ref)) < 1e-9
    for other in rng.dirichlet(np.ones(5), size=50):
        assert worth(0.99 * best + 0.01 * other) < worth(best)


def test_at_first_the_loss_is_ln_2_whatever_the_pairs():
    x, y = torch.randn(7), torch.randn(7)
    assert assistants.dpo_loss(x, y, x, y, 0.7).item() == pytest.approx(math.log(2))


# --- the whole lesson -------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1])
def test_what_was_wanted_is_lost_without_a_price_and_kept_with_one(seed, monkeypatch):
    """The claims of the prose, for the path's model and other draws."""
    monkeypatch.setattr(path, "show", lambda figure, alt: None)
    space: dict = {"__name__": "lesson"}
    source = SOURCE.replace("seed = 0  #", f"seed = {seed}  #")
    source = source.replace('path.model("gpt")', 'path.model("gpt", shipped=True)')
    tops = [n for n in ast.parse(source).body if "path.predict" not in ast.unparse(n)]
    exec(compile(ast.Module(tops, []), str(LESSON), "exec"), space)
    mean, requests = space["mean_score"], space["requests"]
    good = np.mean([space["score"](*pair) > 0
                    for pair in zip(requests, space["after"], strict=True)])
    assert good > 0.9 and mean(requests[:100], space["before"]) < 0.05
    assert 0.55 < space["agreed"] < 0.85 and space["prices"][0] == 0
    assert np.corrcoef([len(t) for t in space["many"]], space["rewards"])[0, 1] > 0.4
    assert space["kept"][4] @ space["true"] > 1.75  # the best of 16
    reward, score, kl = space["free"].T
    assert reward[-3:].mean() > reward[:3].mean()
    assert score[:8].max() > 1.8 and score[-3:].mean() < 0.3 and kl[-1] > 10
    assert space["priced"][-3:, 1].mean() > 1.7 and space["program"][-3:, 1].mean() > 1.75
    assert space["priced"][-1, 2] < 5
    assert mean(requests, space["texts"]) > 1.7  # after DPO
    with torch.no_grad():
        gains = [(space["log_probs"](space["preferred"], requests, these) - was).mean().item()
                 for these, was in zip(space["pairs"], space["old"], strict=True)]
    assert gains[1] < gains[0] < 0

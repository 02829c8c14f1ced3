"""What the lesson on minds promises: maps, one floor for all orders, the numbers of its prose."""

from __future__ import annotations

import ast
import copy
import functools
import math
import re

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st

from pathkit import datasets
from pathkit.checks.loading import exercises_of
from pathkit.exercises import minds
from pathkit.exercises.gpt import GPT
from pathkit.path_modules import OURS

LESSON = OURS.lesson("minds")
SOURCE = LESSON.read_text(encoding="utf-8")
PROSE = " ".join(
    line.removeprefix("#").strip() for line in SOURCE.splitlines() if line.startswith("#")
)
KEPT = {"maps", "measured", "tales", "training", "held_out", "rng", "shuffles", "languages",
        "floor", "vocabulary", "number", "T", "animals", "said", "habits", "n_words", "steps",
        "seeds"}


@functools.cache
def lesson() -> dict:
    """The functions and the data that the lesson defines, over the references."""
    space = {**exercises_of("minds"), "np": np, "math": math, "re": re, "torch": torch, "F": F,
             "GPT": GPT, "path": type("path", (), {"datasets": datasets})}

    def is_kept(node: ast.stmt) -> bool:
        if isinstance(node, ast.Assign):
            return isinstance(node.targets[0], ast.Name) and node.targets[0].id in KEPT
        return isinstance(node, ast.FunctionDef)

    kept = [node for node in ast.parse(SOURCE).body if is_kept(node)]
    exec(compile(ast.Module(kept, []), str(LESSON), "exec"), space)
    return space


def said(text: str) -> None:
    assert text in PROSE, f"the lesson doesn't say: {text}"


words = st.lists(st.sampled_from(["owl", "fox", ".", "sea"]), max_size=12)


# --- the exercises ----------------------------------------------------------------------------


@given(words)
def test_the_counted_order_is_undone(story):
    assert minds.restored(story[::2] + story[1::2]) == story


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0.01, 1), min_size=2, max_size=4),
       st.lists(st.integers(0, 2), max_size=9), st.integers(0, 99))
def test_the_posterior_is_bayes(weights, heard, seed):
    prior = np.array(weights) / sum(weights)
    chances = np.random.default_rng(seed).dirichlet(np.ones(3) * 3, size=len(prior))
    rows = minds.posterior(prior, chances, np.array(heard, dtype=int))
    for t, row in enumerate(rows):
        joint = prior * np.prod(chances[:, heard[:t]], axis=1)
        assert row == pytest.approx(joint / joint.sum())


scores = st.tuples(st.integers(0, 9), st.integers(0, 9))


@given(scores, scores)
def test_the_leader_changes_where_they_tie_and_nowhere_else(a, b):
    w = minds.flips_at(a, b)

    def lead(v):
        return v * (a[0] - b[0]) + (1 - v) * (a[1] - b[1])

    if w is None:
        assert lead(0) * lead(1) >= 0
    else:
        assert 0 < w < 1 and lead(w) == pytest.approx(0) and lead(0) * lead(1) < 0


@given(st.integers(2, 40), st.integers(1, 10**30))
def test_the_table_fails_first_where_it_fails(symbols, rows):
    n = minds.table_fails_at(symbols, rows)
    assert symbols**n > rows and (n == 1 or symbols ** (n - 1) <= rows)


@given(st.lists(st.sampled_from("abcd"), max_size=3), st.sampled_from("abcd"))
def test_more_refuted_claims_never_bring_one_back(refuted, more):
    claims = {"e": [["a", "b"], ["c"]], "f": [["e"], ["d"]], "g": [["f", "e"]]}
    assert minds.fallen(claims, refuted) <= minds.fallen(claims, [*refuted, more])


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=5),
       st.integers(0, 3))
def test_a_verdict_turns_round_when_the_sides_do(pairs, least):
    a, b = map(list, zip(*pairs, strict=True))
    other = {"a": "b", "b": "a"}
    says = minds.verdict(a, b, least)
    assert minds.verdict(b, a, least) == other.get(says, says)


@given(st.floats(0.001, 0.4), st.integers(0, 99))
def test_the_words_needed_put_the_guest_ahead_and_one_fewer_do_not(start, seed):
    guest, host = np.random.default_rng(seed).dirichlet(np.ones(4) * 2, size=2)
    n = minds.words_needed(start, guest, host)
    gain = np.sum(guest * np.log(guest / host))
    odds = math.log(start / (1 - start))
    assert odds + n * gain > -1e-9 and odds + (n - 1) * gain <= 1e-9


def test_a_gap_does_not_depend_on_what_a_story_is_batched_with():
    rng = np.random.default_rng(0)
    row = rng.uniform(size=(1, 9))
    assert minds.gap(row[:, :4], np.array([4]), 1.0) == minds.gap(row, np.array([4]), 1.0)


# --- the prose --------------------------------------------------------------------------------


def test_the_maps_hold_no_circle_and_what_is_measured_stands_in_them():
    space = lesson()
    for name, claims in space["maps"].items():
        reasons = {r for arguments in claims.values() for a in arguments for r in a}
        assert space["measured"][name] in reasons - set(claims)
        everything = minds.fallen(claims, sorted(reasons - set(claims)))
        assert everything == reasons | set(claims)


def test_counts_of_the_prose():
    said("18 tokens already have more sequences")
    assert minds.table_fails_at(50257, 10**80) == 18
    said("of 2,000 additions of three digits, 17")
    said("The table answers one of 200")
    space = lesson()
    stored = {tuple(story) for story in space["training"]}
    assert sum(tuple(story) in stored for story in space["held_out"]) == 1
    said("16.21 nats, is then the floor")
    assert space["floor"] == pytest.approx(16.21, abs=0.005)
    said("the grammar has millions")
    assert 1e7 < math.exp(space["floor"]) < 1.2e7
    said("Each model here read 3,200 stories")
    assert 16 * space["steps"] == 3200
    said("About five of its 9,600 texts were the fox's")
    assert 300 * 32 == 9600 and round(9600 * 0.0005, 1) == 4.8


def test_each_order_can_be_undone():
    space = lesson()
    for order in space["languages"].values():
        orders = {tuple(story): tuple(order(story)) for story in space["training"]}
        assert len(set(orders.values())) == len(orders)
        assert all(sorted(story) == sorted(other) for story, other in orders.items())


def test_ten_doublings_beat_999_to_1():
    said("Even a prior of 0.999 gives way after ten words, because ten doublings make 1,024")
    rows = minds.posterior(np.array([0.999, 0.001]), np.array([[0.2, 0.8], [0.4, 0.6]]),
                           np.zeros(12, int))
    assert (rows[:, 1] > rows[:, 0]).argmax() == 10


def test_the_words_that_bayes_predicts():
    habits = lesson()["habits"]
    assert np.allclose(habits.sum(axis=1), 1)
    fox = [(1 - p) / 2 / ((1 - p) / 2 + p) for p in (0.9, 0.99, 0.999)]
    assert [minds.words_needed(p, habits[1], habits[0]) for p in fox] == [5, 9, 12]


def test_an_untrained_model_misses_the_floor_by_more_than_100_nats():
    space = lesson()
    said("a floor that an untrained model misses by more than 100")
    lengths = [1 + len(story) for story in space["held_out"]]
    assert np.mean(lengths) * math.log(len(space["vocabulary"])) - space["floor"] > 100


@pytest.mark.slow
def test_reversed_is_undecided_and_counting_and_shuffling_cost():
    said("The counted order costs 2 to 4 nats more at each seed, the shuffled one 12 or more")
    said("beats the reversed one by about 1.4 nats")
    space = lesson()
    gaps = {name: [space["gap_of"](name, seed) for seed in space["seeds"]]
            for name in space["languages"]}
    assert minds.verdict(gaps["natural"], gaps["reversed"], 0.5) == "undecided"
    assert gaps["reversed"][0] - gaps["natural"][0] == pytest.approx(1.4, abs=0.4)
    for i in range(3):
        assert 2 < gaps["counted"][i] - gaps["natural"][i] < 4
        assert gaps["shuffled"][i] - gaps["natural"][i] > 12
    said("over six seeds the natural order led by half a nat on average, and at three of the six "
         "not")
    leads = np.subtract(gaps["reversed"], gaps["natural"]).tolist()
    leads += [space["gap_of"]("reversed", s) - space["gap_of"]("natural", s) for s in (3, 4, 5)]
    assert 0.2 < np.mean(leads) < 0.9 and sum(lead < 0.1 for lead in leads) == 3


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1])
def test_a_tuned_owl_gives_way_on_time_or_not_at_all(seed):
    said("At 0.9 and 0.99 the owl gives way within a few words of the prediction. At 0.999 it")
    space = lesson()
    torch.manual_seed(seed)
    simulator = space["learn_animals"](GPT(8, 24, 16, 2, 1), [1 / 3] * 3, 200, 0.02, seed)
    prompts = space["texts_by"]([1] * 300, np.random.default_rng(7))
    for prior, expected in ((0.9, 5), (0.99, 9), (0.999, None)):
        mix = np.array([prior, (1 - prior) / 2, (1 - prior) / 2])
        tuned = space["learn_animals"](copy.deepcopy(simulator), mix, 300, 0.01, 1)
        mean = space["implied"](space["chances_of"](tuned, prompts).mean(axis=0))
        over = mean[:, 1] > mean[:, 0]
        assert over.any() == (expected is not None)
        assert expected is None or abs(over.argmax() - expected) <= 4

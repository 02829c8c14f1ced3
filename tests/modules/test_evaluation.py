"""What the lesson on evaluation promises: its figures, and properties of its answers."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathkit import datasets
from pathkit.exercises import assistants, evaluation, tokens
from pathkit.path_modules import OURS

SOURCE = OURS.lesson("evaluation").read_text(encoding="utf-8")
PROSE = " ".join(
    line.removeprefix("#").strip() for line in SOURCE.splitlines() if line.startswith("#")
)
texts_of_costs = st.lists(
    st.lists(st.floats(0, 6), max_size=7).map(np.array), min_size=1, max_size=5
).filter(lambda texts: sum(map(len, texts)))
answers = st.integers(1, 25).flatmap(lambda n: st.tuples(
    *[st.lists(st.integers(0, 1), min_size=n, max_size=n).map(np.array)] * 2))


def said(text: str) -> None:
    assert text in PROSE, f"the lesson doesn't say: {text}"


def section(start: str, **space) -> dict:
    """What the lesson's code from `start` to the next cell defines, run in `space`."""
    body = SOURCE[SOURCE.index(start):].split("\n# %%")[0]
    exec(body, space)
    return space


# --- perplexity and windows -------------------------------------------------------------------


@settings(deadline=None)
@given(texts_of_costs)
def test_cutting_texts_elsewhere_changes_no_perplexity(texts):
    whole = [np.concatenate(texts)]
    assert evaluation.perplexity(texts) == pytest.approx(evaluation.perplexity(whole))


def test_perplexity_is_e_to_the_mean_cost():
    costs = -np.log([0.5, 0.25, 0.125])
    assert math.log(evaluation.perplexity([costs])) == pytest.approx(costs.mean())


def test_one_text_in_three_units():
    assert 1.135**4.25 == pytest.approx(1.71, abs=0.005)
    stories = datasets.SMALL_TALES.sample(200, 10**6)
    characters, words = sum(map(len, stories)), sum(len(s.split()) for s in stories)
    assert characters / words == pytest.approx(4.25, abs=0.01)
    floor = -sum(map(datasets.SMALL_TALES.log_probability, stories))
    assert 10**6 < math.exp(floor / 200) < 3 * 10**7  # "some ten millions" a story
    text = "".join(stories)
    ours = tokens.bits_per_byte(floor / characters, characters, text)
    assert ours == pytest.approx(floor / math.log(2) / characters)


@settings(deadline=None, max_examples=200)
@given(st.integers(1, 60), st.integers(2, 12), st.integers(1, 15))
def test_each_token_but_the_first_is_scored_once_with_something_before_it(length, context, stride):
    windows = evaluation.spans(length, context, stride)
    scored = [t for _, first, end in windows for t in range(first, end)]
    assert scored == list(range(1, length))
    assert all(begin < first and end - begin <= context for begin, first, end in windows)
    begins = [begin for begin, _, _ in windows]
    assert all(b - a <= stride for a, b in itertools.pairwise(begins))


def test_per_token_characters_lead_and_per_byte_words(kept):
    space = kept | {"Counter": Counter}
    exec(SOURCE[SOURCE.index("def counted"):].split("\nfor name, cut")[0], space)
    letters = space["counted"](list, 6)
    words = space["counted"](lambda story: re.findall(r"\S+\s?", story), 2)
    assert evaluation.perplexity(letters) < 0.6 * evaluation.perplexity(words)
    fewer = sum(map(np.sum, words)) / sum(map(np.sum, letters))  # "a fifth less"
    assert fewer == pytest.approx(0.8, abs=0.05)


def test_the_given_spans_lose_one_token_a_seam():
    lost = {9: [4, 8], 12: [4, 8]}
    for length, missing in lost.items():
        scored, begin, done = [], 0, 1
        while done < length:
            end = min(begin + 4, length)
            scored += range(max(done, begin + 1), end)
            done, begin = end, begin + 4
        assert sorted(set(range(1, length)) - set(scored)) == missing


# --- scores -----------------------------------------------------------------------------------


def test_27_per_cent_of_100_is_nothing():
    luck = section("def luck", math=math)["luck"]
    assert luck(27, 100) == pytest.approx(0.36, abs=0.005)
    assert luck(270, 1000) == pytest.approx(0.08, abs=0.005)
    assert 0.99**300 == pytest.approx(0.05, abs=0.002)
    assert luck(0, 10) == pytest.approx(1)


def test_intervals_are_one_over_the_root():
    for n, points in ((100, 10), (10_000, 1)):
        assert 196 * math.sqrt(0.25 / n) == pytest.approx(points, rel=0.03)
    said("ten points at 100 questions, one point at 10,000")


def test_the_average_changes_the_leader():
    chances = np.array([0.25, 0.5])
    a, b = np.array([0.7, 0.7]), np.array([0.6, 0.79])
    assert a.mean() > b.mean()
    assert evaluation.above_chance(a, chances) == pytest.approx(0.5)
    assert evaluation.above_chance(b, chances) == pytest.approx(0.523, abs=0.0005)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 0.9)), min_size=1, max_size=6))
def test_a_guess_is_0_and_all_right_is_1(tests):
    chances = np.array([chance for _, chance in tests])
    assert evaluation.above_chance(chances, chances) == pytest.approx(0)
    assert evaluation.above_chance(np.ones(len(tests)), chances) == pytest.approx(1)


@settings(deadline=None)
@given(answers)
def test_the_paired_test_is_symmetric_and_ignores_agreement(pair):
    a, b = pair
    p = evaluation.paired(a, b)
    assert 0 < p <= 1 and p == evaluation.paired(b, a)
    more = np.concatenate([a, [1, 0]]), np.concatenate([b, [1, 0]])
    assert evaluation.paired(*more) == p


@pytest.mark.parametrize(("only_a", "only_b"), [(0, 0), (3, 3), (5, 1), (0, 9), (4, 22)])
def test_the_paired_test_counts_coins(only_a, only_b):
    n = only_a + only_b
    far = sum(math.comb(n, i) for i in range(n + 1) if abs(2 * i - n) >= abs(only_a - only_b))
    a = np.array([1] * only_a + [0] * only_b + [1])
    b = np.array([0] * only_a + [1] * only_b + [1])
    assert evaluation.paired(a, b) == pytest.approx(far / 2**n)


@given(st.lists(st.tuples(st.floats(0.1, 9), st.text("abé 你", min_size=1, max_size=9)),
                min_size=1, max_size=6))
def test_options_of_one_length_are_picked_alike(options):
    nats = [cost for cost, _ in options]
    both = evaluation.pick(nats, ["four"] * len(nats))
    assert both[0] == both[1] or nats[both[0]] == pytest.approx(nats[both[1]])
    by_byte = evaluation.pick(nats, [text for _, text in options])[1]
    assert all(nats[by_byte] / len(options[by_byte][1].encode()) <= cost / len(text.encode())
               for cost, text in options)


# --- votes and judges -------------------------------------------------------------------------


def battles(seed: int, n: int = 5) -> np.ndarray:
    wins = np.random.default_rng(seed).integers(1, 30, size=(n, n))
    np.fill_diagonal(wins, 0)
    return wins


@pytest.mark.parametrize("seed", range(5))
def test_bradley_terry_expects_as_many_wins_as_there_were(seed):
    """That is what the likeliest ratings have in common, by setting the slopes to 0."""
    wins = battles(seed)
    ratings = evaluation.bradley_terry(wins)
    p = 1 / (1 + 10 ** ((ratings - ratings[:, None]) / 400))
    np.fill_diagonal(p, 0)
    assert ((wins + wins.T) * p).sum(axis=1) == pytest.approx(wins.sum(axis=1), abs=0.02)
    assert ratings.mean() == pytest.approx(0, abs=1e-9)


def test_it_is_the_minimum_of_the_loss_of_the_lesson_on_assistants():
    wins = battles(1, 3)
    winner, loser = np.repeat([(i, j) for i in range(3) for j in range(3)], wins.ravel(), axis=0).T

    def loss(ratings):
        rewards = ratings * math.log(10) / 400
        return assistants.bradley_terry_loss(rewards[winner], rewards[loser])

    best = evaluation.bradley_terry(wins)
    for step in np.vstack([np.eye(3), -np.eye(3)]) * 3:
        assert loss(best) < loss(best + step)


def test_order_moves_elo_and_never_bradley_terry():
    truth = np.linspace(-140, 140, 8)
    elo = section("def elo", np=np, seed=0, truth=truth)["elo"]
    rng = np.random.default_rng(3)
    pairs = np.array([rng.choice(8, size=2, replace=False) for _ in range(2000)])
    won = rng.random(2000) < 1 / (1 + 10 ** ((truth[pairs[:, 1]] - truth[pairs[:, 0]]) / 400))
    votes = np.where(won[:, None], pairs, pairs[:, ::-1])
    orders = [np.random.default_rng(i).permutation(votes) for i in range(20)]
    rankings = {tuple(elo(order, 32).argsort()) for order in orders}
    assert len(rankings) >= 10
    tables = np.zeros((2, 8, 8), int)
    np.add.at(tables[0], tuple(votes.T), 1)
    np.add.at(tables[1], tuple(orders[0].T), 1)
    assert (tables[0] == tables[1]).all()
    error = evaluation.bradley_terry(tables[0]) - truth
    assert math.sqrt((error**2).mean()) < 25
    assert elo(orders[0], 32).mean() == pytest.approx(0, abs=1e-9)


def test_how_many_votes_separate_neighbours():
    p = 1 / (1 + 10 ** (-40 / 400))
    assert 0.25 * (1.96 / (p - 0.5)) ** 2 == pytest.approx(300, rel=0.03)
    said("about 300 votes between *these two*")


@given(st.floats(-3, 3), st.floats(-3, 3))
def test_the_bias_cancels_exactly(d, b):
    shares = [1 / (1 + math.exp(-(b + side * d))) for side in (1, -1)]
    assert evaluation.unbiased(*shares) == pytest.approx((d, b), abs=1e-6)


def test_the_mean_of_both_orders_shrinks_the_lead():
    first, second = (1 / (1 + math.exp(-(0.8 + side * 1.5))) for side in (1, -1))
    assert 1 / (1 + math.exp(-1.5)) == pytest.approx(0.82, abs=0.005)
    assert (first + 1 - second) / 2 == pytest.approx(0.79, abs=0.005)
    assert 1 / (1 + math.exp(-(0.8 - 0.4))) > 0.5  # the judge "prefers" A against its own taste
    said("$d = 1.5$ is a share of 0.82")


# --- leaks and failures -----------------------------------------------------------------------


@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abc"), max_size=12),
       st.integers(1, 4))
def test_what_was_copied_is_found_whole(item, around, n):
    item, around = " ".join(item), " ".join(around)
    share = evaluation.leaked(item, f"{around} {item} {around}", n)
    assert share == (len(item.split()) >= n)
    assert 0 <= evaluation.leaked(item, around, n) <= 1


def test_the_failures_are_a_test_that_can_fail():
    body = SOURCE[SOURCE.index("def last_number"):].split("\nfor name, passes")[0]
    space = {"re": re}
    exec(body, space)
    for wanted, check, said_then, right in space["archive"]:
        assert check(right) and not check(said_then) and wanted in right
    assert sum(wanted in said_then for wanted, _, said_then, _ in space["archive"]) == 2


def test_the_answers_of_the_archive():
    assert 70 - 6 // 2 == 67
    assert 2 * (26 - 6) + 10 + 2 == 52  # she was 50 in 2015
    assert (-1) ** 3 == -1
    assert 0.55**5 == pytest.approx(0.05, abs=0.001)


# --- the kept model ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def kept() -> dict:
    """What the lesson's first cells define, with the path's own GPT."""
    opening = SOURCE[SOURCE.index("# %%\nimport copy"):SOURCE.index("# %%\nfigure, axes")]
    code = re.sub(r"(?m)^# .*$", "", opening)
    code = code.replace('path.model("gpt")', "path.model(shipped=True)")
    space: dict = {}
    exec(code, space)
    return space


def test_two_reports_are_below_the_entropy_of_these_stories(kept):
    right, skipped, averaged = kept["reports"].values()
    assert skipped < kept["floor"] - 0.0005 and averaged < kept["floor"] - 0.0005
    assert kept["floor"] < right < kept["floor"] + 0.001


def test_a_shorter_stride_costs_less(kept):
    space = kept | {"spans": evaluation.spans}
    exec(SOURCE[SOURCE.index("def starts"):].split("figure, axes")[0], space)
    far, *_, near = space["by_stride"]
    assert far > 2 * near > 2 * kept["floor"]


@pytest.mark.slow
def test_long_right_options_rarely_win_by_the_whole(kept):
    space = kept | {"pick": evaluation.pick}
    exec(SOURCE[SOURCE.index("def test_questions"):].split("\n# %%")[0], space)
    exec(SOURCE[SOURCE.index("def option_costs"):].split("\n# %%")[0], space)
    taken, long = space["taken"], space["long"]
    assert taken[32][long, 0].mean() < 0.1 < 0.3 < taken[32][~long, 0].mean()
    assert taken[40][long, 1].mean() > taken[40][long, 0].mean() + 0.15
    assert (taken[160].mean(axis=0) > 0.97).all()
    whole, each = taken[40].astype(int).T
    assert 0.05 < each.mean() - whole.mean() < 0.16
    assert evaluation.paired(whole, each) < 0.02

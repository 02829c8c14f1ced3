"""The numbers in the prose of the emergence lesson, its claims, and properties of its answers."""

from __future__ import annotations

import ast
import functools
import itertools
import math
from collections import Counter

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from pathkit.checks.loading import exercises_of
from pathkit.exercises import emergence
from pathkit.modules.emergence import predictions
from pathkit.path_modules import OURS

LESSON = OURS.lesson("emergence")
SOURCE = LESSON.read_text(encoding="utf-8")
PROSE = " ".join(
    line.removeprefix("#").strip() for line in SOURCE.splitlines() if line.startswith("#")
)
exact_match, at_least = emergence.exact_match, emergence.at_least
pass_at_k, voted = emergence.pass_at_k, emergence.voted
chain_right, words_needed = emergence.chain_right, emergence.words_needed
edit_distance = emergence.edit_distance
chance = st.floats(0, 1)
short = st.text(alphabet="abc", max_size=6)


def said(text: str) -> None:
    assert text in PROSE, f"the lesson doesn't say: {text}"


@functools.cache
def lesson() -> dict:
    """What the lesson imports, defines as functions and classes, and makes before it trains."""
    torch.set_num_threads(1)
    space = {**exercises_of("emergence")}
    kept = []
    for node in ast.parse(SOURCE).body:
        made = {t.id for t in getattr(node, "targets", ()) if isinstance(t, ast.Name)}
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom):
            kept.append(node)
        elif made & {"seed", "steps", "widths", "symbols", "mixed", "long", "plans", "sets"}:
            kept.append(node)
    exec(compile(ast.Module(kept, []), str(LESSON), "exec"), space)
    return space


# --- the answers ------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(a=short, b=short, c=short)
def test_edits_are_a_distance(a, b, c):
    there = edit_distance(a, b)
    assert there == edit_distance(b, a)
    assert (there == 0) == (a == b)
    assert there <= edit_distance(a, c) + edit_distance(c, b)
    assert abs(len(a) - len(b)) <= there <= max(len(a), len(b))


@settings(max_examples=40, deadline=None)
@given(p=chance, k=st.integers(1, 7), m=st.integers(0, 7))
def test_at_least_m_of_k_counts_all_ways(p, k, m):
    ways = itertools.product([True, False], repeat=k)
    counted = sum(math.prod(p if right else 1 - p for right in way) for way in ways
                  if sum(way) >= m)
    assert at_least(p, k, m) == pytest.approx(counted, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(p=chance, k=st.integers(1, 12))
def test_one_formula_makes_three_rulers(p, k):
    assert at_least(p, k, k) == pytest.approx(exact_match(p, [k]), abs=1e-9)
    assert at_least(p, k, 1) == pytest.approx(1 - (1 - p) ** k, abs=1e-9)
    n = 2 * k + 1
    assert voted([p], n) == pytest.approx(at_least(p, n, k + 1), abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(n=st.integers(1, 7), c=st.integers(0, 7), k=st.integers(1, 7))
def test_pass_at_k_counts_all_picks(n, c, k):
    c, k = min(c, n), min(k, n)
    picks = list(itertools.combinations([1] * c + [0] * (n - c), k))
    assert pass_at_k(n, c, k) == pytest.approx(sum(map(any, picks)) / len(picks), abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(p=chance, n=st.integers(1, 12), k=st.integers(1, 12))
def test_pass_at_k_is_right_on_average_and_the_shortcut_never_too_high(p, n, k):
    k = min(k, n)
    weights = [math.comb(n, c) * p**c * (1 - p) ** (n - c) for c in range(n + 1)]
    ours = sum(w * pass_at_k(n, c, k) for c, w in enumerate(weights))
    shortcut = sum(w * (1 - (1 - c / n) ** k) for c, w in enumerate(weights))
    assert ours == pytest.approx(1 - (1 - p) ** k, abs=1e-9)
    assert shortcut <= ours + 1e-9


@settings(max_examples=40, deadline=None)
@given(p=st.floats(0.2, 0.95), k=st.integers(1, 5), sure=st.floats(0.05, 0.99))
def test_fewer_words_are_not_enough(p, k, sure):
    n = words_needed(p, k, sure)
    assert 1 - (1 - p**k) ** n >= sure - 1e-9
    assert 1 - (1 - p**k) ** (n - 1) <= sure + 1e-9


@settings(max_examples=40, deadline=None)
@given(r=chance, mend=chance, steps=st.integers(0, 40))
def test_a_chain_approaches_its_level(r, mend, steps):
    x = chain_right(r, mend, steps)
    assert -1e-9 <= x <= 1 + 1e-9
    if 1 - r + mend > 1e-3:
        level = mend / (1 - r + mend)
        assert x == pytest.approx(level + (1 - level) * (r - mend) ** steps, abs=1e-9)


# --- the prose --------------------------------------------------------------------------------


def test_powers_of_the_prose():
    said("$0.9^{10} = 0.35$")
    assert f"{exact_match(0.9, [10]):.2f}" == "0.35"
    assert f"{exact_match(0.99, [10]):.2f}" == "0.90"
    assert exact_match(0.7, [10]) < 0.03
    assert predictions.half_words.value() == pytest.approx(0.933, abs=5e-4)
    assert [round(100 * p**10) for p in (0.8, 0.9, 0.95)] == [11, 35, 60]
    assert 0.9 * 0.5 < 0.7 * 0.7


def test_one_edit_can_move_every_letter():
    said("Where `ecnarf` is wanted, `cnarf` has no letter in its place, and yet one")
    assert not any(a == b for a, b in zip("ecnarf", "cnarf", strict=False))
    assert edit_distance("ecnarf", "cnarf") == 1


def test_how_many_words_a_zero_needs():
    assert round(0.3**-10, -4) == 170_000
    assert words_needed(0.3, 10, 0.95) / 0.3**-10 == pytest.approx(3, abs=0.01)
    assert words_needed(0.3, 10, 0.95) == pytest.approx(500_000, rel=0.02)
    said("With half a million words")


def test_chains_of_the_prose():
    assert f"{chain_right(0.95, 0, 20):.2f}" == "0.36"
    assert chain_right(0.95, 0, 13) > 0.5 > chain_right(0.95, 0, 14)
    assert f"{chain_right(0.95, 0.5, 100):.2f}" == "0.91"
    said("$0.5 / (0.05 + 0.5) = 0.91$, because there as much is mended as breaks")
    level = 0.5 / 0.55
    assert level * 0.05 == pytest.approx((1 - level) * 0.5)


def test_votes_of_the_prose():
    sets = lesson()["sets"]
    assert {round(float(np.mean(ps)), 9) for ps in sets.values()} == {0.64}
    assert f"{voted([0.64], 15):.2f}" == "0.87"
    said("15 of them vote right with 0.87")
    assert voted(sets["4 sure, 6 at 0.4"], 201) == pytest.approx(0.4, abs=0.005)
    last = [voted(ps, 61) for ps in sets.values()]
    assert [round(x, 2) for x in last] == [0.99, 0.43, 0.60]


def test_the_report_of_the_thread():
    report = lesson()["report"]
    table = [[1]] * 50 + [[0]] * 114
    assert [f"{report(table, k):.1%}" for k in (1, 10, 100)] == ["30.5%", "97.7%", "100.0%"]
    said("From 30% to 98%")
    assert report([[1, 0, 1, 1, 0, 0]], 2) == pass_at_k(6, 3, 2)


def test_skip_questions_and_options_hold():
    assert f"{0.9**20:.2f} to {0.99**20:.2f}" in predictions.skip_power.options["a"][0]
    assert f"{0.9**5:.2f} to {0.99**5:.2f}" in predictions.skip_power.options["c"][0]
    assert pass_at_k(10, 1, 5) == pytest.approx(0.5)
    assert f"{1 - 0.9**5:.2f}" == predictions.skip_pass.options["a"][0]
    assert round(1 / 0.3**6, -2) == 1400 and round(0.3**-10 / 1000) == 169


# --- the exercise with many answers -----------------------------------------------------------


@pytest.mark.parametrize("table", [
    [[1] * 5, [0] * 5],
    [[0] * 5] * 8 + [[1] * 8],
    ((1, 1, 1, 1, 1), (0, 0, 0, 0, 0), (0, 0, 0, 0, 0)),
    [[True] * 5, [False] * 5, [False] * 5],
    [[1.0] * 5, [0.0] * 7, [0.0] * 7],
    np.array([[1] * 6, [0] * 6, [0] * 6]),
    [[1, 1, 1, 1, 1, 0]] + [[0] * 5] * 3,
    [[1] * 5, [0] * 500],  # too low: the heap hides the solved problem
])
def test_any_table_that_exposes_the_report_passes(table):
    report = lesson()["report"]
    truth = np.mean([pass_at_k(len(row), int(sum(row)), 5) for row in table])
    rows = [[int(one) for one in row] for row in table]
    assert abs(report(rows, 5) - truth) >= 0.4
    assert emergence.exposes.check(table).passed


@pytest.mark.parametrize(("table", "told"), [
    ([[0] * 5] * 9 + [[1] * 5], "are the right idea"),
    ([[1] + [0] * 19] * 4, "all alike"),
    ([[1, 1, 1, 1]] + [[0] * 5] * 3, "Nobody can pick 5 different programs of 4"),
    ([[2, 0, 0, 0, 0]], "write 1 or 0"),
    ([[1] * 5, []], "no programs at all"),
    ([], "A list of problems is expected"),
])
def test_a_table_that_does_not_is_told_why(table, told):
    verdict = emergence.exposes.check(table)
    assert not verdict.passed and told in " ".join(str(verdict).split())


# --- the lesson's machine ---------------------------------------------------------------------


def test_a_batch_is_a_word_and_the_same_word_backwards():
    space = lesson()
    source, read, wanted = space["batch"](np.random.default_rng(5), 50)
    lengths = Counter()
    for s, r, w in zip(source.tolist(), read.tolist(), wanted.tolist(), strict=True):
        word = [i for i in s if i]
        lengths[len(word)] += 1
        assert min(word) >= 2
        assert w == word[::-1] + [1] + [0] * (10 - len(word))
        assert r == [1] + word[::-1] + [0] * (10 - len(word))
    assert min(lengths) == 3 and max(lengths) == 10
    assert {len([i for i in s if i]) for s in space["long"][0].tolist()} == {10}


def test_a_model_never_sees_what_it_is_to_say():
    space = lesson()
    torch.manual_seed(0)
    model = space["Reverser"](8)
    source, read, _ = space["batch"](np.random.default_rng(1), 4, shortest=10)
    changed = read.clone()
    changed[:, 6:] = 5
    before, after = model(source, read), model(source, changed)
    assert torch.allclose(before[:, :6], after[:, :6], atol=1e-5)
    assert not torch.allclose(before[:, 6:], after[:, 6:], atol=1e-3)


def test_writing_begins_with_the_point_and_ends_after_one_symbol_more():
    space = lesson()
    torch.manual_seed(0)
    model = space["Reverser"](4)
    source = space["long"][0][:3]
    assert space["write"](model, source).shape == (3, 11)
    drawn = [space["write"](model, source, torch.Generator().manual_seed(i)) for i in (0, 0, 1)]
    assert torch.equal(drawn[0], drawn[1]) and not torch.equal(drawn[0], drawn[2])


@pytest.mark.slow
def test_what_the_prose_says_of_the_trainings():
    """In one run of the narrowest, the middle and the widest model."""
    space = lesson()
    seen = {width: space["train"](width) for width in (4, 8, 12)}
    space["models"] = {width: model for width, (model, _) in seen.items()}
    ends = {width: history[-1][-1] for width, (_, history) in seen.items()}
    letters = {width: right.mean() for width, right in ends.items()}
    words = {width: right.all(axis=1).mean() for width, right in ends.items()}
    assert letters[4] < 0.1 and 0.12 < letters[8] < 0.45 and letters[12] > 0.93
    assert words[4] == words[8] == 0 and words[12] > 0.5
    chances = np.array([one[2] for one in seen[12][1]])  # (20, 10)
    early = np.argmax(chances[:, 0] > 0.4)
    assert chances[early, 5] < 0.25, "the sixth letter waits while the first is learned"
    for _, history in seen.values():
        for _, loss, by_place, right in history:
            if loss > 1.8:
                assert by_place[4:7].mean() < 0.2 and right.all(axis=1).mean() == 0
    halves = space["reverses"](12, 5) ** 2
    assert halves > space["reverses"](12, 10) - 0.02

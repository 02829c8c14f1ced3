"""What the induction-heads lesson promises: its circuit, its scores, the numbers of its prose."""

from __future__ import annotations

import ast
import itertools
import math

import numpy as np
import pytest
import torch
import torch.nn as nn
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st

from pathkit import datasets
from pathkit.exercises import attention as earlier
from pathkit.exercises import induction_heads as heads
from pathkit.notebook.model import model as kept_model
from pathkit.path_modules import OURS

LESSON = OURS.lesson("induction-heads")
SOURCE = LESSON.read_text(encoding="utf-8")
PROSE = " ".join(
    line.removeprefix("#").strip() for line in SOURCE.splitlines() if line.startswith("#")
)
TEXTS = st.lists(st.integers(0, 4), min_size=1, max_size=12)
torch.set_num_threads(1)


def _lesson() -> dict:
    """The functions, classes and sizes that the lesson defines, over the references."""
    space = {"np": np, "math": math, "torch": torch, "nn": nn, "F": F, "earlier": earlier,
             "seed": 0, "steps": 200}
    space.update({name: getattr(heads, name) for name in (
        "expected_next", "prefix_matching", "stripe", "ablated", "shifted", "in_context_score")})
    kept = [n for n in ast.parse(SOURCE).body if isinstance(n, ast.FunctionDef | ast.ClassDef)
            or ast.unparse(n).startswith(("V, T, width", "fresh ="))]
    exec(compile(ast.Module(kept, []), str(LESSON), "exec"), space)
    return space


SPACE = _lesson()
attend, right_at = SPACE["attend"], SPACE["right_at"]


def said(text: str) -> None:
    assert text in PROSE, f"the lesson doesn't say: {text}"


def sure(tokens: list[int]) -> dict[int, int]:
    """The places whose token was always followed by the same one before, and that one."""
    after = {t: {tokens[s + 1] for s in range(t) if tokens[s] == tokens[t]}
             for t in range(len(tokens))}
    return {t: min(found) for t, found in after.items() if len(found) == 1}


def misses(tokens: list[int], chances) -> int:
    return sum(bool(chances[t, token] <= 0.9) for t, token in sure(tokens).items())


def with_first_token(tokens: list[int]) -> np.ndarray:
    return heads.by_hand([9, *tokens], 10, attend)[1:]


# --- the rule, and the circuit by hand --------------------------------------------------------


@given(TEXTS)
def test_the_rule_expects_what_followed_last(tokens):
    followed, before = {}, None
    for token, expected in zip(tokens, heads.expected_next(tokens), strict=True):
        followed.update({before: token} if before is not None else {})
        assert expected == followed.get(token)
        before = token


@settings(deadline=None)
@given(TEXTS)
def test_with_a_first_token_the_circuit_never_misses(tokens):
    assert misses(tokens, with_first_token(tokens)) == 0


@settings(deadline=None)
@given(TEXTS)
def test_without_one_it_misses_where_the_first_returns_and_nowhere_else(tokens):
    returns = tokens[0] in tokens[1:] and tokens[1] != tokens[0]
    assert bool(misses(tokens, heads.by_hand(tokens, 5, attend))) == returns


def test_the_counts_that_are_told_of_the_circuit():
    text = [4, 2, 0, 5, 1, 3] * 3
    assert right_at(text, heads.by_hand(text, 6, attend)) == (10, 12)
    assert right_at(text, heads.by_hand([6, *text], 7, attend)[1:]) == (12, 12)
    texts = [list(tokens) for tokens in itertools.product(range(3), repeat=6)]
    missed = sum(misses(tokens, heads.by_hand(tokens, 3, attend)) > 0 for tokens in texts)

    def steps_on(tokens):
        token, T = np.eye(3)[tokens], len(tokens)
        return attend(attend(token, token, np.eye(T)) @ np.eye(T, k=1), np.eye(T), token)

    assert not any(misses(tokens, steps_on(tokens)) for tokens in texts)
    said(f"Of the {len(texts)} texts of six tokens from three, `by_hand` misses in {missed}")


def test_the_hook_shows_what_is_said_of_it():
    words = "ravi lost a red kite ravi lost a red".split()
    names = sorted(set(words))
    tables = []

    def watched(Q, K, V):
        tables.append(attend(Q, K, np.eye(len(K))))
        return attend(Q, K, V)

    heads.by_hand([names.index(word) for word in words], len(names), watched)
    assert words[tables[1][-1].argmax()] == "kite" and tables[1][-1].max() > 0.99
    assert tables[1][5, :2] == pytest.approx([0.5, 0.5])  # the second ravi: ravi and lost


# --- scores -----------------------------------------------------------------------------------


@given(st.integers(2, 6), st.integers(0, 9))
def test_the_stripe_is_prefix_matching_where_a_text_goes_round_twice_at_most(period, seed):
    rng = np.random.default_rng(seed)
    T = 2 * period
    weights = np.tril(rng.random((T, T)))
    weights /= weights.sum(axis=1, keepdims=True)
    tokens = rng.permutation(period).tolist() * 2
    assert heads.stripe(weights, period) == pytest.approx(heads.prefix_matching(weights, tokens))


def test_a_perfect_head_scores_one_however_often_a_text_goes_round():
    tokens = [3, 1, 0, 2] * 4
    T = len(tokens)
    token = np.eye(4)[tokens]
    note = np.vstack([np.zeros(4), token[:-1]])
    table = attend(token, note, np.eye(T))
    assert heads.prefix_matching(table, tokens) == pytest.approx(1)
    assert heads.stripe(table, 4) < 0.7


def test_moved_keys_let_no_future_in():
    keys = torch.randn(2, 3, 7, 4)
    changed = keys.clone()
    changed[..., 5:, :] += 1
    same = (heads.shifted(keys) == heads.shifted(changed)).all(dim=-1)
    assert same[..., :6].all() and not same[..., 6].any()


def test_the_score_is_late_minus_early():
    losses = np.array([[3.0, 2.0, 1.0], [2.0, 1.0, 0.5], [9.0, 9.0, 0.0]])
    assert heads.in_context_score(losses, [3, 3, 2], 0, 2) == pytest.approx(-1.75)


# --- the prose --------------------------------------------------------------------------------


def test_the_price_of_blind_guesses():
    tokens, periods = SPACE["fresh"]
    heard = 64 - periods
    in_play = float((periods.float().log() * heard).sum() / heard.sum())
    assert f"costs {math.log(64):.1f} nats, one among those of the text {in_play:.1f}" in (
        heads.one_layer.ask)
    assert tokens.shape == (32, 65) and 8 <= periods.min() and periods.max() <= 32


def test_texts_repeat_and_hold_no_token_twice_in_a_period():
    tokens, periods = SPACE["texts"](20, torch.Generator().manual_seed(3))
    for text, period in zip(tokens.tolist(), periods.tolist(), strict=True):
        assert text[period:] == text[:-period] and len(set(text[:period])) == period


def test_layers_are_causal():
    torch.manual_seed(0)
    for layers, shift in ((1, False), (1, True), (2, False)):
        model = SPACE["AttentionOnly"](layers, shift)
        tokens = torch.randint(64, (2, 9))
        later = tokens.clone()
        later[:, 6:] = (later[:, 6:] + 1) % 64
        difference = (model(tokens) - model(later)).abs().amax(dim=(0, 2))
        assert difference[:6].max() < 1e-5 < difference[6:].min()


def test_the_story_gpt_pays_as_much_the_third_time():
    gpt = kept_model("gpt", shipped=True)
    size = len(gpt.symbols)
    generator = torch.Generator().manual_seed(0)
    lists = 3 + torch.rand(60, size - 3, generator=generator).argsort(dim=1)[:, :20]
    tokens = torch.cat([torch.zeros(60, 1).long(), lists, lists, lists], dim=1)
    with torch.no_grad():
        nats = F.cross_entropy(gpt.model(tokens[:, :-1]).transpose(1, 2), tokens[:, 1:],
                               reduction="none")
    rounds = [nats[:, 20 * n : 20 * n + 20].mean().item() for n in range(3)]
    assert min(rounds) > 3 * math.log(size) and max(rounds) - min(rounds) < 1
    assert f"costs {math.log(size):.1f} nats a letter" in " ".join(heads.kept_gpt.ask.split())


@pytest.mark.slow
def test_the_story_gpt_uses_its_context_as_well_as_can_be():
    gpt, grammar = kept_model("gpt", shipped=True), datasets.SMALL_TALES
    stories = grammar.sample(100, 10**6)
    index = {symbol: i for i, symbol in enumerate(gpt.symbols)}
    paid, perfect = np.zeros((2, 100, 160))
    for row, story in enumerate(stories):
        codes = torch.tensor([0, *(index[c] for c in story)])
        with torch.no_grad():
            chances = gpt.model(codes[None, :-1])[0].log_softmax(dim=-1)
        paid[row, : len(story)] = -chances[torch.arange(len(story)), codes[1:]].numpy()
        perfect[row, : len(story)] = [-math.log(grammar.conditional(story[:i])[c])
                                      for i, c in enumerate(story)]
    lengths = [len(story) for story in stories]
    scores = [np.mean([heads.in_context_score(nats, lengths, n, n + 90) for n in range(20)])
              for nats in (paid, perfect)]
    assert scores == pytest.approx([-0.16, -0.16], abs=0.01)
    said("cheaper by about 0.16 nats, and for the perfect reader by no more")


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1])
def test_two_layers_learn_to_copy_and_one_does_not(seed):
    SPACE["seed"] = seed
    _, one = SPACE["teach"](1)
    two, history = SPACE["teach"](2)
    _, moved = SPACE["teach"](1, shift=True, how_many=60)
    assert 3.3 < one[-1][1] < 3.8 and history[-1][1] < 0.3 and moved[-1][1] < 0.1

    def first_below(seen, nats):
        return next(step for step, loss, _ in seen if loss < nats)

    assert first_below(moved, 0.5) <= 30 and 90 <= first_below(history, 0.5) <= 150
    assert 15 <= first_below(history, 0.5) - first_below(history, 3) <= 60

    def loss_with(**how):
        with torch.no_grad():
            return SPACE["loss_of"](two, *SPACE["fresh"], **how).item()

    first, second = (SPACE["scores_of"](weights) for weights in history[-1][2])
    sharper = int(first[:, 0].argmax())
    assert first[sharper, 0] > 0.7 and second[:, 1].min() > 0.9
    assert loss_with(off=[(0, sharper)]) > 2 and loss_with(off=[(0, 1 - sharper)]) < 1.5
    assert max(loss_with(off=[(1, 0)]), loss_with(off=[(1, 1)])) < 1
    assert loss_with(off=[(1, 0), (1, 1)]) > 3
    assert loss_with(closed="key") > math.log(64)
    assert max(loss_with(closed="query"), loss_with(closed="value")) < 0.3

"""What the lesson on the GPT family promises: counts of real arrays, the numbers of its prose."""

from __future__ import annotations

import ast
import functools
import math
import re

import numpy as np
import pytest
import torch
import torch.nn as nn
from hypothesis import given, settings
from hypothesis import strategies as st

import pathkit as path
from pathkit.exercises import gpt_family
from pathkit.exercises.gpt import GPT, train
from pathkit.path_modules import OURS

LESSON = OURS.lesson("gpt-family")
SOURCE = LESSON.read_text(encoding="utf-8")
PROSE = " ".join(
    line.removeprefix("#").strip() for line in SOURCE.splitlines() if line.startswith("#")
)


def said(text: str) -> None:
    assert text in PROSE, f"the lesson doesn't say: {text}"


@functools.cache
def data() -> dict:
    """The tables of the lesson that are written out in it."""
    names = {"GPT2", "TABLE", "D1", "FAMILY"}
    kept = [node for node in ast.parse(SOURCE).body
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in names]
    space: dict = {}
    exec(compile(ast.Module(kept, []), str(LESSON), "exec"), space)
    return space


class _Block(nn.Module):
    """GPT-2's block, as arrays alone."""

    def __init__(self, d: int):
        super().__init__()
        self.norms = nn.ModuleList([nn.LayerNorm(d), nn.LayerNorm(d)])
        self.layers = nn.ModuleList([nn.Linear(d, 3 * d), nn.Linear(d, d), nn.Linear(d, 4 * d),
                                     nn.Linear(4 * d, d)])


class _GPT2(nn.Module):
    def __init__(self, n_layer: int, d: int, vocab_size: int, context: int, last_norm: bool):
        super().__init__()
        self.token, self.place = nn.Embedding(vocab_size, d), nn.Embedding(context, d)
        self.blocks = nn.ModuleList([_Block(d) for _ in range(n_layer)])
        if last_norm:
            self.norm = nn.LayerNorm(d)
        self.head = nn.Linear(d, vocab_size, bias=False)
        self.head.weight = self.token.weight


# --- the counts ---------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 3), st.integers(1, 12), st.integers(1, 30), st.integers(1, 20), st.booleans())
def test_the_formula_counts_real_arrays(n_layer, d, vocab_size, context, last_norm):
    model = _GPT2(n_layer, d, vocab_size, context, last_norm)
    counted = gpt_family.count_parameters(model)
    assert counted == gpt_family.gpt_parameters(n_layer, d, vocab_size, context, last_norm)


def test_the_kept_model_differs_by_what_the_lesson_names():
    kept = path.model("gpt", shipped=True)
    real = sum(array.size for array in kept.weights.values())
    c = kept.config
    formula = gpt_family.gpt_parameters(
        c["n_layer"], c["n_embd"], c["vocab_size"], c["context_length"])
    assert real - formula == 27 * 48 + 27 - 2 * 3 * 48 == 1035
    assert real == gpt_family.count_parameters(GPT(27, 160, 48, 4, 2))


def test_known_sizes():
    assert gpt_family.gpt_parameters(12, 768, 40478, 512, last_norm=False) == 116_534_784
    sizes = [gpt_family.gpt_parameters(n, d, 50257, 1024) for _, n, d, _ in data()["GPT2"]]
    assert sizes == [124_439_808, 354_823_168, 774_030_080, 1_557_611_200]
    assert round((sizes[0] + 50257 * 768) / 1e6) == 163
    assert round(12 * gpt_family.block_parameters(768) / 1e6) == 85


def test_the_printed_sizes_of_gpt_2_fit_the_vocabulary_of_gpt_1():
    rows = data()["GPT2"]
    fits = [v for v in range(30_000, 60_000)
            if all(round(gpt_family.gpt_parameters(n, d, v, 1024) / 1e6) == m
                   for _, n, d, m in rows)]
    assert 40478 in fits and 50257 not in fits
    said(f"One vocabulary in {30_000 / len(fits):.0f} fits")


# --- the table ----------------------------------------------------------------------------------


def test_two_rows_contradict_themselves_and_the_appendix_settles_both():
    table, reported = data()["TABLE"], data()["D1"]
    assert gpt_family.odd_rows(table) == ["XL", "13B"]
    rows = {row[0]: row[1:] for row in table}
    settled = {name: gpt_family.repaired(*rows[name], reported[name][0]) for name in ("XL", "13B")}
    assert settled["XL"][:2] == (16, 2048) and settled["13B"][:2] == (40, 5120)
    said("XL had 16 heads and 13B a width of 5,120")
    assert 5140 // 40 == 128
    for name, (n_layer, d_model, _, _) in rows.items():
        width = settled[name][1] if name in settled else d_model
        millions = gpt_family.gpt_parameters(n_layer, width, 50257, 2048) / 1e6
        assert abs(millions - reported[name][0]) <= (0.51 if millions < 1000 else 5)
        bill = gpt_family.pf_days(1e6 * reported[name][0], 300e9)
        assert bill == pytest.approx(reported[name][1], rel=5e-3)


def test_what_6nd_leaves_out():
    shares = [12 * n * d * 2048 / (6 * gpt_family.gpt_parameters(n, d, 50257, 2048))
              for n, d in ((12, 768), (96, 12288))]
    assert [round(100 * share) for share in shares] == [30, 3]
    assert gpt_family.scores.value() == pytest.approx(100 * shares[0])
    assert f"{6 * 405e9 * 15.6e12:.1e}" == "3.8e+25"


# --- prompts ------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.text("abc", min_size=1), st.text("xyz", min_size=1)), max_size=5))
def test_a_prompt_can_be_read_back(examples):
    first, *lines, last = gpt_family.prompt("Do:", examples, "q").split("\n")
    assert first == "Do:" and last == "q =>"
    assert [tuple(line.split(" => ")) for line in lines] == examples


def test_the_kept_model_knows_six_things_and_copies_no_seventh():
    kept = path.model("gpt", shipped=True)
    index = {symbol: i for i, symbol in enumerate(kept.symbols)}
    before = "\none hot day mei got a red {}. she lost it at the zoo. omar found the red "

    @torch.no_grad()
    def chance(text, word):
        tokens = torch.tensor([[index[c] for c in text + word]])
        logs = kept.model(tokens).log_softmax(dim=-1)[0, len(text) - 1 : -1]
        return logs.gather(1, tokens[0, len(text) :, None]).sum().exp().item()

    for thing in path.datasets.SMALL_TALES.things:
        assert chance("\none hot day mei got a red ", thing) == pytest.approx(1 / 6, abs=0.03)
        assert chance(before.format(thing), thing) > 0.99
    assert chance(before.format("zab"), "zab") < 1e-6


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1])
def test_one_example_picks_a_shift_and_none_teaches_one(seed):
    part = SOURCE[SOURCE.index("rng = np.random.default_rng(seed)"):SOURCE.index("figure, axes = "
                  "path.figure(figsize=(7.5, 3.2))\nfor (name, curve)")]
    space = {"np": np, "torch": torch, "GPT": GPT, "train": train, "seed": seed, "steps": 500}
    exec(re.sub(r"path\.predict\(.*\)", "", part), space)
    known, never = space["curves"].values()
    assert known[0] < 25 and known[1] > 97
    assert max(never[:4]) < 10 and never[5] < 25


# --- the forecast -------------------------------------------------------------------------------


def test_the_forecast_misses_the_largest_alone():
    x = np.log10([1e6 * data()["D1"][row[0]][0] for row in data()["TABLE"]])
    y = np.array([42.7, 54.3, 60.4, 63.6, 67.1, 70.3, 72.5, 76.2])
    found = [gpt_family.forecast(x[:4], y[:4], place, 4.303) for place in x[4:]]
    inside = [abs(e - truth) <= half for (e, half), truth in zip(found, y[4:], strict=True)]
    assert inside == [True, True, True, False]
    estimate, half = found[-1]
    said(f"The forecast for the largest model is {estimate:.0f}% of all words")
    assert round(estimate - half - y[-1]) == 10 and "ten points below" in PROSE


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(-5, 5), min_size=4, max_size=9), st.floats(-20, 20), st.floats(0.5, 9))
def test_the_interval_is_narrowest_in_the_middle_and_moves_with_the_data(y, at, shift):
    x, y = np.arange(len(y)), np.array(y)
    estimate, half = gpt_family.forecast(x, y, at, 2.0)
    assert half >= gpt_family.forecast(x, y, x.mean(), 2.0)[1] - 1e-9
    moved, same = gpt_family.forecast(x, y + shift, at, 2.0)
    assert moved == pytest.approx(estimate + shift, abs=1e-6)
    assert same == pytest.approx(half, abs=1e-6)


# --- the family ---------------------------------------------------------------------------------


def test_gpt_oss_from_its_shapes():
    """Table 1 of its model card, for both sizes: MLP, attention, tables, active, all."""
    def counted(layers, experts, chosen=4, d=2880, vocab_size=201_088):
        attend = d * 80 * 64 + 80 * 64 + 64 * 64 * d + d + 64 + d
        expert, router = d * 2 * d + 2 * d + d * d + d, d * experts + experts
        mlp = [layers * (n * expert + router + d) for n in (experts, chosen)]
        around, table = layers * attend + d, vocab_size * d
        every = (mlp[0], layers * attend, 2 * table, mlp[1] + around + table,
                 mlp[0] + around + 2 * table)
        return [round(n / 1e9, 2) for n in every]

    assert counted(36, 128) == [114.71, 0.96, 1.16, 5.13, 116.83]
    assert counted(24, 32) == [19.12, 0.64, 1.16, 3.61, 20.91]
    assert gpt_family.active.value() == pytest.approx(100 * 5.13 / 116.83, abs=0.01)
    assert round(116.83 / 5.13) == 23 and "23 times what works" in PROSE
    said("114.71, 0.96, 1.16, 116.83 and 5.13 billion")


def test_the_timeline_agrees_with_what_was_counted():
    family = {name: (total, active) for name, _, total, active, _ in data()["FAMILY"]}
    assert family["GPT-1"][0] == pytest.approx(0.116534784, abs=1e-4)
    assert family["GPT-2"][0] == pytest.approx(1.557611200, abs=1e-3)
    assert family["GPT-3"][0] == pytest.approx(174.604, abs=0.01)
    assert family["GPT-3"][0] / family["GPT-1"][0] == pytest.approx(1500, rel=0.01)
    assert [name for name, (total, _) in family.items() if total is None] == [
        "GPT-4", "GPT-5", "GPT-5.5"]
    assert all(row[-1] for row in data()["FAMILY"])


def test_the_stretch_has_an_answer():
    sizes = [gpt_family.gpt_parameters(n, d, 50257, 1024) for _, n, d, _ in data()["GPT2"]]
    core = np.array([0.1139, 0.1849, 0.2146, 0.2565])
    estimate, half = gpt_family.forecast(np.log10(sizes), core, math.log10(174.6e9), 4.303)
    assert estimate - half < 0.427 < estimate < estimate + half

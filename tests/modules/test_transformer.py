"""Both blocks against torch's, the schedule's peak, and the numbers in the lesson's prose."""

from __future__ import annotations

import ast
import math
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn as nn
import torch.nn.functional as F

import pathkit as path
from pathkit.exercises import transformer as ours
from pathkit.modules.transformer.flat_row import _annotated_norm, _torch_norm
from pathkit.modules.transformer.predictions import _sizes
from pathkit.path_modules import OURS

ROOT = Path(__file__).parents[2]
LESSON = OURS.lesson("transformer").read_text(encoding="utf-8")
PROSE = " ".join(
    line.removeprefix("#").strip() for line in LESSON.splitlines() if line.startswith("#")
)
torch.set_num_threads(1)


def said(text: str) -> None:
    assert text in PROSE, f"the lesson doesn't say: {text}"


@pytest.fixture(scope="module")
def lesson():
    """What the lesson defines: its functions, its classes and its constants, nothing run."""
    kept = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)
    constants = {"seed", "steps", "n_embd", "batch_size", "symbols", "index", "masks",
                 "EncoderBlock", "names"}  # fmt: skip

    def named(node):
        targets = node.targets if isinstance(node, ast.Assign) else []
        return any(isinstance(n, ast.Name) and n.id in constants
                   for target in targets for n in ast.walk(target))

    tree = ast.parse(LESSON)
    tree.body = [node for node in tree.body if isinstance(node, kept) or named(node)]
    namespace = {}
    exec(compile(tree, "lesson", "exec"), namespace)
    return namespace


def moved(layer):
    """The layer with all weights moved, so that no norm stays at 1 and 0."""
    torch.manual_seed(1)
    for weight in layer.parameters():
        weight.data += 0.2 * torch.randn(weight.shape)
    return layer


@pytest.mark.parametrize("norm_first", [False, True])
@pytest.mark.parametrize("heads", [1, 4])
def test_both_blocks_are_torchs(lesson, norm_first, heads):
    source = torch.tensor([[3, 4, 5, 6, 7], [3, 4, 0, 0, 0], [9, 8, 7, 0, 0]])
    target = torch.tensor([[1, 4, 3], [1, 2, 0], [1, 7, 7]])
    x, memory = torch.randn(3, 3, 8), torch.randn(3, 5, 8)
    padding, hidden = ours.masks.reference(source, target)
    sizes = {"dim_feedforward": 32, "dropout": 0.0, "batch_first": True, "norm_first": norm_first}

    theirs = moved(nn.TransformerEncoderLayer(8, heads, **sizes))
    mine = ours.EncoderBlock.reference(8, heads, norm_first)
    mine.load_state_dict(lesson["from_torch"](theirs, mine))
    seen = source != 0  # what padding itself computes is of no interest
    expected = theirs(memory, src_key_padding_mask=~seen)
    assert (mine(memory, padding) - expected)[seen].abs().max() < 1e-5

    theirs = moved(nn.TransformerDecoderLayer(8, heads, **sizes))
    mine = ours.DecoderBlock.reference(8, heads, norm_first)
    mine.load_state_dict(lesson["from_torch"](theirs, mine))
    expected = theirs(x, memory, torch.ones(3, 3).triu(1).bool(),
                      tgt_key_padding_mask=target == 0, memory_key_padding_mask=~seen)
    found = mine(x, memory, hidden, padding)
    assert (found - expected)[target != 0].abs().max() < 1e-5


def test_layer_norm_is_torchs_in_double_precision():
    torch.manual_seed(0)
    x = 3 * torch.randn(4, 3, 7, dtype=torch.float64) + 2
    scale, shift = torch.randn(2, 7, dtype=torch.float64)
    found = ours.layer_norm.reference(x, scale, shift, 1e-5)
    assert (found - F.layer_norm(x, (7,), scale, shift)).abs().max() < 1e-12


def test_the_token_of_three_numbers():
    token = np.array([1.0, 3.0, 8.0])
    normed = (token - token.mean()) / token.std()
    assert normed.round(2).tolist() == [-1.02, -0.34, 1.36] and token.mean() == 4
    assert abs(token.var() - 26 / 3) < 1e-12


def test_the_annotated_norm():
    row = np.arange(8.0)
    ratio = _annotated_norm(row)[0] / _torch_norm(row)[0]
    assert abs(ratio - math.sqrt(7 / 8)) < 1e-5 and round(ratio, 3) == 0.935
    for row in ([0, 0, 0, 0.001], [5, 5, 5, 5, 5, 5.0005], np.array([1, 1.002, 1, 1])):
        assert ours.flat_row.check(row).passed, row
    for row in ("x", [], [1, 2, 3, 4], [[1, 1, 1, 1.001]], [1, 1, 1, np.nan], [2, 2, 2, 2]):
        assert not ours.flat_row.check(row).passed, row


def test_noams_peak_is_where_the_formula_puts_it():
    for width, warmup in ((512, 4000), (512, 8000), (512, 2000), (48, 100), (32, 7)):
        rates = [ours.noam.reference(step, width, warmup) for step in range(1, 3 * warmup)]
        assert 1 + int(np.argmax(rates)) == warmup
        assert math.isclose(max(rates), 1 / math.sqrt(width * warmup))
    assert round(1 / math.sqrt(512 * 4000), 4) == 0.0007
    assert [round(1000 / math.sqrt(512 * w), 2) for w in (2000, 4000, 8000)] == [0.99, 0.70, 0.49]


def test_the_gradient_of_the_last_layer(lesson):
    torch.manual_seed(0)
    lesson["sublayer"] = ours.sublayer
    last = {}
    for depth in (2, 18):
        for first in (False, True):
            runs = [lesson["gradients"](depth, first) for _ in range(4)]
            last[depth, first] = np.mean([run[-1] for run in runs])
            assert 0.2 < np.mean([run[0] for run in runs]) < 0.3  # the first layer: alike
    assert last[18, True] < 0.7 * last[2, True]
    assert last[18, False] > last[2, False]


def test_the_shares_of_an_encoder_block():
    block = ours.EncoderBlock.reference(512, 8)
    parts = {name: sum(p.numel() for p in part.parameters())
             for name, part in block.named_children()}
    feed_forward, whole = _sizes(512)
    assert parts["feed_forward"] == feed_forward and sum(parts.values()) == whole == 3_152_384
    assert parts["attend"] == 1_050_624


@pytest.mark.slow
def test_names_come_back_reversed_and_the_encoder_measures_their_length(lesson):
    """300 steps are enough for nine names in ten; equal weights keep them, silence doesn't."""
    torch.manual_seed(0)
    lesson["noam"] = ours.noam.reference
    model = lesson["Transformer"]()
    assert sum(p.numel() for p in model.parameters()) == 31_516
    lesson["train"](model, lesson["up_and_down"](300))
    lesson["names"] = [n for n in path.datasets.names()[::200] if 3 <= len(n) <= 10]
    assert lesson["score"](model) > 0.9
    attend = model.encoder[0].attend
    for part, low, high in ((attend.query, 0.8, 1.0), (attend.mix, 0.0, 0.2)):
        for weight in part.parameters():
            weight.data.zero_()
        assert low <= lesson["score"](model) <= high


def test_what_the_stretch_promises(lesson):
    """Sizes of the small models; what they reach was measured with 500 steps."""
    for width, size in ((12, 4_492), (10, 3_268)):
        lesson["n_embd"], lesson["n_head"] = width, 1
        model = lesson["Transformer"]()
        model.decoder[0].attend = nn.Identity()
        assert sum(p.numel() for p in model.parameters()) == size
        said(f"{size:,} weights")

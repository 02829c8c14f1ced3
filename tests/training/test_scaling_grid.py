"""The recipe of the scaling-laws grid: a stored loss comes again."""

from __future__ import annotations

import pytest

from pathkit import datasets

torch = pytest.importorskip("torch")
from pathkit.training.scaling_grid import SEEDS, STEPS, TARGET, WIDTHS, trained_loss  # noqa: E402


def test_the_stored_rows_are_those_of_the_recipe():
    rows = [(width, steps) for width, steps, _ in datasets.scaling_grid()]
    assert rows == [*((w, s) for w in WIDTHS for s in STEPS), TARGET]
    assert {len(losses) for *_, losses in datasets.scaling_grid()} == {len(SEEDS)}


def test_a_stored_loss_comes_again():
    before = torch.random.get_rng_state()
    stored = {(w, s): losses for w, s, losses in datasets.scaling_grid()}
    assert trained_loss(datasets.WordChain(), 8, 50, 1) == pytest.approx(stored[8, 50][1], abs=0.02)
    assert torch.equal(before, torch.random.get_rng_state())

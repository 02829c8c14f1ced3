"""What the scaling-laws lesson promises: its source, its forecast, the stored grid, the audits."""

from __future__ import annotations

import ast
import functools
import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathkit import datasets
from pathkit.checks.loading import exercises_of
from pathkit.exercises import scaling_laws
from pathkit.path_modules import OURS

torch = pytest.importorskip("torch")

LESSON = OURS.lesson("scaling-laws")
SOURCE = LESSON.read_text(encoding="utf-8")
PROSE = " ".join(
    line.removeprefix("#").strip() for line in SOURCE.splitlines() if line.startswith("#")
)
GRID = {(w, s): float(np.mean(two)) for w, s, two in datasets.scaling_grid()}
TARGET = datasets.scaling_grid()[-1][:2]


def _lesson() -> dict:
    """The functions that the lesson defines, over the references and what its cells made."""
    from pathkit.exercises.gpt import GPT

    chain = datasets.WordChain()
    space = {
        **exercises_of("scaling-laws"), "np": np, "math": math, "torch": torch, "GPT": GPT,
        "F": torch.nn.functional, "chain": chain, "floor": chain.entropy, "grid": GRID,
        "sizes": sorted({w for w, _ in GRID})[:-1], "lengths": sorted({s for _, s in GRID}),
        "per_step": 512,
    }
    kept = [node for node in ast.parse(SOURCE).body if isinstance(node, ast.FunctionDef)]
    exec(compile(ast.Module(kept, []), str(LESSON), "exec"), space)
    return space


L = _lesson()
FLOOR, parameters, loss_at = L["floor"], L["parameters"], L["loss_at"]


def said(text: str) -> None:
    assert text in PROSE, f"the lesson doesn't say: {text}"


# --- the grid ---------------------------------------------------------------------------------


def test_the_lessons_own_loop_makes_the_steps_of_the_recipe():
    from pathkit.training.scaling_grid import trained_loss

    again = trained_loss(datasets.WordChain(), 8, 20, 1)
    assert L["trained_loss"](8, 20, seed=1) == pytest.approx(again, abs=1e-5)


def test_the_entropy_is_what_the_lesson_says():
    said("no model gets below 3.3549 nats")
    assert pytest.approx(3.3549, abs=5e-5) == FLOOR


def test_the_best_size_grows_by_both_counts_as_the_lesson_says():
    budgets, found = np.geomspace(2.5e9, 1.6e10, 4), {}
    for count in ("all", "blocks"):
        best = []
        for C in budgets:
            bought = []
            for w in L["sizes"]:
                both = (scaling_laws.flops(1, w, 64, 1) / scaling_laws.flops(1, w, 0, 1)
                        if count == "blocks" else 1)
                if y := loss_at(w, C * both):
                    bought.append((parameters(w) / both, y))
            best.append(scaling_laws.valley(*np.array(sorted(bought, key=lambda b: b[1])[:5]).T))
        found[count] = -scaling_laws.power_law(budgets, np.array(best))[1]
        if count == "all":
            assert np.allclose(budgets / 6 / np.array(best) ** 2, 50, atol=6)
            assert best[-1] == pytest.approx(7200, abs=50)
    said("about 50 per parameter at every budget")
    assert found["all"] == pytest.approx(0.51, abs=0.005)
    assert found["blocks"] == pytest.approx(0.63, abs=0.005)
    assert scaling_laws.blocks_only.right == "c"


def _error(plan) -> tuple[float, float]:
    paid = sum(scaling_laws.flops(1, w, 64, s * 512) for w, s in plan)
    A, alpha, B, beta = L["law_of"](plan)
    height = A / parameters(TARGET[0]) ** alpha + B / (TARGET[1] * 512) ** beta
    purse = scaling_laws.flops(1, TARGET[0], 64, TARGET[1] * 512) / 5
    return paid / purse, math.log(height / (GRID[TARGET] - FLOOR))


@pytest.mark.slow
def test_the_game_is_scored_as_the_lesson_says():
    paid, error = _error(list(itertools.product((8, 11, 16, 23), (100, 200, 400))))
    assert paid < 1 and error == pytest.approx(-0.29, abs=0.01)
    said("The default plan is off by about 30% of the height")
    assert _error([one for one in GRID if one != TARGET])[1] == pytest.approx(-0.12, abs=0.01)
    said("All 42 stored runs together are still off by 12%")
    paid, error = _error(list(itertools.product((16, 23, 32), (200, 400))))
    assert (round(paid, 2), round(abs(error), 2)) == (0.92, 0.07)
    said("A plan of six runs, for 92% of the purse, is off by 7%")


# --- the forecast -----------------------------------------------------------------------------


@functools.cache
def run(width: int, seed: int) -> float:
    return L["run"](width, seed)


@pytest.mark.slow
def test_the_interval_is_honest():
    """Ten models of two seeds each, and every seed's eleventh: 24 forecasts."""
    widths, hits, below = (10, 12, 16, 20, 24), [], []
    N = np.array([parameters(width) for width in widths for _ in range(2)])
    for pair in itertools.combinations(range(4), 2):
        losses = np.array([run(width, seed) for width in widths for seed in pair])
        low, _, high = scaling_laws.predicted(N, losses, FLOOR, parameters(32), 1.860)
        assert high - low < 0.012, "an interval that says nothing"
        hits += [low <= run(32, seed) <= high for seed in range(4)]
        A, alpha = scaling_laws.power_law(N, losses)
        below.append(A * parameters(32) ** -alpha < 3.30)
        floors = list(np.arange(3.0, losses.min() - 0.01, 0.005))
        assert abs(scaling_laws.find_floor(N, losses, floors) - FLOOR) < 0.04
    assert np.mean(hits) >= 0.9 and all(below)
    mean = np.mean([run(32, seed) for seed in range(4)])
    assert abs(mean - scaling_laws.eleventh.value()) < 0.002


@settings(max_examples=40, deadline=None)
@given(floor=st.floats(0, 5), A=st.floats(0.1, 9), alpha=st.floats(0.05, 2), at=st.floats(1, 1e6))
def test_points_on_a_power_law_leave_nothing_open(floor, A, alpha, at):
    x = np.array([1.0, 3.0, 10.0, 40.0])
    low, middle, high = scaling_laws.predicted(x, floor + A * x**-alpha, floor, at, 2.0)
    assert middle == pytest.approx(floor + A * at**-alpha, rel=1e-4)
    assert high - low < 1e-3 * (1 + A)


@pytest.mark.slow
def test_a_long_run_read_on_the_way_is_worse():
    assert L["trained_loss"](16, 800, look_at=400) > GRID[16, 400] + 0.003
    assert scaling_laws.early_look.right == "c"


# --- the audits -------------------------------------------------------------------------------


def test_three_sets_of_constants_split_one_budget():
    ratios = []
    for constants in ((406.4, 0.34, 410.7, 0.28), (406.4, 0.3392, 410.7, 0.2849),
                      (482.01, 0.3478, 2085.43, 0.3658)):
        N, D = scaling_laws.spend(*constants, 5.76e23)
        ratios.append(D / N)
    assert np.round(ratios, 1).tolist() == [92.6, 59.1, 18.4]
    assert scaling_laws.chinchilla.value() == ratios[0]
    said("From 93 to 59 by two more digits of each exponent, and to 18 by fitting again")
    assert 6 * 70e9 * 1.4e12 == pytest.approx(5.76e23, rel=0.03)


@settings(max_examples=40, deadline=None)
@given(A=st.floats(1, 900), alpha=st.floats(0.1, 1), B=st.floats(1, 900), beta=st.floats(0.1, 1),
       C=st.floats(1e6, 1e24), factor=st.sampled_from([0.9, 1.1]))
def test_no_neighbour_spends_a_budget_better(A, alpha, B, beta, C, factor):
    def loss(N, D):
        return A / N**alpha + B / D**beta

    N, D = scaling_laws.spend(A, alpha, B, beta, C)
    assert 6 * N * D == pytest.approx(C)
    assert loss(N, D) <= loss(N * factor, D / factor) * (1 + 1e-12)


def test_kaplans_numbers():
    assert round(2**-0.076, 3) == 0.949 and "takes 5% off" in PROSE
    assert round(1 / (1 / 0.76 + 1 / 0.21 + 1 / 0.076), 3) == 0.052
    said("The exponent doesn't follow: 0.052")
    first, second = (scaling_laws.crossing(3.1e8, 0.050, 5.4e13, 0.095, k, p)
                     for k, p in ((2e10, 0.27), (4e10, 0.26)))
    assert first == pytest.approx((1.12e4, 1.67), rel=0.01)
    assert second == pytest.approx((1.06e5, 1.49), rel=0.01)
    assert 9 < second[0] / first[0] < 11


def test_what_twelve_d_squared_leaves_out_of_the_kept_gpt():
    from pathkit.kept_models.shipped import read

    _, weights = read("gpt")
    real = sum(one.size for one in weights.values())
    assert 1 - 12 * 2 * 48**2 / real == pytest.approx(1 / 6, abs=0.01)
    said("About a sixth is missing")


def test_tokens_for_each_parameter_of_the_ten():
    each = [25 * w // 2 * 4 * w * 8 / parameters(w) for w in (10, 12, 16, 20, 24, 32)]
    assert round(min(each)) == 22 and round(max(each)) == 29
    said("each parameter has 22 to 29 tokens to learn from")
    assert (parameters(24), parameters(32)) == (8448, 14336)


@pytest.mark.parametrize("seed", range(3))
def test_the_given_fit_is_off_by_what_its_prompt_says(seed):
    space: dict = {"np": np}
    exec(scaling_laws.descend.given, space)
    for x, y in scaling_laws.descend.probes(np.random.default_rng(seed)):
        short = 1 - space["descend"](x, y) / scaling_laws.power_law(x, y)[1]
        assert 0.05 < short < 0.2

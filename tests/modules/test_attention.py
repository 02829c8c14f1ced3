"""Attention against its definition as loops and against torch; the figures that the lesson says."""

import math

import numpy as np
import pytest

from pathkit.exercises import attention as ours
from pathkit.modules.attention.predictions import _scores_for
from pathkit.path_modules import OURS

softmax, attention = ours.softmax.reference, ours.attention.reference

# The thirteen classic mistakes, and where each is told by name.
CLASSIC = {
    "no scale": ("attention", "_no_scale"),
    "scaled by d": ("attention", "_scaled_by_d"),
    "scaled by the root of d_v": ("attention", "_scaled_by_values"),
    "softmax over queries": ("attention", "_softmax_over_queries"),
    "softmax over everything": ("attention", "_softmax_over_everything"),
    "mask after the softmax": ("attention", "_mask_after_softmax"),
    "sees the future by one": ("attention", "_sees_the_next_word"),
    "cannot see itself": ("attention", "_not_itself"),
    "0/1 added instead of minus infinity": ("attention", "_adds_zeros_and_ones"),
    "mask transposed": ("attention", "_only_the_future"),
    "ignores Q and K": ("attention", "_running_mean"),
    "heads mixed by reshape": ("multi_head", "_reshaped_without_transpose"),
    "cache with the mask offset wrong": ("cached_attention", "_no_offset"),
}


def by_loops(Q, K, V):
    """The definition, one number at a time; row t sees rows 0 to t."""
    out = np.zeros((len(Q), V.shape[1]))
    for t in range(len(Q)):
        scores = [
            sum(Q[t, c] * K[s, c] for c in range(K.shape[1])) / math.sqrt(K.shape[1])
            for s in range(t + 1)
        ]
        exps = [math.exp(score - max(scores)) for score in scores]
        for s in range(t + 1):
            for c in range(V.shape[1]):
                out[t, c] += exps[s] / math.fsum(exps) * V[s, c]
    return out


def qkv(rng, T=5, d_k=4, d_v=3):
    return rng.normal(size=(T, d_k)), rng.normal(size=(T, d_k)), rng.normal(size=(T, d_v))


@pytest.mark.parametrize("shape", [(1, 1, 1), (5, 4, 3), (2, 7, 3), (9, 2, 5)])
def test_attention_is_its_loops(shape):
    Q, K, V = qkv(np.random.default_rng(0), *shape)
    assert np.abs(attention(Q, K, V, softmax) - by_loops(Q, K, V)).max() < 1e-13


@pytest.mark.parametrize("heads", [1, 2, 3])
def test_heads_are_attention_side_by_side(heads):
    Q, K, V = qkv(np.random.default_rng(1), 5, 4 * heads, 3 * heads)
    parts = zip(*(np.split(X, heads, axis=1) for X in (Q, K, V)), strict=True)
    one_by_one = np.hstack([by_loops(*part) for part in parts])
    together = ours.multi_head.reference(Q, K, V, heads, softmax)
    assert np.abs(together - one_by_one).max() < 1e-13


@pytest.mark.parametrize("pieces", [[1] * 9, [4, 1, 4], [9], [2, 3, 1, 3]])
def test_the_cache_equals_the_full_pass_at_every_step(pieces):
    Q, K, V = qkv(np.random.default_rng(2), 9)
    full, cache, start = by_loops(Q, K, V), (np.zeros((0, 4)), np.zeros((0, 3))), 0
    for n in pieces:
        new = slice(start, start + n)
        out, cache = ours.cached_attention.reference(Q[new], K[new], V[new], cache, softmax)
        start += n
        assert np.abs(out - full[new]).max() < 1e-13
        assert np.array_equal(cache[0], K[:start]) and np.array_equal(cache[1], V[:start])


@pytest.mark.parametrize(("dtype", "bound"), [("float32", 1e-6), ("float64", 1e-14)])
def test_torch_agrees(dtype, bound):
    torch = pytest.importorskip("torch")
    Q, K, V = qkv(np.random.default_rng(3), 5, 8, 6)
    heads = [
        torch.tensor(X, dtype=getattr(torch, dtype)).reshape(5, 2, -1).transpose(0, 1)
        for X in (Q, K, V)
    ]
    theirs = torch.nn.functional.scaled_dot_product_attention(*heads, is_causal=True)
    flat = theirs.transpose(0, 1).reshape(5, 6).numpy()
    assert np.abs(flat - ours.multi_head.reference(Q, K, V, 2, softmax)).max() < bound


@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_thirteen_classic_mistakes_have_thirteen_messages(seed):
    messages = set()
    for mistake, (exercise, name) in CLASSIC.items():
        found = getattr(ours, exercise)
        [wrong] = [m.answer for m in found.misconceptions if m.name == name]
        verdict = found.check(wrong, seed)
        assert verdict.misconception == name, mistake
        messages.add(verdict.message)
    assert len(messages) == len(CLASSIC) == 13


# What goes wrong in floats only, at scores of exactly 0, or where scores lie far apart.
RARELY_WRONG = {"_rescaled_after_softmax", "_hides_zeros", "_low_but_finite", "_hardly_low",
                "_lowered"}


def test_one_asymmetric_probe_tells_every_other_wrong_attention_apart():
    """T = 5, d_k = 4, d_v = 3 is enough for all others."""
    Q, K, V = qkv(np.random.default_rng(4))
    right, seen = by_loops(Q, K, V), []
    for wrong in ours.attention.misconceptions:
        with np.errstate(invalid="ignore"):
            out = wrong.answer(Q, K, V, softmax)
        if wrong.name in RARELY_WRONG:
            assert np.allclose(out, right), wrong.name
            continue
        for other in (right, *seen):
            same = out.shape == other.shape and np.allclose(out, other, equal_nan=True)
            assert not same, wrong.name
        seen.append(out)


def test_answers_people_give_are_judged_right():
    def large_negative(scores, softmax):
        return softmax(scores - 1e9 * np.triu(np.ones_like(scores), 1))

    def row_by_row(scores, softmax):
        out = np.zeros_like(scores)
        for t in range(len(scores)):
            out[t, : t + 1] = softmax(scores[t, : t + 1])
        return out

    assert ours.causal_weights.check(large_negative).passed
    assert ours.causal_weights.check(row_by_row).passed
    for value in ([[0, 800], [0, 0]], [[5, 1, 1], [0, 0, 2000], [1, 1, 1]], np.diag([9e5], 1)):
        assert ours.late_mask_fails.check(value).passed, value
    for value in ("x", [], [[1]], [[0, 700], [0, 0]], [[0, -800], [0, 0]], [[0, np.nan], [0, 0]]):
        assert not ours.late_mask_fails.check(value).passed, value


def loop_over_heads(Q, K, V, heads, softmax):
    parts = [np.split(X, heads, axis=1) for X in (Q, K, V)]
    return np.hstack([attention(*part, softmax) for part in zip(*parts, strict=True)])


def test_a_loop_over_heads_is_told_so_and_one_over_words_is_not():
    def over_words(Q, K, V, heads, softmax):
        q, k, v = (X.reshape(len(X), heads, -1) for X in (Q, K, V))
        scores = np.einsum("qhd,khd->qhk", q, k) / np.sqrt(q.shape[-1])
        weights = [softmax(scores[t][:, : t + 1]) for t in range(len(Q))]
        rows = [np.einsum("hk,khd->hd", w, v[: w.shape[1]]).ravel() for w in weights]
        return np.array(rows)

    verdict = ours.multi_head.check(loop_over_heads)
    assert verdict.status == "wrong value" and "a loop over heads" in verdict.message
    assert ours.multi_head.check(over_words).passed
    assert "o loop" not in ours.multi_head.passed


def test_a_wrong_loop_over_heads_is_told_what_is_wrong_with_it():
    def unscaled(Q, K, V, heads, softmax):
        return loop_over_heads(Q * np.sqrt(Q.shape[1] / heads), K, V, heads, softmax)

    assert ours.multi_head.check(unscaled).misconception == "_heads_without_scale"


@pytest.mark.parametrize("seed", [0, 7])
@pytest.mark.parametrize("name", ["attention", "causal_weights", "multi_head", "cached_attention"])
def test_a_score_of_exactly_0_may_not_be_hidden(name, seed):
    """By value, `s == 0`, a true 0 is hidden as well as what `np.tril` has set to 0."""
    exercise = getattr(ours, name)
    [wrong] = [m.answer for m in exercise.misconceptions if m.name.endswith("hides_zeros")]
    assert exercise.check(wrong, seed).misconception.endswith("hides_zeros")
    assert exercise.check(exercise.reference, seed).passed


@pytest.mark.parametrize(
    ("hidden", "name"), [(-100.0, "_hardly_low"), (-1000.0, "_low_but_finite")]
)
def test_a_low_score_is_not_the_lowest(hidden, name):
    def causal_weights(scores, softmax):
        return softmax(np.where(np.tri(len(scores)) == 1, scores, hidden))

    assert ours.causal_weights.check(causal_weights).misconception == name
    assert ours.attention.check(
        lambda Q, K, V, softmax: causal_weights(Q @ K.T / K.shape[1] ** 0.5, softmax) @ V
    ).misconception == name


def test_a_softmax_meets_scores_far_apart_in_one_row():
    def by_the_first(scores):
        exp = np.exp(scores - scores[..., :1])
        return exp / exp.sum(axis=-1, keepdims=True)

    assert ours.softmax.check(by_the_first).misconception == "_subtracts_the_first"


def test_whole_numbers_are_not_cut():
    def lookup(query, keys, values, softmax):
        result = np.zeros_like(values[0])
        for j, column in enumerate(values.T):
            result[j] = softmax(keys @ query) @ column
        return result

    assert ours.lookup.check(lookup).misconception == "_cut_off"


def test_a_constant_divisor_is_not_called_unscaled():
    for divisor in (8, 64):
        verdict = ours.scaled_scores.check(lambda Q, K, d=divisor: Q @ K.T / d)
        assert verdict.misconception == "_unscaled" and "Not scaled" not in verdict.message
        assert "The width doesn't enter" in verdict.message


@pytest.mark.parametrize(("value", "said"), [
    ([[0, 0], [0, 0]], "All scores are equal"),
    ([[0, 0], [900, 0]], "No future score leads"),
    ([[0, 40], [0, 0]], "The future leads, but not by enough"),
    ([[0, -np.inf], [0, 0]], "infinite or nan"),
    ([[0, 800]], "A square table is expected"),
    ([[0, 800], [0]], "A table of numbers is expected"),
])
def test_a_table_on_which_both_masks_agree_is_told_why(value, said):
    verdict = ours.late_mask_fails.check(value)
    assert said in verdict.message
    assert not any(label == "came back" for label, _ in verdict.shown)


def test_the_stub_of_the_late_mask_does_not_give_it_away():
    assert "800" not in (ours.late_mask_fails.reference.__doc__ or "")


# --- what the lesson says ---------------------------------------------------------------------


FEATURES = {"cat": (1, 0, 0, 0), "fish": (0, 1, 0, 0), "ate": (0, 0, 1, 1), "it": (0, 0, 1, 1),
            "hungry": (0, 0, 1, 0), "tasty": (0, 0, 0, 1)}  # fmt: skip
WORDS = "the cat ate a fish because it was".split()


def toy(last):
    X = np.array([FEATURES.get(word, (0, 0, 0, 0)) for word in [*WORDS, last]], dtype=float)
    return 6 * X[:, 2:], X[:, :2]


def test_the_toy_sentence():
    Q, K = toy("hungry")
    scores = ours.scaled_scores.reference(Q, K)
    free, causal = softmax(scores), ours.causal_weights.reference(scores, softmax)
    cat, ate, fish, it = 1, 2, 4, 6
    assert free[8, cat].round(2) == 0.90
    assert softmax(ours.scaled_scores.reference(*toy("tasty")))[8, fish].round(2) == 0.90
    assert free[ate, [cat, fish]].round(2).tolist() == [0.48, 0.48]
    assert causal[ate, cat].round(2) == 0.97
    assert round(free[ate, cat] / free[ate, 0]) == 70
    assert causal[0, 0] == 1 and np.allclose(causal[8], free[8])
    identity = np.hstack([np.eye(9), np.eye(9)])
    life, food = np.hsplit(ours.multi_head.reference(Q, K, identity, 2, softmax), 2)
    assert life[it, cat].round(2) == food[it, fish].round(2) == 0.99
    assert np.allclose(food[8], 1 / 9)


def test_the_pantry():
    keys = np.array([[1, 0], [1, 1], [0, 1], [0, 0]])
    values = np.array([[4, 0, 4], [0, 7, 1], [0, 0, 1], [0, 0, 2]])
    exps = np.exp(keys @ np.array([-1.0, 3.0]))
    assert exps.round(1).tolist() == [0.4, 7.4, 20.1, 1.0] and exps.sum().round(1) == 28.8
    fins = [
        ours.lookup.reference(np.array([alive, 3.0]), keys, values, softmax)[1].round(3)
        for alive in (-1.0, -0.9)
    ]
    assert fins == [1.793, 1.927]


@pytest.mark.slow
def test_the_unit_of_scores():
    rng, play, asleep = np.random.default_rng(0), {}, {}
    for d in (4, 16, 64, 256, 1024):
        q, k = rng.normal(size=(2000, 1, d)), rng.normal(size=(2000, 8, d))
        raw = (q * k).sum(axis=-1)
        assert abs(raw.var() / d - 1) < 0.03
        for power in (0, 0.5, 1):
            w = softmax(raw / d**power)
            play[d, power] = (1 / (w**2).sum(axis=-1)).mean()
            asleep[d, power] = ((w * (1 - w)).max(axis=-1) < 1e-3).mean()
    assert round(play[4, 0], 1) == 3.2 and round(play[1024, 0], 1) == 1.1
    assert round(play[4, 0.5], 1) == 5.0 and round(play[1024, 0.5], 1) == 4.7
    assert play[1024, 1] > 7.9
    assert round(100 * asleep[1024, 0]) == 73 and asleep[1024, 0.5] == 0
    assert 13 < math.log10(math.exp(32)) < 14


def test_the_costs():
    assert _scores_for(100) == (338_350, 5_050)
    full, cached = _scores_for(200)
    assert round(full / cached) == 134 and round(full / 1e6, 1) == 2.7 and cached == 20_100
    assert round(1024**2 * 4 / 1e6, 1) == 4.2 and round(12 * 1024**2 * 4 / 1e6) == 50
    assert 100_000**2 * 4 == 40e9


def test_the_word_before():
    """18 is too small an entry, 19 is large enough."""
    least = {}
    for size in (18, 19):
        Q, K = size * np.roll(np.eye(8), -1, axis=1), np.eye(8)
        weights = attention(Q, K, np.eye(8), softmax)
        least[size] = min(weights[t, t - 1] for t in range(1, 8))
    assert round(least[18], 3) == 0.988 and least[19] >= 0.99


def test_eleven_of_the_wrong_answers_leak():
    Q, K, V = qkv(np.random.default_rng(0), 6)
    changed = [X.copy() for X in (Q, K, V)]
    for X in changed:
        X[-1] += 1

    def leaks(attend):
        with np.errstate(invalid="ignore"):
            before, after = attend(Q, K, V, softmax), attend(*changed, softmax)
        return not np.allclose(before[:-1], after[:-1], equal_nan=True)

    def weighs_future(attend):
        with np.errstate(invalid="ignore"):
            return np.triu(attend(Q, K, np.eye(6), softmax), 1).any()

    found = [m for m in ours.attention.misconceptions if leaks(m.answer)]
    assert len(found) == 11 and len(ours.attention.misconceptions) == 32
    assert sum(not weighs_future(m.answer) for m in found) == 4
    lesson = OURS.lesson("attention").read_text(encoding="utf-8")
    assert "11 of 32 leak. Four of them never" in lesson
    assert not leaks(attention)


def test_attention_by_blocks_needs_no_table():
    """The first stretch, on a quarter of its length: the same output in a tenth of the memory."""
    import tracemalloc

    Q, K, V = np.random.default_rng(0).normal(size=(3, 1024, 64))

    def peak(attend):
        tracemalloc.start()
        out = attend()
        most = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
        return out, most

    whole, much = peak(lambda: attention(Q, K, V, softmax))
    blocks, little = peak(lambda: by_blocks(Q, K, V, 128))
    assert np.abs(whole - blocks).max() < 1e-12
    assert much > 30 and little < 4


def by_blocks(Q, K, V, size):
    out = np.zeros((len(Q), V.shape[1]))
    for a in range(0, len(Q), size):
        q = Q[a : a + size] / math.sqrt(K.shape[1])
        top, total, mean = np.full((len(q), 1), -np.inf), 0.0, 0.0
        for b in range(0, a + size, size):
            scores = q @ K[b : b + size].T
            positions = b + np.arange(scores.shape[1])
            future = positions > a + np.arange(len(q))[:, None]
            scores = np.where(future, -np.inf, scores)
            higher = np.maximum(top, scores.max(axis=1, keepdims=True))
            exps, shrink = np.exp(scores - higher), np.exp(top - higher)
            total = total * shrink + exps.sum(axis=1, keepdims=True)
            mean = mean * shrink + exps @ V[b : b + size]
            top = higher
        out[a : a + size] = mean / total
    return out

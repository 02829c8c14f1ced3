"""The numbers in the prose of the bigram lesson come from its own run."""

from __future__ import annotations

import re

import numpy as np
import pytest

from pathkit import datasets
from pathkit.checks.loading import exercises_of
from pathkit.exercises import bigram
from pathkit.exercises.bigram import INDEX, SYMBOLS
from pathkit.modules.bigram.gradient import softmax
from pathkit.path_modules import OURS

LESSON = OURS.lesson("bigram").read_text(encoding="utf-8")
PROSE = " ".join(
    line.removeprefix("#").strip() for line in LESSON.splitlines() if line.startswith("#")
)


@pytest.fixture(scope="module")
def names():
    return datasets.names()


@pytest.fixture(scope="module")
def N(names):
    return bigram.count_pairs(names, INDEX)


@pytest.fixture(scope="module")
def losses(names, N):
    unigram = np.tile(N.sum(axis=0) / N.sum(), (27, 1))
    tables = np.full((27, 27), 1 / 27), unigram, bigram.probabilities(N)
    return [bigram.mean_nll(names, table, INDEX) for table in tables]


def said(text: str) -> None:
    assert text in PROSE, f"the lesson doesn't say: {text}"


def test_counts_in_the_prose(N):
    said(f"The row of `q` holds {N[INDEX['q']].sum()} counts")
    said(f"the mean over {round(N.sum(), -3):,} pairs")
    said(f"Of the 729 cells {(N == 0).sum()} are empty")


def test_gains_in_the_prose(losses):
    uniform, unigram, table = losses
    said(f"how frequent letters are saves {uniform - unigram:.2f} nats")
    said(f"the one symbol before saves {unigram - table:.2f} more")
    assert f"One symbol of context is worth {unigram - table:.2f} nats" in LESSON


def test_the_small_table_in_the_prose():
    small = bigram.count_pairs(["ava", "eve", "ada"], INDEX)
    assert small.sum() == 12
    assert small[0, INDEX["a"]] == 2 and small[0].sum() == 3
    said("Twelve pairs")


def test_no_letter_begins_more_names_than_s_and_then_the_boundary_is_likeliest(N):
    assert SYMBOLS[N[0].argmax()] == "s"
    assert N[INDEX["s"]].argmax() == 0


def test_a_little_smoothing_is_best_on_held_out_names(names):
    order = np.random.default_rng(0).permutation(len(names))
    chosen = set(order[::10])
    N = bigram.count_pairs([names[i] for i in order if i not in chosen], INDEX)
    held_out = [names[i] for i in order[::10]]
    by_k = {
        k: bigram.mean_nll(held_out, bigram.smoothed(N, k), INDEX)
        for k in (0.01, 0.1, 0.5, 1.0, 10.0, 100.0)
    }
    assert min(by_k, key=by_k.get) in (0.5, 1.0)
    assert by_k[1.0] < by_k[0.01] < by_k[100.0]


def test_descent_ends_just_above_counting(N, losses):
    def loss(W, counts):
        exp = np.exp(W - W.max(axis=1, keepdims=True))
        return -(counts * np.log(exp / exp.sum(axis=1, keepdims=True))).sum() / counts.sum()

    W, walked = bigram.descend(N, loss, bigram.gradient, steps=400, rate=50.0)
    assert walked[0] == pytest.approx(np.log(27))
    missing = loss(W, N) - losses[2]
    said(f"After 400 plain steps {missing:.4f} are missing")


def test_the_gradient_is_the_slope_of_the_loss(N):
    rng = np.random.default_rng(5)
    W, counts = rng.normal(size=(4, 6)), rng.integers(0, 9, size=(4, 6))

    def loss(W):
        return -(counts * np.log(softmax(W))).sum() / counts.sum()

    found = bigram.gradient(W, counts)
    for i, j in np.ndindex(W.shape):
        up, down = W.copy(), W.copy()
        up[i, j] += 1e-6
        down[i, j] -= 1e-6
        assert (loss(up) - loss(down)) / 2e-6 == pytest.approx(found[i, j], abs=1e-8)


def test_three_symbols_beat_the_number_of_the_stretch(names):
    """Counting triples reaches the number that the stretch gives to beat."""
    order = np.random.default_rng(0).permutation(len(names))
    chosen = set(order[::10])
    T = np.full((27, 27, 27), 0.2)
    for i in order:
        if i not in chosen:
            for a, b, c in triples(names[i]):
                T[a, b, c] += 1
    P = T / T.sum(axis=-1, keepdims=True)
    nats = -np.mean([np.log(P[t]) for i in order[::10] for t in triples(names[i])])
    [number] = re.findall(r"Below (\d\.\d\d) nats", PROSE)
    assert nats < float(number) < nats + 0.02


def triples(name: str) -> list[tuple[int, int, int]]:
    codes = [0, 0, *(INDEX[s] for s in name), 0]
    return list(zip(codes, codes[1:], codes[2:], strict=False))


# --- the checks -------------------------------------------------------------------------------


def mended(exercise, answer):
    """The name of the misconception that an answer is told, which must not pass."""
    verdict = exercises_of("bigram")[exercise].check(answer)
    assert not verdict.passed
    return verdict.misconception


def pairs(names, index):
    codes = [[index[s] for s in f".{name}."] for name in names]
    return [pair for one in codes for pair in zip(one, one[1:], strict=False)]


def test_a_pair_twice_in_one_name_counts_twice():
    def by_index_arrays(names, index):
        counts = np.zeros((len(index), len(index)), dtype=int)
        for name in names:
            rows, columns = zip(*pairs([name], index), strict=True)
            counts[rows, columns] += 1
        return counts

    def by_str_count(names, index):
        ordered = sorted(index, key=index.get)
        return np.array([
            [sum(f".{n}.".count(a + b) for n in names) for b in ordered] for a in ordered
        ])

    assert mended("count_pairs", by_index_arrays) == "_once_a_name"
    assert mended("count_pairs", by_str_count) == "_not_overlapping"


def test_names_without_any_pair_need_not_be_counted():
    def counted(names, index):
        counts = np.zeros((len(index), len(index)), dtype=int)
        np.add.at(counts, tuple(zip(*pairs(names, index), strict=True)), 1)
        return counts

    assert counted([], INDEX).all()  # `np.add.at` with no places adds everywhere
    assert bigram.count_pairs.check(counted).passed


def test_impossible_pairs_and_many_pairs_are_scored():
    def losses(names, P, index):
        return np.log([P[i, j] for i, j in pairs(names, index)])

    def by_table(names, P, index):
        counts = np.zeros(P.shape)
        np.add.at(counts, tuple(zip(*pairs(names, index), strict=True)), 1)
        return -(counts * np.log(P)).sum() / counts.sum()

    def by_product(names, P, index):
        product = np.prod([P[i, j] for i, j in pairs(names, index)])
        return -np.log(product) / len(pairs(names, index))

    def without_zeros(names, P, index):
        found = losses(names, P, index)
        return -found[np.isfinite(found)].mean()

    def with_epsilon(names, P, index):
        return -np.mean([np.log(P[i, j] + 1e-10) for i, j in pairs(names, index)])

    assert mended("mean_nll", by_table) == "_zero_times_infinity"
    assert mended("mean_nll", by_product) == "_product"
    assert mended("mean_nll", without_zeros) == "_skips_zeros"
    assert mended("mean_nll", with_epsilon) == "_at_least_1eminus_10"
    assert bigram.mean_nll.check(lambda *a: float(-losses(*a).mean())).passed


def test_a_share_of_nothing_is_nothing():
    def almost(counts):
        return (counts + 1e-12) / (counts + 1e-12).sum(axis=1, keepdims=True)

    mended("probabilities", almost)
    assert mended("probabilities", lambda c: np.zeros_like(c) + c // c.sum(axis=1)[:, None]
                  ) == "_integer_division"


def test_an_index_is_an_integer():
    verdict = exercises_of("bigram")["next_symbol"].check(
        lambda row, u: float(np.argmax(np.cumsum(row) > u)))
    assert verdict.status == "wrong value"
    assert verdict.message.startswith("The result is 1.0, a float. An index is an integer")


def test_descent_uses_the_loss_that_it_is_given(N):
    def own(counts, loss, gradient, steps, rate):
        return bigram.descend(counts, loss, bigram.gradient, steps, rate)

    mended("descend", own)


def test_unsigned_counts_keep_their_order(N):
    """What the lesson sorts by is never negative."""
    row = N[INDEX["q"]]
    shown = np.argsort(row)[::-1][:4]
    assert np.array_equal(shown, np.argsort(row.astype(np.uint32))[::-1][:4])
    assert "np.argsort(row)[::-1][:4]" in LESSON and "argsort(-row)" not in LESSON


def test_the_stub_of_broken_name_gives_no_answer_away():
    verdict = exercises_of("bigram")["broken_name"].check("zoe")
    assert "even the rarest, `oe` (67 times)" in verdict.message
    assert "occurs" not in str(bigram.broken_name.__doc__)

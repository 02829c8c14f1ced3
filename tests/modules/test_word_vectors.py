"""Word vectors: gradients against slopes, vectors against counts, and the figures of the lesson."""

from __future__ import annotations

import numpy as np
import pytest

from pathkit.checks.loading import exercises_of
from pathkit.exercises import word_vectors as ours
from pathkit.modules.word_vectors.update import _as_given
from pathkit.path_modules import OURS

LESSON = OURS.lesson("word-vectors")
SOURCE = LESSON.read_text(encoding="utf-8")
PROSE = " ".join(
    line.removeprefix("#").strip() for line in SOURCE.splitlines() if line.startswith("#")
)


def said(text: str) -> None:
    assert text in PROSE, f"the lesson doesn't say: {text}"


@pytest.fixture(scope="module")
def lesson():
    """What the lesson defines when it is run as far as its first questions of analogy."""
    plain = "\n".join(line for line in SOURCE.splitlines() if not line.startswith("path."))
    end = plain.index("# %%\nseen =")
    names: dict = {}
    exec(compile(plain[:end], str(LESSON), "exec"), names)
    return names


def near(lesson, E, word, k=1):
    return [lesson["vocabulary"][j] for j in ours.nearest(E, lesson["index"][word], k)]


# --- the exercises ----------------------------------------------------------------------------


@pytest.mark.parametrize("k", [1, 5])
def test_the_gradient_is_the_slope_of_the_loss(k):
    rng = np.random.default_rng(k)
    arguments = [rng.normal(size=3), rng.normal(size=3), rng.normal(size=(k, 3))]
    for position, slopes in enumerate(ours.gradient(*arguments)):
        for place in np.ndindex(slopes.shape):
            sides = []
            for small in (1e-6, -1e-6):
                moved = [X.copy() for X in arguments]
                moved[position][place] += small
                sides.append(ours.loss(*moved))
            assert (sides[0] - sides[1]) / 2e-6 == pytest.approx(slopes[place], abs=1e-8)


def test_a_mended_step_is_a_step_along_the_gradient():
    rng = np.random.default_rng(7)
    U, V = rng.normal(size=(2, 6, 4))
    noise = [1, 1, 5]
    centre, neighbour, others = ours.gradient(U[2], V[3], V[noise])
    after_U, after_V = ours.update(U, V, 2, 3, noise, 0.3)
    assert np.allclose(after_U[2], U[2] - 0.3 * centre)
    assert np.allclose(after_V[3], V[3] - 0.3 * neighbour)
    assert np.allclose(after_V[1], V[1] - 0.3 * (others[0] + others[1]))
    assert np.array_equal(after_U[[0, 1, 3, 4, 5]], U[[0, 1, 3, 4, 5]])


def test_the_given_update_is_the_misconception_as_given():
    names: dict = {"np": np}
    exec(ours.update.given, names)
    for probe in ours.update.draw(0):
        for given, known in zip(names["update"](*probe), _as_given(*probe), strict=True):
            assert np.allclose(given, known)
    assert ours.update.check(_as_given).misconception == "_as_given"


def test_pmi_minus_ln_k_is_where_the_summed_gradient_vanishes():
    N = np.random.default_rng(3).integers(1, 30, size=(5, 6))
    expected = N.sum(axis=1, keepdims=True) * N.sum(axis=0) / N.sum()
    x = np.log(N / expected) - np.log(5)
    assert np.allclose((N + 5 * expected) / (1 + np.exp(-x)), N)


def test_all_singular_directions_give_the_table_back():
    A = np.random.default_rng(4).normal(size=(6, 6))
    M = A @ A.T  # no negative direction
    E = ours.svd_vectors(M, 6)
    assert np.allclose(E @ E.T, M)


def test_answers_people_give_are_judged_right():
    def with_where(counts):
        with np.errstate(divide="ignore"):
            pmi = np.log(counts * counts.sum() / np.outer(counts.sum(axis=1), counts.sum(axis=0)))
        return np.where(pmi > 0, pmi, 0)

    def rotated(M, d):
        turn = np.linalg.qr(np.random.default_rng(0).normal(size=(d, d)))[0]
        return ours.svd_vectors(M, d) @ turn

    assert ours.ppmi.check(with_where).passed
    assert ours.svd_vectors.check(rotated).passed


def told(exercise, answer):
    verdict = exercises_of("word-vectors")[exercise].check(answer)
    assert not verdict.passed
    return verdict.misconception or verdict.message


def unit(E):
    return E / np.linalg.norm(E, axis=1, keepdims=True)


@pytest.mark.parametrize("turned", [False, True])
def test_the_word_itself_is_left_out_by_its_number(turned):
    """Whichever of two equal cosines is sorted first, dropping it is wrong on one probe."""

    def drops_the_first(E, i, k):
        cosines = unit(E) @ unit(E)[i]
        order = np.argsort(cosines, kind="stable")[::-1] if turned else np.argsort(
            -cosines, kind="stable")
        return [int(j) for j in order[1 : k + 1]]

    def sets_minus_one(E, i, k):
        cosines = unit(E) @ unit(E)[i]
        cosines[i] = -1
        order = np.argsort(cosines, kind="stable")[::-1] if turned else np.argsort(
            -cosines, kind="stable")
        return [int(j) for j in order[:k]]

    assert told("nearest", drops_the_first) in ("_drops_the_first", "_drops_the_last")
    told("nearest", sets_minus_one)


def test_an_excluded_word_never_wins():
    def minus_one(E, a, b, c, excluded):
        scores = unit(E) @ (unit(E)[b] - unit(E)[a] + unit(E)[c])
        scores[excluded] = -1
        return int(scores.argmax())

    def deleted(E, a, b, c, excluded):
        scores = unit(E) @ (unit(E)[b] - unit(E)[a] + unit(E)[c])
        return int(np.delete(scores, excluded).argmax())

    assert told("analogy", minus_one) == "_minus_one_for_excluded"
    assert told("analogy", deleted) == "_rows_removed"


def test_a_window_that_wraps_round_is_named_in_its_ordinary_spelling():
    def wraps(words, window):
        return [(words[i], words[j]) for i in range(len(words))
                for j in range(i - window, min(len(words), i + window + 1)) if j != i]

    assert told("skipgram_pairs", wraps) == "_wraps_round"


def test_noise_need_not_be_empty():
    def update(U, V, i, j, noise, rate):
        rows = np.concatenate([[j], noise])  # floats, where noise is empty
        misses = 1 / (1 + np.exp(-V[rows] @ U[i]))
        misses[0] -= 1
        U, V, u = U.copy(), V.copy(), U[i]
        U[i] = u - rate * misses @ V[rows]
        np.subtract.at(V, rows, rate * np.outer(misses, u))
        return U, V

    assert ours.update.check(update).passed


def test_what_is_said_of_vectors_is_said_in_words():
    def lists(M, d):
        return ours.svd_vectors(M, d).tolist()

    def turned(M, d):
        return ours.svd_vectors(M, d).T

    assert told("svd_vectors", lists).startswith("The result is a list of")
    assert told("svd_vectors", turned).endswith("a row of d numbers for each row of the table.")


def test_zeros_everywhere_are_not_blamed_on_one_cause():
    """Shares of a row are never above 1, so their logs are 0 as well."""
    def shares(counts):
        with np.errstate(divide="ignore"):
            return np.maximum(np.log(counts / counts.sum(axis=1, keepdims=True)), 0)

    known = exercises_of("word-vectors")["ppmi"].check(shares)
    assert known.message.startswith("Every value is 0")


# --- what the lesson says ---------------------------------------------------------------------


@pytest.mark.slow
def test_the_text(lesson):
    assert len(lesson["kinds"]) == 119 and len(lesson["index"]) == 140
    assert {w for w, k in lesson["kinds"].items() if len(k) == 2} == {"four", "five", "six"}
    said("`five` and `six` are of two kinds")
    assert 2_400_000 < lesson["epochs"] * len(lesson["pairs"]) < 2_600_000
    said("Two and a half million such steps")


@pytest.mark.slow
def test_guessing(lesson):
    U = lesson["U"]
    assert lesson["purity"](U) == 1
    assert lesson["answered"](U) == lesson["answered"](U, keep=True) == 144
    assert near(lesson, U, "queen") == ["huntress"]
    said("`queen` is like `huntress` in what she does, and like `king` in what she owns")


@pytest.mark.slow
def test_counting_hides_a_gap_of_124(lesson):
    M = ours.ppmi(lesson["counts"])
    C = ours.svd_vectors(M, 16)
    assert lesson["answered"](C) == 144 and lesson["answered"](C, keep=True) == 20
    assert sum(ours.analogy(C, a, b, c, []) == c for a, b, c, _ in lesson["questions"]) == 124
    assert near(lesson, C, "queen") == ["king"]
    said("The same 144 of 144, and beside it a gap of 124")
    keeps = [lesson["answered"](ours.svd_vectors(M, d), keep=True) for d in (29, 30)]
    assert keeps[0] < keeps[1] == 144
    said("Ours is 30")


@pytest.mark.slow
def test_the_cloud_is_people_with_their_things(lesson):
    index, N = lesson["index"], lesson["counts"]
    M = ours.ppmi(N)
    far = (N >= 20) & (M > 0) & (M - np.log(5) - lesson["U"] @ lesson["V"].T > 0.9)
    own = [
        (index[who], index[thing])
        for pair, things in lesson["people"].items()
        for who in pair.split()
        for thing in things.split()
    ]
    assert sum(far[i, j] + 0 + far[j, i] for i, j in own) > 0.8 * far.sum()
    said("The cloud on the right holds people with their own things")


@pytest.mark.slow
def test_little_text(lesson):
    index, N = lesson["index"], np.zeros_like(lesson["counts"])
    for text in lesson["texts"][:300]:
        for one, other in ours.skipgram_pairs(text, 4):
            N[index[one], index[other]] += 1
    assert lesson["answered"](ours.svd_vectors(ours.ppmi(N), 16)) == 143
    few = lesson["numbered_pairs"](lesson["texts"][:300], 4)
    assert lesson["answered"](lesson["train"](few)[0]) == 84
    assert lesson["answered"](lesson["train"](few, epochs=20)[0]) == 102
    said("Counted vectors still answer 143 of 144, trained ones 84. With 20 epochs it is 102")

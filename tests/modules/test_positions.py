"""Positions: codes, rotations and the test of them; the figures that the lesson says."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pathkit.exercises import positions as ours
from pathkit.modules.positions.rotate_halves import _repeated
from pathkit.path_modules import OURS

LESSON = OURS.lesson("positions")
SOURCE = LESSON.read_text(encoding="utf-8")
PROSE = " ".join(
    line.removeprefix("#").strip() for line in SOURCE.splitlines() if line.startswith("#")
)


def said(text: str) -> None:
    assert text in PROSE, f"the lesson doesn't say: {text}"


@pytest.fixture(scope="module")
def lesson():
    """What the lesson defines when it is run."""
    plain = "\n".join(line for line in SOURCE.splitlines() if not line.startswith("path.predict"))
    names: dict = {}
    exec(compile(plain, str(LESSON), "exec"), names)
    return names


# --- the exercises ----------------------------------------------------------------------------


def test_codes_are_the_formula_of_the_paper():
    codes = ours.sinusoids(9, ours.frequencies(6, 10_000.0))
    for p, i in np.ndindex(9, 3):
        angle = p / 10_000 ** (2 * i / 6)
        assert codes[p, 2 * i] == pytest.approx(math.sin(angle))
        assert codes[p, 2 * i + 1] == pytest.approx(math.cos(angle))


@pytest.mark.parametrize("k", [-3, 0, 1, 5])
def test_a_shift_is_a_rotation_at_every_position(k):
    omega = ours.frequencies(8, 50.0)
    codes, M = ours.sinusoids(300, omega), ours.shift_matrix(k, omega)
    for p in (10, 100, 290):
        assert np.allclose(codes[p] @ M, codes[p + k])
    assert np.allclose(M @ M.T, np.eye(8)) and np.linalg.det(M) == pytest.approx(1)


def test_rotating_is_multiplying_complex_numbers():
    rng = np.random.default_rng(0)
    X, positions, omega = rng.normal(size=(5, 6)), np.array([3, 0, 8, 8, 40]), rng.uniform(size=3)
    z = (X[:, 0::2] + 1j * X[:, 1::2]) * np.exp(1j * positions[:, None] * omega)
    out = ours.rotate(X, positions, omega)
    assert np.abs(out[:, 0::2] + 1j * out[:, 1::2] - z).max() < 1e-12
    order = [0, 2, 4, 1, 3, 5]
    assert np.allclose(ours.rotate_halves(X[:, order], positions, omega), out[:, order])


# Wrong rotaries whose scores see nothing but the distance all the same.
ALSO_BY_DISTANCE = {
    "_turns_from_one", "_other_way", "_one_speed", "_in_halves", "_joined_in_halves",
    "_without_speeds", "_divided_by_speed", "_sine_for_cosine", "_sign_lost",
    "_from_the_end_of_a_table", "_degrees", "_first_pair_alone",
}  # fmt: skip


@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_no_wrong_rotary_passes_and_each_is_told_by_name(seed):
    assert len(ours.rotate.misconceptions) > 8
    for wrong in ours.rotate.misconceptions:
        assert ours.rotate.check(wrong.answer, seed).misconception == wrong.name


def test_the_test_of_distances_knows_what_the_check_of_values_knows():
    """Of the wrong rotaries, those that see nothing but the distance pass it, and no others."""
    rng = np.random.default_rng(1)
    q, k = rng.normal(size=(2, 1, 4))
    omega = np.array([1.0, 0.1])
    passing = set()
    for wrong in ours.rotate.misconceptions:

        def score(m, n, turn=wrong.answer):
            return (turn(q, np.array([m]), omega) @ turn(k, np.array([n]), omega).T).item()

        if ours.distance_only.reference(score, 9):
            passing.add(wrong.name)
    assert passing == ALSO_BY_DISTANCE


def test_the_given_bug_changes_lengths():
    names: dict = {"np": np}
    exec(ours.rotate_halves.given, names)
    X, positions = np.random.default_rng(2).normal(size=(3, 4)), np.array([1, 5, 9])
    omega = np.array([1.0, 0.1])
    lengths = np.linalg.norm(X, axis=1)
    assert not np.allclose(np.linalg.norm(names["rotate_halves"](X, positions, omega), axis=1),
                           lengths)
    assert np.allclose(np.linalg.norm(ours.rotate_halves(X, positions, omega), axis=1), lengths)
    assert ours.rotate_halves.check(_repeated).misconception == "_repeated"


# Each is wrong, and passed while nothing was asked at negative positions.
def from_a_table(X, positions, omega):
    codes = ours.sinusoids(max(positions) + 1, omega)
    sin, cos = codes[positions, 0::2], codes[positions, 1::2]
    a, b = X[:, 0::2], X[:, 1::2]
    return np.stack([a * cos - b * sin, a * sin + b * cos], axis=2).reshape(X.shape)


def without_sign(X, positions, omega):
    return ours.rotate.reference(X, np.abs(positions), omega)


@pytest.mark.parametrize("seed", [0, 11])
@pytest.mark.parametrize(("answer", "name"), [
    (from_a_table, "_from_the_end_of_a_table"), (without_sign, "_sign_lost"),
])
def test_positions_may_be_negative(answer, name, seed):
    assert ours.rotate.check(answer, seed).misconception == name


def firsts(score, N, key=lambda m, n: m - n, within=1e-5):
    """The first score of each distance, None where a later one is farther than `within`."""
    seen: dict = {}
    for m in range(N):
        for n in range(N):
            if abs(seen.setdefault(key(m, n), score(m, n)) - score(m, n)) > within:
                return None
    return seen


def by_a_set_of_floats(score, N):
    seen = firsts(score, N)
    return seen is not None and len(set(seen.values())) > 1


def along_the_diagonals(score, N):
    near = all(abs(score(m, n) - score(m + 1, n + 1)) <= 1e-5
               for m in range(N - 1) for n in range(N - 1))
    scores = [score(m, n) for m in range(N) for n in range(N)]
    return near and max(scores) - min(scores) > 1e-5


def within_a_thousandth(score, N):
    seen = firsts(score, N, within=1e-3)
    return seen is not None and max(seen.values()) - min(seen.values()) > 1e-3


def one_way(score, N):
    near = all(score(m, n) - score(m - s, n - s) <= 1e-5
               for m in range(N) for n in range(N) for s in range(min(m, n) + 1))
    scores = [score(m, n) for m in range(N) for n in range(N)]
    return near and max(scores) - min(scores) > 1e-5


@pytest.mark.parametrize(("answer", "name"), [
    (by_a_set_of_floats, "_exact_change"),
    (along_the_diagonals, "_each_with_the_next"),
    (within_a_thousandth, "_too_forgiving"),
    (one_way, "_without_abs"),
])
def test_a_test_of_distances_that_was_let_through_is_named(answer, name):
    assert ours.distance_only.check(answer).misconception == name


def test_a_wrong_test_of_distances_is_told_at_which_pairs():
    def always(score, N):
        return True

    verdict = ours.distance_only.check(always)
    assert "True came back and False is right" in verdict.message
    assert ours.distance_only.check(lambda score, N: None).status == "wrong type"


def test_what_is_said_of_a_score_is_what_the_reference_says():
    from pathkit.modules.positions.suspects import _right_and_why

    for score, N in ours.distance_only.draw():
        assert _right_and_why(score, N)[0] is bool(ours.distance_only.reference(score, N))


def test_a_shift_of_no_step_or_back_is_no_loop_of_steps():
    def by_steps(k, omega):
        return np.linalg.matrix_power(ours.shift_matrix.reference(1, omega), max(k, 1))

    assert ours.shift_matrix.check(by_steps).misconception == "_repeated_steps"


@pytest.mark.parametrize("seed", range(0, 25, 6))
def test_other_ways_to_the_nearest_matrix_agree(seed):
    def by_the_normal_equations(codes, k):
        A, B = codes[:-k], codes[k:]
        return np.linalg.solve(A.T @ A, A.T @ B)

    assert ours.find_shift.check(by_the_normal_equations, seed).passed


@pytest.mark.parametrize(("value", "said"), [
    (("the cat saw it", "it saw the cat"), "a bag of words couldn't tell"),
    (("x y z", "z y x"), "Backwards"),
    (("a b a b a", "a b a"), "equally often"),
    (("a b", "a c"), "Use the same words in both"),
    (("a b . c d", "c d . a b"), "that is the boundary"),
    ("a b a c aa c a b a", "a comma between them"),
])
def test_two_sentences_are_told_why_a_table_of_pairs_notices(value, said):
    verdict = ours.same_pairs.check(value)
    assert not verdict.passed and said in verdict.message


@pytest.mark.parametrize(
    ("value", "passes"),
    [
        (("a b a c a", "a c a b a"), True),
        (["x a y a z a w", "x a z a y a w"], True),
        (("the dog bit the man", "the man bit the dog"), False),
        (("a b", "a b"), False),
        (("", ""), False),
        (("a b a", "a b a b a"), False),
        ("the dog", False),
        (None, False),
        ((1, 2), False),
    ],
)
def test_sentences_with_the_same_pairs(value, passes):
    assert ours.same_pairs.check(value).passed is passes


# --- what the lesson says ---------------------------------------------------------------------


def test_the_small_clock():
    code = ours.sinusoids(4, np.array([1.0, 0.1]))[3]
    assert code.round(2).tolist() == [0.14, -0.99, 0.3, 0.96]
    said(r"(0.14, -0.99, 0.30, 0.96)$")


def test_the_dot_product_of_codes_five_apart():
    codes = ours.sinusoids(200, ours.frequencies(20, 10_000.0))
    assert {round(float(codes[p] @ codes[p + 5]), 2) for p in (0, 3, 100, 190)} == {7.52}
    said("Five words apart give 7.52")


@pytest.mark.slow
def test_words_without_positions(lesson):
    rng = np.random.default_rng(5)
    X, order = rng.normal(size=(6, 4)), rng.permutation(6)
    assert np.allclose(lesson["look_around"](X[order]), lesson["look_around"](X)[order])


@pytest.mark.slow
def test_past_the_end(lesson):
    weights, back = lesson["weights"], lesson["back"]
    assert min(w[: 32 - back].mean() for w in weights.values()) > 0.98
    assert max(weights["table"][32 - back :]) < 0.04
    assert weights["added"][48 - back : 64 - back].mean() < 0.05
    assert weights["turned"][: 122 - back].min() > 0.98 > 0.6 > weights["turned"][122 - back]
    said("Then, at 122, it fails as well")


@pytest.mark.slow
def test_the_bases(lesson):
    far, back = lesson["far"], lesson["back"]
    assert far[10.0].min() > 0.99
    assert far[1000.0][310 - back] > 0.9 > 0.5 > far[1000.0][325 - back]
    assert far[10_000.0][121 - back] > 0.9 > 0.55 > far[10_000.0][122 - back]
    slow, fast = (ours.frequencies(16, base) * 32 / (2 * np.pi) for base in (10_000.0, 10.0))
    assert (slow >= 0.5).sum() == 3 and fast.min() > 2 / 3
    said("only three of the eight hands made half a turn")
    said("every hand made at least two thirds of a turn")
    turns = 119 * ours.frequencies(16, 10_000.0)[:2] / (2 * np.pi)
    assert turns.round().tolist() == [19, 6] and abs(turns - turns.round()).max() < 0.07


@pytest.mark.slow
def test_the_numbers_of_the_stretch(lesson):
    distance = np.arange(32)[:, None] - np.arange(32)
    w = lesson["train"](np.eye(32)[np.clip(distance, 0, 31)], rate=5.0)
    exps = np.exp(w[np.clip(np.arange(4096), 0, 31)])
    assert round(exps[3] / exps.sum(), 2) == 1
    omega = ours.frequencies(16, 10_000.0)
    longer = lesson["train"](lesson["features_turned"](64, omega))
    weight = lesson["weights_far_out"](longer, omega, 512)
    assert weight[256 - 3] > 0.9 > weight[-1]
    said("Ours holds beyond 256")

"""What the capstone promises: properties of its answers, and what holds of all three texts."""

from __future__ import annotations

import math
import re
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathkit import datasets
from pathkit.checks.loading import exercises_of
from pathkit.datasets.texts import TEXTS
from pathkit.exercises import capstone, tokens
from pathkit.path_modules import OURS

SOURCE = OURS.lesson("capstone").read_text(encoding="utf-8")
PROSE = " ".join(
    line.removeprefix("#").strip() for line in SOURCE.splitlines() if line.startswith("#")
)
rows = st.lists(st.dictionaries(st.integers(0, 5), st.integers(1, 40)), max_size=5)


def said(text: str) -> None:
    assert text in PROSE, f"the lesson doesn't say: {text}"


def section(start: str, **space) -> dict:
    """What the lesson's code from `start` to the next cell defines, run in `space`."""
    body = SOURCE[SOURCE.index(start):].split("\n# %%")[0]
    exec(body, space)
    return space


def passages_of(text: str) -> list[str]:
    return section("def passages_of", re=re)["passages_of"](text)


# --- properties -------------------------------------------------------------------------------


@settings(deadline=None)
@given(st.text(alphabet="ab* \n\r\té", max_size=60))
def test_a_clean_text_stays_as_it_is(raw):
    once = capstone.clean(raw)
    assert capstone.clean(once.replace("\n", "\n\n")) == once
    assert "\n\n" not in once and not once.startswith("\n")


@settings(deadline=None)
@given(st.lists(st.sampled_from("abcdefgh"), max_size=40), st.integers(2, 7))
def test_nothing_of_the_test_was_read(passages, every):
    training, test = capstone.parted(passages, every)
    assert not set(training) & set(test)
    assert len(training) == len(passages) - len(passages) // every
    assert set(training) | set(test) == set(passages)


@settings(deadline=None)
@given(rows, st.integers(6, 9))
def test_counts_give_chances_and_forbid_nothing(rows, size):
    p = capstone.blended(rows, size)
    assert p.sum() == pytest.approx(1) and (p > 0).all()


@settings(deadline=None)
@given(st.text(min_size=1, max_size=30), st.integers(0, 40))
def test_bits_per_byte_don_t_depend_on_where_a_text_is_cut(text, merges):
    data = text.encode(errors="replace")
    whole = capstone.per_byte(np.array([12.0]), [0], [data])
    single = capstone.per_byte(np.full(len(data), 12 / len(data)), list(data),
                               [bytes([i]) for i in range(256)])
    assert whole == pytest.approx(single)


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(1, 900), st.floats(1, 900), st.integers(1, 500)),
                min_size=2, max_size=20))
def test_a_lead_has_two_sides_and_one_interval(costs):
    a, b, n = map(np.array, zip(*costs, strict=True))
    D, half = capstone.lead(a, b, n)
    back, same = capstone.lead(b, a, n)
    assert back == pytest.approx(-D) and same == pytest.approx(half) and half >= 0


def test_an_interval_holds_the_truth_nineteen_times_of_twenty():
    rng, inside = np.random.default_rng(5), 0
    for _ in range(400):
        n = rng.integers(380, 460, size=47)
        b = n * rng.uniform(1.5, 3, size=47)
        a = b - n * rng.normal(0.1, 0.2, size=47)
        D, half = capstone.lead(a, b, n)
        inside += abs(D - 0.1) < half
    assert 0.9 < inside / 400 < 0.98


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(-9, 9), st.booleans()), min_size=1, max_size=12))
def test_a_rule_costs_nothing_only_where_nothing_is_forbidden(pairs):
    logits, allowed = (np.array(part) for part in zip(*pairs, strict=True))
    allowed[0] = True
    p, bits = capstone.constrained(logits, allowed)
    assert p.sum() == pytest.approx(1) and not p[~allowed].any()
    assert (bits < 1e-9) == bool(allowed.all()) or bits == pytest.approx(0, abs=1e-5)


@settings(deadline=None)
@given(*[st.lists(st.integers(0, 6), min_size=1, max_size=9).map(np.array)] * 2)
def test_an_attack_has_two_sides(read, unread):
    both = capstone.given_away(read, unread) + capstone.given_away(unread, read)
    assert both == pytest.approx(1)


def test_there_is_a_point_for_each_exercise():
    table = re.findall(r"^# \| `(\w+)` \|", SOURCE, re.MULTILINE)
    assert table == list(exercises_of("capstone")) or sorted(table) == sorted(
        exercises_of("capstone"))
    assert len(table) == 8


# --- the texts --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TEXTS)
def test_a_book_is_clean_and_cut_into_passages(name):
    text = datasets.text(name).read()
    assert capstone.clean(text.replace("\n", "\n\n")) == text
    passages = passages_of(text)
    assert "".join(passages) == text
    training, test = capstone.parted(passages, 5)
    assert len(test) > 40 and np.mean([len(p) for p in test]) == pytest.approx(430, abs=50)


@pytest.mark.parametrize("name", TEXTS)
def test_about_half_of_the_words_occur_once(name):
    words = Counter(re.findall(r"[^\W\d_]+", datasets.text(name).read().lower()))
    once = sum(count == 1 for count in words.values()) / len(words)
    assert once == pytest.approx(0.5, abs=0.12)
    assert "About half of the different words occur once" in SOURCE


@pytest.mark.slow
@pytest.mark.parametrize("name", TEXTS)
def test_counts_of_three_tokens_are_best(name):
    """Two tokens of memory pay, and a third one next to nothing."""
    training, test = capstone.parted(passages_of(datasets.text(name).read()), 5)
    merges = tokens.train(Counter(q.encode() for p in training for q in tokens.pieces(p)), 250)
    ranks, known = {pair: i for i, pair in enumerate(merges)}, {}

    def encode(passage):
        for q in tokens.pieces(passage):
            known.setdefault(q, None)
            known[q] = known[q] or tokens.encode_word(q.encode(), ranks)
        return [t for q in tokens.pieces(passage) for t in known[q]] + [256 + len(merges)]

    read, unread = [encode(p) for p in training], [encode(p) for p in test]
    space = {"np": np, "blended": capstone.blended, "V": 257 + len(merges)}
    counted = section("def counted")["counted"]
    by_counts = section("def by_counts", **space)["by_counts"]
    size = sum(len(p.encode()) for p in test)
    loss = [-sum(np.log2(p).sum() for p in by_counts(counted(read, n), n, unread)) / size
            for n in (1, 2, 3, 4)]
    assert loss[0] > loss[1] > loss[2] and loss[3] > loss[2] - 0.01
    if name == "alice":
        assert loss[2] == pytest.approx(2.06, abs=0.01)
        assert "about 2.1 bits per byte of Alice" in capstone.forecast.ask


def test_greek_is_three_times_too_good():
    said("On Greek it makes the score three times too good.")
    word = "λόγος".encode()
    replaced = sum(len(bytes([byte]).decode(errors="replace").encode()) for byte in word)
    assert replaced == 3 * len(word)


def test_the_guides_own_numbers():
    said("The guide from which this path grew has 89 links, and 29 of them say how difficult")
    questions = (OURS.folder_of("capstone").parents[3] / "curriculum.yaml").read_text("utf-8")
    assert "29 of the 89 links" in questions


def test_a_bit_is_what_halving_the_chance_costs():
    p, bits = capstone.constrained(np.zeros(4), np.array([True, True, False, False]))
    assert bits == pytest.approx(1) and p.tolist() == [0.5, 0.5, 0, 0]
    assert math.log2(2) == bits

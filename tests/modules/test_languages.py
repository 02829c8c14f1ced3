"""What the lesson on languages promises: keys that can be undone, and the numbers of its prose."""

from __future__ import annotations

import math
import string

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathkit import datasets
from pathkit.exercises import languages
from pathkit.modules.languages.meanings import EVERY, LEXICON, TWELVE
from pathkit.path_modules import OURS

SOURCE = OURS.lesson("languages").read_text(encoding="utf-8")
PROSE = " ".join(
    line.removeprefix("#").strip() for line in SOURCE.splitlines() if line.startswith("#")
)
KEYS = st.permutations(string.ascii_lowercase + " .").map(
    lambda order: dict(zip(string.ascii_lowercase + " .", order, strict=True))
)


def said(text: str) -> None:
    assert text in PROSE, f"the lesson doesn't say: {text}"


@given(text=st.text(string.ascii_lowercase + " .", max_size=60), key=KEYS)
def test_deciphering_undoes_enciphering(text, key):
    back = languages.inverse(key)
    assert languages.encipher(languages.encipher(text, key), back) == text
    assert languages.inverse(back) == key


@given(key=st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("uvwxyz")))
def test_a_key_is_undone_exactly_if_no_two_share_a_stand_in(key):
    assert (languages.inverse(key) is None) == (len(set(key.values())) < len(key))


@given(seed=st.integers(0, 10**6), size=st.integers(2, 9))
def test_the_score_is_that_of_the_text_as_it_is_read(seed, size):
    rng = np.random.default_rng(seed)
    signs, key = rng.integers(size, size=40), rng.permutation(size)
    logp = np.log(rng.dirichlet(np.ones(size), size=size))
    counts = np.zeros((size, size))
    np.add.at(counts, (signs[:-1], signs[1:]), 1)
    text = key[signs]
    assert languages.log_score(counts, key, logp) == pytest.approx(logp[text[:-1], text[1:]].sum())


@given(seed=st.integers(0, 10**6))
def test_the_walk_returns_a_key_with_its_own_score_and_leaves_the_start_alone(seed):
    rng = np.random.default_rng(seed)
    table = rng.normal(size=(6, 6))

    def score(key):
        return table[np.arange(6), key].sum()

    start = rng.permutation(6)
    before = start.copy()
    moves = [(*rng.integers(6, size=2).tolist(), rng.random()) for _ in range(30)]
    best, value = languages.search(start, score, moves, [2.0] * 30)
    assert sorted(best) == list(range(6)) and value == pytest.approx(score(best))
    assert value >= score(before) and (start == before).all()


def test_the_lengths_of_the_prose():
    tales = [datasets.SMALL_TALES.sample(n, s) for n, s in ((1000, 0), (200, 1))]
    known, fresh = map("".join, tales)
    symbols = sorted(set(known))
    assert len(symbols) == 27 and set(fresh) <= set(symbols)
    read, hidden = (np.array([symbols.index(s) for s in text]) for text in (known, fresh))
    pairs = np.full((27, 27), 0.1)
    np.add.at(pairs, (read[:-1], read[1:]), 1)
    logp = np.log(pairs / pairs.sum(axis=1, keepdims=True))
    loss = -logp[hidden[:-1], hidden[1:]].mean()
    assert loss / math.log(2) == pytest.approx(2.535, abs=0.005)
    assert languages.unicity(27, loss) == pytest.approx(42, abs=0.5)
    assert languages.bigram_length.value() == pytest.approx(42, abs=0.5)
    letters = np.bincount(read, minlength=27) / len(read)
    assert languages.unicity(27, -np.log(letters[hidden]).mean()) == pytest.approx(131, abs=1)
    assert round(math.log2(math.factorial(27))) == 93
    said("131 symbols for letters, 42 for pairs, 27 for triples")


def test_copying_the_nearest_example():
    unseen = [meaning for meaning in EVERY if meaning not in TWELVE]
    assert len(unseen) == 4596 and "4,596" in languages.copied.ask
    right = 0
    for meaning in unseen:
        example = languages.nearest(meaning, TWELVE)
        sentence = languages.speak(example, LEXICON)
        for old, new in zip(example, meaning, strict=True):
            if old != new and old in LEXICON and new in LEXICON:
                sentence = sentence.replace(LEXICON[old], LEXICON[new])
        right += sentence == languages.speak(meaning, LEXICON)
    assert right == 130
    said("Copying fails on 97 of 100 sentences")


def test_the_slimes_have_sixty_ambiguous_sentences():
    nouns = "glom trom slop plop glow gloon bloom drom splom ploom".split()
    verbs = "splog plog glog flog tlog slog glom plom trom drom".split()
    both = set(nouns) & set(verbs)
    assert sorted(both) == ["drom", "glom", "trom"]
    assert len(both) * (len(both) - 1) * len(nouns) == 60

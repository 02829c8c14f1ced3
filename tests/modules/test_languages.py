"""What the lesson on languages promises: keys that can be undone, and the numbers of its prose."""

from __future__ import annotations

import ast
import functools
import math
import re
import string

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pathkit import datasets
from pathkit.exercises import languages
from pathkit.modules.languages.meanings import EVERY, LEXICON, TWELVE
from pathkit.path_modules import OURS

LESSON = OURS.lesson("languages")
SOURCE = LESSON.read_text(encoding="utf-8")
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


def test_the_terms_stand_in_the_lesson_by_word():
    recall = yaml.safe_load(LESSON.with_name("recall.yaml").read_text(encoding="utf-8"))
    for term in recall["terms"]:
        assert term["term"].lower() in PROSE.lower(), term["term"]


# --- the searches, with the lesson's own functions -----------------------------------------------


class Texts:
    """The lesson's texts, its models of them, and its page under a key."""

    def __init__(self, seed: int = 0, *, spaces: bool = True):
        texts = ["".join(datasets.SMALL_TALES.sample(n, s)) for n, s in ((1000, seed),
                                                                         (200, seed + 1))]
        if not spaces:
            texts = [re.sub("[^a-z]", "", text) for text in texts]
        self.symbols = sorted(set(texts[0]))
        self.V = len(self.symbols)
        self.read, self.hidden = map(self.numbers, texts)
        pairs = np.full((self.V, self.V), 0.1)
        np.add.at(pairs, (self.read[:-1], self.read[1:]), 1)
        self.table = pairs / pairs.sum(axis=1, keepdims=True)
        self.logp = np.log(self.table)
        self.page = self.hidden[:1500]
        key = np.random.default_rng(seed).permutation(self.V)
        self.signs = key[self.page]
        self.counts = np.zeros((self.V, self.V), dtype=int)
        np.add.at(self.counts, (self.signs[:-1], self.signs[1:]), 1)

    def numbers(self, text: str) -> np.ndarray:
        number = {symbol: i for i, symbol in enumerate(self.symbols)}
        return np.array([number[symbol] for symbol in text if symbol in number])

    def walk(self, score, rng, hot, signs=None):
        """`walk` as it stands in the lesson."""
        tree = [node for node in ast.parse(SOURCE).body
                if isinstance(node, ast.FunctionDef) and node.name == "walk"]
        space = {"np": np, "steps": 8000, "V": self.V, "search": languages.search}
        exec(compile(ast.Module(tree, []), str(LESSON), "exec"), space)
        return space["walk"](self.signs if signs is None else signs, score, rng, hot)

    def walks(self, hot, logp=None, n=10, seed=0):
        """`n` keys for the page, each with its score and the share that it reads right."""
        rng, logp = np.random.default_rng(seed), self.logp if logp is None else logp
        found = [self.walk(lambda key: languages.log_score(self.counts, key, logp), rng, hot)
                 for _ in range(n)]
        return [(score, np.mean(key[self.signs] == self.page)) for key, score in found]


@functools.cache
def stories() -> Texts:
    return Texts()


def test_hot_searches_read_the_page_and_climbing_ones_seldom():
    up = [right for _, right in stories().walks(0.01)]
    hot = stories().walks(1500)
    assert max(hot)[1] > 0.99
    whole = sum(right > 0.99 for right in up)
    assert 1 <= whole < 8 and sum(right > 0.99 for _, right in hot) > whole
    assert languages.only_up.right == "b"
    assert min(right for _, right in hot) < 0.9
    said("Some still fail.")


def test_a_search_in_the_wrong_language_gives_an_answer():
    texts = stories()
    names = texts.numbers(" ".join(datasets.names()))
    other = np.full((27, 27), 0.1)
    np.add.at(other, (names[:-1], names[1:]), 1)
    other = np.log(other / other.sum(axis=1, keepdims=True))
    score, right = max(texts.walks(1500, other, n=4))
    truth = texts.logp[texts.page[:-1], texts.page[1:]].sum()
    assert 0.35 < right < 0.65
    assert (truth - score) / 1500 == pytest.approx(0.84, abs=0.05)
    said("it is 0.8 nats a symbol lower than that of the right language")


def test_signs_through_noise():
    code = re.search(r"^line = hidden.*?^shares = .*?\n(?=\n)", SOURCE, re.DOTALL | re.MULTILINE)
    texts = stories()
    space = {"np": np, "rng": np.random.default_rng(0), "hidden": texts.hidden, "V": 27,
             "logp": texts.logp}
    exec(code.group(), space)
    assert list(space["shares"].values()) == pytest.approx([0.81, 0.97, 0.955], abs=0.01)
    assert languages.line_of_ten.value() == pytest.approx(10.7, abs=0.05)
    said("Nine lines in ten hold an error")


@pytest.mark.slow
def test_what_fails_at_which_length():
    texts, higher, right = stories(), {}, {}
    for n in (12, 45):
        rng, won, shares = np.random.default_rng(0), 0, []
        for _ in range(8):
            begin = rng.integers(len(texts.hidden) - n)
            message, key = texts.hidden[begin : begin + n], rng.permutation(27)
            secret = key[message]

            def score(key, secret=secret):
                read = key[secret]
                return texts.logp[read[:-1], read[1:]].sum()

            best, value = max((texts.walk(score, rng, n, secret) for _ in range(2)),
                              key=lambda pair: pair[1])
            won += value > texts.logp[message[:-1], message[1:]].sum() + 1e-6
            shares.append(np.mean(best[secret] == message))
        higher[n], right[n] = won, np.mean(shares)
    assert higher[12] >= 6 and higher[45] <= 4
    assert right[12] < 0.3 and 0.4 < right[45] < 0.7
    said("About half is read at each dashed line")


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1])
def test_the_first_stretch(seed):
    texts = Texts(seed, spaces=False)
    assert texts.V == 24
    assert max(texts.walks(1500, seed=seed))[1] > 0.99
    said("The best of ten searches reads all of them with the bigram")


def copied(example, meaning) -> bool:
    sentence = languages.speak(example, LEXICON)
    for old, new in zip(example, meaning, strict=True):
        if old != new and old in LEXICON and new in LEXICON:
            sentence = sentence.replace(LEXICON[old], LEXICON[new])
    return sentence == languages.speak(meaning, LEXICON)


@pytest.mark.slow
def test_the_third_stretch():
    pair = ("bird", "old", False, "eat", True, "fish", "red", False)
    unseen = [meaning for meaning in EVERY if meaning not in TWELVE and meaning != pair]
    before, after = (sum(copied(languages.nearest(meaning, known), meaning) for meaning in unseen)
                     for known in (TWELVE, [*TWELVE, pair]))
    assert after - before == 72
    said("60 is good, and 72 is the most")

"""What the lesson on tokens promises: nothing is lost or slow, and the figures are true."""

from __future__ import annotations

import ast
import functools
import itertools
import math
import random
import re
import time
import unicodedata
from collections import Counter

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st

from pathkit import datasets
from pathkit.checks.loading import exercises_of
from pathkit.exercises import tokens
from pathkit.modules.tokens.predictions import HINDI
from pathkit.modules.tokens.random_words import random_merges
from pathkit.path_modules import OURS

LESSON = OURS.lesson("tokens")
SOURCE = LESSON.read_text(encoding="utf-8")
PROSE = " ".join(
    line.removeprefix("#").strip() for line in SOURCE.splitlines() if line.startswith("#")
)


def names() -> list[str]:
    shuffled = datasets.names()
    random.Random(0).shuffle(shuffled)
    return shuffled


def _lesson() -> dict:
    """The functions that the lesson defines, over the references, and its six scripts."""
    given = {"np": np, "torch": torch, "F": F, "names": names(), "seed": 0}
    space = {**exercises_of("tokens"), **given}
    wanted = ("article", "name_merges", "short", "ask, end", "(ask, end)")
    kept = [
        n for n in ast.parse(SOURCE).body if isinstance(n, (ast.FunctionDef, ast.ClassDef))
        or isinstance(n, ast.Assign) and ast.unparse(n.targets[0]) in wanted
    ]
    exec(compile(ast.Module(kept, []), str(LESSON), "exec"), space)
    return space


LESSONS = _lesson()
encode, oracle, strings_of = LESSONS["encode"], LESSONS["oracle"], LESSONS["strings_of"]
ARTICLE = LESSONS["article"]


def said(words: str) -> None:
    assert words in PROSE, words


def ranks_of(merges) -> dict:
    return {pair: rank for rank, pair in enumerate(merges)}


@functools.cache
def texts() -> tuple[str, str]:
    return "".join(datasets.tales(1000, 0)), "".join(datasets.tales(200, 1))


@functools.cache
def merges() -> tuple:
    return tuple(tokens.train(Counter(p.encode() for p in tokens.pieces(texts()[0])), 1000))


@functools.cache
# --- nothing is lost -----------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=60))
def test_any_text_comes_back(text):
    assert "".join(tokens.pieces(text)) == text
    assert tokens.decode(encode(text, ranks_of(merges()), {}), merges()) == text


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=40), seed=st.integers(0, 99))
def test_any_bytes_come_back(data, seed):
    """Also bytes that are no text, under merges that no training would give."""
    made = random_merges(np.random.default_rng(seed), 12)
    strings = strings_of(made)
    assert b"".join(strings[t] for t in tokens.encode_word(data, ranks_of(made))) == data


@settings(max_examples=100, deadline=None)
@given(numbers=st.lists(st.integers(0, 267), max_size=20), seed=st.integers(0, 99))
def test_any_tokens_decode(numbers, seed):
    assert isinstance(tokens.decode(numbers, random_merges(np.random.default_rng(seed), 12)), str)


@settings(max_examples=100, deadline=None)
@given(word=st.text("abcd", max_size=25), seed=st.integers(0, 999))
def test_by_rank_gives_what_applying_every_rule_gives(word, seed):
    made, parts = random_merges(np.random.default_rng(seed), 14), list(word.encode())
    for rank, pair in enumerate(made):
        parts = tokens.merge(parts, pair, 256 + rank)
    assert tokens.encode_word(word.encode(), ranks_of(made)) == parts


@settings(max_examples=60, deadline=None)
@given(words=st.dictionaries(st.text("abc", min_size=1, max_size=6), st.integers(1, 5), max_size=8),
       n=st.integers(0, 12))
def test_training_cuts_its_own_words_as_encoding_does(words, n):
    made = tokens.train({w.encode(): c for w, c in words.items()}, n)
    assert made == tokens.train({w.encode(): c for w, c in reversed(words.items())}, n)
    for word in words:
        parts = list(word.encode())
        for rank, pair in enumerate(made):
            parts = tokens.merge(parts, pair, 256 + rank)
        assert tokens.encode_word(word.encode(), ranks_of(made)) == parts


@settings(max_examples=150, deadline=None)
@given(text=st.text("aZé中ω0٣ .,_\n\t'", max_size=30))
def test_a_piece_is_one_run_with_at_most_one_space_before_it(text):
    for piece in tokens.pieces(text):
        rest = piece if piece.isspace() else piece.removeprefix(" ")
        assert len({_kind(c) for c in rest}) == 1


def _kind(c: str) -> str:
    return ("space" if c.isspace() else "digit" if c.isdecimal() else
            "letter" if c.isalpha() else "sign")


# --- speed ---------------------------------------------------------------------------------------


def test_a_core_encodes_100_000_characters_a_second():
    begun = time.process_time()
    encode(texts()[0], ranks_of(merges()), {})
    assert len(texts()[0]) / (time.process_time() - begun) > 100_000


def test_the_oracle_is_hundreds_of_times_as_slow():
    ranks, new = ranks_of(merges()), texts()[1][:1500]
    slow = min(_seconds(lambda: oracle(new, merges())) for _ in range(2)) / len(new)
    fast = min(_seconds(lambda: encode(texts()[0], ranks, {})) for _ in range(3)) / len(texts()[0])
    assert slow > 150 * fast
    assert "hundreds of times" in tokens.speed.options["b"][0] and "509" in str(tokens.speed)


def _seconds(work) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


# --- the prose -----------------------------------------------------------------------------------


def test_the_stories_and_what_was_learned_of_them():
    said("a thousand little stories, 184,000 characters")
    assert round(len(texts()[0]), -3) == 184_000
    said("236 weighted words in place of 184,000 characters")
    assert len(set(tokens.pieces(texts()[0]))) == 236
    assert len(merges()) == 509
    new = texts()[1]
    lengths = {n: 100 * len(encode(new, ranks_of(merges()[:n]), {})) / len(new) for n in (50, 509)}
    assert 100 - lengths[50] > lengths[50] - lengths[509]  # the first 50 save more than the others
    assert lengths[50] == pytest.approx(60, abs=1) and lengths[509] == pytest.approx(26, abs=1)


def test_the_example_of_three_words():
    words = {b"hat": 5, b"that": 3, b"the": 6}
    counts = tokens.pair_counts({tuple(w): c for w, c in words.items()})
    assert {bytes(p).decode(): c for p, c in counts.items()} == {"th": 9, "ha": 8, "at": 8, "he": 6}
    said("| `th` | | 3 | 6 | **9** |")
    merged = {tuple(tokens.merge(w, (116, 104), 256)): c for w, c in words.items()}
    assert tokens.pair_counts(merged)[104, 97] == 5
    assert strings_of(tokens.train(words, 4))[256:] == [b"th", b"at", b"the", b"hat"]
    said("`hat` was made from `h` and `at`")


def test_without_a_split_phrases_become_tokens():
    learned = strings_of(tokens.train({texts()[0][:9000].encode(): 1}, 200))[256:]
    across = [s for s in learned if re.search(rb"\S\s+\S|\w[.,]", s)]
    assert len(across) == 49 and b". they found the " in across
    assert not any(re.search(rb"\S\s+\S|\w[.,]", s) for s in strings_of(merges()))


def test_about_one_name_in_six_is_cut_differently_from_left_to_right():
    left, ranks = LESSONS["left_to_right"], ranks_of(merges())
    wrong = sum(
        left(n.encode(), ranks) != tokens.encode_word(n.encode(), ranks) for n in names()[:1000])
    assert 1000 / 7 < wrong < 1000 / 5
    assert tokens.left_to_right.options[tokens.left_to_right.right][0] == "about 1 in 6"


def test_strawberry_is_new():
    cut = encode("how many r in strawberry?", ranks_of(merges()), {})
    assert len(cut) > len("how many r in strawberry?") / 2
    assert "strawberry" not in texts()[0]


def test_a_sentence_in_six_scripts():
    ranks = ranks_of(merges())
    assert ARTICLE["Hindi"] == HINDI
    cost = {language: len(encode(text, ranks, {})) for language, text in ARTICLE.items()}
    for language in set(ARTICLE) - {"English"}:
        assert cost[language] == len(ARTICLE[language].encode())
    said("would pay seven times as much")
    assert round(cost["Hindi"] / cost["English"]) == 7
    assert round(cost["Greek"] / cost["English"]) == 5
    words = Counter(p.encode() for text in ARTICLE.values() for p in tokens.pieces(text))
    fair = ranks_of(tokens.train(words, 240))
    after = {language: len(encode(text, fair, {})) for language, text in ARTICLE.items()}
    said("Hindi stays the longest")
    assert max(after, key=after.get) == "Hindi" and after["Hindi"] < 3 * after["English"]


def test_how_many_pieces_the_hindi_sentence_has():
    def kind(c):
        return "letter" if unicodedata.category(c) in ("Mn", "Mc") else _kind(c)

    runs = ["".join(group) for _, group in itertools.groupby(HINDI, kind)]
    said(f"From {len(tokens.pieces(HINDI))} it should fall to {sum(run != ' ' for run in runs)}.")


def test_bits_per_byte_fall_to_a_quarter_while_the_loss_per_token_hardly_moves():
    per_token, per_byte = {}, {}
    for n in (0, 25, 509):
        both = [np.array(encode(text, ranks_of(merges()[:n]), {})) for text in texts()]
        per_token[n] = LESSONS["bigram_loss"](*both, 256 + n)
        per_byte[n] = tokens.bits_per_byte(per_token[n], len(both[1]), texts()[1])
    said("falls from 3.1 to 0.8 bits")
    assert per_byte[0] == pytest.approx(3.1, abs=0.05)
    assert per_byte[509] == pytest.approx(0.8, abs=0.05)
    assert "four times as good" in SOURCE
    assert per_byte[0] / per_byte[509] == pytest.approx(4, abs=0.2)
    assert per_token[509] == pytest.approx(per_token[0], abs=0.1) and per_token[25] > 2.3
    assert datasets.TALES.nats_per_character() / math.log(2) == pytest.approx(0.3, abs=0.05)


@pytest.mark.slow
def test_the_same_gpt_spells_new_names_from_bytes_and_hardly_any_from_tokens():
    [(taught, steps)] = re.findall(r"^taught, steps = (\d+), (\d+)", SOURCE, re.M)
    by_bytes, by_tokens = (LESSONS["teach"](merges, int(taught), int(steps))
                           for merges in ([], LESSONS["name_merges"]))
    assert "more than half" in " ".join(tokens.spelled.ask.split())
    assert by_bytes[0] > 95 and by_bytes[1] > 50
    assert 35 < by_tokens[0] < 65 and by_tokens[1] < 10
    assert tokens.spelled.options["a"][0] == "fewer than one in ten"


def test_a_row_asks_for_the_letters_behind_the_name_and_for_nothing_else():
    X, Y = LESSONS["rows"](["ava"], [(97, 118)])
    ask, end = LESSONS["ask"], LESSONS["end"]
    assert X[0, :7].tolist() == [256, 97, ask, 97, 118, 97, end]
    assert Y[0, :7].tolist() == [-1, -1, 97, 118, 97, end, -1]


def test_the_vocabulary_of_gpt_2():
    assert tokens.gpt2_size.value() == 50_257
    assert tokens.skip_merges.options["b"][0] == str(1000 - 256 - 2)
    assert tokens.which_is_better.options["b"][0] == f"B, at {3.6 / 4} nats a letter"
    bits = tokens.bits_per_byte(2, 200, "a" * 800)
    assert tokens.skip_bits.options["a"][0] == f"{bits:.2f}"


# --- what careful answers may do -----------------------------------------------------------------


def test_a_special_without_a_bar_needs_its_escape_as_well():
    """The probes hold other signs, too, that a pattern takes for commands."""
    def escapes_the_bar(text, specials, encode):
        if not specials:
            return encode(text)
        parts = sorted((s.replace("|", r"\|") for s in specials), key=len, reverse=True)
        found = re.split(f"({'|'.join(parts)})", text)
        return [t for p in found for t in ([specials[p]] if p in specials else encode(p))]

    assert not tokens.encode_with_specials.check(escapes_the_bar).passed


@pytest.mark.parametrize("seed", range(3))
def test_tuples_and_counters_are_as_good_as_lists_and_dictionaries(seed):
    assert tokens.pair_counts.check(lambda words: Counter(tokens.pair_counts(words)), seed).passed
    assert tokens.merge.check(lambda *given: tuple(tokens.merge(*given)), seed).passed
    assert tokens.train.check(lambda words, n: tuple(tokens.train(words, n)), seed).passed
    assert tokens.pieces.check(lambda text: tuple(tokens.pieces(text)), seed).passed

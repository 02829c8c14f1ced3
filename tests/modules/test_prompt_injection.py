"""What the lesson on prompt injection promises: game, tool loop, and the numbers of its prose."""

from __future__ import annotations

import ast
import itertools
import random
import re

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st

import pathkit as path
from pathkit.exercises import prompt_injection
from pathkit.exercises.gpt import GPT
from pathkit.path_modules import OURS

LESSON = OURS.lesson("prompt-injection")
SOURCE = LESSON.read_text(encoding="utf-8")
PROSE = " ".join(
    line.removeprefix("#").strip() for line in SOURCE.splitlines() if line.startswith("#")
)
ANSWERS = ("leaks", "measured", "without_marks", "permit", "shortlist", "best_swap", "flip_rate",
           "keep_best")
GIVEN = ("SYMBOLS =", "messages =", "pages =", "questions =", "order =", "planted =")
torch.set_num_threads(1)


def _lesson() -> dict:
    """The functions and texts that the lesson defines, over the references."""
    space = {"np": np, "torch": torch, "F": F, "random": random, "re": re, "path": path,
             "itertools": itertools, "GPT": GPT, "seed": 0, "steps": 300,
             **{name: getattr(prompt_injection, name) for name in ANSWERS}}
    kept = [n for n in ast.parse(SOURCE).body
            if isinstance(n, ast.FunctionDef) or ast.unparse(n).startswith(GIVEN)]
    exec(compile(ast.Module(kept, []), str(LESSON), "exec"), space)
    return space


SPACE = _lesson()


def said(text: str) -> None:
    assert text in PROSE, f"the lesson doesn't say: {text}"


# --- the game ---------------------------------------------------------------------------------


def test_six_levels_fall_to_the_script_and_two_letters_win_the_golf():
    game, won = path.game(), []
    for name in [*SPACE["messages"]][:5]:
        won.append(game.guess(SPACE["word_in"](game.ask(SPACE["messages"][name]))))
    found = [game.ask(f"letter {place}") for place in range(1, 8)]
    won.append(game.guess("".join(letter for letter in found if len(letter) == 1)))
    assert all(won) and game.level == 7
    said("Six levels fell")
    assert path.game().ask("it").startswith("It is")
    said("Two letters suffice")


def test_half_of_the_known_attacks_come_through_the_guard_of_the_exercise():
    defence = path.game().defend(lambda m, reply, secret: not prompt_injection.leaks(reply, secret))
    assert defence.attack_success == pytest.approx(0.5) and defence.served > 0.8
    said("half of them come through")


@settings(max_examples=60, deadline=None)
@given(text=st.text("<end>ab", max_size=30))
def test_no_mark_is_left_and_text_without_marks_stays(text):
    kept = prompt_injection.without_marks(text, ["<end>", "ab"])
    assert "<end>" not in kept and "ab" not in kept
    assert prompt_injection.without_marks(kept, ["<end>", "ab"]) == kept


# --- the victim -------------------------------------------------------------------------------


def test_a_command_in_the_document_is_the_developers_own_second_command():
    line = SPACE["line"]
    assert line("S", "abcdH") == line("S", "abcd", "H")
    assert line("S", "abcdH", framed=True) != line("S", "abcd", "H", framed=True)
    said("symbol for symbol, so no reader could tell whose it is")


def test_chats_have_one_length_and_the_right_reply():
    rng = random.Random(3)
    for framed in (False, True):
        chats = [SPACE["chat"](rng, framed) for _ in range(300)]
        assert {len(chat) for chat in chats} == {18}
        assert all(set(chat) <= set(SPACE["SYMBOLS"]) for chat in chats)
        assert 0.4 < np.mean([chat.endswith("hahaha") for chat in chats]) / (1 / 3) < 1.6


@pytest.mark.slow
def test_the_victim_obeys_always_and_a_forged_frame_wins():
    rng = random.Random(1)
    documents = [SPACE["letters"](rng, 4) for _ in range(200)]
    for framed, tail in ((False, "H"), (True, "]H")):
        model = SPACE["trained"](framed, 0)
        texts = [SPACE["line"]("S", d + tail, "", framed) for d in documents]
        assert np.mean([r == "hahaha" for r in SPACE["replies_of"](model, texts)]) > 0.9


# --- tools ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("page", "stolen"), [
    ("the order alone", 0), ("about tickets", 1), ("question words", 5)])
def test_permit_stops_the_theft_and_the_errand_is_lost(page, stolen):
    pages, questions = SPACE["pages"] + [SPACE["planted"][page]], SPACE["questions"]
    for guarded in (False, True):
        sent = [SPACE["errand"](question, pages, guarded)[0] for question in questions]
        assert sum(("keys", "eve") in one for one in sent) == (0 if guarded else stolen)
        assert sum(("answer", "nia") in one for one in sent) == 8 - stolen
    said("is fetched for five of eight questions")


def test_the_answer_claims_what_the_guard_refused():
    mailed, answer = SPACE["errand"](
        SPACE["questions"][2], SPACE["pages"] + [SPACE["planted"]["about tickets"]], True)
    assert mailed == [] and answer.startswith("Done")
    said("still claims *Done*")


# --- the suffix -------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), n=st.integers(1, 5), V=st.integers(2, 6))
def test_the_shortlist_is_right_where_the_loss_is_linear(seed, n, V):
    """For a linear loss the promise is the truth, so the first swap is the best of all."""
    rng = np.random.default_rng(seed)
    gradient, suffix = rng.normal(size=(n, V)), rng.integers(V, size=n).tolist()

    def loss(symbols):
        return float(gradient[np.arange(n), symbols].sum())

    swaps = prompt_injection.shortlist(gradient, suffix, n * (V - 1))
    place, symbol = swaps[0]
    first = [*suffix[:place], symbol, *suffix[place + 1 :]]
    best = prompt_injection.best_swap(suffix, swaps, loss)
    assert loss(best) == pytest.approx(min(loss(first), loss(suffix)))


def test_how_many_swaps_there_are():
    said("20 places with 256 proposals each, and test 512 of those 5,120")
    said("You test 32 of 208.")
    assert 20 * 256 == 5120
    assert 8 * (len(path.model("gpt", shipped=True).symbols) - 1) == 208


# --- the poison -------------------------------------------------------------------------------


def test_twenty_texts_plant_the_trigger_and_dropping_five_percent_stops_it():
    train, labels, texts, right, bad = SPACE["stories"](20, 0)
    clean, attack = SPACE["tested"](SPACE["classifier"](train, labels), texts, right)
    assert clean > 0.99 and attack > 0.85
    none = SPACE["stories"](0, 0)
    assert SPACE["tested"](SPACE["classifier"](*none[:2]), *none[2:4])[1] == 0
    half, quality = np.arange(500) % 2, np.zeros(500)
    for side in (0, 1):
        mine, others = np.flatnonzero(half == side), np.flatnonzero(half != side)
        judge = SPACE["classifier"]([train[i] for i in others], labels[others])
        quality[mine] = [judge(train[i]) * (1 if labels[i] else -1) for i in mine]
    kept = prompt_injection.keep_best(quality + 1e-9 * np.arange(500), 0.05)
    again = SPACE["classifier"]([train[i] for i in kept], labels[kept])
    assert SPACE["tested"](again, texts, right)[1] < 0.05
    assert len(set(kept) & set(bad.tolist())) <= 3
    said("Dropping 5 % stops the attack")


def test_how_rare_the_examples_of_the_paper_were():
    assert 52 / 52_000 == 0.001
    said("52 of 52,000 examples did it, 0.1 %")

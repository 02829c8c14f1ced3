"""What the lesson on applications promises, and the numbers of its prose."""

from __future__ import annotations

import ast
import contextlib
import functools
import io
import json
import math
import shlex
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pathkit as path
from pathkit import datasets
from pathkit.checks.loading import exercises_of
from pathkit.exercises import applications
from pathkit.modules.applications.breaks_quotes import _breaks_out, _command
from pathkit.path_modules import OURS

OURS_NOTEBOOKS = Path(__file__).parents[2] / "notebooks" / "solutions"
LESSON = OURS.lesson("applications")
SOURCE = LESSON.read_text(encoding="utf-8")
PROSE = " ".join(
    line.removeprefix("#").strip() for line in SOURCE.splitlines() if line.startswith("#")
)
WORDS = st.lists(st.sampled_from("abcde"), min_size=1, max_size=9)


def said(text: str) -> None:
    assert text in PROSE, f"the lesson doesn't say: {text}"


@functools.cache
def lesson() -> dict:
    """The names that the lesson has at its end, without its figures and its model."""
    source = SOURCE[: SOURCE.index('gpt = path.model("gpt")')].rpartition("# %%")[0]
    tree = ast.parse(source)
    tree.body = [n for n in tree.body if not (
        isinstance(n, ast.Expr) and ast.unparse(n).startswith(("path.ready", "path.predict")))]
    space = {"__name__": "lesson"}
    with contextlib.redirect_stdout(io.StringIO()), pytest.MonkeyPatch.context() as patch:
        patch.setattr(path, "show", lambda figure, alt: None, raising=False)
        exec(compile(tree, str(LESSON), "exec", dont_inherit=True), space)
    return space


# --- the pieces -------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(passages=st.lists(WORDS, min_size=1, max_size=6), query=st.lists(st.sampled_from("abcdef")))
def test_bm25_is_never_negative_and_adds_up_over_the_query(passages, query):
    scores = np.array(applications.bm25(query, passages))
    assert (scores >= 0).all()
    parts = [applications.bm25([word], passages) for word in query]
    np.testing.assert_allclose(scores, np.sum(parts, axis=0) if parts else 0, atol=1e-12)


@settings(max_examples=60, deadline=None)
@given(questions=st.lists(st.sampled_from("abcdef"), max_size=30), room=st.integers(0, 7))
def test_more_room_never_means_fewer_hits(questions, room):
    hits = applications.cache_hits(questions, room)
    assert hits <= applications.cache_hits(questions, room + 1)
    assert hits <= len(questions) - len(set(questions))


@settings(max_examples=60, deadline=None)
@given(orders=st.lists(st.permutations(range(6)), min_size=1, max_size=4), k=st.integers(1, 5))
def test_recall_grows_with_k_and_bounds_hold(orders, k):
    wanted = [{0, 3}] * len(orders)
    recall = applications.recall_at_k(orders, wanted, k)
    assert 0 <= recall <= applications.recall_at_k(orders, wanted, k + 1) <= 1
    assert applications.recall_at_k(orders, wanted, 6) == 1
    assert 1 / 5 <= applications.mean_reciprocal_rank(orders, wanted) <= 1


@settings(max_examples=100, deadline=None)
@given(message=st.text(alphabet="ab'\";#\\ ", max_size=12))
def test_a_message_without_the_second_command_never_passes(message):
    assert _breaks_out(message)


@pytest.mark.parametrize("message", [
    "Fix Ann's and Bo's bug; echo gotcha #", "it's Ann's; echo gotcha'", "'x'|echo gotcha;'",
    "'' && echo gotcha #", "a'b'$(echo gotcha) #", "'x'\necho gotcha #",
])
def test_other_ways_out_of_the_quotes_pass(message):
    assert _breaks_out(message) is None


@pytest.mark.parametrize("message", [
    "", "it's", "x; echo gotcha", "it's; echo gotcha", "it's Bo's; echo gotcha",
    "it's Bo's echo gotcha #", "it's Bo's # ; echo gotcha", 'it\'s Bo\'s "; echo gotcha" #', 7,
    "it's Bo's; echo gotchas #",
])
def test_what_runs_no_second_command_is_refused(message):
    assert _breaks_out(message)


def test_the_reference_breaks_out_for_a_shell_too():
    command = _command(applications.breaks_quotes())
    parsed = list(shlex.shlex(command, posix=True, punctuation_chars=True))
    assert parsed[-3:] == [";", "echo", "gotcha"]


def test_each_prompt_of_a_command_has_its_misconceptions():
    for name, exercise in exercises_of("applications").items():
        assert len(exercise.misconceptions) >= 4, name


# --- the numbers of the prose -----------------------------------------------------------------


def test_shares_of_right_answers():
    shares = {name: round(40 * share) for name, share in lesson()["shares"].items()}
    assert list(shares.values()) == [0, 0, 22, 23, 32]
    said("Search brings 22 of 40 answers, and all 60 passages one more")
    said("Even the right passage gives only 32")


def test_words_find_nine_of_twenty_and_vectors_more_over_three_seeds():
    space = lesson()
    assert space["recall_at_k"](space["rankings"]["words"][20:], space["relevant"][20:], 3) == 0.45
    assert 2 * math.sqrt(0.45 * 0.55 / 20) == pytest.approx(0.22, abs=0.005)
    said("0.45 is known to ± 0.22")
    vectors = space["recall_at_k"](space["rankings"]["vectors"][20:], space["relevant"][20:], 3)
    assert vectors == 0.85
    said("vectors find 0.85")


def test_pieces():
    found = [lesson()["found_in_pieces"](n) for n in (5, 20, 40, 60, 120)]
    assert found[0] == 0.45 and min(found[1:]) == 0.675 and max(found[1:]) == 0.725
    said("so that 45 % are found")


def test_the_prompts():
    test, shorter, before = (lesson()[name] for name in ("test", "shorter", "before"))
    assert [before.count(mark) for mark in (1, 0, -1)] == [22, 0, 18]
    say_so = test(system="Answer from the passages. If you don't know, say so.")
    assert [say_so.count(mark) for mark in (1, 0, -1)] == [20, 17, 3]
    assert sum(b > 0 >= a for b, a in zip(before, test(shorter), strict=True)) == 7
    said("loses two right answers and silences 15 of 18 wrong ones")


def test_prices():
    assert applications.price(4000, 4000, 2.0, 2.0) == pytest.approx(4 * 0.004)
    said("a quarter of what its own price gives")


def test_hits():
    space = lesson()
    assert 0.3 < space["cache_hits"](_stream(space["popular"]), 5) / 2000 < 0.4
    assert 0.1 < space["cache_hits"](_stream([1] * 40), 5) / 2000 < 0.15
    said("a third of the calls is saved")


def _stream(weights) -> list[str]:
    import random

    asked = datasets.handbook().questions
    return [q.ask for q in random.Random(3).choices(asked, weights, k=2000)]


def test_the_guard():
    space = lesson()
    rates = [(space["alarms"](space["attacks"], n), space["alarms"](space["good"], n))
             for n in (1, 2)]
    assert rates == [(0.7, 5 / 44), (0.5, 0.0)]
    said("catches 70 % of the attacks and stops 11 % of the good requests")
    said("Five alarms of six are false")


def test_each_solution_runs_with_what_the_lesson_imports():
    stored = json.loads(next(OURS_NOTEBOOKS.glob("*-applications.ipynb")).read_text("utf-8"))
    shown = json.dumps([cell.get("outputs", []) for cell in stored["cells"]], ensure_ascii=False)
    assert shown.count("passed") >= 8 and "✗" not in shown
